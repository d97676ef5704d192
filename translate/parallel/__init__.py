"""Parallel text: one row a sentence, written as HTML, Markdown, text, TSV or JSONL and read back.

record   a row, a parallel text
markup   links and emphasis put on their Russian words
page     .html: side by side
table    .md: a table
         .ru.md, .ru.html, .ru.docx, .txt: the article alone
tsv      .tsv: for a spreadsheet; read back
sheet    .xlsx: a workbook; read back
word     .docx: a table; read back
cells    a row as cells
jsonl    .jsonl: everything; read back
xliff    .xlf, .xliff: for a translator's workbench; read back
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import regex

from translate.article import form_of, lay_out, write_article
from translate.errors import ParallelError
from translate.files import decode, read_text, write_atomic
from translate.messages import _
from translate.parallel.record import ParallelText, Row

__all__ = [
    "FORMATS",
    "ParallelText",
    "Row",
    "alone",
    "ending_of",
    "format_of",
    "is_parallel",
    "read_parallel",
    "render",
    "render_bytes",
    "write_file",
]

FORMATS = ("txt", "md", "html", "docx", "page", "md-table", "docx-table", "xlsx", "tsv", "jsonl", "xliff", "xliff2")
"""Of these "txt", "md", "html" and "docx" are the translated article alone, the others the parallel text."""

_ALONE = {"md": "md", "markdown": "md", "html": "html", "htm": "html", "docx": "docx"}
_PARALLEL = {
    "md": "md-table",
    "markdown": "md-table",
    "html": "page",
    "htm": "page",
    "docx": "docx-table",
    "xlf": "xliff",
    "xliff": "xliff2",
}
_LANGUAGE = regex.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")


def format_of(path: str | Path) -> str:
    """Return the format that a file's name asks for.

    A language before the ending (story.ru.md, story.ru.html) asks for the article alone in that language, without one
    the ending asks for the parallel text: .html for the page side by side, .md for a table.

    Raises:
        ParallelError: its ending names none.
    """
    name = Path(path)
    suffix = name.suffix.lower().lstrip(".")
    inner = Path(name.stem).suffix.lstrip(".")
    known = _ALONE if inner and _LANGUAGE.fullmatch(inner) else _PARALLEL
    if suffix in known:
        return known[suffix]
    if suffix not in FORMATS:
        endings = ", ".join(sorted({*_PARALLEL, "txt", "tsv", "xlsx", "jsonl"}))
        raise ParallelError(
            _("no format ends in {suffix!r}").format(suffix=suffix),
            path=path,
            hint=_("Use one of: {endings}").format(endings=endings),
        )
    return suffix


def ending_of(format: str, language: str = "ru") -> str:
    """Return the ending of a file's name that asks for a format: ".ru.md" for "md", ".html" for "page"."""
    if format in ("txt", "md", "html", "docx"):
        return f".{language}.{format}"
    return {"page": ".html", "md-table": ".md", "docx-table": ".docx", "xliff": ".xlf", "xliff2": ".xliff"}.get(
        format, f".{format}"
    )


def render(text: ParallelText, format: str) -> str:
    """Return a parallel text in a format.

    Args:
        text: the article and its rows.
        format: one of `FORMATS`; "txt" is the translated article alone, laid out as its source: Markdown for
            Markdown, plain text for everything else. "md" and "html" are the article alone in that form; where its
            source has the form as well, the source with its sentences replaced.
    """
    return _writer(text, format)(text)


def render_bytes(text: ParallelText, format: str) -> bytes:
    """Return what is to be written to a file: the text in UTF-8, or in its source's UTF-16, with its source's mark."""
    if format in _BINARY:
        return _binary(text, format)
    content = render(text, format)
    if text.article.raw and form_of(text.article) == format:
        found = decode(text.article.raw, text.article.path)
        if found.coding.startswith("utf-"):
            return found.mark + content.encode(found.coding)
    return content.encode("utf-8")


