"""`tolmach memory` and `tolmach render` as an editor meets them: translate, edit, learn, translate again."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from made_up_engine import MadeUpEngine

import translate.memory.opening
from translate.cli import main
from translate.engines import Loaded
from translate.parallel import read_parallel

STORY = (
    "# Talks fail\n\nThe talks in Bishkek failed on Monday. **They go on** in Osh. See https://x.kg/en for more.\n\n"
    "Why?\n\nNobody knows.\n\nWhy?\n"
)
TERMS = "source\ttarget\tkind\nBishkek\tБишкек\tplace\nOsh\tОш\tplace\n"
TALKS = "The talks in Bishkek failed on Monday."


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, made_up_engine: MadeUpEngine
) -> Run:
    """Run commands in an empty folder, with a home, a made-up engine and a glossary of their own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(translate.memory.opening, "load_engine", lambda *_names: Loaded(made_up_engine, ""))
    (tmp_path / "story.md").write_text(STORY, encoding="utf-8")
    (tmp_path / "terms.en-ru.tsv").write_text(TERMS, encoding="utf-8")

    def call(*args: str) -> Done:
        own = ["--only", "-g", "terms.en-ru.tsv"] if args[0] in ("article", "render") else []
        with pytest.raises(SystemExit) as caught:
            main([*args, *own])
        captured = capsys.readouterr()
        return Done(int(caught.value.code or 0), captured.out, captured.err)

    return call


def edit(file: str, source: str, target: str, *, nth: int = 0) -> None:
    """Change a sentence's translation in a file, as a spreadsheet, a word processor or a script of the desk does."""
    path = Path(file)
    {".tsv": edit_tsv, ".xlsx": edit_xlsx, ".docx": edit_docx, ".md": edit_md, ".xlf": edit_xlf, ".jsonl": edit_jsonl}[
        path.suffix
    ](path, source, target, nth)


def edit_tsv(path: Path, source: str, target: str, nth: int) -> None:
    table = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), dialect="excel-tab"))
    column = table[0].index("target")
    [row for row in table if source in row][nth][column] = target
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab").writerows(table)
    path.write_text(out.getvalue(), encoding="utf-8-sig")


def edit_xlsx(path: Path, source: str, target: str, nth: int) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("target")
    row = [row for row in sheet.iter_rows() if any(cell.value == source for cell in row)][nth]
    row[column].value = target
    book.save(path)


