"""`tolmach catalog`: the strings of a bilingual site, kept by people and filled by the tool."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.errors import CatalogError
from translate.files import edit_in_place, write_atomic
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.catalog import Catalog
    from translate.catalog.check import Finding
    from translate.catalog.fill import Filled, Sources
    from translate.glossary import Glossary

PROBLEMS = 5  # exit code: done, but something is to be looked at

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_JSON = click.option("--json", "as_json", is_flag=True, help=_("Write the report to stdout as JSON."))
_GLOSSARY = click.option(
    "-g",
    "--glossary",
    "glossaries",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help=_("A glossary file or folder, read after the usual ones. May be given more than once."),
)
_ONLY = click.option("--only", is_flag=True, help=_("Read the --glossary files alone."))


@click.group(
    help=_(
        "Generate, fill, merge and check gettext catalogs."
        "\n\nWhat a command does not change in a file keeps every byte."
        "\n\n\b\nExample:\n"
        "  tolmach catalog extract site/ -o messages.pot\n"
        "  tolmach catalog update ru.po messages.pot\n"
        "  tolmach catalog fill ru.po\n"
        "  tolmach catalog check ru.po"
    )
)
def catalog() -> None:
    """Hold the commands together."""


@catalog.command(
    help=_(
        "Gather the texts of pages, templates and Python sources into a template."
        "\n\nA page gives its menus, buttons, headings of lists and footers, not the story in it."
        "\n\n\b\nExample:\n  tolmach catalog extract site/ templates/ app.py -o messages.pot"
    ),
    short_help=_("Gather the texts to translate into a template (.pot)."),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=_OUT, required=True, help=_("The .pot file to write."))
@click.option("--articles", is_flag=True, help=_("Take the sentences of the stories instead, an entry each."))
@click.option("--project", default="PACKAGE VERSION", help=_("Name and version for the header."))
@click.option("--no-lines", is_flag=True, help=_("Name the files of a text without its lines."))
def extract(paths: tuple[Path, ...], output: Path, articles: bool, project: str, *, no_lines: bool) -> None:
    """Extract and write; a file that would not change is left alone."""
    from translate.catalog.extract import extract as gather
    from translate.catalog.extract import template

    data = template(gather(paths, articles=articles), project, lines=not no_lines)
    if not output.exists() or output.read_bytes() != data:
        write_atomic(output, data)
    count = data.count(b"\nmsgid ")
    click.echo(ngettext("{n} text", "{n} texts", count).format(n=count), err=True)


@catalog.command(
    help=_(
        "Merge a template into a catalog."
        "\n\nAn entry whose source changed takes the most similar translation, marked fuzzy; what the template no "
        "longer has goes to the end. A catalog that does not exist is made."
        "\n\n\b\nExample:\n  tolmach catalog update ru.po messages.pot"
    ),
    short_help=_("Merge a template into a catalog."),
)
@click.argument("file", type=_OUT)
@click.argument("template", type=_FILE)
@click.option("-l", "--language", default="ru", show_default=True, help=_("The language of a new catalog."))
@_JSON
def update(file: Path, template: Path, language: str, as_json: bool) -> None:
    """Merge in place."""
    from translate.catalog import parse, read_catalog
    from translate.catalog.merge import Merged, create
    from translate.catalog.merge import update as merge

    new = read_catalog(template)
    merged = Merged(b"")

    def brought_up(before: bytes) -> bytes:
        nonlocal merged
        merged = merge(parse(before or create(new, language, file), file), new)
        return merged.data

    edit_in_place(file, brought_up, create=True, error=CatalogError)
    report = {
        "kept": merged.kept, "fuzzy": merged.fuzzied, "untranslated": merged.new,
        "obsolete": merged.obsolete, "dropped": merged.dropped,
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(report))
        return
    click.echo(
        _(
            "{kept} translated, {fuzzy} taken over as fuzzy, {untranslated} untranslated, {obsolete} now obsolete"
        ).format(**report),
        err=True,
    )


@catalog.command(
    help=_(
        "Fill the empty entries of catalogs: from the memory, from the glossary, then by an engine."
        "\n\nWhat is filled is marked fuzzy and says by whom, until somebody has reviewed it. Entries with a text are "
        "never touched."
        "\n\n\b\nExample:\n  tolmach catalog fill ru.po --engine draft"
    ),
    short_help=_("Fill the empty entries, marked for review."),
)
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("-l", "--language", help=_("The language of the catalogs. Default: what the header says, else ru."))
@click.option("--engine", default="auto", show_default=True, help=_("The engine: auto, argos, draft, or none."))
@_GLOSSARY
@_ONLY
@click.option("--no-memory", is_flag=True, help=_("Neither read nor write the translation memory."))
@click.option("--again", is_flag=True, help=_("Fill anew what an earlier run filled and nobody has reviewed."))
@_JSON
def fill(
    *, files: tuple[Path, ...], language: str | None, engine: str, glossaries: tuple[Path, ...], only: bool,
    no_memory: bool, again: bool, as_json: bool,
) -> int:  # fmt: skip
    """Fill in place."""
    from translate.catalog import parse
    from translate.catalog.fill import Filled
    from translate.catalog.fill import fill as fill_catalog
    from translate.catalog.reconciling import reconcile, theirs

    glossary = _load(glossaries, files[0], only=only)
    known: dict[str, Sources] = {}
    reports = []
    doubts = 0
    for path in files:
        filled = Filled(b"", {}, 0)

        def full(before: bytes, path: Path = path) -> bytes:
            nonlocal filled
            file = parse(before, path)
            chosen = language or file.header.get("Language", "").replace("-", "_").partition("_")[0] or "ru"
            if chosen not in known:
                known[chosen] = _sources(chosen, engine, glossary, no_memory=no_memory)
            filled = fill_catalog(file, known[chosen], again=again)
            return filled.data

        edit_in_place(path, full, alone=False, merge=partial(reconcile, choose=theirs), error=CatalogError)
        doubts += len(filled.doubts)
        reports.append(_filled(path, filled))
        if not as_json:
            _show_filled(path, filled)
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False, indent=1))
    return PROBLEMS if doubts else 0


def _load(glossaries: Iterable[Path], file: Path, *, only: bool) -> Glossary:
    from translate.cli.settings import settings_for
    from translate.glossary import Glossary

    return Glossary.load(settings_for(file).reading(glossaries, only=only))


def _sources(language: str, name: str, glossary: Glossary, *, no_memory: bool) -> Sources:
    from translate.catalog.fill import Sources
    from translate.engines import Engine, NoPairError
    from translate.memory import Memory, open_engine

    memory = None if no_memory else click.get_current_context().with_resource(Memory())
    engine: Engine | None = None
    if name != "none":
        try:
            loaded = open_engine(name, "en", language, memory)
        except NoPairError as error:
            if name != "auto":
                raise
            click.echo(_("No engine: {error}").format(error=error), err=True)
        else:
            if loaded.notice:
                click.echo(loaded.notice, err=True)
            engine = loaded.engine
    if memory is not None and memory.notice:
        click.echo(memory.notice, err=True)
    return Sources(memory, glossary, engine, language)


def _filled(path: Path, filled: Filled) -> dict[str, Any]:
    doubts = [
        {"line": d.line, "msgid": d.msgid, "kind": d.problem.kind, "message": d.problem.message} for d in filled.doubts
    ]
    return {"file": str(path), "filled": filled.by, "left": filled.left, "doubts": doubts}


def _show_filled(path: Path, filled: Filled) -> None:
    for doubt in filled.doubts:
        click.echo(f"{path}:{doubt.line}: {doubt.problem.kind}: {doubt.problem.message}", err=True)
    for by, count in sorted(filled.by.items()):
        click.echo(ngettext("{n} entry by {by}", "{n} entries by {by}", count).format(n=count, by=by), err=True)
    if filled.left:
        click.echo(
            ngettext("{n} entry left empty", "{n} entries left empty", filled.left).format(n=filled.left), err=True
        )


@catalog.command(
    help=_(
        "Check catalogs: all that msgfmt --check refuses, and what a reader would stumble over."
        "\n\nExit code 5 where something is found."
        "\n\n\b\nExample:\n  tolmach catalog check ru.po --terms"
    ),
    short_help=_("Check placeholders, markup, plural forms, terms …"),
)
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--terms", is_flag=True, help=_("Check terms against the glossary as well."))
@_GLOSSARY
@_ONLY
@_JSON
def check(files: tuple[Path, ...], *, terms: bool, glossaries: tuple[Path, ...], only: bool, as_json: bool) -> int:
    """Print the findings."""
    from translate.catalog import read_catalog
    from translate.catalog.check import check as inspect

    glossary = _load(glossaries, files[0], only=only) if terms or glossaries else None
    found = 0
    report = []
    for path in files:
        findings = inspect(read_catalog(path, tolerant=True), glossary)
        found += len(findings)
        report.append({"file": str(path), "findings": [_as_dict(finding) for finding in findings]})
        if not as_json:
            for finding in findings:
                level = _("fault") if finding.fatal else _("doubt")
                click.echo(f"{path}:{finding.line}: {level}: {finding.problem.kind}: {finding.problem.message}")
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    return PROBLEMS if found else 0


def _as_dict(finding: Finding) -> dict[str, Any]:
    return {
        "line": finding.line,
        "fatal": finding.fatal,
        "kind": finding.problem.kind,
        "message": finding.problem.message,
        "msgid": finding.key.msgid if finding.key else None,
        "msgctxt": finding.key.msgctxt if finding.key else None,
    }


@catalog.command(
    "compile",
    help=_(
        "Compile catalogs (.po) into what programs read (.mo), byte for byte as msgfmt does."
        "\n\nFuzzy and empty entries are left out."
        "\n\n\b\nExample:\n  tolmach catalog compile ru.po"
    ),
    short_help=_("Compile catalogs into .mo files."),
)
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("-o", "--output", type=_OUT, help=_("The .mo file, for one catalog. Default: beside the .po."))
def compile_(files: tuple[Path, ...], output: Path | None) -> int:
    """Write the .mo files."""
    from translate.catalog import read_catalog
    from translate.catalog.compiled import compile_catalog, verify

    if output is not None and len(files) > 1:
        raise click.UsageError(_("-o takes one catalog."))
    empty = False
    for path in files:
        file = read_catalog(path)
        data = compile_catalog(file)
        if not data:
            click.echo(_("{path}: nothing to compile").format(path=path), err=True)
            empty = True
            continue
        verify(data, file)
        target = output or path.with_suffix(".mo")
        _write(target, data, target.read_bytes() if target.exists() else b"")
    return PROBLEMS if empty else 0


@catalog.command(
    help=_("Count what is translated.\n\n\b\nExample:\n  tolmach catalog stats ru.po kk.po"),
    short_help=_("Count what is translated."),
)
@click.argument("files", nargs=-1, required=True, type=_FILE)
@_JSON
def stats(files: tuple[Path, ...], as_json: bool) -> None:
    """Print a line a file."""
    from translate.catalog import read_catalog

    rows = [{"file": str(path), **_count(read_catalog(path, tolerant=True))} for path in files]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(
            _("{file}: {translated} of {entries} translated ({percent} %), {fuzzy} fuzzy, {empty} empty, "
              "{obsolete} obsolete; {words} source words").format(**row)
        )  # fmt: skip


def _count(file: Catalog) -> dict[str, int]:
    entries = file.messages
    fuzzy = sum(e.fuzzy for e in entries)
    translated = sum(e.translated and not e.fuzzy for e in entries)
    return {
        "entries": len(entries),
        "translated": translated,
        "percent": translated * 100 // len(entries) if entries else 100,
        "fuzzy": fuzzy,
        "empty": len(entries) - fuzzy - translated,
        "obsolete": sum(e.obsolete for e in file),
        "words": sum(len(e.msgid.split()) for e in entries),
    }


@catalog.command(
    help=_(
        "Write a catalog as a spreadsheet for translators.\n\n\b\nExample:\n  tolmach catalog export ru.po -o ru.xlsx"
    ),
    short_help=_("Write a catalog as a spreadsheet (.xlsx, .csv)."),
)
@click.argument("file", type=_FILE)
@click.option("-o", "--output", type=_OUT, required=True, help=_("The sheet to write: .xlsx or .csv."))
def export(file: Path, output: Path) -> int:
    """Write the sheet."""
    from translate.catalog import read_catalog
    from translate.catalog.sheets import export as write_sheet

    problems = write_sheet(read_catalog(file), output)
    for problem in problems:
        click.echo(f"{file}: {problem.message}", err=True)
    return PROBLEMS if problems else 0


@catalog.command(
    "import",
    help=_(
        "Take what a translator changed in a spreadsheet into the catalog."
        "\n\nA changed text, or the status set to “done”, counts as reviewed."
        "\n\n\b\nExample:\n  tolmach catalog import ru.po ru.xlsx"
    ),
    short_help=_("Take a translator's changes from a spreadsheet."),
)
@click.argument("file", type=_FILE)
@click.argument("sheet", type=_FILE)
def import_(file: Path, sheet: Path) -> int:
    """Change the catalog in place."""
    from translate.catalog import parse
    from translate.catalog.sheets import Imported, take

    taken = Imported(b"", 0)

    def changed(before: bytes) -> bytes:
        nonlocal taken
        taken = take(parse(before, file), sheet)
        return taken.data

    edit_in_place(file, changed, error=CatalogError)
    for problem in taken.problems:
        click.echo(f"{sheet}: {problem.message}", err=True)
    click.echo(ngettext("{n} entry changed", "{n} entries changed", taken.changed).format(n=taken.changed), err=True)
    return PROBLEMS if taken.problems else 0


def _write(path: Path, data: bytes, before: bytes) -> None:
    """Write a file that changed; one that did not keeps its date."""
    if data != before:
        write_atomic(path, data)
