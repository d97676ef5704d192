"""The types of an article: blocks of running text with their markup, and the page they were found on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

import regex

from translate.spans import Span, merged

_LETTER = regex.compile(r"\p{L}")


class BlockKind(StrEnum):
    """What a block is on the page; every block with a letter in it that is not `CODE` is translated.

    `PLACE` is where the story was sent from, `CELL` a cell of a table, `NOTE` a footnote, `META` what no reader of the
    running text sees: a description in the page's head, a tag, the alternative text of an image, the title of a link.
    """

    TITLE = "title"
    SECTION = "section"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CAPTION = "caption"
    CELL = "cell"
    NOTE = "note"
    META = "meta"
    PLACE = "place"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup over a span of a block's text.

    Args:
        span: code points of `Block.text`; empty for what stands between two letters: a footnote's number, a tag.
        kind: "strong", "emphasis", "deleted", "code", "link", "image", "note", "break" or "tag".
        href: the address of a link or an image, the language of a block of code, else "".
        number: which of its block's marks it is, from 1, so that its translation finds its source; 0 where none asks.
    """

    span: Span
    kind: str
    href: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One block of running text.

    Args:
        id: stable within the article: "title", "c1" (caption), "b1", "b2", …
        kind: see `BlockKind`.
        text: plain text, NFC, one line (hard line breaks joined); CODE keeps its lines.
        level: heading level, list depth or column of a table, 1-based; 0 where it means nothing.
        ordinal: the number of an ordered list item, the row of a table's cell from 1, else 0.
        marks: inline markup, ordered by start.
        kept: spans never translated (code, URL, e-mail, @handle), ordered, not overlapping.
        credit: a caption's photographer and agency, taken out of `text`.
    """

    id: str
    kind: BlockKind
    text: str
    level: int = 0
    ordinal: int = 0
    marks: tuple[Mark, ...] = ()
    kept: tuple[Span, ...] = ()
    credit: str = ""

    @property
    def is_translated(self) -> bool:
        """Tell that there is something to translate: a letter that is no code."""
        return self.kind is not BlockKind.CODE and bool(_LETTER.search(self.text))


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give the blocks of a body their ids: "b1", "b2", …"""
    return tuple(replace(block, id=f"b{n}") for n, block in enumerate(blocks, 1))


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the reader of the page saw it.

    Args:
        title, byline, section: as printed, "" where there is none.
        date: ISO 8601 date ("2017-09-21") or "".
        captions: image captions in page order.
        blocks: the body in reading order.
        path: the source file.
        language: ISO 639 code of the source ("en").
        front_matter: Markdown front matter as it stood, else "".
        title_marks: inline markup over the title.
        meta: what stands beside the story and is translated with it (`BlockKind.META`), in the order of the file.
        place: where it was sent from, as its dateline has it.
        title_kept: spans of the title that are never translated: code, a template's tag, an address.
        raw: the file's own bytes, from which the translation is laid out as its source; b"" where they are not known.
        section_marks: inline markup over the section, where that is a label over the headline.
        form: "md", "html", "docx" or "txt", where it was not told by the file's name.
        left: texts within the story that are not translated and stay as they are: a button, the words of a drawing.
    """

    title: str
    byline: str
    date: str
    section: str
    captions: tuple[Block, ...]
    blocks: tuple[Block, ...]
    path: Path
    language: str = "en"
    front_matter: str = ""
    title_marks: tuple[Mark, ...] = ()
    meta: tuple[Block, ...] = ()
    place: str = ""
    title_kept: tuple[Span, ...] = ()
    raw: bytes = field(default=b"", repr=False)
    left: tuple[str, ...] = ()
    form: str = ""
    section_marks: tuple[Mark, ...] = ()

    def translatable(self) -> Iterator[Block]:
        """Yield every block to translate in reading order: section, title, place, captions, body, meta."""
        if self.section:
            yield Block("section", BlockKind.SECTION, self.section, marks=self.section_marks)
        if self.title:
            code = [mark.span for mark in self.title_marks if mark.kind == "code"]
            kept = merged((*code, *self.title_kept))
            yield Block("title", BlockKind.TITLE, self.title, level=1, marks=self.title_marks, kept=kept)
        if self.place:
            yield Block("place", BlockKind.PLACE, self.place)
        yield from (block for block in (*self.captions, *self.blocks, *self.meta) if block.is_translated)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, by its 1-based number in the file; blanks at its ends are left out."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article file as a whole: the story, and what stands around it.

    Args:
        article: the story.
        chrome: the rest in page order: navigation, buttons, list headings, teasers, footers. A line of a text file
            as it stands, a text node of an HTML file; none in Markdown, which has no page around it.
    """

    article: Article
    chrome: tuple[Line, ...] = ()
