"""Parallel text in every format, safe in a browser and lossless where it is read back."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.article import Article, Block, BlockKind, Mark
from translate.errors import ParallelError
from translate.parallel import FORMATS, ParallelText, Row, ending_of, format_of, read_parallel, render
from translate.parallel.jsonl import read_jsonl, write_jsonl
from translate.parallel.page import runs, safe_href
from translate.parallel.tsv import read_tsv, write_tsv
from translate.pinning import Pin
from translate.problems import Problem
from translate.spans import Span


def sample() -> ParallelText:
    link = Mark(Span(4, 9), "link", "https://example.org/?a=1&b=2")
    blocks = (
        Block("b1", BlockKind.PARAGRAPH, "The talks failed. Ann Lee left.", marks=(link,)),
        Block("b2", BlockKind.LIST_ITEM, "One <b>item</b>.", level=1, ordinal=3),
        Block("b3", BlockKind.CODE, "x = '<script>'\ny = 2", marks=(Mark(Span(0, 19), "code", "python"),)),
    )
    caption = Block("c1", BlockKind.CAPTION, "A dam.", credit="Jane Doe/Agency")
    article = Article("Talks", "Jane Doe", "2024-03-05", "Politics", (caption,), blocks, Path("talks.md"))
    pin = Pin(Span(0, 7), Span(0, 6), "Энн Ли", "Энн Ли", "nomn", "sing", "already", 0.93, ("с → со",))
    problem = Problem("number", "5 became 6", source=Span(0, 3), target=Span(2, 5))
    rows = (
        Row("section.1", "section", Span(0, 8), "Politics", "Политика", -0.1, "made-up 1"),
        Row("title.1", "title", Span(0, 5), "Talks", "Переговоры", -0.2, "made-up 1"),
        Row("c1.1", "c1", Span(0, 6), "A dam.", "Плотина.", None, ""),
        Row("b1.1", "b1", Span(0, 17), "The talks failed.", "Переговоры сорвались.", -0.25, "made-up 1", (), (problem,),
            (replace(link, span=Span(0, 10)),)),
        Row("b1.2", "b1", Span(18, 31), "Ann Lee left.", "Энн Ли ушла.", -0.5, "made-up 1", (pin,)),
        Row("b2.1", "b2", Span(0, 16), "One <b>item</b>.", "Один <b>пункт</b> & «ещё».", 0.0, "made-up 1"),
    )  # fmt: skip
    whole = Problem("consistency", "one name, two spellings")
    return ParallelText(article, rows, problems=(whole,), is_draft=True)


class Checked(HTMLParser):
    """Collects ids, links and elements, and that every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.sources: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [values["id"]] if "id" in values else []
        self.hrefs += [values["href"]] if "href" in values else []
        self.sources += [value for name, value in values.items() if name in ("src", "srcset", "data", "poster")]
        if tag not in ("meta", "br", "img", "link", "input", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag


def test_page_has_ids_links_problems_and_the_russian() -> None:
    page = render(sample(), "page")
    found = Checked(page)
    assert len(found.ids) == len(set(found.ids))
    assert {"b1", "b1.1", "b1.1-en", "b1.1-ru", "b1.2", "problems", "russian", "copy"} <= set(found.ids)
    assert all(href[1:] in found.ids for href in found.hrefs if href.startswith("#"))
    assert "#b1.1" in found.hrefs
    assert "5 became 6" in page
    assert "one name, two spellings" in page
    assert "draft" in page.split("<main>")[0].split("</style>")[1]
    assert "Энн Ли" in page
    assert "93\N{NO-BREAK SPACE}%" in page or "93 %" in page
    assert "с → со" in page
    assert "Jane Doe/Agency" in page


def test_page_loads_nothing_and_escapes_everything() -> None:
    page = render(sample(), "page")
    found = Checked(page)
    assert found.sources == []
    assert "link" not in found.tags
    assert "url(" not in page
    assert "@import" not in page
    assert found.tags.count("script") == 1
    assert "One &lt;b&gt;item&lt;/b&gt;." in page
    assert "&lt;script&gt;" in page
    assert 'href="https://example.org/?a=1&amp;b=2"' in page


@given(st.text(max_size=40), st.text(max_size=40))
def test_page_survives_any_text(source: str, target: str) -> None:
    row = Row("b1.1", "b1", Span(0, len(source)), source, target, problems=(Problem("x", target),))
    article = Article(source, target, "", "", (), (Block("b1", BlockKind.PARAGRAPH, source),), Path("a.txt"))
    page = render(ParallelText(article, (row,)), "page")
    assert Checked(page).tags.count("script") == 1


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("https://x.kg", "https://x.kg"),
        ("mailto:a@x.kg", "mailto:a@x.kg"),
        ("/relative?a=b:c", "/relative?a=b:c"),
        ("page#a:b", "page#a:b"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        (" JavaScript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
    ],
)
def test_links_that_run_code_are_no_links(href: str, safe: str) -> None:
    assert safe_href(href) == safe


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda ends: Span(min(ends), max(ends)))


@given(st.text("ab ", max_size=10), st.lists(SPANS, max_size=4), st.lists(SPANS, max_size=3))
def test_runs_rebuild_the_sentence(text: str, marked: list[Span], doubts: list[Span]) -> None:
    marks = [Mark(span, "strong") for span in marked]
    made = runs(text, marks, {}, doubts)
    assert "".join(run.text for run in made) == text
    for at, run in zip(_starts(made), made, strict=True):
        inside = [m for m in marks if m.span.start <= at and at + len(run.text) <= m.span.stop]
        assert bool(run.tags) == bool(inside) or not run.text


