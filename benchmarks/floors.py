"""Floors of quality: run what they were set on, and say which one does not hold.

    make floors                               # all of them: half an hour on two cores
    python -m benchmarks.floors checks shapes

`floors.json` has a benchmark's command and bounds, by the keys of `results.py`; “{ntrex}” in a command is the file of
that data set. A floor is raised when a figure has risen for good, and never lowered to pass. Nothing is recorded: the
figures in the docs stay what they were.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import data, results

FLOORS = Path(__file__).with_name("floors.json")


def floors() -> dict[str, dict[str, Any]]:
    """Return the floors of each benchmark: its command, “least” and “most” of figures by key."""
    read: dict[str, dict[str, Any]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return read


def broken(floor: Mapping[str, Any], figures: results.Figures) -> list[str]:
    """Return what does not hold, a line each; a figure that is not there does not hold."""
    known = results.flat(figures)
    lines = []
    for key, bound in floor.get("least", {}).items():
        if not known.get(key, float("-inf")) >= bound:
            lines.append(f"{key} is {known.get(key)}, at least {bound}")
    for key, bound in floor.get("most", {}).items():
        if not known.get(key, float("inf")) <= bound:
            lines.append(f"{key} is {known.get(key)}, at most {bound}")
    return lines


def run(name: str, floor: Mapping[str, Any]) -> list[str]:
    """Run a benchmark and return what does not hold."""
    module, *options = [
        str(data.find(word.strip("{}"))) if word.startswith("{") else word for word in floor["command"].split()
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.json"
        command = [sys.executable, "-m", f"benchmarks.{module}", *options, "--record", str(path)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False, cwd=results.ROOT)
        if not path.exists():
            return [f"{' '.join(command[1:])} ended with code {done.returncode}"]
        return broken(floor, json.loads(path.read_text(encoding="utf-8"))["figures"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="some of them", metavar="NAME")
    known = floors()
    names = parser.parse_args().names or list(known)
    if unknown := sorted({*names} - {*known}):
        parser.error(f"no floor for {', '.join(unknown)}; there are {', '.join(known)}")
    wrong = 0
    for name in names:
        lines = run(name, known[name])
        wrong += len(lines)
        print(f"{name:12} {'holds' if not lines else '; '.join(lines)}", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
