"""Characters that have no place in a glossary cell: invisible ones, mixed alphabets, ragged blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from translate.glossary.term import FREE

_CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
# «Жeенбеков» with a Latin e looks right, is never found by a search and never declined.
_MIXED = re.compile(rf"[{_CYRILLIC}][\u0300-\u036f]*[{_LATIN}]|[{_LATIN}][\u0300-\u036f]*[{_CYRILLIC}]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]")
_RAGGED = re.compile(r"(?m)^[^\S\t\n]|[^\S\t\n]$|[\t|][^\S\t\n]|[^\S\t\n][\t|]|\|\||\t\||\|\t|\|$")
_RAGGED_PAIRS = (" \t", "\t ", " \n", "\n ", " |", "| ", "||", "\t|", "|\t", "|\n")
# The same searches over the file's bytes, where they cost a tenth: 11 MB in 0.1 s. What they find is looked at again.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
_INVISIBLE_BYTES = tuple(
    re.compile(pattern)
    for pattern in (
        rb"\xc2[\x80-\x9f\xad]",
        rb"\xe2\x80[\x8b-\x8f\xa8-\xae]",
        rb"\xe2\x81[\xa0-\xa4]",
        rb"\xef\xbb\xbf",
        rb"\xef\xbf\xbd",
    )
)
_ODD_BLANK_BYTES = tuple(
    re.compile(pattern)
    for pattern in (rb"\xc2[\x85\xa0]", rb"\xe2\x80[\x80-\x8a\xaf]", rb"\xe2\x81\x9f", rb"\xe3\x80\x80")
)
_SCRIPTS = bytes(
    ord("L") if (chr(code).isascii() and chr(code).isalpha()) or 0xC3 <= code <= 0xC9 or code == 0xE1
    else ord("C") if 0xD0 <= code <= 0xD4 or code in (0xE2, 0xEA)
    else 0x20
    for code in range(256)
)  # fmt: skip
_INNER_BYTES = bytes(range(0x80, 0xC0)) + b"\xcc\xcd"  # the rest of a letter, and combining marks


def suspects(raw: bytes, text: str, lines: Sequence[str]) -> set[int]:
    """Return the 0-based lines that need a look at each cell, found by searches over the whole file."""
    found: set[int] = set()
    if len(raw.translate(None, _CONTROLS)) < len(raw) or any(p.search(raw, 3) for p in _INVISIBLE_BYTES):
        found |= {n for n, line in enumerate(lines) if _INVISIBLE.search(line)}
    scripts = raw.translate(_SCRIPTS, _INNER_BYTES)
    if b"LC" in scripts or b"CL" in scripts:
        found |= {n for n, line in enumerate(lines) if _MIXED.search(line)}
    if any(pair in text for pair in _RAGGED_PAIRS) or any(p.search(raw) for p in _ODD_BLANK_BYTES):
        found |= {n for n, line in enumerate(lines) if _RAGGED.search(line)}
    if not unicodedata.is_normalized("NFC", text):
        found |= {n for n, line in enumerate(lines) if not unicodedata.is_normalized("NFC", line)}
    return found


def doubts(columns: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
    """Return what is wrong with the characters of a row's cells."""
    wrong: list[tuple[str, str]] = []
    for name, cell in zip(columns, row, strict=False):
        for character in sorted(set(_INVISIBLE.findall(cell))):
            label = unicodedata.name(character, "control character")
            wrong.append(("character", f"{name} holds the invisible character U+{ord(character):04X} ({label})"))
        if cell != cell.strip() or (
            name == "aliases" and any(a != a.strip() or not a for a in cell.split("|")) and cell
        ):
            wrong.append(("blank", f"{name} has a blank at an edge or an empty alias: {cell!r}"))
        if not unicodedata.is_normalized("NFC", cell):
            wrong.append(("nfc", f"{name} is not in Unicode normal form C: {cell!r}"))
        mixed = _MIXED.search(cell)
        if mixed and name not in ("note", "origin") and not name.startswith(FREE):
            word = _word_at(cell, mixed.start())
            latin = " ".join(c for c in word if re.match(rf"[{_LATIN}]", c))
            wrong.append(("mixed-script", f"{name} mixes Latin and Cyrillic letters in {word!r} (Latin: {latin})"))
    return wrong


def _word_at(cell: str, at: int) -> str:
    return next(m.group() for m in re.finditer(r"\w+", cell) if m.start() <= at < m.end())
