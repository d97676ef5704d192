"""A page that shows how far catalogs are, and each entry with what is to be looked at; one file, no script needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.catalog.check import Finding
from translate.catalog.entry import Catalog, Entry
from translate.catalog.state import State, state
from translate.messages import _
from translate.parallel.templates import template

_TEMPLATE = Path(__file__).with_suffix(".html")


@dataclass(frozen=True, slots=True)
class Shown:
    """A catalog to show, and its findings."""

    name: str
    catalog: Catalog
    findings: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry as the page shows it: "translated", "fuzzy" or "empty", and its findings."""

    line: int
    kind: str
    entry: Entry
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class _View:
    """A catalog as the page shows it; `translated` and `fuzzy` in percent."""

    name: str
    language: str
    line: str
    translated: float
    fuzzy: float
    rows: list[_Row]
    findings: list[Finding]


def page(catalogs: Sequence[Shown]) -> str:
    """Return the HTML of a page: a bar and a table a catalog, entries to be looked at first."""
    views = [_view(one) for one in catalogs]
    return template(_TEMPLATE).render(catalogs=views, source=_("Source"), translation=_("Translation"))


def _view(shown: Shown) -> _View:
    counts = state(shown.catalog)
    line = _("{translated} of {entries} translated ({percent} %), {fuzzy} fuzzy, {empty} empty")
    return _View(
        shown.name,
        shown.catalog.header.get("Language", "").replace("_", "-"),
        line.format(**counts.as_dict()),
        _share(counts.translated, counts),
        _share(counts.fuzzy, counts),
        _rows(shown),
        [finding for finding in shown.findings if finding.key is None],
    )


def _rows(shown: Shown) -> list[_Row]:
    by_key: dict[object, list[Finding]] = {}
    for finding in shown.findings:
        by_key.setdefault(finding.key, []).append(finding)
    rows = []
    for entry in shown.catalog.messages:
        kind = "fuzzy" if entry.fuzzy else "translated" if entry.translated else "empty"
        rows.append(_Row(shown.catalog.line(entry), kind, entry, by_key.get(entry.key, [])))
    order = {"empty": 0, "fuzzy": 1, "translated": 2}
    return sorted(rows, key=lambda row: (not row.findings, order[row.kind], row.line))


def _share(part: int, whole: State) -> float:
    return round(100 * part / whole.entries, 2) if whole.entries else 0
