"""A memory given to other tools and taken from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from translate.exchange.units import Pair, Unit
from translate.memory.entries import MemoryEntry, Origin
from translate.memory.lookup import key_of
from translate.memory.memory import Memory, add_rows, flat, packed_more

BATCH = 5000  # units kept in one transaction: what a killed import may have to read again

T = TypeVar("T")
Progress = Callable[[int], None]


@dataclass(slots=True)
class Taken:
    """What came of taking units in: new ones, and those that the memory knew."""

    added: int = 0
    known: int = 0


def take_in(
    memory: Memory,
    units: Iterable[Unit],
    pair: Pair,
    *,
    article: str = "",
    author: str = "",
    origin: Origin = "import",
    progress: Progress = lambda done: None,
) -> Taken:
    """Keep units as people's translations, some thousands at a time; one that the memory has is left as it is.

    Args:
        memory: open.
        units: of one file.
        pair: their languages.
        article, author: of units that name none.
        origin: of units that name none.
        progress: called with how many units are done.

    Raises:
        EngineError: they cannot be kept; those of the batches before are.
    """
    taken = Taken()
    for batch in _batches(units, BATCH):
        entries = [_entry(unit, pair, article, author, origin) for unit in batch]
        added = memory.keep(partial(_add_new, entries))
        taken.added += added
        taken.known += len(batch) - added
        progress(taken.added + taken.known)
    return taken


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(things)
    while batch := list(islice(left, size)):
        yield batch


def _entry(unit: Unit, pair: Pair, article: str, author: str, origin: Origin) -> MemoryEntry:
    return MemoryEntry(
        unit.source, unit.target, unit.origin or origin, unit.author or author, unit.made, unit.article or article,
        unit.segment, unit.before, unit.after, dict(unit.more), *pair,
    )  # fmt: skip


def _add_new(entries: list[MemoryEntry], connection: sqlite3.Connection) -> int:
    """Write the entries of which the memory does not have every word yet."""
    keys = [key_of(e.source, e.source_language, e.target_language) for e in entries]
    known: dict[int, set[str]] = {key: set() for key in keys}
    for some in _batches(known, 500):
        marks = ", ".join("?" * len(some))
        rows = connection.execute(f"SELECT key, target, before, after, more FROM person WHERE key IN ({marks})", some)
        for key, target, *rest in rows:
            known[key].add("\0".join([flat(target), *rest]))
    new = []
    for key, entry in zip(keys, entries, strict=True):
        told = "\0".join([flat(entry.target), entry.before, entry.after, packed_more(entry)])
        if told not in known[key]:
            known[key].add(told)
            new.append(entry)
    return add_rows(connection, new)


def units_of(memory: Memory, pair: Pair) -> Iterator[Unit]:
    """Yield a memory's translations by people in these languages, as other tools take them."""
    for entry in memory.all_entries():
        if (entry.source_language, entry.target_language) == pair:
            yield Unit(
                entry.source, entry.target, entry.author, entry.made, entry.article, entry.segment, entry.before,
                entry.after, entry.origin, entry.more,
            )  # fmt: skip


def units_of_file(path: Path, pair: Pair) -> Iterator[Unit]:
    """Yield the translations by people of another memory's file, which is only read.

    Raises:
        EngineError: it is no memory.
    """
    with Memory(path, read_only=True) as other:
        yield from units_of(other, pair)
