"""Forms of a Russian term in an edition brought to one lemma: that from whose declension the most of them come.

Our own inflection makes the forms, so a lemma that is found is one that `tolmach article` can decline again. Persons
are tried in both genders; where their forms do not tell, verbs and titles beside them do, then the given name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from translate.inflection import Gender, Number, Paradigm, guess_person, lemmas, paradigm
from translate.inflection.dictionary import ARCHAIC, analyzer, is_adjective, nouns
from translate.names import suggest
from translate.pinning.likeness import likeness

if TYPE_CHECKING:
    from rumorph import Analysis


@dataclass(frozen=True, slots=True)
class Lemmatized:
    """A lemma, the gender of a person, and how many of the forms are its own."""

    lemma: str
    gender: Gender | None
    number: Number
    covers: int
    worth: float


@dataclass(frozen=True, slots=True)
class Witness:
    """Where a person stands: both sentences, and the Russian form."""

    source: str
    target: str
    form: str


def name_lemma(name: str, kind: str, seen: Sequence[Witness]) -> Lemmatized | None:
    """Return the lemma of a name that sounds like its English, and the gender of a person.

    Args:
        name: English.
        seen: where it stands.
    """
    forms = Counter(one.form for one in seen)
    told = gender_of(name, seen) if kind == "person" else Told()
    genders: tuple[Gender | None, ...] = (None,)
    if kind == "person":
        genders = (told.gender,) if told.gender and told.sure else ("masc", "femn")
    found = []
    for lemma in dict.fromkeys(_name_lemmas(name, kind, forms)):
        for gender in genders:
            made = paradigm(lemma, kind, gender=gender)
            covers = sum(count for form, count in forms.items() if _is_form(form, made))
            if covers:
                worth = 2 * covers / len(seen) + _worth(name, lemma, seen)
                worth += 0.02 * (gender is not None and guess_person(lemma) == gender) + 0.1 * (told.gender == gender)
                found.append(Lemmatized(lemma, gender, made.number, covers, worth))
    best = max(found, key=lambda one: one.worth, default=None)
    if best and best.gender and told.gender is None and not _tells_gender(best, found):
        return replace(best, gender=None)
    return best


def _worth(name: str, lemma: str, seen: Sequence[Witness]) -> float:
    """Weigh a lemma: «Твиттере» explains all of «в Твиттере», but “Twitter” sounds like «Твиттер»."""
    here = [one for one in seen if one.form == lemma]
    worth = likeness(lemma, name) + _known(lemma) + 0.03 * bool(here)
    if here and all(map(_is_governed, here)):
        worth -= 0.2  # behind a preposition only: no nominative
    elif len(here) == len(seen) > 2:
        worth += 0.1  # always the same: it does not decline
    grown = map(_has_grown, name.split(), lemma.split())
    return worth - 0.15 * any(grown)  # «Уэйда Симса» is no lemma of “Wayde Sims”


def _has_grown(word: str, lemma: str) -> bool:
    """Tell whether a lemma ends in a vowel and its English does not."""
    consonant = regex.search(r"[bcdfgklmnpqstvxz]$", word.removesuffix("'s").removesuffix("’s").lower()) is not None
    return consonant and lemma[-1].lower() in "аяуюеыио" and not is_adjectival(lemma)


def _tells_gender(best: Lemmatized, found: Sequence[Lemmatized]) -> bool:
    """Tell whether the forms or the given name say whose name it is: «Могерини» says nothing."""
    others = [one for one in found if one.lemma == best.lemma and one.gender != best.gender]
    if all(one.covers < best.covers for one in others):
        return True
    first = best.lemma.split()[0]
    given = {noun.gender for noun in nouns(first) if noun.name == "Giv" and noun.number == "sing"}
    return best.gender in given and len(given) == 1


_GOVERNS = regex.compile(
    r"(?:^|\s)(?:в|во|из|на|с|со|к|ко|от|до|у|о|об|для|по|под|над|при|без|между|перед|против|около|близ)\s[«\"]?$",
    regex.I,
)


def _is_governed(one: Witness) -> bool:
    """Tell whether a preposition stands before a name: then it is no nominative."""
    return _GOVERNS.search(one.target[: max(0, one.target.find(one.form))]) is not None


def term_lemma(forms: Counter[str], kind: str, plural: bool | None = None) -> Lemmatized | None:
    """Return the lemma of a term that is rendered by its meaning.

    Args:
        forms: what stands for it, with counts.
        plural: whether the term is plural itself (“human rights”); None where the forms alone decide.
    """
    total = forms.total()
    found = []
    for form, count in forms.items():
        for one in _phrase_lemmas(form, singular=plural is False):
            lemma, number = one.lemma, one.number
            made = paradigm(lemma, kind, number="plur" if number == "plur" else None)
            covers = sum(n for other, n in forms.items() if other == lemma or made.slots_of(_small(other, lemma)))
            if covers:
                right = plural is not None and (number == "plur") == plural
                worth = 2 * covers / total + 0.1 * (form == lemma) + 0.3 * right + count / total / 20
                found.append(Lemmatized(lemma, None, number, covers, worth))
    return max(found, key=lambda one: one.worth, default=None)


def _small(form: str, lemma: str) -> str:
    """Give a form the first letter of the lemma: it may stand at the beginning of a sentence."""
    return lemma[0] + form[1:] if form[0].lower() == lemma[0].lower() else form


def _is_form(form: str, made: Paradigm) -> bool:
    return form == made.lemma or any(slot.number == made.number for slot in made.slots_of(form))


def _known(lemma: str) -> float:
    """Return what the dictionary says for a lemma: «Германия» is a name in it, «Германий» is none."""
    names = [noun for noun in nouns(lemma) if noun.name not in ("", "Com")]
    if not names:
        return 0.0
    return 0.3 if any(noun.number == "sing" for noun in names) else 0.15


def _name_lemmas(name: str, kind: str, forms: Iterable[str]) -> Iterator[str]:
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


# ── Phrases ────────────────────────────────────────────────────────────────────────────────────────────────────────

NUMBERS: dict[str, Number] = {"Sing": "sing", "Plur": "plur"}
CASED = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class PhraseLemma:
    """A nominative that a phrase may have."""

    lemma: str
    number: Number


@dataclass(frozen=True, slots=True)
class _Head:
    """A reading of the noun that carries the case: its nominatives by number, and what agrees with it."""

    nominatives: Mapping[str, str]
    case: str
    gender: str
    number: str


def _phrase_lemmas(form: str, *, singular: bool = False) -> Iterator[PhraseLemma]:
    """Yield the nominatives a phrase may have: its head, and the adjectives before it that agree with it."""
    words = form.split()
    for at, word in enumerate(words):
        for head in _heads(word):
            numbers = ["Sing", "Plur"] if singular and head.number == "Plur" and head.gender else [head.number]
            for number in numbers:
                before = [_agreeing(one, head, number) for one in words[:at]]
                nominative = head.nominatives.get(number, "")
                if all(before) and nominative:
                    made = [*(one or "" for one in before), _as(word, nominative), *words[at + 1 :]]
                    yield PhraseLemma(" ".join(made), NUMBERS[number])
        if not _may_agree(word):
            break  # behind the first noun nothing else is the head


def _may_agree(word: str) -> bool:
    return any(one.pos in ("ADJ", "DET") or one.feats.get("VerbForm") == "Part" for one in analyzer().analyze(word))


def _heads(word: str) -> Iterator[_Head]:
    if word.isupper() and len(word) > 1:
        yield _Head({"Sing": word}, "Nom", "Masc", "Sing")
        return
    readings = [one for one in analyzer().analyze(word) if one.pos in CASED and one.prob >= 0.01]
    known = any(one.source == "dictionary" for one in readings)
    for one in readings:
        case, number = one.feats.get("Case", ""), one.feats.get("Number", "")
        if number not in NUMBERS or (known and one.source != "dictionary"):
            continue
        if one.feats.get("InflClass") == "Ind":
            yield _Head({number: word.lower()}, case, one.feats.get("Gender", ""), number)
        else:
            forms = list(one.forms())
            made = {number: _nominative(forms, number, "") for number in NUMBERS}
            yield _Head(made, case, one.feats.get("Gender", ""), number)


def _agreeing(word: str, head: _Head, number: str) -> str | None:
    """Return the nominative of an adjective that agrees with a head, None where it does not agree."""
    for one in analyzer().analyze(word):
        feats = one.feats
        if one.pos not in ("ADJ", "DET") and feats.get("VerbForm") != "Part":
            continue
        if feats.get("Number") != head.number or feats.get("Case") != head.case:
            continue
        if head.number == "Sing" and feats.get("Gender") not in (head.gender, None):
            continue
        made = _nominative(one.forms(), number, head.gender if number == "Sing" else "")
        if made:
            return _as(word, made)
    return None


def _nominative(forms: Iterable[Analysis], number: str, gender: str) -> str:
    for form in forms:
        feats = form.feats
        if feats.get("Case") != "Nom" or feats.get("Number") != number or not form.labels.isdisjoint(ARCHAIC):
            continue
        if not gender or feats.get("Gender") in (gender, None):
            return form.word
    return ""


def _as(word: str, lemma: str) -> str:
    """Give a lemma the capitals of a word and its е for ё."""
    if "ё" not in word.lower():
        lemma = lemma.replace("ё", "е")
    parts, made = word.split("-"), lemma.split("-")
    if len(parts) != len(made):
        return lemma.capitalize() if word[0].isupper() else lemma
    return "-".join(
        m.upper() if p.isupper() and len(p) > 1 else m.capitalize() if p[0].isupper() else m
        for p, m in zip(parts, made, strict=True)
    )


# ── Persons ────────────────────────────────────────────────────────────────────────────────────────────────────────


_SHE = r"(?:Mrs|Ms|Miss|Mme|Lady|Dame|Queen|Princess|Baroness|Sister|actress|chairwoman|spokeswoman|Congresswoman)"
_HE = r"(?:Mr|Sir|Lord|King|Prince|Baron|actor|chairman|spokesman|Congressman)"


@dataclass(frozen=True, slots=True)
class Told:
    """What sentences tell of a person's gender; `sure` where a title does."""

    gender: Gender | None = None
    sure: bool = False


