"""Text files of every coding a newsroom has, and a clear refusal of everything else."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from translate.errors import ArticleError, CatalogError, FileError
from translate.files import read_text, write_atomic
from translate.files.writing import SUFFIX, ChangedError

ENGLISH = "The café — “no comment”, Kazakhstan’s ministry said.\n"
RUSSIAN = "Толмач — старое слово.\n"


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        (ENGLISH + RUSSIAN, "utf-8"),
        (ENGLISH + RUSSIAN, "utf-8-sig"),
        (ENGLISH + RUSSIAN, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (RUSSIAN, "utf-32"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.replace("—", "-"), "koi8_r"),
        ("x" * 3_000_000 + "\n" + RUSSIAN, "cp1251"),
    ],
)
def test_reads(tmp_path: Path, text: str, coding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(coding))
    assert read_text(path) == text


def test_line_ends_become_line_feeds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\rthree\n")
    assert read_text(path) == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"PK\x03\x04....", "zip archive"),
        (b"%PDF-1.7", "PDF"),
        (b"one\ntwo\x00three", ":2: binary data"),
        ("строка\n— мир".encode()[:-1], ":2: not valid UTF-8"),
        (b"\xff\xfea", "not valid UTF-16"),
        (bytes(range(128, 256)) * 4, "cannot be told"),
        (b"x" * 101, "larger than 0.0001 MB"),
    ],
)
def test_refuses_with_a_hint(tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(ArticleError, match=message) as caught:
        read_text(path, limit=100 if raw.startswith(b"xxx") else 2000)
    assert caught.value.hint
    assert caught.value.exit_code == 3


def test_raises_the_error_of_the_callers_format(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="No such file"):
        read_text(tmp_path / "none.po", error=CatalogError)
    with pytest.raises(CatalogError, match="directory"):
        read_text(tmp_path, error=CatalogError)


def test_write_is_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, "old")
    with pytest.raises(FileError, match=r"U\+D800\) in line 2"):
        write_atomic(path, "one\n\ud800")
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_is_followed_and_what_the_old_file_had_goes_over(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    attributes = hasattr(os, "setxattr")
    if attributes:
        try:
            os.setxattr(real, "user.note", b"keep")
        except OSError:
            attributes = False
    link.symlink_to("real.txt")
    write_atomic(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640
    if attributes:
        assert os.getxattr(real, "user.note") == b"keep"


def test_hard_links_that_keep_the_old_text_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("old")
    two.hardlink_to(one)
    write_atomic(one, "new")
    assert (one.read_text(), two.read_text()) == ("new", "old")
    assert "1 more name(s) (hard links)" in caplog.text


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write_atomic(pipe, "text")
    reader.join()
    assert got == ["text"]
    assert pipe.is_fifo()


def test_standard_output_redirected_to_a_file_is_written_on_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    code = "from translate.files import write_atomic; print('one'); write_atomic('/dev/stdout', 'two'); print('three')"
    with out.open("w") as file:
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True)
        file.write("four\n")
    assert out.read_text() == "one\ntwothree\nfour\n"


@pytest.mark.parametrize("make", ["loop", "folder", "read-only", "no folder"])
def test_what_cannot_be_written_is_refused_by_its_own_name(
    tmp_path: Path, make: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    if make == "loop":
        path.symlink_to("b.txt")
        (tmp_path / "b.txt").symlink_to("a.txt")
    elif make == "folder":
        path.mkdir()
    elif make == "read-only":
        path.write_text("old")
        path.chmod(0o444)
        if os.geteuid() == 0:  # whom no mode binds
            monkeypatch.setattr(os, "access", lambda *_asked: False)
    else:
        path = tmp_path / "none" / "a.txt"
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError) as caught:  # noqa: PT011 (its file name is what is tested)
        write_atomic(path, "new")
    assert caught.value.filename == str(path)
    assert sorted(tmp_path.iterdir()) == before


def test_a_name_of_255_bytes(tmp_path: Path) -> None:
    for letter in ("n", "ж"):
        path = tmp_path / (letter * (251 // len(letter.encode())) + ".txt")
        write_atomic(path, "new")
        assert path.read_text() == "new"
    assert len(list(tmp_path.iterdir())) == 2


def test_what_killed_runs_left_is_removed_and_what_runs_is_not(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, time\nfrom translate.files import write_atomic\n"
        "def stop(_):\n    print('here', flush=True)\n    time.sleep(60)\n"
        "os.fsync = stop\nwrite_atomic(sys.argv[1], 'half')"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path / name], stdout=subprocess.PIPE, text=True)
        for name in ("a.txt", "b.txt")
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "here\n"
    running[0].kill()
    running[0].wait()
    assert len(list(tmp_path.glob(f".*{SUFFIX}"))) == 2
    write_atomic(tmp_path / "c.txt", "whole")
    assert [found.name[:7] for found in tmp_path.glob(f".*{SUFFIX}")] == [".b.txt."]
    running[1].kill()
    running[1].wait()
    write_atomic(tmp_path / "c.txt", "whole")
    assert [found.name for found in tmp_path.iterdir()] == ["c.txt"]
    for process in running:
        assert process.stdout
        process.stdout.close()


def test_a_file_that_changed_at_the_last_moment_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("theirs")
    with pytest.raises(ChangedError) as caught:
        write_atomic(path, "ours", expecting=b"old")
    assert caught.value.now == b"theirs"
    assert [found.read_text() for found in tmp_path.iterdir()] == ["theirs"]
