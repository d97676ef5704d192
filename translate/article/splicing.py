"""The translation put into its source's own text: what is not a sentence stands as it stood, to the letter.

Printing a document anew loses what the parser never told: the author's bullets, quotation marks, tags, blank lines.
So a file is never printed; the places of its sentences are cut out of it and the translated ones are set in. A
sentence that came back as it went stays untouched.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cmp_to_key, partial

import regex

from translate.article.blocks import Block, Mark
from translate.article.inline import Anchored
from translate.spans import Span

BREAKABLE = "\x00"
"""Stands for a blank at which a line may be broken, while a paragraph is put together; no text holds it."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A sentence and its translation.

    Args:
        span: the sentence in its block's text.
        source, target: the texts.
        marks: over `target`, with the numbers of the block's marks.
    """

    span: Span
    source: str
    target: str
    marks: tuple[Mark, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Tell that there is nothing to set in."""
        return self.target == self.source


Translations = Mapping[str, Sequence[Translated]]
"""Sentences by the id of their block."""


@dataclass(frozen=True, slots=True)
class Value:
    """A text that stands beside the story in one piece: a field of the head, an attribute.

    Args:
        block: what it says.
        span: where it stands in the source.
        write: puts a text the way it must be written there: quoted, escaped.
    """

    block: Block
    span: Span
    write: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the source, and what stands there in its stead."""

    span: Span
    text: str


class SourceText:
    """A file's text as a parser reads it, with a line feed at every line's end, and the file's own beneath it.

    Args:
        original: the text with the line ends it has.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original.replace("\r\n", "\n").replace("\r", "\n")
        self._removed = [m.start() - n for n, m in enumerate(_RETURN.finditer(original))] if "\r\n" in original else []
        self.newline = "\r\n" if original.count("\r\n") * 2 > self.text.count("\n") else "\n"

    def of(self, start: int, stop: int) -> str:
        """Return a stretch as it stands in the file; offsets count in `text`."""
        return self.original[self._offset(start) : self._offset(stop)]

    def _offset(self, at: int) -> int:
        return at + bisect.bisect_left(self._removed, at)


_RETURN = regex.compile(r"\r(?=\n)")


class Splicer:
    """Writes a source with its sentences replaced.

    Args:
        source: the text all spans count in.
        values: with the ids of their blocks.
        translations: the sentences of every block.
        beside: what is to be replaced whatever the sentences are: a language that is named.
    """

    def __init__(
        self, source: SourceText, values: Iterable[Value], translations: Translations, beside: Iterable[Edit] = ()
    ) -> None:
        self._file = source
        self.source = source.text
        self.newline = source.newline
        self.translations = translations
        self._edits = sorted([*self._value_edits(values), *beside], key=lambda edit: edit.span.start)
        self._starts = [edit.span.start for edit in self._edits]

    def _value_edits(self, values: Iterable[Value]) -> Iterable[Edit]:
        for value in values:
            sentences = self.translations.get(value.block.id, ())
            if any(not sentence.is_unchanged for sentence in sentences):
                written = value.write(" ".join(s.target for s in sentences if s.target))
                yield Edit(value.span, written.replace("\n", self.newline))

    def emit(self, span: Span) -> str:
        """Return a stretch of the source with the values inside it replaced."""
        pieces = []
        at = span.start
        for n in range(bisect.bisect_left(self._starts, span.start), len(self._edits)):
            edit = self._edits[n]
            if edit.span.start >= span.stop:
                break
            if at <= edit.span.start and edit.span.stop <= span.stop:
                pieces += [self._file.of(at, edit.span.start), edit.text]
                at = edit.span.stop
        return "".join([*pieces, self._file.of(at, span.stop)])

    def splice(self, edits: Iterable[Edit]) -> str:
        """Return the whole source with these edits, and the values outside them, replaced."""
        pieces = []
        at = 0
        for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.stop)):
            if edit.span.start < at:
                continue
            pieces += [self.emit(Span(at, edit.span.start)), edit.text]
            at = edit.span.stop
        return "".join([*pieces, self.emit(Span(at, len(self.source)))])

    def sentences(self, anchored: Anchored) -> list[Translated]:
        """Return the sentences of a block that stand where the block says."""
        text = anchored.block.text
        found = [s for s in self.translations.get(anchored.block.id, ()) if s.span.of(text) == s.source and s.source]
        return found if anchored.starts else []

    def printed(self, anchored: Anchored, sentence: Translated, words: Callable[[str, Mark | None], str]) -> Edit:
        """Return the edit that sets a sentence in, with the source's own signs around its marks.

        A mark that goes on beyond the sentence is opened or closed in it where it was; one whose words were not found
        stands over an arrow after it, so that nothing that was linked is lost.

        Args:
            anchored: the block.
            sentence: one of its sentences.
            words: writes a piece of the translation, within an innermost mark or none, the way the format asks.
        """
        place = self.place(anchored, sentence.span)
        marks = [mark for mark in _cut(anchored, sentence, place) if mark.number in anchored.fences]
        return Edit(place, _Printer(self, anchored, place, words).text(sentence.target, marks))

    def place(self, anchored: Anchored, span: Span) -> Span:
        """Return where a sentence stands, with the signs of the marks that lie wholly in it."""
        place = anchored.place(span)
        for mark in anchored.block.marks:
            inside = span.start <= mark.span.start < mark.span.stop <= span.stop
            if inside and mark.kind != "break" and (fence := anchored.fences.get(mark.number)):
                place = Span(min(place.start, fence.opening.start), max(place.stop, fence.closing.stop))
        return place


