"""Sentence segmentation: one-line cases, exact offsets for any text, streams, the command."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from translate import segments
from translate.cli.segment import segment
from translate.errors import ArticleError
from translate.segments import LANGUAGES, Segment, english, explain, russian, split, stream
from translate.segments.lexicon import Lexicon
from translate.segments.window import Window

CASES = Path(__file__).parent / "cases"
FUZZ = int(os.environ.get("TOLMACH_FUZZ", "150"))


def lines(name: str) -> list[str]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def cut(text: str, language: str) -> list[str]:
    return [text[s.start : s.stop] for s in split(text, language)]


def check(case: str, language: str) -> None:
    # "a.|B" stands for "a. B"; " | " keeps the blank that is written
    marked = case.replace(" | ", "|").replace("|", "\x00")
    blanks = " " if "\x00" in marked else ""
    expected = [piece.strip() for piece in marked.split("\x00")]
    assert cut(marked.replace("\x00", blanks), language) == expected


CASE_LINES = [(language, line) for language in LANGUAGES for line in lines(f"segments_{language}.txt")]


@pytest.mark.parametrize(("language", "case"), CASE_LINES)
def test_case(language: str, case: str) -> None:
    check(case, language)


@pytest.mark.xfail(reason="only the sense tells, or the rule is still to be found", strict=True)
@pytest.mark.parametrize("line", lines("segments_known_failures.txt"))
def test_known_failure(line: str) -> None:
    language, case = line.split("\t")
    check(case, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A headline\nThe story began. It ended.", ["A headline", "The story began.", "It ended."]),
        ("The road was\nclosed by snow. It opened\nin May.", ["The road was\nclosed by snow.", "It opened\nin May."]),
        ("milk\nbread\nsalt", ["milk", "bread", "salt"]),
        ("They met Gen.\nOmurov in Osh.", ["They met Gen.\nOmurov in Osh."]),
        ("He left at 6 p.m.\nSnow fell.", ["He left at 6 p.m.", "Snow fell."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("1. Wake up\n2. Go out", ["1. Wake up", "2. Go out"]),
        (" \n\t", []),
        ("", []),
        (". . .", [". . ."]),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert cut(text, "en") == expected


# what the rules look at, far more often than chance would bring it
SIGNS = st.text(alphabet="AbИю1.!?…\"'“”«»()[]—- \n\u00a0•$IVUSgг", max_size=60)
WORDS = st.lists(
    st.sampled_from(
        [
            "U.S.",
            "Mr.",
            "г.",
            "т. е.",
            "и т. д.",
            "word",
            "The",
            "Слово",
            "1.",
            "2)",
            "a.",
            '"',
            "“",
            "...",
            "\n",
            "p.m.",
            "J.",
        ]
    ),
    max_size=12,
).map(" ".join)
ANY_TEXT = st.one_of(st.text(max_size=80), SIGNS, WORDS)


def assert_rebuilds(text: str, found: list[Segment]) -> None:
    at = 0
    for s in found:
        assert at <= s.start < s.stop <= len(text)
        assert not text[at : s.start].strip()  # nothing but blanks is left out
        piece = text[s.start : s.stop]
        assert piece == piece.strip()
        at = s.stop
    assert not text[at:].strip()


@settings(max_examples=FUZZ, deadline=None)
@given(ANY_TEXT, st.sampled_from(LANGUAGES))
@example("\ud800. A", "en")
@example(".\u2028.\x85A", "ru")
def test_offsets_rebuild_any_text(text: str, language: str) -> None:
    assert_rebuilds(text, split(text, language))


@settings(max_examples=FUZZ, deadline=None)
@given(ANY_TEXT, st.sampled_from(LANGUAGES))
def test_explain_agrees_with_split(text: str, language: str) -> None:
    found = split(text, language)
    reasons = {c.offset: c.rule for c in explain(text, language) if c.cut}
    for s in found[:-1]:
        assert reasons[s.stop] == s.rule
    assert set(reasons) <= {s.stop for s in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_decided_on_the_spot_is_what_the_rules_say(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(case.replace("|", " ") for of, case in CASE_LINES if of == language)
    quick = [(s.start, s.stop) for s in split(text, language)]
    monkeypatch.setattr(Lexicon, "is_plain", lambda _self, _word: False)
    known = segments._language(language)
    monkeypatch.setattr(segments, "_language", lambda _code: replace(known, lexicon=replace(known.lexicon, plain={})))
    assert [(s.start, s.stop) for s in split(text, language)] == quick


def test_every_rule_can_explain_itself() -> None:
    for rule in english.RULES + russian.RULES:
        assert rule.__doc__, rule


def test_explain_names_rules() -> None:
    text = "Gen. Omurov left the U.S.|The talks failed.".replace("|", " ")
    assert [(c.rule, c.cut) for c in explain(text)] == [("title", False), ("unspaced", False), ("acronym", True)]


def test_unknown_language() -> None:
    with pytest.raises(ValueError, match="no rules for language 'xx'"):
        split("A. B.", "xx")


def _pieces(text: str, size: int) -> Iterator[str]:
    for at in range(0, len(text), size):
        yield text[at : at + size]


def test_stream_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(case.replace("|", " ") for _language, case in CASE_LINES * 4)
    whole = [(s.start, s.stop, s.rule) for s in split(text, "en")]
    monkeypatch.setattr(segments, "_BUFFER", 6000)
    passages = list(stream(_pieces(text, 777), "en", explained=True))
    assert len(passages) > 5
    assert "".join(p.text for p in passages) == text
    streamed = [(p.offset + s.start, p.offset + s.stop) for p in passages for s in p.segments]
    assert streamed == [(start, stop) for start, stop, _rule in whole]
    assert sum(len(p.candidates) for p in passages) >= len(explain(text, "en")) - len(passages)


def test_stream_is_bounded() -> None:
    longest = 0
    count = 0
    for passage in stream(("word " * 20_000 for _ in range(12)), "en"):  # 1.2 million characters and no stop
        longest = max(longest, len(passage.text))
        count += len(passage.segments)
        assert_rebuilds(passage.text, list(passage.segments))
    assert longest < 400_000
    assert count >= 3


@pytest.mark.parametrize(
    "unit", [".", '"', "(", "'", "A. ", ". ", '." ', "1. ", "• ", "U.S. ", "\n", '-"', "a.b", ", 'a", ' "a', "г. "]
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_rules_are_asked_no_more_often_a_sign_on_longer_lines(
    unit: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a line of dots or initials must cost no more a character than prose: twice the line, at most twice the windows
    asked = 0

    class Counted(Window):
        def __init__(self, *args: Any) -> None:
            nonlocal asked
            asked += 1
            super().__init__(*args)

    monkeypatch.setattr(segments, "Window", Counted)
    counts = []
    for length in (20_000, 40_000):
        asked = 0
        text = unit * (length // len(unit))
        assert_rebuilds(text, split(text, language))
        counts.append(asked)
    assert counts[1] <= 2 * counts[0] + 2
    assert counts[1] <= 40_000 / 6 + 25


def run(*args: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(segment, list(args), input=stdin)


def test_command_one_sentence_a_line() -> None:
    done = run("-", stdin="Gen. Omurov came to\nthe talks. They failed.\n")
    assert done.output == "Gen. Omurov came to the talks.\nThey failed.\n"
    assert done.exit_code == 0


def test_command_json(tmp_path: Path) -> None:
    path = tmp_path / "новость.txt"
    path.write_text("\ufeffОн жил в г. Ош. Это было давно.", encoding="utf-8")
    done = run("--lang", "ru", "--json", str(path))
    records = [json.loads(line) for line in done.output.splitlines()]
    assert records[0] == {"start": 0, "stop": 15, "rule": "stop", "text": "Он жил в г. Ош."}
    assert records[1]["start"] == 16


def test_command_explain() -> None:
    done = run("--explain", "-", stdin="Mr. Reid left. He ran.")
    assert done.output == "3\t·\ttitle\tMr. · Reid left. He ran.\n14\t|\tstop\tMr. Reid left. | He ran.\n"
    done = run("--explain", "--json", "-", stdin="Mr. Reid left.")
    assert json.loads(done.output) == {
        "offset": 3,
        "cut": False,
        "rule": "title",
        "before": "Mr.",
        "after": "Reid left.",
    }


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [(b"fine\n\x00\x01", "binary", 2), (b"fine\nfine\n\xd0\xff", "not UTF-8", 3), (b"caf\xc3", "not UTF-8", 1)],
)
def test_command_refuses_what_is_no_text(tmp_path: Path, data: bytes, message: str, line: int) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    done = run(str(path))
    assert isinstance(done.exception, ArticleError)
    assert message in str(done.exception)
    assert done.exception.line == line
    assert done.exception.exit_code == 3
