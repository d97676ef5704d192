"""A real llama.cpp server with a real model: TOLMACH_GGUF=model.gguf pytest -m gguf (the extra `llm` is needed).

Any instruction model will do, a small one too: the protocol, the hints and what a killed server leaves are tested, not
the translation. With Gemma 3 270M it takes a few minutes on two cores.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from translate.cli import main
from translate.engines import Hint, Request
from translate.engines.llm.client import Answer, Client
from translate.engines.llm.engine import LlmEngine
from translate.engines.llm.settings import LlmSettings
from translate.spans import Span

MODEL = os.environ.get("TOLMACH_GGUF", "")
pytestmark = [
    pytest.mark.gguf,
    pytest.mark.skipif(not MODEL, reason="TOLMACH_GGUF names no .gguf file"),
    pytest.mark.skipif(not importlib.util.find_spec("xllamacpp"), reason="the extra tolmach[llm] is not installed"),
]
SERVE = """
import sys, time
from pathlib import Path
from translate.engines.llm.serving import serve
held, url = serve(Path(sys.argv[1]), 2)
print(url, flush=True)
time.sleep(86400)
"""
STORY = """\
Water is short in the valley.

The dam in Bishkek was built in 1976. It leaks.

Officials met on Thursday. They spoke of bread. Nobody answered. The court is closed.
"""


@contextmanager
def server() -> Iterator[Any]:
    process: Any = subprocess.Popen(
        [sys.executable, "-c", SERVE, MODEL], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        process.url = process.stdout.readline().strip()
        assert process.url.startswith("http://127.0.0.1:")
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the prompts that go to the server."""
    prompts: list[str] = []
    ask = Client.ask

    def noted(self: Client, model: str, messages: Sequence[Any], most: int) -> Answer:
        prompts.append(messages[-1]["content"])
        return ask(self, model, messages, most)

    monkeypatch.setattr(Client, "ask", noted)
    return prompts


def test_sentences_one_by_one_and_together(asked: list[str]) -> None:
    texts = ["Water is short.", "The dam is old.", "It leaks."]
    requests = [Request(text, context=tuple(texts[:n])) for n, text in enumerate(texts)]
    requests[1] = Request(texts[1], (Hint(Span(4, 7), "плотина"),), context=tuple(texts[:1]))
    with server() as process:
        for together in (1, 3):
            one = LlmEngine(LlmSettings(url=process.url, together=together, timeout=300.0))
            drafts = one.translate(requests)
            assert all(draft.text or draft.problems for draft in drafts)
            assert all(draft.signature == one.signature for draft in drafts)
            assert any(draft.score is not None and draft.score <= 0 for draft in drafts)
    assert any("dam = плотина" in prompt for prompt in asked)
    assert any("Water is short." in prompt.split("\n")[1] for prompt in asked if prompt.endswith("The dam is old."))
    assert any("1. Water is short.\n2. The dam is old.\n3. It leaks." in prompt for prompt in asked)


def test_a_model_answers_alike_with_one_seed() -> None:
    with server() as process:
        texts = {LlmEngine(LlmSettings(url=process.url)).translate([Request("The dam is old.")])[0].text for _ in "12"}
    assert len(texts) == 1


def test_a_server_killed_in_the_middle_and_a_second_run(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")

    def run() -> int:
        with pytest.raises(SystemExit) as done:
            main(["article", "story.txt", "--engine", "llm", "-o", "story.tsv"])
        return int(done.value.code or 0)

    def settle(url: str) -> None:
        (tmp_path / "tolmach.toml").write_text(f'[llm]\nurl = "{url}"\ncontext = 0\nparallel = 1\n', encoding="utf-8")

    with server() as process, monkeypatch.context() as patch:
        settle(process.url)
        ask = Client.ask

        def dying(self: Client, *arguments: Any) -> Answer:
            if len(asked) == 4:
                process.kill()
                process.wait()
            return ask(self, *arguments)

        patch.setattr(Client, "ask", dying)
        assert run() == 4
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "no model server answers at" in said or "broke off" in said
    assert not (tmp_path / "story.tsv").exists()
    known = [prompt.rsplit("\n", 1)[-1] for prompt in asked[:2]]
    asked.clear()
    with server() as process:
        settle(process.url)
        began = time.monotonic()
        assert run() == 0
        assert asked
        rows = (tmp_path / "story.tsv").read_text(encoding="utf-8").splitlines()
        assert len(rows) == 8
        again = [prompt for prompt in asked if "Use these translations" not in prompt]
        assert not {text for text in known if "Bishkek" not in text} & {p.rsplit("\n", 1)[-1] for p in again}
        assert any("Bishkek = Бишкек" in prompt for prompt in asked) or any("Bishkek" in text for text in known)
        before, first = len(asked), time.monotonic() - began
        assert run() == 0
        assert len(asked) == before
        assert time.monotonic() - began < 2 * first + 30
