"""Kills at random moments and writers at once: nothing half-written, nothing lost, nothing left over."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.campaign.forking import Forked, forked
from benchmarks.campaign.writing import WRITERS, Writer, environment, faults, lay_out, litter, state

SIZE = 400  # terms, entries, units, paragraphs: so that writing takes its part of a run
_SOUND = (0, 5)


@dataclass(slots=True)
class Kills:
    """What came of the kills of one command."""

    name: str
    tries: int = 0
    killed: int = 0
    failures: list[str] = field(default_factory=list)


class Ground:
    """A folder that is laid out anew for each kill, and what an undisturbed command makes of it.

    Args:
        folder: for all of it.
        writer: the command.
        laid: a folder that `lay_out` made.
    """

    def __init__(self, folder: Path, writer: Writer, laid: Path) -> None:
        self.writer = writer
        self._laid = laid
        self.folder = folder
        self.anew()
        self._before = state(folder)
        began = time.monotonic()
        first = self.finished()
        self.seconds = time.monotonic() - began
        self._after = state(folder)
        if first not in _SOUND:
            raise RuntimeError(f"{writer.name}: exit code {first}")
        self._again = self.finished()
        self._twice, self._litter = state(folder), litter(folder)

    def anew(self) -> None:
        """Lay the folder out as it was."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._laid, self.folder)

    def started(self) -> Forked:
        """Fork a run of the command, which waits to be let go."""
        return forked(self.writer.command, self.folder, environment(self.folder))

    def finished(self) -> int | None:
        """Run the command undisturbed; return its exit code."""
        run = self.started()
        run.go()
        return run.wait()

    def judge(self) -> list[str]:
        """Look at what a kill left, run the command again, and look at that."""
        found = [f"{name} is not whole" for name in faults(self._before, state(self.folder), self._after)]
        code = self.finished()
        if code not in (*_SOUND, self._again):
            found.append(f"the run after: exit code {code}")
        found += [f"after the next run: {name}" for name in _differing(self._twice, state(self.folder))]
        return found + [f"left over: {name}" for name in litter(self.folder) if name not in self._litter]


def _differing(one: dict[str, Hashable], other: dict[str, Hashable]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def laid_out(folder: Path, size: int) -> Path:
    """Lay a folder out and return it."""
    laid = folder / "laid"
    before = dict(os.environ)
    os.environ.update(environment(laid))
    try:
        lay_out(laid, size)
    finally:
        os.environ.clear()
        os.environ.update(before)
    return laid


def kills(folder: Path, tries: int, seed: int, only: str = "") -> Iterator[Kills]:
    """Kill every command that writes so many times at random moments of its run."""
    laid = laid_out(folder, SIZE)
    for writer in WRITERS:
        if not writer.name.startswith(only):
            continue
        rng = random.Random(f"{writer.name} {seed}")
        result = Kills(writer.name)
        ground = Ground(folder / "ground", writer, laid)
        for n in range(tries):
            ground.anew()
            result.tries += 1
            result.killed += _killed(ground, rng.uniform(0, 1.05) * ground.seconds)
            result.failures += [f"try {n}: {fault}" for fault in ground.judge()]
        yield result


def _killed(ground: Ground, after: float) -> bool:
    run = ground.started()
    run.go()
    if run.wait(after) is not None:
        return False
    run.kill()
    return run.wait() == -signal.SIGKILL


def at_once(folder: Path, rounds: int) -> Kills:
    """Add terms to one file from four processes at once, two of them by a link."""
    result = Kills("glossary add ×4")
    (folder / "link.tsv").symlink_to("w.tsv")
    for n in range(rounds):
        names = [(f"a{n}x{k}", "w.tsv" if k % 2 else "link.tsv") for k in range(4)]
        running = [forked(("glossary", "add", "-g", file, name, "я"), folder, {}) for name, file in names]
        for run in running:
            run.go()
        codes = [run.wait() for run in running]
        text = (folder / "w.tsv").read_text(encoding="utf-8")
        result.tries += 4
        result.failures += [f"{name} is lost" for name, _file in names if f"{name}\t" not in text]
        result.failures += [f"exit code {code}" for code in codes if code]
    return result
