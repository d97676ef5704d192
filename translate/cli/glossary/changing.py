"""`tolmach glossary add, edit, remove`: files changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from translate.cli.glossary.options import all_glossaries, cell_options, cells_given
from translate.errors import GlossaryError
from translate.messages import _

_FILE = click.Path(dir_okay=False, path_type=Path)
_line_option = click.option("--line", type=int, default=0, help=_("The line, where a source stands more than once."))
_path_option = click.option(
    "-g", "--glossary", "path", type=_FILE, help=_("The file; without it, the one that holds the term.")
)


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
@_path_option
@_line_option
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
    path = path or _holder(source)
    with edited(path) as file:
        at = file.change(file.pick(source, line), cells)
    click.echo(f"{path}:{at}", err=True)


@click.command(
    "remove",
    help=_(
        "Remove terms from a glossary file; comments stay."
        "\n\n\b\nExample:\n  tolmach glossary remove -g own.en-ru.tsv Pishpek"
    ),
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_path_option
@_line_option
def remove_command(sources: Sequence[str], path: Path | None, line: int) -> None:
    """Find the lines and take them out."""
    from translate.glossary.editing import edited

    path = path or _holder(sources[0])
    with edited(path) as file:
        for source in sources:
            file.remove(file.pick(source, line))


def _holder(source: str) -> Path:
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
    raise GlossaryError(f"{source!r} stands in {found}", hint=_("Name the file: -g FILE."))
