"""An archive on a Ray cluster of this machine: as on one machine, and a worker that is lost loses nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
from test_archive import Place, news, place, results

pytest.importorskip("ray", reason="needs the extra: pip install 'tolmach[ray]'")

__all__ = ["place"]


def shards(folder: Path) -> dict[str, bytes]:
    return {name: raw for name, raw in results(folder).items() if name.startswith("shards/")}


def workers() -> list[int]:
    """Return the processes of actors that have a station."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if b"ray::MapWorker" in path.read_bytes() or b"ray::_MapWorker" in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def test_a_cluster_makes_what_one_machine_makes_and_a_lost_worker_is_no_loss(place: Place) -> None:
    news(place, 40)
    args = ("news", "--only")
    assert place.run(*args, "--out", "one", "--no-memory").code == 0
    process = place.start(*args, "--out", "many", "--ray", "local", "--ray-workers", "2", SLOW="0.05")
    killed = 0
    while process.poll() is None and not killed:
        time.sleep(0.2)
        if list((place.folder / "many" / "shards").glob("*.jsonl")):
            for pid in workers()[:1]:
                os.kill(pid, signal.SIGKILL)
                killed += 1
    _out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert killed == 1
    assert "40 done, 0 failed" in err
    assert shards(place.folder / "many") == shards(place.folder / "one")
    # what the workers' engines made is in the user's memory
    place.asked()
    assert place.run(*args, "--out", "again").code == 0
    assert place.asked() == []


def test_no_cluster_is_said(place: Place) -> None:
    news(place, 1)
    done = place.run("news", "--only", "--out", "out", "--ray", "127.0.0.1:1")
    assert done.code == 4
    assert "no Ray cluster at 127.0.0.1:1" in done.err
    assert "Traceback" not in done.err
