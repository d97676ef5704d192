"""Where a term was found, and what was done for it, so that an editor can see it: a pin is a proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from translate.engines import Draft
from translate.inflection import Case, Number, Paradigm
from translate.problems import Problem
from translate.spans import Edit, Edited, Span

Method = Literal["already", "hinted", "derived", "alignment", "similarity", "stand-in", "forced", "kept", "undeclined"]


@dataclass(frozen=True, slots=True)
class Pin:
    """What was done for one term in one sentence.

    Args:
        source: span in the source segment.
        target: span in the final target segment.
        lemma: the Russian lemma.
        form: what stands at `target` now.
        case, number: None for terms kept in Latin and for what is derived from the term.
        method: how it was found: "already" in a form of the lemma, "hinted" in a form of
            it that the engine made of the lemma it was told, "derived" from it («казахстанские СМИ», «МИД»), by
            the engine's "alignment", by "similarity" of another spelling, as a "stand-in" put in before translating;
            "forced" where a form of the lemma stood in a case the sentence cannot have there; "kept" in Latin;
            "undeclined" as the glossary writes it, in a language whose declension we do not have.
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
class Place:
    """Where a target was found.

    Args:
        span: in the draft.
        score: 0 to 1; 1 for a form of the lemma.
        method: see `Pin.method`.
        found: the paradigm whose form stands there, where that is not the target's own (an exonym), else None.
        other: another word stands there, without a likeness to the term.
        noun: the end of the place, where an adjective stands for the term: «клубов» of «колумбийских клубов» for
            “Colorado's clubs”.
        core: the part that was found, where words of the engine's own around it belong to the place too.
        head: the word within the place whose case is the term's: «районе» of «районе Ташкентская область».
    """

    span: Span
    score: float
    method: Method
    found: Paradigm | None = None
    other: bool = False
    noun: Span | None = None
    core: Span | None = None
    head: Span | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """A target sentence with its pins and the terms that could not be placed.

    Args:
        text: the target sentence.
        pins: ordered by target.
        problems: one for each term that was not found.
        draft: what the engine had made of the sentence, stand-ins in it if they were needed; None without an engine.
        edits: what was done to the draft's text.
        doubts: one for each pin whose case is not sure.
    """

    text: str
    pins: tuple[Pin, ...] = ()
    problems: tuple[Problem, ...] = ()
    draft: Draft | None = None
    edits: tuple[Edit, ...] = ()
    doubts: tuple[Problem, ...] = ()

    def move(self, span: Span) -> Span:
        """Return where a span of the draft's text lies in the pinned one."""
        return Edited(self.draft.text if self.draft else self.text, self.edits).move(span)
