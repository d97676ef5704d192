"""An archive made on the machines of a Ray cluster: Ray Data gives shards to actors that hold an engine each.

Ray brings what a home-made cluster would have to: back-pressure, actors begun again and their work repeated where a
machine is lost, machines that come later. Every actor has a core and a station like that of a process on one machine;
glossary and memory go to the cluster once. What engines made comes back with the results, into the user's own memory.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import pickle
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from translate.archive.desk import Failure, failure_of
from translate.archive.local import DIED, Made
from translate.archive.manifest import Result
from translate.archive.shards import FOLDER
from translate.archive.station import Job, Setup, Station, Task
from translate.engines import Draft, Request
from translate.errors import EngineError, TranslateError
from translate.memory import Memory, Shown
from translate.messages import _

LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a worker has put into its copy of the memory: for the user's own."""

    requests: tuple[Request, ...] = ()
    drafts: tuple[Draft, ...] = ()
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of a job."""

    job: Job
    results: tuple[Result, ...] = ()
    learnt: Learnt = Learnt()
    failure: Failure | None = None


class NotingMemory(Memory):
    """A memory that notes what is put into it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._requests: list[Request] = []
        self._drafts: list[Draft] = []
        self._shown: list[Shown] = []

    def store(
        self, requests: Sequence[Request], drafts: Sequence[Draft], source_language: str, target_language: str
    ) -> None:
        """Keep n machine translations."""
        super().store(requests, drafts, source_language, target_language)
        self._requests += requests
        self._drafts += drafts

    def show(self, shown: Iterable[Shown], source_language: str = "en", target_language: str = "ru") -> None:
        """Note what an editor gets to see."""
        some = list(shown)
        super().show(some, source_language, target_language)
        self._shown += some

    def taken(self) -> Learnt:
        """Return what has been noted since this was last asked."""
        noted = Learnt(tuple(self._requests), tuple(self._drafts), tuple(self._shown))
        self._requests, self._drafts, self._shown = [], [], []
        return noted


@dataclass(frozen=True, slots=True)
class Stock:
    """What every worker needs, sent to the cluster once.

    Args:
        setup: of the run; its memories are files of the machine that began it.
        memories: the contents of the user's memory, then of the shared ones.
    """

    setup: Setup
    memories: tuple[bytes, ...]


def stock_of(setup: Setup) -> Stock:
    """Gather it."""
    paths = [path for path in (setup.memory, *setup.shared) if path]
    return Stock(setup, tuple(_copied(path) for path in paths))


def _copied(path: Path) -> bytes:
    """Return a memory's file as it is at this moment, whoever else writes to it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "memory.sqlite3"
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        return copy.read_bytes()


class Worker:
    """What an actor of the cluster holds: an engine and a station; called with a job, it gives an answer.

    Args:
        stock: a list of one reference to it in Ray's store.
    """

    def __init__(self, stock: Any) -> None:
        import ray

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        held: Stock = ray.get(stock[0])
        own, *shared = [_placed(raw) for raw in held.memories] or [Path(":memory:")]
        self._memory = NotingMemory(own)
        self._setup = replace(held.setup, memory=own, shared=tuple(shared))
        self._station: Station | None = None

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Do jobs; what cannot go on is an answer too, so that Ray does not try it again."""
        return {"answer": [_packed(self._answer(_unpacked(text))) for text in batch["job"]]}

    def _answer(self, job: Job) -> Answer:
        try:
            results = self._made(job)
        except (TranslateError, OSError) as error:
            return Answer(job, failure=failure_of(error))
        return Answer(job, tuple(results), self._memory.taken())

    def _made(self, job: Job) -> list[Result]:
        """Make a job; one at which a worker died is made article by article, to find the one at which it dies."""
        if self._station is None:
            self._station = Station(self._setup, self._setup.opening.load().engine, memory=self._memory)
        hand = self._setup.folder / FOLDER / f".{job.shard:05d}.hand"
        hand.parent.mkdir(parents=True, exist_ok=True)
        if hand.exists():
            results = [one for task in job.tasks for one in self._alone(job, task, hand)]
        else:
            hand.touch()
            results = self._station.make(job)
        hand.unlink(missing_ok=True)
        return results

    def _alone(self, job: Job, task: Task, hand: Path) -> list[Result]:
        assert self._station is not None
        if str(task.id) in hand.read_text(encoding="utf-8").split():
            return [Result(task.id, reason=DIED, code=6)]
        with hand.open("a", encoding="utf-8") as file:
            file.write(f"{task.id}\n")
        made = self._station.make(Job(job.shard, job.order, (task,)))
        left = [id_ for id_ in hand.read_text(encoding="utf-8").split() if id_ != str(task.id)]
        hand.write_text("".join(f"{id_}\n" for id_ in left), encoding="utf-8")
        return made


