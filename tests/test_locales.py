"""The tool's own messages: complete, fresh, and in the language that the locale asks for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from translate.catalog import read_catalog
from translate.catalog.check import check
from translate.catalog.compiled import compile_catalog
from translate.catalog.extract import extract, template
from translate.messages import languages

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "locales" / "tolmach.pot"
RUSSIAN = ROOT / "locales" / "ru" / "LC_MESSAGES" / "tolmach.po"


def test_the_template_holds_the_texts_of_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    fresh = template(extract(["translate"]), "tolmach", lines=False)
    assert fresh.decode() == TEMPLATE.read_text(encoding="utf-8"), "a text has changed: run make locales"


def test_the_russian_catalog_is_complete_and_without_fault() -> None:
    russian, wanted = read_catalog(RUSSIAN), read_catalog(TEMPLATE)
    assert [e.key for e in russian.messages] == [e.key for e in wanted.messages], "run make locales"
    assert [e.msgid for e in russian.messages if e.fuzzy or not e.translated] == []
    assert [(f.line, f.problem.message) for f in check(russian)] == []


def test_the_compiled_catalog_is_of_this_source() -> None:
    assert RUSSIAN.with_suffix(".mo").read_bytes() == compile_catalog(read_catalog(RUSSIAN)), "run make locales"


def test_the_words_of_click_are_those_of_the_installed_click() -> None:
    said = {found.text for found in extract([Path(click.__file__).parent])}
    ours = {found.text for found in extract([ROOT / "translate" / "messages.py"])}
    assert ours - {"required"} <= said  # click writes _(extra["required"]), which no reader of sources can follow


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    names = ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES")
    clean = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, "-m", "translate", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**clean, "PYTHONUTF8": "1", **environment},
    )


def test_help_is_in_the_language_of_the_locale() -> None:
    russian = run("--help", LANG="ru_RU.UTF-8").stdout
    for words in ("Вызов:", "Параметры:", "Команды:", "Показать эту справку и выйти.", "Показать версию и выйти."):
        assert words in russian
    assert "Перевести статьи в параллельный англо-русский текст." in russian
    english = run("--help").stdout
    assert "Usage:" in english
    assert "Show this message and exit." in english


def test_click_complains_in_the_language_of_the_locale() -> None:
    done = run("catalog", "fil", LANG="ru_RU.UTF-8")
    assert done.returncode == 2
    assert "Ошибка: Нет команды 'fil'" in done.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, []),
        ({"LANG": "ru_RU.UTF-8"}, ["ru_RU.UTF-8"]),
        ({"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "C"}, []),
        ({"LANG": "C", "LC_ALL": "ru_RU.UTF-8"}, ["ru_RU.UTF-8"]),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C.UTF-8"}, []),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "ky:ru"}, ["ky", "ru"]),
        ({"LANG": "ru_RU.UTF-8", "LANGUAGE": "en:ru"}, []),
        ({"LANGUAGE": "ru"}, []),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "ru"}, ["ru"]),
    ],
)
def test_the_locale_is_read_as_gettext_reads_it(environment: dict[str, str], expected: list[str]) -> None:
    assert languages(environment) == expected
