"""The best way to lay two texts side by side in beads of up to four sentences to four, and how sure each bead is.

Every sentence is in one bead. The likeliest path through the table of all runs is found by dynamic programming; the
sums over all paths, forwards and backwards, give the probability of each bead. What is left over on both sides is then
laid side by side once more, run by run: a paragraph that was moved.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from translate.bitext.evidence import Breaks, Evidence, Floats

# How likely a translator does each, as logarithms: one to one, left out, added, joined, split, and so on. Tuned, with
# the figures of `evidence`, on disturbed documents of newstest 2017 and 2018, the UN and TED (benchmarks/alignment.py).
ONE, LEFT_OUT, TWO, MORE = math.log(0.8), math.log(0.05), math.log(0.08), math.log(0.00002)
LONG = 400
"""Sentences of a text that are laid beside each other at once; a longer one is taken window by window."""
NOTHING = -6.0
"""A pair with less for it than this is none. Free translations have little for them: of NTREX’s pairs 1.7 in a hundred
have less than -1, so there a pair is only doubted."""
MOVED = 10.0
"""What the words and lengths of a moved bead have to say for it, at least: any two sentences have 5 at times."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that belong together: `source[start:stop]` and `target[start:stop]`, by index; one may be empty.

    Args:
        confidence: how likely it is that just these belong together, 0 to 1.
        moved: the target stands elsewhere than its source: a paragraph was moved.
    """

    source: slice
    target: slice
    confidence: float = 1.0
    moved: bool = False

    @property
    def is_pair(self) -> bool:
        """Tell whether both sides have sentences."""
        return bool(self.source.start < self.source.stop and self.target.start < self.target.stop)

    def shifted(self, source: int, target: int) -> Bead:
        """Return it with both sides counted from elsewhere."""
        first = slice(self.source.start + source, self.source.stop + source)
        second = slice(self.target.start + target, self.target.stop + target)
        return replace(self, source=first, target=second)


Table = Mapping[tuple[int, int], Floats]


def prior(a: int, b: int) -> float:
    """Return the logarithm of how often a run of `a` sentences becomes one of `b`."""
    if a == b == 1:
        return ONE
    if not a or not b:
        return LEFT_OUT
    if a + b == 3:
        return TWO
    return MORE - 1.0 * (a + b - 4)


def align(
    source: Sequence[str], target: Sequence[str], breaks: Breaks | None = None, *, russian: bool = False
) -> list[Bead]:
    """Pair n source sentences with m target sentences; every sentence is in one bead.

    Args:
        source, target: the sentences, NFC.
        breaks: which sentences begin a paragraph.
        russian: both are Russian.

    Returns:
        Beads in the order of the source; what was added stands behind what it follows.
    """
    breaks = breaks or Breaks()
    beads: list[Bead] = []
    i = j = 0
    while i < len(source) or j < len(target):
        first, second = source[i : i + LONG], target[j : j + LONG + LONG // 4]
        found = [bead.shifted(i, j) for bead in _laid(first, second, breaks.cut(i, j), russian)]
        if i + len(first) < len(source) or j + len(second) < len(target):
            found = found[: _trusted(found)]
        beads += found
        i, j = found[-1].source.stop, found[-1].target.stop
    return _with_moved(beads, source, target, russian)


def _trusted(beads: Sequence[Bead]) -> int:
    """Return how many beads of a window stand, though the text goes on behind it."""
    sure = [k for k, bead in enumerate(beads) if bead.is_pair and bead.confidence > 0.9]
    inner = [k for k in sure if k < len(beads) * 3 // 4]
    return (inner or [len(beads) // 2])[-1] + 1


def _laid(source: Sequence[str], target: Sequence[str], breaks: Breaks, russian: bool) -> list[Bead]:
    n, m = len(source), len(target)
    scores = Evidence(source, target, breaks, russian=russian).scores() if n and m else {}
    table = {size: matrix + prior(*size) for size, matrix in scores.items()}
    beads = [part for bead in _path(table, n, m) for part in _apart(bead, scores)]
    return _weighed(beads, table, scores)


def _apart(bead: Bead, scores: Table) -> list[Bead]:
    """Take a bead apart that is no translation: left out here, added there, though a pair would be the shorter path."""
    i, j, a, b = bead.source.start, bead.target.start, bead.source.stop, bead.target.stop
    if not bead.is_pair or scores[a - i, b - j][i, j] > NOTHING:
        return [bead]
    first = [Bead(slice(k, k + 1), slice(j, j)) for k in range(i, a)]
    return [*first, *(Bead(slice(a, a), slice(k, k + 1)) for k in range(j, b))]


def _path(table: Table, n: int, m: int) -> list[Bead]:
    best = np.full((n + 1, m + 1), -np.inf)
    best[0, 0] = 0.0
    came = np.zeros((n + 1, m + 1), np.int16)  # 0: a target sentence was added
    sizes = [(1, 0), *table]
    added = LEFT_OUT * np.arange(m + 1)
    for i in range(n + 1):
        row = best[i]
        for k, (a, b) in enumerate(sizes, 1):
            if a > i:
                continue
            step = best[i - a, : m + 1 - b] + (table[a, b][i - a] if b else LEFT_OUT)
            better = step > row[b:]
            row[b:][better] = step[better]
            came[i, b:][better] = k
        reach = np.maximum.accumulate(row - added)
        came[i][reach > row - added] = 0
        row[:] = reach + added
    beads = []
    i, j = n, m
    while i or j:
        a, b = sizes[came[i, j] - 1] if came[i, j] else (0, 1)
        i, j = i - a, j - b
        beads.append(Bead(slice(i, i + a), slice(j, j + b)))
    return beads[::-1]


def _weighed(beads: Sequence[Bead], table: Table, scores: Table) -> list[Bead]:
    """Give each bead its probability among all ways to lay the texts side by side, and being a translation at all."""
    n, m = beads[-1].source.stop if beads else 0, beads[-1].target.stop if beads else 0
    there = _sums(table, n, m)
    back = _sums({size: matrix[::-1, ::-1] for size, matrix in table.items()}, n, m)[::-1, ::-1]
    done = []
    for bead in beads:
        i, j, a, b = bead.source.start, bead.target.start, bead.source.stop, bead.target.stop
        score = table[a - i, b - j][i, j] if bead.is_pair else LEFT_OUT
        chance = math.exp(min(0.0, there[i, j] + score + back[a, b] - there[n, m]))
        if bead.is_pair:
            chance /= 1 + math.exp(min(50.0, -1 - scores[a - i, b - j][i, j]))
        done.append(replace(bead, confidence=chance))
    return done


def _sums(table: Table, n: int, m: int) -> Floats:
    """Return the logarithm of the sum of all ways to each place."""
    total = np.full((n + 1, m + 1), -np.inf)
    total[0, 0] = 0.0
    added = LEFT_OUT * np.arange(m + 1)
    for i in range(n + 1):
        row = total[i]
        if i:
            np.logaddexp(row, total[i - 1] + LEFT_OUT, out=row)
        for (a, b), matrix in table.items():
            if a <= i:
                row[b:] = np.logaddexp(row[b:], total[i - a, : m + 1 - b] + matrix[i - a])
        row[:] = np.logaddexp.accumulate(row - added) + added
    return total


# ── Moved paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────


def _with_moved(beads: list[Bead], source: Sequence[str], target: Sequence[str], russian: bool) -> list[Bead]:
    """Pair what was left out in one place with what was added in another."""
    first = _runs([bead.source for bead in beads if not bead.is_pair])
    second = _runs([bead.target for bead in beads if not bead.is_pair])
    if not first or not second:
        return beads
    found: list[Bead] = []
    taken: set[int] = set()
    for gain in sorted(_gains(first, second, source, target, russian), key=lambda g: -g.score):
        one, other = first[gain.source], second[gain.target]
        laid = [bead.shifted(one.start, other.start) for bead in _laid(source[one], target[other], Breaks(), russian)]
        for bead in _believed(laid, source, target, russian):
            if taken.isdisjoint(_places(bead)):
                found.append(replace(bead, moved=True))
                taken |= _places(bead)
    kept = [b for b in beads if b.is_pair or taken.isdisjoint(_places(b))]
    return _ordered([*kept, *found])


def _believed(beads: Sequence[Bead], source: Sequence[str], target: Sequence[str], russian: bool) -> list[Bead]:
    """Return the pairs that speak for themselves, and those beside them that at least have something to say."""
    worth = [_speaks_for(bead, source, target, russian) if bead.is_pair else 0.0 for bead in beads]
    sure = [value > MOVED for value in worth]
    for order in (range(1, len(beads)), range(len(beads) - 2, -1, -1)):
        for k in order:
            beside = sure[k - order.step]
            sure[k] = sure[k] or (beside and worth[k] > 0)
    return [bead for bead, believed in zip(beads, sure, strict=True) if believed]


def _places(bead: Bead) -> set[int]:
    return {*range(bead.source.start, bead.source.stop), *(-1 - j for j in range(bead.target.start, bead.target.stop))}


def _speaks_for(bead: Bead, source: Sequence[str], target: Sequence[str], russian: bool) -> float:
    size = bead.source.stop - bead.source.start, bead.target.stop - bead.target.start
    return float(Evidence(source[bead.source], target[bead.target], russian=russian).scores()[size][0, 0])


@dataclass(frozen=True, slots=True)
class _Gain:
    source: int
    target: int
    score: float


def _gains(
    first: list[slice], second: list[slice], source: Sequence[str], target: Sequence[str], russian: bool
) -> list[_Gain]:
    """Return the pairs of runs of which two sentences speak for each other."""
    texts = [source[i] for run in first for i in range(run.start, run.stop)]
    others = [target[j] for run in second for j in range(run.start, run.stop)]
    rows = [k for k, run in enumerate(first) for _ in range(run.start, run.stop)]
    columns = [k for k, run in enumerate(second) for _ in range(run.start, run.stop)]
    score = Evidence(texts, others, largest=1, russian=russian).scores()[1, 1]
    best: dict[tuple[int, int], float] = {}
    for i, j in np.argwhere(score > MOVED / 2).tolist():
        at = rows[i], columns[j]
        best[at] = max(best.get(at, 0.0), float(score[i, j]))
    return [_Gain(one, other, value) for (one, other), value in best.items()]


def _runs(places: Sequence[slice]) -> list[slice]:
    """Join neighbouring places."""
    runs: list[slice] = []
    for place in places:
        if place.start == place.stop:
            continue
        if runs and runs[-1].stop == place.start:
            runs[-1] = slice(runs[-1].start, place.stop)
        else:
            runs.append(place)
    return runs


def _ordered(beads: Sequence[Bead]) -> list[Bead]:
    """Put beads in the order of the source, what was added behind what it follows in the target."""
    pairs = sorted((b for b in beads if b.source.start < b.source.stop), key=lambda b: b.source.start)
    extra = sorted((b for b in beads if b.source.start == b.source.stop), key=lambda b: b.target.start)
    done: list[Bead] = []
    for bead in pairs:
        done.append(bead)
        at = bead.target.stop if bead.is_pair else -1
        while extra and extra[0].target.start == at:
            done.append(replace(extra.pop(0), source=slice(bead.source.stop, bead.source.stop)))
            at = done[-1].target.stop
    lost = [replace(b, source=slice(0, 0)) for b in extra]
    return [*lost, *done]
