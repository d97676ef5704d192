"""One sentence's, check's or stage's failure is a problem of that one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_engine import MadeUpEngine

import translate.pipeline
from translate import checks
from translate.article import Article, read_article
from translate.checks import Pair, inspect_all
from translate.engines import Draft, Request
from translate.errors import EngineError
from translate.glossary import Glossary
from translate.glossary.reading import Reader
from translate.parallel import render
from translate.pipeline import translate_article
from translate.problems import Problem
from translate.problems.limits import LONGEST, cut, is_overlong
from translate.problems.mishaps import one_by_one
from translate.spans import Span

STORY = "# Talks\n\nThe [talks](https://x.kg) failed. **Osh** was cold. Nobody came.\n"


def article(tmp_path: Path, text: str = STORY) -> Article:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    return read_article(tmp_path / "a.md")


@pytest.mark.parametrize("stage", ["typeset", "pin", "carry", "find", "unlisted"])
def test_a_stage_that_fails_on_one_sentence_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    owner = Reader if stage == "find" else translate.pipeline
    real = getattr(owner, stage)

    def failing(*args: object, **options: object) -> object:
        if "Osh" in str(args) or "Ош" in str(args) or stage == "unlisted":
            raise IndexError("list index out of range")
        return real(*args, **options)

    monkeypatch.setattr(owner, stage, failing)
    glossary = tmp_path / "g.tsv"
    glossary.write_text("source\ttarget\tkind\nOsh\tОш\tplace\n", encoding="utf-8")
    text = translate_article(article(tmp_path), MadeUpEngine(), glossary=Glossary.load([glossary]))
    assert [row.source for row in text.rows][-2:] == ["Osh was cold.", "Nobody came."]
    assert all(row.target for row in text.rows)
    at_fault = [p.segment for p in text.all_problems() if p.kind == "internal"]
    # the checks of the whole text read the glossary as well
    assert [one for one in at_fault if one] == ([] if stage == "unlisted" else ["b1.2"])
    assert render(text, "html")


class Faulty(MadeUpEngine):
    """An engine that cannot bear a word."""

    def translate(self, requests: list[Request]) -> list[Draft]:
        if any("Osh" in request.text for request in requests):
            raise ZeroDivisionError
        return super().translate(requests)


def test_an_engine_that_fails_on_one_sentence_leaves_it_untranslated(tmp_path: Path) -> None:
    text = translate_article(article(tmp_path), Faulty())
    rows = {row.source: row for row in text.rows}
    assert rows["Osh was cold."].target == "Osh was cold."
    assert "untranslated" in {p.kind for p in rows["Osh was cold."].problems}
    assert rows["Nobody came."].target != "Nobody came."


def test_what_is_no_matter_of_one_item_is_raised() -> None:
    def work(_items: Sequence[int]) -> list[int]:
        raise EngineError("no model")

    with pytest.raises(EngineError):
        one_by_one(work, [1, 2], lambda one, _problem: one)


def test_a_check_that_fails_is_a_problem_and_the_others_are_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.checks import inspecting

    def fail(_pair: Pair) -> list[Problem]:
        raise RecursionError("deep")

    first, *rest = inspecting.CHECKS
    monkeypatch.setattr(inspecting, "CHECKS", (replace(first, find=fail), *rest))
    found = inspect_all([Pair("b1.1", "It cost 5 dollars in May.", "Это стоило 6 долларов в мае.")])
    assert {(p.kind, p.segment) for p in found} >= {("internal", "b1.1"), ("number", "b1.1")}
    assert checks.NAMES


def test_an_overlong_sentence_is_cut_at_blanks_and_nothing_is_lost(tmp_path: Path) -> None:
    words = "water of the lake and " * 700
    text = translate_article(article(tmp_path, f"# Talks\n\n{words}\n\nNobody came.\n"), MadeUpEngine())
    rows = [row for row in text.rows if row.block == "b1"]
    assert len(rows) == 6
    assert not any(is_overlong(row.source) for row in rows)
    assert " ".join(row.source for row in rows) == words.strip()


def test_a_word_that_never_ends_stays_whole_and_says_so(tmp_path: Path) -> None:
    word = "Kg" * 4000
    text = translate_article(article(tmp_path, f"# Talks\n\nSee {word} here.\n"), MadeUpEngine())
    rows = [row for row in text.rows if row.block == "b1"]
    assert " ".join(row.source for row in rows) == f"See {word} here."
    assert "length" in {p.kind for row in rows for p in row.problems}


def test_pieces_of_a_cut_are_in_bounds() -> None:
    text = ("a" * 10 + " ") * 1000 + "b" * (LONGEST + 5) + " c"
    pieces = cut(text, Span(0, len(text)))
    assert "".join(text.split()) == "".join(p.of(text).replace(" ", "") for p in pieces)
    assert [p.stop - p.start > LONGEST for p in pieces].count(True) == 1
    assert cut("abc", Span(0, 3)) == [Span(0, 3)]
