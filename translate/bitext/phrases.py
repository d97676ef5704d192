"""English phrases of an edition that may be terms: runs of nouns and adjectives, names of several words, acronyms.

Capitals tell names, the lexicon tells nouns; words that make no term of a phrase (“last year”) stand in
`general_en.txt`. Persons with their titles, and longer names around a name, are no terms of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import regex

from translate import lexicon
from translate.bitext.linking import Word, head_of
from translate.checks import Pair
from translate.glossary.people import TITLES
from translate.lexicon.english import FUNCTION, folded

LONGEST = 5
"""Words of a term."""
TIGHT = 0.12
"""How often the words of a common term stand in it, of all their places: “clean water” has .1, “stamp duty” 1."""
GENERAL = frozenset(Path(__file__).with_name("general_en.txt").read_text(encoding="utf-8").split())
"""Words that make no term of a phrase: “last year”, “many people”."""
JOINS = frozenset(("of", "the"))
NOUN = ("NOUN", "PROPN")
# “North Korean” is an adjective or one of a people: its Russian is another word than the country's, and not mined
OF_A_PEOPLE = regex.compile(r"\p{L}+(?:ian|ean|ese|ish|ic|can)s?$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phrase stands: which pair, its first word, the one behind its last."""

    pair: int
    start: int
    stop: int
    text: str


@dataclass(slots=True)
class Phrase:
    """An English phrase over the whole edition."""

    places: list[Place] = field(default_factory=list)
    tight: float = 1.0

    @property
    def pairs(self) -> set[int]:
        """In which pairs it stands."""
        return {place.pair for place in self.places}

    @property
    def is_named(self) -> bool:
        """Tell whether it has capitals, as most of its places have them."""
        named = sum(all(word[0].isupper() or word in JOINS for word in place.text.split()) for place in self.places)
        return 2 * named > len(self.places)

    @property
    def source(self) -> str:
        """Return the English, in the singular if it ever stands so."""
        texts = Counter(place.text for place in self.places)
        text = max(texts, key=lambda text: (not is_plural(text), texts[text]))
        if self.is_named or text.split()[0].isupper():
            return text
        return text[0].lower() + text[1:]


def is_plural(text: str) -> bool:
    """Tell whether the last word of a phrase is a plural."""
    last = folded(text.rsplit(maxsplit=1)[-1])
    return last.endswith("s") and not last.endswith(("ss", "us")) and head_of(last) != last


def phrases(
    pairs: Sequence[Pair], words: Sequence[Sequence[Word]], names: frozenset[str], persons: frozenset[str]
) -> Mapping[tuple[str, ...], Phrase]:
    """Return the phrases that may be terms, by their lemmas.

    Args:
        pairs, words: n pairs and the words of each source.
        names: single words that are names.
        persons: names of persons, whole: a phrase with one inside is none.
    """
    made: dict[tuple[str, ...], Phrase] = defaultdict(Phrase)
    counts = Counter(word.lemmas[0] for sentence in words for word in sentence)
    for at, sentence in enumerate(words):
        text = pairs[at].source
        headline = _is_headline(sentence)
        for a, b in _spans(text, sentence):
            run = sentence[a:b]
            piece = text[run[0].span.start : run[-1].span.stop]
            if b - a == 1 and piece not in names and not _is_acronym(piece):
                continue
            if _is_term(run, initial=a == 0, headline=headline) and not _has_person(run, persons):
                made[tuple(word.lemmas[0] for word in run)].places.append(Place(at, a, b, piece))
    found = {}
    for key, phrase in made.items():
        phrase.tight = _tight(key, len(phrase.places), counts)
        if phrase.is_named or (len(phrase.pairs) > 1 and phrase.tight >= TIGHT):
            found[key] = phrase
    return found


def _tight(key: tuple[str, ...], count: int, counts: Counter[str]) -> float:
    content = [counts[lemma] for lemma in key if lemma not in JOINS]
    product = 1.0
    for n in content:
        product *= count / n
    return float(product ** (1 / len(content)))


def _spans(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words with blanks alone between them."""
    joined = [text[a.span.stop : b.span.start] == " " for a, b in pairwise(words)] + [False]
    for a in range(len(words)):
        for b in range(a + 1, min(a + LONGEST, len(words)) + 1):
            yield a, b
            if not joined[b - 1]:
                break


def _is_acronym(text: str) -> bool:
    return text.isupper() and 1 < len(text) < 7


def _is_headline(words: Sequence[Word]) -> bool:
    long = [word for word in words if len(word.text) > 3]
    return len(long) > 3 and sum(word.is_name for word in long) > 0.6 * len(long)


def _has_person(run: Sequence[Word], persons: frozenset[str]) -> bool:
    """Tell whether a person stands in a longer run, or a title before or behind a name: “Massachusetts Senator”."""
    texts = [word.text for word in run]
    titles = [text.lower() in TITLES and text[0].isupper() for text in texts]
    if any(titles) and not all(titles) and not any(text == "of" for text in texts):
        return True
    inner = (
        " ".join(texts[a:b]) for a in range(len(texts)) for b in range(a + 1, len(texts) + 1) if b - a < len(texts)
    )
    return any(piece in persons for piece in inner)


def _is_term(words: Sequence[Word], *, initial: bool, headline: bool) -> bool:
    forms = [folded(word.text) for word in words]
    content = [(word, form) for word, form in zip(words, forms, strict=True) if form not in JOINS]
    if forms[0] in FUNCTION or forms[-1] in FUNCTION or any(f in GENERAL or f in FUNCTION for _w, f in content):
        return False
    if any(len(form) < 2 for form in forms) or (words[-1].is_name and OF_A_PEOPLE.fullmatch(words[-1].text)):
        return False
    capitals = [word.is_name for word, _form in content]
    if all(capitals) and not headline:
        return len(content) > 1 or len(forms) == 1
    if len(forms) == 1 or (any(capitals[1:] if initial else capitals) and not headline):
        return False
    heads = [i for i in range(len(forms)) if i == len(forms) - 1 or forms[i + 1] in JOINS]
    return all(_sorts(form, noun=i in heads) for i, form in enumerate(forms) if form not in JOINS)


@lru_cache(maxsize=50_000)
def _sorts(form: str, *, noun: bool) -> bool:
    """Tell whether an English word is mostly a noun, or may stand before one, by what the lexicon has for it."""
    found = lexicon.translations(form)
    right = sum(one.probability for one in found if one.pos in NOUN or (not noun and one.pos == "ADJ"))
    return right >= 0.5 * sum(one.probability for one in found)  # what the lexicon lacks is hardly a verb: “boz uy”
