"""`tolmach glossary`: exit codes, output, files changed in place."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from translate.cli import main
from translate.glossary import read

CASES = Path(__file__).parent / "cases"
BOOK = str(CASES / "terms.en-ru.tsv")


class Ran:
    """What a command did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def command(*args: str) -> Ran:
        with pytest.raises(SystemExit) as done:
            main(["glossary", *args])
        captured = capsys.readouterr()
        return Ran(int(done.value.code or 0), captured.out, captured.err)

    return command


def test_list(run: Run) -> None:
    done = run("list", "--only", "-g", BOOK, "--kind", "person", "бакиев")
    assert done.code == 0
    assert [row.split("\t")[1] for row in done.out.splitlines()] == ["target", "Курманбек Бакиев", "Максим Бакиев"]
    records = json.loads(run("list", "--only", "-g", BOOK, "--policy", "forbid", "--json").out)
    assert [(r["target"], r["line"] > 1) for r in records] == [("киргизский", True), ("Киргизия", True)]


def test_find_shows_forms(run: Run) -> None:
    done = run("find", "--only", "-g", BOOK, "Omurbek Babanov left Bishkek; Babanov’s deputies use Reuters.")
    assert done.out.splitlines() == [
        "1\tOmurbek Babanov\tperson\tОмурбек Бабанов\tОмурбека Бабанова\tОмурбеку Бабанову\tОмурбека Бабанова"
        "\tОмурбеком Бабановым\tОмурбеке Бабанове",
        "1\tBishkek\tplace\tБишкек\tБишкека\tБишкеку\tБишкек\tБишкеком\tБишкеке",
        "1\tBabanov\tperson\tБабанов\tБабанова\tБабанову\tБабанова\tБабановым\tБабанове",
        "1\tdeputies\tterm\tдепутаты\tдепутатов\tдепутатам\tдепутатов\tдепутатами\tдепутатах",
        "1\tReuters\torganisation, keep\tReuters",
    ]
    assert (done.code, done.err) == (0, "")


def test_find_in_a_file_tells_doubts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(
        "Jo Kovalenko met Ann Kovalenko in Osh last week to talk about water.\n\n"
        "Kovalenko agreed with everything that was said there.\n",
        encoding="utf-8",
    )
    done = run("find", "--only", "-g", BOOK, "story.txt", "--json")
    assert done.code == 5
    assert done.err == "tolmach: “Kovalenko” may be Ann Kovalenko (Энн Коваленко) or Jo Kovalenko (Джо Коваленко)\n"
    found = [(m["text"], m["target"]) for record in json.loads(done.out) for m in record["matches"]]
    assert found == [("Jo Kovalenko", "Джо Коваленко"), ("Ann Kovalenko", "Энн Коваленко"), ("Osh", "Ош")]


def test_decline(run: Run) -> None:
    assert run("decline", "--only", "-g", BOOK, "oblast").out == (
        "область (term, femn, sing, dictionary)\n"
        "nomn  область   области\ngent  области   областей\ndatv  области   областям\n"
        "accs  область   области\nablt  областью  областями\nloct  области   областях\n"
    )
    done = run("decline", "--only", "Дина Жолдошбекова", "--kind", "person", "--gender", "femn", "--json")
    assert json.loads(done.out)[0]["forms"]["sing.ablt"] == ["Диной Жолдошбековой"]


