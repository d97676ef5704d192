"""The lexicon's file: pairs of words with two probabilities, and the English forms with their lemmas and counts.

A compressed npz of plain arrays, no pickle: words stand in one run of UTF-8, a line each; a probability is one byte,
the root of it times 255, so that small ones keep their digits.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from translate import trained
from translate.files import write_atomic

PATH = trained.path("lexicon.npz")
# Universal Dependencies, as the morphology names them; "X" is what it has no name for.
POS = ("X", "NOUN", "PROPN", "ADJ", "VERB", "ADV", "NUM", "PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "INTJ", "AUX")

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Table:
    """The lexicon as arrays.

    Args:
        heads: English lemmas.
        lemmas: Russian lemmas, ё written е.
        pos: of each Russian lemma, its place in `POS`.
        english, russian: of k pairs, indices into heads and lemmas; sorted by head, the likeliest translation first.
        forward: P(lemma | head) of each pair.
        backward: P(head | lemma) of each pair.
        forms: English words, sorted.
        head: of each form, the index of its lemma among the heads, -1 where that has no translation.
        count: of each form, how often the draft model's training data have it.
    """

    heads: tuple[str, ...]
    lemmas: tuple[str, ...]
    pos: NDArray[np.uint8]
    english: Indices
    russian: Indices
    forward: Floats
    backward: Floats
    forms: tuple[str, ...]
    head: Indices
    count: Indices

    @staticmethod
    def build(links: Links, forms: Mapping[str, Form]) -> Table:
        """Lay out learnt pairs: words without a pair are left out, and so are forms that tell nothing.

        Args:
            links: the pairs that stay, with their probabilities.
            forms: of each English word its lemma and its count.
        """
        order = np.lexsort((-links.forward, links.english))
        heads, english = np.unique(links.english[order], return_inverse=True)
        lemmas, russian = np.unique(links.russian[order], return_inverse=True)
        names = tuple(links.heads[i] for i in heads)
        place = {name: i for i, name in enumerate(names)}
        # a form that is its own lemma and was never counted is found among the heads
        kept = sorted(w for w, form in forms.items() if form.count > 1 or (form.lemma in place and form.lemma != w))
        split = [links.lemmas[i].rsplit(" ", 1) for i in lemmas]
        return Table(
            names,
            tuple(lemma for lemma, _pos in split),
            np.array([POS.index(pos) for _lemma, pos in split], np.uint8),
            english.astype(np.int32),
            russian.astype(np.int32),
            links.forward[order].astype(np.float32),
            links.backward[order].astype(np.float32),
            tuple(kept),
            np.array([place.get(forms[w].lemma, -1) for w in kept], np.int32),
            np.array([forms[w].count for w in kept], np.int32),
        )


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of an English word: its lemma, and how often the draft model's training data have it."""

    lemma: str
    count: int


@dataclass(frozen=True, slots=True)
class Links:
    """Learnt pairs: `english[k]` and `russian[k]` are places in `heads` and `lemmas` ("плотина NOUN")."""

    heads: Sequence[str]
    lemmas: Sequence[str]
    english: NDArray[np.int64]
    russian: NDArray[np.int64]
    forward: NDArray[np.float64]
    backward: NDArray[np.float64]


def write(table: Table, path: Path) -> None:
    """Write the lexicon's file."""
    data = io.BytesIO()
    np.savez_compressed(
        data,
        heads=_packed(table.heads),
        lemmas=_packed(table.lemmas),
        pos=table.pos,
        english=np.diff(table.english, prepend=np.int32(0)).astype(np.uint16),
        russian=table.russian,
        forward=_byte(table.forward),
        backward=_byte(table.backward),
        forms=_packed(table.forms),
        head=table.head,
        count=table.count,
    )
    write_atomic(path, data.getvalue())


def read(path: Path) -> Table:
    """Read the lexicon's file, 0.1 s."""
    with np.load(path) as file:
        return Table(
            _unpacked(file["heads"]),
            _unpacked(file["lemmas"]),
            file["pos"],
            np.cumsum(file["english"], dtype=np.int32),
            file["russian"],
            _probability(file["forward"]),
            _probability(file["backward"]),
            _unpacked(file["forms"]),
            file["head"],
            file["count"],
        )


def _packed(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _unpacked(data: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(data.tobytes().decode().split("\n"))


def _byte(probability: Floats) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = np.clip(np.rint(np.sqrt(probability) * 255), 1, 255).astype(np.uint8)
    return found


def _probability(data: NDArray[np.uint8]) -> Floats:
    root: Floats = data.astype(np.float32) / np.float32(255)
    found: Floats = root * root
    return found
