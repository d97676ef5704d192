"""The case that a sentence asks for at a place, whatever stands there.

Witnesses: the gap model, the words around (`context.evidence`), the tagger's guess at a hidden word, the names beside
the place; and the source sentence, where it is known. A log-linear model weighs them; each of its parts is learnt from
text written by people, none from a treebank (`training/gap.py`, `case.py`, `source.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from translate import trained
from translate.inflection.context import COMPANIONS, VOTES, Evidence, Floats, companions, evidence
from translate.inflection.gap import Gap, gap_model, logs_of
from translate.inflection.paradigms import Paradigm
from translate.inflection.source import Original, source_keys
from translate.inflection.tagging import Tagged

CASE_MODEL = trained.path("case_model.json")
SOURCE_MODEL = trained.path("source_model.json")
WITNESSES = ("gap", "words", "tagger", *COMPANIONS)


@dataclass(frozen=True, slots=True)
class LogLinear:
    """A model of keys and witnesses, as `train_case.py` and `train_source.py` write it.

    Args:
        keys: for each key its row in the table.
        table: rows × six weights.
        weights: one for each witness.
        bias: six weights.
    """

    keys: Mapping[str, int]
    table: Floats
    weights: Floats
    bias: Floats

    @staticmethod
    def load(path: Path, weights: str, witnesses: Sequence[str]) -> LogLinear:
        """Read a model whose file names the weights of its witnesses by `weights`."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return LogLinear(
            keys={key: row for row, key in enumerate(data["keys"])},
            table=np.array(list(data["keys"].values()), np.float64),
            weights=np.array([data[weights][name] for name in witnesses]),
            bias=np.array(data["bias"]),
        )

    def cases(self, witnesses: Floats, keys: Sequence[str]) -> Floats:
        """Return the logarithms of six case probabilities.

        Args:
            witnesses: a row of six logarithms for each.
            keys: those the model does not know count for nothing.
        """
        rows = [row for key in keys if (row := self.keys.get(key)) is not None]
        return logs_of(self.bias + self.weights @ witnesses + self.table[rows].sum(0))


@lru_cache(maxsize=1)
def case_model() -> LogLinear:
    """Return the one loaded model of the words around a place: keys and votes of `context.evidence`."""
    return LogLinear.load(CASE_MODEL, "votes", VOTES)


@lru_cache(maxsize=1)
def source_model() -> LogLinear:
    """Return the one loaded model of WITNESSES and the keys of the source."""
    return LogLinear.load(SOURCE_MODEL, "weights", WITNESSES)


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
    witnesses[1] = case_model().cases(seen.votes, seen.keys)
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
