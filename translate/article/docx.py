"""Word files: paragraphs, lists, tables and footnotes read as blocks, and the Russian put back into the same runs.

A paragraph is written down as one line of text in which each change of formatting, each link, footnote and picture is a
letter of private use: so the sentences are set into it as they are set into Markdown, and the line is read back into
runs with the properties they had. A paragraph in which nothing changed is not touched.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex
from lxml import etree

from translate.article.blocks import Article, Block, BlockKind, Page
from translate.article.bylines import find_date, is_kicker, opening_date, read_byline, read_caption
from translate.article.inline import Anchored, Inline
from translate.article.markdown import credited, label_of, named
from translate.article.splicing import BREAKABLE, Edit, SourceText, Splicer, Translations
from translate.errors import ArticleError
from translate.spans import Span

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_LARGEST = 200_000_000  # bytes that a file may unpack to; one of 500 pages with pictures has 20 million
_OPEN, _CLOSE, _POINT, _ROOM = 0xF0000, 0xF8000, 0x100000, 0x7FF0
_PRIVATE = regex.compile("[\U000f0000-\U0010fffd]")
# Around runs, and of no consequence to them: what they hold is read in their place.
_AROUND = ("ins", "smartTag", "sdt", "sdtContent", "moveTo", "fldSimple", "customXml")
_DROPPED = ("del", "moveFrom", "proofErr", "lastRenderedPageBreak", "noBreakHyphen", "softHyphen")
# What the same words in the same look may differ in.
_IDLE = (f"{_W}lang", f"{_W}noProof", f"{_W}rtl")
_HINT = "Save it from Word or LibreOffice as .docx once more."


def open_document(path: Path, raw: bytes | None = None) -> Document:
    """Open a Word file; nothing in it is fetched, and one that would unpack to more than 200 MB is refused.

    Raises:
        ArticleError: no Word file, or a damaged one.
    """
    import docx

    try:
        data = path.read_bytes() if raw is None else raw
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise ArticleError("it unpacks to more than 200 MB", path=path, hint="Take pictures out.")
        return docx.Document(io.BytesIO(data))
    except ArticleError:
        raise
    except OSError as cause:
        raise ArticleError(cause.strerror or str(cause), path=path, hint="Check the name.") from cause
    except Exception as cause:  # python-docx raises KeyError, ValueError, BadZipFile, XMLSyntaxError … on broken files
        raise ArticleError(f"not a sound Word file: {cause}", path=path, hint=_HINT) from cause


def text_in(paragraph: Any) -> str:
    """Return the text of a paragraph's element, tracked changes accepted."""
    pieces = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if not any(above.tag == f"{_W}{name}" for above in element.iterancestors() for name in ("del", "moveFrom")):
            pieces.append(element.text or "" if element.tag == f"{_W}t" else " ")
    return "".join(pieces)


def read_docx(raw: bytes, path: Path) -> Page:
    """Read a Word file: title, author and date under it, captions, and the body with its tables and footnotes.

    Raises:
        ArticleError: no Word file, or a damaged one.
    """
    document = open_document(path, raw)
    try:
        return Page(_placed(document, path).article)
    except Exception as cause:  # a number that is none, a part that is missing: whatever a damaged file holds
        raise ArticleError(f"not a sound Word file: {cause}", path=path, hint=_HINT) from cause


def splice_docx(raw: bytes, path: Path, translations: Translations, language: str, *, dated: bool) -> bytes:
    """Return a Word file with its sentences translated; every style, picture, comment and other part as it was.

    Args:
        raw: the file.
        path: its name.
        translations: its sentences; a paragraph whose sentences came back as they went is not touched.
        language: of the translation.
        dated: True to write the line of author and date in it and to name it as the language of the text.
    """
    from translate.article.markdown_writing import labelled, signature

    document = open_document(path, raw)
    placed = _placed(document, path)
    labels = {id(line): label for line, label in placed.labels}
    changed = False
    for line, anchored in placed.lines:
        splicer = Splicer(SourceText(line.text), (), translations)
        edits = [
            splicer.printed(anchored, sentence, lambda text, _mark: text)
            for sentence in splicer.sentences(anchored)
            if not sentence.is_unchanged
        ]
        if dated and not anchored.block.id and (edit := signature(anchored, language, translations)):
            edits.append(edit)
        if dated and (label := labels.get(id(line))) and (edit := labelled(label, language)):
            edits.append(edit)
        if edits:
            line.rebuild(splicer.splice([Edit(e.span, e.text.replace(BREAKABLE, " ")) for e in edits]))
            changed = True
    if not changed:
        return raw
    for part, root in placed.notes:
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if dated:
        _speak(document, language)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@dataclass(slots=True)
