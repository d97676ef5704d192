"""Run the campaign: python -m benchmarks.campaign --scale 10 --seed 7 --part inputs --only html."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import results

if TYPE_CHECKING:
    from benchmarks.campaign.killing import Kills

TRIES = 40  # of each kind of input at scale 1
KILLS = 5  # of each command that writes
CUTS = 3
ROUNDS = 2
Figures = dict[str, dict[str, Any]]
PARTS = ("inputs", "bombs", "kills", "cuts", "writers")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", type=float, default=1.0, help="1 takes minutes, 100 hours")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--part", choices=PARTS, action="append", help="only this; repeatable")
    options.add_argument("--only", default="", help="inputs or commands whose names begin so")
    options.add_argument("--keep", type=Path, default=Path("out/campaign"), help="where failing files are put")
    results.add_option(options, "campaign")
    given = options.parse_args()
    # as `tolmach` does; threads would not outlive the forks of the kills
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
    _made_up()
    figures: Figures = {}
    for part in given.part or PARTS:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            os.environ |= {"XDG_DATA_HOME": str(folder / "data"), "ARGOS_PACKAGES_DIR": str(folder / "argos/packages")}
            if part == "inputs":
                figures |= _inputs(given.scale, given.seed, given.only, given.keep.resolve(), folder)
            elif part == "bombs":
                figures |= _bombs(given.only, folder)
            else:
                figures |= _kills(part, given.scale, given.seed, given.only, folder)
    results.record(given, figures)
    return 1 if sum(one["failures"] for one in figures.values()) else 0


def _made_up() -> None:
    """Have an engine that takes no time stand for every other."""
    from made_up_engine import MadeUpEngine

    import translate.memory.opening
    from translate.engines import Loaded

    vars(translate.memory.opening)["load_engine"] = lambda *_names: Loaded(MadeUpEngine(), "")


def _times(count: int, scale: float) -> int:
    return max(1, round(count * scale))


def _inputs(scale: float, seed: int, only: str, keep: Path, folder: Path) -> Figures:
    from benchmarks.campaign.running import attack
    from benchmarks.campaign.targets import targets

    figures: Figures = {}
    (folder / "work").mkdir()
    for target in targets(folder / "work"):
        if target.name.startswith(only):
            found = attack(target, _times(TRIES, scale), seed, folder / "work", keep / target.name)
            figures[found.name] = {"tries": found.tries, "failures": len(found.failures), "slowest": found.slowest}
            said = f"{found.tries:7} tries, {len(found.failures)} failures, slowest {found.slowest:.1f} s"
            print(f"{found.name:24}{said}, {found.largest >> 10} MB", flush=True)
            _list(found.failures)
    _total("inputs", figures)
    return figures


def _bombs(only: str, folder: Path) -> Figures:
    from benchmarks.campaign.bombs import explode

    figures: Figures = {}
    for found in explode(folder, only):
        failures = len(found.failures)
        figures[found.name] = {"tries": 1, "failures": failures, "slowest": found.seconds, "largest": found.megabytes}
        said = f"{failures} failures, {found.seconds:.1f} s, {found.megabytes} MB, exit code {found.code}"
        print(f"{found.name:40}{said}", flush=True)
        _list(found.failures)
    _total("bombs", figures)
    return figures


def _kills(part: str, scale: float, seed: int, only: str, folder: Path) -> Figures:
    from benchmarks.campaign.cutting import cuts
    from benchmarks.campaign.forking import warm
    from benchmarks.campaign.killing import at_once, kills

    warm()
    runs: Iterable[Kills]
    match part:
        case "kills":
            runs = kills(folder, _times(KILLS, scale), seed, only)
        case "cuts":
            runs = cuts(folder, _times(CUTS, scale), seed, only)
        case _:
            runs = [at_once(folder, _times(ROUNDS, scale))]
    figures: Figures = {}
    for result in runs:
        figures[result.name] = {"tries": result.tries, "killed": result.killed, "failures": len(result.failures)}
        said = f"{result.tries:7} tries, {result.killed} killed, {len(result.failures)} failures"
        print(f"{result.name:24}{said}", flush=True)
        _list(result.failures)
    _total(part, figures)
    return figures


def _total(part: str, figures: Figures) -> None:
    sums = [f"{sum(one.get(what, 0) for one in figures.values())} {what}" for what in ("tries", "killed", "failures")]
    print(f"{part:24}{', '.join(sums)}", flush=True)


def _list(failures: list[str]) -> None:
    for fault in sorted(set(failures)):
        print(f"  {fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
