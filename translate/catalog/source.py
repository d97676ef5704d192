"""A catalog's bytes as text: decoded by the charset its header names, and encoded back to the very same bytes."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from translate.errors import CatalogError
from translate.messages import _

# What a template says before a translator chose a charset (xgettext writes it).
PLACEHOLDER = "CHARSET"

# Python codecs that are not charsets of a file.
_NOT_CHARSETS = {"unicode_escape", "raw-unicode-escape", "unicode-escape", "raw_unicode_escape", "undefined", "idna"}

_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))

# The header is an entry with an empty msgid; it need not be the first, and its charset may stand on a folded line.
# Lines are taken whole, since a Shift-JIS letter may end in the byte of a backslash or a quote.
_HEADER = re.compile(
    rb'^[ \t]*msgid[ \t]*""[ \t\r]*\n(?:[ \t]*(?:#[^\n]*)?\r*\n)*[ \t]*msgstr[ \t]*"[^\n]*(?:\n[ \t]*"[^\n]*)*', re.M
)
_CHARSET = re.compile(r'charset[ \t]*=[ \t]*([^\s";\\]+)', re.I)
_FOLD = re.compile(r'"[ \t\r]*\n[ \t]*"')


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, any range of which can be turned back into the bytes it came from.

    Encoding the decoded text again is not enough: Shift-JIS has two codes for some letters, and files carry stray
    bytes of another charset in their comments. Lines that would come back changed are kept as bytes beside the text.

    Args:
        text: the file decoded, without its byte order mark; stray bytes are lone surrogates.
        charset: the Python codec that new text is written in.
        declared: the charset as the header spells it, "" where it names none.
        bom: the byte order mark, b"" in most files.
        odd: offset of a line in `text` → its bytes, for lines that would not encode to what they were.
        path: the file, for messages.
    """

    text: str
    charset: str
    declared: str = ""
    bom: bytes = b""
    odd: Mapping[int, bytes] = field(default_factory=dict)
    path: Path | None = None

    def encode(self, new: str) -> bytes:
        """Encode text that was not in the file.

        Raises:
            CatalogError: the file's charset lacks a letter of it.
        """
        try:
            return new.encode(self.charset)
        except UnicodeEncodeError as error:
            name = self.declared or self.charset
            raise CatalogError(
                _("the charset {name} has no {new!r}").format(name=name, new=new[error.start]),
                path=self.path,
                hint=_("Convert the file first: msgconv --to-code=UTF-8 FILE -o FILE"),
            ) from None

    def bytes_of(self, start: int, stop: int) -> bytes:
        """Return the bytes that `text[start:stop]` was read from."""
        if not self.odd:
            return self.text[start:stop].encode(self.charset, "surrogateescape")
        parts, at = [], start
        while at < stop:
            begin = self.text.rfind("\n", 0, at) + 1
            end = self.text.find("\n", at) + 1 or len(self.text)
            cut = min(end, stop)
            if begin not in self.odd:
                parts.append(self.text[at:cut].encode(self.charset, "surrogateescape"))
            else:
                raw = self.odd[begin]
                low, high = (self._offset(raw, self.text[begin:edge]) for edge in (at, cut))
                parts.append(raw[low:high])
            at = cut
        return b"".join(parts)

    def _offset(self, raw: bytes, prefix: str) -> int:
        """Return how many bytes of an odd line decode to `prefix`."""
        for codec in (self.charset, "ascii"):
            for length in range(len(raw) + 1):
                if raw[:length].decode(codec, "surrogateescape") == prefix:
                    return length
        raise CatalogError(_("a line cannot be cut between its letters"), path=self.path)


class Lines:
    """Line numbers of offsets in a text, 1-based, each found in logarithmic time."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def number(self, offset: int) -> int:
        """Return the number of the line that holds `offset`."""
        return bisect_right(self._starts, offset)


def decode(data: bytes, path: Path | None = None) -> Source:
    """Decode a catalog by the charset in its header.

    A charset that is missing, unknown, still says CHARSET, or contradicts the bytes is read as UTF-8 if the bytes are
    that. If not, a missing one is Latin-1, an unknown one ASCII with stray bytes: such a file survives edits, but takes
    only ASCII in them.

    Raises:
        CatalogError: UTF-16 or UTF-32, which no tool of gettext reads.
    """
    head = data[:4096]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or head.count(0) * 8 > len(head):
        raise CatalogError(
            _("not a text in a charset that gettext knows: it has zero bytes, as UTF-16 does"),
            path=path,
            line=1,
            hint=_("Convert the file first: iconv -f UTF-16 -t UTF-8 FILE"),
        )
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    body = data[len(bom) :]
    declared = _declared(body)
    codecs_to_try = ["utf-8"] if bom else _codecs(declared)
    for codec in codecs_to_try:
        try:
            text = body.decode(codec)
        except UnicodeError:
            continue
        if text.encode(codec) == body:
            return Source(text, codec, declared, bom, {}, path)
        return _decode_lines(body, codec, declared, bom, path)
    last = codecs_to_try[-1] if "ascii" in codecs_to_try else codecs_to_try[0]
    return _decode_lines(body, last, declared, bom, path)


def _declared(body: bytes) -> str:
    for match in _HEADER.finditer(body):
        found = _CHARSET.search(_FOLD.sub("", match.group().decode("latin-1")))
        if found:
            return found.group(1)
    return ""


def _codecs(declared: str) -> list[str]:
    """Return the Python codecs to try for a declared charset; ASCII last where Python has none that fits."""
    if declared.upper() in ("", PLACEHOLDER):
        return ["utf-8", "latin-1"]
    try:
        codec = codecs.lookup(declared).name
        plain = codec not in _NOT_CHARSETS and _PRINTABLE.encode("ascii").decode(codec) == _PRINTABLE
    except (LookupError, ValueError):
        plain = False
    if not plain:  # unknown, or one in which a quote is not one byte
        return ["utf-8", "ascii"]
    return ["utf-8"] if codec == "utf-8-sig" else [codec, "utf-8"]


def _decode_lines(body: bytes, charset: str, declared: str, bom: bytes, path: Path | None) -> Source:
    """Decode line by line, keeping the bytes of the lines that do not come back from text as they were."""
    parts: list[str] = []
    odd: dict[int, bytes] = {}
    at = 0
    for raw in re.findall(rb"[^\n]*\n|[^\n]+", body):
        try:
            line = raw.decode(charset)
            same = line.encode(charset) == raw
        except UnicodeError:
            line = raw.decode(charset, "surrogateescape")
            same = False
        if line.count("\n") != raw.count(b"\n"):  # a broken multi-byte letter that swallowed the line's end
            line = raw.decode("ascii", "surrogateescape")
        if not same:
            odd[at] = raw
        parts.append(line)
        at += len(line)
    return Source("".join(parts), charset, declared, bom, odd, path)
