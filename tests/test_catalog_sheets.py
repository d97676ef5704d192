"""Catalogs as spreadsheets, and back: what a translator did not change keeps every byte."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from translate.catalog import Key, parse, read_catalog
from translate.catalog.sheets import export, take
from translate.errors import CatalogError

RU = Path(__file__).parent / "catalogs" / "ru.po"
Rows = list[list[str]]


def edit_csv(path: Path, change: Callable[[Rows], None]) -> None:
    """Change a sheet and save it as a Russian spreadsheet does: semicolons."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def edit_xlsx(path: Path, change: Callable[[Rows], None]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    change(rows)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            sheet.cell(number, column).value = text or None
    book.save(path)
    book.close()


EDITS = {".csv": edit_csv, ".xlsx": edit_xlsx}


@pytest.mark.parametrize("suffix", EDITS)
def test_what_a_translator_changed_comes_back_and_nothing_else(suffix: str, tmp_path: Path) -> None:
    catalog = read_catalog(RU)
    sheet = tmp_path / f"ru{suffix}"
    assert export(catalog, sheet) == ()
    assert take(catalog, sheet).data == RU.read_bytes()

    def change(rows: Rows) -> None:
        head = rows[0]
        for row in rows[1:]:
            cells = dict(zip(head, row, strict=True))
            if cells["source"] == "Topics":
                row[head.index("translation")] = "Темы дня"
            if cells["source"] == "Subscribe":
                row[head.index("status")] = "done"
            if cells["source"] == "%d comment" and cells["form"] == "2":
                row[head.index("translation")] = "%d отзывов\nи ещё"

    EDITS[suffix](sheet, change)
    taken = take(catalog, sheet)
    assert (taken.changed, taken.problems) == (3, ())
    expected = RU.read_text(encoding="utf-8").replace('"Темы"', '"Темы дня"')
    expected = expected.replace('#, fuzzy\n#| msgid "Sign up"\n', "")
    expected = expected.replace('[2] "%d комментариев"', '[2] ""\n"%d отзывов\\n"\n"и ещё"')
    assert taken.data.decode() == expected


def test_a_reviewed_entry_loses_the_mark_of_fill(tmp_path: Path) -> None:
    text = HEAD + '#. a link\n#. tolmach: draft 1\n#, fuzzy\nmsgid "a"\nmsgstr "б"\n'
    catalog = parse(text.encode())
    sheet = tmp_path / "x.csv"
    export(catalog, sheet)
    edit_csv(sheet, lambda rows: rows[1].__setitem__(2, "в"))
    assert take(catalog, sheet).data.decode() == HEAD + '#. a link\nmsgid "a"\nmsgstr "в"\n'


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_formulas_are_texts(tmp_path: Path) -> None:
    catalog = parse((HEAD + 'msgid "=1+1"\nmsgstr "=2"\n').encode())
    sheet = tmp_path / "x.xlsx"
    export(catalog, sheet)
    book = openpyxl.load_workbook(sheet)
    assert book.worksheets[0].cell(2, 2).data_type == "s"
    book.close()
    assert take(catalog, sheet).problems == ()


def test_conflicts_and_strangers_are_named_by_row(tmp_path: Path) -> None:
    catalog = parse((HEAD + 'msgid "a"\nmsgstr "б"\n\nmsgid "c"\nmsgstr "д"\n').encode())
    sheet = tmp_path / "x.csv"
    export(catalog, sheet)

    def change(rows: Rows) -> None:
        rows[1][2] = "я"
        rows[2][1] = "unknown"

    edit_csv(sheet, change)
    later = parse((HEAD + 'msgid "a"\nmsgstr "ю"\n\nmsgid "c"\nmsgstr "д"\n').encode())
    taken = take(later, sheet)
    assert taken.changed == 0
    assert [p.message.partition(":")[0] for p in taken.problems] == ["row 2", "row 3"]
    assert taken.data == later.source.text.encode()


def test_what_a_sheet_cannot_hold_is_listed(tmp_path: Path) -> None:
    catalog = parse((HEAD + 'msgid "\\033[1m"\nmsgstr ""\n\nmsgid "c"\nmsgstr ""\n').encode())
    problems = export(catalog, tmp_path / "x.xlsx")
    assert [p.message for p in problems] == ["line 4: a control character, which no spreadsheet holds"]


@pytest.mark.parametrize(("name", "text"), [("x.csv", "a,b\n1,2\n"), ("x.ods", ""), ("x.xlsx", "no workbook")])
def test_a_bad_sheet_is_refused(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError):
        take(read_catalog(RU), path)


def edit_units(path: Path, change: Callable[[str, etree._Element], None]) -> None:
    """Change the targets of an XLIFF file by their source."""
    space = "{urn:oasis:names:tc:xliff:document:1.2}"
    tree = etree.parse(str(path))
    for unit in tree.iter(f"{space}trans-unit"):
        source, target = unit.find(f"{space}source"), unit.find(f"{space}target")
        assert source is not None
        assert target is not None
        change(source.text or "", target)
    tree.write(str(path), encoding="UTF-8", xml_declaration=True)


def test_xliff_goes_to_a_translator_and_back(tmp_path: Path) -> None:
    catalog, path = read_catalog(RU), tmp_path / "ru.xlf"
    assert export(catalog, path) == ()
    units = etree.parse(str(path)).getroot()
    assert units[0].get("target-language") == "ru"
    kept = tmp_path / "kept.xlf"
    kept.write_bytes(path.read_bytes().replace(b'approved="yes"', b'approved="no"'))
    assert take(catalog, kept).data == RU.read_bytes()

    def change(source: str, target: etree._Element) -> None:
        if source == "Topics":
            target.text = "Темы <b>дня</b> & прочее"
        if source == "Subscribe":
            target.set("state", "final")

    edit_units(path, change)
    taken = take(catalog, path)
    assert taken.problems == ()
    after = parse(taken.data).index
    assert after[Key(None, "Topics")].msgstr == "Темы <b>дня</b> & прочее"
    assert not after[Key(None, "Subscribe")].fuzzy
    plural = next(e for e in catalog.messages if e.msgid_plural)
    assert after[plural.key].msgstrs == plural.msgstrs


@pytest.mark.parametrize(
    ("text", "message"),
    [("<xliff", "not well-formed"), ("<a/>", "no XLIFF 1.2"), ('<xliff version="2.0" xmlns="urn:x"/>', "no XLIFF 1.2")],
)
def test_a_faulty_xliff_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "ru.xlf"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=message):
        take(read_catalog(RU), path)
