"""The compiled catalog (.mo) that programs read, byte for byte as GNU msgfmt writes it.

Source: GNU gettext 0.21 manual, "The Format of GNU MO Files"; the hash function is P. J. Weinberger's.
"""

from __future__ import annotations

import re
import struct
from typing import cast

from translate.catalog.entry import Catalog, Entry, Key
from translate.errors import CatalogError
from translate.messages import _

MAGIC = 0x950412DE
# Parts that a C compiler fills in (<PRIu64>); msgfmt writes such texts into tables of their own.
_SYSTEM_DEPENDENT = re.compile(r"%[^a-zA-Z<]*<(?:PRI[diouxX](?:\d+|LEAST\d+|FAST\d+|MAX|PTR))>")


def compile_catalog(catalog: Catalog) -> bytes:
    """Compile the translated, reviewed entries of a catalog.

    Left out, as msgfmt does: fuzzy and untranslated entries, obsolete ones, and the header's POT-Creation-Date, so
    that the file changes with its texts alone. Where it stops: texts with system-dependent parts in c-format entries
    (`<PRIu64>`) are left out, and entries behind a `domain` line belong to a file of their own.

    Returns:
        The file; b"" where there is nothing to compile, and msgfmt writes none.

    Raises:
        CatalogError: the file breaks the grammar or defines a message twice.
    """
    catalog.fail_on_faults()
    pairs: dict[bytes, bytes] = {}
    seen: dict[Key, Entry] = {}
    for entry in catalog.entries:
        if entry.obsolete or entry.domain:
            continue
        if entry.key in seen:
            raise CatalogError(
                _("this message is defined twice"),
                path=catalog.path,
                line=catalog.line(entry),
                hint=_("The first definition is in line {line}").format(line=catalog.line(seen[entry.key])),
            )
        seen[entry.key] = entry
        if entry.msgstr and (entry.is_header or not entry.fuzzy) and not _system_dependent(entry):
            source, target = _pair(catalog, entry)
            pairs[source] = target
    return _write(sorted(pairs.items(), key=lambda pair: pair[0].split(b"\0")[0])) if pairs else b""


def verify(data: bytes, catalog: Catalog) -> None:
    """Read a compiled catalog with polib and look for every reviewed text of its source in it.

    Raises:
        CatalogError: a text is missing or another one.
    """
    import polib

    # polib reads content as well as files, which its stubs do not say; a file for it would outlive a killed run
    read = polib.mofile(cast("str", data), encoding=catalog.source.charset)
    found = {Key(e.msgctxt, e.msgid): list(e.msgstr_plural.values()) or [e.msgstr] for e in read}
    for entry in catalog.messages:
        reviewed = entry.msgstr and not entry.fuzzy and not entry.domain and not _system_dependent(entry)
        if reviewed and found.get(entry.key) != entry.msgstrs:
            raise CatalogError(
                _("this entry does not come back from the compiled file"), path=catalog.path, line=catalog.line(entry)
            )


def _system_dependent(entry: Entry) -> bool:
    return "c-format" in entry.flags and bool(_SYSTEM_DEPENDENT.search(entry.msgid))


def _pair(catalog: Catalog, entry: Entry) -> tuple[bytes, bytes]:
    charset = catalog.source.charset

    def encode(text: str) -> bytes:
        try:
            return text.encode(charset)
        except UnicodeEncodeError:
            message = _("bytes that are not {charset} text").format(charset=catalog.source.declared or charset)
            raise CatalogError(message, path=catalog.path, line=catalog.line(entry)) from None

    source = encode(entry.msgid)
    if entry.msgctxt is not None:
        source = encode(entry.msgctxt) + b"\4" + source
    if entry.msgid_plural is not None:
        source += b"\0" + encode(entry.msgid_plural)
    target = b"\0".join(encode(text) for text in entry.msgstrs)
    if entry.is_header:
        target = re.sub(rb"(?m)^POT-Creation-Date:[^\n]*\n?", b"", target)
    return source, target


def _write(pairs: list[tuple[bytes, bytes]]) -> bytes:
    """Lay out header, the two tables of lengths and offsets, the hash table, then all sources and all targets."""
    count = len(pairs)
    size = _hash_size(count)
    sources_at = 7 * 4
    targets_at = sources_at + 8 * count
    hash_at = targets_at + 8 * count
    offset = hash_at + 4 * size
    tables: list[int] = []
    for side in (0, 1):
        for pair in pairs:
            tables += (len(pair[side]), offset)
            offset += len(pair[side]) + 1
    slots = _hash_table([source for source, _target in pairs], size)
    head = struct.pack("<7I", MAGIC, 0, count, sources_at, targets_at, size, hash_at)
    body = b"".join(pair[side] + b"\0" for side in (0, 1) for pair in pairs)
    return head + struct.pack(f"<{len(tables)}I", *tables) + struct.pack(f"<{size}I", *slots) + body


def _hash(text: bytes) -> int:
    value = 0
    for byte in text:
        value = (value << 4) + byte
        high = value & 0xF0000000
        if high:
            value ^= high >> 24
            value ^= high
    return value


def _hash_size(count: int) -> int:
    size = count * 4 // 3 | 1
    while not _is_prime(size):
        size += 2
    return max(size, 3)


def _is_prime(odd: int) -> bool:
    """Tell as msgfmt does, which takes 3 for no prime: a table for two texts has five slots."""
    divisor = 3
    while divisor * divisor < odd and odd % divisor:
        divisor += 2
    return odd % divisor != 0


def _hash_table(sources: list[bytes], size: int) -> list[int]:
    slots = [0] * size
    for number, source in enumerate(sources, 1):
        value = _hash(source.split(b"\0")[0])
        at = value % size
        step = 1 + value % (size - 2)
        while slots[at]:
            at = (at + step) % size
        slots[at] = number
    return slots
