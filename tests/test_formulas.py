"""No exported cell is a formula to a spreadsheet, and every cell comes back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.catalog import read_catalog
from translate.catalog.sheets import export, take
from translate.exchange import export_terms, import_terms
from translate.exchange.formulas import marked, unmarked
from translate.exchange.tables import csv_bytes, csv_rows
from translate.glossary import Term

EVIL = ["=cmd|' /C calc'!A0", "+7 said", "-3 °C", "@SUM(A1)", "'=1", "''", "'tis", "\t=1", "=", "'", "a=b", ""]


@given(st.text(alphabet="=+-@'\t\r\nаb", max_size=6))
def test_a_cell_comes_back(cell: str) -> None:
    assert unmarked(marked(cell)) == cell
    assert not marked(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_comes_back(tmp_path: Path) -> None:
    rows = [["head", *EVIL[1:]], EVIL, ["x", *reversed(EVIL[1:])]]
    (tmp_path / "a.csv").write_bytes(csv_bytes(rows))
    assert csv_rows(tmp_path / "a.csv") == rows


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_glossary_and_catalog(tmp_path: Path, suffix: str) -> None:
    terms = [Term("+7 Media", "@медиа", note="=1+1"), Term("-foo", "-фу", note="'=x"), Term("Osh", "Ош", note="'tis")]
    export_terms(terms, tmp_path / f"g.{suffix}")
    back = import_terms(tmp_path / f"g.{suffix}").terms
    assert {(t.source, t.target, t.note) for t in back} == {(t.source, t.target, t.note) for t in terms}

    po = tmp_path / "c.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    po.write_text(head + 'msgid "=1+1"\nmsgstr "=HYPERLINK(1)"\n\nmsgid "+7 call"\nmsgstr "@x"\n', encoding="utf-8")
    sheet = tmp_path / f"c.{suffix}"
    export(read_catalog(po), sheet)
    assert take(read_catalog(po), sheet).data == po.read_bytes()
    if suffix == "csv":
        cells = [cell for row in csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
