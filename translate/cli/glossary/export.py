"""`tolmach glossary export`: the terms in the formats of other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from translate.cli.glossary.options import FORMATS, all_glossaries, report_losses
from translate.cli.options import FOUND, glossary_options
from translate.cli.places import Places
from translate.messages import _

_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "export",
    help=_(
        "Write the terms in force as CSV, XLSX, TBX-Basic, TMX or PO.\n\n"
        "What the format cannot hold is listed on stderr, and the exit code is 5."
        "\n\n\b\nExample:\n  tolmach glossary export terms.xlsx"
    ),
)
@click.argument("out", type=_OUT)
@click.option("--format", "name", type=FORMATS, help=_("Else by the extension; tbx is version 3, tbx2 version 2."))
@click.option("--kind", help=_("Only this kind."))
@glossary_options
@click.pass_context
def export_command(
    ctx: click.Context, *, out: Path, name: str | None, kind: str | None, glossaries: Sequence[Path], only: bool
) -> None:
    """Load, write, list the losses."""
    from translate.exchange import export_terms
    from translate.glossary import Glossary
    from translate.glossary.book import files_of

    found = all_glossaries(glossaries, only)
    Places(files_of(found)).claim(out)
    terms = [term for term in Glossary.load(found).terms if kind in (None, term.kind)]
    losses = export_terms(terms, out, name or "")
    report_losses(losses)
    click.echo(_("{count} terms in {path}").format(count=len(terms), path=out), err=True)
    ctx.exit(FOUND if losses else 0)
