"""A paragraph of a Word file as one line of text, in which its formatting is letters of private use, and back."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import regex
from lxml import etree

from translate.article.inline import Inline
from translate.spans import Span

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_OPEN, _CLOSE, _POINT, _ROOM = 0xF0000, 0xF8000, 0x100000, 0x7FF0
_PRIVATE = regex.compile("[\U000f0000-\U0010fffd]")
# Around runs, and kept around their words: links, content controls, fields.
_HOLDERS = ("hyperlink", "sdt", "fldSimple", "smartTag", "customXml")
_HELD = tuple(f"{W}{name}" for name in _HOLDERS)
# Of a holder what describes it, and is no text.
_DESCRIBES = tuple(f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData"))
# Around runs, and gone once their words have changed: a change that was tracked is accepted.
_AROUND = ("ins", "sdtContent", "moveTo")
_DELETED = ("del", "moveFrom")
_DROPPED = ("proofErr", "lastRenderedPageBreak", "noBreakHyphen", "softHyphen")
# What the same words in the same look may differ in.
_IDLE = (f"{W}lang", f"{W}noProof", f"{W}rtl")


def text_in(paragraph: Any) -> str:
    """Return the text of a paragraph's element, tracked changes accepted."""
    pieces = []
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"):
        if not any(above.tag == f"{W}{name}" for above in element.iterancestors() for name in _DELETED):
            pieces.append(element.text or "" if element.tag == f"{W}t" else " ")
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class _Point:
    """What stands between two letters: an element, and the run it stood in, None for one that stood in none."""

    element: Any
    run: Any = None

    def put(self, where: Any) -> None:
        """Move it into a paragraph, in a run that looks as the one it stood in."""
        if self.run is None:
            where.append(self.element)
            return
        run = etree.SubElement(where, f"{W}r")
        look = self.run.find(f"{W}rPr")
        if look is not None:
            run.append(deepcopy(look))
        run.append(self.element)


@dataclass(slots=True)
class Line:
    """A paragraph as one line of text with letters of private use for its formatting.

    Args:
        element: the paragraph.
        text: the line.
        base: properties of the runs outside of every fence, None for none.
        fences: for each fence the run properties, or the link, field or content control, within it.
        points: what stands between two letters: footnotes, pictures, breaks, the ends of comments.
    """

    element: Any
    text: str = ""
    base: Any = None
    fences: list[Any] = field(default_factory=list)
    points: list[_Point] = field(default_factory=list)

    def rebuild(self, text: str) -> None:
        """Write the paragraph's runs anew from a line."""
        kept = self.element.find(f"{W}pPr")
        for child in list(self.element):
            if child is not kept:
                self.element.remove(child)
        stack: list[Any] = []
        where = [self.element]
        for piece in regex.findall("[^\U000f0000-\U0010fffd]+|.", text, regex.S):
            code = ord(piece[0])
            if code < _OPEN:
                look = next((found for found in reversed(stack) if found.tag not in _HELD), self.base)
                where[-1].append(_run(look, piece))
            elif code < _CLOSE:
                found = self.fences[code - _OPEN]
                stack.append(found)
                if found.tag in _HELD:
                    where.append(_holder(found, where[-1]))
            elif code < _POINT:
                found = self.fences[code - _CLOSE]
                if found in stack:
                    stack.remove(found)
                if found.tag in _HELD and len(where) > 1:
                    where.pop()
            else:
                self.points[code - _POINT].put(where[-1])


def _holder(found: Any, where: Any) -> Any:
    """Make a link, a field or a content control anew, empty; return what its words go into."""
    made = etree.SubElement(where, found.tag, dict(found.attrib))
    for child in found:
        if child.tag in _DESCRIBES:
            made.append(deepcopy(child))
    return etree.SubElement(made, f"{W}sdtContent") if found.tag == f"{W}sdt" else made


def _run(look: Any, text: str) -> Any:
    run = etree.Element(f"{W}r")
    if look is not None and len(look):
        run.append(deepcopy(look))
    inside = etree.SubElement(run, f"{W}t")
    inside.text = text
    inside.set(f"{_XML}space", "preserve")
    return run


