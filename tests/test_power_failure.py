"""The power fails at every step of a write in turn, as SQLite's tests have it: the old file is whole, or the new one.

Each step that changes the disk (write, fsync, rename, unlink) is counted in a first run; then the work is done again
and cut at the first step, at the second, and so on. A cut raises what nothing catches as an error, and every later step
fails as well, so that no clean-up runs either: what the folder holds then is what a machine would find on waking up. A
cut write leaves half of what it should. What SQLite writes goes past Python: `make campaign` cuts there, by strace.
"""

from __future__ import annotations

import builtins
import io
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner
from made_up_engine import MadeUpEngine

import translate.files.writing
import translate.memory.opening
from translate.cli import cli
from translate.engines import Loaded
from translate.files import edit_in_place, write_atomic

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.campaign import writing
from benchmarks.campaign.killing import laid_out
from benchmarks.campaign.writing import WRITERS

MOST = 8
"""Cuts of one command: `make campaign` cuts at each step."""


class PowerFailure(BaseException):
    """The machine is off."""


class Half:
    """A file of whose last pieces the half is written when the power fails."""

    def __init__(self, file: BinaryIO, taken: list[str], steps: int | None) -> None:
        self._file, self._taken, self._steps = file, taken, steps

    def __enter__(self) -> Half:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def writelines(self, pieces: Iterable[bytes]) -> None:
        whole = b"".join(pieces)
        if self._steps is not None and len(self._taken) >= self._steps:
            self._file.write(whole[: len(whole) // 2])
            raise PowerFailure("write")
        self._taken.append("write")
        self._file.write(whole)


@contextmanager
def power(steps: int | None) -> Iterator[list[str]]:
    """Let so many steps through, None for all; yield the names of those taken."""
    taken: list[str] = []
    real: dict[str, Callable[..., object]] = {
        name: getattr(os, name) for name in ("fsync", "rename", "replace", "unlink", "mkdir", "rmdir")
    }

    real_open: Callable[..., BinaryIO] = builtins.open

    def opened(*args: object, **options: object) -> Half:
        return Half(real_open(*args, **options), taken, steps)

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
        vars(translate.files.writing)["open"] = opened
        yield taken
    finally:
        del vars(translate.files.writing)["open"]
        for name, function in real.items():
            setattr(os, name, function)


def litter(folder: Path) -> list[str]:
    """Leave journals out: the connection of a run that was cut off lives on in this process, and holds one."""
    return [name for name in writing.litter(folder) if not name.endswith("-wal")]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_out(tmp_path_factory.mktemp("power"), 0)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_every_command_that_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laid: Path, writer: writing.Writer
) -> None:
    folder = tmp_path / "x"
    monkeypatch.setattr(translate.memory.opening, "load_engine", lambda *_names: Loaded(MadeUpEngine(), ""))

    def run(steps: int | None) -> list[str]:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(laid, folder)
        monkeypatch.chdir(folder)
        with power(steps) as taken, suppress(PowerFailure):
            done = CliRunner().invoke(cli, writer.command, standalone_mode=False)
            assert steps is not None or done.exception is None, done.exception
        return taken

    for name, value in writing.environment(folder).items():
        monkeypatch.setenv(name, value)
    before = writing.state(laid)
    steps = run(None)
    after = writing.state(folder)
    clean = litter(folder)
    assert before != after or writer.name == "memory compact"
    assert {"write", "fsync", "replace"} <= {*steps} or writer.name.startswith(("memory", "models"))
    for cut in range(0, len(steps), 1 + len(steps) // MOST):
        run(cut)
        assert not writing.faults(before, writing.state(folder), after), f"cut at step {cut}: {steps[cut]}"
        CliRunner().invoke(cli, writer.command, standalone_mode=False)
        assert writing.state(folder) == after, f"the run after the cut at step {cut}: {steps[cut]}"
        assert litter(folder) == clean, f"the run after the cut at step {cut}: {steps[cut]}"


def test_the_new_file_is_on_the_disk_before_its_name_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, "old")
    with power(None) as taken:
        edit_in_place(path, lambda _before: b"new")
    order = [step for step in taken if step not in ("unlink", "mkdir")]
    assert order == ["write", "fsync", "replace", "fsync"]


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
