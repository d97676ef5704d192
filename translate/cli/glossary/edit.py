"""`tolmach glossary edit`: cells of a term changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from translate.cli.glossary.options import cell_options, cells_given, holder_of, line_option, path_option
from translate.messages import _


@click.command(
    "edit",
    help=_(
        'Change cells of a term; the others stay as they are. An empty value ("") empties a cell.'
        "\n\n\b\nExample:\n  tolmach glossary edit -g own.en-ru.tsv --since 1998-05-06 Astana"
    ),
)
@click.argument("source")
@click.option("--source", "new_source", help=_("Another English spelling in place of SOURCE."))
@click.option("--target", help=_("Another Russian spelling."))
@path_option
@line_option
@cell_options
def edit_command(
    source: str, new_source: str | None, target: str | None, path: Path | None, line: int, **options: Any
) -> None:
    """Find the line and set its cells."""
    from translate.glossary.editing import edited

    cells = cells_given(options)
    cells |= {name: cell for name, cell in (("source", new_source), ("target", target)) if cell is not None}
    if not cells:
        raise click.UsageError(_("Nothing to change: give a column, such as --note."))
    path = path or holder_of(source)
    with edited(path) as file:
        at = file.change(file.pick(source, line), cells)
    click.echo(f"{path}:{at}", err=True)
