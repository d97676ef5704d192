"""A short campaign of damaged files, and every file that once made a command fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from made_up_engine import MadeUpEngine

from translate.engines import Loaded

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.campaign import bombs, running  # noqa: E402
from benchmarks.campaign.running import Outcome, attack, run  # noqa: E402
from benchmarks.campaign.targets import targets  # noqa: E402

CORPUS = ROOT / "tests" / "corpus"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import translate.memory.opening

    monkeypatch.setattr(translate.memory.opening, "load_engine", lambda *_names: Loaded(MadeUpEngine(), ""))
    # `make campaign` looks at time and memory; here the machine and this process have other work
    monkeypatch.setattr(running, "LONGEST", 100)
    monkeypatch.setattr(running, "LARGEST", 1 << 40)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos" / "packages"))


def test_damaged_files(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    found = [attack(target, 2, 1, tmp_path / "work") for target in targets(tmp_path / "work")]
    assert len(found) > 15
    assert not [fault for outcome in found for fault in outcome.failures]


def test_files_made_to_cost_time(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    bombs.beside(folder)
    for bomb in bombs.bombs():
        assert not run(bomb.file, bomb.make(0.02), bomb.command, folder, Outcome(bomb.name)), bomb.name
        (folder / bomb.file).unlink()


def test_files_that_once_failed(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    known = {Path(target.file).name: target for target in targets(tmp_path / "work")}
    tried = 0
    for path in sorted(CORPUS.iterdir()):
        target = known[path.name.partition("-")[2]]
        for command in target.commands:
            assert not run(target.file, path.read_bytes(), command, tmp_path / "work", Outcome(target.name)), path.name
            tried += 1
    assert tried > 20
