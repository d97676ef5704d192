"""How likely a sentence is usable: what lowers it, where it stands, and that the page leads to the weakest."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_engine import MadeUpEngine

from translate.article import Article, Block, BlockKind
from translate.checks.confidence import WEAK, Judged, confidence, features
from translate.engines import Draft, Request
from translate.parallel import ParallelText, Row, read_parallel, render
from translate.pipeline import translate_article
from translate.problems import Kind, Problem
from translate.spans import Span

GOOD = Judged("The old dam holds much water.", "Старая плотина удерживает много воды.", -0.2, "draft")


def test_a_good_sentence_is_surer_than_one_that_says_something_else() -> None:
    other = replace(GOOD, target="Бабушка купила в магазине красный зонтик.", score=-0.9)
    assert confidence(GOOD) > 0.7
    assert confidence(other) < WEAK


@pytest.mark.parametrize(
    "worse",
    [
        {"score": -0.8},
        {"target": "Старая плотина."},
        {"problems": (Problem(Kind.REPETITION, "goes round"),)},
    ],
)
def test_what_lowers_it(worse: dict[str, object]) -> None:
    assert confidence(replace(GOOD, **worse)) < confidence(GOOD)  # type: ignore[arg-type]


def test_without_russian_there_is_none() -> None:
    assert confidence(replace(GOOD, target="")) == 0
    copied = replace(GOOD, target=GOOD.source, problems=(Problem(Kind.UNTRANSLATED, "not in Russian"),))
    assert confidence(copied) == 0


def test_an_engine_whose_scores_nobody_has_measured_is_judged_without_them() -> None:
    unknown = replace(GOOD, engine="other", score=-0.2)
    assert confidence(unknown) == confidence(replace(unknown, score=-2.0)) == confidence(replace(GOOD, score=None))


def test_features_are_finite_whatever_the_text() -> None:
    for text in ("", " ", "?!", "a", "я " * 500, "½ ① km²"):
        found = features(Judged(text, text, None))
        assert all(math.isfinite(value) for value in found.values())
        assert 0 <= confidence(Judged(text, text, None)) <= 1


def article() -> Article:
    blocks = (Block("b1", BlockKind.PARAGRAPH, "The dam holds water. It is old."),)
    return Article("", "", "", "", (), blocks, Path("a.txt"))


class Scored(MadeUpEngine):
    """The draft engine’s name over made-up words, unsure of all of them."""

    name = "draft"
    signature = "draft:made-up"

    def translate(self, requests: list[Request]) -> list[Draft]:
        return [replace(draft, score=-1.5) for draft in super().translate(requests)]


def test_rows_carry_it_and_weak_ones_are_problems() -> None:
    text = translate_article(article(), Scored())
    assert all(row.confidence is not None and 0 <= row.confidence < WEAK for row in text.rows)
    assert all(any(problem.kind == Kind.WEAK for problem in row.problems) for row in text.rows)


def test_it_survives_writing_and_reading(tmp_path: Path) -> None:
    text = translate_article(article(), MadeUpEngine())
    for name in ("a.tsv", "a.jsonl"):
        path = tmp_path / name
        path.write_text(render(text, name.partition(".")[2]), encoding="utf-8")
        assert [row.confidence for row in read_parallel(path).rows] == [row.confidence for row in text.rows]


def test_the_page_lists_the_weakest_first_and_says_to_read_every_sentence() -> None:
    rows = [
        Row(f"b1.{n}", "b1", Span(0, 3), "One", "Раз", -0.1, "draft:x", confidence=sure)
        for n, sure in enumerate((0.9, 0.45, 0.05, None), 1)
    ]
    text = ParallelText(article(), tuple(rows), is_draft=True)
    assert [row.id for row in text.weakest(0.5)] == ["b1.3", "b1.2"]
    page = render(text, "page")
    assert "read every sentence" in page
    assert page.index('href="#b1.3" title="0.05"') < page.index('href="#b1.2" title="0.45"')


def test_a_word_without_end_costs_no_more_than_a_long_one() -> None:
    endless = "x" * 50_000 + "ж" * 50_000
    assert 0 <= confidence(Judged(endless, endless, None)) <= 1