class Line:
    """A paragraph as one line of text with letters of private use for its formatting.

    Args:
        element: the paragraph.
        text: the line.
        base: properties of the runs outside of every fence, None for none.
        fences: for each fence the run properties, or the hyperlink, within it.
        points: what stands between two letters: footnotes, pictures, breaks, the ends of comments.
    """

    element: Any
    text: str = ""
    base: Any = None
    fences: list[Any] = field(default_factory=list)
    points: list[Any] = field(default_factory=list)

    def rebuild(self, text: str) -> None:
        """Write the paragraph's runs anew from a line."""
        kept = self.element.find(f"{_W}pPr")
        for child in list(self.element):
            if child is not kept:
                self.element.remove(child)
        stack: list[Any] = []
        where = [self.element]
        for piece in regex.findall("[^\U000f0000-\U0010fffd]+|.", text, regex.S):
            code = ord(piece[0])
            if code < _OPEN:
                look = next((found for found in reversed(stack) if found.tag != f"{_W}hyperlink"), self.base)
                where[-1].append(_run(look, piece))
            elif code < _CLOSE:
                found = self.fences[code - _OPEN]
                stack.append(found)
                if found.tag == f"{_W}hyperlink":
                    link = etree.SubElement(where[-1], found.tag, dict(found.attrib))
                    where.append(link)
            elif code < _POINT:
                found = self.fences[code - _CLOSE]
                if found in stack:
                    stack.remove(found)
                if found.tag == f"{_W}hyperlink" and len(where) > 1:
                    where.pop()
            else:
                where[-1].append(self.points[code - _POINT])


def _run(look: Any, text: str) -> Any:
    run = etree.Element(f"{_W}r")
    if look is not None and len(look):
        run.append(deepcopy(look))
    inside = etree.SubElement(run, f"{_W}t")
    inside.text = text
    inside.set(f"{_XML}space", "preserve")
    return run


@dataclass(frozen=True, slots=True)
class _Placed:
    """An article, its paragraphs beside their blocks (no id: the line of author and date), and its footnotes' part.

    `labels` are the “Photo:” of its captions.
    """

    article: Article
    lines: tuple[tuple[Line, Anchored], ...]
    notes: tuple[tuple[Any, Any], ...]
    labels: tuple[tuple[Line, Anchored], ...]


