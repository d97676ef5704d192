"""How an edition writes dates, numbers, quotes, dashes: where it departs from the house style, rule by rule.

A rule that would change many sentences of an edition is one that its editors do not keep: it is to be turned off
(`off` in the settings), or the editors are to be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from translate.checks import Pair
from translate.config import Style
from translate.typography import NAMES, typeset

# Nobody types a blank that does not break: one that is missing is no habit.
_BLANKS = str.maketrans("\u00a0\u202f\u2009", "   ")


FEW, SHARE = 3, 0.05
"""Sentences, and part of them, that depart from a rule before it is no slip but a habit."""
ENOUGH = 50
"""Sentences from which an edition without a single ё writes none."""
_DATE = regex.compile(r"\b\d{4}\s(?:(года|году|годом)|(г\.))")
_OUTER = {"«": "«»„“", "„": "„“«»", '"': '""„“', "“": "“”‘’"}


@dataclass(frozen=True, slots=True)
class Example:
    """A place as the edition has it and as the rule would."""

    edition: str
    house: str


@dataclass(frozen=True, slots=True)
class Habit:
    """What one rule finds in an edition.

    Args:
        rule: its name, as `off` takes it.
        departs: sentences that it would change.
        examples: up to three of them.
    """

    rule: str
    departs: int
    examples: tuple[Example, ...]


def habits(pairs: Sequence[Pair], style: Style) -> list[Habit]:
    """Return what each rule of the house style finds, those that find most first, and those that find nothing."""
    counts = dict.fromkeys(NAMES, 0)
    examples: dict[str, list[Example]] = {name: [] for name in NAMES}
    for pair in pairs:
        before = pair.target
        for step in typeset(pair.target, style, source=pair.source).steps:
            after = step.edited.text
            if after.translate(_BLANKS) != before.translate(_BLANKS):
                counts[step.rule] += 1
                examples[step.rule].append(_around(before, after))
            before = after
    order = sorted(counts, key=lambda name: -counts[name])
    return [Habit(name, counts[name], tuple(examples[name][:3])) for name in order]


def _around(before: str, after: str) -> Example:
    """Cut both texts to where they differ, and a little beside it."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    first = max(0, start - 12)
    return Example(before[first : len(before) - max(0, end - 12)], after[first : len(after) - max(0, end - 12)])


@dataclass(frozen=True, slots=True)
class Advice:
    """A setting of [style] that an edition keeps and the house does not, and how many sentences say so."""

    setting: str
    value: str | tuple[str, ...]
    sentences: int


def advice(pairs: Sequence[Pair], found: Sequence[Habit], style: Style) -> list[Advice]:
    """Return what to set for the house to write as an edition does.

    Args:
        found: what `habits` returns for these pairs.
    """
    least = max(FEW, SHARE * len(pairs))
    texts = [pair.target for pair in pairs]
    said = []
    marks = Counter(mark for text in texts if (mark := next((c for c in text if c in _OUTER), "")))
    mark, count = marks.most_common(1)[0] if marks else ("«", 0)
    if count >= least and mark != style.quotes[0] and mark != '"':
        said.append(Advice("quotes", _OUTER[mark], count))
    if len(texts) >= ENOUGH and style.yo != "never" and not any("ё" in text for text in texts):
        said.append(Advice("yo", "never", len(texts)))
    dates = Counter("года" if match[1] else "г." for text in texts if (match := _DATE.search(text)))
    word, count = dates.most_common(1)[0] if dates else ("", 0)
    if count >= FEW and count > 0.8 * dates.total() and word != style.dates:
        said.append(Advice("dates", word, count))
    off = [habit for habit in found if habit.departs >= least and not (habit.rule == "quotes" and mark != '"')]
    if off:
        said.append(Advice("off", tuple(habit.rule for habit in off), max(habit.departs for habit in off)))
    return said
