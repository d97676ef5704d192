"""Two versions of a glossary compared, and two editors' changes to one base put together, term by term.

Version control compares lines: two editors who touch the same term in different columns conflict there, and two who
add neighbouring terms do too. Here a term is compared cell by cell, and aliases as a set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from translate.glossary.editing import Edits, GlossaryFile, GlossaryRow, identity
from translate.glossary.table import COLUMNS

Cells = Mapping[str, str]
Key = str


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two versions of a glossary.

    Args:
        source: of the term ("" for a line that bars a spelling).
        before, after: the cells that differ, by column; all cells where the term is new or gone, else empty mappings.
    """

    source: str
    before: Cells
    after: Cells

    @property
    def kind(self) -> str:
        """Return "added", "removed" or "changed"."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A term that both sides changed in ways that cannot both stand.

    Args:
        source: of the term.
        columns: where the sides differ; empty where one side removed the term.
        base, ours, theirs: the whole cells of each version, empty for none.
    """

    source: str
    columns: tuple[str, ...]
    base: Cells
    ours: Cells
    theirs: Cells


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of a merged glossary, its conflicts, and the comments of their side that it does not hold."""

    text: str
    conflicts: tuple[Conflict, ...]
    comments_left: tuple[str, ...]


def diff(old: GlossaryFile, new: GlossaryFile) -> list[Change]:
    """List the terms that were added, removed or changed, in the order of the new file, the removed ones last."""
    before, after = _by_key(old), _by_key(new)
    changes: list[Change] = []
    for key, row in after.items():
        if key not in before:
            changes.append(Change(row.cells["source"], {}, _filled(row.cells)))
            continue
        mine = before[key].cells
        names = [n for n in dict.fromkeys([*mine, *row.cells]) if mine.get(n, "") != row.cells.get(n, "")]
        if names:
            some = {n: mine.get(n, "") for n in names}, {n: row.cells.get(n, "") for n in names}
            changes.append(Change(row.cells["source"], *some))
    gone = [row for key, row in before.items() if key not in after]
    return changes + [Change(row.cells["source"], _filled(row.cells), {}) for row in gone]


def merge(base: GlossaryFile, ours: GlossaryFile, theirs: GlossaryFile) -> Merged:
    """Put their changes into our file; our lines, comments and order of columns stay as they are.

    Args:
        base: what both sides began with.
        ours: is changed.
        theirs: the other side.
    """
    old, their_rows = _by_key(base), _by_key(theirs)
    own_rows = _by_key(ours)
    conflicts: list[Conflict] = []
    edits = Edits()
    for key in dict.fromkeys([*their_rows, *old]):
        was, their = _cells(old.get(key)), _cells(their_rows.get(key))
        conflict = _merge_term(edits, was, own_rows.get(key) if was != their else None, their)
        if conflict:
            conflicts.append(conflict)
    ours.apply(edits)
    known = {*ours.comments(), *base.comments()}
    left = tuple(comment for comment in theirs.comments() if comment not in known)
    _mark(ours, theirs, conflicts)
    return Merged(ours.text(), tuple(conflicts), left)


def _merge_term(edits: Edits, was: Cells, mine: GlossaryRow | None, their: Cells) -> Conflict | None:
    """Bring one term into our file, or return why that cannot be done."""
    own = _cells(mine)
    if their in (was, own):
        return None
    if own == was:
        if mine is None:
            edits.added.append(their)
        elif not their:
            edits.removed.add(mine.at)
        else:
            edits.change(mine, _changed(was, their))
        return None
    source = (own or their or was)["source"]
    if mine is None or not their:
        return Conflict(source, (), was, own, their)
    wanted = _changed(was, their)
    for name in list(wanted):
        if name == "aliases":
            wanted[name] = _merge_aliases(was.get(name, ""), own.get(name, ""), their.get(name, ""))
    clash = tuple(
        name for name in wanted if name != "aliases" and own.get(name, "") not in (was.get(name, ""), wanted[name])
    )
    edits.change(mine, {name: cell for name, cell in wanted.items() if name not in clash})
    return Conflict(source, clash, was, own, their) if clash else None


def _mark(ours: GlossaryFile, theirs: GlossaryFile, conflicts: Sequence[Conflict]) -> None:
    labels = (str(ours.path), str(theirs.path))
    rows = _by_key(ours)
    mine = [rows.get(identity(conflict.ours)) if conflict.ours else None for conflict in conflicts]
    places = ours.places_of([conflict.theirs or conflict.ours for conflict in conflicts])
    at = [row.at if row else place for row, place in zip(mine, places, strict=True)]
    for n in sorted(range(len(conflicts)), key=lambda n: (at[n], n), reverse=True):  # from below: those above stay
        conflict, row = conflicts[n], mine[n]
        if row:
            clash = {name: conflict.theirs.get(name, "") for name in conflict.columns}
            ours.mark_conflict(at[n], row.cells, {**row.cells, **clash} if conflict.theirs else {}, labels)
        else:
            ours.mark_conflict(at[n], {}, conflict.theirs, labels)


def _changed(was: Cells, their: Cells) -> dict[str, str]:
    names = dict.fromkeys([*was, *their])
    return {name: their.get(name, "") for name in names if was.get(name, "") != their.get(name, "")}


def _merge_aliases(was: str, own: str, their: str) -> str:
    """Return our aliases with theirs added and those that they removed gone."""
    before, ours, theirs = (cell.split("|") if cell else [] for cell in (was, own, their))
    kept = [alias for alias in ours if alias in theirs or alias not in before]
    return "|".join([*kept, *(alias for alias in theirs if alias not in before and alias not in ours)])


def _by_key(file: GlossaryFile) -> dict[Key, GlossaryRow]:
    return {identity(row.cells): row for row in file.rows() if not _is_marker(row)}


def _is_marker(row: GlossaryRow) -> bool:
    return any(cell.startswith(("<<<<<<<", "=======", ">>>>>>>")) for cell in row.cells.values())


def _cells(row: GlossaryRow | None) -> Cells:
    return _filled(row.cells) if row else {}


def _filled(cells: Cells) -> Cells:
    """Return the cells that hold something, in the usual order: an absent column is an empty one."""
    order = [*COLUMNS, *(name for name in cells if name not in COLUMNS)]
    return {name: cells[name] for name in order if cells.get(name)} | {
        "source": cells["source"],
        "target": cells["target"],
    }
