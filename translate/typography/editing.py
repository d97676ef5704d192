"""What a rule of house style is, and how its edits are put into a text so that a span can be followed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

import regex

from translate.config import Style
from translate.spans import Edit, Edited, Span

NBSP = "\N{NO-BREAK SPACE}"

# Never touched: code, addresses, file names, handles.
_PROTECTED = regex.compile(
    r"`[^`]+`"
    r"|\b(?:https?|ftp)://[^\s«»<>]+|\bwww\.[^\s«»<>]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)[@#]\w+"
    r"|\b[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.(?:com|org|net|ru|kg|kz|uz|tj|tm|gov|edu|io|html?|txt|pdf|py|md)\b(?:/[^\s«»<>]*)?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule did to the text as the rule found it."""

    rule: str
    edited: Edited


@dataclass(frozen=True, slots=True)
class Typeset:
    """A text after the rules, and how it came about.

    Args:
        text: the text in house style.
        steps: the rules that changed something, in the order they ran.
    """

    text: str
    steps: tuple[Step, ...] = ()

    def move(self, span: Span) -> Span:
        """Return where a span of the old text lies in the new one; text inserted at its edges stays outside."""
        for step in self.steps:
            span = step.edited.move(span)
        return span


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may look at besides the text: the house style and the source sentence ("" if unknown)."""

    style: Style
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of house style.

    Args:
        name: how it is turned off in the settings.
        example: the sentence that forced it, before → after, with ~ for a space that does not break.
        find: yields the edits it wants in a text.
    """

    name: str
    example: str
    find: Callable[[str, Setting], Iterable[Edit]]


def allowed(edits: Iterable[Edit], text: str, kept: list[Span]) -> tuple[Edit, ...]:
    """Drop edits that change nothing, reach into a protected span or overlap an earlier one."""
    wanted = [e for e in edits if text[e.start : e.stop] != e.new]
    if not wanted:
        return ()
    guarded = sorted([Span(m.start(), m.end()) for m in _PROTECTED.finditer(text)] + kept, key=lambda s: s.start)
    starts, reach = [s.start for s in guarded], list(accumulate((s.stop for s in guarded), max, initial=0))
    done: list[Edit] = []
    for edit in sorted(wanted, key=lambda e: (e.start, e.stop)):
        inside = edit.start < reach[bisect_left(starts, edit.stop)]  # of what begins before the edit's end
        if not inside and (not done or edit.start >= done[-1].stop):
            done.append(edit)
    return tuple(done)


def swap(pattern: str, new: str) -> Callable[[str, Setting], Iterator[Edit]]:
    """Return a rule's `find` that replaces every match by `new` (with \\1 groups)."""
    compiled = regex.compile(pattern)

    def find(text: str, _setting: Setting) -> Iterator[Edit]:
        for match in compiled.finditer(text):
            yield Edit(match.start(), match.end(), match.expand(new))

    return find
