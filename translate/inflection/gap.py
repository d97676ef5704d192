"""The case that a gap in a sentence asks for: one network reads what is left of it, another what is right of it.

The taggers look at three words either side, and at the word in the gap itself. What stands there may be a distortion,
Latin, or a name left undeclined, so its case has to be told without it, and from further off: «поставки … в Сирию»,
«в Сирии»; «Путин …, и прокомментировал Песков». Neither network sees the gap, so a sentence is read once for all the
gaps in it. Trained by `training/gap.py`; docs/why/inflection.md has the figures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from translate import trained
from translate.inflection.paradigms import Gender

Floats = NDArray[np.float32]
MODEL = trained.path("gap_model.npz")
NUMBER = re.compile(r"\d[\d.,:/-]*")
GENDERS: tuple[Gender | None, ...] = ("masc", "femn", "neut", None)
UNKNOWN_NAME = "Ъъъ"  # what the taggers are shown for a name in Latin letters


@dataclass(frozen=True, slots=True)
class Gap:
    """Tokens `first` to `last`, inclusive, and what is known of the term that belongs there.

    Args:
        gender: None for the plural, or unknown.
        capital: it is a name.
    """

    first: int
    last: int
    gender: Gender | None
    plural: bool
    animate: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """A read sentence of n tokens: row k of `left` is what stands before token k, row k of `right` what is after it.

    Args:
        left, right: n × units.
    """

    left: Floats
    right: Floats


UNREAD = Sides(np.zeros((0, 0), np.float32), np.zeros((0, 0), np.float32))


def shape(token: str) -> int:
    """Return the class of a token by its letters: 1 to 7."""
    if NUMBER.fullmatch(token):
        return 1
    if token == UNKNOWN_NAME:
        return 2
    if re.match("[A-Za-z]", token):
        return 3
    if not token[:1].isalpha():
        return 7
    if token.isupper() and len(token) > 1:
        return 4
    return 5 if token[0].isupper() else 6


@dataclass(frozen=True, slots=True)
class Suffixes:
    """Ids of word endings of three and of two letters: 0 for what is no word, 1 for an ending that is not known."""

    three: Mapping[str, int]
    two: Mapping[str, int]

    def of(self, token: str) -> tuple[int, int]:
        """Return both ids of a token."""
        if not token[:1].isalpha():
            return 0, 0
        low = token.lower()
        return self.three.get(low[-3:], 1), self.two.get(low[-2:], 1)


class GapModel:
    """The two networks (LSTM) and the layer that joins them.

    Args:
        arrays: as `train_gap.py` saves them; matrices are inputs × outputs.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self._a: dict[str, Floats] = {k: v.astype(np.float32) for k, v in arrays.items() if v.dtype.kind == "f"}
        endings = json.loads(bytes(arrays["endings"].astype(np.uint8)).decode("utf-8"))
        three, two = ({ending: n for n, ending in enumerate(part, 2)} for part in endings)
        self._suffixes = Suffixes(three, two)

    def read(self, sentences: Sequence[Sequence[str]], words: Sequence[Floats]) -> list[Sides]:
        """Read sentences from both sides, in one batch.

        Args:
            sentences: of one or more tokens.
            words: for each sentence its word vectors, n × 300.
        """
        inputs = [self._inputs(tokens, vectors) for tokens, vectors in zip(sentences, words, strict=True)]
        left = self._run(inputs, "left")
        right = self._run([x[::-1] for x in inputs], "right")
        return [Sides(f, r[::-1]) for f, r in zip(left, right, strict=True)]

    def _inputs(self, tokens: Sequence[str], vectors: Floats) -> Floats:
        endings = np.array([self._suffixes.of(token) for token in tokens])
        shapes = [shape(token) for token in tokens]
        parts = (vectors @ self._a["word"], self._a["three"][endings[:, 0]], self._a["two"][endings[:, 1]])
        return np.concatenate((*parts, self._a["shape"][shapes]), axis=1)

    def _run(self, inputs: Sequence[Floats], side: str) -> list[Floats]:
        """Return for every token the state before it is read."""
        order = sorted(range(len(inputs)), key=lambda i: -len(inputs[i]))
        longest = len(inputs[order[0]])
        recurrent = self._a[f"{side}_state"]
        units = recurrent.shape[0]
        sums = np.zeros((longest, len(inputs), 4 * units), np.float32)
        for row, i in enumerate(order):
            sums[: len(inputs[i]), row] = inputs[i] @ self._a[f"{side}_input"] + self._a[f"{side}_bias"]
        states = np.zeros((longest, len(inputs), units), np.float32)
        hidden = np.zeros((len(inputs), units), np.float32)
        cell = np.zeros_like(hidden)
        lengths = np.array([len(inputs[i]) for i in order])
        for step in range(longest - 1):
            live = int((lengths > step).sum())
            gates = sums[step, :live] + hidden[:live] @ recurrent
            entering, keeping, leaving = (_sigmoid(gates[:, k * units : (k + 1) * units]) for k in (0, 1, 3))
            cell[:live] = keeping * cell[:live] + entering * np.tanh(gates[:, 2 * units : 3 * units])
            hidden[:live] = leaving * np.tanh(cell[:live])
            states[step + 1] = hidden
        found: list[Floats] = [np.zeros(0, np.float32)] * len(inputs)
        for row, i in enumerate(order):
            found[i] = states[: len(inputs[i]), row]
        return found

    def cases(self, sides: Sides, gap: Gap) -> NDArray[np.float64]:
        """Return the logarithms of six case probabilities."""
        gender = None if gap.plural else gap.gender
        known = np.array([gap.plural, gap.animate, gap.capital], np.float32)
        joined = np.concatenate(
            (sides.left[gap.first], sides.right[gap.last], self._a["gender"][GENDERS.index(gender)], known)
        )
        inner = np.maximum(joined @ self._a["inner"] + self._a["inner_bias"], 0)
        return logs_of((inner @ self._a["outer"] + self._a["outer_bias"]).astype(np.float64))


def logs_of(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return scores as logarithms of probabilities."""
    score = score - score.max()
    logs: NDArray[np.float64] = score - np.log(np.exp(score).sum())
    return logs


def _sigmoid(x: Floats) -> Floats:
    found: Floats = 0.5 * (1 + np.tanh(0.5 * x))
    return found


@lru_cache(maxsize=1)
def gap_model() -> GapModel:
    """Return the one loaded model."""
    with np.load(MODEL) as arrays:
        return GapModel(dict(arrays))
