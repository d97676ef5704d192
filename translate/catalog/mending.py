"""What is certainly wrong in a catalog put right: line ends, blanks, letters of another alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from translate.catalog.doubts import DIRECTIVE, DOUBLE_BLANK
from translate.catalog.editor import Editor
from translate.catalog.entry import Catalog, Entry, Key
from translate.catalog.placeholders import pieces
from translate.messages import _

_TWINS = dict(zip("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху", strict=True))
_BACK = {cyrillic: latin for latin, cyrillic in _TWINS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that was put right.

    Args:
        line: of the entry's msgid, 1-based.
        message: what was done.
        key: the entry, None for the file as a whole.
    """

    line: int
    message: str
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Mended:
    """A file put right, and what was done to it."""

    data: bytes
    mends: tuple[Mend, ...] = ()


def mend(catalog: Catalog) -> Mended:
    """Put right what is certain, in every translation.

    Args:
        catalog: read tolerantly; entries that break the grammar are left alone.
    """
    editor = Editor(catalog)
    mends: list[Mend] = []
    for entry in catalog.messages:
        if entry.broken:
            continue
        for number, before in enumerate(entry.msgstrs):
            text, done = _mended(before, entry)
            if text != before:
                editor.set_msgstr(entry, text, number)
                mends += [Mend(catalog.line(entry), message, entry.key) for message in done]
    data = editor.data()
    if catalog.source.bom:
        data = data.removeprefix(catalog.source.bom)
        mends.insert(0, Mend(1, _("the byte order mark taken away")))
    return Mended(data, tuple(mends))


def _mended(text: str, entry: Entry) -> tuple[str, list[str]]:
    if not text.strip():
        return text, []
    rules: list[tuple[str, Callable[[str, str], str]]] = [
        (_("composed letters"), lambda _source, target: unicodedata.normalize("NFC", target)),
        (_("letters of one alphabet in a word"), lambda _source, target: _one_alphabet(target)),
        (_("one blank for two"), _single_blanks),
        (_("blanks at the ends as in the source"), _edges),
        (_("line ends as in the source"), _line_ends),
    ]
    done = []
    for message, rule in rules:
        after = rule(entry.msgid, text)
        if after != text:
            done.append(message)
            text = after
    return text, done


def _one_alphabet(text: str) -> str:
    """Write each word in the alphabet that most of its letters are of, if all others have a twin in it."""
    kept = [p.span for p in pieces(text)]
    directives = [match.span() for match in DIRECTIVE.finditer(text)]

    def one(match: re.Match[str]) -> str:
        word = match.group()
        latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
        inside = any(start < match.end() and match.start() < stop for start, stop in directives)
        inside = inside or any(span.start < match.end() and match.start() < span.stop for span in kept)
        if inside or not latin or not cyrillic or latin == cyrillic:
            return word
        table = _TWINS if cyrillic > latin else _BACK
        others = (_LATIN if cyrillic > latin else _CYRILLIC).findall(word)
        if any(letter not in table for letter in others):
            return word
        return "".join(table[letter] if letter in others else letter for letter in word)

    return _WORD.sub(one, text)


def _single_blanks(source: str, target: str) -> str:
    if DOUBLE_BLANK.search(source.strip()):
        return target
    return DOUBLE_BLANK.sub(" ", target)


def _edges(source: str, target: str) -> str:
    """Take over the blanks at both ends, line ends aside; a no-break space stays."""
    for pattern in (r"^\n*([ \t]*)", r"([ \t]*)\n*$"):
        wanted, got = re.search(pattern, source), re.search(pattern, target)
        if wanted and got and bool(wanted[1]) != bool(got[1]) and source.strip():
            target = target[: got.start(1)] + wanted[1] + target[got.end(1) :]
    return target


def _line_ends(source: str, target: str) -> str:
    if source.startswith("\n") != target.startswith("\n"):
        target = "\n" + target if source.startswith("\n") else target.lstrip("\n")
    if source.endswith("\n") != target.endswith("\n"):
        target = target + "\n" if source.endswith("\n") else target.rstrip("\n")
    return target