def _packed(value: Job | Answer) -> str:
    """Return a value as a cell of a table holds it: bytes in a column of an array lose what is 0 at their end."""
    return base64.b85encode(pickle.dumps(value)).decode("ascii")


def _unpacked(text: str) -> Any:
    return pickle.loads(base64.b85decode(text))


def _placed(raw: bytes) -> Path:
    """Put a memory's contents into a file of this machine's; its workers share one."""
    from filelock import FileLock

    folder = Path(tempfile.gettempdir()) / f"tolmach-{os.getuid() if hasattr(os, 'getuid') else 0}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{hashlib.sha256(raw).hexdigest()[:16]}-{os.getppid()}.sqlite3"
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            rest = path.with_suffix(".part")
            rest.write_bytes(raw)
            rest.rename(path)
    return path


class Workers:
    """A cluster ready for jobs.

    Args:
        setup: of the run.
        count: how many workers; None for a core each, and more as machines come.
    """

    def __init__(self, setup: Setup, count: int | None) -> None:
        self._setup, self._count = setup, count

    def run(self, jobs: Sequence[Job], watch: Callable[[int], None]) -> Iterator[Made]:
        """Do jobs in any order, and yield each when it is done.

        Args:
            jobs: no two of one shard.
            watch: called with the number of articles done.

        Raises:
            TranslateError: nothing more can be done.
        """
        import ray

        for left in (self._setup.folder / FOLDER).glob(".*.hand"):  # of an earlier run
            left.unlink(missing_ok=True)
        cores = int(ray.cluster_resources().get("CPU", 1))
        least, most = (self._count, self._count) if self._count else (min(cores, len(jobs)), len(jobs))
        pool = ray.data.ActorPoolStrategy(min_size=max(1, least), max_size=max(1, most))
        stock = ray.put(stock_of(self._setup))
        rows = [{"job": _packed(job)} for job in jobs]
        done = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            Worker, fn_constructor_args=([stock],), batch_size=1, batch_format="numpy", compute=pool, num_cpus=1,
        )  # fmt: skip
        articles = 0
        for row in done.iter_rows():
            answer: Answer = _unpacked(row["answer"])
            if answer.failure:
                raise answer.failure.error()
            self._learn(answer.learnt)
            articles += len(answer.results)
            watch(articles)
            yield Made(answer.job, answer.results)

    def _learn(self, learnt: Learnt) -> None:
        if self._setup.memory is None:
            return
        pair = (self._setup.opening.source, self._setup.opening.target)
        with Memory(self._setup.memory) as memory:
            if learnt.requests:
                memory.store(learnt.requests, learnt.drafts, *pair)
            if learnt.shown:
                memory.show(learnt.shown, *pair)


def _knock(address: str) -> None:
    """See that somebody listens at host:port; Ray would try for minutes.

    Raises:
        OSError: nobody does.
    """
    host, sign, port = address.removeprefix("ray://").rpartition(":")
    if sign and port.isdecimal():
        with socket.create_connection((host.strip("[]"), int(port)), timeout=10):
            pass


@contextmanager
def cluster(setup: Setup, address: str, count: int | None) -> Iterator[Workers]:
    """Connect to a cluster, or begin one on this machine.

    Args:
        setup: of the run; its folder must be reached from every machine by the same path.
        address: "auto", host:port, ray://…, or "local".
        count: of workers, see `Workers`.

    Raises:
        EngineError: Ray is not installed, or there is no cluster at this address.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the machine unasked
    try:
        import ray
        import ray.data
    except ImportError as error:
        hint = _("Install it: pip install 'tolmach[ray]'. One machine needs no cluster: leave --ray out.")
        raise EngineError(_("Ray cannot be imported: {error}").format(error=error), hint=hint) from error
    begun = address == LOCAL
    try:
        _knock(address)
        ray.init(
            address=LOCAL if begun else address, include_dashboard=False if begun else None,
            num_cpus=count if begun else None, log_to_driver=False, logging_level="ERROR",
        )  # fmt: skip
    except (OSError, ValueError, RuntimeError) as error:
        hint = _("ray status says whether one runs here; ray start --head begins one.")
        raise EngineError(
            _("no Ray cluster at {address}: {error}").format(address=address, error=str(error).splitlines()[0]),
            hint=hint,
        ) from error
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = False
    try:
        yield Workers(setup, count)
    finally:
        with suppress(Exception):
            ray.shutdown()
