"""A place where articles are made into results: one in every process, on this machine or another.

It reads articles, has their sentences translated together, writes their files and their shard, and says what became of
each. An article that fails is no matter of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from translate.archive.changes import glossary_key
from translate.archive.counting import count, terms_of, trace_of, words_of
from translate.archive.desk import Opening
from translate.archive.manifest import Made, Result, outputs_of
from translate.archive.rollout import Before, RollingOut, before
from translate.archive.shards import line_of, shard_path, write_shard
from translate.archive.sources import Reading, Source, read_source
from translate.article import Article
from translate.config import Style
from translate.engines import Engine
from translate.errors import EngineError, TranslateError
from translate.glossary import Glossary
from translate.memory import Memory, RememberingEngine, open_shared
from translate.parallel import ParallelText, write_file
from translate.pipeline import Prepared, finish, prepare, show

TOGETHER = 4
"""Articles whose sentences are translated together: 160 sentences, of which the taggers hold 200 kB each."""


@dataclass(frozen=True, slots=True)
class House:
    """The terms and the style that hold for some of the articles.

    Args:
        glossary: the terms; `key` tells them from others.
        style: of the Russian edition.
    """

    glossary: Glossary
    style: Style
    key: str

    @property
    def style_key(self) -> str:
        """Return what tells the style from others."""
        s = self.style
        return " ".join([s.yo, s.quotes, s.dates, *sorted(s.off)])


def house_of(glossary: Glossary, style: Style) -> House:
    """Put terms and style together."""
    return House(glossary, style, glossary_key(glossary))


@dataclass(frozen=True, slots=True)
class Setup:
    """What a station needs to know, the same for all of a run.

    Args:
        folder: of the results.
        opening: the engine.
        reading: how articles are read.
        houses: glossaries and styles.
        earlier: glossaries that some of the results were made with, by their keys.
        memory: the file of drafts; None for one that is forgotten in the end.
        shared: other memories of people's translations.
        format: of the shards.
        bom: True to begin a .tsv with a byte-order mark.
    """

    folder: Path
    opening: Opening
    reading: Reading
    houses: tuple[House, ...]
    earlier: Mapping[str, Glossary] = field(default_factory=dict)
    memory: Path | None = None
    shared: tuple[Path, ...] = ()
    format: str = "jsonl"
    bom: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """An article to make.

    Args:
        id: in the manifest.
        source: where it is read, and what is written of it alone.
        checksum: of its bytes.
        house: which of the houses holds for it.
        before: the key of the glossary that it was made with, where nothing but the glossary has changed; else "".
    """

    id: int
    source: Source
    checksum: str
    house: int = 0
    before: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Articles of one shard that are to be made.

    Args:
        shard: its number.
        order: the names of all articles that belong to it.
        tasks: those to make, in that order.
    """

    shard: int
    order: tuple[str, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    task: Task
    article: Article


@dataclass(frozen=True, slots=True)
class _Done:
    """An article made: its line in the shard, and what to tell the manifest."""

    name: str
    line: bytes
    result: Result


class Patient(RememberingEngine):
    """An engine behind the memory that is asked in larger pieces: a killed run loses half a minute of work at most.

    In the five seconds of a single article's run there are too few sentences for batches of near lengths.
    """

    SECONDS = 30.0
    FIRST = 64


class Station:
    """Makes jobs, one after the other.

    Args:
        setup: of the run.
        engine: without a memory before it.
        told: called with the number of articles that are done, a few at a time.
        memory: open; that of the setup by default.
    """

    def __init__(
        self, setup: Setup, engine: Engine, told: Callable[[int], None] = lambda _n: None, *,
        memory: Memory | None = None,
    ) -> None:  # fmt: skip
        self.setup = setup
        opening = setup.opening
        self._memory = memory or Memory(setup.memory or Path(":memory:"))
        shared = [open_shared(path) for path in setup.shared if path != self._memory.path]
        self._engine = Patient(engine, self._memory, opening.source, opening.target, shared=shared)
        self._told = told

    def make(self, job: Job) -> list[Result]:
        """Make the articles of a job and write their shard.

        Returns:
            what became of each, in order.

        Raises:
            EngineError: the engine cannot be asked any longer.
            OSError: the shard cannot be written.
        """
        results: list[Result] = []
        lines: dict[str, bytes] = {}
        for start in range(0, len(job.tasks), TOGETHER):
            some = job.tasks[start : start + TOGETHER]
            for one in self._made(some):
                if isinstance(one, _Done):
                    lines[one.name] = one.line
                    results.append(one.result)
                else:
                    results.append(one)
            self._told(len(some))
        write_shard(shard_path(self.setup.folder, job.shard, self.setup.format), job.order, lines)
        return results

    def _made(self, tasks: Sequence[Task]) -> Iterator[_Done | Result]:
        """Yield what becomes of some articles."""
        read: list[_Read] = []
        failed: dict[int, Result] = {}
        for task in tasks:
            try:
                read.append(_Read(task, read_source(task.source, self.setup.reading)))
            except Exception as error:
                failed[task.id] = _failed(task, error)
        done: dict[int, _Done | Result] = {}
        groups: dict[str, list[_Read]] = {}
        for one in read:
            groups.setdefault(f"{one.task.house} {one.task.before}", []).append(one)
        for some in groups.values():
            done |= self._together(some)
        for task in tasks:
            yield failed.get(task.id) or done[task.id]

    def _together(self, some: Sequence[_Read]) -> dict[int, _Done | Result]:
        """Make articles of one house together; where that fails, each alone."""
        try:
            return {one.task.id: done for one, done in zip(some, self._finished(some), strict=True)}
        except (EngineError, MemoryError):
            raise
        except Exception as error:
            if len(some) == 1:
                return {some[0].task.id: _failed(some[0].task, error)}
        return {id_: done for one in some for id_, done in self._together([one]).items()}

    def _finished(self, some: Sequence[_Read]) -> list[_Done]:
        house = self.setup.houses[some[0].task.house]
        target = self.setup.opening.target
        prepared = [prepare(one.article, house.glossary, target_language=target) for one in some]
        engine: RememberingEngine = self._engine
        known = Before()
        if old := self.setup.earlier.get(some[0].task.before):
            earlier = [prepare(one.article, old, target_language=target) for one in some]
            known = before(earlier, prepared, self._engine)
            engine = RollingOut(self._engine, known)
        texts = finish(
            prepared, engine, glossary=house.glossary, style=house.style,
            target_language=target, replaced=known.replaced,
        )  # fmt: skip
        return [self._kept(*three, house) for three in zip(some, prepared, texts, strict=True)]

    def _kept(self, read: _Read, prepared: Prepared, text: ParallelText, house: House) -> _Done:
        """Write the files of an article, and put together what else is kept of it."""
        task = read.task
        show(self._engine, text, [output.path for output in task.source.outputs])
        for output in task.source.outputs:
            write_file(output.path, text, output.format, bom=self.setup.bom)
        made = Made(
            task.checksum, self._engine.signature, house.key, house.style_key, outputs_of(task.source),
            terms_of(prepared.units), trace_of(prepared.units), count(text, prepared.units),
        )  # fmt: skip
        line = line_of(task.source.name, task.checksum, text)
        return _Done(task.source.name, line, Result(task.id, made, words_of(text)))


def _failed(task: Task, error: BaseException) -> Result:
    """Say why an article failed, in one line without its name."""
    if isinstance(error, TranslateError):
        return Result(task.id, reason=_without_path(error), code=error.exit_code)
    if isinstance(error, OSError):
        return Result(task.id, reason=error.strerror or str(error), code=3)
    if isinstance(error, MemoryError):
        return Result(task.id, reason="the memory of this machine does not suffice", code=3)
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    return Result(task.id, reason=f"an unforeseen fault: {reason:.200}", code=6)


def _without_path(error: TranslateError) -> str:
    """Return what an error says without the path, and with its line."""
    return (f"{error.line}: " if error.line else "") + error.message
