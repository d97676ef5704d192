"""A seal on a model folder: the checksums of its files, with the sizes and times they had when they were verified.

Computing SHA-256 over 130 MB at every start takes as long as translating a sentence; a file of the same size and time
of change as when it was verified is taken for the same. Guards against damage and half-made copies, not against an
attacker who can write to the folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from translate.engines.cards import read_card
from translate.files import write_atomic

NAME = "tolmach-seal.json"
_CHUNK = 1 << 20


def seal(folder: Path, checksums: Mapping[str, str]) -> None:
    """Note checksums that have just been verified.

    Args:
        folder: holds the files.
        checksums: path below the folder → SHA-256, hexadecimal.
    """
    noted = {}
    for name, digest in checksums.items():
        state = (folder / name).stat()
        noted[name] = [state.st_size, state.st_mtime_ns, digest]
    write_atomic(folder / NAME, json.dumps(noted, indent=1, sort_keys=True) + "\n")


def sealed(folder: Path) -> dict[str, str] | None:
    """Return the checksums noted in a folder, or None where there is no seal or it cannot be read."""
    try:
        noted = read_card(folder / NAME)
        return {str(name): str(entry[2]) for name, entry in noted.items()}
    except (OSError, ValueError, AttributeError, IndexError, TypeError, KeyError):
        return None


def broken(folder: Path, *, full: bool = False) -> list[str]:
    """Return the files that no longer are what was sealed, as “name: what is wrong”.

    Args:
        folder: a sealed folder.
        full: compute every checksum again, also where size and time agree.
    """
    try:
        noted = read_card(folder / NAME)
        entries = [(str(name), int(size), int(time), str(digest)) for name, (size, time, digest) in noted.items()]
    except (OSError, ValueError, AttributeError, TypeError):
        return [f"{NAME}: missing or unreadable"]
    faults = []
    for name, size, time, checksum in entries:
        path = folder / name
        try:
            state = path.stat()
            if state.st_size != size:
                faults.append(f"{name}: {state.st_size} bytes, not {size}")
            elif (full or state.st_mtime_ns != time) and digest([path]) != checksum:
                faults.append(f"{name}: the checksum differs")
        except OSError as error:
            faults.append(f"{name}: {error.strerror or error}")
    return faults


def digest(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of files read one after another."""
    made = hashlib.sha256()
    for block in blocks(paths):
        made.update(block)
    return made.hexdigest()


def blocks(paths: Iterable[Path]) -> Iterator[bytes]:
    """Yield the bytes of files read one after another, a megabyte at a time."""
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(_CHUNK):
                yield block
