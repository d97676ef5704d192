"""An archive made on one machine: the engine in a process of its own, everything beside it in others.

The processes that segment, match, pin and check are as many as there are cores: while they wait for the engine it has
the cores, and while one of them prepares or finishes, the engine works for another. All of them are forked from one
that has read the glossary and the taggers, so these are in memory once; the model is in the engine's process alone.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from translate.archive.desk import Failure, Opening, Post, Served, end_with_parent, failure_of, serve
from translate.archive.manifest import Result
from translate.archive.station import Job, Setup, Station
from translate.engines.decoding import workers
from translate.errors import TranslateError

DIED = "a process died at it (of memory, or killed)"


@dataclass(frozen=True, slots=True)
class Made:
    """A job done: what became of its articles."""

    job: Job
    results: tuple[Result, ...]


def processes() -> int:
    """Return how many processes prepare and finish articles: as many as cores, two at least and at most eight.

    While the engine waits for all of them they have the cores, and while they wait for it the engine has.
    """
    return max(2, workers())


def _context() -> Any:
    # only on Linux is it safe to fork, and only a fork shares what has been read
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@contextmanager
def engine_beside(opening: Opening) -> Iterator[Callable[[], Post]]:
    """Run an engine in a process of its own, which loads it while this one does something else.

    Yields:
        a function that waits for the engine and says where it is asked; it raises an EngineError where it cannot be
        loaded.
    """
    context = _context()
    with tempfile.TemporaryDirectory(prefix="tolmach-", ignore_cleanup_errors=True) as folder:
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(opening, Path(folder), there), daemon=True)
        process.start()
        there.close()
        try:
            yield cache(lambda: _post(here))
        finally:
            process.terminate()
            process.join()


def _post(pipe: Any) -> Post:
    try:
        answer = pipe.recv()
    except EOFError:
        answer = Failure("the engine's process died while it was loading", code=4)
    if isinstance(answer, Failure):
        raise answer.error()
    assert isinstance(answer, Post)
    return answer


def warm(setup: Setup) -> None:
    """Read what every process needs, once, before they are forked from this one."""
    if _context().get_start_method() != "fork":
        return
    from translate.archive.warming import go_through

    _give_back()
    for house in setup.houses:
        go_through(house, setup.opening.target)
    gc.collect()
    gc.freeze()  # what is collected never is not written to, and stays shared


def _give_back() -> None:
    """Have this process, and those forked from it, give memory back that is free: of the taggers’ arrays 60 MB each."""
    with suppress(OSError, AttributeError):  # of another C library
        library = ctypes.CDLL(None)
        for option, value in ((-3, 1 << 16), (-1, 1 << 17), (-8, 1)):  # M_MMAP_THRESHOLD, M_TRIM_THRESHOLD, M_ARENA_MAX
            library.mallopt(option, value)


class Pool:
    """The processes beside the engine.

    Args:
        setup: of the run.
        post: where the engine is asked.
        count: how many.
    """

    def __init__(self, setup: Setup, post: Post, count: int) -> None:
        self._setup, self._post, self._count = setup, post, count
        self._context = _context()
        self._done = self._context.Value("q", 0)
        self._pool = self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        values = (self._setup, self._post, self._done)
        return ProcessPoolExecutor(self._count, mp_context=self._context, initializer=_begin, initargs=values)

    @property
    def articles(self) -> int:
        """Return how many articles have been done, those of unfinished shards included."""
        return int(self._done.value)

    def run(self, jobs: Iterable[Job], watch: Callable[[], None]) -> Iterator[Made]:
        """Do jobs in any order, and yield each when it is done.

        Args:
            jobs: no two of one shard.
            watch: called twice a second.

        Raises:
            TranslateError, OSError: nothing more can be done: the engine or the disk failed.
        """
        left, suspects = iter(jobs), deque[Job]()
        running: dict[Future[list[Result] | Failure], Job] = {}
        singly = False
        while True:
            # a process that dies takes the pool with it: what was running is done again one at a time, to see which
            if suspects or not running:
                singly = bool(suspects)
            most = 1 if singly else 2 * self._count
            while len(running) < most and (job := suspects.popleft() if suspects else next(left, None)):
                running[self._pool.submit(_make, job)] = job
            if not running:
                return
            finished, _rest = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            watch()
            for future in finished:
                alone = len(running) == 1
                job = running.pop(future)
                try:
                    answer = future.result()
                except BrokenProcessPool:
                    suspects.extend([job, *running.values()] if not alone else _halves(job))
                    if alone and len(job.tasks) == 1:
                        yield Made(job, (Result(job.tasks[0].id, reason=DIED, code=6),))
                    running.clear()
                    self._pool.shutdown(wait=False)
                    self._pool = self._begun()
                    break
                yield Made(job, _sound(answer))

    def close(self, *, now: bool = False) -> None:
        """End the processes, at once or when their jobs are done."""
        if now:
            for process in list((self._pool._processes or {}).values()):
                process.kill()
        self._pool.shutdown(wait=not now, cancel_futures=True)


def _sound(answer: list[Result] | Failure) -> tuple[Result, ...]:
    if isinstance(answer, Failure):
        raise answer.error()
    return tuple(answer)


def _halves(job: Job) -> list[Job]:
    """Cut a job in two, to find the article at which a process dies; nothing is left of one of a single article."""
    middle = len(job.tasks) // 2
    parts = (job.tasks[:middle], job.tasks[middle:]) if middle else ()
    return [Job(job.shard, job.order, tasks) for tasks in parts]


_station: Station | None = None


def _begin(setup: Setup, post: Post, done: Any) -> None:
    global _station  # noqa: PLW0603 - a process of the pool has one, made when it begins
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()

    def told(articles: int) -> None:
        with done.get_lock():
            done.value += articles

    _station = Station(setup, Served(post), told)


def _make(job: Job) -> list[Result] | Failure:
    assert _station is not None
    try:
        return _station.make(job)
    except (TranslateError, OSError) as error:
        return failure_of(error)
