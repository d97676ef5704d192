"""A new spelling rolled out: drafts made for the old one are taken as they are, and the new one put into them.

An engine that is told its terms was asked with the old Russian in the sentence, so what the memory holds stands under
another question. That question is asked of the memory again; the old name in the draft is then replaced as a barred
one is (`pinning.exonyms`). The engine works only where other words of the sentence are terms now, or nothing is
remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from translate.engines import Draft, Request
from translate.memory import RememberingEngine
from translate.pinning import Exonyms, calmed, first_asked
from translate.pipeline import Prepared, Unit


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked for some articles with the glossary as it was.

    Args:
        asked: the question as it is now → as it was.
        replaced: the Russian that terms have now → what they had.
    """

    asked: Mapping[Request, Request] = field(default_factory=dict)
    replaced: Exonyms = field(default_factory=dict)


def before(old: Sequence[Prepared], new: Sequence[Prepared], engine: RememberingEngine) -> Before:
    """Compare articles with the terms of two glossaries.

    Args:
        old, new: the same articles.
        engine: what will be asked.
    """
    pairs = [
        (was, now)
        for one, other in zip(old, new, strict=True)
        for was, now in zip(one.units, other.units, strict=True)
        if was.found != now.found
    ]
    return Before(
        {
            first_asked(calmed(now.sentence), engine.traits): first_asked(calmed(was.sentence), engine.traits)
            for was, now in pairs
            if _spans(was) == _spans(now)
        },
        _replaced(pairs),
    )


def _spans(unit: Unit) -> list[tuple[int, int]]:
    return [(match.span.start, match.span.stop) for match in unit.found.all]


def _replaced(pairs: Sequence[tuple[Unit, Unit]]) -> Exonyms:
    found: dict[str, dict[str, None]] = {}
    paradigms = {}
    for was, now in pairs:
        olds = {match.span: match for match in was.found.matches}
        for match in now.found.matches:
            old = olds.get(match.span)
            if old and old.target and old.target != match.target:
                found.setdefault(match.target, {})[old.target] = None
                paradigms[old.target] = old.paradigm()
    return {target: tuple(paradigms[old] for old in olds) for target, olds in found.items()}


class RollingOut(RememberingEngine):
    """An engine behind the memory that also takes what was made for a question as it was.

    Args:
        engine: opened for work.
        known: the questions.
    """

    def __init__(self, engine: RememberingEngine, known: Before) -> None:
        super().__init__(engine.engine, engine.memory, *engine.pair, engine.progress, shared=engine.memories.shared)
        self._known = known.asked

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order."""
        drafts = self.memory.recall([self.key_of(one) for one in requests], self.signature, *self.pair)
        open_ = [n for n, draft in enumerate(drafts) if draft is None and requests[n] in self._known]
        earlier = [self.key_of(self._known[requests[n]]) for n in open_]
        for n, draft in zip(open_, self.memory.recall(earlier, self.signature, *self.pair), strict=True):
            drafts[n] = draft
        left = [n for n, draft in enumerate(drafts) if draft is None]
        made = iter(super().translate([requests[n] for n in left]) if left else [])
        return [draft or next(made) for draft in drafts]