def edit_docx(path: Path, source: str, target: str, nth: int) -> None:
    """Change the first run of the cell, and empty the others."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    cells = [["".join(map(str, cell.itertext())) for cell in row.iter(f"{word}tc")] for row in root.iter(f"{word}tr")]
    at = [n for n, texts in enumerate(cells) if source in texts][nth]
    cell = list(list(root.iter(f"{word}tr"))[at].iter(f"{word}tc"))[cells[at].index(source) + 1]
    for n, text in enumerate(cell.iter(f"{word}t")):
        text.text = "" if n else target
    parts["word/document.xml"] = etree.tostring(root)
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def edit_md(path: Path, source: str, target: str, nth: int) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    at = [n for n, line in enumerate(lines) if f"| {source} |" in line][nth]
    cells = lines[at].split(" | ")
    lines[at] = " | ".join([*cells[:2], f"{target} |"])
    path.write_text("\n".join(lines), encoding="utf-8")


def edit_xlf(path: Path, source: str, target: str, nth: int) -> None:
    """Change a target as a workbench does: its codes and term marks go with the words."""
    root: Any = etree.fromstring(path.read_bytes())
    space = "{urn:oasis:names:tc:xliff:document:1.2}"
    unit = [u for u in root.iter(f"{space}trans-unit") if "".join(u.find(f"{space}source").itertext()) == source][nth]
    element = unit.find(f"{space}target")
    for child in list(element):
        element.remove(child)
    element.text = target
    path.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def edit_jsonl(path: Path, source: str, target: str, nth: int) -> None:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    [line for line in lines if line.get("source") == source][nth]["target"] = target
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def targets(file: str) -> dict[str, str]:
    return {row.id: row.target for row in read_parallel(file).rows}


@pytest.mark.parametrize("ending", ["tsv", "xlsx", "docx", "md", "xlf", "jsonl"])
def test_what_an_editor_corrects_once_is_right_ever_after(run: Run, ending: str, made_up_engine: MadeUpEngine) -> None:
    made = f"made.{ending}"
    assert run("article", "story.md", "-o", made).code == 0
    before = targets(made)
    assert run("memory", "learn", made).out == f"{made}: 0 sentences learnt, 7 unchanged\n"
    edit(made, TALKS, "Переговоры в Бишкеке провалились в понедельник.")
    done = run("memory", "learn", made, "--author", "Ann")
    assert (done.code, done.out) == (0, f"{made}: 1 sentence learnt, 6 unchanged\n")

    Path("other.md").write_text(f"{TALKS}\n", encoding="utf-8")
    made_up_engine.asked.clear()
    run("article", "story.md", "other.md", "-o", "out/{name}.jsonl")
    again = read_parallel("out/story.jsonl")
    assert {row.id: row.target for row in again.rows} == before | {
        "b1.1": "Переговоры в Бишкеке провалились в понедельник."
    }
    [row] = [row for row in again.rows if row.source == TALKS]
    assert (row.engine, [(pin.lemma, pin.form, pin.case) for pin in row.pins]) == ("", [("Бишкек", "Бишкеке", "loct")])
    assert next(iter(targets("out/other.jsonl").values())) == "Переговоры в Бишкеке провалились в понедельник."
    assert TALKS not in made_up_engine.asked


@pytest.mark.parametrize("ending", ["tsv", "xlsx", "docx", "md", "xlf", "jsonl"])
def test_corrected_text_in_any_format_without_translating(run: Run, ending: str, made_up_engine: MadeUpEngine) -> None:
    made = f"made.{ending}"
    run("article", "story.md", "-o", made)
    edit(made, TALKS, "Переговоры в Бишкеке провалились 5 мая .")
    made_up_engine.asked.clear()
    done = run("render", made, "-o", "out.html", "-o", "out.txt", "-o", "out.jsonl", "-v")
    assert done.code == 0
    assert f"{made}: 7 sentences, 1 changed" in done.err
    assert made_up_engine.asked == []
    assert "Переговоры в Бишкеке провалились 5 мая ." in Path("out.txt").read_text(encoding="utf-8")
    assert "провалились 5 мая" in Path("out.html").read_text(encoding="utf-8")
    rows = {row.id: row for row in read_parallel("out.jsonl").rows}
    assert [pin.form for pin in rows["b1.1"].pins] == ["Бишкеке"]
    problems = {(p.kind, p.message) for p in rows["b1.1"].problems}
    assert ("typography", "house style: мая . → мая.") in problems
    assert any(kind == "number" for kind, _message in problems)
    assert rows["b1.3"].target == targets(made)["b1.3"]
    assert run("render", made, "--strict", "-q").code == 5


def test_problems_stand_beside_a_corrected_sentence_and_its_text_stays(run: Run) -> None:
    run("article", "story.md", "-o", "story.tsv")
    wrong = 'Переговоры в "Бешкеке" провалились во вторник , 7 мая'
    edit("story.tsv", TALKS, wrong)
    run("memory", "learn", "story.tsv")
    run("article", "story.md", "-o", "again.jsonl")
    [row] = [row for row in read_parallel("again.jsonl").rows if row.source == TALKS]
    assert row.target == wrong
    assert row.pins == ()
    assert {"term", "number", "typography"} <= {problem.kind for problem in row.problems}


def test_a_sentence_that_comes_twice_keeps_both_translations(run: Run) -> None:
    run("article", "story.md", "-o", "story.tsv")
    edit("story.tsv", "Why?", "Почему?")
    edit("story.tsv", "Why?", "Зачем?", nth=1)
    assert "2 sentences learnt" in run("memory", "learn", "story.tsv").out
    run("article", "story.md", "-o", "again.tsv")
    assert [target for target in targets("again.tsv").values() if target.endswith("?")] == ["Почему?", "Зачем?"]
    assert [e["target"] for e in json.loads(run("memory", "list", "--differing", "--json").out)] == [
        "Почему?",
        "Зачем?",
    ]


def test_markup_of_a_corrected_sentence_is_found_or_told(run: Run) -> None:
    run("article", "story.md", "-o", "story.jsonl")
    edit("story.jsonl", "They go on in Osh.", "Они идут в Оше.")
    run("render", "story.jsonl", "-o", "out.jsonl")
    [row] = [row for row in read_parallel("out.jsonl").rows if row.source == "They go on in Osh."]
    assert row.marks == ()
    assert "markup" in {problem.kind for problem in row.problems}


def test_two_editors_differ_and_the_later_is_told_of_the_earlier(run: Run) -> None:
    run("article", "story.md", "-o", "a.tsv", "-o", "b.tsv")
    edit("a.tsv", TALKS, "Переговоры сорваны.")
    edit("b.tsv", TALKS, "Переговоры провалились.")
    run("memory", "learn", "a.tsv", "--author", "Ann")
    done = run("memory", "learn", "b.tsv", "--author", "Bek")
    assert "b1.1: corrected before: The talks in Bishkek" in done.out
    assert "Ann a.tsv: Переговоры сорваны." in done.out
    assert "now: Переговоры провалились." in done.out


def test_the_settings_name_author_and_memories(run: Run) -> None:
    Path("tolmach.toml").write_text('author = "Ann"\nmemories = ["house.sqlite3"]\n', encoding="utf-8")
    run("article", "story.md", "-o", "story.tsv")
    edit("story.tsv", "Nobody knows.", "Никто не знает.")
    run("memory", "learn", "story.tsv")
    [entry] = json.loads(run("memory", "list", "--json").out)
    assert (entry["author"], entry["memory"], entry["article"], entry["before"]) == (
        "Ann",
        "house",
        "story.tsv",
        "Why?",
    )
    run("article", "story.md", "-o", "again.tsv")
    assert "Никто не знает." in targets("again.tsv").values()
    stats = json.loads(run("memory", "stats", "--json").out)
    assert [(Path(one["path"]).name, one["corrections"]) for one in stats] == [
        ("house.sqlite3", 1),
        ("memory.sqlite3", 0),
    ]
    assert "Ann 1" in run("memory", "stats").out


def test_a_file_of_another_machine_is_learnt_only_whole(run: Run) -> None:
    run("article", "story.md", "-o", "story.tsv", "--no-memory")
    done = run("memory", "learn", "story.tsv")
    assert (done.code, done.out) == (5, "story.tsv: 0 sentences learnt, 0 unchanged\n")
    assert "7 sentences were not written out by this memory" in done.err
    assert "7 sentences learnt" in run("memory", "learn", "story.tsv", "--all").out


def test_find_edit_forget(run: Run) -> None:
    run("article", "story.md", "-o", "story.tsv")
    edit("story.tsv", TALKS, "Переговоры в Бишкеке провалились в понедельник.")
    run("memory", "learn", "story.tsv")
    for text in ("The talks in Osh failed on Sunday.", "переговоры в Бишкеке", "talks in Bishkek"):
        assert "Переговоры в Бишкеке" in run("memory", "find", text).out, text
    done = run("memory", "find", "Quite another thing")
    assert (done.out, done.err) == ("", "nothing like it\n")
    [found] = json.loads(run("memory", "find", "The talks in Osh failed on Monday.", "--json").out)
    assert found["likeness"] > 0.8
    assert run("memory", "edit", "1", "Переговоры сорваны.").out.endswith("  Переговоры сорваны.\n")
    assert run("memory", "edit", "1", " ").code == 2
    assert run("memory", "edit", "9", "x").code == 2
    assert run("memory", "forget", "1", "9").code == 2
    assert run("memory", "forget").code == 2
    assert run("memory", "forget", "--article", "story.tsv").out == "1 translation forgotten\n"
    assert run("memory", "list").out == ""
    assert "0 engine translations deleted" in run("memory", "compact").out
    assert "6 engine" in run("memory", "compact", "--only-engine", "none").out


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["memory", "learn", "none.tsv"], 3, "none.tsv"),
        (["memory", "learn", "story.md"], 3, "story.md"),
        (["memory", "stats", "--memory", "agency"], 4, "no memory is called 'agency'"),
        (["memory", "stats", "--memory", "terms.en-ru.tsv"], 4, "not a translation memory"),
        (["memory", "forget", "1", "--memory", "other.sqlite3"], 4, "a database of something else"),
        (["render", "none.tsv"], 3, "none.tsv"),
        (["render", "story.tsv", "-o", "story.docq"], 3, "no format"),
    ],
)
def test_bad_input_is_told(run: Run, args: list[str], code: int, message: str) -> None:
    run("article", "story.md", "-o", "story.tsv")
    other = sqlite3.connect("other.sqlite3")
    other.execute("CREATE TABLE cookies (name TEXT)")
    other.close()
    files = {path: path.read_bytes() for path in Path().glob("*.*") if path.is_file()}
    done = run(*args)
    assert done.code == code, done
    assert files == {path: path.read_bytes() for path in Path().glob("*.*") if path.is_file()}
    assert message in done.err
