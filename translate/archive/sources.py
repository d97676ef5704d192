"""The articles of an archive: files, and the records of JSON-lines and Parquet dumps; each known by its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.article import Article, page_of, refuse_cyrillic
from translate.article.record import field_of, read_record
from translate.errors import ArticleError
from translate.files import LIMIT, read_bytes, shown
from translate.messages import _

if TYPE_CHECKING:
    import pyarrow

DUMPS = (".jsonl", ".ndjson", ".parquet")
"""The endings of files that hold many articles."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write for one article, and its format (`parallel.FORMATS`)."""

    path: Path
    format: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article to read.

    Args:
        name: what the archive calls it: the path of its file as it was given, of a record with # and its id.
        path: the file, absolute: another process, on another machine, reads it.
        start: where its record begins, in bytes of a JSON-lines file or rows of a Parquet file; -1 for a whole file.
        size: of the record in bytes; 0 where that is not known.
        outputs: what is written of it alone.
    """

    name: str
    path: Path
    start: int = -1
    size: int = 0
    outputs: tuple[Output, ...] = ()

    @property
    def is_record(self) -> bool:
        """Tell a record of a dump from a file."""
        return self.start >= 0


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that is there: its source, and the SHA-256 of its bytes; or why it cannot be read."""

    source: Source
    checksum: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read: the language they are in, and which field of a record is which."""

    language: str = "en"
    fields: Mapping[str, str] = field(default_factory=dict)


def is_dump(path: Path) -> bool:
    """Tell a file of many articles from an article."""
    return path.suffix.lower() in DUMPS


def seen(path: Path) -> Seen:
    """Look at a file that is an article."""
    source = Source(shown(path.as_posix()), path.absolute())
    try:
        return Seen(source, hashlib.sha256(read_bytes(path)).hexdigest())
    except ArticleError as error:
        return Seen(source, fault=str(error))


def records(path: Path, reading: Reading) -> Iterator[Seen]:
    """Look through a dump; a record that is no object is seen with its fault.

    Raises:
        ArticleError: the file cannot be read, or is a parallel text of ours.
        OSError: it is missing.
    """
    taken: dict[str, int] = {}
    for found in _rows(path) if path.suffix.lower() == ".parquet" else _lines(path):
        own = field_of(found.record, "id", reading.fields) if found.record else ""
        key = own if own and len(own) < 200 else str(found.number)
        taken[key] = taken.get(key, 0) + 1
        key = key if taken[key] == 1 else f"{key}~{taken[key]}"
        source = Source(f"{shown(path.as_posix())}#{key}", path.absolute(), found.start, found.size)
        yield Seen(source, found.checksum, found.fault)


@dataclass(frozen=True, slots=True)
class _Found:
    number: int
    start: int
    size: int
    record: dict[str, Any] | None
    checksum: str = ""
    fault: str = ""


def _lines(path: Path) -> Iterator[_Found]:
    with path.open("rb") as file:
        start = 0
        for number, line in enumerate(iter(lambda: file.readline(LIMIT + 1), b""), 1):
            if len(line) > LIMIT:
                raise ArticleError(
                    _("a record is larger than {limit:g} MB").format(limit=LIMIT / 1000000.0), path=path, line=number
                )
            if line.strip():
                yield _line(path, number, start, line)
            start += len(line)


def _line(path: Path, number: int, start: int, line: bytes) -> _Found:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _Found(number, start, len(line), None, fault=f"{shown(path)}:{number}: no JSON: {error}")
    if not isinstance(record, dict):
        return _Found(number, start, len(line), None, fault=f"{shown(path)}:{number}: the record must be an object")
    if number == 1 and "tolmach" in record:
        hint = "tolmach render writes it in another format; an archive is made of articles."
        raise ArticleError(_("this is a parallel text that tolmach has written"), path=path, hint=hint)
    return _Found(number, start, len(line), record, hashlib.sha256(line.strip()).hexdigest())


def _rows(path: Path) -> Iterator[_Found]:
    file = _parquet(path)
    number = 0
    for group in range(file.num_row_groups):
        for batch in file.iter_batches(batch_size=64, row_groups=[group]):
            for record in batch.to_pylist():
                raw = json.dumps(record, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "replace")
                yield _Found(number + 1, number, 0, record, hashlib.sha256(raw).hexdigest())
                number += 1


def _parquet(path: Path) -> Any:
    parquet = parquet_library(path)
    import pyarrow

    try:
        return parquet.ParquetFile(path)
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise ArticleError(_("no Parquet file: {error}").format(error=str(error).splitlines()[0]), path=path) from error


def parquet_library(path: Path) -> Any:
    """Return pyarrow.parquet.

    Raises:
        ArticleError: it is not installed.
    """
    try:
        from pyarrow import parquet
    except ImportError as error:
        hint = _("Install it: pip install 'tolmach[parquet]'. JSON lines need nothing.")
        raise ArticleError(_("Parquet needs the package pyarrow"), path=path, hint=hint) from error
    return parquet


def read_source(source: Source, reading: Reading) -> Article:
    """Read an article.

    Raises:
        ArticleError: it cannot be read, or is in Russian already.
        OSError: its file is gone.
    """
    if source.is_record:
        article = read_record(_record(source), Path(source.name), reading.fields)
    else:
        article = page_of(read_bytes(source.path), Path(source.name)).article
    article = replace(article, language=reading.language)
    if reading.language == "en":
        refuse_cyrillic(article)
    return article


def _record(source: Source) -> dict[str, Any]:
    if source.path.suffix.lower() == ".parquet":
        return _row(source.path, source.start)
    with source.path.open("rb") as file:
        file.seek(source.start)
        raw = file.read(source.size)
    try:
        record = json.loads(raw)
    except ValueError as error:
        raise ArticleError(
            _("the dump has changed meanwhile: {error}").format(error=error), path=Path(source.name)
        ) from error
    return record if isinstance(record, dict) else {}


def _row(path: Path, number: int) -> dict[str, Any]:
    """Return a row by its number; rows come in order, so the group that was read last has the next one as well."""
    starts = _group_starts(path)
    group = max(n for n, start in enumerate(starts) if start <= number)
    row: dict[str, Any] = _group(path, group).slice(number - starts[group], 1).to_pylist()[0]
    return row


@lru_cache(maxsize=8)
def _group_starts(path: Path) -> tuple[int, ...]:
    file = _parquet(path)
    starts = [0]
    for group in range(file.num_row_groups - 1):
        starts.append(starts[-1] + file.metadata.row_group(group).num_rows)
    return tuple(starts)


@lru_cache(maxsize=1)
def _group(path: Path, group: int) -> pyarrow.Table:
    return _parquet(path).read_row_group(group)
