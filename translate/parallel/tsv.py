"""Parallel text as a table for a spreadsheet: one row a sentence; read back as far as a table holds it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from translate.errors import ParallelError
from translate.exchange.formulas import marked, unmarked
from translate.parallel.cells import COLUMNS, cells_of, missing_column, text_of
from translate.parallel.record import ParallelText

_TEXTS = ("source", "target", "pins", "problems", "suggestions")


def write_tsv(text: ParallelText) -> str:
    """Return the table, quoted as spreadsheets quote.

    A cell of text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    table = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    table.writerow(COLUMNS)
    for cells in cells_of(text):
        table.writerow([marked(cells[name]) if name in _TEXTS else cells[name] for name in COLUMNS])
    return out.getvalue()


def read_tsv(content: str, path: Path) -> ParallelText:
    """Read what `write_tsv` wrote, or an editor saved of it.

    Raises:
        ParallelError: with the line: a missing column, a number that is none, an unknown kind.
    """
    return text_of(_rows(content, path), path)


def _rows(content: str, path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    lines = csv.reader(io.StringIO(content), dialect="excel-tab", strict=True)
    try:
        header = next(lines, [])
        missing_column(header, path, "Write it with -o x.tsv.")
        for values in lines:
            if values:
                cells = dict(zip(header, values, strict=False))
                yield lines.line_num, {name: unmarked(v) if name in _TEXTS else v for name, v in cells.items()}
    except csv.Error as cause:
        raise ParallelError(str(cause), path=path, line=lines.line_num) from cause
