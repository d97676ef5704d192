"""The line a sentence travels, written once: article → sentences → terms → drafts → pins → house style → checks.

A sentence is one `Unit` all the way: every stage takes the list of them and gives it back with something added.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from translate.article import Article, Block, Mark, kept_spans, written_stamp
from translate.checks import Pair, departures, inspect_all, unlisted
from translate.checks.confidence import WEAK, Judged, confidence
from translate.config import Style
from translate.engines import Engine, Link, Request
from translate.glossary import Found, Glossary, TermMatch
from translate.languages import declines
from translate.memory import Shown, corrections_of, show_to_editors, similar_of
from translate.messages import lazy_gettext
from translate.parallel import ParallelText, Row
from translate.parallel.markup import Marked, carry
from translate.pinning import (
    Exonyms,
    Pin,
    Pinned,
    Sentence,
    Suggestion,
    alone,
    calmed,
    exonyms,
    pin,
    pin_undeclined,
    prove,
    prove_undeclined,
    raised,
    suggest,
)  # fmt: skip
from translate.problems import Kind, Problem
from translate.problems.limits import cut, is_overlong
from translate.problems.mishaps import one_by_one, safely
from translate.segments import split
from translate.spans import Span, merged
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
    prepared = [prepare(article, glossary, target_language=target_language)]
    (text,) = finish(prepared, engine, glossary=glossary, style=style, target_language=target_language)
    return text


def prepare(article: Article, glossary: Glossary | None = None, *, target_language: str = "ru") -> Prepared:
    """Cut an article into sentences and find its terms: what is done before an engine is asked."""
    units = [unit for block in article.translatable() for unit in _sentences(block, article.language, target_language)]
    return Prepared(article, tuple(_with_terms(units, glossary or Glossary(()), article)))


def finish(
    prepared: Sequence[Prepared],
    engine: Engine,
    *,
    glossary: Glossary | None = None,
    style: Style | None = None,
    target_language: str = "ru",
    replaced: Exonyms | None = None,
) -> list[ParallelText]:
    """Translate the sentences of n articles together, and do for each article what is done after it.

    Args:
        prepared: n articles of one language, with the terms of this glossary.
        engine, glossary, style: as for `translate_article`.
        replaced: Russian names that a draft may have for terms which have another now, beside those that the glossary
            bars (`pinning.exonyms`).

    Returns:
        n texts in order.
    """
    glossary, style = glossary or Glossary(()), style or Style()
    asking = _Asking(engine, {**exonyms(glossary), **(replaced or {})}, target_language)
    parts = asking.all_pinned([one.units for one in prepared])
    pairs = [(one.article, part) for one, part in zip(prepared, parts, strict=True)]
    checked = [_looked_through(article, units, engine, glossary, style) for article, units in pairs]
    marked = iter(one_by_one(lambda some: _marked(some, engine), [u for one in checked for u in one.units], _with))
    made = [replace(one, units=tuple(next(marked) for _unit in one.units)) for one in checked]
    return [_as_text(one, engine, target_language) for one in made]


@dataclass(frozen=True, slots=True)
class _Checked:
    """An article whose sentences have been checked, and the doubts about the article as a whole."""

    article: Article
    units: tuple[Unit, ...]
    doubts: tuple[Problem, ...]


def _looked_through(article: Article, units: list[Unit], engine: Engine, glossary: Glossary, style: Style) -> _Checked:
    units = one_by_one(lambda some: _suggested(some, engine, glossary, article), units, _with)
    units = one_by_one(lambda some: [_set(unit, style) for unit in some], units, _not_set)
    doubts = _doubts(units, glossary, style, article)
    whole = tuple(doubts.get("", ()))
    return _Checked(article, tuple(_checked(unit, doubts.get(unit.id, ())) for unit in units), whole)


def _as_text(one: _Checked, engine: Engine, target: str) -> ParallelText:
    rows, rest = tuple(unit.row for unit in one.units), (*_sent_away(engine), *one.doubts)
    return ParallelText(one.article, rows, one.article.language, target, rest, engine.traits.is_draft)


def show(engine: Engine, text: ParallelText, outputs: Iterable[Path | None]) -> None:
    """Note, before it is written, what an editor will find in each of the files; see `translate.memory.learning`."""
    names = [path.name if path else "" for path in outputs]
    show_to_editors(engine, [Shown(row.source, row.target, name) for name in names for row in text.rows])


def reexamine(
    text: ParallelText, changed: Container[str], *, glossary: Glossary | None = None, style: Style | None = None
) -> ParallelText:
    """Look again at a parallel text that an editor has changed: terms, markup and checks anew, every target as it is.

    Args:
        text: as it was read back.
        changed: ids of the rows whose target is a person's; the others keep what is known of them.
        glossary, style: as for `translate_article`.
    """
    glossary, style = glossary or Glossary(()), style or Style()
    blocks = {block.id: block for block in text.article.translatable()}
    read = [replace(_read_back(row, blocks.get(row.block)), language=text.target_language) for row in text.rows]
    units = _with_terms(read, glossary, text.article)
    units = [_proven(unit, style) if unit.id in changed else unit for unit in units]
    doubts = _doubts(units, glossary, style, text.article)
    units = [_checked(unit, doubts.get(unit.id, ())) for unit in units]
    # without an engine to say what the words of a link are in Russian
    units = _marked([replace(unit, marks=unit.marks if unit.id in changed else ()) for unit in units], None)
    rows = [unit.row if unit.id in changed else row for unit, row in zip(units, text.rows, strict=True)]
    return replace(text, rows=tuple(rows), problems=tuple(doubts.get("", ())))


def _read_back(row: Row, block: Block | None) -> Unit:
    """Return a row as a unit; in a table read back there is no markup, and addresses are sought anew."""
    marks = row.source_marks(block.marks) if block else ()
    kept = merged(cut for s in (block.kept if block else ()) if (cut := _within(s, row.span)))
    kept = kept or kept_spans(row.source)
    return Unit(row.id, row.block, row.span, row.source, marks, kept, target=row.target, pins=row.pins)


def _proven(unit: Unit, style: Style) -> Unit:
    return _looked_at(replace(unit, pinned=_proof(unit, unit.target)), style)


def _proof(unit: Unit, target: str) -> Pinned:
    """Find the terms of a sentence in what a person made of it."""
    if declines(unit.language):
        return prove(unit.found.matches, unit.source, target)
    return prove_undeclined(unit.found.matches, target, unit.language)


_NO_TERMS, _NOT_YET = Found(()), Pinned("")


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit: one sentence on its way, and all that is known of it so far.

    Args:
        id: "<block id>.<n>", n from 1.
        block, span: the block it stands in, and where in its text.
        source: the sentence; places in it count from its own start.
        marks, kept: inline markup over `source`, and spans of it that are never translated.
        found: the glossary's terms in it.
        pinned: the engine's draft with the terms put in.
        target: that in house style; what the engine could not translate as it is.
        links: the engine's alignment of the two, () where it has none.
        pins, problems: the proof per term, and every doubt so far, in terms of `target`.
        target_marks, target_kept: where `marks` and `kept` went.
        confidence: how likely `target` is usable; None where a person made it, and in languages other than Russian.
        suggestions: what people made of sentences like this one.
        language: of `target`, ISO 639.
    """

    id: str
    block: str
    span: Span
    source: str
    marks: tuple[Mark, ...] = ()
    kept: tuple[Span, ...] = ()
    found: Found = _NO_TERMS
    pinned: Pinned = _NOT_YET
    target: str = ""
    links: tuple[Link, ...] = ()
    pins: tuple[Pin, ...] = ()
    problems: tuple[Problem, ...] = ()
    target_marks: tuple[Mark, ...] = ()
    target_kept: tuple[Span, ...] = ()
    confidence: float | None = None
    suggestions: tuple[Suggestion, ...] = ()
    language: str = "ru"

    @property
    def sentence(self) -> Sentence:
        """Return what pinning looks at."""
        return Sentence(self.source, self.found.matches, self.kept, self.found.wishes)

    @property
    def marked(self) -> Marked:
        """Return what is known about which words of the two texts belong together."""
        if is_overlong(self.source, self.target):
            return Marked(self.source, self.target, ())
        known = [Link(pin.source, pin.target) for pin in self.pins]
        known += [Link(a, b) for a, b in zip(self.kept, self.target_kept, strict=False)]
        return Marked(self.source, self.target, self.marks, tuple(known), self.links)

    @property
    def pair(self) -> Pair:
        """Return what the checks look at."""
        return Pair(self.id, self.source, self.target, self.found.matches, self.pins, self.language)

    @property
    def row(self) -> Row:
        """Return what goes out."""
        draft = self.pinned.draft
        score, signature = (draft.score, draft.signature) if draft else (None, "")
        texts = (self.id, self.block, self.span, self.source, self.target)
        row = Row(*texts, score, signature, self.pins, self.problems, self.target_marks, self.target_kept)
        return replace(row, confidence=self.confidence, suggestions=self.suggestions)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article in sentences, with the glossary's terms in them."""

    article: Article
    units: tuple[Unit, ...]


