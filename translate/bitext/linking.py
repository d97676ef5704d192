"""Which words of a sentence and of its translation belong together, one to one, surest first.

A pair of words is as likely as the lexicon says, either way, or sounds alike where both are names; words that the
lexicon lacks are told by their company over the whole edition: two words that are hardly ever without each other.

Source: I. D. Melamed, Models of Translational Equivalence among Words, 2000 (competitive linking).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from translate import lexicon
from translate.checks import Pair
from translate.inflection import lemmas
from translate.lexicon.english import FUNCTION, folded, lemmas_of
from translate.pinning.likeness import likeness
from translate.spans import Span

ENGLISH = regex.compile(r"\p{L}+(?:[-’'&]\p{L}+)*")
RUSSIAN = regex.compile(r"\p{L}+(?:[-’]\p{L}+)*(?:-\d+)?")
WORTH = 0.05
"""A pair of the lexicon below this, both ways, is no link."""
SOUNDS, COMPANY = 0.6, 0.5
"""Least likeness of two names; least share of sentences that two words have together of those with either."""
TOGETHER = 3
"""Sentences that two words must have together before their company says anything."""
READ = 0.05
"""A reading of a Russian form below this is none."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: where it stands, and what it may be a form of, likeliest first, ё written е."""

    text: str
    span: Span
    lemmas: tuple[str, ...]
    pos: str = ""

    @property
    def is_name(self) -> bool:
        """Tell whether it begins with a capital."""
        return self.text[0].isupper()


def english_words(text: str) -> tuple[Word, ...]:
    """Return the words of an English sentence."""
    return tuple(_english(m[0], Span(*m.span())) for m in ENGLISH.finditer(text))


def _english(text: str, span: Span) -> Word:
    plain = text.removesuffix("'s").removesuffix("’s").rstrip("'’")
    return Word(plain, Span(span.start, span.start + len(plain)), (head_of(folded(plain)),))


@lru_cache(maxsize=100_000)
def head_of(form: str) -> str:
    """Return the lemma of an English form in small letters, as the lexicon has it, else the form itself."""
    book = lexicon.lexicon()
    head = book.head(form)
    return book.heads[head] if head >= 0 else form


def russian_words(text: str) -> tuple[Word, ...]:
    """Return the words of a Russian sentence."""
    return tuple(_russian(m[0], Span(*m.span())) for m in RUSSIAN.finditer(text))


def _russian(text: str, span: Span) -> Word:
    found = lemmas(text.lower())
    kept = tuple(dict.fromkeys(one.text for one in found if one.probability >= READ)) or (text.lower(),)
    return Word(text, span, kept, found[0].pos if found else "")


@lru_cache(maxsize=50_000)
def _candidates(form: str) -> Mapping[str, float]:
    """Return how likely the lexicon takes each Russian lemma for an English form, the better of both ways."""
    found: dict[str, float] = {}
    for word in dict.fromkeys((form, *lemmas_of(form))):
        for one in lexicon.translations(word):
            found[one.lemma] = max(found.get(one.lemma, 0.0), one.probability + 0.2 * one.backward)
    return {lemma: chance for lemma, chance in found.items() if chance >= WORTH}


def likely(form: str, lemma: str) -> float:
    """Return how likely the lexicon takes a Russian lemma for an English form, 0 where it is none."""
    return _candidates(form).get(lemma, 0.0)


class Company:
    """Which English and Russian lemmas keep company in an edition."""

    def __init__(self, pairs: Iterable[tuple[Sequence[Word], Sequence[Word]]]) -> None:
        self._english: Counter[str] = Counter()
        self._russian: Counter[str] = Counter()
        self._both: Counter[tuple[str, str]] = Counter()
        for first, second in pairs:
            here = {word.lemmas[0] for word in first if word.lemmas[0] not in FUNCTION}
            there = {word.lemmas[0] for word in second if is_content(word)}
            self._english.update(here)
            self._russian.update(there)
            self._both.update((a, b) for a in here for b in there)
        self._both = Counter({pair: n for pair, n in self._both.items() if n >= TOGETHER})

    def share(self, english: str, russian: str) -> float:
        """Return how often two lemmas are in one pair of those that have either, 0 where they are too rare to tell."""
        both = self._both[english, russian]
        return 2 * both / (self._english[english] + self._russian[russian]) if both else 0.0


def is_content(word: Word) -> bool:
    """Tell whether a Russian word names a thing or a quality of one."""
    return word.pos in ("NOUN", "PROPN", "ADJ", "X", "NUM")


@dataclass(frozen=True, slots=True)
class Linked:
    """A pair with its words and which of them belong together.

    Args:
        links: places of English words, and of the Russian ones of each.
        owners: places of Russian words, and of the English one of each.
        sounding: Russian words that sound like theirs.
    """

    pair: Pair
    first: tuple[Word, ...]
    second: tuple[Word, ...]
    links: Mapping[int, tuple[int, ...]]
    owners: Mapping[int, int]
    sounding: frozenset[int]


def link(pair: Pair, first: Sequence[Word], second: Sequence[Word], company: Company) -> Linked:
    """Link the words of a pair: the surest pair first, each word once; then those left over to a word taken."""
    weights = sorted(_weights(first, second, company), key=lambda one: (-one.weight, one.away))
    taken: dict[int, list[int]] = {}
    owners: dict[int, int] = {}
    for one in weights:
        if one.english not in taken and one.russian not in owners:
            taken[one.english] = [one.russian]
            owners[one.russian] = one.english
    for one in weights:  # “Foreign Ministry” is «МИД»: two words in one, or one in two
        if one.english not in taken and abs(owners[one.russian] - one.english) <= 3:
            taken[one.english] = [one.russian]
        elif one.russian not in owners and min(abs(r - one.russian) for r in taken[one.english]) == 1:
            taken[one.english].append(one.russian)
            owners[one.russian] = one.english
    sounding = frozenset(r for r, e in owners.items() if _is_name_pair(first[e], second[r]))
    links = {e: tuple(sorted(r)) for e, r in taken.items()}
    return Linked(pair, tuple(first), tuple(second), links, owners, sounding)


def _is_name_pair(word: Word, other: Word) -> bool:
    return word.is_name and other.is_name and _sound(word.text, other.text) > 0


@dataclass(frozen=True, slots=True)
class _Weight:
    english: int
    russian: int
    weight: float
    away: float


def _weights(first: Sequence[Word], second: Sequence[Word], company: Company) -> Iterator[_Weight]:
    for e, word in enumerate(first):
        form = folded(word.text)
        if form in FUNCTION:
            continue
        known = _candidates(form)
        for r, other in enumerate(second):
            weight = max((known.get(lemma, 0.0) for lemma in other.lemmas), default=0.0)
            if word.is_name and other.is_name:
                weight = max(weight, _sound(word.text, other.text))
            weight = max(weight, _kept(company.share(word.lemmas[0], other.lemmas[0])))
            if weight:
                yield _Weight(e, r, weight, abs(e / len(first) - r / len(second)))


def _kept(share: float) -> float:
    return share if share >= COMPANY else 0.0


def without_ending(russian: str, english: str) -> float:
    """Return how alike both sound, without what a declension may have added."""
    return max(likeness(russian[: len(russian) - n], english) for n in range(max(0, min(3, len(russian) - 3)) + 1))


@lru_cache(maxsize=200_000)
def _sound(english: str, russian: str) -> float:
    if english.lower() == russian.lower():
        return 1.0
    alike = without_ending(russian, english)
    return alike if alike >= SOUNDS else 0.0
