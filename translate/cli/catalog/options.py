"""What several commands on catalogs share: arguments, reports, glossaries, formats of findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.options import F, json_option
from translate.messages import _

if TYPE_CHECKING:
    from translate.catalog.check import Finding
    from translate.glossary import Glossary


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
FORMATS = ("text", "json", "github")


def format_option(command: F) -> F:
    """Add --format and its short form --json, passed on as `format_` and `as_json`."""
    command = json_option(command)
    return click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help=_("How findings are written: lines, JSON, or annotations of GitHub's checks."),
    )(command)


def load_glossary(glossaries: Iterable[Path], file: Path, *, only: bool) -> Glossary:
    """Load the glossaries that hold for a file, then the ones given."""
    from translate.cli.settings import settings_for
    from translate.glossary import Glossary

    return Glossary.load(settings_for(file).reading(glossaries, only=only))


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file that changed; one that did not keeps its date. Return whether it was written."""
    from translate.files import write_atomic

    if path.exists() and path.read_bytes() == data:
        return False
    write_atomic(path, data)
    return True


def show_findings(path: Path, findings: Iterable[Finding], format_: str) -> None:
    """Print findings as lines or as annotations; JSON is for the caller to gather."""
    for finding in findings:
        if format_ == "github":
            click.echo(annotation(path, finding.line, finding.problem.kind, finding.problem.shown, finding.fatal))
        elif format_ == "text":
            level = _("fault") if finding.fatal else _("doubt")
            click.echo(f"{path}:{finding.line}: {level}: {finding.problem.kind}: {finding.problem.shown}")


def annotation(path: Path | str, line: int, kind: str, message: str, fatal: bool) -> str:
    """Write a workflow command that GitHub shows beside the line.

    Source: GitHub documentation, “Workflow commands for GitHub Actions”.
    """

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    level = "error" if fatal else "warning"
    return f"::{level} file={value(Path(path).as_posix())},line={line},title={value(kind)}::{data(message)}"


def as_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding for a JSON report."""
    return {
        "line": finding.line,
        "fatal": finding.fatal,
        "kind": finding.problem.kind,
        "message": finding.problem.shown,
        "msgid": finding.key.msgid if finding.key else None,
        "msgctxt": finding.key.msgctxt if finding.key else None,
    }
