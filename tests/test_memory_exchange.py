"""Memories out to the formats of other tools and back: nothing lost that a format holds, the rest counted."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from made_up_terms import examples

from translate.cli import main
from translate.errors import GlossaryError
from translate.exchange.memories import unit_format
from translate.exchange.units import Losses, Pair, Unit, one_line
from translate.memory import Memory, MemoryEntry, take_in, units_of

PAIR = Pair()
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def there_and_back(units: list[Unit], name: str, folder: Path) -> tuple[list[Unit], str]:
    path, out, back = folder / f"memory.{name}", Losses(), Losses()
    unit_format(path).write(iter(units), path, PAIR, out)
    again = list(unit_format(path).read(path, PAIR, back))
    assert not len(back), str(back)
    return again, str(out)


TEXT = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=30)
    .map(one_line)
    .filter(lambda text: text.strip() and "\ufeff" not in text and "\ufffe" not in text and "\uffff" not in text)
)
UNITS = st.lists(
    st.builds(
        Unit,
        source=TEXT, target=TEXT, author=st.just("") | TEXT,
        made=st.sampled_from(["", "2026-03-01T12:00:00+00:00"]),
        article=st.just("") | TEXT, segment=st.sampled_from(["", "b1.2"]), before=st.just("") | TEXT,
        after=st.just("") | TEXT, origin=st.sampled_from(["", "learn", "align"]),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@pytest.mark.parametrize("name", ["tmx", "tsv", "csv", "xlsx"])
@examples
@given(UNITS)
def test_nothing_of_a_unit_is_lost(name: str, tmp_path_factory: pytest.TempPathFactory, units: list[Unit]) -> None:
    if name == "tmx":  # whose attributes hold no author without a date
        units = [replace(unit, made=unit.made or "2026-03-01T12:00:00+00:00") for unit in units]
    again, losses = there_and_back(units, name, tmp_path_factory.getbasetemp())
    assert again == units
    assert losses == ""


def test_a_catalog_holds_the_two_texts(tmp_path: Path) -> None:
    units = [Unit("One.", "Раз."), Unit("One.", "Один."), Unit("Two.", "Два.", "Ann", before="One.")]
    again, losses = there_and_back(units, "po", tmp_path)
    assert [(unit.source, unit.target) for unit in again] == [("One.", "Один."), ("Two.", "Два.")]
    assert losses.splitlines() == [
        "1× another translation of the same text, first: One.",
        "1× what stands beside a sentence, and what other tools said of it, first: Two.",
    ]


@pytest.mark.parametrize("name", ["tsv", "csv", "xlsx"])
def test_no_cell_is_taken_for_a_formula(name: str, tmp_path: Path) -> None:
    units = [Unit("=HYPERLINK(1)", "+7"), Unit("-5 °C", "@имя"), Unit("'=1", "'quoted'")]
    assert there_and_back(units, name, tmp_path)[0] == units
    if name != "xlsx":
        text = (tmp_path / f"memory.{name}").read_text(encoding="utf-8")
        assert "'=HYPERLINK" in text
        assert "''=1" in text


def test_a_table_of_an_agency(tmp_path: Path) -> None:
    path = tmp_path / "tm.csv"
    path.write_text("sep=;\nID;Русский;English (US);Client\n7;Плотина.;The dam.;ADB\n8;;Nothing.;\n", encoding="utf-8")
    losses = Losses()
    [unit] = unit_format(path).read(path, PAIR, losses)
    assert (unit.source, unit.target, unit.more) == ("The dam.", "Плотина.", {"table": {"id": "7", "client": "ADB"}})
    assert str(losses) == "1× a row without a text in both languages, first: row 3"


# A unit as Trados, memoQ, OmegaT and Okapi write them, in one.
FOREIGN = """<?xml version="1.0" encoding="{coding}"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="en-US" datatype="xml"><prop type="x-Desk">news</prop></header><body>
<tu tuid="7" creationdate="20240301T120000Z" creationid="Ann" usagecount="3"><note>checked</note>
 <prop type="x-context-pre">&lt;seg&gt;Before.&lt;/seg&gt;</prop><prop type="x-document">dam.docx</prop>
 <prop type="Client">ADB</prop>
 <tuv xml:lang="EN-us" usagecount="1"><seg>The <bpt i="1" type="bold">&lt;b&gt;</bpt>dam<ept i="1">&lt;/b&gt;</ept>
  leaks<ph x="2">&lt;br alt="<sub>a break</sub>"/&gt;</ph>.</seg></tuv>
 <tuv xml:lang="ru-RU" changedate="20240302T120000Z" changeid="Bek"><prop type="x-Quality">9</prop>
  <seg><bpt i="1" x="1">&lt;b&gt;</bpt>Плотина<ept i="1">&lt;/b&gt;</ept> <hi type="x">течёт</hi>.</seg></tuv>
 <tuv xml:lang="de"><seg>Der Damm leckt.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Alone.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Empty.</seg></tuv><tuv xml:lang="ru"><seg><ph/></seg></tuv></tu>
