"""What speaks for two runs of sentences being translations of each other: words, names, figures and lengths.

For every run of up to four sentences on one side and every run on the other, how much likelier the words of each are
for the other's being there: a word is drawn from the words of the other side (model 1, by the lexicon) or, in
`ALONE` of the cases, from the language at large. Names count as words that sound alike, figures as words that are the
same. Logarithms throughout, so that a run with nothing on the other side has 0, and unrelated ones less.

Source: R. C. Moore, Fast and Accurate Sentence Alignment of Bilingual Corpora, 2002 (lengths and model 1 in one score).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import regex
from numpy.typing import NDArray

from translate.lexicon import lexicon
from translate.lexicon.english import FUNCTION, folded
from translate.pinning.likeness import classes, letters

LARGEST = 4
"""Sentences in a run, at most."""
ALONE = 0.25
WEIGHT = 0.4
"""Words of a sentence are not independent: what they say together counts for so much."""
NAME, FIGURE, SAME = 400.0, 150.0, 400.0
"""How much likelier a name is beside one that sounds like it; a figure beside itself; a Latin word beside itself."""
CAP = 3000.0
# Russian letters for an English one; how far a pair's logarithm strays, with a part that shrinks with length
RATIO, SPREAD, SPREAD_SHORT = 1.05, 0.12, 0.8
REWRITTEN = 0.02  # of a pair whose lengths tell nothing: shortened, or told in other words
# What it says for two sentences that both begin a paragraph, and against a run with a break inside.
TOGETHER, OVER = 1.0, 1.5
ANY = 0.75  # … and how far lengths of sentences that have nothing to do with each other stray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
TOKEN = regex.compile(r"\p{L}+(?:[-’']\p{L}+)*|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Breaks:
    """Which sentences begin a paragraph, by index; nothing is known if both are empty."""

    source: frozenset[int] = frozenset()
    target: frozenset[int] = frozenset()

    def cut(self, source: int, target: int) -> Breaks:
        """Return those from two places on, counted from there."""
        return Breaks(
            frozenset(i - source for i in self.source if i >= source),
            frozenset(j - target for j in self.target if j >= target),
        )


@dataclass(frozen=True, slots=True)
class Token:
    """A word that may speak: its keys are what it shares with its counterpart, each with the weight of that."""

    keys: Mapping[object, float]


def english_tokens(text: str) -> list[Token]:
    """Return the words of an English sentence that may have a counterpart."""
    found = []
    for m in TOKEN.finditer(text):
        keys = _english(m.group())
        if keys:
            found.append(Token(keys))
    return found


def russian_tokens(text: str) -> list[Token]:
    """Return the words of a Russian sentence that may have a counterpart."""
    found = []
    for m in TOKEN.finditer(text):
        keys = _russian(m.group())
        if keys:
            found.append(Token(keys))
    return found


def _same_tokens(text: str) -> list[Token]:
    """Return the words of a Russian sentence that has a Russian one beside it: a word is its own counterpart."""
    return [Token(dict.fromkeys(token.keys, SAME)) for token in russian_tokens(text)]


@lru_cache(maxsize=100_000)
def _english(word: str) -> Mapping[object, float]:
    if word[0].isdigit():
        return _figures(word)
    form = folded(word)
    if form in FUNCTION or len(form) < 2:
        return {}
    keys: dict[object, float] = {}
    book = lexicon()
    head = book.head(form)
    if head >= 0:
        russian, _there, back = book.links(head)
        chance = (book.family(form) + 5) / TOTAL
        keys = {int(r): min(CAP, float(b) / chance) for r, b in zip(russian, back, strict=True)}
    if word[0].isupper():
        keys.update(_sounds(word))
    keys["=" + form] = SAME
    return keys


@lru_cache(maxsize=100_000)
def _russian(word: str) -> Mapping[object, float]:
    if word[0].isdigit():
        return _figures(word)
    if regex.search(r"\p{Latin}", word):
        return {"=" + folded(word): SAME, **(_sounds(word) if word[0].isupper() else {})}
    keys: dict[object, float] = dict.fromkeys(lexicon().russian(word), 1.0)
    if word[0].isupper():
        keys.update(_sounds(word))
    return keys


TOTAL = 6_000_000.0
"""English words that the lexicon's counts add up to."""


def _figures(word: str) -> Mapping[object, float]:
    plain = regex.sub(r"\D", "", word)
    return {"#" + plain: FIGURE if len(plain) > 1 else FIGURE / 4}


def _sounds(word: str) -> Mapping[object, float]:
    return dict.fromkeys(_sound_keys(word), NAME)


def _sound_keys(word: str) -> Iterator[str]:
    plain = word.removesuffix("’s").removesuffix("'s")
    if len(plain) < 3:
        return
    for spelling in {plain, plain.replace("th", "t").replace("Th", "T"), plain.replace("H", "", 1)}:
        yield "~" + letters(spelling)[:4]
        skeleton = classes(spelling).replace("а", "")
        if len(skeleton) > 2:
            yield "^" + skeleton[:4]


