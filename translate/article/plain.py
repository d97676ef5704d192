"""Plain text: an article alone, or a page saved as text with the site's menus around the story."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from translate.article.blocks import Article, Block, BlockKind, Page
from translate.article.bylines import Credited
from translate.article.dump import Sketch, sketch
from translate.article.kept import kept_spans
from translate.article.stamps import is_time
from translate.article.text import Unit, units


def read_plain(text: str, path: Path) -> Page:
    """Read a plain text into an article and the lines of the page around it."""
    found = sketch(units(text))
    article = Article(
        found.title,
        found.byline,
        found.date,
        found.section,
        tuple(caption_block(n, caption) for n, caption in enumerate(found.captions, 1)),
        tuple(_body(found)),
        path,
        place=found.place,
    )
    return Page(article, tuple(line for unit in found.left for line in unit.lines))


def write_plain(article: Article) -> str:
    """Return the article alone as plain text: head, captions, body, a blank line between paragraphs.

    Markup is left out; a link that found no words stands as its bare address after the text.
    """
    signed = signed_line(article)
    captions = (captioned(caption, article.language) for caption in article.captions)
    parts = [article.section, article.title, signed, *captions]
    text = "\n\n".join(part for part in parts if part)
    item = False
    for block in article.blocks:
        close = item and block.kind is BlockKind.LIST_ITEM
        text += ("\n" if close else "\n\n" if text else "") + _laid_out(block)
        item = block.kind is BlockKind.LIST_ITEM
    return text + "\n"


def signed_line(article: Article) -> str:
    """Return author, place and date as one line: «Айгуль Асанова, Бишкек, 21 сентября 2017 г.»"""
    place = "" if article.place and article.place in article.byline else article.place
    return ", ".join(part for part in (article.byline, place, written_date(article.date, article.language)) if part)


def written_date(iso: str, language: str) -> str:
    """Write an ISO date as the language does: “21 сентября 2017 г.”; anything else comes back as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    from babel.dates import format_date

    return format_date(day, "long", locale=language).replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")


def captioned(caption: Block, language: str) -> str:
    """Return a caption with its credit: “The dam in March. (Photo: Jane Doe)”."""
    credit = credit_line(caption, language)
    return " ".join(part for part in (caption.text, f"({credit})" if credit else "") if part)


def credit_line(caption: Block, language: str) -> str:
    """Return who took a picture: «Фото: Jane Doe», "" where nobody is named."""
    label = {"ru": "Фото"}.get(language, "Photo")
    return f"{label}: {caption.credit}" if caption.credit else ""


def _laid_out(block: Block) -> str:
    text = block.text
    for mark in block.marks:
        if mark.kind == "link" and mark.span.start == mark.span.stop:
            text += f" ({mark.href})"
    if block.kind is not BlockKind.LIST_ITEM:
        return text
    return "  " * (block.level - 1) + (f"{block.ordinal}. " if block.ordinal else "• ") + text


def caption_block(n: int, caption: Credited) -> Block:
    """Make the n-th caption's block."""
    return Block(f"c{n}", BlockKind.CAPTION, caption.text, kept=kept_spans(caption.text), credit=caption.credit)


def _body(found: Sketch) -> list[Block]:
    spaced = any(unit.gap for unit in found.body[1:])
    return [
        Block(
            f"b{n}",
            _kind(unit, next(iter(found.body[n : n + 1]), None), first=n == 1, spaced=spaced),
            unit.text,
            level=_level(unit),
            ordinal=unit.ordinal,
            kept=kept_spans(unit.text),
        )
        for n, unit in enumerate(found.body, 1)
    ]


def _kind(unit: Unit, following: Unit | None, *, first: bool, spaced: bool) -> BlockKind:
    if unit.is_item:
        return BlockKind.LIST_ITEM
    if is_time(unit.text):
        return BlockKind.HEADING
    # A subheading is short, ends like no sentence, stands apart where paragraphs do, and has text above and below it:
    # the line right under the headline is the standfirst.
    if first or following is None or unit.words > 12 or unit.ends_a_sentence or (spaced and not unit.gap):
        return BlockKind.PARAGRAPH
    heads = (following.ends_a_sentence and following.words >= 4) or (spaced and following.gap)
    return BlockKind.HEADING if heads else BlockKind.PARAGRAPH


def _level(unit: Unit) -> int:
    return 1 if unit.is_item else 0
