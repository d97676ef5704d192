"""`tolmach glossary remove`: terms taken out of a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from translate.cli.glossary.options import holder_of, line_option, path_option
from translate.messages import _


@click.command(
    "remove",
    help=_(
        "Remove terms from a glossary file; comments stay."
        "\n\n\b\nExample:\n  tolmach glossary remove -g own.en-ru.tsv Pishpek"
    ),
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@path_option
@line_option
def remove_command(sources: Sequence[str], path: Path | None, line: int) -> None:
    """Find the lines and take them out."""
    from translate.glossary.editing import edited

    path = path or holder_of(sources[0])
    with edited(path) as file:
        for source in sources:
            file.remove(file.pick(source, line))
