"""The newsroom's settings: one `[tool.tolmach]` table in pyproject.toml, or the same keys in tolmach.toml.

glossaries = ["glossaries/central-asia", "own.en-ru.tsv"]   # relative to the file; later ones win
yo = "keep"                 # "never": every ё becomes е
quotes = "«»„“"             # outer pair, inner pair
dates = "keep"              # "года" or "г.": how a full date ends, 19 сентября 2017 …
off = ["percent"]           # typography rules and checks turned off, by name
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from translate.errors import ConfigError

Yo = Literal["keep", "never"]
Dates = Literal["keep", "года", "г."]

_CHOICES: dict[str, tuple[str, ...]] = {
    "yo": ("keep", "never"),
    "dates": ("keep", "года", "г."),
}
_KEYS = ("glossaries", *_CHOICES, "quotes", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """How the Russian edition sets its text.

    Args:
        yo: "never" turns every ё into е, in pinned terms as well.
        quotes: four marks: outer opening and closing, inner opening and closing.
        dates: the word that ends a full date; "keep" leaves what stands there.
        off: names of typography rules and checks that are not run.
    """

    yo: Yo = "keep"
    quotes: str = "«»„“"
    dates: Dates = "keep"
    off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one newsroom.

    Args:
        style: see `Style`.
        glossaries: files and folders to load, in the order given; later ones win.
        path: the file they came from, None for the defaults.
    """

    style: Style = field(default_factory=Style)
    glossaries: tuple[Path, ...] = ()
    path: Path | None = None

    def reject_unknown_rules(self, known: Iterable[str]) -> None:
        """Refuse a name under `off` that is no rule and no check: a slip there would silently turn off nothing.

        Raises:
            ConfigError: with the nearest known name.
        """
        names = sorted(known)
        for name in sorted(self.style.off.difference(names)):
            raise _fault(
                self.path, "off", f"there is no rule or check {name!r}", difflib.get_close_matches(name, names)
            )


def load(folder: str | Path = ".") -> Config:
    """Read the settings that hold in a folder: the nearest tolmach.toml or [tool.tolmach], here or in a folder above.

    Returns:
        The defaults where no folder above has any.

    Raises:
        ConfigError: unreadable TOML, an unknown key, a value that is none of the choices, a glossary that is missing.
    """
    here = Path(folder).resolve()
    for place in (here, *here.parents):
        for name in ("tolmach.toml", "pyproject.toml"):
            path = place / name
            if path.is_file():
                table = _table(path)
                if table is not None:
                    return _config(table, path)
    return Config()


def _table(path: Path) -> dict[str, Any] | None:
    """Return the settings in a file; None where a pyproject.toml has no table of ours."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(f"not valid TOML: {error}", path=path, line=int(line[1]) if line else None) from None
    if path.name == "tolmach.toml":
        return data
    table = data.get("tool", {}).get("tolmach")
    if table is not None and not isinstance(table, dict):
        raise ConfigError("[tool.tolmach] must be a table", path=path)
    return table


def _config(table: dict[str, Any], path: Path) -> Config:
    for key in table:
        if key not in _KEYS:
            raise _fault(path, key, "unknown key", difflib.get_close_matches(key, _KEYS))
    for key, choices in _CHOICES.items():
        if key in table and table[key] not in choices:
            raise _fault(path, key, f"{table[key]!r} is none of " + ", ".join(repr(c) for c in choices))
    quotes = table.get("quotes", Style().quotes)
    if not isinstance(quotes, str) or len(quotes) != 4 or any(q.isalnum() or q.isspace() for q in quotes):
        raise _fault(path, "quotes", "needs four marks: outer opening and closing, inner opening and closing")
    return Config(
        style=Style(
            yo=table.get("yo", "keep"),
            quotes=quotes,
            dates=table.get("dates", "keep"),
            off=frozenset(_names(table, "off", path)),
        ),
        glossaries=tuple(_glossary(name, path) for name in _names(table, "glossaries", path)),
        path=path,
    )


def _names(table: dict[str, Any], key: str, path: Path) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise _fault(path, key, "must be a list of names")
    return value


def _glossary(name: str, path: Path) -> Path:
    found = (path.parent / Path(name).expanduser()).resolve()
    if not found.exists():
        raise _fault(path, "glossaries", f"no such file or folder: {name}")
    return found


def _fault(path: Path | None, key: str, message: str, near: list[str] | None = None) -> ConfigError:
    """Return the error with the key and, where it can be found, its line."""
    line = None
    if path is not None:
        pattern = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        rows = path.read_text(encoding="utf-8-sig").splitlines()
        line = next((n for n, row in enumerate(rows, 1) if pattern.match(row)), None)
    hint = f"Did you mean {near[0]!r}?" if near else ""
    return ConfigError(f"{key}: {message}", path=path, line=line, hint=hint)
