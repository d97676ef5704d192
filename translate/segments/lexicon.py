"""The words a language's rules look up: abbreviations by what they may do, and words that begin sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

VOWEL = re.compile("[aeiouyаеёиоуыэюяіөүұә]")
_REMEMBERED = 1 << 13  # words; about 1 MB
_LONG = 12
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the rules of one language know about words.

    Args:
        kinds: abbreviation, without its last stop, in every spelling it takes → what it does ("title", "suffix" …).
        sure: words that, with a capital, begin a sentence after anything ("The", "However"); small letters.
        starters: `sure` and the words learned from news (`training/starters.py`); small letters.
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
    plain: dict[str, bool] = field(default_factory=dict, compare=False)

    def is_plain(self, word: str) -> bool:
        """Tell whether a stop after the word ends its sentence before any capital; what is told is remembered.

        Words of letters that are no abbreviation, no name with a "!", no initial and no string of consonants; and
        numbers.
        """
        last = word.rsplit("-", 1)[-1].removesuffix("’s").removesuffix("'s")
        answer = (
            last.isalpha()
            and not last.isupper()  # BISHKEK. may be a dateline
            and word not in self.kinds
            and last not in self.kinds
            and last.lower() not in self.exclaimed
            and (len(last) > 3 or (len(last) > 1 and last.islower() and VOWEL.search(last) is not None))
        ) or (word.isdecimal() and len(word) < _LONG)
        if len(self.plain) >= _REMEMBERED:
            self.plain.clear()
        self.plain[word] = answer
        return answer


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
    """Return the words that `training/starters.py` learned for the language."""
    path = HERE / f"starters_{language}.txt"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()
