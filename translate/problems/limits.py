"""How long a unit of text may be: a sentence, a table cell, an entry of a catalog.

No sentence of prose has 3,000 letters, but a table that lost its lines or a page without stops has. What looks at
each word beside every other takes minutes for it, so everything behind the engine asks here first.
"""

from __future__ import annotations

import re

from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem
from translate.spans import Span

LONGEST = 3000
"""Letters of the longest unit that terms, typography, marks and checks look at."""

_BLANK = re.compile(r"\s")


def is_overlong(*texts: str) -> bool:
    """Tell whether one of the texts is too long to be looked at."""
    return any(len(text) > LONGEST for text in texts)


def overlong(text: str, segment: str = "") -> Problem:
    """Return the problem that goes beside a unit nothing has looked at."""
    message = _("a “sentence” of {n} letters: no terms, no house style, no checks", n=len(text))
    return Problem(Kind.LENGTH, message, segment)


def cut(text: str, span: Span) -> list[Span]:
    """Cut an overlong sentence at blanks, so that its pieces can be looked at.

    Args:
        text: of the block.
        span: the sentence in it.

    Returns:
        the pieces in order, blanks between them left out; one that has no blank for over `LONGEST` letters stays whole.
    """
    pieces = []
    start = span.start
    while span.stop - start > LONGEST:
        at = max(text.rfind(blank, start + 1, start + LONGEST + 1) for blank in (" ", "\n", "\t", "\xa0"))
        if at < 0:
            blank = _BLANK.search(text, start + LONGEST, span.stop)
            if not blank:
                break
            at = blank.start()
        pieces.append(Span(start, at))
        start = at
        while start < span.stop and text[start].isspace():
            start += 1
    return [*pieces, Span(start, span.stop)] if start < span.stop else pieces
