"""The seam, its guards and its clause cutting, on a decoder that does as it is told."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines import (
    Engine,
    Link,
    NoPairError,
    Output,
    Request,
    Settings,
    clauses,
    guards,
    load_engine,
    translate_with,
)
from translate.engines.decoding import FIRST
from translate.errors import EngineError
from translate.spans import Span

CASES = Path(__file__).parent / "cases"


def lines(name: str) -> list[str]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


GUARDS = [tuple(row) for row in csv.reader(lines("guards.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("kind", "source", "target"), GUARDS)
def test_guards(kind: str, source: str, target: str) -> None:
    found = guards.inspect(source, target)
    assert [p.kind for p in found] == ([] if kind == "-" else [kind])
    assert all(p.target is None or p.target.of(target) for p in found)


def test_an_engine_stopped_at_its_limit_is_a_problem() -> None:
    assert [p.kind for p in guards.inspect("One two three.", "Раз два три", whole=False)] == ["length"]


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("Он сказал, сказал, сказал, сказал да.", "Он сказал да."),
        ("Закон и право и право и право и право тут.", "Закон и право тут."),
        ("Снегснегснегснегснегснег", "Снег"),
    ],
)
def test_a_loop_is_shown_once(target: str, shown: str) -> None:
    text, problems = guards.honest(target, guards.inspect("It was a long story.", target))
    assert text == shown
    assert [p.target and p.target.of(text) in shown for p in problems] == [True]


def test_a_copied_source_is_never_shown() -> None:
    source = "The president met the leader."
    assert guards.honest(source, guards.inspect(source, source))[0] == ""


@given(st.text(max_size=200), st.text(max_size=200))
def test_guards_stand_any_text(source: str, target: str) -> None:
    shown, problems = guards.honest(target, guards.inspect(source, target))
    assert len(shown) <= len(target)
    assert all(p.target is None or p.target.stop <= len(shown) for p in problems)


@pytest.mark.parametrize("line", lines("clauses.txt"))
def test_cut(line: str) -> None:
    limit, _blank, marked = line.partition(" ")
    text = marked.replace("| ", "")
    spans = clauses.cut(text, words, int(limit))
    assert " | ".join(span.of(text) for span in spans) == marked


def words(text: str) -> int:
    return len(text.split())


@given(st.text(alphabet="ab ,;.—\n", max_size=300), st.integers(1, 40))
def test_cut_loses_nothing(text: str, limit: int) -> None:
    spans = clauses.cut(text, len, limit)
    assert all(len(span.of(text)) <= max(limit, 1) for span in spans)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.stop <= b.start for a, b in itertools.pairwise(spans))


def test_cut_of_ten_thousand_words() -> None:
    text = " ".join(f"word{n}," for n in range(10_000))
    spans = clauses.cut(text, words, 100)
    assert max(words(s.of(text)) for s in spans) <= 100
    assert len(spans) < 400


class Fake:
    """Decodes with a function; notes what it was given."""

    target = "ru"

    def __init__(self, decode: Callable[[str, Settings], str], limit: int = 50) -> None:
        self.limit = limit
        self.made = decode
        self.calls: list[list[str]] = []

    def count(self, text: str) -> int:
        return words(text)

    def decode(self, texts: list[str], settings: Settings) -> list[Output]:
        self.calls.append(texts)
        outputs = []
        for text in texts:
            made = self.made(text, settings)
            outputs.append(Output(made, score=-0.5, alignment=(Link(Span(0, len(text)), Span(0, len(made))),)))
        return outputs


CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстувшхуз")


def respell(text: str, _settings: Settings = FIRST) -> str:
    return text.lower().translate(CYRILLIC)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("  a dam \n", "  а дам \n"),
        ("name:\tosman\tage:\t7", "наме:\tосман\tаге:\t7"),
        ("2017", "2017"),
        ("—", "—"),
        ("", ""),
        ("____ is the capital", "____ ис тхе цапитал"),
        ("   ", "   "),
    ],
)
def test_blanks_tabs_underscores_and_numbers_survive(source: str, target: str) -> None:
    [draft] = translate_with(Fake(respell), [Request(source)], "fake")
    assert draft.text == target
    assert not draft.problems
    assert draft.signature == "fake"


@pytest.mark.parametrize("text", ["set my_file_name to zero", "my_file_name", "see my_file_name"])
def test_a_word_with_an_underscore_survives_an_engine_that_loses_it(text: str) -> None:
    [draft] = translate_with(Fake(respell), [Request(text)], "fake")
    assert "my_file_name" in draft.text
    assert not draft.problems


def test_kept_spans_survive() -> None:
    request = Request("see https://a.kg/b or ask", kept=(Span(4, 18),))
    [draft] = translate_with(Fake(respell), [request], "fake")
    assert draft.text == "сее https://a.kg/b ор аск"


def test_alignment_of_pieces_is_moved_to_their_places() -> None:
    text = "name:\tosman, 7"
    [draft] = translate_with(Fake(respell), [Request(text)], "fake")
    assert draft.alignment is not None
    assert [(a.source.of(text), a.target.of(draft.text)) for a in draft.alignment] == [
        ("name:", "наме:"),
        ("osman, 7", "осман, 7"),
    ]


def test_long_sentences_are_cut_and_joined() -> None:
    def sentence(text: str, _settings: Settings) -> str:
        made = respell(text)
        return made[0].upper() + made[1:].rstrip(",.;") + "."

    engine = Fake(sentence, limit=6)
    [draft] = translate_with(engine, [Request("He left the party in June, which surprised nobody there.")], "fake")
    assert engine.calls == [["He left the party in June,", "which surprised nobody there."]]
    assert draft.text == "Хе лефт тхе партй ин йуне, шхицх сурприсед нободй тхере.".replace("й ", "у ").replace(
        "йуне", "йуне"
    )


def test_a_name_at_a_seam_keeps_its_capital() -> None:
    assert clauses.mend_seam("Osman left", "Осман ушёл.", first=False, last=True) == "Осман ушёл."
    assert clauses.mend_seam("which it did,", "Что и сделал.", first=False, last=False) == "что и сделал,"


def test_one_retry_with_other_settings() -> None:
    def loops_first(text: str, settings: Settings) -> str:
        return "да да да да да да" if settings == FIRST else respell(text)

    engine = Fake(loops_first)
    good, bad = translate_with(engine, [Request("2017"), Request("the dam is old")], "fake")
    assert (good.text, bad.text) == ("2017", "тхе дам ис олд")
    assert not bad.problems
    assert len(engine.calls) == 2


def test_what_a_retry_does_not_mend_is_a_problem_and_not_passed_off() -> None:
    copy, loop = translate_with(
        Fake(lambda text, _s: text if "dam" in text else "да да да да да да"),
        [Request("the old dam is there"), Request("nothing new under the sun")],
        "fake",
    )
    assert (copy.text, [p.kind for p in copy.problems]) == ("", ["untranslated"])
    assert (loop.text, [p.kind for p in loop.problems]) == ("да", ["repetition"])


def test_equal_sentences_are_decoded_once() -> None:
    engine = Fake(respell)
    drafts = translate_with(engine, [Request("a dam"), Request("a dam")], "fake")
    assert engine.calls == [["a dam"]]
    assert drafts[0] == drafts[1]


def test_unknown_engine_names_the_known_ones() -> None:
    with pytest.raises(EngineError) as caught:
        load_engine("google")
    assert "argos" in caught.value.hint
    assert "draft" in caught.value.hint


@pytest.mark.parametrize("name", ["auto", "argos", "draft"])
def test_unknown_pair_has_a_hint(name: str) -> None:
    with pytest.raises(NoPairError, match="xx→yy") as caught:
        load_engine(name, "xx", "yy")
    assert caught.value.hint
    assert caught.value.exit_code == 4


def test_auto_takes_the_draft_engine_and_says_so(draft_engine: Engine) -> None:
    loaded = load_engine("auto")
    assert loaded.engine.signature == draft_engine.signature
    assert "tolmach models install en ru" in loaded.notice
    assert "\n" not in loaded.notice