def _sentences(block: Block, language: str, target_language: str) -> list[Unit]:
    units = []
    sentences = [Span(segment.start, segment.stop) for segment in split(block.text, language)]
    for n, span in enumerate((piece for sentence in sentences for piece in cut(block.text, sentence)), 1):
        marks = tuple(replace(m, span=part) for m in block.marks if (part := _within(m.span, span)))
        kept = merged(part for s in block.kept if (part := _within(s, span)))
        units.append(
            Unit(f"{block.id}.{n}", block.id, span, span.of(block.text), marks, kept, language=target_language)
        )
    return units


def _within(span: Span, sentence: Span) -> Span | None:
    """Cut a span to a sentence; what stands at its edge between two sentences belongs to neither."""
    if span.start == span.stop and sentence.start < span.start < sentence.stop:
        return Span(span.start - sentence.start, span.stop - sentence.start)
    start, stop = max(span.start, sentence.start), min(span.stop, sentence.stop)
    return Span(start - sentence.start, stop - sentence.start) if start < stop else None


def _with_terms(units: Sequence[Unit], glossary: Glossary, article: Article) -> list[Unit]:
    reader = glossary.reader(on=article.date)

    def expected(some: Sequence[Unit]) -> Sequence[Unit]:
        for unit in some:
            if not is_overlong(unit.source):
                reader.expect(unit.source)
        return some

    def found(some: Sequence[Unit]) -> list[Unit]:
        return [u if is_overlong(u.source) else replace(u, found=reader.find(u.source)) for u in some]

    one_by_one(expected, units, lambda unit, _problem: unit)  # what fails here fails again when it is read
    return one_by_one(found, units, lambda unit, problem: replace(unit, found=Found((), (problem,))))


