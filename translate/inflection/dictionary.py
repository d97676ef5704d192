"""The OpenCorpora dictionary, through rumorph: the words whose declension cannot be told from the ending.

Loaded once, on the first word (0.1 s, about 20 MB). Only dictionary entries count here: for a word it does not know,
`endings` is more reliable than a guess, because the caller knows the gender.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from translate.inflection.paradigms import FormsRow, Gender, Number

if TYPE_CHECKING:
    from rumorph import Analysis, Analyzer

GENDERS: dict[str, Gender] = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
# Variants an editor would not write: «рукою», «Марьей» for «Марией», «Юр!».
ARCHAIC = {"V-oy", "V-ey", "V-ej", "V-be", "V-ie", "Infr", "Arch", "Erro", "Slng", "Dist"}
OTHER_NUMBER = {"sing": "Plur", "plur": "Sing"}
CASE_ORDER = {"Nom": 0, "Gen": 1, "Dat": 2, "Acc": 3, "Ins": 4, "Loc": 5}


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    """Return the one loaded analyser."""
    from rumorph import Analyzer

    return Analyzer()


@dataclass(frozen=True, slots=True)
class Noun:
    """A dictionary reading of a nominative.

    Args:
        gender: None for plural-only words without one.
        number: of the nominative found.
        name: UD NameType: "Geo", "Giv", "Sur", "Pat", "Com" …, "" for a common noun.
        fixed: True where the dictionary says that it does not decline.
        analysis: what the library found, to be asked for the forms.
    """

    gender: Gender | None
    number: Number
    animate: bool
    name: str
    fixed: bool
    probability: float
    analysis: Analysis

    def row(self, word: str, number: Number, animate: bool | None = None) -> FormsRow | None:
        """Return the six cases of `word` in one number, in the letters and case of `word`; None if incomplete.

        Older variants (рукою) stay out; the second locative (в Крыму) comes second.
        """
        cells: list[list[str]] = [[] for _ in range(6)]
        write = _writer(word, self.analysis.lemma)
        for form in self.analysis.forms():
            feats = form.feats
            if feats.get("Number") == OTHER_NUMBER[number]:
                if number == "sing":
                    break  # the plural comes after the singular
                continue
            place = CASE_ORDER.get(feats.get("Case", ""))
            if place is None or not form.labels.isdisjoint(ARCHAIC):
                continue
            text = write(form.word)
            if text not in cells[place]:
                cells[place].append(text)
        if not all(cells):
            return None
        stem_decides = number == "plur" or (self.gender == "masc" and word[-1].lower() not in "ая")
        if animate is not None and animate != self.animate and stem_decides:
            cells[3] = cells[1] if animate else cells[0]
        return tuple(tuple(cell) for cell in cells)


def _writer(word: str, nominative: str) -> Callable[[str], str]:
    """Return what gives a lower-case dictionary form the capitals of `word`, and its е where the word spares ё.

    «Пётр» keeps its ё to itself («Петра»), «Семен» passes its е on («Семена»), «МИД» lends no capitals («МИДа»).
    """
    spared = "ё" in nominative and "ё" not in word.lower()
    if "-" not in word and not spared and word[1:].islower():
        return str.capitalize if word[0].isupper() else str

    def write(form: str) -> str:
        if spared:
            form = form.replace("ё", "е")
        parts, forms = word.split("-"), form.split("-")
        if len(parts) != len(forms):
            parts, forms = [word], [form]
        return "-".join(_capitals(part, made) for part, made in zip(parts, forms, strict=True))

    return write


def _capitals(word: str, form: str) -> str:
    if len(word) > 1 and word.isupper():
        return word + form[len(word) :] if form.startswith(word.lower()) else form.upper()
    # «Кот-д’Ивуара»: a capital may stand inside
    return "".join(f.upper() if i < len(word) and word[i].isupper() else f for i, f in enumerate(form))


@lru_cache(maxsize=50_000)
def nouns(word: str) -> tuple[Noun, ...]:
    """Return the nominatives that the dictionary knows `word` for, the likeliest first."""
    found = []
    for a in analyzer().analyze(word):
        if a.source != "dictionary" or a.pos not in ("NOUN", "PROPN"):
            continue
        feats = a.feats
        fixed = feats.get("InflClass") == "Ind" or "Fixd" in a.labels
        if not fixed and feats.get("Case") != "Nom":
            continue
        if fixed and feats.get("Case", "Nom") != "Nom":
            continue
        found.append(
            Noun(
                gender=GENDERS.get(feats.get("Gender", "")),
                number="plur" if feats.get("Number") == "Plur" or "Pltm" in a.labels else "sing",
                animate=feats.get("Animacy") == "Anim",
                name=feats.get("NameType", ""),
                fixed=fixed,
                probability=a.prob,
                analysis=a,
            )
        )
    return tuple(found)


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Tell whether the dictionary has a word in this form: «узбекское», not «узбецкое»."""
    return any(reading.source == "dictionary" for reading in analyzer().analyze(word))


def is_adverb(word: str) -> bool:
    """Tell whether the dictionary's likeliest reading of `word` is an adverb."""
    return any(a.pos == "ADV" and a.source == "dictionary" for a in analyzer().analyze(word)[:1])


@lru_cache(maxsize=50_000)
def is_adjective(word: str, number: Number) -> bool:
    """Tell whether the dictionary knows `word` as a full adjective or participle in the nominative of that number."""
    return any(
        a.source == "dictionary"
        and (a.pos in ("ADJ", "DET") or a.feats.get("VerbForm") == "Part")
        and a.feats.get("Case") == "Nom"
        and (a.feats.get("Number") == "Plur") == (number == "plur")
        for a in analyzer().analyze(word)
    )


@dataclass(frozen=True, slots=True)
class Lemma:
    """A lemma a word may be a form of, in small letters, ё written е; `pos` as in Universal Dependencies."""

    text: str
    pos: str
    probability: float


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> tuple[Lemma, ...]:
    """Return the lemmas of a Russian word, known or guessed, the likeliest first."""
    found: dict[tuple[str, str], float] = {}
    for a in analyzer().analyze(word):
        at = a.lemma.replace("ё", "е"), a.pos
        found[at] = found.get(at, 0.0) + a.prob
    return tuple(Lemma(text, pos, p) for (text, pos), p in sorted(found.items(), key=lambda item: -item[1]))
