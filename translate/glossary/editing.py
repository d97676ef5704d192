"""A glossary file edited in place: untouched lines keep every byte, and two editors cannot undo each other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from pathlib import Path

from translate.errors import GlossaryError
from translate.files import held
from translate.glossary.table import (
    COLUMNS,
    Fault,
    cells_of,
    decode,
    is_comment,
    parse,
    read_header,
    refuse,
    sort_key_of,
)
from translate.glossary.term import Term
from translate.messages import _

_BOM = "\ufeff"
Key = tuple[str, str, str]
"""See `sort_key_of`."""


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """A line of the file that holds a term.

    Args:
        at: 0-based line.
        cells: by column name; a cell the line leaves out is "".
    """

    at: int
    cells: Mapping[str, str]


def identity(cells: Mapping[str, str]) -> str:
    """Return what makes a line the same term in two files: its source, and what lets a source stand more than once."""
    forbid = cells["target"] if cells.get("policy") == "forbid" else ""
    interface = "interface" if cells.get("kind") == "interface" else ""
    return "\0".join((cells.get("source", ""), interface, forbid, cells.get("since", "")))


@dataclass(slots=True)
class Edits:
    """Changes to be made together: thousands of rows one by one would read the file as many times.

    Args:
        added: cells of new rows.
        changed: by 0-based line of `rows`, the cells to set.
        rows: those that are changed.
        removed: 0-based lines.
    """

    added: list[Mapping[str, str]] = field(default_factory=list)
    changed: dict[int, dict[str, str]] = field(default_factory=dict)
    rows: dict[int, GlossaryRow] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)

    def change(self, row: GlossaryRow, cells: Mapping[str, str]) -> None:
        """Set cells of a row; a second change of it goes on top."""
        self.rows[row.at] = row
        self.changed.setdefault(row.at, {}).update(cells)


class _Order:
    """The rows of a file by the order of their keys, whether or not the file is in order."""

    def __init__(self, rows: Sequence[GlossaryRow]) -> None:
        self._rows = rows
        self._highest = list(accumulate((sort_key_of(row.cells) for row in rows), max))

    def first_behind(self, key: Key) -> GlossaryRow | None:
        """Return the first row that sorts behind a key: where the highest so far first does."""
        n = bisect_right(self._highest, key)
        return self._rows[n] if n < len(self._rows) else None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to be put in, and the key of its place."""

    key: Key
    text: str


