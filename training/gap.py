"""Train translate/trained/gap_model.npz: the case of a gap from the words left of it and right of it.

Every noun, name and personal pronoun of Russian text gives an example: slovnet says its case, as far as the dictionary
has such a form. Two LSTMs read the sentence, neither sees the gap. A noun is taken with its adjectives too, and names
as whole runs, since their words would tell the case. The sentences of `benchmarks/pinning.py`, of NTREX and of the
names kit are left out, and so are HELD, from which `training/source.py` learns how far to believe the model.

    pip install torch
    python training/gap.py            # an hour on one core

Needs PyTorch, for training alone; the trained model is run by numpy.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from benchmarks.pinning import NAMES, NEWS, PARALLEL
from translate.inflection import dictionary
from translate.inflection.gap import GENDERS, MODEL, UNKNOWN_NAME, Suffixes, shape
from translate.inflection.reading import legible, tokenize
from translate.inflection.tagging import UD_CASES, Tag, Tagged, tagger

HELD = ("newstest2019_ruen", "newstest2021", "wmt23")
NO_PROSE = ("isocodes", "mgsm", "phpmyadmin")
PRONOUNS = frozenset(
    """он она оно они его её ее их ему ей им него неё нее них нему ней ним нём нем ними ею нею кто кого кому кем ком
    мы нас нам нами я меня мне мной вы вас вам вами ты тебя тебе тобой""".split()  # noqa: SIM905
)
UNITS, WORD, THREE, TWO, SHAPE, GENDER, INNER = 320, 96, 48, 24, 8, 8, 192
RARE_ENDING = 40  # a suffix met less often is unknown
AVERAGED = 0.999  # what is kept is a running mean of the weights, about of the last thousand steps


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


@lru_cache(maxsize=1)
def _kept_apart() -> frozenset[str]:
    texts: set[str] = set()
    with tarfile.open(PARALLEL / "parallel.tar.xz") as tar:
        for name in NEWS:
            member = tar.extractfile(name)
            assert member
            texts.update(_plain(part) for line in member.read().decode().splitlines() for part in line.split("\t")[:2])
    for line in (PARALLEL / "ntrex.en-ru.tsv").read_text(encoding="utf-8").splitlines():
        texts.update(_plain(part) for part in line.split("\t")[:2])
    with gzip.open(NAMES / "case.jsonl.gz", "rt", encoding="utf-8") as file:
        texts.update(_plain("".join(json.loads(line)["tokens"])) for line in file)
    return frozenset(texts)


def untouched(english: str, russian: str) -> bool:
    """Tell whether no benchmark has the sentence on either side."""
    return _plain(english) not in _kept_apart() and _plain(russian) not in _kept_apart()


def sentences() -> list[list[str]]:
    """Return the tokens of each Russian sentence, once, in random order."""
    found: dict[str, None] = {}
    with tarfile.open(PARALLEL / "parallel.tar.xz") as tar:
        for member in sorted(tar, key=lambda m: m.name):
            name = Path(member.name).stem
            if name in (*HELD, *NO_PROSE) or f"{name}.tsv" in NEWS or not (file := tar.extractfile(member)):
                continue
            for line in file.read().decode().splitlines():
                english, russian = line.split("\t")[:2]
                letters = len(re.findall("[а-яё]", russian))
                if 25 <= len(russian) <= 400 and letters >= 0.6 * len(russian) and untouched(english, russian):
                    found[russian] = None
    texts = list(found)
    random.Random(0).shuffle(texts)
    tokens = ([legible(span.of(text)) for span in tokenize(text)] for text in texts)
    return [t for t in tokens if 5 <= len(t) <= 70]


@dataclass(frozen=True, slots=True)
class Example:
    """A gap of one sentence: tokens first to last, and how likely each case is."""

    first: int
    last: int
    gender: int
    plural: bool
    animate: bool
    capital: bool
    weight: int
    cases: tuple[float, ...]


@lru_cache(maxsize=500_000)
def _possible(word: str) -> tuple[float, ...]:
    cases = {
        UD_CASES.get(a.feats.get("Case", ""))
        for a in dictionary.analyzer().analyze(word)
        if a.pos in ("NOUN", "PROPN", "ADJ", "PRON", "DET")
    } - {None}
    return tuple(1.0 if not cases or case in cases else 0.02 for case in range(6))


def _example(tagged: Tagged, first: int, last: int, head: int, weight: int) -> Example | None:
    tag = tagged.best[head]
    masses = tagged.cases[head] if tag.pos == "PRON" else tagged.slots[None][head].reshape(2, 6).sum(0)
    for i in range(first, last + 1):
        masses = masses * np.array(_possible(tagged.tokens[i]))
    if masses.sum() < 0.2 or (masses / masses.sum()).max() < 0.6:
        return None
    plural = tag.number == "plur"
    gender = GENDERS.index(None if plural else tag.gender)
    capital = tagged.tokens[head][0].isupper()
    shares = tuple((masses / masses.sum()).tolist())
    return Example(first, last, gender, plural, bool(tag.animate), capital, weight, shares)


def examples(tagged: Tagged) -> list[Example]:
    """Return the gaps of one sentence."""
    found = []
    for j, (token, tag) in enumerate(zip(tagged.tokens, tagged.best, strict=True)):
        if tag.case is None or not token[0].isalpha() or token == UNKNOWN_NAME:
            continue
        if tag.pos == "PRON" and token.lower() in PRONOUNS:
            found.append(_example(tagged, j, j, j, 1))
        elif tag.pos in ("NOUN", "PROPN") and len(token) > 1:
            first = _run(tagged, j, -1, ("ADJ", "DET"))
            bare = first == j and token[0].isupper()
            found.append(_example(tagged, j, j, j, 3 if bare else 1))
            if 0 < j - first < 4:
                found.append(_example(tagged, first, j, j, 1))
            last = _run(tagged, j, 1, ("PROPN",)) if tag.pos == "PROPN" else j
            if 0 < last - j < 4 and _run(tagged, j, -1, ("PROPN",)) == j:
                found.append(_example(tagged, j, last, j, 4))
    return [example for example in found if example]


def _run(tagged: Tagged, at: int, step: int, sorts: tuple[str, ...]) -> int:
    """Return how far words of some sort beside a token agree with it."""
    tag: Tag = tagged.best[at]
    while 0 <= at + step < len(tagged.tokens):
        beside = tagged.best[at + step]
        if beside.pos not in sorts or (beside.case, beside.number) != (tag.case, tag.number):
            break
        at += step
    return at


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence as the network takes it: n × (word, three, two, shape) ids, its gaps, their case shares."""

    ids: NDArray[np.int32]
    gaps: NDArray[np.int16]  # first, last, gender, plural, animate, capital, weight
    shares: NDArray[np.float32]


