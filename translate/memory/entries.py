"""The translation memory: every sentence ever translated or corrected, in one SQLite file of the user's.

A killed run resumes where it stopped, nothing is translated twice, and a human's correction wins over any machine.
Exact matches only: a sentence that differs in one letter is another sentence.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from translate.engines import Draft, Link, Request
from translate.errors import EngineError
from translate.problems import Problem
from translate.spans import Span

SCHEMA = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS entry (
    source TEXT NOT NULL,
    source_language TEXT NOT NULL,
    target_language TEXT NOT NULL,
    engine TEXT NOT NULL,      -- signature; '' for a human
    extra TEXT NOT NULL,       -- hints and kept spans, JSON; '' for none
    target TEXT NOT NULL,
    score REAL,
    alignment TEXT,            -- [[source start, stop, target start, stop, weight], …], or {links, kept}
    problems TEXT NOT NULL,    -- [[kind, message, source start, stop, target start, stop], …]
    made TEXT NOT NULL,        -- UTC, ISO 8601
    PRIMARY KEY (source, source_language, target_language, engine, extra)
) WITHOUT ROWID
"""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
BUSY = 30.0  # seconds to wait for another process's write


def memory_path() -> Path:
    """Return where the memory lies; $XDG_DATA_HOME moves it."""
    import platformdirs

    return platformdirs.user_data_path("tolmach") / "memory.sqlite3"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the memory knows of a sentence.

    Args:
        source, target: the texts.
        engine: signature of what made the target, "" for a human.
        score: of the engine, or None.
        made: UTC, ISO 8601.
    """

    source: str
    target: str
    engine: str
    score: float | None
    made: str

    @property
    def corrected(self) -> bool:
        """Tell whether a human wrote it."""
        return not self.engine


class Memory:
    """The file, open; safe for threads and for several processes.

    A damaged file is set aside under a new name, never deleted, and a fresh one begun; `notice` then says so, one
    line for stderr. Where the file cannot be written, machine translations go on without it and `notice` says so;
    a correction by a human raises instead, because it must not be lost.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or memory_path()
        self.notice = ""
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            self._meet(error)
        except OSError as error:
            self.notice = f"no translation memory: {self.path}: {error.strerror or error}"

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > SCHEMA:
                raise EngineError(
                    "the translation memory is of a newer tolmach", path=self.path, hint="upgrade, or use --no-memory"
                )
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version={SCHEMA}")
            connection.execute("SELECT * FROM entry LIMIT 1").fetchone()
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _meet(self, error: sqlite3.DatabaseError) -> None:
        """Set a damaged file aside; give up on one that cannot be used."""
        self.close()
        if (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in _DAMAGED:
            self.notice = f"no translation memory: {self.path}: {error}"
            return
        aside = self.path.with_name(f"{self.path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        try:
            for end in ("-wal", "-shm", ""):
                part = self.path.with_name(self.path.name + end)
                if part.exists():
                    part.rename(aside.with_name(aside.name + end))
            self._open()
            self.notice = f"the translation memory was damaged: set aside as {aside}, a new one begun"
        except (OSError, sqlite3.DatabaseError) as second:
            self.notice = f"no translation memory: {self.path}: {second}"

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection | None]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.DatabaseError as error:
                self._meet(error)

    def lookup(self, source: str, source_language: str = "en", target_language: str = "ru") -> Entry | None:
        """Return a human's translation of exactly this text, else the latest machine's without a problem, else None."""
        found: list[Entry] = []
        with self._using() as connection:
            if connection is not None:
                rows = connection.execute(
                    "SELECT source, target, engine, score, made FROM entry WHERE source=? AND source_language=? AND "
                    "target_language=? AND extra='' AND problems='[]' ORDER BY engine='' DESC, made DESC LIMIT 1",
                    (source, source_language, target_language),
                )
                found = [Entry(*row) for row in rows]
        return found[0] if found else None

    def remember(self, source: str, target: str, source_language: str = "en", target_language: str = "ru") -> None:
        """Keep a human's translation; it replaces an earlier one of the same text.

        Raises:
            EngineError: it cannot be kept.
        """
        row = (source, source_language, target_language, "", "", target, None, None, "[]", _now())
        if not self._write([row]):
            why = self.notice or "the file cannot be written"
            raise EngineError(f"the correction is not kept: {why}", path=self.path)

    def recall(
        self, requests: Sequence[Request], engine: str, source_language: str, target_language: str
    ) -> list[Draft | None]:
        """Return what is known of n requests: a human's text first, then this very engine's.

        Returns:
            n drafts or None, in order. A human's has the signature "".
        """
        known: list[Draft | None] = [None] * len(requests)
        with self._using() as connection:
            if connection is not None:
                for i, request in enumerate(requests):
                    row = connection.execute(
                        "SELECT target, score, alignment, engine, problems FROM entry WHERE source=? AND "
                        "source_language=? AND target_language=? AND ((engine='' AND extra='') OR "
                        "(engine=? AND extra=?)) ORDER BY engine LIMIT 1",
                        (request.text, source_language, target_language, engine, _extra(request)),
                    ).fetchone()
                    known[i] = _draft(row) if row else None
        return known

    def store(
        self, requests: Sequence[Request], drafts: Sequence[Draft], source_language: str, target_language: str
    ) -> None:
        """Keep n machine translations, all or none of them."""
        made = _now()
        rows = []
        for r, d in zip(requests, drafts, strict=True):
            packed = (_packed_spans(d), _packed_problems(d.problems))
            key = (r.text, source_language, target_language, d.signature, _extra(r))
            rows.append((*key, d.text, d.score, *packed, made))
        self._write(rows)

    def _write(self, rows: Sequence[tuple[object, ...]]) -> bool:
        for _attempt in range(2):  # the second in the fresh file, where the first met a damaged one
            with self._using() as connection:
                if connection is None:
                    return False
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    connection.executemany(f"INSERT OR REPLACE INTO entry VALUES ({', '.join('?' * 10)})", rows)
                    connection.execute("COMMIT")
                    return True
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        return False


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _extra(request: Request) -> str:
    if not request.hints and not request.kept and not request.context:
        return ""
    hints = [[h.span.start, h.span.stop, h.lemma] for h in request.hints]
    context = [list(request.context)] if request.context else []  # older entries end with the kept spans
    return json.dumps([hints, [[s.start, s.stop] for s in request.kept], *context], ensure_ascii=False)


def _packed_spans(draft: Draft) -> str | None:
    """Return the alignment as a list; with kept pieces, both under their names."""
    links = draft.alignment and [
        [a.source.start, a.source.stop, a.target.start, a.target.stop, round(a.weight, 3)] for a in draft.alignment
    ]
    kept = [[span.start, span.stop] for span in draft.kept]
    packed = {"links": links, "kept": kept} if kept else links
    return None if packed is None else json.dumps(packed, separators=(",", ":"))


def _packed_problems(problems: Sequence[Problem]) -> str:
    def ends(span: Span | None) -> list[int | None]:
        return [None, None] if span is None else [span.start, span.stop]

    return json.dumps([[p.kind, p.message, *ends(p.source), *ends(p.target)] for p in problems], ensure_ascii=False)


def _draft(row: tuple[str, float | None, str | None, str, str]) -> Draft:
    target, score, packed, engine, problems = row
    spans = json.loads(packed) if packed else None
    links, kept = (spans["links"], spans["kept"]) if isinstance(spans, dict) else (spans, ())
    alignment = None if links is None else tuple(Link(Span(a, b), Span(c, d), w) for a, b, c, d, w in links)
    found = tuple(_problem(fields) for fields in json.loads(problems))
    return Draft(target, score, alignment, engine, found, tuple(Span(a, b) for a, b in kept))


def _problem(fields: list[Any]) -> Problem:
    kind, message, a, b, c, d = fields
    return Problem(kind, message, source=None if a is None else Span(a, b), target=None if c is None else Span(c, d))
