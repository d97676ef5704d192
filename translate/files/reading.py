"""The text of a file, decoded whatever its coding, and a clear refusal of what is no text."""

from __future__ import annotations

import codecs
import itertools
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from translate.errors import ArticleError, TranslateError

LIMIT = 50_000_000
"""Bytes of the largest text file that is read; a long book is 2 MB."""

# UTF-32 before UTF-16: its little-endian mark begins with the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
)
# Tab, line feed, form feed, carriage return and the escape of old news wires are text; other controls are not.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PIECE = re.compile(rb"[^\n]{1,2000}")
_ONE_BYTE_CODINGS = ["cp1251", "cp1252", "koi8_r"]


def read_text(path: str | Path, limit: int = LIMIT, error: type[TranslateError] = ArticleError) -> str:
    """Read a text file whatever its encoding, without its byte-order mark and with every line end as a line feed.

    UTF-8 and UTF-16 are certain; what is left can only be guessed, and charset-normalizer guesses between the
    Windows codings of a newsroom's old files (cp1251, cp1252) and KOI8-R from the lines that hold such letters.
    A UTF-8 file with broken bytes is refused, not guessed at: guessing would turn every dash into three letters.

    Args:
        path: the file, or a pipe such as /dev/stdin.
        limit: bytes above which the file is refused.
        error: what to raise: the family of errors of the caller's format.

    Raises:
        TranslateError: of the type `error`: missing, a folder, empty, too large, binary or undecodable.
    """
    text = decode(read_bytes(path, limit, error), path, error).text
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with the line ends it has.

    Args:
        text: without a byte-order mark.
        coding: the name of its encoding.
        mark: its byte-order mark, b"" where it has none.
    """

    text: str
    coding: str
    mark: bytes = b""


def decode(raw: bytes, path: str | Path, error: type[TranslateError] = ArticleError) -> Decoded:
    """Decode a text file's bytes as `read_text` does.

    Args:
        raw: the whole file.
        path: its name, for the messages.
        error: what to raise.

    Raises:
        TranslateError: of the type `error`: empty, binary or undecodable.
    """
    if not raw.strip():
        raise error("the file is empty", path=path, hint="Save the text into it and try again.")
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise error(f"this is {what}, not text", path=path, hint="Save it as plain text, Markdown or HTML first.")
    found = _decoded(raw, path, error)
    if control := _CONTROLS.search(found.text):
        raise error(
            f"binary data: control character U+{ord(control[0]):04X}",
            path=path,
            line=found.text.count("\n", 0, control.start()) + 1,
            hint="Save it as plain text (UTF-8), Markdown or HTML first.",
        )
    return found


def read_bytes(path: str | Path, limit: int = LIMIT, error: type[TranslateError] = ArticleError) -> bytes:
    """Read a file whole; "-" is standard input.

    Raises:
        TranslateError: of the type `error`: missing, a folder, too large.
    """
    if str(path) == "-":
        return _at_most(sys.stdin.buffer.read(limit + 1), limit, "standard input", error)
    try:
        with Path(path).open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as cause:
        raise error(cause.strerror or str(cause), path=path, hint="Check the name and the permissions.") from cause
    except ValueError as cause:  # a NUL in the name
        raise error(str(cause), path=path) from cause
    return _at_most(raw, limit, path, error)


def _at_most(raw: bytes, limit: int, path: str | Path, error: type[TranslateError]) -> bytes:
    if len(raw) > limit:
        raise error(
            f"the file is larger than {limit / 1e6:g} MB", path=path, hint="Split it; an article is a few kilobytes."
        )
    return raw


def _decoded(raw: bytes, path: str | Path, error: type[TranslateError]) -> Decoded:
    for mark, coding in _MARKS:
        if raw.startswith(mark):
            return Decoded(_strictly(raw[len(mark) :], coding, path, error), coding, mark)
    if wide := _wide_coding(raw):
        return Decoded(_strictly(raw, wide, path, error), wide)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        if _is_mostly_utf8(raw):
            _strictly(raw, "utf-8", path, error)
    return _guessed(raw, path, error)


def _strictly(raw: bytes, coding: str, path: str | Path, error: type[TranslateError]) -> str:
    try:
        return raw.decode(coding)
    except UnicodeDecodeError as cause:
        raise error(
            f"not valid {coding.upper()} at byte {cause.start}: {cause.reason}",
            path=path,
            line=raw.count(b"\n", 0, cause.start) + 1,
            hint="The file is damaged or cut off; fetch it again, or save it as UTF-8.",
        ) from cause


def _wide_coding(raw: bytes) -> str:
    """Name the UTF-16 coding of a file without a byte-order mark: every other byte of Latin text is zero."""
    sample = raw[:4000]
    if sample.count(0) < len(sample) * 0.2:
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _is_mostly_utf8(raw: bytes) -> bool:
    """Tell damaged UTF-8 from a one-byte coding: in the latter two high bytes hardly ever form a UTF-8 sequence."""
    text = raw[:1_000_000].decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    right = sum(character > "\x7f" for character in text) - wrong
    return right > 3 * wrong


def _guessed(raw: bytes, path: str | Path, error: type[TranslateError]) -> Decoded:
    from charset_normalizer import from_bytes

    pieces = (piece[0] for piece in _PIECE.finditer(raw) if not piece[0].isascii())
    sample = b"\n".join(itertools.islice(pieces, 200))
    best = from_bytes(sample, cp_isolation=_ONE_BYTE_CODINGS, threshold=0.5).best() if sample else None
    if best is not None:
        try:
            return Decoded(raw.decode(best.encoding), best.encoding)
        except UnicodeDecodeError:
            pass
    raise error("the encoding cannot be told", path=path, hint="Save the file as UTF-8 and try again.")
