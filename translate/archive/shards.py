"""Shards: files of the results of some dozens of articles each, written whole or not at all.

JSON lines: an article a line, everything in it but the bytes of its file. Parquet: a sentence a row.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from translate.archive.sources import parquet_library
from translate.errors import ParallelError
from translate.files import write_atomic
from translate.messages import _
from translate.parallel import ParallelText
from translate.parallel.jsonl import article_out, head_out, row_out

FORMATS = ("jsonl", "parquet")
FOLDER = "shards"

_BEGINS = '{"file": '


def shard_path(folder: Path, number: int, format: str) -> Path:
    """Return where a shard lies."""
    return folder / FOLDER / f"{number:05d}.{format}"


def line_of(name: str, checksum: str, text: ParallelText) -> bytes:
    """Return the line of an article: its name first, then what a parallel text's own lines say."""
    record = {
        "file": name,
        "checksum": checksum,
        **head_out(text),
        "article": article_out(text.article),
        "rows": [row_out(row) for row in text.rows],
    }
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def write_shard(path: Path, order: Sequence[str], lines: Mapping[str, bytes]) -> None:
    """Write a shard: of the articles given the new lines, of the others those that are there.

    Args:
        path: of the file.
        order: names of its articles.
        lines: name → its line, as `line_of` gives it.

    Raises:
        ParallelError: what is there cannot be read.
        OSError: no room, or no right to write.
    """
    old = _lines(path) if len(lines) < len(order) else {}
    kept = [line for name in order if (line := lines.get(name) or old.get(name))]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        write_atomic(path, _table(path, kept))
    elif kept or path.exists():
        write_atomic(path, kept)


def _lines(path: Path) -> dict[str, bytes]:
    if not path.exists():
        return {}
    if path.suffix == ".parquet":
        return _table_lines(path)
    found: dict[str, bytes] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            found[_name(line, path, number)] = line
    return found


def _name(line: bytes, path: Path, number: int) -> str:
    """Read the name at the beginning of a line, without reading the rest."""
    try:
        text = line[:65536].decode("utf-8", "ignore")
        if not text.startswith(_BEGINS):
            raise ValueError("it does not begin with the name of an article")
        name, _end = json.JSONDecoder().raw_decode(text, len(_BEGINS))
    except ValueError as error:
        hint = _(
            "Delete the file and its folder's manifest, and start again: what is remembered is not translated anew."
        )
        raise ParallelError(
            _("no shard of an archive: {error}").format(error=error), path=path, line=number, hint=hint
        ) from error
    return str(name)


# Parquet ---------------------------------------------------------------------------------------------------------

_COLUMNS = ("file", "checksum", "title", "id", "block", "source", "target", "engine", "score", "confidence")


def _table(path: Path, lines: Sequence[bytes]) -> bytes:
    """Return a table, a row a sentence; the line of each article is kept as metadata, so that it can be given again."""
    parquet = parquet_library(path)
    import pyarrow

    rows = [row for line in lines for row in _rows(json.loads(line))]
    texts, numbers = pyarrow.string(), pyarrow.float64()
    fields = [(name, numbers if name in ("score", "confidence") else texts) for name in _COLUMNS]
    schema = pyarrow.schema([*fields, ("pins", texts), ("problems", texts), ("record", texts)])
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    file = io.BytesIO()
    parquet.write_table(table, file, compression="zstd")
    return file.getvalue()


def _rows(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sentences of an article; the first has everything that is known of it in `record`."""
    made = []
    whole: str | None = json.dumps(record, ensure_ascii=False)
    for row in record["rows"] or [{}]:
        made.append({
            "file": record["file"], "checksum": record["checksum"], "title": record["article"]["title"],
            **{name: row.get(name) for name in _COLUMNS[3:]},
            "pins": json.dumps(row.get("pins", []), ensure_ascii=False),
            "problems": json.dumps(row.get("problems", []), ensure_ascii=False),
            "record": whole,
        })  # fmt: skip
        whole = None
    return made


def _table_lines(path: Path) -> dict[str, bytes]:
    table = parquet_library(path).read_table(path, columns=["file", "record"])
    return {row["file"]: row["record"].encode("utf-8", "replace") + b"\n" for row in table.to_pylist() if row["record"]}