class Evidence:
    """The scores of all runs of two texts.

    Args:
        source, target: n and m sentences.
        breaks: where paragraphs begin.
        largest: how many sentences a run may have.
        russian: the source is Russian too: two translations of one article.
    """

    def __init__(
        self, source: Sequence[str], target: Sequence[str], breaks: Breaks | None = None, largest: int = LARGEST,
        *, russian: bool = False,
    ) -> None:  # fmt: skip
        self.n, self.m = len(source), len(target)
        self._largest = largest
        self._starts = (
            _starts(breaks.source if breaks else (), self.n),
            _starts(breaks.target if breaks else (), self.m),
        )
        first = [_same_tokens(text) if russian else english_tokens(text) for text in source]
        second = [russian_tokens(text) for text in target]
        self._first, self._second = _counts(first), _counts(second)
        self._lengths = np.array([len(t) for t in source], np.float64), np.array([len(t) for t in target], np.float64)
        links = _links(first, second)
        owner, other = np.repeat(np.arange(self.n), self._first), np.repeat(np.arange(self.m), self._second)
        k, q = int(self._first.sum()), int(self._second.sum())
        e, f, weight = links.first, links.second, links.weight
        # how likely each Russian word is beside each English sentence, and the other way
        self._there = np.bincount(owner[e] * q + f, weight, minlength=self.n * q).reshape(self.n, q).astype(float)
        self._back = np.bincount(other[f] * k + e, weight, minlength=self.m * k).reshape(self.m, k).astype(float)

    def scores(self) -> dict[tuple[int, int], Floats]:
        """Return for every size of runs (a, b) a matrix: [i, j] is the score of source[i:i+a] with target[j:j+b]."""
        most = min(self._largest, self.n), min(self._largest, self.m)
        there = {a: _explained(self._there, self._first, self._second, a) for a in range(1, most[0] + 1)}
        back = {b: _explained(self._back, self._second, self._first, b) for b in range(1, most[1] + 1)}
        made = {}
        for a, forwards in there.items():
            for b, backwards in back.items():
                words = _windows(forwards, b) + _windows(backwards, a).T
                made[a, b] = WEIGHT * words + self._length(a, b) + self._layout(a, b)
        return made

    def _layout(self, a: int, b: int) -> Floats:
        """Return what paragraphs say: they begin together, and a run that goes over a break is rare."""
        first, second = self._starts
        if not first.any() or not second.any():
            return np.zeros((1, 1))
        i, j = self.n - a + 1, self.m - b + 1
        alike: Floats = np.where(first[:i, None] == second[None, :j], first[:i, None] * TOGETHER, -TOGETHER)
        over: Floats = (_sums(first, a) - first[:i])[:, None] + (_sums(second, b) - second[:j])[None, :]
        return alike - OVER * over

    def _length(self, a: int, b: int) -> Floats:
        first, second = (_sums(x, size) for x, size in zip(self._lengths, (a, b), strict=True))
        spread = np.sqrt(SPREAD**2 + SPREAD_SHORT / (first[:, None] + 1))
        away = np.log((second[None, :] + 8) / (first[:, None] * RATIO + 8))
        mean = np.log(self._lengths[1] + 8).mean() + np.log(b)
        wide = np.log(second + 8) - mean
        alike = -0.5 * (away / spread) ** 2 - np.log(spread) + 0.5 * (wide / ANY)[None, :] ** 2 + np.log(ANY)
        found: Floats = np.logaddexp(alike, np.log(REWRITTEN))
        return found


def _counts(sentences: Sequence[Sequence[Token]]) -> Counts:
    return np.array([len(tokens) for tokens in sentences], np.int64)


def _starts(breaks: Iterable[int], size: int) -> Floats:
    found = np.zeros(size)
    found[[i for i in breaks if i < size]] = 1.0
    return found


@dataclass(frozen=True, slots=True)
class _Links:
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    weight: Floats


def _links(first: Sequence[Sequence[Token]], second: Sequence[Sequence[Token]]) -> _Links:
    """Find the pairs of words, counted through each text, that share a key."""
    places: dict[object, list[int]] = defaultdict(list)
    at = 0
    for tokens in second:
        for token in tokens:
            for key in token.keys:
                places[key].append(at)
            at += 1
    e: list[int] = []
    f: list[int] = []
    w: list[float] = []
    at = 0
    for tokens in first:
        for token in tokens:
            best: dict[int, float] = {}
            for key, weight in token.keys.items():
                for place in places.get(key, ()):
                    if weight > best.get(place, 0.0):
                        best[place] = weight
            e += [at] * len(best)
            f += best
            w += best.values()
            at += 1
    return _Links(np.array(e, np.int64), np.array(f, np.int64), np.array(w, np.float64))


def _explained(likely: Floats, sizes: Counts, words: Counts, run: int) -> Floats:
    """Return [i, j]: how much likelier the words of sentence j of one side are for sentences i … i+run of the other."""
    if run > len(sizes):
        return np.zeros((0, len(words)))
    total = _sums(likely, run)
    count = np.maximum(_sums(sizes, run), 1)[:, None]
    gain = np.log(ALONE + (1 - ALONE) * total / count)
    edges = np.concatenate([[0], np.cumsum(words)])
    sums = np.concatenate([np.zeros((len(gain), 1)), np.cumsum(gain, axis=1)], axis=1)
    found: Floats = sums[:, edges[1:]] - sums[:, edges[:-1]]
    return found


def _sums(values: Floats | Counts, run: int) -> Floats:
    """Return the sums of `run` neighbours along the first axis."""
    total: Floats = values[: len(values) - run + 1].astype(np.float64)
    for k in range(1, run):
        total = total + values[k : len(values) - run + 1 + k]
    return total


def _windows(values: Floats, run: int) -> Floats:
    """Return the sums of `run` neighbours along the second axis."""
    return _sums(values.T, run).T
