"""Engines by name: the entry-point group `tolmach.engines` is the one plug-in seam."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from translate.engines.protocol import Engine, Traits
from translate.errors import EngineError
from translate.messages import _


@dataclass(frozen=True, slots=True)
class Loaded:
    """An engine ready for use, and one line for stderr where another would have been better."""

    engine: Engine
    notice: str = ""


class Plugin(Protocol):
    """What an entry point of the group `tolmach.engines` names."""

    def load(self, source: str, target: str) -> Engine:
        """Load the model for a language pair; EngineError with a hint where there is none."""
        ...


GROUP = "tolmach.engines"


def load_engine(name: str = "auto", source: str = "en", target: str = "ru") -> Loaded:
    """Load an engine by name for a language pair.

    Args:
        name: "auto" (Argos if the pair is installed, else a converted model, else the draft model), or an entry
            point of `tolmach.engines`.
        source, target: ISO 639 codes.

    Raises:
        EngineError: unknown name, no model for the pair, or a model that does not load.
    """
    found = {point.name: point for point in entry_points(group=GROUP)}
    if name != "auto":
        if name not in found:
            raise EngineError(
                _("no engine is called {name!r}").format(name=name),
                hint="known engines: auto, " + ", ".join(sorted(found)),
            )
        return Loaded(_load(found[name], source, target))
    for installed in ("argos", "opus"):
        if installed in found:
            with suppress(NoPairError):
                return Loaded(_load(found[installed], source, target))
    try:
        engine = _load(found["draft"], source, target)
    except NoPairError as error:
        raise NoPairError(source, target, hint=f"tolmach models install {source} {target}") from error
    better = _("for better Russian: tolmach models install {source} {target}")
    draft = _("no Argos package for {source}→{target} is installed: using the draft engine")
    return Loaded(engine, f"{draft}; {better}".format(source=source, target=target))


def _load(point: EntryPoint, source: str, target: str) -> Engine:
    try:
        plugin: Plugin = point.load()
    except (ImportError, AttributeError) as error:  # the latter also where what stands behind = is no module:class
        raise EngineError(
            _("the engine {name!r} cannot be imported from {value!r}: {error}").format(
                name=point.name, value=point.value, error=error
            )
        ) from error
    engine = plugin.load(source, target)
    if not isinstance(getattr(engine, "traits", None), Traits):
        raise EngineError(
            _("the engine {name!r} says nothing of its traits").format(name=point.name), hint=_("see docs/plugin.md")
        )
    return engine


class NoPairError(EngineError):
    """An engine has no model for this language pair."""

    def __init__(self, source: str, target: str, *, hint: str = "") -> None:
        super().__init__(f"no model translates {source}→{target}", hint=hint)
