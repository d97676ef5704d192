"""House style: every rule by its own example, spans followed through, nothing left to do the second time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.config import Style
from translate.spans import Span
from translate.typography import NAMES, NBSP, RULES, Rule, typeset

CASES = [
    (line.partition("\t")[0], line.partition("\t")[2] or line.partition("\t")[0])
    for line in (Path(__file__).parent / "cases/typography.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
FUZZ = int(os.environ.get("TOLMACH_FUZZ", "300"))
PIECES = st.lists(
    st.sampled_from(
        (
            'Ош|с|в| | | |-|—|–|--|"|«|»|„|“|”|‘|’|...|…|.|,|?|!|(|)|2017|19|сентября|года|г.|15000|1,500,000|'
            f"1.5|млн|%|$|1 860|-11|5-ый|:00|Сентября|5|'|x|°|XXI|вв.|(|)|!|гг.|,- |он|А.|С.|Пушкин|же|№|км|т.|е.|сказал|`|https://a.org/-|ё|XX|век|{NBSP}|10|000"
        ).split("|")
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize(("before", "after"), CASES)
def test_cases(before: str, after: str) -> None:
    done = typeset(before.replace("~", NBSP)).text
    assert done.replace(NBSP, "~") == after
    assert typeset(done).text == done


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_does_what_its_example_says_and_can_be_turned_off(rule: Rule) -> None:
    example = rule.example.partition(" (")[0]
    before, _arrow, after = example.partition(" → ")
    style = Style(yo="never", dates="года") if "(" in rule.example else Style()
    done = typeset(before, style)
    assert done.text.replace(NBSP, "~") == after
    assert rule.name in {step.rule for step in done.steps}
    without = typeset(before, Style(yo=style.yo, dates=style.dates, off=frozenset({rule.name})))
    assert rule.name not in {step.rule for step in without.steps}


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_a_comma_from_the_source_is_a_thousands_comma() -> None:
    assert typeset("12,345 голосов", source="12,345 votes").text == f"12{NBSP}345 голосов"
    assert typeset("12,345 метра", source="12.345 metres").text == f"12,345{NBSP}метра"
    assert typeset("4,000 человек", source="4,000 people").text == "4000 человек"


def test_other_quotes() -> None:
    style = Style(quotes="“”‘’")
    assert typeset('Газета "Азия"', style).text == "Газета “Азия”"


def test_kept_spans_come_out_as_they_went_in() -> None:
    text = 'Группа "A - B" - тут'
    kept = Span(7, 14)
    done = typeset(text, kept=[kept])
    assert done.move(kept).of(done.text) == '"A - B"'
    assert done.text.endswith(f"{NBSP}— тут")


def test_a_pin_is_followed() -> None:
    text = 'Встреча "на высшем уровне" с А.С. Пушкиным - 19 сентября'
    pin = Span(text.index("А.С."), text.index(" - 19"))
    done = typeset(text)
    assert done.move(pin).of(done.text).replace(NBSP, " ") == "А. С. Пушкиным"


@settings(max_examples=FUZZ, deadline=None)
@given(PIECES)
def test_twice_is_once(text: str) -> None:
    once = typeset(text).text
    assert typeset(once).text == once


@settings(max_examples=FUZZ, deadline=None)
@given(PIECES, PIECES)
def test_a_kept_name_is_followed_through_anything(before: str, after: str) -> None:
    text = before + " Жээнбеков " + after
    span = Span(len(before) + 1, len(before) + 10)
    done = typeset(text, kept=[span])
    assert done.move(span).of(done.text) == "Жээнбеков"


def test_the_documentation_lists_every_rule_and_its_example_runs() -> None:
    text = (Path(__file__).parent.parent / "docs/typography.md").read_text(encoding="utf-8")
    assert [rule.name for rule in RULES if f"| `{rule.name}` | {rule.example} |" not in text] == []
    exec(text.split("```python\n")[1].split("```")[0], {})
