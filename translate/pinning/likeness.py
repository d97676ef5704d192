"""How much two spellings resemble each other as names, Cyrillic or Latin.

A plain edit distance takes Женбеков for as far from Жээнбеков as Жуанбеков is. Models err in kinds: another
transliteration (Дженбеков), wrong vowels (Назарбоев), one consonant for its neighbour (Баданов), a letter dropped, or
the Latin left in. So a spelling is compared twice: as letters, doubled letters and э ё ы й ь folded, and as classes of
sounds.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex
from rapidfuzz.distance import Levenshtein

_LATIN = [
    ("shch", "щ"), ("sch", "ш"), ("zh", "ж"), ("kh", "х"), ("gh", "г"), ("sh", "ш"), ("ch", "ч"), ("ts", "ц"),
    ("dzh", "ж"), ("dj", "ж"), ("ya", "я"), ("ia", "я"), ("yu", "ю"), ("yo", "е"), ("ye", "е"), ("ee", "ее"),
    ("oo", "оо"), ("ou", "у"), ("ph", "ф"), ("th", "т"), ("ck", "к"), ("qu", "кв"), ("ai", "аи"), ("ay", "аи"),
    ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"),
    ("j", "ж"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"),
    ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("x", "кс"), ("y", "и"), ("z", "з"),
]  # fmt: skip
_FROM_LATIN = dict(_LATIN)
_LATIN_PIECE = regex.compile("|".join(latin for latin, _cyrillic in _LATIN))
_LETTERS = str.maketrans({"ё": "е", "э": "е", "й": "и", "ы": "и", "щ": "ш", "ю": "у", "я": "а", "ь": "", "ъ": ""})
_CLASSES = str.maketrans("аеиоубпвфгкхдтжшзсцчлрмн", "аааааппввкккттссссссррнн")


@lru_cache(maxsize=100_000)
def letters(text: str) -> str:
    """Fold a spelling: lower case, Latin into Cyrillic, э ё й ы ь, дж and doubled letters made one."""
    low = text.casefold()
    if regex.search(r"\p{Latin}", low):
        low = regex.sub(r"\p{M}", "", unicodedata.normalize("NFD", low))
        low = _LATIN_PIECE.sub(lambda m: _FROM_LATIN[m[0]], low)
    low = low.translate(_LETTERS).replace("дж", "ж")
    return str(regex.sub(r"(.)\1", r"\1", low))


@lru_cache(maxsize=100_000)
def classes(text: str) -> str:
    """Fold a spelling further: one vowel, neighbouring consonants as one."""
    return str(regex.sub(r"(.)\1", r"\1", letters(text).translate(_CLASSES)))


def likeness(one: str, other: str) -> float:
    """Return how alike two spellings are, from 0 to 1."""
    by_letters = Levenshtein.normalized_similarity(letters(one), letters(other))
    if by_letters in (0.0, 1.0):
        return float(by_letters)
    return (by_letters + float(Levenshtein.normalized_similarity(classes(one), classes(other)))) / 2
