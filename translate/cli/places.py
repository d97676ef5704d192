"""Where commands write: never over what they read, nor twice to one place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import click

from translate.messages import _


class Places:
    """The files that a command reads, and those it is going to write, by what they are and not by how they are named.

    Args:
        read: the inputs.
    """

    def __init__(self, read: Iterable[str | Path] = ()) -> None:
        self._taken = {place for path in read if (place := _place(path))}

    def claim(self, path: str | Path) -> None:
        """Take a place to write to.

        Raises:
            UsageError: it is one of the inputs, by whatever name, or has been taken before.
        """
        place = _place(path)
        if place in self._taken:
            raise click.UsageError(
                _("{path} would be written over: name a folder, or use {name} in -o").format(path=path, name="{name}")
            )
        if place:
            self._taken.add(place)


def _place(path: str | Path) -> tuple[int, int] | str | None:
    """Return what a path leads to: device and number of a file that is there, else its real name.

    None for what can be written many times: a device, a pipe.
    """
    try:
        state = Path(path).stat()
    except (OSError, ValueError):
        return os.path.realpath(path)
    return (state.st_dev, state.st_ino) if stat.S_ISREG(state.st_mode) else None
