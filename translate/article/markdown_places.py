"""Markdown's blocks, each with where its letters stand in the file."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import regex
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from translate.article.blocks import Block, BlockKind, Mark
from translate.article.inline import Anchored, Inline
from translate.article.markdown_parser import parser
from translate.article.splicing import Value
from translate.article.templates import cover, covered
from translate.spans import Span

_MARKS = {"strong_open": "strong", "em_open": "emphasis", "s_open": "deleted", "link_open": "link"}
_WIDTH = {"strong": 2, "deleted": 2, "emphasis": 1}
_TAG = regex.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*)[^>]*?(?P<alone>/?)>")
_HTML_MARKS = {
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "s": "deleted", "del": "deleted",
    "strike": "deleted", "a": "link",
}  # fmt: skip
_CODE_TAGS = ("code", "kbd", "samp", "tt", "var")
_HREF = regex.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", regex.I)
# [the plan](/plan "The plan of 2020"), ![The dam](dam.jpg 'In March')
_TITLE = regex.compile(r"""\s(?P<title>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))\s*\)$""", regex.S)
# [plan]: /plan "The plan of 2020"
_DEFINITION = regex.compile(
    r"""^[ >]{0,12}(?:[-*+][ ]+)?\[(?P<label>(?:\\.|[^\[\]\\\n]){1,999})\]:[ \t]*\n?[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)"""
    r"""(?:[ \t]+|[ \t]*\n[ \t]*)(?P<title>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\((?:\\.|[^()\\\n])*\))[ \t]*$""",
    regex.M,
)
# [the plan] and [the plan][] name their target by their words
_BY_ITS_WORDS = ("]", "][]")
_ESCAPED = regex.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(slots=True)
class MarkdownPlaces:
    """What stands in a Markdown text: its blocks in reading order, the values beside them, and words that stay."""

    blocks: list[Anchored] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """Where the parser stands: inside which lists, quotes and tables."""

    ordinals: list[int] = field(default_factory=list)
    quotes: int = 0
    heading: int = 0
    notes: int = 0
    item_begins: bool = False
    row: int = 0
    column: int = 0
    cursor: int = 0


def find(text: str, offset: int = 0, *, follow: bool = False) -> MarkdownPlaces:
    """Read the blocks of a Markdown text.

    Args:
        text: with "\\n" at the line ends, its front matter cut off.
        offset: where it begins in its file; every place is counted from the file's start.
        follow: True where the places of the letters are wanted.
    """
    hidden = cover(text)
    reader = _Reader(text, hidden, offset, follow)
    env: dict[str, Any] = {}
    tokens = parser().parse(hidden, env)
    reader.read(tokens)
    reader.found.values += _definition_titles(hidden, tokens, env, offset)
    return reader.found


class _Reader:
    def __init__(self, text: str, hidden: str, offset: int, follow: bool) -> None:
        self._text = text
        self._offset = offset
        self._follow = follow
        self._lines = hidden.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        self._place = _Place()
        self.found = MarkdownPlaces()

    def read(self, tokens: Iterable[Token]) -> None:
        place = self._place
        for token in tokens:
            match token.type:
                case "heading_open" | "heading_close":
                    place.heading = int(token.tag[1:]) if token.nesting > 0 else 0
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
                case "footnote_reference_open":
                    place.notes += 1
                case "footnote_reference_close":
                    place.notes -= 1
                case "table_open" | "table_close":
                    place.row = 0
                case "tr_open":
                    place.row, place.column, place.cursor = place.row + 1, 0, 0
                case "th_open" | "td_open":
                    place.column += 1
                case "tr_close":
                    place.column = 0
                case "fence" | "code_block":
                    code = self._code(token).rstrip("\n")
                    mark = Mark(Span(0, len(code)), "code", token.info.strip())
                    self.found.blocks.append(Anchored(Block("", BlockKind.CODE, code, marks=(mark,))))
                case "html_block":
                    self._html(token)
                case "inline":
                    self._inline(token)

    def _code(self, token: Token) -> str:
        """Return a block of code as it stands in the file: what looks like a tag in it is one of its own."""
        first = (token.map or [0, 0])[0] + (token.type == "fence")
        lines = []
        for n, content in enumerate(token.content.split("\n"), first):
            at = _within(self._lines[n], content, 0) if covered(content) and n < len(self._lines) else None
            start = self._starts[n] if at else 0
            lines.append("".join(self._text[start + offset] for offset in at) if at else content)
        return "\n".join(lines)

    def _html(self, token: Token) -> None:
        from translate.article.html_places import find_blocks

        first, last = token.map or [0, 0]
        start, stop = self._starts[first], min(self._starts[last], len(self._text))
        found = find_blocks(self._text[start:stop], self._offset + start, follow=self._follow)
        self.found.blocks += found.blocks
        self.found.values += found.values
        self.found.left += found.left

    def _inline(self, token: Token) -> None:
        places = self._places(token)
        if places is None:
            return
        reader = _Line(self._text, places, self._offset, self._follow)
        reader.read(token.children or [])
        self.found.values += reader.values
        kind, level, ordinal = self._kind()
        anchored = reader.inline.anchored(kind, level=level, ordinal=ordinal)
        if anchored.block.text or anchored.block.marks:
            self.found.blocks.append(anchored)

    def _kind(self) -> tuple[BlockKind, int, int]:
        place = self._place
        if place.heading:
            return BlockKind.HEADING, place.heading, 0
        if place.column:
            return BlockKind.CELL, place.column, place.row
        if place.notes:
            return BlockKind.NOTE, 0, 0
        if place.ordinals and place.item_begins:
            place.item_begins = False
            return BlockKind.LIST_ITEM, len(place.ordinals), max(place.ordinals[-1], 0)
        if place.quotes:
            return BlockKind.QUOTE, place.quotes, 0
        return BlockKind.PARAGRAPH, 0, 0

    def _places(self, token: Token) -> list[int] | None:
        """Return for every code point of a token's content its offset in the text, and one more for its end."""
        line = (token.map or [0, 0])[0]
        places: list[int] = []
        in_table = self._place.column > 0
        for n, content in enumerate(token.content.split("\n")):
            if line + n >= len(self._lines):
                return None
            raw = self._lines[line + n]
            heading = self._place.heading if n == 0 else 0
            at = _cell(raw, content, self._place) if in_table else _within(raw, content, heading)
            if at is None:
                return None
            start = self._starts[line + n]
            places += [start + offset for offset in at]
            places.append(start + len(raw))
        places[-1] = places[-2] + 1 if len(places) > 1 else places[-1]
        return places


