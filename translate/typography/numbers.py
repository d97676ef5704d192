"""Numbers, ranges, dates and units in Russian running text."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from translate.spans import Edit
from translate.typography.editing import NBSP, Rule, Setting, swap

_YEAR = r"(?:1[5-9]|20)\d\d"
MONTH = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_SHORT = "января?|февр?|марта?|апр|мая|июня?|июля?|авг|сент|окт|нояб|дек"
UNIT = (
    r"(?:(?:км|кг|мм|см|мг|мл|га|т|м|л|г|кВт|МВт|ГВт|Вт|°[CСF]?|чел\.|экз\.|шт\.|ч\.|мин\.|сек\.|р\.)|"
    r"(?:тыс|млн|млрд|трлн|миллион|миллиард|триллион|тысяч|процент|руб|долл|сом|тенге|сум|евро|баррел|гектар|тонн|"
    r"(?:кило|мега|гига)?ватт|(?:кубо|кило|санти|милли)?метр|килограмм|литр|градус|балл|пункт)\p{L}*)(?!\p{L})"
)
_NUMBER = r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+(?:,\d+)?"


def _thousands(text: str, setting: Setting) -> Iterator[Edit]:
    """Take out English thousands commas: two groups are certain, one only if the source has the same figure."""
    for match in regex.finditer(r"(?<![\d.,])([1-9]\d{0,2})((?:,\d{3})+)(?![\d]|[.,]\d)", text):
        groups = match[2].split(",")[1:]
        if len(groups) > 1 or regex.search(rf"(?<![\d.,]){regex.escape(match[0])}(?!\d)", setting.source):
            space = "" if len(match[1]) == 1 and len(groups) == 1 else NBSP
            yield Edit(match.start(), match.end(), space.join([match[1], *groups]))


_CODE = regex.compile(
    r"\b(?:индекс|код|тел(?:ефон)?|номер|рейс|проект|адрес|паспорт|сч[её]т|статья|ст|ИНН|ID)\p{L}{0,2}\.?:?\s$", regex.I
)


def _short_numbers(text: str, setting: Setting) -> Iterator[Edit]:
    """Close up a number of four digits: Мильчин parts them only in columns. A phone number is not touched."""
    for match in regex.finditer(
        r"(?<![\p{L}\d.,:/№#+_-])(?<![№+\d)]\s)([1-9])[ \u00a0](\d{3})(?![\d:/_-]|[ \u00a0]\d)", text
    ):
        both = match[1] + match[2]
        if not setting.source or regex.search(rf"(?<![\d.]){match[1]}[, \u00a0]?{match[2]}(?!\d)", setting.source):
            yield Edit(match.start(), match.end(), both)


def _long_numbers(text: str, _setting: Setting) -> Iterator[Edit]:
    """Part numbers of five digits and more in threes; not codes, not what stands after №, a letter or «индекс»."""
    for match in regex.finditer(r"(?<![\p{L}\d.,:/№#+_-])(?<!№\s)[1-9]\d{4,8}(?![\p{L}\d/:_-]|[.,]\d{3})", text):
        digits = match[0]
        if _CODE.search(text, endpos=match.start()):
            continue
        head = len(digits) % 3 or 3
        groups = [digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))]
        yield Edit(match.start(), match.end(), NBSP.join(groups))


def _ranges(text: str, _setting: Setting) -> Iterator[Edit]:
    """Set a range of amounts with a dash and no spaces: 10–15%, 100 000–150 000 человек.

    Two numbers alone may be a score (3-2), a telephone or a house number: a unit must follow. With spaces around the
    dash, the second must be greater.
    """
    for match in _RANGE.finditer(text):
        first, second = (float(regex.sub(r"\s", "", match[name]).replace(",", ".")) for name in ("first", "second"))
        if first < second and match["gap"] != "–":
            yield Edit(match.start("gap"), match.end("gap"), "–")


_RANGE = regex.compile(
    rf"(?<![\d\p{{L}}.,/:-])(?<first>{_NUMBER})(?<gap>[ ]?[-–—][ ]?)(?<second>{_NUMBER})"
    rf"(?=\s?%|\s?(?:{UNIT}|человек|лет\b|год))"
)
_ORDINAL = {
    "ый": "й", "ой": "й", "ий": "й", "ая": "я", "ое": "е", "ые": "е", "ие": "е", "ую": "ю", "ым": "м", "ом": "м",
    "им": "м", "ых": "х", "их": "х", "ого": "го", "ому": "му", "ыми": "ми",
}  # fmt: skip


def _ordinals(text: str, _setting: Setting) -> Iterator[Edit]:
    """Shorten what is added to a number to what Russian adds: 5-й, 90-е, 20-летний."""
    long = r"(?:ти|и|ми|х|ех|ёх)[- ](?=(?:лет|дневн|этажн|процентн)\p{L})"
    for match in regex.finditer(rf"(?<=\d-)(?:{long}|(?<ending>\p{{Ll}}{{2,3}})(?![\p{{L}}-]))", text):
        ending = match["ending"] or ""
        yield Edit(match.start(), match.end(), _ORDINAL.get(ending, ending))


def _lower(text: str, _setting: Setting) -> Iterator[Edit]:
    """Write a month small: models copy the English capital. «8 Марта» and «улица 9 Мая» have no year."""
    for match in regex.finditer(rf"(?<=\b\d{{1,2}}\s)({MONTH})(?=,?\s[12]\d{{3}}\b)", text, regex.I):
        yield Edit(match.start(), match.end(), match[0].lower())


def _dates(text: str, setting: Setting) -> Iterator[Edit]:
    """End a full date the way the house does."""
    word = setting.style.dates
    if word == "keep":
        return
    pattern = rf"(?<=\b\d{{1,2}}\s(?:{MONTH})\s[12]\d{{3}})(?:(\s)(?:года|г\.)|(?=[\s,.;:!?)»]|$)(?!\s?(?:год|г\.)))"
    for match in regex.finditer(pattern, text):
        yield Edit(match.start(), match.end(), (match[1] or NBSP) + word)


RULES: tuple[Rule, ...] = (
    Rule("month-capital", "19 Сентября 2017 → 19~сентября 2017", _lower),
    Rule(
        "year-range",
        "2011-2012 → 2011–2012",
        swap(
            rf"(?<=(?<![\d\p{{L}}./-]){_YEAR})(?:-|—)(?={_YEAR}(?![\d\p{{L}}./-]|гг?\.)|{_YEAR}\s?гг?\.|\d\d\s?(?:гг\.|год))"
            rf"|(?<=(?<![\d\p{{L}}./-]){_YEAR})[ ][-–—][ ](?={_YEAR}\s?(?:гг\.|год))",
            "–",
        ),
    ),
    Rule("amount-range", "10-15% → 10–15%", _ranges),
    Rule(
        "scale-range",
        "$10 млн-15 млн → $10~млн~— 15~млн",
        swap(r"(?<=\d\s(?:млн|млрд|трлн))[ ]?[-–—][ ]?(?=[$€£]?\d[\d,]*\s(?:млн|млрд|трлн))", f"{NBSP}— "),
    ),
    Rule(
        "day-range",
        "5-10 мая → 5–10~мая",
        swap(rf"(?<=(?<![\d\p{{L}}./-])\d{{1,2}})[ ]?(?:-|—|(?<=[ ])–)[ ]?(?=\d{{1,2}}\s(?:{MONTH})\b)", "–"),
    ),
    Rule(
        "time-range",
        "10:00-11:30 → 10:00–11:30",
        swap(r"(?<=(?<![\d:.-])\d{1,2}:\d\d)(?:-|—)(?=\d{1,2}:\d\d(?![\d:-]))", "–"),
    ),
    Rule(
        "century-range", "XX-XXI вв. → XX–XXI~вв.", swap(r"(?<=\b[IVX]{1,6})(?:-|—)(?=[IVX]{1,6}\s(?:вв\.|век))", "–")
    ),
    Rule(
        "american-date",
        "сентября 19, 2017 → 19~сентября 2017",
        swap(rf"\b({MONTH}|(?:{_SHORT})\.)\s(\d{{1,2}}),?\s([12]\d{{3}})\b", rf"\2{NBSP}\1 \3"),
    ),
    Rule(
        "date-comma",
        "19 сентября, 2017 → 19~сентября 2017",
        swap(rf"(?<=\b\d{{1,2}}\s(?:{MONTH})),(?=\s[12]\d{{3}}\b)", ""),
    ),
    Rule("date-end", '19 сентября 2017 → 19~сентября 2017~года (dates = "года")', _dates),
    Rule("ordinal", "5-ый → 5-й", _ordinals),
    Rule("thousands-comma", "1,500,000 → 1~500~000", _thousands),
    Rule(
        "thousands-point",
        "1.500.000 → 1~500~000",
        swap(r"(?<![\p{L}\d.,])([1-9]\d{0,2})\.(\d{3})\.(\d{3})(?![\d.,]\d|[\p{L}\d])", rf"\1{NBSP}\2{NBSP}\3"),
    ),
    Rule("short-number", "1 860 → 1860", _short_numbers),
    Rule("long-number", "15000 → 15~000", _long_numbers),
    Rule("number-space", "15 000 → 15~000", swap(r"(?<=(?<![\d.,])\d{1,3}(?:\s\d{3})*)[ ](?=\d{3}(?!\d))", NBSP)),
    Rule(
        "decimal-point",
        "1.5 млн → 1,5~млн",
        swap(rf"(?<=(?<![\d.])\d{{1,3}})\.(?=\d{{1,2}}(?:\s?%|\s?{UNIT}))", ","),
    ),
    Rule("scale-point", "5 млн. сомов → 5~млн сомов", swap(r"(?<=\d\s(?:млн|млрд|трлн))\.(?=\s\p{Ll})", "")),
    Rule("percent", "15 % → 15%", swap(r"(?<=\d)[\s](?=%)", "")),
    Rule(
        "currency-twice",
        "$5 млн долларов → 5~млн долларов",
        swap(
            rf"\$[ ]?(?=(?:{_NUMBER})(?:\s(?:тыс\.|тысяч\p{{L}}*|млн|млрд|трлн|(?:мил|трил)ли\p{{L}}+))?\sдолл)"
            rf"|€[ ]?(?=(?:{_NUMBER})(?:\s(?:тыс\.|тысяч\p{{L}}*|млн|млрд|трлн|(?:мил|трил)ли\p{{L}}+))?\sевро\b)",
            "",
        ),
    ),
    Rule(
        "currency-order",
        "500 $ → $500",
        swap(r"(?<![\d.,$€£\p{L}])((?:\d{1,3}(?:\s\d{3})+|\d+)(?:[.,]\d+)?)\s?([$€£])(?![\d\p{L}])", r"\2\1"),
    ),
    Rule("currency-space", "$ 500 → $500", swap(r"(?<=[$€£])[ ](?=\d)", "")),
    Rule("number-sign", "№ 5 → №~5", swap(r"(?<=[№§])[ ]?(?=\d)", NBSP)),
    Rule("degree", "20° C → 20~°C", swap(r"(?<=\d)[ ]?°[ ]?(?=[CСF](?!\p{L}))", f"{NBSP}°")),
    Rule("unit", "5 км → 5~км", swap(rf"(?<=\d)[ ](?={UNIT})", NBSP)),
    Rule(
        "unit-joined",
        "5км → 5~км",
        swap(r"(?<=(?<![\p{L}\d-][\d.,]*)\d)(?=(?:км|кг|мм|см|млн|млрд|трлн|тыс\.|руб\.|к?Вт|[МГ]Вт)(?!\p{L}))", NBSP),
    ),
    Rule(
        "day-month",
        "19 сентября → 19~сентября",
        swap(rf"(?<=\b\d{{1,2}}(?:-го)?)[ ](?=(?:{MONTH}|(?:{_SHORT})\.)(?!\p{{L}}))", NBSP),
    ),
    Rule(
        "year",
        "2017 года → 2017~года",
        swap(r"(?<=\b\d{4})[ ](?=(?:год(?:а|у|ом|е|ы|ов|ам|ах)?\b|гг?\.))|(?<=\b\d{4})(?=гг?\.)", NBSP),
    ),
    Rule("century", "XXI в. → XXI~в.", swap(r"(?<=\b[IVX]{1,6})[ ](?=(?:в|вв)\.|век)", NBSP)),
)
