"""Parallel text as a table for a spreadsheet: one row a sentence; read back as far as a table holds it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from translate.article import Article, Block, BlockKind
from translate.errors import ParallelError
from translate.parallel.jsonl import pin_in, pin_out, problem_in, problem_out
from translate.parallel.record import ParallelText, Row
from translate.spans import Span

COLUMNS = ("id", "kind", "start", "stop", "source", "target", "score", "engine", "pins", "problems")
_FORMULA = ("=", "+", "-", "@", "'")


def write_tsv(text: ParallelText) -> str:
    """Return the table: quoted as spreadsheets quote, pins and problems as JSON.

    A cell of text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    kinds = {block.id: block.kind for block in text.article.translatable()}
    out = io.StringIO()
    table = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    table.writerow(COLUMNS)
    for row in text.rows:
        table.writerow(
            (
                row.id,
                kinds.get(row.block, BlockKind.PARAGRAPH).value,
                row.span.start,
                row.span.stop,
                _cell(row.source),
                _cell(row.target),
                "" if row.score is None else repr(row.score),
                row.engine,
                _json([pin_out(pin) for pin in row.pins]),
                _json([problem_out(problem) for problem in row.problems]),
            )
        )
    return out.getvalue()


def read_tsv(content: str, path: Path) -> ParallelText:
    """Read what `write_tsv` wrote, or an editor saved of it.

    The blocks are rebuilt from the sentences at their places, one blank or more between them; markup, byline and date
    are not in the table.

    Raises:
        ParallelError: with the line: a missing column, a number that is none, an unknown kind.
    """
    lines = csv.reader(io.StringIO(content), dialect="excel-tab", strict=True)
    rows: list[Row] = []
    kinds: dict[str, BlockKind] = {}
    try:
        header = next(lines, [])
        missing = [name for name in COLUMNS[:6] if name not in header]
        if missing:
            raise ParallelError(f"no column {missing[0]!r}", path=path, line=1, hint="Write it with -o x.tsv.")
        for values in lines:
            if values:
                row, kind = _row(dict(zip(header, values, strict=False)))
                rows.append(row)
                kinds[row.block] = kind
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, csv.Error) as cause:
        what = f"no value for {cause}" if isinstance(cause, KeyError) else str(cause)
        raise ParallelError(what, path=path, line=lines.line_num) from cause
    return ParallelText(_article(rows, kinds, path), tuple(rows))


def _row(cells: dict[str, str]) -> tuple[Row, BlockKind]:
    span = Span(int(cells["start"]), int(cells["stop"]))
    source = _text(cells["source"])
    if len(source) != span.stop - span.start or span.start < 0:
        raise ValueError(f"{cells['id']}: start and stop do not fit the source sentence")
    row = Row(
        cells["id"],
        cells["id"].rpartition(".")[0],
        span,
        source,
        _text(cells["target"]),
        float(cells["score"]) if cells.get("score") else None,
        cells.get("engine", ""),
        tuple(pin_in(pin) for pin in json.loads(cells.get("pins") or "[]")),
        tuple(problem_in(problem) for problem in json.loads(cells.get("problems") or "[]")),
    )
    return row, BlockKind(cells["kind"])


def _article(rows: list[Row], kinds: dict[str, BlockKind], path: Path) -> Article:
    texts: dict[str, str] = {}
    for row in rows:
        before = texts.get(row.block, "")
        if row.span.start < len(before) or row.span.stop > 10_000_000:
            raise ParallelError(f"{row.id}: start and stop do not follow the sentence before", path=path)
        texts[row.block] = before + " " * (row.span.start - len(before)) + row.source
    blocks = [Block(id_, kinds[id_], text) for id_, text in texts.items()]
    alone = {BlockKind.TITLE, BlockKind.SECTION, BlockKind.CAPTION, BlockKind.META}
    return Article(
        next((b.text for b in blocks if b.kind is BlockKind.TITLE), ""),
        "",
        "",
        next((b.text for b in blocks if b.kind is BlockKind.SECTION), ""),
        tuple(b for b in blocks if b.kind is BlockKind.CAPTION),
        tuple(b for b in blocks if b.kind not in alone),
        path,
        meta=tuple(b for b in blocks if b.kind is BlockKind.META),
    )


def _json(value: list[dict[str, object]]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def _cell(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


def _text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] in _FORMULA else cell
