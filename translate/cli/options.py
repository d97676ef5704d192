"""Options and exit codes that commands of several groups share, each declared once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from translate.messages import _

F = TypeVar("F", bound=Callable[..., object])
FOUND = 5  # exit code: done, but there is something to look at


def glossary_options(command: F) -> F:
    """Add -g and --only, passed on as `glossaries` and `only`."""
    command = click.option("--only", is_flag=True, help=_("Read the -g files alone."))(command)
    return click.option(
        "-g",
        "--glossary",
        "glossaries",
        multiple=True,
        metavar="PATH",
        type=click.Path(path_type=Path),
        help=_("A glossary file or folder, read after the usual ones. May be given more than once."),
    )(command)


glob_option = click.option(
    "--glob", "pattern", default="", metavar="PATTERN", help=_("Of a folder, the files that match: '*.md'.")
)
bom_option = click.option("--bom", is_flag=True, help=_("Begin a .tsv with a byte-order mark, as Excel needs it."))
engine_option = click.option(
    "--engine", default="auto", show_default=True, help=_("auto, argos, opus, llm, draft, or another.")
)
source_option = click.option(
    "--from", "source", default="en", show_default=True, help=_("The language of the articles.")
)
target_option = click.option(
    "--to", "target", default="ru", show_default=True, help=_("The language to translate into.")
)
no_glossary_option = click.option("--no-glossary", is_flag=True, help=_("Pin no terms."))
strict_option = click.option("--strict", is_flag=True, help=_("Exit with 5 if there is any problem to look at."))
quiet_option = click.option("-q", "--quiet", is_flag=True, help=_("Print nothing but errors."))


def json_option(command: F) -> F:
    """Add --json, passed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=_("Write JSON to standard output."))(command)


def print_json(value: object) -> None:
    """Print a value as indented JSON, Cyrillic as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
