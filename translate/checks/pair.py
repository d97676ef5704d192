"""A sentence beside its translation: what every check looks at."""

from __future__ import annotations

from dataclasses import dataclass

from translate.glossary import TermMatch
from translate.pinning import Pin


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation, as the checks see them.

    Args:
        id: of the row, for `Problem.segment`.
        source, target: NFC texts.
        matches: glossary terms found in `source`.
        pins: the terms that were placed in `target`; those need no further check.
        language: of `target`, ISO 639.
    """

    id: str
    source: str
    target: str
    matches: tuple[TermMatch, ...] = ()
    pins: tuple[Pin, ...] = ()
    language: str = "ru"