class GlossaryFile:
    """The lines of a glossary file, with their ends, comments and unknown order of columns as they stand.

    Args:
        text: of the file, "" for a new one.
        path: for messages.

    Raises:
        GlossaryError: there is no header to go by.
    """

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self._mark, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
        if not text:
            text = "\t".join(COLUMNS) + "\n"
        self._lines = text.split("\n")
        faults: list[Fault] = []
        self._head, self.columns = read_header([line.removesuffix("\r") for line in self._lines], path, faults)
        refuse(faults)
        self._return = "\r" if self._lines[self._head].endswith("\r") else ""

    @classmethod
    def read(cls, path: str | Path) -> GlossaryFile:
        """Read a file, faulty lines and all.

        Raises:
            GlossaryError: it is not UTF-8 or has no header.
        """
        path = Path(path)
        return cls(decoded(path.read_bytes(), path), path)

    def text(self) -> str:
        """Return the file as it would be written."""
        return self._mark + "\n".join(self._lines)

    def rows(self) -> Iterator[GlossaryRow]:
        """Yield the lines that hold terms."""
        for at in range(self._head + 1, len(self._lines)):
            line = self._lines[at].removesuffix("\r")
            if not is_comment(line):
                row = line.split("\t")
                row += [""] * (len(self.columns) - len(row))
                yield GlossaryRow(at, dict(zip(self.columns, row, strict=False)))

    def pick(self, source: str, line: int = 0) -> GlossaryRow:
        """Return the one line of a source.

        Args:
            source: as it stands in the file.
            line: 1-based, where it stands more than once; 0 for any.

        Raises:
            GlossaryError: there is none, or more than one.
        """
        found = [row for row in self.rows() if row.cells["source"] == source and line in (0, row.at + 1)]
        if not found:
            raise GlossaryError(f"no term {source!r}" + (f" at line {line}" if line else ""), path=self.path)
        if len(found) > 1:
            lines = ", ".join(str(row.at + 1) for row in found)
            raise GlossaryError(
                _("{source!r} stands at lines {lines}").format(source=source, lines=lines),
                path=self.path,
                hint=_("Say which by --line."),
            )
        return found[0]

    def add(self, term: Term) -> int:
        """Put a term at its place in the order, above the comments that belong to the next line.

        Returns:
            Its 1-based line.
        """
        return self.add_row(cells_of(term))

    def add_row(self, cells: Mapping[str, str]) -> int:
        """Put a line at its place in the order; see `add`."""
        self._provide([name for name, cell in cells.items() if cell])
        line = "\t".join(cells.get(name, "") for name in self.columns)
        return self._insert(line, sort_key_of(cells)) + 1

    def change(self, row: GlossaryRow, cells: Mapping[str, str]) -> int:
        """Set cells of a line; every other cell stays as it is, and the line moves only where its order asks for it.

        Returns:
            Its 1-based line.
        """
        new = {**row.cells, **cells}
        self._provide([name for name, cell in cells.items() if cell])
        line = self._line_of(row, cells)
        if sort_key_of(new) == sort_key_of(row.cells):
            self._lines[row.at] = line
            return row.at + 1
        self.remove(row)
        return self._insert(line.removesuffix("\r"), sort_key_of(new)) + 1

    def remove(self, row: GlossaryRow) -> None:
        """Take a line out; comments stay."""
        self._drop({row.at})

    def apply(self, edits: Edits) -> None:
        """Make many changes in one pass over the file, as `add_row`, `change` and `remove` would one by one."""
        cells = [*edits.added, *edits.changed.values()]
        self._provide(list(dict.fromkeys(name for one in cells for name, cell in one.items() if cell)))
        moved: list[_Line] = []
        for at, row in edits.rows.items():
            new = self._line_of(row, edits.changed[at])
            key = sort_key_of({**row.cells, **edits.changed[at]})
            if key == sort_key_of(row.cells):
                self._lines[at] = new
            else:
                moved.append(_Line(key, new.removesuffix("\r")))
                edits.removed.add(at)
        self._drop(edits.removed)
        added = [_Line(sort_key_of(one), "\t".join(one.get(name, "") for name in self.columns)) for one in edits.added]
        self._insert_all(sorted([*moved, *added], key=lambda line: line.key))

    def comments(self) -> list[str]:
        """Return the comment lines, blank ones left out."""
        lines = (line.removesuffix("\r") for n, line in enumerate(self._lines) if n != self._head)
        return [line for line in lines if line.startswith("#")]

    def mark_conflict(self, at: int, ours: Mapping[str, str], theirs: Mapping[str, str], labels: Sequence[str]) -> None:
        """Set two versions of a line against each other, between the markers that version control uses.

        Args:
            at: 0-based line; where `ours` is empty the markers go before it.
            ours, theirs: cells, empty where that side has removed the line.
            labels: of the two sides.
        """
        versions = [["\t".join(cells.get(n, "") for n in self.columns)] if cells else [] for cells in (ours, theirs)]
        block = [f"<<<<<<< {labels[0]}", *versions[0], "=======", *versions[1], f">>>>>>> {labels[1]}"]
        self._lines[at : at + len(versions[0])] = [line + self._return for line in block]

    def places_of(self, wanted: Sequence[Mapping[str, str]]) -> list[int]:
        """Return the 0-based lines before which lines of these cells belong."""
        order = _Order(list(self.rows()))
        rows = [order.first_behind(sort_key_of(cells)) for cells in wanted]
        return [row.at if row else len(self._lines) - 1 for row in rows]

    def _insert(self, line: str, key: Key, *, at_end: bool = False) -> int:
        at = len(self._lines)
        for row in () if at_end else self.rows():
            if sort_key_of(row.cells) > key:
                at = row.at
                while self._lines[at - 1].startswith("#") and at - 1 > self._head:
                    at -= 1
                break
        else:
            if not self._lines[-1]:
                at -= 1
            else:
                self._lines[-1] += self._return
                self._lines.append(line)
                return at
        self._lines.insert(at, line + self._return)
        return at

    def _line_of(self, row: GlossaryRow, cells: Mapping[str, str]) -> str:
        """Return a row's line with some cells set, its line end as it is."""
        end = "\r" if self._lines[row.at].endswith("\r") else ""
        line = self._lines[row.at].removesuffix(end).split("\t")
        for name in cells:
            if name in self.columns:
                at = self.columns.index(name)
                line += [""] * (at + 1 - len(line))
                line[at] = cells[name]
        return "\t".join(line) + end

    def _drop(self, places: Collection[int]) -> None:
        last = len(self._lines) - 1 in places
        self._lines = [line for at, line in enumerate(self._lines) if at not in places]
        if last:  # the file ends without a line end, and so it does after
            self._lines[-1] = self._lines[-1].removesuffix("\r")

    def _insert_all(self, lines: Sequence[_Line]) -> None:
        """Put lines, sorted, each where `_insert` would: before the first row that sorts behind it."""
        order = _Order(list(self.rows()))
        before: dict[int, list[str]] = {}
        last: list[_Line] = []
        for line in lines:
            row = order.first_behind(line.key)
            if row is None:
                last.append(line)
                continue
            at = row.at
            while self._lines[at - 1].startswith("#") and at - 1 > self._head:
                at -= 1
            before.setdefault(at, []).append(line.text + self._return)
        self._lines = [one for at, line in enumerate(self._lines) for one in (*before.get(at, ()), line)]
        for line in last:
            self._insert(line.text, line.key, at_end=True)

    def _provide(self, names: list[str]) -> None:
        """Add the columns that a term needs and the file lacks, at the end of the header."""
        missing = [name for name in names if name not in self.columns]
        if missing:
            head = self._lines[self._head]
            self._lines[self._head] = "\t".join([head.removesuffix("\r"), *missing]) + self._return
            self.columns += missing


