"""Times as a live blog and a page's head stamp them: “10:42 a.m.”, “Updated 3:15 GMT”, “March 3, 2024, 10:42 (GMT+6)”.

An engine makes «10:42 м.» of such a line, and «по московскому времени» of “ET”. There is nothing in it to translate:
it is read, and written as Russian news do, on the clock of 24 hours.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import regex

# Each with the line that forced it.
_WORDS = {
    "updated": "Обновлено", "last updated": "Обновлено", "last update": "Обновлено", "update": "Обновлено",
    "modified": "Изменено", "last modified": "Изменено", "published": "Опубликовано", "posted": "Опубликовано",
    "first published": "Впервые опубликовано",
}  # fmt: skip
_ZONES = {
    "gmt": "по Гринвичу", "local time": "по местному времени", "moscow time": "по московскому времени",
    "msk": "по московскому времени", "et": "по времени восточного побережья США",
    "est": "по времени восточного побережья США", "edt": "по времени восточного побережья США",
    "eastern time": "по времени восточного побережья США", "cet": "по центральноевропейскому времени",
    "cest": "по центральноевропейскому летнему времени", "bishkek time": "по времени Бишкека",
    "astana time": "по времени Астаны", "almaty time": "по времени Алматы", "tashkent time": "по времени Ташкента",
    "dushanbe time": "по времени Душанбе", "ashgabat time": "по времени Ашхабада", "kyiv time": "по киевскому времени",
    "london time": "по лондонскому времени", "beijing time": "по пекинскому времени",
}  # fmt: skip
_WEEKDAYS = {
    "mon": ("понедельник", "в понедельник"), "tue": ("вторник", "во вторник"), "wed": ("среда", "в среду"),
    "thu": ("четверг", "в четверг"), "fri": ("пятница", "в пятницу"), "sat": ("суббота", "в субботу"),
    "sun": ("воскресенье", "в воскресенье"),
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NAMED = "|".join(sorted(map(regex.escape, _ZONES), key=len, reverse=True))
_ZONE = rf"(?:{_NAMED}|(?:gmt|utc) ?[+−-]\d{{1,2}}(?::?\d\d)?|(?-i:[A-Z]{{2,5}}))"
_TIME = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::\d\d)?(?: ?h\b)?(?: ?(?P<half>[ap])\.? ?m\b\.?)?"
    rf"(?: ?(?:(?P<zone>{_ZONE})|\((?P<zoned>{_ZONE})\)))?"
)
_HOUR = rf"(?P<hour>\d{{1,2}}) ?(?P<half>[ap])\.? ?m\b\.?(?: ?(?P<zone>{_ZONE}))?"
_DAY = (
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
    rf"(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH}))"
    r"(?:,? (?P<year>(?:19|20)\d\d))?"
)
_APART = r"\s*(?:[,|•·–—-]|\bat\b|\bon\b)?\s*"
_WORD = rf"(?:(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))}):?\s+(?:at |on )?)?"
_CLOCK = rf"(?:{_TIME}|{_HOUR})"
_STAMPS = tuple(
    regex.compile(rf"[([]?{_WORD}{shape}[)\]]?\s*[—–:]?", regex.I)
    for shape in (_CLOCK, rf"{_DAY}{_APART}{_CLOCK}", rf"{_CLOCK}{_APART}{_DAY}")
)
_DATED = regex.compile(rf"[([]?{_WORD}{_DAY}[)\]]?", regex.I)
_AGO = regex.compile(
    rf"{_WORD}(?P<count>\d{{1,3}}|an?|one|two) ?(?P<unit>min|minute|hour|hr|day|week|month|year)s? ago", regex.I
)
_Unit = Literal["minute", "hour", "day", "week", "month", "year"]
_UNITS: dict[str, tuple[_Unit, int]] = {
    "min": ("minute", 60), "minute": ("minute", 60), "hour": ("hour", 3600), "hr": ("hour", 3600),
    "day": ("day", 86_400), "week": ("week", 604_800), "month": ("month", 2_592_000), "year": ("year", 31_536_000),
}  # fmt: skip
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2}


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A stamp, read.

    Args:
        word: what was done then, in lower case: "updated"; "" for nothing.
        clock: on 24 hours, "10:42"; "" without a time of day.
        zone: as printed.
        weekday: its first three letters.
        day, month, year: 0 for what is not told.
    """

    word: str = ""
    clock: str = ""
    zone: str = ""
    weekday: str = ""
    day: int = 0
    month: int = 0
    year: int = 0


