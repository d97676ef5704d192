"""The words a language's rules look up: abbreviations by what they may do, and words that begin sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the rules of one language know about words.

    Args:
        kinds: abbreviation, without its last stop, in every spelling it takes → what it does ("title", "suffix" …).
        sure: words that, with a capital, begin a sentence after anything ("The", "However"); small letters.
        starters: `sure` and the words learned from news (`benchmarks/starters.py`); small letters.
        verbs: small words that follow a subject, so that the capital before them is a subject ("said", "was").
        speech: verbs that may follow a quotation which ends in ? or !.
        exclaimed: names that end in "!" ("Yahoo").
    """

    kinds: Mapping[str, str]
    sure: frozenset[str]
    starters: frozenset[str]
    verbs: frozenset[str]
    speech: frozenset[str]
    exclaimed: frozenset[str]


def words(text: str) -> frozenset[str]:
    """Return the words of a list written as text."""
    return frozenset(text.split())


def spellings(kinds: Mapping[str, str]) -> dict[str, str]:
    """Return word → kind for every spelling.

    A word listed with a small letter is also known Capitalised and IN CAPITALS; one listed with a capital
    is not known in small letters: "Sat. night" but "there he sat. Nobody came."
    """
    found: dict[str, str] = {}
    for kind, listed in kinds.items():
        for word in listed.split():
            for spelling in (word, word.upper(), word[:1].upper() + word[1:]):
                found.setdefault(spelling, kind)
    return found


@cache
def learned(language: str) -> frozenset[str]:
    """Return the words that `benchmarks/starters.py` learned for the language."""
    path = HERE / f"starters_{language}.txt"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()
