"""Two Russian taggers that share nothing learnt with the product's own: rnnmorph and MARU, run in numpy.

The product reads cases with slovnet (learnt from Nerus), rumorph and a model of its own; a benchmark that judges the
cases with the same readers measures how far they agree with themselves. These two were trained by others, on the
corpora of MorphoRuEval-2017. Both are stacks of bidirectional LSTMs over letters and a dictionary's readings; their
packages ask for Keras and TensorFlow of 2018, so only the weights are taken from them and the layers are run here.
The dictionary behind them (pymorphy3) is OpenCorpora's, as rumorph's is: what a form may be is shared, what it is in a
sentence is not.

    uv sync --group bench      # brings the two packages without Keras

Source: https://github.com/IlyaGusev/rnnmorph (Apache 2.0), https://github.com/chomechome/maru (MIT).
"""

from __future__ import annotations

import importlib.util
import io
import json
import pickle
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pymorphy3
from numpy.typing import NDArray

Floats = NDArray[np.float32]
CASES = ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc")  # in the order of nomn gent datv accs ablt loct
NUMBERS = ("Sing", "Plur")
LETTERS = 32  # of a word, counted from its end
BATCH = 192  # sentences


def _package(name: str) -> Path:
    """Return a package's folder without importing it: rnnmorph and maru import Keras at once."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{name} is not installed: uv sync --group bench")
    return Path(spec.submodule_search_locations[0])


@lru_cache(maxsize=1)
def dictionary() -> Any:
    """Return the one pymorphy3."""
    return pymorphy3.MorphAnalyzer()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a network makes of n sentences of one length.

    Args:
        tags: n × words × tags, probabilities.
        first, second: n × words × 256, what its two layers carry; the first 128 come from the left, the rest from the
            right.
    """

    tags: Floats
    first: Floats
    second: Floats


class _Network:
    """Letters and readings → two bidirectional LSTM layers → a tag's probabilities, as Keras 2 computes them."""

    def __init__(self, path: Path, root: str) -> None:
        self._weights: dict[str, Floats] = {}
        with h5py.File(path) as file:
            group = file[root] if root else file

            def keep(name: str, value: Any) -> None:
                if isinstance(value, h5py.Dataset):
                    layer, *_middle, last = name.split("/")
                    part = _middle[-1] if _middle else ""
                    for inner in ("dense_2", "dense_3", "chars_embeddings", "forward", "backward"):
                        if inner in part:
                            layer += f".{inner}"
                            break
                    self._weights[f"{layer}.{last.removesuffix(':0')}"] = np.asarray(value, np.float32)

            group.visititems(keep)
        names = {name.rsplit(".", 1)[0] for name in self._weights}
        self._first = ("LSTM_1_forward.forward", "LSTM_1_backward.backward")
        self._second = ("bidirectional_1.forward", "bidirectional_1.backward")
        if "bidirectional_2.forward" in names:
            self._first, self._second = self._second, ("bidirectional_2.forward", "bidirectional_2.backward")
        self._last = "main_pred" if "main_pred" in names else "dense_6"

    def _dense(self, x: Floats, name: str) -> Floats:
        return x @ self._weights[f"{name}.kernel"] + self._weights[f"{name}.bias"]

    def _lstm(self, x: Floats, name: str, *, backwards: bool) -> Floats:
        gates = self._dense(x, name)
        recurrent = self._weights[f"{name}.recurrent_kernel"]
        n, length, width = gates.shape[0], gates.shape[1], recurrent.shape[0]
        h: Floats = np.zeros((n, width), np.float32)
        c: Floats = np.zeros((n, width), np.float32)
        out = np.empty((n, length, width), np.float32)
        for t in range(length)[:: -1 if backwards else 1]:
            z = gates[:, t] + h @ recurrent
            i, f, o = (
                np.clip(0.2 * z[:, k * width : (k + 1) * width] + 0.5, 0, 1) for k in (0, 1, 3)
            )  # Keras's hard sigmoid
            c = np.asarray(f * c + i * np.tanh(z[:, 2 * width : 3 * width]), np.float32)
            h = np.asarray(o * np.tanh(c), np.float32)
            out[:, t] = h
        return out

    def _both(self, x: Floats, names: tuple[str, str]) -> Floats:
        return np.concatenate([self._lstm(x, names[0], backwards=False), self._lstm(x, names[1], backwards=True)], -1)

    def run(self, readings: Floats, letters: NDArray[np.int64]) -> Outcome:
        """Run n sentences of one length."""
        w = self._weights
        letter = w["time_distributed_1.chars_embeddings.embeddings"][letters]
        letter = letter.reshape(*letters.shape[:2], -1)
        letter = np.maximum(self._dense(letter, "time_distributed_1.dense_2"), 0)
        letter = self._dense(letter, "time_distributed_1.dense_3")
        x = np.concatenate([np.maximum(self._dense(readings, "dense_1"), 0), letter], -1)
        x = np.maximum(self._dense(x, "dense_4"), 0)
        one = self._both(x, self._first)
        two = self._both(one, self._second)
        x = self._dense(two, "time_distributed_2")
        norm = "time_distributed_4"
        x = (x - w[f"{norm}.moving_mean"]) / np.sqrt(w[f"{norm}.moving_variance"] + 1e-3)
        x = np.maximum(x * w[f"{norm}.gamma"] + w[f"{norm}.beta"], 0)
        x = self._dense(x, self._last)
        x = np.exp(x - x.max(-1, keepdims=True))
        return Outcome(x / x.sum(-1, keepdims=True), one, two)


