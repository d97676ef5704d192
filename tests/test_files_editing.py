"""Files edited in place while others write them too: nobody's change is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from translate.errors import CatalogError, FileError
from translate.files import edit_in_place, held


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_edit_of_a_link_goes_to_the_file_and_leaves_no_lock(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "a.txt", tmp_path / "link.txt"
    real.write_text("one\n")
    link.symlink_to("real/a.txt")
    assert edit_in_place(link, lambda before: before + b"two\n")
    assert not edit_in_place(link, lambda before: before)
    assert real.read_text() == "one\ntwo\n"
    assert names(tmp_path) == ["link.txt", "real"]
    assert names(tmp_path / "real") == ["a.txt"]


WRITER = """
import sys
from pathlib import Path
from translate.files import edit_in_place
path, name, alone = sys.argv[1], sys.argv[2].encode(), sys.argv[3] == "alone"
for n in range(60):
    edit_in_place(path, lambda before: before + name + b"\\n", create=True, alone=alone)
"""


@pytest.mark.parametrize("alone", ["alone", "together"])
def test_writers_by_file_and_by_link_lose_nothing(tmp_path: Path, alone: str) -> None:
    (tmp_path / "link.txt").symlink_to("a.txt")
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, tmp_path / name, name, alone])
        for name in ("a.txt", "link.txt", "a.txt", "link.txt")[: 4 if alone == "alone" else 2]
    ]
    done = [process.wait() for process in running]
    assert done == [0] * len(running)
    assert len((tmp_path / "a.txt").read_text().splitlines()) == 60 * len(running)
    assert names(tmp_path) == ["a.txt", "link.txt"]


def test_an_editor_that_saves_meanwhile_is_merged_by_doing_the_work_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one\n")
    calls = []

    def work(before: bytes) -> bytes:
        calls.append(before)
        if len(calls) == 1:
            path.write_text("one\nhuman\n")
        return before + b"tool\n"

    assert edit_in_place(path, work)
    assert path.read_text() == "one\nhuman\ntool\n"


def test_where_both_cannot_stand_the_edit_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text in ("human 1", "human 2"):
        path.write_text("one")
        with held(path, error=CatalogError) as file:
            path.write_text(text)
            with pytest.raises(CatalogError, match="both changes cannot stand") as caught:
                file.replace(b"tool")
        assert path.read_text() == text
    assert "a.txt.mine1" in caught.value.hint
    assert names(tmp_path) == ["a.txt", "a.txt.mine", "a.txt.mine1"]
    assert (tmp_path / "a.txt.mine").read_text() == "tool"


def test_a_file_that_never_holds_still_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("0")
    count = iter(range(1, 100))

    def work(before: bytes) -> bytes:
        path.write_text(str(next(count)))
        return before + b"tool"

    with pytest.raises(FileError, match="cannot stand"):
        edit_in_place(path, work)
    assert next(count) < 10


def test_the_work_that_fails_leaves_file_and_lock_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")

    def fail(_before: bytes) -> bytes:
        raise CatalogError("no")

    for alone in (True, False):
        with pytest.raises(CatalogError):
            edit_in_place(path, fail, alone=alone)
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        ("missing", "no such file"),
        ("no folder", "no such folder"),
        ("folder", "a folder"),
        ("pipe", "not an ordinary file"),
        ("read-only", "read-only"),
        ("loop", "symbolic links"),
    ],
)
def test_what_cannot_be_edited(tmp_path: Path, make: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    if make == "no folder":
        path = tmp_path / "none" / "a.txt"
    elif make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    elif make == "read-only":
        path.write_text("one")
        path.chmod(0o444)
        if os.geteuid() == 0:  # whom no mode binds
            monkeypatch.setattr(os, "access", lambda *_asked: False)
    elif make == "loop":
        path.symlink_to("a.txt")
    with pytest.raises(FileError, match=message):
        edit_in_place(path, lambda before: before + b"x")


def test_a_name_of_255_bytes_is_edited(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".tsv")
    assert edit_in_place(path, lambda before: before + b"x", create=True)
    assert names(tmp_path) == [path.name]
