"""What the rest of the project knows of a declined term: its cells, its forms, the case read at a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from translate.spans import Span

Case = Literal["nomn", "gent", "datv", "accs", "ablt", "loct"]
Number = Literal["sing", "plur"]
Gender = Literal["masc", "femn", "neut"]
CASES: tuple[Case, ...] = ("nomn", "gent", "datv", "accs", "ablt", "loct")

# One number of a word: for each of CASES the accepted forms, the preferred one first.
FormsRow = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a paradigm."""

    case: Case
    number: Number


SLOTS: dict[Number, tuple[Slot, ...]] = {
    "sing": tuple(Slot(case, "sing") for case in CASES),
    "plur": tuple(Slot(case, "plur") for case in CASES),
}


@dataclass(frozen=True, slots=True)
class Paradigm:
    """All forms of one term.

    Args:
        lemma: the nominative as the glossary writes it, e.g. "Нурсултан Назарбаев".
        kind: the glossary kind ("person", "place", "organisation", "term", "demonym", …).
        gender: of the head word; None where the term is plural only or unknown.
        number: number of the lemma itself ("plur" for Чебоксары, Соединённые Штаты).
        animate: decides the accusative.
        forms: slot → accepted forms, the preferred one first.
        fixed: True where the term does not decline.
        method: what made it ("forms", "people", "dictionary", "rules", "fixed" …), for the editor.
    """

    lemma: str
    kind: str
    gender: Gender | None
    number: Number
    animate: bool
    forms: Mapping[Slot, tuple[str, ...]]
    fixed: bool = False
    method: str = ""

    def form(self, case: Case, number: Number | None = None) -> str:
        """Return the preferred form, in the lemma's own number unless another is asked for."""
        found = self.forms.get(Slot(case, number or self.number))
        return found[0] if found else self.lemma

    def slots_of(self, form: str) -> list[Slot]:
        """Return every slot that `form` fills, ё and е taken as one; empty if it is no form of the term."""
        wanted = form.replace("ё", "е").replace("Ё", "Е")
        return [
            slot
            for slot, forms in self.forms.items()
            if any(f.replace("ё", "е").replace("Ё", "Е") == wanted for f in forms)
        ]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a tagged sentence.

    Args:
        span: in code points.
        pos: its part of speech in Universal Dependencies, "PROPN".
        case, gender, number: None where it has none.
    """

    span: Span
    pos: str
    case: Case | None
    gender: Gender | None
    number: Number | None


@dataclass(frozen=True, slots=True)
class CaseReading:
    """The case a sentence asks for at a span, with a confidence from 0 to 1."""

    case: Case
    number: Number
    confidence: float
