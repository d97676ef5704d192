"""Headlines in capitals: what the engine reads, what comes back, and a segment that is a term."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.article import Article, Block, BlockKind
from translate.engines import Draft, Request
from translate.glossary import Glossary, Term
from translate.pinning import Pin, Pinned, Sentence, alone, calmed, raised
from translate.pipeline import translate_article
from translate.spans import Span

BOOK = Glossary(
    (
        Term("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", "person", "masc"),
        Term("Vladimir Putin", "Владимир Путин", "person", "masc"),
        Term("Osh", "Ош", "place", "masc"),
        Term("Kazakhstan", "Казахстан", "place", "masc"),
        Term("akim", "аким", "term", "masc"),
        Term("CSTO", "ОДКБ", "organisation", "femn"),
    )
)


def sentence(text: str) -> Sentence:
    return Sentence(text, BOOK.find(text).matches)


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        ("TOKAYEV MEETS PUTIN", "Tokayev meets Putin"),
        ("OSH MARKET BURNS AGAIN", "Osh market burns again"),
        ("CSTO TROOPS LEAVE KAZAKHSTAN", "CSTO troops leave Kazakhstan"),
        ("SMITH SAYS WATER IS SAFE", "Smith says water is safe"),
        ("Tokayev Signs Law On Foreign Agents", "Tokayev signs law on foreign agents"),
        ("TASHKENT (Reuters) - The bank raised its rate.", "TASHKENT (Reuters) - The bank raised its rate."),
        ("Tokayev met Putin on Monday.", "Tokayev met Putin on Monday."),
    ],
)
def test_what_the_engine_reads(headline: str, read: str) -> None:
    assert calmed(sentence(headline)).text == read


@given(st.text(alphabet="ABCdefЖßİ ’.-1", max_size=40))
def test_no_letter_moves(text: str) -> None:
    assert len(calmed(Sentence(text)).text) == len(text)


def test_what_is_kept_keeps_its_letters() -> None:
    text = "READ MORE AT WWW.SITE.KG TODAY"
    calm = calmed(Sentence(text, kept=(Span(13, 24),)))
    assert calm.text == "Read more at WWW.SITE.KG today"


def test_the_russian_comes_back_in_capitals_with_its_pins() -> None:
    loud = sentence("TOKAYEV MEETS PUTIN")
    pin = Pin(loud.matches[0].span, Span(0, 6), "Токаев", "Токаев", "nomn", "sing", "already", 1.0)
    made = raised(loud, Pinned("Токаев встретился с Путиным", (pin,)))
    assert (made.text, made.pins[0].form) == ("ТОКАЕВ ВСТРЕТИЛСЯ С ПУТИНЫМ", "ТОКАЕВ")
    plain = Pinned("Токаев", ())
    assert raised(sentence("Tokayev came."), plain) is plain


@pytest.mark.parametrize(
    ("text", "russian"),
    [
        ("KAZAKHSTAN", "КАЗАХСТАН"),
        ("Kazakhstan:", "Казахстан:"),
        ("Akims", "Акимы"),
        ("CSTO", "ОДКБ"),
        ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"),
        ("Kazakhstan’s", None),
        ("Kazakhstan votes", None),
    ],
)
def test_a_segment_that_is_one_term(text: str, russian: str | None) -> None:
    made = alone(sentence(text))
    assert (made and made.text) == russian


class Recording:
    """An engine that notes what it was asked."""

    def __init__(self, answer: str) -> None:
        from made_up_engine import MadeUpEngine

        one = MadeUpEngine()
        self.name, self.signature, self.traits = one.name, one.signature, replace(one.traits, passes=("free",))
        self.answer, self.asked = answer, list[str]()

    def translate(self, requests: list[Request]) -> list[Draft]:
        self.asked += [request.text for request in requests]
        return [Draft(self.answer, None, None, "made-up") for _request in requests]


def test_an_article_with_a_headline_in_capitals() -> None:
    engine = Recording("Токаев встречает Путина")
    blocks = (Block("b1", BlockKind.HEADING, "KAZAKHSTAN"), Block("b2", BlockKind.HEADING, "TOKAYEV MEETS PUTIN"))
    rows = translate_article(Article("", "", "", "", (), blocks, Path("a.txt")), engine, glossary=BOOK).rows
    assert engine.asked == ["Tokayev meets Putin"]
    assert [row.target for row in rows] == ["КАЗАХСТАН", "ТОКАЕВ ВСТРЕЧАЕТ ПУТИНА"]
    assert [pin.form for pin in rows[1].pins] == ["ТОКАЕВ", "ПУТИНА"]
    assert all(pin.form == pin.target.of(row.target) for row in rows for pin in row.pins)
