"""Number words: what «полтора миллиона», “two dozen”, XVI and ½ may stand for.

Their own reading is loose («пять» in «опять» aside, сто is the number and the hundred of a row), so words only ever
explain a figure of the other side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

import regex

Language = Literal["en", "ru"]

SCALE = {
    "en": [
        (r"thousands?\b|k\b", 1e3),
        (r"millions?\b|mn?\b|mln\b", 1e6),
        (r"billions?\b|bn?\b", 1e9),
        (r"trillions?\b|tr?l?n\b", 1e12),
        (r"hundreds?\b", 1e2),
        (r"dozens?\b", 12.0),
    ],
    "ru": [
        (r"тыс(?:\.|яч\p{L}*|\b)", 1e3),
        (r"млн\b|миллион\p{L}*", 1e6),
        (r"млрд\b|миллиард\p{L}*", 1e9),
        (r"трлн\b|триллион\p{L}*", 1e12),
        (r"сот(?:ен|ни|ня|ню|ням|нями|нях)\b", 1e2),
        (r"дюжин\p{L}*", 12.0),
    ],
}
_EN_WORDS = {
    "zero": 0, "no": 0, "one": 1, "single": 1, "once": 1, "first": 1, "a": 1, "an": 1, "two": 2, "second": 2,
    "twice": 2, "couple": 2, "pair": 2, "both": 2, "double": 2, "doubled": 2, "twin": 2, "three": 3, "third": 3,
    "triple": 3, "four": 4, "fourth": 4, "five": 5, "fifth": 5, "six": 6, "sixth": 6, "seven": 7, "seventh": 7,
    "eight": 8, "eighth": 8, "nine": 9, "ninth": 9, "ten": 10, "tenth": 10, "decade": 10, "eleven": 11,
    "eleventh": 11, "twelve": 12, "twelfth": 12, "dozen": 12, "noon": 12, "midday": 12, "thirteen": 13,
    "fourteen": 14, "fortnight": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen":
    19, "twenty": 20, "twentieth": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "hundredth": 100, "century": 100, "thousand": 1e3, "million": 1e6,
    "billion": 1e9, "trillion": 1e12, "half": 0.5, "clock": 24, "midnight": 0, "quarter": 0.25, "twenties": 20,
    "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
    "teens": 13,
}  # fmt: skip
_EN_EXTRA = {
    "half": (50.0, 2.0, 30.0),
    "quarter": (25.0, 4.0, 15.0, 3.0),
    "midnight": (24.0, 12.0),
    "fortnight": (2.0,),
}
_RU_STEMS = [
    (r"нул|ноль", 0), (r"сутк|суток|круглосут", 24), (r"час\b", 1),
    (r"одн(?!ак|ов)|один(?!ак)|перв|единств|однажд|едино", 1),
    (r"два|две(?!р)|двух|двум|дво[ей]|двое|втор|дважд|вдво|двой|двуx|оба|обе|обо[ий]|обеи|пар[аыуе]", 2),
    (r"три(?!б|лл|ум|к|г|д)|тр[её]х|тр[её]м|трет|тро[еи]|трой|трижд|втро", 3), (r"четыр[её]?(?!н)|четв[её]р", 4),
    (r"пят(?!н)", 5), (r"шест(?!в|н)", 6), (r"сем[иь](?!н|ей|я\b)|седьм|семер", 7), (r"восем|восьм", 8),
    (r"девят(?!н|ьс)", 9), (r"десят", 10), (r"одиннадц", 11), (r"двенадц|дюжин", 12), (r"тринадц", 13),
    (r"четырнадц", 14), (r"пятнадц", 15), (r"шестнадц", 16), (r"семнадц", 17), (r"восемнадц", 18), (r"девятнадц", 19),
    (r"двадцат", 20), (r"тридцат", 30), (r"сорок", 40), (r"пятьдесят|пятидесят", 50), (r"шестьдесят|шестидесят", 60),
    (r"семьдесят|семидесят", 70), (r"восемьдесят|восьмидесят", 80), (r"девяност", 90),
    (r"сто\b|ста\b|сотн|сот\b|столет", 100),
    (r"двести|двухсот", 200), (r"триста|тр[её]хсот", 300), (r"четыреста", 400), (r"пятьсот|пятисот", 500),
    (r"шестьсот|шестисот", 600), (r"семьсот|семисот", 700), (r"восемьсот|восьмисот", 800), (r"девятьсот", 900),
    (r"тысяч|тыс\b", 1e3), (r"миллион|млн", 1e6), (r"миллиард|млрд", 1e9), (r"триллион|трлн", 1e12),
    (r"полтор|полутор", 1.5), (r"половин|пол(?=\p{L}{4})|полу", 0.5), (r"четверт", 0.25), (r"полдень|полдн", 12),
    (r"полноч", 0),
]  # fmt: skip
_RU_EXTRA = {0.5: (50.0, 30.0), 0.25: (25.0, 4.0, 15.0), 1.5: (150.0,)}
_RU_STEM = [(regex.compile(rf"(?:{stem})\p{{L}}*", regex.I), float(value)) for stem, value in _RU_STEMS]
_ROMAN = regex.compile(r"\b(?=[IVXХ])X{0,3}(?:IX|IV|V?I{0,3})\b|\b[ХX]{1,2}[IX]{0,3}V?I{0,3}\b")
_PART = regex.compile(r"\b(half|quarter)(?: of)?(?: an?)? (hundred|thousand|million|billion|trillion|dozen)\b", regex.I)
_LONG = regex.compile(r"\b(\p{L}{2,}?)(тысяч|миллион|миллиард)\p{L}*", regex.I)
_SCALES = {language: [(regex.compile(p, regex.I), v) for p, v in rows] for language, rows in SCALE.items()}


def words_of(text: str, language: Language) -> Iterator[float]:
    """Yield every value that the words of a sentence may stand for, alone and in a row («двадцать пять»: 20, 5, 25)."""
    row: list[float] = []
    for match in regex.finditer(r"\p{L}+|\d[\d.,]*|[^\s\p{L}\d-]", text):
        value = value_of(match[0], language)
        if value is None:
            if match[0].lower() not in ("and", "и", "с"):
                yield from _composed(row)
                row = []
            continue
        if language == "ru" and value == 0.5 and row and match[0].startswith("половин"):  # «два с половиной миллиона»
            row[-1] += value
            yield row[-1]
            continue
        yield value
        yield from (_EN_EXTRA.get(match[0].lower(), ()) if language == "en" else _RU_EXTRA.get(value, ()))
        row.append(value)
        if language == "ru" and 20 <= value < 100:  # «двадцатидевятилетний»
            yield from (value + v for v in _tail(match[0]))
    yield from _composed(row)
    for match in _PART.finditer(text) if language == "en" else ():  # “half a million”
        yield from (_EN_WORDS[match[1].lower()] * scale for p, scale in _SCALES["en"] if p.match(match[2]))
    for match in _LONG.finditer(text) if language == "ru" else ():  # «пятимиллионный», «полмиллиона»
        yield from (
            v * s for stem, v in _RU_STEM if stem.match(match[1]) for p, s in _SCALES["ru"] if p.match(match[2])
        )
    for match in _ROMAN.finditer(text):
        yield from _roman(match[0].replace("Х", "X"))


def value_of(word: str, language: Language) -> float | None:
    """Return what one number word or figure stands for: двух 2.0, twenty 20.0, ½ 0.5; None for any other word.

    Digits of any script are figures; a circled ①, a Roman Ⅳ, a ½ has a value of its own, the ² of km² has none.
    """
    if len(word) == 1 and unicodedata.category(word) in ("No", "Nl"):
        raised = unicodedata.decomposition(word).startswith(("<super>", "<sub>"))
        return None if raised else unicodedata.numeric(word, None)
    if word[0].isdecimal():
        digits = word.rstrip(".,")
        digits = regex.sub(r",(?=\d{3})", "", digits) if language == "en" else digits.replace(",", ".")
        digits = digits.replace(",", ".")
        return float(digits) if digits.count(".") < 2 else None
    if language == "ru":
        return max((v for stem, v in _RU_STEM if stem.match(word)), default=None)
    low = word.lower()
    for ending in ("", "s", "th", "fold"):
        if low.endswith(ending) and low[: len(low) - len(ending)] in _EN_WORDS:
            return float(_EN_WORDS[low[: len(low) - len(ending)]])
    return float(_EN_WORDS[low[:-4] + "y"]) if low.endswith("ieth") and low[:-4] + "y" in _EN_WORDS else None


def _tail(word: str) -> Iterator[float]:
    tail = regex.match(r"\p{L}+?(?:дцати|сорока|десяти|девяноста)(\p{L}+)", word, regex.I)
    if tail:
        yield from (v for stem, v in _RU_STEM if v < 10 and stem.match(tail[1]))


def _composed(row: list[float]) -> Iterator[float]:
    """Yield the value of number words in a row, read like “two hundred and five thousand”, and its partial sums."""
    if len(row) < 2:
        return
    total = part = 0.0
    for value in row:
        if value >= 1e3:
            total, part = total + (part or 1) * value, 0.0
        elif value == 100 and part and part < 100:
            part *= 100
        else:
            part += value
        yield total + part


def _roman(letters: str) -> Iterator[float]:
    worth = {"I": 1, "V": 5, "X": 10}
    total = 0
    for n, letter in enumerate(letters):
        value = worth[letter]
        total += -value if n + 1 < len(letters) and worth[letters[n + 1]] > value else value
    if total:
        yield float(total)
