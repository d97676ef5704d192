"""Glossaries out to the formats of other tools and back: nothing lost that the format can hold, the rest listed."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_terms import BOOKS, RUSSIAN, examples

from translate.errors import GlossaryError
from translate.exchange import FORMATS, export_terms, import_terms, tables
from translate.glossary import Policy, Term
from translate.glossary.table import cells_of, sort_key

EXTENSIONS = {one.name: one.extensions[0] if one.extensions else ".tbx" for one in FORMATS}
BARRED = st.lists(
    st.builds(
        Term, source=st.sampled_from(["", "zz Osh"]), target=RUSSIAN, policy=st.just(Policy.FORBID), note=RUSSIAN
    ),
    max_size=2,
    unique_by=lambda term: term.target,
)
HELD_BY_TBX = {"source", "target", "kind", "gender", "aliases", "kk", "ky", "note", "origin"}


def there_and_back(terms: Sequence[Term], name: str, folder: Path) -> tuple[list[Term], list[str]]:
    path = folder / f"g{EXTENSIONS[name]}"
    losses = export_terms(terms, path, name)
    imported = import_terms(path, name)
    assert not [str(loss) for loss in imported.losses if "no Russian term" not in loss.reason]
    return sorted(imported.terms, key=sort_key), [str(loss) for loss in losses]


@pytest.mark.parametrize("name", ["tsv", "csv", "xlsx", "tmx"])
@examples
@given(BOOKS, BARRED)
def test_tables_and_tmx_lose_nothing(
    name: str, tmp_path_factory: pytest.TempPathFactory, terms: list[Term], barred: list[Term]
) -> None:
    every = sorted([*terms, *barred], key=sort_key)
    again, losses = there_and_back(every, name, tmp_path_factory.getbasetemp())
    assert again == every
    assert not losses


@examples
@given(BOOKS, BARRED)
def test_po_loses_only_what_has_no_english(
    tmp_path_factory: pytest.TempPathFactory, terms: list[Term], barred: list[Term]
) -> None:
    every = sorted([*terms, *barred], key=sort_key)
    again, losses = there_and_back(every, "po", tmp_path_factory.getbasetemp())
    assert again == [term for term in every if term.source]
    assert len(losses) == sum(not term.source for term in every)


@pytest.mark.parametrize("name", ["tbx", "tbx2"])
@examples
@given(BOOKS, BARRED)
def test_tbx_lists_every_cell_it_cannot_hold(
    name: str, tmp_path_factory: pytest.TempPathFactory, terms: list[Term], barred: list[Term]
) -> None:
    every = sorted([*terms, *barred], key=sort_key)
    again, losses = there_and_back(every, name, tmp_path_factory.getbasetemp())
    expected, lost = [], []
    for term in every:
        held = HELD_BY_TBX | ({"policy"} if term.policy in (Policy.PIN, Policy.FORBID) else set())
        gone = {column: cell for column, cell in cells_of(term).items() if cell and column not in held}
        lost += [f"{term.source or term.target}: {c} {v!r}: TBX-Basic has no place for it" for c, v in gone.items()]
        policy = term.policy if "policy" in held else Policy.PIN
        bare = replace(term, number=None, animate=None, forms={}, since="", until="", policy=policy, extra={})
        expected.append(bare)
    assert again == sorted(expected, key=sort_key)
    assert losses == lost


def test_a_spreadsheet_takes_no_spelling_for_a_formula(tmp_path: Path) -> None:
    terms = [Term("=1+1", "Равно", note="+7"), Term("007", "007"), Term("1991-08-31", "День"), Term("TRUE", "Да")]
    again, _losses = there_and_back(terms, "xlsx", tmp_path)
    assert again == sorted(terms, key=sort_key)
    sheet = openpyxl.load_workbook(tmp_path / "g.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_csv_of_an_agency(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_bytes(
        'English;Russian;Comment;Desk;\nOsh;Ош;"на юге; ""столица"""\n\nNaryn ; Нарын;;север;?\nTalas\n'.encode()
    )
    imported = import_terms(path)
    assert imported.terms == [
        Term("Osh", "Ош", note='на юге; "столица"'),
        Term("Naryn", "Нарын", extra={"x-desk": "север", "x-column": "?"}),
    ]
    assert [str(loss) for loss in imported.losses] == [
        "Talas: target is empty; only policy keep may leave it so (entry 5)"
    ]


