"""What people made of a sentence: of exactly this one, and of those much like it.

Exact: by a key of languages and sentence; of several versions the one from the same surroundings, else the latest.
Alike: sentences that share rare words are gathered from a full-text index, the rarest first, and the best of them are
compared letter by letter. Of a million entries that costs a fifth of a second, where comparing all costs ten.
Where it stops: a sentence that shares no word with the one asked for, only stems («village», “villages”), is not found,
and of a sentence of nothing but the commonest words only what begins with them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import regex
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from translate.memory.entries import MemoryEntry

LEAST = 0.75  # likeness from which a sentence is worth an editor's look: three letters of four are the same
POSTINGS = 40_000  # entries gathered by the index for one sentence
CANDIDATES = 400  # of which so many are compared letter by letter

_WORD = regex.compile(r"[\p{L}\p{N}]+")
# Each in a tenth of all sentences: to count them in the index takes longer than to find what is asked for.
_COMMON_WORDS = """
    a about after all also an and are as at be been but by can for from had has have he her his if in into is it its
    more not of on one or other our out said she so than that the their them there they this to up was we were
    what when which who will with would you и в во на не что с со по как к из у за от о для это его а то но же
    был бы
"""
_COMMON = frozenset(_COMMON_WORDS.split())
COLUMNS = (
    "source, target, origin, author, made, article, segment, before, after, more, source_language, target_language, id"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence looked for, and the source segments beside it, "" where there are none."""

    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry whose source resembles a sentence; `likeness` from 0 to 1: the part of the letters that are the same."""

    entry: MemoryEntry
    likeness: float


def key_of(source: str, source_language: str, target_language: str) -> int:
    """Return the number under which a sentence is found: 64 bits, signed, as SQLite holds them."""
    raw = f"{source_language}\0{target_language}\0{source}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big", signed=True)


def entry_of(row: Sequence[Any]) -> MemoryEntry:
    """Read a row of COLUMNS; a cell of a damaged file that holds no text is empty."""
    *cells, n = row
    source, target, origin, author, made, article, segment, before, after, more, source_language, target_language = (
        cell if isinstance(cell, str) else "" for cell in cells
    )
    return MemoryEntry(
        source, target, origin, author, made, article, segment, before, after, _unpacked(more),
        source_language, target_language, id=n,
    )  # fmt: skip


def _unpacked(more: str) -> dict[str, Any]:
    try:
        made = json.loads(more) if more else {}
    except (ValueError, RecursionError):
        return {}
    return made if isinstance(made, dict) else {}


def versions(
    connection: sqlite3.Connection, source: str, source_language: str, target_language: str
) -> list[MemoryEntry]:
    """Return what people made of exactly this sentence, the latest first."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM person WHERE key=? AND source=? AND source_language=? AND target_language=?"
        " ORDER BY made DESC, id DESC",
        (key_of(source, source_language, target_language), source, source_language, target_language),
    )
    return [entry_of(row) for row in rows]


def fitting(entries: Sequence[MemoryEntry], asked: Asked) -> MemoryEntry | None:
    """Choose the version from the same surroundings, both sides before one; else the first given."""

    def beside(entry: MemoryEntry) -> int:
        return (entry.before == asked.before != "") + (entry.after == asked.after != "")

    return max(entries, key=beside, default=None)  # of equals the first


def alike(
    connection: sqlite3.Connection,
    text: str,
    source_language: str,
    target_language: str,
    *,
    least: float = LEAST,
    limit: int = 5,
    side: str = "source",
    part: bool = False,
) -> list[Alike]:
    """Return the entries most like a text, the likest first and of one likeness the latest.

    Args:
        least: likeness, 0 to 1.
        limit: how many.
        side: "source" or "target": which of the entries' texts is compared.
        part: the text may be a part of an entry's: its likeness is that of the part most like it.
    """
    ids = _gathered(connection, text)
    found: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        marks = ", ".join("?" * len(some))
        found |= dict(
            connection.execute(
                f"SELECT id, {side} FROM person WHERE id IN ({marks}) AND source_language=? AND target_language=?",
                (*some, source_language, target_language),
            ).fetchall()
        )
    more = max(limit * 4, 20)
    if part:
        within = process.extract(text, found, scorer=fuzz.partial_ratio, score_cutoff=100 * least, limit=more)
        close = [(found, likeness / 100, id_) for found, likeness, id_ in within]
    else:
        close = process.extract(text, found, scorer=Levenshtein.normalized_similarity, score_cutoff=least, limit=more)
    best = sorted(close, key=lambda one: (-one[1], -one[2]))[:limit]
    made = (connection.execute(f"SELECT {COLUMNS} FROM person WHERE id=?", (one[2],)).fetchone() for one in best)
    return [Alike(entry_of(row), one[1]) for row, one in zip(made, best, strict=True)]


def _gathered(connection: sqlite3.Connection, text: str) -> list[int]:
    """Return the ids of entries that share the rarest words of a text, those that share most of them first."""
    words = dict.fromkeys(m[0].lower() for m in _WORD.finditer(text))
    counted = sorted(_counts(connection, [word for word in words if word not in _COMMON]), key=lambda one: one.entries)
    if not counted:
        return _beginning(connection, list(words))
    shared: Counter[int] = Counter()
    read = 0
    for word in counted:
        if read and read + word.entries > POSTINGS:
            break
        read += word.entries
        rows = connection.execute(
            "SELECT rowid FROM person_words WHERE person_words MATCH ? LIMIT ?", (f'"{word.text}"', POSTINGS)
        )
        shared.update(id_ for (id_,) in rows)
    return [id_ for id_, _n in shared.most_common(CANDIDATES)]


@dataclass(frozen=True, slots=True)
class _Counted:
    text: str
    entries: int


def _counts(connection: sqlite3.Connection, words: Sequence[str]) -> Iterator[_Counted]:
    for word in words:
        row = connection.execute("SELECT doc FROM person_counts WHERE term=?", (word,)).fetchone()
        if row:
            yield _Counted(word, row[0])


def _beginning(connection: sqlite3.Connection, words: Sequence[str]) -> list[int]:
    """Return entries that hold all of these common words: “all of them”."""
    if not words:
        return []
    query = " AND ".join(f'"{word}"' for word in words)
    rows = connection.execute("SELECT rowid FROM person_words WHERE person_words MATCH ? LIMIT ?", (query, CANDIDATES))
    return [id_ for (id_,) in rows]
