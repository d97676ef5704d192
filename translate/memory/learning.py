"""What an editor changed in a parallel text, kept as a person's.

A change is what differs from all that was written out for that sentence in that file; what stands as it was written
out is the engine's still. Where the memory never wrote a sentence out (another machine made the file, or a run without
a memory), nobody can tell, and only `every` takes it. Learning a file twice learns nothing twice.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from translate.memory.entries import MemoryEntry, Origin
from translate.memory.lookup import versions
from translate.memory.memory import Memory, Shown, add_rows, flat

_CONTROLS = regex.compile(r"[\p{Cc}\p{Cs}\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Taught:
    """A sentence of an edited text.

    Args:
        source, target: the texts.
        segment: its id.
        engine: what made the target, as the file says; "" for a person.
        before, after: the source segments beside it.
    """

    source: str
    target: str
    segment: str = ""
    engine: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """Two corrections of one sentence; both are kept, and the new one wins."""

    new: MemoryEntry
    old: MemoryEntry


@dataclass(slots=True)
class Lesson:
    """What came of learning a file.

    Args:
        learnt: the new entries.
        differing: those of them that another correction of the same sentence stands beside.
        unchanged: how many stand as they were written out, or were learnt before.
        unknown: segments that the memory never wrote out, and did not learn.
        empty: segments without a translation.
    """

    learnt: list[MemoryEntry] = field(default_factory=list)
    differing: list[Differing] = field(default_factory=list)
    unchanged: int = 0
    unknown: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Teacher:
    """Who teaches, and from what.

    Args:
        article: the file's name.
        author: of the corrections.
        origin: how they come in.
        source_language, target_language: ISO 639 codes.
    """

    article: str = ""
    author: str = ""
    origin: Origin = "learn"
    source_language: str = "en"
    target_language: str = "ru"


def learn(
    memory: Memory, taught: Sequence[Taught], teacher: Teacher, *, own: Memory | None = None, every: bool = False
) -> Lesson:
    """Keep the changed sentences of one text, all or none of them.

    Args:
        memory: where they are kept.
        taught: the sentences, in order.
        teacher: what is kept with each.
        own: the memory that wrote the text out; `memory` by default.
        every: take unchanged sentences too: the editor vouches for all of them.

    Raises:
        EngineError: they cannot be kept.
    """
    first = Lesson()
    wanted = list(_wanted(own or memory, taught, teacher, first, every))

    def work(connection: sqlite3.Connection) -> Lesson:
        lesson = replace(first, learnt=[], differing=[])  # may be called twice
        for entry in wanted:
            _take(connection, entry, lesson)
        return lesson

    return memory.keep(work) if wanted else first


def pair_up(texts: Sequence[Taught]) -> list[Taught]:
    """Give each sentence of a text the source of those beside it."""
    sources = ["", *(one.source for one in texts), ""]
    return [replace(one, before=sources[n], after=sources[n + 2]) for n, one in enumerate(texts)]


def _wanted(
    memory: Memory, taught: Sequence[Taught], teacher: Teacher, lesson: Lesson, every: bool
) -> Iterator[MemoryEntry]:
    """Yield what is to be kept, and count the rest."""
    pair = (teacher.source_language, teacher.target_language)
    for one in taught:
        target = clean(one.target)
        if not one.source.strip() or not target:
            lesson.empty += [one.segment] if one.source.strip() else []
            continue
        shown = None if every else memory.was_shown(Shown(one.source, target, teacher.article), *pair)
        if shown:
            lesson.unchanged += 1
        elif shown is None and one.engine and not every:
            lesson.unknown.append(one.segment)
        else:
            yield MemoryEntry(
                one.source, target, teacher.origin, teacher.author, "", teacher.article, one.segment, one.before,
                one.after, {}, *pair,
            )  # fmt: skip


def _take(connection: sqlite3.Connection, entry: MemoryEntry, lesson: Lesson) -> None:
    known = versions(connection, entry.source, entry.source_language, entry.target_language)
    place = (entry.article, entry.before, entry.after)
    here = next((one for one in known if (one.article, one.before, one.after) == place), None)
    if here is not None and flat(here.target) == flat(entry.target):
        lesson.unchanged += 1
        return
    add_rows(connection, [entry])
    lesson.learnt.append(entry)
    other = next((one for one in known if flat(one.target) != flat(entry.target)), None)
    if other is not None:
        lesson.differing.append(Differing(entry, other))


def clean(text: str) -> str:
    """Return a person's text on one line in NFC, without blanks around it; blanks within stay as they are."""
    return unicodedata.normalize("NFC", _CONTROLS.sub(" ", text)).strip()
