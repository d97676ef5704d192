"""An archive as a user meets it: all of it made, killed and resumed, what changed made again, and nothing else."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

# A plug-in in a folder, as an installed one is found; it works word by word, notes what it was asked, and may be slow.
ENGINE = """
import os, re, time
from translate.engines import Draft, Link, Request, Traits
from translate.spans import Span

TABLE = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувшкиз")
TABLE |= str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБЦДЕФГХИЖКЛМНОПКРСТУВШКИЗ")


class Quick:
    name = "quick"
    traits = Traits(is_draft=True, uses_hints=bool(os.environ.get("HINTS")),
                    passes=("hinted", "free") if os.environ.get("HINTS") else ("free",))
    signature = "quick " + os.environ.get("QUICK", "1")

    @classmethod
    def load(cls, source, target):
        return cls()

    def translate(self, requests):
        with open(os.environ["ASKED"], "a") as file:
            file.writelines(request.text + "\\n" for request in requests)
        return [self.one(request) for request in requests]

    def one(self, request):
        if "deadly" in request.text:
            raise RuntimeError("nobody foresaw this")
        time.sleep(float(os.environ.get("SLOW", 0)))
        text, at, links = "", 0, []
        told = {hint.span.start: hint for hint in request.hints}
        for word in re.finditer(r"\\w+", request.text):
            if word.start() < at:
                continue
            hint = told.get(word.start())
            stop = hint.span.stop if hint else word.end()
            text += request.text[at:word.start()]
            new = hint.written if hint else word[0].translate(TABLE)
            links.append(Link(Span(word.start(), stop), Span(len(text), len(text) + len(new))))
            text, at = text + new, stop
        return Draft(text + request.text[at:], -0.5, tuple(links), self.signature)
