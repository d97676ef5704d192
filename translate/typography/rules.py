"""The ordered list of rules, and `typeset`, which runs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from translate.config import Style
from translate.languages import GUILLEMETS, declines
from translate.spans import Edit, Edited, Span
from translate.typography import numbers, quotes
from translate.typography.editing import NBSP, Rule, Setting, Step, Typeset, allowed, swap


def typeset(
    text: str, style: Style | None = None, *, source: str = "", kept: Sequence[Span] = (), language: str = "ru"
) -> Typeset:
    """Put a Russian text into house style; of a text in another language set what is not Russian alone.

    Code, addresses, handles and the kept spans come out as they went in. Running it again changes nothing.

    Args:
        text: one sentence or paragraph, NFC.
        style: settings; the defaults if None.
        source: the English sentence; tells a thousands comma (12,345) from a decimal one.
        kept: spans of `text` never touched, such as terms kept in Latin letters.
        language: of the text, ISO 639.

    Returns:
        The new text, and the steps through which `Typeset.move` carries a span.
    """
    setting = Setting(style or Style(), source)
    steps: list[Step] = []
    guarded, rules = list(kept), rules_of(language)
    for _round in range(4):  # a rule may make work for an earlier one; real sentences settle in the first round
        before = len(steps)
        for rule in rules:
            if rule.name in setting.style.off:
                continue
            edits = allowed(rule.find(text, setting), text, guarded)
            if edits:
                edited = Edited(text, edits)
                guarded = [edited.move(span) for span in guarded]
                steps.append(Step(rule.name, edited))
                text = edited.text
        if len(steps) == before:
            break
    return Typeset(text, tuple(steps))


def _yo(text: str, setting: Setting) -> Iterator[Edit]:
    if setting.style.yo == "never":
        for match in regex.finditer("[ёЁ]", text):
            yield Edit(match.start(), match.end(), "е" if match[0] == "ё" else "Е")


_INITIAL = r"(?<!\p{L}|\p{L}\.)\p{Lu}\."
_CYRILLIC = r"(?<!\p{L}|\p{Latin}\.)[А-ЯЁ]\."

_MARKS: tuple[Rule, ...] = (
    Rule("double-space", "Он  приехал → Он приехал", swap(r"(?<=\S)[ ]{2,}(?=\S)", " ")),
    Rule(
        "space-before-point",
        "Бишкек , Ош → Бишкек, Ош",
        swap(r"(?<=[\p{L}\p{N})»“])[ ]+(?=[,;:!?.…](?:[\s»“]|$))", ""),
    ),
    Rule("comma-space", "Бишкек ,Ош → Бишкек, Ош", swap(r"(?<=\p{Cyrillic})[ ]?,(?=\p{Cyrillic})", ", ")),
    Rule("bracket-space", "Ош( юг ) → Ош(юг)", swap(r"(?<=\()[ ]+(?=[^()]*\))|(?<=\S)[ ]+(?=\))(?<=\([^()]*)", "")),
    Rule("ellipsis", "Подождите... → Подождите…", swap(r"(?<![.?!…])\.{3}(?![.…])", "…")),
    Rule("ellipsis-after-mark", "Зачем?... → Зачем?..", swap(r"(?<=[?!])(?:…|\.{3})(?![.…])", "..")),
    Rule("mark-order", "Зачем!? → Зачем?!", swap(r"(?<![?!])!\?(?![?!])", "?!")),
)
_SPACES: tuple[Rule, ...] = (
    Rule(
        "initials",
        "А.С. Пушкин → А.~С.~Пушкин",
        swap(
            rf"(?<={_CYRILLIC})[ ]?(?=[А-ЯЁ]\.\s?\p{{Lu}}\p{{Ll}})"
            rf"|(?<={_CYRILLIC})(?=[А-ЯЁ][а-яё]{{2,}})"
            rf"|(?<={_INITIAL})[ ](?=\p{{Lu}}\p{{Ll}}{{2,}})",
            NBSP,
        ),
    ),
    Rule(
        "initials-after",
        "Пушкин А.С. → Пушкин~А.~С.",
        swap(r"(?<=\p{Lu}\p{Ll}{2,})[ ](?=[А-ЯЁ]\.\s?[А-ЯЁ]\.)|(?<=\p{Lu}\p{Ll}{2,}\s[А-ЯЁ]\.)[ ]?(?=[А-ЯЁ]\.)", NBSP),
    ),
    Rule(
        "one-letter-word",
        "в Оше → в~Оше",
        swap(r"(?<=(?<![\p{L}\p{N}'’°-])(?:[вкосуаияВКОСУАИЯ]))[ ](?=[\p{L}\p{N}«„($€№])", NBSP),
    ),
    Rule("particle", "он же → он~же", swap(r"(?<=\p{L})[ ](?=(?:же|ли|бы|ж|б)(?![\p{L}-]))", NBSP)),
    Rule(
        "short-word",
        "г. Ош → г.~Ош",
        swap(
            r"(?<=(?<![\p{L}\d]|\d\s)(?:г|им|ул|пр|д|стр|гл|рис|обл|пос|с|ст|п)\.)[ ](?=[\p{Lu}\d])"
            r"|(?<=(?<![\p{L}\d.]|\d\s)(?:г|ул|обл|пос|д)\.)(?=[А-ЯЁ][а-яё]|\d)",
            NBSP,
        ),
    ),
    Rule(
        "short-phrase", "т.е. → т.~е.", swap(r"(?<=(?<!\p{L})(?:т\.(?=[ ]?[едпкнч]\.)|[ин]\.(?=[ ]?[оэ]\.)))[ ]?", NBSP)
    ),
)

RULES: tuple[Rule, ...] = (
    *_MARKS,
    *quotes.RULES,
    *numbers.RULES,
    *_SPACES,
    Rule("yo", 'всё → все (yo = "never")', _yo),
)

NAMES: tuple[str, ...] = tuple(rule.name for rule in RULES)

# What Russian shares with every language that sets «», and what of that holds anywhere. Prepositions, particles,
# months and units are Russian words: «а», «же», «т.» are others in Kyrgyz.
_EVERYWHERE = frozenset({"double-space", "space-before-point", "bracket-space", "ellipsis", "mark-order"})
_SHARED = _EVERYWHERE | {
    "comma-space", "quotes-doubled", "quotes", "quote-points", "dash", "dash-start", "dash-joined", "dash-after-mark",
    "dash-space", "dash-space-after", "year-range", "amount-range", "time-range", "thousands-comma", "thousands-point",
    "long-number", "number-space", "percent", "currency-space", "number-sign", "initials",
}  # fmt: skip


def rules_of(language: str) -> Sequence[Rule]:
    """Return the rules that hold in a language."""
    if declines(language):
        return RULES
    names = _SHARED if language in GUILLEMETS else _EVERYWHERE
    return [rule for rule in RULES if rule.name in names]
