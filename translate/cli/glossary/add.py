"""`tolmach glossary add`: a term put into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from translate.cli.glossary.options import cell_options, cells_given
from translate.messages import _

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "add",
    help=_(
        "Add a term to a glossary file, at its place in the order.\n\n"
        "The file is made if it is missing. Everything else in it stays as it is, byte for byte."
        "\n\n\b\nExample:\n  tolmach glossary add -g own.en-ru.tsv --kind person --gender masc \\\n"
        '    --alias "Sadyr Zhaparov" "Sadyr Japarov" "Садыр Жапаров"'
    ),
)
@click.argument("source")
@click.argument("target")
@click.option("-g", "--glossary", "path", required=True, type=_FILE, help=_("The file to add to."))
@cell_options
def add_command(source: str, target: str, path: Path, **options: Any) -> None:
    """Check the term as a line of the file, and put it in."""
    from translate.glossary.editing import edited
    from translate.glossary.table import refuse, term_of

    cells = {"kind": "term", "policy": "pin", **cells_given(options), "source": source, "target": target}
    term, faults = term_of(cells, path)
    refuse(faults)
    with edited(path, create=True) as file:
        line = file.add(term)
    click.echo(f"{path}:{line}", err=True)