"""


@dataclass
class Place:
    """A folder to work in, and how the command is run there."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def start(self, *args: str, engine: str = "quick", **more: str) -> subprocess.Popen[str]:
        line = [sys.executable, "-c", "from translate.cli import main; main()", "archive", *args, "--engine", engine]
        environment = {**os.environ, **self.variables, **more}
        return subprocess.Popen(
            line, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *args: str, engine: str = "quick", **more: str) -> Done:
        process = self.start(*args, engine=engine, **more)
        out, err = process.communicate(timeout=300)
        return Done(process.returncode, out, err)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def asked(self) -> list[str]:
        path = Path(self.variables["ASKED"])
        texts = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return texts

    def shards(self, out: str = "out") -> list[dict[str, Any]]:
        found = sorted((self.folder / out / "shards").glob("*.jsonl"))
        return [json.loads(line) for path in found for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def place(tmp_path: Path) -> Place:
    site = tmp_path / "site"
    info = site / "tolmach_quick-1.dist-info"
    info.mkdir(parents=True)
    (site / "quick.py").write_text(ENGINE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tolmach-quick\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[tolmach.engines]\nquick = quick:Quick\n", encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    root = Path(__file__).parents[1]
    homes = {name: str(tmp_path / "home") for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    paths = os.pathsep.join([str(site), str(root)])
    return Place(work, {"PYTHONPATH": paths, "ASKED": str(tmp_path / "asked"), **homes})


def news(place: Place, count: int) -> None:
    for n in range(count):
        place.write(f"news/{n:03d}.md", f"# Report {n}\n\nThe talks number {n} failed. Everybody went home.\n")


def results(folder: Path) -> dict[str, bytes]:
    """Return all that a run leaves for people, by name."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and "sqlite3" not in path.name)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_folder_a_list_and_dumps_are_made_each_sentence_once(place: Place) -> None:
    news(place, 3)
    place.write("list.txt", "# mine\n\nother.txt\n")
    place.write("other.txt", "A dam was built on the river in spring.\n")
    rows = [
        {"id": "a1", "title": "A title", "text": "Everybody went home.\n\nMore paragraphs.", "date": "2024-03-05"},
        {"url": "x/y", "headline": "Of a page", "html": "<html><body><h1>A</h1><p>The talks failed.</p></body></html>"},
        {"id": "a1", "body": "The same id once more."},
    ]  # fmt: skip
    place.write("dump.jsonl", "".join(json.dumps(row) + "\n" for row in rows) + "\n[1]\n{broken\n")
    done = place.run("news", "dump.jsonl", "--list", "list.txt", "--out", "out", "--only")
    assert done.code == 3
    assert "tolmach: dump.jsonl:5: the record must be an object" in done.err
    assert "tolmach: dump.jsonl:6: no JSON" in done.err
    assert "7 done, 2 failed" in done.err
    held = place.shards()
    assert [one["file"] for one in held] == [
        "news/000.md", "news/001.md", "news/002.md", "dump.jsonl#a1", "dump.jsonl#x/y", "dump.jsonl#a1~2", "other.txt",
    ]  # fmt: skip
    assert held[3]["article"]["title"] == "A title"
    assert held[3]["article"]["date"] == "2024-03-05"
    assert [row["source"] for row in held[3]["rows"]] == ["A title", "Everybody went home.", "More paragraphs."]
    assert held[3]["rows"][1]["target"] == "Еверибоди шент хоме."
    asked = place.asked()
    assert sorted(asked) == sorted(set(asked))
    assert place.run("news", "dump.jsonl", "--list", "list.txt", "--out", "out", "--only").code == 3
    assert place.asked() == []


def test_files_of_each_article_by_their_names(place: Place) -> None:
    news(place, 2)
    place.write("dump.jsonl", json.dumps({"id": "x/../y", "title": "T", "text": "The talks failed."}) + "\n")
    args = ("news", "dump.jsonl", "--out", "out", "--only")
    assert place.run(*args, "-o", "ru/{name}.ru.md", "-o", "pages/").code == 0
    made = sorted(path.relative_to(place.folder).as_posix() for path in place.folder.glob("[rp]*/**/*.*"))
    assert made == [
        "pages/000.html", "pages/001.html", "pages/dump/x-..-y.html", "ru/000.ru.md", "ru/001.ru.md", "ru/x-..-y.ru.md",
    ]  # fmt: skip
    # another format afterwards is written of what is remembered
    place.asked()
    assert place.run(*args, "-o", "tsv/{name}.tsv").code == 0
    assert place.asked() == []
    assert (place.folder / "tsv" / "001.tsv").exists()


def test_one_article_that_fails_stops_no_other(place: Place) -> None:
    news(place, 12)
    place.write("news/005.md", "# Report\n\nThis is a deadly sentence.\n")
    (place.folder / "news" / "007.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = place.run("news", "--out", "out", "--only", "--json")
    assert done.code == 3
    told = json.loads(done.out)
    assert [one["file"] for one in told["failed"]] == ["news/007.md"]
    assert told["done"] == 11
    rows = next(one["rows"] for one in place.shards() if one["file"] == "news/005.md")
    assert rows[1]["target"] == "This is a deadly sentence."
    assert "untranslated" in [problem["kind"] for problem in rows[1]["problems"]]
    place.write("news/007.md", "# Mended\n\nThe talks failed.\n")
    assert place.run("news", "--out", "out", "--only").code == 0
    assert len(place.shards()) == 12


def test_killed_at_any_moment_it_ends_as_if_it_had_not_been(place: Place) -> None:
    news(place, 40)
    args = ("news", "--only", "-o")
    assert place.run(*args, "whole/one/{name}.ru.md", "--out", "whole").code == 0
    other = {"XDG_DATA_HOME": str(place.folder / "elsewhere"), "SLOW": "0.02"}
    for seconds in (0.5, 1.5, 2.5, 3.5):
        process = place.start(*args, "torn/one/{name}.ru.md", "--out", "torn", **other)
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    done = place.run(*args, "torn/one/{name}.ru.md", "--out", "torn", **other)
    assert done.code == 0, done.err
    assert results(place.folder / "torn") == results(place.folder / "whole")


def test_a_worker_that_dies_is_replaced_and_its_article_found(place: Place) -> None:
    news(place, 20)
    place.write("news/011.md", "# Report\n\nThis article kills the process.\n")
    place.write(
        "sitecustomize.py",
        "import translate.pipeline as line\nimport translate.archive.station as station\nimport os\n"
        "real = station.prepare\n"
        "def prepare(article, *given, **more):\n"
        "    if any('kills the process' in block.text for block in article.blocks): os._exit(9)\n"
        "    return real(article, *given, **more)\n"
        "station.prepare = prepare\n",
    )
    paths = os.pathsep.join([str(place.folder), place.variables["PYTHONPATH"]])
    done = place.run("news", "--out", "out", "--only", PYTHONPATH=paths)
    assert done.code == 6
    assert "news/011.md: a process died at it" in done.err
    assert len(place.shards()) == 19


def test_only_what_changed_is_made_again(place: Place) -> None:
    news(place, 10)
    assert place.run("news", "--out", "out", "--only").code == 0
    place.asked()
    place.write("news/003.md", "# Report 3\n\nThe talks number 3 went on. Everybody went home.\n")
    done = place.run("news", "--out", "out", "--only")
    assert "1 article would come out otherwise now" in done.err
    assert place.asked() == []
    done = place.run("news", "--out", "out", "--only", "--changed")
    assert "1 article to make (text changed: 1)" in done.err
    assert place.asked() == ["The talks number 3 went on."]
    assert [one["file"] for one in place.shards()] == [f"news/{n:03d}.md" for n in range(10)]
    assert place.shards()[3]["rows"][1]["target"].endswith("шент он.")
    done = place.run("news", "--out", "out", "--only", "--changed", QUICK="2")
    assert "10 articles to make (another engine: 10)" in done.err


TERMS = "source\ttarget\tkind\taliases\n"


@pytest.mark.parametrize("hints", ["", "1"])
def test_a_new_spelling_is_rolled_out_without_translating(place: Place, hints: str) -> None:
    news(place, 8)
    place.write("news/002.md", "# Trip\n\nThe minister went to Bishkek. Everybody went home.\n")
    place.write("news/006.md", "# Trip back\n\nThe road to Bishkek is long. Nobody likes Kant.\n")
    place.write("news/007.md", "# Words apart\n\nThe lake is far. Issyk is a word, and Kul another.\n")
    terms = place.write("own.tsv", TERMS + "Bishkek\tБишкек\tplace\t\nKant\tКант\tplace\t\n")
    args = ("news", "--out", "out", "--only", "-g", str(terms))
    assert place.run(*args, HINTS=hints).code == 0
    place.asked()
    terms.write_text(TERMS + "Bishkek\tПишпек\tplace\t\nKant\tКант\tplace\t\nIssyk Kul\tЫсык-Кёль\tplace\t\n")
    dry = place.run(*args, "--changed", "--dry-run", HINTS=hints)
    assert dry.out == "Bishkek: Бишкек → Пишпек: 2 articles\n  news/002.md\n  news/006.md\n"
    assert all("Пишпек" not in row["target"] for one in place.shards() for row in one["rows"])
    done = place.run(*args, "--changed", HINTS=hints)
    assert "2 articles to make (terms changed: 2)" in done.err
    assert place.asked() == []
    rows = [row for one in place.shards() for row in one["rows"] if "Bishkek" in row["source"]]
    assert [row["pins"][0]["lemma"] for row in rows] == ["Пишпек", "Пишпек"]
    assert all("Пишпек" in row["target"] and "ишкек" not in row["target"] for row in rows)
    assert place.run(*args, "--changed", "--dry-run", HINTS=hints).out == ""


def test_a_new_term_touches_the_articles_that_hold_its_words(place: Place) -> None:
    news(place, 3)
    place.write("news/001.md", "# Trip\n\nThe lake of Issyk-Kul is warm.\n")
    terms = place.write("own.tsv", TERMS)
    args = ("news", "--out", "out", "--only", "-g", str(terms))
    assert place.run(*args).code == 0
    terms.write_text(TERMS + "Ysyk Kol\tЫсык-Кёль\tplace\tIssyk Kul\n")
    told = json.loads(place.run(*args, "--changed", "--dry-run", "--json").out)
    assert told == {
        "make": {"glossary": 1},
        "touched": [{"file": "news/001.md", "changes": ["Ysyk Kol: Ысык-Кёль, new"]}],
    }


def test_a_barred_spelling_touches_the_translations_that_have_it(place: Place) -> None:
    news(place, 3)
    place.write("news/001.md", "# Trip\n\nThe road to Frunze is long.\n")
    terms = place.write("own.tsv", "source\ttarget\tkind\tpolicy\n")
    args = ("news", "--out", "out", "--only", "-g", str(terms))
    assert place.run(*args).code == 0
    terms.write_text("source\ttarget\tkind\tpolicy\n\tФрунзе\tplace\tforbid\n")
    assert place.run(*args, "--changed", "--dry-run").out == "Фрунзе: Фрунзе, new: 1 article\n  news/001.md\n"


def test_the_report_shows_the_whole_run_and_escapes_it(place: Place) -> None:
    news(place, 2)
    place.write(
        "news/<b>x.md", "# Trip\n\nThe minister met Aibek Sarybaev on Monday. Later Aibek Sarybaev left Bishkek.\n"
    )
    place.write("news/bad.md", "")
    done = place.run("news", "--out", "out", "--strict")
    assert done.code == 3
    page = (place.folder / "out" / "report.html").read_text(encoding="utf-8")
    assert "<b>x" not in page
    assert "news/&lt;b&gt;x.md" in page
    assert "quick 1" in page
    assert "Aibek Sarybaev" in page
    assert "the file is empty" in page
    names = (place.folder / "out" / "names.tsv").read_text(encoding="utf-8").splitlines()
    assert "Aibek Sarybaev\tperson\t2\t1" in names
    (place.folder / "news" / "bad.md").unlink()
    assert place.run("news", "--out", "out", "--strict", "--changed").code == 3  # it is in the archive still
    assert place.run("news/00*.md", "--out", "other", "--strict", "--only").code == 5


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ((), 2, "name a folder"),
        (("news", "--dry-run"), 2, "--dry-run goes with --changed"),
        (("news", "--field", "colour=x"), 2, "a role of id, title"),
        (("news", "-o", "-"), 2, "an archive goes into files"),
        (("news", "-o", "one.md"), 2, "would be written over"),
        (("missing.jsonl",), 3, "missing.jsonl"),
        (("mine.jsonl",), 3, "a parallel text that tolmach has written"),
        (("news", "-g", "no.tsv"), 3, "no such file"),
    ],
)
def test_what_cannot_be_done_is_refused(place: Place, args: tuple[str, ...], code: int, told: str) -> None:
    news(place, 2)
    place.write("mine.jsonl", '{"tolmach": 1}\n')
    done = place.run(*args, "--out", "out")
    assert done.code == code
    assert told in done.err
    assert "Traceback" not in done.err


def test_an_engine_that_does_not_load_is_said(place: Place) -> None:
    news(place, 2)
    done = place.run("news", "--out", "out", engine="quack")
    assert done.code == 4
    assert "no engine is called 'quack'" in done.err
    assert "Traceback" not in done.err


def test_another_file_in_the_place_of_the_manifest_is_refused(place: Place) -> None:
    news(place, 1)
    place.write("out/manifest.sqlite3", "no database at all, but text of some length\n" * 30)
    done = place.run("news", "--out", "out")
    assert done.code == 3
    assert "no manifest of an archive" in done.err


def test_another_language_has_its_own_terms(place: Place) -> None:
    place.write("news/a.md", "# Report\n\nThe talks in Bishkek failed.\n")
    place.write("own.en-ru.tsv", "source\ttarget\tkind\tky\nBishkek\tБишкекъ\tplace\tБишкек шаары\n")
    assert place.run("news", "--out", "out", "--only", "-g", "own.en-ru.tsv", "--to", "ky").code == 0
    (line,) = place.shards()
    assert "Бишкек шаары" in str(line)
    assert "Бишкекъ" not in str(line)


def test_without_the_users_memory_drafts_are_kept_beside_the_results(place: Place) -> None:
    news(place, 3)
    assert place.run("news", "--out", "out", "--only", "--no-memory").code == 0
    assert not (place.folder.parent / "home" / "tolmach" / "memory.sqlite3").exists()
    place.asked()
    place.write("news/009.md", "# Report 0\n\nThe talks number 0 failed.\n")
    assert place.run("news", "--out", "out", "--only", "--no-memory").code == 0
    assert place.asked() == []


def test_the_manifest_says_what_is_done(place: Place) -> None:
    news(place, 2)
    assert place.run("news", "--out", "out", "--only").code == 0
    connection = sqlite3.connect(place.folder / "out" / "manifest.sqlite3")
    rows = connection.execute("SELECT name, state, json_extract(made, '$.counts.sentences') FROM article").fetchall()
    connection.close()
    assert rows == [("news/000.md", "done", 3), ("news/001.md", "done", 3)]
