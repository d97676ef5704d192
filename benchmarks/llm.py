"""A language model behind a real llama.cpp server: is the protocol spoken, are hints heard, does a run go on?

    uv run --group bench --extra llm python -m benchmarks.llm MODEL.gguf [--together 1 4] [--article FILE]

llama.cpp's own server runs in a process of its own on 127.0.0.1. Measured for each number of sentences in a request, on
the first sentences of NTREX: chrF, seconds, requests, and how many sentences are marked for what the model did. Then an
article goes through the whole of tolmach three times: once; once with the server killed after a few answers; once more
with a new server, which must not be asked again for what the memory has.
"""

from __future__ import annotations

import argparse
import csv
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import data, results
from translate.article import read_article
from translate.engines import Request
from translate.engines.llm.client import Answer, Client
from translate.engines.llm.engine import LlmEngine
from translate.engines.llm.settings import LlmSettings
from translate.engines.protecting import ProtectingEngine
from translate.errors import EngineError
from translate.files import shipped
from translate.glossary import Glossary
from translate.memory import Memory, RememberingEngine
from translate.pipeline import translate_article

SERVE = """
import sys, time
from pathlib import Path
from translate.engines.llm.serving import serve
held, url = serve(Path(sys.argv[1]), 2)
print(url, flush=True)
time.sleep(86400)
"""


@contextmanager
def server(model: Path) -> Iterator[Any]:
    """Serve a model from a process of its own; the process knows its `url`."""
    process: Any = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(model)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        process.url = process.stdout.readline().strip()
        yield process
    finally:
        process.kill()
        process.communicate()


class Watched(Client):
    """A client that notes what it asked, and kills the server after some answers."""

    def __init__(self, process: Any, after: int = 10**9) -> None:
        super().__init__(process.url, timeout=600.0)
        self.prompts: list[str] = []
        self._process, self._after = process, after

    def ask(self, model: str, messages: Sequence[Any], most: int) -> Answer:
        """Ask as ever."""
        if len(self.prompts) >= self._after:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self.prompts.append(messages[-1]["content"])
        return super().ask(model, messages, most)


def engine(process: Any, together: int, after: int = 10**9) -> LlmEngine:
    """Return the engine with a watched client."""
    made = LlmEngine(LlmSettings(url=process.url, together=together, timeout=600.0, parallel=2))
    made._client = Watched(process, after)
    return made


def news(process: Any, together: int, limit: int) -> dict[str, float]:
    """Translate sentences of NTREX."""
    import sacrebleu

    with data.find("ntrex").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 1][:limit]
    one = engine(process, together)
    began = time.perf_counter()
    drafts = one.translate(
        [Request(row[0], context=tuple(r[0] for r in rows[max(0, n - 3) : n])) for n, row in enumerate(rows)]
    )
    seconds = time.perf_counter() - began
    chrf = sacrebleu.corpus_chrf([draft.text for draft in drafts], [[row[1] for row in rows]]).score
    client: Any = one._client
    return {
        "sentences": len(rows), "seconds": round(seconds, 1), "chrF": round(chrf, 1), "requests": len(client.prompts),
        "scored": sum(draft.score is not None for draft in drafts),
        "marked": sum(bool(draft.problems) for draft in drafts),
    }  # fmt: skip


def through(path: Path, model: Path, memory: Path, together: int, after: int = 10**9) -> dict[str, Any]:
    """Take an article through the whole line, with the shipped glossaries."""
    article, glossary = read_article(path), Glossary.load([shipped("glossaries")])
    with server(model) as process, Memory(memory) as held:
        one = engine(process, together, after)
        client: Any = one._client
        began = time.perf_counter()
        try:
            text = translate_article(article, RememberingEngine(ProtectingEngine(one), held), glossary=glossary)
        except EngineError as error:
            return {"error": error.message, "requests": len(client.prompts)}
    rows = text.rows
    told = [pin for row in rows for pin in row.pins if pin.method == "hinted"]
    return {
        "sentences": len(rows), "seconds": round(time.perf_counter() - began), "requests": len(client.prompts),
        "translated": sum(bool(row.target) and row.target != row.source for row in rows),
        "neither": sum(not row.target and not row.problems for row in rows),
        "prompts with terms": sum("Use these translations" in prompt for prompt in client.prompts),
        "pins": sum(len(row.pins) for row in rows), "in a form of the hint": len(told),
        "marked": sum(bool(row.problems) for row in rows),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--together", type=int, nargs="*", default=[1, 4])
    parser.add_argument(
        "--article", type=Path, default=Path(__file__).parents[1] / "samples" / "rogun-and-the-vakhsh.md"
    )
    parser.add_argument("--after", type=int, default=12, help="answers after which the server is killed")
    results.add_option(parser, "llm")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    if options.sentences:
        with server(options.model) as process:
            for together in options.together:
                figures[f"together {together}"] = news(process, together, options.sentences)
                print(f"together {together}", figures[f"together {together}"], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        fresh, cut = Path(folder) / "fresh.sqlite3", Path(folder) / "cut.sqlite3"
        for name, memory, after in (("whole", fresh, 10**9), ("killed", cut, options.after), ("again", cut, 10**9)):
            figures[name] = through(options.article, options.model, memory, options.together[0], after)
            print(name, figures[name], flush=True)
    results.record(options, figures)


if __name__ == "__main__":
    main()