class Tagger:
    """A network with its own way to turn words into numbers.

    Attributes:
        tags: for each output of the network its part of speech and features, "NOUN", {"Case": "Gen", …}.
    """

    tags: list[tuple[str, dict[str, str]]]

    def __init__(self, network: _Network) -> None:
        self._network = network
        self._seen: dict[str, tuple[Floats, list[int]]] = {}

    def _word(self, word: str) -> tuple[Floats, list[int]]:
        """Return a word's readings and its letters."""
        raise NotImplementedError

    def run(self, sentences: Sequence[Sequence[str]]) -> Iterator[tuple[int, Outcome]]:
        """Yield, for n sentences of at least one word, each one’s number and outcome, in any order."""
        order = sorted((i for i in range(len(sentences)) if sentences[i]), key=lambda i: len(sentences[i]))
        for _length, same in groupby(order, key=lambda i: len(sentences[i])):
            group = list(same)
            for at in range(0, len(group), BATCH):
                part = group[at : at + BATCH]
                words = [[self._known(word) for word in sentences[i]] for i in part]
                readings = np.stack([np.stack([word[0] for word in one]) for one in words])
                letters = np.array([[word[1] for word in one] for one in words])
                made = self._network.run(readings, letters)
                for k, i in enumerate(part):
                    yield i, Outcome(made.tags[k], made.first[k], made.second[k])

    def _known(self, word: str) -> tuple[Floats, list[int]]:
        if word not in self._seen:
            self._seen[word] = self._word(word)
        return self._seen[word]

    def slots(self) -> Floats:
        """Return tags × (numbers × cases): 1 where a tag is that slot; one without a number counts for both."""
        table = np.zeros((len(self.tags), 12), np.float32)
        for row, (pos, features) in enumerate(self.tags):
            if features.get("Case") in CASES and pos in {"NOUN", "PROPN", "ADJ", "PRON"}:
                for n, number in enumerate(NUMBERS):
                    if features.get("Number", number) == number:
                        table[row, n * 6 + CASES.index(features["Case"])] = 1
        return table


