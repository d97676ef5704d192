"""Changes to a catalog, written so that every byte that no change owns stays as it was."""

from __future__ import annotations

import os
import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, takewhile
from pathlib import Path

from translate.catalog.entry import Catalog, Entry, Field
from translate.catalog.reader import STRING
from translate.catalog.style import StringStyle, detect, escape, newline_at
from translate.errors import CatalogError
from translate.files import held
from translate.messages import _


@dataclass(frozen=True, slots=True)
class Previous:
    """The source that a fuzzy translation was made for, as `#|` lines keep it."""

    msgid: str
    msgctxt: str | None = None
    msgid_plural: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """An entry to write that the file does not have.

    Args:
        msgid, msgctxt, msgid_plural: the source.
        msgstrs: the translation, or the plural forms in order.
        comments: lines of the translator, without "# ".
        extracted: lines for the translator, without "#. ".
        references: places in the sources.
        flags: e.g. ("fuzzy", "python-format").
        previous: see `Previous`.
        obsolete: write it as `#~` lines.
    """

    msgid: str
    msgctxt: str | None = None
    msgid_plural: str | None = None
    msgstrs: tuple[str, ...] = ("",)
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class Splice:
    """New text in the place of a range of the old one."""

    start: int
    stop: int
    text: str


def _place(splice: Splice) -> tuple[int, int]:
    return splice.start, splice.stop


