"""Parallel text as a workbook (.xlsx) for an editor, every cell text; read back with what was changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from translate.errors import GlossaryError, ParallelError
from translate.exchange.tables import xlsx_bytes, xlsx_rows
from translate.messages import _
from translate.parallel.cells import cells_of, missing_column, text_of
from translate.parallel.record import ParallelText

# what an editor reads stands first
_COLUMNS = (
    "id", "source", "target", "confidence", "problems", "suggestions", "kind", "start", "stop", "score", "engine",
    "pins",
)  # fmt: skip
_WIDTHS = (9, 70, 70, 11, 40, 40, 11, 7, 7, 8, 14, 40)


def write_sheet(text: ParallelText) -> bytes:
    """Return the workbook."""
    rows = ([cells[name] for name in _COLUMNS] for cells in cells_of(text))
    return xlsx_bytes([list(_COLUMNS), *rows], "segments", _WIDTHS)


def read_sheet(path: Path) -> ParallelText:
    """Read what `write_sheet` wrote, or an editor saved of it; columns may stand in any order.

    Raises:
        ParallelError: no workbook, a missing column, a cell that is none of its kind, with its row.
    """
    try:
        rows = xlsx_rows(path)
    except GlossaryError as cause:
        raise ParallelError(cause.message, path=path, hint=_("Write one with tolmach article -o x.xlsx.")) from cause
    except OSError as cause:
        raise ParallelError(cause.strerror or str(cause), path=path, hint=_("Check the name.")) from cause
    return text_of(_cells(rows, path), path)


def _cells(rows: list[list[str]], path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    header = rows[0] if rows else []
    missing_column(header, path, "Write it with -o x.xlsx.")
    for n, row in enumerate(rows[1:], 2):
        cells = dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=False))
        if any(cells.values()):
            yield n, cells
