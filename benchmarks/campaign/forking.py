"""The command in a forked process: it has all modules and models already, so that thousands of runs take minutes."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

_ALLOW_TRACING = 0x59616D61  # PR_SET_PTRACER: else only a parent may trace, and strace is none


@dataclass(slots=True)
class Forked:
    """A run of the command.

    Args:
        pid: of its process.
        gate: written to, it begins; closed without, it never does.
    """

    pid: int
    gate: int

    def go(self) -> None:
        """Let it begin."""
        os.write(self.gate, b"!")
        os.close(self.gate)

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait for its end.

        Returns:
            its exit code, -n where signal n killed it; None where it still runs after so many seconds.
        """
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            pid, status = os.waitpid(self.pid, 0 if until is None else os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if until is not None and time.monotonic() >= until:
                return None
            time.sleep(0.0005)

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


def forked(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Forked:
    """Fork a process that runs the command once it is let go.

    Args:
        command: arguments of `tolmach`.
        folder: where it runs.
        environment: what it has besides this process's own.
    """
    waiting, gate = os.pipe()
    pid = os.fork()
    if pid == 0:
        _run(command, folder, environment, waiting, gate)
    os.close(waiting)
    return Forked(pid, gate)


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str], waiting: int, gate: int) -> NoReturn:
    code: object = 70
    try:
        os.close(gate)
        ctypes.CDLL(None).prctl(_ALLOW_TRACING, ctypes.c_ulong(-1), 0, 0, 0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        os.environ.update(environment)
        os.chdir(folder)
        if not os.read(waiting, 1):
            os._exit(71)
        from translate.cli import main

        main(command)
    except SystemExit as done:
        code = done.code
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
        os._exit(code if isinstance(code, int) else 1)


def warm(package: str = "translate") -> None:
    """Import every module of the package, so that no run has to."""
    import importlib
    import pkgutil

    root = importlib.import_module(package)
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