def write_file(path: Path, text: ParallelText, format: str, *, bom: bool = False) -> None:
    """Write a file, and its folder if that is missing.

    Args:
        path: where to.
        text: what.
        format: one of `FORMATS`.
        bom: begin a .tsv with a byte-order mark, without which Excel takes Russian for Western letters.
    """
    mark = codecs.BOM_UTF8 if bom and format == "tsv" else b""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, mark + render_bytes(text, format))


_BINARY = ("docx", "docx-table", "xlsx")


def _binary(text: ParallelText, format: str) -> bytes:
    if format == "xlsx":
        from translate.parallel.sheet import write_sheet

        return write_sheet(text)
    if format == "docx-table":
        from translate.parallel.word import write_word

        return write_word(text)
    if text.article.raw and form_of(text.article) == "docx":
        from translate.article.docx import splice_docx

        article = text.article
        return splice_docx(
            article.raw, article.path, text.translations(), text.target_language, dated=text.is_translated
        )
    from translate.article.docx_writing import write_docx

    return write_docx(text.translated())


def _writer(text: ParallelText, format: str) -> Callable[[ParallelText], str]:
    if format == "page":
        from translate.parallel.page import write_page

        return write_page
    if format == "md-table":
        from translate.parallel.table import write_table

        return write_table
    if format == "tsv":
        from translate.parallel.tsv import write_tsv

        return write_tsv
    if format == "jsonl":
        from translate.parallel.jsonl import write_jsonl

        return write_jsonl
    if format in ("xliff", "xliff2"):
        from translate.parallel.xliff import write_xliff, write_xliff_2

        return write_xliff if format == "xliff" else write_xliff_2
    return {"md": _markdown, "html": _html}.get(format, alone)


def alone(text: ParallelText) -> str:
    """Return the translated article alone, laid out as its source: Markdown for Markdown, else plain text."""
    return _markdown(text) if form_of(text.article) == "md" else write_article(text.translated())


def _markdown(text: ParallelText) -> str:
    if text.article.raw and form_of(text.article) == "md":
        return lay_out(text.article, text.translations(), text.target_language, dated=text.is_translated)
    from translate.article.markdown_writing import write_markdown

    return write_markdown(text.translated())


def _html(text: ParallelText) -> str:
    if text.article.raw and form_of(text.article) == "html":
        return lay_out(text.article, text.translations(), text.target_language, dated=text.is_translated)
    from translate.article.html_writing import write_html

    return write_html(text.translated())


def is_parallel(path: str | Path) -> bool:
    """Tell a file that holds a parallel text from an article: by its name, a Word file by what it says of itself."""
    if Path(path).suffix.lower() == ".docx":
        from translate.parallel.word import is_word_table

        return is_word_table(Path(path))
    return Path(path).suffix.lower() in (".tsv", ".jsonl", ".xlsx", ".xlf", ".xliff", ".sdlxliff", ".mqxliff")


def read_parallel(path: str | Path) -> ParallelText:
    """Read a parallel text back from .tsv, .xlsx, .xlf, .jsonl, or from the table in .docx or .md.

    Raises:
        ParallelError: another ending, or a file that does not hold one.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        from translate.parallel.sheet import read_sheet

        return read_sheet(path)
    if path.suffix.lower() == ".docx":
        from translate.parallel.word import read_word

        return read_word(path)
    content = read_text(path, error=ParallelError)
    if path.suffix.lower() in (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"):
        from translate.parallel.xliff import read_xliff

        return read_xliff(content, path)
    match format_of(path):
        case "md-table":
            from translate.parallel.table import read_table

            return read_table(content, path)
        case "tsv":
            from translate.parallel.tsv import read_tsv

            return read_tsv(content, path)
        case "jsonl":
            from translate.parallel.jsonl import read_jsonl

            return read_jsonl(content, path)
    raise ParallelError(
        _("only .tsv, .xlsx, .xlf, .docx, .md and .jsonl are read back"),
        path=path,
        hint=_("Write one with tolmach article -o."),
    )
