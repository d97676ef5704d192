"""From a Latin word to the Russian spellings the model can make of it, with their log-probabilities."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translate.names.model import EMPTY, UNSEEN, Key, Model, NGrams


@dataclass(frozen=True, slots=True)
class Spelling:
    """One decoded word: the Russian letters and the pieces it was put together from."""

    word: str
    units: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A spelling with its log-probability under each model."""

    spelling: Spelling
    russian: float
    world: float
    place: float
    central_asian: float

    @property
    def joint(self) -> float:
        """Return the log-probability under the mixture of the two great models."""
        a, b = self.russian + HOME, self.world
        return max(a, b) + math.log1p(math.exp(-abs(a - b)))


@dataclass(frozen=True, slots=True)
class Options:
    """The spellings of one word worth ranking, and how well each model explains the word (log-probabilities)."""

    found: Sequence[Scored]
    russian: float
    world: float
    place: float


# A newsroom of the region asks for post-Soviet names far more often than for the rest of the world (3 nats: 20 times).
HOME = 3.0


def candidates_of(model: Model, word: str) -> Options:
    """Decode a lower-case Latin word under both great models and score what they find under all four."""
    start, end = len(model.pieces) - 2, len(model.pieces) - 1
    best: dict[str, Scored] = {}
    for name in ("russian", "world"):
        for s in spellings(model, model.ngrams[name], word):
            one, other, place, asian = (
                s.score if other == name else _sequence_score(model.ngrams[other], s.units, start, end)
                for other in ("russian", "world", "place", "central-asian")
            )
            scored = Scored(s, one, other, place, asian)
            if s.word not in best or scored.joint > best[s.word].joint:
                best[s.word] = scored
    found = sorted(best.values(), key=lambda s: -s.joint)[:40]
    if not found:
        return Options((), 0.0, 0.0, 0.0)
    return Options(found, max(s.russian for s in found), max(s.world for s in found), max(s.place for s in found))


@dataclass(frozen=True, slots=True)
class Origins:
    """How likely a name is Slavic or post-Soviet, a place of that world, or neither; they sum to one."""

    slavic: float
    place: float
    other: float


def sides_of(options: Iterable[Options]) -> Origins:
    """Weigh the models against each other over all words of a name: Milet is Милет in Novyy Milet."""
    each = list(options)
    n = max(1, len(each))
    logs = [sum(o.russian for o in each) / n + HOME, sum(o.place for o in each) / n + HOME]
    logs.append(sum(o.world for o in each) / n)
    odds = [math.exp(x - max(logs)) for x in logs]
    return Origins(*(x / sum(odds) for x in odds))


def spellings(model: Model, ngrams: NGrams, word: str, beam: int = 24, count: int = 25) -> list[Spelling]:
    """Return the best Russian spellings of one lower-case Latin word under a joint model, best first."""
    pieces = model.pieces
    start, end = len(pieces) - 2, len(pieces) - 1
    first = ngrams.extend((EMPTY,), start)[1]
    # state: (context, Russian so far) → (score, units)
    columns: list[dict[tuple[tuple[Key, ...], str], tuple[float, tuple[int, ...]]]] = [{} for _ in range(len(word) + 1)]
    columns[0][first, ""] = (0.0, ())
    for i in range(len(word)):
        hypotheses = sorted(columns[i].items(), key=lambda item: -item[1][0])[:beam]
        for length in range(1, min(4, len(word) - i) + 1):
            choices = model.by_latin.get(word[i : i + length], ())
            column = columns[i + length]
            for (context, russian), (score, units) in hypotheses:
                if not choices and length == 1:  # a letter never seen is dropped, at the price of an unseen piece
                    _keep(column, (context, russian), (score + UNSEEN, units))
                for unit in choices:
                    gain, following = ngrams.extend(context, unit)
                    _keep(column, (following, russian + pieces[unit][1]), (score + gain, (*units, unit)))
    best: dict[str, Spelling] = {}
    for (context, russian), (score, units) in columns[-1].items():
        total = score + ngrams.extend(context, end)[0]
        if russian and (russian not in best or total > best[russian].score):
            best[russian] = Spelling(russian, units, total)
    return sorted(best.values(), key=lambda s: -s.score)[:count]


def _keep(
    column: dict[tuple[tuple[Key, ...], str], tuple[float, tuple[int, ...]]],
    state: tuple[tuple[Key, ...], str],
    value: tuple[float, tuple[int, ...]],
) -> None:
    old = column.get(state)
    if old is None or value[0] > old[0]:
        column[state] = value


def _sequence_score(ngrams: NGrams, units: Sequence[int], start: int, end: int) -> float:
    context = ngrams.extend((EMPTY,), start)[1]
    total = 0.0
    for unit in (*units, end):
        gain, context = ngrams.extend(context, unit)
        total += gain
    return total
