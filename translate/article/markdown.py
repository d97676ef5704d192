"""Markdown, parsed by markdown-it: links, emphasis and code become marks, front matter stays as it stood."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from translate.article.blocks import Article, Block, BlockKind, Mark, Page, numbered
from translate.article.bylines import find_date, read_byline, read_caption
from translate.article.inline import Inline
from translate.article.plain import written_date
from translate.spans import Span

_FRONT_MATTER = regex.compile(r"---[ \t]*\n(?P<lines>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", regex.S)
_FIELD = regex.compile(r"^(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>[^\n]*)$", regex.M)
_TAG = regex.compile(r"<(?:!--.*?--|[^>]*)>", regex.S)
_MARKS = {"strong_open": "strong", "em_open": "emphasis", "s_open": "deleted", "link_open": "link"}


@dataclass(slots=True)
class _Place:
    """Where the parser stands: inside which lists and quotes."""

    ordinals: list[int] = field(default_factory=list)
    quotes: int = 0
    heading: int = 0
    item_begins: bool = False


def read_markdown(text: str, path: Path) -> Page:
    """Read a Markdown file.

    The headline is the first-level heading the text opens with, else the front matter's `title`; author, date and
    section come from the lines under the headline, else from the front matter (`author`, `date`, `section` or
    `category`). An image is a caption: its title, else its alternative text, or the emphasised line below it.
    Tables are read cell by cell, raw HTML loses its tags.
    """
    front, body = _front_matter(text)
    fields = {m["key"].lower(): m["value"].strip().strip("\"'") for m in _FIELD.finditer(front)}
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = list(_blocks(parser.parse(body)))
    title = ""
    if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        title = blocks.pop(0).text
    who = when = ""
    for block in list(blocks[:4] if title or "title" in fields else []):
        by = read_byline(block.text, under_a_headline=True) if block.kind is BlockKind.PARAGRAPH else None
        if by and not (who and by.who) and not (when and by.when):
            who, when = who or by.who, when or by.when
            blocks.remove(block)
    captions, rest = _captions(blocks)
    article = Article(
        title or fields.get("title", ""),
        who or fields.get("author", ""),
        when or find_date(fields.get("date", "")),
        fields.get("section", "") or fields.get("category", ""),
        tuple(replace(caption, id=f"c{n}") for n, caption in enumerate(captions, 1)),
        numbered(rest),
        path,
        front_matter=front,
    )
    return Page(article)


def write_markdown(article: Article) -> str:
    """Return the article alone as Markdown: front matter as it stood but for its title, head, captions, body.

    What `read_markdown` reads comes out with the same blocks, marks and words; the author's own line breaks, table
    rules and escapes do not.
    """
    front = article.front_matter
    if article.title and "title" in {m["key"].lower() for m in _FIELD.finditer(front)}:
        front = regex.sub(r"(?im)^(title[ \t]*:).*$", lambda m: f"{m[1]} {_quoted(article.title)}", front, count=1)
    who = article.byline if article.byline not in front else ""
    when = written_date(article.date, article.language) if article.date not in front else ""
    signed = ", ".join(part for part in (who, when) if part)
    parts = [front.rstrip("\n")]
    parts += [f"# {_escaped(article.title)}"] if article.title else []
    parts += [f"*{_escaped(signed)}*"] if signed else []
    parts += [_image(caption) for caption in article.captions]
    text = "\n\n".join(part for part in parts if part)
    before: Block | None = None
    for block in article.blocks:
        # A number other than 1 right below a bullet would be read as more of the bullet's text.
        close = (
            before and before.kind is block.kind is BlockKind.LIST_ITEM and bool(before.ordinal) == bool(block.ordinal)
        )
        text += ("\n" if close else "\n\n" if text else "") + _laid_out(block)
        before = block
    return text + "\n"


def inline_markdown(text: str, marks: Iterable[Mark]) -> str:
    """Return a text with its marks as Markdown; a link over nothing becomes an arrow after the text.

    Of marks that overlap without one lying in the other, the one that begins first is kept whole.
    """
    out: list[str] = []
    stack: list[Mark] = []
    at = 0

    def close(until: int) -> None:
        nonlocal at
        while stack and stack[-1].span.stop <= until:
            mark = stack.pop()
            out.append(_raw(text[at : mark.span.stop], [*stack, mark]))
            at = mark.span.stop
            out.append(_fences(mark, text)[1])

    for mark in sorted(marks, key=lambda m: (m.span.start, -m.span.stop)):
        if mark.span.start == mark.span.stop or mark.kind not in ("link", "code", *_FENCES):
            continue
        close(mark.span.start)
        if stack and mark.span.stop > stack[-1].span.stop:
            continue
        out.append(_raw(text[at : mark.span.start], stack))
        at = mark.span.start
        out.append(_fences(mark, text)[0])
        stack.append(mark)
    close(len(text))
    out.append(_raw(text[at:], ()))
    out += [f" [↗]({_address(m.href)})" for m in marks if m.kind == "link" and m.span.start == m.span.stop]
    return "".join(out)


_FENCES = {"strong": "**", "emphasis": "*", "deleted": "~~"}


def _fences(mark: Mark, text: str) -> tuple[str, str]:
    if mark.kind == "link":
        return "[", f"]({_address(mark.href)})"
    if mark.kind != "code":
        return _FENCES[mark.kind], _FENCES[mark.kind]
    code = mark.span.of(text)
    ticks = "`" * (1 + max((len(run) for run in regex.findall("`+", code)), default=0))
    blank = " " if code.startswith("`") or code.endswith("`") else ""
    return ticks + blank, blank + ticks


def _raw(text: str, marks: Iterable[Mark]) -> str:
    return text if any(mark.kind == "code" for mark in marks) else _escaped(text)


def _address(href: str) -> str:
    return f"<{href}>" if regex.search(r"[\s()<>]", href) else href


def _escaped(text: str) -> str:
    """Escape what Markdown would take for markup: *, _ at a word's edge, brackets, backticks, a leading # or 1."""
    text = regex.sub(r"[\\`*\[\]<~]|(?<!\w)_|_(?!\w)|&(?=[#\w]+;)", r"\\\g<0>", text)
    return regex.sub(r"^([#>+-]+|\d+(?=[.)]))", lambda m: f"{m[1]}\\" if m[1][0].isdecimal() else f"\\{m[1]}", text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _image(caption: Block) -> str:
    text = caption.text + (f" (Photo: {caption.credit})" if caption.credit else "")
    href = next((m.href for m in caption.marks if m.kind == "image"), "")
    if not href:
        return f"*{_escaped(text)}*"
    return f"![{_escaped(text)}]({_address(href)})"


def _laid_out(block: Block) -> str:
    if block.kind is BlockKind.CODE:
        fence = "`" * max(3, 1 + max((len(run) for run in regex.findall("`+", block.text)), default=0))
        return f"{fence}{next((m.href for m in block.marks), '')}\n{block.text}\n{fence}"
    text = inline_markdown(block.text, block.marks)
    if block.kind is BlockKind.HEADING:
        return "#" * max(block.level, 1) + " " + text
    if block.kind is BlockKind.QUOTE:
        return "> " * max(block.level, 1) + text
    if block.kind is BlockKind.LIST_ITEM:
        return "    " * (block.level - 1) + (f"{block.ordinal}. " if block.ordinal else "- ") + text
    return text


def _front_matter(text: str) -> tuple[str, str]:
    match = _FRONT_MATTER.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


def _blocks(tokens: Iterable[Token]) -> Iterable[Block]:
    place = _Place()
    for token in tokens:
        match token.type:
            case "heading_open":
                place.heading = int(token.tag[1:])
            case "heading_close":
                place.heading = 0
            case "blockquote_open":
                place.quotes += 1
            case "blockquote_close":
                place.quotes -= 1
            case "ordered_list_open":
                place.ordinals.append(int(token.attrGet("start") or 1) - 1)
            case "bullet_list_open":
                place.ordinals.append(-1)
            case "ordered_list_close" | "bullet_list_close":
                place.ordinals.pop()
            case "list_item_open":
                place.item_begins = True
                if place.ordinals[-1] >= 0:
                    place.ordinals[-1] += 1
            case "fence" | "code_block":
                code = token.content.rstrip("\n")
                yield Block("", BlockKind.CODE, code, marks=(Mark(Span(0, len(code)), "code", token.info.strip()),))
            case "html_block" if (bare := _TAG.sub(" ", token.content)).strip():
                inline = Inline()
                inline.add(html.unescape(bare))
                yield inline.block(BlockKind.PARAGRAPH)
            case "inline":
                block = _inline(token.children or [], place)
                if block.text or block.marks:
                    yield block


def _inline(tokens: list[Token], place: _Place) -> Block:
    inline = Inline()
    for token in tokens:
        if token.type in _MARKS:
            inline.open(_MARKS[token.type], str(token.attrGet("href") or ""))
        elif token.type.endswith("_close"):
            inline.close()
        elif token.type == "code_inline":
            inline.open("code")
            inline.add(token.content)
            inline.close()
        elif token.type == "image":
            inline.open("image", str(token.attrGet("src") or ""))
            inline.add(str(token.attrGet("title") or token.content))
            inline.close()
        elif token.type in ("softbreak", "hardbreak", "html_inline"):
            inline.add(" " if token.type != "html_inline" or token.content.startswith("<br") else "")
        else:
            inline.add(token.content)
    if place.heading:
        return inline.block(BlockKind.HEADING, level=place.heading)
    if place.ordinals and place.item_begins:
        place.item_begins = False
        return inline.block(BlockKind.LIST_ITEM, level=len(place.ordinals), ordinal=max(place.ordinals[-1], 0))
    if place.quotes:
        return inline.block(BlockKind.QUOTE, level=place.quotes)
    return inline.block(BlockKind.PARAGRAPH)


def _captions(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Part the captions from the body: images alone in their paragraph, and the emphasised line below one."""
    captions: list[Block] = []
    body: list[Block] = []
    after_image = False
    for block in blocks:
        image = next((m for m in block.marks if m.kind == "image"), None)
        if image and image.span.of(block.text) == block.text:
            captions.append(_credited(block))
            after_image = True
            continue
        read = read_caption(block.text) if block.kind is BlockKind.PARAGRAPH else None
        whole = any(m.kind == "emphasis" and m.span.of(block.text) == block.text for m in block.marks)
        if after_image and (read or whole):
            above = captions.pop()
            href = next(m.href for m in above.marks if m.kind == "image")
            below = _credited(block)
            picture = Mark(Span(0, len(below.text)), "image", href)
            captions.append(replace(below, marks=(picture, *below.marks), credit=below.credit or above.credit))
        elif read and (read.credit or read.text):
            captions.append(_credited(block))
        else:
            body.append(block)
        after_image = False
    return captions, body


def _credited(block: Block) -> Block:
    """Take the credit out of a caption; marks over the whole, or beyond its new end, are cut."""
    read = read_caption(block.text)
    text, credit = (read.text, read.credit) if read else (block.text, "")
    at = block.text.find(text)
    marks = []
    for mark in block.marks:
        start, stop = max(mark.span.start - at, 0), min(mark.span.stop - at, len(text))
        whole = mark.kind == "emphasis" and start == 0 and stop == len(text)
        if mark.kind == "image" or (start < stop and not whole):
            marks.append(replace(mark, span=Span(start, max(stop, start))))
    kept = tuple(Span(s.start - at, s.stop - at) for s in block.kept if s.start >= at and s.stop - at <= len(text))
    return replace(block, kind=BlockKind.CAPTION, text=text, marks=tuple(marks), kept=kept, credit=credit)
