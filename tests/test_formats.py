"""Spreadsheets and Word tables are read back with what an editor changed; Word files keep their look."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from test_layout import sentences
from test_parallel import sample

from translate.article import Article, Block, BlockKind, read_article
from translate.article.docx import splice_docx
from translate.errors import ArticleError, ParallelError
from translate.parallel import ParallelText, Row, read_parallel, render_bytes
from translate.parallel.cells import cells_of, text_of
from translate.pinning import Pin
from translate.problems import Problem
from translate.spans import Span

READ_BACK = {"a.tsv": "tsv", "a.xlsx": "xlsx", "a.docx": "docx-table", "a.md": "md-table", "a.jsonl": "jsonl"}


def written(text: ParallelText, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(render_bytes(text, READ_BACK[name]))
    return path


@pytest.mark.parametrize("name", READ_BACK)
def test_every_table_is_read_back(tmp_path: Path, name: str) -> None:
    found = read_parallel(written(sample(), tmp_path, name))
    assert [(row.id, row.source, row.target) for row in found.rows] == [
        (row.id, row.source, row.target) for row in sample().rows
    ]
    assert found.article.title == "Talks"
    assert [(b.id, b.text) for b in found.article.blocks if b.kind is not BlockKind.CODE] == [
        ("b1", "The talks failed. Ann Lee left."), ("b2", "One <b>item</b>.")
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.tsv", "a.xlsx"])
def test_a_spreadsheet_holds_terms_and_problems_in_words(tmp_path: Path, name: str) -> None:
    path = written(sample(), tmp_path, name)
    found = read_parallel(path)
    assert found.rows == tuple(replace(row, marks=(), kept=()) for row in sample().rows)
    if name == "a.tsv":
        text = path.read_text(encoding="utf-8")
        assert "number 0-3 > 2-5: 5 became 6" in text
        assert "0-7 > 0-6 Энн Ли (Энн Ли; nomn sing; already; 0.93; с → со)" in text
        assert "{" not in text


@given(st.lists(st.tuples(*[st.text("ab |\\;():[\n>-1", max_size=9)] * 4), max_size=3))
def test_whatever_a_cell_says_is_read_back(texts: list[tuple[str, str, str, str]]) -> None:
    rows = tuple(
        Row(
            f"b{n}.1", f"b{n}", Span(0, 4), "Abcd", t, -0.25, "e",
            (Pin(Span(0, 1), Span(2, 3), lemma, form, "nomn", None, "already", 0.5, (m, "с → со")),) * 2,
            (Problem("x", m), Problem("y:z w", t, source=Span(1, 2)), Problem("", "", target=Span(0, 0))),
        )
        for n, (t, m, lemma, form) in enumerate(texts)
    )  # fmt: skip
    blocks = tuple(Block(row.block, BlockKind.PARAGRAPH, row.source) for row in rows)
    text = ParallelText(Article("", "", "", "", (), blocks, Path("a")), rows)
    assert text_of(enumerate(cells_of(text)), Path("a.tsv")).rows == rows


def test_a_workbook_holds_no_formula_and_takes_an_editors_changes(tmp_path: Path) -> None:
    row = Row("b1.1", "b1", Span(0, 8), "=1+cmd|x", "=HYPERLINK(1)", None)
    article = Article("", "", "", "", (), (Block("b1", BlockKind.PARAGRAPH, "=1+cmd|x"),), Path("a"))
    path = written(ParallelText(article, (row,)), tmp_path, "a.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert [cell.data_type for cell in sheet[2][:3]] == ["s", "s", "s"]
    sheet["C2"] = "Вода пришла."
    book.save(path)
    assert [r.target for r in read_parallel(path).rows] == ["Вода пришла."]


def test_a_word_table_takes_changes_tracked_or_not(tmp_path: Path) -> None:
    path = written(sample(), tmp_path, "a.docx")
    document = docx.Document(str(path))
    rows = document.tables[0].rows
    rows[4].cells[2].text = "Переговоры провалились."
    paragraph = rows[5].cells[2].paragraphs[0]
    (run,) = paragraph.runs
    run.text = "Энн Ли "
    paragraph._p.append(tracked("del", "ушла.", "w:delText"))
    paragraph._p.append(tracked("ins", "уехала.", "w:t"))
    document.save(str(path))
    assert [row.target for row in read_parallel(path).rows][3:5] == ["Переговоры провалились.", "Энн Ли уехала."]


def tracked(name: str, text: str, inside: str) -> Any:
    change, run, words = OxmlElement(f"w:{name}"), OxmlElement("w:r"), OxmlElement(inside)
    words.text = text
    run.append(words)
    change.append(run)
    return change


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"<p>", b"\x00" * 100])
def test_a_broken_table_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ParallelError) as caught:
        read_parallel(path)
    assert caught.value.hint


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 210_000_000)
    with pytest.raises(ArticleError, match="200 MB"):
        read_article(path)


def test_a_table_finds_the_article_beside_it(tmp_path: Path) -> None:
    source = "# Dam talks\n\nSee [the plan](/plan) *now*.\n"
    (tmp_path / "a.md").write_text(source)
    article = read_article(tmp_path / "a.md")
    rows = tuple(
        Row(f"{b.id}.1", b.id, Span(0, len(b.text)), b.text, "Смотрите план сейчас." if b.id == "b1" else "Плотина")
        for b in article.translatable()
    )
    path = written(ParallelText(article, rows), tmp_path, "a.tsv")
    made = render_bytes(read_parallel(path), "md").decode()
    assert made.startswith("# Плотина\n\nСмотрите план сейчас.")
    assert "](/plan)" in made


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("Dam talks", style="Title")
    document.add_paragraph("By Ann Lee, March 3, 2024")
    paragraph = document.add_paragraph("The ministry said ")
    paragraph.add_run("so").bold = True
    paragraph.add_run(" on ")
    paragraph.add_run("Tuesday").italic = True
    paragraph.add_run(". The farmers agreed.")
    link(paragraph, "See the plan", "https://x.kg/plan")
    document.add_heading("What next", 2)
    for style in ("List Bullet", "List Number", "List Number", "Intense Quote", "Caption"):
        document.add_paragraph(f"A line of {style.lower()}.", style=style)
    table = document.add_table(rows=2, cols=2)
    for n, text in enumerate(("Year", "Water", "2020", "8.5")):
        table.cell(n // 2, n % 2).text = text
    comment = document.add_paragraph("It rose again.")
    document.add_comment(comment.runs, text="Is this so?", author="Ed")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def link(paragraph: Any, text: str, href: str) -> None:
    element = OxmlElement("w:hyperlink")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    element.set(qn("r:id"), paragraph.part.relate_to(href, kind, is_external=True))
    run = paragraph.add_run(text)._r
    paragraph._p.append(element)
    element.append(run)


def test_a_word_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file())
    article = read_article(path)
    assert (article.title, article.byline, article.date) == ("Dam talks", "Ann Lee", "2024-03-03")
    assert [(b.kind.value, b.ordinal, b.text) for b in article.blocks] == [
        ("paragraph", 0, "The ministry said so on Tuesday. The farmers agreed.See the plan"),
        ("heading", 0, "What next"),
        ("list-item", 0, "A line of list bullet."),
        ("list-item", 1, "A line of list number."),
        ("list-item", 2, "A line of list number."),
        ("quote", 0, "A line of intense quote."),
        ("cell", 1, "Year"), ("cell", 1, "Water"), ("cell", 2, "2020"), ("cell", 2, "8.5"),
        ("paragraph", 0, "It rose again."),
    ]  # fmt: skip
    assert [(m.kind, m.span.of(article.blocks[0].text), m.href) for m in article.blocks[0].marks] == [
        ("strong", "so", ""), ("emphasis", "Tuesday", ""), ("link", "See the plan", "https://x.kg/plan")
    ]  # fmt: skip
    assert [c.text for c in article.captions] == ["A line of caption."]


def test_a_word_file_keeps_its_runs_styles_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    raw = word_file()
    path.write_bytes(raw)
    article = read_article(path)
    assert splice_docx(raw, path, sentences(article, cyrillic=False), "ru", dated=False) == raw
    made = splice_docx(raw, path, sentences(article, cyrillic=True), "ru", dated=True)
    before, after = docx.Document(io.BytesIO(raw)), docx.Document(io.BytesIO(made))
    assert [p.style.name for p in after.paragraphs if p.style] == [p.style.name for p in before.paragraphs if p.style]
    assert after.paragraphs[0].text == "Дам талкс"
    assert after.paragraphs[1].text == "Ann Lee, 3 марта 2024\N{NO-BREAK SPACE}г."
    looks = [(run.text, run.bold, run.italic) for run in after.paragraphs[2].runs]
    assert ("со", True, None) in looks
    assert ("Туесдаи", None, True) in looks
    assert [(h.text, h.address) for h in after.paragraphs[2].hyperlinks] == [("Сее тхе план", "https://x.kg/plan")]
    assert [cell.text for row in after.tables[0].rows for cell in row.cells] == ["Иеар", "Шатер", "2020", "8.5"]
    assert [comment.text for comment in after.comments] == ["Is this so?"]
    xml = after.paragraphs[-1]._p.xml
    assert xml.index("commentRangeStart") < xml.index("Ит росе агаин") < xml.index("commentRangeEnd")


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_any_article_becomes_a_word_file(tmp_path: Path, name: str) -> None:
    sources = {
        "a.md": "# Dam talks\n\nSee *the* [plan](/p).\n\n- a\n    - b\n\n| a | b |\n|--|--|\n| c | d |\n\n> So.\n",
        "a.html": "<h1>Dam talks</h1><p>The ministry said so on Tuesday, after a meeting of an hour.</p>",
        "a.txt": "The ministry said so on Tuesday.",
    }
    path = tmp_path / name
    path.write_text(sources[name])
    text = ParallelText(read_article(path), ())
    again = docx.Document(io.BytesIO(render_bytes(text, "docx")))
    assert again.paragraphs
