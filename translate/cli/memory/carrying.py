"""`tolmach memory import, export`: memories in the formats of other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.memory.options import author_of, author_option, language_options, memory_option, opened_memory
from translate.cli.options import FOUND
from translate.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.exchange.units import Losses, Pair, Unit

_FORMATS = ("tmx", "tsv", "csv", "xlsx", "xliff", "po")
_OWN = (".sqlite3", ".sqlite", ".db")


@click.command(
    "import",
    help=_(
        "Take the units of another tool's memory as people's translations: TMX 1.1 to 1.4, tables (.tsv, .csv, .xlsx) "
        "with a column of each language, a workbench's files (.xlf, .xliff, .sdlxliff, .mqxliff), .po, or a memory of "
        "tolmach (.sqlite3).\n\n"
        "A unit that the memory has is left as it is. What could not be taken is counted by its reason; then the exit "
        "code is 5. An import that was stopped is begun again: nothing comes in twice."
        "\n\n\b\nExample:\n  tolmach memory import agency.tmx"
    ),
)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--format", "format_", type=click.Choice(_FORMATS), help=_("Else by the ending."))
@language_options
@author_option
@memory_option
@click.pass_context
def import_command(
    ctx: click.Context, *, files: tuple[Path, ...], format_: str | None, source: str, target: str,
    author: str | None, name: str | None,
) -> None:  # fmt: skip
    """Read one file after the other, straight into the memory."""
    from translate.exchange.units import Losses, Pair
    from translate.memory import take_in

    pair, found = Pair(source, target), False
    with opened_memory(name, writing=True) as memory:
        for file in files:
            losses = Losses()
            units = _units(file, format_ or "", pair, losses)
            done = take_in(memory, units, pair, article=file.name, author=author_of(author), progress=_progress)
            found = found or bool(len(losses))
            _report(losses)
            line = _("{file}: {added} translations taken, {known} known before")
            click.echo(line.format(file=file, added=done.added, known=done.known))
    ctx.exit(FOUND if found else 0)


def _units(file: Path, format_: str, pair: Pair, losses: Losses) -> Iterator[Unit]:
    from translate.exchange.memories import unit_format
    from translate.memory import units_of_file

    if not format_ and file.suffix.lower() in _OWN:
        return units_of_file(file, pair)
    return unit_format(file, format_).read(file, pair, losses)


@click.command(
    "export",
    help=_(
        "Write what people translated for another tool: TMX 1.4, a table (.tsv, .csv, .xlsx), .xlf (1.2) or .po.\n\n"
        "What the format cannot hold is counted by its reason on stderr; then the exit code is 5."
        "\n\n\b\nExample:\n  tolmach memory export house.tmx"
    ),
)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(_FORMATS), help=_("Else by the ending."))
@language_options
@memory_option
@click.pass_context
def export_command(
    ctx: click.Context, *, out: Path, format_: str | None, source: str, target: str, name: str | None
) -> None:
    """Write unit by unit."""
    from translate.exchange.memories import unit_format
    from translate.exchange.units import Losses, Pair
    from translate.memory import units_of

    pair, losses, written = Pair(source, target), Losses(), 0

    def counted(units: Iterator[Unit]) -> Iterator[Unit]:
        nonlocal written
        for unit in units:
            written += 1
            yield unit

    with opened_memory(name) as memory:
        unit_format(out, format_ or "").write(counted(units_of(memory, pair)), out, pair, losses)
    _report(losses)
    click.echo(_("{count} translations in {path}").format(count=written, path=out), err=True)
    ctx.exit(FOUND if len(losses) else 0)


def _report(losses: Losses) -> None:
    if len(losses):
        click.echo(str(losses), err=True)


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{done}", err=True, nl=False)