def gender_of(name: str, seen: Sequence[Witness]) -> Told:
    """Tell a person's gender by titles and verbs beside the name."""
    surname = regex.escape(name.rsplit(maxsplit=1)[-1])
    titled = {"femn": 0, "masc": 0}
    spoken = {"femn": 0, "masc": 0}
    for one in seen:
        for gender, titles in (("femn", _SHE), ("masc", _HE)):
            title = rf"\b{titles}\.? (?:\p{{Lu}}[\p{{L}}.]+ )?{surname}\b"
            titled[gender] += regex.search(title, one.source) is not None
        verb = _verb_gender(one.target, one.form)
        she, he = (
            bool(regex.search(words, one.source.lower())) for words in (r"\b(?:she|her)\b", r"\b(?:he|his|him)\b")
        )
        spoken["femn"] += she and not he
        spoken["masc"] += he and not she
        spoken["femn"] += verb == "Fem"
        spoken["masc"] += verb == "Masc"
    for counts in (titled, spoken):
        if counts["femn"] != counts["masc"]:
            return Told("femn" if counts["femn"] > counts["masc"] else "masc", counts is titled)
    return Told()


_SPEAKS = frozenset(
    "сказать заявить сообщить отметить добавить рассказать пояснить подчеркнуть написать говорить считать".split()  # noqa: SIM905
)


def _verb_gender(text: str, form: str) -> str:
    """Return the gender of a past tense right beside a name: «заявила Мэй», «Мэй победила»; not «обвинила Мэй»."""
    at = text.find(form)
    before = regex.findall(r"\p{L}+", text[max(0, at - 30) : at])[-1:]
    behind = regex.match(r"\s(\p{L}+)", text[at + len(form) :])
    for word in [*before, *([behind[1]] if behind else [])]:
        readings = analyzer().analyze(word)
        if readings and readings[0].feats.get("Tense") == "Past" and readings[0].feats.get("VerbForm") == "Fin":
            if word in before and readings[0].lemma not in _SPEAKS:
                continue
            return str(readings[0].feats.get("Gender", ""))
    return ""


def is_adjectival(form: str) -> bool:
    """Tell whether a form is an adjective's above all."""
    return is_adjective(form, "sing") or lemmas(form.lower())[0].pos == "ADJ"
