"""Which words an engine is told before it translates, and in which form.

A model that is given «Атамбаев» in the place of “Atambayev” copies the name and declines it; it need not be found
again under another spelling. All terms are given in their dictionary form: a form guessed from the English side is
copied as it stands where the guess is wrong (docs/why/pinning.md has the figures). Not given is a name that is part of
a longer one: “West Вирджиния” comes out as «Запад Вирджинии», “Ноттингем East” is a town of that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from translate.engines import Hint
from translate.glossary import Policy, TermMatch

# “West Virginia”, “Nottingham East”, “the Washington Examiner”; not “President Macron”, “In Paris”.
_WORD_BEFORE = regex.compile(r"(\p{Lu}[\p{L}\p{M}]+)[ \u00a0-]$")
_WORD_AFTER = regex.compile(r"[ \u00a0-]\p{Lu}[\p{L}\p{M}]+")


def hints(text: str, matches: Sequence[TermMatch]) -> tuple[Hint, ...]:
    """Return what to tell an engine of the terms of a sentence.

    Args:
        text: the sentence.
        matches: its terms.
    """
    return tuple(_told(text, matches))


def _told(text: str, matches: Sequence[TermMatch]) -> Iterator[Hint]:
    for match in matches:
        # what stays in Latin letters stands there already
        if match.term.policy is not Policy.KEEP and match.target and not _is_part(text, match):
            yield Hint(match.span, match.target, _form(match))


def _form(match: TermMatch) -> str:
    """Return the nominative in the number of the English word: «айыл» for “ayil”, «айылы» for “ayils”."""
    own = match.paradigm()
    return own.form("nomn", match.number) if match.number and match.number != own.number else ""


def _is_part(text: str, match: TermMatch) -> bool:
    """Tell whether a place stands in a longer name that the glossary does not have."""
    if match.term.kind != "place":
        return False
    before = _WORD_BEFORE.search(text, endpos=match.span.start)
    inside = before is not None and not _begins(text, before.start())
    return inside or _WORD_AFTER.match(text, match.span.stop) is not None


def _begins(text: str, at: int) -> bool:
    return not text[:at].strip(" \"'“‘«([—–-\u00a0")
