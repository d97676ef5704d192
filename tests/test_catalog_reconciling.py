"""A translator saves while the tool works: both changes are in the file, and no byte is anybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from translate.catalog import Editor, read_catalog
from translate.catalog.reconciling import reconcile, theirs
from translate.cli import cli

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n\n'


def catalog(**texts: str) -> str:
    return HEAD + "\n".join(f'#: a.py:1\nmsgid "{name}"\nmsgstr "{text}"\n' for name, text in texts.items())


BEFORE = catalog(Home="", News="", About="О нас")
NOW = "# by Ann\n" + catalog(Home="", News="Вести", About="О проекте", Map="")


def test_what_either_side_changed_is_there() -> None:
    after = BEFORE.replace('"Home"\nmsgstr ""', '"Home"\nmsgstr "Главная"')
    merged = reconcile(BEFORE.encode(), after.encode(), NOW.encode())
    assert merged is not None
    assert merged.decode() == NOW.replace('"Home"\nmsgstr ""', '"Home"\nmsgstr "Главная"')


def test_an_entry_that_both_changed_is_settled_or_refused() -> None:
    after = BEFORE.replace('"News"\nmsgstr ""', '"News"\nmsgstr "Новости"')
    assert reconcile(BEFORE.encode(), after.encode(), NOW.encode()) is None
    assert reconcile(BEFORE.encode(), after.encode(), NOW.encode(), theirs) == NOW.encode()
    gone = NOW.replace('#: a.py:1\nmsgid "News"\nmsgstr "Вести"\n\n', "")
    assert reconcile(BEFORE.encode(), after.encode(), gone.encode()) is None
    assert reconcile(BEFORE.encode(), after.encode(), gone.encode(), theirs) == gone.encode()


def test_sides_of_two_charsets_are_refused() -> None:
    now = NOW.replace("UTF-8", "KOI8-R").encode("koi8-r")
    assert reconcile(BEFORE.encode(), BEFORE.replace("О нас", "О нас!").encode(), now) is None


def test_an_editor_that_saves_keeps_what_was_saved_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "ru.po"
    path.write_text(BEFORE, encoding="utf-8")
    editor = Editor(read_catalog(path))
    editor.set_msgstr(editor.catalog.messages[0], "Главная")
    path.write_text(NOW, encoding="utf-8")
    assert editor.save(path)
    assert [entry.msgstr for entry in read_catalog(path).messages] == ["Главная", "Вести", "О проекте", ""]


def test_a_translator_who_saves_during_fill_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ru.po"
    path.write_text(BEFORE, encoding="utf-8")
    from translate.catalog import fill

    real = fill.fill

    def slow(*args: object, **kwargs: object) -> object:
        filled = real(*args, **kwargs)  # type: ignore[arg-type]
        path.write_text(NOW, encoding="utf-8")
        return filled

    monkeypatch.setattr(fill, "fill", slow)
    glossary = tmp_path / "g.en-ru.tsv"
    glossary.write_text("source\ttarget\tkind\nHome\tГлавная\tinterface\nNews\tНовости\tinterface\n", encoding="utf-8")
    done = CliRunner().invoke(
        cli, ["catalog", "fill", str(path), "--engine", "none", "--no-memory", "--glossary", str(glossary)]
    )
    assert done.exit_code == 0, done.output
    found = {entry.msgid: entry.msgstr for entry in read_catalog(path).messages}
    assert found == {"Home": "Главная", "News": "Вести", "About": "О проекте", "Map": ""}


def test_two_sheets_taken_at_once_are_both_in_the_catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ru.po"
    path.write_text(catalog(Home="", News=""), encoding="utf-8")
    for name, text in (("Home", "Главная"), ("News", "Новости")):
        (tmp_path / f"{name}.csv").write_text(
            f"context,source,translation,status,exported\n,{name},{text},done,\n", encoding="utf-8"
        )
    from translate.catalog import sheets

    real = sheets.take
    others = [tmp_path / "News.csv"]

    def interrupted(*args: object, **kwargs: object) -> object:
        taken = real(*args, **kwargs)  # type: ignore[arg-type]
        if others:
            path.write_bytes(real(read_catalog(path), others.pop()).data)
        return taken

    monkeypatch.setattr(sheets, "take", interrupted)
    done = CliRunner().invoke(cli, ["catalog", "import", str(path), str(tmp_path / "Home.csv")])
    assert done.exit_code == 0, done.output
    assert [entry.msgstr for entry in read_catalog(path).messages] == ["Главная", "Новости"]
