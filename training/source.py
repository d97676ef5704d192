"""Train translate/trained/source_model.json: how far to believe each witness of a case, and what the English says.

Names are found in parallel news whose Russian is sure (`pinning.hits`); the name is hidden from the taggers, and its
case is to be told from the rest and from the English around it. A form that fits several cases counts for all of them.
The sentences of `benchmarks/pinning.py` are never trained on, and wmt23 is left for choosing thresholds. The gap model
knows the sentences it was trained on too well, so how far to believe it is learnt from the others (HELD).

    python training/source.py
"""

from __future__ import annotations

import argparse
import json
import tarfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex
from numpy.typing import NDArray

from benchmarks.pinning import PARALLEL, Hit, hits
from training.gap import HELD, untouched
from translate.inflection import CASES, Original
from translate.inflection.asking import SOURCE_MODEL, WITNESSES, Asked, asked
from translate.inflection.gap import UNKNOWN_NAME
from translate.inflection.reading import legible, tokenize
from translate.inflection.tagging import tagger
from translate.spans import Span

SOURCES = (
    "newstest2019_ruen",
    "newstest2021",
    "wmt_sysout",
    "wmt_sysout_ruen_bt",
    "wmt_sysout_testsuites",
    "wmtqe_enru_mt",
    "tico19",
    "wmt24",
)
FIRST = np.array([0.5, 0.4, 0.2, *[0.3] * 6])
KNOWN_TOO_WELL = 0.7


@dataclass(frozen=True, slots=True)
class Sample:
    """A hidden name: what speaks for its case, which cases its form can be, and whether the gap model never saw it."""

    asked: Asked
    fits: NDArray[np.float64]
    held: bool


def pairs() -> list[tuple[str, str, str]]:
    """Return source, English, Russian, each Russian sentence once."""
    seen: dict[str, tuple[str, str, str]] = {}
    with tarfile.open(PARALLEL / "parallel.tar.xz") as tar:
        for name in SOURCES:
            member = tar.extractfile(f"{name}.tsv")
            assert member
            for line in member.read().decode().splitlines():
                english, russian, *_rest = line.split("\t")
                if 25 <= len(russian) <= 400 and untouched(english, russian):
                    seen.setdefault(russian, (name, english, russian))
    return list(seen.values())


def samples(found: list[tuple[str, str, Hit, str]]) -> list[Sample]:
    """Hide each name, tag, gather."""
    made = []
    for start in range(0, len(found), 64):
        chunk = found[start : start + 64]
        places, texts = [], []
        for _name, _english, hit, russian in chunk:
            spans = tokenize(russian)
            inside = [i for i, s in enumerate(spans) if s.overlaps(hit.span)]
            tokens = [legible(span.of(russian)) for span in spans]
            texts.append([*tokens[: inside[0]], UNKNOWN_NAME, *tokens[inside[-1] + 1 :]])
            places.append(inside[0])
        for (name, english, hit, russian), at, tagged in zip(chunk, places, tagger().tag(texts), strict=True):
            term = hit.name.term(hit.english).paradigm()
            slots = term.slots_of(hit.span.of(russian))
            if term.fixed or not slots:
                continue
            fits = np.array([float(case in {slot.case for slot in slots}) for case in CASES])
            match = regex.search(rf"(?<!\w){regex.escape(hit.english)}(?!\w)", english)
            original = Original(english, Span(match.start(), match.end())) if match else None
            made.append(Sample(asked(tagged, at, at, term, original=original, hidden=True), fits, name in HELD))
    return made


def train(found: list[Sample], least: int, epochs: int) -> dict[str, object]:
    """Fit by Adagrad on the likelihood of the fitting cases, the keys a little shrunk towards zero."""
    counts = Counter(key for s in found for key in s.asked.keys)
    index = {key: row for row, key in enumerate(key for key, n in counts.items() if n >= least)}
    rows = [np.array([index[key] for key in s.asked.keys if key in index], np.int64) for s in found]
    table, weights, bias = np.zeros((len(index), 6)), FIRST.copy(), np.zeros(6)
    table_sq, weights_sq, bias_sq = np.ones_like(table), np.ones_like(weights), np.ones(6)
    damp = np.ones((len(WITNESSES), 1))
    damp[0] = KNOWN_TOO_WELL
    rng = np.random.default_rng(0)
    for epoch in range(epochs):
        loss = 0.0
        for k in rng.permutation(len(found)):
            sample = found[k]
            witnesses = sample.asked.witnesses if sample.held else sample.asked.witnesses * damp
            score = bias + weights @ witnesses + table[rows[k]].sum(0)
            p = np.exp(score - score.max())
            p /= p.sum()
            right = p * sample.fits
            loss -= np.log(right.sum() + 1e-12)
            back = p - right / (right.sum() + 1e-12)
            grad = back + 2e-3 * table[rows[k]]
            table_sq[rows[k]] += grad**2
            table[rows[k]] -= 0.15 * grad / np.sqrt(table_sq[rows[k]])
            pull = witnesses @ back * (3.0 if sample.held else 0.3)
            weights_sq += pull**2
            weights -= 0.05 * pull / np.sqrt(weights_sq)
            bias_sq += back**2
            bias -= 0.05 * back / np.sqrt(bias_sq)
        print(f"epoch {epoch + 1}: loss {loss / len(found):.4f}", flush=True)
    return {
        "weights": dict(zip(WITNESSES, weights.round(3).tolist(), strict=True)),
        "bias": bias.round(2).tolist(),
        "keys": {key: table[row].round(2).tolist() for key, row in index.items() if np.abs(table[row]).max() >= 0.1},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=25_000, help="names to train on")
    parser.add_argument("--least", type=int, default=4, help="how often a key must occur")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--out", type=Path, default=SOURCE_MODEL)
    args = parser.parse_args()
    found: list[tuple[str, str, Hit, str]] = []
    for name, english, russian in pairs():
        found += [(name, english, hit, russian) for hit in hits(english, russian)]
        if len(found) >= args.most:
            break
    made = samples(found)
    print(len(made), "names,", sum(s.held for s in made), "of sentences that the gap model has not seen")
    model = train(made, args.least, args.epochs)
    args.out.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(model["weights"], args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
