"""A person's translation of another sentence, offered for this one: shown with its difference, never put in silently.

Where the two sentences differ in numbers and glossary terms alone, these are exchanged: a term in the case it has
there, with all that agrees with it, by the machinery that puts terms in the place of stand-ins. Where it stops: a
number whose noun would have to change its form («1 дом», «5 домов»), a number or term that the translation does not
have in so many words, any other word that differs; then the translation is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from translate.glossary import TermMatch
from translate.memory import Alike
from translate.pinning.placing import place
from translate.pinning.proving import prove
from translate.pinning.standins import StandIn
from translate.spans import Span

_TOKEN = regex.compile(r"\d+(?:[.,]\d+)*|[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|[^\s]")
_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")
_RUSSIAN_NUMBER = regex.compile(
    r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?(?!\d)|(?<![\d.])\d+(?:,\d+)?(?![.,]?\d)"
)
# What stands behind a number and is the same for 1 and 5, or ends in a form of its own there: «12 %», «в 1976 году».
_UNMOVED = regex.compile(r"[ \u00a0]?(?:%|°|[а-я]{1,4}\.|км|м|га|кг|т|кВт|МВт|млн|млрд|тыс|год|г\b|[»)\].,;:!?]|$)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation that a person made of a sentence like this one.

    Args:
        source, target: the sentence and what the person wrote.
        likeness: 0 to 1.
        differs: spans of `source` that this sentence does not have.
        offered: the target with numbers and terms exchanged for those of this sentence; "" where more differs.
        author, made, article: of the translation.
    """

    source: str
    target: str
    likeness: float
    differs: tuple[Span, ...] = ()
    offered: str = ""
    author: str = ""
    made: str = ""
    article: str = ""


def suggest(
    text: str, matches: Sequence[TermMatch], alike: Alike, find: Callable[[str], Sequence[TermMatch]]
) -> Suggestion:
    """Make a suggestion of an entry that resembles a sentence.

    Args:
        text: the sentence.
        matches: the glossary's terms in it.
        alike: the entry.
        find: finds the glossary's terms in a sentence.
    """
    entry = alike.entry
    old, new = _pieces(entry.source, find(entry.source)), _pieces(text, matches)
    return Suggestion(
        entry.source, entry.target, round(alike.likeness, 3), _differing(old, new),
        _exchanged(entry.source, entry.target, old, new) or "", entry.author, entry.made, entry.article,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, a sign, a number or a whole term of a sentence."""

    span: Span
    text: str
    match: TermMatch | None = None

    @property
    def kind(self) -> str:
        """Return what must be alike in both sentences for the rest to be exchanged."""
        if self.match is not None:
            return f"term {self.match.possessive}"
        return "number" if _NUMBER.fullmatch(self.text) else self.text.casefold()


def _pieces(text: str, matches: Sequence[TermMatch]) -> list[_Piece]:
    pieces = [_Piece(m.span, m.span.of(text), m) for m in matches if m.target]
    for token in _TOKEN.finditer(text):
        span = Span(token.start(), token.end())
        if not any(piece.match and piece.span.overlaps(span) for piece in pieces):
            pieces.append(_Piece(span, token[0]))
    return sorted(pieces, key=lambda piece: piece.span.start)


def _differing(old: Sequence[_Piece], new: Sequence[_Piece]) -> tuple[Span, ...]:
    import difflib

    here, there = ([piece.text for piece in pieces] for pieces in (old, new))
    blocks = difflib.SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    return tuple(
        Span(old[i].span.start, old[j - 1].span.stop) for tag, i, j, _k, _m in blocks if tag != "equal" and i < j
    )


def _exchanged(source: str, target: str, old: Sequence[_Piece], new: Sequence[_Piece]) -> str | None:
    """Return the target with what differs exchanged, None where that cannot be done for all of it."""
    if [piece.kind for piece in old] != [piece.kind for piece in new]:
        return None
    differing = [(a, b) for a, b in zip(old, new, strict=True) if a.text != b.text]
    numbers = [(a.text, b.text) for a, b in differing if a.match is None and a.kind == "number"]
    terms = [(a.match, b.match) for a, b in differing if a.match and b.match and a.match.target != b.match.target]
    changed = _with_numbers(target, numbers)
    return changed and _with_terms(changed, terms, source)


def _with_terms(target: str, terms: Sequence[tuple[TermMatch, TermMatch]], source: str) -> str | None:
    if not terms:
        return target
    proven = {pin.source for pin in prove([a for a, _b in terms], source, target).pins}
    if any(a.span not in proven for a, _b in terms) or any(a.term.policy != b.term.policy for a, b in terms):
        return None
    made = place(
        [b for _a, b in terms],
        target,
        source=source,
        standins=[StandIn(a.span.of(source), a.paradigm()) for a, _b in terms],
        spans=[a.span for a, _b in terms],
    )
    lacking = {problem.source for problem in made.problems if problem.kind == "term"}
    return None if lacking or len(made.pins) < len(terms) else made.text


def _with_numbers(target: str, numbers: Sequence[tuple[str, str]]) -> str | None:
    """Exchange numbers written in digits; each must stand in the target once, and its noun must keep its form."""
    found: list[tuple[Span, str]] = []
    for old, new in numbers:
        places = [m for m in _RUSSIAN_NUMBER.finditer(target) if _russian_value(m[0]) == _english_value(old)]
        if len(places) != 1 or sum(old == one for one, _new in numbers) != 1:
            return None
        at = places[0]
        if _class_of(old) != _class_of(new) and not _UNMOVED.match(target, at.end()):
            return None
        found.append((Span(at.start(), at.end()), _russian(new)))
    for span, new in sorted(found, key=lambda one: -one[0].start):
        target = target[: span.start] + new + target[span.stop :]
    return target


def _english_value(number: str) -> str:
    return number.replace(",", "")


def _russian_value(number: str) -> str:
    return regex.sub(r"[ \u00a0]", "", number).replace(",", ".")


def _russian(number: str) -> str:
    """Write an English number as Russian does: 12,345.6 → 12 345,6."""
    whole, point, part = _english_value(number).partition(".")
    if "," in number and len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", "\u00a0")
    return whole + ("," + part if point else "")


def _class_of(number: str) -> str:
    """Return the form that a noun has behind a number: 1 дом, 2 дома, 5 домов; 1,5 дома."""
    value = _english_value(number)
    if "." in value:
        return "part"
    last, teens = int(value) % 10, int(value) % 100 // 10 == 1
    return "one" if last == 1 and not teens else "few" if 2 <= last <= 4 and not teens else "many"
