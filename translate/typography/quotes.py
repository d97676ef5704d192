"""Quotation marks, dashes, and how direct speech is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from translate.spans import Edit
from translate.typography.editing import NBSP, Rule, Setting, swap

_QUOTE = regex.compile('[«»„“”"‟]|(?<![\\w])‘(?=\\w)|(?<=[\\w.,!?…])’(?!\\w)')
# 'Оскар', ’Правда’: marks that are apostrophes elsewhere (д'Артаньян) are quotation marks only in a pair around words.
_SINGLE = regex.compile(r"(?<!\w)(['’])(?=\p{L})[^'‘’\"“”«»]*?[\p{L}\p{N}.,!?…](['’])(?!\w)")
_OPENS_AFTER = regex.compile(r"[\s(\[{/—–«„“\"-]$")


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    opening: bool
    depth: int


def _quote_marks(text: str) -> list[_Mark] | None:
    """Tell opening marks from closing ones by their neighbours; None where they do not pair up."""
    marks: list[_Mark] = []
    open_single = False
    depth = 0
    singles = {m.start(n): n == 1 for m in _SINGLE.finditer(text) for n in (1, 2)}
    found = sorted({m.start() for m in _QUOTE.finditer(text)} | set(singles))
    for at in found:
        mark = text[at]
        if mark == '"' and depth == 0 and text[at - 1 : at].isdecimal():  # 24" as a measure
            continue
        if at in singles:
            mark = "‘" if singles[at] else "’"
            open_single = True
        if mark == "‘":
            open_single = True
        elif mark == "’":
            if not open_single:  # an apostrophe at the end of a word
                continue
            open_single = False
        if mark in "«„‘":
            opening = True
        elif mark in "»’":
            opening = False
        else:  # " “ ” ‟ stand on either side, by language and by slip
            opening = (at == 0 or _OPENS_AFTER.search(text, max(0, at - 1), at) is not None) and not (
                at + 1 == len(text) or text[at + 1].isspace()
            )
        depth += 1 if opening else -1
        if depth < 0:
            return None
        marks.append(_Mark(at, opening, depth if opening else depth + 1))
    return marks if depth == 0 else None


# ''Нет'', ,,Нет’’: two signs for one mark, in a pair around words; 5°12'30'' is a measure.
_DOUBLED = regex.compile(
    r"(?<![\w'’‘`])(?P<open>''|’’|‘‘|``|´´|,,|‚‚)(?=[\p{L}\p{N}«„(…—–-])"
    r"(?:(?!''|’’|‘‘|``|´´|,,|‚‚)[^\n\"“”])*?(?<=[\p{L}\p{N}.,!?…»)%])(?P<close>''|’’|‘‘|´´|[\"“”])(?![\w'’])"
)


def _doubled(text: str, _setting: Setting) -> Iterator[Edit]:
    for match in _DOUBLED.finditer(text):
        for name in ("open", "close"):
            yield Edit(match.start(name), match.end(name), '"')


def _quotes(text: str, setting: Setting) -> Iterator[Edit]:
    outer_open, outer_close, inner_open, inner_close = tuple(setting.style.quotes)
    marks = _quote_marks(text)
    if marks is None:
        # A quotation that goes on in the next sentence: «Я помню это. Only marks that are not Russian yet are set.
        for match in regex.finditer(r'(?<!\d)["”“‟]', text):
            before, after = text[: match.start()], text[match.end() :]
            opening = (not before or before[-1].isspace() or before[-1] in "([—") and not (
                not after or after[0].isspace()
            )
            if match[0] == "“" and "„" in before:
                continue
            yield Edit(match.start(), match.end(), outer_open if opening else outer_close)
        return
    for mark in marks:
        outer = mark.depth % 2 == 1
        new = (outer_open if outer else inner_open) if mark.opening else (outer_close if outer else inner_close)
        yield Edit(mark.at, mark.at + 1, new)


def _quote_points(text: str, setting: Setting) -> Iterator[Edit]:
    closing = regex.escape(setting.style.quotes[1] + setting.style.quotes[3])
    # A point that belongs to a shortened word stays: «в 2017 г.»
    pattern = rf"(?<!\b(?:г|гг|в|вв|руб|долл|тыс|им|д|п|е|др|пр|[\p{{Lu}}]))(?<![.…?!])([.,])([{closing}]+)([.,;:!?…]?)"
    for match in regex.finditer(pattern, text):
        after = match[3] or match[1]
        if match[1] == "," and match[3] == ".":
            after = "."
        yield Edit(match.start(), match.end(), match[2] + after)


_SAID = (
    r"(?:(?:говорил|сказал|заявил|отметил|добавил|пояснил|объяснил|подчеркнул|рассказал|сообщил|написал|спросил|ответил|"
    r"утверждал|признал|признался|считал|предупредил|заметил|уточнил|указал|напомнил|продолжил|заключил|возразил|"
    r"воскликнул|посетовал|прокомментировал|заверил|процитировал)(?:а|о|и|ась|ись)?|говорит|заявляет|отмечает|считает|"
    r"пишет|утверждает|говорится|поясняет|подч[её]ркивает|рассказывает|добавляет|цитирует|сообщает|уточняет|указывает|"
    r"напоминает|переда[её]т|пишут|говорят|считают)\b"
)
# The first closing mark of a text, its opening one at the very start or in the sentence before: what was said, and not
# the name of something («Владелец “Азии”, заявил он, …»).
_QUOTED = r"^(?:—\s)?(?:[«“][^«»“”]*(?:[„‘][^„“‘’]*[“’][^«»“”]*)*|[^«»“”„]*)[»”]"


def _attribution(text: str, _setting: Setting) -> Iterator[Edit]:
    """Set what was said apart from who said it: «Да»,~— сказал он; «Да?»~— спросил он."""
    pattern = rf"{_QUOTED}(?:(?<=[?!…][»”])|(?<mark>,)|)(?P<dash>\s—\s|[ ])(?={_SAID})"
    match = regex.match(pattern, text)
    if match is None:
        return
    at = match.start("dash")
    pointed = match["mark"] or text[at - 2] in "?!…"
    if not pointed and (match["dash"] == " " or len(match[0].split()) < 3):  # «Азия» сообщает; «Азия» — пишет он
        return
    if not pointed:
        yield Edit(at, at, ",")
    if match["dash"] == " ":
        yield Edit(at, match.end("dash"), f"{NBSP}— ")


def _broken(text: str, setting: Setting) -> Iterator[Edit]:
    """Make one quotation of two halves: in Russian the author's words stand inside the marks."""
    outer_open, outer_close = setting.style.quotes[0], setting.style.quotes[1]
    o, c = regex.escape(outer_open), regex.escape(outer_close)
    pattern = (
        rf"^{o}[^{o}{c}]*(?P<close>{c}),\s—\s(?={_SAID})[^{o}{c}—,]*(?:(?P<bare>,\s)|,\s—\s)(?P<open>{o})(?=\p{{Ll}})"
        rf"[^{o}{c}]*{c}"
    )
    match = regex.match(pattern, text)
    if match:
        yield Edit(match.start("close"), match.end("close"), "")
        if match["bare"]:
            yield Edit(match.start("bare"), match.end("bare"), f",{NBSP}— ")
        yield Edit(match.start("open"), match.end("open"), "")


