"""`tolmach catalog stats`: how far catalogs are."""

from __future__ import annotations

from pathlib import Path

import click

from translate.cli.catalog.options import FILE, json_option, print_json
from translate.cli.failures import Several
from translate.messages import _


@click.command(
    help=_("Count what is translated.\n\n\b\nExample:\n  tolmach catalog stats ru.po kk.po"),
    short_help=_("Count what is translated."),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@json_option
def stats(*, files: tuple[Path, ...], as_json: bool) -> int:
    """Print a line a file."""
    rows = []
    several = Several()
    for path in files:
        with several.passing():
            rows.append(counts(path))
    if as_json:
        print_json(rows)
        return several.code
    for row in rows:
        click.echo(line(row))
    return several.code


def counts(path: Path) -> dict[str, int | str]:
    """Return a file's counts, for a line or a report."""
    from translate.catalog import read_catalog
    from translate.catalog.state import state

    return {"file": str(path), **state(read_catalog(path, tolerant=True)).as_dict()}


def line(row: dict[str, int | str]) -> str:
    """Put a file's counts into words."""
    return _(
        "{file}: {translated} of {entries} translated ({percent} %), {fuzzy} fuzzy, {empty} empty, "
        "{obsolete} obsolete; {words} source words"
    ).format(**row)
