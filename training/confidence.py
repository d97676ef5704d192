"""Fit the confidence of a sentence on drafts with a human translation beside them, and say how well it tells.

    uv run --group bench python training/confidence.py FIT.tsv TEST.tsv [--engine draft] [--cache FILE] [--write]

FIT and TEST are English and Russian, tab between them, of different sources. Every sentence is translated once, its
terms pinned by the shipped glossaries, its features taken (`translate.checks.confidence.features`), and two logistic
models fitted on FIT: one that knows the engine's score, and one without it for other engines. Features are scaled for
the fit and the weights scaled back. Printed for FIT and TEST: the area under the curve for usable sentences, how many
of the very bad ones (chrF under 25) the worst fifth holds, and the calibration.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import sacrebleu

from translate import trained
from translate.article import Article, Block, BlockKind
from translate.checks.confidence import USABLE, Judged, features
from translate.engines import load_engine
from translate.files import shipped
from translate.glossary import Glossary
from translate.memory import Memory, RememberingEngine
from translate.pipeline import translate_article

BAD = 25.0
RIDGE = 2.0
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Sample:
    """Sentences as features and what became of them: names of n features, m × n values, m chrF."""

    names: tuple[str, ...]
    values: Floats
    chrf: Floats


def sample(path: Path, engine: RememberingEngine, book: Glossary, cut: int) -> Sample:
    pairs = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines()][:cut]
    measure = sacrebleu.CHRF()
    rows: list[dict[str, float]] = []
    scores: list[float] = []
    for start in range(0, len(pairs), 50):
        batch = pairs[start : start + 50]
        blocks = tuple(Block(f"b{n}", BlockKind.PARAGRAPH, english) for n, (english, _russian) in enumerate(batch))
        made = translate_article(Article("", "", "", "", (), blocks, Path("a")), engine, glossary=book).rows_of()
        for n, (english, russian) in enumerate(batch):
            parts = made.get(f"b{n}", [])
            if len(parts) != 1:
                continue  # two sentences in one line have two scores
            [row] = parts
            judged = Judged(english, row.target, row.score, engine.name, row.problems)
            rows.append(features(judged))
            scores.append(measure.sentence_score(row.target, [russian]).score)
    names = tuple(rows[0])
    return Sample(names, np.array([[row[name] for name in names] for row in rows]), np.array(scores))


def fitted(found: Sample, names: tuple[str, ...]) -> dict[str, float]:
    """Fit by Newton's method with a small ridge; the bias is not held back."""
    columns = [found.names.index(name) for name in names]
    values = found.values[:, columns]
    mean, spread = values.mean(0), values.std(0) + 1e-9
    x = np.hstack([np.ones((len(values), 1)), (values - mean) / spread])
    y = (found.chrf >= USABLE).astype(float)
    weights = np.zeros(x.shape[1])
    hold = np.eye(x.shape[1]) * RIDGE
    hold[0, 0] = 0
    for _step in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - hold @ weights
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + hold, gradient)
    scaled = weights[1:] / spread
    told = {name: round(float(weight), 3) for name, weight in zip(names, scaled, strict=True)}
    return {"bias": round(float(weights[0] - scaled @ mean), 3)} | told


def told(found: Sample, model: dict[str, float]) -> Floats:
    weights = np.array([model.get(name, 0.0) for name in found.names])
    answer: Floats = 1 / (1 + np.exp(-(found.values @ weights + model["bias"])))
    return answer


def area(scores: Floats, good: Floats) -> float:
    """Return the chance that a good one is ranked above a bad one."""
    ups, downs = scores[good > 0], scores[good == 0]
    higher = (ups[:, None] > downs[None, :]).mean() + (ups[:, None] == downs[None, :]).mean() / 2
    return float(higher)


def report(name: str, found: Sample, model: dict[str, float]) -> None:
    p = told(found, model)
    good = (found.chrf >= USABLE).astype(float)
    bad = found.chrf < BAD
    worst = np.argsort(p)[: len(p) // 5]
    print(f"{name}: {len(p)} sentences, usable {good.mean():.3f}, AUC {area(p, good):.3f}")
    print(f"  correlation with chrF {np.corrcoef(p, found.chrf)[0, 1]:.3f}")
    print(f"  chrF under {BAD:.0f}: {bad.sum()} sentences, of them in the worst fifth {bad[worst].sum()}")
    for low in np.arange(0, 1, 0.2):
        inside = (p >= low) & (p < low + 0.2 + (low > 0.7))
        if inside.any():
            expected, actual = p[inside].mean(), good[inside].mean()
            print(
                f"  {low:.1f} to {low + 0.2:.1f}: {inside.sum():4} sentences, told {expected:.2f}, usable {actual:.2f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("fit", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--engine", default="draft")
    parser.add_argument("--cache", type=Path, default=Path("confidence.sqlite3"))
    parser.add_argument("--limit", type=int, default=10**6, help="sentences of each file")
    parser.add_argument("--write", action="store_true", help="write translate/trained/confidence.json")
    args = parser.parse_args()
    engine = RememberingEngine(load_engine(args.engine, "en", "ru").engine, Memory(args.cache), "en", "ru")
    engine.traits = replace(engine.traits, passes=("free",))  # the first draft is what is judged
    book = Glossary.load([shipped("glossaries")])
    fit, test = (sample(path, engine, book, args.limit) for path in (args.fit, args.test))
    models = {engine.name: fitted(fit, fit.names), "": fitted(fit, tuple(n for n in fit.names if n != "score"))}
    for name, model in models.items():
        print(name or "without a score", json.dumps(model, ensure_ascii=False))
        report(f"{name or 'without a score'}, fit", fit, model)
        report(f"{name or 'without a score'}, held out", test, model)
    if args.write:
        trained.path("confidence.json").write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
