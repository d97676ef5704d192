"""The blocks of HTML, each with where its letters stand: runs of text between one block's tag and the next.

Where a block ends needs no tree: a paragraph's text ends at the next tag that is no inline markup, closed or not. So
text before, between and after the blocks of a `<div>` comes out as blocks of their own, never as one run-on word.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from translate.article.blocks import Block, BlockKind, Mark
from translate.article.html_runs import INLINE, VOID, RunReader, language_of
from translate.article.html_tokens import Attribute, Tag, attributes, scan
from translate.article.html_values import tag_values, words_within
from translate.article.inline import Anchored
from translate.article.splicing import Value
from translate.article.templates import cover
from translate.spans import Span

# What is within these is no text of the page, or no HTML at all.
_WHOLE = frozenset((
    "svg", "math", "picture", "select", "object", "video", "audio", "canvas", "template", "noscript", "map", "datalist",
))  # fmt: skip
_UNSEEN = frozenset(("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext"))
_AROUND = frozenset(("nav", "footer", "form", "button", "label", "menu", "dialog", "legend", "fieldset"))
_CLOSED_BY = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "td": ("td", "th"), "th": ("td", "th"),
    "tr": ("td", "th", "tr"), "p": ("p",),
}  # fmt: skip
_LISTS = ("ul", "ol", "table", "dl", "blockquote", "menu")
# <div class="share-tools">, <ul id="related">: not the story, whatever its words
_BOX = regex.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|recirc|recommend(?:ed|ations)?|newsletter|subscribe|promo|advert(?:isement)?"
    r"|ads?|sponsor(?:ed)?|breadcrumbs?|comments?|disqus|cookie|popup|modal|sidebar|outbrain|taboola|paywall|tags?"
    r"|most-?(?:read|popular|viewed)|trending|pagination|toolbar|skip-?link)(?:$|[\s_-])",
    regex.I,
)
# … cares.<cite>Ann Lee</cite>
_SAID = regex.compile(r"[.!?…”’\"»]$")
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.I)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text between two blocks' tags.

    Args:
        anchored: the block.
        line: 1-based line on which it begins.
        name: of the block element it stands in.
        parent: which element holds that one, by number in the order of the page.
        around: True within a menu, a form, a box of links or what is hidden.
        beside: True within an `<aside>`: a box of facts, or one of links.
        left: True for words of an element that is kept whole: a drawing, a `<noscript>`, the choices of a `<select>`.
        linked: how many of its letters are in links.
        values: alternative texts and titles that stand in its tags.
        when: what its `<time>` declares.
    """

    anchored: Anchored
    line: int
    name: str
    parent: int
    around: bool
    linked: int = 0
    values: tuple[Value, ...] = ()
    when: str = ""
    beside: bool = False
    left: bool = False

    @property
    def text(self) -> str:
        """Return the words."""
        return self.anchored.block.text


@dataclass(slots=True)
class Blocks:
    """What stands in a stretch of HTML; `left` are words that stay as they are."""

    blocks: list[Anchored] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Element:
    name: str
    number: int
    around: bool
    beside: bool = False
    foreign: bool = False
    ordinal: int = 0
    step: int = 1
    begins: bool = True
    row: int = 0
    column: int = 0


def find_blocks(text: str, offset: int = 0, *, follow: bool = False) -> Blocks:
    """Read the blocks of a piece of HTML in a Markdown file; every place is counted from `offset`."""
    found = Blocks()
    for run in runs(text, offset, follow=follow):
        if run.left:
            found.left.append(run.text)
        elif run.text:
            found.blocks.append(run.anchored)
        found.values += run.values
    return found


def runs(source: str, offset: int = 0, *, follow: bool = False) -> Iterator[Run]:
    """Yield the stretches of text of a page in its order, menus and all.

    Args:
        source: HTML, whole or a piece.
        offset: where it begins in its file.
        follow: True where the places of the letters are wanted.
    """
    return _Reader(source, offset, follow).runs()


