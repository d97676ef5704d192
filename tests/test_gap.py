from __future__ import annotations

import numpy as np
import pytest

from translate.inflection import CASES, Original, ask_case, paradigm
from translate.inflection.gap import UNKNOWN_NAME, Gap, Suffixes, gap_model, shape
from translate.inflection.reading import tokenize
from translate.inflection.source import source_keys
from translate.inflection.tagging import tagger
from translate.spans import Span

SENTENCE = "Вчера премьер встретился с Бабановым и вылетел в Москву."


def test_a_gap_is_read_without_the_word_in_it() -> None:
    tokens = [span.of(SENTENCE) for span in tokenize(SENTENCE)]
    at = tokens.index("Бабановым")
    gap = Gap(at, at, "masc", plural=False, animate=True, capital=True)
    found = []
    for word in ("Бабановым", "Бабанов", UNKNOWN_NAME):
        (tagged,) = tagger().tag([[*tokens[:at], word, *tokens[at + 1 :]]])
        found.append(gap_model().cases(tagged.sides, gap))
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])
    assert CASES[int(found[0].argmax())] == "ablt"
    assert np.exp(found[0]).sum() == pytest.approx(1)


def test_sentences_read_together_are_read_as_alone() -> None:
    texts = [SENTENCE, "В Бишкеке выпал снег.", "Да.", "Он приехал из Оша, чтобы увидеть президента Кыргызстана."]
    tokens = [[span.of(text) for span in tokenize(text)] for text in texts]
    together = tagger().tag(tokens)
    for one, words in zip(together, tokens, strict=True):
        (alone,) = tagger().tag([words])
        assert np.allclose(one.sides.left, alone.sides.left, atol=1e-5)
        assert np.allclose(one.sides.right, alone.sides.right, atol=1e-5)


def test_the_first_token_has_nothing_before_it_and_the_last_nothing_after() -> None:
    (tagged,) = tagger().tag([["Снег", "выпал"]])
    assert not tagged.sides.left[0].any()
    assert tagged.sides.left[1].any()
    assert not tagged.sides.right[1].any()
    assert tagged.sides.right[0].any()


@pytest.mark.parametrize(
    ("token", "known"),
    [("2017", 1), ("1,5", 1), (UNKNOWN_NAME, 2), ("Nazarbayev", 3), ("МИД", 4), ("Ош", 5), ("и", 6), (",", 7)],
)
def test_shapes(token: str, known: int) -> None:
    assert shape(token) == known


def test_suffixes_of_what_is_no_word() -> None:
    suffixes = Suffixes({"ова": 2}, {"ва": 2})
    assert suffixes.of("Бабанова") == (2, 2)
    assert suffixes.of("Ош") == (1, 1)
    assert suffixes.of("2017") == (0, 0)


SYRIA = paradigm("Сирия", "place")


def asked(sentence: str, english: str = "") -> str:
    before, rest = sentence.split("[")
    word, after = rest.split("]")
    at = english.find("Syria")
    original = Original(english, Span(at, at + 5)) if english else None
    shares = ask_case(before + word + after, Span(len(before), len(before) + len(word)), SYRIA, original=original)
    assert sum(shares.values()) == pytest.approx(1)
    return max(shares, key=lambda case: shares[case])


def test_the_case_is_asked_for_whatever_stands_there() -> None:
    for word in ("Сирия", "Syria", "Сирии", "Сыри"):
        assert asked(f"Они встретились с президентом [{word}] в четверг.") == "gent"
        assert asked(f"[{word}] обвинила соседей во вмешательстве.") == "nomn"


def test_the_source_tells_where_the_russian_does_not() -> None:
    sentence = "Решение о поставках в [Syria] принято."
    assert asked(sentence, "The decision on deliveries to Syria has been taken.") == "accs"
    assert asked(sentence, "The decision on the deliveries in Syria has been taken.") == "loct"


def test_names_in_a_list_stand_in_one_case() -> None:
    assert asked("Договор подписан с Германией (2 сентября), Италией (3 сентября) и [Syria] (5 сентября).") == "ablt"


def test_nothing_is_known_of_a_place_outside_the_sentence() -> None:
    assert ask_case("Снег.", Span(90, 95), SYRIA)["nomn"] == 1


def test_source_keys_reach_over_titles_and_the_rest_of_the_name() -> None:
    text = "He met with the former President Nursultan Nazarbayev's brother."
    at = text.index("Nursultan")
    keys = source_keys(Original(text, Span(at, at + 9)), "с")
    assert {"e^=with", "e<=president", "eposs", "p=с e^=with"} <= set(keys)
    assert source_keys(Original("", Span(0, 0)), "") == ()
