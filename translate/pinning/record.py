"""What was done for a term, so that an editor can see it: a pin is a proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from translate.engines import Draft
from translate.inflection import Case, Number
from translate.problems import Problem
from translate.spans import Edit, Edited, Span

Method = Literal["already", "derived", "alignment", "similarity", "stand-in", "forced", "kept"]


@dataclass(frozen=True, slots=True)
class Pin:
    """What was done for one term in one sentence.

    Args:
        source: span in the source segment.
        target: span in the final target segment.
        lemma: the Russian lemma.
        form: what stands at `target` now.
        case, number: None for terms kept in Latin and for what is derived from the term.
        method: how it was found: "already" in a form of the lemma, "derived" from it («казахстанские СМИ», «МИД»), by
            the engine's "alignment", by "similarity" of another spelling, as a "stand-in" put in before translating;
            "forced" where a form of the lemma stood in a case the sentence cannot have there; "kept" in Latin.
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
    """A target sentence with its pins and the terms that could not be placed.

    Args:
        text: the target sentence.
        pins: ordered by target.
        problems: one for each term that was not found.
        draft: what the engine had made of the sentence, stand-ins in it if they were needed; None without an engine.
        edits: what was done to the draft's text.
    """

    text: str
    pins: tuple[Pin, ...] = ()
    problems: tuple[Problem, ...] = ()
    draft: Draft | None = None
    edits: tuple[Edit, ...] = ()

    def move(self, span: Span) -> Span:
        """Return where a span of the draft's text lies in the pinned one."""
        return Edited(self.draft.text if self.draft else self.text, self.edits).move(span)
