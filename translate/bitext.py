"""A source file and its translation, made by anyone, as pairs of sentences to check.

Sentences are paired by length (Gale and Church), with the numbers and names they share as anchors: a translator joins,
splits and now and then forgets a sentence. Where it stops: text moved from one place to another is seen as dropped
here and added there.

Source: W. A. Gale, K. W. Church, A Program for Aligning Sentences in Bilingual Corpora, 1993.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from translate.article import Article, read_article
from translate.checks import Pair
from translate.errors import ParallelError
from translate.files import read_text
from translate.parallel import read_parallel
from translate.pinning.likeness import letters
from translate.segments import split

# Russian letters for an English one, and their variance, on 1,997 pairs of news (NTREX).
RATIO = 1.11
VARIANCE = 3.9
# How likely a translator does each: one to one, dropped, added, two into one, one into two, two to two.
_MOVES = {(1, 1): 0.92, (1, 0): 0.012, (0, 1): 0.012, (2, 1): 0.025, (1, 2): 0.025, (2, 2): 0.006}
_COST = {move: -math.log(share) for move, share in _MOVES.items()}
_BAND = 60


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that belong together: `source[start:stop]` and `target[start:stop]`, by index; one may be empty."""

    source: slice
    target: slice


def align(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    """Pair n source sentences with m target sentences, in order; every sentence is in one bead."""
    n, m = len(source), len(target)
    band = _BAND + abs(n - m)
    lengths = [len(text) for text in source], [len(text) for text in target]
    anchors = [_anchors(text) for text in source], [_anchors(text) for text in target]
    best: dict[tuple[int, int], float] = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        middle = i * m // max(1, n)
        for j in range(max(0, middle - band), min(m, middle + band) + 1):
            here = best.get((i, j))
            if here is None:
                continue
            for (di, dj), cost in _COST.items():
                ni, nj = i + di, j + dj
                if ni > n or nj > m:
                    continue
                total = here + cost + _misfit(sum(lengths[0][i:ni]), sum(lengths[1][j:nj]))
                shared = sum(len(a & b) for a in anchors[0][i:ni] for b in anchors[1][j:nj])
                total -= 2.0 * min(3, shared)
                if total < best.get((ni, nj), math.inf):
                    best[ni, nj] = total
                    came[ni, nj] = (di, dj)
    beads = []
    at = (n, m)
    while at != (0, 0):
        di, dj = came[at]
        at = (at[0] - di, at[1] - dj)
        beads.append(Bead(slice(at[0], at[0] + di), slice(at[1], at[1] + dj)))
    return beads[::-1]


def _anchors(text: str) -> frozenset[str]:
    """Return what stands alike in both languages: figures, and how names begin, Latin letters turned into Cyrillic."""
    names = regex.findall(r"\b\p{Lu}\p{L}{3,}", text)
    return frozenset([*regex.findall(r"\d+", text), *(letters(name)[:4] for name in names)])


def _misfit(first: int, second: int) -> float:
    """Return the cost of two lengths not agreeing, as a negative logarithm of a probability."""
    if not first or not second:
        return 0.02 * (first + second)  # the longer a sentence, the less likely that it was just left out
    delta = abs(second - first * RATIO) / math.sqrt((first + second / RATIO) / 2 * VARIANCE)
    return -math.log(max(1e-12, math.erfc(delta / math.sqrt(2))))


def read_pairs(source: str | Path, target: str | Path | None = None) -> list[Pair]:
    """Read what is to be checked.

    Args:
        source: an English article file, or, if alone, a parallel text (.tsv, .jsonl) or a table of two columns.
        target: its translation.

    Raises:
        ArticleError, ParallelError: a file cannot be read.
    """
    if target is not None:
        return list(_aligned(read_article(source), read_article(target)))
    path = Path(source)
    if path.suffix.lower() == ".tsv":
        lines = read_text(path, error=ParallelError).splitlines()
        if lines and len(lines[0].split("\t")) == 2:
            return [_columns(line, n, path) for n, line in enumerate(lines, 1) if line.strip()]
    return [Pair(row.id, row.source, row.target, pins=row.pins) for row in read_parallel(path).rows]


def _columns(line: str, n: int, path: Path) -> Pair:
    cells = line.split("\t")
    if len(cells) != 2:
        raise ParallelError(f"{len(cells)} columns instead of 2", path=path, line=n)
    return Pair(str(n), cells[0], cells[1])


def _aligned(source: Article, target: Article) -> Iterator[Pair]:
    """Pair two articles, block by block where they have as many blocks, else as one run of sentences."""
    first = [(block.id, _sentences(block.text, "en")) for block in source.translatable()]
    second = [(block.id, _sentences(block.text, "ru")) for block in target.translatable()]
    if len(first) == len(second):
        for (name, english), (_name, russian) in zip(first, second, strict=True):
            yield from _paired(english, russian, [name] * len(english))
        return
    names = [name for name, sentences in first for _sentence in sentences]
    flat = [s for _name, sentences in first for s in sentences], [s for _name, sentences in second for s in sentences]
    yield from _paired(*flat, names)


def _sentences(text: str, language: str) -> list[str]:
    return [text[s.start : s.stop] for s in split(text, language)]


def _paired(english: list[str], russian: list[str], names: list[str]) -> Iterator[Pair]:
    counts: dict[str, int] = {}
    for bead in align(english, russian):
        name = names[min(bead.source.start, len(names) - 1)] if names else "end"
        counts[name] = counts.get(name, 0) + 1
        yield Pair(f"{name}.{counts[name]}", " ".join(english[bead.source]), " ".join(russian[bead.target]))
