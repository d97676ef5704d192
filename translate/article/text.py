"""Lines of a plain text joined into units, however the file breaks them: a paragraph, a label, a list item."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import regex

from translate.article.blocks import Line
from translate.article.bylines import read_byline, read_caption
from translate.article.furniture import furniture
from translate.article.letters import tidy

_MARKER = regex.compile(r"(?:(?P<bullet>[•·▪◦‣●*–-])|(?P<number>\d{1,3})[.)])\s+(?=\S)")
_SENTENCE_END = regex.compile(r"[.!?…:][\"'”’»)\]]*$")
_OPENING = "“«„"
_CLOSING = "”»"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the page that belongs together.

    Args:
        text: NFC, one line, blanks collapsed, without its list marker.
        lines: where it stands in the file.
        bullet: True for an item of an unordered list.
        ordinal: the number of an ordered item, else 0.
        gap: True where a blank line (or the file's start) stands before it.
    """

    text: str
    lines: tuple[Line, ...]
    bullet: bool = False
    ordinal: int = 0
    gap: bool = True

    @property
    def is_item(self) -> bool:
        """Tell a list item."""
        return self.bullet or self.ordinal > 0

    @property
    def words(self) -> int:
        """Count the words."""
        return len(self.text.split())

    @property
    def ends_a_sentence(self) -> bool:
        """Tell that it ends as sentences do; labels and headlines do not."""
        return ends_a_sentence(self.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file breaks its lines.

    Args:
        width: the column at which paragraphs are wrapped, 0 where they are not.
        blank_between: True where paragraphs are set apart by blank lines, so that a single line end means nothing.
    """

    width: int
    blank_between: bool


def ends_a_sentence(text: str) -> bool:
    """Tell that a text ends with a full stop or its like, closing quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text[-8:]))


def clean(text: str) -> str:
    """Return the text in NFC on one line, every run of blanks one blank, without the letters nobody sees."""
    return tidy(text).text


def units(text: str) -> list[Unit]:
    """Join the lines of a plain text into units.

    A line goes on in the next one where the file is wrapped at a column and the line reaches it, where the next
    begins in lower case, where a quotation is still open, or where blank lines set the paragraphs apart and both
    lines are prose. A label, a byline, a caption, a list item always stands alone. It stops where a wrapped line
    is followed by a capital without any of these signs: then two paragraphs come out, never half of one lost.
    """
    lines = [Line(n, clean(raw)) for n, raw in enumerate(text.split("\n"), 1)]
    layout = _layout(lines)
    found: list[Unit] = []
    group: list[Line] = []
    gap = blank = True
    for line in lines:
        if group and (not line.text or not _goes_on(group, line.text, layout)):
            found.append(_unit(group, gap))
            group, gap = [], blank
        if line.text:
            if not group:
                gap = blank
            group.append(line)
        blank = not line.text
    if group:
        found.append(_unit(group, gap))
    return found


def _unit(group: list[Line], gap: bool) -> Unit:
    text = " ".join(line.text for line in group)
    marker = _MARKER.match(text)
    if not marker:
        return Unit(text, tuple(group), gap=gap)
    return Unit(text[marker.end() :], tuple(group), bool(marker["bullet"]), int(marker["number"] or 0), gap)


def _layout(lines: list[Line]) -> Layout:
    """Read the file's habit from its prose lines."""
    inner = [len(a.text) for a, b in itertools.pairwise(lines) if b.text and len(a.text) >= 40]
    width = max(inner, default=0)
    full = sum(length > width - 20 for length in inner)
    # 68 of 70 inner lines within 20 columns of the longest: wrapped; headlines in a list vary far more.
    wrapped = len(inner) >= 3 and width <= 120 and full >= 0.8 * len(inner)
    separated = adjacent = 0
    before = ""
    blank = True
    for line in lines:
        if not line.text:
            blank = True
            continue
        if before and _is_prose(before) and _is_prose(line.text):
            separated += blank
            adjacent += not blank and ends_a_sentence(before)
        before, blank = line.text, False
    return Layout(width if wrapped else 0, 0 < separated >= 2 * adjacent)


def _is_prose(line: str) -> bool:
    return len(line.split()) >= 8 or (ends_a_sentence(line) and len(line.split()) >= 4)


def _goes_on(group: list[Line], following: str, layout: Layout) -> bool:
    """Tell that the paragraph of `group` goes on in the line right below it."""
    last = group[-1].text
    if _MARKER.match(following) or read_caption(following) or read_byline(following):
        return False
    if len(group) == 1 and (read_byline(last) or read_caption(last) or furniture(last)):
        return False
    if layout.width and len(last) + 1 + len(following.split(" ", 1)[0]) > layout.width:
        return True
    if len(last.split()) < 4:
        return False
    if following[0].islower() and not ends_a_sentence(last):
        return True
    if not _is_prose(last):
        return False
    if _is_open(group) and following[0] not in _OPENING + '"':
        return True
    return layout.blank_between and ends_a_sentence(last) and _is_prose(following) and ends_a_sentence(following)


def _is_open(group: list[Line]) -> bool:
    """Tell that a quotation of the paragraph has not been closed yet."""
    text = " ".join(line.text for line in group[-4:])
    opened = sum(text.count(mark) for mark in _OPENING)
    return opened > sum(text.count(mark) for mark in _CLOSING) or text.count('"') % 2 == 1
