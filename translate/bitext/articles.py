"""An article and its published translation as one parallel text, whatever an editor did to it on the way.

Sentences are laid side by side over the whole text; where paragraphs begin is a hint, no wall: an edition joins and
parts them. What the edition left out has no Russian, what it added has no English; what is doubtful says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from translate.article import Article
from translate.bitext.beads import Bead, align
from translate.bitext.evidence import Breaks
from translate.errors import ArticleError
from translate.messages import _, lazy_gettext
from translate.parallel import ParallelText, Row
from translate.problems import Kind, Problem
from translate.segments import split
from translate.spans import Span

DOUBTFUL = 0.7
"""A bead less likely than this is for a reader to look at."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of an article: which block it stands in, and where."""

    block: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Two articles side by side: `beads` count `source` and `target`."""

    source: tuple[Place, ...]
    target: tuple[Place, ...]
    beads: tuple[Bead, ...]

    def texts(self, bead: Bead) -> Texts:
        """Return what a bead holds, sentences joined by a blank."""
        return Texts(
            " ".join(p.text for p in self.source[bead.source]), " ".join(p.text for p in self.target[bead.target])
        )


@dataclass(frozen=True, slots=True)
class Texts:
    """The two sides of a bead."""

    source: str
    target: str


def lay(source: Article, target: Article) -> Edition:
    """Lay an article and its translation side by side."""
    first, second = tuple(places(source, "en")), tuple(places(target, "ru"))
    breaks = Breaks(breaks_of(first), breaks_of(second))
    beads = align([p.text for p in first], [p.text for p in second], breaks)
    return Edition(first, second, tuple(beads))


def places(article: Article, language: str) -> Iterator[Place]:
    """Yield the sentences of an article."""
    for block in article.translatable():
        for segment in split(block.text, language):
            span = Span(segment.start, segment.stop)
            yield Place(block.id, span, span.of(block.text))


def breaks_of(found: Sequence[Place]) -> frozenset[int]:
    """Return which sentences begin a block."""
    return frozenset(i for i, place in enumerate(found) if not i or found[i - 1].block != place.block)


def align_articles(source: Article, target: Article) -> ParallelText:
    """Make one parallel text of an article and its published translation.

    Args:
        source: English.
        target: Russian, published: shortened, joined, moved as its editors liked.

    Returns:
        A row a bead, in the order of the source; `Row.score` is how sure it is. Rows with nothing on one side, moved
        ones and doubtful ones have a problem that says so.

    Raises:
        ArticleError: a side is in another language: the two were exchanged.
    """
    _expect(source, "Latin", _("this is not English: is the English article given first?"))
    _expect(target, "Cyrillic", _("this is not Russian: is the Russian article given second?"))
    edition = lay(source, target)
    rows: list[Row] = []
    counts: dict[str, int] = {}
    at = _start(edition, source)
    for bead in edition.beads:
        for row in _rows(edition, bead, at):
            counts[row.block] = counts.get(row.block, 0) + 1
            rows.append(replace(row, id=f"{row.block}.{counts[row.block]}"))
            at = Place(row.block, row.span, row.source)
    # written anew, not by exchanging sentences in the source's file: that has no place for what was added
    return ParallelText(replace(source, raw=b""), tuple(rows))


def _expect(article: Article, script: str, message: str) -> None:
    text = " ".join(block.text for block in article.translatable())
    letters = len(regex.findall(r"\p{L}", text))
    if letters and len(regex.findall(rf"\p{{{script}}}", text)) < letters / 2:
        raise ArticleError(message, path=article.path, hint=_("tolmach align ENGLISH RUSSIAN"))


def _start(edition: Edition, source: Article) -> Place:
    block = edition.source[0].block if edition.source else next((b.id for b in source.translatable()), "b1")
    return Place(block, Span(0, 0), "")


def _rows(edition: Edition, bead: Bead, at: Place) -> Iterator[Row]:
    """Yield a row for each block that a bead's source stands in; the Russian stands in the first."""
    target = edition.texts(bead).target
    problems = tuple(_problems(bead))
    found = edition.source[bead.source]
    if not found:
        end = at.span.stop
        yield Row("", at.block, Span(end, end), "", target, bead.confidence, problems=problems)
    while found:
        same = [place for place in found if place.block == found[0].block]
        yield _row(same, target, bead, problems)
        found, target = found[len(same) :], ""
        problems = (Problem(Kind.JOINED, lazy_gettext("its Russian stands in the row before")),)


def _row(same: Sequence[Place], target: str, bead: Bead, problems: tuple[Problem, ...]) -> Row:
    span = Span(same[0].span.start, same[-1].span.stop)
    text = same[0].text
    for before, place in pairwise(same):
        text += " " * (place.span.start - before.span.stop) + place.text
    return Row("", same[0].block, span, text, target, bead.confidence, problems=problems)


def _problems(bead: Bead) -> Iterator[Problem]:
    sure = lazy_gettext("{percent} % sure").format(percent=round(100 * bead.confidence))
    if not bead.is_pair:
        if bead.source.start < bead.source.stop:
            yield Problem(Kind.LEFT_OUT, lazy_gettext("the edition does not have this ({sure})").format(sure=sure))
        else:
            yield Problem(Kind.ADDED, lazy_gettext("the article does not have this ({sure})").format(sure=sure))
        return
    if bead.moved:
        yield Problem(Kind.MOVED, lazy_gettext("the edition has this in another place"))
    if bead.confidence < DOUBTFUL:
        yield Problem(Kind.DOUBTFUL, lazy_gettext("perhaps not the translation of this ({sure})").format(sure=sure))


@dataclass(frozen=True, slots=True)
class Tally:
    """How an alignment came out, in rows."""

    pairs: int
    left_out: int
    added: int
    moved: int
    doubtful: int

    @staticmethod
    def of(text: ParallelText) -> Tally:
        """Count the rows of a parallel text."""
        kinds = [problem.kind for row in text.rows for problem in row.problems]
        pairs = sum(bool(row.source and row.target) for row in text.rows)
        return Tally(pairs, *(kinds.count(kind) for kind in ("left-out", "added", "moved", "doubtful")))