def _cut(anchored: Anchored, sentence: Translated, place: Span) -> list[Mark]:
    """Return the marks of a translated sentence; those that cross its ends reach them.

    What stands between two letters at the sentence's edge, but within a mark of it, belongs to it: the image in
    `[![](x.png) The plan](/plan)`.
    """
    span, end = sentence.span, len(sentence.target)
    crossing = {
        mark.number: mark
        for mark in anchored.block.marks
        if (mark.span.start < span.start < mark.span.stop) or (mark.span.start < span.stop < mark.span.stop)
    }
    marks = [mark for mark in sentence.marks if mark.number not in crossing]
    found = {mark.number: mark.span for mark in sentence.marks}
    for number, mark in crossing.items():
        own = found.get(number, Span(0, end))
        start = 0 if mark.span.start < span.start else own.start
        stop = end if mark.span.stop > span.stop else own.stop
        marks.append(replace(mark, span=Span(start, max(stop, start))))
    # an edited row knows nothing of marks: what was linked, and what stood between its words, goes to its end
    for mark in anchored.block.marks:
        between = mark.span.start == mark.span.stop and span.start < mark.span.start < span.stop
        linked = mark.kind == "link" and span.start <= mark.span.start < mark.span.stop <= span.stop
        if mark.number in found:
            continue
        fence = anchored.fences.get(mark.number)
        edge = _at_edge(mark, span)
        if fence and edge is not None and place.start <= fence.opening.start and fence.opening.stop <= place.stop:
            at = end if edge else 0
            marks.append(replace(mark, span=Span(at, at)))
        elif between or linked:
            marks.append(replace(mark, span=Span(end, end)))
    order: Callable[[Mark, Mark], int] = partial(_order, anchored)
    return sorted(marks, key=cmp_to_key(order))


def _at_edge(mark: Mark, span: Span) -> bool | None:
    """Return False for what stands right before a sentence, True for what stands right behind it, else None.

    A line break is the blank between two sentences: in `<b>It rose.<br></b> It fell.` the first one's tags hold it.
    """
    if mark.kind == "break":
        return True if mark.span.start == span.stop else False if mark.span.stop == span.start else None
    if mark.span.start != mark.span.stop or mark.span.start not in (span.start, span.stop):
        return None
    return mark.span.start != span.start


