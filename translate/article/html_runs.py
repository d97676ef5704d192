"""The tags and the text of one run of HTML: letters with their places, marks over them, values in attributes."""

from __future__ import annotations

import html
from collections import Counter

import regex

from translate.article.html_tokens import ENTITY, Attribute, Tag, attributes
from translate.article.html_values import tag_values, values_within
from translate.article.inline import Inline
from translate.article.splicing import Value
from translate.article.templates import covered
from translate.spans import Span

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr", "picture", "svg", "math",
))  # fmt: skip
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_MARKS = {
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "cite": "emphasis", "s": "deleted",
    "del": "deleted", "strike": "deleted", "a": "link", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "var": "code",
}  # fmt: skip
_NOTE = regex.compile(r"\s*(?:<[^>]*>\s*)*[\[(]?(?:\d{1,3}|[a-z]|[*†‡]+)[\])]?(?:\s*<[^>]*>)*\s*")


class RunReader:
    """Reads the tags and the text of one run."""

    def __init__(self, source: str, hidden: str, offset: int, follow: bool, *, language: str, foreign: bool) -> None:
        self._source = source
        self._hidden = hidden
        self._offset = offset
        self._language = language
        self._last = 0
        self._links = 0
        self._kept = int(foreign)
        self.inline = Inline(follow=follow)
        self.values: list[Value] = []
        self.linked = 0
        self.when = ""

    def read(self, tags: list[Tag]) -> None:
        """Read the tags, in order; what they hold goes into `inline` and `values`."""
        pairs = _pairs(tags)
        self._last = tags[0].span.start
        skip = -1
        for n, tag in enumerate(tags):
            if n <= skip:
                continue
            here = self._moved(tag.span)
            if tag.kind in ("text", "raw"):
                self._words(tag.span)
            elif tag.name == "br":
                self.inline.line_break(Span(self._last + self._offset, here.stop))
            elif tag.name in ("img", "wbr") or tag.kind in ("whole", "other") or n not in pairs:
                if tag.name == "img" or (tag.kind == "open" and n not in pairs):
                    self._attributes(tag)
                elif tag.kind == "whole":
                    self.values += values_within(self._source, tag, self._offset)
                self.inline.point("image" if tag.name == "img" else "tag", here)
            elif tag.kind == "open":
                closing = pairs[n]
                inside = Span(tag.span.start, tags[closing].span.stop)
                if tag.name == "sup" and _NOTE.fullmatch(self._source, tag.span.stop, tags[closing].span.start):
                    self.inline.point("note", self._moved(inside))
                    skip = closing
                else:
                    self._begin(tag, here)
            else:
                self._end(tag, here, tags[pairs[n]])
            self._last = tags[max(n, skip)].span.stop

    def _begin(self, tag: Tag, here: Span) -> None:
        found = attributes(self._source, tag.span)
        self._attributes(tag)
        kind = _MARKS.get(tag.name, "tag")
        if tag.name == "a":
            self._links += 1
        if self._is_kept(found):
            self._kept += 1
        if tag.name == "time" and "datetime" in found:
            self.when = self.when or found["datetime"].value
        self.inline.open(kind, found["href"].value if "href" in found else "", here)

    def _end(self, tag: Tag, here: Span, opening: Tag) -> None:
        if tag.name == "a":
            self._links -= 1
        if self._kept and self._is_kept(attributes(self._source, opening.span)):
            self._kept -= 1
        self.inline.close(here)

    def _is_kept(self, found: dict[str, Attribute]) -> bool:
        """Tell words that stay as they are: marked so, or of a third language."""
        no = "translate" in found and found["translate"].value.lower() == "no"
        foreign = language_of(found) not in ("", "en", self._language)
        return no or foreign or ("class" in found and "notranslate" in found["class"].value.split())

    def _attributes(self, tag: Tag) -> None:
        self.values += tag_values(self._source, tag.span, self._offset)

    def _words(self, span: Span) -> None:
        at = 0
        hidden = self._hidden[span.start : span.stop]
        for piece in covered(hidden):
            self._plain(span.start + at, span.start + piece.span.start)
            here = Span(span.start + piece.span.start, span.start + piece.span.stop)
            if piece.is_word:
                self.inline.add(self._source[here.start : here.stop], self._moved(here), kept=True)
            else:
                self.inline.point("tag", self._moved(here))
            at = piece.span.stop
        self._plain(span.start + at, span.stop)

    def _plain(self, start: int, stop: int) -> None:
        at = start
        for match in ENTITY.finditer(self._source, start, stop):
            self._add(self._source[at : match.start()], Span(at, match.start()))
            self._add(html.unescape(match[0]), Span(match.start(), match.end()))
            at = match.end()
        self._add(self._source[at:stop], Span(at, stop))

    def _add(self, text: str, span: Span) -> None:
        self.linked += len(text) if self._links else 0
        self.inline.add(text, self._moved(span), kept=self._kept > 0)

    def _moved(self, span: Span) -> Span:
        return Span(span.start + self._offset, span.stop + self._offset)


def language_of(found: dict[str, Attribute]) -> str:
    """Return the language that a tag names, without its country; "" for none."""
    value = next((found[key].value for key in ("lang", "xml:lang") if key in found), "")
    return value.strip().lower().replace("_", "-").partition("-")[0]


def _pairs(tags: list[Tag]) -> dict[int, int]:
    """Match the inline tags of a run: the index of each that has a partner in it, and the partner's.

    Tags that cross are no pair: what stands between them stays where it is as a tag between letters.
    """
    found: dict[int, int] = {}
    stack: list[int] = []
    open_names: Counter[str] = Counter()
    for n, tag in enumerate(tags):
        if tag.kind == "open" and tag.name not in VOID and tag.name in INLINE:
            stack.append(n)
            open_names[tag.name] += 1
        elif tag.kind == "close" and open_names[tag.name]:
            while stack:
                opened = stack.pop()
                open_names[tags[opened].name] -= 1
                if tags[opened].name == tag.name:
                    found[opened], found[n] = n, opened
                    break
    return found
