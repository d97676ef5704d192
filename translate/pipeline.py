"""The line a sentence travels, written once: article → sentences → terms → drafts → pins → house style → checks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from translate.article import Article, Block, Mark
from translate.checks import Pair, inspect_all, unlisted
from translate.config import Style
from translate.engines import Engine, Link, Request
from translate.glossary import Found, Glossary
from translate.markup import Carried, Marked, carry
from translate.messages import _
from translate.parallel import ParallelText, Row
from translate.pinning import Pinned, Sentence, exonyms, pin
from translate.problems import Problem
from translate.segments import split
from translate.spans import Span
from translate.typography import typeset


def translate_article(
    article: Article,
    engine: Engine,
    *,
    glossary: Glossary | None = None,
    style: Style | None = None,
    target_language: str = "ru",
) -> ParallelText:
    """Translate an article.

    Args:
        article: as `read_article` gives it.
        engine: for its language and `target_language`; `open_engine` gives one that keeps addresses and code whole.
        glossary: the terms to pin; none by default.
        style: the Russian edition's house style, and the checks turned off in it; the defaults if None.

    Returns:
        One row a sentence, none missing: what went wrong with one is a problem beside it.
    """
    glossary, style = glossary or Glossary(()), style or Style()
    places = [place for block in article.translatable() for place in _sentences(block, article.language)]
    reader = glossary.reader((place.text for place in places), on=article.date)
    found = [reader.find(place.text) for place in places]
    asked = [Sentence(p.text, f.matches, p.kept) for p, f in zip(places, found, strict=True)]
    pinned = pin(asked, engine, exonyms=exonyms(glossary))
    rows = [_row(*made, style) for made in zip(places, found, pinned, strict=True)]
    marked = [_marked(row, place, made) for row, place, made in zip(rows, places, pinned, strict=True)]
    carried = carry(marked, lambda words: [draft.text for draft in engine.translate([Request(w) for w in words])])
    pairs = [Pair(r.id, r.source, r.target, f.matches, r.pins) for r, f in zip(rows, found, strict=True)]
    fit = [p for p in pairs if _is_checkable(p)]
    checked = [*inspect_all(fit, style.off, glossary=glossary, on=article.date), *_unchecked(pairs)]
    doubts = _by_row(checked)
    done = [_finished(row, extra, doubts.get(row.id, ())) for row, extra in zip(rows, carried, strict=True)]
    names = () if "name" in style.off else unlisted([place.text for place in places], glossary, article.date)
    rest = (*doubts.get("", ()), *names)
    return ParallelText(article, tuple(done), article.language, target_language, rest, engine.traits.is_draft)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in its block; marks and kept spans count from the sentence's own start."""

    id: str
    block: str
    span: Span
    text: str
    marks: tuple[Mark, ...]
    kept: tuple[Span, ...]


def _sentences(block: Block, language: str) -> list[_Place]:
    places = []
    for n, segment in enumerate(split(block.text, language), 1):
        span = Span(segment.start, segment.stop)
        marks = [replace(m, span=cut) for m in block.marks if (cut := _within(m.span, span))]
        kept = [cut for s in block.kept if (cut := _within(s, span))]
        places.append(_Place(f"{block.id}.{n}", block.id, span, span.of(block.text), tuple(marks), tuple(kept)))
    return places


def _within(span: Span, sentence: Span) -> Span | None:
    start, stop = max(span.start, sentence.start), min(span.stop, sentence.stop)
    return Span(start - sentence.start, stop - sentence.start) if start < stop else None


