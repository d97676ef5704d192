"""House style of the Russian edition: quotes, dashes, spaces that do not break, numbers, dates.

Each rule is a noun in an ordered list with the sentence that forced it, can be turned off by name, and hands back
edits instead of a new text, so that a span of the text (a pinned name) can be followed through all of them.
Rules are kept to what can be seen in the text itself: no rule guesses a letter ё, an agreement or a sense.

Source: Розенталь, «Справочник по правописанию и литературной правке»; Мильчин, «Справочник издателя и автора».
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.config import Style
from translate.errors import Span

NBSP = "\N{NO-BREAK SPACE}"

# Never touched: code, addresses, file names, handles.
_PROTECTED = regex.compile(
    r"`[^`]*`"
    r"|\b(?:https?|ftp)://[^\s«»<>]+|\bwww\.[^\s«»<>]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)[@#]\w+"
    r"|\b[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.(?:com|org|net|ru|kg|kz|uz|tj|tm|gov|edu|io|html?|txt|pdf|py|md)\b(?:/[^\s«»<>]*)?"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: `text[start:stop]` becomes `new`; start equals stop for an insertion."""

    start: int
    stop: int
    new: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule did: its edits in the text as the rule found it, ordered and not overlapping."""

    rule: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Typeset:
    """A text after the rules, and how it came about.

    Args:
        text: the text in house style.
        steps: the rules that changed something, in the order they ran.
    """

    text: str
    steps: tuple[Step, ...] = ()

    def move(self, span: Span) -> Span:
        """Return where a span of the old text lies in the new one; text inserted at its edges stays outside."""
        start, stop = span.start, span.stop
        for step in self.steps:
            start, stop = _moved(start, step.edits, False), _moved(stop, step.edits, True)
        return Span(start, max(start, stop))


def _moved(at: int, edits: tuple[Edit, ...], is_stop: bool) -> int:
    shift = 0
    for edit in edits:
        if edit.start >= at and not (edit.start == edit.stop == at and not is_stop):
            break
        if edit.start < at < edit.stop:  # the edge lies inside what was replaced
            return edit.start + shift + (len(edit.new) if is_stop else 0)
        shift += len(edit.new) - (edit.stop - edit.start)
    return at + shift


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may look at besides the text: the house style and the source sentence ("" if unknown)."""

    style: Style
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of house style.

    Args:
        name: how it is turned off in the settings.
        example: the sentence that forced it, before → after, with ~ for a space that does not break.
        find: yields the edits it wants in a text.
    """

    name: str
    example: str
    find: Callable[[str, Setting], Iterable[Edit]]


def typeset(text: str, style: Style | None = None, *, source: str = "", kept: Sequence[Span] = ()) -> Typeset:
    """Put a Russian text into house style.

    Code, addresses, handles and the kept spans come out as they went in. Running it again changes nothing.

    Args:
        text: one sentence or paragraph, NFC.
        style: settings; the defaults if None.
        source: the English sentence; tells a thousands comma (12,345) from a decimal one.
        kept: spans of `text` never touched, such as terms kept in Latin letters.

    Returns:
        The new text, and the steps through which `Typeset.move` carries a span.
    """
    setting = Setting(style or Style(), source)
    steps: list[Step] = []
    guarded = list(kept)
    for _round in range(4):  # a rule may make work for an earlier one; real sentences settle in the first round
        before = len(steps)
        for rule in RULES:
            if rule.name in setting.style.off:
                continue
            edits = _allowed(rule.find(text, setting), text, guarded)
            if edits:
                step = Step(rule.name, edits)
                one = Typeset("", (step,))
                guarded = [one.move(span) for span in guarded]
                steps.append(step)
                text = _apply(text, edits)
        if len(steps) == before:
            break
    return Typeset(text, tuple(steps))


def _allowed(edits: Iterable[Edit], text: str, kept: list[Span]) -> tuple[Edit, ...]:
    """Drop edits that change nothing, reach into a protected span or overlap an earlier one."""
    wanted = [e for e in edits if text[e.start : e.stop] != e.new]
    if not wanted:
        return ()
    guarded = [Span(m.start(), m.end()) for m in _PROTECTED.finditer(text)] + kept
    done: list[Edit] = []
    for edit in sorted(wanted, key=lambda e: (e.start, e.stop)):
        inside = any(s.start < edit.stop and edit.start < s.stop for s in guarded)
        if not inside and (not done or edit.start >= done[-1].stop):
            done.append(edit)
    return tuple(done)


def _apply(text: str, edits: tuple[Edit, ...]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.stop
    return "".join([*parts, text[at:]])


def _swap(pattern: str, new: str) -> Callable[[str, Setting], Iterator[Edit]]:
    """Return a rule's `find` that replaces every match by `new` (with \\1 groups)."""
    compiled = regex.compile(pattern)

    def find(text: str, _setting: Setting) -> Iterator[Edit]:
        for match in compiled.finditer(text):
            yield Edit(match.start(), match.end(), match.expand(new))

    return find


