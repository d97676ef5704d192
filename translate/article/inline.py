"""Running text with inline markup, gathered piece by piece into plain text and marks over it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

from translate.article.blocks import Block, BlockKind, Mark
from translate.article.kept import kept_spans
from translate.spans import Span

_BLANKS = regex.compile(r"[\s\p{Z}\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    pieces: int
    kind: str
    href: str


class Inline:
    """A block in the making: `add` text, `open` and `close` markup, then take the block.

    Blanks of every kind, line breaks among them, become one blank; none stands at either end of a mark or the text.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._marks: list[Mark] = []

    def add(self, text: str) -> None:
        """Add a piece of text."""
        piece = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
        if not self._pieces or self._pieces[-1].endswith(" "):
            piece = piece.lstrip(" ")
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)

    def open(self, kind: str, href: str = "") -> None:
        """Begin a mark: "strong", "emphasis", "deleted", "code", "link" or "image"."""
        self._open.append(_Open(self._length, len(self._pieces), kind, href))

    def close(self) -> None:
        """End the mark opened last, if any is open."""
        if not self._open:
            return
        begun = self._open.pop()
        piece = "".join(self._pieces[begun.pieces :])
        start = begun.start + len(piece) - len(piece.lstrip(" "))
        stop = begun.start + len(piece.rstrip(" "))
        if start < stop or begun.kind == "image":
            self._marks.append(Mark(Span(min(start, stop), stop), begun.kind, begun.href))

    @property
    def text(self) -> str:
        """Return the text so far."""
        return "".join(self._pieces).rstrip(" ")

    def block(self, kind: BlockKind, *, level: int = 0, ordinal: int = 0, credit: str = "") -> Block:
        """Return the block; code and everything `kept_spans` finds is kept from translation."""
        while self._open:
            self.close()
        text = self.text
        marks = tuple(sorted(self._marks, key=lambda m: (m.span.start, -m.span.stop)))
        code = [m.span for m in marks if m.kind == "code"]
        kept = [s for s in kept_spans(text) if not any(s.overlaps(c) for c in code)]
        ordered = tuple(sorted([*code, *kept], key=lambda s: s.start))
        return Block("", kind, text, level, ordinal, marks, ordered, credit)
