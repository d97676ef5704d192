"""How a file is laid out, read off the file itself, and new lines written the same way."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from translate.catalog.entry import Catalog, Field

# GNU gettext's own page: lines of at most 79 columns, quotes and keyword included.
GNU_WIDTH = 79

# A layout shows in some thousand entries as well as in all of them.
_SAMPLE = 3000

_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r",
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v",
}  # fmt: skip
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')
# Letters that may take no column or two; in all other scripts a letter takes one.
_UNUSUAL = re.compile(r"[^\x00-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
_WORD = re.compile(r"\S*?[-/](?=[^\W\d_])|\S+\s*|\s+")
_WORD_OR_BLANKS = re.compile(r"\S+?-(?=[^\W\d_])|\S+|\s+")
_WIDE = re.compile(r"\\(?:[0-7]{1,3}|.)|[\x21-\x7e]+\s*|.\s*")
_BETWEEN = re.compile(r'"[ \t\r\f\v]*\n(?:[ \t]*(?:#~\||#\||#~)?)[ \t]*"')


@dataclass(frozen=True, slots=True)
class StringStyle:
    """The layout of strings.

    Args:
        newline: what ends a line: "\\n", "\\r\\n", …
        width: columns a line may take with its quotes; 0 where lines are never folded.
        break_at_newline: the line ends behind each \\n of a text.
        empty_first: a text of several lines starts with an empty string behind its keyword.
        blank_first: a blank that no longer fits starts the next line, as tools in Python fold.
    """

    newline: str = "\n"
    width: int = GNU_WIDTH
    break_at_newline: bool = True
    empty_first: bool = True
    blank_first: bool = False

    def render(self, lead: str, value: str, follow: str = "") -> str:
        """Write a field.

        Args:
            lead: what stands before the first quote on its line, e.g. "msgstr " or "#~ msgid ".
            value: the text, not escaped.
            follow: what stands before the quote of the further lines, e.g. "#~ ".
        """
        column = columns(lead.rpartition("\n")[2])
        lines = [escape(line) for line in (_split_keep(value) if self.break_at_newline else [value])]
        if len(lines) <= 1 and self._fits(column, value := "".join(lines)):
            return f'{lead}"{value}"'
        if self.width:
            room = max(self.width - 2 - columns(follow), 10)
            lines = [part for line in lines for part in fold(line, room, self.blank_first)]
        if self.empty_first and not (len(lines) == 1 and " " not in lines[0].strip()):
            lines = ["", *lines]
        return lead + (self.newline + follow).join(f'"{line}"' for line in lines)

    def _fits(self, column: int, line: str) -> bool:
        return not self.width or column + columns(line) + 2 <= self.width


def escape(text: str) -> str:
    """Escape a text for a PO string: the letters of C, and octal for other control characters."""
    if not _TO_ESCAPE.search(text):
        return text
    return _TO_ESCAPE.sub(lambda m: _ESCAPES.get(m.group(), f"\\{ord(m.group()):03o}"), text)


def columns(text: str) -> int:
    """Return how many columns a terminal takes for a text: two for wide letters, none for combining marks."""
    if text.isascii() or not _UNUSUAL.search(text):
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fold(text: str, room: int, blank_first: bool = False) -> list[str]:
    """Fold an escaped text at its blanks, and between wide letters, into lines of at most `room` columns if it can."""
    if columns(text) <= room:
        return [text]
    lines, line, used = [], "", 0
    for word in _words(text, blank_first):
        wide = columns(word)
        if used and used + wide > room:
            lines.append(line)
            line, used = "", 0
        line += word
        used += wide
    return [*lines, line]


def _words(text: str, blank_first: bool = False) -> Iterator[str]:
    """Cut a text where a line may end: behind its blanks, or before them as Python's textwrap does."""
    for word in (_WORD_OR_BLANKS if blank_first else _WORD).findall(text):
        if word.isascii() or not any(unicodedata.east_asian_width(c) in "WF" for c in word):
            yield word
        else:
            yield from _WIDE.findall(word)


def _split_keep(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def newline_at(text: str, offset: int, default: str = "\n") -> str:
    """Return the line end of the line that holds `offset`, with mixed line ends that of its neighbour."""
    end = text.find("\n", offset)
    if end < 0:
        end = text.rfind("\n")
    if end < 0:
        return default
    start = end
    while start and text[start - 1] == "\r":
        start -= 1
    return text[start : end + 1]


def detect(catalog: Catalog, keyword: str = "msgstr") -> StringStyle:
    """Read the layout off a catalog; what it does not show is as GNU gettext writes.

    Translations may be laid out otherwise than the sources beside them, where two tools wrote them; so the strings of
    the keyword decide, and all strings where those say too little.
    """
    text = catalog.source.text
    own, every = _Votes(), _Votes()
    for entry in catalog.entries[:: len(catalog.entries) // _SAMPLE + 1]:
        if entry.is_header or entry.broken:
            continue
        for found in entry.fields:
            every.add(text, found)
            if found.keyword.startswith(keyword):
                own.add(text, found)
    votes = own if own.enough else every
    return StringStyle(
        newline_at(text, 0),
        votes.width(),
        votes.breaks >= votes.keeps,
        votes.empty >= votes.filled,
        votes.blank_first > votes.blank_last / 20,
    )


class _Votes:
    """What the strings of a file say about its layout."""

    def __init__(self) -> None:
        self.breaks = self.keeps = 0  # \n ends its line, \n in the middle of one
        self.empty = self.filled = 0  # the first string of several
        self.blank_first = self.blank_last = 0  # of a folded line
        self.folds: Counter[tuple[int, int]] = Counter()  # a folded line's columns, and those with the next word
        self.unfolded: Counter[int] = Counter()  # columns of strings on one line that could have been folded

    @property
    def enough(self) -> bool:
        """Return whether there is evidence on folding."""
        return self.folds.total() + self.unfolded.total() >= 3

    def add(self, text: str, found: Field) -> None:
        """Count one field."""
        strings = text[found.quote : found.stop]
        if strings.find('"', 1) == len(strings) - 1:
            column = found.quote - (text.rfind("\n", 0, found.quote) + 1) + columns(strings)
            if "\\n" in strings[:-3]:
                self.keeps += 1
            elif " " in strings and column > 60:
                self.unfolded[column] += 1
            return
        lines = _BETWEEN.sub('"\n"', strings).split("\n")
        if lines[0] == '""':
            self.empty += 1
            lines = lines[1:]
        elif len(lines) > 1:
            self.filled += 1
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            if "\\n" in line[:-3]:
                self.keeps += 1
            if line.endswith('\\n"'):
                self.breaks += 1
            elif following:
                word = next(_words(following[1:-1]), "")
                self.folds[columns(line), columns(line) + columns(word)] += 1
                self.blank_first += following.startswith('" ')
                self.blank_last += line.endswith(' "')

    def width(self) -> int:
        """Return the width that explains the most folded lines, 0 where long lines stand unfolded."""
        best, most = GNU_WIDTH, 0
        if self.folds.total() >= 3:
            for width in sorted({GNU_WIDTH, *(low for low, _high in self.folds if low >= 60)}):
                explained = sum(n for (low, high), n in self.folds.items() if low <= width < high)
                if explained > most or (explained == most and width == GNU_WIDTH):
                    best, most = width, explained
        too_long = sum(n for column, n in self.unfolded.items() if column > best)
        return 0 if too_long > most else best
