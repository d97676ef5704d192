"""Glossaries as tables: our own .tsv, .csv as spreadsheets write it, .xlsx. A table holds every column."""

from __future__ import annotations

import csv
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import regex

from translate.errors import GlossaryError
from translate.exchange.cells import Imported, Loss
from translate.exchange.formulas import marked, unmarked
from translate.exchange.headers import find_header
from translate.files import write_atomic
from translate.glossary import Term
from translate.glossary.table import COLUMNS, cells_of, sort_key, write
from translate.messages import _

LARGEST = 100 << 20  # bytes that an .xlsx may unpack to; 100,000 terms with notes are 40 MB
_MOST_CELLS = 20_000_000  # empty ones between others count: a row is as wide as its last cell
# Right of the columns A to ZZ nobody has anything; cells that have a style alone end with a slash.
_BEYOND = re.compile(rb'<c r="[A-Z]{3,}[0-9]+"[^>]*[^/]>')


def read_tsv(path: Path) -> Imported:
    """Read a tab-separated table: a glossary of ours, or any other with or without a header."""
    lines = ((n, line.split("\t")) for n, line in _lines(path))
    return _import(((n, row) for n, row in lines if not (n == 1 and row[0].casefold() in ("sep=", '"sep='))), path)


def write_tsv(terms: Sequence[Term], path: Path) -> list[Loss]:
    """Write a glossary of ours."""
    write_atomic(path, write(terms))
    return []


def read_csv(path: Path) -> Imported:
    """Read comma- or semicolon-separated values with quoted cells."""
    return _import(enumerate(csv_rows(path), 1), path)


def csv_rows(path: Path) -> list[list[str]]:
    """Return the cells of a .csv, whichever mark separates them; a line “sep=;” of Excel says which and is no row."""
    text = _text(path)
    said = regex.match(r"\"?sep=(.)\"?[ ,;]*\r?(?:\n|$)", text, regex.IGNORECASE)
    if said:
        text = text[said.end() :]
    try:
        delimiter = said[1] if said else _delimiter(text)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [[unmarked(cell) for cell in row] for row in rows]
    except csv.Error as error:
        raise GlossaryError(_("not a sound .csv file: {error}").format(error=error), path=path) from None


def _delimiter(text: str) -> str:
    """Return the mark that cuts the most of the first rows alike: a title above them has none, a note has many."""

    def alike(mark: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=mark)
        try:
            widths = [len(row) for row in itertools.islice(rows, 20) if any(row)]
        except csv.Error:
            return 0, 0
        usual = max({w for w in widths if w > 1}, key=lambda w: (widths.count(w), w), default=0)
        return (widths.count(usual), usual) if usual else (0, 0)

    return max(",;\t|", key=alike)


def write_csv(terms: Sequence[Term], path: Path) -> list[Loss]:
    """Write comma-separated values, with the byte order mark without which spreadsheets take UTF-8 for cp1251."""
    write_atomic(path, csv_bytes(_rows(terms)))
    return []


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as the bytes of a .csv; no cell is a formula."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([marked(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def read_xlsx(path: Path) -> Imported:
    """Read the first sheet of a workbook; dates become ISO dates, whole numbers lose their point."""
    return _import(enumerate(xlsx_rows(path), 1), path)


def xlsx_rows(path: Path) -> list[list[str]]:
    """Return the cells of the first sheet of a workbook."""
    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                raise GlossaryError(
                    _("the workbook unpacks to more than {largest} MB").format(largest=LARGEST >> 20), path=path
                )
            _refuse_wide(archive, path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and extensions that are none of our business
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()  # a file may claim any, and every row would be as wide
                return _bounded(sheet.iter_rows(values_only=True), path)
            finally:
                book.close()
    except GlossaryError:
        raise
    except OSError:
        raise
    except Exception as error:  # openpyxl raises KeyError, ValueError, ParseError, BadZipFile … on broken files
        raise GlossaryError(_("not a sound .xlsx file: {error}").format(error=error), path=path) from None


def _refuse_wide(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse a workbook with something right of the columns that are read; empty cells there have a style alone."""
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            tail = b""
            with archive.open(name) as member:
                while block := member.read(1 << 20):
                    if _BEYOND.search(tail + block):
                        raise GlossaryError(_("something stands right of the column ZZ"), path=path)
                    tail = block[-200:]


def _bounded(values: Iterable[Sequence[Any]], path: Path) -> list[list[str]]:
    """Return the cells of rows without the empty ones at their ends."""
    rows, left = [], _MOST_CELLS
    for row in values:
        left -= len(row)
        if left < 0:
            raise GlossaryError(
                _("the sheet has more than {most_cells:,} cells").format(most_cells=_MOST_CELLS), path=path
            )
        width = len(row)
        while width and row[width - 1] is None:
            width -= 1
        rows.append([_cell(value) for value in row[:width]])
    return rows


def write_xlsx(terms: Sequence[Term], path: Path) -> list[Loss]:
    """Write a workbook of one sheet; every cell is text, so that no spelling is taken for a formula or a date."""
    write_atomic(path, xlsx_bytes(_rows(terms), "glossary", (32, 32, 14, 8, 8, 8, 32)))
    return []


def xlsx_bytes(rows: Iterable[Sequence[str]], title: str, widths: Sequence[int]) -> bytes:
    """Return rows as the bytes of a workbook, the first in bold; widths in letters."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "C2"
    for column, width in zip("ABCDEFGHIJ", widths, strict=False):
        sheet.column_dimensions[column].width = width
    for n, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text or None)
            if text:
                cell.data_type = "s"
                cell.number_format = "@"
            if n == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(terms: Sequence[Term]) -> Iterator[list[str]]:
    ordered = sorted(terms, key=sort_key)
    columns = [*COLUMNS, *dict.fromkeys(name for term in ordered for name in term.extra)]
    yield columns
    for term in ordered:
        cells = cells_of(term)
        yield [cells.get(name, "") for name in columns]


def _import(rows: Iterable[tuple[int, list[str]]], path: Path) -> Imported:
    """Take rows under the columns that a header names, or by their script where none does (`headers`)."""
    imported = Imported()
    filled = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    header = find_header([row for _line, row in filled])
    for line, row in filled[: max(header.row, 0)]:
        if not row[0].startswith("#"):
            said = " ".join(filter(None, row))
            imported.losses.append(Loss(said, "", "", f"stands above the names of the columns (line {line})"))
    for line, row in filled[header.row + 1 :]:
        if row[0].startswith("#") and header.columns[0] == "source":  # else it numbers the rows: “#2”
            continue
        cells = dict(zip(header.columns, row, strict=False))
        imported.losses += [
            Loss(row[0], "", cell, f"stands outside the columns (line {line})")
            for cell in row[len(header.columns) :]
            if cell
        ]
        imported.take(cells, path, line)
    return imported


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for n, line in enumerate(_text(path).split("\n"), 1):
        yield n, line.removesuffix("\r")


def _text(path: Path) -> str:
    """Return the text of a table; spreadsheets also save UTF-16 ("Unicode text").

    Raises:
        GlossaryError: it is neither UTF-8 nor UTF-16.
    """
    raw = path.read_bytes()
    try:
        return raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise GlossaryError(
            _("byte 0x{byte:02x} is not UTF-8").format(byte=raw[error.start]),
            path=path,
            hint=_("Save it as UTF-8 (CSV UTF-8 in Excel)."),
        ) from None
