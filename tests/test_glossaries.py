"""The glossaries that come with the project, as files: nothing here imports the package.

What a loader or a linter checks of any glossary is tested there; this keeps the data honest by the format alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "glossaries"
FILES = sorted(ROOT.glob("*/*.en-ru.tsv"))
COLUMNS = "source target kind gender number animate aliases kk ky policy forms since until note origin".split()  # noqa: SIM905
Row = dict[str, str]

CODES = {
    "kind": {"person", "place", "organisation", "demonym", "term", "interface"},
    "gender": {"", "masc", "femn", "neut"},
    "number": {"", "sing", "plur"},
    "animate": {"", "yes", "no"},
    "policy": {"pin", "fixed", "keep", "forbid", "hint"},
    "origin": {"general", "everypolitician", "wikidata", "geonames", "iso3166-1", "iso3166-2", "cldr"},
}
# Entries a file has at least: nobody loses a hundred lines by accident. Raise when a file grows.
FLOORS = {
    "central-asia/organisations": 580,
    "central-asia/people": 970,
    "central-asia/places": 1830,
    "central-asia/style": 70,
    "central-asia/terms": 400,
    "central-asia/words": 1000,
    "site/interface": 305,
}
KINDS = {
    "organisations": {"organisation", "place", "term"},
    "people": {"person"},
    "places": {"place"},
    "style": CODES["kind"] - {"interface"},
    "terms": {"term", "demonym"},
    "words": {"term", "demonym"},
    "interface": {"interface"},
}
LATIN_WITH_CYRILLIC = re.compile(r"[A-Za-zÀ-ɏ][\u0300-\u036f]*[Ѐ-ԯ]|[Ѐ-ԯ][\u0300-\u036f]*[A-Za-zÀ-ɏ]")
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name.removesuffix('.en-ru.tsv')}"


def rows_of(path: Path) -> list[Row]:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    cells = [line.split("\t") for line in lines]
    assert cells[0] == COLUMNS
    assert {len(row) for row in cells} == {len(COLUMNS)}
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells[1:]]


def spellings(row: Row) -> list[str]:
    return [row["source"], *row["aliases"].split("|")] if row["aliases"] else [row["source"]]


each_file = pytest.mark.parametrize("path", FILES, ids=name_of)


def test_the_files_are_these() -> None:
    assert {name_of(path) for path in FILES} == set(FLOORS)


@each_file
def test_no_file_shrinks(path: Path) -> None:
    assert len(rows_of(path)) >= FLOORS[name_of(path)]


@each_file
def test_bytes_are_clean(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    odd = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Zl", "Zp")} - {"\t", "\n"}
    assert not odd


@each_file
def test_lines_are_sorted(path: Path) -> None:
    keys = [(row["source"].casefold(), row["target"]) for row in rows_of(path)]
    assert [b for a, b in pairwise(keys) if b < a] == []


@each_file
def test_cells_hold_known_codes(path: Path) -> None:
    rows = rows_of(path)
    wrong = [
        (row["source"], name, row[name]) for row in rows for name, known in CODES.items() if row[name] not in known
    ]
    assert wrong == []
    assert {row["kind"] for row in rows} <= KINDS[path.name.removesuffix(".en-ru.tsv")]
    assert [row["source"] for row in rows for cell in row.values() if cell != cell.strip()] == []


@each_file
def test_no_word_mixes_latin_and_cyrillic(path: Path) -> None:
    mixed = [
        row["source"]
        for row in rows_of(path)
        for name in ("source", "aliases", "target", "forms", "kk", "ky")
        if LATIN_WITH_CYRILLIC.search(row[name])
    ]
    assert mixed == []


@each_file
def test_each_spelling_belongs_to_one_term(path: Path) -> None:
    said = Counter(s for row in rows_of(path) if row["policy"] != "forbid" for s in spellings(row))
    assert [spelling for spelling, times in said.items() if times > 1 or not spelling] == []


@each_file
def test_targets_are_russian_unless_kept(path: Path) -> None:
    latin = [row for row in rows_of(path) if not re.search("[А-Яа-яЁё]", row["target"])]
    assert [row["source"] for row in latin if row["policy"] != "keep" and row["kind"] != "interface"] == []
    assert [row["source"] for row in rows_of(path) if not row["target"]] == []
    # Kyrgyz letters are for the Kyrgyz column; two parties keep them in their registered Russian names.
    foreign = [row["target"] for row in rows_of(path) if re.search("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]", row["target"])]
    assert set(foreign) <= {"партия «Бүтүн Кыргызстан»", "партия «Өнүгүү — Прогресс»"}


@each_file
def test_dates_are_iso_days_in_order(path: Path) -> None:
    for row in rows_of(path):
        for date in (row["since"], row["until"]):
            assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", date), row
        assert not (row["since"] and row["until"]) or row["since"] < row["until"], row


@each_file
def test_forms_name_a_case_and_belong_to_the_target(path: Path) -> None:
    for row in rows_of(path):
        for piece in row["forms"].split("|") if row["forms"] else ():
            case, _, form = piece.partition("=")
            assert case.removeprefix("plur.") in CASES, row
            assert form[:1].casefold() == row["target"][:1].casefold(), row
        assert not (row["forms"] and row["policy"] in ("fixed", "keep")), row


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "central-asia"], ids=name_of)
def test_kazakh_and_kyrgyz_are_cyrillic(path: Path) -> None:
    for row in rows_of(path):
        for name in ("kk", "ky"):
            assert not row[name] or re.search("[Ѐ-ԯ]", row[name]), row


def test_people_have_gender_and_a_full_name() -> None:
    for row in rows_of(ROOT / "central-asia/people.en-ru.tsv"):
        assert row["gender"] in ("masc", "femn"), row
        known_by_one_name = {"Рудаки", "Тамерлан", "Улугбек", "Чингисхан", "Ага-хан"}
        assert " " in row["target"] or row["target"] in known_by_one_name, row
        # The surname alone the matcher finds by itself; a one-word alias is a family name that stands first.
        assert {a for a in row["aliases"].split("|") if a and " " not in a} <= {"Xi", "Deng", "Mao"}, row


def test_a_womans_surname_is_a_womans() -> None:
    for row in rows_of(ROOT / "central-asia/people.en-ru.tsv"):
        last = row["target"].split()[-1]
        if re.search("(ов|ев|ёв|ский|цкий)$", last):
            assert row["gender"] == "masc", row
        if re.search("(ова|ева|ёва|ская|цкая)$", last):
            assert row["gender"] == "femn", row


def test_house_style_bars_what_it_replaces() -> None:
    rows = rows_of(ROOT / "central-asia/style.en-ru.tsv")
    barred = {row["target"] for row in rows if row["policy"] == "forbid"}
    assert {"Киргизия", "Белоруссия", "Молдавия", "Туркмения", "Татария"} <= barred
    assert [row["target"] for row in rows if row["policy"] == "forbid" and not row["note"]] == []
    places = {row["source"]: row["target"] for row in rows_of(ROOT / "central-asia/places.en-ru.tsv")}
    assert [places[c] for c in ("Kyrgyzstan", "Belarus", "Moldova", "Turkmenistan")] == [
        "Кыргызстан", "Беларусь", "Молдова", "Туркменистан",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "spelling", "target"),
    [
        ("people", "Sooronbai Zheenbekov", "Сооронбай Жээнбеков"),
        ("people", "Sadyr Zhaparov", "Садыр Жапаров"),
        ("people", "Nursultan Nazarbaev", "Нурсултан Назарбаев"),
        ("people", "Kassym-Jomart Tokaev", "Касым-Жомарт Токаев"),
        ("people", "Gurbanguly Berdymukhamedov", "Гурбангулы Бердымухамедов"),
        ("places", "Djalal-Abad", "Джалал-Абад"),
        ("places", "Jalalabad", "Джалал-Абад"),
        ("places", "Nur-Sultan", "Нур-Султан"),
        ("places", "Ferghana Valley", "Ферганская долина"),
        ("organisations", "Jogorku Kenesh", "Жогорку Кенеш"),
        ("organisations", "Mazhilis", "Мажилис"),
        ("terms", "ayil okmotu", "айыл окмоту"),
    ],
)
def test_usual_english_spellings_are_found(file: str, spelling: str, target: str) -> None:
    found = [r["target"] for r in rows_of(ROOT / f"central-asia/{file}.en-ru.tsv") if spelling in spellings(r)]
    assert found == [target]


def test_the_page_gives_the_true_figures() -> None:
    page = (ROOT.parent / "docs/glossaries.md").read_text(encoding="utf-8")
    table = {name: int(n) for name, n in re.findall(r"^\| `([\w/-]+)` \| (\d+) \|", page, re.MULTILINE)}
    assert table == {name_of(path): len(rows_of(path)) for path in FILES}
    rows = [row for path in FILES for row in rows_of(path)]
    said = [
        int(n.replace(",", ""))
        for n in re.findall(r"([\d,]+) (?:other English|lines give|the Kyrgyz|lines in all)", page)
    ]
    told = [
        sum(len(row["aliases"].split("|")) for row in rows if row["aliases"]),
        sum(bool(row["kk"]) for row in rows),
        sum(bool(row["ky"]) for row in rows),
        sum(bool(row["forms"]) for row in rows),
    ]
    assert said == told
