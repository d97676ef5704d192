"""Numbers in running text: what a figure may stand for in English and in Russian, so that two sentences compare.

A translator writes 4,000 as 4000, 4 000, 4 тыс. or «четыре тысячи», 5 p.m. as 17:00, 9/11 as «11 сентября» and
the 16th century as XVI век. So a figure is a set of readings, and two figures agree where any reading is shared.
Words only ever explain a figure of the other side: their own reading is too loose to ask for anything.
Where it stops: converted units (miles, feet, pounds of weight, Fahrenheit) are not calculated, only excused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.checks.numerals import SCALE, Language, value_of, words_of
from translate.spans import Span


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
class NumbersRead:
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
    language: [(regex.compile(rf"[\s-]*(?:{p})", regex.I), v) for p, v in rows] for language, rows in SCALE.items()
}
_UNIT = {
    language: [(regex.compile(rf"[\s-]*(?:{p})", regex.I), v) for p, v in rows] for language, rows in _UNITS.items()
}
_NEXT = regex.compile(rf"\s*(?:-|–|—|to|or|and|through|до|или|и|по|/)\s*[$€£]?(?={_SPACE}?\d)", regex.I)
_CLOCK = regex.compile(r"\s?(?P<half>[ap])\.?\s?m\b\.?", regex.I)
_OCLOCK = regex.compile(r"\s?o[’']clock|\s?час\p{L}*\s(?:утра|вечера|дня|ночи)", regex.I)


def read(text: str, language: Language) -> NumbersRead:
    """Find every number of a sentence.

    Args:
        text: one sentence or paragraph, NFC.
        language: of the text.
    """
    figures = list(_figures(text, language))
    months = {n for m in _MONTH[language].finditer(text) for n in [_group(m)]}
    return NumbersRead(tuple(figures), frozenset(words_of(text, language)), frozenset(months))


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
            # “a 400 m race”, “table 1.4b”, “model 5k”; «$400m» is money alone
            letter = len(text[end:scaled_end].strip()) == 1 and not match["sign"]
            readings = {v * scale for v in readings} | (readings if letter else set())
        elif passed_on:
            readings |= {v * passed_on for v in readings}
        if not unit and n + 1 < len(matches) and _NEXT.match(text, end):
            unit = found[-1].unit if found else ""
        readings |= {v + part for v in readings for part in _fraction(text, end)}
        readings |= _clock(match["number"], text, end) | _year(match["number"], text, match.start("number"))
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
    """Tell whether digits are half of a fraction after a whole number, or of a saying: 2 1/2, 24/7, 50/50."""
    at = match.start("number")
    if _FRACTION.match(text, at - 1) or _FRACTION.match(text, at - 3):
        return True
    return any(saying.start() <= at < saying.end() for saying in _SAYING.finditer(text, max(0, at - 5), at + 5))


_SUFFIX = {
    "en": regex.compile(r"(?:st|nd|rd|th|s|am|pm|a\.m|p\.m|km|m|kg|cm|mm|ft|g|C|F|x)\b", regex.I),
    "ru": regex.compile(r"(?:км|м|кг|г|ч|мм|см)\b", regex.I),
}
_FRACTION = regex.compile(r"(?<=\d)[ -]\d/\d(?!\d)")
_VULGAR = regex.compile(r"(?:[ -]([1-9])/([1-9])(?!\d)|[ -]?(\p{No}))")


def _fraction(text: str, end: int) -> tuple[float, ...]:
    """Return the fraction after a whole number, nothing where there is none: 2 1/2, 2½."""
    match = _VULGAR.match(text, end)
    if match is None:
        return ()
    value = value_of(match[3], "en") if match[3] else float(match[1]) / float(match[2])
    return (value,) if value and value < 1 else ()


_SAYING = regex.compile(r"(?<![\d/.,])(?:24/7(?:/365)?|50[/-]50)(?![\d/]|[.,]\d)")
_SHORT_YEAR = regex.compile(r"(?:(?P<century>1[5-9]|20)\d\d[/–-]|[’'‘])$")


def _year(number: str, text: str, start: int) -> set[float]:
    """Return the years that two digits stand for: 2020/21 ends in 2021, the ’90s are the 1990s."""
    before = _SHORT_YEAR.search(text[max(0, start - 5) : start])
    if len(number) != 2 or not number.isdecimal() or before is None:
        return set()
    centuries = [int(before["century"])] if before["century"] else [19, 20]
    return {float(century * 100 + int(number)) for century in centuries}


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
