"""The newsroom's settings: one `[tool.tolmach]` table in pyproject.toml, or the same keys in tolmach.toml.

glossaries = ["own.en-ru.tsv", "names/"]   # relative to the file; read after the shipped ones, later ones win
shipped = true              # false: without the glossaries that come with tolmach
yo = "keep"                 # "never": every ё becomes е
quotes = "«»„“"             # outer pair, inner pair
dates = "keep"              # "года" or "г.": how a full date ends, 19 сентября 2017 …
off = ["percent"]           # typography rules and checks turned off, by name
memories = ["house.sqlite3"]  # translation memories, asked in this order; corrections go to the first
author = "A. Ivanova"       # whose name corrections bear
hints = true                # tell terms to an engine for which that is unmeasured (argos); draft is told them anyway
[catalog]                   # see translate/catalog/project.py
[llm]                       # see translate/engines/llm/settings.py
[opus]                      # model = "…": which of the installed models, where several translate a pair

The same keys may stand in a file of the user's own, tolmach.toml in `user_folder()`; what a newsroom's file says comes
after it: its lists are added, its other values win.
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
from translate.files import shipped
from translate.messages import _

Yo = Literal["keep", "never"]
Dates = Literal["keep", "года", "г."]

_CHOICES: dict[str, tuple[str, ...]] = {
    "yo": ("keep", "never"),
    "dates": ("keep", "года", "г."),
}
_KEYS = ("glossaries", "shipped", *_CHOICES, "quotes", "off", "memories", "author", "hints", "catalog", "llm", "opus")
_LISTS = ("glossaries", "off", "memories")


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
        glossaries: files and folders to load after the shipped ones, in the order given; later ones win.
        shipped: whether the glossaries that come with tolmach are read at all.
        path: the newsroom's file they came from, None where there is none.
        files: every file they came from, the user's own first.
        memories: files of translation memories, the first believed first; corrections go to the first that is writable.
        author: whose name corrections bear.
        hints: tell terms to an engine for which nobody has measured it.
        catalog: the table of that name as it stands, for `catalog.project` to read.
        llm, opus: likewise, for the engines of these names.
    """

    style: Style = field(default_factory=Style)
    glossaries: tuple[Path, ...] = ()
    shipped: bool = True
    path: Path | None = None
    files: tuple[Path, ...] = ()
    memories: tuple[Path, ...] = ()
    author: str = ""
    hints: bool = False
    catalog: dict[str, Any] = field(default_factory=dict)
    llm: dict[str, Any] = field(default_factory=dict)
    opus: dict[str, Any] = field(default_factory=dict)

    def reading(self, given: Iterable[Path] = (), *, only: bool = False) -> tuple[Path, ...]:
        """Return the glossaries to read, in order: the shipped ones, those of the settings, those given.

        Own files add to the shipped ones: who lists five names does not mean to lose the other four thousand.

        Args:
            given: by the user for this run.
            only: nothing but these.
        """
        if only:
            return tuple(given)
        return (*((shipped("glossaries"),) if self.shipped else ()), *self.glossaries, *given)

    def reject_unknown_rules(self, known: Iterable[str]) -> None:
        """Refuse a name under `off` that is no rule and no check: a slip there would silently turn off nothing.

        Raises:
            ConfigError: with the nearest known name.
        """
        names = sorted(known)
        for name in sorted(self.style.off.difference(names)):
            path = next((p for p in self.files if name in p.read_text(encoding="utf-8-sig")), self.path)
            raise _fault(
                path,
                "off",
                _("there is no rule or check {name!r}").format(name=name),
                difflib.get_close_matches(name, names),
            )


def user_folder() -> Path:
    """Return the folder of the user's own tolmach.toml; $XDG_CONFIG_HOME moves it."""
    import platformdirs

    return platformdirs.user_config_path("tolmach")


def user_glossaries() -> Path:
    """Return the folder whose .tsv files are read after the shipped glossaries; $XDG_DATA_HOME moves it."""
    import platformdirs

    return platformdirs.user_data_path("tolmach") / "glossaries"


