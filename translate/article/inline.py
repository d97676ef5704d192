"""Running text with inline markup, gathered piece by piece into plain text, marks over it, and each letter's place."""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from translate.article.blocks import Block, BlockKind, Mark
from translate.article.kept import kept_spans
from translate.article.letters import Tidied, tidy
from translate.spans import Span


@dataclass(frozen=True, slots=True)
class Fence:
    """What opens and what closes a mark in the source; what stands between two letters has nothing to close.

    Args:
        opening, closing: spans of the source: `**` and `**`, `[` and `](/plan "Plan")`, `<b class="x">` and `</b>`.
        rewritten: what closes it once its words have changed, where that is something else: `[the plan]` names its
            target by its words, and becomes `[план][the plan]`.
    """

    opening: Span
    closing: Span
    rewritten: str = ""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A block and where it stands in its file.

    Args:
        block: the block, its marks numbered.
        starts, stops: for each code point of its text the span of the source it was read from.
        fences: of each mark, by its number.
    """

    block: Block
    starts: Sequence[int] = ()
    stops: Sequence[int] = ()
    fences: Mapping[int, Fence] = field(default_factory=dict)

    def place(self, span: Span) -> Span:
        """Return where the letters of a span, which is not empty, stand in the source."""
        return Span(self.starts[span.start], self.stops[span.stop - 1])


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    kind: str
    href: str
    fence: Span | None


class Inline:
    """A block in the making: `add` text, `open` and `close` markup, then take the block.

    Blanks of every kind, line breaks among them, become one blank; none stands at either end of a mark or the text.

    Args:
        follow: True where the places of the letters are wanted.
    """

    def __init__(self, *, follow: bool = False) -> None:
        self._follow = follow
        self._text: list[str] = []
        self._length = 0
        self._at: list[int] = []  # the offset in the text at which each piece begins
        self._sources: list[Span] = []
        self._open: list[_Open] = []
        self._marks: list[tuple[Mark, Fence | None]] = []
        self._kept: list[Span] = []

    def add(self, text: str, source: Span | None = None, *, kept: bool = False) -> None:
        """Add a piece of text.

        Args:
            text: as read.
            source: where it stands; as long as the text where it stands letter by letter, else the whole of it stands
                for all of the text (an entity, an escape).
            kept: True for what is never translated: a template's variable.
        """
        if not text:
            return
        if kept:
            self._kept.append(Span(self._length, self._length + len(text)))
        self._text.append(text)
        self._at.append(self._length)
        self._sources.append(source or Span(0, 0))
        self._length += len(text)

    def open(self, kind: str, href: str = "", fence: Span | None = None) -> None:
        """Begin a mark: "strong", "emphasis", "deleted", "code", "link", "image" or "tag"."""
        self._open.append(_Open(self._length, kind, href, fence))

    def close(self, fence: Span | None = None, rewritten: str = "") -> None:
        """End the mark opened last, if any is open."""
        if not self._open:
            return
        begun = self._open.pop()
        both = Fence(begun.fence, fence, rewritten) if begun.fence and fence else None
        inside = "".join(self._text)[begun.start :] if self._length - begun.start < 8 else "…"
        if both and not inside.strip() and begun.kind != "image":
            # <span class="arrow"></span> stands between two letters, whole
            whole = Span(both.opening.start, both.closing.stop)
            here = Span(self._length, self._length)
            # <a href="big.jpg"><img src="small.jpg"></a>: the image is in it
            while self._marks and (inner := self._marks[-1][1]) and inner.opening.start >= whole.start:
                self._marks.pop()
            self._marks.append((Mark(here, "tag", begun.href), Fence(whole, Span(whole.stop, whole.stop))))
            return
        self._marks.append((Mark(Span(begun.start, self._length), begun.kind, begun.href), both))

    def point(self, kind: str, source: Span, href: str = "") -> None:
        """Set a mark between two letters: a footnote's number, a tag, an image in the line."""
        here = Span(self._length, self._length)
        self._marks.append((Mark(here, kind, href), Fence(source, Span(source.stop, source.stop))))

    def line_break(self, source: Span) -> None:
        """Set a line break that stays where it is: a blank that is a mark as well."""
        self.add(" ", source)
        self._marks.append((Mark(Span(self._length - 1, self._length), "break"), Fence(source, source)))

    @property
    def text(self) -> str:
        """Return the text so far."""
        return tidy("".join(self._text)).text

    def block(self, kind: BlockKind, *, level: int = 0, ordinal: int = 0, credit: str = "") -> Block:
        """Return the block; code and everything `kept_spans` finds is kept from translation."""
        return self.anchored(kind, level=level, ordinal=ordinal, credit=credit).block

    def anchored(self, kind: BlockKind, *, level: int = 0, ordinal: int = 0, credit: str = "") -> Anchored:
        """Return the block with where its letters and marks stand in the source."""
        while self._open:
            self.close()
        made = tidy("".join(self._text))
        settled = [_at_an_edge(mark, fence, made) or (_settled(mark, made), fence) for mark, fence in self._marks]
        # of two marks over the same words the one that closes last stands outside
        found = reversed([(mark, fence) for mark, fence in settled if mark])
        ordered = sorted(found, key=lambda pair: (pair[0].span.start, -pair[0].span.stop))
        marks = tuple(Mark(m.span, m.kind, m.href, n) for n, (m, _fence) in enumerate(ordered, 1))
        fences = {n: fence for n, (_mark, fence) in enumerate(ordered, 1) if fence}
        kept = _kept(made.text, [m.span for m in marks if m.kind == "code"], [_moved(s, made) for s in self._kept])
        block = Block("", kind, made.text, level, ordinal, marks, kept, credit)
        return Anchored(block, *self._places(made), fences)

    def _places(self, made: Tidied) -> tuple[Sequence[int], Sequence[int]]:
        if not self._follow:
            return (), ()
        starts = array("q", (self._source(n).start for n in made.starts))
        return starts, array("q", (self._source(n - 1).stop for n in made.stops))

    def _source(self, old: int) -> Span:
        piece = bisect.bisect_right(self._at, old) - 1
        source = self._sources[piece]
        if source.stop - source.start != len(self._text[piece]):
            return source
        at = source.start + old - self._at[piece]
        return Span(at, at + 1)


