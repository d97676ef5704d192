"""A folder of installed models, changed so that a kill at any moment leaves every model whole, old or new.

What is made lies in a workshop beside the shelf until it is whole and takes its place by one rename; what it replaces,
or what is removed, is renamed first and deleted after.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from translate.engines import seals
from translate.errors import EngineError
from translate.messages import _

_LOCK = ".tolmach.lock"
BENCH = ".tolmach-install-"
"""Begins the name of a workshop."""
_ASIDE = ".tolmach-old-"  # begins the name of a model that a new one takes the place of; hidden: it is not installed
_GRAVE = ".removed-"


@contextmanager
def workshop(shelf: Path) -> Iterator[Path]:
    """Give a temporary folder on the same file system, outside the shelf if possible, and take it away after.

    The shelf is locked as long. Argos raises on any folder among its packages without metadata.json, a half-extracted
    one too.
    """
    from filelock import FileLock

    outside = shelf.parent.stat().st_dev == shelf.stat().st_dev and os.access(shelf.parent, os.W_OK)
    home = shelf.parent if outside else shelf
    with FileLock(shelf / _LOCK):
        restore(shelf)
        for left in home.glob(f"{BENCH}*"):  # by a killed run
            shutil.rmtree(left, ignore_errors=True)
        bench = Path(tempfile.mkdtemp(prefix=BENCH, dir=home))
        try:
            yield bench
        finally:
            shutil.rmtree(bench, ignore_errors=True)


def put(made: Path, place: Path) -> None:
    """Put a model at its place; the old one lies beside it until the new one does, so that a kill loses neither."""
    old = place.with_name(_ASIDE + place.name)
    if place.exists():
        place.rename(old)
    try:
        made.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def restore(shelf: Path) -> None:
    """Mend what a killed installation or removal left: an old model goes back to its place if no new one is there.

    Args:
        shelf: its lock is held by the caller.
    """
    for old in shelf.glob(f"{_ASIDE}*"):
        place = old.with_name(old.name.removeprefix(_ASIDE))
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(place)
    for grave in shelf.glob(f"{_GRAVE}*"):
        shutil.rmtree(grave, ignore_errors=True)


def clear(shelf: Path) -> None:
    """Mend what killed runs left on a shelf, if there is any: a removal cut off holds the room of a whole model."""
    from filelock import FileLock

    if any(shelf.glob(f"{_ASIDE}*")) or any(shelf.glob(f"{_GRAVE}*")):
        with suppress(OSError), FileLock(shelf / _LOCK):
            restore(shelf)


def remove(folder: Path) -> None:
    """Take a model off its shelf: renamed first, so that no other process finds half of it.

    Raises:
        EngineError: no right to.
    """
    from filelock import FileLock

    shelf = folder.parent
    try:
        with FileLock(shelf / _LOCK):
            restore(shelf)
            grave = Path(tempfile.mkdtemp(prefix=_GRAVE, dir=shelf))
            folder.rename(grave / folder.name)
            shutil.rmtree(grave)
    except OSError as error:
        raise EngineError(_("cannot remove: {what}").format(what=error.strerror or error), path=folder) from error


def folders(shelf: Path) -> Iterator[Path]:
    """Yield the folders of the models on a shelf, by name."""
    try:
        found = sorted(shelf.iterdir())
    except OSError:
        return
    for path in found:
        new = path.with_name(path.name.removeprefix(_ASIDE))
        # an installation that was killed between its two renames has left the old model aside
        hidden = path.name.startswith(".") and (new == path or new.exists())
        if path.is_dir() and not hidden:
            yield path


def checksums(folder: Path) -> dict[str, str]:
    """Return path below a folder → SHA-256 for all its files."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): seals.digest([path]) for path in paths}
