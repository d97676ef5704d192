"""Strings with markup taken apart into sentences, and put together again around their translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.catalog.asking import Wanted, ask
from translate.catalog.layout import Leaf, lay_out
from translate.engines import Draft, Request, Traits
from translate.glossary import Glossary
from translate.spans import Span


def parts(text: str) -> list[str | tuple[str, ...]]:
    """Return what stands between sentences as text, a sentence as a tuple of its text and its elements' words."""
    return [
        p if isinstance(p, str) else (p.text, *(e.span.of(p.text) for e in p.elements))
        for p in lay_out(text)
        if p != ""
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("© 2024 Newsroom. <a>Privacy Policy</a>", [("© 2024 Newsroom.",), " ", "<a>", ("Privacy Policy",), "</a>"]),
        ("See our <a href='/p'>Privacy Policy</a>.", [("See our Privacy Policy.", "Privacy Policy")]),
        ("<p>One thing. <b>Another</b> thing.</p>",
         ["<p>", ("One thing.",), " ", ("Another thing.", "Another"), "</p>"]),
        ("First line<br>Second line", [("First line",), "<br>", ("Second line",)]),
        ("<i class='x'></i> Save &amp; close", ["<i class='x'></i>", " ", ("Save & close",)]),
        ("<a>Log in <b>now</b></a>", ["<a>", ("Log in now", "now"), "</a>"]),
        ("Hello, {name}!", [("Hello, {name}!",)]),
        ("<b>It rained. It stopped.</b>", ["<b>", ("It rained.",), " ", ("It stopped.",), "</b>"]),
    ],
)  # fmt: skip
def test_a_string_is_taken_apart(text: str, expected: list[str | tuple[str, ...]]) -> None:
    assert parts(text) == expected


def test_placeholders_are_kept_and_an_entity_is_a_letter() -> None:
    (leaf,) = (p for p in lay_out("&copy; %(year)s AT&amp;T &lt;x&gt;") if isinstance(p, Leaf))
    assert leaf.text == "© %(year)s AT&T &lt;x&gt;"
    assert [span.of(leaf.text) for span in leaf.kept] == ["%(year)s", "&lt;", "&gt;"]
    assert leaf.rebuilt("© %(year)s AT&T", ()) == "&copy; %(year)s AT&T"


def test_nested_elements_are_rebuilt_in_their_order() -> None:
    (leaf,) = (p for p in lay_out("Go <a>to <b>the end</b></a> now") if isinstance(p, Leaf))
    assert leaf.rebuilt("Идите в конец же", [Span(6, 13), Span(8, 13)]) == "Идите <a>в <b>конец</b></a> же"


PIECES = st.sampled_from(
    ["<a>", "</a>", "<b>", "</b>", "<br>", "<i></i>", "One thing. ", "Read more ", "&amp;", "&nbsp;", "{n}", "%s", "<"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_nothing_is_lost_between_the_parts(text: str) -> None:
    assert "".join(p if isinstance(p, str) else p.raw for p in lay_out(text)) == text


class Words:
    """An engine that knows whole sentences."""

    name = signature = "words"
    traits = Traits()

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known

    def translate(self, requests: list[Request]) -> list[Draft]:
        return [Draft(self.known.get(r.text, ""), None, None, self.signature) for r in requests]


def test_two_links_are_filled_with_all_their_words() -> None:
    engine = Words({"Read our rules and our history.": "Прочитайте наши правила и нашу историю."})
    known = {"rules": "правила", "history": "история"}.get
    text = 'Read our <a href="/r">rules</a> and our <a href="/h">history</a>.'
    (made,) = ask([Wanted(text)], engine, Glossary(()), known)
    assert made.text == 'Прочитайте наши <a href="/r">правила</a> и нашу <a href="/h">историю</a>.'


def test_a_link_whose_words_are_not_found_leaves_the_string_empty() -> None:
    engine = Words({"Read our rules.": "Ознакомьтесь с ними."})
    (made,) = ask([Wanted("Read our <a>rules</a>.")], engine, Glossary(()), lambda _text: None)
    assert made.text == ""
    assert made.problems


def test_a_credit_with_a_name_needs_no_engine() -> None:
    known = {"Privacy Policy": "Политика конфиденциальности"}.get
    texts = ["© 2024 Newsroom. <a>Privacy Policy</a>", "&copy; 2011–2024 The Steppe Courier | <a>Privacy Policy</a>"]
    made = ask([Wanted(text) for text in texts], None, Glossary(()), known)
    assert made[0].text == "© 2024 Newsroom. <a>Политика конфиденциальности</a>"
    assert made[1].text == ""  # the mark between them makes one sentence of both
