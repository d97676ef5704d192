"""An .argosmodel archive, extracted so that a hostile or broken one does no harm.

`argostranslate.package.install_from_path` extracts in place: a killed run leaves half a package, which makes every
later start raise; a bomb fills the disk. Here the archive's directory is judged before anything is written, real bytes
are counted while writing, and the package appears at its place by one rename.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from translate.engines import seals
from translate.engines.argos.packages import ASIDE, Package, package_folder, read_package, restore
from translate.errors import EngineError

MOST_BYTES = 4 << 30
MOST_FILES = 20_000
_MOST_DIRECTORY = MOST_FILES * 1024  # bytes of the archive's own directory, read whole into memory
_DEEPEST = 16  # folders in each other; Argos's own packages have three
_CHUNK = 1 << 20

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Offered:
    """What an archive was said to be: an index may name one file and its link lead to another."""

    source: str
    target: str
    version: str


def install(archive: Path, progress: Progress = lambda size: None, *, offered: Offered | None = None) -> Package:
    """Extract an archive into Argos's package folder; a package of the same name and pair is replaced.

    Args:
        archive: a zip file with one folder in it, which holds metadata.json.
        progress: called with the number of bytes of each piece written.
        offered: what its metadata must say; None for an archive that the user has chosen.

    Raises:
        EngineError: not such an archive, or not the one offered; unsafe names, too much in it, no room; a package of
            the same name is of another pair. Nothing is left behind, and what was installed stays.
    """
    from filelock import FileLock

    where = package_folder()
    try:
        where.mkdir(parents=True, exist_ok=True)
        with FileLock(where / ".tolmach.lock"), workshop(where) as bench:
            made = extract(archive, bench / "new", progress)
            package = read_package(made)
            if package is None or package.fault:
                why = package.fault if package else "not a translation package"
                raise EngineError(f"not a usable Argos package: {why}", path=archive)
            _refuse_another(package, offered, where / made.name, archive)
            seals.seal(made, _checksums(made))
            _put(made, where / made.name)
    except OSError as error:
        raise EngineError(f"cannot install: {error.strerror or error}", path=error.filename or where) from error
    installed = read_package(where / made.name)
    assert installed is not None
    return installed


@contextmanager
def workshop(where: Path) -> Iterator[Path]:
    """Give a temporary folder on the same file system, outside `where` if possible, and take it away after.

    Argos raises on any folder in `where` without metadata.json, a half-extracted one too.
    """
    outside = where.parent.stat().st_dev == where.stat().st_dev and os.access(where.parent, os.W_OK)
    home = where.parent if outside else where
    restore(where)
    for left in home.glob(".tolmach-install-*"):  # by a killed run: the caller holds the lock
        shutil.rmtree(left, ignore_errors=True)
    bench = Path(tempfile.mkdtemp(prefix=".tolmach-install-", dir=home))
    try:
        yield bench
    finally:
        shutil.rmtree(bench, ignore_errors=True)


def _refuse_another(package: Package, offered: Offered | None, place: Path, archive: Path) -> None:
    said = (package.source, package.target, package.version)
    if offered and said != (offered.source, offered.target, offered.version):
        wanted = f"{offered.source}→{offered.target} {offered.version}"
        raise EngineError(f"offered as {wanted}, but it is {said[0]}→{said[1]} {said[2]}", path=archive)
    there = read_package(place) if place.exists() else None
    if there and not there.fault and (there.source, there.target) != said[:2]:
        raise EngineError(
            f"{place.name} is installed already and translates {there.source}→{there.target}, this {said[0]}→{said[1]}",
            path=archive,
            hint=f"If you want this one in its place: tolmach models remove {place.name}",
        )


def _put(made: Path, place: Path) -> None:
    """Put a package at its place; the old one lies beside it until the new one does, so that a kill loses neither."""
    old = place.with_name(ASIDE + place.name)
    if place.exists():
        place.rename(old)
    try:
        made.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def extract(archive: Path, where: Path, progress: Progress = lambda size: None) -> Path:
    """Extract an archive that holds one folder into an empty place.

    Returns:
        The extracted folder.

    Raises:
        EngineError: the archive is broken, unsafe or too big.
    """
    try:
        with archive.open("rb") as file:
            _check_directory_size(file, archive)
            with zipfile.ZipFile(file) as opened:
                root = _check_names(opened.infolist(), archive)
                where.mkdir()
                _write_all(opened, where, archive, progress)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, ValueError) as error:
        raise EngineError(f"not a whole .argosmodel archive: {error}", path=archive, hint="get it again") from error
    return where / root


def _check_directory_size(file: BinaryIO, archive: Path) -> None:
    """Refuse an archive whose directory alone would fill the memory: millions of empty files."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("no zip directory")
    (directory,) = struct.unpack_from("<L", tail, at + 12)
    if directory == 0xFFFFFFFF and at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        (record,) = struct.unpack_from("<Q", tail, at - 12)
        file.seek(min(record, size))
        (directory,) = struct.unpack_from("<Q", file.read(56), 40)
    if directory > _MOST_DIRECTORY:
        raise EngineError(f"more than {MOST_FILES:,} files in the archive", path=archive)
    file.seek(0)


def _check_names(entries: list[zipfile.ZipInfo], archive: Path) -> str:
    if len(entries) > MOST_FILES:
        raise EngineError(f"more than {MOST_FILES:,} files in the archive", path=archive)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise EngineError(f"more than {MOST_BYTES >> 20:,} MB unpacked", path=archive)
    seen: set[str] = set()
    roots: set[str] = set()
    for entry in entries:
        fault = _fault(entry)
        key = entry.filename.rstrip("/").casefold()
        if not fault and key in seen:
            fault = "twice in the archive"
        if fault:
            raise EngineError(f"unsafe archive: {entry.filename!r}: {fault}", path=archive)
        seen.add(key)
        roots.add(PurePosixPath(entry.filename).parts[0])
    if len(roots) != 1 or not any("/" in name for name in seen):
        raise EngineError("not an Argos package: it must hold one folder with metadata.json in it", path=archive)
    return roots.pop()


def _fault(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    parts = name.removesuffix("/").split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if name.startswith("/") or ":" in parts[0]:
        return "an absolute path"
    if any(part in {"", ".", ".."} for part in parts):
        return "leads out of its folder"
    if "\\" in name or not name.isprintable() or any(len(part.encode("utf-8", "replace")) > 255 for part in parts):
        return "not a portable file name"
    if len(parts) > _DEEPEST:
        return "too many folders in each other"
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "a link or device"
    if entry.flag_bits & 0x1:
        return "encrypted"
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "an unusual compression"
    return ""


def _write_all(opened: zipfile.ZipFile, where: Path, archive: Path, progress: Progress) -> None:
    left = MOST_BYTES
    for entry in opened.infolist():
        target = where / entry.filename
        if entry.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(entry) as source, target.open("xb") as file:
            while block := source.read(_CHUNK):
                left -= len(block)
                if left < 0:
                    raise EngineError(f"more than {MOST_BYTES >> 20:,} MB unpacked", path=archive)
                file.write(block)
                progress(len(block))
            file.flush()
            os.fsync(file.fileno())


def _checksums(folder: Path) -> dict[str, str]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): seals.digest([path]) for path in paths}


def checksum(archive: Path) -> str:
    """Return the SHA-256 of an archive."""
    with archive.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
