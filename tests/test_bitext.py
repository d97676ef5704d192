"""Pairing the sentences of a text with those of a translation made elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.bitext import align, read_pairs
from translate.errors import ParallelError

ENGLISH = [
    "The president flew to Astana on Monday for two days of talks with his counterpart.",
    "He took 40 officials with him.",
    "They discussed water, energy and the border.",
    "Nothing was signed.",
    "Talks will go on in Bishkek in the autumn, the press service said in a statement.",
]
RUSSIAN = [
    "В понедельник президент вылетел в Астану на двухдневные переговоры со своим коллегой.",
    "С ним полетели 40 чиновников.",
    "Они обсудили воду, энергетику и границу.",
    "Ничего не было подписано.",
    "Переговоры продолжатся осенью в Бишкеке, говорится в сообщении пресс-службы.",
]


def pairs(source: list[str], target: list[str]) -> list[tuple[str, str]]:
    return [(" ".join(source[b.source]), " ".join(target[b.target])) for b in align(source, target)]


def test_one_to_one() -> None:
    assert pairs(ENGLISH, RUSSIAN) == list(zip(ENGLISH, RUSSIAN, strict=True))


def test_a_dropped_sentence_stands_alone() -> None:
    assert pairs(ENGLISH, [*RUSSIAN[:2], *RUSSIAN[3:]])[2] == (ENGLISH[2], "")


def test_two_sentences_made_one() -> None:
    joined = [RUSSIAN[0], f"{RUSSIAN[1][:-1]}, и {RUSSIAN[2]}", *RUSSIAN[3:]]
    assert pairs(ENGLISH, joined)[1] == (" ".join(ENGLISH[1:3]), joined[1])


def test_nothing_on_one_side() -> None:
    assert pairs(ENGLISH[:1], []) == [(ENGLISH[0], "")]
    assert pairs([], []) == []


SENTENCES = st.lists(st.sampled_from([*ENGLISH, "Да.", "19."]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, SENTENCES)
def test_every_sentence_is_in_one_bead(source: list[str], target: list[str]) -> None:
    beads = align(source, target)
    assert [s for b in beads for s in source[b.source]] == source
    assert [t for b in beads for t in target[b.target]] == target


def test_a_line_of_three_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("Yes.\tДа.\nNo.\tНет.\tNein.\n", encoding="utf-8")
    with pytest.raises(ParallelError) as fault:
        read_pairs(table)
    assert (fault.value.line, fault.value.path) == (2, table)