class Editor:
    """Collects changes to a catalog; `data()` returns the new bytes, the same ones where nothing changed.

    Changes of one entry may be given in any order, but each thing only once. Only the lines of what changed are
    written anew: a msgstr, the `#,` line, the `#|` lines, the comments of one kind.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.text = catalog.source.text
        self.splices: list[Splice] = []
        self._touched: set[tuple[int, str]] = set()

    @cached_property
    def style(self) -> StringStyle:
        """Return the layout of the file's translations."""
        return detect(self.catalog, "msgstr")

    @cached_property
    def source_style(self) -> StringStyle:
        """Return the layout of the file's msgids."""
        return detect(self.catalog, "msgid")

    def set_msgstr(self, entry: Entry, value: str, index: int = 0) -> None:
        """Write a translation, of a plural entry the form of an index.

        Raises:
            CatalogError: the entry is broken, or it has no such form and none can be added.
        """
        self._own(entry, f"msgstr{index}")
        old = entry.field("msgstr", index)
        if old is None:
            self._add_form(entry, value, index)
        elif old.value != value:
            lead = self.text[old.start : old.quote]
            self._replace(old.start, old.stop, self._written(lead, old, value))

    def set_flags(self, entry: Entry, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Add and remove flags, `fuzzy` first; a `#,` line without flags goes away."""
        self._own(entry, "flags")
        lines = [c for c in entry.comments if c.kind == ","]
        new = [flag for flag in add if flag not in entry.flags]
        for number, line in enumerate(lines):
            before = [flag.strip() for flag in line.text[2:].split(",") if flag.strip()]
            after = [flag for flag in before if flag not in remove]
            if number == 0:
                after = [f for f in new if f == "fuzzy"] + after + [f for f in new if f != "fuzzy"]
            if after == before:
                continue
            if after:
                gap = line.text[2 : len(line.text) - len(line.text[2:].lstrip())] or " "
                self._replace(line.start, line.stop, f"#,{gap}{', '.join(after)}" + self._eol_rest(line.stop))
            else:
                self._remove_line(line.start, line.stop)
        if new and not lines:
            self._insert(self._before_previous(entry), f"#, {', '.join(new)}", entry)

    def set_previous(self, entry: Entry, previous: Previous | None) -> None:
        """Write the `#|` lines anew, or take them away."""
        self._own(entry, "previous")
        lines = [] if previous is None else self._previous_lines(previous, entry.obsolete)
        if not entry.previous:
            if lines:
                self._insert(self._first_field(entry).start, "\n".join(lines), entry)
            return
        for number, old in enumerate(entry.previous):
            text = "\n".join(lines) if number == 0 else ""
            if text:
                self._replace(old.start, old.stop, text.replace("\n", newline_at(self.text, old.start)))
            else:
                self._remove_line(old.start, old.stop)

    def set_comments(self, entry: Entry, kind: str, lines: Sequence[str]) -> None:
        """Write the comments of a kind anew: "" of the translator, "." extracted, ":" references."""
        self._own(entry, f"comments{kind}")
        old = [c for c in entry.comments if c.kind == kind]
        new = [f"#{kind} {line}".rstrip() if line else f"#{kind}" for line in lines]
        if [c.text.rstrip() for c in old] == new:
            return
        if not old:
            if new:
                self._insert(self._comment_place(entry, kind), "\n".join(new), entry)
            return
        for number, comment in enumerate(old):
            if number == 0 and new:
                text = newline_at(self.text, comment.start).join(new)
                self._replace(comment.start, comment.stop, text + self._eol_rest(comment.stop))
            else:
                self._remove_line(comment.start, comment.stop)

    def set_references(self, entry: Entry, references: Sequence[str]) -> None:
        """Write the `#:` lines anew where they name other places than before."""
        if list(references) != entry.references:
            self.set_comments(entry, ":", self.reference_lines(references))

    def reference_lines(self, references: Sequence[str]) -> list[str]:
        """Lay references out in lines, one a line where the file does so."""
        if self._one_reference_a_line:
            return list(references)
        width = (self.source_style.width or 79) - 3
        lines: list[str] = []
        for reference in references:
            if lines and len(lines[-1]) + 1 + len(reference) <= width:
                lines[-1] += " " + reference
            else:
                lines.append(reference)
        return lines

    @cached_property
    def _one_reference_a_line(self) -> bool:
        counts = [c.text.count(" ") for e in self.catalog.entries for c in e.comments if c.kind == ":"]
        several = sum(n > 1 for n in counts)
        entries = sum(sum(c.kind == ":" for c in e.comments) > 1 for e in self.catalog.entries)
        return entries > 0 and several * 4 < entries

    def set_header(self, name: str, value: str) -> None:
        """Write one field of the header, its own lines alone.

        Raises:
            CatalogError: the file has no header.
        """
        entry = self.catalog.header_entry
        if entry is None or (old := entry.field("msgstr")) is None:
            raise CatalogError(
                _("the header is missing"), path=self.catalog.path, line=1, hint=_('Add msgid "" msgstr "…"')
            )
        if self.catalog.header.get(name) == value:
            return
        self._own(entry, f"header {name}")
        newline = newline_at(self.text, old.start)
        strings = [
            (m.start() + old.quote, m.end() + old.quote) for m in re.finditer(STRING, self.text[old.quote : old.stop])
        ]
        line = f'"{escape(f"{name}: {value}")}\\n"'
        first = next((i for i, (a, b) in enumerate(strings) if self.text[a + 1 : b].startswith(f"{name}:")), None)
        if first is None:
            end = old.stop
            closed = (
                self.text[end - 3 : end] == '\\n"' or old.value == "" or (entry.start, "header end") in self._touched
            )
            self._touched.add((entry.start, "header end"))
            if closed:
                self._replace(end, end, newline + line)
            else:
                self._replace(end - 1, end, '\\n"' + newline + line)
            return
        last = first
        while not self.text[: strings[last][1]].endswith('\\n"') and last + 1 < len(strings):
            last += 1
        if self.text[strings[first][0] : strings[last][1]].count("\\n") > 1:  # several fields in one string
            self._replace(
                old.start, old.stop, self._written(self.text[old.start : old.quote], old, _with(old.value, name, value))
            )
        else:
            self._replace(strings[first][0], strings[last][1], line)

    def append(self, message: Message) -> None:
        """Write a new entry at the end of the file, behind an empty line."""
        self.insert(len(self.text), message)

    def insert(self, offset: int, message: Message) -> None:
        """Write a new entry before the one that starts at `offset`."""
        newline = newline_at(self.text, min(offset, max(len(self.text) - 1, 0)))
        block = self.render(message).replace("\n", newline)
        head = self.text[:offset].rstrip(" \t")
        before = "" if not head or head.endswith(newline * 2) else newline if head.endswith("\n") else newline * 2
        after = newline if offset < len(self.text) else ""
        self._replace(offset, offset, before + block + newline + after)

    def render(self, message: Message) -> str:
        """Write a message as a block of lines, each ended by "\\n" but the last."""
        mark = "#~ " if message.obsolete else ""
        lines = [f"# {line}".rstrip() for line in message.comments]
        lines += [f"#. {line}".rstrip() for line in message.extracted]
        lines += [f"#: {line}" for line in self.reference_lines(message.references)]
        if message.flags:
            lines.append(f"#, {', '.join(message.flags)}")
        if message.previous:
            lines += self._previous_lines(message.previous, message.obsolete)
        for keyword in ("msgctxt", "msgid", "msgid_plural"):
            value = getattr(message, keyword)
            if value is not None:
                lines.append(self._plain(self.source_style, f"{mark}{keyword} ", value, mark))
        for index, value in enumerate(message.msgstrs):
            name = "msgstr" if message.msgid_plural is None else f"msgstr[{index}]"
            lines.append(self._plain(self.style, f"{mark}{name} ", value, mark))
        return "\n".join(lines)

    def remove(self, entry: Entry) -> None:
        """Take an entry out with the empty lines behind it."""
        stop = entry.stop
        while stop < len(self.text) and not (line := self._line(stop)).strip():
            stop += len(line)
        self._replace(entry.start, stop, "")

    def data(self) -> bytes:
        """Return the file with all changes made.

        Raises:
            CatalogError: the file's charset lacks a letter of a new text.
        """
        source = self.catalog.source
        if not self.splices:
            return source.bom + source.bytes_of(0, len(self.text))
        parts, at = [source.bom], 0
        for splice in self.splices:
            if splice.start < at:
                raise CatalogError(_("two changes to one place"), path=self.catalog.path)
            parts.append(source.bytes_of(at, splice.start))
            parts.append(self._encoded(splice))
            at = splice.stop
        parts.append(source.bytes_of(at, len(self.text)))
        return b"".join(parts)

    def block(self, entry: Entry) -> bytes:
        """Return the lines of one entry with the changes made to it."""
        source = self.catalog.source
        parts, at = [], entry.start
        first = bisect_left(self.splices, (entry.start, 0), key=_place)
        for splice in takewhile(lambda s: s.stop <= entry.stop, islice(self.splices, first, None)):
            parts += [source.bytes_of(at, splice.start), self._encoded(splice)]
            at = splice.stop
        return b"".join([*parts, source.bytes_of(at, entry.stop)])

    def save(self, path: str | Path) -> bool:
        """Write the file; return False, and write nothing, where it would not change.

        Entries that another program has changed in the catalog's own file meanwhile are merged.

        Raises:
            CatalogError: both changed one entry, or the file cannot be edited; it is untouched.
        """
        from translate.catalog.reconciling import reconcile

        with held(path, create=True, error=CatalogError) as file:
            if self.catalog.path is not None and file.path == Path(os.path.realpath(self.catalog.path)):
                source = self.catalog.source
                file.before = source.bom + source.bytes_of(0, len(self.text))
            return file.replace(self.data(), reconcile)

    # How a change is placed among the lines.

    def _own(self, entry: Entry, what: str) -> None:
        if entry.broken:
            raise CatalogError(
                _("this entry breaks the grammar of PO files and cannot be changed"),
                path=self.catalog.path,
                line=self.catalog.line(entry),
                hint="tolmach catalog check FILE says what is wrong",
            )
        if (entry.start, what) in self._touched:
            raise CatalogError(
                _("two changes to one {what}").format(what=what), path=self.catalog.path, line=self.catalog.line(entry)
            )
        self._touched.add((entry.start, what))

    def _replace(self, start: int, stop: int, text: str) -> None:
        # In their order, since changes mostly come in the order of the file and each entry's own are asked for.
        insort(self.splices, Splice(start, stop, text), key=_place)

    def _encoded(self, splice: Splice) -> bytes:
        try:
            return self.catalog.source.encode(splice.text)
        except CatalogError as error:
            error.line = self.catalog.lines.number(splice.start)
            raise

    def _line(self, offset: int) -> str:
        end = self.text.find("\n", offset)
        return self.text[offset:] if end < 0 else self.text[offset : end + 1]

    def _eol_rest(self, stop: int) -> str:
        """Return the carriage returns that a comment's span holds before the line feed."""
        head = self.text[:stop][-4:]
        return head[len(head.rstrip("\r")) :]

    def _remove_line(self, start: int, stop: int) -> None:
        begin = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", stop)
        self._replace(begin, len(self.text) if end < 0 else end + 1, "")

    def _insert(self, offset: int, lines: str, entry: Entry) -> None:
        """Put whole lines before the line that holds `offset`."""
        begin = max(self.text.rfind("\n", 0, offset) + 1, entry.start)
        newline = newline_at(self.text, offset)
        self._replace(begin, begin, lines.replace("\n", newline) + newline)

    def _first_field(self, entry: Entry) -> Field:
        return min(entry.fields, key=lambda f: f.start)

    def _before_previous(self, entry: Entry) -> int:
        return min([self._first_field(entry).start, *(p.start for p in entry.previous)])

    def _comment_place(self, entry: Entry, kind: str) -> int:
        """Return where comments of a kind go: the order is translator, extracted, references, flags, previous."""
        order = ["", ".", ":", ",", "="]
        later = [c.start for c in entry.comments if order.index(c.kind) > order.index(kind)]
        return min([self._before_previous(entry), *later])

    def _written(self, lead: str, old: Field, value: str) -> str:
        """Write a field in the place of `old`, its further lines starting as its own further lines do."""
        newline = newline_at(self.text, old.start)
        follow = re.search(r"\n([^\n\"]*)\"", self.text[old.quote : old.stop])
        mark = re.match(r"#~\|?|#\|", lead)
        start = follow.group(1) if follow else f"{mark.group()} " if mark else self._indent(old)
        return replace(self.style, newline=newline).render(lead, value, start)

    def _indent(self, old: Field) -> str:
        begin = self.text.rfind("\n", 0, old.start) + 1
        blanks = self.text[begin : old.start]
        return blanks if not blanks.strip() else ""

    def _plain(self, style: StringStyle, lead: str, value: str, follow: str) -> str:
        """Render with "\\n" between the lines."""
        return replace(style, newline="\n").render(lead, value, follow)

    def _previous_lines(self, previous: Previous, obsolete: bool) -> list[str]:
        mark = "#~| " if obsolete else "#| "
        pairs = [
            ("msgctxt", previous.msgctxt),
            ("msgid", previous.msgid),
            ("msgid_plural", previous.msgid_plural),
        ]
        return [
            self._plain(self.source_style, f"{mark}{keyword} ", value, mark)
            for keyword, value in pairs
            if value is not None
        ]

    def _add_form(self, entry: Entry, value: str, index: int) -> None:
        forms = [f for f in entry.fields if f.keyword == "msgstr"]
        if entry.msgid_plural is None or not forms:
            raise CatalogError(
                _("the entry has no plural form {index}").format(index=index),
                path=self.catalog.path,
                line=self.catalog.line(entry),
            )
        last = max((f for f in forms if (f.form or 0) < index), key=lambda f: f.start, default=forms[-1])
        newline = newline_at(self.text, last.stop)
        mark = "#~ " if entry.obsolete else self._indent(last)
        block = self._plain(self.style, f"{mark}msgstr[{index}] ", value, mark)
        self._replace(last.stop, last.stop, newline + block.replace("\n", newline))


def _with(msgstr: str, name: str, value: str) -> str:
    return re.sub(rf"(?m)^{re.escape(name)}:.*$", lambda _match: f"{name}: {value}", msgstr, count=1)
