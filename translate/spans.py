"""Places in a text, counted in code points, and the one class that follows them through edits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate


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


def covering(edges: Sequence[int], spans: Sequence[Span]) -> list[list[int]]:
    """Return for each of the n - 1 pieces between n edges, in order, the numbers of the spans that cover all of it."""
    over: list[list[int]] = [[] for _piece in edges[1:]]
    for number, span in enumerate(spans):
        for piece in range(bisect_left(edges, span.start), bisect_right(edges, span.stop) - 1):
            over[piece].append(number)
    return over


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
    # A paragraph of 5,000 links has 15,000 edits and four places for each of them to be moved.
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _shifts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _undone: list[Edited] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grown = (len(edit.new) - (edit.stop - edit.start) for edit in self.edits)
        object.__setattr__(self, "_starts", tuple(edit.start for edit in self.edits))
        object.__setattr__(self, "_shifts", tuple(accumulate(grown, initial=0)))

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
        start, stop = self._moved(span.start, False), self._moved(span.stop, True)
        return Span(start, max(start, stop))

    def back(self, span: Span) -> Span:
        """Return what of the old text a span of the new one stands for; edges as in `move`."""
        return self.inverse.move(span)

    @property
    def inverse(self) -> Edited:
        """Return the edits that make the old text of the new one."""
        if not self._undone:
            undone = []
            for edit, shift in zip(self.edits, self._shifts, strict=False):
                start = edit.start + shift
                undone.append(Edit(start, start + len(edit.new), self.old[edit.start : edit.stop]))
            self._undone.append(Edited(self.text, tuple(undone)))
        return self._undone[0]

    def _moved(self, at: int, is_stop: bool) -> int:
        after = bisect_left(self._starts, at)
        if after and at < self.edits[after - 1].stop:  # the edge lies inside what was replaced
            edit = self.edits[after - 1]
            return edit.start + self._shifts[after - 1] + (len(edit.new) if is_stop else 0)
        while not is_stop and after < len(self.edits) and self.edits[after].start == self.edits[after].stop == at:
            after += 1
        return at + self._shifts[after]