def _placed(document: Document, path: Path) -> _Placed:
    found = [_read(paragraph, document) for paragraph in _paragraphs(document.element.body, document)]
    notes = list(_notes(document))
    for _part, root in notes:
        for note in root.iterchildren(f"{_W}footnote"):
            if note.get(f"{_W}type") is None:
                paragraphs = (_Paragraph(p, BlockKind.NOTE) for p in note.iterchildren(f"{_W}p"))
                found += [_read(paragraph, document) for paragraph in paragraphs]
    found = [(line, anchored) for line, anchored in found if anchored.block.text]
    title = _title(found)
    kicker = _kicker(found, title)
    lines: list[tuple[Line, Anchored]] = []
    labels: list[tuple[Line, Anchored]] = []
    captions: list[Block] = []
    body: list[Block] = []
    who = when = where = ""
    head = 4 if title else 0
    for n, (line, anchored) in enumerate(found):
        block = anchored.block
        if (line, anchored) == title:
            lines.append((line, named(replace(anchored, block=replace(block, kind=BlockKind.TITLE)), "title")))
            continue
        if (line, anchored) == kicker:
            lines.append((line, named(anchored, "section")))
            continue
        by = read_byline(block.text, under_a_headline=True) if n <= head and block.kind is BlockKind.PARAGRAPH else None
        if by and not (who and by.who) and not (when and by.when):
            who, when, where = who or by.who, when or by.when, where or by.where
            lines.append((line, anchored))
            continue
        read = read_caption(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if block.kind is BlockKind.CAPTION or (read and read.credit):
            made = credited(anchored)
            if not made.block.text and captions and not captions[-1].credit:  # its photographer on a line of its own
                captions[-1] = replace(captions[-1], credit=made.block.credit)
            else:
                made = named(made, f"c{len(captions) + 1}")
                captions.append(made.block)
            if label := label_of(anchored):
                labels.append((line, label))
        else:
            made = named(anchored, f"b{len(body) + 1}")
            body.append(made.block)
        lines.append((line, made))
    properties = document.core_properties
    date = when or opening_date(body[0].text if body else "") or find_date(properties.subject or "")
    headline = title[1].block if title else Block("title", BlockKind.TITLE, "")
    article = Article(
        headline.text, who, date, kicker[1].block.text if kicker else "", tuple(captions), tuple(body), path,
        title_marks=headline.marks, title_kept=headline.kept, place=where,
    )  # fmt: skip
    return _Placed(article, tuple(lines), tuple(notes), tuple(labels))


def _kicker(found: list[tuple[Line, Anchored]], title: tuple[Line, Anchored] | None) -> tuple[Line, Anchored] | None:
    """Find the label right over the headline, which is its section."""
    at = next((n for n, one in enumerate(found) if one is title), 0) - 1
    over = found[at] if at >= 0 else None
    return over if over and over[1].block.kind is BlockKind.PARAGRAPH and is_kicker(over[1].block.text) else None


def _title(found: list[tuple[Line, Anchored]]) -> tuple[Line, Anchored] | None:
    """Find the headline: a paragraph in the style Title, else a heading of the first level that the text opens with."""
    for one in found[:6]:
        if one[1].block.kind is BlockKind.TITLE:
            return one
    first = found[0] if found else None
    return first if first and first[1].block.kind is BlockKind.HEADING and first[1].block.level == 1 else None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    element: Any
    kind: BlockKind
    level: int = 0
    ordinal: int = 0


def _paragraphs(body: Any, document: Document) -> Iterator[_Paragraph]:
    counters: Counter[tuple[str, int]] = Counter()
    for child in body.iterchildren():
        if child.tag == f"{_W}p":
            yield _styled(child, document, counters)
        elif child.tag == f"{_W}tbl":
            for row, tr in enumerate(child.iterchildren(f"{_W}tr"), 1):
                for column, tc in enumerate(tr.iterchildren(f"{_W}tc"), 1):
                    for paragraph in tc.iter(f"{_W}p"):
                        yield _Paragraph(paragraph, BlockKind.CELL, column, row)
        elif child.tag == f"{_W}sdt":
            for content in child.iterchildren(f"{_W}sdtContent"):
                yield from _paragraphs(content, document)


def _styled(element: Any, document: Document, counters: Counter[tuple[str, int]]) -> _Paragraph:
    """Tell a paragraph's kind by its style's name and its numbering."""
    name = _style_name(element, document)
    if name == "title":
        return _Paragraph(element, BlockKind.TITLE, 1)
    if match := regex.fullmatch(r"heading (\d)", name):
        return _Paragraph(element, BlockKind.HEADING, int(match[1]))
    if name == "caption":
        return _Paragraph(element, BlockKind.CAPTION)
    numbering = element.find(f"{_W}pPr/{_W}numPr")
    if numbering is not None or name.startswith(("list bullet", "list number")):
        number = numbering.find(f"{_W}numId") if numbering is not None else None
        id_ = number.get(f"{_W}val", "") if number is not None else name
        depth = numbering.find(f"{_W}ilvl") if numbering is not None else None
        named_depth = int(name[-1:]) if name[-1:].isdigit() else 1
        level = 1 + int(depth.get(f"{_W}val", "0")) if depth is not None else named_depth
        if not _is_numbered(id_, level, name, document):
            return _Paragraph(element, BlockKind.LIST_ITEM, level)
        counters[id_, level] += 1
        return _Paragraph(element, BlockKind.LIST_ITEM, level, counters[id_, level])
    if "quote" in name:
        return _Paragraph(element, BlockKind.QUOTE, 1)
    return _Paragraph(element, BlockKind.PARAGRAPH)


def _style_name(element: Any, document: Document) -> str:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    if style is None:
        return ""
    found = next((s for s in document.styles if s.style_id == style.get(f"{_W}val")), None)
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


def _notes(document: Document) -> Iterator[tuple[Any, Any]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in document.part.rels.values():
        if relation.reltype == _NOTES and not relation.is_external:
            yield relation.target_part, etree.fromstring(relation.target_part.blob, parser)


def _read(paragraph: _Paragraph, document: Document) -> tuple[Line, Anchored]:
    reader = _LineReader(paragraph.element, document)
    reader.read(paragraph.element, paragraph.element)
    reader.finish()
    inline = reader.inline
    return reader.line, inline.anchored(paragraph.kind, level=paragraph.level, ordinal=paragraph.ordinal)


class _LineReader:
    """Writes a paragraph down as a line, and reads its block from it."""

    def __init__(self, element: Any, document: Document) -> None:
        self._document = document
        self._pieces: list[str] = []
        self._length = 0
        self._look = ""
        self._fenced = -1
        self.inline = Inline(follow=True)
        looks = Counter[str]()
        first: dict[str, Any] = {}
        for run in element.iter(f"{_W}r"):
            look = run.find(f"{_W}rPr")
            first.setdefault(_key(look), look)
            if run.getparent().tag != f"{_W}hyperlink":
                looks[_key(look)] += len(text_in(run))
        self._base = looks.most_common(1)[0][0] if looks else ""
        self.line = Line(element, base=first.get(self._base))

    def read(self, element: Any, top: Any) -> None:
        for child in element:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "r":
                self._run(child)
            elif name == "hyperlink":
                self._link(child, top)
            elif name in _AROUND:
                self.read(child, top)
            elif name != "pPr" and name not in _DROPPED:
                self._point(child, "tag")

    def finish(self) -> None:
        self._look_of(None, base=True)
        self.line.text = "".join(self._pieces)

    def _put(self, text: str) -> Span:
        self._pieces.append(text)
        self._length += len(text)
        return Span(self._length - len(text), self._length)

    def _run(self, run: Any) -> None:
        look = run.find(f"{_W}rPr")
        for child in run:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "t" and child.text:
                self._look_of(look)
                text = _PRIVATE.sub("\ufffd", child.text)
                self.inline.add(text, self._put(text))
            elif name in ("tab", "br", "cr"):
                self._look_of(look)
                self.inline.line_break(self._pointed(_alone(run, child)))
            elif name == "noBreakHyphen":
                self._look_of(look)
                self.inline.add("-", self._put("-"))
            elif name != "rPr" and name not in _DROPPED:
                kind = {"footnoteReference": "note", "drawing": "image"}.get(name, "tag")
                self._point(_alone(run, child), kind)

    def _point(self, element: Any, kind: str) -> None:
        self.inline.point(kind, self._pointed(element))

    def _pointed(self, element: Any) -> Span:
        self.line.points.append(element)
        return self._put(chr(_POINT + min(len(self.line.points) - 1, _ROOM)))

    def _look_of(self, look: Any, *, base: bool = False) -> None:
        """Close the fence of a look and open that of another, where the look changes."""
        key = self._base if base else _key(look)
        if key == (self._look or self._base):
            return
        if self._fenced >= 0:
            self.inline.close(self._put(chr(_CLOSE + self._fenced)))
            self._fenced = -1
        self._look = key
        if key != self._base and len(self.line.fences) < _ROOM:
            self._fenced = len(self.line.fences)
            self.line.fences.append(look if look is not None else etree.Element(f"{_W}rPr"))
            self.inline.open(_kind(look), "", self._put(chr(_OPEN + self._fenced)))

    def _link(self, link: Any, top: Any) -> None:
        self._look_of(None, base=True)
        n = len(self.line.fences)
        self.line.fences.append(link)
        target = link.get(f"{_R}id")
        relations = self._document.part.rels
        href = relations[target].target_ref if target in relations and relations[target].is_external else ""
        anchor = link.get(f"{_W}anchor")
        self.inline.open("link", href or (f"#{anchor}" if anchor else ""), self._put(chr(_OPEN + n)))
        self.read(link, top)
        self._look_of(None, base=True)
        self.inline.close(self._put(chr(_CLOSE + n)))


def _alone(run: Any, child: Any) -> Any:
    """Return a run that holds one thing of another run, in its look."""
    made = etree.Element(f"{_W}r")
    look = run.find(f"{_W}rPr")
    if look is not None:
        made.append(deepcopy(look))
    made.append(deepcopy(child))
    return made


def _key(look: Any) -> str:
    """Return what tells one look from another."""
    if look is None:
        return ""
    parts = [etree.tostring(child, method="c14n") for child in look if child.tag not in _IDLE]
    return b"".join(sorted(parts)).decode()


def _kind(look: Any) -> str:
    for name, kind in (("b", "strong"), ("i", "emphasis"), ("strike", "deleted")):
        found = look.find(f"{_W}{name}") if look is not None else None
        if found is not None and found.get(f"{_W}val", "1") not in ("0", "false", "off"):
            return kind
    return "tag"


def _speak(document: Document, language: str) -> None:
    """Name the language of the text, so that Word checks its spelling in it."""
    locale = {"ru": "ru-RU", "en": "en-US", "kk": "kk-KZ", "ky": "ky-KG"}.get(language, language)
    document.core_properties.language = locale
    for element in (document.styles.element, document.element):
        for found in element.iter(f"{_W}lang"):
            if found.get(f"{_W}val"):
                found.set(f"{_W}val", locale)
