"""Word files: paragraphs, lists, tables and footnotes read as blocks, and the Russian put back into the same runs.

A paragraph is written down as one line of text in which each change of formatting, each link, footnote and picture is a
letter of private use: so the sentences are set into it as they are set into Markdown, and the line is read back into
runs with the properties they had. A paragraph in which nothing changed is not touched.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from translate.article.blocks import Article, Block, BlockKind, Page
from translate.article.bylines import find_date, is_kicker, opening_date, read_byline, read_caption
from translate.article.docx_lines import Line, LineReader, W, text_in
from translate.article.docx_paragraphs import Paragraph, paragraphs
from translate.article.inline import Anchored, Inline
from translate.article.markdown import credited, label_of, named
from translate.article.splicing import BREAKABLE, Edit, SourceText, Splicer, Translations
from translate.errors import ArticleError
from translate.messages import _

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["open_document", "read_docx", "splice_docx", "text_in"]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_NOTES = (f"{_OFFICE}footnotes", f"{_OFFICE}endnotes")
_MARGINS = (f"{_OFFICE}header", f"{_OFFICE}footer")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_LARGEST = 200_000_000  # bytes that a file may unpack to; one of 500 pages with pictures has 20 million
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
                raise ArticleError(_("it unpacks to more than 200 MB"), path=path, hint=_("Take pictures out."))
        return docx.Document(io.BytesIO(data))
    except ArticleError:
        raise
    except OSError as cause:
        raise ArticleError(cause.strerror or str(cause), path=path, hint=_("Check the name.")) from cause
    except Exception as cause:  # python-docx raises KeyError, ValueError, BadZipFile, XMLSyntaxError … on broken files
        raise ArticleError(_("not a sound Word file: {cause}").format(cause=cause), path=path, hint=_HINT) from cause


def read_docx(raw: bytes, path: Path) -> Page:
    """Read a Word file: title, author and date under it, captions, the body with its tables and notes, and what
    stands beside it: headers and footers, alternative texts, the file's own title.

    Raises:
        ArticleError: no Word file, or a damaged one.
    """
    document = open_document(path, raw)
    try:
        return Page(_placed(document, path).article)
    except Exception as cause:  # a number that is none, a part that is missing: whatever a damaged file holds
        raise ArticleError(_("not a sound Word file: {cause}").format(cause=cause), path=path, hint=_HINT) from cause


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
    changed = False
    for text in placed.texts:
        sentences = translations.get(text.block.id, ())
        if any(not sentence.is_unchanged for sentence in sentences):
            text.write(" ".join(sentence.target for sentence in sentences if sentence.target))
            changed = True
    for one in placed.lines:
        line, anchored = one.line, one.anchored
        splicer = Splicer(SourceText(line.text), (), translations)
        edits = [
            splicer.printed(anchored, sentence, lambda text, _mark: text)
            for sentence in splicer.sentences(anchored)
            if not sentence.is_unchanged
        ]
        if dated and not anchored.block.id and (edit := signature(anchored, language, translations)):
            edits.append(edit)
        if dated and one.label and (edit := labelled(one.label, language)):
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


@dataclass(frozen=True, slots=True)
class _Told:
    """A paragraph, its block (no id: the line of author and date), and the “Photo:” of a caption."""

    line: Line
    anchored: Anchored
    label: Anchored | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that stands in no paragraph: an alternative text, a property of the file."""

    block: Block
    write: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Placed:
    """An article, its paragraphs, the texts beside it, and the parts of its notes, each with the root of its XML."""

    article: Article
    lines: tuple[_Told, ...]
    texts: tuple[_Text, ...]
    notes: tuple[tuple[Any, Any], ...]


