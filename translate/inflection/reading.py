"""The case a sentence asks for where a term stands, or where something stands that will become the term.

Three witnesses, in this order: the term's own paradigm (which of its forms is it, or most resembles), what two taggers
make of the place, and the neighbours. What stands there may be a distortion («с Женбековым» for Жээнбеков) or a foreign
word («с Nazarbayev»): then its ending counts for less and the neighbours decide.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from rapidfuzz.distance import Levenshtein

from translate.inflection.asking import asked, tagger_cases
from translate.inflection.context import Floats, after_preposition
from translate.inflection.gap import UNKNOWN_NAME, logs_of
from translate.inflection.paradigms import CASES, CaseReading, Number, Paradigm, Slot, Word
from translate.inflection.source import Original
from translate.inflection.tagging import Tagged, cases_of, tagger
from translate.spans import Span

TOKEN = re.compile(r"\w+(?:[-‑’'.]\w+)*|\S", re.UNICODE)
LATIN_NAME = re.compile(r"[A-Z][a-z’'ʻ-]*[a-z][\w’'ʻ-]*")
_AROUND = 60  # tokens on either side of a place that can bear on its case: a long list is not read whole for each name
_CASELESS = re.compile(r"[A-Za-z]|^[^a-zа-яё]+$")  # «Deborah ramirez», «ФРГ»
FLOOR = 1e-4
FLOOR_LOG = log(FLOOR)
NUMBERS: tuple[Number, Number] = ("sing", "plur")


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each witness counts, as powers of its probabilities.

    Args:
        around: the words around the place.
        tags: slovnet on the word itself, in the term's gender.
        known, unknown, fixed: rumorph on its ending: a word of its dictionary, one it guesses, an indeclinable term.
        forms: the slots of the term's own paradigm that the word fits or resembles.
        undeclined: logarithm of how often a name stands undeclined where an oblique case is asked for,
            «встреча с Женбеков»; machine translation does it, and so do people with foreign names.
        sharpness: makes the confidence as high as the answers are right.
    """

    around: float = 0.5
    tags: float = 1.0
    known: float = 1.5
    unknown: float = 0.25
    fixed: float = 0.15
    forms: float = 4.0
    undeclined: float = -4.0
    sharpness: float = 0.4


# Chosen on the kit's GSD sentences, checked on its Taiga sentences and the other way round: docs/why/inflection.md.
MIX = Mix()


def tokenize(sentence: str) -> list[Span]:
    """Cut a sentence into words and signs; hyphenated words stay whole, as the taggers were trained."""
    return [Span(m.start(), m.end()) for m in TOKEN.finditer(sentence)]


def legible(token: str) -> str:
    """Return what to show the taggers for a token: a name in Latin letters as an unknown Russian one.

    They take «с Nazarbayev» for foreign matter without a case: right in 71 places of 100; an unknown name, in 82.
    """
    return UNKNOWN_NAME if LATIN_NAME.fullmatch(token) else token


# Of 200 kB each: with 1,024 of them a process that works through an archive held 500 MB. A text is tagged whole anyway.
KEPT = 32
_FOLDED = 1024  # paradigms, some kilobytes each
_readers: OrderedDict[str, SentenceReader] = OrderedDict()


def prepare(sentences: Sequence[str]) -> None:
    """Tag what is not tagged yet, in one batch; the readers of the last KEPT sentences stay."""
    new = [s for s in dict.fromkeys(sentences) if s not in _readers]
    spans = [tokenize(s) for s in new]
    words = [[legible(span.of(s)) for span in found] or [""] for s, found in zip(new, spans, strict=True)]
    for sentence, found, tagged in zip(new, spans, tagger().tag(words), strict=True):
        _readers[sentence] = SentenceReader(sentence, tuple(found), tagged)
    while new and len(_readers) > max(KEPT, len(sentences)):
        _readers.popitem(last=False)


def reader(sentence: str) -> SentenceReader:
    """Return the reader of a sentence, tagged once however often it is asked for."""
    if sentence not in _readers:
        prepare([sentence])
    return _readers[sentence]


