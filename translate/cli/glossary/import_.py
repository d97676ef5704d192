"""`tolmach glossary import`: terms from the formats of other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.glossary.options import FORMATS, report_losses
from translate.cli.options import FOUND
from translate.messages import _

if TYPE_CHECKING:
    from translate.exchange import Loss
    from translate.glossary import Term


@click.command(
    "import",
    help=_(
        "Read terms from CSV, TSV, XLSX, TBX-Basic, TMX or PO, and put them into a glossary, or print them as one.\n\n"
        "A term that the glossary has with another Russian stays as it is there and is listed, unless --replace. "
        "What cannot become a term is listed too; then the exit code is 5."
        "\n\n\b\nExample:\n  tolmach glossary import agency.xlsx -g own.en-ru.tsv"
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "name", type=FORMATS, help=_("Else by the extension."))
@click.option(
    "-g", "--glossary", "path", type=click.Path(dir_okay=False, path_type=Path), help=_("The file to add to.")
)
@click.option("--replace", is_flag=True, help=_("Take the imported cells where a term is there already."))
@click.pass_context
def import_command(ctx: click.Context, file: Path, name: str | None, path: Path | None, replace: bool) -> None:
    """Read, then print or put into the file."""
    from translate.exchange import import_terms
    from translate.glossary.table import write

    imported = import_terms(file, name or "")
    losses = list(imported.losses)
    if path:
        losses += _put(imported.terms, path, replace)
    else:
        terms, twins = _once(imported.terms)
        losses += twins
        click.echo(write(terms), nl=False)
    report_losses(losses)
    ctx.exit(FOUND if losses else 0)


def _once(terms: Sequence[Term]) -> tuple[list[Term], list[Loss]]:
    """Keep the first of the terms that a glossary could not hold side by side."""
    from translate.exchange import Loss
    from translate.glossary.editing import identity
    from translate.glossary.table import cells_of

    kept: dict[str, Term] = {}
    losses: list[Loss] = []
    for term in terms:
        first = kept.setdefault(identity(cells_of(term)), term)
        if first.target != term.target:
            losses.append(Loss(term.source, "target", term.target, f"stands already as {first.target!r}"))
    return list(kept.values()), losses


def _put(terms: Sequence[Term], path: Path, replace: bool) -> list[Loss]:
    """Add the terms to a file; return those that it has already with other cells."""
    from translate.exchange import Loss
    from translate.glossary.editing import Edits, edited, identity
    from translate.glossary.table import cells_of

    losses: list[Loss] = []
    changed = 0
    edits = Edits()
    with edited(path, create=True) as file:
        rows = {identity(row.cells): row for row in file.rows()}
        known = {key: dict(row.cells) for key, row in rows.items()}
        for term in terms:
            cells = {name: cell for name, cell in cells_of(term).items() if cell}
            there = known.setdefault(identity(cells), cells)
            if there is cells:
                edits.added.append(cells)
                continue
            new = {name: cell for name, cell in cells.items() if there.get(name, "") != cell and not _usual(name, cell)}
            if new and replace:
                there.update(new)  # of a term that this import adds it is the added cells themselves
                if row := rows.get(identity(cells)):
                    edits.change(row, new)
                changed += 1
            elif new:
                losses += [
                    Loss(term.source, name, cell, f"stands already as {there.get(name, '')!r}")
                    for name, cell in new.items()
                ]
        file.apply(edits)
    counts = _("{added} terms added, {changed} changed")
    click.echo(counts.format(added=len(edits.added), changed=changed), err=True)
    return losses


def _usual(name: str, cell: str) -> bool:
    """Say whether a cell is what a table without that column means."""
    return (name, cell) in (("kind", "term"), ("policy", "pin"))