def _starts(made: tuple[object, ...]) -> list[int]:
    starts, at = [], 0
    for run in made:
        starts.append(at)
        at += len(run.text)  # type: ignore[attr-defined]
    return starts


def test_text_is_the_translation_laid_out_as_its_source() -> None:
    assert render(sample(), "txt") == (
        "# Переговоры\n\n*Jane Doe, 5 марта 2024\N{NO-BREAK SPACE}г.*\n\n"
        "*Плотина. (Фото: Jane Doe/Agency)*\n\n"
        "[Переговоры](https://example.org/?a=1&b=2) сорвались. Энн Ли ушла.\n\n"
        "3. Один \\<b>пункт\\</b> & «ещё».\n\n```python\nx = '<script>'\ny = 2\n```\n"
    )
    plain = replace(sample(), article=replace(sample().article, path=Path("talks.txt")))
    assert render(plain, "txt") == (
        "Политика\n\nПереговоры\n\nJane Doe, 5 марта 2024\N{NO-BREAK SPACE}г.\n\nПлотина. (Фото: Jane Doe/Agency)\n\n"
        "Переговоры сорвались. Энн Ли ушла.\n\n3. Один <b>пункт</b> & «ещё».\n\nx = '<script>'\ny = 2\n"
    )


def test_table_in_markdown() -> None:
    table = render(sample(), "md-table")
    assert "| b1.1 ⚠ | The [talks](https://example.org/?a=1&b=2) failed. |" in table
    assert "| b1.2 | Ann Lee left. | Энн Ли ушла. |" in table
    assert "- b1.1: 5 became 6" in table
    assert all(line.count("|") - line.count("\\|") == 4 for line in table.split("\n") if line.startswith("|"))


def test_jsonl_holds_everything(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(render(sample(), "jsonl"), encoding="utf-8")
    assert read_parallel(path) == sample()


def test_tsv_holds_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(render(sample(), "tsv"), encoding="utf-8")
    found = read_parallel(path)
    assert found.rows == tuple(replace(row, marks=(), kept=()) for row in sample().rows)
    assert [b.text for b in found.article.blocks] == ["The talks failed. Ann Lee left.", "One <b>item</b>."]
    assert (found.article.title, found.article.section) == ("Talks", "Politics")


ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)


@given(st.lists(st.tuples(ANY, ANY, ANY), max_size=4))
def test_what_is_written_is_read_back(texts: list[tuple[str, str, str]]) -> None:
    rows = tuple(
        Row(f"b{n}.1", f"b{n}", Span(0, len(s)), s, t, -0.5, "e", problems=(Problem("x", m),))
        for n, (s, t, m) in enumerate(texts)
    )
    blocks = tuple(Block(row.block, BlockKind.PARAGRAPH, row.source) for row in rows)
    text = ParallelText(Article("", "", "", "", (), blocks, Path("a")), rows)
    assert read_jsonl(write_jsonl(text), Path("a")) == text
    assert read_tsv(write_tsv(text), Path("a")).rows == rows


def test_a_spreadsheet_sees_no_formula() -> None:
    row = Row("b1.1", "b1", Span(0, 8), "=1+cmd|x", "'=2", None)
    article = Article("", "", "", "", (), (Block("b1", BlockKind.PARAGRAPH, "=1+cmd|x"),), Path("a"))
    table = write_tsv(ParallelText(article, (row,)))
    assert "\t'=1+cmd|x\t''=2\t" in table
    assert read_tsv(table, Path("a")).rows == (row,)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", "{}", "must hold the article"),
        ("a.jsonl", "not json", "1: no JSON"),
        ("a.jsonl", "[1]", "must be an object"),
        ("a.jsonl", '{"tolmach": 1}', "field 'article' is missing"),
        ("a.tsv", "a\tb\n1\t2\n", "no column 'id'"),
        ("a.tsv", "id\tkind\tstart\tstop\tsource\ttarget\nb1.1\tparagraph\tx\t2\ta\tb\n", "2: invalid literal"),
        ("a.tsv", "id\tkind\tstart\tstop\tsource\ttarget\nb1.1\tnoun\t0\t1\ta\tb\n", "2: 'noun'"),
        ("a.tsv", "id\tkind\tstart\tstop\tsource\ttarget\nb1.1\tparagraph\t0\t9\ta\tb\n", "do not fit"),
        ("a.tsv", "id\tkind\tstart\tstop\tsource\ttarget\nb1.1\tquote\n", "no value for 'source'"),
        ("a.html", "<p>", "are read back"),
        ("a.docx", "x", "not a sound Word file"),
        ("a.md", "| a | b |\n|--|--|\n", "no table of ours"),
        ("a.odt", "x", "no format ends in 'odt'"),
    ],
)
def test_what_is_no_parallel_text_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ParallelError, match=message) as caught:
        read_parallel(path)
    assert caught.value.exit_code == 3


def test_formats_by_ending() -> None:
    assert [format_of("a" + ending_of(name)) for name in FORMATS] == list(FORMATS)
    assert (format_of("A.HTM"), format_of("a.md"), format_of("out/a.b.tsv")) == ("page", "md-table", "tsv")
    assert (format_of("a.ru.htm"), format_of("a.kk.md"), format_of("a.txt")) == ("html", "md", "txt")
