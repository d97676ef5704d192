"""HTML pages: trafilatura finds the story, its structure and its metadata; lxml finds what it left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
import regex
from lxml import etree

from translate.article.blocks import Article, Block, BlockKind, Line, Mark, Page, numbered
from translate.article.bylines import read_byline, read_caption
from translate.article.inline import Inline
from translate.article.repeats import Repeats
from translate.article.text import clean
from translate.errors import ArticleError
from translate.spans import Span

_MARKS = {"#b": "strong", "#i": "emphasis", "#t": "code"}
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select"))
_AROUND = frozenset(("nav", "aside", "footer"))
_INLINE = frozenset(("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd")) | {
    *("mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr")
}
_DECLARATION = regex.compile(r"\s*<\?xml[^>]*>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", regex.I)
# libxml2 gives up on trees deeper than 255; what lies deeper is nested by mistake or malice.
_HINT = "Save the page as HTML with its text in it, or copy the article into a .txt file."


def read_html(text: str, path: Path) -> Page:
    """Read a saved web page.

    Document types are cut off before any parser sees them, so that no entity is ever declared; nothing is fetched.

    Raises:
        ArticleError: the page has no story that can be told from its menus.
    """
    from trafilatura import bare_extraction

    source = _DECLARATION.sub("", text, count=3)
    tree = _tree(source)
    found = (
        None
        if tree is None
        else bare_extraction(
            source,
            include_comments=False,
            include_formatting=True,
            include_images=True,
            include_links=True,
            with_metadata=True,
        )
    )
    if tree is None or found is None or isinstance(found, dict) or found.body is None:
        raise ArticleError("no article is found in the page", path=path, hint=_HINT)
    title = clean(found.title or "")
    captions = _captions(tree)
    known = {caption.text for caption in captions} | {title}
    body = [block for block in _blocks(found.body) if block.text not in known and not _is_byline(block, found.author)]
    for block in list(body):
        read = read_caption(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if read and read.credit:
            body.remove(block)
            if read.text and read.text not in known:
                captions.append(replace(block, kind=BlockKind.CAPTION, text=read.text, credit=read.credit, marks=()))
    article = Article(
        title,
        clean((found.author or "").replace("; ", ", ")),
        found.date or "",
        clean(next(iter(found.categories or []), "")),
        tuple(replace(caption, id=f"c{n}") for n, caption in enumerate(captions, 1)),
        numbered(body),
        path,
    )
    return Page(article, tuple(_chrome(tree, article)))


def _tree(source: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return tree


def _is_byline(block: Block, author: str | None) -> bool:
    by = read_byline(block.text)
    return by is not None and (not by.who or not author or by.who in author or author in by.who)


def _blocks(body: etree._Element) -> Iterator[Block]:
    for element in body:
        match element.tag:
            case "head":
                level = element.get("rend", "h2")[1:]
                yield from _one(element, BlockKind.HEADING, level=int(level) if level.isdecimal() else 2)
            case "list":
                yield from _items(element, 1)
            case "quote" | "table" | "row" | "div" | "cell" if len(element) and any(e.tag in _NESTED for e in element):
                kind = BlockKind.QUOTE if element.tag == "quote" else None
                for block in _blocks(element):
                    yield replace(block, kind=kind) if kind and block.kind is BlockKind.PARAGRAPH else block
            case "quote":
                yield from _one(element, BlockKind.QUOTE, level=1)
            case "code":
                code = "".join(map(str, element.itertext())).strip("\n")
                yield Block("", BlockKind.CODE, code, marks=(Mark(Span(0, len(code)), "code"),))
            case "graphic" | "comments":
                continue
            case _:
                yield from _one(element, BlockKind.PARAGRAPH)


_NESTED = frozenset(("p", "list", "quote", "head", "table", "row", "cell", "code"))


def _one(element: etree._Element, kind: BlockKind, level: int = 0, ordinal: int = 0) -> Iterator[Block]:
    inline = Inline()
    _gather(element, inline)
    block = inline.block(kind, level=level, ordinal=ordinal)
    if block.text:
        yield block


def _items(element: etree._Element, depth: int) -> Iterator[Block]:
    numbers = element.get("rend") == "ol"
    for n, item in enumerate(element.iterchildren("item"), 1):
        yield from _one(item, BlockKind.LIST_ITEM, level=depth, ordinal=n if numbers else 0)
        for inner in item.iterchildren("list"):
            yield from _items(inner, depth + 1)


def _gather(element: etree._Element, inline: Inline) -> None:
    """Add the text of an element and of the markup inside it; lists in a list item come as blocks of their own."""
    inline.add(element.text or "")
    for child in element:
        if child.tag == "list":
            continue
        if child.tag == "lb":
            inline.add(" ")
        elif child.tag != "graphic":
            kind = {"ref": "link", "code": "code", "del": "deleted"}.get(str(child.tag), "")
            kind = kind or _MARKS.get(child.get("rend", "").split(" ")[0], "")
            if kind:
                inline.open(kind, child.get("target", ""))
            if child.tag in ("p", "item"):
                inline.add(" ")
            _gather(child, inline)
            if kind:
                inline.close()
        inline.add(child.tail or "")


def _captions(tree: lxml.html.HtmlElement) -> list[Block]:
    """Return the figures' captions, which trafilatura leaves out, but for those in side bars and menus."""
    found = []
    for element in tree.iter("figcaption"):
        if any(above.tag in _AROUND for above in element.iterancestors()):
            continue
        text = clean(" ".join(map(str, element.itertext())))
        read = read_caption(text)
        inline = Inline()
        inline.add(read.text if read else text)
        if inline.text:
            found.append(inline.block(BlockKind.CAPTION, credit=read.credit if read else ""))
    return found


def _chrome(tree: lxml.html.HtmlElement, article: Article) -> Iterator[Line]:
    """Yield the text nodes of the page that are no part of the story, with the line of the element they stand in."""
    told = _Told(article)
    unseen: lxml.html.HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            if unseen is None and element.tag in _UNSEEN:
                unseen = element
            raw, around = element.text, element
        else:
            if unseen is element:
                unseen = None
            raw, around = element.tail, element.getparent()
        text = clean(raw or "")
        if text and unseen is None and around is not None and not told.holds(text, around):
            yield Line(around.sourceline or 1, text)


class _Told:
    """What the article tells already."""

    def __init__(self, article: Article) -> None:
        # The section is left out: its name is a menu entry as well.
        blocks = [b for b in (*article.translatable(), *article.blocks) if b.kind is not BlockKind.SECTION]
        self._texts = {clean(block.text) for block in blocks} | {article.byline, *(b.credit for b in blocks)}
        self._repeats = Repeats(f"… {clean(block.text)} …" for block in blocks)
        self._around: dict[lxml.html.HtmlElement, bool] = {}

    def holds(self, text: str, element: lxml.html.HtmlElement) -> bool:
        """Tell that a text node belongs to the story: by itself, or because the paragraph around it does."""
        if self._has(text) or read_byline(text):
            return True
        while element.tag in _INLINE and element.getparent() is not None:
            element = element.getparent()
        if element.tag in ("body", "html", "main", "article", "section", "div"):
            return False
        if element not in self._around:
            self._around[element] = element.tag == "figcaption" or self._has(clean(str(element.text_content())))
        return self._around[element]

    def _has(self, text: str) -> bool:
        return text in self._texts or self._repeats.inside(text)
