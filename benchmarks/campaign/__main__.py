"""Run the campaign: python -m benchmarks.campaign --scale 10 --seed 7 --only html."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import results

TRIES = 40  # of each target at scale 1


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", type=float, default=1.0, help="1 takes minutes, 100 hours")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--only", default="", help="names that begin so")
    options.add_argument("--keep", type=Path, default=Path("out/campaign"), help="where failing files are put")
    results.add_option(options, "campaign")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        os.environ |= {"XDG_DATA_HOME": str(folder / "data"), "ARGOS_PACKAGES_DIR": str(folder / "argos" / "packages")}
        figures = _campaign(given.scale, given.seed, given.only, given.keep.resolve(), folder)
    results.record(given, figures)
    return 1 if sum(one["failures"] for one in figures.values()) else 0


def _campaign(scale: float, seed: int, only: str, keep: Path, folder: Path) -> dict[str, dict[str, Any]]:
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
    from made_up_engine import MadeUpEngine

    import translate.memory.opening
    from benchmarks.campaign.killing import kills, writers
    from benchmarks.campaign.running import attack
    from benchmarks.campaign.targets import targets
    from translate.engines import Loaded

    vars(translate.memory.opening)["load_engine"] = lambda *_names: Loaded(MadeUpEngine(), "")
    (folder / "work").mkdir()
    (folder / "kills").mkdir()
    figures: dict[str, dict[str, Any]] = {}
    for target in targets(folder / "work"):
        if target.name.startswith(only):
            found = attack(target, max(1, round(TRIES * scale)), seed, folder / "work", keep / target.name)
            figures[found.name] = {"tries": found.tries, "failures": len(found.failures), "slowest": found.slowest}
            print(
                f"{found.name:16} {found.tries:7} tries, {len(found.failures)} failures, {found.slowest:.1f} s",
                flush=True,
            )
            print(*(f"  {fault}" for fault in sorted(set(found.failures))), sep="\n", end="", flush=True)
    runs = kills(folder / "kills", max(1, round(5 * scale)), seed) if not only else []
    runs += [writers(folder / "kills", max(1, round(2 * scale)))] if not only else []
    for result in runs:
        figures[result.name] = {"tries": result.tries, "killed": result.killed, "failures": len(result.failures)}
        print(
            f"{result.name:16} {result.tries:7} tries, {result.killed} killed, {len(result.failures)} failures",
            flush=True,
        )
        print(*(f"  {fault}" for fault in sorted(set(result.failures))), sep="\n", end="", flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
