"""Every mover of places is one class: what is not edited keeps its text, there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from translate.spans import Edit, Edited, Span


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    old = draw(st.text("абв ", max_size=30))
    ends = sorted(draw(st.lists(st.integers(0, len(old)), max_size=8)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return Edited(old, tuple(Edit(a, b, draw(st.text("xyz", max_size=4))) for a, b in pairs))


@given(edited())
def test_the_inverse_gives_the_old_text_back(one: Edited) -> None:
    assert one.inverse.text == one.old
    assert one.inverse.inverse.text == one.text


@given(edited(), st.integers(0, 30), st.integers(0, 30))
def test_a_place_that_no_edit_touches_keeps_its_text(one: Edited, a: int, b: int) -> None:
    span = Span(min(a, b, len(one.old)), min(max(a, b), len(one.old)))
    moved = one.move(span)
    assert 0 <= moved.start <= moved.stop <= len(one.text)
    if span.start < span.stop and all(e.stop < span.start or e.start > span.stop for e in one.edits):
        assert moved.of(one.text) == span.of(one.old)
        assert one.back(moved) == span


@given(edited())
def test_what_was_replaced_goes_to_its_replacement(one: Edited) -> None:
    for edit in one.edits:
        apart = all(other is edit or other.stop < edit.start or other.start > edit.stop for other in one.edits)
        if edit.start < edit.stop and apart:
            assert one.move(Span(edit.start, edit.stop)).of(one.text) == edit.new


def test_what_is_inserted_at_an_edge_stays_outside() -> None:
    one = Edited("ab", (Edit(0, 0, "<"), Edit(1, 1, "-"), Edit(2, 2, ">")))
    assert one.text == "<a-b>"
    assert one.move(Span(0, 2)).of(one.text) == "a-b"
    assert one.move(Span(0, 1)).of(one.text) == "a"
    assert one.move(Span(1, 2)).of(one.text) == "b"
