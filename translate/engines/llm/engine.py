"""A language model as an engine: each sentence asked for by itself, several at once, cleaned, guarded, tried once more.

A language model reads the terms and the sentences before; the pins prove or mend what it made of them, as for any
engine. What a server's fault leaves without a translation is a problem of that sentence and is not remembered, so that
the next run asks again.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from translate import config
from translate.engines.decoding import Output, better, honest, judged
from translate.engines.llm.cleaning import cleaned
from translate.engines.llm.client import AnswerError, Client, RefusedError
from translate.engines.llm.prompts import VERSION, Prompt, longest_answer, messages_of
from translate.engines.llm.serving import serve
from translate.engines.llm.settings import LlmSettings, settings
from translate.engines.protocol import Draft, Request, Traits
from translate.errors import EngineError
from translate.messages import lazy_gettext
from translate.problems import Kind, Problem

# Sentences running that a server fails before the run ends: one may be at fault itself, three are the server's.
PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Model:
    """A model as the server names it, and what tells its weights from others': "" where the server does not say."""

    id: str
    digest: str


class LlmEngine:
    """A chat model behind `LlmSettings`.

    Args:
        chosen: the settings.
        source, target: ISO 639 codes.
    """

    name = "llm"

    def __init__(self, chosen: LlmSettings, source: str = "en", target: str = "ru") -> None:
        self._server: Any = None
        url = chosen.url
        if chosen.file:
            self._server, url = serve(chosen.file, chosen.parallel)
        self._client = Client(url, remote=chosen.remote, timeout=chosen.timeout, seed=chosen.seed)
        self._prompt = Prompt(chosen.template, source, target, chosen.context)
        self._parallel = chosen.parallel
        self._model = _chosen(self._client, chosen)
        digest = f"@{self._model.digest[:12]}" if self._model.digest else ""
        how = f"style={chosen.style!r} prompt={VERSION} context={chosen.context} seed={chosen.seed}"
        self.signature = f"llm:{self._model.id}{digest} {how}"
        self.traits = Traits(
            passes=("hinted", "free", "stand-ins", "other stand-ins"),
            uses_hints=True,
            uses_context=chosen.context > 0,
            is_remote=chosen.remote,
        )

    @classmethod
    def load(cls, source: str, target: str) -> LlmEngine:
        """Reach the model that the settings of the current folder name.

        Raises:
            ConfigError: no settings, or faulty ones.
            EngineError: no server, no such model there.
        """
        return cls(settings(config.load()), source, target)

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences, several at once; the n drafts come in the same order.

        Raises:
            EngineError: the server is gone, or fails one sentence after the other.
        """
        drafts: list[Draft] = []
        failed = 0
        with ThreadPoolExecutor(self._parallel) as pool:
            running = [pool.submit(self._one, request) for request in requests]
            try:
                for one in running:
                    drafts.append(one.result())
                    failed = failed + 1 if drafts[-1].signature != self.signature else 0
                    if failed >= PATIENCE:
                        why = drafts[-1].problems[0].message
                        raise EngineError(f"the model server fails one sentence after the other; the last: {why}")
            except BaseException:
                pool.shutdown(cancel_futures=True, wait=False)
                raise
        return drafts

    def _one(self, request: Request) -> Draft:
        try:
            first = self._draft(request, bare=False)
            if not first.problems:
                return first
            return honest(better(first, self._draft(request, bare=True)))
        except RefusedError:
            raise
        except AnswerError as error:
            message = lazy_gettext("no translation: {why}", why=error.message)
            problem = Problem(Kind.UNTRANSLATED, message)
            # another signature than the engine's own: the memory will not give it back
            return Draft("", None, None, f"{self.signature} failed", (problem,))

    def _draft(self, request: Request, *, bare: bool) -> Draft:
        said = self._prompt.of(request, bare=bare)
        answer = self._client.ask(self._model.id, messages_of(said), longest_answer(request.text))
        text = cleaned(answer.text, request.text)
        output = Output(text, answer.score, None, answer.whole)
        return judged(request, output, self._prompt.target, self.signature)


def _chosen(client: Client, chosen: LlmSettings) -> Model:
    """Find the model on the server.

    Raises:
        EngineError: it is not there, or none is named and there are several.
    """
    try:
        offered = client.models()
    except RefusedError:
        raise
    except AnswerError as error:
        if not chosen.model:
            raise EngineError(
                f"the server does not say which models it has: {error.message}", hint="set llm.model"
            ) from error
        return Model(chosen.model, "")
    names = [str(model["id"]) for model in offered]
    wanted = chosen.model or (names[0] if len(names) == 1 else "")
    if not wanted:
        raise EngineError(
            "llm.model is not set, and the server has " + _listed(names), hint="set llm.model to one of them"
        )
    for model in offered:
        if model["id"] in (wanted, f"{wanted}:latest"):
            return Model(str(model["id"]), str(model["digest"]).removeprefix("sha256:"))
    # llama.cpp answers whatever it is called
    if len(names) == 1 and chosen.file:
        return Model(names[0], "")
    raise EngineError(
        f"the server has no model {wanted!r}: it has {_listed(names)}", hint=f"Ollama: ollama pull {wanted}"
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "") if names else "none"
