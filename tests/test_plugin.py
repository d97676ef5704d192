"""The plug-in of docs/plugin.md, written into a folder as the page says and found as an installed one is."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from translate.engines import load_engine, loading
from translate.errors import EngineError

PAGE = Path(__file__).parent.parent / "docs" / "plugin.md"


def test_the_plug_in_of_the_page_translates_an_article(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (project,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (point,) = re.findall(r"^shouting = .*$", project, re.MULTILINE)
    package = tmp_path / "site" / "shouting"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(code, encoding="utf-8")
    installed = tmp_path / "site" / "tolmach_shouting-1.dist-info"  # what an installer leaves behind
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: tolmach-shouting\nVersion: 1\n", encoding="utf-8")
    (installed / "entry_points.txt").write_text("[tolmach.engines]\n" + point.replace('"', "") + "\n", encoding="utf-8")
    (tmp_path / "story.txt").write_text("The water of https://x.kg is here.\n", encoding="utf-8")
    line = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); from translate.cli import main; main()"
    arguments = ["article", "story.txt", "--engine", "shouting", "--no-memory", "--no-glossary", "-q"]
    done = subprocess.run(
        [sys.executable, "-c", line, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert "ВОДА OF https://x.kg IS HERE." in done.stdout


def test_an_engine_that_cannot_be_imported_is_said_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("no_such_module:Engine", "json:Engine", '"json:Engine"'):
        points = [EntryPoint("broken", value, "tolmach.engines")]
        monkeypatch.setattr(loading, "entry_points", lambda group, points=points: points)
        with pytest.raises(EngineError, match="'broken' cannot be imported"):
            load_engine("broken")
