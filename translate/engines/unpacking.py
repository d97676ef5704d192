"""A model's archive, zip or tar, unpacked so that a hostile or broken one does no harm.

Names are judged before anything is written under them and real bytes are counted while writing: a bomb is small only
on the disk it comes from. The caller unpacks into a workshop (`shelf`), so that nothing is left of what is refused.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from translate.errors import EngineError
from translate.messages import _

MOST_BYTES = 4 << 30
MOST_FILES = 20_000
_MOST_DIRECTORY = MOST_FILES * 1024  # bytes of a zip archive's own directory, read whole into memory
_DEEPEST = 16  # folders in each other; Argos's own packages have three
_CHUNK = 1 << 20

Progress = Callable[[int], None]


@dataclass(slots=True)
class _Unpacked:
    """What has been written of an archive, and how much more may be.

    Args:
        archive: for errors.
        where: the folder it goes to.
        progress: called with the number of bytes of each piece written.
    """

    archive: Path
    where: Path
    progress: Progress
    most: int
    written: int = 0
    names: set[str] = field(default_factory=set)

    def admit(self, name: str, fault: str = "") -> None:
        """Judge an entry's name; `fault` is what else is wrong with it."""
        fault = _fault_of(name) or fault
        key = name.rstrip("/").casefold()
        if not fault and key in self.names:
            fault = "twice in the archive"
        if fault:
            raise EngineError(_("unsafe archive: {name!r}: {fault}").format(name=name, fault=fault), path=self.archive)
        self.names.add(key)
        if len(self.names) > MOST_FILES:
            raise EngineError(
                _("more than {most_files:,} files in the archive").format(most_files=MOST_FILES), path=self.archive
            )

    def write(self, name: str, source: IO[bytes]) -> None:
        """Write an entry that has been admitted."""
        target = self.where / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            while block := source.read(_CHUNK):
                self.written += len(block)
                self.refuse_more_than(self.written)
                file.write(block)
                self.progress(len(block))
            file.flush()
            os.fsync(file.fileno())

    def refuse_more_than(self, size: int) -> None:
        """Refuse an archive of that size."""
        if size > self.most:
            raise EngineError(_("more than {most:,} MB unpacked").format(most=self.most >> 20), path=self.archive)


def unpack(archive: Path, where: Path, progress: Progress = lambda size: None, *, most: int = 0) -> None:
    """Unpack an archive into a new folder.

    Args:
        archive: zip, or tar, plain or compressed with gzip, bzip2 or xz.
        where: is made.
        progress: called with the number of bytes of each piece written.
        most: bytes; 0 for `MOST_BYTES`.

    Raises:
        EngineError: the archive is broken, unsafe or too big.
    """
    try:
        with archive.open("rb") as file:
            done = _Unpacked(archive, where, progress, most or MOST_BYTES)
            if is_zip(file):
                _unpack_zip(file, done)
            else:
                _unpack_tar(file, done)
    except _BROKEN as error:
        raise EngineError(
            _("not a whole archive: {what}").format(what=error or type(error).__name__),
            path=archive,
            hint=_("get it again"),
        ) from error


_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, EOFError, NotImplementedError,
    struct.error, ValueError,
)  # fmt: skip


def is_zip(file: BinaryIO) -> bool:
    """Tell by its first bytes whether a file is a zip archive; a broken one begins so too."""
    file.seek(0)
    start = file.read(2)
    file.seek(0)
    return start == b"PK"


def _fault_of(name: str) -> str:
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or ":" in parts[0]:
        return "an absolute path"
    if any(part in {"", ".", ".."} for part in parts):
        return "leads out of its folder"
    if "\\" in name or not name.isprintable() or any(len(part.encode("utf-8", "replace")) > 255 for part in parts):
        return "not a portable file name"
    return "too many folders in each other" if len(parts) > _DEEPEST else ""


# zip -------------------------------------------------------------------------------------------------------------


def _unpack_zip(file: BinaryIO, done: _Unpacked) -> None:
    _check_directory_size(file, done.archive)
    with zipfile.ZipFile(file) as opened:
        entries = opened.infolist()
        if len(entries) > MOST_FILES:
            raise EngineError(
                _("more than {most_files:,} files in the archive").format(most_files=MOST_FILES), path=done.archive
            )
        done.refuse_more_than(sum(entry.file_size for entry in entries))
        for entry in entries:
            done.admit(entry.filename, _fault_of_entry(entry))
        done.where.mkdir()
        for entry in entries:
            if entry.is_dir():
                (done.where / entry.filename).mkdir(parents=True, exist_ok=True)
                continue
            with opened.open(entry) as source:
                done.write(entry.filename, source)


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
        raise EngineError(
            _("more than {most_files:,} files in the archive").format(most_files=MOST_FILES), path=archive
        )
    file.seek(0)


def _fault_of_entry(entry: zipfile.ZipInfo) -> str:
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "a link or device"
    if entry.flag_bits & 0x1:
        return "encrypted"
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "an unusual compression"
    return ""


# tar -------------------------------------------------------------------------------------------------------------

_COMPRESSED: dict[bytes, Callable[[BinaryIO], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZ": bz2.BZ2File,
    b"\xfd7": lzma.LZMAFile,
}


class _Bounded:
    """A file that gives no more than a megabyte at once.

    tarfile reads an entry's extended header whole, however long that says it is.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.tell, self.seek = file.tell, file.seek

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _CHUNK:
            raise tarfile.ReadError(_("an entry's header is too long"))
        return self._file.read(size)


def _unpack_tar(file: BinaryIO, done: _Unpacked) -> None:
    start = file.read(2)
    file.seek(0)
    opened = _COMPRESSED[start](file) if start in _COMPRESSED else file
    done.where.mkdir()
    with tarfile.open(fileobj=cast(BinaryIO, _Bounded(opened)), mode="r:") as archive:
        for entry in archive:
            if entry.isdir() and entry.name in {".", "./"}:  # tar -C folder .
                continue
            name = entry.name.removeprefix("./")
            done.admit(name, "" if entry.isreg() or entry.isdir() else "a link or device")
            done.refuse_more_than(done.written + entry.size)
            if entry.isdir():
                (done.where / name).mkdir(parents=True, exist_ok=True)
            elif source := archive.extractfile(entry):
                done.write(name, source)
    rest = 0
    while block := opened.read(_CHUNK):  # up to the checksum of what is compressed
        rest += len(block)
        done.refuse_more_than(done.written + rest)
