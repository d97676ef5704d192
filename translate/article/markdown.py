"""Markdown, parsed by markdown-it: links, emphasis and code become marks, all else stays where it is in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from translate.article.blocks import Article, Block, BlockKind, Mark, Page
from translate.article.bylines import find_date, is_kicker, opening_date, read_byline, read_caption
from translate.article.front_matter import FrontMatter, read_front_matter
from translate.article.inline import Anchored, Fence
from translate.article.markdown_places import find
from translate.article.splicing import Value
from translate.spans import Span


@dataclass(frozen=True, slots=True)
class Placed:
    """An article and where in its file each of its texts stands.

    Args:
        article: the article.
        anchored: title, captions and body, where they stand as running text.
        values: title, section, captions and meta, where they stand in one piece.
        signed: the lines that name the author and the date.
        labels: “Photo:” before the name of a photographer.
    """

    article: Article
    anchored: tuple[Anchored, ...]
    values: tuple[Value, ...]
    signed: tuple[Anchored, ...] = ()
    labels: tuple[Anchored, ...] = ()


def read_markdown(text: str, path: Path) -> Page:
    """Read a Markdown file.

    The headline is the first-level heading the text opens with, else the front matter's `title`; a label over it is
    its section. Author, date and section come from the lines under the headline, else from the front matter
    (`author`, `authors`, `date`, `section` or `category`). An image alone in its paragraph is a caption: its title,
    else its alternative text, or the emphasised line below it. Tables are read cell by cell; the text in raw HTML is
    read, its tags stay where they are.
    """
    return Page(place_markdown(text, path, follow=False).article)


def place_markdown(text: str, path: Path, *, follow: bool = True) -> Placed:
    """Read a Markdown file and where each of its texts stands.

    Args:
        text: with "\\n" at the line ends.
        path: the file.
        follow: False where the places of the letters are not wanted.
    """
    front = read_front_matter(text)
    found = find(text[len(front.raw) :], len(front.raw), follow=follow)
    blocks = list(found.blocks)
    kicker, title = _opening(blocks)
    signed = _signed(blocks, bool(title or front.first("title", "headline")))
    labels = [label for anchored in blocks if (label := label_of(anchored))]
    captions, body, values = _captions(blocks, found.values)
    captions = [named(anchored, f"c{n}") for n, anchored in enumerate(joined_credits(captions), 1)]
    values = [_named_value(value, captions) for value in values]
    body = [named(anchored, f"b{n}") for n, anchored in enumerate(body, 1)]
    heading = (
        named(title, "title").block if title else Block("title", BlockKind.TITLE, front.first("title", "headline"))
    )
    section = kicker.block.text if kicker else front.first("section", "category") or front.first("categories")
    by = [read_byline(anchored.block.text, under_a_headline=True) for anchored in signed]
    known = {heading.text: "title", section: "section"}
    values, meta = meta_of([*_words(front), *values], known)
    article = Article(
        heading.text,
        next((b.who for b in by if b and b.who), "") or ", ".join(front.all("author", "authors", "byline")),
        next((b.when for b in by if b and b.when), "")
        or find_date(front.first("date", "pubdate", "published", "publishdate"))
        or opening_date(body[0].block.text if body else ""),
        section,
        tuple(anchored.block for anchored in captions),
        tuple(anchored.block for anchored in body),
        path,
        front_matter=front.raw,
        place=next((b.where for b in by if b and b.where), ""),
        title_marks=heading.marks,
        title_kept=heading.kept,
        meta=tuple(meta),
        left=tuple(found.left),
        section_marks=kicker.block.marks if kicker else (),
    )
    over = [named(kicker, "section")] if kicker else []
    whole = [*over, *([named(title, "title")] if title else []), *captions, *body]
    return Placed(article, tuple(a for a in whole if a.starts), tuple(values), tuple(signed), tuple(labels))


def _opening(blocks: list[Anchored]) -> tuple[Anchored | None, Anchored | None]:
    """Take the headline off, and the label over it: the first text of the file is a heading of the first level.

    Badges may precede it, and one label: “Kyrgyzstan”.
    """
    kicker: Anchored | None = None
    for n, anchored in enumerate(blocks):
        block = anchored.block
        if block.kind is BlockKind.HEADING and block.level == 1 and block.text:
            del blocks[n]
            if kicker:
                blocks.remove(kicker)
            return kicker, anchored
        if block.text:
            linked = any(mark.kind in ("link", "image") for mark in block.marks)
            if kicker or linked or block.kind is not BlockKind.PARAGRAPH or not is_kicker(block.text):
                break
            kicker = anchored
    return None, None


def _signed(blocks: list[Anchored], has_title: bool) -> list[Anchored]:
    signed: list[Anchored] = []
    who = when = ""
    for anchored in list(blocks[:4] if has_title else []):
        block = anchored.block
        by = (
            read_byline(block.text, under_a_headline=True) if block.kind is BlockKind.PARAGRAPH and block.text else None
        )
        if by and not (who and by.who) and not (when and by.when):
            who, when = who or by.who, when or by.when
            blocks.remove(anchored)
            signed.append(anchored)
    return signed


def named(anchored: Anchored, id_: str) -> Anchored:
    """Give a block its id."""
    return replace(anchored, block=replace(anchored.block, id=id_))


def _named_value(value: Value, captions: list[Anchored]) -> Value:
    """Give a value that is a caption the caption's id, which has been told by where it stands."""
    for caption in captions:
        told = caption.fences.get(0)
        if told and told.opening == value.span:
            return replace(value, block=replace(value.block, id=caption.block.id))
    return value


