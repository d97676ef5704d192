"""Text files of every coding a newsroom has, and a clear refusal of everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.errors import ArticleError, CatalogError
from translate.files import read_text, write_atomic

ENGLISH = "The café — “no comment”, Kazakhstan’s ministry said.\n"
RUSSIAN = "Толмач — старое слово.\n"


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        (ENGLISH + RUSSIAN, "utf-8"),
        (ENGLISH + RUSSIAN, "utf-8-sig"),
        (ENGLISH + RUSSIAN, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (RUSSIAN, "utf-32"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.replace("—", "-"), "koi8_r"),
        ("x" * 3_000_000 + "\n" + RUSSIAN, "cp1251"),
    ],
)
def test_reads(tmp_path: Path, text: str, coding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(coding))
    assert read_text(path) == text


def test_line_ends_become_line_feeds(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\rthree\n")
    assert read_text(path) == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"PK\x03\x04....", "zip archive"),
        (b"%PDF-1.7", "PDF"),
        (b"one\ntwo\x00three", ":2: binary data"),
        ("строка\n— мир".encode()[:-1], ":2: not valid UTF-8"),
        (b"\xff\xfea", "not valid UTF-16"),
        (bytes(range(128, 256)) * 4, "cannot be told"),
        (b"x" * 101, "larger than 0.0001 MB"),
    ],
)
def test_refuses_with_a_hint(tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(ArticleError, match=message) as caught:
        read_text(path, limit=100 if raw.startswith(b"xxx") else 2000)
    assert caught.value.hint
    assert caught.value.exit_code == 3


def test_raises_the_error_of_the_callers_format(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="No such file"):
        read_text(tmp_path / "none.po", error=CatalogError)
    with pytest.raises(CatalogError, match="directory"):
        read_text(tmp_path, error=CatalogError)


def test_write_is_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomic(path, "\ud800")
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]
