"""XLIFF out to a translator's workbench and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from translate.article import Article, Block, BlockKind, Mark
from translate.errors import ParallelError
from translate.parallel import ParallelText, Row, format_of, read_parallel, render
from translate.pinning import Pin, Suggestion
from translate.problems import Problem
from translate.spans import Span

SOURCE, TARGET = "The talks in Bishkek failed.", "Переговоры в Бишкеке провалились."


def story(path: Path) -> ParallelText:
    marks = (Mark(Span(4, 12), "strong"), Mark(Span(10, 20), "link", "https://x.kg/?a=1&b=2"))
    blocks = (
        Block("b1", BlockKind.PARAGRAPH, f"{SOURCE} <Why?>", marks=marks),
        Block("b2", BlockKind.PARAGRAPH, "Nobody knows."),
    )
    article = Article("Talks", "", "", "", (), blocks, path)
    pin = Pin(Span(13, 20), Span(13, 20), "Бишкек", "Бишкеке", "loct", "sing", "already", 1.0)
    rows = (
        Row("title.1", "title", Span(0, 5), "Talks", "Переговоры", engine="made-up 1"),
        Row("b1.1", "b1", Span(0, 28), SOURCE, TARGET, -0.1, "made-up 1", (pin,),
            (Problem("number", "5 & 6", source=Span(0, 3)),),
            (Mark(Span(0, 10), "strong"), Mark(Span(8, 20), "link", "https://x.kg/?a=1&b=2")),
            suggestions=(Suggestion("The talks in Osh failed.", "Переговоры в Оше провалились.", 0.86),)),
        Row("b1.2", "b1", Span(29, 35), "<Why?>", "«Почему?»", engine=""),
        Row("b2.1", "b2", Span(0, 13), "Nobody knows.", "Никто не знает.", engine="made-up 2"),
    )  # fmt: skip
    return ParallelText(article, rows)


@pytest.mark.parametrize("format_", ["xliff", "xliff2"])
def test_texts_makers_and_places_come_back(tmp_path: Path, format_: str) -> None:
    path = tmp_path / "a.xlf"
    text = story(tmp_path / "a.md")
    path.write_text(str(render(text, format_)), encoding="utf-8")
    again = read_parallel(path)
    bare = [(row.id, row.source, row.target, row.engine) for row in text.rows]
    assert [(row.id, row.source, row.target, row.engine) for row in again.rows] == bare
    assert [block.kind for block in again.article.translatable()] == [
        BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH
    ]  # fmt: skip
    edited = path.read_text(encoding="utf-8").replace("Никто не знает.", "Никто этого не знает.")
    path.write_text(edited, encoding="utf-8")
    assert read_parallel(path).rows[3].target == "Никто этого не знает."
    assert format_of("a.xlf") == "xliff"


def test_states_notes_terms_codes_and_matches() -> None:
    root: Any = etree.fromstring(str(render(story(Path("a.md")), "xliff")).encode())
    ns = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    units: Any = root.xpath("//x:trans-unit", namespaces=ns)
    assert [u.find("x:target", ns).get("state") for u in units] == [
        "needs-review-translation", "needs-review-translation", "translated", "needs-review-translation"
    ]  # fmt: skip
    unit = units[1]
    assert unit.xpath("x:note/text()", namespaces=ns) == ["number: 5 & 6"]
    assert unit.xpath("x:source/x:mrk[@mtype='term']/text()", namespaces=ns) == ["Bishkek"]
    assert "".join(unit.xpath("x:target/x:mrk[@mtype='term']//text()", namespaces=ns)) == "Бишкеке"
    codes = [
        (code.tag.rpartition("}")[2], code.get("rid")) for code in unit.find("x:target", ns).iter() if code.get("rid")
    ]
    assert codes == [("bpt", "1"), ("bpt", "2"), ("ept", "1"), ("ept", "2")]  # the two overlap
    assert unit.xpath("x:alt-trans/x:target/text()", namespaces=ns) == ["Переговоры в Оше провалились."]
    root = etree.fromstring(str(render(story(Path("a.md")), "xliff2")).encode())
    ns = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    assert root.xpath("//x:segment/@state", namespaces=ns) == ["translated", "translated", "reviewed", "translated"]
    assert root.xpath("//x:sc/@id", namespaces=ns) == ["1", "2", "1", "2"]
    assert root.xpath("//x:ec/@startRef", namespaces=ns) == ["1", "2", "1", "2"]


FOREIGN = {
    "a.sdlxliff": """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="x"><file
 original="a" source-language="en-US" target-language="ru-RU" datatype="x"><body><group><trans-unit id="7f-01">
<source><g id="1">One.</g> Two.</source><seg-source><g id="1"><mrk mtype="seg" mid="1">One.</mrk></g> <mrk mtype="seg"
 mid="2">Two <x id="3"/>.</mrk></seg-source><target><g id="1"><mrk mtype="seg" mid="1">Раз.</mrk></g> <mrk mtype="seg"
 mid="2">Два<x id="3"/>.</mrk></target></trans-unit></group></body></file></xliff>""",
    "a.xlf": """<xliff version="2.0" srcLang="en" trgLang="ru" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file
 id="f1"><unit id="u1"><segment><source><pc id="1">One.</pc></source><target><pc id="1">Раз.</pc></target></segment>
<ignorable><source> </source></ignorable><segment><source>Two <ph id="2"/>.</source><target>Два<ph id="2"/>.</target>
</segment></unit></file></xliff>""",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_segments_of_other_tools(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('<?xml version="1.0" encoding="utf-8"?>\n' + FOREIGN[name], encoding="utf-8")
    rows = read_parallel(tmp_path / name).rows
    assert [(row.source, row.target, row.engine) for row in rows] == [("One.", "Раз.", ""), ("Two .", "Два.", "")]
    assert len({row.id for row in rows}) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<xliff><file>", "not sound XML"),
        ("<html/>", "<html> where <xliff> should be"),
        ('<xliff version="1.2"><file><body/></file></xliff>', "no unit"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xliff><trans-unit id="b1.1"><source>&a;</source>'
         "<target>x</target></trans-unit></xliff>", "entities"),
    ],
)  # fmt: skip
def test_broken_files_are_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.xlf").write_text(content, encoding="utf-8")
    with pytest.raises(ParallelError, match=message):
        read_parallel(tmp_path / "a.xlf")
