"""Terms and names that an edition renders by their meaning: “customs union” таможенный союз, “Ministry of Health”.

The words of each pair are linked (`linking`); what the words of an English phrase are linked to, if it is a phrase too
and nothing else is linked into it, is its rendering there. Phrases whose words tell nothing are found by their company:
a Russian phrase that stands beside an English one, and hardly ever without it. What a phrase is must be said twice;
a name of several words once, if every word is linked. Where it stops: a term that is put in other words each time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from translate.bitext.lemmatizing import Lemmatized, term_lemma
from translate.bitext.linking import Company, Linked, Word, english_words, likely, link, russian_words
from translate.bitext.phrases import NOUN, Phrase, is_plural, phrases
from translate.checks import Pair
from translate.inflection.dictionary import nouns
from translate.lexicon.english import FUNCTION, folded

SHARE = 0.4
"""A rendering in fewer of the sentences that have the term is one turn of several."""
TOGETHER, COMPANY, ALONE = 3, 0.6, 0.8
"""Sentences that two phrases must share, and which part of those with either, where their words say nothing; and of
single words."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What stands for a phrase in one pair.

    Args:
        form: as it stands.
        linked: how many of the phrase's words are accounted for, 0 to 1.
        initial: it begins the Russian sentence.
        sounds: every word of it sounds like its English: a name.
    """

    form: str
    pair: Pair
    linked: float
    initial: bool = False
    sounds: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """A phrase and its Russian.

    Args:
        source: English, as it stands most often, singular if it ever is.
        named: it has capitals.
        lemma: Russian.
        seen: renderings that are forms of it, one a pair.
        of: sentences that have the phrase.
        sure: how much speaks for it, 0 to 1.
    """

    source: str
    named: bool
    lemma: Lemmatized
    seen: tuple[Rendering, ...]
    of: int
    sure: float


class EditionWords:
    """The pairs of an edition with their words, linked when they are asked for."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = pairs
        self.first = [english_words(pair.source) for pair in pairs]
        self.second = [russian_words(pair.target) for pair in pairs]
        self._company = Company(zip(self.first, self.second, strict=True))
        self._linked: dict[int, Linked] = {}
        self._having: dict[str, set[int]] = defaultdict(set)
        for at, words in enumerate(self.second):
            for word in words:
                self._having[word.lemmas[0]].add(at)

    def linked(self, at: int) -> Linked:
        """Return a pair with its links."""
        if at not in self._linked:
            self._linked[at] = link(self.pairs[at], self.first[at], self.second[at], self._company)
        return self._linked[at]

    def having(self, key: Sequence[str]) -> int:
        """Return how many sentences have all these Russian lemmas."""
        found = sorted((self._having[lemma] for lemma in key), key=len)
        return len(found[0].intersection(*found[1:])) if found else 0

    def is_sure(self, word: str, found: Meant) -> bool:
        """Tell whether a single word's rendering is the lexicon's, its own letters, or its constant companion."""
        keys = [one.lemmas[0] for one in russian_words(found.lemma.lemma)]
        if found.lemma.lemma == word or any(likely(word.lower(), key) for key in keys):
            return True
        return 2 * len(found.seen) / (found.of + self.having(keys)) >= ALONE or _is_same_acronym(word, found)


def _is_same_acronym(word: str, found: Meant) -> bool:
    return word.isupper() and found.lemma.lemma.isupper() and all(one.sounds for one in found.seen)


def terms(
    edition: EditionWords, names: Iterable[str], persons: Iterable[str], taken: frozenset[str]
) -> Iterator[Meant]:
    """Yield the terms and names of an edition that are rendered by their meaning.

    Args:
        names: single words that are names and sound like nothing beside them.
        persons: whole names of persons.
        taken: phrases in small letters that are settled.
    """
    for key, phrase in phrases(edition.pairs, edition.first, frozenset(names), frozenset(persons)).items():
        if " ".join(key) in taken or any(place.text.lower() in taken for place in phrase.places):
            continue
        seen = [
            made for place in phrase.places if (made := _rendering(edition.linked(place.pair), place.start, place.stop))
        ]
        found = _agreed(seen, phrase)
        if found and " " not in phrase.source and not edition.is_sure(phrase.source, found):
            found = None
        if found is None and len(phrase.pairs) >= TOGETHER and not any(one.sounds for one in seen):
            found = _agreed(_in_company(edition, phrase), phrase)
        if found is not None:
            yield found


def _agreed(seen: Sequence[Rendering], phrase: Phrase) -> Meant | None:
    """Return the rendering that most sightings share, if enough do."""
    each = list({one.pair.id: one for one in reversed(seen)}.values())[::-1]
    if not each:
        return None
    named = phrase.is_named
    kind = "organisation" if named else "term"
    forms = [_uncapitalised(one, each, named) for one in each]
    lemma = term_lemma(Counter(forms), kind, plural=_should_be_plural(each, phrase, kind))
    of = len(phrase.pairs)
    if lemma is None or lemma.covers / of < SHARE:
        return None
    own = {form for form in set(forms) if _belongs(form, lemma, kind)}
    mine = [one for one, form in zip(each, forms, strict=True) if form in own]
    if not mine or (all(one.sounds for one in mine) and not phrase.source.isupper()):
        return None  # a name that is told by its sound is another's work
    sure = sum(one.linked for one in mine) / len(mine)
    if len({one.pair.source for one in mine}) < 2 and not (named and " " in phrase.source and sure >= 0.99):
        return None
    return Meant(phrase.source, named, lemma, tuple(mine), of, sure * min(1.0, len(mine) / of) * phrase.tight**0.5)


