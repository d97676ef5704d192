"""The set of sentences about Central Asia: well formed, and its references have what they are judged by."""

from __future__ import annotations

from benchmarks.region import Item, items, right
from benchmarks.region import forms as forms_of


def test_references_have_their_demonyms() -> None:
    found = items()
    assert len(found) >= 150
    assert len({item.source for item in found}) == len(found)
    assert sum(len(item.demonyms) for item in found) >= 150
    assert [item.reference for item in found if not all(right(item, item.reference))] == []


def test_one_word_is_no_proof_of_two_demonyms() -> None:
    item = Item("Tajik and Tajik", "", (("таджикский",), ("таджикский", "Таджикистан")))
    assert right(item, "таджикская сторона") == [True, False]
    assert right(item, "таджикская сторона и власти Таджикистана") == [True, True]
    assert right(item, "таджики") == [False, False]


def test_forms_are_whole_words() -> None:
    assert "уйгуров" in forms_of("уйгур").split("|")
    assert right(Item("", "", (("кыргыз",),)), "кыргызский") == [False]
