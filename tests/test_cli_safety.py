"""What a command does when something goes wrong that nobody foresaw, or its streams are not what they should be."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest

from translate.cli import main
from translate.cli.places import Places
from translate.cli.terminal import safe

STORY = "Talks fail\n\nThe talks failed on Monday. Nobody said why.\n"
CODE = "import sys; from translate.cli import main; main(sys.argv[1:])"


def run(*args: str | bytes | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE, *args], capture_output=True, text=True, errors="surrogateescape", check=False
    )


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    tolmach = f"{sys.executable} -c '{CODE}'"
    return subprocess.run(
        ["bash", "-c", command.replace("tolmach", tolmach)], capture_output=True, text=True, cwd=folder, check=False
    )


def test_an_unforeseen_fault_is_one_line_and_debug_shows_where(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import translate.segments

    def fail(*_args: object, **_options: object) -> None:
        raise KeyError("a\nb")

    monkeypatch.setattr(translate.segments, "stream", fail)
    monkeypatch.setenv("TOLMACH_DEBUG", "")
    story = str(Path(__file__))
    with pytest.raises(SystemExit) as caught:
        main(["segment", story])
    out, err = capsys.readouterr()
    assert caught.value.code == 6
    assert not out
    assert err.splitlines()[0] == r"tolmach: an unforeseen fault: KeyError: 'a\nb'"
    assert "Traceback" not in err
    with pytest.raises(SystemExit):
        main(["segment", story, "--debug"])
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("group", ["", "glossary", "memory", "catalog", "models"])
def test_help_of_every_group_and_command(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    from translate.cli import cli

    words = [group] if group else []
    with click.Context(cli) as context:
        command = cli.get_command(context, group) if group else cli
        assert isinstance(command, click.Group)
        names = command.list_commands(context)
    assert names
    for name in ("", *names):
        with pytest.raises(SystemExit) as caught:
            main([*words, *([name] if name else []), "--help"])
        out, err = capsys.readouterr()
        assert (caught.value.code, err) == (0, "")
        assert "Example" in out or name in ("available", "list", "remove", "verify", "where"), name


def test_arguments_that_are_not_utf8_are_refused_or_shown(tmp_path: Path) -> None:
    glossary = tmp_path / "g.tsv"
    done = run("glossary", "add", "-g", glossary, b"a\xff", "я")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert not glossary.exists()
    done = run("glossary", "lint", bytes(tmp_path) + b"/none\xff.tsv")
    assert done.returncode in (2, 3)
    assert r"none\xff.tsv" in done.stderr


def test_a_story_whose_name_is_not_utf8(tmp_path: Path) -> None:
    story = bytes(tmp_path) + b"/story\xff.txt"
    Path(os.fsdecode(story)).write_text(STORY)
    outs = [tmp_path / name for name in ("a.html", "a.jsonl", "a.tsv", "a.md")]
    report = tmp_path / "r.json"
    args = ("--engine", "draft", "--no-memory", "--no-glossary", "--report", report)
    done = run("article", story, *args, *(a for out in outs for a in ("-o", out)))
    assert done.returncode == 0, done.stderr
    assert json.loads(report.read_text(encoding="utf-8"))[0]["file"].endswith(r"story\xff.txt")
    assert all(out.read_bytes() for out in outs)


def test_closed_streams(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    done = shell("tolmach segment a.txt >&-", tmp_path)
    assert done.returncode == 3
    assert "Bad file descriptor" in done.stderr
    done = shell("tolmach segment a.txt 2>&-", tmp_path)
    assert (done.returncode, done.stdout.count("\n")) == (0, 3)
    done = shell("tolmach segment a.txt <&- >&- 2>&-", tmp_path)
    assert done.returncode == 3
    assert (tmp_path / "a.txt").read_text() == STORY
    if Path("/dev/full").exists():
        done = shell("tolmach segment a.txt > /dev/full", tmp_path)
        assert done.returncode == 3
        assert "No space left" in done.stderr
    done = shell("tolmach glossary list | head -1 > /dev/null; echo ${PIPESTATUS[0]}", tmp_path)
    assert not done.stderr


def test_nothing_of_others_commands_a_terminal(tmp_path: Path) -> None:
    evil = "The \x1b]0;pwned\x07 \x1b[2J and \x9b31m and \u202eevil\u202c text.\n"
    (tmp_path / "a\x1b[2J.txt").write_text("Title\n\n" + evil)
    main_end, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, "segment", str(tmp_path / "a\x1b[2J.txt")], stdout=other, stderr=other
    )
    os.close(other)
    got = b""
    while True:
        try:
            piece = os.read(main_end, 4096)
        except OSError:
            break
        if not piece:
            break
        got += piece
    process.wait()
    os.close(main_end)
    text = got.decode()
    assert r"The \u001b]0;pwned" in text
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u202c"} & set(text)
    done = run("segment", tmp_path / "none\x1b[2J.txt")
    assert "none" in done.stderr
    assert "\x1b" not in done.stderr


def test_what_goes_to_a_file_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The \x9b31m text.\n", encoding="utf-8")
    assert run("segment", tmp_path / "a.txt").stdout == "The \x9b31m text.\n"


def test_safe_keeps_all_that_is_text() -> None:
    text = "Оно — «так»:\tда\nё\u0301 👨\u200d👩\u200d👧 א ع\u200c"
    assert safe(text) == text
    assert safe("a\udcffb\r\x85\u2028") == r"a\xffb\u000d\u0085\u2028"


def test_places_are_told_apart_by_what_they_are(tmp_path: Path) -> None:
    story = tmp_path / "a.txt"
    story.write_text("a")
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "hard.txt").hardlink_to(story)
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    for name in ("a.txt", "./a.txt", "link.txt", "hard.txt"):
        with pytest.raises(click.UsageError, match="written over"):
            Places([story]).claim(tmp_path / name)
    places = Places([story])
    places.claim(tmp_path / "new.txt")
    with pytest.raises(click.UsageError):
        places.claim(tmp_path / "x" / ".." / "new.txt")
    for _ in range(2):
        places.claim("/dev/null")
    places.claim(tmp_path / "loop.txt")


@pytest.mark.parametrize(
    "args",
    [
        ("article", "a.txt", "-o", "b.txt", "--report", "a.txt"),
        ("article", "a.txt", "-o", "b.txt", "--report", "./b.txt"),
        ("catalog", "compile", "c.po", "-o", "c.po"),
        ("catalog", "extract", "a.txt", "-o", "a.txt"),
        ("glossary", "export", "--only", "-g", "g.tsv", "g.tsv"),
    ],
)
def test_no_command_writes_over_what_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = {
        "a.txt": STORY,
        "c.po": 'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "б"\n',
        "g.tsv": "source\ttarget\na\tб\n",
    }
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        main(args)
    assert caught.value.code == 2
    assert "written over" in capsys.readouterr().err
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == texts


def test_one_bad_catalog_is_no_matter_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    good = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "б"\n'
    Path("bad.po").write_text("msgid oops\n")
    Path("good.po").write_text(good, encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        main(["catalog", "compile", "bad.po", "good.po"])
    assert caught.value.code == 3
    assert "bad.po:1" in capsys.readouterr().err
    assert Path("good.mo").exists()
    with pytest.raises(SystemExit) as caught:
        main(["catalog", "stats", "good.po", "bad.po"])
    assert caught.value.code == 0  # stats counts what can be read
    assert "good.po: 1 of 1" in capsys.readouterr().out
