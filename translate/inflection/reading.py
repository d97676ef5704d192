"""The case a sentence asks for where a term stands, or where something stands that will become the term.

Three witnesses, in this order: the term's own paradigm (which of its forms is it, or most resembles), what two taggers
make of the place, and the neighbours. What stands there may be a distortion («с Женбековым» for Жээнбеков) or a foreign
word («с Nazarbayev»): then its ending counts for less and the neighbours decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from translate.errors import Span
from translate.inflection.paradigms import CASES, SLOTS, CaseReading, Number, Paradigm
from translate.inflection.tagging import Tagged, tagger

TOKEN = re.compile(r"\w+(?:[-‑’'.]\w+)*|\S", re.UNICODE)
FLOOR = 1e-4


def tokenize(sentence: str) -> list[Span]:
    """Cut a sentence into words and signs; hyphenated words stay whole, as the taggers were trained."""
    return [Span(m.start(), m.end()) for m in TOKEN.finditer(sentence)]


class SentenceReader:
    """A sentence tagged once, to be asked for the case at any number of places."""

    def __init__(self, sentence: str, tagged: Tagged | None = None) -> None:
        self.sentence = sentence
        self.spans = tokenize(sentence)
        self.tagged = tagged or tagger().tag([[s.of(sentence) for s in self.spans]])[0] if self.spans else None

    def read(self, form: str, span: Span, term: Paradigm) -> CaseReading:
        """Read the case that the sentence asks for at `span`, where `form` now stands for the term."""
        places = [i for i, s in enumerate(self.spans) if s.start < span.stop and span.start < s.stop]
        if self.tagged is None or not places:
            return CaseReading("nomn", term.number, 0.0)
        return read_tokens(self.tagged, places, form, term)


def read_tokens(tagged: Tagged, places: Sequence[int], form: str, term: Paradigm) -> CaseReading:
    """Read the case at token positions that hold `form`."""
    likely = _likelihood(tagged, places, form, term)
    n, c = np.unravel_index(int(likely.argmax()), likely.shape)
    return CaseReading(CASES[int(c)], NUMBERS[int(n)], float(likely[n, c]))


NUMBERS: tuple[Number, Number] = ("sing", "plur")


def _likelihood(tagged: Tagged, places: Sequence[int], form: str, term: Paradigm) -> NDArray[np.float64]:
    """Return numbers × cases, summing to one."""
    found = np.zeros((2, 6))
    for place in _bearers(tagged, places, term):
        found += np.log(_slovnet(tagged, place, term) + FLOOR) + np.log(_rumorph(tagged, place, term) + FLOOR)
    found += np.log(_forms(form, term) + FLOOR) * 4
    found = np.exp(found - found.max())
    total: NDArray[np.float64] = found / found.sum()
    return total


def _bearers(tagged: Tagged, places: Sequence[int], term: Paradigm) -> Sequence[int]:
    """Return the tokens that carry the case: every part of a person's name, the words of a phrase up to its head."""
    words = [i for i in places if tagged.tokens[i][:1].isalpha()]
    if term.kind == "person" or len(words) <= 1:
        return words or places
    for k, i in enumerate(words):
        if tagged.best[i].pos in ("NOUN", "PROPN"):
            return words[: k + 1]
    return words[:1]


def _slovnet(tagged: Tagged, place: int, term: Paradigm) -> NDArray[np.float64]:
    masses = np.asarray(tagged.scores[place] @ _columns(term.gender), np.float64)
    shares: NDArray[np.float64] = masses / (masses.sum() + 1e-9)
    return shares.reshape(2, 6)


@lru_cache(maxsize=8)
def _columns(gender: str | None) -> NDArray[np.float32]:
    """Return tags × (number, case): 1 where a nominal tag fits the gender."""
    tags = tagger().tags
    columns = np.zeros((len(tags), 12), np.float32)
    for i, tag in enumerate(tags):
        if tag.case is None or (
            (tag.pos not in ("NOUN", "PROPN", "ADJ") or gender not in (None, tag.gender))
            and not (tag.number == "plur" and tag.pos == "ADJ")
        ):
            continue
        columns[i, (tag.number == "plur") * 6 + tag.case] = 1
    return columns


def _rumorph(tagged: Tagged, place: int, term: Paradigm) -> NDArray[np.float64]:
    found = np.full((2, 6), 0.02)
    for r in tagged.readings[place]:
        if r.case is not None and r.gender in (None, term.gender):
            found[int(r.number == "plur"), r.case] += r.probability
    return found / found.sum()  # type: ignore[no-any-return]


def _forms(form: str, term: Paradigm) -> NDArray[np.float64]:
    """Return how well each slot of the paradigm fits what stands there."""
    found = np.zeros((2, 6))
    exact = {(s.number, s.case) for s in term.slots_of(form)}
    if not exact:
        folded = form.casefold()
        exact = {
            (slot.number, slot.case) for slot, forms in term.forms.items() if any(f.casefold() == folded for f in forms)
        }
    if exact:
        for n, number in enumerate(NUMBERS):
            for c, case in enumerate(CASES):
                found[n, c] = (number, case) in exact
        return found
    from rapidfuzz.distance import Levenshtein

    for n, number in enumerate(NUMBERS):
        for c, slot in enumerate(SLOTS[number]):
            if slot in term.forms:
                best = min(Levenshtein.normalized_distance(form, f) for f in term.forms[slot])
                found[n, c] = np.exp(-8 * best)
    return found


@lru_cache(maxsize=512)
def reader(sentence: str) -> SentenceReader:
    """Return the reader of a sentence, tagged once however often it is asked for."""
    return SentenceReader(sentence)


def read_case(form: str, sentence: str, span: Span, term: Paradigm) -> CaseReading:
    """Read which case the sentence asks for at `span`, where `form` now stands for the term.

    Args:
        form: what stands there: a form of the term, a distortion of one, or a foreign word.
        sentence: the target sentence; the last few hundred stay tagged, so more terms of a sentence are free.
        span: where `form` stands.
    """
    return reader(sentence).read(form, span, term)
