"""Figures in the docs are those that benchmarks recorded, and the floors are read as they are meant."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.floors import broken, floors
from benchmarks.results import Mark, add_option, flat, marks, pages, record

PAGE = """Some words.

**False alarms** in 1.5 % of 1,000 pairs, {} of the faults found.
<!-- figures: made-up false-alarms pairs share.* -->

| | chrF |
|---|---|
| off | 48.2 |
| on | 48.6 |

<!-- figures: made-up pins-*.chrf -->
<!-- figures, not yet recorded: other speed -->
"""
FIGURES = {
    "false alarms": 0.015, "pairs": 1000, "share": {"found": 0.9764},
    "pins off": {"chrF": 48.2}, "pins on": {"chrF": 48.6},
}  # fmt: skip


@pytest.mark.parametrize(
    "mark", [m for page in pages() for m in marks(page.read_text(encoding="utf-8"), page)], ids=str
)
def test_docs_say_what_was_measured(mark: Mark) -> None:
    assert mark.fault() == ""


def test_every_mark_is_read() -> None:
    """A mark with a slip in it must not go by as a comment."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        assert len(list(marks(text, page))) == text.count("<!-- figures"), page


@pytest.mark.parametrize("path", sorted(results.FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_results_are_signed_and_used(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert {"benchmark", "settings", "tolmach", "model", "python", "ctranslate2", "machine", "date"} <= {
        *kept["signature"]
    }
    assert {*kept["signature"]["machine"]} == {"system", "cores", "flags"}
    assert flat(kept["figures"])
    assert path.stem in {m.name for page in pages() for m in marks(page.read_text(encoding="utf-8"), page)}
    assert "/" not in json.dumps(kept["signature"]["settings"])


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    record(argparse.Namespace(record="made-up", pairs=1000, data=Path("/home/me/ntrex.tsv")), FIGURES)
    return tmp_path


def faults(text: str) -> list[str]:
    return [mark.fault() for mark in marks(text, Path("page.md"))]


def test_a_page_is_held_to_its_figures(recorded: Path) -> None:
    assert faults(PAGE.format(".976")) == ["", "", ""]
    assert faults(PAGE.format("97.6 %")) == ["", "", ""]
    assert faults(PAGE.format("98 %")) == ["", "", ""]
    assert "share.found is 0.9764" in faults(PAGE.format(".977"))[0]
    assert "pairs is 1000" in faults(PAGE.replace("1,000", "100").format(".976"))[0]
    assert "pins-on.chrf is 48.6" in faults(PAGE.format(".976").replace("48.6", "48.5"))[1]
    assert "has no pins-*.bleu" in faults(PAGE.replace("chrf", "bleu").format(".976"))[1]


def test_what_was_waited_for_is_held_once_it_is_there(recorded: Path) -> None:
    record(argparse.Namespace(record="other"), {"speed": 3.0})
    assert "take out" in faults(PAGE.format(".976"))[2]
    assert faults(PAGE.replace("made-up", "never-made")) == ["no results/never-made.json"] * 2 + faults(PAGE)[2:]


def test_a_result_says_how_to_get_it_again(recorded: Path) -> None:
    says = json.loads((recorded / "made-up.json").read_text(encoding="utf-8"))["signature"]
    assert says["settings"] == {"pairs": 1000, "data": "ntrex.tsv"}
    assert says["machine"]["cores"] >= 1


def test_nothing_is_kept_without_the_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    parser = argparse.ArgumentParser()
    add_option(parser, "checks")
    record(parser.parse_args([]), FIGURES)
    assert list(tmp_path.iterdir()) == []
    record(parser.parse_args(["--record"]), FIGURES)
    record(parser.parse_args(["--record", str(tmp_path / "elsewhere.json")]), FIGURES)
    assert {path.name for path in tmp_path.iterdir()} == {"checks.json", "elsewhere.json"}


def test_floors() -> None:
    floor = {"least": {"pins-on.chrf": 48.5}, "most": {"false-alarms": 0.03}}
    assert broken(floor, FIGURES) == []
    assert broken(floor, {**FIGURES, "false alarms": 0.04}) == ["false-alarms is 0.04, at most 0.03"]
    assert broken(floor, {"false alarms": 0.03}) == ["pins-on.chrf is None, at least 48.5"]
    for name, one in floors().items():
        assert one.get("least") or one.get("most"), name
        module = one["command"].split()[0]
        assert (Path(results.__file__).parent / f"{module}.py").exists()


@pytest.mark.parametrize("name", sorted(floors()))
def test_what_is_recorded_holds_its_floor(name: str) -> None:
    """The checks' floor is set on the draw of seed 11, whose figures are kept under that name."""
    paths = [results.FOLDER / f"{one}.json" for one in (name, f"{name}-11")]
    for path in (path for path in paths if path.exists()):
        assert broken(floors()[name], json.loads(path.read_text(encoding="utf-8"))["figures"]) == []