def _sent_away(engine: Engine) -> tuple[Problem, ...]:
    sent = lazy_gettext("the text was sent to another machine to be translated")
    return (Problem(Kind.REMOTE, sent),) if engine.traits.is_remote else ()


_CONTEXT = 8  # sentences before, of which an engine takes as many as its settings say


def _in_context(units: Sequence[Unit]) -> list[Sentence]:
    texts = [unit.source for unit in units]
    return [replace(unit.sentence, context=tuple(texts[max(0, n - _CONTEXT) : n])) for n, unit in enumerate(units)]


@dataclass(frozen=True, slots=True)
class _Asking:
    """An engine, the exonyms and the language of what is made, for the sentences of several articles."""

    engine: Engine
    known: Exonyms
    language: str

    def all_pinned(self, articles: Sequence[Sequence[Unit]]) -> list[list[Unit]]:
        """Pin the sentences of all articles at once; where that fails, of each alone, then each sentence alone."""
        return one_by_one(self._together, articles, self._singly)

    def _together(self, articles: Sequence[Sequence[Unit]]) -> list[list[Unit]]:
        made = iter(self._pinned(articles))
        return [[next(made) for _unit in units] for units in articles]

    def _singly(self, units: Sequence[Unit], _problem: Problem) -> list[Unit]:
        return one_by_one(lambda some: self._pinned([some]), units, lambda u, p: _unpinned(u, self.engine, p))

    def _pinned(self, articles: Sequence[Sequence[Unit]]) -> list[Unit]:
        """Take what people made of the sentences as it is, and have the engine make the rest."""
        units = [unit for some in articles for unit in some]
        people = [one for some in articles for one in corrections_of(self.engine, [unit.source for unit in some])]
        proven = [_proof(u, entry.target) if entry else None for u, entry in zip(units, people, strict=True)]
        proven = [one or alone(u.sentence) or _stamped(u) for u, one in zip(units, proven, strict=True)]
        read_on = self.engine.traits.uses_context
        sentences = [s for some in articles for s in (_in_context(some) if read_on else [u.sentence for u in some])]
        asked = [sentence for sentence, one in zip(sentences, proven, strict=True) if one is None]
        made = iter([raised(one, draft) for one, draft in zip(asked, self._drafts(asked), strict=True)])
        return [replace(unit, pinned=one or next(made)) for unit, one in zip(units, proven, strict=True)]

    def _drafts(self, asked: Sequence[Sentence]) -> list[Pinned]:
        calm = [calmed(one) for one in asked]
        if not calm:
            return []
        if declines(self.language):
            return pin(calm, self.engine, exonyms=self.known)
        return pin_undeclined(calm, self.engine, self.language)