def test_a_table_without_header(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_bytes("Osh\tОш\r\nNaryn\tНарын\tна севере\tlost\r\n".encode("utf-16"))
    imported = import_terms(path)
    assert imported.terms == [Term("Osh", "Ош"), Term("Naryn", "Нарын", note="на севере")]
    assert [(loss.source, loss.value, loss.reason) for loss in imported.losses] == [
        ("Naryn", "lost", "stands outside the columns (line 2)")
    ]


def test_a_workbook_made_by_hand(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Термин", "Английский", "Русский", "since"])
    sheet.append([1, "Osh", "Ош", 1991])
    sheet.append([2, "О\u00adsh", "Ош", None])
    book.save(tmp_path / "g.xlsx")
    imported = import_terms(tmp_path / "g.xlsx")
    assert imported.terms == [Term("Osh", "Ош", since="1991", extra={"x-термин": "1"})]
    assert ["mixes Latin and Cyrillic" in loss.reason for loss in imported.losses] == [True]


TBX_DCT = """<?xml version="1.0"?>
<!DOCTYPE tbx SYSTEM "TBXcoreStructV03.dtd">
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
 <text><body><conceptEntry id="c1">
  <min:subjectField>politics</min:subjectField>
  <langSec xml:lang="en-GB">
   <basic:definition>head of a region</basic:definition>
   <termSec><term>hakim</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
   <termSec><term>akim</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec>
  <langSec xml:lang="ru-RU">
   <termSec><term>хаким</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
   <termSec><term>аким</term><basic:grammaticalGender>masculine</basic:grammaticalGender></termSec>
   <termSec><term>глава</term></termSec>
  </langSec>
  <langSec xml:lang="de"><termSec><term>Akim</term></termSec></langSec>
 </conceptEntry></body></text>
</tbx>
"""


def test_tbx_of_another_tool(tmp_path: Path) -> None:
    (tmp_path / "g.tbx").write_text(TBX_DCT, encoding="utf-8")
    imported = import_terms(tmp_path / "g.tbx")
    assert imported.terms == [
        Term("akim", "аким", gender="masc", aliases=("hakim",), extra={"x-subject": "politics"}),
        Term("akim", "хаким", policy=Policy.FORBID),
    ]
    assert [str(loss) for loss in imported.losses] == [
        "akim: target 'глава': a second Russian term",
        "akim: de 'Akim': a glossary has no column for this language",
    ]


def test_tmx_of_another_tool(tmp_path: Path) -> None:
    (tmp_path / "g.tmx").write_text(
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body><tu><prop type="x-Domain">law</prop>'
        '<tuv xml:lang="EN-US"><seg>the <bpt i="1">&lt;b&gt;</bpt>akim</seg></tuv>'
        '<tuv xml:lang="ru"><seg>аким</seg></tuv><tuv xml:lang="ru"><seg>глава</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    imported = import_terms(tmp_path / "g.tmx")
    assert [(t.source, t.target, t.extra) for t in imported.terms] == [("the <b>akim", "аким", {"x-domain": "law"})]
    assert [str(loss) for loss in imported.losses] == ["the <b>akim: target 'глава': a second text in one language"]


def test_po_of_another_tool(tmp_path: Path) -> None:
    (tmp_path / "g.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '#. menu\nmsgctxt "nav"\nmsgid "About"\nmsgstr "О нас"\n\n'
        '#, fuzzy\nmsgid "Osh"\nmsgstr "Ош"\n\nmsgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "день"\n\n'
        'msgid "a\\nb"\nmsgstr "а\\nб"\n\nmsgid "Empty"\nmsgstr ""\n\n#~ msgid "Old"\n#~ msgstr "Старое"\n',
        encoding="utf-8",
    )
    imported = import_terms(tmp_path / "g.po")
    assert imported.terms == [Term("About", "О нас", "interface", extra={"x-context": "nav", "x-comment": "menu"})]
    assert [loss.source for loss in imported.losses] == ["Osh", "%d day", "a\nb", "Empty"]


ENTITIES = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><tmx><body><tu>&b;</tu></body></tmx>'
OUTSIDE = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tmx><body><tu>&a;</tu></body></tmx>'
BAD = {
    "bomb.tmx": (ENTITIES.encode(), "refused, as XML with entities is not safe"),
    "outside.tbx": (OUTSIDE.encode(), "refused, as XML with entities is not safe"),
    "cut.tmx": (b"<tmx><body>", ":1: not sound XML: no element found"),
    "other.tbx": (b"<html/>", "<html> where <martif> or <tbx> should be"),
    "odd.tbx": (b'<?xml version="1.0" encoding="klingon"?><tbx/>', "not readable XML|not sound XML"),
    "text.xlsx": (b"source,target", "not a sound .xlsx file"),
    "old.csv": ("source,target\nOsh,Ош\n".encode("cp1251"), "byte 0xce is not UTF-8"),
    "quote.csv": (b'source,target\n"Osh,x\n', "not a sound .csv file"),
    "broken.po": (b'msgid "a\nmsgstr', "not a sound .po file"),
    "latin.po": (b'msgid "a"\nmsgstr "\xff"\n', "not a sound .po file"),
    "g.docx": (b"", "no glossary format '.docx'"),
}


@pytest.mark.parametrize("name", BAD)
def test_broken_files_are_refused(name: str, tmp_path: Path) -> None:
    content, message = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GlossaryError, match=message):
        import_terms(tmp_path / name)


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST", 1024)
    with zipfile.ZipFile(tmp_path / "g.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet", bytes(1025))
    with pytest.raises(GlossaryError, match="the workbook unpacks to more than"):
        import_terms(tmp_path / "g.xlsx")
