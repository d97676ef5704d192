"""One damaged file after the other, each to a command, in this process; what fails is kept to be tried again."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import random
import resource
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.campaign import mutating
from benchmarks.campaign.targets import Target

LONGEST = 10  # seconds of the processor
LARGEST = 1 << 20  # kilobytes of memory


class TooLong(BaseException):
    """A command took longer than anybody waits."""


class _Noted(logging.Handler):
    """Remembers what `translate.problems.mishaps` made a problem of."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.faults: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            self.faults.append(record.exc_info[1])


@dataclass(slots=True)
class Outcome:
    """What came of the tries of one target."""

    name: str
    tries: int = 0
    slowest: float = 0.0
    largest: int = 0
    """Kilobytes of memory that the process has had at most, those of the targets before among them."""
    failures: list[str] = field(default_factory=list)


def attack(target: Target, tries: int, seed: int, folder: Path, keep: Path | None = None) -> Outcome:
    """Damage a target's files and run its commands on them.

    Args:
        tries: how many files.
        seed: of the random numbers.
        folder: laid out by `targets`; commands run in it.
        keep: where files that made a command fail are put.
    """
    rng = random.Random(f"{target.name} {seed}")
    outcome = Outcome(target.name)
    for _ in range(tries):
        data = mutating.any_of(rng, rng.choice(target.seeds))
        fault = run(target.file, data, rng.choice(target.commands), folder, outcome)
        if fault:
            outcome.failures.append(fault)
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}_{len(outcome.failures)}-{Path(target.file).name}").write_bytes(data)
    return outcome


def run(file: str, data: bytes, command: tuple[str, ...], folder: Path, outcome: Outcome) -> str:
    """Run one command on one file; return what failed, "" if nothing did."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob(f"{path.name}?*"):  # journals of a memory, and what was set aside
        old.unlink()
    path.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with _noted() as noted:
        began = time.process_time()
        fault = _invoke(command, folder)
        seconds = time.process_time() - began
    outcome.tries += 1
    outcome.slowest = max(outcome.slowest, seconds)
    if noted.faults:
        fault = fault or f"a problem of the kind internal: {noted.faults[0]!r}"
    outcome.largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if max(before, LARGEST) < outcome.largest:
        fault = fault or "more than a gigabyte"
    return f"{' '.join(command)}: {fault}" if fault else ""


@contextlib.contextmanager
def _noted() -> Iterator[_Noted]:
    handler, logger = _Noted(), logging.getLogger("translate.problems.mishaps")
    before, logger.level = logger.level, logging.DEBUG
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def _invoke(command: tuple[str, ...], folder: Path) -> str:
    from translate.cli import cli
    from translate.errors import TranslateError

    def stop(*_args: object) -> None:
        raise TooLong

    here = Path.cwd()
    os.chdir(folder)
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace") for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(list(command), standalone_mode=False)
        return "exit code 6" if code == 6 else ""
    except (TranslateError, OSError, click.ClickException, click.exceptions.Exit, click.Abort):
        return ""
    except TooLong:
        return f"more than {LONGEST} seconds"
    except Exception as error:
        return repr(error)[:300]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        os.chdir(here)
