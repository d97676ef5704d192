"""Glossaries in the formats of other tools: a term goes out and comes back, and what a format cannot hold is listed.

    tables      .tsv (ours), .csv, .xlsx
    tbx         TBX-Basic, version 2 (2008) and 3 (ISO 30042:2019)
    tmx         TMX 1.4
    po          gettext

Every format is a pair of functions: `read(path) -> Imported` and `write(terms, path) -> list[Loss]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.errors import GlossaryError
from translate.exchange import po, tables, tbx, tmx
from translate.exchange.cells import Imported, Loss
from translate.glossary import Term
from translate.languages import strange_letters
from translate.messages import _

__all__ = ["FORMATS", "Format", "Imported", "Loss", "export_terms", "format_of", "import_terms"]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, its extensions and its two functions."""

    name: str
    extensions: tuple[str, ...]
    read: Callable[[Path], Imported]
    write: Callable[[Sequence[Term], Path], list[Loss]]


FORMATS = (
    Format("tsv", (".tsv", ".tab"), tables.read_tsv, tables.write_tsv),
    Format("csv", (".csv",), tables.read_csv, tables.write_csv),
    Format("xlsx", (".xlsx",), tables.read_xlsx, tables.write_xlsx),
    Format("tbx", (".tbx",), tbx.read, tbx.write_v3),
    Format("tbx2", (), tbx.read, tbx.write_v2),
    Format("tmx", (".tmx",), tmx.read, tmx.write),
    Format("po", (".po", ".pot"), po.read, po.write),
)


def format_of(path: Path, name: str = "") -> Format:
    """Return the format of that name, or the one that the file's extension tells.

    Raises:
        GlossaryError: there is none.
    """
    for one in FORMATS:
        if name == one.name or (not name and path.suffix.lower() in one.extensions):
            return one
    known = ", ".join(one.name for one in FORMATS)
    raise GlossaryError(
        _("no glossary format {what!r}").format(what=name or path.suffix),
        path=path,
        hint=_("Say which by --format: {known}.").format(known=known),
    )


def export_terms(terms: Sequence[Term], path: Path, name: str = "") -> list[Loss]:
    """Write terms in the format of `path`; see `format_of`.

    Returns:
        What the format could not hold, term by term.

    Raises:
        GlossaryError: no such format.
    """
    return format_of(path, name).write(terms, path)


def import_terms(path: Path, name: str = "") -> Imported:
    """Read the terms of a file in any of the formats.

    Returns:
        The terms that a glossary can hold, and what had to be left out or is written in letters of another language.

    Raises:
        GlossaryError: the file is broken, or not of that format.
    """
    imported = format_of(path, name).read(path)
    return Imported(imported.terms, [*imported.losses, *_strange(imported.terms)])


def _strange(terms: Sequence[Term]) -> Iterator[Loss]:
    """Yield the Russian that holds letters of Kazakh or another language: people fill in the wrong column."""
    for term in terms:
        if letters := strange_letters(term.target, "ru"):
            yield Loss(term.source, "target", term.target, f"{letters}: no letter of Russian; taken as it is")
