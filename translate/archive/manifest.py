"""What of an archive is done, failed or waiting: one SQLite file beside the results.

An article is written down as done only after its shard lies on the disk whole, so a run that is killed at any moment
does again what was in its hands, and nothing else.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.archive.sources import Seen, Source
from translate.errors import FileError
from translate.memory.database import transaction
from translate.messages import _

NAME = "manifest.sqlite3"
VERSION = 1
_TABLES = (
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE article (
        id INTEGER PRIMARY KEY,      -- the order in which they came
        name TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        start INTEGER NOT NULL,
        size INTEGER NOT NULL,
        checksum TEXT NOT NULL,      -- of what is there now
        shard INTEGER NOT NULL,
        state TEXT NOT NULL,         -- waiting, done, failed
        reason TEXT NOT NULL,        -- why it failed
        code INTEGER NOT NULL,       -- the exit code of that
        made TEXT NOT NULL           -- what the results were made of and hold, JSON; '' for none
    )
    """,
    "CREATE INDEX article_shard ON article (shard)",
    # Words of an article and its translation, packed; apart from `article`, which is read more often
    "CREATE TABLE words (id INTEGER PRIMARY KEY, packed BLOB NOT NULL)",
    "CREATE TABLE glossary (key TEXT PRIMARY KEY, terms BLOB NOT NULL) WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class Made:
    """What the results of an article were made of, and what they hold.

    Args:
        checksum: of the article's bytes.
        engine: signature.
        glossary: key of the terms in force.
        style: key of the house style.
        outputs: the files written of it alone.
        terms: keys of the terms found (`changes.key_of`).
        matches: checksum of where which term was found.
        counts: see `counting.count`.
    """

    checksum: str
    engine: str
    glossary: str
    style: str
    outputs: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    matches: str = ""
    counts: dict[str, Any] | None = None

    def packed(self) -> str:
        """Return it as JSON."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False)

    @classmethod
    def unpacked(cls, text: str) -> Made | None:
        """Read it; None for nothing."""
        if not text:
            return None
        held = json.loads(text)
        return cls(**{**held, "outputs": tuple(held["outputs"]), "terms": tuple(held["terms"])})


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in the manifest.

    Args:
        id: its number, in the order in which articles came.
        source: where it is read.
        checksum: of what is there now.
        shard: the number of the file its results are in.
        state: waiting, done or failed.
        reason, code: why it failed, and the exit code of that.
        made: of its results, None where there are none.
    """

    id: int
    source: Source
    checksum: str
    shard: int
    state: str
    reason: str = ""
    code: int = 0
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an article: its results, with the words of both languages; or why there are none."""

    id: int
    made: Made | None = None
    words: bytes = b""
    reason: str = ""
    code: int = 0


class Manifest:
    """The manifest of a folder, open.

    Args:
        folder: of the results; made where there is none.

    Raises:
        FileError: the file there is no manifest, or of a newer version.
        OSError: it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / NAME
        self._connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            hint = _("Name another folder with --out, or delete this file to begin anew.")
            raise FileError(
                _("no manifest of an archive: {error}").format(error=error), path=self.path, hint=hint
            ) from None

    def _prepare(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise FileError(_("the manifest is of a newer tolmach"), path=self.path)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        if version == 0:
            with self.writing() as connection:
                for table in _TABLES:
                    connection.execute(table)
                connection.execute(f"PRAGMA user_version={VERSION}")

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Do all of the block or nothing of it."""
        with transaction(self._connection):
            yield self._connection

    def setting(self, key: str, value: str = "") -> str:
        """Return what was settled when the archive was begun; settle it where nothing was."""
        row = self._connection.execute("SELECT value FROM setting WHERE key=?", (key,)).fetchone()
        if row is not None:
            return str(row[0])
        with self.writing() as connection:
            connection.execute("INSERT INTO setting VALUES (?, ?)", (key, value))
        return value

    # Articles --------------------------------------------------------------------------------------------------------

    def take(self, articles: Iterable[Seen], shard_size: int) -> list[int]:
        """Write down what is there, new articles with a shard each; returns the ids in order.

        Args:
            articles: all that are meant, in order.
            shard_size: how many new ones go into a file.
        """
        ids: list[int] = []
        with self.writing() as connection:
            last = connection.execute("SELECT coalesce(max(shard), -1) FROM article").fetchone()[0]
            new = 0
            for one in articles:
                s = one.source
                state = ("failed", one.fault, 3) if one.fault else ("waiting", "", 0)
                row = connection.execute("SELECT id FROM article WHERE name=?", (s.name,)).fetchone()
                if row is None:
                    shard = last + 1 + new // shard_size
                    new += 1
                    values = (s.name, str(s.path), s.start, s.size, one.checksum, shard, *state, "")
                    done = connection.execute(
                        "INSERT INTO article (name, path, start, size, checksum, shard, state, reason, code, made)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        values,
                    )
                    ids.append(int(done.lastrowid or 0))
                    continue
                ids.append(int(row[0]))
                connection.execute(
                    "UPDATE article SET path=?, start=?, size=?, checksum=? WHERE id=?",
                    (str(s.path), s.start, s.size, one.checksum, row[0]),
                )
                if one.fault:
                    self._fail(connection, ids[-1], one.fault, 3)
        return ids

    def articles(self, ids: Sequence[int] | None = None) -> Iterator[Listed]:
        """Yield articles in order: all, or those with these ids."""
        wanted = None if ids is None else set(ids)
        columns = "id, name, path, start, size, checksum, shard, state, reason, code, made"
        with closing(self._connection.execute(f"SELECT {columns} FROM article ORDER BY id")) as rows:
            for id_, name, path, start, size, checksum, shard, state, reason, code, made in rows:
                if wanted is None or id_ in wanted:
                    source = Source(name, Path(path), start, size)
                    yield Listed(id_, source, checksum, shard, state, reason, code, Made.unpacked(made))

    def order(self, shard: int) -> list[str]:
        """Return the names of the articles of a shard, in their order."""
        rows = self._connection.execute("SELECT name FROM article WHERE shard=? ORDER BY id", (shard,))
        return [name for (name,) in rows]

    def commit(self, results: Sequence[Result]) -> None:
        """Write down what became of articles, all of it at once."""
        with self.writing() as connection:
            for one in results:
                if one.made is None:
                    self._fail(connection, one.id, one.reason, one.code)
                    continue
                connection.execute(
                    "UPDATE article SET state='done', reason='', code=0, made=? WHERE id=?", (one.made.packed(), one.id)
                )
                connection.execute("INSERT OR REPLACE INTO words VALUES (?, ?)", (one.id, one.words))

    def agree(self, ids: Sequence[int], glossary: str) -> None:
        """Write down of articles that they are as they would be with another glossary."""
        with self.writing() as connection:
            connection.executemany(
                "UPDATE article SET made=json_set(made, '$.glossary', ?) WHERE id=?", [(glossary, id_) for id_ in ids]
            )

    @staticmethod
    def _fail(connection: sqlite3.Connection, id_: int, reason: str, code: int) -> None:
        connection.execute("UPDATE article SET state='failed', reason=?, code=? WHERE id=?", (reason, code, id_))

    def words(self, id_: int) -> frozenset[str]:
        """Return the words of an article and of its translation."""
        row = self._connection.execute("SELECT packed FROM words WHERE id=?", (id_,)).fetchone()
        return frozenset(zlib.decompress(row[0]).decode("utf-8").split("\n")) if row else frozenset()

    # Glossaries ------------------------------------------------------------------------------------------------------

    def keep_glossary(self, key: str, terms: bytes) -> None:
        """Keep the terms that results are made with, packed."""
        with self.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO glossary VALUES (?, ?)", (key, terms))

    def glossary(self, key: str) -> bytes | None:
        """Return the terms kept under a key."""
        row = self._connection.execute("SELECT terms FROM glossary WHERE key=?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def drop_glossaries(self) -> None:
        """Forget the terms that no results are made with any longer."""
        with self.writing() as connection:
            connection.execute(
                "DELETE FROM glossary WHERE key NOT IN"
                " (SELECT json_extract(made, '$.glossary') FROM article WHERE made != '')"
            )


def packed_words(words: Iterable[str]) -> bytes:
    """Return words as the manifest holds them."""
    return zlib.compress("\n".join(sorted(words)).encode("utf-8", "replace"), 6)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one run at a time work on a folder.

    Raises:
        FileError: another one does.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{NAME}.lock", timeout=10)  # the last process of a killed run ends within a second
    try:
        lock.acquire()
    except Timeout:
        raise FileError(_("another run works on this archive"), path=folder) from None
    try:
        yield
    finally:
        lock.release()


def outputs_of(source: Source) -> tuple[str, ...]:
    """Return the files that are written of an article alone, as the manifest holds them."""
    return tuple(f"{output.format} {output.path}" for output in source.outputs)
