"""The spelling variants that count as one when terms are matched, with offsets back into the sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from translate.spans import Span

_APOSTROPHES = "’‘ʻʼʹˈ`´′‛＇ʾʿ"
_DASHES = "‐‑‒–−⁃﹣－"
_QUOTES = "“”„‟«»″＂"
# What does not fold to exactly one letter; a sentence that holds any of it takes the slow way with an offset map.
_UNEVEN = re.compile(
    "[\u00ad\u00df\u00c6\u00e6\u0132\u0133\u0152\u0153\u0300-\u036f\u1e9e\u200b-\u200f\u2060\ufb00-\ufb06\ufeff]"
)
_SPELT = {
    "ß": "ss", "ẞ": "SS", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ĳ": "IJ", "ĳ": "ij",
    "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "t", "ŋ": "n",
    "ə": "a", "Ə": "A",
}  # fmt: skip


class _Table(dict[int, str]):
    """A `str.translate` table that folds one character to one and remembers it."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _DASHES:
        return "-"
    if character in _QUOTES:
        return '"'
    if character in _SPELT:
        return _SPELT[character]
    if character.isspace():
        return " "
    if "CYRILLIC" in unicodedata.name(character, ""):
        return character  # й is a letter, not и with a mark
    spelt = unicodedata.normalize("NFKD", character)
    letters = "".join(c for c in spelt if unicodedata.category(c) not in ("Mn", "Cf"))
    return letters if len(letters) == 1 or _UNEVEN.match(character) else character  # "…" and "№" stay one character


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence in one spelling of its apostrophes, dashes, quotes and diacritics; case is kept.

    Args:
        text: the folded sentence.
        offsets: for each code point of `text`, and for its end, the offset in the sentence; None where they are equal.
    """

    text: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, stop: int) -> Span:
        """Return the span of the sentence that folded to `text[start:stop]`."""
        if self.offsets is None:
            return Span(start, stop)
        return Span(self.offsets[start], self.offsets[stop - 1] + 1 if stop else 0)


def fold(sentence: str) -> Folded:
    """Fold a sentence.

    Diacritics go, apostrophes, dashes, quotes and blanks become the ASCII ones; ß and æ are spelt out,
    soft hyphens and zero-width characters go. An apostrophe that is a letter (Oʻzbekiston) stays one character:
    its omission is another spelling, for `aliases`.
    """
    if sentence.isascii():
        return Folded(sentence, None)
    if not _UNEVEN.search(sentence):
        return Folded(sentence.translate(_TABLE), None)
    pieces: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(sentence):
        folded = _fold(character)
        pieces.append(folded)
        offsets += [at] * len(folded)
    return Folded("".join(pieces), (*offsets, len(sentence)))
