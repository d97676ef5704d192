"""Pinned terms: the glossary’s spelling put into the draft in the case the sentence asks for, with a proof each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from translate.errors import Problem, Span
from translate.inflection import Case, Number

Method = Literal["already", "alignment", "similarity", "stand-in", "forced", "kept"]


@dataclass(frozen=True, slots=True)
class Pin:
    """What was done for one term in one sentence.

    Args:
        source: span in the source segment.
        target: span in the final target segment.
        lemma: the Russian lemma.
        form: what stands at `target` now.
        case, number: None for terms that are kept in Latin.
        method: how it was found.
        confidence: 0 to 1.
        mended: what else was changed for its sake, e.g. "с → со".
    """

    source: Span
    target: Span
    lemma: str
    form: str
    case: Case | None
    number: Number | None
    method: Method
    confidence: float
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pinned:
    """A target sentence with its pins and the terms that could not be placed."""

    text: str
    pins: tuple[Pin, ...] = ()
    problems: tuple[Problem, ...] = ()
