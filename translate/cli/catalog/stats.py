"""`tolmach catalog stats`: how far catalogs are."""

from __future__ import annotations

from pathlib import Path

import click

from translate.cli.catalog.options import FILE, OUT
from translate.cli.failures import Several
from translate.cli.options import json_option, print_json
from translate.cli.places import Places
from translate.messages import _


@click.command(
    help=_(
        "Count what is translated; with --page write a page that shows it, each entry and what is to be looked at."
        "\n\n\b\nExamples:\n  tolmach catalog stats ru.po kk.po\n  tolmach catalog stats ru.po --page ru.html"
    ),
    short_help=_("Count what is translated."),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--page", type=OUT, help=_("Write an HTML page with the state of the catalogs."))
@json_option
def stats(*, files: tuple[Path, ...], page: Path | None, as_json: bool) -> int:
    """Print a line a file."""
    rows = []
    several = Several()
    for path in files:
        with several.passing():
            rows.append(counts(path))
    if page is not None:
        Places(files).claim(page)
        write_page([Path(str(row["file"])) for row in rows], page)
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


def write_page(files: list[Path], target: Path) -> None:
    """Write a page with the state of catalogs, and what check finds in them."""
    from translate.catalog import read_catalog
    from translate.catalog.check import check
    from translate.catalog.state_page import Shown, page
    from translate.files import write_atomic

    catalogs = [(path, read_catalog(path, tolerant=True)) for path in files]
    write_atomic(target, page([Shown(str(path), catalog, check(catalog)) for path, catalog in catalogs]))
