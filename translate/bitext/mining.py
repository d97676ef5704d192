"""New terms out of published editions: what their editors call whom, for a glossary to learn.

Each name of the English that no glossary has is looked for in the Russian beside it, by likeness of sound, word by
word; the forms found over all sentences are then brought to one lemma, that from whose declension the most of them
come. A name that the glossary has and the edition spells otherwise is mined too, with the glossary's spelling beside
it. Where it stops: what is rendered by its meaning (“Ministry of Health”) has no sound to go by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from translate.checks import Pair
from translate.checks.terms import other_spellings
from translate.glossary import Glossary, Term
from translate.glossary.unknown import unknown_names
from translate.inflection import Gender, Paradigm, lemmas, paradigm
from translate.inflection.dictionary import nouns
from translate.names import suggest
from translate.pinning.likeness import likeness

_RUSSIAN = regex.compile(r"\p{Cyrillic}+(?:[-’]\p{Cyrillic}+)*")
# “Indonesian” is an adjective or one of a people: its Russian is another word than the country's, and not mined
_OF_A_PEOPLE = regex.compile(r"^\p{L}+(?:ian|ean|ese|ish|ic|can)s?$")
_ADJECTIVAL = regex.compile(r"(?:[sc]?k[iyj]{1,2}|aya|oy|oi|y)$")
_AGREES = regex.compile(r"(?:[иыо]й|ая|[ео]е|[ыи]е|ого|ому|ую|[иы][хм]|ыми)$")
ALIKE, EACH = 0.72, 0.5
"""How much a rendering sounds like its name on the whole, and each word of it at least."""


@dataclass(frozen=True, slots=True)
class Mined:
    """A name and what the edition calls it.

    Args:
        term: a glossary line, the lemma guessed.
        count: in how many sentences it is called so.
        of: how many sentences have the name at all.
        likeness: how much both sound alike, 0 to 1.
        contexts: up to three pairs, English and Russian.
        before: what the glossary calls it, "" where it has no such name.
    """

    term: Term
    count: int
    of: int
    likeness: float
    contexts: tuple[Pair, ...]
    before: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A rendering in one sentence."""

    form: str
    likeness: float
    pair: Pair


@dataclass(frozen=True, slots=True)
class _Guess:
    lemma: str
    gender: Gender | None
    covers: int
    nominative: bool
    likeness: float

    def worth(self, total: int) -> float:
        """Weigh it: «Твиттере» explains all of «в Твиттере», but “Twitter” sounds like «Твиттер»."""
        return 2 * self.covers / total + self.likeness + 0.02 * self.nominative + _known(self.lemma)


def _known(lemma: str) -> float:
    """Return what the dictionary says for a lemma: «Германия» is a name in it, «Германий» is none."""
    names = [noun for noun in nouns(lemma) if noun.name not in ("", "Com")]
    if not names:
        return 0.0
    return 0.3 if any(noun.number == "sing" for noun in names) else 0.15


def mine(pairs: Sequence[Pair], book: Glossary, on: str = "") -> list[Mined]:
    """Return the names of an edition, those seen most often first.

    Args:
        pairs: its sentences, each beside its source.
        book: what is known.
        on: an ISO date for terms that hold at a time only.
    """
    whole = [pair for pair in pairs if pair.source and pair.target]
    found = [*_new(whole, book, on), *_otherwise(whole, book, on)]
    return sorted(found, key=lambda one: (-one.count * one.likeness, one.term.source))


def _new(pairs: Sequence[Pair], book: Glossary, on: str) -> Iterator[Mined]:
    index: dict[str, list[Pair]] = {}
    for pair in pairs:
        for word in set(regex.findall(r"\p{L}+", pair.source)):
            index.setdefault(word, []).append(pair)
    for name in unknown_names([pair.source for pair in pairs], book, on):
        if name.name.isupper() or _OF_A_PEOPLE.search(name.name):
            continue
        holding = regex.compile(rf"(?<![\p{{L}}\d-]){regex.escape(name.name)}(?![\p{{L}}-])")
        first = regex.findall(r"\p{L}+", name.name)[0]
        beside = [pair for pair in index.get(first, ()) if holding.search(pair.source)]
        seen = [one for pair in beside if (one := sighting(name.name, pair))]
        if made := _mined(name.name, name.kind, seen, len(beside)):
            yield made