def load(folder: str | Path = ".") -> Config:
    """Read the settings that hold in a folder: the nearest tolmach.toml or [tool.tolmach], here or in a folder above.

    The user's own settings and glossary folder come before them.

    Returns:
        The defaults where there are none.

    Raises:
        ConfigError: unreadable TOML, an unknown key, a value that is none of the choices, a glossary that is missing.
    """
    own = user_folder() / "tolmach.toml"
    held = [(own, _table(own) or {})] if own.is_file() else []
    nearest = _nearest(Path(folder).resolve())
    held += [(path, table) for path, table in nearest.items() if path != own]
    settings: dict[str, Any] = {name: [] for name in _LISTS}
    folders = user_glossaries()
    if folders.is_dir():
        settings["glossaries"].append(folders)
    for path, table in held:
        checked = _checked(table, path)
        settings |= checked | {name: [*settings[name], *checked[name]] for name in _LISTS}
    return Config(
        style=Style(
            yo=settings.get("yo", "keep"),
            quotes=settings.get("quotes", Style().quotes),
            dates=settings.get("dates", "keep"),
            off=frozenset(settings["off"]),
        ),
        glossaries=tuple(dict.fromkeys(settings["glossaries"])),
        shipped=settings.get("shipped", True),
        path=next(iter(nearest), None),
        files=tuple(path for path, _table in held),
        memories=tuple(dict.fromkeys(reversed(settings["memories"]))),  # the newsroom's are believed before the user's
        author=settings.get("author", ""),
        hints=settings.get("hints", False),
        catalog=settings.get("catalog", {}),
        llm=settings.get("llm", {}),
        opus=settings.get("opus", {}),
    )


def _nearest(here: Path) -> dict[Path, dict[str, Any]]:
    """Return the nearest file with settings and its table, nothing where there is none."""
    for place in (here, *here.parents):
        for name in ("tolmach.toml", "pyproject.toml"):
            path = place / name
            if path.is_file():
                table = _table(path)
                if table is not None:
                    return {path: table}
    return {}


def _table(path: Path) -> dict[str, Any] | None:
    """Return the settings in a file; None where a pyproject.toml has no table of ours."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(
            _("not valid TOML: {error}").format(error=error), path=path, line=int(line[1]) if line else None
        ) from None
    except RecursionError:
        raise ConfigError(_("not valid TOML: nested too deeply"), path=path) from None
    if path.name == "tolmach.toml":
        return data
    table = data.get("tool", {}).get("tolmach")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(_("[tool.tolmach] must be a table"), path=path)
    return table


def _checked(table: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the settings of one file, every value looked at, its glossaries as paths.

    Raises:
        ConfigError: the first fault, with its line.
    """
    for key in table:
        if key not in _KEYS:
            raise _fault(path, key, _("unknown key"), difflib.get_close_matches(key, _KEYS))
    for key, choices in _CHOICES.items():
        if key in table and table[key] not in choices:
            raise _fault(path, key, f"{table[key]!r} is none of " + ", ".join(repr(c) for c in choices))
    for key in ("shipped", "hints"):
        if not isinstance(table.get(key, False), bool):
            raise _fault(path, key, _("must be true or false"))
    quotes = table.get("quotes", Style().quotes)
    if not isinstance(quotes, str) or len(quotes) != 4 or any(q.isalnum() or q.isspace() for q in quotes):
        raise _fault(path, "quotes", _("needs four marks: outer opening and closing, inner opening and closing"))
    for key in ("catalog", "llm", "opus"):
        if not isinstance(table.get(key, {}), dict):
            raise _fault(path, key, _("must be a table: [{key}]").format(key=key))
    found = [_glossary(name, path) for name in _names(table, "glossaries", path)]
    if not isinstance(table.get("author", ""), str):
        raise _fault(path, "author", _("must be a name"))
    memories = [(path.parent / Path(name).expanduser()).resolve() for name in _names(table, "memories", path)]
    return table | {"off": _names(table, "off", path), "glossaries": found, "memories": memories[::-1]}


def _names(table: dict[str, Any], key: str, path: Path) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise _fault(path, key, _("must be a list of names"))
    return value


def _glossary(name: str, path: Path) -> Path:
    found = (path.parent / Path(name).expanduser()).resolve()
    if not found.exists():
        raise _fault(path, "glossaries", _("no such file or folder: {name}").format(name=name))
    return found


def _fault(path: Path | None, key: str, message: str, near: list[str] | None = None) -> ConfigError:
    """Return the error with the key and, where it can be found, its line."""
    line = None
    if path is not None:
        pattern = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
        rows = path.read_text(encoding="utf-8-sig").splitlines()
        line = next((n for n, row in enumerate(rows, 1) if pattern.match(row)), None)
    hint = _("Did you mean {near!r}?").format(near=near[0]) if near else ""
    return ConfigError(f"{key}: {message}", path=path, line=line, hint=hint)
