"""A language model as an engine: what it is asked, what is taken of its answers, and what its server's faults leave."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from chat_server import Chat, serving
from hypothesis import given
from hypothesis import strategies as st

from translate.cli import main
from translate.config import load
from translate.engines import Contrast, Hint, Request
from translate.engines.llm.cleaning import cleaned
from translate.engines.llm.client import Client, is_loopback
from translate.engines.llm.engine import LlmEngine
from translate.engines.llm.numbering import asked_together, parts_of
from translate.engines.llm.prompts import STYLES, Prompt, template_of
from translate.engines.llm.settings import LlmSettings, settings
from translate.errors import ConfigError, EngineError
from translate.memory import Memory, RememberingEngine
from translate.spans import Span

CASES = Path(__file__).parent / "cases" / "llm_answers.tsv"
RUSSIAN = {"The dam is old.": "Плотина старая.", "It leaks.": "Она протекает.", "Water is short.": "Воды не хватает."}


def reader(prompt: str) -> str:
    """Translate the sentence a prompt ends in."""
    return RUSSIAN[prompt.rsplit("\n", 1)[-1]]


def rows() -> list[list[str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [
        [cell.replace("\\n", "\n") for cell in row] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


@pytest.mark.parametrize(("source", "said", "wanted"), rows())
def test_the_translation_is_taken_out_of_what_is_said(source: str, said: str, wanted: str) -> None:
    assert cleaned(said, source) == wanted


@given(st.text('абв «»"*_:\n<>', max_size=40), st.text('abc"«', min_size=1, max_size=10))
def test_cleaning_takes_any_answer_and_gives_one_line(said: str, source: str) -> None:
    assert "\n" not in cleaned(said, source)


def engine(chat: Chat, model: str = "", **more: object) -> LlmEngine:
    return LlmEngine(LlmSettings(url=chat.url, model=model, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "model", "score", "signed"),
    [
        ("ollama", "translategemma:4b", None, "llm:translategemma:4b@c0ffee00c0ff "),
        ("llama.cpp", "", -0.5, "llm:model.gguf "),
        ("vllm", "", -0.25, "llm:google/translategemma-4b-it "),
    ],
)
def test_servers_of_every_kind(kind: str, model: str, score: float | None, signed: str) -> None:
    with serving(Chat(kind, reader)) as chat:
        one = engine(chat, model)
        drafts = one.translate([Request(text) for text in RUSSIAN])
    assert [draft.text for draft in drafts] == list(RUSSIAN.values())
    assert drafts[0].score == score
    assert one.signature.startswith(signed)
    assert {draft.signature for draft in drafts} == {one.signature}
    asked = chat.asked[0]
    assert (asked["temperature"], asked["seed"], asked["stream"]) == (0, 0, False)


def test_terms_context_and_kept_pieces_are_told() -> None:
    text = "The dam on the X1 is old."
    request = Request(text, (Hint(Span(4, 7), "плотина"),), (Span(15, 17),), ("Title.", "One.", "Two."))
    for style, template in STYLES.items():
        said = Prompt(template, "en", "ru", context=2).of(request)
        assert "dam = плотина" in said, style
        assert "Keep unchanged: X1" in said
        assert "One. Two." in said
        assert "Title" not in said
        assert said.endswith(text)
        assert Prompt(template, "en", "ru", context=2).of(request, bare=True).count("плотина") == 0


def test_a_template_of_the_users_own() -> None:
    assert Prompt(template_of("{source}>{target}: {text}"), "en", "ru").of(Request("Hi.")) == "en>ru: Hi."
    for wrong in ("chatty", "{text} {nothing}", "{text", "{text.x}"):
        with pytest.raises(ConfigError, match=r"llm\.style"):
            template_of(wrong)


def test_a_doubtful_answer_is_asked_for_once_more_without_the_notes() -> None:
    def say(prompt: str) -> str:
        return "The dam is old indeed, said everybody." if "dam = " in prompt else "Плотина старая."

    with serving(Chat("llama.cpp", say)) as chat:
        (draft,) = engine(chat).translate([Request("The dam is old.", (Hint(Span(4, 7), "плотина"),))])
    assert draft.text == "Плотина старая."
    assert len(chat.asked) == 2


def test_what_is_never_translated_is_marked() -> None:
    with serving(Chat("llama.cpp", lambda _prompt: "I am sorry, but I can not do that for you.")) as chat:
        (draft,) = engine(chat).translate([Request("The dam is old.")])
    assert draft.text == ""
    assert [problem.kind for problem in draft.problems] == ["untranslated"]


@pytest.mark.parametrize("fault", [500, 503, 400, "hang", "garbage"])
def test_a_fault_is_a_problem_of_its_sentence_and_is_asked_for_again(fault: int | str, tmp_path: Path) -> None:
    with serving(Chat("llama.cpp", reader, {1: fault})) as chat, Memory(tmp_path / "memory.sqlite3") as memory:
        model = engine(chat, parallel=1, timeout=1)
        remembering = RememberingEngine(model, memory)
        drafts = remembering.translate([Request(text) for text in RUSSIAN])
        failed = [n for n, draft in enumerate(drafts) if not draft.text]
        assert len(failed) == 1
        assert [p.kind for p in drafts[failed[0]].problems] == ["untranslated"]
        asked = len(chat.asked)
        again = remembering.translate([Request(text) for text in RUSSIAN])
    assert [draft.text for draft in again] == list(RUSSIAN.values())
    assert len(chat.asked) == asked + 1


def test_a_server_that_is_gone_ends_the_run_and_what_was_made_is_kept(tmp_path: Path) -> None:
    with Memory(tmp_path / "memory.sqlite3") as memory:
        with serving(Chat("llama.cpp", reader)) as chat:
            remembering = RememberingEngine(engine(chat, parallel=1), memory)
            remembering.translate([Request("The dam is old.")])
        with pytest.raises(EngineError, match=r"no model server answers|broke off"):
            remembering.translate([Request(text) for text in RUSSIAN])
        (known,) = memory.recall([Request("The dam is old.")], remembering.signature, "en", "ru")
    assert known is not None
    assert known.text == "Плотина старая."


def test_a_server_that_fails_everything_ends_the_run() -> None:
    with (
        serving(Chat("llama.cpp", reader, dict.fromkeys(range(99), 500))) as chat,
        pytest.raises(EngineError, match="CUDA out of memory"),
    ):
        engine(chat, parallel=1).translate([Request(f"Sentence {n}.") for n in range(50)])
    assert len(chat.asked) < 20


def test_only_this_machine_unless_told() -> None:
    assert all(
        map(is_loopback, ("http://127.0.0.1:1", "http://localhost:8080/v1", "http://[::1]:1", "http://127.9.9.9"))
    )
    assert not any(
        map(is_loopback, ("http://10.0.0.1", "http://example.com", "http://127.0.0.1.example.com", "http://2130706433"))
    )
    with pytest.raises(ConfigError, match="another machine"):
        Client("http://gpu.example:8000")
    Client("http://gpu.example:8000", remote=True)
    with pytest.raises(ConfigError, match="no http address"):
        Client("file:///etc/passwd")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("", "where the language model is"),
        ('[llm]\nurl = "http://127.0.0.1:1"\nmodle = "x"', r"llm\.modle: unknown key"),
        ("[llm]\nurl = 5", r"llm\.url: 5 is of the wrong type"),
        ('[llm]\nurl = "http://127.0.0.1:1"\nparallel = 0', r"llm\.parallel: must be between"),
        ('[llm]\nmodel = "x"', "needs either url or file"),
        ('[llm]\nurl = "http://127.0.0.1:1"\nstyle = "nonsense"', r"llm\.style"),
    ],
)
def test_faulty_settings(table: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "tolmach.toml").write_text(table, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        settings(load(tmp_path))


def test_a_model_that_is_not_there_or_not_chosen() -> None:
    with serving(Chat("ollama")) as chat:
        with pytest.raises(EngineError, match=r"no model 'mistral': it has translategemma:4b, qwen3:latest"):
            engine(chat, "mistral")
        with pytest.raises(EngineError, match="is not set"):
            engine(chat)
        assert engine(chat, "qwen3").signature.startswith("llm:qwen3:latest@beefcafe")


def test_the_whole_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text("The dam is old. It leaks.\n\nWater is short.\n", encoding="utf-8")
    with serving(Chat("llama.cpp", reader)) as chat:
        (tmp_path / "tolmach.toml").write_text(f'[llm]\nurl = "{chat.url}"\n', encoding="utf-8")
        with pytest.raises(SystemExit) as done:
            main(["article", "story.txt", "--engine", "llm", "--no-memory", "--no-glossary"])
    assert done.value.code in (0, None)
    assert "Плотина старая. Она протекает." in capsys.readouterr().out
    assert any(
        "The dam is old." in asked["messages"][0]["content"] for asked in chat.asked if "It leaks." in str(asked)
    )


def test_what_leaves_the_machine_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text("The dam is old.\n", encoding="utf-8")
    with serving(Chat("llama.cpp", reader)) as chat:
        (tmp_path / "tolmach.toml").write_text(f'[llm]\nurl = "{chat.url}"\nremote = true\n', encoding="utf-8")
        with pytest.raises(SystemExit):
            main(["article", "story.txt", "--engine", "llm", "--no-memory", "--no-glossary", "-o", "story.html"])
    assert "another machine" in capsys.readouterr().err
    assert "another machine" in (tmp_path / "story.html").read_text(encoding="utf-8")


# --- several sentences in one request -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("1. Раз.\n2. Два.\n3. Три.", ["Раз.", "Два.", "Три."]),
        ("Here are the translations:\n\n1) Раз.\n2) Два.\n\n3) Три.\n\nNote: done.", ["Раз.", "Два.", "Три."]),
        ("<think>1. what</think>**1.** Раз.\n**2.** Два.\n[3] Три.", ["Раз.", "Два.", "Три."]),
        ("1. Раз,\nдва.\n2. Два.\n3. Три.", ["Раз,\nдва.", "Два.", "Три."]),
        ("1. Раз.\n3. Три.", None),
        ("1. Раз.\n2. Два. 3. Три.", None),
        ("1. Раз.\n2. Два.\n3. Три.\n4. Ещё.", None),
        ("1. Раз.\n1. Два.\n1. Три.", None),
        ("Раз.\nДва.\nТри.", None),
        ("1. Раз.\n2. \n3. Три.", None),
        ("", None),
    ],
)
def test_answers_by_their_numbers(said: str, wanted: list[str] | None) -> None:
    found = parts_of(said, ["One.", "Two.", "Three."])
    assert [part.text for part in found or ()] == (wanted or [])
    assert (found is None) == (wanted is None)
    assert all(part.span is None or part.span.of(said) == part.text for part in found or ())


def test_a_figure_that_went_to_another_sentence_tells_of_a_shift() -> None:
    sources = ["In 2017 he came.", "In 2019 he left."]
    assert parts_of("1. В 2019 году он уехал.\n2. В 2017 году он пришёл.", sources) is None
    assert parts_of("1. В 2017 году он пришёл.\n2. В 2019-м уехал.", sources)
    assert parts_of("1. Он пришёл.\n2. В 2019-м уехал.", sources)


@given(st.lists(st.text("аб .", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=9))
def test_what_is_numbered_comes_back(texts: list[str]) -> None:
    found = parts_of(asked_together(texts), ["x"] * len(texts))
    assert found is not None
    assert [part.text for part in found] == texts


def several(prompt: str) -> str:
    """Answer a numbered prompt by numbers, another by its sentence."""
    lines = prompt.rsplit("\n\n", 1)[-1].split("\n")
    if lines[0].startswith("1. "):
        return "\n".join(f"{n}. {RUSSIAN[line.split('. ', 1)[1]]}" for n, line in enumerate(lines, 1))
    return reader(prompt)


def test_several_sentences_in_one_request() -> None:
    with serving(Chat("llama.cpp", several)) as chat:
        one = engine(chat, together=3, parallel=1)
        drafts = one.translate([Request(text) for text in RUSSIAN])
    assert [draft.text for draft in drafts] == list(RUSSIAN.values())
    assert len(chat.asked) == 1
    assert " together=3" in one.signature
    assert "1. The dam is old.\n2. It leaks.\n3. Water is short." in chat.asked[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    ("say", "fault"),
    [
        (lambda prompt: "1. Плотина старая." if "1. " in prompt else reader(prompt), {}),
        (lambda prompt: "I cannot." if "1. " in prompt else reader(prompt), {}),
        (several, {0: 500}),
        (several, {0: "garbage"}),
    ],
)
def test_what_does_not_come_by_number_is_asked_for_one_by_one(
    say: Callable[[str], str], fault: dict[int, int | str]
) -> None:
    with serving(Chat("llama.cpp", say, fault)) as chat:
        drafts = engine(chat, together=3, parallel=1).translate([Request(text) for text in RUSSIAN])
    assert [draft.text for draft in drafts] == list(RUSSIAN.values())
    assert len(chat.asked) == 4


def test_a_doubtful_sentence_of_several_is_asked_for_by_itself() -> None:
    def say(prompt: str) -> str:
        return several(prompt).replace("Она протекает", "It leaks and leaks, he said to them")

    with serving(Chat("llama.cpp", lambda prompt: say(prompt) if "1. " in prompt else reader(prompt))) as chat:
        drafts = engine(chat, together=3, parallel=1).translate([Request(text) for text in RUSSIAN])
    assert [draft.text for draft in drafts] == list(RUSSIAN.values())
    assert len(chat.asked) == 2


def test_neighbours_are_asked_for_together_with_the_terms_of_all(tmp_path: Path) -> None:
    texts = ["It leaks.", "The dam is old.", "Water is short."]
    requests = [Request(text, context=tuple(texts[:n])) for n, text in enumerate(texts)]
    requests[1] = Request(texts[1], (Hint(Span(4, 7), "плотина"),), context=("It leaks.",))
    with serving(Chat("llama.cpp", several)) as chat, Memory(tmp_path / "memory.sqlite3") as memory:
        remembering = RememberingEngine(engine(chat, together=5, parallel=1), memory)
        drafts = remembering.translate([Request("Water is short."), *requests][1:])
    assert [draft.text for draft in drafts] == [RUSSIAN[text] for text in texts]
    prompts = [asked["messages"][0]["content"] for asked in chat.asked]
    assert "1. It leaks.\n2. The dam is old." in prompts[0]  # a memory's first chunk is two
    assert "dam = плотина" in prompts[0]


def test_together_is_for_the_style_chat_alone(tmp_path: Path) -> None:
    table = '[llm]\nurl = "http://127.0.0.1:1"\nstyle = "translategemma"\ntogether = 4\n'
    (tmp_path / "tolmach.toml").write_text(table, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"llm\.together"):
        settings(load(tmp_path))


# --- contrast -----------------------------------------------------------------------------------------------------


def test_the_word_owed_to_a_term_is_told_where_the_server_scores() -> None:
    def score(prompt: str, said: str) -> list[tuple[str, float]]:
        tokens = [*said.replace(" ", "\n ").split("\n")]
        return [(token, -5.0 if token.strip() == "Плотина" and "canal" in prompt else -0.1) for token in tokens]

    with serving(Chat("vllm", reader, score=score)) as chat:
        model = engine(chat)
        assert model.traits.scores
        assert "contrasted" in model.traits.passes
        asked = Contrast("The dam is old.", "The canal is old.", "Плотина старая.", (Span(0, 7),))
        (told,) = model.contrast([asked], 1.0)
    assert [loss.span for loss in told] == [Span(0, 7)]
    assert round(told[0].nats, 6) == 4.9
    sent = chat.asked[-1]
    assert (sent["prompt_logprobs"], sent["continue_final_message"], sent["add_generation_prompt"]) == (0, True, False)
    assert sent["messages"][-1] == {"role": "assistant", "content": "Плотина"}


def test_servers_that_do_not_score_are_not_asked_to() -> None:
    with serving(Chat("llama.cpp", reader)) as chat:
        assert not engine(chat).traits.scores
    with serving(Chat("vllm", reader)) as chat:  # it says it can and gives nothing
        asked = Contrast("The dam is old.", "The canal is old.", "Плотина старая.", (Span(0, 7),))
        assert all(loss.nats == 0 for loss in engine(chat).contrast([asked], 0.0)[0])
