"""The strings that every news site has: sound as a catalog, found in any of their shapes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from translate.catalog import interface as module
from translate.catalog import read_catalog
from translate.catalog.check import check
from translate.catalog.interface import interface
from translate.catalog.plurals import of_language, plural_forms

FILE = Path(module.__file__).with_name("interface.ru.po")


def test_the_catalog_is_sound() -> None:
    catalog = read_catalog(FILE)
    assert len(catalog.messages) >= 1900
    assert sum(entry.msgid_plural is not None for entry in catalog.messages) >= 80
    assert check(catalog) == []
    assert not any(entry.fuzzy for entry in catalog.messages)


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext")
def test_msgfmt_takes_it() -> None:
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(FILE)], check=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sign in", "Войти"),
        ("SIGN IN", "Войти"),
        ("Terms & Conditions", "Правила и условия"),
        ("Terms &amp; conditions", "Правила и условия"),
        ("Privacy&nbsp;Policy", "Политика конфиденциальности"),
        ("Editor’s picks", "Выбор редакции"),
        ("E-mail address", "Адрес эл. почты"),
        ("Page %(page)s of %(pages)s", "Страница %(page)s из %(pages)s"),
        ("Page {{ n }} of {{ m }}", "Страница {{ n }} из {{ m }}"),
        ("Welcome back, %s!", "С возвращением, %s!"),
        ("Search results for “{q}”", "Результаты поиска по запросу «{q}»"),
        ('Found a mistake? <a href="/x">Let us know</a>', 'Нашли ошибку? <a href="/x">Сообщите нам</a>'),
        ('<a href="{t}">Sign in</a> or <a class="x">register</a>',
         '<a href="{t}">Войдите</a> или <a class="x">зарегистрируйтесь</a>'),
        ("Zebra crossing", None),
    ],
)  # fmt: skip
def test_a_text_is_found_in_any_shape(text: str, expected: str | None) -> None:
    found = interface().find(text)
    assert (found.texts[0] if found else None) == expected


def test_a_context_picks_the_sense() -> None:
    assert [interface().find("Search", context) for context in (None, "noun", "verb")] == [
        interface().find("Search"), interface().find("Search"), module.Known(("Найти",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "many", "expected"),
    [
        ("%d comment", "%d comments", ["%d комментарий", "%d комментария", "%d комментариев"]),
        ("One comment", "{n} comments", ["{n} комментарий", "{n} комментария", "{n} комментариев"]),
        ("%(n)s result found", "%(n)s results found",
         ["Найден %(n)s результат", "Найдено %(n)s результата", "Найдено %(n)s результатов"]),
    ],
)  # fmt: skip
def test_plurals(one: str, many: str, expected: list[str]) -> None:
    found = interface().find_plural(one, many)
    assert found is not None
    assert list(found.forms(of_language("ru"))) == expected
    four = plural_forms(
        "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || "
        "(n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
    )
    assert list(found.forms(four)) == [*expected, expected[1]]