def test_add_edit_remove(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    added = run("add", "-g", "own.tsv", "Sadyr Japarov", "Садыр Жапаров", "--kind", "person", "--gender", "masc",
                "--alias", "Sadyr Zhaparov", "--alias", "Sadyr Dzhaparov", "--set", "x-desk=юг")  # fmt: skip
    assert (added.code, added.out, added.err) == (0, "", "own.tsv:2\n")
    before = path.read_bytes()
    assert (
        run(
            "add", "-g", "own.tsv", "Osh", "Ош", "--kind", "place", "--form", "gent=Оша", "--form", "plur.gent=Ошей"
        ).code
        == 0
    )
    assert run("edit", "-g", "own.tsv", "Osh", "--note", "город", "--form", "").code == 0
    (osh, japarov), faults = read(path)
    assert not faults
    assert (osh.source, osh.note, osh.policy.value) == ("Osh", "город", "pin")
    assert (japarov.aliases, japarov.extra) == (("Sadyr Zhaparov", "Sadyr Dzhaparov"), {"x-desk": "юг"})
    assert run("remove", "-g", "own.tsv", "Osh").code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["add", "-g", "own.tsv", "Osh", "Oш"], 3, "target mixes Latin and Cyrillic letters"),
        (["add", "-g", "own.tsv", "Osh", "Ош", "--kind", "city"], 3, "unknown kind 'city'"),
        (["add", "-g", "own.tsv", "#Osh", "Ош"], 3, "a source cannot begin with #"),
        (["add", "-g", "own.tsv", "Osh", "О\tш"], 3, "target holds a tab or a line break"),
        (["add", "-g", "own.tsv", "Osh", "Ош", "--set", "desk=юг"], 2, "write x-column=text"),
        (["edit", "Atlantis", "--note", "x"], 3, "'Atlantis' stands in no glossary"),
        (["edit", "Osh"], 2, "Nothing to change"),
        (["remove", "-g", "none.tsv", "Osh"], 3, "none.tsv: no such file"),
        (["list", "-g", "none.tsv"], 3, "none.tsv: no such file or folder"),
        (["export", "terms.docx"], 3, "no glossary format '.docx'"),
        (["import", "none.csv"], 2, "none.csv"),
    ],
)
def test_what_goes_wrong_is_said(run: Run, tmp_path: Path, args: list[str], code: int, message: str) -> None:
    done = run(*args)
    assert message in done.err
    assert (done.code, done.out) == (code, "")
    assert [path.name for path in tmp_path.iterdir()] == []


def test_lint(run: Run, tmp_path: Path) -> None:
    (tmp_path / "g.tsv").write_text("source\ttarget\tkind\nOsh\tОш\tplace\nNaryn\n", encoding="utf-8")
    done = run("lint", "g.tsv")
    assert (done.code, done.out) == (5, "g.tsv:3: target is empty; only policy keep may leave it so [empty]\n")
    assert json.loads(run("lint", "--json", "g.tsv").out) == [
        {"path": "g.tsv", "line": 3, "kind": "empty", "message": "target is empty; only policy keep may leave it so"}
    ]
    (tmp_path / "g.tsv").write_text("source\ttarget\tkind\nOsh\tОш\tplace\n", encoding="utf-8")
    assert (run("lint", "g.tsv").code, run("lint", "g.tsv").out) == (0, "")
    (tmp_path / "g.tsv").write_text("source\ttarget\nOsh\tОш\n", encoding="utf-8")
    told = "g.tsv: lines that name no kind are taken by their looks: 1 place [guessed]\n"
    assert (run("lint", "g.tsv").code, run("lint", "g.tsv").out) == (5, told)


