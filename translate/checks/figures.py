"""Numbers in running text: what a figure may stand for in English and in Russian, so that two sentences compare.

A translator writes 4,000 as 4000, 4 000, 4 тыс. or «четыре тысячи», 5 p.m. as 17:00, 9/11 as «11 сентября» and
the 16th century as XVI век. So a figure is a set of readings, and two figures agree where any reading is shared.
Words only ever explain a figure of the other side: their own reading is too loose to ask for anything.
Where it stops: converted units (miles, feet, pounds of weight, Fahrenheit) are not calculated, only excused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from translate.spans import Span

Language = Literal["en", "ru"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number written in digits.

    Args:
        span: code points of the text.
        readings: values it may stand for: 1.5 million is {1500000.0}, 5 p.m. is {5.0, 17.0}.
        unit: "percent", a currency's ISO 4217 code, "imperial", "metric" or "".
        required: False for digits that a translation may drop or change: parts of codes, converted units, the 1/2 of
            “2 1/2 years”.
        clock: minutes after noon or midnight where it is a time of day: 10:30 p.m. and 22.30 are {630}.
    """

    span: Span
    readings: frozenset[float]
    unit: str = ""
    required: bool = True
    clock: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of one sentence: figures in digits, values that its words explain, months named in words."""

    figures: tuple[Figure, ...]
    words: frozenset[float]
    months: frozenset[int]

    def explains(self, figure: Figure) -> bool:
        """Return whether some figure, word or month here may stand for a figure of the other side."""
        wanted = figure.readings
        times = [f for f in self.figures if f.clock]
        if figure.clock and times:  # 10:30 and 10:45 share the ten
            return any(figure.clock & f.clock for f in times)
        return bool(wanted & self.words) or any(wanted & f.readings for f in self.figures) or bool(wanted & self.months)


# Scales, units, months -------------------------------------------------------------------------------------------

_SCALE = {
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
_UNITS = {
    "en": [
        (r"%|per\s?cent|percent\p{L}*", "percent"),
        (
            r"mi(?:les?)?\b|mph\b|f(?:ee|oo)?t\b|in(?:ch(?:es)?)?\b|yards?\b|yds?\b|lbs?\b|ounces?\b|oz\b|gallons?\b|"
            r"acres?\b|stones?\b|square[ -](?:mi|f|y)|(?:degrees?|°)\s?(?:F\b|Fahrenheit)|[\"″′']|pounds?\b",
            "imperial",
        ),
        (r"euros?\b", "EUR"),
        (r"(?:US )?dollars?\b", "USD"),
        (r"r(?:o)?ubles?\b", "RUB"),
        (r"tenge\b", "KZT"),
        (r"soms?\b", "KGS"),
        (r"somoni\b", "TJS"),
        (r"manats?\b", "TMT"),
        (r"yuan\b", "CNY"),
    ],
    "ru": [
        (r"%|процент\p{L}*", "percent"),
        (
            r"(?:к[мг]|м|см|мм|г|га|л)(?:²|³)?\b|(?:кв\.|квадратн\p{L}+|куб\p{L}*\.?)\s?\p{L}+|(?:кило|санти|милли)?метр\p{L}*|"
            r"(?:кило)?грамм\p{L}*|гектар\p{L}*|литр\p{L}*|градус\p{L}*|°|тонн\p{L}*",
            "metric",
        ),
        (r"€|евро\b", "EUR"),
        (r"\$|(?:американск\p{L}+ )?долл\p{L}*", "USD"),
        (r"£|фунт\p{L}*(?: стерлингов)?", "GBP"),
    ],
}
_MONTHS = {
    "en": ["january", "february", "march", "april", "may", "june"],
    "ru": ["январ", "феврал", "март", "апрел", "ма[йяюе]", "июн"],
}
_MONTHS["en"] += ["july", "august", "september", "october", "november", "december"]
_MONTHS["ru"] += ["июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
_MONTH = {
    "en": regex.compile(
        r"\b(?:" + "|".join(f"({m})" for m in _MONTHS["en"]) + r")\b"
        r"|\b(?:" + "|".join(f"({m[:3]})" for m in _MONTHS["en"]) + r")(?:t)?\b\.?(?=\s\d)",
        regex.I,
    ),
    "ru": regex.compile(r"\b(?:" + "|".join(f"({m})" for m in _MONTHS["ru"]) + r")\p{L}{0,3}\b", regex.I),
}
_SIGN = {"$": "USD", "€": "EUR", "£": "GBP"}

# Figures ---------------------------------------------------------------------------------------------------------

_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = {
    "en": rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+(?:[.:]\d+)*(?:,\d{{1,2}}(?!\d))?",
    "ru": rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,:]\d+)*",
}
_CODE = r"(?:(?<=[\p{L}_/])|(?<=\p{L}[-–]))"
_FIGURE = {
    language: regex.compile(
        rf"(?P<code>{_CODE})?(?P<sign>[$€£]{_SPACE}?)?(?<!\d)(?P<number>{number})(?P<glued>\p{{L}}+)?"
    )
    for language, number in _NUMBER.items()
}
_AFTER = {
    language: [(regex.compile(rf"[\s-]*(?:{p})", regex.I), v) for p, v in rows] for language, rows in _SCALE.items()
}
_UNIT = {
    language: [(regex.compile(rf"[\s-]*(?:{p})", regex.I), v) for p, v in rows] for language, rows in _UNITS.items()
}
_NEXT = regex.compile(rf"\s*(?:-|–|—|to|or|and|through|до|или|и|по|/)\s*[$€£]?(?={_SPACE}?\d)", regex.I)
_CLOCK = regex.compile(r"\s?(?P<half>[ap])\.?\s?m\b\.?", regex.I)
_OCLOCK = regex.compile(r"\s?o[’']clock|\s?час\p{L}*\s(?:утра|вечера|дня|ночи)", regex.I)


def read(text: str, language: Language) -> Reading:
    """Find every number of a sentence.

    Args:
        text: one sentence or paragraph, NFC.
        language: of the text.
    """
    figures = list(_figures(text, language))
    months = {n for m in _MONTH[language].finditer(text) for n in [_group(m)]}
    return Reading(tuple(figures), frozenset(_words(text, language)), frozenset(months))


def _group(match: regex.Match[str]) -> int:
    index = next(i for i, value in enumerate(match.groups()) if value is not None)
    return index % 12 + 1


def _figures(text: str, language: Language) -> Iterator[Figure]:
    matches = list(_FIGURE[language].finditer(text))
    passed_on = 0.0  # “5 to 10 million”: the scale of the second figure may be meant for the first
    found: list[Figure] = []
    for n, match in reversed(list(enumerate(matches))):
        end = match.end("number")
        scale, scaled_end = _first(_AFTER[language], text, end)
        unit, _unit_end = _first(_UNIT[language], text, scaled_end)
        readings = _values(match["number"], language)
        if n + 1 == len(matches) or not _NEXT.match(text, scaled_end):
            passed_on = 0.0
        if isinstance(scale, float):
            passed_on = scale
            metres = text[end:scaled_end].strip() == "m"  # “a 400 m race”, “$400m”
            readings = {v * scale for v in readings} | (readings if metres else set())
        elif passed_on:
            readings |= {v * passed_on for v in readings}
        if not unit and n + 1 < len(matches) and _NEXT.match(text, end):
            unit = found[-1].unit if found else ""
        readings |= _clock(match["number"], text, end)
        glued = bool(match["glued"]) and scaled_end == end and not _SUFFIX[language].match(text, end)
        sign = _SIGN.get((match["sign"] or " ")[0], "")
        found.append(
            Figure(
                Span(match.start("number"), end),
                frozenset(round(v, 6) for v in readings),
                sign or str(unit or ""),
                required=match["code"] is None and not glued and not _is_fraction(text, match),
                clock=_time(match["number"], text, end, language),
            )
        )
    yield from reversed(found)


def _is_fraction(text: str, match: regex.Match[str]) -> bool:
    """Tell whether digits are half of a fraction after a whole number: 2 1/2."""
    at = match.start("number")
    return bool(_FRACTION.match(text, at - 1) or _FRACTION.match(text, at - 3))


_FRACTION = regex.compile(r"(?<=\d)[ -]\d/\d(?!\d)")


def _first(
    rows: Sequence[tuple[regex.Pattern[str], float | str]], text: str, at: int
) -> tuple[float | str | None, int]:
    """Return the value of the first row that matches at a place, and where its match ends."""
    for pattern, value in rows:
        match = pattern.match(text, at)
        if match:
            return value, match.end()
    return None, at


def _values(number: str, language: Language) -> set[float]:
    """Return what digits may mean: 1,500 is 1500 in English, and in Russian 1.5 or, copied, 1500."""
    plain = regex.sub(_SPACE, "", number)
    values: set[float] = set()
    if regex.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        values.add(float(plain.replace(",", "")))
    if regex.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain) and language == "ru":
        values.add(float(plain.replace(".", "")))
    if regex.fullmatch(r"\d+(?:[.,]\d+)?", plain) and not (language == "en" and regex.search(r",\d{3}$", plain)):
        values.add(float(plain.replace(",", ".")))
    parts = regex.split("[.,:]", plain)
    clock = len(parts) == 2 and len(parts[1]) == 2 and int(parts[0]) < 25 and int(parts[1]) < 60
    if ":" in plain or len(parts) > 2 or clock:  # 7:30, 19.09.2017, 10.45
        values |= {float(p) for p in parts if p}
    if len(plain) == 4 and plain.endswith("0") and plain[:2] in ("18", "19", "20"):  # the 1990s are «90-е» as well
        values.add(float(plain[2:]))
    return values


def _clock(number: str, text: str, end: int) -> set[float]:
    hour = int(regex.split(r"[.:,\s]", number)[0])
    if hour > 12:
        return {float(hour - 12)} if hour < 25 and (":" in number or "." in number) else set()
    half = _CLOCK.match(text, end)
    if half or _OCLOCK.match(text, end) or ":" in number:
        return {float(hour), float(hour + 12), float(hour % 12)}
    return set()


def _time(number: str, text: str, end: int, language: Language) -> frozenset[int]:
    """Return the time of day that a number is, in minutes modulo twelve hours; nothing for what may be no time."""
    if language == "en" and regex.match(r" ?(?:GMT|UTC|hours)\b", text[end:]):  # 0000 GMT
        number = regex.sub(r"^(\d\d)(\d\d)$", r"\1:\2", number)
    parts = regex.fullmatch(r"(\d{1,2})(?:([.:])(\d\d))?", number)
    if parts is None or int(parts[1]) > 24 or int(parts[3] or 0) > 59:
        return frozenset()
    half = language == "en" and _CLOCK.match(text, end) is not None
    if half or parts[2] == ":" or (parts[2] == "." and language == "ru"):
        return frozenset({int(parts[1]) % 12 * 60 + int(parts[3] or 0)})
    return frozenset()


# Words -----------------------------------------------------------------------------------------------------------

_EN_WORDS = {
    "zero": 0, "no": 0, "one": 1, "single": 1, "once": 1, "first": 1, "a": 1, "an": 1, "two": 2, "second": 2,
    "twice": 2, "couple": 2, "pair": 2, "both": 2, "double": 2, "doubled": 2, "twin": 2, "three": 3, "third": 3,
    "triple": 3, "four": 4, "fourth": 4, "five": 5, "fifth": 5, "six": 6, "sixth": 6, "seven": 7, "seventh": 7,
    "eight": 8, "eighth": 8, "nine": 9, "ninth": 9, "ten": 10, "tenth": 10, "decade": 10, "eleven": 11,
    "eleventh": 11, "twelve": 12, "twelfth": 12, "dozen": 12, "noon": 12, "midday": 12, "thirteen": 13,
    "fourteen": 14, "fortnight": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen":
    19, "twenty": 20, "twentieth": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "hundredth": 100, "century": 100, "thousand": 1e3, "million": 1e6,
    "billion": 1e9, "trillion": 1e12, "half": 0.5, "midnight": 0, "quarter": 0.25, "twenties": 20, "thirties": 30,
    "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90, "teens": 13,
}  # fmt: skip
_EN_EXTRA = {
    "half": (50.0, 2.0, 30.0),
    "quarter": (25.0, 4.0, 15.0, 3.0),
    "midnight": (24.0, 12.0),
    "fortnight": (2.0,),
}
_RU_STEMS = [
    (r"нул|ноль", 0), (r"сутк|суток", 24), (r"час\b", 1), (r"одн(?!ак|ов)|один(?!ак)|перв|единств|однажд|едино", 1),
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
_SCALES = {language: [(regex.compile(p, regex.I), v) for p, v in rows] for language, rows in _SCALE.items()}
_SUFFIX = {
    "en": regex.compile(r"(?:st|nd|rd|th|s|am|pm|a\.m|p\.m|km|m|kg|cm|mm|ft|g|C|F|x)\b", regex.I),
    "ru": regex.compile(r"(?:км|м|кг|г|ч|мм|см)\b", regex.I),
}


def _words(text: str, language: Language) -> Iterator[float]:
    """Yield every value that the words of a sentence may stand for, alone and in a row («двадцать пять»: 20, 5, 25)."""
    row: list[float] = []
    for match in regex.finditer(r"\p{L}+|\d[\d.,]*|[^\s\p{L}\d-]", text):
        value = _word(match[0], language)
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


def _word(word: str, language: Language) -> float | None:
    if word[0].isdigit():
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
