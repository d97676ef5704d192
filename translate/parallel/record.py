"""A sentence and its translation, and the article they make up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from translate.article import Article, Block, BlockKind, Mark
from translate.article.splicing import Translated
from translate.pinning import Pin, Suggestion
from translate.problems import Problem
from translate.spans import Span


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence and its translation.

    Args:
        id: "<block id>.<n>", n from 1: "title.1", "b3.2".
        block: id of the block.
        span: the sentence in `Block.text`.
        source, target: the texts.
        score: of the engine, or None.
        engine: signature of what made the target ("" for a human).
        pins: the proof per term.
        problems: what an editor should look at.
        marks: inline markup over `target`; a link over nothing is one whose words were not found.
        kept: spans of `target` that stand as they stood in the source.
        confidence: how likely the target is usable as it stands, 0 to 1 (`translate.checks.confidence`); None where a
            person made it, or nobody has judged.
        suggestions: what people made of sentences like this one.
    """

    id: str
    block: str
    span: Span
    source: str
    target: str
    score: float | None = None
    engine: str = ""
    pins: tuple[Pin, ...] = ()
    problems: tuple[Problem, ...] = ()
    marks: tuple[Mark, ...] = ()
    kept: tuple[Span, ...] = ()
    confidence: float | None = None
    suggestions: tuple[Suggestion, ...] = ()

    def source_marks(self, marks: Iterable[Mark]) -> tuple[Mark, ...]:
        """Return those of a block's marks that lie over this sentence, cut to it and counted from its start."""
        cut = ((m, max(m.span.start, self.span.start), min(m.span.stop, self.span.stop)) for m in marks)
        at, end = self.span.start, self.span.stop
        return tuple(
            replace(m, span=Span(start - at, stop - at))
            for m, start, stop in cut
            if start < stop or (m.span.start == m.span.stop and at < m.span.start < end)
        )


@dataclass(frozen=True, slots=True)
class ParallelText:
    """An article and its rows in reading order: section, title, captions, body.

    Args:
        article: the source.
        rows: one a sentence; code has none.
        problems: what concerns the text as a whole.
        is_draft: True where the engine is no better than a draft, and the output must say so.
    """

    article: Article
    rows: tuple[Row, ...]
    source_language: str = "en"
    target_language: str = "ru"
    problems: tuple[Problem, ...] = ()
    is_draft: bool = False

    def all_problems(self) -> Iterator[Problem]:
        """Yield the problems of the text and of every row, with the row's id."""
        yield from self.problems
        for row in self.rows:
            yield from (replace(problem, segment=row.id) for problem in row.problems)

    def weakest(self, least: float) -> list[Row]:
        """Return the rows less sure than a bound, the least sure first."""
        weak = [row for row in self.rows if row.confidence is not None and row.confidence < least]
        return sorted(weak, key=lambda row: row.confidence or 0.0)

    def rows_of(self) -> dict[str, list[Row]]:
        """Return the rows by block id."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.block, []).append(row)
        return found

    def translations(self) -> dict[str, list[Translated]]:
        """Return the sentences by the id of their block, as the file they came from takes them back."""
        return {
            block: [Translated(row.span, row.source, row.target, row.marks) for row in rows]
            for block, rows in self.rows_of().items()
        }

    @property
    def is_translated(self) -> bool:
        """Tell that a sentence is in another language than its source."""
        return self.source_language != self.target_language and any(row.target != row.source for row in self.rows)

    def translated(self) -> Article:
        """Return the article in the target language: the same blocks, ids and layout."""
        rows = self.rows_of()

        def made(block: Block) -> Block:
            return _joined(block, rows.get(block.id, [])) if block.is_translated else block

        title, section, place = (
            _joined(Block(id_, BlockKind.TITLE, ""), rows.get(id_, [])) for id_ in ("title", "section", "place")
        )
        return replace(
            self.article,
            title=title.text,
            title_marks=title.marks,
            section=section.text,
            section_marks=section.marks,
            place=place.text,
            captions=tuple(made(block) for block in self.article.captions),
            blocks=tuple(made(block) for block in self.article.blocks),
            meta=tuple(made(block) for block in self.article.meta),
            language=self.target_language,
        )


def _joined(block: Block, rows: list[Row]) -> Block:
    """Put a block's sentences together again, one blank between them."""
    text = ""
    marks: list[Mark] = []
    kept: list[Span] = []
    for row in rows:
        text += " " if text and row.target else ""
        marks += [replace(m, span=Span(m.span.start + len(text), m.span.stop + len(text))) for m in row.marks]
        kept += [Span(s.start + len(text), s.stop + len(text)) for s in row.kept]
        text += row.target
    return replace(block, text=text, marks=_rejoined(text, marks, len(rows)), kept=tuple(kept))


def _rejoined(text: str, marks: list[Mark], rows: int) -> tuple[Mark, ...]:
    """Make one mark of two that a sentence boundary had parted, and an image's mark cover its whole caption."""
    done: list[Mark] = []
    for mark in marks:
        last = next((m for m in reversed(done) if (m.kind, m.href) == (mark.kind, mark.href)), None)
        if rows > 1 and last and mark.span.start - last.span.stop == 1 and text[last.span.stop] == " ":
            done[done.index(last)] = replace(last, span=Span(last.span.start, mark.span.stop))
        else:
            done.append(mark)
    return tuple(sorted(done, key=lambda m: (m.span.start, -m.span.stop)))
