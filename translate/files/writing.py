"""A file written whole or not at all, whatever happens to the process or the machine meanwhile.

Ordinary files are replaced: a temporary file in the same folder, fsync, rename, fsync of the folder. A device, a pipe
or a descriptor of the shell (/dev/stdout, `>(…)`) is written straight into: a rename would put a file in its place.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from translate.errors import FileError

try:
    import fcntl
except ImportError:  # Windows, which deletes no open file, so that nothing needs a lock to stay
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".tolmach.tmp"
"""Ends the name of every temporary file, so that one left by a kill is known for ours."""

_MOST_LINKS = 40  # as Linux follows
_DESCRIPTOR = re.compile(r"/(?:proc/(\w+)(?:/task/\d+)?|dev)/fd/(\d+)")
_log = logging.getLogger(__name__)


class ChangedError(Exception):
    """The file holds something else than it was expected to; nothing has been written.

    Args:
        now: what it holds.
    """

    def __init__(self, now: bytes) -> None:
        super().__init__("the file has changed")
        self.now = now


def write_atomic(path: str | Path, data: bytes | str | Iterable[bytes], *, expecting: bytes | None = None) -> None:
    """Write the whole file or leave the old one.

    The old file's mode, owner, extended attributes and access lists go over to the new one; what cannot be kept is
    logged as a warning, as are hard links, whose other names keep the old text. Temporary files that killed runs left
    in the folder are removed.

    Args:
        path: the file to write; its folder must exist. A symbolic link is followed. What is no regular file (a
            device, a pipe, /dev/stdout) is written straight into.
        data: text is written as UTF-8 with its line ends as they are; of pieces one at a time is held in memory.
        expecting: what the file must still hold at the last moment before the rename; b"" for none.

    Raises:
        OSError: the folder is missing, the file or its folder is read-only, no room, a loop of links; the old file is
            untouched.
        FileError: the text has a character that no UTF-8 file can hold.
        ChangedError: the file holds something else than `expecting`.
    """
    raw = [_encoded(data, path)] if isinstance(data, str) else [data] if isinstance(data, bytes) else data
    descriptor = _descriptor(path)
    if descriptor is not None:
        _write_to(descriptor, raw)
        return
    try:
        old: os.stat_result | None = Path(path).stat()
    except FileNotFoundError:
        old = None
    if old is None or stat.S_ISREG(old.st_mode):
        _replace(Path(path), Path(os.path.realpath(path)), raw, old, expecting)
    elif stat.S_ISDIR(old.st_mode) or stat.S_ISBLK(old.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(old.st_mode) else errno.EPERM
        raise OSError(code, os.strerror(code), str(path))
    else:
        _write_to(os.open(path, os.O_WRONLY), raw)


def beside(path: Path, ending: str) -> Path:
    """Return a hidden name beside a file, short enough wherever the file's own name is."""
    return path.with_name(f".{shortened(path.name)}{ending}")


def shortened(name: str) -> str:
    """Return a name that leaves room for an ending: at most 100 bytes; a cut one carries a sum of the whole."""
    raw = os.fsencode(name)
    if len(raw) <= 100:
        return name
    import zlib

    return f"{raw[:90].decode('utf-8', 'ignore')}~{zlib.crc32(raw):08x}"


def read_only(path: str | Path) -> bool:
    """Tell whether who runs this may not write a file, though the folder would let it be replaced."""
    return not os.access(path, os.W_OK)


def _encoded(text: str, path: str | Path) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        message = f"half a character (U+{ord(text[error.start]):04X}) in line {line} of what is to be written"
        raise FileError(message, path=path, hint="The input is damaged there; mend it and try again.") from None


def _descriptor(path: str | Path) -> int | None:
    """Return a duplicate of the process's own descriptor that a path names, None where it names none.

    /dev/stdout is a link to it, and where the shell has redirected it to a file, a further link leads to that file:
    replacing it would take it from under the shell, opening it anew would write over what stands there.
    """
    at = Path(path).absolute()
    for _ in range(_MOST_LINKS):
        at = Path(os.path.realpath(at.parent)) / at.name
        if (named := _DESCRIPTOR.fullmatch(str(at))) and named[1] in (None, "self", str(os.getpid())):
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
            return os.dup(int(named[2]))
        try:
            at = at.parent / at.readlink()
        except OSError:
            return None
    return None


def _write_to(descriptor: int, raw: Iterable[bytes]) -> None:
    with open(descriptor, "wb") as file:
        file.writelines(raw)


def _replace(
    path: Path, target: Path, raw: Iterable[bytes], old: os.stat_result | None, expecting: bytes | None
) -> None:
    if old is not None and read_only(target):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    try:
        _sweep(target.parent)
        with _temporary(target) as (descriptor, name):
            with open(descriptor, "wb", closefd=False) as file:
                file.writelines(raw)
            _take_over(descriptor, target, path, old)
            os.fsync(descriptor)
            if expecting is not None and (now := _content(target)) != expecting:
                raise ChangedError(now)
            Path(name).replace(target)
        _sync_folder(target.parent)
    except OSError as error:  # the user knows nothing of a temporary file
        raise type(error)(error.errno, error.strerror, str(path)) from error


@contextmanager
def _temporary(target: Path) -> Iterator[tuple[int, str]]:
    """Open a temporary file beside the target, held by a lock as long as its process lives; remove it if it is left."""
    while True:
        descriptor, name = tempfile.mkstemp(prefix=f".{shortened(target.name)}.", suffix=SUFFIX, dir=target.parent)
        _lock(descriptor)
        if os.path.lexists(name) and Path(name).stat().st_ino == os.fstat(descriptor).st_ino:
            break
        os.close(descriptor)  # another process swept it away before it was locked
    try:
        yield descriptor, name
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool = True) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:  # held by its writer, or a file system without locks
        return False
    return True


def _sweep(folder: Path) -> None:
    """Remove the temporary files of killed runs: those that no living process holds."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") and entry.name.endswith(SUFFIX) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    descriptor = os.open(entry.path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
                    try:
                        if _lock(descriptor, wait=False):
                            Path(entry.path).unlink()
                    finally:
                        os.close(descriptor)


def _take_over(descriptor: int, target: Path, path: Path, old: os.stat_result | None) -> None:
    """Give a new file what the old one had: owner, mode, extended attributes (access lists are among them)."""
    if old is None:
        os.fchmod(descriptor, 0o666 & ~_umask())
        return
    lost = []
    mode = stat.S_IMODE(old.st_mode)
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(descriptor, old.st_uid, old.st_gid)
        except OSError:
            with suppress(OSError):
                os.fchown(descriptor, -1, old.st_gid)
            lost.append("owner")
            mode &= 0o1777
    os.fchmod(descriptor, mode)
    if hasattr(os, "listxattr"):
        lost += _copy_attributes(target, descriptor)
    if old.st_nlink > 1:
        lost.append(f"{old.st_nlink - 1} more name(s) (hard links), which keep the old text")
    if lost:
        _log.warning("%s: could not be kept: %s", ascii(str(path)).strip("'"), ", ".join(lost))


def _copy_attributes(target: Path, descriptor: int) -> Iterator[str]:
    try:
        names = os.listxattr(target)
    except OSError:
        return
    for name in names:
        try:
            os.setxattr(descriptor, name, os.getxattr(target, name))
        except OSError:
            if not name.startswith("security."):  # of the system, which labels the new file itself
                yield name


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _sync_folder(folder: Path) -> None:
    """Make a rename last: it stands in the folder, which is a file of its own to the disk."""
    with suppress(OSError):  # not every file system syncs folders, nor does Windows open them
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