def _stamped(unit: Unit) -> Pinned | None:
    """Write a time that stands alone, as in a live blog: an engine makes «10:42 м.» of “10:42 a.m.”"""
    written = "" if unit.marks or unit.kept else written_stamp(unit.source, unit.language)
    return Pinned(written) if written else None


def _suggested(units: Sequence[Unit], engine: Engine, glossary: Glossary, article: Article) -> list[Unit]:
    """Show beside the engine's sentences what people made of sentences like them."""

    def find(source: str) -> tuple[TermMatch, ...]:
        return glossary.reader([source], on=article.date).find(source).matches

    def suggested(unit: Unit) -> Unit:
        if unit.pinned.draft is None or is_overlong(unit.source):
            return unit
        alike = similar_of(engine, unit.source)
        known, terms = (unit.found.matches, find) if declines(unit.language) else ((), lambda _source: ())
        made = tuple(suggest(unit.source, known, one, terms) for one in alike)
        return replace(unit, suggestions=made) if made else unit

    return [suggested(unit) for unit in units]


def _unpinned(unit: Unit, engine: Engine, problem: Problem) -> Unit:
    """Translate a sentence without its terms where pinning them fails; leave it where the engine fails too."""

    def translated(some: Sequence[Unit]) -> list[Unit]:
        drafts = engine.translate([Request(one.source, kept=one.kept) for one in some])
        return [replace(unit, pinned=Pinned(draft.text, problems=(problem,), draft=draft)) for draft in drafts]

    def left(one: Unit, why: Problem) -> Unit:
        return replace(one, pinned=Pinned(one.source, problems=(replace(why, kind=Kind.UNTRANSLATED),)))

    return one_by_one(translated, [unit], left)[0]


def _not_set(unit: Unit, problem: Problem) -> Unit:
    """Keep what the engine gave where setting it in house style fails."""
    draft = unit.pinned.draft
    problems = (*unit.found.problems, *(draft.problems if draft else ()), *unit.pinned.problems, problem)
    return replace(unit, target=unit.pinned.text, pins=unit.pinned.pins, problems=problems)


def _with(unit: Unit, problem: Problem) -> Unit:
    return replace(unit, problems=(*unit.problems, problem))


def _set(unit: Unit, style: Style) -> Unit:
    """Set a pinned sentence in house style; what the engine could not translate stays as it is."""
    pinned, draft = unit.pinned, unit.pinned.draft
    if draft is None:
        return _looked_at(unit, style)
    problems = (*unit.found.problems, *draft.problems, *pinned.problems, *pinned.doubts)
    kept = tuple(pinned.move(span) for span in draft.kept)
    links = [replace(link, target=pinned.move(link.target)) for link in draft.alignment or ()]
    unit = replace(unit, target=pinned.text, links=tuple(links), pins=pinned.pins, problems=problems, target_kept=kept)
    if any(problem.kind == Kind.UNTRANSLATED for problem in problems) or is_overlong(pinned.text):
        return unit
    latin = [p.target for p in pinned.pins if p.case is None]
    done = typeset(pinned.text, style, source=unit.source, kept=[*kept, *latin], language=unit.language)
    return replace(
        unit,
        target=done.text,
        target_kept=tuple(done.move(span) for span in kept),
        pins=tuple(replace(p, target=done.move(p.target)) for p in pinned.pins),
        problems=tuple(replace(p, target=p.target and done.move(p.target)) for p in problems),
        links=tuple(replace(link, target=done.move(link.target)) for link in unit.links),
    )


