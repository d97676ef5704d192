"""The one way to edit a file in place: two writers, or a writer and an editor, never undo each other.

A lock holds off our own processes; an editor knows no lock, so the file is read again at the last moment. If it has
changed by then, the change is made anew on what stands there, or both are merged, or the edit is refused and its
result kept beside the file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from translate.errors import FileError, TranslateError
from translate.files.writing import ChangedError, beside, read_only, shortened, write_atomic

PATIENCE = 60.0
"""Seconds to wait for another process that edits the same file."""

_ATTEMPTS = 5  # at a file that changes each time we look

Work = Callable[[bytes], bytes]
Merge = Callable[[bytes, bytes, bytes], bytes | None]
"""Of what the file held when it was read, what we made of it, and what it holds now; None where both cannot stand."""


@dataclass(slots=True)
class Held:
    """A file that is locked for an edit.

    Args:
        path: the real file, links followed.
        before: what it holds, b"" where there is none yet.
        error: the family of errors of the caller's format.
    """

    path: Path
    before: bytes
    error: type[TranslateError]

    def replace(self, after: bytes, merge: Merge | None = None) -> bool:
        """Write the new content; return False, and write nothing, where it would not change.

        Args:
            after: made of `before`.
            merge: what to do where another program has changed the file since; without it the edit is refused.

        Raises:
            TranslateError: of the type `error`: the file has changed and cannot be merged. It is untouched, and
                `after` is kept beside it.
            OSError: it cannot be written; it is untouched.
        """
        for _ in range(_ATTEMPTS):
            if after == self.before:
                return False
            try:
                write_atomic(self.path, after, expecting=self.before)
            except ChangedError as changed:
                merged = merge(self.before, after, changed.now) if merge else None
                if merged is None:
                    break
                self.before, after = changed.now, merged
            else:
                return True
        kept = _free_name(self.path)
        write_atomic(kept, after)
        raise self.error(
            "another program has changed the file meanwhile, and both changes cannot stand",
            path=self.path,
            hint=f"The file is untouched; this edit is kept in {kept}.",
        )


@contextmanager
def held(path: str | Path, *, create: bool = False, error: type[TranslateError] = FileError) -> Iterator[Held]:
    """Lock a file for an edit; the lock is a hidden file beside the real one, gone afterwards.

    Args:
        path: the file; a symbolic link is followed before anything is locked or read.
        create: it need not exist.
        error: what to raise: the family of errors of the caller's format.

    Raises:
        TranslateError: of the type `error`: missing, no ordinary file, read-only, or held by another process.
    """
    from filelock import FileLock, Timeout

    real = Path(os.path.realpath(path))
    if not real.parent.is_dir():
        raise error("no such folder", path=Path(path).parent)
    _refuse(Path(path), create, error)
    name = beside(real, ".lock")
    lock = FileLock(name, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise error("another process is editing it", path=path, hint="Try again when it is done.") from None
    except OSError as cause:
        raise error(f"cannot be locked: {cause.strerror or cause}", path=path) from cause
    try:
        _refuse(Path(path), create, error)
        yield Held(real, real.read_bytes() if real.exists() else b"", error)
    finally:
        with suppress(OSError):
            name.unlink()  # while it is held: who waits for it finds it without a name, and begins anew
        lock.release()


def edit_in_place(
    path: str | Path,
    work: Work,
    *,
    create: bool = False,
    alone: bool = True,
    merge: Merge | None = None,
    error: type[TranslateError] = FileError,
) -> bool:
    """Edit a file: locked, read, worked on, written whole if nobody has changed it meanwhile.

    Args:
        path: the file.
        work: makes the new content of the old one; raises to leave the file as it is.
        create: the file need not exist; `work` is given b"".
        alone: hold the lock while working. False for work of minutes, which would shut everybody else out: then the
            lock is taken to write only, and `merge` brings in what others did.
        merge: where the file has changed meanwhile; without it `work` is done anew on what it holds now.
        error: what to raise: the family of errors of the caller's format.

    Returns:
        Whether the file was changed.

    Raises:
        TranslateError: of the type `error`: it cannot be edited, see `held` and `Held.replace`.
        OSError: it cannot be read or written.
    """
    again: Merge = merge or (lambda _before, _after, now: work(now))
    if alone:
        with held(path, create=create, error=error) as file:
            return file.replace(work(file.before), again)
    _refuse(Path(path), create, error)
    real = Path(os.path.realpath(path))
    before = real.read_bytes() if real.exists() else b""
    after = work(before)
    with held(path, create=create, error=error) as file:
        file.before = before
        return file.replace(after, again)


def _refuse(path: Path, create: bool, error: type[TranslateError]) -> None:
    """Raise where a path is no file that can be edited in place."""
    try:
        state = path.stat()
    except FileNotFoundError:
        if create:
            return
        raise error("no such file", path=path) from None
    except OSError as cause:
        raise error(cause.strerror or str(cause), path=path) from cause
    if stat.S_ISDIR(state.st_mode):
        raise error("a folder, not a file", path=path)
    if not stat.S_ISREG(state.st_mode):
        raise error("not an ordinary file, and cannot be edited in place", path=path)
    if read_only(path):
        raise error("the file is read-only", path=path, hint="Allow writing first: chmod u+w FILE")


def _free_name(path: Path) -> Path:
    name = shortened(path.name)
    tries = (path.with_name(f"{name}.mine{number or ''}") for number in range(1_000_000))
    return next(found for found in tries if not os.path.lexists(found))
