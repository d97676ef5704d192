"""The words of an HTML page that belong to the site and not to the story: menus, buttons, labels, footers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html

from translate.article import read_page
from translate.catalog.extract.found import Rules
from translate.errors import ArticleError
from translate.files import read_text

_INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span"} | {
    *("strong", "sub", "sup", "time", "u", "var", "wbr")
}
_SILENT = {"script", "style", "noscript", "template", "svg", "code", "pre", "iframe", "object"}
# Letters that a page must have in running text for a story; the welcome on a front page is the site's own word.
_STORY = 400
_BUTTONS = {"submit", "button", "reset"}


@dataclass(frozen=True, slots=True)
class PageText:
    """A text of a page and the line its element starts in."""

    text: str
    line: int


def page_texts(path: Path, rules: Rules | None = None) -> list[PageText]:
    """Read what a reader sees around the story, inline markup kept within a text.

    Args:
        path: the page.
        rules: which attributes and <meta> are texts, and which elements are left out.

    Raises:
        ArticleError: the file cannot be decoded.
    """
    source = read_text(path)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    if not source.strip():
        return []
    try:
        tree = lxml.html.document_fromstring(source.encode(), parser=parser)
    except lxml.etree.ParserError:  # nothing but comments, or a mark of the byte order
        return []
    story = _story(path)
    return [text for text in _Walk(rules or Rules()).texts(tree) if text.text and _plain(text.text) not in story]


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


class _Walk:
    """A page's elements in order, by a site's rules."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def texts(self, element: lxml.html.HtmlElement) -> Iterator[PageText]:
        """Yield the texts of an element and all within it."""
        if not isinstance(element.tag, str) or element.tag in _SILENT or self._skipped(element):
            return
        yield from self._attributes(element)
        children = [child for child in element if isinstance(child.tag, str)]
        if all(_is_inline(child) for child in children) and not any(
            self._skipped(c) for c in element.iterdescendants()
        ):
            yield PageText(_inner(element), element.sourceline or 1)
            for child in element.iterdescendants():
                yield from self._attributes(child)
            return
        for text in [element.text, *(child.tail for child in element)]:
            if text and text.strip():
                yield PageText(" ".join(text.split()), element.sourceline or 1)
        for child in children:
            yield from self.texts(child)

    def _attributes(self, element: lxml.html.HtmlElement) -> Iterator[PageText]:
        if not isinstance(element.tag, str):
            return
        names = list(self.rules.attributes)
        if element.tag == "input" and (element.get("type") or "").lower() in _BUTTONS:
            names.append("value")
        if element.tag == "meta" and {element.get("name"), element.get("property")} & set(self.rules.meta):
            names.append("content")
        if element.tag in ("optgroup", "option", "track"):
            names.append("label")
        for name in names:
            value = " ".join((element.get(name) or "").split())
            if value:
                yield PageText(value, element.sourceline or 1)

    def _skipped(self, element: lxml.html.HtmlElement) -> bool:
        if element.get("translate") == "no" or "notranslate" in (element.get("class") or "").split():
            return True
        return any(_is(element, rule) for rule in self.rules.skip)


def _is(element: lxml.html.HtmlElement, rule: str) -> bool:
    """Tell whether a rule means an element: "nav", ".ads", "#print", "[data-raw]"."""
    if rule[:1] == ".":
        return bool(rule[1:] in (element.get("class") or "").split())
    if rule[:1] == "#":
        return bool(element.get("id") == rule[1:])
    if rule[:1] == "[":
        return bool(element.get(rule.strip("[]")) is not None)
    return bool(element.tag == rule.lower())


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
