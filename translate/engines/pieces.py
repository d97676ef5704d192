"""Where a model's pieces stand in the text they were made from.

Tokenizers change what they read (NFKC: “½” → “1⁄2”; Moses: “'” → “&apos;”; rare letters as bytes; blanks folded),
so a piece's place cannot be had by adding up lengths. The letters of the pieces are matched with the letters of the
text; a piece whose letters were all altered covers what the altered stretch covers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

import regex

from translate.engines.scoring import Score
from translate.spans import Span

_BYTE = regex.compile(r"<0x([0-9A-F]{2})>")
_ESCAPE = regex.compile(r"&(?:amp|apos|quot|lt|gt|#124|#91|#93);")
_ESCAPED = {
    "&amp;": "&", "&#124;": "|", "&lt;": "<", "&gt;": ">", "&apos;": "'", "&quot;": '"', "&#91;": "[", "&#93;": "]",
}  # fmt: skip


def spans_of(pieces: Sequence[str], text: str) -> list[Span | None]:
    """Return the span of each piece in the text, or None where a piece stands for nothing (a lone “▁”).

    Args:
        pieces: n pieces as SentencePiece (“▁word”, “<0xE6>”) or subword-nmt (“wo@@”) writes them.
        text: what they were made from, or what they were joined to.

    Returns:
        n spans, no blanks at their ends. Pieces that spell one letter in bytes share its span.
    """
    letters, owners = _letters(pieces)
    if "&" in letters and not _ESCAPE.search(text):  # a text about HTML has “&amp;” of its own
        _unescape(letters, owners)
    places = [i for i, c in enumerate(text) if not c.isspace()]
    spans: list[Span | None] = [None] * len(pieces)
    for a, b in _matched(letters, [text[i] for i in places]):
        for owner in owners[a]:
            known = spans[owner] or Span(places[b], places[b] + 1)
            spans[owner] = Span(min(known.start, places[b]), max(known.stop, places[b] + 1))
    return spans


def scores_of(pending: Any, pieces: Sequence[str], text: str) -> Callable[[], list[Score]]:
    """Return what waits for a CTranslate2 scoring whose last pieces, the end mark apart, are a text's.

    Args:
        pending: from `score_batch(…, asynchronous=True)`.
        pieces: n pieces of `text`.
        text: the target that is scored.
    """

    def wait() -> list[Score]:
        logs = pending.result().log_probs[-len(pieces) - 1 : -1]
        return [Score(*one) for one in zip(spans_of(pieces, text), logs, strict=True)]

    return wait


def _letters(pieces: Sequence[str]) -> tuple[list[str], list[tuple[int, ...]]]:
    """Return the letters the pieces are made of, and which pieces each belongs to (several for a letter in bytes)."""
    letters: list[str] = []
    owners: list[tuple[int, ...]] = []
    held: list[int] = []
    raw = bytearray()
    for n, piece in enumerate(pieces):
        byte = _BYTE.fullmatch(piece)
        if not byte:
            held, raw = [], bytearray()
            surface = piece.removesuffix("@@").replace("▁", "")
            letters += surface
            owners += [(n,)] * len(surface)
            continue
        held.append(n)
        raw.append(int(byte[1], 16))
        try:
            letter = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        letters += letter
        owners += [tuple(held)] * len(letter)
        held, raw = [], bytearray()
    return letters, owners


def _unescape(letters: list[str], owners: list[tuple[int, ...]]) -> None:
    for found in reversed(list(_ESCAPE.finditer("".join(letters)))):
        inside = slice(found.start(), found.end())
        owner = tuple(sorted({n for several in owners[inside] for n in several}))
        letters[inside] = [_ESCAPED[found[0]]]
        owners[inside] = [owner]


def _matched(letters: Sequence[str], target: Sequence[str]) -> list[tuple[int, int]]:
    if list(letters) == list(target):
        return [(i, i) for i in range(len(letters))]
    folded = [c.casefold() for c in letters], [c.casefold() for c in target]
    pairs: list[tuple[int, int]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, *folded, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and a2 - a1 == b2 - b1):
            pairs += zip(range(a1, a2), range(b1, b2), strict=True)
        elif tag == "replace":  # “½” for “1⁄2”: each piece of the one covers all of the other
            pairs += [(a, b) for a in range(a1, a2) for b in (b1, b2 - 1)]
    return pairs