def test_suggest_prints_a_glossary_to_review(run: Run, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(
        "Former minister Temir Sariyev met Omurbek Babanov in Bishkek to talk about the OSCE and water.\n\n"
        "Afterwards Sariyev went home, and Babanov gave an interview to several newspapers.\n",
        encoding="utf-8",
    )
    done = run("suggest", "--only", "-g", BOOK, "story.txt")
    assert done.code == 0
    (tmp_path / "new.tsv").write_text(done.out, encoding="utf-8")
    terms, faults = read(tmp_path / "new.tsv")
    assert not faults
    assert [(t.source, t.target, t.kind, t.origin) for t in terms] == [
        ("Temir Sariyev", "Темир Сариев", "person", "suggested")
    ]
    assert "Темир Сариев (" in terms[0].note
    assert "# OSCE\t\torganisation" in done.out
    (found, _osce) = json.loads(run("suggest", "--only", "-g", BOOK, "story.txt", "--json").out)
    assert (found["name"], found["count"], found["candidates"][0]["spelling"]) == ("Temir Sariyev", 2, "Темир Сариев")


def test_diff_and_merge(run: Run, tmp_path: Path) -> None:
    base = "source\ttarget\tnote\nNaryn\tНарын\t\nOsh\tОш\t\n"
    for name, text in (
        ("base", base),
        ("a", base.replace("Ош\t", "Ош\tюг")),
        ("b", base.replace("Нарын\t", "Нарын\tрека")),
    ):
        (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    assert run("diff", "base.tsv", "a.tsv").out == "~ Osh\n    + note: юг\n"
    assert json.loads(run("diff", "--json", "base.tsv", "a.tsv").out)[0]["after"] == {"note": "юг"}
    done = run("merge", "base.tsv", "a.tsv", "b.tsv", "-o", "a.tsv")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (tmp_path / "a.tsv").read_text(encoding="utf-8") == base.replace("Ош\t", "Ош\tюг").replace(
        "Нарын\t", "Нарын\tрека"
    )
    (tmp_path / "b.tsv").write_text(base.replace("Ош\t", "Ош\tгород"), encoding="utf-8")
    done = run("merge", "base.tsv", "a.tsv", "b.tsv")
    assert done.code == 5
    assert done.err == "Osh: note was '', is 'юг' in A and 'город' in B\n"
    assert "<<<<<<< a.tsv\n" in done.out


def test_import_and_export(run: Run, tmp_path: Path) -> None:
    done = run("export", "--only", "-g", BOOK, "terms.xlsx")
    assert (done.code, done.err) == (0, f"{len(read(BOOK)[0])} terms in terms.xlsx\n")
    assert run("import", "terms.xlsx").out == Path(BOOK).read_text(encoding="utf-8")
    done = run("export", "--only", "-g", BOOK, "--kind", "place", "terms.tbx")
    assert done.code == 5
    assert "U.S.: number 'plur': TBX-Basic has no place for it\n" in done.err
    (tmp_path / "more.csv").write_text("source,target\nOsh,Ошь\nTalas,Талас\nX,\n", encoding="utf-8")
    (tmp_path / "own.tsv").write_text("source\ttarget\tkind\tpolicy\nOsh\tОш\tplace\tpin\n", encoding="utf-8")
    done = run("import", "more.csv", "-g", "own.tsv")
    assert done.code == 5
    assert (
        done.err.splitlines()
        == [
            "1 terms added, 0 changed",
            "X: target is empty; only policy keep may leave it so (entry 4)",
            "Osh: target 'Ошь': stands already as 'Ош'",
            "Osh: kind 'term': stands already as 'place'",
            "4 things that did not fit",
        ]
        or "Osh: target 'Ошь': stands already as 'Ош'" in done.err
    )
    assert run("import", "more.csv", "-g", "own.tsv", "--replace").code == 5
    assert [(t.target, t.kind) for t in read(tmp_path / "own.tsv")[0]] == [("Ошь", "place"), ("Талас", "place")]


def test_stats(run: Run) -> None:
    counts = json.loads(run("stats", "--only", "-g", BOOK, "--json").out)
    assert counts["terms"] == len(read(BOOK)[0])
    assert counts["policy"]["forbid"] == 2
    assert run("stats", "--only", "-g", BOOK).out.splitlines()[0].split() == [str(counts["terms"]), "terms"]


def test_the_examples_of_the_documentation(run: Run) -> None:
    page = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    (session,) = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    steps = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    assert len(steps) > 8
    for step in steps:
        command, _newline, expected = step.partition("\n")
        done = run(*shlex.split(command)[2:])
        assert (done.code, done.out + done.err) == (0, expected)
