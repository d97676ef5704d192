"""The whole line with a made-up engine: every sentence arrives, offsets hold, nothing kept or linked is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up_engine import MadeUpEngine

from translate.article import Article, Block, BlockKind, Mark, read_article
from translate.article.markdown import read_markdown
from translate.engines import Draft, Request
from translate.engines.protecting import ProtectingEngine
from translate.glossary import Glossary, Term
from translate.parallel import render
from translate.pipeline import translate_article
from translate.spans import Span

PAGES = sorted((Path(__file__).parent / "articles").glob("*/page.*"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_every_sentence_has_its_row(path: Path, made_up_engine: MadeUpEngine) -> None:
    article = read_article(path)
    text = translate_article(article, ProtectingEngine(made_up_engine))
    blocks = {block.id: block.text for block in article.translatable()}
    assert {row.block for row in text.rows} == set(blocks)
    for id_, block in blocks.items():
        rows = [row for row in text.rows if row.block == id_]
        assert all(row.span.of(block) == row.source for row in rows)
        assert "".join("".join(row.source.split()) for row in rows) == "".join(block.split())
        assert [row.id for row in rows] == [f"{id_}.{n}" for n in range(1, len(rows) + 1)]
    assert all(row.target and 0 <= s.start <= s.stop <= len(row.target) for row in text.rows for s in row.kept)
    translated = text.translated()
    assert [b.id for b in translated.blocks] == [b.id for b in article.blocks]
    assert [b for b in translated.blocks if b.kind is BlockKind.CODE] == [
        b for b in article.blocks if b.kind is BlockKind.CODE
    ]


def markdown(text: str) -> Article:
    return read_markdown(text, Path("a.md")).article


def test_addresses_code_and_handles_come_through(made_up_engine: MadeUpEngine) -> None:
    source = "Run `get_level()` or see https://x.kg/en_a?b=1, ask @ann_lee. Write to a_b@x.kg!"
    text = translate_article(markdown(source), ProtectingEngine(made_up_engine))
    assert "get_level()" not in " ".join(made_up_engine.asked)
    assert "X1" in made_up_engine.asked[0]
    kept = [span.of(row.target) for row in text.rows for span in row.kept]
    assert kept == ["get_level()", "https://x.kg/en_a?b=1", "@ann_lee", "a_b@x.kg"]
    assert "`get_level()`" in render(text, "txt")


def test_nothing_but_an_address_is_no_work(made_up_engine: MadeUpEngine) -> None:
    text = translate_article(markdown("https://x.kg/en"), ProtectingEngine(made_up_engine))
    assert [row.target for row in text.rows] == ["https://x.kg/en"]
    assert made_up_engine.asked == []


def test_links_and_emphasis_follow_the_alignment(made_up_engine: MadeUpEngine) -> None:
    source = "The [largest **dam** here](https://x.kg) would *never* be finished. All of it failed."
    text = translate_article(markdown(source), ProtectingEngine(made_up_engine))
    marks = [(m.kind, m.span.of(row.target)) for row in text.rows for m in row.marks]
    assert marks == [("link", "ларгест дам хере"), ("strong", "дам"), ("emphasis", "невер")]
    assert "[ларгест **дам** хере](https://x.kg)" in render(text, "txt")


class Forgetful(MadeUpEngine):
    """Gives no alignment, and turns the words of a sentence around, so that no mark is easily found."""

    def _one(self, request: Request) -> Draft:
        draft = super()._one(request)
        words = draft.text.rstrip(".").split()
        return Draft(" ".join(reversed(words)) + ".", None, None, self.signature)


def test_without_alignment_the_words_of_a_link_are_translated_alone_and_looked_for() -> None:
    engine = ProtectingEngine(Forgetful())
    text = translate_article(markdown("Nobody saw [reservoirs](https://x.kg) yesterday."), engine)
    (row,) = text.rows
    assert [(m.kind, m.span.of(row.target)) for m in row.marks] == [("link", "ресервоирс")]
    assert not [p for p in row.problems if p.kind == "markup"]


def test_a_link_that_is_not_found_is_kept_and_reported() -> None:
    class Deaf(MadeUpEngine):
        def _one(self, request: Request) -> Draft:
            text = "Совсем другое предложение." if request.text.endswith(".") else "кит"
            return Draft(text, None, None, self.signature)

    marks = (Mark(Span(0, 6), "emphasis"), Mark(Span(11, 18), "link", "https://x.kg"))
    block = Block("b1", BlockKind.PARAGRAPH, "Nobody saw the dam.", marks=marks)
    article = Article("", "", "", "", (), (block,), Path("a.md"))
    text = translate_article(article, ProtectingEngine(Deaf()))
    assert [p.message.split("”")[0] for p in text.rows[0].problems if p.kind == "markup"] == [
        "“Nobody", "the link on “the dam"
    ]  # fmt: skip
    assert render(text, "txt") == "Совсем другое предложение. [↗](https://x.kg)\n"
    assert '<a href="https://x.kg" rel="noopener noreferrer"> ↗</a>' in render(text, "page")


def test_a_link_goes_to_the_term_that_is_a_good_part_of_it() -> None:
    class Short(MadeUpEngine):
        def _one(self, request: Request) -> Draft:
            text = "По данным Минэнерго в Ташкенте." if request.text.endswith(".") else "министерство энергии и воды"
            return Draft(text, None, None, self.signature)

    glossary = Glossary([Term("Ministry of Energy", "Минэнерго", kind="organisation", gender="neut")])
    article = markdown("According to the [Ministry of Energy and Water](https://x.kg) in Tashkent.")
    (row,) = translate_article(article, ProtectingEngine(Short()), glossary=glossary).rows
    assert [m.span.of(row.target) for m in row.marks] == ["Минэнерго"]
    assert not [p for p in row.problems if p.kind == "markup"]


def test_terms_are_pinned_and_followed_into_house_style(made_up_engine: MadeUpEngine) -> None:
    class Knows(MadeUpEngine):
        def _one(self, request: Request) -> Draft:
            return Draft('Жители сказали "нет" в Бишкек.', None, None, self.signature)

    glossary = Glossary([Term("Bishkek", "Бишкек", kind="place", gender="masc", number="sing", animate=False)])
    article = markdown("People in Bishkek said “no.”")
    (row,) = translate_article(article, ProtectingEngine(Knows()), glossary=glossary).rows
    (pin,) = row.pins
    assert pin.source.of(row.source) == "Bishkek"
    assert pin.target.of(row.target) == pin.form
    assert "«нет»" in row.target


def test_the_sample_is_read_whole() -> None:
    (path,) = (Path(__file__).parents[1] / "samples").glob("*.md")
    article = read_article(path)
    assert article.captions[0].credit
    assert article.front_matter
    assert {block.kind for block in article.blocks} == {
        BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE
    }  # fmt: skip


def test_an_address_is_no_untranslated_word(made_up_engine: MadeUpEngine) -> None:
    text = translate_article(
        markdown("Data are published at cawater-info.net every week."), ProtectingEngine(made_up_engine)
    )
    assert text.rows[0].kept
    assert not [p for p in text.rows[0].problems if "cawater" in p.message]
