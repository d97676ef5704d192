"""Alignment: attention between pieces turned into links between code points of source and target."""

from __future__ import annotations

from collections.abc import Sequence

from translate.engines.protocol import Link
from translate.spans import Span

# A target piece is linked to its best source piece and to those at least half as strong: “of the” → genitive ending.
SHARE = 0.5
FLOOR = 0.1


def links_of(
    attention: Sequence[Sequence[float]], sources: Sequence[Span | None], targets: Sequence[Span | None]
) -> tuple[Link, ...]:
    """Turn attention into links.

    Args:
        attention: for each of m target pieces the weights of n source pieces.
        sources: n spans.
        targets: m spans.
    """
    links = []
    for row, target in zip(attention, targets, strict=True):
        if target is None or not row:
            continue
        least = max(FLOOR, SHARE * max(row))
        for weight, source in zip(row, sources, strict=False):
            if source is not None and weight >= least:
                links.append(Link(source, target, min(1.0, float(weight))))
    return tuple(links)


def composed(first: Sequence[Link], second: Sequence[Link]) -> tuple[Link, ...]:
    """Link source and target of two hops wherever their links meet in the language between."""
    best: dict[tuple[Span, Span], float] = {}
    for b in second:
        for a in first:
            if a.target.overlaps(b.source):
                pair = (a.source, b.target)
                best[pair] = max(best.get(pair, 0.0), a.weight * b.weight)
    return tuple(Link(source, target, weight) for (source, target), weight in best.items() if weight >= FLOOR)
