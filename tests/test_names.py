"""Spellings suggested for romanised names: ranked, explained, quick to load."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import names
from translate.names import alphabets, model, suggest

CASES = Path(__file__).parent / "cases" / "names.tsv"


def cases() -> list[tuple[str, str, str, str]]:
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [(a, b, c, d) for a, b, c, d in rows]


@pytest.mark.parametrize(("latin", "russian", "kind", "language"), cases())
def test_first_suggestion(latin: str, russian: str, kind: str, language: str) -> None:
    assert names.suggest(latin, kind, language)[0].spelling == russian


def test_a_disputed_name_has_its_spellings_among_five() -> None:
    found = [c.spelling for c in names.suggest("Zhaparov", "person", "ky")]
    assert {"Жапаров", "Джапаров"} <= set(found)


def test_every_candidate_says_why() -> None:
    for candidate in names.suggest("Sadyr Japarov", "person", "ky"):
        assert candidate.reason
        assert 0 <= candidate.score <= 1


def test_a_romanisation_that_fits_is_named() -> None:
    assert "BGN/PCGN" in names.suggest("Mochishche", "place")[0].reason


def test_nothing_comes_of_nothing() -> None:
    assert names.suggest("") == []
    assert names.suggest("   ") == []


def test_what_is_not_latin_is_kept() -> None:
    assert names.suggest("Иван 2")[0].spelling == "Иван 2"


@given(st.text(max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_text_is_answered_within_bounds(text: str) -> None:
    found = names.suggest(text)
    assert len(found) <= 5
    assert sum(c.score for c in found) <= 1 + 1e-6


@pytest.mark.parametrize("scheme", sorted(alphabets.SCHEMES))
def test_romanisation_gives_latin_letters(scheme: str) -> None:
    assert not set(alphabets.romanise("съешьещёэтихмягкихфранцузскихбулокджой", scheme)) & set(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя"
    )


def test_the_model_is_small() -> None:
    assert model.MODEL.stat().st_size < 5_000_000


def test_what_is_too_long_for_a_name_has_no_suggestion() -> None:
    assert names.suggest("x" * 61) == []
    assert names.suggest("Ann " + "x" * 1_000_000) == []


@pytest.mark.parametrize(
    ("name", "russian", "tradition"),
    [
        ("Zhang Wei", "Чжан Вэй", "Palladius"),
        ("Wang Yi", "Ван И", "Palladius"),
        ("Xi Jinping", "Си Цзиньпин", "Palladius"),
        ("Li Qiang", "Ли Цян", "Palladius"),
        ("Zhou Enlai", "Чжоу Эньлай", "Palladius"),
        ("Mao Zedong", "Мао Цзэдун", "Palladius"),
        ("Park Geun-hye", "Пак Кын Хе", "Kontsevich"),
        ("Lee Myung-bak", "Ли Мён Бак", "Kontsevich"),
        ("Yoon Suk-yeol", "Юн Сок Ёль", "Kontsevich"),
    ],
)
def test_names_of_the_far_east_follow_their_tables(name: str, russian: str, tradition: str) -> None:
    first = suggest(name, "person")[0]
    assert (first.spelling, first.reason) == (russian, f"rule: {tradition}")


def test_other_names_do_not() -> None:
    for name in ("Li Smith", "John Long", "Nurlan Song", "Wang"):
        assert all("Palladius" not in one.reason for one in suggest(name, "person"))


@pytest.mark.parametrize(
    ("name", "tradition"),
    [
        ("Zhang Wei", "Palladius"),
        ("Mohammed bin Salman", "Arabic"),
        ("Ahmet Davutoğlu", "Turkish"),
        ("Pham Minh Chinh", "Vietnamese"),
    ],
)
def test_the_tradition_is_named(name: str, tradition: str) -> None:
    assert tradition in names.suggest(name, "person")[0].reason


@pytest.mark.parametrize(
    "name", ["Jamal Khashoggi", "Do Kwon", "Le Corbusier", "Al Gore", "Ali Baba", "Alexander Grin"]
)
def test_a_name_that_only_looks_like_one_of_a_tradition_is_read_by_its_letters(name: str) -> None:
    assert not any(one in names.suggest(name, "person")[0].reason for one in ("Arabic", "Turkish", "Vietnamese"))
