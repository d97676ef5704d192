"""New terms out of published editions: what their editors call whom and what, for a glossary to learn.

Names that no glossary has are found by their sound (`sounding`), names and terms of several words by the meaning of
their words and by the company they keep (`meaning`). A name that the glossary has and the edition spells otherwise is
mined too, with the glossary's spelling beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from translate.bitext.lemmatizing import Witness, name_lemma
from translate.bitext.meaning import EditionWords, Meant, terms
from translate.bitext.sounding import Sighting, Sounded, settled, sounded
from translate.checks import Pair
from translate.checks.terms import other_spellings
from translate.glossary import Glossary, Policy, Term
from translate.glossary.guessing import guess
from translate.glossary.unknown import unknown_names
from translate.pinning.likeness import likeness

WITHIN = 0.7
"""A name of which so many places are within a longer one is no name of its own: “Korea” in “North Korea”."""


@dataclass(frozen=True, slots=True)
class Mined:
    """A name or a term and what the edition calls it.

    Args:
        term: a glossary line, the lemma guessed.
        count: in how many sentences it is called so.
        of: how many sentences have it at all.
        likeness: how much speaks for it, 0 to 1: that both sound alike, or that all words are accounted for.
        contexts: up to three pairs, English and Russian.
        before: what the glossary calls it, "" where it has no such name.
    """

    term: Term
    count: int
    of: int
    likeness: float
    contexts: tuple[Pair, ...]
    before: str = ""


def mine(pairs: Sequence[Pair], book: Glossary, on: str = "") -> list[Mined]:
    """Return the names and terms of an edition, those seen most often and most surely first.

    Args:
        pairs: its sentences, each beside its source.
        book: what is known.
        on: an ISO date for terms that hold at a time only.
    """
    whole = [replace(pair, id=str(n)) for n, pair in enumerate(pairs) if pair.source and pair.target]
    unknown = unknown_names([pair.source for pair in whole], book, on)
    by_sound = list(sounded(whole, unknown))
    told = {one.name for one in by_sound}
    singles = [one.name for one in unknown if one.name not in told and " " not in one.name]
    persons = [one.name for one in unknown if one.kind == "person" and " " in one.name]
    persons += [one.name for one in by_sound if one.kind == "person"]
    known = frozenset(key for term in book.terms for key in (term.source.lower(), *map(str.lower, term.aliases)))
    by_meaning = list(terms(EditionWords(whole), singles, persons, known | {name.lower() for name in told}))
    found = [*map(_by_sound, by_sound), *(_by_meaning(one, persons) for one in by_meaning)]
    found = [*_outermost(found), *_otherwise(whole, book, on)]
    return sorted(found, key=lambda one: (-one.count * one.likeness, one.term.source))


def _by_sound(one: Sounded, before: str = "") -> Mined:
    gender = one.lemma.gender if one.kind == "person" else None
    term = Term(one.name, one.lemma.lemma, one.kind, gender=gender, origin="mined")
    return Mined(term, one.lemma.covers, one.of, one.likeness, tuple(x.pair for x in one.seen[:3]), before)


def _by_meaning(one: Meant, persons: Sequence[str]) -> Mined:
    contexts = tuple(x.pair for x in one.seen[:3])
    lemma, number = one.lemma.lemma, one.lemma.number
    if one.source in persons and guess(one.source, lemma).kind == "person":
        seen = [Witness(x.pair.source, x.pair.target, x.form) for x in one.seen]
        if made := name_lemma(one.source, "person", seen):
            term = Term(one.source, made.lemma, "person", gender=made.gender, origin="mined")
            return Mined(term, made.covers, one.of, one.sure, contexts)
    kind = guess(one.source, lemma).kind if one.named else "term"
    kind = "organisation" if kind in ("person", "demonym") else kind
    policy = Policy.KEEP if lemma == one.source else Policy.PIN
    term = Term(one.source, lemma, kind, number="plur" if number == "plur" else None, policy=policy, origin="mined")
    return Mined(term, len(one.seen), one.of, one.sure, contexts)


def _otherwise(pairs: Sequence[Pair], book: Glossary, on: str) -> Iterator[Mined]:
    """Yield the glossary's names that the edition spells in another way."""
    reader = book.reader((pair.source for pair in pairs), on)
    counts: Counter[str] = Counter()
    seen: dict[str, list[Sighting]] = {}
    known: dict[str, Term] = {}
    for bare in pairs:
        pair = replace(bare, matches=reader.find(bare.source).matches)
        counts.update({match.term.source for match in pair.matches if not match.partial})
        for problem in other_spellings(pair):
            match = next((m for m in pair.matches if m.span == problem.source and not m.partial), None)
            if match and problem.target:
                form = problem.target.of(pair.target)
                known[match.term.source] = match.term
                seen.setdefault(match.term.source, []).append(Sighting(form, likeness(form, match.term.target), bare))
    for name, several in seen.items():
        term = known[name]
        made = settled(name, term.kind, several, counts[name])
        if made and made.lemma.lemma != term.target:
            yield _by_sound(replace(made, kind=term.kind), before=term.target)


def _outermost(found: Sequence[Mined]) -> list[Mined]:
    """Leave out what is hardly seen but within a longer term."""
    longer: Counter[str] = Counter()
    for one in found:
        words = one.term.source.split()
        for a in range(len(words)):
            for b in range(a + 1, len(words) + (a > 0)):
                longer[" ".join(words[a:b])] += one.of
    return [one for one in found if longer[one.term.source] < WITHIN * one.of]