@contextmanager
def edited(path: str | Path, *, create: bool = False) -> Iterator[GlossaryFile]:
    """Edit a glossary file: locked from reading to writing, written whole or not at all.

    What another program, which knows no lock, has changed meanwhile is merged term by term. An edit that would bring a
    new fault is refused; faults that were there before do not stand in the way of mending them one by one.

    Args:
        path: the file.
        create: a missing file is made with a header of all columns.

    Raises:
        GlossaryError: it cannot be read, another process holds it, or the edit is faulty; the file is untouched.
    """
    path = Path(path)
    with held(path, create=create, error=GlossaryError) as locked:
        raw = locked.before
        before = decoded(raw, path)
        file = GlossaryFile(before, path)
        yield file
        after = file.text()
        if after != before:
            new = _encoded(after, path)
            _refuse_new(raw, new, path)
            locked.replace(new, partial(_merged, path))


def _merged(path: Path, before: bytes, after: bytes, now: bytes) -> bytes | None:
    """Bring an edit into what another program has written meanwhile; None where both changed one term.

    Raises:
        GlossaryError: what stands there now is no glossary, or both together bring a new fault.
    """
    from translate.glossary.merging import merge

    base, mine, theirs = (GlossaryFile(decoded(raw, path), path) for raw in (before, after, now))
    merged = merge(base, theirs, mine)
    if merged.conflicts:
        return None
    new = _encoded(merged.text, path)
    _refuse_new(now, new, path)
    return new


def _encoded(text: str, path: Path) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # an argument of the command line in another coding
        raise GlossaryError(
            _("what is to be written is not UTF-8"), path=path, hint=_("Set the terminal to UTF-8 and type it anew.")
        ) from None


def decoded(raw: bytes, path: Path) -> str:
    """Return the file's text, its byte order mark included.

    Raises:
        GlossaryError: it is not UTF-8.
    """
    faults: list[Fault] = []
    text = decode(raw, path, faults)
    refuse(faults)
    assert text is not None
    return (_BOM if raw.startswith(b"\xef\xbb\xbf") else "") + text


def _refuse_new(raw: bytes, after: bytes, path: Path) -> None:
    """Raise where an edit brings a fault that the file did not have."""
    now = parse(after, path)[1]
    if now:
        had = Counter(fault.message for fault in parse(raw, path)[1]) if raw else Counter[str]()
        new = []
        for fault in now:
            if had[fault.message]:
                had[fault.message] -= 1
            else:
                new.append(fault)
        refuse(new)