def _looked_at(unit: Unit, style: Style) -> Unit:
    """Leave a person's sentence as it is: where it departs from the house style is a problem beside it."""
    pinned = unit.pinned
    kept: list[Span] = []
    again: list[Span] = []
    for span in unit.kept:
        at = pinned.text.find(span.of(unit.source), again[-1].stop if again else 0)
        if at >= 0:
            kept.append(span)
            again.append(Span(at, at + span.stop - span.start))
    latin = [p.target for p in pinned.pins if p.case is None]
    style_problems = departures(pinned.text, style, source=unit.source, kept=[*again, *latin], language=unit.language)
    problems = (*unit.found.problems, *pinned.problems, *style_problems)
    return replace(
        unit, target=pinned.text, pins=pinned.pins, problems=problems, kept=tuple(kept), target_kept=tuple(again)
    )


def _doubts(units: Sequence[Unit], glossary: Glossary, style: Style, article: Article) -> dict[str, list[Problem]]:
    """Run the checks; by id of the unit, under "" what concerns the article."""
    found: dict[str, list[Problem]] = {}
    for problem in inspect_all([unit.pair for unit in units], style.off, glossary=glossary, on=article.date):
        found.setdefault(problem.segment, []).append(problem)
    if "name" not in style.off:
        fit = [unit for unit in units if not is_overlong(unit.source)]
        ids = [unit.id for unit in fit]
        for problem in safely(unlisted, [unit.source for unit in fit], glossary, article.date, ids):
            found.setdefault(problem.segment, []).append(problem)
    return found


def _checked(unit: Unit, doubts: Sequence[Problem]) -> Unit:
    """Add the doubts of the checks, every problem once."""
    # “cawater-info.net” is not Russian, and need not be.
    real = [p for p in doubts if not any(p.target and kept.covers(p.target) for kept in unit.target_kept)]
    # A name that could not be pinned is missed by the check as well.
    told = {(p.kind, p.source) for p in unit.problems if p.source}
    more = [p for p in real if (p.kind, p.source) not in told]
    problems = dict.fromkeys(replace(p, segment="") for p in [*unit.problems, *more])
    return _judged(replace(unit, problems=tuple(problems)))


def _judged(unit: Unit) -> Unit:
    """Say how likely what an engine made is usable; what is not very likely so is a problem beside it."""
    draft = unit.pinned.draft
    if draft is None or is_overlong(unit.source) or is_overlong(unit.target) or not declines(unit.language):
        return unit
    name = draft.signature.partition(":")[0]
    sure = confidence(Judged(unit.source, unit.target, draft.score, name, unit.problems))
    weak = sure < WEAK and not any(problem.kind == Kind.UNTRANSLATED for problem in unit.problems)
    message = lazy_gettext("weak: read it against the source (confidence {share})", share=f"{sure:.2f}")
    problems = (*unit.problems, Problem(Kind.WEAK, message)) if weak else unit.problems
    return replace(unit, confidence=sure, problems=problems)


def _marked(units: Sequence[Unit], engine: Engine | None) -> list[Unit]:
    def rendered(words: list[str]) -> list[str]:
        if engine is None:
            return [""] * len(words)
        return [draft.text for draft in engine.translate([Request(w) for w in words])]

    carried = carry([unit.marked for unit in units], rendered)
    return [
        replace(unit, target_marks=one.marks, problems=tuple(dict.fromkeys((*unit.problems, *one.problems))))
        for unit, one in zip(units, carried, strict=True)
    ]
