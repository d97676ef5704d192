"""HTML cut into tags and text, each with its place: in one pass, in linear time, whatever the page.

A tree-building parser mends the page and forgets where things stood. Where text ends and tags begin needs no tree.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from translate.spans import Span

RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"))
"""Elements whose content is no HTML: it ends at their own closing tag and nowhere else."""

_SUBSET = regex.compile(r"<!DOCTYPE[^>\[]*\[[^\]]*\]", regex.I)
_NAME = regex.compile(r"[A-Za-z][^\s/>\x00]*")
_STOP = regex.compile(r"[>\"']")
_ATTRIBUTE = regex.compile(
    r"""(?P<name>[^\s"'>/=\x00]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)
ENTITY = regex.compile(r"&(?:#\d{1,8}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag or a stretch of text.

    Args:
        kind: "open", "close", "text", "raw" (the content of one of `RAW`) or "other" (comments, declarations).
        name: of the element, in lower case; of the element that a "raw" stands in.
        span: where it stands.
    """

    kind: str
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute's value as it reads, and where it stands between its quotation marks; None if it has none."""

    value: str
    span: Span
    quote: str


def scan(source: str) -> Iterator[Tag]:
    """Yield every tag and every stretch of text; together they are the source."""
    reader = _Scanner(source)
    return reader.tags()


def attributes(source: str, tag: Span) -> dict[str, Attribute]:
    """Read the attributes of an opening tag; of two of one name the first counts, as in a browser."""
    found: dict[str, Attribute] = {}
    inside = _NAME.match(source, tag.start + 1)
    for match in _ATTRIBUTE.finditer(source, inside.end() if inside else tag.start + 1, max(tag.stop - 1, tag.start)):
        group = next((name for name in ("double", "single", "bare") if match[name] is not None), "")
        span = Span(match.start(group), match.end(group)) if group else Span(match.end(), match.end())
        quote = {"double": '"', "single": "'"}.get(group, "")
        found.setdefault(match["name"].lower(), Attribute(html.unescape(match[group] if group else ""), span, quote))
    return found


class _Scanner:
    def __init__(self, source: str) -> None:
        self._source = source
        self._missing: set[str] = set()

    def tags(self) -> Iterator[Tag]:
        source, at = self._source, 0
        while at < len(source):
            begin = source.find("<", at)
            if begin < 0:
                begin = len(source)
            stop, kind, name = self._markup(begin)
            while kind == "text" and stop < len(source):  # a “<” that opens nothing is a letter
                following = source.find("<", stop)
                begin = following if following >= 0 else len(source)
                stop, kind, name = self._markup(begin)
            if begin > at:
                yield Tag("text", "", Span(at, begin))
            if kind == "text":
                return
            yield Tag(kind, name, Span(begin, stop))
            at = stop
            if kind == "open" and name in RAW and source[stop - 2] != "/":
                end = self._end_of_raw(name, stop)
                if end > stop:
                    yield Tag("raw", name, Span(stop, end))
                at = end

    def _markup(self, at: int) -> tuple[int, str, str]:
        """Return where the markup at a “<” ends, its kind and its name; “text” and the next offset if it is none."""
        source = self._source
        if at >= len(source):
            return at, "text", ""
        if source.startswith("<!--", at):
            end = self._find("-->", at + 4)
            return (end + 3 if end >= 0 else len(source)), "other", ""
        if source[at + 1 : at + 2] in ("!", "?"):
            subset = _SUBSET.match(source, at)  # <!DOCTYPE x [ <!ENTITY a "…"> ]>
            end = self._find(">", subset.end() if subset else at)
            return (end + 1 if end >= 0 else len(source)), "other", ""
        closing = source.startswith("/", at + 1)
        match = _NAME.match(source, at + 1 + closing)
        end = self._end_of_tag(match.end()) if match else -1
        if match is None or end < 0:
            return min(at + 1, len(source)), "text", ""
        return end, "close" if closing else "open", match[0].lower()

    def _find(self, what: str, at: int) -> int:
        """Find from a place on; what is missing once is missing for good, or a page could cost its square."""
        if what in self._missing:
            return -1
        found = self._source.find(what, at)
        if found < 0:
            self._missing.add(what)
        return found

    def _end_of_tag(self, at: int) -> int:
        """Return the offset behind a tag's “>”, which may stand within quotation marks too."""
        if self._find(">", at) < 0:
            return -1
        while match := _STOP.search(self._source, at):
            if match[0] == ">":
                return match.end()
            at = match.end()
            if self._source[match.start() - 1] == "=" or self._source[match.start() - 1].isspace():
                closing = self._find(match[0], at)
                at = closing + 1 if closing >= 0 else at
        return -1

    def _end_of_raw(self, name: str, at: int) -> int:
        if name in self._missing:
            return len(self._source)
        match = regex.compile(rf"</{name}(?=[\s/>])", regex.I).search(self._source, at)
        if match is None:
            self._missing.add(name)
            return len(self._source)
        return match.start()
