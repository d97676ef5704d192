"""JSON message files out of a catalog: the source's layout, only its values changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from translate.catalog import Editor, parse, read_catalog
from translate.catalog.extract import gather, template
from translate.catalog.fill import Sources, fill
from translate.catalog.interface import interface
from translate.catalog.merge import create
from translate.catalog.message_file import write
from translate.cli import main

ENGLISH = """{
  "nav": { "home":"Home",   "about": "About us" },
    "odd": "Zebra crossing",
  "count_one": "{{n}} comment",
  "count_other": "{{n}} comments",
  "n": 3, "list": ["Sign in", true, null]
}
"""
RUSSIAN = """{
  "nav": { "home":"Главная",   "about": "О нас" },
    "odd": "Zebra crossing",
  "count_one": "{{n}} комментарий",
  "count_few": "{{n}} комментария",
  "count_many": "{{n}} комментариев",
  "count_other": "{{n}} комментария",
  "n": 3, "list": ["Войти", true, null]
}
"""


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """Return en.json and the catalog filled and reviewed."""
    source, po = tmp_path / "en.json", tmp_path / "ru.po"
    source.write_text(ENGLISH, encoding="utf-8")
    data = create(parse(template(gather([source]).found)), "ru")
    filled = parse(fill(parse(data), Sources(interface=interface())).data)
    editor = Editor(filled)
    for entry in filled.messages:
        if entry.fuzzy:
            editor.set_flags(entry, remove=["fuzzy"])
    po.write_bytes(editor.data())
    return source, po


def test_values_change_and_nothing_else(made: tuple[Path, Path]) -> None:
    _source, po = made
    written = write(ENGLISH, read_catalog(po))
    assert (written.text, written.left) == (RUSSIAN, 1)
    assert json.loads(written.text)["list"] == ["Войти", True, None]


def test_by_the_command(made: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, po = made
    with pytest.raises(SystemExit) as done:
        main(["catalog", "export", str(po), "--like", str(source), "-o", str(tmp_path / "ru.json")])
    assert done.value.code == 5
    assert (tmp_path / "ru.json").read_text(encoding="utf-8") == RUSSIAN
    assert capsys.readouterr().err == "1 text left in English\n"
    with pytest.raises(SystemExit) as done:
        main(["catalog", "export", str(po), "-o", str(tmp_path / "ru.json")])
    assert done.value.code == 2