def _words(front: FrontMatter) -> list[Value]:
    return [found.value for found in front.fields if found.is_words]


def meta_of(values: Iterable[Value], known: dict[str, str]) -> tuple[list[Value], list[Block]]:
    """Give the values their ids: those of the texts that they repeat, else m1, m2, …"""
    named: list[Value] = []
    meta: list[Block] = []
    for value in sorted(values, key=lambda value: value.span.start):
        block = value.block
        if not block.is_translated:
            continue
        id_ = block.id or known.get(block.text) or f"m{len(meta) + 1}"
        if not block.id and block.text not in known:
            known[block.text] = id_
            meta.append(replace(block, id=id_))
        named.append(replace(value, block=replace(block, id=id_)))
    return named, meta


def _captions(blocks: list[Anchored], values: list[Value]) -> tuple[list[Anchored], list[Anchored], list[Value]]:
    """Part the captions from the body: images alone in their paragraph, and the emphasised line below one."""
    captions: list[Anchored] = []
    body: list[Anchored] = []
    after_image = False
    for anchored in blocks:
        block = anchored.block
        image = next((m for m in block.marks if m.kind == "image"), None)
        if image and not block.text:
            made, values = _pictured(anchored, image, values)
            captions.append(made)
            after_image = True
            continue
        if not block.text:
            continue
        read = read_caption(block.text) if block.kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) else None
        whole = any(m.kind == "emphasis" and m.span.of(block.text) == block.text for m in block.marks)
        if after_image and (read or whole):
            above = captions.pop()
            href = next(m.href for m in above.block.marks if m.kind == "image")
            below = credited(anchored)
            picture = Mark(Span(0, len(below.block.text)), "image", href)
            credit = below.block.credit or above.block.credit
            captions.append(
                replace(below, block=replace(below.block, marks=(picture, *below.block.marks), credit=credit))
            )
        elif (read and (read.credit or read.text)) or block.kind is BlockKind.CAPTION:
            captions.append(credited(anchored))
        else:
            body.append(anchored)
        after_image = False
    return captions, body, values


