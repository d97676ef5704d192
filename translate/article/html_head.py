"""What a page declares of itself: its title, its description, the day it was published, its language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from translate.article.blocks import BlockKind
from translate.article.bylines import find_date
from translate.article.html_jsonld import is_linked_data, read_linked_data
from translate.article.html_tokens import Attribute, Tag, attributes, scan
from translate.article.html_values import attribute_value, escape
from translate.article.inline import Inline
from translate.article.splicing import Value
from translate.spans import Span

# In this order: what a program wrote for programs first. A day of change is no day of publication.
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.created", "dc.date.created", "parsely-pub-date", "sailthru.date",
    "publishdate", "publish-date", "publish_date", "publication_date", "pubdate", "cxenseparse:recs:publishtime",
    "citation_publication_date", "article.published", "published_time", "date",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_DESCRIPTIONS = (
    "description", "og:description", "twitter:description", "dc.description", "dcterms.description",
    "og:image:alt", "twitter:image:alt", "sailthru.description",
)  # fmt: skip
_WORDS = ("keywords", "news_keywords", "article:section", "article:tag")
# Deeper than that no publisher nests what it declares.
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Head:
    """What a page's head says.

    Args:
        title: as declared, "" where it is not.
        whole_title: of the window, with the site's name.
        date: ISO 8601, declared as the day of publication.
        section: of the site.
        values: the texts of the head, where they stand.
        window: the title of the window, where it stands.
        left: texts that stay as they are: the story a second time, in JSON-LD.
    """

    title: str = ""
    whole_title: str = ""
    date: str = ""
    section: str = ""
    values: tuple[Value, ...] = ()
    window: Value | None = None
    left: tuple[str, ...] = ()

    def titled(self, title: str) -> Iterator[Value]:
        """Yield the values to translate; of the window's title only the part that is the headline, if it holds one."""
        if self.window is not None:
            at = self.whole_title.find(title) if title else -1
            same = self.window.span.stop - self.window.span.start == len(self.whole_title)
            if at >= 0 and same:
                start = self.window.span.start + at
                block = replace(self.window.block, text=title)
                yield replace(self.window, block=block, span=Span(start, start + len(title)))
            else:
                yield self.window
        yield from self.values


def read_head(source: str) -> Head:
    """Read what a page declares in its `<meta>`, `<title>`, JSON-LD and `itemprop`."""
    declared: dict[str, str] = {}
    values: list[Value] = []
    left: list[str] = []
    window: Value | None = None
    published = ""
    for tag in scan(source):
        if tag.kind == "raw" and tag.name == "title" and window is None:
            window = _text_value(source, tag)
        elif is_linked_data(source, tag):
            data = read_linked_data(source, tag.span)
            values += data.values
            left += data.left
            published = published or _published(source[tag.span.start : tag.span.stop])
        elif tag.kind == "open" and tag.name in ("meta", "time"):
            found = attributes(source, tag.span)
            for name, value in _declared(tag, found):
                declared.setdefault(name, value.value)
                if (
                    tag.name == "meta"
                    and name in (*_TITLES, *_DESCRIPTIONS, *_WORDS)
                    and value.quote
                    and value.value.strip()
                ):
                    values.append(attribute_value(value))
    title = next((declared[name] for name in _TITLES if declared.get(name)), "")
    date = published or next((day for name in _DATES if (day := find_date(declared.get(name, "")))), "")
    whole = window.block.text if window else ""
    return Head(_clean(title), whole, date, "", tuple(values), window, tuple(left))


def _clean(text: str) -> str:
    inline = Inline()
    inline.add(text)
    return inline.text


def _declared(tag: Tag, found: dict[str, Attribute]) -> Iterator[tuple[str, Attribute]]:
    value = found.get("content") or found.get("datetime")
    if value is None:
        return
    if tag.name == "time" and "pubdate" in found:
        yield "datepublished", value
    for key in ("property", "name", "itemprop"):
        if key in found and (tag.name == "meta" or key == "itemprop"):
            for name in found[key].value.lower().split():
                yield name, value


def _text_value(source: str, tag: Tag) -> Value:
    import html

    inline = Inline()
    inline.add(html.unescape(source[tag.span.start : tag.span.stop]))
    return Value(inline.block(BlockKind.META), tag.span, escape)


def _published(script: str) -> str:
    """Find the day of publication in JSON-LD."""
    try:
        return next((day for value in _inside(json.loads(script), 0) if (day := find_date(value))), "")
    except (ValueError, RecursionError):
        return ""


def _inside(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value[:50]:
            yield from _inside(item, depth + 1)
    elif isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        for item in value.values():
            yield from _inside(item, depth + 1)
