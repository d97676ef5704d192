"""A term of a foreign file by column name: what becomes a glossary line, and what is lost on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from translate.glossary import KINDS, Term
from translate.glossary.table import COLUMNS, cells_of, term_of
from translate.glossary.term import FREE

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that did not fit.

    Args:
        source: the term's English, or its Russian where it has none.
        column: what was lost, "" for the whole term.
        value: of the cell.
        reason: for the editor.
    """

    source: str
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        what = f": {self.column} {self.value!r}" if self.column else ""
        return f"{self.source}{what}: {self.reason}"


@dataclass(slots=True)
class Imported:
    """The terms of a foreign file, in its order, and what was left out of them."""

    terms: list[Term] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def take(self, cells: Mapping[str, str], path: Path, line: int = 0) -> None:
        """Add a term given by its cells, or a loss that says why it cannot be one.

        Blanks, line breaks and invisible characters are mended; a column that a glossary does not know becomes an
        own one (`x-…`); a code that it does not know is left out.

        Args:
            cells: by column name.
            path, line: where it stands in the foreign file; line may count entries.
        """
        mended: dict[str, str] = {}
        for name, cell in cells.items():
            text = _mend(cell)
            column = _column(name)
            if column == "aliases":
                text = "|".join(dict.fromkeys(alias for alias in map(str.strip, text.split("|")) if alias))
            if column == "kind" and text not in KINDS:
                column = f"{FREE}kind"
            if text:
                mended[column] = text
        term, faults = term_of(mended, path, line)
        if not faults:
            self.terms.append(term)
            return
        name = term.source or term.target or f"{path.name}:{line}"
        self.losses += [Loss(name, "", "", f"{fault.message} (entry {line})") for fault in faults]


def _mend(cell: str) -> str:
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", cell)).split())


def _column(name: str) -> str:
    if name in COLUMNS or (name.startswith(FREE) and len(name) > len(FREE)):
        return name
    return FREE + (re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "column")


def filled(term: Term) -> dict[str, str]:
    """Return the term's cells that hold something."""
    return {name: cell for name, cell in cells_of(term).items() if cell}


def losses_of(term: Term, held: Mapping[str, str] | set[str], reason: str) -> list[Loss]:
    """Return a loss for each cell of a term that is not among the columns held."""
    name = term.source or term.target
    return [Loss(name, column, cell, reason) for column, cell in filled(term).items() if column not in held]
