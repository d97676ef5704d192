"""A language model as an engine: each sentence asked for by itself or several by number, cleaned, guarded, tried again.

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
from translate.engines.llm.numbering import parts_of
from translate.engines.llm.prompts import VERSION, Prompt, longest_answer, messages_of
from translate.engines.llm.serving import serve
from translate.engines.llm.settings import LlmSettings, settings
from translate.engines.pieces import spans_of
from translate.engines.protocol import Contrast, Draft, Request, Traits, WordLoss
from translate.engines.scoring import Score, contrast_with
from translate.errors import EngineError
from translate.messages import _, lazy_gettext
from translate.problems import Kind, Problem

# Sentences running that a server fails before the run ends: one may be at fault itself, three are the server's.
PATIENCE = 3
LETTERS = 1_500  # of the sentences asked for together


@dataclass(frozen=True, slots=True)
class Model:
    """A model as the server names it.

    Args:
        id: its name.
        digest: what tells its weights from others', "" where the server does not say.
        scores: the server tells how likely a given answer is.
    """

    id: str
    digest: str
    scores: bool = False


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
        self._together = chosen.together
        how = f"style={chosen.style!r} prompt={VERSION} context={chosen.context} seed={chosen.seed}"
        several = f" together={chosen.together}" if chosen.together > 1 else ""
        self.signature = f"llm:{self._model.id}{digest} {how}{several}"
        scores = self._model.scores
        self.traits = Traits(
            passes=("hinted", "free", *(("contrasted",) if scores else ()), "stand-ins", "other stand-ins"),
            uses_hints=True,
            uses_context=chosen.context > 0,
            scores=scores,
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
            running = [pool.submit(self._several, group) for group in self._groups(requests)]
            try:
                for draft in (draft for group in running for draft in group.result()):
                    drafts.append(draft)
                    failed = failed + 1 if draft.signature != self.signature else 0
                    if failed >= PATIENCE:
                        why = draft.problems[0].message
                        raise EngineError(
                            _("the model server fails one sentence after the other; the last: {why}").format(why=why)
                        )
            except BaseException:
                pool.shutdown(cancel_futures=True, wait=False)
                raise
        return drafts

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Tell for n translations how much less likely each word is with a term exchanged."""
        with ThreadPoolExecutor(self._parallel) as pool:
            return contrast_with(lambda source, said: pool.submit(self._scores, source, said).result, asked, least)

    def _scores(self, source: str, said: str) -> list[Score]:
        messages = messages_of(self._prompt.of(Request(source), bare=True))
        try:
            tokens = self._client.score(self._model.id, messages, said)
        except AnswerError:
            return []
        spans = spans_of([token.text for token in tokens], said)
        return [Score(span, token.log) for span, token in zip(spans, tokens, strict=True)]

    def _groups(self, requests: Sequence[Request]) -> list[list[Request]]:
        """Put sentences into groups that are asked for together: neighbours, and not too many letters."""
        groups: list[list[Request]] = []
        for request in requests:
            full = not groups or len(groups[-1]) >= self._together
            if full or sum(len(one.text) for one in [*groups[-1], request]) > LETTERS:
                groups.append([])
            groups[-1].append(request)
        return groups

    def _several(self, group: Sequence[Request]) -> list[Draft]:
        """Ask for a group at once; what does not come back whole and by its number is asked for one by one."""
        if len(group) == 1:
            return [self._one(group[0])]
        most = sum(longest_answer(request.text) for request in group)
        try:
            answer = self._client.ask(self._model.id, messages_of(self._prompt.of_several(group)), most)
        except AnswerError:
            return [self._one(request) for request in group]
        parts = parts_of(answer.text, [request.text for request in group]) if answer.whole else None
        if parts is None:
            return [self._one(request) for request in group]
        made = [
            self._read(request, part.text, answer.score(part.span)) for request, part in zip(group, parts, strict=True)
        ]
        return [self._one(request) if draft.problems else draft for request, draft in zip(group, made, strict=True)]

    def _read(self, request: Request, said: str, score: float | None, *, whole: bool = True) -> Draft:
        output = Output(cleaned(said, request.text), score, None, whole)
        return judged(request, output, self._prompt.target, self.signature)

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
        return self._read(request, answer.text, answer.score(), whole=answer.whole)


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
                _("the server does not say which models it has: {message}").format(message=error.message),
                hint=_("set llm.model"),
            ) from error
        return Model(chosen.model, "")
    names = [str(model["id"]) for model in offered]
    wanted = chosen.model or (names[0] if len(names) == 1 else "")
    if not wanted:
        raise EngineError(
            "llm.model is not set, and the server has " + _listed(names), hint=_("set llm.model to one of them")
        )
    for model in offered:
        if model["id"] in (wanted, f"{wanted}:latest"):
            digest = str(model["digest"]).removeprefix("sha256:")
            return Model(str(model["id"]), digest, scores=model.get("owned_by") == "vllm")
    # llama.cpp answers whatever it is called
    if len(names) == 1 and chosen.file:
        return Model(names[0], "")
    raise EngineError(
        _("the server has no model {wanted!r}: it has {listed}").format(wanted=wanted, listed=_listed(names)),
        hint=f"Ollama: ollama pull {wanted}",
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "") if names else "none"
