"""An article of another form as a Word file of its own, in Word's own styles."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any

from translate.article.blocks import Article, Block, BlockKind, Mark
from translate.article.plain import captioned, signed_line
from translate.spans import covering

if TYPE_CHECKING:
    from docx.document import Document


def write_docx(article: Article) -> bytes:
    """Return the article: title, author and date, captions, body; links are links, marks are bold and italic."""
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = article.title, article.byline, article.language
    if article.section:
        document.add_paragraph(article.section, style="Subtitle")
    if article.title:
        _fill(document.add_paragraph(style="Title"), article.title, article.title_marks)
    signed = signed_line(article)
    if signed:
        document.add_paragraph().add_run(signed).italic = True
    for caption in article.captions:
        _fill(document.add_paragraph(style="Caption"), captioned(caption, article.language), caption.marks)
    table: list[Block] = []
    for block in article.blocks:
        if block.kind is BlockKind.CELL:
            if table and block.ordinal < table[-1].ordinal:
                _table(document, table)
                table = []
            table.append(block)
            continue
        _table(document, table)
        table = []
        _fill(document.add_paragraph(style=_style(block)), block.text, block.marks)
    _table(document, table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _style(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"Heading {min(max(block.level, 1), 9)}"
    if block.kind is BlockKind.LIST_ITEM:
        depth = min(max(block.level, 1), 3)
        return ("List Number" if block.ordinal else "List Bullet") + (f" {depth}" if depth > 1 else "")
    return {BlockKind.QUOTE: "Intense Quote", BlockKind.CODE: "No Spacing"}.get(block.kind, "Normal")


def _table(document: Document, cells: list[Block]) -> None:
    if not cells:
        return
    rows, columns = max(cell.ordinal for cell in cells), max(cell.level for cell in cells)
    table = document.add_table(rows=rows, cols=columns)
    table.style = "Table Grid"
    for cell in cells:
        _fill(table.cell(cell.ordinal - 1, cell.level - 1).paragraphs[0], cell.text, cell.marks)


def _fill(paragraph: Any, text: str, marks: tuple[Mark, ...]) -> None:
    edges = sorted({0, len(text), *(e for m in marks for e in (m.span.start, m.span.stop) if e <= len(text))})
    over_each = covering(edges, [mark.span for mark in marks])
    for (start, stop), numbers in zip(itertools.pairwise(edges), over_each, strict=True):
        over = [marks[n] for n in numbers]
        kinds = {mark.kind for mark in over}
        href = next((mark.href for mark in over if mark.kind == "link" and mark.href), "")
        run = paragraph.add_run("\n" if "break" in kinds else text[start:stop])
        run.bold, run.italic = "strong" in kinds or None, "emphasis" in kinds or None
        run.font.strike = "deleted" in kinds or None
        if "code" in kinds:
            run.font.name = "Courier New"
        if href:
            _link(paragraph, run, href)


def _link(paragraph: Any, run: Any, href: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.font.underline, run.font.color.rgb = True, RGBColor(0x05, 0x63, 0xC1)
    run._r.addprevious(link)
    link.append(run._r)
