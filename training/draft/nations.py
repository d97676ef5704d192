"""Countries, their adjectives and their people in both languages: the table nations.tsv, and where its words stand."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import regex

from translate.inflection import Case, Paradigm, Slot, paradigm
from translate.spans import Span

TABLE = Path(__file__).with_name("nations.tsv")
Role = Literal["country", "adjective", "people", "person"]
ROLES: tuple[Role, ...] = ("country", "adjective", "people", "person")
# «уйгуров»: the dictionary has the short «уйгур» alone
LONGER: tuple[Case, ...] = ("gent", "accs")
ENDINGS = "ий|ого|ому|им|ом|ая|ой|ую|ою|ое|ие|их|ими"


@dataclass(frozen=True, slots=True)
class Nation:
    """One row: by role the English words and the Russian lemmas, the state's («российский») before the people's."""

    english: Mapping[Role, tuple[str, ...]]
    russian: Mapping[Role, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a nation in a sentence; `index` says which of the row's words of that role it is."""

    span: Span
    role: Role
    index: int
    form: str


@lru_cache(maxsize=2)
def nations(role: Literal["source", "target"]) -> tuple[Nation, ...]:
    """Read the rows of the table that are exchanged (source) or put in (target)."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        return tuple(_nation(row[1:]) for row in rows if row[0] == role)


def _nation(cells: list[str]) -> Nation:
    lists = [tuple(cell.split("|")) if cell else () for cell in cells]
    return Nation(dict(zip(ROLES, lists[::2], strict=True)), dict(zip(ROLES, lists[1::2], strict=True)))


def english_hits(nation: Nation, text: str) -> list[Hit]:
    """Find a nation's words; “Russian” counts as the adjective, whatever it is in the sentence."""
    found: dict[int, Hit] = {}
    for role in ROLES:
        for index, word in enumerate(nation.english[role]):
            for match in regex.finditer(rf"(?<![\w.-]){regex.escape(word)}(?![\w-]|(?<!\.)\.\w)", text):
                # “the UK” is one country, “the British” are people
                the = 4 if role == "country" and text[: match.start()].lower().endswith("the ") else 0
                found.setdefault(match.start(), Hit(Span(match.start() - the, match.end()), role, index, word))
    return list(found.values())


def russian_hits(nation: Nation, text: str) -> list[Hit]:
    """Find the forms of a nation's lemmas."""
    found: dict[int, Hit] = {}
    for role in ROLES:
        for index, lemma in enumerate(nation.russian[role]):
            for match in regex.finditer(_pattern(lemma, role), text, regex.IGNORECASE):
                found.setdefault(match.start(), Hit(Span(*match.span()), role, index, match[0]))
    return list(found.values())


@lru_cache(maxsize=1000)
def _pattern(lemma: str, role: Role) -> str:
    if role == "adjective":
        return rf"(?<![\w-]){lemma[:-2]}(?:{ENDINGS})(?![\w-])"
    forms = sorted({form for cell in declined(lemma, role).forms.values() for form in cell}, key=len, reverse=True)
    return rf"(?<![\w-])(?:{'|'.join(map(regex.escape, forms))})(?![\w-])"


def declined(lemma: str, role: Role) -> Paradigm:
    """Decline a country or a people."""
    forms = (
        {Slot(case, "plur"): ("уйгуров",) for case in LONGER}
        if lemma.startswith("уйгур") and role != "country"
        else None
    )
    return paradigm(lemma, "place" if role == "country" else "demonym", forms=forms)


def adjectives(old: str, new: str, form: str) -> str:
    """Put one adjective in -ский in the place of another: «немецкую» for таджикский → «таджикскую»."""
    made = new[:-2] + form[len(old) - 2 :].lower()
    return made.upper() if form.isupper() and len(form) > 1 else made.capitalize() if form[0].isupper() else made
