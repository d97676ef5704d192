"""Which of the hypotheses of one search is taken: the likeliest that also says what the source says.

A small model's likeliest translation is often the shortest or the smoothest. The other hypotheses of the same beam cost
nothing, and the lexicon tells how much of the source each of them accounts for: of “The dam is old.” «Дверь старая.»
lacks the dam. Score and coverage together choose (docs/why/engines.md has the figures).
Where it stops: a hypothesis that the beam does not have, and words that the lexicon does not know, names above all.
"""

from __future__ import annotations

from collections.abc import Sequence

from translate import lexicon
from translate.engines.decoding import Output


def best_of(hypotheses: Sequence[Output], source: str, weight: float) -> Output:
    """Return the hypothesis with the best score, coverage counted in.

    Args:
        hypotheses: of one source, the likeliest first, scores known.
        source: what was translated.
        weight: what full coverage is worth, in mean log-probability a piece; 0 for the likeliest whatever it covers.
    """
    whole = [one for one in hypotheses if one.whole and one.score is not None]
    if not weight or len(whole) < 2:
        return hypotheses[0]
    return max(whole, key=lambda one: (one.score or 0.0) + weight * lexicon.coverage(source, one.text).share)
