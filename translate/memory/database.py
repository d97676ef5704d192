"""The SQLite file of a memory: opened, its tables brought up to date, and set aside where it is damaged.

A damaged file is set aside under a new name, never deleted, and a fresh one begun; of several processes that meet the
damage one does so, and the others take the fresh file. What the file holds is unpublished text: it is for its owner's
eyes alone (mode 0600), and so is what SQLite and a damaged file's heir write beside it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from translate.errors import EngineError
from translate.messages import _

if TYPE_CHECKING:
    from filelock import FileLock

T = TypeVar("T")

SCHEMA = 2
BUSY = 30.0  # seconds to wait for another process's write
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# The second where SQLite's message quotes a damaged file's own bytes: “malformed database schema (pe\xf2…)”.
_FAULTS = (sqlite3.DatabaseError, UnicodeDecodeError)
_TABLES = (
    # What an engine made; the primary key is what it was asked.
    """
    CREATE TABLE IF NOT EXISTS entry (
        source TEXT NOT NULL,
        source_language TEXT NOT NULL,
        target_language TEXT NOT NULL,
        engine TEXT NOT NULL,      -- signature
        extra TEXT NOT NULL,       -- hints and kept spans, JSON; '' for none
        target TEXT NOT NULL,
        score REAL,
        alignment TEXT,            -- [[source start, stop, target start, stop, weight], …], or {links, kept}
        problems TEXT NOT NULL,    -- [[kind, message, source start, stop, target start, stop], …]
        made TEXT NOT NULL,        -- UTC, ISO 8601
        PRIMARY KEY (source, source_language, target_language, engine, extra)
    ) WITHOUT ROWID
    """,
    # What people made of a sentence: every version of it, the later above the earlier.
    """
    CREATE TABLE IF NOT EXISTS person (
        id INTEGER PRIMARY KEY,
        key INTEGER NOT NULL,      -- of languages and source, see `lookup.key_of`
        source_language TEXT NOT NULL,
        target_language TEXT NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        origin TEXT NOT NULL,      -- learn, import, align, edit; before: of a memory without origins
        author TEXT NOT NULL,
        made TEXT NOT NULL,        -- UTC, ISO 8601
        article TEXT NOT NULL,     -- name of the file it was learnt from
        segment TEXT NOT NULL,     -- id there
        before TEXT NOT NULL,      -- the source segments beside it, '' where it stands first, last or alone
        after TEXT NOT NULL,
        more TEXT NOT NULL         -- what another tool's file said besides, JSON; '' for nothing
    )
    """,
    "CREATE INDEX IF NOT EXISTS person_key ON person (key)",
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS person_words USING fts5 (
        source, target, content='person', content_rowid='id', detail=none, tokenize='unicode61 remove_diacritics 0'
    )
    """,
    "CREATE VIRTUAL TABLE IF NOT EXISTS person_counts USING fts5vocab (person_words, 'row')",
    # What was written out for an editor to change: keys of the source, of the text and of the name of the file.
    """
    CREATE TABLE IF NOT EXISTS shown (
        source INTEGER, target INTEGER, file INTEGER, PRIMARY KEY (source, target, file)
    ) WITHOUT ROWID
    """,
)


