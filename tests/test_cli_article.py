"""`tolmach article` as a user meets it: what goes where, exit codes, nothing half-written, hostile files."""

from __future__ import annotations

import io
import json
import os
import random
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from made_up_engine import MadeUpEngine

import translate.memory.opening
from translate.article import read_article
from translate.cli import main
from translate.engines import Draft, Loaded, Request
from translate.engines.protecting import ProtectingEngine
from translate.errors import TranslateError
from translate.parallel import render
from translate.pipeline import translate_article

STORY = "# Talks fail\n\nBy Ann Lee, 5 March 2024\n\nThe talks failed on Monday. See https://x.kg/en for more.\n"


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
    """Run the command in an empty folder, with a made-up engine and no glossary of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        translate.memory.opening, "load_engine", lambda *_names: Loaded(made_up_engine, "a made-up engine")
    )
    (tmp_path / "story.md").write_text(STORY, encoding="utf-8")

    def call(*args: str) -> Done:
        with pytest.raises(SystemExit) as caught:
            main(["article", *args, *([] if "--glossary" in args else ["--no-glossary"]), "--no-memory"])
        captured = capsys.readouterr()
        return Done(int(caught.value.code or 0), captured.out, captured.err)

    return call


def test_the_russian_goes_to_standard_output(run: Run) -> None:
    done = run("story.md")
    assert done.code == 0
    assert done.out == (
        "# Талкс фаил\n\nAnn Lee, 5 марта 2024\N{NO-BREAK SPACE}г.\n\n"
        "Тхе талкс фаилед он Мондаи. Сее https://x.kg/en фор море.\n"
    )
    assert "tolmach: a made-up engine" in done.err
    assert "story.md: 3 sentences" in done.err


def test_several_outputs_by_their_endings(run: Run) -> None:
    done = run("story.md", "-o", "out/a.html", "-o", "out/b.tsv", "-o", "-", "-q")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# Талкс")
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.html", "b.tsv"]


def test_several_files_into_a_folder_or_a_pattern(run: Run) -> None:
    Path("other.txt").write_text("Another story failed on Tuesday.\n")
    assert run("story.md", "other.txt", "-o", "out/", "--format", "jsonl").code == 0
    assert run("story.md", "other.txt", "-o", "out/{name}.ru.txt").code == 0
    names = ["other.jsonl", "other.ru.txt", "story.jsonl", "story.ru.txt"]
    assert sorted(path.name for path in Path("out").iterdir()) == names


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("story.md", "-o", "story.md"),
        ("story.md", "story.md", "-o", "one.html"),
        ("story.md", "-o", "-", "--json"),
        ("story.md", "--format", "odt"),
        ("story.md", "--format", "docx"),
        ("-", "--beside"),
        ("story.md", "--jobs", "0"),
    ],
)
def test_usage_errors(run: Run, args: tuple[str, ...]) -> None:
    assert run(*args).code == 2
    assert Path("story.md").read_text(encoding="utf-8") == STORY


def test_an_unknown_ending_is_refused_before_any_work(run: Run, made_up_engine: MadeUpEngine) -> None:
    done = run("story.md", "-o", "out.odt")
    assert done.code == 3
    assert "no format ends in 'odt'" in done.err
    assert made_up_engine.asked == []


def test_the_name_decides_between_the_article_and_both_languages(run: Run) -> None:
    assert run("story.md", "-o", "story.ru.md", "-o", "story.ru.html", "-o", "story.html", "-o", "table.md").code == 0
    assert Path("story.ru.md").read_text(encoding="utf-8").startswith("# Талкс фаил\n\nAnn Lee, 5 марта")
    assert "<h1>Талкс фаил</h1>" in Path("story.ru.html").read_text(encoding="utf-8")
    assert 'id="b1.1-en"' in Path("story.html").read_text(encoding="utf-8")
    assert "| b1.1 | The talks failed" in Path("table.md").read_text(encoding="utf-8")


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"The talks failed.\n")))
    assert run("-").out == "Тхе талкс фаилед.\n"


@pytest.mark.parametrize(
    ("given", "ending", "wanted"),
    [
        (STORY, "md", "# Талкс фаил\n"),
        ("---\ntitle: Talks fail\n---\nThe talks failed.\n", "md", "---\ntitle: Талкс фаил\n---\nТхе талкс фаилед.\n"),
        ("<h1>Talks fail</h1>\n<p>The talks failed <b>on</b> Monday.</p>", "html", "<h1>Талкс фаил</h1>"),
        ("<!-- saved -->\n<!DOCTYPE html><html><body><h1>Talks</h1><p>They failed.</p>", "html", '<html lang="ru">'),
        ("Talks fail\n\nThe talks failed on Monday, < 3 hours in.\n", "txt", "Талкс фаил\n\nТхе талкс"),
    ],
)
def test_standard_input_is_told_by_how_it_begins(
    run: Run, monkeypatch: pytest.MonkeyPatch, given: str, ending: str, wanted: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert run("-", "-o", f"out.ru.{ending}", "-o", "out.jsonl").code == 0
    assert wanted in Path(f"out.ru.{ending}").read_text(encoding="utf-8")
    assert run("out.jsonl", "-o", f"again.ru.{ending}").code == 0
    assert Path(f"again.ru.{ending}").read_bytes() == Path(f"out.ru.{ending}").read_bytes()


def test_the_form_of_a_file_can_be_said_outright(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("page.asp").write_text("<p>Home</p><h1>Talks fail</h1><p>The talks failed on <b>Monday</b>.</p>")
    assert run("page.asp", "--input-format", "html", "-o", "page.ru.html").code == 0
    assert "<h1>Талкс фаил</h1><p>Тхе талкс фаилед он <b>Мондаи</b>.</p>" in Path("page.ru.html").read_text()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# Talks fail\n")))
    assert "# Талкс" in run("-", "--input-format", "txt").out


def test_what_stays_within_a_story_is_named(run: Run) -> None:
    Path("page.html").write_text(
        "<html><body><h1>Talks fail</h1><p>The talks failed.</p><noscript>Turn on scripts.</noscript>"
        "<p>They had begun on Sunday.</p></body></html>"
    )
    done = run("page.html", "-o", "page.ru.html", "--report", "report.json")
    assert "page.html: 1 text within the story stays as it is: “Turn on scripts.”" in done.err
    assert json.loads(Path("report.json").read_text())[0]["left"] == ["Turn on scripts."]
    assert "stays" not in run("page.html", "-o", "page.ru.html", "-q").err


def test_a_folder_is_walked_and_each_translation_put_beside_its_source(run: Run) -> None:
    Path("news/deep").mkdir(parents=True)
    for name in ("a.md", "deep/b.txt", "deep/c.html", "deep/photo.jpg", "a.kk.ru.md", "deep/old.ru.md"):
        Path("news", name).write_text("The talks failed on Monday, after an hour.\n", encoding="utf-8")
    Path("news/empty.txt").write_text("")
    done = run("news", "--beside")
    assert done.code == 3
    assert "news/deep/old.ru.md: a translation already" in done.err
    assert "news/empty.txt: the file is empty" in done.err
    made = {str(path.relative_to("news")) for path in Path("news").rglob("*.ru.*")}
    assert made == {"a.ru.md", "deep/b.ru.txt", "deep/c.ru.html", "a.kk.ru.md", "deep/old.ru.md"}
    assert run("news", "--glob", "*.md", "-o", "out/", "--format", "tsv").code == 0
    assert [str(path) for path in Path("out").rglob("*.tsv")] == ["out/a.tsv"]
    assert run("news/deep/?.txt", "-o", "one.txt").code == 0


def test_what_tolmach_wrote_is_written_again_without_an_engine(run: Run, made_up_engine: MadeUpEngine) -> None:
    names = ["t.tsv", "t.xlsx", "t.docx", "t.jsonl"]
    assert run("story.md", *(part for name in names for part in ("-o", name))).code == 0
    asked = list(made_up_engine.asked)
    for name in names:
        done = run(name, "-o", "-")
        assert done.code == 0
        assert "Тхе талкс фаилед он Мондаи." in done.out
    assert made_up_engine.asked == asked


def test_a_tsv_for_excel_begins_with_a_mark(run: Run) -> None:
    assert run("story.md", "-o", "a.tsv", "--bom").code == 0
    assert Path("a.tsv").read_bytes().startswith(b"\xef\xbb\xbfid\t")
    assert run("a.tsv").code == 0


def test_bad_and_russian_input_is_refused_before_the_engine_is_loaded(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object, **_options: object) -> None:
        raise AssertionError("an engine was loaded")

    monkeypatch.setattr("translate.cli.article._engine", never)
    Path("ru.txt").write_text("Переговоры в понедельник сорвались, сообщило министерство.\n", encoding="utf-8")
    done = run("ru.txt")
    assert (done.code, done.out) == (3, "")
    assert "in Cyrillic letters, not in English" in done.err
    assert run("missing.md", "ru.txt").code == 3


def test_a_bad_file_is_named_and_the_others_are_done(run: Run) -> None:
    Path("empty.txt").write_text("")
    done = run("empty.txt", "missing.txt", "story.md", "-o", "out/{name}.txt")
    assert done.code == 3
    assert "tolmach: empty.txt: the file is empty" in done.err
    assert "tolmach: missing.txt: No such file" in done.err
    assert [path.name for path in Path("out").iterdir()] == ["story.txt"]
    alone = run("empty.txt")
    assert (alone.code, alone.out) == (3, "")


def test_reports(run: Run) -> None:
    done = run("story.md", "--json", "--report", "out/report.json")
    (report,) = json.loads(done.out)
    assert report["sentences"] == 3
    assert report["problem_count"] == len(report["problems"])
    assert json.loads(Path("out/report.json").read_text(encoding="utf-8")) == [report]


def test_strict_and_verbose(run: Run, monkeypatch: pytest.MonkeyPatch, made_up_engine: MadeUpEngine) -> None:
    def losing(requests: list[Request]) -> list[Draft]:
        return [Draft("Ничего.", None, None, "x") for _request in requests]

    monkeypatch.setattr(made_up_engine, "translate", losing)
    assert run("story.md").code == 0
    done = run("story.md", "--strict", "-v")
    assert done.code == 5
    assert "b1.2: kept: “https://x.kg/en” was lost" in done.err


def test_a_stop_in_mid_work_leaves_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, made_up_engine: MadeUpEngine
) -> None:
    def stopped(_requests: list[Request]) -> list[Draft]:
        raise KeyboardInterrupt

    monkeypatch.setattr(made_up_engine, "translate", stopped)
    done = run("story.md", "-o", "out/a.html")
    assert done.code == 1
    assert "Aborted" in done.err
    assert not Path("out").exists()


def test_a_glossary_that_is_missing(run: Run) -> None:
    done = run("story.md", "--glossary", "none.tsv")
    assert done.code == 3
    assert "none.tsv" in done.err


def test_help_has_examples() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "translate", "article", "--help"], capture_output=True, text=True, check=True
    )
    assert "tolmach article story.md -o story.html" in done.stdout
    page = (Path(__file__).parents[1] / "docs" / "articles.md").read_text(encoding="utf-8")
    assert [option for option in re.findall(r"--[a-z-]+", done.stdout) if option not in (page + " --help")] == []


# Hostile files ---------------------------------------------------------------------------------------------------

SIZE = 200_000 if int(os.environ.get("TOLMACH_FUZZ", "60")) < 1000 else 10_000_000
WORDS = b"The ministry of energy said on Monday that the water of the river would come back in spring. "
CRAFTED = [
    (".txt", WORDS * (SIZE // len(WORDS) // 50)),
    (".txt", b"x" * SIZE),
    (".md", b"[" * 20_000),
    (".md", b"> " * 3_000 + b"deep"),
    (".md", b"*a **b " * 3_000),
    (".html", b"<div>" * 10_000 + WORDS * 20 + b"</div>" * 10_000),
    (".html", b"<p>" + b"<b>" * 10_000 + WORDS * 20),
    (".html", b"<ul><li>" * 5_000 + WORDS * 20),
    (".html", b"<table><tr><td>" * 3_000 + WORDS * 20),
    (".html", b"<p>" + b"<a href=x>Word of a thing</a> " * 5_000 + b"</p>"),
    (".html", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><p>' + WORDS * 5 + b"&b;</p>"),
    (".html", b"<p>" + WORDS * 5 + b"<" * 5_000),
    (".html", b"<!--" * 5_000 + WORDS * 5),
    (".html", b'<?xml version="1.0" encoding="utf-16"?><html><body><p>' + WORDS * 5 + b"</p></body></html>"),
    (".txt", "“".encode() * 50_000),
    (".txt", b"2024-01-01 " * 10_000),
    (".txt", b"a@" * 50_000),
    (".txt", b"a." * 50_000),
    (".txt", b"http://" + b"(" * 50_000),
    (".txt", b"word\n" * 2_000),
    (".txt", WORDS[:40] + b"\n\n" + WORDS),
    (".txt", "И\u0306".encode() * 1000),
    (".txt", "\u202e\u200f\u2066text\u0301\u0301".encode() * 50),
]


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield crafted files, then random ones: bytes, broken UTF-8, mark-up salad, cut-off articles."""
    yield from CRAFTED
    dice = random.Random(20240305)
    story = (STORY * 3 + "Президент сказал «нет» — “no”. " * 5).encode()
    salad = [
        b"<p>",
        b"</p>",
        b"<a href='",
        b"&#x",
        b"&amp",
        b"```",
        b"[",
        b"](",
        b"**",
        b"---\n",
        b"|",
        b"\n\n",
        b"- ",
        WORDS,
    ]
    for n in range(int(os.environ.get("TOLMACH_FUZZ", "60")) - len(CRAFTED)):
        suffix = dice.choice([".txt", ".md", ".html"])
        kind = n % 5
        if kind == 0:
            yield suffix, dice.randbytes(dice.randint(1, 3000))
        elif kind == 1:
            yield suffix, story[: dice.randint(1, len(story))]
        elif kind == 2:
            broken = bytearray(story)
            for _change in range(dice.randint(1, 20)):
                broken[dice.randrange(len(broken))] = dice.randrange(256)
            yield suffix, bytes(broken)
        elif kind == 3:
            yield suffix, b"".join(dice.choice(salad) for _piece in range(dice.randint(1, 200)))
        else:
            letters = "abc ДЁж.\n\t«»\"'<>&;—…\u00a0\u200b\u0301😀{}%$\\|"
            yield suffix, "".join(dice.choice(letters) for _letter in range(dice.randint(1, 2000))).encode()