RULES: tuple[Rule, ...] = (
    Rule("quotes-doubled", "''Нет'' → «Нет»", _doubled),
    Rule("quotes", 'газета "Азия" → газета «Азия»', _quotes),
    Rule("quote-points", "«Да,» → «Да»,", _quote_points),
    Rule(
        "dash",
        "Ош - город → Ош~— город",
        swap(r"(?<=\D[ ])(?:-{1,3}|–|−)(?=[ ])|(?<=\d[ ])(?:-{1,3}|–)(?=[ ]\D)", "—"),
    ),
    Rule("dash-start", "- Да. → — Да.", swap(r"^(?:-{1,2}|–)(?=[ ][\p{Lu}«])", "—")),
    Rule("dash-joined", "Ош—город → Ош~— город", swap(r"(?<=[\p{L}»“)])(?:—|--)(?=[\p{L}«„(])", f"{NBSP}— ")),
    # «теле- и радиокомпании»: after a letter a hyphen may hang
    Rule("dash-after-mark", "«Да»,- сказал → «Да»,~— сказал", swap(r"(?<=[»“,!?…])(?:-|–|—)[ ](?=\p{L})", f"{NBSP}— ")),
    Rule("dash-space", "Ош — город → Ош~— город", swap(r"(?<=\S)[ ](?=—(?:[\s]|$))", NBSP)),
    Rule("dash-space-after", "Ош —город → Ош~— город", swap(r"(?<=\s—)(?=[\p{L}«„])", " ")),
    Rule("attribution", "«Да», сказал → «Да»,~— сказал", _attribution),
    Rule("broken-quotation", "«Да», — сказал он, «но» → «Да,~— сказал он,~— но»", _broken),
)
