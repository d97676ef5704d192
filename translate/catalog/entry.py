"""The parts of a catalog as they stand in the file: fields, comments, entries, and the catalog that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from translate.catalog.source import Lines, Source
from translate.errors import CatalogError
from translate.messages import _, shown


class Key(NamedTuple):
    """What makes an entry one of its kind: its context (None where it has none) and its msgid."""

    msgctxt: str | None
    msgid: str


class Field(NamedTuple):
    """A keyword and its strings, e.g. `msgstr[1] "…"`; a named tuple since a large catalog makes half a million.

    Args:
        keyword: msgctxt, msgid, msgid_plural, msgstr or domain.
        form: the number in brackets, or None.
        start, quote, stop: offsets of the `#~` or keyword, of the first quote, and behind the last quote.
        value: the strings joined and unescaped.
    """

    keyword: str
    form: int | None
    start: int
    quote: int
    stop: int
    value: str


class Comment(NamedTuple):
    """One comment line without its line end: `# …`, `#. …`, `#: …`, `#, …`."""

    start: int
    stop: int
    text: str

    @property
    def kind(self) -> str:
        """Return ".", ":", "," or "=" by its second letter, "" for a translator's comment."""
        second = self.text[1:2]
        return second if second in {".", ":", ",", "="} else ""


@dataclass(slots=True)
class Entry:
    """One message with everything that belongs to it in the file.

    Args:
        start, stop: offsets of its first line's start and behind its last line's end.
        fields: msgctxt, msgid, msgid_plural and msgstr in the order of the file.
        comments: its comment lines.
        previous: the fields in `#|` lines.
        obsolete: it stands in `#~` lines.
        domain: of the last `domain` line before it, "" for the default one.
        broken: a part of it could not be read; it is kept as it is and takes no edits.
    """

    start: int
    stop: int
    fields: list[Field] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    previous: list[Field] = field(default_factory=list)
    obsolete: bool = False
    domain: str = ""
    broken: bool = False

    def field(self, keyword: str, index: int | None = None) -> Field | None:
        """Return the first field of a keyword; for msgstr of an index, 0 being also the one without brackets."""
        for found in self.fields:
            if found.keyword == keyword and (index is None or (found.form or 0) == index):
                return found
        return None

    def _value(self, keyword: str, index: int | None = None) -> str | None:
        found = self.field(keyword, index)
        return None if found is None else found.value

    @property
    def msgid(self) -> str:
        """Return the source text."""
        return self._value("msgid") or ""

    @property
    def msgctxt(self) -> str | None:
        """Return the context, None where there is none (an empty one is a context)."""
        return self._value("msgctxt")

    @property
    def msgid_plural(self) -> str | None:
        """Return the plural of the source text, None where the entry has no plural."""
        return self._value("msgid_plural")

    @property
    def msgstr(self) -> str:
        """Return the translation, of a plural entry its first form."""
        return self._value("msgstr", 0) or ""

    @property
    def msgstrs(self) -> list[str]:
        """Return all plural forms by their numbers, or the one translation."""
        found = sorted((f.form or 0, f.value) for f in self.fields if f.keyword == "msgstr")
        return [value for _index, value in found]

    @property
    def key(self) -> Key:
        """Return context and msgid."""
        return Key(self.msgctxt, self.msgid)

    @property
    def is_header(self) -> bool:
        """Return whether this is the entry that holds the catalog's header."""
        first = self.fields[0]  # a msgctxt stands before the msgid
        return first.value == "" and first.keyword == "msgid" and not self.obsolete and not self.domain

    @property
    def flags(self) -> list[str]:
        """Return the flags of all `#,` and `#=` lines in order."""
        lines = (c.text[2:] for c in self.comments if c.kind in {",", "="})
        return [flag for line in lines for flag in (f.strip() for f in line.split(",")) if flag]

    @property
    def fuzzy(self) -> bool:
        """Return whether a translator has yet to review it."""
        return any(c.kind == "," for c in self.comments) and "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Return whether every form has a text; fuzzy or not."""
        texts = self.msgstrs
        return bool(texts) and all(texts)

    def lines_of(self, kind: str) -> list[str]:
        """Return the text of the comments of a kind, marker and one blank taken off."""
        skip = 2 if kind else 1
        return [c.text[skip:].removeprefix(" ").rstrip() for c in self.comments if c.kind == kind]

    @property
    def references(self) -> list[str]:
        """Return the places in the sources, `file:line` each; names with blanks stand between U+2068 and U+2069."""
        joined = " ".join(self.lines_of(":"))
        return re.findall(r"\u2068[^\u2069]*\u2069\S*|\S+", joined)

    def previous_value(self, keyword: str) -> str | None:
        """Return the value of a `#|` field."""
        return next((f.value for f in self.previous if f.keyword == keyword), None)


