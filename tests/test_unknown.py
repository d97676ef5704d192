"""Names that no glossary has."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.glossary import Glossary, Term
from translate.glossary.unknown import unknown_names

BOOK = Glossary.load([Path(__file__).parent / "cases" / "terms.en-ru.tsv"])


def names(*sentences: str) -> list[tuple[str, str, int]]:
    return [(one.name, one.kind, one.count) for one in unknown_names(sentences, BOOK)]


def test_a_person_and_the_surname_alone_are_one_name() -> None:
    assert names(
        "Former Prime Minister Temir Sariyev spoke in Bishkek.",
        "Sariyev’s party agreed, and Mr. Sariyev left.",
        "On Monday Temir Sariyev came back.",
    ) == [("Temir Sariyev", "person", 4)]


def test_known_terms_titles_days_and_common_words_are_none() -> None:
    assert (
        names(
            "Kazakhstan’s President Nursultan Nazarbayev arrived in Osh on Monday.",
            "The president, however, left.",
            "Meanwhile the AKIMS met.",
            "Deputies said: “Today nobody knows.” Then I went.",
        )
        == []
    )


def test_the_first_word_of_a_sentence_is_no_given_name_of_a_known_surname() -> None:
    assert names("Mr. Sariyev spoke.", "Afterwards Sariyev went home.") == [("Sariyev", "person", 2)]
    assert names("Temir Sariyev spoke.", "Sariyev left.") == [("Temir Sariyev", "person", 2)]


def test_kinds_are_guessed() -> None:
    assert names(
        "She works for the Ministry of Foreign Affairs in Talas.",
        "Then Ursula von der Leyen went to Karakol with Aibek Kanat uulu and the OSCE.",
    ) == [
        ("Ministry of Foreign Affairs", "organisation", 1),
        ("Talas", "place", 1),
        ("Karakol", "place", 1),
        ("Aibek Kanat uulu", "person", 1),
        ("OSCE", "organisation", 1),
    ]


def test_a_possessive_ends_a_name() -> None:
    assert names("He saw Emil Kaptagaev’s Sharipa and Emil Kaptagaev's dog.") == [
        ("Emil Kaptagaev", "person", 2),
        ("Sharipa", "person", 1),
    ]


def test_headlines_tell_nothing_new() -> None:
    assert names("Why Nobody Ever Wins Against Big Powers", "Nobody ever wins.") == []


def test_contexts_are_three_at_most() -> None:
    (one,) = unknown_names([f"And {n} times Temir Sariyev won." for n in range(5)], BOOK)
    assert (one.count, len(one.contexts)) == (5, 3)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nov. 5 brought snow. The Kyrgyz like tea. West of Osh the Line was cut.", set()),
        ("Publish the report, Approve it, the West would say.", set()),
        ("She works for AT&T, not for the R&D office.", {"AT&T"}),
        ("He met Park Geun-hye and Prime Minister Kim Boo-kyum.", {"Park Geun-hye", "Kim Boo-kyum"}),
        ("Then Deputy Foreign Minister Aibek Moldogaziev spoke.", {"Aibek Moldogaziev"}),
    ],
)
def test_no_false_names_and_no_pieces(text: str, names: set[str]) -> None:
    from translate.segments import split

    sentences = [text[s.start : s.stop] for s in split(text)]
    assert {one.name for one in unknown_names(sentences, Glossary((Term("Osh", "Ош", "place"),)))} == names
