"""Parallel text: one row a sentence, written as HTML, Markdown, text, TSV or JSONL and read back.

record   a row, a parallel text
page     .html: side by side
table    .md: a table
tsv      .tsv: for a spreadsheet; read back
jsonl    .jsonl: everything; read back
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from translate.errors import ParallelError
from translate.files import read_text
from translate.parallel.record import ParallelText, Row

__all__ = ["FORMATS", "ParallelText", "Row", "format_of", "read_parallel", "render"]

FORMATS = ("html", "md", "txt", "tsv", "jsonl")


def format_of(path: str | Path) -> str:
    """Return the format that a file's name asks for.

    Raises:
        ParallelError: its ending names none.
    """
    suffix = Path(path).suffix.lower().lstrip(".").replace("htm", "html").replace("htmll", "html")
    if suffix not in FORMATS:
        raise ParallelError(f"no format ends in {suffix!r}", path=path, hint="Use one of: ." + ", .".join(FORMATS))
    return suffix


def render(text: ParallelText, format: str) -> str:
    """Return a parallel text in a format.

    Args:
        text: the article and its rows.
        format: one of `FORMATS`; "txt" is the translated article alone, laid out as its source: Markdown for
            Markdown, plain text for everything else.
    """
    return _writer(text, format)(text)


def _writer(text: ParallelText, format: str) -> Callable[[ParallelText], str]:
    if format == "html":
        from translate.parallel.page import write_page

        return write_page
    if format == "md":
        from translate.parallel.table import write_table

        return write_table
    if format == "tsv":
        from translate.parallel.tsv import write_tsv

        return write_tsv
    if format == "jsonl":
        from translate.parallel.jsonl import write_jsonl

        return write_jsonl
    return _translation


def _translation(text: ParallelText) -> str:
    from translate.article import write_article

    return write_article(text.translated())


def read_parallel(path: str | Path) -> ParallelText:
    """Read a parallel text back from .tsv or .jsonl.

    Raises:
        ParallelError: another ending, or a file that does not hold one.
    """
    path = Path(path)
    content = read_text(path, error=ParallelError)
    match format_of(path):
        case "tsv":
            from translate.parallel.tsv import read_tsv

            return read_tsv(content, path)
        case "jsonl":
            from translate.parallel.jsonl import read_jsonl

            return read_jsonl(content, path)
    raise ParallelError("only .tsv and .jsonl are read back", path=path, hint="Write one with tolmach article -o.")
