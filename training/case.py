"""Train translate/trained/case_model.json: what the surroundings of a place say of its case.

No treebank is needed: in «Бабанов встретился с Назарбаевой в Москве» the form «Назарбаевой» fits only some cases, and
many forms fit one alone («Москвой», «странами», «президент»). Those places are found in Russian news written by people,
the word there is hidden from the taggers, and a log-linear model learns its case from what is left. The kit's own
sentences are never trained on.

    python training/case.py ../shared/data/parallel
"""

from __future__ import annotations

import argparse
import json
import random
import tarfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.gap import untouched
from translate.inflection import dictionary
from translate.inflection.asking import CASE_MODEL
from translate.inflection.context import VOTES, Evidence, evidence
from translate.inflection.reading import tokenize
from translate.inflection.tagging import UD_CASES, tagger

# Written by people (or their translations); the machine-translated ones are left out, and so is all that
# `benchmarks/pinning.py` measures on or chooses thresholds on.
HUMAN = ("newstest2019_ruen", "newstest2021", "wmt_sysout_ruen_bt", "tico19", "wmt24")
HIDDEN = {True: "Ъъъ", False: "ъъъ"}


@dataclass(frozen=True, slots=True)
class Place:
    """A hidden word and the case it stood in."""

    tokens: tuple[str, ...]
    at: int
    case: int
    animate: bool


def sentences(folder: Path) -> Iterator[str]:
    with tarfile.open(folder / "parallel.tar.xz") as archive:
        for member in archive:
            if Path(member.name).stem in HUMAN and (file := archive.extractfile(member)):
                for line in file.read().decode("utf-8").splitlines():
                    english, russian = line.split("\t")[:2]
                    if untouched(english, russian):
                        yield russian


def only_case(word: str) -> tuple[int, bool] | None:
    """Return the one case a word form can be in, and its animacy; None if it could be another, or is unknown."""
    found = set()
    for a in dictionary.analyzer().analyze(word):
        feats = a.feats
        if a.source != "dictionary" or a.pos not in ("NOUN", "PROPN") or "Case" not in feats or "InflClass" in feats:
            return None
        found.add((UD_CASES[feats["Case"]], feats.get("Animacy") == "Anim"))
    return next(iter(found)) if len(found) == 1 else None


def places(texts: list[str], rng: random.Random) -> list[Place]:
    found = []
    for text in texts:
        tokens = tuple(span.of(text) for span in tokenize(text))
        if not 5 <= len(tokens) <= 45:
            continue
        fitting = [(i, only) for i, t in enumerate(tokens) if len(t) > 2 and t[0].isalpha() and (only := only_case(t))]
        rng.shuffle(fitting)
        fitting.sort(key=lambda pair: not tokens[pair[0]][0].isupper())
        for i, (case, animate) in fitting[:2]:
            hidden = (*tokens[:i], HIDDEN[tokens[i][0].isupper()], *tokens[i + 1 :])
            found.append(Place(hidden, i, case, animate))
    return found


def natural_shares(texts: list[str]) -> NDArray[np.float64]:
    """Return how often each case stands at any noun: forms of one case alone are not a fair sample of cases."""
    counts = np.ones(6)
    tagged = tagger().tag([[s.of(t) for s in tokenize(t)] for t in texts if len(t) > 20], gaps=False)
    for sentence in tagged:
        for tag in sentence.best:
            if tag.pos in ("NOUN", "PROPN") and tag.case is not None:
                counts[tag.case] += 1
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares


def train(
    found: list[Evidence], cases: NDArray[np.int64], weights: NDArray[np.float64], least: int, epochs: int
) -> dict[str, object]:
    """Fit by Adagrad on the weighted log-likelihood, a little shrunk towards zero."""
    counts = Counter(key for e in found for key in e.keys)
    names = sorted(key for key, n in counts.items() if n >= least)
    index = {key: k for k, key in enumerate(names)}
    ids = [np.array([index[k] for k in e.keys if k in index], np.int64) for e in found]
    votes = np.stack([e.votes for e in found])
    table, shares, bias = np.zeros((len(names), 6)), np.full(len(VOTES), 0.3), np.zeros(6)
    table_sq, shares_sq, bias_sq = np.full((len(names), 6), 1.0), np.full(len(VOTES), 1.0), np.ones(6)
    order = np.arange(len(found))
    rng = np.random.default_rng(7)
    for epoch in range(epochs):
        rng.shuffle(order)
        loss = 0.0
        for k in order:
            score = bias + table[ids[k]].sum(0) + shares @ votes[k]
            p = np.exp(score - score.max())
            p /= p.sum()
            loss -= weights[k] * np.log(p[cases[k]] + 1e-12)
            p[cases[k]] -= 1
            p *= weights[k]
            rows = ids[k]
            grad = p + 2e-3 * table[rows]
            table_sq[rows] += grad**2
            table[rows] -= 0.2 * grad / np.sqrt(table_sq[rows])
            back = votes[k] @ p
            shares_sq += back**2
            shares -= 0.1 * back / np.sqrt(shares_sq)
            bias_sq += p**2
            bias -= 0.1 * p / np.sqrt(bias_sq)
        print(f"epoch {epoch + 1}: loss {loss / weights.sum():.4f}", flush=True)
    return {
        "votes": dict(zip(VOTES, shares.round(3).tolist(), strict=True)),
        "bias": bias.round(2).tolist(),
        "keys": {key: table[k].round(2).tolist() for key, k in index.items() if np.abs(table[k]).max() >= 0.1},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=int, default=12_000)
    parser.add_argument("--least", type=int, default=5, help="how often a key must occur")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--out", type=Path, default=CASE_MODEL)
    args = parser.parse_args()
    rng = random.Random(7)
    texts = sorted(set(sentences(args.folder)))
    rng.shuffle(texts)
    texts = texts[: args.sentences]
    found = places(texts, rng)
    print(len(texts), "sentences,", len(found), "places", Counter(p.case for p in found))
    seen: list[Evidence] = []
    for start in range(0, len(found), 2000):
        chunk = found[start : start + 2000]
        tagged = tagger().tag([p.tokens for p in chunk], gaps=False)
        seen += [evidence(t, p.at, p.at, p.animate) for t, p in zip(tagged, chunk, strict=True)]
    cases = np.array([p.case for p in found])
    share = np.bincount(cases, minlength=6) / len(cases)
    weights = (natural_shares(texts[:2000]) / share)[cases]
    model = train(seen, cases, weights, args.least, args.epochs)
    args.out.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(args.out, args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