def _within(raw: str, content: str, heading: int) -> list[int] | None:
    """Find a line of a block's content in its line of the file: at its end, but for a closing row of #."""
    bare = content.strip(" \t")
    blank = len(content) - len(content.lstrip(" \t"))
    trimmed = raw.rstrip()
    begin = raw.find("#" * heading) + heading if heading and "#" * heading in raw else 0
    at = len(trimmed) - len(bare) if trimmed.endswith(bare) else raw.find(bare, begin)
    if at < begin and bare:
        at = raw.find(bare, begin)
    if at < 0:
        return None
    before = [max(at - blank + n, 0) for n in range(blank)]
    return [*before, *range(at, at + len(content) - blank)]


def _cell(raw: str, content: str, place: _Place) -> list[int] | None:
    """Find a cell in its row, from where the one before it ended; `\\|` in the file is `|` in the content."""
    written = content.replace("|", "\\|")
    at = raw.find(written, place.cursor)
    if at < 0:
        return None
    places = []
    for letter in content:
        at += letter == "|"
        places.append(at)
        at += 1
    place.cursor = at
    return places


class _Line:
    """Reads the tokens of one inline text."""

    def __init__(self, text: str, places: list[int], offset: int, follow: bool) -> None:
        self._text = text
        self._places = places
        self._offset = offset
        self._last = 0
        self.inline = Inline(follow=follow)
        self.values: list[Value] = []

    def _span(self, start: int, stop: int) -> Span:
        begin = self._places[start]
        end = self._places[stop - 1] + 1 if stop > start else begin
        return Span(begin + self._offset, end + self._offset)

    def _of(self, span: Span) -> str:
        return self._text[span.start - self._offset : span.stop - self._offset]

    def read(self, tokens: list[Token], base: int = 0) -> None:
        pairs = _pairs(tokens)
        for n, token in enumerate(tokens):
            start, stop = (base + at for at in token.meta["at"])
            if token.type in _MARKS or token.type.endswith("_close"):
                self._mark(token, start, stop, base)
            elif token.type == "code_inline":
                self._code(token, start, stop)
            elif token.type == "image":
                self._image(token, start, stop)
            elif token.type in ("note", "box"):
                self.inline.point("note" if token.type == "note" else "tag", self._span(start, stop))
            elif token.type == "hardbreak":
                self.inline.line_break(Span(self._span(self._last, self._last).start, self._span(start, stop).stop))
            elif token.type == "softbreak":
                self.inline.add(" ", Span(self._span(self._last, self._last).start, self._span(start, stop).stop))
            elif token.type == "html_inline":
                self._html(token, self._span(start, stop), pairs.get(n, 0))
            elif token.type == "text_special":
                self.inline.add(token.content, self._span(start, stop))
            elif token.type == "text" and token.content:
                self._words(token, start, stop)
            self._last = start + 1 if token.type == "link_open" else stop

    def _words(self, token: Token, start: int, stop: int) -> None:
        if stop - start != len(token.content):  # the words of an autolink are its address
            span = self._span(start + 1, stop - 1)
            self.inline.add(self._of(span), span, kept=True)
            return
        at = 0
        for piece in covered(token.content):
            self._plain(start + at, start + piece.span.start)
            span = self._span(start + piece.span.start, start + piece.span.stop)
            if piece.is_word:
                self.inline.add(self._of(span), span, kept=True)
            else:
                self.inline.point("tag", span)
            at = piece.span.stop
        self._plain(start + at, stop)

    def _plain(self, start: int, stop: int) -> None:
        """Add words letter by letter; where the file has something between them (`\\|`), piece by piece."""
        begin = start
        for n in range(start + 1, stop + 1):
            if n == stop or self._places[n] != self._places[n - 1] + 1:
                span = self._span(begin, n)
                self.inline.add(self._of(span), span)
                begin = n

    def _mark(self, token: Token, start: int, stop: int, base: int) -> None:
        kind = _MARKS.get(token.type, "")
        rewritten = ""
        if token.markup == "autolink":
            edge = self._span(start, start + 1) if kind else self._span(stop - 1, stop)
        elif token.type == "link_open":
            edge = self._span(start, start + 1)
        elif token.type == "link_close":
            edge = self._span(base + token.meta["pushed"], stop)
            self._title(edge)
            if self._of(edge) in _BY_ITS_WORDS:
                rewritten = f"][{self._of(self._span(start + 1, base + token.meta['pushed']))}]"
        else:
            width = _WIDTH.get(kind or {"strong_close": "strong", "s_close": "deleted"}.get(token.type, "emphasis"), 1)
            if token.type == "strong_open":
                start -= 1
            edge = self._span(start, start + width)
        if kind:
            self.inline.open(kind, str(token.attrGet("href") or ""), edge)
        else:
            self.inline.close(edge, rewritten)

    def _code(self, token: Token, start: int, stop: int) -> None:
        ticks = len(token.markup)
        raw = stop - start - 2 * ticks
        blank = 1 if raw != len(token.content) else 0
        inside = start + ticks + blank
        end = inside + len(token.content)
        self.inline.open("code", fence=self._span(start, inside))
        self._plain(inside, end)
        self.inline.close(self._span(end, stop))

    def _image(self, token: Token, start: int, stop: int) -> None:
        source = self._span(start, stop)
        href = str(token.attrGet("src") or "")
        self.inline.point("image", source, href)
        end = start + 2 + len(token.content)
        line = _Line(self._text, self._places, self._offset, follow=False)
        line.read(token.children or [], start + 2)
        if token.content.strip():
            label = self._span(start + 2, end)
            write: Callable[[str], str] = alternative
            if self._of(self._span(end, stop)) in _BY_ITS_WORDS:
                write, label = _referring(self._of(label)), Span(label.start, source.stop - 1)
            self.values.append(Value(line.inline.block(BlockKind.META), label, write))
        self._title(self._span(end, stop))

    def _title(self, tail: Span) -> None:
        """Note the title of a link or an image, which stands in quotation marks at the end of its address."""
        if found := _TITLE.search(self._of(tail)):
            inside = Span(tail.start + found.start("title") + 1, tail.start + found.end("title") - 1)
            inline = Inline()
            inline.add(html.unescape(_ESCAPED.sub(r"\1", self._of(inside))))
            quote = found["title"][0]
            self.values.append(Value(inline.block(BlockKind.META), inside, _IN_QUOTES[quote]))

    def _html(self, token: Token, source: Span, pair: int) -> None:
        match = _TAG.match(token.content)
        name = match["name"].lower() if match else ""
        if name == "br":
            self.inline.line_break(Span(self._span(self._last, self._last).start, source.stop))
        elif pair > 0:
            href = _HREF.search(token.content) if name == "a" else None
            address = html.unescape(next(g for g in href.groups() if g is not None)) if href else ""
            kind = "code" if name in _CODE_TAGS else _HTML_MARKS.get(name, "tag")
            self.inline.open(kind, address, source)
        elif pair < 0:
            self.inline.close(source)
        else:
            self.inline.point("tag", source)


