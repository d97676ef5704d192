"""Places in a text, counted in code points."""

from __future__ import annotations

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
