"""The bilingual lexicon: words both ways, counts, and how much of a sentence its translation accounts for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import lexicon
from translate.lexicon.store import PATH, Form, Links, Table, read, write

TRANSLATIONS = [
    ("dam", "плотина"),
    ("dams", "плотина"),
    ("DAM’s", "плотина"),
    ("villages", "деревня"),
    ("lawmakers", "законодатель"),
    ("said", "сказать"),
    ("children", "ребенок"),
    ("meeting", "встреча"),
    ("pastures", "пастбище"),
    ("Uzbekistan", "узбекистан"),
    ("Kyrgyz", "кыргызский"),
    ("drought", "засуха"),
]


@pytest.mark.parametrize(("word", "lemma"), TRANSLATIONS)
def test_first_translation(word: str, lemma: str) -> None:
    found = lexicon.translations(word)
    assert found[0].lemma == lemma
    assert [c.probability for c in found] == sorted((c.probability for c in found), reverse=True)


def test_part_of_speech_is_the_russian_words() -> None:
    assert lexicon.translations("cotton")[0].pos == "NOUN"
    assert lexicon.translations("nuclear")[0].pos == "ADJ"
    assert lexicon.translations("say")[0].pos == "VERB"


def test_any_form_of_a_russian_word_leads_back() -> None:
    assert lexicon.reverse("плотинах")[0].lemma == "dam"
    assert lexicon.reverse("ПЛОТИНА") == lexicon.reverse("плотиной")
    assert lexicon.reverse("шёлк") == lexicon.reverse("шелк")


def test_both_ways_agree() -> None:
    there = next(c for c in lexicon.translations("dam") if c.lemma == "плотина")
    back = next(c for c in lexicon.reverse("плотина") if c.lemma == "dam")
    assert (there.probability, there.backward) == (back.backward, back.probability)


def test_counts_tell_rare_words_from_frequent_ones() -> None:
    assert lexicon.count("pasture") < 50
    assert lexicon.count("meeting") > 1000
    assert lexicon.count("Villages") == lexicon.count("villages") < lexicon.family("villages")
    assert lexicon.count("qwertyuiop") == lexicon.family("qwertyuiop") == 0


def test_what_is_not_known() -> None:
    assert lexicon.translations("qwertyuiop") == lexicon.reverse("ъыьъ") == lexicon.translations("") == ()
    assert not lexicon.is_known("qwertyuiop")


def test_a_right_translation_is_covered() -> None:
    seen = lexicon.coverage("The old dam feeds two villages.", "Старая плотина снабжает водой две деревни.")
    assert not {"old", "dam", "villages"} & {word.text for word in seen.source.missing}
    assert seen.share > 0.6


def test_a_word_left_out_is_named_with_its_place() -> None:
    source = "The dam and the reservoir were built by Soviet engineers."
    seen = lexicon.coverage(source, "Плотину построили советские инженеры.")
    assert [source[word.start : word.stop] for word in seen.source.missing] == ["reservoir"]


def test_a_word_added_is_named() -> None:
    target = "Плотину и мечеть построили советские инженеры."
    seen = lexicon.coverage("The dam was built by Soviet engineers.", target)
    assert [target[word.start : word.stop] for word in seen.target.missing] == ["мечеть"]


def test_a_wrong_sentence_is_hardly_covered() -> None:
    right = lexicon.coverage("Farmers sold their wheat at the market.", "Фермеры продали пшеницу на рынке.")
    wrong = lexicon.coverage("Farmers sold their wheat at the market.", "Суд отложил заседание до вторника.")
    assert wrong.share < 0.2
    assert right.share > 0.8


def test_a_name_is_not_missed_for_its_meaning() -> None:
    seen = lexicon.coverage("The goal was scored by Eden Hazard.", "Гол забил Эден Азар.")
    assert "Hazard" not in {word.text for word in seen.source.missing}


def test_nothing_to_cover() -> None:
    assert lexicon.coverage("", "").share == lexicon.coverage("It was so.", "").share == 1.0


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_a_coverage(source: str, target: str) -> None:
    seen = lexicon.coverage(source, target)
    assert 0 <= seen.share <= 1.000001
    for side, text in ((seen.source, source), (seen.target, target)):
        assert all(text[word.start : word.stop] == word.text for word in (*side.missing, *side.unknown))


def test_the_file_is_small() -> None:
    assert PATH.stat().st_size < 6_000_000


def test_what_is_written_is_read(tmp_path: Path) -> None:
    links = Links(
        ["dam", "unused", "river"], ["река NOUN", "плотина NOUN", "дамба NOUN"],
        np.array([2, 0, 0]), np.array([0, 2, 1]), np.array([0.9, 0.25, 0.5]), np.array([0.8, 0.5, 1.0]),
    )  # fmt: skip
    forms = {"dams": Form("dam", 3), "rivers": Form("river", 0), "unused": Form("unused", 7), "once": Form("once", 1)}
    write(Table.build(links, forms), tmp_path / "lexicon.npz")
    table = read(tmp_path / "lexicon.npz")
    book = lexicon.Lexicon(table)
    assert [c.lemma for c in book.translations("dam")] == ["плотина", "дамба"]
    assert book.translations("dam")[0].probability == pytest.approx(0.5, abs=0.01)
    assert book.translations("rivers")[0].lemma == "река"
    assert (book.count("dams"), book.count("unused"), book.count("once")) == (3, 7, 0)
    assert book.family("dam") == 3
