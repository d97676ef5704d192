"""The types of an article: blocks of running text with their markup, and the page they were found on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from translate.spans import Span


class BlockKind(StrEnum):
    """What a block is on the page; every block that is not `CODE` is translated."""

    TITLE = "title"
    SECTION = "section"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CAPTION = "caption"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup over a span of a block's text.

    Args:
        span: code points of `Block.text`.
        kind: "strong", "emphasis", "deleted", "code", "link" or "image".
        href: the address of a link or an image, the language of a block of code, else "".
    """

    span: Span
    kind: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of running text.

    Args:
        id: stable within the article: "title", "c1" (caption), "b1", "b2", …
        kind: see `BlockKind`.
        text: plain text, NFC, one line (hard line breaks joined); CODE keeps its lines.
        level: heading level or list depth, 1-based; 0 where it means nothing.
        ordinal: the number of an ordered list item, else 0.
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

    def translatable(self) -> Iterator[Block]:
        """Yield every block to translate in reading order: section, title, captions, body; no code."""
        if self.section:
            yield Block("section", BlockKind.SECTION, self.section)
        if self.title:
            yield Block("title", BlockKind.TITLE, self.title, level=1)
        yield from self.captions
        yield from (block for block in self.blocks if block.kind is not BlockKind.CODE)


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
