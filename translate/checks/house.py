"""House style looked for in a text that must not be changed: what a person wrote, a person changes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import regex

from translate.config import Style
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem
from translate.spans import Span
from translate.typography import typeset

_PIECE = regex.compile(r"[\p{L}\p{M}\p{N}]+|\s+|.", regex.DOTALL)
_BLANKS = str.maketrans("\u00a0\u202f\u2009", "   ")


def departures(
    text: str, style: Style, *, source: str = "", kept: Sequence[Span] = (), language: str = "ru"
) -> Iterator[Problem]:
    """Yield where a text departs from the house style, each with what the house would write.

    A blank that should not break and does is let pass: nobody types it, and the reader of a cell cannot see it.

    Args:
        text: as it is.
        style: of the house.
        source: the English sentence.
        kept: spans of `text` that no rule may touch.
        language: of the text, ISO 639.
    """
    wanted = typeset(text, style, source=source, kept=kept, language=language).text
    if wanted.translate(_BLANKS) == text.translate(_BLANKS):
        return
    old, new = _pieces(text.translate(_BLANKS)), _pieces(wanted.translate(_BLANKS))
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, i, j, k, m in blocks:
        if tag == "equal":
            continue
        first, last = max(i - 1, 0), min(j + 1, len(old))  # with what stands beside it, or “, →” would be all
        start, stop = sum(map(len, old[:first])), sum(map(len, old[:last]))
        shown = "".join([*old[first:i], *new[k:m], *old[j:last]])
        message = _("house style: {here} → {there}").format(here=text[start:stop].strip(), there=shown.strip())
        yield Problem(Kind.TYPOGRAPHY, message, target=Span(start, stop))


def _pieces(text: str) -> list[str]:
    return [match[0] for match in _PIECE.finditer(text)]
