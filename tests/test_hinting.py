"""Hints: written into the sentence for a model that reads both scripts, chosen by the terms of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines import Draft, Hint, Link, Output, Request, Settings, translate_with
from translate.engines.hinting import write_in
from translate.glossary import Glossary, Policy, Term
from translate.pinning.hinted import Told, hints, respelt, small
from translate.spans import Span


def told(text: str, *pairs: tuple[str, str]) -> Request:
    spans = [(Span(text.index(english), text.index(english) + len(english)), russian) for english, russian in pairs]
    return Request(text, tuple(Hint(span, russian) for span, russian in spans))


def test_the_russian_takes_the_place_of_the_english() -> None:
    request = told("Officials in Batken closed the road to Osh.", ("Osh", "Ош"), ("Batken", "Баткен"))
    made = write_in(request)
    assert made.request == Request("Officials in Баткен closed the road to Ош.")
    assert [edit.new for edit in made.edited.edits] == ["Баткен", "Ош"]


def test_another_form_than_the_lemma() -> None:
    hint = Hint(Span(4, 9), "айыл", "айылы")
    assert write_in(Request("The ayils wait.", (hint,))).request.text == "The айылы wait."


def test_kept_spans_stay_kept_and_move() -> None:
    text = "In Osh see X1 of Osh."
    hint = Hint(Span(3, 6), "город Ош")
    made = write_in(Request(text, (hint, Hint(Span(11, 13), "икс")), kept=(Span(11, 13),)))
    assert made.request.text == "In город Ош see X1 of Osh."
    assert [span.of(made.request.text) for span in made.request.kept] == ["X1"]


def test_without_hints_nothing_changes() -> None:
    request = Request("In Osh.", kept=(Span(3, 6),))
    assert write_in(request).request == request


@given(st.lists(st.tuples(st.text("abc ", max_size=5), st.text("абв", min_size=1, max_size=8)), max_size=5))
def test_offsets_rebuild_the_sentence(pieces: list[tuple[str, str]]) -> None:
    text, found = "", []
    for before, russian in pieces:
        text += before
        found.append(Hint(Span(len(text), len(text) + 2), russian))
        text += "xy "
    made = write_in(Request(text, tuple(found)))
    moved = [made.edited.move(hint.span) for hint in found]
    assert [span.of(made.request.text) for span in moved] == [hint.lemma for hint in found]
    assert [made.edited.back(span) for span in moved] == [hint.span for hint in found]


class Echo:
    """A decoder that hands back what it reads, in capitals, every word aligned with its own."""

    limit, target = 100, "ru"

    def __init__(self) -> None:
        self.read: list[str] = []

    def count(self, text: str) -> int:
        return len(text.split())

    def decode(self, texts: list[str], settings: Settings) -> list[Output]:
        self.read += texts
        return [Output(text.upper(), -0.1, (Link(Span(0, len(text)), Span(0, len(text))),)) for text in texts]


def test_guards_and_links_know_the_real_sentence() -> None:
    decoder = Echo()
    request = told("Osh waits.", ("Osh", "город Ош"))
    (draft,) = translate_with(decoder, [request], "echo 1")
    assert decoder.read[0] == "город Ош waits."
    assert isinstance(draft, Draft)
    assert draft.alignment == (Link(Span(0, len(request.text)), Span(0, len("ГОРОД ОШ WAITS."))),)


BOOK = Glossary(
    [
        Term("Osh", "Ош", "place"),
        Term("Babanov", "Бабанов", "person", gender="masc"),
        Term("ayil", "айыл"),
        Term("AFP", "AFP", "organisation", policy=Policy.KEEP),
        Term("dam", "плотина", policy=Policy.HINT),
        Term("Tajik", "таджикский", "demonym", policy=Policy.HINT),
        Term("Kyrgyz", "кыргызский", "demonym", policy=Policy.HINT),
        Term("Uzbek", "узбекский", "demonym", policy=Policy.HINT),
        Term("prisoner", "заключённый", policy=Policy.HINT),
        Term("Osh dam", "Ошская плотина", "place"),
    ]
)


def written(sentence: str, rare: int = 0) -> list[str]:
    found = BOOK.find(sentence)
    return [hint.written for hint in hints(Told(sentence, found.matches, found.wishes), rare)]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Babanov left Osh.", ["Бабанов", "Ош"]),
        ("Osh’s mayor left.", ["Ош"]),
        ("The ayils of Osh wait.", ["айылы", "Ош"]),
        ("AFP wrote.", []),  # stays in Latin letters
        ("The dams wait.", ["плотины"]),
        ("The prisoner waits.", ["заключённый"]),
        ("The Osh dam waits.", ["Ошская плотина"]),  # a term goes before a wish
        ("The dam-like thing waits.", []),
        ("The dam’s wall waits.", []),
        ("Every Tajik village waits.", ["таджикская"]),
        ("The Tajik villages wait.", ["таджикские"]),
        ("The Tajik dam waits.", ["таджикская", "плотина"]),
        ("The Tajik dams wait.", ["таджикские", "плотины"]),
        ("A Tajik company waits.", ["таджикская"]),  # the lexicon tells the gender
        ("Tajik villages wait.", ["Таджикские"]),
        ("Dams wait.", ["Плотины"]),
        ("“Dams wait,” he said.", ["Плотины"]),
        ("They speak Tajik.", []),
        ("A Tajik was there.", []),
        ("It is closer to Tajik than to Persian.", []),
        ("The Tajiks wait.", []),
        ("Kyrgyz and Tajik farmers met.", ["Кыргызский", "таджикские"]),
        ("Kyrgyz and other farmers met.", []),
    ],
)
def test_which_words_are_told(sentence: str, wanted: list[str]) -> None:
    assert written(sentence) == wanted


def test_rare_words_are_told_where_the_lexicon_is_sure() -> None:
    text = "He struggled with a flat, hostages, tsunami-waves, a tsunami and much water at the dam."
    assert written(text, rare=500) == ["заложники", "цунами", "плотина"]
    assert written("The tsunami groups waited.", rare=500) == []  # «цунами групп» is none
    assert written(text) == ["плотина"]


def test_words_that_must_stay_are_not_told() -> None:
    text = "Write turbines to us."
    span = Span(6, 14)
    assert hints(Told(text, kept=(span,)), 10**9) == hints(Told(text.replace("turbines", "12345678")), 10**9)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ранены двое Таджикских солдат.", "Ранены двое таджикских солдат."),
        ("Таджикских солдат ранили.", "Таджикских солдат ранили."),
        ("Он был в Таджикской ССР.", "Он был в Таджикской ССР."),
        ("Он видел Таджиков.", "Он видел Таджиков."),
    ],
)
def test_adjectives_of_peoples_are_small(text: str, wanted: str) -> None:
    assert small(text, BOOK.find("Two Tajik soldiers were wounded.").wishes, []) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Узбецкое посольство и таджикский посол.", "Узбекское посольство и таджикский посол."),
        ("Там таджиские и узбекиские сёла.", "Там таджикские и узбекские сёла."),
        ("Там тюркские и узбекские сёла.", "Там тюркские и узбекские сёла."),  # a word of its own
        ("Там американские сёла.", "Там американские сёла."),
    ],
)
def test_a_spoilt_adjective_is_mended(text: str, wanted: str) -> None:
    assert respelt(text, BOOK.find("The Uzbek embassy and Tajik villages.").wishes) == wanted