@dataclass(frozen=True, slots=True)
class GrammarFault:
    """Something in the file that the grammar of gettext does not allow.

    Args:
        offset: where in the text.
        message: what is wrong, one line.
        hint: what to do.
    """

    offset: int
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Catalog:
    """A catalog as read: nothing in it changes; `Editor` makes new bytes from it.

    Args:
        source: the text and its way back to bytes.
        entries: in the order of the file, obsolete ones too.
        faults: what the reader had to step over.
    """

    source: Source
    entries: tuple[Entry, ...]
    faults: tuple[GrammarFault, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    @property
    def path(self) -> Path | None:
        """Return the file it was read from."""
        return self.source.path

    @cached_property
    def lines(self) -> Lines:
        """Return the line numbers of offsets."""
        return Lines(self.source.text)

    def line(self, entry: Entry) -> int:
        """Return the line of an entry's msgid, 1-based."""
        found = entry.field("msgid")
        return self.lines.number(found.start if found else entry.start)

    @cached_property
    def header_entry(self) -> Entry | None:
        """Return the entry that holds the header, None where the file has none."""
        return next((e for e in self.entries if e.is_header), None)

    @cached_property
    def header(self) -> dict[str, str]:
        """Return the header's fields in order."""
        entry = self.header_entry
        return parse_header(entry.msgstr) if entry else {}

    @cached_property
    def messages(self) -> list[Entry]:
        """Return the live entries but the header."""
        return [e for e in self.entries if not e.obsolete and not e.is_header]

    @cached_property
    def index(self) -> dict[Key, Entry]:
        """Return the live entries by key; of duplicates the first, the default domain before others."""
        found: dict[Key, Entry] = {}
        for entry in sorted(self.entries, key=lambda e: e.domain != ""):
            if not entry.obsolete:
                found.setdefault(entry.key, entry)
        return found

    def fail_on_faults(self) -> None:
        """Refuse a file that breaks the grammar.

        Raises:
            CatalogError: with the line of the first fault; its message lists up to ten.
        """
        if not self.faults:
            return
        first, *rest = self.faults
        more = "".join(f"\n{self.path}:{self.lines.number(f.offset)}: {shown(f.message)}" for f in rest[:9])
        left = _("\n… and {n} more").format(n=len(rest) - 9) if len(rest) > 9 else ""
        raise CatalogError(
            shown(first.message) + more + left,
            path=self.path,
            line=self.lines.number(first.offset),
            hint=shown(first.hint),
        )


def parse_header(msgstr: str) -> dict[str, str]:
    """Read `Name: value` lines; a line without a colon goes on the field before it; the first of a name counts."""
    fields: dict[str, str] = {}
    last = ""
    for line in msgstr.split("\n"):
        name, colon, value = line.partition(":")
        if colon and " " not in name.strip():
            last = name.strip()
            fields.setdefault(last, value.strip())
        elif last and line.strip():
            fields[last] += " " + line.strip()
    return fields
