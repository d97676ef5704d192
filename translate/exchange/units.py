"""Translation units in the formats of other tools: what a memory gives away and takes in, and what is lost on the way.

    tmx_units     TMX 1.1 to 1.4b, with inline codes; read and written unit by unit, however large the file
    unit_tables   .tsv, .csv, .xlsx; gettext
    xliff_units   the files of a workbench, XLIFF 1.0 to 2.1 in, 1.2 out

Every format is a pair of functions: `read(path, pair, losses)` yields units, `write(units, path, pair, losses)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import regex

_NOT_XML = regex.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_BLANKS = regex.compile(r"[\t\n\r\v\f\u0085\u2028\u2029 ]+")


class Pair(NamedTuple):
    """The languages of a memory: ISO 639 codes."""

    source: str = "en"
    target: str = "ru"


@dataclass(frozen=True, slots=True)
class Unit:
    """Two texts that belong together, and what a file says of them.

    Args:
        source, target: one line each, without inline codes.
        author: who wrote the target last.
        made: when, UTC, ISO 8601; "" where the file does not say.
        article, segment: where it comes from.
        before, after: the source segments beside it.
        origin: how it came into a memory of ours.
        more: what a format says besides, under the format's name, so that it can be given back.
    """

    source: str
    target: str
    author: str = ""
    made: str = ""
    article: str = ""
    segment: str = ""
    before: str = ""
    after: str = ""
    origin: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Losses:
    """What did not fit, counted by its reason, with the first case of each: a file of a million units has many."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, reason: str, case: str) -> None:
        """Count one case."""
        self.counts[reason] = self.counts.get(reason, 0) + 1
        self.first.setdefault(reason, case)

    def __len__(self) -> int:
        return sum(self.counts.values())

    def __str__(self) -> str:
        return "\n".join(f"{count}× {reason}, first: {self.first[reason]}" for reason, count in self.counts.items())


def one_line(text: str) -> str:
    """Return a text on one line, blanks of every kind but those that do not break made plain, without control codes."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # nearly every text of a million; printable is what holds no blank but " " and no control code
    return " ".join(_BLANKS.split(sound(text))).strip()


def sound(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_XML.sub("", text)