def encode(texts: Sequence[Sequence[str]], suffixes: Suffixes) -> Iterator[Encoded]:
    for start in range(0, len(texts), 256):
        for tagged in tagger().tag(texts[start : start + 256], gaps=False):
            made = examples(tagged)
            if not made:
                continue
            tokens = tagged.tokens
            ids = [(tagger().word_id(t), *suffixes.of(t), shape(t)) for t in tokens]
            gaps = [(e.first, e.last, e.gender, e.plural, e.animate, e.capital, e.weight) for e in made]
            yield Encoded(
                np.array(ids, np.int32), np.array(gaps, np.int16), np.array([e.cases for e in made], np.float32)
            )


def known_suffixes(texts: Sequence[Sequence[str]]) -> Suffixes:
    three: Counter[str] = Counter(t.lower()[-3:] for text in texts for t in text if t[0].isalpha())
    two: Counter[str] = Counter()
    for ending, count in three.items():
        two[ending[-2:]] += count
    kept = [[e for e, n in counter.most_common() if n >= RARE_ENDING] for counter in (three, two)]
    return Suffixes(*({ending: n for n, ending in enumerate(part, 2)} for part in kept))


def network(torch: Any, suffixes: Suffixes) -> Any:
    """Build the two LSTMs and the layer that joins them."""
    nn = torch.nn

    class Net(nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.word = nn.Linear(300, WORD, bias=False)
            self.three = nn.Embedding(len(suffixes.three) + 2, THREE)
            self.two = nn.Embedding(len(suffixes.two) + 2, TWO)
            self.shape = nn.Embedding(8, SHAPE)
            size = WORD + THREE + TWO + SHAPE
            self.left = nn.LSTM(size, UNITS, batch_first=True)
            self.right = nn.LSTM(size, UNITS, batch_first=True)
            self.gender = nn.Embedding(len(GENDERS), GENDER)
            self.inner = nn.Linear(2 * UNITS + GENDER + 3, INNER)
            self.outer = nn.Linear(INNER, 6)
            self.drop = nn.Dropout(0.3)

        def forward(self, vectors: Any, ids: Any, lengths: Any, gaps: Any) -> Any:
            if self.training:  # now and then a word is not known
                vectors = vectors * (torch.rand(vectors.shape[:2]) > 0.12).float()[..., None]
            parts = [self.word(vectors), self.three(ids[..., 1]), self.two(ids[..., 2]), self.shape(ids[..., 3])]
            x = self.drop(torch.cat(parts, -1))
            backward = (lengths[:, None] - 1 - torch.arange(x.shape[1])[None]).clamp(min=0)
            left, _ = self.left(x)
            right, _ = self.right(x.gather(1, backward[..., None].expand(-1, -1, x.shape[2])))
            nothing = torch.zeros(len(x), 1, UNITS)
            left, right = torch.cat([nothing, left], 1), torch.cat([nothing, right], 1)
            row, first, last = gaps[:, 0], gaps[:, 1], gaps[:, 2]
            sides = (left[row, first], right[row, lengths[row] - 1 - last])
            joined = torch.cat([*sides, self.gender(gaps[:, 3]), gaps[:, 4:7].float()], -1)
            return self.outer(self.drop(torch.relu(self.inner(self.drop(joined)))))

    return Net()


def batches(data: Sequence[Encoded], rng: np.random.Generator, size: int = 64) -> Iterator[list[Encoded]]:
    """Yield batches of sentences of about one length."""
    order = rng.permutation(len(data))
    for start in range(0, len(order), size * 50):
        part = sorted(order[start : start + size * 50], key=lambda i: len(data[i].ids))
        chunks = [part[k : k + size] for k in range(0, len(part), size)]
        for k in rng.permutation(len(chunks)):
            yield [data[i] for i in chunks[k]]


def train(torch: Any, data: Sequence[Encoded], suffixes: Suffixes, epochs: float) -> Mapping[str, NDArray[Any]]:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    net, words = network(torch, suffixes), tagger()
    optimizer = torch.optim.Adam(net.parameters(), 2e-3)
    total, step, began, sum_ = int(epochs * len(data) / 64), 0, time.time(), 0.0
    rng = np.random.default_rng(0)
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    while step < total:
        for batch in batches(data, rng):
            lengths = [len(e.ids) for e in batch]
            ids = np.zeros((len(batch), max(lengths), 4), np.int64)
            vectors = np.zeros((len(batch), max(lengths), 300), np.float32)
            for row, e in enumerate(batch):
                ids[row, : len(e.ids)] = e.ids
                vectors[row, : len(e.ids)] = words.vectors(e.ids[:, 0].astype(np.int64))
            gaps = np.concatenate([np.insert(e.gaps.astype(np.int64), 0, row, axis=1) for row, e in enumerate(batch)])
            shares, weight = np.concatenate([e.shares for e in batch]), gaps[:, 7].astype(np.float32)
            for group in optimizer.param_groups:
                group["lr"] = 2e-3 * min(1, step / 200) * max(0.02, 1 - step / total)
            inputs = [torch.from_numpy(x) for x in (vectors, ids, np.array(lengths), gaps[:, :7])]
            logs = net(*inputs).log_softmax(-1)
            loss = -((torch.from_numpy(shares) * logs).sum(1) * torch.from_numpy(weight)).sum() / float(weight.sum())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            share = 1 - min(AVERAGED, (step + 2) / (step + 21))
            for name, value in net.state_dict().items():
                mean[name].lerp_(value, share)
            step, sum_ = step + 1, sum_ + loss.item()
            if step % 100 == 0:
                print(f"{step}/{total} loss {sum_ / 100:.4f} {time.time() - began:.0f} s", flush=True)
                sum_ = 0.0
            if step >= total:
                break
    return exported(mean, suffixes)


def exported(weights: Mapping[str, Any], suffixes: Suffixes) -> Mapping[str, NDArray[Any]]:
    """Return the arrays that `GapModel` takes: half precision, matrices inputs × outputs."""
    state = {name: value.numpy() for name, value in weights.items()}
    made = {name: state[f"{name}.weight"] for name in ("three", "two", "shape", "gender")}
    made["word"] = state["word.weight"].T
    for name in ("inner", "outer"):
        made |= {name: state[f"{name}.weight"].T, f"{name}_bias": state[f"{name}.bias"]}
    for side in ("left", "right"):
        made[f"{side}_input"] = state[f"{side}.weight_ih_l0"].T
        made[f"{side}_state"] = state[f"{side}.weight_hh_l0"].T
        made[f"{side}_bias"] = state[f"{side}.bias_ih_l0"] + state[f"{side}.bias_hh_l0"]
    endings = json.dumps([list(suffixes.three), list(suffixes.two)], ensure_ascii=False).encode()
    arrays = {name: np.ascontiguousarray(value.astype(np.float16)) for name, value in made.items()}
    return {**arrays, "endings": np.frombuffer(endings, np.uint8)}


def main() -> None:
    import torch

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument("--most", type=int, default=1_000_000, help="sentences to train on")
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    texts = sentences()[: args.most]
    suffixes = known_suffixes(texts)
    data = list(encode(texts, suffixes))
    print(len(data), "sentences,", sum(len(e.gaps) for e in data), "gaps", flush=True)
    np.savez_compressed(args.out, **cast(Any, train(torch, data, suffixes, args.epochs)))
    print(args.out, args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
