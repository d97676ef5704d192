"""The words of an HTML page that belong to the site and not to the story: menus, buttons, labels, footers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html

from translate.article import read_page
from translate.errors import ArticleError
from translate.files import read_text

_INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span"} | {
    *("strong", "sub", "sup", "time", "u", "var", "wbr")
}
_SILENT = {"script", "style", "noscript", "template", "svg", "code", "pre", "iframe", "object"}
# Attributes that a reader sees or hears.
_SPOKEN = ("title", "alt", "placeholder", "aria-label")
# Letters that a page must have in running text for a story; the welcome on a front page is the site's own word.
_STORY = 400
_BUTTONS = {"submit", "button", "reset"}


@dataclass(frozen=True, slots=True)
class PageText:
    """A text of a page and the line its element starts in."""

    text: str
    line: int


def page_texts(path: Path) -> list[PageText]:
    """Read what a reader sees around the story, inline markup kept within a text.

    Raises:
        ArticleError: the file cannot be decoded.
    """
    source = read_text(path)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    if not source.strip():
        return []
    tree = lxml.html.document_fromstring(source.encode(), parser=parser)
    story = _story(path)
    return [text for text in _walk(tree) if text.text and _plain(text.text) not in story]


def _story(path: Path) -> set[str]:
    try:
        article = read_page(path).article
    except ArticleError:
        return set()  # a page without a story: an index, a form
    if sum(len(block.text) for block in article.blocks) < _STORY:
        return set()
    return {_plain(block.text) for block in article.translatable()} | {_plain(article.byline)}


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]+>", "", text)).split()).casefold()


def _walk(element: lxml.html.HtmlElement) -> Iterator[PageText]:
    if not isinstance(element.tag, str) or element.tag in _SILENT or element.get("translate") == "no":
        return
    for name in _SPOKEN:
        if element.get(name):
            yield PageText(" ".join(element.get(name, "").split()), element.sourceline or 1)
    if element.tag == "input" and (element.get("type") or "").lower() in _BUTTONS and element.get("value"):
        yield PageText(" ".join(element.get("value", "").split()), element.sourceline or 1)
    children = [child for child in element if isinstance(child.tag, str)]
    if all(_is_inline(child) for child in children):
        yield PageText(_inner(element), element.sourceline or 1)
        for child in element.iterdescendants():
            yield from (t for t in _attributes(child))
        return
    for text in [element.text, *(child.tail for child in element)]:
        if text and text.strip():
            yield PageText(" ".join(text.split()), element.sourceline or 1)
    for child in children:
        yield from _walk(child)


def _attributes(element: lxml.html.HtmlElement) -> Iterator[PageText]:
    for name in _SPOKEN:
        if isinstance(element.tag, str) and element.get(name):
            yield PageText(" ".join(element.get(name, "").split()), element.sourceline or 1)


def _is_inline(element: lxml.html.HtmlElement) -> bool:
    return element.tag in _INLINE and all(_is_inline(child) for child in element if isinstance(child.tag, str))


def _inner(element: lxml.html.HtmlElement) -> str:
    """Return the text of an element, of its markup only what stands between words: <li><a>About</a></li> is “About”."""
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
    if not len(element):
        return " ".join((element.text or "").split())
    parts = [html.escape(element.text or "", quote=False)]
    parts += [lxml.html.tostring(child, encoding="unicode", with_tail=True) for child in element]
    return " ".join("".join(parts).split())
