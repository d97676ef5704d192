"""`tolmach catalog export` and `import`: a catalog to a translator and back."""

from __future__ import annotations

from pathlib import Path

import click

from translate.cli.catalog.options import FILE, OUT
from translate.cli.options import FOUND, json_option, print_json
from translate.cli.places import Places
from translate.errors import CatalogError
from translate.messages import _, ngettext


@click.command(
    help=_(
        "Write a catalog as a spreadsheet, or as XLIFF 1.2 for translators' programs; or its reviewed texts into a "
        "JSON message file, in the layout of the source's."
        "\n\n\b\nExamples:\n  tolmach catalog export ru.po -o ru.xlsx\n  tolmach catalog export ru.po -o ru.xlf\n"
        "  tolmach catalog export ru.po --like locales/en.json -o locales/ru.json"
    ),
    short_help=_("Write a catalog for translators (.xlsx, .csv, .xlf)."),
)
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=OUT, required=True, help=_("The file to write: .xlsx, .csv or .xlf."))
@click.option("--like", type=FILE, help=_("The source's JSON message file, for -o with .json."))
@json_option
def export(file: Path, output: Path, *, like: Path | None, as_json: bool) -> int:
    """Write the sheet."""
    from translate.catalog import read_catalog
    from translate.catalog.sheets import export as write_sheet

    if (like is None) == (output.suffix.lower() == ".json"):
        raise click.UsageError(_("a JSON message file needs --like, the source's one, and nothing else takes it"))
    Places([file, *([like] if like else [])]).claim(output)
    if like is not None:
        left = write_messages(file, like, output)
        if as_json:
            print_json({"file": str(output), "left": left})
        else:
            message = ngettext("{n} text left in English", "{n} texts left in English", left)
            click.echo(message.format(n=left), err=True)
        return FOUND if left else 0
    problems = write_sheet(read_catalog(file), output)
    if as_json:
        print_json({"file": str(output), "problems": [problem.shown for problem in problems]})
    for problem in problems:
        click.echo(f"{file}: {problem.shown}", err=True)
    return FOUND if problems else 0


def write_messages(catalog: Path, like: Path, output: Path) -> int:
    """Write a JSON message file; return how many texts stayed in the source's language."""
    from translate.catalog import read_catalog
    from translate.catalog.message_file import write
    from translate.cli.catalog.options import write_changed
    from translate.files import read_text

    written = write(read_text(like, error=CatalogError), read_catalog(catalog), like)
    write_changed(output, written.text.encode())
    return written.left


@click.command(
    "import",
    help=_(
        "Take what a translator changed in a spreadsheet or an XLIFF file into the catalog."
        "\n\nA changed text, or the status set to “done”, counts as reviewed; in XLIFF a unit that is approved or "
        "translated."
        "\n\n\b\nExamples:\n  tolmach catalog import ru.po ru.xlsx\n  tolmach catalog import ru.po ru.xlf"
    ),
    short_help=_("Take a translator's changes from a spreadsheet or XLIFF."),
)
@click.argument("file", type=FILE)
@click.argument("sheet", type=FILE)
@json_option
def import_(file: Path, sheet: Path, *, as_json: bool) -> int:
    """Change the catalog in place."""
    from translate.catalog import parse
    from translate.catalog.sheets import Imported, take
    from translate.files import edit_in_place

    taken = Imported(b"", 0)

    def changed(before: bytes) -> bytes:
        nonlocal taken
        taken = take(parse(before, file), sheet)
        return taken.data

    edit_in_place(file, changed, error=CatalogError)
    for problem in taken.problems:
        click.echo(f"{sheet}: {problem.shown}", err=True)
    if as_json:
        print_json({"file": str(file), "changed": taken.changed, "problems": [p.shown for p in taken.problems]})
    else:
        message = ngettext("{n} entry changed", "{n} entries changed", taken.changed)
        click.echo(message.format(n=taken.changed), err=True)
    return FOUND if taken.problems else 0
