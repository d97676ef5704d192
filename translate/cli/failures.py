"""The one place that turns what went wrong into a message and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from translate.errors import TranslateError
from translate.messages import _, shown

ABORTED, USAGE, BAD_FILE, UNFORESEEN = 1, 2, 3, 6
DEBUG = "TOLMACH_DEBUG"
"""The variable of the environment that `--debug` sets: tracebacks are shown."""


def tell(error: BaseException) -> int:
    """Say in one line what went wrong, in a second one what to do; return the exit code."""
    if os.environ.get(DEBUG) and not isinstance(error, click.ClickException):
        import traceback

        traceback.print_exception(error)
    match error:
        case click.ClickException():
            error.show()
            return error.exit_code
        case TranslateError():
            _say(str(error).removesuffix(error.message) + shown(error.message), shown(error.hint))
            return error.exit_code
        case OSError():
            name = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
            _say(f"{name}{error.strerror or error}")
            return BAD_FILE
        case MemoryError():
            _say(_("the memory of this machine does not suffice"), _("Split the file and try again."))
            return BAD_FILE
        case RecursionError():
            _say(_("nested too deeply: something in the file stands in hundreds of others of its kind"))
            return BAD_FILE
        case _:
            reason = f"{type(error).__name__}: {error}".strip(": ").splitlines()[0]
            _say(
                _("an unforeseen fault: {reason}").format(reason=f"{reason:.200}"),
                _("Please report it, with what --debug shows and the file if you may."),
            )
            return UNFORESEEN


def _say(message: str, hint: str = "") -> None:
    click.echo(f"tolmach: {message}", err=True)
    if hint:
        click.echo(f"  {hint}", err=True)


class Several:
    """A run over several files: what goes wrong with one is told and is no matter of the next."""

    def __init__(self) -> None:
        self.code = 0
        """The exit code of the worst failure so far, 0 for none."""

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Do the work of one file; an error in it ends that work."""
        try:
            yield
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            self.code = max(self.code, tell(error))


def drop_output() -> None:
    """Forget what is still to be written to a reader who has gone, or the interpreter complains at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
