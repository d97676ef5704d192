"""Glossaries out to the formats of other tools and back: nothing lost that the format can hold, the rest listed."""

from __future__ import annotations

import time
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
        Term("Osh", "Ош", "place", note='на юге; "столица"'),
        Term("Naryn", "Нарын", "place", extra={"x-desk": "север", "x-column": "?"}),
    ]
    assert [str(loss) for loss in imported.losses] == [
        "Talas: target is empty; only policy keep may leave it so (entry 5)"
    ]


def test_a_table_without_header(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_bytes("Osh\tОш\r\nNaryn\tНарын\tна севере\tlost\r\n".encode("utf-16"))
    imported = import_terms(path)
    assert imported.terms == [Term("Osh", "Ош", "place"), Term("Naryn", "Нарын", "place", note="на севере")]
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
    assert imported.terms == [Term("Osh", "Ош", "place", since="1991", extra={"x-термин": "1"})]
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
    assert [(t.source, t.target, t.extra) for t in imported.terms] == [("the akim", "аким", {"x-domain": "law"})]
    assert [str(loss) for loss in imported.losses] == ["the akim: target 'глава': a second text in one language"]


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


def tbx_with(note: str) -> str:
    return (
        '<martif type="TBX" xml:lang="en"><text><body><termEntry><langSet xml:lang="en_GB"><ntig><termGrp>'
        "<term>Belarus</term></termGrp></ntig></langSet><langSet xml:lang="
        f'"RUS"><ntig><termGrp><term>Белоруссия</term></termGrp>{note}</ntig><tig><term>Беларусь</term></tig></langSet>'
        "</termEntry></body></text></martif>"
    )


BARRED_STATUSES = (
    "deprecatedTerm-admn-sts", "supersededTerm", "Deprecated", "superseded", "OBSOLETE", "not recommended",
    "Not-Recommended", "non-preferred", "forbidden", "Prohibited", "do not use", "Don't use", "rejected", "disallowed",
    "unapproved", "не рекомендуется", "Запрещён", "устаревший", "нежелательный", "не использовать",
)  # fmt: skip


@pytest.mark.parametrize("status", BARRED_STATUSES)
@pytest.mark.parametrize(
    "note",
    [
        '<termNote type="administrativeStatus">{}</termNote>',
        '<termNote type="normativeAuthorization">{}</termNote>',
        '<descripGrp><descrip type="Usage status">{}</descrip></descripGrp>',
        '<admin type="status">{}</admin>',
    ],
)
def test_a_term_that_another_tool_bars_is_barred(tmp_path: Path, status: str, note: str) -> None:
    (tmp_path / "g.tbx").write_text(tbx_with(note.format(status)), encoding="utf-8")
    imported = import_terms(tmp_path / "g.tbx")
    assert imported.terms == [
        Term("Belarus", "Беларусь"),
        Term("Belarus", "Белоруссия", policy=Policy.FORBID),
    ]
    (tmp_path / "g.csv").write_text(f"Term [en],Term [ru],Status [ru]\nBelarus,Белоруссия,{status}\n", encoding="utf-8")
    assert import_terms(tmp_path / "g.csv").terms == [Term("Belarus", "Белоруссия", policy=Policy.FORBID)]


@pytest.mark.parametrize(
    "status", ["preferred", "Recommended", "approved", "legalTerm-admn-sts", "standardized", "основной"]
)
def test_the_preferred_term_comes_before_the_first(tmp_path: Path, status: str) -> None:
    note = '<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>'
    text = tbx_with(note).replace(
        "<term>Беларусь</term>",
        f'<term>Беларусь</term><termNote type="administrativeStatus">{status}</termNote>'
        '<termNote type="processStatus">unapproved</termNote>',
    )
    (tmp_path / "g.tbx").write_text(text, encoding="utf-8")
    imported = import_terms(tmp_path / "g.tbx")
    assert imported.terms == [Term("Belarus", "Беларусь")]
    assert [str(loss) for loss in imported.losses] == ["Belarus: target 'Белоруссия': a second Russian term"]


CODED = {
    '<bpt i="1" type="bold">&lt;b&gt;</bpt>head canal<ept i="1">&lt;/b&gt;</ept>': "head canal",
    'head <hi type="term">canal</hi>': "head canal",
    'head<ph x="1" type="lb">&lt;br/&gt;</ph>canal': "head canal",
    "head<ph>&lt;BR&gt;</ph> canal": "head canal",
    '<it pos="begin">{\\b </it>head canal': "head canal",
    "<ut>{\\cs6\\f1\\cf6\\lang1024 &lt;/g&gt;}</ut>head canal": "head canal",
    'head<ph>&lt;img alt="<sub>a picture</sub>"&gt;</ph> canal': "head canal",
    "&lt;b0&gt;head canal&lt;/b0&gt;": "head canal",  # as OmegaT writes a memory of level 1
    "&lt;strong class=&quot;x&quot;&gt;head&lt;/strong&gt; canal": "head canal",
    "head<ph/> canal &amp;amp; weir": "head canal & weir",
    "h<bpt i='1'>&lt;u&gt;</bpt>e<ept i='1'>&lt;/u&gt;</ept>ad canal": "head canal",
}


@pytest.mark.parametrize("segment", CODED)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_codes_of_a_memory_are_no_words(tmp_path: Path, segment: str, coding: str) -> None:
    (tmp_path / "g.tmx").write_bytes(
        (
            f'<?xml version="1.0" encoding="{coding}"?><tmx version="1.1"><header/><body><tu>'
            f'<tuv lang="EN-US"><seg>{segment}</seg></tuv><tuv lang="RU"><seg><ph>x</ph>магистральный канал</seg></tuv>'
            "</tu></body></tmx>"
        ).encode(coding)
    )
    assert import_terms(tmp_path / "g.tmx").terms == [Term(CODED[segment], "магистральный канал")]


def test_a_text_of_an_interface_keeps_its_tags(tmp_path: Path) -> None:
    terms = [Term("Read <b>more</b> &amp; go", "Читать <b>дальше</b> &amp; идти", "interface")]
    for name in ("tsv", "csv", "xlsx", "tmx", "tbx", "tbx2", "po"):
        assert there_and_back(terms, name, tmp_path)[0] == terms, name


TABLES = {
    "sep=;\nEnglish;Russian;Note\nakim;аким;глава": "",
    '"sep=;"\r\nEnglish;Russian;Note\r\nakim;аким;глава\r\n': "",
    "sep=|\nen|ru|comment\nakim|аким|глава": "",
    "SEP=\t\nEN-US\tRU-RU\tComments\nakim\tаким\tглава": "",
    "English (US),Russian,Definition [en]\nakim,аким,глава": "",
    "en_GB;ru_RU;Примечание\nakim;аким;глава": "",
    "Term [en],Term [ru],Description [ru]\nakim,аким,глава": "",
    "Source term (EN),Target term (RU),Notes\nakim,аким,глава": "",
    "Русский;Английский;Комментарий\nаким;akim;глава": "",
    "Термин (англ.);Перевод на русский;Примечания\nakim;аким;глава": "",
    "Исходный термин;Перевод;Пояснение\nakim;аким;глава": "",
    "Term,Translation,Comment\nakim,аким,глава": "",
    "english_term,russian_term,note\nakim,аким,глава": "",
    "English,Russian,Note\nakim,аким,глава": "",
    '"English","Russian","Note"\n"akim","аким","глава"': "",
    "akim,аким,глава": "",
    "аким,akim,глава": "",
}


@pytest.mark.parametrize("table", TABLES)
def test_headers_of_other_tools(tmp_path: Path, table: str) -> None:
    (tmp_path / "g.csv").write_text(table, encoding="utf-8-sig", newline="")
    imported = import_terms(tmp_path / "g.csv")
    assert imported.terms == [Term("akim", "аким", note="глава")]
    assert not imported.losses


def test_a_title_stands_above_the_header_and_numbers_before_the_terms(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text(
        "Glossary of the desk;;;\n;;;\nMay 2024;;;\n#;English;Russian;Gender\n1;akim;аким;м. р.\n#2;Osh;Ош;муж.\n",
        encoding="utf-8",
    )
    imported = import_terms(tmp_path / "g.csv")
    assert imported.terms == [
        Term("akim", "аким", gender="masc", extra={"x-#": "1"}),
        Term("Osh", "Ош", "place", gender="masc", extra={"x-#": "#2"}),
    ]
    assert [str(loss) for loss in imported.losses] == [
        "Glossary of the desk: stands above the names of the columns (line 1)",
        "May 2024: stands above the names of the columns (line 3)",
    ]


def test_a_list_with_numbers_and_no_header(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("1;akim;аким;глава\n2;Osh;Ош;\n", encoding="utf-8")
    terms = import_terms(tmp_path / "g.csv").terms
    assert [(term.source, term.target, term.note) for term in terms] == [("akim", "аким", "глава"), ("Osh", "Ош", "")]


def test_a_header_of_16_000_blank_columns_is_read_at_once(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("English,Russian" + ",Note" * 16_000 + "\nakim,аким\n", encoding="utf-8")
    began = time.monotonic()
    assert import_terms(tmp_path / "g.csv").terms == [Term("akim", "аким")]
    assert time.monotonic() - began < 2
