"""How likely a sentence is to be usable as it stands, from everything that is known of it: one figure from 0 to 1.

An engine's mean log-probability tells weak sentences from good ones, and so does how many of the words have a
translation on the other side; together, with length and what the guards found, they tell more (docs/checks.md has the
figures). A logistic model puts them together, fitted on drafts of news with a
human translation beside them; “usable” means chrF of 40 and more against it. So of the sentences at 0.7 about seven in
ten are.
Where it stops: a fluent wrong sentence that uses the right words. An engine without scores is judged by the rest, and
one whose scores have not been measured as if it gave none.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from translate import lexicon, trained
from translate.problems import Kind, Problem

USABLE = 40.0
"""chrF against a human translation from which a sentence counts as usable."""
WEAK = 0.3
"""Confidence under which a sentence is shown as weak: docs/checks.md says how many of those are."""
DOUBTED = 0.5
"""Confidence under which a sentence of a draft engine is among those to begin with."""
_GRAVE = (Kind.UNTRANSLATED, Kind.REPETITION, Kind.LENGTH)


@dataclass(frozen=True, slots=True)
class Judged:
    """What confidence is judged by.

    Args:
        source, target: the sentence and its translation.
        score: the engine's mean log-probability a piece, None where it gives none.
        engine: the engine's name, whose scores may have been measured.
        problems: of the sentence.
    """

    source: str
    target: str
    score: float | None = None
    engine: str = ""
    problems: Sequence[Problem] = ()


def confidence(one: Judged) -> float:
    """Return how likely a sentence is usable, 0 to 1; nothing where there is no Russian at all."""
    kinds = {problem.kind for problem in one.problems}
    if not one.target.strip() or (Kind.UNTRANSLATED in kinds and one.target == one.source):
        return 0.0
    weights = _weights(one.engine if one.score is not None else "")
    found = features(one)
    total = weights["bias"] + sum(value * weights[name] for name, value in found.items() if name in weights)
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)


def features(one: Judged) -> dict[str, float]:
    """Return what the model looks at, by name.

    Left out because they told nothing on the data there are: how sure the pins are, other findings of the checks,
    words that the lexicon does not know, a translation that is rather long.
    """
    seen = lexicon.coverage(one.source, one.target)
    words = max(1, len(one.source.split()))
    kinds = [problem.kind for problem in one.problems]
    ratio = math.log(max(1, len(one.target)) / max(1, len(one.source)))
    return {
        "score": max(-3.0, one.score) if one.score is not None else 0.0,
        "source coverage": seen.source.share,
        "target coverage": seen.target.share,
        "missing": len(seen.source.missing) / words,
        "length": math.log(words),
        "short": max(0.0, -ratio),
        "grave": float(any(kind in _GRAVE for kind in kinds)),
    }


@cache
def _weights(engine: str) -> Mapping[str, float]:
    models: dict[str, dict[str, float]] = json.loads(trained.path("confidence.json").read_text(encoding="utf-8"))
    return models.get(engine, models[""])
