"""The table `[llm]` of tolmach.toml: which model, where, and how it is asked.

[llm]
url = "http://127.0.0.1:11434"   # Ollama's; llama.cpp's is :8080, LM Studio's :1234, vLLM's :8000
model = "translategemma:4b"      # as the server calls it; may be left out where it has one alone
style = "translategemma"         # or "chat", or a template of your own with {text} in it
context = 3                      # preceding sentences shown to the model
parallel = 2                     # requests at once
together = 1                     # sentences in a request, each under its number; only with the style "chat"
timeout = 120                    # seconds for one sentence
seed = 0
remote = false                   # true: the server is another machine, and the text leaves this one
file = "model.gguf"              # in place of url: run it in this process (pip install "tolmach[llm]")
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate import config
from translate.engines.llm.prompts import template_of
from translate.errors import ConfigError
from translate.messages import _

_TYPES: dict[str, type | tuple[type, ...]] = {
    "url": str, "file": str, "model": str, "style": str, "context": int, "parallel": int, "together": int,
    "timeout": (int, float), "seed": int, "remote": bool,
}  # fmt: skip
_LEAST = {"context": 0, "parallel": 1, "together": 1, "timeout": 1, "seed": 0}
_MOST = {"context": 50, "parallel": 64, "together": 20, "timeout": 86_400, "seed": 2**31 - 1}


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """See the module; `template` is what `style` stands for, `file` is absolute."""

    url: str = ""
    file: Path | None = None
    model: str = ""
    style: str = "chat"
    context: int = 3
    parallel: int = 2
    together: int = 1
    timeout: float = 120.0
    seed: int = 0
    remote: bool = False

    @property
    def template(self) -> str:
        """Return the template of the style."""
        return template_of(self.style)


def settings(found: config.Config) -> LlmSettings:
    """Read the table.

    Raises:
        ConfigError: no table, an unknown key, a value of another type or out of range, neither url nor file.
    """
    table = found.llm
    if not table:
        hint = _('write into tolmach.toml: [llm] and below it url = "http://127.0.0.1:11434" (docs/engines.md)')
        raise ConfigError(_("no settings say where the language model is"), path=found.path, hint=hint)
    try:
        return _read(table, found.path)
    except ConfigError as error:
        error.path = error.path or found.path
        raise


def _read(table: Mapping[str, Any], path: Path | None) -> LlmSettings:
    for key, value in table.items():
        if key not in _TYPES:
            near = difflib.get_close_matches(key, _TYPES)
            raise ConfigError(
                _("llm.{key}: unknown key").format(key=key),
                hint=_("Did you mean {near!r}?").format(near=near[0]) if near else "",
            )
        if not isinstance(value, _TYPES[key]) or (isinstance(value, bool) and _TYPES[key] is not bool):
            raise ConfigError(_("llm.{key}: {value!r} is of the wrong type").format(key=key, value=value))
        if isinstance(value, int | float) and key in _LEAST and not _LEAST[key] <= value <= _MOST[key]:
            raise ConfigError(
                _("llm.{key}: must be between {least} and {most}").format(key=key, least=_LEAST[key], most=_MOST[key])
            )
    if bool(table.get("url")) == bool(table.get("file")):
        raise ConfigError(_("llm: needs either url or file"))
    file = table.get("file")
    folder = path.parent if path else Path()
    made = LlmSettings(**{**table, "file": (folder / Path(file).expanduser()).resolve() if file else None})
    template_of(made.style)
    if made.together > 1 and made.style != "chat":
        raise ConfigError(_('llm.together: several sentences are asked for with style = "chat" alone'))
    return made