def test_hostile_files_give_a_result_or_a_clear_error(tmp_path: Path) -> None:
    engine = ProtectingEngine(MadeUpEngine())
    folder = tmp_path / "in"
    folder.mkdir()
    results = 0
    refusals: list[TranslateError] = []
    for n, (suffix, raw) in enumerate(hostile()):
        path = folder / f"{n}{suffix}"
        path.write_bytes(raw)
        try:
            text = translate_article(read_article(path), engine)
        except TranslateError as error:
            refusals.append(error)
        else:
            results += 1
            for format_ in ("html", "md", "txt", "tsv", "jsonl"):
                render(text, format_).encode("utf-8")
        path.unlink()
    assert all(error.exit_code == 3 and error.hint and "\n" not in str(error) for error in refusals)
    assert results > 20
    assert list(tmp_path.rglob("*")) == [folder]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3_000_000  # kilobytes, of the whole test run


def test_the_settings_of_the_articles_folder_hold(run: Run, tmp_path: Path) -> None:
    for name, quotes in (("one", "«»„“"), ("two", "“”‘’")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tolmach.toml").write_text(f'quotes = "{quotes}"\n', encoding="utf-8")
        (tmp_path / name / f"{name}.txt").write_text('They read "The Times" on Monday at home.\n', encoding="utf-8")
    assert run("one/one.txt", "two/two.txt", "-o", "out/{name}.txt").code == 0
    assert "«" in (tmp_path / "out/one.txt").read_text(encoding="utf-8")
    assert "“" in (tmp_path / "out/two.txt").read_text(encoding="utf-8")


def test_a_slip_in_the_settings_stops_before_any_work(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tolmach.toml").write_text('off = ["attributoin"]\n', encoding="utf-8")
    done = run("story.md", "-o", "story.html")
    assert done.code == 3
    assert "attributoin" in done.err
    assert "attribution" in done.err
    assert not (tmp_path / "story.html").exists()
