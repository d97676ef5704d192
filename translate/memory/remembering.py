"""An engine behind the memory: what is known is not translated again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

from translate.engines import Contrast, Draft, Engine, Request, WordLoss, contrast
from translate.memory.entries import MemoryEntry
from translate.memory.lookup import Alike, Asked
from translate.memory.memory import Memory, Shown
from translate.memory.several import Memories

Progress = Callable[[int, int], None]


class _Chunk(NamedTuple):
    """Sentences that were asked for together, and what came of them."""

    requests: Sequence[Request]
    drafts: Sequence[Draft]


def silent(done: int, total: int) -> None:
    """Report nothing."""


class RememberingEngine:
    """An engine that looks into the memory first, and keeps what it makes while it makes it.

    Args:
        engine: translates what is missing; what its traits say it reads is part of the key.
        memory: open.
        source, target: ISO 639 codes.
        progress: called with sentences done and in all.
        shared: other memories of people's translations, see `Memories`.
    """

    SECONDS = 5.0  # of work a killed run may lose
    # Sentences in a chunk. A first one of sixteen kept nothing of 42 runs killed within seconds: it begins with two and
    # grows as fast as the engine proves to be, but fourfold at most: the first call loads what the engine needs.
    # After that eight at least, be the machine ever so busy: of fewer an engine cannot decode several side by side.
    FIRST, LEAST, MOST, GROWTH = 2, 8, 512, 4

    def __init__(
        self,
        engine: Engine,
        memory: Memory,
        source: str = "en",
        target: str = "ru",
        progress: Progress = silent,
        *,
        shared: Sequence[Memory] = (),
    ) -> None:
        self.engine = engine
        self.memory = memory
        self.memories = Memories(memory, shared)
        self.name = engine.name
        self.signature = engine.signature
        self.traits = replace(engine.traits, side_by_side=False)  # the memory is one connection
        self.pair = (source, target)
        self.progress = progress
        self._chunk = self.FIRST

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order."""
        keys = [self.key_of(request) for request in requests]
        wanted = list(dict.fromkeys(keys))
        known = dict(zip(wanted, self.memory.recall(wanted, self.signature, *self.pair), strict=True))
        missing = [key for key in wanted if known[key] is None]
        if not self.traits.uses_context:  # an engine that reads on may ask for neighbours together
            # Of one length together, longest first: what engines batch best, and the estimate of time left only falls.
            missing.sort(key=lambda r: -len(r.text))
            # … but the shortest before all: of a run killed within seconds the two longest had kept nothing
            missing = [*missing[-self.FIRST :], *missing[: -self.FIRST]]
        left = dict.fromkeys(missing)
        self._report(keys, left)
        for chunk, drafts in self._made(missing):
            self.memory.store(chunk, drafts, *self.pair)
            for key, draft in zip(chunk, drafts, strict=True):
                known[key] = draft
                del left[key]
            self._report(keys, left)
        return [made for key in keys if (made := known[key]) is not None]

    def _made(self, missing: Sequence[Request]) -> Iterator[_Chunk]:
        """Yield the sentences in chunks, translated; two chunks are under way where the engine can work side by side.

        A core that is done with its part of a chunk would wait for the others: of the sample's 33 sentences in five
        chunks, one after the other, two cores took 101 s on a busy machine where in one call they took 76.
        """
        if not self.engine.traits.side_by_side:
            for chunk in self._chunks(missing):
                yield self._translated(chunk)
            return
        with ThreadPoolExecutor(2) as pool:
            running: deque[Future[_Chunk]] = deque()
            for n, chunk in enumerate(self._chunks(missing)):
                running.append(pool.submit(self._translated, chunk))
                if n == 0 or len(running) > 1:  # the first tells how fast the engine is
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()

    def _chunks(self, missing: Sequence[Request]) -> Iterator[Sequence[Request]]:
        at = 0
        while at < len(missing):
            chunk = missing[at : at + self._chunk]
            at += len(chunk)
            yield chunk

    def _translated(self, chunk: Sequence[Request]) -> _Chunk:
        began = time.monotonic()
        drafts = self.engine.translate(list(chunk))
        self._adapt(len(chunk), time.monotonic() - began)
        return _Chunk(chunk, drafts)

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Ask the engine: it takes a fifth of a second a term, and is not kept."""
        return contrast(self.engine, asked, least)

    def key_of(self, request: Request) -> Request:
        """Return what of a request the memory is asked by: what the engine does not read is left out."""
        traits = self.traits
        hints = request.hints if traits.uses_hints else ()
        return Request(request.text, hints, request.kept, request.context if traits.uses_context else ())

    def _adapt(self, sentences: int, seconds: float) -> None:
        share = self.SECONDS / 2 if self.engine.traits.side_by_side else self.SECONDS
        wanted = int(sentences * share / max(seconds, 1e-3))
        self._chunk = max(self.LEAST, min(self.MOST, self.GROWTH * sentences, wanted))

    def _report(self, keys: Sequence[Request], left: dict[Request, None]) -> None:
        self.progress(sum(key not in left for key in keys), len(keys))


def show_to_editors(engine: Engine, shown: Iterable[Shown]) -> None:
    """Note in the memory that an engine stands behind what editors get to see, so that a change is known for one."""
    if isinstance(engine, RememberingEngine):
        engine.memory.show(shown, *engine.pair)


def similar_of(engine: Engine, text: str, limit: int = 2) -> list[Alike]:
    """Return what people made of the sentences most like one, but not of itself."""
    if not isinstance(engine, RememberingEngine):
        return []
    found = engine.memories.alike(text, *engine.pair, limit=limit + 1)
    return list({one.entry.target: one for one in found if one.entry.source != text}.values())[:limit]


def corrections_of(engine: Engine, texts: Sequence[str]) -> list[MemoryEntry | None]:
    """Return for the n sentences of a text, in order, what a person made of exactly them.

    Args:
        engine: any; one that stands behind no memory knows of no person.
    """
    if not isinstance(engine, RememberingEngine):
        return [None] * len(texts)
    beside = ["", *texts, ""]
    asked = [Asked(text, beside[n], beside[n + 2]) for n, text in enumerate(texts)]
    return engine.memories.corrections(asked, *engine.pair)
