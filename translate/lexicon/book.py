"""The lexicon in memory: looked up by an English word or by a Russian one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from translate.inflection import lemmas
from translate.lexicon.english import folded, lemmas_of
from translate.lexicon.store import PATH, POS, Table, read

LIKELY = 0.02
"""A reading of a Russian form below this share is no reading: «стали» is of сталь once in a hundred."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the other language.

    Args:
        lemma: in small letters, ё written е.
        pos: part of speech in Universal Dependencies ("NOUN"); "" for an English word.
        probability: of this word, given the one asked for.
        backward: of the one asked for, given this word.
    """

    lemma: str
    pos: str
    probability: float
    backward: float


class Lexicon:
    """All pairs of words, found from either side."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def translations(self, word: str) -> tuple[Candidate, ...]:
        """Return the Russian lemmas of an English word, the likeliest first."""
        head = self.head(word)
        if head < 0:
            return ()
        table = self._table
        rows = range(self._starts[head], self._starts[head + 1])
        return tuple(self._candidate(row, table.lemmas, table.forward, table.backward) for row in rows)

    def reverse(self, word: str) -> tuple[Candidate, ...]:
        """Return the English lemmas of a Russian word, the likeliest first."""
        table = self._table
        found: dict[str, Candidate] = {}
        for lemma in self.russian(word):
            for row in self._back[self._back_starts[lemma] : self._back_starts[lemma + 1]].tolist():
                made = Candidate(
                    table.heads[table.english[row]], "", float(table.backward[row]), float(table.forward[row])
                )
                if made.lemma not in found or found[made.lemma].probability < made.probability:
                    found[made.lemma] = made
        return tuple(sorted(found.values(), key=lambda c: -c.probability))

    def count(self, word: str) -> int:
        """Return how often the draft model's training data have this English form."""
        at = self._forms.get(folded(word))
        return 0 if at is None else int(self._table.count[at])

    def family(self, word: str) -> int:
        """Return how often they have the word in any form."""
        head = self.head(word)
        return self.count(word) if head < 0 else int(self._families[head])

    def head(self, word: str) -> int:
        """Return the place of an English word's lemma, -1 if it has no translation."""
        form = folded(word)
        at = self._forms.get(form)
        if at is not None and self._table.head[at] >= 0:
            return int(self._table.head[at])
        return next((self._heads[lemma] for lemma in lemmas_of(form) if lemma in self._heads), -1)

    def russian(self, word: str) -> tuple[int, ...]:
        """Return the places of the lemmas that a Russian form may belong to."""
        return _places(self, word)

    def links(self, head: int) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
        """Return of an English lemma its Russian lemmas by their places, and both probabilities of each."""
        rows = slice(int(self._starts[head]), int(self._starts[head + 1]))
        return self._table.russian[rows], self._table.forward[rows], self._table.backward[rows]

    @property
    def heads(self) -> tuple[str, ...]:
        """The English lemmas by their places."""
        return self._table.heads

    @property
    def lemmas(self) -> tuple[str, ...]:
        """The Russian lemmas by their places."""
        return self._table.lemmas

    def places_of(self, lemma: str) -> tuple[int, ...]:
        """Return the places of a Russian lemma, one for each part of speech."""
        return self._lemmas.get(lemma, ())

    def _candidate(
        self, row: int, words: tuple[str, ...], there: NDArray[np.float32], back: NDArray[np.float32]
    ) -> Candidate:
        at = self._table.russian[row]
        return Candidate(words[at], POS[self._table.pos[at]], float(there[row]), float(back[row]))

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.searchsorted(self._table.english, np.arange(len(self._table.heads) + 1))

    @cached_property
    def _back(self) -> NDArray[np.int64]:
        return np.lexsort((-self._table.backward, self._table.russian))

    @cached_property
    def _back_starts(self) -> NDArray[np.int64]:
        return np.searchsorted(self._table.russian[self._back], np.arange(len(self._table.lemmas) + 1))

    @cached_property
    def _heads(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self._table.heads)}

    @cached_property
    def _forms(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self._table.forms)}

    @cached_property
    def _lemmas(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for i, lemma in enumerate(self._table.lemmas):
            found[lemma] = (*found.get(lemma, ()), i)
        return found

    @cached_property
    def _families(self) -> NDArray[np.int64]:
        table = self._table
        totals = np.zeros(len(table.heads), np.int64)
        known = table.head >= 0
        np.add.at(totals, table.head[known], table.count[known])
        return totals


@lru_cache(maxsize=100_000)
def _places(book: Lexicon, word: str) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for lemma in lemmas(word.lower()):
        if lemma.probability >= LIKELY:
            found.update(dict.fromkeys(book.places_of(lemma.text)))
    return tuple(found)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the one loaded lexicon."""
    return Lexicon(read(PATH))
