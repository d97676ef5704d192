"""Pieces that an engine must not touch survive it, and every offset can be followed there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.protecting import Protected, protect
from translate.spans import Span


def protected(marked: str) -> Protected:
    """Protect what stands in ⟦…⟧."""
    spans, text = [], ""
    for n, part in enumerate(marked.replace("⟧", "⟦").split("⟦")):
        if n % 2:
            spans.append(Span(len(text), len(text) + len(part)))
        text += part
    return protect(text, spans)


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("Write to ⟦a_b@c.kg⟧ or see ⟦https://x.kg⟧.", "Write to X1 or see X2."),
        ("The BMW X1 was seen at ⟦http://x.kg⟧.", "The BMW X1 was seen at X2."),
        ("Set ⟦%d⟧px and ⟦%s⟧⟦%s⟧.", "Set X1 px and X2."),
        ("Nothing here.", "Nothing here."),
    ],
)
def test_stand_ins(marked: str, text: str) -> None:
    assert protected(marked).text == text


@pytest.mark.parametrize(
    ("marked", "translated", "restored"),
    [
        ("Write to ⟦a_b@c.kg⟧.", "Пишите на X1.", "Пишите на a_b@c.kg."),
        ("Write to ⟦a_b@c.kg⟧.", "Пишите на х 1.", "Пишите на a_b@c.kg."),
        ("From ⟦A⟧ to ⟦B⟧.", "В X2 из X1.", "В B из A."),
        ("Set ⟦%d⟧px.", "Задайте X1 px.", "Задайте %dpx."),
        ("Set ⟦%d⟧px.", "Задайте X1px.", "Задайте %dpx."),
        ("⟦x⟧ has 12.", "У X1 есть X12.", "У x есть X12."),
    ],
)
def test_restores(marked: str, translated: str, restored: str) -> None:
    found = protected(marked).restore(translated)
    assert found.text == restored
    assert not found.problems


def test_a_lost_piece_is_put_at_the_end_and_reported() -> None:
    found = protected("See ⟦https://x.kg⟧ now.").restore("Смотрите сейчас.")
    assert found.text == "Смотрите сейчас. https://x.kg"
    assert [p.kind for p in found.problems] == ["kept"]
    assert found.problems[0].source == Span(4, 16)
    assert found.spans[0].of(found.text) == "https://x.kg"


def test_a_repeated_piece_is_restored_everywhere_and_reported() -> None:
    found = protected("Ask ⟦@anna⟧.").restore("Спросите X1, спросите X1.")
    assert found.text == "Спросите @anna, спросите @anna."
    assert "2 times" in found.problems[0].message


@pytest.mark.parametrize(
    ("marked", "bare"), [("⟦https://x.kg⟧", True), ("⟦a@b.c⟧, 24!", True), ("⟦a@b.c⟧ and", False), ("", True)]
)
def test_bare(marked: str, bare: bool) -> None:
    assert protected(marked).is_bare is bare


@given(st.text("aX1 й.Х", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4))
def test_an_engine_that_copies_gets_the_source_back(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [Span(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in ends]
    made = protect(text, spans)
    restored = made.restore(made.text)
    assert restored.text == text
    assert not restored.problems
    for piece, span in zip(made.pieces, restored.spans, strict=True):
        assert piece.span == span
        assert piece.stand_in in made.edited.move(span).of(made.text)
        assert made.edited.back(made.edited.move(span)) == span


@given(st.text("ab ", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_spans_outside_the_pieces_keep_their_text(tail: str, start: int, stop: int) -> None:
    text = "One @handle, two " + tail
    made = protect(text, [Span(4, 11)])
    span = Span(min(start, stop, len(tail)) + 17, min(max(start, stop), len(tail)) + 17)
    moved = made.edited.move(span)
    assert moved.of(made.text) == span.of(text)
    assert made.edited.back(moved) == span
    assert made.restore(made.text).edited.move(moved) == span
