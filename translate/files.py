"""A file on disk: written atomically, and found among the data shipped with the package."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_atomic(path: str | Path, data: bytes | str) -> None:
    """Write the whole file or leave the old one: temp file in the same folder, fsync, rename.

    Args:
        path: the file to write; its folder must exist. A symbolic link is followed, permissions are kept.
        data: text is written as UTF-8 with its line ends as they are.

    Raises:
        OSError: the folder is missing or not writable; the old file is untouched.
    """
    target = Path(os.path.realpath(path))
    raw = data.encode("utf-8") if isinstance(data, str) else data
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def shipped(name: str) -> Path:
    """Return the folder `glossaries` or `locales`, in a wheel inside the package, in a checkout beside it."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
