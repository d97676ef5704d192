"""A member of a list stands in the case of its list: «в Таласе, Нарыне и Оше», never «… и Ош».

Models decline the first names of a list and leave the last one as it is, or give it a case of its own. The English says
which names are members of one list; the forms that stand there vote, the first, next to what governs them all, a little
more than the others.
Where it stops: members that are no terms; two members with a preposition each, which are governed each for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.inflection import CASES, Case, Paradigm
from translate.spans import Span

_ENGLISH = regex.compile(r"(?:[’']s?)?(?:,|,? (?:and|or|nor|&|as well as)) (?:the |then )?", regex.IGNORECASE)
_RUSSIAN = regex.compile(r"[»“”\"]?(?:,|,?[ \u00a0](?:и|или|ни|да|либо|а также))[ \u00a0](?:ни )?[«„“\"]?")
_FIRST = 1.3
_READ = 0.5
_BARE = 0.4
_SHARED = 0.8  # as sure as a list makes a case


@dataclass(frozen=True, slots=True)
class Member:
    """A term in its place.

    Args:
        source, target: where it stands on both sides.
        standing: the cases that the form there can be, none where it is no form of the term.
        read: the case that was read for it alone, and how sure that is.
        bare: the lemma itself stands there, which models also leave where another case is due.
    """

    source: Span
    target: Span
    term: Paradigm
    standing: frozenset[Case]
    read: Case
    confidence: float
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The case that a list gives to a member, and how sure that is: the share of the members that stand in it."""

    case: Case
    confidence: float


def verdicts(members: Sequence[Member | None], source: str, draft: str) -> dict[int, Verdict]:
    """Return the members, by position, that stand in another case than their list.

    Args:
        members: one for each term of the sentence, in its order; None for what has no case or no place.
        source: the text that was translated.
        draft: its translation.
    """
    found: dict[int, Verdict] = {}
    for group in _groups(members, source, draft):
        case = _elected([member for _n, member in group])
        telling = [m for _n, m in group if not m.bare] or [m for _n, m in group]
        agreed = min(_SHARED, sum(case in (m.standing or {m.read}) for m in telling) / len(telling))
        for n, member in group:
            if member.read != case:
                found[n] = Verdict(case, agreed if case not in member.standing else max(agreed, member.confidence))
    return found


def _groups(members: Sequence[Member | None], source: str, draft: str) -> Iterator[list[tuple[int, Member]]]:
    """Yield the runs of members that are lists on both sides."""
    run: list[tuple[int, Member]] = []
    for n, member in enumerate(members):
        if member and run and not _follows(run[-1][1], member, source, draft):
            yield from [run] if len(run) > 1 else []
            run = []
        if member:
            run.append((n, member))
    if len(run) > 1:
        yield run


def _follows(one: Member, other: Member, source: str, draft: str) -> bool:
    def joined(pattern: regex.Pattern[str], text: str, side: Callable[[Member], Span]) -> bool:
        return pattern.fullmatch(text, side(one).stop, side(other).start) is not None

    return joined(_ENGLISH, source, lambda m: m.source) and joined(_RUSSIAN, draft, lambda m: m.target)


def _elected(members: Sequence[Member]) -> Case:
    """Return the case that most members can be in."""
    votes: dict[Case, float] = dict.fromkeys(CASES, 0.0)
    for n, member in enumerate(members):
        weight = (1.0 if n else _FIRST) * (_BARE if member.bare else 1.0)
        for case in member.standing:
            votes[case] += weight
        votes[member.read] += _READ * weight * member.confidence + (0 if member.standing else weight / 2)
    return max(CASES, key=lambda case: votes[case])
