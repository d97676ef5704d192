"""A doubt about a piece of text, carried beside it."""

from __future__ import annotations

from dataclasses import dataclass

from translate.spans import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about a piece of text, for the editor to see beside it; never an exception.

    Args:
        kind: a stable slug such as "term", "number", "quotes", "repetition", "untranslated", "length".
        message: one line an editor understands, naming the words in question.
        segment: id of the row it belongs to ("b3.2"), or "" for the whole article.
        source: where in the source segment, if it is in one place.
        target: where in the target segment, if it is in one place.
    """

    kind: str
    message: str
    segment: str = ""
    source: Span | None = None
    target: Span | None = None