def _definition_titles(text: str, tokens: Iterable[Token], env: Mapping[str, Any], offset: int) -> Iterator[Value]:
    """Yield the titles of link definitions: `[plan]: /plan "The plan of 2020"`."""
    known = env.get("references", {})
    if not known:
        return
    code = [token.map for token in tokens if token.type in ("fence", "code_block", "html_block") and token.map]
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    taken = iter([(starts[first], starts[min(last, len(starts) - 1)]) for first, last in code])
    begin, end = next(taken, (len(text), len(text)))
    for match in _DEFINITION.finditer(text):
        while end <= match.start() and begin < len(text):
            begin, end = next(taken, (len(text), len(text)))
        if begin <= match.start() < end or normalizeReference(match["label"]) not in known:
            continue
        written = match["title"]
        inline = Inline()
        inline.add(html.unescape(_ESCAPED.sub(r"\1", written[1:-1])))
        span = Span(match.start("title") + 1 + offset, match.end("title") - 1 + offset)
        yield Value(inline.block(BlockKind.META), span, _IN_QUOTES[written[0]])


def _pairs(tokens: list[Token]) -> dict[int, int]:
    """Match the HTML tags of a line: 1 for one that opens a pair, -1 for the one that closes it.

    A pair must not cut through emphasis or a link, or the marks would cross.
    """
    found: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for n, token in enumerate(tokens):
        if token.nesting > 0:
            stack.append((token.type.removesuffix("_open"), -1))
        elif token.nesting < 0:
            name = token.type.removesuffix("_close")
            while stack and stack.pop() != (name, -1):
                pass
        elif token.type == "html_inline" and (match := _TAG.fullmatch(token.content)) and not match["alone"]:
            name = "<" + match["name"].lower()
            if not match["end"]:
                stack.append((name, n))
            else:
                depth = len(stack)
                while depth and stack[depth - 1][1] >= 0 and stack[depth - 1][0] != name:
                    depth -= 1
                if depth and stack[depth - 1][0] == name:
                    found[stack[depth - 1][1]], found[n] = 1, -1
                    del stack[depth - 1 :]
    return found


def _referring(label: str) -> Callable[[str], str]:
    return lambda text: f"{alternative(text)}][{label}"


def alternative(text: str) -> str:
    """Write an image's alternative text between its brackets."""
    return regex.sub(r"[\\\[\]`*_<]", r"\\\g<0>", text)


def _in(quote: str) -> Callable[[str], str]:
    closing = ")" if quote == "(" else quote
    pattern = regex.compile(f"[\\\\{regex.escape(quote)}{regex.escape(closing)}]")
    return lambda text: pattern.sub(r"\\\g<0>", text)


_IN_QUOTES = {quote: _in(quote) for quote in ('"', "'", "(")}
