"""Put one to four words of the English sentence in Russian, as the engine will be given them.

The engine is told names, terms and rare words by their Russian dictionary form in the place of the English («The dam on
the Вахш is old.»). It copies and declines them unasked, but leaves one name in three of a list in the nominative; a
model trained on such sentences need not. Mostly the lemma is given, sometimes the very form, and now and then a word
that does not fit, so that the model keeps the right to refuse.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from rapidfuzz import fuzz

from training.draft.pairs import Aligned, Edit, Pair, edited
from translate.inflection.dictionary import analyzer
from translate.spans import Span

FORMS, MISFITS = 0.15, 0.03  # share of words given in the right form, and of words that do not fit
NAMES = 0.7  # how often all names of a sentence are given where one word is
COUNTS = (1, 1, 2, 3, 4)
ENGLISH = regex.compile(r"\p{Latin}+(?:-\p{Latin}+)*")
RUSSIAN = regex.compile(r"\p{Cyrillic}+(?:-\p{Cyrillic}+)*")
# “Naryn” is Нарын and “Sergei” Сергей; below that share of equal letters two words are not one name.
ALIKE = 72.0
LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya",
    }
)  # fmt: skip
Translations = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Hinted:
    """A pair whose English has words in Russian; `words` says how many."""

    pair: Pair
    words: int


class Hinter:
    """Finds words that render each other and puts the Russian ones into the source.

    Args:
        translations: the Russian lemmas an English word may stand for, ё written е, the likeliest first.
        seed: of the choice.
    """

    def __init__(self, translations: Translations, seed: int = 1) -> None:
        self._translations = translations
        self._rng = random.Random(seed)
        self._others: list[str] = []

    def hint(self, pair: Pair, known: Sequence[Aligned] = ()) -> Hinted | None:
        """Put some words in Russian; None where no word is sure.

        Args:
            known: words that are known to render each other, whatever the lexicon says.
        """
        found = [*known, *(a for a in self.aligned(pair) if not any(a.span.overlaps(k.span) for k in known))]
        if not found:
            return None
        names = [a for a in found if a.is_name]
        chosen = self._rng.sample(found, min(len(found), self._rng.choice(COUNTS)))
        if names and self._rng.random() < NAMES:
            chosen += [a for a in names if a not in chosen]
        english, _ = edited(pair.english, [Edit(a.span, self._given(a)) for a in chosen])
        return Hinted(Pair(english, pair.russian, pair.source), len(chosen))

    def _given(self, word: Aligned) -> str:
        draw = self._rng.random()
        if word.is_name:
            return word.form if draw < FORMS else word.lemma
        self._others.append(word.lemma)
        if draw < MISFITS:
            return self._rng.choice(self._others[-500:])
        form = word.form.lower() if word.lemma.islower() else word.form
        return form if draw < MISFITS + FORMS else word.lemma

    def aligned(self, pair: Pair) -> list[Aligned]:
        """Return the words and names that surely render each other: one to one, on both sides."""
        russian = [Word(match[0], match.start() == 0) for match in RUSSIAN.finditer(pair.russian)]
        by_lemma: dict[str, list[Word]] = {}
        for word in russian:
            for lemma in readings(word.text.lower()):
                by_lemma.setdefault(lemma.word, []).append(word)
        found = []
        for match in ENGLISH.finditer(pair.english):
            if len(match[0]) > 2:
                hit = _name(match[0], russian) or self._word(match[0], by_lemma)
                if hit:
                    found.append(Aligned(Span(*match.span()), hit.lemma, hit.form, hit.is_name))
        forms = [a.form for a in found]
        return [a for a in found if forms.count(a.form) == 1]

    def _word(self, english: str, by_lemma: dict[str, list[Word]]) -> Aligned | None:
        for lemma in self._translations(english.lower()):
            words = by_lemma.get(lemma, [])
            if len(words) == 1:
                form = words[0].text
                given = next((r.nominative for r in readings(form.lower()) if r.word == lemma), "")
                is_name = form[0].isupper() and not words[0].first
                return Aligned(Span(0, 0), _capital(given) if is_name else given, form, is_name) if given else None
        return None


@dataclass(frozen=True, slots=True)
class Word:
    """A Russian word of the sentence; `first` where a capital says nothing."""

    text: str
    first: bool


@dataclass(frozen=True, slots=True)
class HintReading:
    """One way to read a form: the lemma with е for ё, and the nominative in the number of the form."""

    word: str
    nominative: str


@lru_cache(maxsize=200_000)
def readings(form: str) -> tuple[HintReading, ...]:
    """Read a form as a noun or an adjective; empty for other words."""
    found: dict[str, HintReading] = {}
    for analysis in analyzer().analyze(form)[:4]:
        if analysis.pos in ("NOUN", "PROPN"):
            number = analysis.feats.get("Number")
            same = (
                f.word for f in analysis.forms() if f.feats.get("Case") == "Nom" and f.feats.get("Number") == number
            )
            nominative = next(same, analysis.lemma)
        elif analysis.pos == "ADJ":
            nominative = analysis.lemma
        else:
            continue
        word = analysis.lemma.replace("ё", "е")
        found.setdefault(word, HintReading(word, nominative))
    return tuple(found.values())


def _name(english: str, russian: Sequence[Word]) -> Aligned | None:
    """Find the one Russian name that sounds like an English one, and its likeliest nominative."""
    if not english[0].isupper() or english.isupper():
        return None
    heard = [w for w in russian if w.text[0].isupper() and _sounds(english, w.text)]
    if len({w.text for w in heard}) != 1:
        return None
    form = heard[0].text
    lemma = max(_nominatives(form), key=lambda n: (fuzz.ratio(_heard(latin(n)), _heard(english)), n == form))
    return Aligned(Span(0, 0), lemma, form, True)


def _nominatives(form: str) -> list[str]:
    """Return what may be the nominative of a name's form, by the dictionary and by the ending."""
    made = {form, *(_capital(r.nominative) for r in readings(form.lower()))}
    for ending in ("а", "у", "ом", "ем", "е", "ым", "ой", "и", "ы"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            made |= {stem, stem + "а"} if ending in ("е", "ой", "и", "ы", "у") else {stem}
    return sorted(made)


def _capital(text: str) -> str:
    return "-".join(part.capitalize() for part in text.split("-"))


@lru_cache(maxsize=200_000)
def latin(text: str) -> str:
    """Spell Russian letters in Latin ones, roughly, to be compared."""
    return text.lower().translate(LATIN)


def _heard(english: str) -> str:
    return regex.sub(
        r"(.)\1", r"\1", english.lower().replace("ph", "f").replace("c", "k").replace("w", "v").replace("x", "ks")
    )


def _sounds(english: str, form: str) -> bool:
    heard, spelt = _heard(english), _heard(latin(form))
    return heard[0] == spelt[:1] and fuzz.ratio(heard, spelt) >= ALIKE
