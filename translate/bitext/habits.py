"""How an edition writes dates, numbers, quotes, dashes: where it departs from the house style, rule by rule.

A rule that would change many sentences of an edition is one that its editors do not keep: it is to be turned off
(`off` in the settings), or the editors are to be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translate.checks import Pair
from translate.config import Style
from translate.typography import NAMES, typeset

# Nobody types a blank that does not break: one that is missing is no habit.
_BLANKS = str.maketrans("\u00a0\u202f\u2009", "   ")


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
