"""Common names that take a term's place before translating: a model knows «Иван Петров» and garbles Жээнбеков.

A stand-in has the gender, number and kind of its term, does not occur elsewhere in the sentence, and is a name that
every model has seen ten thousand times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.glossary import TermMatch
from translate.inflection import Number, Paradigm, paradigm
from translate.spans import Edit, Edited

_MEN = [
    ("Sergei Ivanov", "Сергей Иванов"), ("Viktor Orlov", "Виктор Орлов"), ("Alexander Volkov", "Александр Волков"),
    ("Andrei Popov", "Андрей Попов"), ("Mikhail Kuznetsov", "Михаил Кузнецов"), ("Ivan Petrov", "Иван Петров"),
]  # fmt: skip
_WOMEN = [
    ("Maria Petrova", "Мария Петрова"), ("Elena Popova", "Елена Попова"), ("Olga Volkova", "Ольга Волкова"),
    ("Anna Ivanova", "Анна Иванова"),
]  # fmt: skip
_STANDINS: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("place", "masc"): [("Berlin", "Берлин"), ("Paris", "Париж"), ("Madrid", "Мадрид"), ("London", "Лондон")],
    ("place", "femn"): [("Warsaw", "Варшава"), ("Prague", "Прага"), ("Vienna", "Вена"), ("Moscow", "Москва")],
    ("place", "neut"): [("Kosovo", "Косово")],
    ("place", "plur"): [("Athens", "Афины"), ("the Netherlands", "Нидерланды"), ("the Philippines", "Филиппины")],
    ("organisation", "masc"): [("Kremlin", "Кремль"), ("Pentagon", "Пентагон"), ("Interpol", "Интерпол")],
    ("organisation", "femn"): [("State Duma", "Государственная дума"), ("Luftwaffe", "Люфтваффе")],
    ("organisation", "neut"): [
        ("Ministry of Defense", "Министерство обороны"),
        ("National Bureau", "Национальное бюро"),
    ],
    ("organisation", "plur"): [("United Nations", "Объединенные Нации")],
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in for one term: what is written in the source, and the paradigm to look for in the draft."""

    english: str
    paradigm: Paradigm


def choose(matches: Sequence[TermMatch], sentence: str, turn: int = 0) -> list[StandIn | None]:
    """Choose a stand-in for each term, the same for two mentions of one; None where there is none of its kind.

    Args:
        matches: the terms that need one.
        sentence: the source; what stands in it is not chosen.
        turn: 0 for the first choice, −1 for the last, if the first was not found in the draft.
    """
    chosen: dict[str, StandIn | None] = {}
    used: set[str] = set(regex.findall(r"\w+", _without(sentence, matches)))
    for match in matches:
        key = _key(match)
        if key in chosen:
            continue
        free = [pair for pair in _options(match) if used.isdisjoint(pair[0].split())]
        if not free:
            chosen[key] = None
            continue
        english, russian = free[turn % len(free)]
        used.update(english.split())
        own = match.paradigm()
        family: Number | None = "plur" if own.kind == "person" and match.number == "plur" else None
        gender = own.gender if own.number == "sing" and not family else None
        chosen[key] = StandIn(english, paradigm(russian, own.kind, gender=gender, number=family))
    return [chosen[_key(match)] for match in matches]


def _key(match: TermMatch) -> str:
    return f"{match.term.source}|{match.target}|{match.number}"


def _without(sentence: str, matches: Sequence[TermMatch]) -> str:
    """Return a sentence without the terms that are to be replaced."""
    for match in sorted(matches, key=lambda m: -m.span.start):
        sentence = sentence[: match.span.start] + " " + sentence[match.span.stop :]
    return sentence


def _options(match: TermMatch) -> Iterator[tuple[str, str]]:
    term = match.paradigm()
    if term.kind == "person":
        for english, russian in _WOMEN if term.gender == "femn" and match.number != "plur" else _MEN:
            if match.number == "plur":
                yield f"{english.split()[1]}s", f"{russian.split()[1]}ы"
            elif " " in match.target:
                yield english, russian
            else:
                yield english.split()[1], russian.split()[1]
        return
    if term.kind not in ("place", "organisation"):
        return  # a model translates a common word well enough; «президентские выборы» is only missed if paraphrased
    kind = term.kind
    gender = "plur" if term.number == "plur" else term.gender or "masc"
    yield from _STANDINS.get((kind, gender), [])


def swap(sentence: str, matches: Sequence[TermMatch], standins: Sequence[StandIn | None]) -> Edited:
    """Put stand-ins into a sentence; terms without one stay as they are."""
    edits = []
    for match, standin in zip(matches, standins, strict=True):
        if standin is not None:
            english = standin.english
            if english.startswith("the ") and sentence[: match.span.start].lower().endswith("the "):
                english = english[4:]
            edits.append(Edit(match.span.start, match.span.stop, english))
    return Edited(sentence, tuple(edits))