def is_time(line: str) -> bool:
    """Tell a time of day alone on its line, as in a live blog: “14:05 GMT”, “Updated 3:15 GMT”, “March 3, 10:42”."""
    found = _read(line)
    return found is not None and bool(found.clock) and not found.year


def written_stamp(line: str, language: str) -> str:
    """Return a stamp as it is written in Russian; "" for another language, and for a line that is no stamp.

    It stops at zones without a name of their own in Russian news: “BST” stays.
    """
    if language != "ru" or len(line) > 80:
        return ""
    if match := _AGO.fullmatch(line):
        return _told(match["word"], _ago(match))
    found = _read(line)
    if found is None:
        return ""
    zone = _ZONES.get(found.zone.lower(), found.zone)
    clock = " ".join(part for part in (found.clock, zone) if part)
    day = _written_day(found)
    if found.word:
        return _told(found.word, " ".join(part for part in (day, f"в {clock}" if clock else "") if part))
    return ", ".join(part for part in (day, clock) if part)


@functools.lru_cache(maxsize=10_000)
def _read(line: str) -> _Stamp | None:
    if len(line) > 80 or not any(letter.isdigit() for letter in line):
        return None
    match = next((found for shape in _STAMPS if (found := shape.fullmatch(line))), None)
    match = match or _DATED.fullmatch(line)
    if match is None or (match.re is _DATED and not match["word"]):
        return None
    parts = {name: value for name, value in match.groupdict().items() if value}
    clock = _clock(parts) if "hour" in parts else ""
    month = _MONTHS.index(parts["month"][:3].lower()) + 1 if "month" in parts else 0
    stamp = _Stamp(
        parts.get("word", "").lower(), clock or "", parts.get("zone") or parts.get("zoned") or "",
        parts.get("weekday", "").lower(),
        int(parts.get("day", 0)), month, int(parts.get("year", 0)),
    )  # fmt: skip
    return stamp if clock is not None and _is_a_day(stamp) else None


def _clock(parts: dict[str, str]) -> str | None:
    """Return the time on the clock of 24 hours, None where there is none such: 25:10, 13:05 a.m."""
    hour, half = int(parts["hour"]), parts.get("half", "").lower()
    minute = parts.get("minute", "00")
    if int(minute) > 59 or hour > (12 if half else 23) or (half and not hour):
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return f"{hour}:{minute}"


def _is_a_day(stamp: _Stamp) -> bool:
    try:
        return not stamp.month or bool(date(stamp.year or 2000, stamp.month, stamp.day))
    except ValueError:
        return False


def _written_day(stamp: _Stamp) -> str:
    if not stamp.month:
        return ""
    from babel.dates import format_date

    form = "d MMMM y 'г'." if stamp.year else "d MMMM"
    written = format_date(date(stamp.year or 2000, stamp.month, stamp.day), form, locale="ru")
    written = written.replace(" ", "\N{NO-BREAK SPACE}", 1).replace(" г.", "\N{NO-BREAK SPACE}г.")
    weekday = _WEEKDAYS[stamp.weekday][1 if stamp.word else 0] + ", " if stamp.weekday else ""
    return f"{weekday}{written}{',' if weekday and stamp.word and stamp.clock else ''}"


def _ago(match: regex.Match[str]) -> str:
    from babel.dates import format_timedelta

    count = _COUNTS.get(match["count"].lower()) or int(match["count"])
    unit, seconds = _UNITS[match["unit"].lower()]
    past = timedelta(seconds=-count * seconds)
    return format_timedelta(past, granularity=unit, threshold=1e9, add_direction=True, locale="ru")


def _told(word: str | None, when: str) -> str:
    return f"{_WORDS[word.lower()]} {when}" if word else when
