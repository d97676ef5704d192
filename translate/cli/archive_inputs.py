"""Which articles `tolmach archive` is meant to make, and which terms and style hold for each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.article_files import Input, gather, output_of
from translate.cli.places import Places
from translate.errors import ArticleError
from translate.messages import _

if TYPE_CHECKING:
    from translate.archive.planning import Wanted
    from translate.archive.sources import Reading, Seen
    from translate.archive.station import House


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of the articles; see its options."""

    inputs: tuple[Path, ...]
    lists: tuple[Path, ...]
    pattern: str
    fields: tuple[str, ...]
    outs: tuple[str, ...]
    format: str | None
    source: str
    target: str
    glossaries: tuple[Path, ...]
    only: bool
    no_glossary: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """The articles that are meant, and what holds for them.

    Args:
        wanted: the articles in order, each once.
        houses: glossaries and styles.
        reading: how they are read.
        memories: files of people's translations that the settings name.
        hints: True where the settings want terms told to the engine.
    """

    wanted: tuple[Wanted, ...]
    houses: tuple[House, ...]
    reading: Reading
    memories: tuple[Path, ...]
    hints: bool


def reading_of(asked: Asked) -> Reading:
    """Read --field and --from.

    Raises:
        UsageError: no ROLE=NAME, or no such role.
    """
    from translate.archive.sources import Reading
    from translate.article.record import NAMES

    named = {}
    for given in asked.fields:
        role, sign, name = given.partition("=")
        if not sign or not name or role not in NAMES:
            roles = ", ".join(NAMES)
            raise click.UsageError(
                _("--field {given}: needs ROLE=NAME with a role of {roles}").format(given=given, roles=roles)
            )
        named[role] = name
    return Reading(asked.source, named)


def gathered(asked: Asked, note: Callable[[str], None]) -> Gathered:
    """Find every article that is meant.

    Args:
        asked: the command line.
        note: says what was left out.

    Raises:
        UsageError: nothing is named, or two articles would be written to one place.
        TranslateError: a list, a dump, the settings or a glossary cannot be read.
    """
    reading = reading_of(asked)
    named = [*asked.inputs, *(path for file in asked.lists for path in _listed(file))]
    if not named:
        raise click.UsageError(_("name a folder, a file or a dump, or give a --list"))
    houses = _Houses(asked)
    places = Places(path for path in named if path.is_file())
    wanted: dict[str, Wanted] = {}
    for given in gather(named, asked.pattern, asked.target, note):
        if str(given.path) == "-":
            raise click.UsageError(_("standard input is no archive: give its paths with --list -"))
        for seen in _seen(given.path, reading):
            if seen.source.name not in wanted:
                one = _with_outputs(seen, given, asked, places)
                wanted[seen.source.name] = houses.wanted(one)
    return Gathered(tuple(wanted.values()), houses.all, reading, houses.memories, houses.hints)


def _listed(file: Path) -> Iterator[Path]:
    """Yield the paths of a list; an empty line and one that begins with # say nothing."""
    from translate.files import read_text

    text = sys.stdin.read() if str(file) == "-" else read_text(file, error=ArticleError)
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield Path(line.strip())


def _seen(path: Path, reading: Reading) -> Iterator[Seen]:
    from translate.archive.sources import is_dump, records, seen

    if is_dump(path):
        yield from records(path, reading)
    else:
        yield seen(path)


def _with_outputs(seen: Seen, given: Input, asked: Asked, places: Places) -> Seen:
    """Settle what is written of an article alone."""
    from translate.archive import sources

    if not asked.outs:
        return seen
    own = _as_input(seen, given)
    made = [output_of(own, out, asked.format, asked.target) for out in asked.outs]
    for one in made:
        if one.path is None:
            raise click.UsageError(
                _("an archive goes into files: name a folder or a path with {name} in it").format(name="{name}")
            )
        places.claim(one.path)
    outputs = tuple(sources.Output(one.path.absolute(), one.format) for one in made if one.path)
    return replace(seen, source=replace(seen.source, outputs=outputs))


def _as_input(seen: Seen, given: Input) -> Input:
    """Return how the names of outputs are made of an article: of a record of a dump from its id."""
    from translate.files import shown

    if not seen.source.is_record:
        return given
    key = seen.source.name.removeprefix(f"{shown(given.path.as_posix())}#")
    safe = "".join(c if c.isalnum() or c in "-_~." else "-" for c in key).strip(".-") or "record"
    return Input(Path(f"{safe}.txt"), given.inner / given.stem)


class _Houses:
    """The settings of each folder, read once, and the glossaries that they name, each once."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._of_folder: dict[Path, int] = {}
        self._known: dict[object, int] = {}
        self._houses: list[House] = []
        self._memories: dict[Path, None] = {}
        self.hints = False

    @property
    def all(self) -> tuple[House, ...]:
        return tuple(self._houses)

    @property
    def memories(self) -> tuple[Path, ...]:
        return tuple(self._memories)

    def wanted(self, seen: Seen) -> Wanted:
        from translate.archive.planning import Wanted

        folder = seen.source.path.parent
        if folder not in self._of_folder:
            self._of_folder[folder] = self._house(seen.source.path)
        return Wanted(seen, self._of_folder[folder])

    def _house(self, file: Path) -> int:
        from translate.archive.station import house_of
        from translate.cli.article import glossary_of
        from translate.cli.settings import settings_for

        settings = settings_for(file)
        self._memories |= dict.fromkeys(settings.memories)
        self.hints = self.hints or settings.hints
        paths: Sequence[Path] = settings.reading(self._asked.glossaries, only=self._asked.only)
        key = (tuple(paths), settings.style)
        if key not in self._known:
            self._known[key] = len(self._houses)
            self._houses.append(
                house_of(glossary_of(paths, self._asked.no_glossary, self._asked.target), settings.style)
            )
        return self._known[key]
