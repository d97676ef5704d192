"""The tools that names are measured against, called the plain way a user would call them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from translate.inflection import dictionary
from translate.inflection.tagging import tagger

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
UD = ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc")
Question = tuple[str, str, str, str, bool, str]


@lru_cache(maxsize=1)
def _pymorphy() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def _like(word: str, form: str) -> str:
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


def pymorphy_batch(questions: list[Question]) -> list[str]:
    """Decline word by word, by the likeliest nominative parse."""
    return [" ".join(_pymorphy_word(w, case) for w in lemma.split(" ")) for lemma, case, *_ in questions]


def _pymorphy_word(word: str, case: str) -> str:
    parses = _pymorphy().parse(word)
    parse = next((p for p in parses if "nomn" in p.tag and {"NOUN", "ADJF"} & set(p.tag.grammemes)), parses[0])
    made = parse.inflect({case})
    return _like(word, made.word) if made else word


def rumorph_batch(questions: list[Question]) -> list[str]:
    """Decline word by word, by the likeliest nominative analysis of the known gender."""
    return [" ".join(_rumorph_word(w, case, gender) for w in lemma.split(" ")) for lemma, case, gender, *_ in questions]


def _rumorph_word(word: str, case: str, gender: str) -> str:
    from rumorph import FormNotFoundError

    ud = {"masc": "Masc", "femn": "Fem", "neut": "Neut"}[gender]
    found = dictionary.analyzer().analyze(word)
    nominative = [a for a in found if a.feats.get("Case") == "Nom"]
    analysis = next((a for a in nominative if a.feats.get("Gender") == ud), (nominative or found)[0])
    try:
        return _like(word, analysis.inflect(Case=UD[CASES.index(case)], Number=analysis.feats.get("Number", "Sing")))
    except FormNotFoundError:
        return word


def pytrovich_batch(questions: list[Question]) -> list[str]:
    """Decline every word as the part of a name that the kit says it is."""
    from pytrovich.enums import Case, Gender, NamePart
    from pytrovich.maker import PetrovichDeclinationMaker

    maker = PetrovichDeclinationMaker()
    cases = dict(
        zip(
            CASES[1:], (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL), strict=True
        )
    )
    answers = []
    for lemma, case, gender, kind, *_ in questions:
        sex = Gender.FEMALE if gender == "femn" else Gender.MALE
        words = lemma.split(" ")
        parts = {"person_last": NamePart.LASTNAME, "person_middle": NamePart.MIDDLENAME}
        made = []
        for i, word in enumerate(words):
            part = parts.get(kind, NamePart.LASTNAME if i and i == len(words) - 1 else NamePart.FIRSTNAME)
            made.append(maker.make(part, sex, cases[case], word))
        answers.append(" ".join(made))
    return answers


def rumorph_sent(tokens: list[str]) -> list[tuple[str, str]]:
    """Take the case of rumorph's best analysis in the sentence."""
    best = [a[0].feats if a else {} for a in dictionary.analyzer().analyze_sentence(tokens)]
    return [(f.get("Case", "Nom"), f.get("Number", "Sing")) for f in best]


def slovnet_batch(sentences: list[list[str]]) -> list[list[tuple[str, str]]]:
    """Take the case of slovnet's best tag."""
    return [
        [(UD[t.case or 0], "Plur" if t.number == "plur" else "Sing") for t in tagged.best]
        for tagged in tagger().tag(sentences)
    ]