class Rnnmorph(Tagger):
    name = "rnnmorph 0.4.1"

    def __init__(self) -> None:
        from russian_tagsets import converters

        folder = _package("rnnmorph") / "models" / "ru"
        super().__init__(_Network(folder / "eval_model.h5", ""))
        self._letters = (folder / "char_set.txt").read_text(encoding="utf-8").rstrip()
        self._convert = converters.converter("opencorpora-int", "ud14")
        known = json.loads((folder / "gram_input.json").read_text(encoding="utf-8"))
        self._vectors = {name: np.array(known["vectors"][i], np.float32) for name, i in known["name_to_index"].items()}
        sizes = [
            len(values["py/set"])
            for name, values in sorted(known["all_grammemes"].items())
            if name not in {"default_factory", "py/object"}
        ]
        self._borders = list(np.cumsum(sizes))
        outputs = json.loads((folder / "gram_output.json").read_text(encoding="utf-8"))["name_to_index"]
        self.tags = [("", {})] * (len(outputs) + 1)  # 0 is padding
        for name, i in outputs.items():
            pos, features = name.split("#")
            self.tags[i + 1] = (pos, dict(f.split("=") for f in features.split("|") if "=" in f))

    def _word(self, word: str) -> tuple[Floats, list[int]]:
        vector = np.zeros(self._borders[-1], np.float32)
        for parse in dictionary().parse(word):
            pos, features, *_rest = self._convert(str(parse.tag), word).split()
            kept = sorted(f for f in features.split("|") if not re.search("Animacy|Aspect|NumType", f))
            vector += self._vectors.get(f"{pos}#{'|'.join(kept) or '_'}", 0)
        for start, stop in pairwise([0, *self._borders]):
            vector[start:stop] /= vector[start:stop].sum() or 1
        places = [self._letters.index(c) if c in self._letters else len(self._letters) for c in word][-LETTERS:]
        return vector, [0] * (LETTERS - len(places)) + places


class Maru(Tagger):
    name = "MARU 0.2.0 (rnn)"

    def __init__(self) -> None:
        folder = _package("maru") / "resource" / "rnn"
        super().__init__(_Network(folder / "tagger.h5", "model_weights"))
        self._readings = json.loads((folder / "grammeme_vocabulary.json").read_text(encoding="utf-8"))
        self._letters = json.loads((folder / "char_vocabulary.json").read_text(encoding="utf-8"))
        packed = zlib.decompress((folder / "tags.joblib").read_bytes())
        found = _TagsOnly(io.BytesIO(packed)).load()
        self.tags = [("", {})] * (max(found) + 1)
        for i, (pos, *features) in found.items():
            self.tags[i] = (pos, dict(f for f in features if f))

    def _word(self, word: str) -> tuple[Floats, list[int]]:
        word = re.sub(r"\d", "D", word.strip().lower().replace("_", " "))
        vector = np.zeros(len(self._readings), np.float32)
        seen: set[str] = set()
        for rank, parse in enumerate(dictionary().parse(word)):
            new = [g for g in parse.tag.grammemes if g not in seen]
            seen.update(new)
            if new:
                for key, value in (
                    (f"pymorphy:{rank}:score", parse.score),
                    *((f"pymorphy:{rank}:{g}", 1) for g in new),
                ):
                    if key in self._readings:
                        vector[self._readings[key]] = value
        places = [self._letters.get(c, 0) for c in word][-LETTERS:]
        return vector, [0] * (LETTERS - len(places)) + places


class _TagsOnly(pickle.Unpickler):
    """Reads MARU's table of tags, a pickle, and will build nothing but tags."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("maru.tag", "Tag"):
            return _Tag
        if module.startswith("maru.grammeme."):
            return str if name == "PartOfSpeech" else lambda value: (name, value)
        raise pickle.UnpicklingError(f"{module}.{name} is no tag")


class _Tag(tuple[Any, ...]):
    __slots__ = ()

    def __new__(cls, *fields: Any) -> _Tag:
        return super().__new__(cls, fields)
