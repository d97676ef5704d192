"""One glossary line as a value, and what is found of it in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from translate.inflection import Gender, Number, Paradigm, Slot, paradigm
from translate.problems import Problem
from translate.spans import Span

KINDS = ("person", "place", "organisation", "demonym", "term", "interface")
FREE = "x-"  # a column with this prefix is the newsroom's own


class Policy(StrEnum):
    """What is done with a term's rendering."""

    PIN = "pin"  # inflect
    FIXED = "fixed"  # indeclinable
    KEEP = "keep"  # leave in Latin letters
    FORBID = "forbid"  # this Russian must not appear; `note` says what to use
    HINT = "hint"  # told to engines that take hints, wished and not pinned


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a glossary.

    Args:
        source: the English spelling, or "" for a FORBID line that bars a Russian spelling wherever it comes from.
        target: the Russian lemma (nominative); for KEEP it may be "", which means: as in the source.
        kind: person, place, organisation, demonym, term, interface (a string of a catalog, never matched in articles).
        gender, number, animate: None where the line leaves them to the morphology.
        aliases: other English spellings.
        kk, ky: the Kazakh and Kyrgyz forms.
        forms: overrides where the rules fail.
        since, until: ISO dates between which the term holds, both included, "" for open.
        extra: the newsroom's own columns (`x-…`), kept in order.
        guessed: the columns among kind, gender and number that the line leaves empty and we have filled.
        path, line: where it stands; two terms that differ only in these are equal.
    """

    source: str
    target: str
    kind: str = "term"
    gender: Gender | None = None
    number: Number | None = None
    animate: bool | None = None
    aliases: tuple[str, ...] = ()
    kk: str = ""
    ky: str = ""
    policy: Policy = Policy.PIN
    forms: Mapping[Slot, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    note: str = ""
    origin: str = ""
    path: Path | None = field(default=None, compare=False)
    line: int = field(default=0, compare=False)
    extra: Mapping[str, str] = field(default_factory=dict)
    guessed: tuple[str, ...] = field(default=(), compare=False)

    def paradigm(self) -> Paradigm:
        """Return the term's declension."""
        return _paradigm(
            self.target or self.source,
            self.kind,
            gender=self.gender,
            number=self.number,
            animate=self.animate,
            forms=tuple(self.forms.items()),
            fixed=self.policy in (Policy.FIXED, Policy.KEEP),
        )

    def holds(self, on: str) -> bool:
        """Say whether the term holds on an ISO date; a date of reduced precision ("2019") covers all of it."""
        return not on or (
            (not self.since or on[: len(self.since)] >= self.since[: len(on)])
            and (not self.until or on[: len(self.until)] <= self.until[: len(on)])
        )


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a source sentence.

    Args:
        term: the glossary line.
        span: code points of the sentence, the possessive ’s left out.
        target: the Russian lemma for what was matched: the surname alone where `partial`.
        possessive: True where ’s or s’ follows.
        partial: True where only the surname of a person named before in the article stands here.
        number: "plur" where an English plural of the term stands here ("akims"), None where it stands as listed.
    """

    term: Term
    span: Span
    target: str
    possessive: bool = False
    partial: bool = False
    number: Number | None = None

    def paradigm(self) -> Paradigm:
        """Return the declension of `target`."""
        term = self.term
        if not self.partial:
            return term.paradigm()
        words = len(self.target.split())
        first = term.target.split()[:words] == self.target.split()
        forms = tuple(
            (slot, tuple(" ".join(form.split()[:words] if first else form.split()[-words:]) for form in several))
            for slot, several in term.forms.items()
        )
        fixed = term.policy is Policy.FIXED
        # «Коленко» alone does not tell a man from a woman; the whole name does.
        gender = term.gender or term.paradigm().gender
        return _paradigm(
            self.target,
            term.kind,
            gender=gender,
            number=term.number,
            animate=term.animate,
            forms=forms,
            fixed=fixed,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What the glossary has for one sentence.

    Args:
        matches: its terms, ordered by start and never overlapping.
        problems: the doubts about them.
        wishes: words between the terms whose Russian is wished (policy `hint`), ordered likewise.
    """

    matches: tuple[TermMatch, ...]
    problems: tuple[Problem, ...] = ()
    wishes: tuple[TermMatch, ...] = ()

    @property
    def all(self) -> tuple[TermMatch, ...]:
        """Return every term found, wished ones too."""
        return (*self.matches, *self.wishes)


@lru_cache(maxsize=8192)
def _paradigm(
    lemma: str,
    kind: str,
    *,
    gender: Gender | None,
    number: Number | None,
    animate: bool | None,
    forms: tuple[tuple[Slot, tuple[str, ...]], ...],
    fixed: bool,
) -> Paradigm:
    return paradigm(lemma, kind, gender=gender, number=number, animate=animate, forms=dict(forms), fixed=fixed)
