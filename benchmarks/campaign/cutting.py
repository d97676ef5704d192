"""A kill at each system call that writes, in turn, as SQLite's tests cut the power: needs strace, which does it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.campaign.killing import Ground, Kills, laid_out
from benchmarks.campaign.writing import WRITERS

_CALLS = (
    "write", "writev", "pwrite64", "pwritev", "sendfile", "copy_file_range", "fsync", "fdatasync", "ftruncate",
    "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir",
    "fchmod", "fchmodat", "fchown", "fsetxattr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cut:
    """A system call by its name and its number among those of that name."""

    call: str
    number: int


def cuts(folder: Path, most: int, seed: int, only: str = "") -> Iterator[Kills]:
    """Kill every command that writes at each of its system calls that write.

    Args:
        folder: to work in.
        most: cuts of one command, chosen at random where it has more.
        seed: of the choice.
        only: commands whose names begin so.
    """
    if shutil.which("strace") is None:
        return
    laid = laid_out(folder, 0)
    for writer in WRITERS:
        if not writer.name.startswith(only):
            continue
        ground = Ground(folder / "ground", writer, laid)
        all_ = _all_cuts(ground, folder / "calls")
        chosen = random.Random(f"{writer.name} {seed}").sample(all_, min(most, len(all_)))
        result = Kills(f"{writer.name}, each write")
        for cut in sorted(chosen, key=lambda cut: (cut.call, cut.number)):
            ground.anew()
            result.tries += 1
            inject = f"inject={cut.call}:error=EIO:signal=SIGKILL:when={cut.number}"
            code = _traced(ground, "-f", "-o", os.devnull, "-e", f"trace={cut.call}", "-e", inject)
            result.killed += code == -signal.SIGKILL
            result.failures += [f"{cut.call} {cut.number}: {fault}" for fault in ground.judge()]
        yield result


def _traced(ground: Ground, *options: str) -> int | None:
    """Run the command under strace; return its exit code."""
    run = ground.started()
    tracer = subprocess.Popen(
        ["strace", "-qqq", *options, "-p", str(run.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    status = Path(f"/proc/{run.pid}/status")
    while "TracerPid:\t0\n" in status.read_text():
        if tracer.poll() is not None:
            run.kill()
            run.wait()
            raise RuntimeError(f"strace does not trace: {tracer.communicate()[1]}")
        time.sleep(0.001)
    run.go()
    code = run.wait()
    tracer.communicate()
    return code


def _all_cuts(ground: Ground, log: Path) -> list[Cut]:
    """List the calls of a run by name and number; strace numbers them by thread, and the main one writes the most."""
    ground.anew()
    log.mkdir(exist_ok=True)
    for old in log.iterdir():
        old.unlink()
    _traced(ground, "-ff", "-o", str(log / "t"), "-e", f"trace={','.join(_CALLS)}")
    counted: Counter[str] = Counter()
    for thread in log.iterdir():
        names = Counter(line.partition("(")[0] for line in thread.read_text(errors="replace").splitlines())
        counted |= names
    return [Cut(name, n) for name in _CALLS for n in range(1, counted[name] + 1)]