@dataclass(slots=True)
class _Reading:
    """The blocks of a document while they are told apart."""

    kicker: Anchored | None = None
    title: Anchored | None = None
    who: str = ""
    when: str = ""
    where: str = ""
    captions: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    meta: list[Block] = field(default_factory=list)
    lines: list[_Told] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    boxes: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)

    def tell(self, paragraph: Paragraph, line: Line, anchored: Anchored, *, in_head: bool) -> None:
        """Tell what a paragraph is, and give its block an id."""
        block = anchored.block
        if anchored is self.title:
            self.lines.append(
                _Told(line, named(replace(anchored, block=replace(block, kind=BlockKind.TITLE)), "title"))
            )
        elif anchored is self.kicker:
            self.lines.append(_Told(line, named(anchored, "section")))
        elif paragraph.is_copy and block.text in self.boxes:
            self.lines.append(_Told(line, named(anchored, self.boxes[block.text])))
        elif in_head and block.kind is BlockKind.PARAGRAPH and self._signs(block):
            self.lines.append(_Told(line, anchored))
        else:
            self._add(line, anchored)

    def _signs(self, block: Block) -> bool:
        by = read_byline(block.text, under_a_headline=True)
        if by is None or (self.who and by.who) or (self.when and by.when):
            return False
        self.who, self.when, self.where = self.who or by.who, self.when or by.when, self.where or by.where
        return True

    def _add(self, line: Line, anchored: Anchored) -> None:
        block = anchored.block
        read = read_caption(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if block.kind is not BlockKind.CAPTION and not (read and read.credit):
            made = named(anchored, f"b{len(self.body) + 1}")
            self.body.append(made.block)
            self.boxes.setdefault(block.text, made.block.id)
            self.lines.append(_Told(line, made))
            return
        made = credited(anchored)
        if not made.block.text and self.captions and not self.captions[-1].credit:
            # its photographer on a line of its own
            self.captions[-1] = replace(self.captions[-1], credit=made.block.credit)
        else:
            made = named(made, f"c{len(self.captions) + 1}")
            self.captions.append(made.block)
        self.lines.append(_Told(line, made, label_of(anchored)))

    def beside(self, block: Block) -> Block:
        """Give a text beside the story its id: that of the text it repeats, else m1, m2, …"""
        if self.title:
            self.known.setdefault(self.title.block.text, "title")
        id_ = self.known.setdefault(block.text, f"m{len(self.meta) + 1}")
        made = replace(block, id=id_, kind=BlockKind.META)
        if id_ == f"m{len(self.meta) + 1}":
            self.meta.append(made)
        return made


def _placed(document: Document, path: Path) -> _Placed:
    relations = document.part.rels
    body = [(one, *_read(one, relations)) for one in paragraphs(document.element.body, document)]
    notes = list(_notes(document))
    for part, root in notes:
        for note in root.iterchildren(f"{W}footnote", f"{W}endnote"):
            if note.get(f"{W}type") is None:
                here = (Paragraph(p, BlockKind.NOTE) for p in note.iterchildren(f"{W}p"))
                body += [(one, *_read(one, part.rels)) for one in here]
    reading = _Reading(left=[text for _one, reader, _anchored in body for text in reader.left])
    found = [(one, reader.line, anchored) for one, reader, anchored in body if anchored.block.text]
    reading.title = _title([anchored for _one, _line, anchored in found])
    reading.kicker = _kicker([anchored for _one, _line, anchored in found], reading.title)
    head = 4 if reading.title else 0
    for n, (one, line, anchored) in enumerate(found):
        reading.tell(one, line, anchored, in_head=n <= head)
    for one, part in _margins(document):
        reader, anchored = _read(one, part.rels)
        if anchored.block.is_translated:
            reading.lines.append(_Told(reader.line, replace(anchored, block=reading.beside(anchored.block))))
    texts = [replace(text, block=reading.beside(text.block)) for text in _texts(document) if text.block.is_translated]
    return _Placed(_article(reading, document, path), tuple(reading.lines), tuple(texts), tuple(notes))


def _article(reading: _Reading, document: Document, path: Path) -> Article:
    first = reading.body[0].text if reading.body else ""
    date = reading.when or opening_date(first) or find_date(document.core_properties.subject or "")
    headline = reading.title.block if reading.title else Block("title", BlockKind.TITLE, "")
    section = reading.kicker.block.text if reading.kicker else ""
    chunks = ["altChunk" for _chunk in document.element.body.iter(f"{W}altChunk")]
    return Article(
        headline.text, reading.who, date, section, tuple(reading.captions), tuple(reading.body), path,
        title_marks=headline.marks, title_kept=headline.kept, place=reading.where, meta=tuple(reading.meta),
        left=(*reading.left, *chunks), section_marks=reading.kicker.block.marks if reading.kicker else (),
    )  # fmt: skip


def _read(paragraph: Paragraph, relations: Any) -> tuple[LineReader, Anchored]:
    reader = LineReader(paragraph.element, relations)
    return reader, reader.inline.anchored(paragraph.kind, level=paragraph.level, ordinal=paragraph.ordinal)


def _kicker(found: list[Anchored], title: Anchored | None) -> Anchored | None:
    """Find the label right over the headline, which is its section."""
    at = next((n for n, one in enumerate(found) if one is title), 0) - 1
    over = found[at] if at >= 0 else None
    return over if over and over.block.kind is BlockKind.PARAGRAPH and is_kicker(over.block.text) else None


def _title(found: list[Anchored]) -> Anchored | None:
    """Find the headline: a paragraph in the style Title, else a heading of the first level that the text opens with."""
    for one in found[:6]:
        if one.block.kind is BlockKind.TITLE:
            return one
    first = found[0] if found else None
    return first if first and first.block.kind is BlockKind.HEADING and first.block.level == 1 else None


def _notes(document: Document) -> Iterator[tuple[Any, Any]]:
    """Yield the parts of the footnotes and endnotes, each with the root of its XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in document.part.rels.values():
        if relation.reltype in _NOTES and not relation.is_external:
            yield relation.target_part, etree.fromstring(relation.target_part.blob, parser)


def _margins(document: Document) -> Iterator[tuple[Paragraph, Any]]:
    """Yield the paragraphs of the headers and footers, each with its part."""
    for relation in document.part.rels.values():
        if relation.reltype in _MARGINS and not relation.is_external:
            part = relation.target_part
            root = getattr(part, "element", None)
            if root is not None:
                yield from ((one, part) for one in paragraphs(root, document))


def _texts(document: Document) -> Iterator[_Text]:
    """Yield the alternative texts of the pictures, and title, subject, keywords and description of the file."""
    for picture in document.element.body.iter(_PICTURE):
        for name in ("descr", "title"):
            if said := picture.get(name, ""):
                yield _Text(_meta(said), partial(picture.set, name))
    properties = document.core_properties
    for name in ("title", "subject", "keywords", "comments"):
        said = getattr(properties, name) or ""
        # what python-docx writes into a file of its own
        if said and not find_date(said) and said != "generated by python-docx":
            yield _Text(_meta(said), partial(_say, properties, name))


def _say(properties: Any, name: str, text: str) -> None:
    setattr(properties, name, text[:255])  # more Word does not take


def _meta(text: str) -> Block:
    inline = Inline()
    inline.add(text)
    return inline.block(BlockKind.META)


def _speak(document: Document, language: str) -> None:
    """Name the language of the text, so that Word checks its spelling in it."""
    locale = {"ru": "ru-RU", "en": "en-US", "kk": "kk-KZ", "ky": "ky-KG"}.get(language, language)
    document.core_properties.language = locale
    for element in (document.styles.element, document.element):
        for found in element.iter(f"{W}lang"):
            if found.get(f"{W}val"):
                found.set(f"{W}val", locale)
