"""`tolmach catalog sync`: all of a site's catalogs brought up to its sources, as tolmach.toml says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.catalog.check import inspect_file
from translate.cli.catalog.compile import compiled
from translate.cli.catalog.extract import show_notes
from translate.cli.catalog.fill import Openings, fill_up
from translate.cli.catalog.options import (
    annotation,
    as_dict,
    format_option,
    load_glossary,
    show_findings,
    write_changed,
)
from translate.cli.catalog.stats import counts, line
from translate.cli.catalog.update import bring_up
from translate.cli.catalog.update import report as update_report
from translate.cli.catalog.update import show as show_update
from translate.cli.options import FOUND, print_json
from translate.messages import _

if TYPE_CHECKING:
    from translate.catalog.check import Finding
    from translate.catalog.project import Project


@click.command(
    help=_(
        "Bring a site's catalogs up to its sources: extract, update, fill, check and compile, as the [catalog] table "
        "of tolmach.toml says."
        "\n\nWith --check nothing is written, and the exit code is 5 where a template, a catalog or a .mo file lags "
        "behind, or a catalog has a fault: for a hook before each commit."
        "\n\n\b\nExamples:\n  tolmach catalog sync\n  tolmach catalog sync --check"
    ),
    short_help=_("Bring all catalogs of a site up to its sources."),
)
@click.option("--check", "only_check", is_flag=True, help=_("Write nothing; exit with 5 where something lags behind."))
@click.option("--engine", help=_("Who fills what people have not: auto, argos, draft, none. Default: the settings'."))
@click.option("--no-memory", is_flag=True, help=_("Neither read nor write the translation memory."))
@format_option
def sync(*, only_check: bool, engine: str | None, no_memory: bool, format_: str, as_json: bool) -> int:
    """Run the steps language by language."""
    from translate.catalog.extract import gather, template
    from translate.catalog.project import load_project

    project = load_project(Path())
    format_ = "json" if as_json else format_
    gathered = gather([project.folder / source for source in project.sources], project.rules)
    data = template(_relative(project, gathered.found), project.project, lines=project.lines)
    if only_check:
        return _check(project, data, format_)
    if format_ == "text":
        show_notes(gathered)
    path = project.folder / project.template
    path.parent.mkdir(parents=True, exist_ok=True)
    write_changed(path, data)
    sources = Openings(
        engine or project.engine, load_glossary((), path, only=False), no_memory=no_memory
    )  # fmt: skip
    report = [_bring_up(project, path, language, sources, format_) for language in project.languages]
    if format_ == "json":
        print_json({"template": project.template, "texts": data.count(b"\nmsgid "), "catalogs": report})
    return FOUND if any(finding["fatal"] for row in report for finding in row["findings"]) else 0


def _relative(project: Project, found: Any) -> Any:
    """Name places from the settings' folder, wherever the command runs."""
    from dataclasses import replace

    prefix = project.folder.as_posix().rstrip("/") + "/"
    return [replace(one, place=one.place.replace(prefix, "", 1)) for one in found]


def _bring_up(project: Project, template: Path, language: str, sources: Openings, format_: str) -> dict[str, Any]:
    from translate.catalog import read_catalog

    path = project.catalog(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    merged = bring_up(path, read_catalog(template), language)
    filled = fill_up(path, sources.of, language)
    findings = inspect_file(path)
    if project.compile and not any(finding.fatal and finding.problem.kind != "unfinished" for finding in findings):
        data = compiled(path)
        if data:
            write_changed(path.with_suffix(".mo"), data)
    if format_ == "text":
        show_update(merged)
        for by, count in sorted(filled.by.items()):
            click.echo(_("{n} filled by {by}").format(n=count, by=by), err=True)
        click.echo(line(counts(path)))
    show_findings(path, [finding for finding in findings if finding.fatal], format_)
    return {
        **counts(path), "update": update_report(merged), "filled": filled.by,
        "findings": [as_dict(finding) for finding in findings],
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Late:
    """A file that lags behind, and behind what."""

    path: Path
    message: str


def _check(project: Project, data: bytes, format_: str) -> int:
    """Say what lags behind; write nothing."""
    path = project.folder / project.template
    late: list[_Late] = []
    if not path.exists() or path.read_bytes() != data:
        late.append(_Late(path, _("the template lags behind the sources: tolmach catalog sync")))
    findings: list[tuple[Path, Finding]] = []
    for language in project.languages:
        catalog = project.catalog(language)
        late += [_Late(catalog, message) for message in _late(catalog, data, compiles=project.compile)]
        if catalog.exists():
            findings += [(catalog, f) for f in inspect_file(catalog) if f.fatal and f.problem.kind != "unfinished"]
    for one in late:
        if format_ == "github":
            click.echo(annotation(one.path, 1, "sync", one.message, fatal=True))
        elif format_ == "text":
            click.echo(f"{one.path}: {one.message}")
    for place, finding in findings:
        show_findings(place, [finding], format_)
    if format_ == "json":
        rows = [{"file": str(one.path), "message": one.message} for one in late]
        print_json({"late": rows, "findings": [{"file": str(p), **as_dict(f)} for p, f in findings]})
    return FOUND if late or findings else 0


def _late(catalog: Path, template: bytes, *, compiles: bool) -> list[str]:
    """Return in what a catalog and its .mo file lag behind a template."""
    from translate.catalog import parse, read_catalog
    from translate.catalog.merge import update as merge

    if not catalog.exists():
        return [_("there is no catalog yet: tolmach catalog sync")]
    found = []
    file = read_catalog(catalog)
    if merge(file, parse(template)).data != catalog.read_bytes():
        found.append(_("the catalog lags behind the sources: tolmach catalog sync"))
    target = catalog.with_suffix(".mo")
    if compiles and (target.read_bytes() if target.exists() else b"") != compiled(catalog):
        found.append(_("the .mo file lags behind the catalog: tolmach catalog compile"))
    return found
