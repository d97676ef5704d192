"""`tolmach glossary list`: what is in force."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from translate.cli.glossary.options import all_glossaries
from translate.cli.options import glossary_options, json_option, print_json
from translate.messages import _


@click.command(
    "list",
    help=_(
        "List the terms in force, as glossary lines.\n\nTEXT keeps those that hold it in any spelling or note."
        "\n\n\b\nExample:\n  tolmach glossary list --kind person Бабанов"
    ),
)
@click.argument("text", default="")
@click.option("--kind", help=_("Only this kind."))
@click.option("--policy", help=_("Only this policy."))
@glossary_options
@json_option
def list_command(
    *, text: str, kind: str | None, policy: str | None, glossaries: Sequence[Path], only: bool, as_json: bool
) -> None:
    """Filter and print."""
    from translate.glossary import Glossary
    from translate.glossary.table import COLUMNS, cells_of, line_of, sort_key

    wanted = text.casefold()
    terms = [
        term
        for term in Glossary.load(all_glossaries(glossaries, only)).terms
        if kind in (None, term.kind)
        and policy in (None, term.policy.value)
        and any(wanted in cell.casefold() for cell in cells_of(term).values())
    ]
    terms.sort(key=sort_key)
    if as_json:
        print_json([cells_of(term) | {"path": str(term.path), "line": term.line} for term in terms])
        return
    columns = [*COLUMNS, *dict.fromkeys(name for term in terms for name in term.extra)]
    click.echo("\t".join(columns))
    for term in terms:
        click.echo(line_of(term, columns))
