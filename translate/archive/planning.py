"""What is to be made: what is not there yet and, where it is asked for, what would now come out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from translate.archive.changes import Change, Sieve, changes, is_barring, unpack
from translate.archive.counting import terms_of, trace_of
from translate.archive.manifest import Listed, Made, Manifest, outputs_of
from translate.archive.sources import Reading, Seen, read_source
from translate.archive.station import House, Job, Task
from translate.errors import TranslateError
from translate.glossary import Glossary
from translate.pipeline import prepare

SMALLEST, LARGEST = 8, 64
"""Articles of a shard: of a small archive several are in hand at once, a large one is not ten thousand files."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article that is meant, and which of the houses holds for it."""

    seen: Seen
    house: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """An article that a change of the glossary touches."""

    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    Args:
        jobs: by shard.
        why: how many articles for which reason: new, failed, text, engine, style, glossary, output.
        touched: which changes of the glossary touch which articles.
        stale: how many have changed and are left as they are.
        earlier: glossaries as they were, by key.
        agreed: articles that a changed glossary does not touch: its key → ids.
    """

    jobs: tuple[Job, ...] = ()
    why: Mapping[str, int] = field(default_factory=dict)
    touched: tuple[Touched, ...] = ()
    stale: int = 0
    earlier: Mapping[str, Glossary] = field(default_factory=dict)
    agreed: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """Return how many articles are to be made."""
        return sum(len(job.tasks) for job in self.jobs)


def shard_size(articles: int) -> int:
    """Return how many of so many articles go into a shard."""
    return max(SMALLEST, min(LARGEST, articles // 64))


class Planner:
    """Compares what is meant with what is there.

    Args:
        manifest: open.
        houses: what holds for the articles now.
        reading: how they are read.
        engine: its signature; "" where it is not to be compared.
    """

    def __init__(self, manifest: Manifest, houses: Sequence[House], reading: Reading, engine: str = "") -> None:
        self._manifest, self._houses, self._reading, self._engine = manifest, houses, reading, engine
        self._sieves: dict[str, Sieve] = {}
        self._earlier: dict[str, Glossary] = {}

    def plan(self, wanted: Sequence[Wanted], ids: Sequence[int], *, changed: bool) -> Plan:
        """Say what is to be done.

        Args:
            wanted: the articles, in order.
            ids: of them in the manifest.
            changed: True to make again what would come out otherwise.
        """
        meant = dict(zip(ids, wanted, strict=True))
        why: dict[str, int] = {}
        tasks: dict[int, list[Task]] = {}
        touched: list[Touched] = []
        agreed: dict[str, list[int]] = {}
        stale = 0
        for listed in self._manifest.articles(ids):
            one = meant[listed.id]
            if one.seen.fault:
                continue
            found = self._reason(listed, one, changed=changed)
            reason = found.why
            if reason == "stale":
                stale += 1
            elif reason == "agreed":
                agreed.setdefault(self._houses[one.house].key, []).append(listed.id)
            elif reason:
                why[reason] = why.get(reason, 0) + 1
                before = listed.made.glossary if listed.made and reason == "glossary" else ""
                task = Task(listed.id, one.seen.source, one.seen.checksum, one.house, before)
                tasks.setdefault(listed.shard, []).append(task)
                touched += [Touched(listed.source.name, found.touching)] if found.touching else []
        jobs = tuple(Job(shard, tuple(self._manifest.order(shard)), tuple(some)) for shard, some in tasks.items())
        done = {key: tuple(some) for key, some in agreed.items()}
        return Plan(jobs, why, tuple(touched), stale, dict(self._earlier), done)

    def _reason(self, listed: Listed, one: Wanted, *, changed: bool) -> _Reason:
        made = listed.made
        if listed.state != "done" or made is None:
            return _Reason("failed" if listed.state == "failed" else "new")
        if not set(outputs_of(one.seen.source)) <= set(made.outputs):
            return _Reason("output")
        other = self._differs(made, one)
        if not other:
            return _Reason("")
        if not changed:
            return _Reason("stale")
        if other != "glossary":
            return _Reason(other)
        sieve = self._sieve(made.glossary, self._houses[one.house])
        if sieve is None:  # nobody knows any longer what it was made with
            return _Reason("glossary")
        hit = tuple(self._touching(listed, made, one, sieve))
        return _Reason("glossary" if hit else "agreed", hit)

    def _differs(self, made: Made, one: Wanted) -> str:
        house = self._houses[one.house]
        if made.checksum != one.seen.checksum:
            return "text"
        if self._engine and made.engine != self._engine:
            return "engine"
        if made.style != house.style_key:
            return "style"
        return "glossary" if made.glossary != house.key else ""

    def _touching(self, listed: Listed, made: Made, one: Wanted, sieve: Sieve) -> Iterator[Change]:
        """Yield the changes that touch an article."""
        house = self._houses[one.house]
        may = sieve.of(made.terms, self._manifest.words(listed.id))
        yield from (change for change in may if is_barring(change))
        may = [change for change in may if not is_barring(change)]
        if not may:
            return
        try:
            units = prepare(read_source(one.seen.source, self._reading), house.glossary).units
        except (TranslateError, OSError):
            return  # it fails when it is made
        if trace_of(units) != made.matches:
            held = {*made.terms, *terms_of(units)}
            yield from [change for change in may if change.keys & held] or may

    def _sieve(self, key: str, house: House) -> Sieve | None:
        name = f"{key} {house.key}"
        if name not in self._sieves:
            if key not in self._earlier:
                packed = self._manifest.glossary(key)
                if packed is None:
                    return None
                self._earlier[key] = unpack(packed)
            self._sieves[name] = Sieve(changes(self._earlier[key], house.glossary))
        return self._sieves[name]


@dataclass(frozen=True, slots=True)
class _Reason:
    why: str
    touching: tuple[Change, ...] = ()
