"""The whole run on one page: how sure, what is doubtful, which names nobody has settled, which terms are missed.

There is no clock in it: the page of a run that was killed and went on is that of one that was not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from translate.archive.counting import BINS
from translate.archive.manifest import Listed, Manifest
from translate.checks.confidence import WEAK
from translate.messages import _
from translate.parallel.templates import template
from translate.problems import Kind

_TEMPLATE = Path(__file__).with_name("report.html.j2")
NAME = "report.html"
NAMES = "names.tsv"
SHOWN = 200
"""Rows of a table on the page; the list of names beside it has all."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that no glossary has: a guess of its kind, how often it stands, in how many articles."""

    name: str
    kind: str
    count: int
    articles: int


@dataclass(frozen=True, slots=True)
class Covered:
    """A term: how often it was found, and how often it was put in."""

    term: str
    found: int
    placed: int


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that failed, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Weakest:
    """An article to begin with: how many of its sentences are weak."""

    name: str
    weak: int
    sentences: int


@dataclass(slots=True)
class Summary:
    """What is known of an archive as a whole, gathered article by article; `worst` is the greatest exit code of one."""

    done: int = 0
    waiting: int = 0
    worst: int = 0
    sentences: int = 0
    engines: Counter[str] = field(default_factory=Counter)
    confidence: list[int] = field(default_factory=lambda: [0] * (BINS + 1))
    problems: Counter[str] = field(default_factory=Counter)
    failed: list[Failed] = field(default_factory=list)
    weakest: list[Weakest] = field(default_factory=list)
    _names: dict[str, list[Any]] = field(default_factory=dict)
    _terms: dict[str, list[int]] = field(default_factory=dict)

    def add(self, one: Listed) -> None:
        """Take an article in."""
        self.worst = max(self.worst, one.code)
        if one.state == "failed":
            self.failed.append(Failed(one.source.name, one.reason))
        if one.made is None or one.made.counts is None:
            self.waiting += one.state == "waiting"
            return
        counts = one.made.counts
        self.done += one.state == "done"
        self.sentences += counts["sentences"]
        self.engines.update(counts["engines"])
        self.problems.update(counts["problems"])
        self.confidence = [a + b for a, b in zip(self.confidence, counts["confidence"], strict=True)]
        for name, (kind, count) in counts["names"].items():
            held = self._names.setdefault(name, [Counter(), 0, 0])
            held[0][kind] += count
            held[1] += count
            held[2] += 1
        for term, (found, placed) in counts["terms"].items():
            both = self._terms.setdefault(term, [0, 0])
            both[0] += found
            both[1] += placed
        self._note_weak(Weakest(one.source.name, sum(counts["confidence"][: int(WEAK * BINS)]), counts["sentences"]))

    def _note_weak(self, one: Weakest) -> None:
        if one.weak:
            self.weakest.append(one)
            if len(self.weakest) > 1000:  # of twenty thousand articles fifty are shown
                self._cut()

    def _cut(self) -> None:
        self.weakest = sorted(self.weakest, key=lambda one: (-one.weak, one.name))[:50]

    @property
    def names(self) -> list[Name]:
        """Return the unknown names, the most frequent first."""
        found = [Name(n, kinds.most_common(1)[0][0], count, many) for n, (kinds, count, many) in self._names.items()]
        return sorted(found, key=lambda one: (-one.count, -one.articles, one.name))

    @property
    def terms(self) -> list[Covered]:
        """Return the terms found, those first that were missed most often."""
        found = [Covered(term, *both) for term, both in self._terms.items()]
        return sorted(found, key=lambda one: (one.placed - one.found, -one.found, one.term))

    @property
    def found(self) -> int:
        """Return how many times terms were found."""
        return sum(found for found, _placed in self._terms.values())

    @property
    def placed(self) -> int:
        """Return how many times they were put in."""
        return sum(placed for _found, placed in self._terms.values())

    @property
    def problem_count(self) -> int:
        """Return how many problems there are to look at."""
        return sum(self.problems.values())


def summary_of(manifest: Manifest) -> Summary:
    """Gather what is known of an archive."""
    made = Summary()
    for one in manifest.articles():
        made.add(one)
    made._cut()
    return made


def write_report(summary: Summary, folder: Path) -> None:
    """Write the page and the list of names."""
    from translate.files import write_atomic

    write_atomic(folder / NAME, page(summary))
    write_atomic(folder / NAMES, "".join(_lines(summary)))


def _lines(summary: Summary) -> Iterator[str]:
    yield "name\tkind\tcount\tarticles\n"
    for one in summary.names:
        name = " ".join(one.name.split())
        yield f"{name}\t{one.kind}\t{one.count}\t{one.articles}\n"


def page(summary: Summary) -> str:
    """Return the page."""
    judged = summary.confidence[:BINS]
    return template(_TEMPLATE).render(
        _=_,
        s=summary,
        names=summary.names,
        terms=summary.terms,
        shown=SHOWN,
        bins=[(f"{n / BINS:.1f}–{(n + 1) / BINS:.1f}", count) for n, count in enumerate(judged)],
        highest=max([*judged, 1]),
        by_people=summary.confidence[BINS],
        meanings={str(kind): _(kind.meaning) for kind in Kind},
        names_file=NAMES,
    )
