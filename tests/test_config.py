"""Settings: found in the nearest file, refused with path, line and key when faulty."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.config import Config, load
from translate.errors import ConfigError
from translate.files import shipped


def test_defaults_where_there_is_no_file(tmp_path: Path) -> None:
    assert load(tmp_path) == Config()


def test_nearest_file_wins(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.tolmach]\nyo = "never"\n', encoding="utf-8")
    inner = tmp_path / "a"
    inner.mkdir()
    assert load(inner).style.yo == "never"
    (inner / "tolmach.toml").write_text('dates = "г."\noff = ["percent"]\n', encoding="utf-8")
    config = load(inner)
    assert (config.style.yo, config.style.dates, config.style.off) == ("keep", "г.", frozenset({"percent"}))
    assert config.path == inner / "tolmach.toml"


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "tolmach.toml").write_text('dates = "года"\n', encoding="utf-8")
    inner = tmp_path / "a"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert load(inner).style.dates == "года"


def test_glossaries_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "own.en-ru.tsv").write_text("", encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text('glossaries = ["own.en-ru.tsv"]\n', encoding="utf-8")
    assert load(tmp_path).glossaries == (tmp_path / "own.en-ru.tsv",)


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('\nquote = "«»„“"\n', 2, "quote: unknown key", "'quotes'"),
        ('yo = "always"\n', 1, "yo: 'always' is none of 'keep', 'never'", ""),
        ('quotes = "«»"\n', 1, "quotes: needs four marks", ""),
        ('off = "percent"\n', 1, "off: must be a list", ""),
        ('glossaries = ["none.tsv"]\n', 1, "no such file or folder: none.tsv", ""),
        ('shipped = "no"\n', 1, "shipped: must be true or false", ""),
        ("yo = \n", 1, "not valid TOML", ""),
    ],
)
def test_faults(tmp_path: Path, text: str, line: int, message: str, hint: str) -> None:
    path = tmp_path / "tolmach.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        load(tmp_path)
    assert message in str(fault.value)
    assert hint in fault.value.hint
    assert (fault.value.path, fault.value.line) == (path, line)


def test_a_slip_in_a_rule_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tolmach.toml").write_text('off = ["precent"]\n', encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        load(tmp_path).reject_unknown_rules(["percent", "dash"])
    assert fault.value.hint == "Did you mean 'percent'?"
    load(tmp_path).reject_unknown_rules(["precent"])


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a user a settings folder and a data folder of their own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "conf"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "conf/tolmach").mkdir(parents=True)
    (tmp_path / "data/tolmach/glossaries").mkdir(parents=True)
    (tmp_path / "news").mkdir()
    return tmp_path


def test_glossaries_add_up_in_order(own: Path) -> None:
    for path in ("conf/tolmach/mine.tsv", "news/own.tsv", "given.tsv"):
        (own / path).write_text("source\ttarget\n", encoding="utf-8")
    (own / "conf/tolmach/tolmach.toml").write_text('glossaries = ["mine.tsv"]\n', encoding="utf-8")
    (own / "news/tolmach.toml").write_text('glossaries = ["own.tsv"]\n', encoding="utf-8")
    config = load(own / "news")
    assert config.reading([own / "given.tsv"]) == (
        shipped("glossaries"),
        own / "data/tolmach/glossaries",
        own / "conf/tolmach/mine.tsv",
        own / "news/own.tsv",
        own / "given.tsv",
    )
    assert config.reading([own / "given.tsv"], only=True) == (own / "given.tsv",)


def test_the_users_own_settings_give_way_to_the_newsrooms(own: Path) -> None:
    (own / "conf/tolmach/tolmach.toml").write_text(
        'yo = "never"\ndates = "г."\noff = ["percent"]\nshipped = false\n', encoding="utf-8"
    )
    assert load(own / "news").style.yo == "never"
    assert load(own / "news").path is None
    assert shipped("glossaries") not in load(own / "news").reading()
    (own / "news/tolmach.toml").write_text('dates = "года"\noff = ["dash"]\nshipped = true\n', encoding="utf-8")
    config = load(own / "news")
    assert (config.style.yo, config.style.dates, config.style.off) == ("never", "года", frozenset({"percent", "dash"}))
    assert shipped("glossaries") in config.reading()


def test_a_slip_in_the_users_own_settings_names_that_file(own: Path) -> None:
    path = own / "conf/tolmach/tolmach.toml"
    path.write_text('off = ["precent"]\n', encoding="utf-8")
    (own / "news/tolmach.toml").write_text('off = ["dash"]\n', encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        load(own / "news").reject_unknown_rules(["percent", "dash"])
    assert fault.value.path == path
