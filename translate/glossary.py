"""Glossary files and the terms found in a sentence: `glossaries/<domain>/<kind>.en-ru.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from translate.errors import Problem, Span
from translate.inflection import Gender, Number, Paradigm, Slot


class Policy(StrEnum):
    """What is done with a term's rendering."""

    PIN = "pin"  # inflect
    FIXED = "fixed"  # indeclinable
    KEEP = "keep"  # leave in Latin letters
    FORBID = "forbid"  # this Russian must not appear; `note` says what to use


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a glossary.

    Args:
        source: the English spelling, or "" for a FORBID line that bars a Russian spelling wherever it comes from.
        target: the Russian lemma (nominative).
        kind: person, place, organisation, demonym, term, interface.
        gender, number, animate: None where the line leaves them to the morphology.
        aliases: other English spellings.
        kk, ky: the Kazakh and Kyrgyz forms.
        forms: overrides where the rules fail.
        since, until: ISO dates between which the term holds, "" for open.
        extra: unknown columns, kept in order.
        path, line: where it stands.
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
    path: Path | None = None
    line: int = 0

    def paradigm(self) -> Paradigm:
        """Return the term's declension."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a source sentence.

    Args:
        term: the glossary line.
        span: code points of the sentence, the possessive ’s left out.
        possessive: True where ’s or s’ follows.
        partial: True where only the surname of a person named before in the article stands here.
        target: the Russian lemma for what was matched: the surname alone where `partial`.
    """

    term: Term
    span: Span
    target: str
    possessive: bool = False
    partial: bool = False

    def paradigm(self) -> Paradigm:
        """Return the declension of `target`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Found:
    """The terms of one sentence, ordered by start and never overlapping, and the doubts about them."""

    matches: tuple[TermMatch, ...]
    problems: tuple[Problem, ...] = ()