# Quotes ----------------------------------------------------------------------------------------------------------

_QUOTE = regex.compile('[«»„“”"‟]|(?<![\\w])‘(?=\\w)|(?<=[\\w.,!?…])’(?!\\w)')
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
    for match in _QUOTE.finditer(text):
        at, mark = match.start(), match[0]
        if mark == '"' and depth == 0 and text[at - 1 : at].isdigit():  # 24" as a measure
            continue
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


# Dashes ----------------------------------------------------------------------------------------------------------

_SAID = (
    r"(?:говорил|сказал|заявил|отметил|добавил|пояснил|объяснил|подчеркнул|рассказал|сообщил|написал|спросил|ответил|"
    r"утверждал|признал|считал|предупредил|заметил)(?:а|о|и)?|говорит|заявляет|отмечает|считает|пишет|"
    r"утверждает|говорится|поясняет|подчеркивает|рассказывает|добавляет|цитирует"
)

# Numbers ---------------------------------------------------------------------------------------------------------

_YEAR = r"(?:1[5-9]|20)\d\d"
_INITIAL = r"(?<!\p{L})\p{Lu}\."
_MONTH = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_UNIT = (
    r"(?:(?:км|кг|мм|см|мг|мл|га|т|м|л|г|кВт|МВт|ГВт|Вт|°C|°)|"
    r"(?:тыс|млн|млрд|трлн|миллион|миллиард|триллион|тысяч|процент|руб|долл|сом|тенге|сум|евро|баррел|гектар|тонн|"
    r"метр|километр|килограмм|литр|градус|балл|пункт)\p{L}*)(?!\p{L})"
)


def _thousands(text: str, setting: Setting) -> Iterator[Edit]:
    """Take out English thousands commas: two groups are certain, one only if the source has the same figure."""
    for match in regex.finditer(r"(?<![\d.,])([1-9]\d{0,2})((?:,\d{3})+)(?![\d]|[.,]\d)", text):
        groups = match[2].split(",")[1:]
        if len(groups) > 1 or regex.search(rf"(?<![\d.,]){regex.escape(match[0])}(?!\d)", setting.source):
            space = "" if len(match[1]) == 1 and len(groups) == 1 else NBSP
            yield Edit(match.start(), match.end(), space.join([match[1], *groups]))


def _long_numbers(text: str, _setting: Setting) -> Iterator[Edit]:
    """Part numbers of five digits and more in threes; not codes, not what stands after № or a letter."""
    for match in regex.finditer(r"(?<![\p{L}\d.,:/№#+_-])(?<!№\s)[1-9]\d{4,8}(?![\p{L}\d/:_-]|[.,]\d{3})", text):
        digits = match[0]
        head = len(digits) % 3 or 3
        groups = [digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))]
        yield Edit(match.start(), match.end(), NBSP.join(groups))


