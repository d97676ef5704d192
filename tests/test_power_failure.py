"""The power fails at every step of a write in turn, as SQLite's tests have it: the old file is whole, or the new one.

Each step that changes the disk (write, fsync, rename, unlink) is counted in a first run; then the work is done again
and cut at the first step, at the second, and so on. A cut raises what nothing catches as an error, and every later step
fails as well, so that no clean-up runs either: what the folder holds then is what a machine would find on waking up.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from translate.cli import cli
from translate.files import edit_in_place, write_atomic
from translate.files.writing import SUFFIX

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n\n'
CATALOG = HEAD + 'msgid "Home"\nmsgstr ""\n\nmsgid "News"\nmsgstr "Новости"\n'
TEMPLATE = HEAD + 'msgid "Home"\nmsgstr ""\n\nmsgid "Map"\nmsgstr ""\n'
GLOSSARY = "source\ttarget\tkind\nHome\tГлавная\tinterface\nOsh\tОш\tplace\n"
SHEET = "context,source,translation,status,exported\n,Home,Дом,done,\n"


class PowerFailure(BaseException):
    """The machine is off."""


@contextmanager
def power(steps: int | None) -> Iterator[list[str]]:
    """Let so many steps through, None for all; yield the names of those taken."""
    taken: list[str] = []
    real: dict[str, Callable[..., object]] = {
        name: getattr(os, name) for name in ("fsync", "rename", "replace", "unlink", "mkdir", "rmdir")
    }

    def stepping(name: str) -> Callable[..., object]:
        def step(*args: object, **options: object) -> object:
            if steps is not None and len(taken) >= steps:
                raise PowerFailure(name)
            taken.append(name)
            return real[name](*args, **options)

        return step

    try:
        for name in real:
            setattr(os, name, stepping(name))
        yield taken
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def lay_out(folder: Path) -> None:
    texts = {"ru.po": CATALOG, "m.pot": TEMPLATE, "g.tsv": GLOSSARY, "s.csv": SHEET, "i.csv": "source,target\nAk,Ак\n"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


COMMANDS = {
    "glossary add": ["glossary", "add", "-g", "g.tsv", "Naryn", "Нарын"],
    "glossary edit": ["glossary", "edit", "-g", "g.tsv", "Osh", "--note", "юг"],
    "glossary remove": ["glossary", "remove", "-g", "g.tsv", "Osh"],
    "glossary import": ["glossary", "import", "i.csv", "-g", "g.tsv"],
    "glossary export": ["glossary", "export", "--only", "-g", "g.tsv", "out.csv"],
    "catalog update": ["catalog", "update", "ru.po", "m.pot"],
    "catalog import": ["catalog", "import", "ru.po", "s.csv"],
    "catalog fill": ["catalog", "fill", "ru.po", "--engine", "none", "--no-memory", "--glossary", "g.tsv", "--only"],
    "catalog compile": ["catalog", "compile", "ru.po"],
    "catalog export": ["catalog", "export", "ru.po", "-o", "out.csv"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def run(folder: Path, steps: int | None) -> list[str]:
        folder.mkdir(exist_ok=True)
        lay_out(folder)
        monkeypatch.chdir(folder)
        with power(steps) as taken, suppress(PowerFailure):
            done = CliRunner().invoke(cli, COMMANDS[name], standalone_mode=False)
            assert steps is not None or done.exception is None, done.exception
        return taken

    whole = tmp_path / "whole"
    steps = len(run(whole, None))
    before_folder = tmp_path / "before"
    before_folder.mkdir()
    lay_out(before_folder)
    before, after = state(before_folder), state(whole)
    assert before != after
    assert steps >= 3  # fsync, rename, fsync of the folder
    for cut in range(steps):
        folder = tmp_path / f"cut{cut}"
        run(folder, cut)
        assert state(folder) in (before, after), f"cut at step {cut}"
        with power(None):
            done = CliRunner().invoke(cli, COMMANDS[name], standalone_mode=False)
        again = state(folder)
        assert again == after or done.exception is not None  # «Naryn» may be there already
        write_atomic(folder / "next.txt", "the next run")
        assert not [path.name for path in folder.iterdir() if path.name.endswith(SUFFIX)]


def test_the_new_file_is_on_the_disk_before_its_name_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, "old")
    with power(None) as taken:
        edit_in_place(path, lambda _before: b"new")
    order = [step for step in taken if step not in ("unlink", "mkdir")]
    assert order == ["fsync", "replace", "fsync"]


def test_installing_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.engines.argos import packages
    from translate.engines.argos.archive import install

    archive = tmp_path / "a.argosmodel"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr("en_ru/metadata.json", '{"from_code": "en", "to_code": "ru", "package_version": "1.9"}')
        opened.writestr("en_ru/sentencepiece.model", "x")
        opened.writestr("en_ru/model/model.bin", "x")
    archive.write_bytes(made.getvalue())
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos" / "packages"))
    install(archive)
    with power(None) as taken:
        install(archive)
    for cut in range(len(taken)):
        with pytest.raises(PowerFailure), power(cut):
            install(archive)
        found = packages.installed()
        assert [(p.source, p.target, p.fault) for p in found] == [("en", "ru", "")], f"cut at step {cut}: {taken[cut]}"
    install(archive)
    assert [path.name for path in (tmp_path / "argos").rglob("*") if path.is_dir()] == ["packages", "en_ru", "model"]
