"""A term of a foreign file by column name: what becomes a glossary line, and what is lost on the way."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from translate.exchange.statuses import Standing, standing_of
from translate.glossary import KINDS, Policy, Term
from translate.glossary.table import COLUMNS, cells_of, term_of
from translate.glossary.term import FREE

# Of pages, and what OmegaT writes for a tag of a page: <b0>, </f1>, <g2/>.
_TAG = re.compile(
    r"</?(b|i|u|s|a|em|strong|span|font|su[bp]|br|p|div|tt|code|small|big|mark|[a-z]{1,2}\d+)(?:\s[^<>]*)?/?>", re.I
)
# What tools and newsrooms write for our codes.
_CODES = {
    "gender": {
        "m": "masc", "masculine": "masc", "male": "masc", "м": "masc", "мр": "masc", "мужской": "masc", "муж": "masc",
        "f": "femn", "fem": "femn", "feminine": "femn", "female": "femn", "ж": "femn", "жр": "femn",
        "женский": "femn", "жен": "femn", "n": "neut", "neuter": "neut", "neutral": "neut", "с": "neut", "ср": "neut",
        "средний": "neut",
    },
    "number": {"singular": "sing", "sg": "sing", "ед": "sing", "едч": "sing", "plural": "plur", "pl": "plur",
               "мн": "plur", "мнч": "plur"},
    "animate": {"true": "yes", "да": "yes", "false": "no", "нет": "no"},
}  # fmt: skip
_KNOWN = {
    "kind": KINDS, "gender": ("masc", "femn", "neut"), "number": ("sing", "plur"), "animate": ("yes", "no"),
    "policy": tuple(policy.value for policy in Policy),
}  # fmt: skip
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
        own one (`x-…`), and so does a kind, a gender … that it does not know. A status that bars is a policy.

        Args:
            cells: by column name.
            path, line: where it stands in the foreign file; line may count entries.
        """
        mended: dict[str, str] = {}
        is_text = _mend(cells.get("kind", "")) != "interface"  # whose texts are of a page: “Read <b>more</b>”
        for name, cell in cells.items():
            column = _column(name)
            text = _mend(_bare(cell) if is_text and column in ("source", "target", "aliases", "kk", "ky") else cell)
            if column == "aliases":
                text = "|".join(dict.fromkeys(alias for alias in map(str.strip, text.split("|")) if alias))
            text = _CODES.get(column, {}).get(text.casefold().rstrip(".").replace(". ", ""), text)
            if column in _KNOWN and text and text not in _KNOWN[column]:
                column = f"{FREE}{column}"
            if column == "status":
                barred = standing_of("status", text) is Standing.BARRED
                column, text = ("policy", "forbid") if barred else (f"{FREE}status", text)
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


def _bare(cell: str) -> str:
    """Return a cell without the markup that another tool left in its text: “<b>head canal</b>”, “R&amp;D”."""
    if "<" not in cell and "&" not in cell:
        return cell
    return html.unescape(_TAG.sub(lambda tag: " " if tag[1].lower() == "br" else "", html.unescape(cell)))


def _column(name: str) -> str:
    if name in (*COLUMNS, "status") or (name.startswith(FREE) and len(name) > len(FREE)):
        return name
    return FREE + (re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "column")


def filled(term: Term) -> dict[str, str]:
    """Return the term's cells that hold something."""
    return {name: cell for name, cell in cells_of(term).items() if cell}


def losses_of(term: Term, held: Mapping[str, str] | set[str], reason: str) -> list[Loss]:
    """Return a loss for each cell of a term that is not among the columns held."""
    name = term.source or term.target
    return [Loss(name, column, cell, reason) for column, cell in filled(term).items() if column not in held]
