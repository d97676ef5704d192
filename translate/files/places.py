"""Names of files: how they are shown, and where the data shipped with the package lies."""

from __future__ import annotations

import os
from pathlib import Path


def shipped(name: str) -> Path:
    """Return the folder `glossaries` or `locales`, in a wheel inside the package, in a checkout beside it."""
    package = Path(__file__).parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def shown(path: str | Path) -> str:
    """Return a path as text that every file and report can hold: bytes that are not UTF-8 as `\\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