</body></tmx>"""


def shape(path: Path) -> list[Any]:
    """Return all that the units of a file say, in the two languages."""
    found = []
    for unit in etree.parse(str(path)).iter("tu"):
        texts: list[Any] = [v for v in unit.iter("tuv") if (v.get(XML_LANG) or "")[:2].lower() in ("en", "ru")]
        segments: list[Any] = [text.find("seg") for text in texts]
        if len(texts) == 2 and all("".join(segment.itertext()).strip() for segment in segments):
            for segment in segments:
                segment.tail = None
            told = [
                (dict(e.attrib), sorted(e.xpath("prop/@type")), e.xpath("prop/text() | note/text()"))
                for e in (unit, *texts)
            ]
            found.append((told, [etree.tostring(segment, method="c14n") for segment in segments]))
    return found


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_unit_of_other_tools_comes_back_as_it_was(tmp_path: Path, coding: str) -> None:
    (tmp_path / "in.tmx").write_bytes(FOREIGN.format(coding=coding).encode(coding))
    losses, out = Losses(), Losses()
    with Memory(tmp_path / "m.sqlite3") as memory:
        for added in (1, 0):
            units = unit_format(tmp_path / "in.tmx").read(tmp_path / "in.tmx", PAIR, losses)
            assert take_in(memory, units, PAIR, article="in.tmx").added == added
        [entry] = memory.entries()
        told = (entry.source, entry.target, entry.author, entry.made, entry.article, entry.before)
        assert told == ("The dam leaks .", "Плотина течёт.", "Bek", "2024-03-02T12:00:00+00:00", "dam.docx", "Before.")
        unit_format(tmp_path / "out.tmx").write(units_of(memory, PAIR), tmp_path / "out.tmx", PAIR, out)
    assert shape(tmp_path / "out.tmx") == shape(tmp_path / "in.tmx")
    assert not len(out)
    assert losses.counts == {
        "a text in a language that the memory has no place for (de)": 2,
        "no text in both languages": 2,
        "an empty text": 2,
    }


def test_codes_are_lost_with_the_text_they_stood_in(tmp_path: Path) -> None:
    (tmp_path / "in.tmx").write_text(FOREIGN.format(coding="utf-8"), encoding="utf-8")
    losses = Losses()
    with Memory(tmp_path / "m.sqlite3") as memory:
        take_in(memory, unit_format(tmp_path / "in.tmx").read(tmp_path / "in.tmx", PAIR, Losses()), PAIR)
        memory.edit(1, "Плотина протекает.", "Ann")
        unit_format(tmp_path / "out.tmx").write(units_of(memory, PAIR), tmp_path / "out.tmx", PAIR, losses)
    assert "<seg>Плотина протекает.</seg>" in (tmp_path / "out.tmx").read_text(encoding="utf-8")
    assert list(losses.counts) == ["the inline codes of a text that has been edited since"]


def test_tmx_1_1_and_a_control_character(tmp_path: Path) -> None:
    (tmp_path / "in.tmx").write_text(
        '<tmx version="1.1"><header/><body><tu><tuv lang="EN"><seg>The &#31;dam.</seg></tuv><tuv lang="RU"><seg>'
        "<ut>{\\\\b </ut>Плотина.</seg></tuv></tu></body></tmx>",
        encoding="utf-8",
    )
    losses = Losses()
    [unit] = unit_format(tmp_path / "in.tmx").read(tmp_path / "in.tmx", PAIR, losses)
    assert (unit.source, unit.target) == ("The dam.", "Плотина.")
    assert list(losses.counts) == ["a control character that no XML may hold"]


BAD = {
    "bomb": ('<!DOCTYPE tmx [<!ENTITY a "aaa">]><tmx><header/><body><tu>&a;</tu></body></tmx>', "entities is not safe"),
    "cut": ('<tmx><header/><body><tu><tuv xml:lang="en"><seg>a', "not sound XML"),
    "crossed": ("<tmx><header/><body><tu></body></tu></tmx>", "not sound XML"),
    "other": ("<html/>", "<html> where <tmx> should be"),
    "empty": ("", "not sound XML"),
}


@pytest.mark.parametrize("name", BAD)
def test_broken_memories_are_refused(tmp_path: Path, name: str) -> None:
    content, message = BAD[name]
    (tmp_path / "in.tmx").write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryError, match=message):
        list(unit_format(tmp_path / "in.tmx").read(tmp_path / "in.tmx", PAIR, Losses()))
    with pytest.raises(GlossaryError, match="no format of memories"):
        unit_format(tmp_path / "in.docx")


def tmx_of(count: int) -> str:
    units = (
        f'<tu><tuv xml:lang="en"><seg>Sentence {n} of many.</seg></tuv>'
        f'<tuv xml:lang="ru"><seg>Предложение {n}.</seg></tuv></tu>'
        for n in range(count)
    )
    return f'<tmx version="1.4"><header/><body>{"".join(units)}</body></tmx>'


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(["memory", *args])
    done = capsys.readouterr()
    return int(caught.value.code or 0), done.out, done.err


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    Path("agency.tmx").write_text(tmx_of(12), encoding="utf-8")
    assert run(capsys, "import", "agency.tmx", "--author", "Ann")[:2] == (
        0, "agency.tmx: 12 translations taken, 0 known before\n"
    )  # fmt: skip
    for ending in ("tmx", "tsv", "csv", "xlsx", "po"):
        code, _out, err = run(capsys, "export", f"out.{ending}")
        assert (code, err.splitlines()[-1]) == (0, f"12 translations in out.{ending}"), err
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / f"other-{ending}"))
        assert run(capsys, "import", f"out.{ending}")[1] == f"out.{ending}: 12 translations taken, 0 known before\n"
        found = json.loads(run(capsys, "list", "--json")[1])
        assert [(e["source"], e["target"]) for e in found] == [
            (f"Sentence {n} of many.", f"Предложение {n}.") for n in range(12)
        ]
        if ending != "po":
            assert {(e["author"], e["article"], e["origin"]) for e in found} == {("Ann", "agency.tmx", "import")}
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    assert run(capsys, "import", "other-tsv/tolmach/memory.sqlite3")[1].endswith(
        "0 translations taken, 12 known before\n"
    )
    Path("alone.tmx").write_text(tmx_of(1).replace('"ru"', '"de"'), encoding="utf-8")
    code, _out, err = run(capsys, "import", "alone.tmx")
    assert (code, err.splitlines()[0]) == (
        5, "1× a text in a language that the memory has no place for (de), first: line 1"
    )  # fmt: skip
    assert run(capsys, "import", "alone.tmx", "--to", "de")[0] == 0
    assert run(capsys, "import", "none.tmx")[0] == 2
    assert run(capsys, "export", "out.docx")[0] == 3


def test_a_killed_import_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    """Run the commands and kill them at odd moments; `benchmarks/memory_kills.py` does so 200 times."""
    path, tmx = tmp_path / "memory.sqlite3", tmp_path / "in.tmx"
    tmx.write_text(tmx_of(15_000), encoding="utf-8")
    with Memory(path) as memory:
        memory.add([MemoryEntry("Kept.", "Осталось.")])
    code = "import sys; from translate.cli import main; main(sys.argv[1:])"
    before = 1
    for delay in (0.4, 0.7, 1.1):
        job = subprocess.Popen(
            [sys.executable, "-c", code, "memory", "import", str(tmx), "--memory", str(path)],
            stdout=subprocess.DEVNULL, env={"XDG_DATA_HOME": str(tmp_path), "PATH": ""},
        )  # fmt: skip
        time.sleep(delay)
        job.kill()
        job.wait()
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            connection.execute("INSERT INTO person_words (person_words) VALUES ('integrity-check')")
            (count,) = connection.execute("SELECT count(*) FROM person").fetchone()
        connection.close()
        assert count >= before
        assert count % 5000 == 1
        before = count
    with Memory(path) as memory:
        done = take_in(memory, unit_format(tmx).read(tmx, PAIR, Losses()), PAIR, article="in.tmx")
        assert (done.added, done.known) == (15_001 - before, before - 1)
        assert memory.lookup("Kept.")
        assert memory.alike("Sentence 14999 of many!")[0].entry.target == "Предложение 14999."


TRADOS = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="http://sdl.com/FileTypes">
<file original="C:\\work\\story.docx" source-language="en-US" target-language="ru-RU" datatype="x-sdl"><body>
<trans-unit id="a"><source>One. Two. Three.</source>
<seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk>
<mrk mtype="seg" mid="3">Three.</mrk></seg-source>
<target><mrk mtype="seg" mid="1">Один<x id="5"/>.</mrk> <mrk mtype="seg" mid="2">Двое.</mrk>
<mrk mtype="seg" mid="3"/></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated" origin="interactive"/><sdl:seg id="2" conf="Draft" origin="nmt"/>
</sdl:seg-defs></trans-unit>
<trans-unit id="b" translate="no"><source>Code</source><target>Код</target></trans-unit>
<trans-unit id="c"><source>New.</source><target state="new">Новое.</target></trans-unit>
<trans-unit id="d"><source>Draft.</source><target state-qualifier="mt-suggestion">Черновик.</target></trans-unit>
<trans-unit id="e"><source>Done.</source><target state="translated">Готово.</target><note>seen</note>
<alt-trans><target>Сделано.</target></alt-trans></trans-unit>
</body></file></xliff>"""


