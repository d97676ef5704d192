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


def json_option(command: F) -> F:
    """Add --json, passed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=_("Write JSON to standard output."))(command)


def print_json(value: object) -> None:
    """Print a value as indented JSON, Cyrillic as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))
