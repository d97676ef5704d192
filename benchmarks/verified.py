"""Names of a parallel text whose Russian is sure: exactly one form of the lemma stands in the human translation.

Places come from the names kit, one word each. The kit has people as single names in lower case («johnson» джонсон): a
first name and a surname side by side make a term where both are there, in the one spelling the translator chose, and
the dictionary knows the first name's gender.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import regex

from benchmarks.pinning import NAMES, WORD, name_list
from benchmarks.taggers import dictionary
from translate.glossary import Term
from translate.inflection import Paradigm
from translate.spans import Span


@lru_cache(maxsize=1)
def _places() -> dict[str, Term]:
    return {
        english: name.term(english) for english, found in name_list().items() for name in found if name.kind == "place"
    }


@lru_cache(maxsize=1)
def _spellings() -> dict[str, list[str]]:
    """Return the Russian spellings of single names, both in lower case."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in ("train", "dev"):
        with gzip.open(NAMES / f"people_{part}.tsv.gz", "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["type"] == "name_token":
                    found[row["en"]].add(row["ru"])
    return {english: sorted(russian) for english, russian in found.items()}


# The dictionary has the Armenian Карен and a man's Робин; in the news “Karen Hunter” and “Robyn Christie” are women.
EITHER = {"карен", "робин"}


def _gender(first: str) -> str | None:
    """Return the gender of a first name the dictionary knows; None for one of both, or a guess («Валттери», femn)."""
    if first in EITHER or not dictionary().word_is_known(first):
        return None
    found = {
        str(parse.tag.gender)
        for parse in dictionary().parse(first)
        if "Name" in parse.tag and parse.tag.case == "nomn" and parse.tag.number == "sing"
    }
    return found.pop() if len(found) == 1 else None


FULL_NAME = regex.compile(
    r"(?<![\p{L}\p{M}.'’-])(\p{Lu}\p{Ll}+) (\p{Lu}\p{L}+(?:-\p{Lu}\p{L}+)?)(?![\p{L}\p{M}-])(?! \p{Lu})"
)


def people(english: str, russian: str) -> Iterator[Term]:
    """Yield the first names with surnames that stand in exactly one form in the reference."""
    for found in FULL_NAME.finditer(english):
        lemmas: dict[str, Term] = {}
        for first in _spellings().get(found[1].lower(), ()):
            gender = _gender(first)
            if gender is None or first.capitalize()[:2] not in russian:
                continue
            for last in _spellings().get(found[2].lower(), ()):
                lemma = f"{first.capitalize()} {'-'.join(part.capitalize() for part in last.split('-'))}"
                term = Term(found[0], lemma, "person", gender=gender)  # type: ignore[arg-type]
                if len(spots(russian, term.paradigm())) == 1:
                    lemmas[lemma] = term
        if len(lemmas) == 1:
            yield from lemmas.values()


def places(english: str, russian: str) -> Iterator[Term]:
    """Yield the places that stand in exactly one form in the reference."""
    words = {m[0].removesuffix("'s").removesuffix("’s") for m in WORD.finditer(english)}
    tokens = [m[0] for m in WORD.finditer(russian) if m[0][0].isupper()]
    for word in sorted(words & _places().keys()):
        term = _places()[word]
        if sum(bool(term.paradigm().slots_of(token)) for token in tokens) == 1:
            yield term


def verified(english: str, russian: str) -> list[Term]:
    """Return the terms of a sentence pair."""
    whole = list({term.source: term for term in people(english, russian)}.values())
    inside = {word for term in whole for word in term.source.split()}  # “Paris Hilton” is not in France
    return [*(term for term in places(english, russian) if term.source not in inside), *whole]


def spots(text: str, term: Paradigm) -> list[Span]:
    """Return where a form of a term stands."""
    forms = sorted({f for cell in term.forms.values() for f in cell}, key=len, reverse=True)
    pattern = rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, forms))})(?!\p{{L}})"
    return [Span(m.start(), m.end()) for m in regex.finditer(pattern.replace("ё", "[её]"), text)]
