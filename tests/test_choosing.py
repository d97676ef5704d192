"""Of several hypotheses the one is taken that is likely and says what the source says."""

from __future__ import annotations

from translate.engines.choosing import best_of
from translate.engines.decoding import Output

DOOR, DAM = Output("Дверь старая.", -0.30), Output("Плотина старая.", -0.35)


def test_a_word_of_the_source_that_is_missing_costs() -> None:
    assert best_of([DOOR, DAM], "The dam is old.", 1.0) == DAM


def test_without_weight_the_likeliest_is_taken() -> None:
    assert best_of([DOOR, DAM], "The dam is old.", 0.0) == DOOR


def test_coverage_does_not_save_what_is_very_unlikely() -> None:
    assert best_of([DOOR, Output("Плотина старая.", -2.5)], "The dam is old.", 1.0) == DOOR


def test_a_hypothesis_that_was_cut_off_is_not_taken() -> None:
    assert best_of([DOOR, Output("Плотина старая", -0.1, whole=False)], "The dam is old.", 1.0) == DOOR
