"""Words that agree with a term: an adjective before it, a past-tense verb beside it.

Only for a term that takes the place of a word of another gender or number: «соседняя Киргизия обвинила» →
«соседний Кыргызстан обвинил». What is not certain from the dictionary alone is left as it stands.
"""

from __future__ import annotations

from functools import lru_cache

from translate.inflection.dictionary import ARCHAIC, analyzer
from translate.inflection.paradigms import Case, Gender, Number, Slot

_CASE: dict[Case, str] = {"nomn": "Nom", "gent": "Gen", "datv": "Dat", "accs": "Acc", "ablt": "Ins", "loct": "Loc"}
_GENDER: dict[Gender, str] = {"masc": "Masc", "femn": "Fem", "neut": "Neut"}
_NUMBER: dict[Number, str] = {"sing": "Sing", "plur": "Plur"}


def _like(word: str, form: str) -> str:
    """Give a dictionary form the capitals of a word."""
    return form.upper() if len(word) > 1 and word.isupper() else form.capitalize() if word[0].isupper() else form


@lru_cache(maxsize=4096)
def agreeing_adjective(
    word: str, slot: Slot, gender: Gender | None, old: Gender | None, *, animate: bool
) -> str | None:
    """Return the form of an adjective that agrees with a term, None if `word` did not agree with the old one.

    Args:
        word: as it stands before the term.
        slot, gender, animate: of the term that now stands there.
        old: gender of the word that stood there.
    """
    for reading in analyzer().analyze(word):
        feats = reading.feats
        full = reading.pos in ("ADJ", "DET") or (feats.get("VerbForm") == "Part" and feats.get("Variant") != "Short")
        fits = feats.get("Case") == _CASE[slot.case] and feats.get("Gender") == (_GENDER[old] if old else None)
        if reading.source != "dictionary" or not full or not fits or feats.get("Variant") == "Short":
            continue
        for form in reading.forms():
            f = form.feats
            if (
                f.get("Case") == _CASE[slot.case]
                and f.get("Number") == _NUMBER[slot.number]
                and (slot.number == "plur" or gender is None or f.get("Gender") == _GENDER[gender])
                and f.get("Animacy", "Anim" if animate else "Inan") == ("Anim" if animate else "Inan")
                and f.get("Degree", "Pos") == feats.get("Degree", "Pos")
                and all(f.get(k) == feats.get(k) for k in ("Tense", "Voice", "VerbForm", "Variant"))
                and form.labels.isdisjoint(ARCHAIC)
            ):
                return _like(word, form.word)
    return None


@lru_cache(maxsize=4096)
def agreeing_verb(word: str, number: Number, gender: Gender | None, old: Gender | None) -> str | None:
    """Return the past tense of a verb that agrees with a term, None if `word` is none that agreed with the old one."""
    for reading in analyzer().analyze(word):
        feats = reading.feats
        if reading.source != "dictionary" or feats.get("Tense") != "Past" or "Case" in feats:
            continue
        if feats.get("Gender") != (_GENDER[old] if old else None) or feats.get("VerbForm") == "Conv":
            continue
        for form in reading.forms():
            f = form.feats
            if (
                f.get("Number") == _NUMBER[number]
                and (number == "plur" or gender is None or f.get("Gender") == _GENDER[gender])
                and all(f.get(k) == feats.get(k) for k in ("Tense", "Voice", "VerbForm", "Variant", "Mood"))
                and form.labels.isdisjoint(ARCHAIC)
            ):
                return _like(word, form.word)
    return None
