"""The arithmetic of slovnet's convolutional tagger and parser, for whole batches of sentences laid end to end.

The library pads every sentence to the longest and copies each window; here sentences stand one after another with a row
of zeros between, a frequent word is multiplied once and kept, and the two models share their first layer. Same weights,
same answers (tests/test_inflection.py compares), a third of the time; and one sentence alone costs its share, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
KEPT = 4096


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution over three tokens, its rectifier and its normalisation."""

    weight: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    @staticmethod
    def of(layer: Any) -> Layer:
        """Take a layer's weights out of slovnet's own model."""
        norm = layer.norm
        scale = norm.weight.array / norm.std.array
        # filters × channels × 3  →  (3 · channels) × filters
        weight = np.ascontiguousarray(layer.conv.weight.array.transpose(2, 1, 0))
        return Layer(
            weight.reshape(-1, weight.shape[2]), layer.conv.bias.array, scale, norm.bias.array - norm.mean.array * scale
        )

    def finish(self, sums: Floats, gaps: Ints) -> Floats:
        """Add the bias, rectify, normalise, and clear the rows between sentences."""
        sums += self.bias
        np.maximum(sums, 0, out=sums)
        sums *= self.scale
        sums += self.shift
        sums[gaps] = 0
        return sums

    def __call__(self, rows: Floats, gaps: Ints) -> Floats:
        """Convolve rows with gaps of zeros between the sentences."""
        padded = np.zeros((len(rows) + 2, rows.shape[1]), np.float32)
        padded[1:-1] = rows
        windows = np.concatenate((padded[:-2], padded[1:-1], padded[2:]), axis=1)
        return self.finish(windows @ self.weight, gaps)


@dataclass(frozen=True, slots=True)
class Linear:
    """A projection, rectified on demand."""

    weight: Floats
    bias: Floats

    @staticmethod
    def of(linear: Any) -> Linear:
        """Take the weights out of slovnet's own model."""
        return Linear(linear.weight.array, linear.bias.array)

    def __call__(self, rows: Floats) -> Floats:
        """Project rows."""
        result: Floats = rows @ self.weight + self.bias
        return result

    def rectified(self, rows: Floats) -> Floats:
        """Project, and cut off what is below zero."""
        result: Floats = np.maximum(self(rows), 0)
        return result


class Network:
    """Both models over one batch.

    Args:
        morph, syntax: slovnet's models with their arrays.
        indexes, codes: navec's quantised embeddings: words × parts, parts × codes × length.
    """

    def __init__(self, morph: Any, syntax: Any, indexes: NDArray[np.uint8], codes: Floats) -> None:
        self._indexes, self._codes, self._parts = indexes, codes, np.arange(codes.shape[0])
        width = codes.shape[0] * codes.shape[2]
        self._first = [Layer.of(m.encoder.layers[0]) for m in (morph, syntax)]
        self._rest = [[Layer.of(layer) for layer in m.encoder.layers[1:]] for m in (morph, syntax)]
        # Before, at and after the token: three blocks, each of both models' filters side by side.
        blocks = [layer.weight.reshape(3, -1, layer.weight.shape[1]) for layer in self._first]
        self._filters = blocks[0].shape[2]
        self._words = np.ascontiguousarray(np.concatenate([b[k, :width] for k in range(3) for b in blocks], axis=1))
        self._shapes = np.concatenate(
            [
                m.emb.shape.weight.array @ b[k, width:]
                for k in range(3)
                for m, b in zip((morph, syntax), blocks, strict=True)
            ],
            axis=1,
        )
        self._kept: dict[int, Floats] = {}
        self._tags = Linear.of(morph.head.proj)
        self._arcs = [Linear.of(syntax.head.head.proj), Linear.of(syntax.head.tail.proj)]
        self._labels = [Linear.of(syntax.rel.head.proj), Linear.of(syntax.rel.tail.proj)]
        self._arc_kernel, self._arc_root = syntax.head.kernel.array, syntax.head.root.array
        self._label_kernel, self._label_root = syntax.rel.kernel.array, syntax.rel.root.array

    def __call__(self, words: Sequence[Ints], shapes: Sequence[Ints]) -> tuple[Floats, list[tuple[Ints, Ints]]]:
        """Run a batch.

        Args:
            words, shapes: for each sentence, ids of its n tokens.

        Returns:
            tag probabilities of all tokens end to end; for each sentence its heads (0 the root, else 1 … n) and labels.
        """
        lengths = [len(w) for w in words]
        starts = np.cumsum([0, *(n + 1 for n in lengths)])[:-1]
        size = sum(lengths) + len(lengths)
        at = np.concatenate([np.arange(s, s + n) for s, n in zip(starts, lengths, strict=True)])
        gaps = starts + np.array(lengths)
        sums = np.zeros((size + 2, self._words.shape[1]), np.float32)
        sums[at + 1] = self._word_rows(np.concatenate(list(words)))
        sums[at + 1] += self._shapes[np.concatenate(list(shapes))]
        both = 2 * self._filters
        first = sums[:-2, :both] + sums[1:-1, both : 2 * both] + sums[2:, 2 * both :]
        encoded = []
        for k in range(2):
            rows = self._first[k].finish(
                np.ascontiguousarray(first[:, k * self._filters : (k + 1) * self._filters]), gaps
            )
            for layer in self._rest[k]:
                rows = layer(rows, gaps)
            encoded.append(rows[at])
        logits = self._tags(encoded[0])
        logits -= logits.max(1, keepdims=True)
        scores = np.exp(logits)
        scores /= scores.sum(1, keepdims=True)
        ends = np.cumsum(lengths)
        return scores, [self._parse(encoded[1][end - n : end]) for end, n in zip(ends, lengths, strict=True)]

    def vectors(self, words: Ints) -> Floats:
        """Return the embeddings of words by their ids, n × 300."""
        return self._codes[self._parts, self._indexes[words]].reshape(len(words), -1)

    def _word_rows(self, words: Ints) -> Floats:
        """Return the words' part of the first layer; what is frequent stays in a table of 4,096 rows, 25 MB."""
        new = [w for w in dict.fromkeys(words.tolist()) if w not in self._kept]
        if new:
            if len(self._kept) + len(new) > KEPT:
                self._kept.clear()
                new = list(dict.fromkeys(words.tolist()))
            self._kept.update(zip(new, self.vectors(np.array(new)) @ self._words, strict=True))
        return np.stack([self._kept[w] for w in words.tolist()])

    def _parse(self, rows: Floats) -> tuple[Ints, Ints]:
        """Return head and label of each token of one sentence, every token on its own, as the library does."""
        rooted = np.concatenate((self._arc_root[None], rows))
        arcs = self._arcs[0].rectified(rooted) @ self._arc_kernel @ self._arcs[1].rectified(rooted).T
        heads = arcs[1:].argmax(1)
        rooted = np.concatenate((self._label_root[None], rows))
        above = self._labels[0].rectified(rooted)[heads] @ self._label_kernel
        tails = self._labels[1].rectified(rows)
        labels = np.einsum("nld,nd->nl", above.reshape(len(rows), -1, tails.shape[1]), tails)
        return heads, labels.argmax(1)
