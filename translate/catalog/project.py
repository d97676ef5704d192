"""A site's catalogs as its settings name them: the `[catalog]` table of tolmach.toml.

[catalog]
sources = ["templates", "app"]                    # files and folders, relative to the settings file
template = "locales/messages.pot"
catalogs = "locales/{language}/LC_MESSAGES/messages.po"
languages = ["ru", "kk"]
project = "Courier 1.0"                           # for the template's header
lines = false                                     # places without line numbers
compile = true                                    # a .mo beside each .po
engine = "none"                                   # who fills what memory, glossary and interface strings leave
keywords = ["tr", "trn:1,2"]
comment_tags = ["Translators:"]
attributes = ["title", "alt", "data-caption"]     # of HTML elements, in place of the usual ones
meta = ["description"]
skip = ["nav.old", ".ads"]
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from translate import config
from translate.catalog.extract.found import ATTRIBUTES, COMMENT_TAGS, META, Rules
from translate.catalog.extract.keywords import keywords
from translate.errors import ConfigError
from translate.messages import _

_LISTS = {"sources", "languages", "keywords", "comment_tags", "attributes", "meta", "skip"}
_FLAGS = {"lines", "compile"}


@dataclass(frozen=True, slots=True)
class Project:
    """The settings of a site's catalogs.

    Args:
        folder: that paths are relative to.
        sources, template, catalogs: see the module.
        languages: ISO 639.
        project: for the template's header.
        lines, compile, engine: see the module.
        rules: of extraction.
    """

    folder: Path
    sources: tuple[str, ...] = ()
    template: str = "locales/messages.pot"
    catalogs: str = "locales/{language}/LC_MESSAGES/messages.po"
    languages: tuple[str, ...] = ()
    project: str = "PACKAGE VERSION"
    lines: bool = True
    compile: bool = True
    engine: str = "none"
    rules: Rules = field(default_factory=Rules)

    def catalog(self, language: str) -> Path:
        """Return the .po file of a language."""
        return self.folder / self.catalogs.replace("{language}", language)


def load_project(folder: Path) -> Project:
    """Read the project that a folder belongs to.

    Raises:
        ConfigError: no settings with a [catalog] table, or one that does not say what is needed.
    """
    settings = config.load(folder)
    if not settings.catalog:
        raise ConfigError(
            _("no settings for catalogs"),
            path=settings.path,
            hint=_("Add a [catalog] table to tolmach.toml; see docs/catalog.md"),
        )
    assert settings.path is not None
    project = _project(settings.catalog, settings.path)
    for name, value in (("sources", project.sources), ("languages", project.languages)):
        if not value:
            raise ConfigError(
                _("catalog.{name}: is missing").format(name=name),
                path=settings.path,
                hint=_('Write {name} = ["…"]').format(name=name),
            )
    for source in project.sources:
        if not (project.folder / source).exists():
            raise ConfigError(
                _("catalog.sources: no such file or folder: {source}").format(source=source), path=settings.path
            )
    if "{language}" not in project.catalogs:
        raise ConfigError("catalog.catalogs: has no {language} in it", path=settings.path)
    return project


def rules_for(folder: Path, own: Sequence[str] = ()) -> Rules:
    """Return the rules of extraction that hold in a folder, and further keywords.

    Raises:
        ConfigError: the table has a fault.
        CatalogError: a keyword cannot be read.
    """
    settings = config.load(folder)
    table = settings.catalog if settings.path is not None else {}
    return _rules(_checked(table, settings.path), own)


def _project(table: dict[str, Any], path: Path) -> Project:
    values = _checked(table, path)
    named = {one.name for one in fields(Project)} - {"folder", "rules"}
    given: Any = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in named
    }
    return replace(Project(path.parent, rules=_rules(values, ())), **given)


def _rules(values: dict[str, Any], own: Sequence[str]) -> Rules:
    return Rules(
        keywords([*values.get("keywords", ()), *own]),
        values.get("comment_tags", COMMENT_TAGS),
        values.get("attributes", ATTRIBUTES),
        values.get("meta", META),
        values.get("skip", ()),
    )


def _checked(table: dict[str, Any], path: Path | None) -> dict[str, Any]:
    known = [*(one.name for one in fields(Project) if one.name not in ("folder", "rules"))]
    known += ["keywords", "comment_tags", "attributes", "meta", "skip"]
    for name, value in table.items():
        if name not in known:
            near = difflib.get_close_matches(name, known)
            hint = (
                _("Did you mean {near!r}?").format(near=near[0])
                if near
                else _("Known are: {known}").format(known=", ".join(known))
            )
            raise ConfigError(_("catalog.{name}: unknown key").format(name=name), path=path, hint=hint)
        if name in _LISTS and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            raise ConfigError(_("catalog.{name}: must be a list of texts").format(name=name), path=path)
        if name in _FLAGS and not isinstance(value, bool):
            raise ConfigError(_("catalog.{name}: must be true or false").format(name=name), path=path)
        if name not in _LISTS | _FLAGS and not isinstance(value, str):
            raise ConfigError(_("catalog.{name}: must be a text").format(name=name), path=path)
    return table
