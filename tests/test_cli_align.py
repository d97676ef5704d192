"""`tolmach align` through the command alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from translate.cli import main

FOLDER = Path(__file__).parent / "editions"
EN = (FOLDER / "village.md").read_text(encoding="utf-8")
RU = (FOLDER / "village.ru.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("village.md").write_text(EN, encoding="utf-8")
    Path("village.ru.md").write_text(RU, encoding="utf-8")
    return tmp_path


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["align", *args])
    return int(ended.value.code or 0)


def test_two_articles_in_every_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outs = [f"both.{ending}" for ending in ("tsv", "jsonl", "html", "md")]
    assert run("village.md", "village.ru.md", *(part for out in outs for part in ("-o", out))) == 0
    assert all("траншею" in Path(out).read_text(encoding="utf-8") for out in outs)
    told = capsys.readouterr()
    assert told.out == ""
    assert "1 left out, 1 added" in told.err


def test_without_o_a_table_goes_to_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("village.md", "village.ru.md") == 0
    assert "| The mayor, Aigul Toktogulova, promised a second well by 2025. | Мэр" in capsys.readouterr().out


def test_a_folder_pairs_what_is_in_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("alone.txt").write_text("Nothing like this was published.", encoding="utf-8")
    assert run(".", "-o", "out/", "--format", "tsv", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert [(c["source"], c["target"]) for c in report["couples"]] == [("village.md", "village.ru.md")]
    assert report["alone"] == ["alone.txt"]
    assert Path("out/village.tsv").exists()


def test_sure_leaves_plain_pairs_alone(folder: Path) -> None:
    assert run("village.md", "village.ru.md", "-o", "both.tsv", "--sure", "0.5") == 0
    text = Path("both.tsv").read_text(encoding="utf-8")
    assert "Neighbors" in text
    assert "Prices" not in text


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("village.md",), 2, "give the Russian article too"),
        (("village.md", "."), 2, "two articles or two folders"),
        (("village.md", "missing.md"), 2, "missing.md"),
        (("village.md", "village.ru.md", "-o", "village.ru.md"), 2, "would be written over"),
        (("village.md", "village.ru.md", "-o", "both.pdf"), 3, "pdf"),
        (("village.md", "village.ru.md", "--format", "pdf"), 2, "is not one of"),
        (("village.ru.md", "village.md"), 3, "not English"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], code: int, said: str
) -> None:
    assert run(*args) == code
    assert said in capsys.readouterr().err
    assert Path("village.ru.md").read_text(encoding="utf-8") == RU


def test_learnt_sentences_come_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("tolmach.toml").write_text('memories = ["house.sqlite3"]\n', encoding="utf-8")
    assert run("village.md", "village.ru.md", "--learn") == 0
    assert "learnt" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["memory", "list", "--json"])
    kept = {entry["source"]: entry["target"] for entry in json.loads(capsys.readouterr().out)}
    assert kept["The mayor, Aigul Toktogulova, promised a second well by 2025."].startswith("Мэр Айгуль")
    assert "Prices on the market doubled in the spring." not in kept
    assert run("village.md", "village.ru.md", "--learn") == 0
    assert "0 sentences learnt" in capsys.readouterr().err


@pytest.mark.parametrize("out", ["both.ru.md", "both.txt", "both.ru.html"])
def test_the_edition_in_the_layout_of_its_source(folder: Path, out: str) -> None:
    assert run("village.md", "village.ru.md", "-o", out) == 0
    text = Path(out).read_text(encoding="utf-8")
    assert "Мэр Айгуль Токтогулова" in text
    assert "четыре тысячи" in text