@dataclass(frozen=True, slots=True)
class SentenceReader:
    """A tagged sentence, to be asked for the case at any number of places."""

    sentence: str
    spans: tuple[Span, ...]
    tagged: Tagged

    def read(
        self, form: str, span: Span, term: Paradigm, number: Number | None = None, original: Original | None = None
    ) -> CaseReading:
        """Read the case that the sentence asks for at `span`, where `form` now stands for the term."""
        places = self._places(span)
        if not places:
            return CaseReading("nomn", term.number, 0.0)
        return read_tokens(self.tagged, places, form, term, number, original=original)

    def words(self) -> tuple[Word, ...]:
        """Return the words, signs left out."""
        tagged = zip(self.spans, self.tagged.tokens, self.tagged.best, strict=False)
        return tuple(
            Word(span, t.pos, None if t.case is None else CASES[t.case], t.gender, t.number)
            for span, token, t in tagged
            if token[:1].isalpha()
        )

    def ask(
        self, span: Span, term: Paradigm, original: Original | None = None, other: bool = False
    ) -> tuple[float, ...]:
        """Return how likely each of CASES is at `span`, what stands there hidden from the taggers.

        Args:
            other: another word stands there; what the taggers say of its case counts as much as what is around it.
        """
        places = self._places(span)
        if not places:
            return (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        first, last = places[0], places[-1]
        before = self.tagged.tokens[max(0, first - _AROUND) : first]
        tokens = [*before, UNKNOWN_NAME, *self.tagged.tokens[last + 1 : last + 1 + _AROUND]]
        (hidden,) = tagger().tag([tokens])
        logs = asked(hidden, len(before), len(before), term, original=original, hidden=True).cases()
        if other:
            bearer = _bearers(self.tagged, places, term)[-1]
            if not _CASELESS.search(self.spans[bearer].of(self.sentence)):
                logs = logs_of(logs + cases_of(self.tagged, bearer))
        return tuple(np.exp(logs).tolist())

    def _places(self, span: Span) -> list[int]:
        return [i for i, s in enumerate(self.spans) if s.overlaps(span)]


def read_tokens(
    tagged: Tagged,
    places: Sequence[int],
    form: str,
    term: Paradigm,
    number: Number | None = None,
    *,
    original: Original | None = None,
) -> CaseReading:
    """Read the case at token positions that hold `form`."""
    likely = _likelihood(tagged, places, form, term, original)
    if number is not None:
        likely[1 - NUMBERS.index(number)] = 0
        likely /= likely.sum() or 1
    n, c = np.unravel_index(int(likely.argmax()), likely.shape)
    return CaseReading(CASES[int(c)], NUMBERS[int(n)], float(likely[:, c].sum()))


def _likelihood(tagged: Tagged, places: Sequence[int], form: str, term: Paradigm, original: Original | None) -> Floats:
    """Return numbers × cases, summing to one."""
    bearers = _bearers(tagged, places, term)
    fits = _forms(form, term)
    around = asked(tagged, bearers[0], bearers[-1], term, original=original, hidden=False).cases()
    found = fits + MIX.around * around
    # «встреча с Назарбаев»: no preposition governs the nominative, so neither ending nor tagger is to be believed
    undeclined = (
        term.lemma[:1].isupper()
        and fits[0, 0] == 0
        and np.count_nonzero(fits == 0) == 1
        and after_preposition(tagged, bearers[0])
    )
    if undeclined:
        found = found - fits
        found[0, 0] = -1 / FLOOR
    else:
        for i in bearers:
            known = any(r.known for r in tagged.readings[i])
            trust = MIX.fixed if term.fixed else MIX.known if known else MIX.unknown
            both = np.log(np.stack((tagger_cases(tagged, i, term), _rumorph(tagged, i, term))) + FLOOR)
            found += (MIX.tags * both[0] + trust * both[1]) / len(bearers)
    found = np.exp((found - found.max()) * MIX.sharpness)
    if undeclined:
        found[1] = 0
    shares: Floats = found / found.sum()
    return shares


def _bearers(tagged: Tagged, places: Sequence[int], term: Paradigm) -> Sequence[int]:
    """Return the tokens that carry the case: every part of a person's name, the words of a phrase up to its head."""
    words = [i for i in places if tagged.tokens[i][:1].isalpha()]
    if term.kind == "person" or len(words) <= 1:
        return words or places
    for k, i in enumerate(words):
        if tagged.best[i].pos in ("NOUN", "PROPN"):
            return words[: k + 1]
    return words[:1]


def _rumorph(tagged: Tagged, place: int, term: Paradigm) -> Floats:
    found = np.full((2, 6), 0.02)
    for r in tagged.readings[place]:
        if r.case is not None and r.gender in (None, term.gender):
            found[int(r.number == "plur"), r.case] += r.probability
    total: Floats = found / found.sum()
    return total


def _forms(form: str, term: Paradigm) -> Floats:
    """Return logarithms of how well each slot of the paradigm fits what stands there: 0 for a form of it."""
    folded = _fold(form)
    table = _folded_forms(term.forms, form.count(" ") + 1)
    exact = np.full((2, 6), MIX.forms * FLOOR_LOG)
    for n, c, text in table:
        if text == folded:
            exact[n, c] = 0
    if (exact == 0).any():
        undeclined = exact[0, 0] == 0 and term.lemma[:1].isupper()
        return np.maximum(exact, MIX.undeclined) if undeclined else exact
    likeness = np.zeros((2, 6))
    for n, c, text in table:
        likeness[n, c] = max(likeness[n, c], exp(-8 * Levenshtein.normalized_distance(folded, text)))
    return MIX.forms * np.log(likeness + FLOOR)


# Keyed by identity, the forms kept beside so that it stays theirs: to hash a paradigm costs more than to read it.
_folded: dict[tuple[int, int], tuple[Mapping[Slot, tuple[str, ...]], tuple[tuple[int, int, str], ...]]] = {}


def _folded_forms(forms: Mapping[Slot, tuple[str, ...]], words: int) -> tuple[tuple[int, int, str], ...]:
    """Return (number, case, form) with, of longer names, also as many words from either end as stand in the sentence.

    «Женбековым» stands for a name of two words: it is to be compared with the surname alone, too.
    """
    if kept := _folded.get((id(forms), words)):
        return kept[1]
    found: dict[tuple[int, int, str], None] = {}
    for slot, texts in forms.items():
        for text in map(_fold, texts):
            parts = text.split(" ")
            for piece in (text, " ".join(parts[-words:]), " ".join(parts[:words])):
                found[NUMBERS.index(slot.number), CASES.index(slot.case), piece] = None
    if len(_folded) >= _FOLDED:
        _folded.clear()
    _folded[id(forms), words] = (forms, tuple(found))
    return tuple(found)


def _fold(text: str) -> str:
    return text.casefold().replace("ё", "е")
