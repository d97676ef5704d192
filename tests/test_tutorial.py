"""The tutorial, word for word, in an empty folder, with what a wheel installs and nothing of the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build the wheel, unpack it, and return an environment whose `tolmach` is that one."""
    folder = tmp_path_factory.mktemp("installed")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("tolmach-*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    program = folder / "bin/tolmach"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m translate "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    homes = {name: str(folder / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | homes | {"PATH": path, "PYTHONPATH": str(folder / "site"), "LC_ALL": "C.UTF-8"}


def test_every_command_of_the_tutorial_runs(installed: dict[str, str], tmp_path: Path) -> None:
    blocks = BLOCK.findall((ROOT / "docs/tutorial.md").read_text(encoding="utf-8"))
    assert len(blocks) == 6
    where = subprocess.run(
        [sys.executable, "-c", "import translate; print(translate.__file__)"],
        cwd=tmp_path, env=installed, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.strip() == str(Path(installed["PYTHONPATH"]) / "translate/__init__.py")

    codes = []
    for block in blocks:
        done = subprocess.run(
            ["bash", "-ec", block], cwd=tmp_path, env=installed, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        codes.append((done.returncode, done.stderr))
        if "-o story.html" in block and "--strict" not in block:
            page = (tmp_path / "story.html").read_text(encoding="utf-8")
            assert "Жапаров" in page  # a shipped term holds, whatever else is named
        if "own.en-ru.tsv" in block:
            assert "no glossary has Kara-Bulak" not in page
    assert [code for code, _error in codes] == [0, 0, 0, 0, 0, 5], codes
    assert "Aibek Tursunbaev" in (tmp_path / "names.en-ru.tsv").read_text(encoding="utf-8")
