"""`tolmach catalog update`: a new template into a translator's catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.catalog.options import FILE, OUT
from translate.cli.options import json_option, print_json
from translate.errors import CatalogError
from translate.messages import _

if TYPE_CHECKING:
    from translate.catalog import Catalog
    from translate.catalog.merge import Merged


@click.command(
    help=_(
        "Merge a template into a catalog."
        "\n\nAn entry whose source changed takes the most similar translation, marked fuzzy; what the template no "
        "longer has goes to the end. A catalog that does not exist is made."
        "\n\n\b\nExample:\n  tolmach catalog update ru.po messages.pot"
    ),
    short_help=_("Merge a template into a catalog."),
)
@click.argument("file", type=OUT)
@click.argument("template", type=FILE)
@click.option("-l", "--language", default="ru", show_default=True, help=_("The language of a new catalog."))
@json_option
def update(file: Path, template: Path, language: str, *, as_json: bool) -> None:
    """Merge in place."""
    from translate.catalog import read_catalog

    merged = bring_up(file, read_catalog(template), language)
    if as_json:
        print_json(report(merged))
    else:
        show(merged)


def bring_up(file: Path, template: Catalog, language: str) -> Merged:
    """Merge a template into a file in place, and make the file where there is none."""
    from translate.catalog import parse
    from translate.catalog.merge import Merged, create
    from translate.catalog.merge import update as merge
    from translate.files import edit_in_place

    merged = Merged(b"")

    def brought_up(before: bytes) -> bytes:
        nonlocal merged
        merged = merge(parse(before or create(template, language, file), file), template)
        return merged.data

    edit_in_place(file, brought_up, create=True, error=CatalogError)
    return merged


def report(merged: Merged) -> dict[str, int]:
    """Return the counts for a JSON report."""
    return {
        "kept": merged.kept, "fuzzy": merged.fuzzied, "still_fuzzy": merged.waiting, "untranslated": merged.new,
        "obsolete": merged.obsolete, "dropped": merged.dropped,
    }  # fmt: skip


def show(merged: Merged) -> None:
    """Print the counts of the new file."""
    line = _("{kept} translated, {fuzzy} taken over as fuzzy, {untranslated} untranslated, {obsolete} now obsolete")
    more = "; " + _("{still_fuzzy} still fuzzy") if merged.waiting else ""
    click.echo((line + more).format(**report(merged)), err=True)