class _Reader:
    def __init__(self, source: str, offset: int, follow: bool) -> None:
        self._source = source
        self._hidden = cover(source, markdown=False)
        self._offset = offset
        self._follow = follow
        self._open: list[_Element] = [_Element("", 0, False)]
        self._names: Counter[str] = Counter()
        self._number = 0
        self._line = 1
        self._counted = 0
        self._run: list[Tag] = []
        self._language = "en"
        self._values: list[Value] = []
        self._left: list[Run] = []

    def runs(self) -> Iterator[Run]:
        skipped = ""
        depth = 0
        begun = 0
        for tag in scan(self._hidden):
            if skipped:
                depth += (tag.kind == "open") - (tag.kind == "close") if tag.name == skipped else 0
                if depth <= 0 and tag.name == skipped:
                    self._leave(Tag("whole", skipped, Span(begun, tag.span.stop)))
                    skipped = ""
                continue
            if tag.kind == "open" and tag.name in _WHOLE and not self._source.startswith("/>", tag.span.stop - 2):
                if tag.name not in INLINE:
                    yield from self._flush()
                skipped, depth, begun = tag.name, 1, tag.span.start
            elif tag.kind in ("text", "other") or (tag.kind in ("open", "close") and tag.name in INLINE):
                if tag.name == "cite" and tag.kind == "open" and self._signs(tag):
                    yield from self._flush()
                self._run.append(tag)
            elif tag.kind != "raw":
                yield from self._flush()
                self._step(tag)
            elif tag.name not in _UNSEEN:
                self._run.append(tag)
            elif tag.name in ("iframe", "noembed", "noframes"):
                self._say(tag)
        yield from self._flush()
        if self._values:
            end = Span(len(self._source), len(self._source))
            yield self._made([Tag("text", "", end)])

    def _signs(self, tag: Tag) -> bool:
        """Tell a `<cite>` that names the speaker of a quotation right behind its last word: `… cares.<cite>Ann Lee`."""
        before = self._source[max(tag.span.start - 80, 0) : tag.span.start]
        return self._names["blockquote"] > 0 and bool(_SAID.search(before))

    def _leave(self, element: Tag) -> None:
        """Keep an element whole, and say which words of it stay as they are."""
        self._run.append(element)
        self._say(element)

    def _say(self, element: Tag) -> None:
        if words := words_within(self._source, element):
            self._count_lines(element.span.start)
            made = Anchored(Block("", BlockKind.PARAGRAPH, words))
            above = self._open[-1]
            self._left.append(Run(made, self._line, element.name, above.number, above.around, left=True))

    def _count_lines(self, until: int) -> None:
        if until > self._counted:
            self._line += self._source.count("\n", self._counted, until)
            self._counted = until

    def _step(self, tag: Tag) -> None:
        """Follow a block's tag: it opens an element, or closes the one of its name with all in it."""
        name = tag.name
        if tag.kind == "close":
            if self._names[name]:
                while self._pop() != name:
                    pass
            return
        if name in VOID:
            if name in ("area", "embed") and not self._open[-1].around:
                self._values += tag_values(self._source, tag.span, self._offset)
            return
        for closed in _CLOSED_BY.get(name, ()):
            self._close_within(closed)
        if name in ("div", "ul", "ol", "table", "blockquote", "section", "figure", "h1", "h2", "h3", "h4", "pre", "hr"):
            self._close_within("p")
        self._push(tag)

    def _close_within(self, name: str) -> None:
        """Close an element that its like implies the end of, if it is open within the innermost list or table."""
        if not self._names[name]:
            return
        for depth in range(len(self._open) - 1, max(len(self._open) - 6, 0), -1):
            if self._open[depth].name == name:
                while len(self._open) > depth:
                    self._pop()
                return
            if self._open[depth].name in _LISTS:
                return

    def _push(self, tag: Tag) -> None:
        self._number += 1
        above = self._open[-1]
        found = attributes(self._source, tag.span)
        quoted = tag.name == "footer" and self._names["blockquote"] > 0
        around = above.around or (tag.name in _AROUND and not quoted) or _is_box(tag.name, found)
        if tag.name == "html":
            self._language = language_of(found) or "en"
        speaks = language_of(found)
        foreign = speaks not in ("en", self._language) if speaks else above.foreign
        element = _Element(tag.name, self._number, around, above.beside or tag.name == "aside", foreign)
        if not around:
            self._values += tag_values(self._source, tag.span, self._offset)
        if tag.name == "ol":
            element.step = -1 if "reversed" in found else 1
            start = found["start"].value if "start" in found else "1"
            element.ordinal = (int(start) if regex.fullmatch(r"-?\d{1,6}", start) else 1) - element.step
        elif tag.name == "li":
            element.ordinal = self._ordinal(found)
        elif tag.name in ("tr", "td", "th") and (table := self._nearest("table")):
            table.row += tag.name == "tr"
            table.column = 0 if tag.name == "tr" else table.column + 1
            element.row, element.column = table.row, table.column
        self._open.append(element)
        self._names[tag.name] += 1

    def _ordinal(self, found: dict[str, Attribute]) -> int:
        for element in reversed(self._open[-4:]):
            if element.name in ("ul", "menu"):
                return 0
            if element.name == "ol":
                value = found["value"].value if "value" in found else ""
                own = int(value) if regex.fullmatch(r"\d{1,6}", value) else element.ordinal + element.step
                element.ordinal = own
                return max(own, 0)
        return 0

    def _nearest(self, name: str) -> _Element | None:
        if not self._names[name]:
            return None
        return next((element for element in reversed(self._open[-12:]) if element.name == name), None)

    def _pop(self) -> str:
        element = self._open.pop()
        self._names[element.name] -= 1
        return element.name

    def _flush(self) -> Iterator[Run]:
        tags, self._run = self._run, []
        while tags:
            cut = _paragraph_break(self._source, tags)
            part, tags = tags[:cut], tags[cut:]
            if any(tag.kind in ("text", "raw", "whole") or tag.name == "img" for tag in part):
                run = self._made(part)
                if run.text or run.values:
                    yield run
        left, self._left = self._left, []
        yield from left

    def _made(self, tags: list[Tag]) -> Run:
        at = next(
            (
                t.span.start
                for t in tags
                if t.kind in ("text", "raw") and not self._source[t.span.start : t.span.stop].isspace()
            ),
            tags[0].span.start,
        )
        self._count_lines(at)
        element = self._open[-1]
        reader = RunReader(
            self._source, self._hidden, self._offset, self._follow, language=self._language, foreign=element.foreign
        )
        reader.read(tags)
        kind, level, ordinal = self._kind(element)
        if kind is BlockKind.CODE:
            anchored = Anchored(_code(self._source, tags))
        else:
            anchored = reader.inline.anchored(kind, level=level, ordinal=ordinal)
        parent = self._open[-2].number if len(self._open) > 1 and element.name in _LEAVES else element.number
        values = (*self._values, *reader.values)
        self._values = []
        return Run(
            anchored, self._line, element.name, parent, element.around, reader.linked, values, reader.when,
            element.beside,
        )  # fmt: skip

    def _kind(self, element: _Element) -> tuple[BlockKind, int, int]:
        names = self._names
        heading = next((name for name in ("h1", "h2", "h3", "h4", "h5", "h6") if names[name]), "")
        if heading:
            return BlockKind.HEADING, int(heading[1]), 0
        if names["pre"]:
            return BlockKind.CODE, 0, 0
        if names["figcaption"]:
            return BlockKind.CAPTION, 0, 0
        if (item := self._nearest("li")) and item.begins:
            item.begins = False
            return BlockKind.LIST_ITEM, names["ul"] + names["ol"] + names["menu"], item.ordinal
        cell = self._nearest("td") or self._nearest("th")
        if cell and cell is element:
            return BlockKind.CELL, cell.column, cell.row
        if names["blockquote"]:
            return BlockKind.QUOTE, names["blockquote"], 0
        return BlockKind.PARAGRAPH, 0, 0


_LEAVES = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "dd", "dt", "pre"))


def _is_box(name: str, found: dict[str, Attribute]) -> bool:
    if name in ("body", "html", "main", "article"):
        return False
    if "hidden" in found or ("style" in found and _HIDDEN.search(found["style"].value)):
        return True
    if name in ("p", "h1", "h2", "td", "th", "li"):
        return False
    return any(key in found and bool(_BOX.search(found[key].value)) for key in ("class", "id"))


def _paragraph_break(source: str, tags: list[Tag]) -> int:
    """Return how many of the tags make up the first paragraph: two line breaks in a row begin another."""
    breaks = 0
    for n, tag in enumerate(tags):
        if tag.name == "br":
            breaks += 1
            if breaks == 2:
                return n + 1
        elif tag.kind != "text" or not source[tag.span.start : tag.span.stop].isspace():
            breaks = 0
    return len(tags)


def _code(source: str, tags: list[Tag]) -> Block:
    """Return what stands in a `<pre>` as a block of code, its lines as they are."""
    code = "".join(source[tag.span.start : tag.span.stop] for tag in tags if tag.kind == "text")
    code = html.unescape(code).strip("\n")
    return Block("", BlockKind.CODE, code, marks=(Mark(Span(0, len(code)), "code"),))