def _order(anchored: Anchored, a: Mark, b: Mark) -> int:
    """Compare two marks: by where they begin, then the longer first; what stands between letters as in the source."""
    if a.span.start != b.span.start:
        return a.span.start - b.span.start
    points = a.span.start == a.span.stop or b.span.start == b.span.stop
    if points and a.number in anchored.fences and b.number in anchored.fences:
        return anchored.fences[a.number].opening.start - anchored.fences[b.number].opening.start
    return b.span.stop - a.span.stop or a.number - b.number


class _Printer:
    """Prints one sentence."""

    def __init__(
        self, splicer: Splicer, anchored: Anchored, place: Span, words: Callable[[str, Mark | None], str]
    ) -> None:
        self._splicer = splicer
        self._anchored = anchored
        self._place = place
        self._words = words
        self._out: list[str] = []
        self._open: list[Mark] = []
        self._at = 0

    def text(self, text: str, marks: Sequence[Mark]) -> str:
        lost = [mark for mark in marks if mark.span.start == mark.span.stop and mark.kind == "link"]
        for mark in marks:
            if mark in lost:
                continue
            between = mark.kind == "break" or mark.span.start == mark.span.stop
            self._close(text, mark.span.start, mark if between else None)
            if mark.kind == "break":
                self._until(text, mark.span.start)
                self._out.append(self._sign(mark, opening=True))
                self._at = max(self._at, mark.span.stop)
            elif mark.span.start == mark.span.stop:
                self._until(text, mark.span.start)
                self._out += [self._blank_before(mark, text), self._sign(mark, opening=True)]
                self._out.append(self._blank_after(mark, text))
            else:
                self._until(text, mark.span.start)
                outer = min((m.span.stop for m in self._open), default=len(text))
                self._out.append(self._sign(mark, opening=True))
                self._open.append(replace(mark, span=Span(mark.span.start, min(mark.span.stop, outer))))
        self._close(text, len(text))
        self._until(text, len(text))
        for mark in lost:
            self._out += [BREAKABLE, self._sign(mark, opening=True), "↗", self._sign(mark, opening=False)]
        return "".join(self._out)

    def _until(self, text: str, stop: int) -> None:
        if stop > self._at:
            self._out.append(self._words(text[self._at : stop], self._open[-1] if self._open else None))
            self._at = stop

    def _close(self, text: str, until: int, point: Mark | None = None) -> None:
        """Close the marks that end here, but for those that a mark between two letters stands in."""
        while self._open and self._open[-1].span.stop <= until:
            if point is not None:
                fences = self._anchored.fences
                if fences[self._open[-1].number].closing.start >= fences[point.number].opening.stop:
                    break
            mark = self._open.pop()
            self._until(text, mark.span.stop)
            self._out.append(self._sign(mark, opening=False))

    def _blank_after(self, mark: Mark, text: str) -> str:
        """Return the blank that stands behind an image in the line, where the text has one blank for two."""
        fence, source = self._anchored.fences[mark.number].opening, self._splicer.source
        at = mark.span.start
        apart = at == 0 or (source[fence.start - 1 : fence.start].isspace() and text[at - 1] == " ")
        apart = apart and source[fence.stop : fence.stop + 1].isspace()
        return BREAKABLE if apart and text[at : at + 1] not in ("", " ") else ""

    def _blank_before(self, mark: Mark, text: str) -> str:
        """Return the blank before an image at the end of a sentence, which the text has no use for."""
        fence, source = self._anchored.fences[mark.number].opening, self._splicer.source
        apart = 0 < mark.span.start == len(text) and source[fence.start - 1 : fence.start].isspace()
        return BREAKABLE if apart and text[-1] != " " else ""

    def _sign(self, mark: Mark, *, opening: bool) -> str:
        """Return what opens or closes a mark, unless it stands outside of the sentence's own place."""
        fence = self._anchored.fences[mark.number]
        span = fence.opening if opening else fence.closing
        inside = self._place.start <= span.start and span.stop <= self._place.stop
        if not inside:
            return ""
        return fence.rewritten if fence.rewritten and not opening else self._splicer.emit(span)
