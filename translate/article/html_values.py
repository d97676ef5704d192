"""Texts of a page that no running text holds: alternative texts, labels for screen readers, and what a drawing says."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

import regex

from translate.article.blocks import BlockKind
from translate.article.html_tokens import Attribute, Tag, attributes, scan
from translate.article.inline import Inline
from translate.article.splicing import Value
from translate.spans import Span

_KEYS = ("alt", "title", "aria-label", "aria-description", "summary")
# What a browser shows no reader, or whose words are no sentences.
_SILENT = frozenset(("script", "style", "mi", "mn", "mo", "ms", "annotation", "annotation-xml"))
_NAMES_OF_DRAWINGS = frozenset(("title", "desc"))
_DEPTH = 40
_WORD = regex.compile(r"\p{L}{2,}")


def attribute_value(attribute: Attribute, offset: int = 0) -> Value:
    """Return the text of an attribute as a value to translate in place."""
    inline = Inline()
    inline.add(attribute.value)
    span = Span(attribute.span.start + offset, attribute.span.stop + offset)
    return Value(inline.block(BlockKind.META), span, _in_quotes(attribute.quote))


def tag_values(source: str, tag: Span, offset: int = 0) -> Iterator[Value]:
    """Yield what a tag says in its attributes: `alt`, `title`, `aria-label`; an unquoted one stays as it is."""
    found = attributes(source, tag)
    for key in _KEYS:
        if key in found and found[key].quote and found[key].value.strip():
            yield attribute_value(found[key], offset)


def values_within(source: str, element: Tag, offset: int = 0) -> Iterator[Value]:
    """Yield the values of an element that is kept whole: the image of a `<picture>`, the title of a drawing."""
    if element.name in ("template", "select", "datalist"):
        return
    for tag, within in _inside(source, element.span):
        if tag.kind == "open":
            yield from tag_values(source, tag.span, offset)
        elif tag.kind in ("text", "raw") and element.name == "svg" and within in _NAMES_OF_DRAWINGS:
            inline = Inline()
            inline.add(html.unescape(source[tag.span.start : tag.span.stop]))
            if inline.text:
                yield Value(inline.block(BlockKind.META), Span(tag.span.start + offset, tag.span.stop + offset), escape)


def words_within(source: str, element: Tag) -> str:
    """Return the words of an element that is kept whole, which stay in their language; "" where it has none."""
    pieces: list[str] = []
    silent = _SILENT | _NAMES_OF_DRAWINGS if element.name == "svg" else _SILENT
    for tag, within in _inside(source, element.span):
        if tag.kind in ("text", "raw") and within not in silent:
            pieces.append(html.unescape(source[tag.span.start : tag.span.stop]))
    text = " ".join(" ".join(pieces).split())
    return text if _WORD.search(text) else ""


def _inside(source: str, span: Span) -> Iterator[tuple[Tag, str]]:
    """Yield the tags of an element and of each the name of the innermost element that it stands in."""
    open_names: list[str] = []
    for found in scan(source[span.start : span.stop]):
        tag = Tag(found.kind, found.name, Span(found.span.start + span.start, found.span.stop + span.start))
        yield tag, open_names[-1] if open_names else ""
        if tag.kind == "open" and len(open_names) < _DEPTH:
            open_names.append(tag.name)
        elif tag.kind == "close" and tag.name in open_names:
            while open_names.pop() != tag.name:
                pass


def _in_quotes(quote: str) -> Callable[[str], str]:
    def write(text: str) -> str:
        escaped = escape(text)
        return escaped.replace("'", "&#39;") if quote == "'" else escaped.replace('"', "&quot;")

    return write


def escape(text: str) -> str:
    """Write a text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