class LineReader:
    """Writes a paragraph down as a line, and reads its block from it.

    Args:
        element: the paragraph.
        relations: of its part, for the addresses of links.
    """

    def __init__(self, element: Any, relations: Any) -> None:
        self._relations = relations
        self._pieces: list[str] = []
        self._length = 0
        self._look: str | None = None  # "" is a look too: that of words without properties
        self._fenced = -1
        self.inline = Inline(follow=True)
        self.left: list[str] = []
        looks = Counter[str]()
        first: dict[str, Any] = {}
        for run in element.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p"), None) is not element:
                continue  # of a text box
            look = run.find(f"{W}rPr")
            first.setdefault(_key(look), look)
            if run.getparent().tag != f"{W}hyperlink":
                looks[_key(look)] += len(text_in(run))
        self._base = looks.most_common(1)[0][0] if looks else ""
        self.line = Line(element, base=first.get(self._base))
        self.read(element)
        self._look_of(None, base=True)
        self.line.text = "".join(self._pieces)

    def read(self, element: Any) -> None:
        """Read what stands in a paragraph, or in a link or a content control of it."""
        for child in element:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "r":
                self._run(child)
            elif name in _HOLDERS:
                self._held(child)
            elif name in _AROUND:
                self.read(child)
            elif name in _DELETED:
                self.left += [deleted] if (deleted := _deleted(child)) else []
            elif name not in _DROPPED and name != "pPr" and child.tag not in _DESCRIBES:
                self._point(_Point(child), "tag")

    def _put(self, text: str) -> Span:
        self._pieces.append(text)
        self._length += len(text)
        return Span(self._length - len(text), self._length)

    def _run(self, run: Any) -> None:
        look = run.find(f"{W}rPr")
        for child in run:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "t" and child.text:
                self._look_of(look)
                text = _PRIVATE.sub("\ufffd", child.text)
                self.inline.add(text, self._put(text))
            elif name in ("tab", "br", "cr"):
                self._look_of(look)
                self.inline.line_break(self._pointed(_Point(child, run)))
            elif name == "noBreakHyphen":
                self._look_of(look)
                self.inline.add("-", self._put("-"))
            elif name != "rPr" and name not in _DROPPED:
                kind = {"footnoteReference": "note", "endnoteReference": "note", "drawing": "image"}.get(name, "tag")
                self._point(_Point(child, run), kind)
                if name == "ruby":
                    self.left.append(text_in(child))

    def _point(self, point: _Point, kind: str) -> None:
        self.inline.point(kind, self._pointed(point))

    def _pointed(self, point: _Point) -> Span:
        self.line.points.append(point)
        return self._put(chr(_POINT + min(len(self.line.points) - 1, _ROOM)))

    def _look_of(self, look: Any, *, base: bool = False) -> None:
        """Close the fence of a look and open that of another, where the look changes."""
        key = self._base if base else _key(look)
        if key == (self._base if self._look is None else self._look):
            return
        if self._fenced >= 0:
            self.inline.close(self._put(chr(_CLOSE + self._fenced)))
            self._fenced = -1
        self._look = key
        if key != self._base and len(self.line.fences) < _ROOM:
            self._fenced = len(self.line.fences)
            self.line.fences.append(look if look is not None else etree.Element(f"{W}rPr"))
            self.inline.open(_kind(look), "", self._put(chr(_OPEN + self._fenced)))

    def _held(self, holder: Any) -> None:
        self._look_of(None, base=True)
        n = len(self.line.fences)
        if n >= _ROOM:
            self.read(holder)
            return
        self.line.fences.append(holder)
        is_link = holder.tag == f"{W}hyperlink"
        self.inline.open("link" if is_link else "tag", self._address(holder), self._put(chr(_OPEN + n)))
        self.read(holder)
        self._look_of(None, base=True)
        self.inline.close(self._put(chr(_CLOSE + n)))

    def _address(self, link: Any) -> str:
        target, anchor = link.get(f"{_R}id"), link.get(f"{W}anchor")
        external = target in self._relations and self._relations[target].is_external
        return self._relations[target].target_ref if external else f"#{anchor}" if anchor else ""


def _deleted(change: Any) -> str:
    """Return the words that a tracked deletion takes away."""
    return "".join(element.text or "" for element in change.iter(f"{W}delText", f"{W}t")).strip()


def _key(look: Any) -> str:
    """Return what tells one look from another."""
    if look is None:
        return ""
    parts = [etree.tostring(child, method="c14n") for child in look if child.tag not in _IDLE]
    return b"".join(sorted(parts)).decode()


def _kind(look: Any) -> str:
    for name, kind in (("b", "strong"), ("i", "emphasis"), ("strike", "deleted")):
        found = look.find(f"{W}{name}") if look is not None else None
        if found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off"):
            return kind
    return "tag"
