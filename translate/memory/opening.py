"""An engine opened for work: protection around the model, the memory around both, once and in this order.

The memory then holds sentences as their author wrote them, and what came out with every address and placeholder in
place; an engine that forgets stand-ins is told to try again before anything is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from translate.engines import Loaded, Traits, load_engine
from translate.engines.protecting import ProtectingEngine
from translate.memory.memory import Memory
from translate.memory.remembering import Progress, RememberingEngine, silent


def open_engine(
    name: str = "auto",
    source: str = "en",
    target: str = "ru",
    memory: Memory | None = None,
    progress: Progress = silent,
    *,
    shared: Sequence[Memory] = (),
    hints: bool = False,
) -> Loaded:
    """Load an engine and put protection and the memory before it.

    Args:
        name: see `load_engine`.
        source, target: ISO 639 codes.
        memory: open, and closed by the caller; None to remember nothing.
        progress: called with sentences done and in all.
        shared: other memories of people's translations, see `Memories`.
        hints: tell terms to an engine that may use hints, though it is not known what comes of it.

    Raises:
        EngineError: as `load_engine` does.
    """
    loaded = load_engine(name, source, target)
    if hints:
        loaded.engine.traits = _told(loaded.engine.traits)
    engine = ProtectingEngine(loaded.engine)
    if memory is None:
        return Loaded(engine, loaded.notice)
    return Loaded(RememberingEngine(engine, memory, source, target, progress, shared=shared), loaded.notice)


def _told(traits: Traits) -> Traits:
    """Return the traits of an engine that is told its terms first, if it can be."""
    if traits.uses_hints or not traits.may_use_hints:
        return traits
    return replace(traits, uses_hints=True, passes=("hinted", *traits.passes))