def _otherwise(pairs: Sequence[Pair], book: Glossary, on: str) -> Iterator[Mined]:
    """Yield the glossary's names that the edition spells in another way."""
    reader = book.reader((pair.source for pair in pairs), on)
    counts: Counter[str] = Counter()
    seen: dict[str, list[Sighting]] = {}
    terms: dict[str, Term] = {}
    for bare in pairs:
        pair = replace(bare, matches=reader.find(bare.source).matches)
        counts.update({match.term.source for match in pair.matches if not match.partial})
        for problem in other_spellings(pair):
            match = next((m for m in pair.matches if m.span == problem.source and not m.partial), None)
            if match and problem.target:
                form = problem.target.of(pair.target)
                terms[match.term.source] = match.term
                seen.setdefault(match.term.source, []).append(Sighting(form, likeness(form, match.term.target), bare))
    for name, several in seen.items():
        term = terms[name]
        made = _mined(name, term.kind, several, counts[name])
        if made and made.term.target != term.target:
            yield replace(made, before=term.target)


def sighting(name: str, pair: Pair) -> Sighting | None:
    """Find the words of a Russian sentence that sound most like a name, as many as it has."""
    wanted = [word for word in regex.findall(r"\p{L}+(?:['’-]\p{L}+)*", name) if word[0].isupper()]
    words = list(_RUSSIAN.finditer(pair.target))
    best: Sighting | None = None
    for at in range(len(words) - len(wanted) + 1):
        several = words[at : at + len(wanted)]
        if not all(word[0][0].isupper() for word in several):
            continue
        alike = [likeness(_stem(word[0], one), one) for word, one in zip(several, wanted, strict=True)]
        score = sum(alike) / len(alike)
        between = pair.target[several[0].end() : several[-1].start()] if len(several) > 1 else ""
        if score < ALIKE or min(alike) < EACH or regex.search(r"[,.;:«»]", between):
            continue
        if best is None or score > best.likeness:
            best = Sighting(pair.target[several[0].start() : several[-1].end()], score, pair)
    adjective = best and len(wanted) == 1 and lemmas(best.form.lower())[0].pos == "ADJ"
    return None if adjective and not _ADJECTIVAL.search(name) else best  # «Гарвардской» for Harvard


def _stem(word: str, name: str) -> str:
    """Return the form without what a declension may have added, if it then sounds more like the name."""
    cut = [word[: len(word) - n] for n in range(max(0, min(3, len(word) - 3)) + 1)]
    return max(cut, key=lambda form: likeness(form, name))


def _mined(name: str, kind: str, seen: Sequence[Sighting], of: int) -> Mined | None:
    if not seen:
        return None
    forms = Counter(one.form for one in seen)
    total = forms.total()
    first = next(iter(forms)).split()
    if kind == "person" and len(first) > 1 and _AGREES.search(first[0]) and lemmas(first[0].lower())[0].pos == "ADJ":
        kind = "place"
    guess = max(_guesses(name, kind, forms), key=lambda guess: guess.worth(total), default=None)
    if guess is None:
        return None
    contexts = tuple(one.pair for one in seen[:3])
    if kind == "person" and any(noun.name == "Geo" for noun in nouns(guess.lemma)):
        kind = "place"
    term = Term(name, guess.lemma, kind, gender=guess.gender if kind == "person" else None, origin="mined")
    alike = sum(one.likeness for one in seen) / len(seen)
    return Mined(term, guess.covers, of, alike, contexts)


def _guesses(name: str, kind: str, forms: Counter[str]) -> Iterator[_Guess]:
    """Yield every lemma that the forms may have, with how many sentences have a form of it."""
    genders: tuple[Gender | None, ...] = ("masc", "femn") if kind == "person" else (None,)
    for lemma in dict.fromkeys(_lemmas(name, kind, forms)):
        for gender in genders:
            made = paradigm(lemma, kind, gender=gender)
            covers = sum(count for form, count in forms.items() if _is_form(form, made))
            if covers:
                yield _Guess(lemma, gender, covers, lemma in forms, likeness(lemma, name))


def _is_form(form: str, made: Paradigm) -> bool:
    return form == made.lemma or any(slot.number == made.number for slot in made.slots_of(form))


def _lemmas(name: str, kind: str, forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield form
        parts = [_cased(part, [lemma.text for lemma in lemmas(part.lower())]) for part in form.split()]
        if len(parts) > 1 and regex.search("[ыио]й$", parts[0][0]):  # «Центральной Азии»: its adjective agrees
            for ending in ("ая", "ое", "ые"):
                yield " ".join([parts[0][0][:-2] + ending, *(part[0] for part in parts[1:])])
        for n in range(max(len(part) for part in parts)):
            yield " ".join(part[min(n, len(part) - 1)] for part in parts)
    if len(name.split()) <= 3:
        for candidate in suggest(name, kind)[:5]:
            yield candidate.spelling


def _cased(form: str, found: Sequence[str]) -> list[str]:
    """Give lemmas the capitals of a form, and its ё where it has one."""
    made = ["-".join(part.capitalize() for part in lemma.split("-")) for lemma in found]
    return [lemma for lemma in made if len(lemma) > 1] or [form]
