"""Articles and the pages around them, read from plain text, Markdown and HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.article import BlockKind, read_article, read_page
from translate.article.furniture import RULES, Rule, furniture

SEED = Path(__file__).parents[2] / "shared" / "seed"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.line)
def test_furniture_rules_match_the_line_that_forced_them(rule: Rule) -> None:
    assert furniture(rule.line) is rule.what


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed page is not part of the project")
def test_a_saved_page_gives_the_story_alone() -> None:
    (path,) = SEED.glob("*.txt")
    page = read_page(path)
    article = page.article
    assert article.title == "Kyrgyzstan Accuses Kazakhstan of Political Meddling"
    assert (article.byline, article.date, article.section) == ("Aktan Rysaliev", "2017-09-21", "Kyrgyzstan")
    assert [caption.credit for caption in article.captions] == ["Danil Usmanov/EurasiaNet.org"]
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH] * 17
    assert article.blocks[0].text.startswith("Kyrgyzstan is brimming")
    assert article.blocks[-1].text.endswith("appeal to those voters.")
    assert not any("\n" in block.text or "  " in block.text for block in article.blocks)
    texts = [line.text for line in page.chrome]
    assert {"Related", "Popular", "• Privacy Policy", "Main Menu"} <= set(texts)
    raw = path.read_text(encoding="utf-8").split("\n")
    assert all(line.text.split() == raw[line.number - 1].split() for line in page.chrome)
    assert read_article(path) == article
