"""`tolmach catalog check`: faults and doubts of catalogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.catalog.options import FILE, as_dict, format_option, load_glossary, show_findings
from translate.cli.failures import Several
from translate.cli.options import FOUND, glossary_options, print_json
from translate.messages import _

if TYPE_CHECKING:
    from translate.catalog.check import Finding
    from translate.catalog.mending import Mend
    from translate.glossary import Glossary


@click.command(
    help=_(
        "Check catalogs: all that msgfmt --check refuses, and what a reader would stumble over."
        "\n\nExit code 5 where something is found. --fix first puts right what is certain: blanks and line ends at the "
        "ends, double blanks, Latin letters in Russian words, a byte order mark."
        "\n\n\b\nExamples:\n  tolmach catalog check ru.po --terms\n  tolmach catalog check ru.po --fix\n"
        "  tolmach catalog check ru.po --format github"
    ),
    short_help=_("Check placeholders, markup, plural forms, terms …"),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--terms", is_flag=True, help=_("Check terms against the glossary as well."))
@click.option("--fix", is_flag=True, help=_("Put right in the files what is certain, then check."))
@glossary_options
@format_option
def check(
    *, files: tuple[Path, ...], terms: bool, fix: bool, glossaries: tuple[Path, ...], only: bool, format_: str,
    as_json: bool,
) -> int:  # fmt: skip
    """Print the findings."""
    glossary = load_glossary(glossaries, files[0], only=only) if terms or glossaries else None
    format_ = "json" if as_json else format_
    found = 0
    report = []
    several = Several()
    for path in files:
        with several.passing():
            mends = mend_file(path) if fix else ()
            for one in mends:
                click.echo(
                    _("{file}:{line}: mended: {what}").format(file=path, line=one.line, what=one.message), err=True
                )
            findings = inspect_file(path, glossary)
            found += len(findings)
            row: dict[str, Any] = {"file": str(path), "findings": [as_dict(finding) for finding in findings]}
            report.append(row | ({"mended": [{"line": m.line, "what": m.message} for m in mends]} if fix else {}))
            show_findings(path, findings, format_)
    if format_ == "json":
        print_json(report)
    return several.code or (FOUND if found else 0)


def inspect_file(path: Path, glossary: Glossary | None = None) -> list[Finding]:
    """Check one file, however broken."""
    from translate.catalog import read_catalog
    from translate.catalog.check import check as inspect

    return inspect(read_catalog(path, tolerant=True), glossary)


def mend_file(path: Path) -> tuple[Mend, ...]:
    """Put right in a file, in place, what is certain."""
    from translate.catalog import parse
    from translate.catalog.mending import mend
    from translate.errors import CatalogError
    from translate.files import edit_in_place

    mends: tuple[Mend, ...] = ()

    def mended(before: bytes) -> bytes:
        nonlocal mends
        made = mend(parse(before, path, tolerant=True))
        mends = made.mends
        return made.data

    edit_in_place(path, mended, error=CatalogError)
    return mends
