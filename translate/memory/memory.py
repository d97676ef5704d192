"""A memory: every sentence ever translated or corrected, in one SQLite file of the user's.

A killed run resumes where it stopped, nothing is translated twice, and a human's correction wins over any machine.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from translate.engines import Draft, Request
from translate.errors import EngineError
from translate.memory import lookup as looking
from translate.memory.database import Database
from translate.memory.entries import (
    MemoryEntry,
    draft_of,
    extra_of,
    memory_path,
    now,
    packed_problems,
    packed_spans,
)
from translate.memory.lookup import Alike, Asked, key_of
from translate.messages import _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as it was written out for an editor, and the name of the file it went to, "" for none."""

    source: str
    target: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Stats:
    """What a memory holds.

    Args:
        corrections: people's translations.
        sentences: different sentences among their sources.
        drafts: engines' translations.
        origins, authors, articles, engines: how many of each, the most first.
        size: bytes of the file.
        first, last: dates of the oldest and the latest correction.
    """

    corrections: int
    sentences: int
    drafts: int
    origins: dict[str, int]
    authors: dict[str, int]
    articles: dict[str, int]
    engines: dict[str, int]
    size: int
    first: str
    last: str


class Memory:
    """A memory's file, open; safe for threads and for several processes.

    Where the file cannot be written, machine translations go on without it and `notice` says so; a correction by a
    human raises instead, because it must not be lost. A row that cannot be read is a miss, and `notice` says that too.

    Args:
        path: the file; the user's own by default. `:memory:` is forgotten in the end.
        read_only: never written.
        shared: see `Database`.

    Raises:
        EngineError: see `Database`.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False, shared: bool = False) -> None:
        self.path = path or memory_path()
        self._file = Database(self.path, read_only=read_only, shared=shared)
        self._unreadable = 0

    @property
    def name(self) -> str:
        """Return what the memory is called: its file's name without the ending."""
        return self.path.stem

    @property
    def read_only(self) -> bool:
        """Tell whether nothing may be written."""
        return self._file.read_only

    @property
    def notice(self) -> str:
        """Return what went wrong, one line for stderr; "" for nothing."""
        rows = f"the translation memory has unreadable rows ({self._unreadable}); they are translated again"
        return "; ".join(filter(None, [self._file.notice, rows if self._unreadable else ""]))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # What engines made -----------------------------------------------------------------------------------------------

    def recall(
        self, requests: Sequence[Request], engine: str, source_language: str, target_language: str
    ) -> list[Draft | None]:
        """Return what is known of n requests: a human's text first, then this very engine's.

        Returns:
            n drafts or None, in order. A human's has the signature "".
        """
        asked = [Asked(request.text) for request in requests]
        people = self.corrections(asked, source_language, target_language)
        known: list[Draft | None] = [Draft(one.target, None, None, "") if one else None for one in people]
        with self._file.reading() as connection:
            for i, request in enumerate(requests if connection else ()):
                if known[i] is None and connection is not None:
                    row = connection.execute(
                        "SELECT target, score, alignment, engine, problems FROM entry WHERE source=? AND "
                        "source_language=? AND target_language=? AND engine=? AND extra=?",
                        (request.text, source_language, target_language, engine, extra_of(request)),
                    ).fetchone()
                    known[i] = draft_of(row) if row else None
                    self._unreadable += row is not None and known[i] is None
        return known

    def store(
        self, requests: Sequence[Request], drafts: Sequence[Draft], source_language: str, target_language: str
    ) -> None:
        """Keep n machine translations, all or none of them."""
        made = now()
        rows = []
        for r, d in zip(requests, drafts, strict=True):
            packed = (packed_spans(d), packed_problems(d.problems))
            key = (r.text, source_language, target_language, d.signature, extra_of(r))
            rows.append((*key, d.text, d.score, *packed, made))
        statement = f"INSERT OR REPLACE INTO entry VALUES ({', '.join('?' * 10)})"
        self._file.write(lambda connection: connection.executemany(statement, rows) and None)

    def lookup(self, source: str, source_language: str = "en", target_language: str = "ru") -> MemoryEntry | None:
        """Return a human's translation of exactly this text, else the latest machine's without a problem, else None."""
        [person] = self.corrections([Asked(source)], source_language, target_language)
        if person:
            return person
        found: list[MemoryEntry] = []
        with self._file.reading() as connection:
            if connection is not None:
                rows = connection.execute(
                    "SELECT source, target, engine, score, made FROM entry WHERE source=? AND source_language=? AND "
                    "target_language=? AND extra='' AND problems='[]' ORDER BY made DESC LIMIT 1",
                    (source, source_language, target_language),
                )
                found = [MemoryEntry(s, t, engine=engine, score=score, made=made) for s, t, engine, score, made in rows]
        return found[0] if found else None

    # What people made ------------------------------------------------------------------------------------------------

    def remember(self, source: str, target: str, source_language: str = "en", target_language: str = "ru") -> None:
        """Keep a human's translation; it wins over an earlier one of the same text.

        Raises:
            EngineError: it cannot be kept.
        """
        self.add(
            [MemoryEntry(source, target, "edit", source_language=source_language, target_language=target_language)]
        )

    def add(self, entries: Sequence[MemoryEntry]) -> None:
        """Keep people's translations, all or none of them; one without a date gets this moment's.

        Raises:
            EngineError: they cannot be kept.
        """
        self.keep(lambda connection: add_rows(connection, entries))

    def keep(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do a person's work on the file in one transaction, for good.

        Raises:
            EngineError: it cannot be kept.
        """
        done = self._file.write(work, lasting=True)
        if done is None:
            why = _("it is read only") if self.read_only else self._file.notice or _("the file cannot be written")
            raise EngineError(_("the correction is not kept: {why}").format(why=why), path=self.path)
        return done

    def versions(self, asked: Asked, source_language: str = "en", target_language: str = "ru") -> list[MemoryEntry]:
        """Return what people made of exactly this sentence: of the same surroundings first, then the latest."""
        found: list[MemoryEntry] = []
        with self._file.reading() as connection:
            if connection is not None:
                found = looking.versions(connection, asked.text, source_language, target_language)
        sound = [replace(one, memory=self.name) for one in found if "\ufffd" not in one.target]
        self._unreadable += len(found) - len(sound)
        best = looking.fitting(sound, asked)
        return [best, *(one for one in sound if one is not best)] if best else []

    def corrections(
        self, asked: Sequence[Asked], source_language: str = "en", target_language: str = "ru"
    ) -> list[MemoryEntry | None]:
        """Return for n sentences what a person made of exactly them, or None."""
        return [next(iter(self.versions(one, source_language, target_language)), None) for one in asked]

    def alike(
        self, text: str, source_language: str = "en", target_language: str = "ru", *,
        least: float = looking.LEAST, limit: int = 5, side: str = "source", part: bool = False,
    ) -> list[Alike]:  # fmt: skip
        """Return people's translations of the sentences most like a text; see `lookup.alike`."""
        found: list[Alike] = []
        with self._file.reading() as connection:
            if connection is not None:
                pair = (source_language, target_language)
                found = looking.alike(connection, text, *pair, least=least, limit=limit, side=side, part=part)
        return [replace(one, entry=replace(one.entry, memory=self.name)) for one in found]

    def entries(self, *, since: int = 0, limit: int = 1000) -> list[MemoryEntry]:
        """Return people's translations by number, those after `since`; a memory of millions is read piece by piece."""
        found: list[MemoryEntry] = []
        with self._file.reading() as connection:
            if connection is not None:
                statement = f"SELECT {looking.COLUMNS} FROM person WHERE id>? ORDER BY id LIMIT ?"
                found = [looking.entry_of(row) for row in connection.execute(statement, (since, limit))]
        return [replace(entry, memory=self.name) for entry in found]

    def all_entries(self) -> Iterator[MemoryEntry]:
        """Yield people's translations, the oldest first."""
        since = 0
        while part := self.entries(since=since):
            yield from part
            if part[-1].id <= since:  # a damaged file numbers its rows as it likes, and would be read for ever
                return
            since = part[-1].id

    def differing(self) -> Iterator[MemoryEntry]:
        """Yield the translations of sentences that have more than one, the later after the earlier."""
        keys: list[int] = []
        with self._file.reading() as connection:
            if connection is not None:
                statement = "SELECT key FROM person GROUP BY key HAVING count(DISTINCT target) > 1 ORDER BY min(id)"
                keys = [key for (key,) in connection.execute(statement)]
        for key in keys:
            found: list[MemoryEntry] = []
            with self._file.reading() as connection:
                if connection is not None:
                    statement = f"SELECT {looking.COLUMNS} FROM person WHERE key=? ORDER BY made, id"
                    found = [looking.entry_of(row) for row in connection.execute(statement, (key,))]
            yield from (replace(entry, memory=self.name) for entry in found)

    def entry(self, number: int) -> MemoryEntry | None:
        """Return the translation with this number."""
        found = self.entries(since=number - 1, limit=1)
        return found[0] if found and found[0].id == number else None

    def edit(self, number: int, target: str, author: str) -> MemoryEntry | None:
        """Change the text of a translation; None where there is none of that number."""

        def work(connection: sqlite3.Connection) -> list[MemoryEntry]:
            row = connection.execute(f"SELECT {looking.COLUMNS} FROM person WHERE id=?", (number,)).fetchone()
            if row is None:
                return []
            old = looking.entry_of(row)
            new = replace(old, target=target, author=author, made=now(), origin="edit")
            remove_rows(connection, [old])
            add_rows(connection, [new])
            return [new]

        return next(iter(self.keep(work)), None)

    def forget(self, entries: Sequence[MemoryEntry]) -> None:
        """Delete translations for good.

        Raises:
            EngineError: they cannot be deleted.
        """
        self.keep(lambda connection: remove_rows(connection, entries))

    # What was written out for an editor ------------------------------------------------------------------------------

    def show(self, shown: Iterable[Shown], source_language: str = "en", target_language: str = "ru") -> None:
        """Note what an editor gets to see, so that a change is known for one."""
        rows = [
            (key_of(s.source, source_language, target_language), key_of(flat(s.target), "", ""), key_of(s.file, "", ""))
            for s in shown
        ]
        statement = "INSERT OR IGNORE INTO shown VALUES (?, ?, ?)"
        self._file.write(lambda connection: connection.executemany(statement, rows) and None)

    def was_shown(self, shown: Shown, source_language: str = "en", target_language: str = "ru") -> bool | None:
        """Tell whether a text stood for a sentence in this file, or in any where this file is not known.

        Returns:
            None where the sentence was never shown at all.
        """
        rows: list[tuple[int, int]] = []
        with self._file.reading() as connection:
            if connection is not None:
                key = key_of(shown.source, source_language, target_language)
                rows = connection.execute("SELECT target, file FROM shown WHERE source=?", (key,)).fetchall()
        if not rows:
            return None
        file = key_of(shown.file, "", "")
        own = [target for target, name in rows if name == file]
        return key_of(flat(shown.target), "", "") in (own or [target for target, _name in rows])

    # The file as a whole ---------------------------------------------------------------------------------------------

    def stats(self) -> Stats:
        """Count what is in the file."""
        with self._file.reading() as connection:
            if connection is not None:

                def one(statement: str) -> str:
                    return str(connection.execute(statement).fetchone()[0] or "")

                def counts(table: str, column: str) -> dict[str, int]:
                    statement = f"SELECT {column}, count(*) FROM {table} GROUP BY {column} ORDER BY 2 DESC, 1"
                    return {str(name): count for name, count in connection.execute(statement)}

                size = self.path.stat().st_size if self.path.exists() else 0
                return Stats(
                    int(one("SELECT count(*) FROM person") or 0),
                    int(one("SELECT count(DISTINCT key) FROM person") or 0),
                    int(one("SELECT count(*) FROM entry") or 0),
                    counts("person", "origin"), counts("person", "author"), counts("person", "article"),
                    counts("entry", "engine"), size,
                    one("SELECT min(made) FROM person"), one("SELECT max(made) FROM person"),
                )  # fmt: skip
        raise EngineError(self.notice or "the memory cannot be read", path=self.path)

    def compact(self, keep: Sequence[str] | None = None) -> int:
        """Put the file in order and give the space that is free in it back.

        Args:
            keep: signatures of engines; the drafts of all others go. None keeps all.

        Returns:
            how many drafts went.
        """

        def work(connection: sqlite3.Connection) -> int:
            if keep is None:
                return 0
            marks = ", ".join("?" * len(keep))
            return connection.execute(f"DELETE FROM entry WHERE engine NOT IN ({marks})", tuple(keep)).rowcount

        gone = self.keep(work)
        with self._file.reading() as connection:
            if connection is not None:
                connection.execute("INSERT INTO person_words (person_words) VALUES ('optimize')")
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone


def flat(text: str) -> str:
    """Return a text as two of them are compared: blanks of every kind alike."""
    return " ".join(text.split())


def packed_more(entry: MemoryEntry) -> str:
    """Return what another tool's file said besides, as it lies in the memory."""
    return json.dumps(entry.more, ensure_ascii=False, separators=(",", ":")) if entry.more else ""


def add_rows(connection: sqlite3.Connection, entries: Sequence[MemoryEntry]) -> int:
    """Write people's translations and their words; returns how many."""
    if not entries:
        return 0
    last = connection.execute("SELECT coalesce(max(id), 0) FROM person").fetchone()[0]
    moment = now()
    rows, words = [], []
    for number, e in enumerate(entries, last + 1):
        key = key_of(e.source, e.source_language, e.target_language)
        more = packed_more(e)
        origin: str = e.origin or "edit"
        rows.append((
            number, key, e.source_language, e.target_language, e.source, e.target, origin, e.author, e.made or moment,
            e.article, e.segment, e.before, e.after, more,
        ))  # fmt: skip
        words.append((number, e.source, e.target))
    connection.executemany(f"INSERT INTO person VALUES ({', '.join('?' * 14)})", rows)
    connection.executemany("INSERT INTO person_words (rowid, source, target) VALUES (?, ?, ?)", words)
    return len(rows)


def remove_rows(connection: sqlite3.Connection, entries: Sequence[MemoryEntry]) -> int:
    """Delete people's translations and their words; returns how many."""
    gone = 0
    for number in dict.fromkeys(entry.id for entry in entries):
        row = connection.execute("SELECT source, target FROM person WHERE id=?", (number,)).fetchone()
        if row:
            connection.execute(
                "INSERT INTO person_words (person_words, rowid, source, target) VALUES ('delete', ?, ?, ?)",
                (number, *row),
            )
            connection.execute("DELETE FROM person WHERE id=?", (number,))
            gone += 1
    return gone
