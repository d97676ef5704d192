"""Translation units as tables (.tsv, .csv, .xlsx) and as gettext catalogs.

A table of any tool with a column of each language is read (see `headers`); ours has a column for everything a memory
says of a unit. A cell that a spreadsheet would take for a formula gets an apostrophe before it, and loses it again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from translate.errors import GlossaryError
from translate.exchange.formulas import marked, unmarked
from translate.exchange.headers import find_header
from translate.exchange.tables import csv_bytes, csv_rows, xlsx_bytes, xlsx_rows
from translate.exchange.units import Losses, Pair, Unit, one_line
from translate.files import read_text, write_atomic
from translate.messages import _

COLUMNS = ("source", "target", "author", "made", "article", "segment", "before", "after", "origin", "more")
_FIELDS = COLUMNS[2:9]


def read_tsv(path: Path, pair: Pair, losses: Losses) -> Iterator[Unit]:
    """Yield the units of a tab-separated table, its cells quoted as spreadsheets quote or not at all."""
    text = read_text(path, error=GlossaryError)
    quoted = '\t"' in text or '\n"' in text or text.startswith('"')
    try:
        rows = list(csv.reader(io.StringIO(text), dialect="excel-tab", strict=True)) if quoted else None
    except csv.Error:
        rows = None
    yield from _units(rows or [line.split("\t") for line in text.split("\n")], losses)


def read_csv(path: Path, pair: Pair, losses: Losses) -> Iterator[Unit]:
    """Yield the units of comma- or semicolon-separated values."""
    yield from _units(csv_rows(path), losses, quoting=False)


def read_xlsx(path: Path, pair: Pair, losses: Losses) -> Iterator[Unit]:
    """Yield the units of a workbook's first sheet."""
    yield from _units(xlsx_rows(path), losses, quoting=False)


def _units(rows: Sequence[Sequence[str]], losses: Losses, *, quoting: bool = True) -> Iterator[Unit]:
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    header = find_header(filled)
    names = [name.removeprefix("x-") for name in header.columns]
    for n, row in enumerate(filled[header.row + 1 :], header.row + 2):
        cells = {name: unmarked(cell) if quoting else cell for name, cell in zip(names, row, strict=False)}
        source, target = one_line(cells.get("source", "")), one_line(cells.get("target", ""))
        if not source or not target:
            losses.add("a row without a text in both languages", f"row {n}")
            continue
        unit = Unit(source, target, more=_more(cells))
        fields: dict[str, Any] = {name: cells[name] for name in _FIELDS if cells.get(name)}
        yield replace(unit, **fields)


def _more(cells: dict[str, str]) -> dict[str, object]:
    """Return what our own table says besides, and the columns of another's."""
    try:
        found = json.loads(cells.get("more") or "{}")
    except (ValueError, RecursionError):
        found = {}
    rest = {name: cell for name, cell in cells.items() if cell and name not in COLUMNS}
    return (found if isinstance(found, dict) else {}) | ({"table": rest} if rest else {})


def write_tsv(units: Iterable[Unit], path: Path, pair: Pair, losses: Losses) -> None:
    """Write a table quoted as spreadsheets quote, row by row."""

    def pieces() -> Iterator[bytes]:
        for row in _rows(units):
            line = io.StringIO()
            csv.writer(line, dialect="excel-tab", lineterminator="\n").writerow(row)
            yield line.getvalue().encode()

    write_atomic(path, pieces())


def write_csv(units: Iterable[Unit], path: Path, pair: Pair, losses: Losses) -> None:
    """Write comma-separated values."""
    write_atomic(path, csv_bytes(_rows(units, quoting=False)))


def write_xlsx(units: Iterable[Unit], path: Path, pair: Pair, losses: Losses) -> None:
    """Write a workbook of one sheet, every cell a text."""
    write_atomic(path, xlsx_bytes(_rows(units, quoting=False), "memory", (60, 60, 16, 20, 20, 10)))


def _rows(units: Iterable[Unit], *, quoting: bool = True) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for unit in units:
        more = json.dumps(unit.more, ensure_ascii=False, separators=(",", ":")) if unit.more else ""
        cells = [unit.source, unit.target, *(getattr(unit, name) for name in _FIELDS), more]
        yield [marked(cell) if quoting else cell for cell in cells]


def read_po(path: Path, pair: Pair, losses: Losses) -> Iterator[Unit]:
    """Yield the translated entries of a catalog; fuzzy, obsolete and plural ones are left out."""
    import polib

    try:
        catalog = polib.pofile(str(path), encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise GlossaryError(_("not a sound .po file: {error}").format(error=error), path=path) from None
    for entry in catalog:
        case = f"line {entry.linenum}"
        if entry.obsolete or not entry.msgstr:
            losses.add("an entry without a translation", case)
        elif entry.fuzzy:
            losses.add("an entry that is fuzzy, not settled", case)
        else:
            unit = Unit(one_line(entry.msgid), one_line(entry.msgstr), segment=entry.msgctxt or "")
            exact = (unit.source, unit.target) == (entry.msgid, entry.msgstr)
            yield unit if exact else replace(unit, more={"po": [entry.msgid, entry.msgstr]})


def write_po(units: Iterable[Unit], path: Path, pair: Pair, losses: Losses) -> None:
    """Write a catalog; gettext takes each source once, so that the last of several translations stands in it."""
    import polib

    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {
        "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
        "Language": pair.target,
    }  # fmt: skip
    entries: dict[tuple[str, str], polib.POEntry] = {}
    for unit in units:
        msgid, msgstr = unit.more.get("po", (unit.source, unit.target))
        if one_line(msgstr) != unit.target:
            msgid, msgstr = unit.source, unit.target
        key = (msgid, unit.segment if "po" in unit.more or not unit.article else "")
        if key in entries:
            losses.add("another translation of the same text", unit.source)
        if unit.before or unit.after or set(unit.more) - {"po"}:
            losses.add("what stands beside a sentence, and what other tools said of it", unit.source)
        told = "\n".join(filter(None, [unit.author, unit.made, " ".join(filter(None, [unit.article, unit.segment]))]))
        entries[key] = polib.POEntry(msgid=msgid, msgstr=msgstr, msgctxt=key[1] or None, tcomment=told)
    catalog.extend(entries.values())
    write_atomic(path, str(catalog))
