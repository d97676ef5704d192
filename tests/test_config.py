"""Settings: found in the nearest file, refused with path, line and key when faulty."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.config import Config, load
from translate.errors import ConfigError


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