def _moved(span: Span, made: Tidied) -> Span:
    return Span(made.position(span.start), made.position(span.stop))


def _at_an_edge(mark: Mark, fence: Fence | None, made: Tidied) -> tuple[Mark, Fence] | None:
    """Make of a line break before the first or behind the last letter what it is: a tag, `<em>So.<br></em>`."""
    if mark.kind != "break" or fence is None:
        return None
    at = made.position(mark.span.start)
    if 0 < at < len(made.text) or (at == len(made.text) > 0 and made.text[-1] == " "):
        return None
    whole = fence.opening
    return Mark(Span(at, at), "tag"), Fence(whole, Span(whole.stop, whole.stop))


def _settled(mark: Mark, made: Tidied) -> Mark | None:
    """Move a mark into the tidied text; one over blanks alone is none, but for an image's."""
    start, stop = made.position(mark.span.start), made.position(mark.span.stop)
    if mark.kind == "break":  # its blank may have become one with the blank before it
        at = start - 1 if made.text[start - 1 : start] == " " else start
        return Mark(Span(at, at + 1), "break") if made.text[at : at + 1] == " " and at > 0 else None
    if mark.span.start == mark.span.stop:
        return Mark(Span(start, start), mark.kind, mark.href)
    while start < stop and made.text[start] == " ":
        start += 1
    while start < stop and made.text[stop - 1] == " ":
        stop -= 1
    return Mark(Span(start, stop), mark.kind, mark.href) if start < stop or mark.kind == "image" else None


def _kept(text: str, code: list[Span], given: list[Span]) -> tuple[Span, ...]:
    sure = [*code, *(span for span in given if not any(span.overlaps(c) for c in code))]
    found = [span for span in kept_spans(text) if not any(span.overlaps(other) for other in sure)]
    return tuple(sorted([*sure, *found], key=lambda span: span.start))
