"""Which words of a translation are owed to a term: its score with another term in the source, compared.

docs/why/pinning.md tells what that is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, cast

import regex

from translate.engines.protocol import Contrast, Engine, ScoringEngine, WordLoss
from translate.spans import Span


def contrast(engine: Engine, asked: Sequence[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
    """Ask an engine which words of n translations are owed to a term.

    Args:
        engine: any.
        asked: n contrasts.
        least: nats; where no word of interest loses as much, there need be no answer.

    Returns:
        for each the losses of its words; () where the engine cannot tell.
    """
    if not asked or not engine.traits.scores:
        return [()] * len(asked)
    return cast(ScoringEngine, engine).contrast(list(asked), least)


class Score(NamedTuple):
    """The logarithm of a piece's probability, and its span in the target; None where it stands for nothing there."""

    span: Span | None
    log: float


def contrast_with(
    start: Callable[[str, str], Callable[[], Sequence[Score]]], asked: Sequence[Contrast], least: float
) -> list[tuple[WordLoss, ...]]:
    """Contrast translations with a model that scores them.

    A word that is likely enough with the term exchanged cannot lose much: then its own source need not be scored.

    Args:
        start: begins to score a target as a translation of a source; what it returns waits for the scores of the
            target's pieces.
        asked: n contrasts.
        least: see `contrast`.
    """
    ends: dict[tuple[str, str], int] = {}
    for c in asked:
        ends[c.source, c.target] = max([ends.get((c.source, c.target), 0), *(word.stop for word in c.words)])
    cut = [c.target[: ends[c.source, c.target]] for c in asked]
    started = [start(c.other, text) for c, text in zip(asked, cut, strict=True)]
    own: dict[tuple[str, str], Callable[[], Sequence[Score]]] = {}
    others = []
    for c, text, waiting in zip(asked, cut, started, strict=True):
        others.append(waiting())
        most = _losses(text, [Score(score.span, 0.0) for score in others[-1]], others[-1])
        if (c.source, text) not in own and any(
            loss.nats >= least and any(map(loss.span.overlaps, c.words)) for loss in most
        ):
            own[c.source, text] = start(c.source, text)
    scored = {pair: waiting() for pair, waiting in own.items()}
    return [
        _losses(text, scored[c.source, text], other) if (c.source, text) in scored else ()
        for c, text, other in zip(asked, cut, others, strict=True)
    ]


def _losses(target: str, scores: Iterable[Score], others: Iterable[Score]) -> tuple[WordLoss, ...]:
    words = [Span(m.start(), m.end()) for m in regex.finditer(r"\S+", target)]
    nats = [0.0] * len(words)
    at = 0
    for one, other in zip(scores, others, strict=False):  # of a sentence that is too long there are none
        while one.span and at + 1 < len(words) and words[at].stop <= one.span.start:
            at += 1
        if one.span and words:
            nats[at] += one.log - other.log
    return tuple(WordLoss(span, lost) for span, lost in zip(words, nats, strict=True))
