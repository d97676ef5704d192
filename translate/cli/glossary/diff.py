"""`tolmach glossary diff`: two versions compared."""

from __future__ import annotations

from pathlib import Path

import click

from translate.cli.glossary.options import FILE
from translate.cli.options import json_option, print_json
from translate.messages import _


@click.command(
    "diff",
    help=_(
        "Show what changed between two versions of a glossary, term by term and cell by cell."
        "\n\n\b\nExample:\n  tolmach glossary diff old.en-ru.tsv new.en-ru.tsv"
    ),
)
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@json_option
def diff_command(old: Path, new: Path, as_json: bool) -> None:
    """Compare and print."""
    from translate.glossary.editing import GlossaryFile
    from translate.glossary.merging import diff

    changes = diff(GlossaryFile.read(old), GlossaryFile.read(new))
    if as_json:
        print_json([
            {"kind": c.kind, "source": c.source, "before": dict(c.before), "after": dict(c.after)} for c in changes
        ])  # fmt: skip
        return
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for change in changes:
        click.echo(f"{signs[change.kind]} {change.source or (change.after or change.before).get('target', '')}")
        for name in dict.fromkeys([*change.before, *change.after]):
            if name == "source" and change.kind != "changed":
                continue
            if change.before.get(name):
                click.echo(f"    - {name}: {change.before[name]}")
            if change.after.get(name):
                click.echo(f"    + {name}: {change.after[name]}")
