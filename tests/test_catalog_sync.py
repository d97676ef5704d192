"""`tolmach catalog sync`: a site's catalogs brought up to its sources by its settings."""

from __future__ import annotations

import gettext
import json
from pathlib import Path

import pytest

from translate.catalog import read_catalog
from translate.cli import main

SETTINGS = """
[catalog]
sources = ["app", "templates"]
template = "locales/site.pot"
catalogs = "locales/{language}/LC_MESSAGES/site.po"
languages = ["ru", "kk"]
project = "Courier 1.0"
keywords = ["tr"]
skip = [".ads"]
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tolmach.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "app" / "views.py").write_text('tr("Sign in")\nngettext("%d comment", "%d comments", n)\n')
    (tmp_path / "templates" / "a.html").write_text('<nav title="Main menu">About us</nav><p class="ads">Buy it</p>')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as done:
        main(["catalog", "sync", "--no-memory", *arguments])
    return int(str(done.value.code)), capsys.readouterr().out


def reviewed(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("#, fuzzy\n", "").replace("#, fuzzy, ", "#, ")
    path.write_text(text, encoding="utf-8")


def test_a_site_is_brought_up_and_then_in_step(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--check")[0] == 5
    assert not (site / "locales").exists()
    code, out = run(capsys, "--json")
    report = json.loads(out)
    assert report["texts"] == 4
    assert [row["entries"] for row in report["catalogs"]] == [4, 4]
    ru = site / "locales" / "ru" / "LC_MESSAGES" / "site.po"
    found = {e.msgid: e.msgstrs for e in read_catalog(ru).messages}
    assert found["Sign in"] == ["Войти"]
    assert found["%d comment"] == ["%d комментарий", "%d комментария", "%d комментариев"]
    assert read_catalog(site / "locales" / "site.pot").messages[0].references[0].startswith("app/views.py")
    reviewed(ru)
    run(capsys)
    with ru.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).ngettext("%d comment", "%d comments", 5) == "%d комментариев"
    code, out = run(capsys, "--check")
    assert (code, out) == (0, "")


def test_what_lags_behind_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys)
    ru = site / "locales" / "ru" / "LC_MESSAGES" / "site.po"
    before = ru.read_bytes()
    (site / "app" / "views.py").write_text('tr("Sign out")\n')
    code, out = run(capsys, "--check")
    assert code == 5
    assert "site.pot: the template lags behind" in out
    assert "ru/LC_MESSAGES/site.po: the catalog lags behind" in out
    assert ru.read_bytes() == before
    code, out = run(capsys, "--check", "--format", "github")
    assert out.startswith("::error file=")
    assert [Path(row["file"]).name for row in json.loads(run(capsys, "--check", "--json")[1])["late"]] == [
        "site.pot", "site.po", "site.po",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("", "no settings for catalogs"),
        ("[catalog]\nlanguages = ['ru']\n", "catalog.sources: is missing"),
        ("[catalog]\nsources = ['app']\nlanguages = ['ru']\nlanguage = 'ru'\n", "catalog.language: unknown key"),
        ("[catalog]\nsources = ['none']\nlanguages = ['ru']\n", "no such file or folder: none"),
        ("[catalog]\nsources = ['app']\nlanguages = 'ru'\n", "catalog.languages: must be a list"),
        ("[catalog]\nsources = ['app']\nlanguages = ['ru']\nlines = 'no'\n", "catalog.lines: must be true or false"),
        ("[catalog]\nsources = ['app']\nlanguages = ['ru']\ncatalogs = 'ru.po'\n", "has no {language}"),
        ("[catalog]\nsources = ['app']\nlanguages = ['ru']\nkeywords = ['a b']\n", "'a b' is no keyword"),
        ("catalog = 1\n", "catalog: must be a table"),
    ],
)
def test_faulty_settings_are_named(site: Path, capsys: pytest.CaptureFixture[str], settings: str, message: str) -> None:
    (site / "tolmach.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        main(["catalog", "sync"])
    assert done.value.code == 3
    assert message in capsys.readouterr().err
