"""Places in a text, counted in code points, and the one class that follows them through edits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points of a text: `text[start:stop]`."""

    start: int
    stop: int

    def of(self, text: str) -> str:
        """Return the piece of `text` that the span covers."""
        return text[self.start : self.stop]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two have a code point in common."""
        return self.start < other.stop and other.start < self.stop

    def covers(self, other: Span) -> bool:
        """Tell whether the other lies within."""
        return self.start <= other.start and other.stop <= self.stop


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch or overlap made one, empty ones left out."""
    found: list[Span] = []
    for span in sorted((s for s in spans if s.start < s.stop), key=lambda s: (s.start, s.stop)):
        if found and span.start <= found[-1].stop:
            found[-1] = Span(found[-1].start, max(found[-1].stop, span.stop))
        else:
            found.append(span)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: `text[start:stop]` becomes `new`; start equals stop for an insertion."""

    start: int
    stop: int
    new: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A text that was edited, and where every place of it went.

    Args:
        old: the text as it was.
        edits: of `old`, in its order, none overlapping another.
    """

    old: str
    edits: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """Return the text with the edits made."""
        parts, at = [], 0
        for edit in self.edits:
            parts += [self.old[at : edit.start], edit.new]
            at = edit.stop
        return "".join([*parts, self.old[at:]])

    def move(self, span: Span) -> Span:
        """Return where a span of the old text lies in the new one.

        An edge within what was replaced goes to that edge of the replacement; what was inserted at an edge stays
        outside.
        """
        start, stop = _moved(span.start, self.edits, False), _moved(span.stop, self.edits, True)
        return Span(start, max(start, stop))

    def back(self, span: Span) -> Span:
        """Return what of the old text a span of the new one stands for; edges as in `move`."""
        return self.inverse.move(span)

    @property
    def inverse(self) -> Edited:
        """Return the edits that make the old text of the new one."""
        undone, shift = [], 0
        for edit in self.edits:
            start = edit.start + shift
            undone.append(Edit(start, start + len(edit.new), self.old[edit.start : edit.stop]))
            shift += len(edit.new) - (edit.stop - edit.start)
        return Edited(self.text, tuple(undone))


def _moved(at: int, edits: Iterable[Edit], is_stop: bool) -> int:
    shift = 0
    for edit in edits:
        if edit.start >= at and not (edit.start == edit.stop == at and not is_stop):
            break
        if edit.start < at < edit.stop:  # the edge lies inside what was replaced
            return edit.start + shift + (len(edit.new) if is_stop else 0)
        shift += len(edit.new) - (edit.stop - edit.start)
    return at + shift
