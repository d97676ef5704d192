"""Spans of time: 18 months are «полтора года», a 24-month term is «двухлетний», 48 hours are «двое суток».

A translator counts time in whatever unit reads well, so the figures of the two sides need not agree where the time
does. A span is read with its unit and measured in days; spans in one unit must be equal, spans in two may differ by
what the calendar leaves open (90 days, three months).
Where it stops: work days, lunar months, and time that only the sense tells («неполный год»).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from translate.checks.numerals import Language, value_of
from translate.spans import Span

# Days of a unit, and how it begins.
_UNITS: dict[Language, list[tuple[str, float]]] = {
    "en": [
        ("minute", 1 / 1440), ("hour", 1 / 24), ("day", 1), ("week", 7), ("fortnight", 14), ("month", 365 / 12),
        ("quarter", 365 / 4), ("year", 365), ("decade", 3650), ("century", 36500), ("centurie", 36500),
    ],
    "ru": [
        (r"минут", 1 / 1440), (r"час(?:а|ов|ам|ами|ах|у|ом|е)?\b|часов", 1 / 24), (r"сут(?:ки|ок|кам|ками|ках|очн)", 1),
        (r"дн(?:я|ей|ям|ями|ях|ём|ем|ю|е|и|евн)|день\b", 1), (r"недел", 7), (r"месяц|месячн", 365 / 12),
        (r"квартал", 365 / 4), (r"год|лет(?:\b|н|и)", 365), (r"десятилет", 3650), (r"столет|век", 36500),
    ],
}  # fmt: skip
_MONTH = 365 / 12
_HALF = {"пол": 0.5, "полу": 0.5, "полтора": 1.5, "полторы": 1.5, "полутора": 1.5}
_TOKEN = regex.compile(r"\d+(?:[.,]\d+)?|\p{L}+|[^\s\p{L}\d]")
_EXACT = 0.02
_LOOSE = 0.1  # weeks against months: 12 weeks are «три месяца»


@dataclass(frozen=True, slots=True)
class Lasting:
    """A span of time as it is written.

    Args:
        span: code points, number and unit.
        days: how long it is.
        unit: days of its unit; of a sum («год и три месяца») the smaller one.
    """

    span: Span
    days: float
    unit: float

    def is_as_long(self, other: Lasting) -> bool:
        """Tell whether two spans of different units may be one."""
        if abs(self.unit - other.unit) < 1e-9:
            return abs(self.days - other.days) < 1e-6
        units = {self.unit, other.unit}
        allowed = _LOOSE if 7 in units and max(units) > _MONTH - 1 else _EXACT
        return abs(self.days - other.days) <= allowed * max(self.days, other.days)


def lastings(text: str, language: Language) -> list[Lasting]:
    """Find the spans of time of a sentence, one by one and summed up where they follow one another."""
    singles = list(_singles(text, language))
    sums = []
    for first, second in pairwise(singles):
        between = text[first.span.stop : second.span.start].strip(" ,-")
        if between in ("", "and", "и") and second.unit < first.unit:
            sums.append(Lasting(Span(first.span.start, second.span.stop), first.days + second.days, second.unit))
    return singles + sums


def _singles(text: str, language: Language) -> Iterator[Lasting]:
    tokens = [m for m in _TOKEN.finditer(text) if m[0] != "-"]
    for at, token in enumerate(tokens):
        unit, prefix = _unit(token[0].lower(), language)
        if not unit:
            continue
        count, start = (prefix, token.start()) if prefix else _count(tokens, at, language)
        stop = token.end()
        tail = [t[0].lower() for t in tokens[at + 1 : at + 4]]
        if tail[:3] == ["and", "a", "half"] or tail[:2] == ["с", "половиной"]:  # “a year and a half”
            count, stop = count + 0.5, tokens[at + (3 if language == "en" else 2)].end()
        yield Lasting(Span(start, stop), count * unit, unit)


def _unit(word: str, language: Language) -> tuple[float, float]:
    """Return the days of a unit and the count that the same word holds («полгода», «двухлетний»), 0 for none."""
    if language == "en":
        return next((days for name, days in _UNITS["en"] if word in (name, name + "s")), 0.0), 0.0
    for pattern, days in _UNITS["ru"]:
        match = regex.search(rf"^(\p{{L}}*?)(?:{pattern})", word)
        if not match:
            continue
        if not match[1]:
            return days, 0.0
        count = _HALF.get(match[1]) or value_of(match[1], "ru")
        if count:
            return days, count
    return 0.0, 0.0


def _count(tokens: list[regex.Match[str]], at: int, language: Language) -> tuple[float, int]:
    """Return the number before a unit, 1 where there is none, and where it begins."""
    total, start, back = 0.0, tokens[at].start(), at - 1
    while back >= 0 and at - back < 5:
        word = tokens[back][0].lower()
        if word in ("and", "с") and total:
            back -= 1
            continue
        value = _HALF.get(word) if language == "ru" else None
        value = value or value_of(tokens[back][0], language)
        if value is None or (word in ("a", "an") and total) or _unit(word, language)[0]:  # «час двадцать минут»
            break
        total += value
        start = tokens[back].start()
        back -= 1
    return total or 1.0, start
