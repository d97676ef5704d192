"""The case that a sentence asks for at a place, whatever stands there.

Witnesses: the gap model, the words around (`context.evidence`), the tagger's guess at a hidden word, the names beside
the place; and the source sentence, where it is known. A log-linear model weighs them; each of its parts is learnt from
text written by people, none from a treebank (`benchmarks/train_gap.py`, `train_case.py`, `train_source.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from translate.inflection.context import COMPANIONS, VOTES, Evidence, Floats, companions, evidence
from translate.inflection.gap import Gap, gap_model
from translate.inflection.paradigms import Paradigm
from translate.inflection.source import Original, source_keys
from translate.inflection.tagging import Tagged

CASE_MODEL = Path(__file__).with_name("case_model.json")
SOURCE_MODEL = Path(__file__).with_name("source_model.json")
WITNESSES = ("gap", "words", "tagger", *COMPANIONS)


@dataclass(frozen=True, slots=True)
class CaseModel:
    """The log-linear model that `benchmarks/train_case.py` writes.

    Args:
        keys: for each key of `context.evidence` its row in the table.
        table: rows × six weights.
        votes: one weight for each of `context.VOTES`.
        bias: six weights.
    """

    keys: Mapping[str, int]
    table: Floats
    votes: Floats
    bias: Floats

    def cases(self, seen: Evidence) -> Floats:
        """Return the logarithms of six case probabilities."""
        rows = [row for key in seen.keys if (row := self.keys.get(key)) is not None]
        score = self.bias + self.votes @ seen.votes + self.table[rows].sum(0)
        score = score - score.max()
        logs: Floats = score - np.log(np.exp(score).sum())
        return logs


@lru_cache(maxsize=1)
def case_model() -> CaseModel:
    """Return the one loaded model."""
    data = json.loads(CASE_MODEL.read_text(encoding="utf-8"))
    return CaseModel(
        keys={key: row for row, key in enumerate(data["keys"])},
        table=np.array(list(data["keys"].values()), np.float64),
        votes=np.array([data["votes"][name] for name in VOTES]),
        bias=np.array(data["bias"]),
    )


@dataclass(frozen=True, slots=True)
class SourceModel:
    """The log-linear model that `benchmarks/train_source.py` writes.

    Args:
        keys: for each key of `source.source_keys` its row in the table.
        table: rows × six weights.
        weights: one for each of WITNESSES.
        bias: six weights.
    """

    keys: Mapping[str, int]
    table: Floats
    weights: Floats
    bias: Floats

    def cases(self, witnesses: Floats, keys: Sequence[str]) -> Floats:
        """Return the logarithms of six case probabilities.

        Args:
            witnesses: a row of six logarithms for each of WITNESSES.
            keys: of the source; none where it is not known.
        """
        rows = [row for key in keys if (row := self.keys.get(key)) is not None]
        return _normal(self.bias + self.weights @ witnesses + self.table[rows].sum(0))


def _normal(score: Floats) -> Floats:
    score = score - score.max()
    logs: Floats = score - np.log(np.exp(score).sum())
    return logs


@lru_cache(maxsize=1)
def source_model() -> SourceModel:
    """Return the one loaded model."""
    data = json.loads(SOURCE_MODEL.read_text(encoding="utf-8"))
    return SourceModel(
        keys={key: row for row, key in enumerate(data["keys"])},
        table=np.array(list(data["keys"].values()), np.float64).reshape(-1, 6),
        weights=np.array([data["weights"][name] for name in WITNESSES]),
        bias=np.array(data["bias"]),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What speaks for the cases of a place: a row of six logarithms for each of WITNESSES, and keys of the source."""

    witnesses: Floats
    keys: tuple[str, ...]

    def cases(self) -> Floats:
        """Return the logarithms of six case probabilities."""
        return source_model().cases(self.witnesses, self.keys)


def asked(
    tagged: Tagged, first: int, last: int, term: Paradigm, *, original: Original | None = None, hidden: bool
) -> Asked:
    """Gather what speaks for the cases of a place.

    Args:
        first, last: tokens of the place, inclusive.
        term: what belongs there.
        original: the term in the source.
        hidden: an unknown word stands at the place; else the tagger's reading of it is left to who knows the word.
    """
    gap = Gap(first, last, term.gender, term.number == "plur", term.animate, term.lemma[:1].isupper())
    seen = evidence(tagged, first, last, term.animate)
    witnesses = np.zeros((len(WITNESSES), 6))
    witnesses[0] = gap_model().cases(tagged.sides, gap)
    witnesses[1] = case_model().cases(seen)
    if hidden:
        witnesses[2] = np.log(tagger_cases(tagged, first, term).sum(0) + 1e-4)
    witnesses[3:] = companions(tagged, first, last)
    keys = source_keys(original, _preposition(seen)) if original else ()
    return Asked(witnesses, keys)


def tagger_cases(tagged: Tagged, place: int, term: Paradigm) -> Floats:
    """Return slovnet's probabilities of a token, numbers × cases, as a word of the term's gender."""
    masses = tagged.slots[term.gender][place]
    shares: Floats = masses / (masses.sum() + 1e-9)
    return shares.reshape(2, 6)


def _preposition(seen: Evidence) -> str:
    return next((key[2:] for key in seen.keys if key.startswith("p=") and " " not in key), "")
