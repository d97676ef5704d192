"""Numbers: what a figure of one language may stand for in the other."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from translate.checks import Pair, inspect
from translate.checks.figures import NumbersRead, read
from translate.segments import split
from translate.typography import typeset


def unexplained(english: str, russian: str) -> tuple[list[str], list[str]]:
    source, target = read(english, "en"), read(russian, "ru")

    def open_(one: NumbersRead, other: NumbersRead, text: str) -> list[str]:
        return [f.span.of(text) for f in one.figures if f.required and not other.explains(f)]

    return open_(source, target, english), open_(target, source, russian)


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("4,000 people", "4000 человек"),
        ("4,000 people", "4 000 человек"),
        ("4,000 people", "4 тыс. человек"),
        ("4,000 people", "четыре тысячи человек"),
        ("$1.5 million", "1,5 млн долларов"),
        ("$1.5 million", "полтора миллиона долларов"),
        ("2.5 million tenge", "два с половиной миллиона тенге"),
        ("$400m", "400 миллионов долларов"),
        ("a 400 m race", "забег на 400 м"),
        ("5 to 10 million", "от 5 млн до 10 млн"),
        ("September 19, 2017", "19.09.2017"),
        ("9/11", "11 сентября"),
        ("at 5 p.m.", "в 17:00"),
        ("at 7:30 pm", "в 19.30"),
        ("the 1990s", "90-е годы"),
        ("the 16th century", "XVI век"),
        ("a 5-year-old", "пятилетний"),
        ("Northam, 33, said", "тридцатитрёхлетний Нортэм сказал"),
        ("twenty-five and 30", "25 и 30"),
        ("a dozen of them", "их 12"),
        ("24 hours", "сутки"),
        ("call 0800 555 111", "звоните 0800 555 111"),
        ("half a million people", "500 тысяч человек"),
        ("half a million people", "полмиллиона человек"),
        ("a 5-million nation", "пятимиллионный народ"),
        ("for 2 1/2 years", "два с половиной года"),
        ("at 10:30 p.m.", "в 22.30"),
        ("at 12:15 a.m.", "в 00:15"),
        ("COVID-19 and MI5", "коронавирус и британская разведка"),
    ],
)
def test_same(english: str, russian: str) -> None:
    assert unexplained(english, russian) == ([], [])


@pytest.mark.parametrize(
    ("english", "russian", "lost", "new"),
    [
        ("19 people", "18 человек", ["19"], ["18"]),
        ("$1.5 million", "1,5 млрд долларов", ["1.5"], ["1,5"]),
        ("1,500 men", "1,5 человека", ["1,500"], ["1,5"]),
        ("in 2015", "в 2005 году", ["2015"], ["2005"]),
        ("at 10:30 p.m.", "в 10:45 вечера", ["10:30"], ["10:45"]),
        ("17 talks", "переговоры", ["17"], []),
        ("talks", "переговоры 27 июля", [], ["27"]),
    ],
)
def test_different(english: str, russian: str, lost: list[str], new: list[str]) -> None:
    assert unexplained(english, russian) == (lost, new)


def test_units() -> None:
    (mile,) = read("20 miles", "en").figures
    assert mile.unit == "imperial"
    (rise,) = read("рост на 5%", "ru").figures
    assert rise.unit == "percent"


@pytest.mark.parametrize("category", ["No", "Nl", "Nd"])
def test_any_numeral_of_unicode_is_read_and_checked(category: str) -> None:
    """`str.isdigit` is true of ² and ①, which `int` and `float` refuse: “5 km²” ended in a traceback."""
    numerals = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == category]
    assert len(numerals) > 200
    patterns = ("{0}", "5 km{0} of H{0}O", "{0} 5{0} {0}%, {0}a.m. {0}{0} people")
    texts = [pattern.format(sign) for sign in numerals for pattern in patterns]
    for text in texts:
        read(text, "en")
    for at in range(0, len(texts), 20):  # what reads a whole sentence gets twenty of them at once
        text = "; ".join(texts[at : at + 20])
        assert inspect(Pair("s", text, text.replace("of", "из").replace("people", "людей"))) is not None
        split(text, "en"), split(text, "ru"), typeset(text)
