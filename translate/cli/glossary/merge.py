"""`tolmach glossary merge`: two editors' changes put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.glossary.options import FILE
from translate.cli.options import FOUND
from translate.messages import _

if TYPE_CHECKING:
    from translate.glossary.merging import Conflict


@click.command(
    "merge",
    help=_(
        "Put two editors' changes to one glossary together: BASE is what both began with, A yours, B theirs.\n\n"
        "Terms are compared cell by cell and aliases as a set, so that only changes to the same cell conflict. "
        "A conflict is left between markers, which no command loads, and the exit code is 5."
        "\n\n\b\nExample:\n  tolmach glossary merge base.tsv mine.tsv theirs.tsv -o mine.tsv"
        "\n\nAs a merge driver of git: tolmach glossary merge %O %A %B -o %A"
    ),
)
@click.argument("base", type=FILE)
@click.argument("ours", metavar="A", type=FILE)
@click.argument("theirs", metavar="B", type=FILE)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=_("The file to write; else stdout.")
)
@click.pass_context
def merge_command(ctx: click.Context, base: Path, ours: Path, theirs: Path, output: Path | None) -> None:
    """Merge, write, show the conflicts."""
    from translate.files import write_atomic
    from translate.glossary.editing import GlossaryFile
    from translate.glossary.merging import merge

    merged = merge(GlossaryFile.read(base), GlossaryFile.read(ours), GlossaryFile.read(theirs))
    if output:
        write_atomic(output, merged.text)
    else:
        click.echo(merged.text, nl=False)
    for conflict in merged.conflicts:
        _show(conflict)
    for comment in merged.comments_left:
        click.echo(_("comment of B not taken over: {comment}").format(comment=comment), err=True)
    ctx.exit(FOUND if merged.conflicts else 0)


def _show(conflict: Conflict) -> None:
    name = conflict.source or conflict.base.get("target", "")
    if not conflict.columns:
        who = "A" if not conflict.ours else "B"
        click.echo(_("{name}: removed in {who}, changed in the other").format(name=name, who=who), err=True)
    for column in conflict.columns:
        versions = [cells.get(column, "") for cells in (conflict.base, conflict.ours, conflict.theirs)]
        message = _("{name}: {column} was {base!r}, is {ours!r} in A and {theirs!r} in B")
        click.echo(
            message.format(name=name, column=column, base=versions[0], ours=versions[1], theirs=versions[2]), err=True
        )
