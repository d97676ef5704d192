"""Converted models on this machine: where they are kept, which are installed, which translates a pair."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from translate.engines import seals, shelf
from translate.engines.cards import read_card
from translate.engines.opus.languages import shown
from translate.engines.opus.recognising import Recognised, recognise
from translate.errors import EngineError
from translate.messages import _

CARD = "tolmach-model.json"


@dataclass(frozen=True, slots=True)
class Model:
    """An installed model.

    Args:
        folder: as a converter wrote it, with the tokenizers, `CARD` and a seal.
        sources, targets: the languages it translates from and to, each with the piece that names it, "" for none.
        fault: what makes it unusable, or "".
    """

    folder: Path
    sources: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""

    @property
    def name(self) -> str:
        """Return the name of the folder."""
        return self.folder.name

    @property
    def files(self) -> Recognised:
        """Return what the folder holds."""
        return recognise(self.folder)

    @property
    def source(self) -> str:
        """Return the languages it translates from, as a list shows them."""
        return shown(self.sources)

    @property
    def target(self) -> str:
        """Return the languages it translates to, as a list shows them."""
        return shown(self.targets)

    def translates(self, source: str, target: str) -> bool:
        """Tell whether it translates a pair."""
        return source != target and source in self.sources and target in self.targets


def model_folder() -> Path:
    """Return where models are installed; $XDG_DATA_HOME moves it.

    Not among Argos's packages: Argos raises on a folder without its metadata.json.
    """
    import platformdirs

    return platformdirs.user_data_path("tolmach") / "models"


def installed() -> list[Model]:
    """Return the installed models by name, damaged ones with their fault."""
    return [read_model(folder) for folder in shelf.folders(model_folder())]


def read_model(folder: Path) -> Model:
    """Read a model's card."""
    try:
        card = read_card(folder / CARD)
        sources, targets = (
            {str(code): str(piece) for code, piece in card[side].items()} for side in ("sources", "targets")
        )
        recognise(folder)
    except FileNotFoundError:
        return Model(folder, fault=f"no {CARD}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Model(folder, fault=f"{CARD}: {error}")
    except EngineError as error:
        return Model(folder, sources, targets, error.message)
    return Model(folder, sources, targets)


def write_card(folder: Path, sources: Mapping[str, str], targets: Mapping[str, str]) -> None:
    """Write down which languages a model translates."""
    card = {"sources": dict(sources), "targets": dict(targets)}
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def best(source: str, target: str, wanted: str = "") -> Model | None:
    """Return the model that translates a pair: one made for few languages before one for many, then by name.

    Args:
        source, target: ISO 639 codes.
        wanted: the name of a model, where the settings name one.

    Raises:
        EngineError: no such model is installed, or it does not translate the pair.
    """
    models = installed()
    if wanted:
        named = next((model for model in models if model.name == wanted), None)
        if named is None:
            names = ", ".join(model.name for model in models) or "none"
            raise EngineError(
                _("no model {wanted!r} is installed: {names}").format(wanted=wanted, names=names),
                hint=_("opus.model in tolmach.toml names it"),
            )
        if not named.fault and not named.translates(source, target):
            raise EngineError(
                _("{wanted} translates {source}→{target}, not {source2}→{target2}").format(
                    wanted=wanted, source=named.source, target=named.target, source2=source, target2=target
                )
            )
        return named
    fitting = [model for model in models if not model.fault and model.translates(source, target)]
    return min(fitting, key=lambda model: (len(model.sources) + len(model.targets), model.name), default=None)


def verify(model: Model, *, full: bool = False) -> list[str]:
    """Return what is wrong with a model's files.

    Args:
        model: installed.
        full: compute every checksum again.
    """
    return [model.fault] if model.fault else seals.broken(model.folder, full=full)