def _pictured(anchored: Anchored, image: Mark, values: list[Value]) -> tuple[Anchored, list[Value]]:
    """Make a caption of an image that stands alone: its title, else its alternative text, without the credit."""
    fence = anchored.fences[image.number].opening
    own = [v for v in values if fence.start <= v.span.start and v.span.stop <= fence.stop]
    if not own:
        block = Block("", BlockKind.CAPTION, "", marks=(Mark(Span(0, 0), "image", image.href),))
        return Anchored(block), values
    told = _without_credit(own[-1])
    read = read_caption(own[-1].block.text)
    picture = Mark(Span(0, len(told.block.text)), "image", image.href)
    block = replace(told.block, kind=BlockKind.CAPTION, marks=(picture,), credit=read.credit if read else "")
    values = [told if value is own[-1] else value for value in values]
    return Anchored(block, fences={0: Fence(told.span, told.span)}), values


def _without_credit(value: Value) -> Value:
    """Narrow a caption that names its photographer to what it says."""
    read = read_caption(value.block.text)
    if read is None or read.text == value.block.text:
        return value
    text = value.block.text
    at = text.find(read.text)
    same = value.span.stop - value.span.start == len(text)  # nothing in it is escaped
    if at < 0 or not same:
        return replace(value, block=replace(value.block, text=read.text), write=_around(value, text, read.text))
    start = value.span.start + at
    block = replace(value.block, text=read.text, kept=())
    return replace(value, block=block, span=Span(start, start + len(read.text)))


def _around(value: Value, whole: str, part: str) -> Callable[[str], str]:
    return lambda text: value.write(whole.replace(part, text, 1) if part else whole)


def label_of(anchored: Anchored) -> Anchored | None:
    """Return the “Photo:” of a caption, where it stands; it is written in the language of the translation."""
    text = anchored.block.text
    read = read_caption(text)
    if read is None or not read.label or not anchored.starts:
        return None
    start = text.rfind(read.label, 0, max(text.rfind(read.credit), 0) or len(text))
    stop = start + len(read.label)
    if start < 0 or anchored.stops[stop - 1] - anchored.starts[start] != len(read.label):
        return None
    block = Block("", BlockKind.META, read.label)
    return Anchored(block, anchored.starts[start:stop], anchored.stops[start:stop])


def joined_credits(captions: list[Anchored]) -> list[Anchored]:
    """Give a credit that stands alone to the caption above it, where that has none."""
    joined: list[Anchored] = []
    for one in captions:
        alone = not one.block.text and one.block.credit and not any(m.kind == "image" for m in one.block.marks)
        if alone and joined and not joined[-1].block.credit:
            above = joined[-1]
            joined[-1] = replace(above, block=replace(above.block, credit=one.block.credit))
        elif one.block.text or one.block.credit or one.block.marks:
            joined.append(one)
    return joined


def credited(anchored: Anchored) -> Anchored:
    """Take the credit out of a caption; marks over the whole, or beyond its new end, are cut."""
    block = anchored.block
    read = read_caption(block.text)
    text, credit = (read.text, read.credit) if read else (block.text, "")
    at = max(block.text.find(text), 0)
    marks = []
    for mark in block.marks:
        start, stop = max(mark.span.start - at, 0), min(mark.span.stop - at, len(text))
        whole = mark.kind == "emphasis" and start == 0 and stop == len(text)
        point = mark.span.start == mark.span.stop and at <= mark.span.start <= at + len(text)
        if mark.kind == "image" or point or (start < stop and not whole):
            marks.append(replace(mark, span=Span(start, max(stop, start))))
    kept = tuple(Span(s.start - at, s.stop - at) for s in block.kept if s.start >= at and s.stop - at <= len(text))
    made = replace(block, kind=BlockKind.CAPTION, text=text, marks=tuple(marks), kept=kept, credit=credit)
    stop = at + len(text)
    return replace(anchored, block=made, starts=anchored.starts[at:stop], stops=anchored.stops[at:stop])
