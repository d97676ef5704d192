"""Two changes to one catalog put together, entry by entry: ours, and what a translator saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from translate.catalog.entry import Catalog, Entry, Key
from translate.catalog.reader import parse

Choose = Callable[[bytes, bytes], bytes | None]
"""Of our lines of an entry that both sides changed and of theirs, b"" where they took it out; None: neither may win."""


def theirs(_ours: bytes, their: bytes) -> bytes:
    """Let what a person has written meanwhile stand, where ours is a machine's."""
    return their


def reconcile(before: bytes, after: bytes, now: bytes, choose: Choose = lambda _ours, _theirs: None) -> bytes | None:
    """Bring our changes into the file as it stands now.

    Args:
        before: what both sides began with.
        after: our version: entries changed in place, none added, removed or moved.
        now: the other side's version, whose lines, order and comments stay as they are.
        choose: settles an entry that both changed.

    Returns:
        The merged file; None where an entry cannot be settled, a side has another charset, or ours has other entries
        than `before`.

    Raises:
        CatalogError: what stands there now is no catalog.
    """
    base, ours, their = parse(before, tolerant=True), parse(after, tolerant=True), parse(now, tolerant=True)
    old, new, found = _blocks(base), _blocks(ours), _by_key(their)
    if len({base.source.charset, ours.source.charset, their.source.charset}) > 1 or old.keys() != new.keys():
        return None
    blocks: dict[int, bytes] = {}
    for key, block in new.items():
        if block == old[key]:
            continue
        entry = found.get(key)
        lines = _lines(their, entry) if entry else b""
        chosen = block if lines in (old[key], block) else choose(block, lines)
        if chosen is None:
            return None
        if entry:
            blocks[entry.start] = chosen
    parts, at = [their.source.bom], 0
    for entry in their.entries:
        parts.append(their.source.bytes_of(at, entry.start))
        parts.append(blocks.get(entry.start) or _lines(their, entry))
        at = entry.stop
    parts.append(their.source.bytes_of(at, len(their.source.text)))
    return b"".join(parts)


_Place = tuple[Key, bool]  # of one key a live and an obsolete entry may stand in a file


def _by_key(catalog: Catalog) -> dict[_Place, Entry]:
    found: dict[_Place, Entry] = {}
    for entry in catalog.entries:
        if entry.fields:
            found.setdefault((entry.key, entry.obsolete), entry)
    return found


def _blocks(catalog: Catalog) -> dict[_Place, bytes]:
    return {place: _lines(catalog, entry) for place, entry in _by_key(catalog).items()}


def _lines(catalog: Catalog, entry: Entry) -> bytes:
    return catalog.source.bytes_of(entry.start, entry.stop)
