"""What extraction gives: texts in their places, notes on what cannot be translated, and the rules it goes by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from translate.catalog.extract.keywords import DEFAULTS, Keyword
from translate.catalog.formats import FORMATS, FormatError
from translate.catalog.placeholders import pieces
from translate.files import shown

# Attributes of HTML that a reader sees or hears, and the names of <meta> whose content is shown by others.
ATTRIBUTES = ("title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext")
META = ("description", "og:title", "og:description", "twitter:title", "twitter:description")
COMMENT_TAGS = ("Translators:", "TRANSLATORS:", "translators:")


@dataclass(frozen=True, slots=True)
class Extracted:
    """One text in one place.

    Args:
        text: the source.
        place: "file:line".
        plural: its plural, or None.
        context: what tells it from the same text elsewhere, or None.
        comments: lines for the translator.
        flags: format flags.
    """

    text: str
    place: str
    plural: str | None = None
    context: str | None = None
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A mark in a source that gettext can make nothing of.

    Args:
        place: "file:line", or the file.
        message: one line.
    """

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site sets for its extraction.

    Args:
        keywords: by name.
        comment_tags: how a comment for translators begins; () for none, ("",) for all of them.
        attributes: of HTML elements, whose values are texts.
        meta: names or properties of <meta>, whose content is a text.
        skip: elements left out: "nav", ".ads", "#print", "[data-raw]".
        articles: take the story's sentences instead of the page's own words.
    """

    keywords: Mapping[str, Keyword] = field(default_factory=lambda: DEFAULTS)
    comment_tags: Sequence[str] = COMMENT_TAGS
    attributes: Sequence[str] = ATTRIBUTES
    meta: Sequence[str] = META
    skip: Sequence[str] = ()
    articles: bool = False


@dataclass(slots=True)
class Gathered:
    """What was found in files.

    Args:
        found: texts in the order of files and lines.
        notes: marks that gettext can make nothing of.
        silent: files that gave no text.
    """

    found: list[Extracted] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    silent: list[Path] = field(default_factory=list)


def place(path: Path, line: int) -> str:
    """Return a reference; names with blanks stand between U+2068 and U+2069."""
    name = shown(path.as_posix())
    return f"\u2068{name}\u2069:{line}" if " " in name else f"{name}:{line}"


def flagged(one: Extracted, *, brace: bool, percent: str = "python-format") -> Extracted:
    """Flag what is surely a format string; “100 % of” is none, though Python would read a directive in it.

    Args:
        one: a text.
        brace: `str.format` may be used on it.
        percent: the flag of the language's own printf.
    """
    text = one.plural or one.text
    kinds = {p.kind for p in pieces(text) if p.text != "%%"}
    for name, kind in ((percent, "format"), ("python-brace-format", "brace")):
        if kind not in kinds or (kind == "brace" and not brace):
            continue
        try:
            FORMATS[name](text)
        except FormatError:
            continue
        return replace(one, flags=(name,))
    return one


class Comments:
    """Comments for translators by line, each block of lines one comment.

    Args:
        lines: line number → comment without its marks.
        tags: how a comment for translators begins.
    """

    def __init__(self, lines: Mapping[int, str], tags: Iterable[str]) -> None:
        self._lines = lines
        self._tags = tuple(tags)

    def above(self, *starts: int) -> tuple[str, ...]:
        """Return the comment that ends right above, or on, one of the lines; from its tag on, the tag taken off."""
        for start in starts:
            for last in (start - 1, start):
                block = self._block(last)
                if block:
                    return block
        return ()

    def _block(self, last: int) -> tuple[str, ...]:
        first = last
        while first in self._lines:
            first -= 1
        rows = [self._lines[n].strip() for n in range(first + 1, last + 1)]
        for at in range(len(rows) - 1, -1, -1):
            tag = next((tag for tag in self._tags if rows[at].startswith(tag)), None)
            if tag is not None:
                kept = [re.sub(r"^:?\s*", "", rows[at][len(tag) :]) if tag else rows[at], *rows[at + 1 :]]
                return tuple(row for row in kept if row)
        return ()
