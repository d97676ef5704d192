"""What several commands share: which glossaries are read, which file and which cells are changed, what did not fit."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.options import F
from translate.errors import GlossaryError
from translate.messages import _

if TYPE_CHECKING:
    from translate.exchange import Loss

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORMATS = click.Choice(["tsv", "csv", "xlsx", "tbx", "tbx2", "tmx", "po"])
line_option = click.option("--line", type=int, default=0, help=_("The line, where a source stands more than once."))
path_option = click.option(
    "-g",
    "--glossary",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The file; without it, the one that holds the term."),
)


def all_glossaries(given: Sequence[Path], only: bool) -> list[Path]:
    """Return the glossaries to read: ours, then those of the settings, then the ones given."""
    from translate import config

    return list(config.load().reading(given, only=only))


# Column → what its option says. An empty value empties the cell.
_CELLS = {
    "kind": _("person, place, organisation, demonym, term or interface."),
    "gender": _("masc, femn or neut."),
    "number": _("sing or plur."),
    "animate": _("yes or no."),
    "kk": _("The Kazakh form."),
    "ky": _("The Kyrgyz form."),
    "policy": _(
        "pin (decline), fixed (never declines), keep (leave in Latin letters), forbid (must not appear), "
        "hint (wished: told to engines that take hints)."
    ),
    "since": _("The first day it holds: 2019, 2019-03 or 2019-03-23."),
    "until": _("The last day it holds."),
    "note": _("A note for editors; with forbid: what to write instead."),
    "origin": _("Where the spelling comes from."),
}


def cell_options(command: F) -> F:
    """Add an option for each column but source and target, passed on as `**cells`."""
    for name, text in reversed(_CELLS.items()):
        command = click.option(f"--{name}", help=text)(command)
    command = click.option(
        "--form",
        "forms",
        multiple=True,
        metavar="CASE=FORM",
        help=_("A form the rules get wrong: gent=… or plur.gent=…."),
    )(command)
    command = click.option("--alias", "aliases", multiple=True, help=_("Another English spelling; repeat for more."))(
        command
    )
    return click.option(
        "--set", "own", multiple=True, metavar="COLUMN=TEXT", help=_("A column of your own, x-…; repeat for more.")
    )(command)


def cells_given(options: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells that the options of `cell_options` set, by column."""
    cells = {name: options[name] for name in _CELLS if options.get(name) is not None}
    for name in ("aliases", "forms"):
        if options.get(name):
            cells[name] = "|".join(filter(None, options[name]))
    for pair in options.get("own", ()):
        name, equals, text = pair.partition("=")
        if not equals or not name.startswith("x-"):
            raise click.BadParameter(_("write x-column=text"), param_hint="--set")
        cells[name] = text
    return cells


def holder_of(source: str) -> Path:
    """Return the one file of the usual glossaries that holds a source.

    Raises:
        GlossaryError: none does, or more than one.
    """
    from translate.glossary.book import files_of
    from translate.glossary.editing import GlossaryFile

    paths = [
        path
        for path in files_of(all_glossaries((), only=False))
        if any(row.cells["source"] == source for row in GlossaryFile.read(path).rows())
    ]
    if len(paths) == 1:
        return paths[0]
    found = ", ".join(map(str, paths)) or "no glossary"
    raise GlossaryError(
        _("{source!r} stands in {found}").format(source=source, found=found), hint=_("Name the file: -g FILE.")
    )


def report_losses(losses: Sequence[Loss]) -> None:
    """List on stderr what a format could not hold."""
    for loss in losses:
        click.echo(str(loss), err=True)
    if losses:
        click.echo(_("{count} things that did not fit").format(count=len(losses)), err=True)
    sys.stderr.flush()