class Database:
    """One file, open; safe for threads and for several processes.

    Args:
        path: the file, or `:memory:`.
        read_only: never written; a missing one is an error.
        shared: a file that the user named: its permissions are the owner's affair, and it is never set aside.

    Attributes:
        notice: what went wrong, one line for stderr; "" for nothing.

    Raises:
        EngineError: the file is of a newer version, is read only and missing, or was named and is no sound memory.
    """

    def __init__(self, path: Path, *, read_only: bool = False, shared: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._shared = shared
        self.notice = ""
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._gate: FileLock | None = None
        try:
            self._open()
        except _FAULTS as error:
            if read_only or shared:
                raise self._foreign(_said(error)) from None
            self._meet(error)
        except OSError as error:
            if shared:
                raise
            self._give_up(error.strerror or str(error))

    def _foreign(self, why: str) -> EngineError:
        return EngineError(_("not a translation memory: {why}").format(why=why), path=self.path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                # whoever closes last takes the journal away; one that waited in vain closes all the same
                with suppress(TimeoutError), self._alone():
                    self._connection.close()
                self._connection.close()
                self._connection = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """Give the connection, None where the file cannot be used; damage met on the way ends the block quietly."""
        with self._lock:
            try:
                yield self._connection
            except _FAULTS as error:
                self._meet(error)

    def write(self, work: Callable[[sqlite3.Connection], T], *, lasting: bool = False) -> T | None:
        """Do work in a transaction, all of it or none; in the fresh file where the first met damage.

        Args:
            work: gets the connection; may be called twice.
            lasting: wait until the disk has it, as a person's work deserves.

        Returns:
            what `work` returned; None where nothing could be written.
        """
        if self.read_only:
            return None
        try:
            return self._written(work, lasting)
        except TimeoutError:
            self._give_up(f"another run has held it for {BUSY:g} s")
            return None

    def _written(self, work: Callable[[sqlite3.Connection], T], lasting: bool) -> T | None:
        for _attempt in range(3):
            self._follow()
            # SQLite 3.7 to 3.51 can lose what one process writes while another, closing, clears the journal away: of
            # three that learnt at once and ended, one in twelve rounds had its sentences gone, and nothing was said
            with self._alone(), self.reading() as connection:
                if connection is None:
                    return None
                connection.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
                with transaction(connection):
                    done = work(connection)
                if self._is_in_place:
                    return done
        return None

    @property
    def _is_in_place(self) -> bool:
        """Tell that the file is still the one that was opened: another process may have set it aside."""
        if self._is_volatile or self.read_only:
            return True
        try:
            return self.path.stat().st_ino == self._inode
        except OSError:
            return False

    def _follow(self) -> None:
        """Open the fresh file where the one that was open has been set aside: what is written there is lost."""
        with self._lock:
            if self._connection is None or self._is_in_place:
                return
            self.close()
            try:
                self._open()
            except (OSError, *_FAULTS) as error:
                self._give_up(_said(error))

    def _give_up(self, why: str) -> None:
        self.notice = _("no translation memory: {path}: {why}").format(path=self.path, why=why)

    def _open(self) -> None:
        """Open the file, make or update its tables, and see that they can be read."""
        if not self.read_only and not self._is_volatile:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # what a user named may be no memory, and then nothing is to lie beside it
        with nullcontext() if self._shared else self._alone():
            self._connect()

    def _connect(self) -> None:
        target = "file::memory:" if self._is_volatile else _uri(self.path)
        if self.read_only:
            if not self.path.is_file():
                raise EngineError(_("there is no such memory"), path=self.path)
            writable = os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)
            target += "?mode=ro" if writable else "?immutable=1"
        elif not self._is_volatile:
            self._make_private()
        connection = sqlite3.connect(target, timeout=BUSY, isolation_level=None, check_same_thread=False, uri=True)
        connection.text_factory = _text
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA:
            hint = _("upgrade, or use --no-memory")
            raise EngineError(_("the translation memory is of a newer tolmach"), path=self.path, hint=hint)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        if tables and "entry" not in tables:
            raise self._foreign("it is a database of something else")
        if self.read_only:
            if version < SCHEMA:
                hint = _("open it once where it can be written: tolmach memory stats --memory FILE")
                raise EngineError(_("the memory is of an older tolmach"), path=self.path, hint=hint)
        else:
            connection.execute("PRAGMA journal_mode=WAL")
            _update(connection)
        for table in ("entry", "person", "shown"):
            connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()

    @property
    def _is_volatile(self) -> bool:
        return str(self.path) == ":memory:"

    def _make_private(self) -> None:
        """Make the file, or take from others the right to read it."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            state = os.fstat(handle)
            self._inode = state.st_ino
            if not self._shared and state.st_mode & 0o077 and state.st_uid == os.geteuid():
                os.fchmod(handle, 0o600)
        finally:
            os.close(handle)

    def _alone(self) -> AbstractContextManager[object]:
        """Let one process at a time open a file, write, close it, or set one aside; may be entered again within."""
        from filelock import FileLock

        folder = self.path.parent
        if self._is_volatile or self.read_only or not folder.is_dir() or not os.access(folder, os.W_OK):
            return nullcontext()
        if self._gate is None:
            self._gate = FileLock(self.path.with_name(self.path.name + ".lock"), timeout=BUSY, mode=0o600)
        return self._gate

    def _meet(self, error: sqlite3.DatabaseError | UnicodeDecodeError) -> None:
        """Set a damaged file aside; give up on one that cannot be used."""
        self.close()
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        damaged = code in _DAMAGED or isinstance(error, UnicodeDecodeError)
        if not damaged or self.read_only or self._shared:
            self._give_up(_said(error))
            return
        try:
            with self._alone():
                if self._is_in_place:
                    self._set_aside()
                else:
                    message = _("the translation memory was damaged; another run has begun a new one: {path}")
                    self.notice = message.format(path=self.path)
                self._connect()
        except (OSError, *_FAULTS) as second:
            self._give_up(_said(second))

    def _set_aside(self) -> None:
        aside = self.path.with_name(f"{self.path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        for end in ("-wal", "-shm", ""):
            part = self.path.with_name(self.path.name + end)
            if part.exists():
                part.rename(aside.with_name(aside.name + end))
        self.notice = _("the translation memory was damaged: set aside as {aside}, a new one begun").format(aside=aside)


def _said(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return error.object.decode("utf-8", "backslashreplace")
    return str(error)


def _uri(path: Path) -> str:
    return path.absolute().as_uri()


def _text(raw: bytes) -> str:
    """Decode a cell; one that is damaged shows as such, and does not end the reading of the others."""
    return raw.decode("utf-8", "replace")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of the block or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _update(connection: sqlite3.Connection) -> None:
    """Make the tables, and bring those of an older version up to date, all at once."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == SCHEMA:
        return
    with transaction(connection):
        for table in _TABLES:
            connection.execute(table)
        _move_corrections(connection)
        connection.execute(f"PRAGMA user_version={SCHEMA}")


def _move_corrections(connection: sqlite3.Connection) -> None:
    """Move what version 1 kept among the engines' work under the signature "": people's corrections."""
    from translate.memory.lookup import key_of

    old = connection.execute(
        "SELECT source, source_language, target_language, target, made FROM entry WHERE engine='' AND extra=''"
        " ORDER BY made"
    ).fetchall()
    for source, source_language, target_language, target, made in old:
        found = connection.execute(
            "INSERT INTO person (key, source_language, target_language, source, target, origin, author, made, article,"
            " segment, before, after, more) VALUES (?, ?, ?, ?, ?, 'before', '', ?, '', '', '', '', '')",
            (key_of(source, source_language, target_language), source_language, target_language, source, target, made),
        )
        connection.execute(
            "INSERT INTO person_words (rowid, source, target) VALUES (?, ?, ?)", (found.lastrowid, source, target)
        )
    connection.execute("DELETE FROM entry WHERE engine=''")
