"""Sentence segmentation by exact offsets: `text[s.start:s.stop]`; the text is never altered."""

from __future__ import annotations

from dataclasses import dataclass

import regex

_END = regex.compile(r"""[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[]*[\p{Lu}\p{N}])""")


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of a block.

    Args:
        start, stop: code points of the block's text, half-open, no blanks at either end.
        rule: name of the rule that set the end of the segment.
    """

    start: int
    stop: int
    rule: str = "end"


def split(text: str, language: str = "en") -> list[Segment]:
    """Split a text into sentences; joining the segments and the gaps between them rebuilds it."""
    cuts = [m.end() for m in _END.finditer(text)] + [len(text)]
    segments, at = [], 0
    for cut in cuts:
        piece = text[at:cut]
        if piece.strip():
            start = at + len(piece) - len(piece.lstrip())
            segments.append(Segment(start, at + len(piece.rstrip())))
        at = cut
    return segments