def _row(place: _Place, found: Found, pinned: Pinned, style: Style) -> Row:
    """Set a pinned sentence in house style; what the engine could not translate stays as it is."""
    draft = pinned.draft
    problems = (*found.problems, *(draft.problems if draft else ()), *pinned.problems)
    kept = _found_again([span.of(place.text) for span in place.kept], pinned.text)
    text, pins = pinned.text, pinned.pins
    if not any(problem.kind == "untranslated" for problem in problems):
        latin = [p.target for p in pins if p.case is None]
        done = typeset(text, style, source=place.text, kept=[*kept, *latin])
        text, kept = done.text, [done.move(span) for span in kept]
        pins = tuple(replace(p, target=done.move(p.target)) for p in pins)
        problems = tuple(replace(p, target=p.target and done.move(p.target)) for p in problems)
    score, signature = (draft.score, draft.signature) if draft else (None, "")
    return Row(place.id, place.block, place.span, place.text, text, score, signature, pins, problems, kept=tuple(kept))


def _found_again(pieces: Sequence[str], text: str) -> list[Span]:
    """Find kept pieces in a translation, each at its own place, in the order of the text."""
    spans: list[Span] = []
    for piece in pieces:
        at = text.find(piece)
        while at >= 0 and any(s.start < at + len(piece) and at < s.stop for s in spans):
            at = text.find(piece, at + 1)
        if at >= 0:
            spans.append(Span(at, at + len(piece)))
    return sorted(spans, key=lambda s: s.start)


def _marked(row: Row, place: _Place, pinned: Pinned) -> Marked:
    """Gather what is known about which words of a row belong together."""
    if not place.marks:
        return Marked(row.source, row.target, ())
    known = [Link(pin.source, pin.target) for pin in row.pins]
    for span in place.kept:
        again = next((s for s in row.kept if s.of(row.target) == span.of(row.source)), None)
        known += [Link(span, again)] if again else []
    links: list[Link] = []
    # With a stand-in the engine saw another sentence: its links would point beside the words.
    if pinned.draft and pinned.draft.alignment and not any(pin.method == "stand-in" for pin in row.pins):
        follow = _Follow(pinned.draft.text, row.target)
        links = [replace(link, target=follow.move(link.target)) for link in pinned.draft.alignment]
    return Marked(row.source, row.target, place.marks, tuple(known), tuple(links))


class _Follow:
    """Where the letters of a draft went when terms and house style were put in."""

    def __init__(self, old: str, new: str) -> None:
        self._blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()

    def move(self, span: Span) -> Span:
        start = stop = None
        for _tag, old_start, old_stop, new_start, new_stop in self._blocks:
            if start is None and span.start < old_stop:
                start = min(new_start + max(span.start - old_start, 0), new_stop)
            if span.stop > old_start:
                stop = new_stop - (old_stop - span.stop) if span.stop < old_stop else new_stop
                stop = max(stop, new_start)
        last = stop or 0
        return Span(min(last if start is None else start, last), last)


# no sentence of prose is that long, and the checks compare every word with every other
_LONGEST = 3000


def _is_checkable(pair: Pair) -> bool:
    return max(len(pair.source), len(pair.target)) <= _LONGEST


def _unchecked(pairs: Iterable[Pair]) -> Iterator[Problem]:
    for pair in pairs:
        if not _is_checkable(pair):
            message = _("a “sentence” of {n} letters: it has not been checked").format(n=len(pair.source))
            yield Problem("length", message, pair.id)


def _by_row(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.segment, []).append(problem)
    return found


def _covers(span: Span, other: Span) -> bool:
    return span.start <= other.start and other.stop <= span.stop


def _finished(row: Row, extra: Carried, doubts: Sequence[Problem]) -> Row:
    """Add the marks, and every problem once."""
    # “cawater-info.net” is not Russian, and need not be.
    real = [p for p in doubts if not any(p.target and _covers(kept, p.target) for kept in row.kept)]
    # A name that could not be pinned is missed by the check as well.
    told = {(p.kind, p.source) for p in row.problems if p.source}
    more = [p for p in real if (p.kind, p.source) not in told]
    problems = dict.fromkeys(replace(p, segment="") for p in [*row.problems, *more, *extra.problems])
    return replace(row, marks=extra.marks, problems=tuple(problems))
