"""`tolmach glossary lint`: what is wrong or doubtful in glossary files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from translate.cli.glossary.options import all_glossaries
from translate.cli.options import FOUND, json_option, print_json
from translate.messages import _, shown


@click.command(
    "lint",
    help=_(
        "List everything wrong or doubtful in glossary files, or in the usual ones; exit code 5 if there is any.\n\n"
        "A doubt that you have looked at goes into the line's column x-lint, by the name in square brackets."
        "\n\n\b\nExample:\n  tolmach glossary lint glossaries/"
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def lint_command(ctx: click.Context, paths: Sequence[Path], as_json: bool) -> None:
    """Lint and print."""
    from translate.glossary.linting import lint

    faults = lint(paths or all_glossaries((), only=False))
    if as_json:
        print_json([
            {"path": str(f.path), "line": f.line, "kind": f.kind, "message": shown(f.message)} for f in faults
        ])  # fmt: skip
    else:
        for fault in faults:
            click.echo(f"{fault} [{fault.kind}]")
    ctx.exit(FOUND if faults else 0)
