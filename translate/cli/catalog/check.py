"""`tolmach catalog check`: faults and doubts of catalogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.catalog.options import (
    FILE,
    PROBLEMS,
    as_dict,
    format_option,
    glossary_options,
    load_glossary,
    print_json,
    show_findings,
)
from translate.cli.failures import Several
from translate.messages import _

if TYPE_CHECKING:
    from translate.catalog.check import Finding
    from translate.glossary import Glossary


@click.command(
    help=_(
        "Check catalogs: all that msgfmt --check refuses, and what a reader would stumble over."
        "\n\nExit code 5 where something is found."
        "\n\n\b\nExamples:\n  tolmach catalog check ru.po --terms\n  tolmach catalog check ru.po --format github"
    ),
    short_help=_("Check placeholders, markup, plural forms, terms …"),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--terms", is_flag=True, help=_("Check terms against the glossary as well."))
@glossary_options
@format_option
def check(
    *, files: tuple[Path, ...], terms: bool, glossaries: tuple[Path, ...], only: bool, format_: str, as_json: bool
) -> int:
    """Print the findings."""
    glossary = load_glossary(glossaries, files[0], only=only) if terms or glossaries else None
    format_ = "json" if as_json else format_
    found = 0
    report = []
    several = Several()
    for path in files:
        with several.passing():
            findings = inspect_file(path, glossary)
            found += len(findings)
            report.append({"file": str(path), "findings": [as_dict(finding) for finding in findings]})
            show_findings(path, findings, format_)
    if format_ == "json":
        print_json(report)
    return several.code or (PROBLEMS if found else 0)


def inspect_file(path: Path, glossary: Glossary | None = None) -> list[Finding]:
    """Check one file, however broken."""
    from translate.catalog import read_catalog
    from translate.catalog.check import check as inspect

    return inspect(read_catalog(path, tolerant=True), glossary)
