"""The paragraphs of a Word file in reading order, each with its kind: by style, by numbering, by where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import regex

from translate.article.blocks import BlockKind
from translate.article.docx_lines import W

if TYPE_CHECKING:
    from docx.document import Document

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Around paragraphs, rows and cells, and of no consequence to them.
_AROUND = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Args:
        element: its element.
        kind: what it is.
        level: of a heading or a list; column of a cell.
        ordinal: its number in a list; row of a cell.
        is_copy: True for a text box written a second time, for programs that know no text boxes.
    """

    element: Any
    kind: BlockKind
    level: int = 0
    ordinal: int = 0
    is_copy: bool = False


def paragraphs(body: Any, document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of a body, a header or a text box; those of a text box follow the one it is fixed to."""
    counters: Counter[tuple[str, int]] = Counter()
    for child in _children(body, (f"{W}p", f"{W}tbl")):
        if child.tag == f"{W}p":
            yield _styled(child, document, counters)
            yield from _boxed(child, document)
        else:
            yield from _cells(child, document)


def _children(parent: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Yield the children with these tags, within content controls and tracked insertions too."""
    for child in parent.iterchildren():
        if child.tag in tags:
            yield child
        elif child.tag in _AROUND:
            yield from _children(child, tags)


def _cells(table: Any, document: Document) -> Iterator[Paragraph]:
    for row, tr in enumerate(_children(table, (f"{W}tr",)), 1):
        for column, tc in enumerate(_children(tr, (f"{W}tc",)), 1):
            for paragraph in _in_cell(tc):
                yield Paragraph(paragraph, BlockKind.CELL, column, row)
                yield from _boxed(paragraph, document)


def _in_cell(cell: Any) -> Iterator[Any]:
    """Yield the paragraphs of a cell, those of tables in it too."""
    for child in _children(cell, (f"{W}p", f"{W}tbl")):
        if child.tag == f"{W}p":
            yield child
        else:
            for tr in _children(child, (f"{W}tr",)):
                for tc in _children(tr, (f"{W}tc",)):
                    yield from _in_cell(tc)


def _boxed(paragraph: Any, document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text boxes that are fixed to a paragraph."""
    for content in paragraph.iter(f"{W}txbxContent"):
        if next(content.iterancestors(f"{W}p"), None) is paragraph:
            is_copy = any(True for _above in content.iterancestors(_FALLBACK))
            for one in paragraphs(content, document):
                yield replace(one, is_copy=is_copy)


def _styled(element: Any, document: Document, counters: Counter[tuple[str, int]]) -> Paragraph:
    """Tell a paragraph's kind by its style's name and its numbering."""
    name = _style_name(element, document)
    if name == "title":
        return Paragraph(element, BlockKind.TITLE, 1)
    if match := regex.fullmatch(r"heading (\d)", name):
        return Paragraph(element, BlockKind.HEADING, int(match[1]))
    if name == "caption":
        return Paragraph(element, BlockKind.CAPTION)
    numbering = element.find(f"{W}pPr/{W}numPr")
    if numbering is not None or name.startswith(("list bullet", "list number")):
        number = numbering.find(f"{W}numId") if numbering is not None else None
        id_ = number.get(f"{W}val", "") if number is not None else name
        depth = numbering.find(f"{W}ilvl") if numbering is not None else None
        named_depth = int(name[-1:]) if name[-1:].isdigit() else 1
        level = 1 + int(depth.get(f"{W}val", "0")) if depth is not None else named_depth
        if not _is_numbered(id_, level, name, document):
            return Paragraph(element, BlockKind.LIST_ITEM, level)
        counters[id_, level] += 1
        return Paragraph(element, BlockKind.LIST_ITEM, level, counters[id_, level])
    if "quote" in name:
        return Paragraph(element, BlockKind.QUOTE, 1)
    return Paragraph(element, BlockKind.PARAGRAPH)


def _style_name(element: Any, document: Document) -> str:
    style = element.find(f"{W}pPr/{W}pStyle")
    if style is None:
        return ""
    found = next((s for s in document.styles if s.style_id == style.get(f"{W}val")), None)
    return (found.name or "").lower() if found is not None else ""


def _is_numbered(id_: str, level: int, name: str, document: Document) -> bool:
    if not id_.isdigit():
        return name.startswith("list number")
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return False
    abstract = root.xpath(f"w:num[@w:numId='{id_}']/w:abstractNumId/@w:val")
    known = bool(abstract) and str(abstract[0]).isdigit()
    level_of = f"w:abstractNum[@w:abstractNumId='{abstract[0]}']/w:lvl[@w:ilvl='{level - 1}']" if known else ""
    formats = root.xpath(f"{level_of}/w:numFmt/@w:val") if level_of else []
    return bool(formats) and formats[0] not in ("bullet", "none")
