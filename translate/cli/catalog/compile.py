"""`tolmach catalog compile`: catalogs into what programs read."""

from __future__ import annotations

from pathlib import Path

import click

from translate.cli.catalog.options import FILE, OUT, write_changed
from translate.cli.failures import Several
from translate.cli.options import FOUND, json_option, print_json
from translate.cli.places import Places
from translate.messages import _


@click.command(
    "compile",
    help=_(
        "Compile catalogs (.po) into what programs read (.mo), byte for byte as msgfmt does."
        "\n\nFuzzy and empty entries are left out."
        "\n\n\b\nExample:\n  tolmach catalog compile ru.po"
    ),
    short_help=_("Compile catalogs into .mo files."),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("-o", "--output", type=OUT, help=_("The .mo file, for one catalog. Default: beside the .po."))
@json_option
def compile_(*, files: tuple[Path, ...], output: Path | None, as_json: bool) -> int:
    """Write the .mo files."""
    if output is not None and len(files) > 1:
        raise click.UsageError(_("-o takes one catalog."))
    report = []
    several, places = Several(), Places(files)
    for path in files:
        target = output or path.with_suffix(".mo")
        places.claim(target)
        with several.passing():
            data = compiled(path)
            written = bool(data) and write_changed(target, data)
            report.append({"file": str(path), "output": str(target), "bytes": len(data), "written": written})
            if not data:
                click.echo(_("{path}: nothing to compile").format(path=path), err=True)
    if as_json:
        print_json(report)
    return several.code or (FOUND if any(not row["bytes"] for row in report) else 0)


def compiled(path: Path) -> bytes:
    """Return a catalog compiled and read back, b"" where nothing in it is translated."""
    from translate.catalog import read_catalog
    from translate.catalog.compiled import compile_catalog, verify

    file = read_catalog(path)
    data = compile_catalog(file)
    if data:
        verify(data, file)
    return data
