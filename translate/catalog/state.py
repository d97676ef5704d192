"""How far a catalog is: what is translated, what waits for review, what is empty."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from translate.catalog.entry import Catalog


@dataclass(frozen=True, slots=True)
class State:
    """Counts of a catalog's live entries, the header aside; translated, fuzzy and empty add up to entries.

    Args:
        entries: all of them.
        translated: every form has a text, and a person stands by it.
        fuzzy: with a text or not, to be reviewed.
        empty: no text, or plural forms without one.
        obsolete: entries in `#~` lines, not among the others.
        words: of the sources.
    """

    entries: int
    translated: int
    fuzzy: int
    empty: int
    obsolete: int
    words: int

    @property
    def percent(self) -> int:
        """Return how many of a hundred entries are translated, rounded down; of none all are."""
        return self.translated * 100 // self.entries if self.entries else 100

    def as_dict(self) -> dict[str, int]:
        """Return the counts and the percentage, for a report."""
        counts = asdict(self)
        return {
            "entries": counts.pop("entries"),
            "translated": counts.pop("translated"),
            "percent": self.percent,
            **counts,
        }


def state(catalog: Catalog) -> State:
    """Count a catalog's entries."""
    entries = catalog.messages
    fuzzy = sum(e.fuzzy for e in entries)
    translated = sum(e.translated and not e.fuzzy for e in entries)
    return State(
        len(entries),
        translated,
        fuzzy,
        len(entries) - fuzzy - translated,
        sum(e.obsolete for e in catalog),
        sum(len(e.msgid.split()) for e in entries),
    )
