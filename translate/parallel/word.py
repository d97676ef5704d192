"""Parallel text as a Word table for an editor: source, target, what to look at; read back with its changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from translate.article.docx import open_document, text_in
from translate.errors import ArticleError, ParallelError
from translate.messages import _
from translate.parallel.cells import cells_of, text_of
from translate.parallel.record import ParallelText

if TYPE_CHECKING:
    from docx.table import _Cell

MARK = "tolmach parallel text 1"
"""Stands in the document's property “category”: that tells a table of ours from an article in Word."""

# b1.1 / paragraph 0–17 / argos 1.9 -0.25
_PLACE = regex.compile(
    r"(?P<id>\S+)(?:\s+(?P<kind>[a-z-]+) (?P<start>\d+)–(?P<stop>\d+))?"
    r"(?:\s+score (?P<score>-?[\d.e-]+))?(?:\s+by (?P<engine>.+))?"
)
_WIDTHS = (2.6, 9.0, 9.0, 6.0)  # centimetres of a landscape page


def write_word(text: ParallelText) -> bytes:
    """Return the document: a landscape page, a row a sentence, the heading repeated on every page."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)
    document.styles["Normal"].font.size = Pt(10.5)
    document.core_properties.category = MARK
    document.core_properties.title = text.translated().title or text.article.title
    document.core_properties.language = text.target_language
    if text.article.title:
        document.add_heading(text.article.title, 1)
    if text.is_draft:
        document.add_paragraph(_("Made by a draft engine: to be edited."))
    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    table.autofit = False
    names = ("", text.source_language.upper(), text.target_language.upper(), _("To look at"))
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    _repeat_on_every_page(table.rows[0]._tr)
    shown = {row.id: "\n".join(problem.shown for problem in row.problems) for row in text.rows}
    for cells in cells_of(text):
        _fill(table.add_row().cells, cells, shown[cells["id"]])
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(row: tuple[_Cell, ...], cells: Mapping[str, str], problems: str) -> None:
    from docx.shared import Pt, RGBColor

    first, source, target, doubts = row
    first.paragraphs[0].add_run(cells["id"])
    score = f" score {cells['score']}" if cells["score"] else ""
    engine = f" by {cells['engine']}" if cells["engine"] else ""
    place = first.add_paragraph().add_run(f"{cells['kind']} {cells['start']}–{cells['stop']}{score}{engine}")
    place.font.size, place.font.color.rgb = Pt(6), RGBColor(0x99, 0x99, 0x99)
    source.text, target.text, doubts.text = cells["source"], cells["target"], problems


def _repeat_on_every_page(row: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(repeat)


def is_word_table(path: Path) -> bool:
    """Tell a Word file that holds a parallel text by its property “category”."""
    try:
        with zipfile.ZipFile(path) as archive:
            return MARK.encode() in archive.read("docProps/core.xml")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def read_word(path: Path) -> ParallelText:
    """Read what `write_word` wrote, or an editor saved of it; changes that were tracked count as accepted.

    Raises:
        ParallelError: no Word file, no such table, a row that names no sentence.
    """
    try:
        document = open_document(path)
    except ArticleError as cause:
        raise ParallelError(cause.message, path=path, hint=cause.hint) from cause
    table = next((table for table in document.tables if len(table.columns) == 4), None)
    if table is None or not is_word_table(path):
        raise ParallelError(
            _("no table of ours is in it"), path=path, hint=_("Write one with tolmach article -o x.docx.")
        )
    return text_of(_cells(table, path), path)


def _cells(table: Any, path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    for n, row in enumerate(table._tbl.tr_lst[1:], 2):
        texts = [" ".join(text_in(paragraph) for paragraph in cell.p_lst) for cell in row.tc_lst]
        if not any(texts):
            continue
        place = _PLACE.fullmatch(texts[0].strip()) if len(texts) == 4 else None
        if place is None:
            raise ParallelError(_("row {n} of the table names no sentence").format(n=n), path=path, line=n)
        found = {name: value or "" for name, value in place.groupdict().items()}
        yield n, {**found, "source": texts[1].strip(), "target": texts[2].strip()}
