"""Numbers in digits, for a target language whose words for numbers we do not read.

A figure of the source must stand in the translation with the same digits, whatever parts its thousands. What the source
says in words, and what the translation adds, is not asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from translate.checks.pair import Pair
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem
from translate.spans import Span

_FIGURE = regex.compile(r"(?<![\p{L}\d@#/_-])\d+(?:[.,  \u202f:]\d+)*")
_ENGLISH = regex.compile(r"(?<![\p{L}\d@#/_-])\d+(?:[.,:]\d+)*(?!\p{L}*\d)")
_AFTERNOON = regex.compile(r"\s?p\.?m\b", regex.IGNORECASE)


def lost_digits(pair: Pair) -> Iterator[Problem]:
    """Yield the figures of the source that the translation does not have."""
    there = Counter(_digits(m[0]) for m in _FIGURE.finditer(pair.target))
    # «2017 12 апрель»: what stands beside a figure may have been read with it
    parts = {part for m in _FIGURE.finditer(pair.target) for part in regex.split(r"\D", m[0])}
    joined = "".join(there)
    for match in _ENGLISH.finditer(pair.source):
        wanted = {_digits(match[0])}
        if _AFTERNOON.match(pair.source, match.end()):
            hours, _colon, rest = match[0].partition(":")
            wanted.add(f"{int(hours) % 12 + 12}{rest}")
        if not (wanted & there.keys() or wanted & parts or any(len(w) > 3 and w in joined for w in wanted)):
            message = _("{old} is not in the translation").format(old=match[0])
            yield Problem(Kind.NUMBER, message, source=Span(match.start(), match.end()))


def _digits(figure: str) -> str:
    return "".join(filter(str.isdigit, figure))
