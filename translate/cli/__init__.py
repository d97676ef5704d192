"""The `tolmach` command: one file a command group, imported only when that command runs."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from translate import __version__
from translate.cli.failures import ABORTED, DEBUG, drop_output, tell
from translate.cli.terminal import open_streams
from translate.messages import _, translate_click

# name → module:function, one line of help: the table alone answers `tolmach --help`, so nothing heavy is imported.
COMMANDS = {
    "article": (
        "translate.cli.article:article",
        _("Translate article files into parallel English–Russian text."),
    ),
    "archive": (
        "translate.cli.archive:archive",
        _("Translate an archive: folders, dumps and lists of articles, resumed where it stopped."),
    ),
    "render": (
        "translate.cli.render:render",
        _("Write an edited parallel text in any format, without translating."),
    ),
    "memory": (
        "translate.cli.memory:memory",
        _("Keep corrections: learn, find, list, edit, import, export …"),
    ),
    "segment": ("translate.cli.segment:segment", _("Split a file into sentences.")),
    "glossary": (
        "translate.cli.glossary:glossary",
        _("Maintain glossaries: list, find, add, lint, decline, import …"),
    ),
    "check": ("translate.cli.check:check", _("Check a translation against its source.")),
    "align": ("translate.cli.align:align", _("Lay a published translation beside its source.")),
    "compare": ("translate.cli.compare:compare", _("Show what an edition says otherwise than our translation.")),
    "catalog": ("translate.cli.catalog:catalog", _("Generate, fill, merge and check gettext catalogs.")),
    "models": ("translate.cli.models:models", _("Install, list and verify translation models.")),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a user's day, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return it."""
        if cmd_name not in COMMANDS:
            return None
        module, _colon, function = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), function)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing any command."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, text) for name, (_path, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Translate English news into Russian, offline, with every name spelled and declined as the glossary says."
        "\n\n\b\nExample:\n  tolmach article story.html -o story.ru.html"
    ),
)
@click.version_option(__version__, prog_name="tolmach", help=_("Show the version and exit."))
@click.option("--debug", is_flag=True, help=_("Show where in the program an error arose; may stand anywhere."))
def cli(debug: bool) -> None:
    """Hold the commands together."""
    if debug:
        os.environ[DEBUG] = "1"


def main(args: Sequence[str] | None = None) -> None:
    """Run the command and turn every error, foreseen or not, into one clear message and an exit code."""
    # the taggers multiply small matrices: with a thread a core OpenBLAS took ten times the processor time for them
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    open_streams()
    translate_click()
    code = _run(_without_debug(sys.argv[1:] if args is None else args))
    try:
        sys.stdout.flush()
    except OSError:  # told already
        drop_output()
    sys.exit(code)


def _without_debug(args: Sequence[str]) -> list[str]:
    """Take `--debug` out wherever it stands, but behind `--`, where everything is an argument."""
    end = args.index("--") if "--" in args else len(args)
    if "--debug" in args[:end]:
        os.environ[DEBUG] = "1"
    return [arg for n, arg in enumerate(args) if n >= end or arg != "--debug"]


def _run(args: list[str]) -> int:
    try:
        code = cli.main(args, standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo(_("Aborted."), err=True)
        return ABORTED
    except BrokenPipeError:
        return ABORTED
    except Exception as error:
        return tell(error)
    return code if isinstance(code, int) else 0