def _dates(text: str, setting: Setting) -> Iterator[Edit]:
    """End a full date the way the house does."""
    word = setting.style.dates
    if word == "keep":
        return
    pattern = rf"(?<=\b\d{{1,2}}\s(?:{_MONTH})\s[12]\d{{3}})(?:(\s)(?:года|г\.)|(?=[\s,.;:!?)»]|$)(?!\s?(?:год|г\.)))"
    for match in regex.finditer(pattern, text):
        yield Edit(match.start(), match.end(), (match[1] or NBSP) + word)


def _yo(text: str, setting: Setting) -> Iterator[Edit]:
    if setting.style.yo == "never":
        for match in regex.finditer("[ёЁ]", text):
            yield Edit(match.start(), match.end(), "е" if match[0] == "ё" else "Е")


RULES: tuple[Rule, ...] = (
    Rule("double-space", "Он  приехал → Он приехал", _swap(r"(?<=\S)[ ]{2,}(?=\S)", " ")),
    Rule(
        "space-before-point",
        "Бишкек , Ош → Бишкек, Ош",
        _swap(r"(?<=[\p{L}\p{N})»“])[ ]+(?=[,;:!?.…](?:[\s»“]|$))", ""),
    ),
    Rule("ellipsis", "Подождите... → Подождите…", _swap(r"(?<![.?!…])\.{3}(?![.…])", "…")),
    Rule("ellipsis-after-mark", "Зачем?... → Зачем?..", _swap(r"(?<=[?!])(?:…|\.{3})(?![.…])", "..")),
    Rule("quotes", 'газета "Азия" → газета «Азия»', _quotes),
    Rule("quote-points", "«Да,» → «Да»,", _quote_points),
    Rule(
        "dash",
        "Ош - город → Ош~— город",
        _swap(r"(?<=\D[ ])(?:-{1,3}|–|−)(?=[ ])|(?<=\d[ ])(?:-{1,3}|–)(?=[ ]\D)", "—"),
    ),
    Rule("dash-start", "- Да. → — Да.", _swap(r"^(?:-{1,2}|–)(?=[ ][\p{Lu}«])", "—")),
    Rule("dash-joined", "Ош—город → Ош~— город", _swap(r"(?<=[\p{L}»“)])(?:—|--)(?=[\p{L}«„(])", f"{NBSP}— ")),
    Rule("attribution", "«Да», сказал → «Да»,~— сказал", _swap(rf"(?<=[»“],)[ ]+(?=(?:{_SAID})\b)", f"{NBSP}— ")),
    Rule("attribution-joined", "«Да»,— сказал → «Да»,~— сказал", _swap(r"(?<=[»“,])(?=—)", NBSP)),
    Rule("dash-space", "Ош — город → Ош~— город", _swap(r"(?<=\S)[ ](?=—(?:[\s]|$))", NBSP)),
    Rule("dash-space-after", "Ош —город → Ош~— город", _swap(r"(?<=\s—)(?=[\p{L}«„])", " ")),
    Rule(
        "year-range",
        "2011-2012 → 2011–2012",
        _swap(rf"(?<=(?<![\d\p{{L}}./-]){_YEAR})(?:-|—)(?={_YEAR}(?![\d\p{{L}}./-]))", "–"),
    ),
    Rule(
        "unit-range",
        "10-15% → 10–15%",
        _swap(
            r"(?<=(?<![\d\p{L}./-])\d{1,3})(?:-|—)(?=\d{1,3}\s?(?:%|(?:тыс|млн|млрд|км|кг|процент\p{L}*)\b))",
            "–",
        ),
    ),
    Rule(
        "american-date",
        "сентября 19, 2017 → 19~сентября 2017",
        _swap(rf"\b({_MONTH})\s(\d{{1,2}}),?\s([12]\d{{3}})\b", rf"\2{NBSP}\1 \3"),
    ),
    Rule(
        "date-comma",
        "19 сентября, 2017 → 19~сентября 2017",
        _swap(rf"(?<=\b\d{{1,2}}\s(?:{_MONTH})),(?=\s[12]\d{{3}}\b)", ""),
    ),
    Rule("date-end", '19 сентября 2017 → 19~сентября 2017~года (dates = "года")', _dates),
    Rule("thousands-comma", "1,500,000 → 1~500~000", _thousands),
    Rule("long-number", "15000 → 15~000", _long_numbers),
    Rule("number-space", "15 000 → 15~000", _swap(r"(?<=(?<![\d.,])\d{1,3}(?:\s\d{3})*)[ ](?=\d{3}(?!\d))", NBSP)),
    Rule(
        "decimal-point",
        "1.5 млн → 1,5~млн",
        _swap(rf"(?<=(?<![\d.])\d{{1,3}})\.(?=\d{{1,2}}(?:\s?%|\s{_UNIT}))", ","),
    ),
    Rule("percent", "15 % → 15%", _swap(r"(?<=\d)[\s](?=%)", "")),
    Rule(
        "currency-order",
        "500 $ → $500",
        _swap(r"(?<![\d.,$€£\p{L}])((?:\d{1,3}(?:\s\d{3})+|\d+)(?:[.,]\d+)?)\s?([$€£])(?![\d\p{L}])", r"\2\1"),
    ),
    Rule("currency-space", "$ 500 → $500", _swap(r"(?<=[$€£])[ ](?=\d)", "")),
    Rule(
        "initials",
        "А.С. Пушкин → А.~С.~Пушкин",
        _swap(
            rf"(?<={_INITIAL})[ ]?(?=\p{{Lu}}\.\s?\p{{Lu}}\p{{Ll}})|(?<={_INITIAL})[ ](?=\p{{Lu}}\p{{Ll}}{{2,}})", NBSP
        ),
    ),
    Rule(
        "one-letter-word",
        "в Оше → в~Оше",
        _swap(r"(?<=(?<![\p{L}\p{N}'’-])(?:[вкосуаияВКОСУАИЯ]))[ ](?=[\p{L}\p{N}«„($€№])", NBSP),
    ),
    Rule("particle", "он же → он~же", _swap(r"(?<=\p{L})[ ](?=(?:же|ли|бы|ж|б)(?![\p{L}-]))", NBSP)),
    Rule("number-sign", "№ 5 → №~5", _swap(r"(?<=[№§])[ ]?(?=\d)", NBSP)),
    Rule("unit", "5 км → 5~км", _swap(rf"(?<=\d)[ ](?={_UNIT})", NBSP)),
    Rule("day-month", "19 сентября → 19~сентября", _swap(rf"(?<=\b\d{{1,2}}(?:-го)?)[ ](?=(?:{_MONTH})\b)", NBSP)),
    Rule("year", "2017 года → 2017~года", _swap(r"(?<=\b\d{4})[ ](?=(?:год(?:а|у|ом|е|ы|ов|ам|ах)?\b|гг?\.))", NBSP)),
    Rule("century", "XXI в. → XXI~в.", _swap(r"(?<=\b[IVX]{1,6})[ ](?=(?:в|вв)\.|век)", NBSP)),
    Rule(
        "short-word",
        "г. Ош → г.~Ош",
        _swap(r"(?<=(?<![\p{L}\d]|\d\s)(?:г|им|ул|пр|д|стр|гл|рис|обл|пос|с)\.)[ ](?=[\p{Lu}\d])", NBSP),
    ),
    Rule("short-phrase", "т.е. → т.~е.", _swap(r"(?<=(?<!\p{L})т\.)[ ]?(?=(?:е|д|п|к|н|ч)\.)", NBSP)),
    Rule("yo", 'всё → все (yo = "never")', _yo),
)

NAMES: tuple[str, ...] = tuple(rule.name for rule in RULES)