def test_of_a_workbench_what_a_person_translated_is_taken_and_the_rest_counted(tmp_path: Path) -> None:
    path, losses = tmp_path / "story.sdlxliff", Losses()
    path.write_text(TRADOS, encoding="utf-8")
    units = list(unit_format(path).read(path, PAIR, losses))
    assert [(unit.source, unit.target) for unit in units] == [("One.", "Один."), ("Done.", "Готово.")]
    assert {unit.article for unit in units} == {"story.docx"}
    assert losses.counts == {
        "the inline codes of a text": 1,
        "a machine's draft that nobody confirmed": 2,
        "a text that is not translated yet": 2,
        "text that is marked as not to be translated": 1,
    }


def test_xliff_2_and_other_languages(tmp_path: Path) -> None:
    path, losses = tmp_path / "a.xliff", Losses()
    body = (
        '<file id="f"><unit id="u"><segment id="s1" state="final"><source>One <pc id="1">two</pc>.</source>'
        '<target>Один <pc id="1">два</pc>.</target></segment><ignorable><source> </source></ignorable>'
        '<segment state="initial"><source>Three.</source><target>Три.</target></segment></unit></file>'
    )
    head = '<xliff version="2.1" srcLang="en" trgLang="{}" xmlns="urn:oasis:names:tc:xliff:document:2.0">'
    path.write_text(f"{head.format('ru')}{body}</xliff>", encoding="utf-8")
    assert [(unit.source, unit.target) for unit in unit_format(path).read(path, PAIR, losses)] == [
        ("One two.", "Один два.")
    ]
    assert len(losses) == 2
    path.write_text(f"{head.format('de')}{body}</xliff>", encoding="utf-8")
    assert not list(unit_format(path).read(path, PAIR, losses := Losses()))
    assert "other languages (en, de)" in str(losses)


@pytest.mark.parametrize("body", ["<html/>", "<xliff><file>", '<!DOCTYPE x [<!ENTITY a "b">]><xliff/>'])
def test_what_is_no_xliff_is_refused(body: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(GlossaryError):
        list(unit_format(path).read(path, PAIR, Losses()))


def test_a_memory_goes_out_as_xliff_and_comes_back(tmp_path: Path) -> None:
    path, losses = tmp_path / "a.xlf", Losses()
    unit_format(path).write(iter([Unit("A <b>.", "«Б» & в.", "A. I.")]), path, PAIR, losses)
    again = list(unit_format(path).read(path, PAIR, losses))
    assert [(unit.source, unit.target) for unit in again] == [("A <b>.", "«Б» & в.")]
    assert not len(losses)
