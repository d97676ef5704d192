"""The formats in which memories are exchanged, by name and by ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from translate.errors import GlossaryError
from translate.exchange import tmx_units, unit_tables, xliff_units
from translate.exchange.units import Losses, Pair, Unit
from translate.messages import _


@dataclass(frozen=True, slots=True)
class UnitFormat:
    """A file format: its name, its endings and its two functions."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[Path, Pair, Losses], Iterator[Unit]]
    write: Callable[[Iterable[Unit], Path, Pair, Losses], None]


UNIT_FORMATS = (
    UnitFormat("tmx", (".tmx",), tmx_units.read, tmx_units.write),
    UnitFormat("tsv", (".tsv", ".tab", ".txt"), unit_tables.read_tsv, unit_tables.write_tsv),
    UnitFormat("csv", (".csv",), unit_tables.read_csv, unit_tables.write_csv),
    UnitFormat("xlsx", (".xlsx",), unit_tables.read_xlsx, unit_tables.write_xlsx),
    UnitFormat("xliff", (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".txlf"), xliff_units.read, xliff_units.write),
    UnitFormat("po", (".po", ".pot"), unit_tables.read_po, unit_tables.write_po),
)


def unit_format(path: Path, name: str = "") -> UnitFormat:
    """Return the format of that name, or the one that the file's ending tells.

    Raises:
        GlossaryError: there is none.
    """
    for one in UNIT_FORMATS:
        if name == one.name or (not name and path.suffix.lower() in one.endings):
            return one
    known = ", ".join(one.name for one in UNIT_FORMATS)
    message = _("no format of memories {what!r}").format(what=name or path.suffix)
    raise GlossaryError(message, path=path, hint=_("Say which by --format: {known}.").format(known=known))