def _should_be_plural(seen: Sequence[Rendering], phrase: Phrase, kind: str) -> bool:
    """Tell whether the term is a plural: its English always is, or its Russian where the English has none."""
    plurals = sum(is_plural(place.text) for place in phrase.places)
    if plurals:
        return plurals == len(phrase.places)
    forms = Counter(one.form for one in seen)
    return 2 * sum(n for form, n in forms.items() if _is_plural_form(form, kind)) > len(seen)  # социальные сети


def _is_plural_form(form: str, kind: str) -> bool:
    lemma = term_lemma(Counter([form]), kind)
    return lemma is not None and lemma.number == "plur"


def _belongs(form: str, lemma: Lemmatized, kind: str) -> bool:
    again = term_lemma(Counter([form]), kind, plural=lemma.number == "plur")
    return again is not None and again.lemma.lower() == lemma.lemma.lower()


def _uncapitalised(one: Rendering, seen: Sequence[Rendering], named: bool) -> str:
    """Take a sentence's capital off, if nothing inside a sentence has it: «Смертная казнь»."""
    first = one.form.split()[0]
    small = one.form[0].lower() + one.form[1:]
    if first[1:2].isupper() or not first[0].isupper():
        return one.form
    inside = [other.form for other in seen if not other.initial]
    if inside:
        capital = 2 * sum(form[0].isupper() for form in inside) > len(inside)
    else:
        capital = named and (
            any(noun.name for noun in nouns(first)) or any(w[0].isupper() for w in one.form.split()[1:])
        )
    return one.form if capital else small


def _rendering(linked: Linked, a: int, b: int) -> Rendering | None:
    """Return the Russian phrase that the words of an English one are linked to, None where they are to none."""
    content = [e for e in range(a, b) if folded(linked.first[e].text) not in FUNCTION]
    found = [e for e in content if e in linked.links]
    if not found or len(found) < len(content):
        return None
    places = sorted({r for e in found for r in linked.links[e]})
    inside = range(places[0], places[-1] + 1)
    if len(inside) > len(content) + 2 or any(not a <= linked.owners.get(r, a) < b for r in inside):
        return None
    strange = [r for r in inside if r not in linked.owners and len(linked.second[r].text) > 3]
    if len(strange) > 1:
        return None
    accounted = (len(found) - 0.5 * len(strange)) / len(content)
    return _phrase_of(linked, inside, accounted)


def _phrase_of(linked: Linked, inside: range, accounted: float) -> Rendering | None:
    words = linked.second[inside.start : inside.stop]
    between = [linked.pair.target[x.span.stop : y.span.start] for x, y in pairwise(words)]
    if any(gap.strip("\u00a0 ") for gap in between) or not _is_phrase(words):
        return None
    return Rendering(
        " ".join(word.text for word in words),
        linked.pair,
        accounted,
        initial=not linked.pair.target[: words[0].span.start].strip(' «"—–-'),
        sounds=all(r in linked.sounding for r in inside),
    )


def _is_phrase(words: Sequence[Word]) -> bool:
    """Tell whether Russian words may be a term: a noun in it, no verb, no preposition at an end."""
    sorts = [word.pos for word in words]
    if sorts[0] not in (*NOUN, "ADJ", "X") or sorts[-1] not in (*NOUN, "X"):
        return False
    return not any(sort in ("VERB", "AUX", "PRON", "DET", "ADV", "CCONJ", "SCONJ", "NUM") for sort in sorts)


def _in_company(edition: EditionWords, phrase: Phrase) -> Sequence[Rendering]:
    """Find the Russian phrase that stands in the pairs of an English one, and hardly anywhere else."""
    beside: dict[tuple[str, ...], dict[int, Rendering]] = defaultdict(dict)
    for place in phrase.places:
        linked = edition.linked(place.pair)
        for inside in _free(linked, place.start, place.stop):
            made = _phrase_of(linked, inside, 0.8)
            if made and not made.sounds:
                key = tuple(word.lemmas[0] for word in linked.second[inside.start : inside.stop])
                beside[key].setdefault(place.pair, made)
    n = len(phrase.pairs)
    best: Sequence[Rendering] = ()
    most = COMPANY if " " in phrase.source else ALONE
    for key, there in beside.items():
        share = 2 * len(there) / (n + edition.having(key)) + 0.02 * (len(key) - 1)
        if len(there) >= TOGETHER and share > most:
            best, most = list(there.values()), share
    return best


def _free(linked: Linked, a: int, b: int) -> Iterator[range]:
    """Yield the runs of Russian words that belong to no other English words, and to all of these or to none."""
    content = {e for e in range(a, b) if folded(linked.first[e].text) not in FUNCTION}
    for start in range(len(linked.second)):
        owners: set[int] = set()
        for stop in range(start + 1, min(start + 4, len(linked.second)) + 1):
            if stop - 1 in linked.owners:
                owners.add(linked.owners[stop - 1])
            if not owners <= content:
                break
            if not owners or owners == content:
                yield range(start, stop)
