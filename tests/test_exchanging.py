"""A person's translation of a sentence like this one: shown, its numbers and names exchanged, never put in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_up_engine import MadeUpEngine

from translate.article import read_article
from translate.glossary import Glossary, Term
from translate.memory import Alike, Memory, MemoryEntry, RememberingEngine
from translate.parallel import read_parallel, render
from translate.pinning import suggest
from translate.pipeline import translate_article

BOOK = Glossary((
    Term("Bishkek", "Бишкек", "place"), Term("Osh", "Ош", "place"), Term("Moscow", "Москва", "place"),
    Term("Almaty", "Алма-Ата", "place"), Term("Rahmon", "Рахмон", "person"), Term("Tokayev", "Токаев", "person"),
    Term("Samarkand", "Самарканд", "place"), Term("Vladivostok", "Владивосток", "place"),
))  # fmt: skip


def offered(old: str, target: str, new: str) -> str:
    def find(text: str) -> tuple[object, ...]:
        return BOOK.reader([text]).find(text).matches

    made = suggest(new, find(new), Alike(MemoryEntry(old, target), 0.9), find)  # type: ignore[arg-type]
    return made.offered


@pytest.mark.parametrize(
    ("old", "target", "new", "expected"),
    [
        ("The talks in Bishkek failed.", "Переговоры в Бишкеке провалились.", "The talks in Moscow failed.",
         "Переговоры в Москве провалились."),
        ("He flew from Osh to Bishkek.", "Он вылетел из Оша в Бишкек.", "He flew from Moscow to Almaty.",
         "Он вылетел из Москвы в Алма-Ату."),
        ("Trade with Bishkek grew by 12%.", "Торговля с Бишкеком выросла на 12 %.", "Trade with Moscow grew by 31%.",
         "Торговля с Москвой выросла на 31 %."),
        ("Rahmon arrived in Osh in 1998.", "Рахмон прибыл в Ош в 1998 году.", "Tokayev arrived in Moscow in 2021.",
         "Токаев прибыл в Москву в 2021 году."),
        ("It cost 1,500 dollars.", "Это стоило 1500 долларов.", "It cost 27,800 dollars.",
         "Это стоило 27\u00a0800 долларов."),
        ("It rose by 2.5%.", "Рост составил 2,5 %.", "It rose by 13%.", "Рост составил 13 %."),
        ("They met in Osh.", "Они встретились в Оше.", "They met in Vladivostok.", "Они встретились во Владивостоке."),
        # one house, five houses: the noun would have to change
        ("He has 5 houses in Osh.", "У него 5 домов в Оше.", "He has 2 houses in Osh.", ""),
        ("He has 5 houses in Osh.", "У него 5 домов в Оше.", "He has 27 houses in Osh.", "У него 27 домов в Оше."),
        # the number stands in words, or twice; another word differs; the name is said in other words
        ("He has 5 houses.", "У него пять домов.", "He has 7 houses.", ""),
        ("It took 5 days and 5 nights.", "5 дней и 5 ночей.", "It took 6 days and 5 nights.", ""),
        ("The talks in Osh failed.", "Переговоры в Оше сорваны.", "The talks in Osh began.", ""),
        ("The talks in Osh failed.", "Переговоры на юге сорваны.", "The talks in Moscow failed.", ""),
    ],
)  # fmt: skip
def test_what_alone_differs_is_exchanged(old: str, target: str, new: str, expected: str) -> None:
    assert offered(old, target, new) == expected


def test_a_suggestion_stands_beside_the_engines_sentence(tmp_path: Path, made_up_engine: MadeUpEngine) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The long talks in Moscow failed on Monday.\n\nNothing is like this one.\n", encoding="utf-8")
    with Memory(tmp_path / "memory.sqlite3") as memory:
        source = "The long talks in Bishkek failed on Monday."
        memory.add(
            [
                MemoryEntry(
                    source, "Долгие переговоры в Бишкеке сорвались в понедельник.", "learn", "Ann", article="a.tsv"
                )
            ]
        )
        text = translate_article(read_article(story), RememberingEngine(made_up_engine, memory), glossary=BOOK)
    first, second = text.rows[-2:]
    [one] = first.suggestions
    assert second.suggestions == ()
    assert first.target != one.offered
    assert one.offered == "Долгие переговоры в Москве сорвались в понедельник."
    assert (one.author, [span.of(one.source) for span in one.differs]) == ("Ann", ["Bishkek"])
    page = str(render(text, "page"))
    assert "Долгие переговоры в Москве сорвались" in page
    assert "<mark>Bishkek</mark>" in page
    assert "%: The long talks in [Bishkek] failed on Monday. → Долгие переговоры в Москве" in str(render(text, "tsv"))
    (tmp_path / "a.jsonl").write_text(str(render(text, "jsonl")), encoding="utf-8")
    assert read_parallel(tmp_path / "a.jsonl").rows == text.rows
    older = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in older:
        line.pop("suggestions", None)
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in older), encoding="utf-8")
    assert read_parallel(tmp_path / "b.jsonl").rows[-1] == second
