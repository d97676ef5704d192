"""The connection to a model server: OpenAI-style chat over HTTP, to a loopback address unless the settings allow more.

The standard library does it: no proxy of the environment is used and no redirect followed, so that a sentence goes
where the settings say and nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import itertools
import json
import math
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from translate.errors import ConfigError, EngineError
from translate.messages import _
from translate.spans import Span

MOST = 4_000_000  # bytes of an answer: a model that never stops is cut off
_START = "is the server running? Ollama: `ollama serve`; llama.cpp: `llama-server -m model.gguf`"


class RefusedError(EngineError):
    """The server cannot be reached at all."""


class AnswerError(EngineError):
    """The server did not give an answer to this one request."""


class Token(NamedTuple):
    """A token and the logarithm of its probability."""

    text: str
    log: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said.

    Args:
        text: as it came.
        whole: False where it was stopped at its length limit.
        tokens: of `text`; () where the server does not say how likely they are.
    """

    text: str
    whole: bool = True
    tokens: tuple[Token, ...] = ()

    def score(self, span: Span | None = None) -> float | None:
        """Return the mean log-probability of the tokens, or of those in a span of the text; None if it is not known."""
        tokens = self.tokens
        if span is not None:
            if "".join(token.text for token in tokens) != self.text:
                return None
            starts = itertools.accumulate((len(token.text) for token in tokens), initial=0)
            tokens = tuple(t for t, at in zip(tokens, starts, strict=False) if span.start <= at < span.stop)
        return sum(token.log for token in tokens) / len(tokens) if tokens else None


def is_loopback(url: str) -> bool:
    """Tell whether a URL leads to this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


class Client:
    """A model server.

    Args:
        url: of the server, with or without /v1.
        remote: True where the settings allow another machine.
        timeout: seconds to wait for one answer.
        seed: of the sampling; the temperature is 0.

    Raises:
        ConfigError: no http address, or another machine that is not allowed.
    """

    def __init__(self, url: str, *, remote: bool = False, timeout: float = 120.0, seed: int = 0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(
                _("llm.url: {url!r} is no http address").format(url=url),
                hint=_('for example url = "http://127.0.0.1:11434"'),
            )
        if not is_loopback(url) and not remote:
            why = _("llm.url: {hostname} is another machine, and the text would leave this one").format(
                hostname=parts.hostname
            )
            raise ConfigError(why, hint=_("if that is what you want, write remote = true beside it"))
        self.url = url.rstrip("/").removesuffix("/v1")
        self._timeout = timeout
        self._seed = seed
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())

    def models(self) -> Sequence[Mapping[str, Any]]:
        """Return the models the server offers, each with "id" and, from Ollama, "digest".

        Raises:
            RefusedError: nothing listens there.
        """
        found = self._get("/v1/models").get("data")
        offered = [m for m in found or [] if isinstance(m, dict) and isinstance(m.get("id"), str)]
        try:
            tags = self._get("/api/tags").get("models")
            digests = {
                m["name"]: m["digest"] for m in tags or [] if isinstance(m, dict) and "name" in m and "digest" in m
            }
        except AnswerError:  # not Ollama
            digests = {}
        return [{**m, "digest": digests.get(m["id"], "")} for m in offered]

    def ask(self, model: str, messages: Sequence[Mapping[str, str]], most: int) -> Answer:
        """Have a model say something.

        Args:
            model: its id.
            messages: the chat so far.
            most: tokens of the answer.

        Raises:
            RefusedError: nothing listens there.
            AnswerError: no answer to this one.
        """
        asked = {
            "model": model, "messages": list(messages), "temperature": 0, "seed": self._seed, "max_tokens": most,
            "stream": False, "logprobs": True,
        }  # fmt: skip
        try:
            choice = self._post("/v1/chat/completions", asked)["choices"][0]
            text = choice["message"]["content"]
        except (KeyError, IndexError, TypeError) as error:
            raise AnswerError(
                _("the model server answers in another shape than a chat: {error!r}").format(error=error)
            ) from error
        if not isinstance(text, str):
            raise AnswerError(_("the model server's answer holds no text"))
        return Answer(text, choice.get("finish_reason") != "length", _tokens(choice.get("logprobs")))

    def score(self, model: str, messages: Sequence[Mapping[str, str]], said: str) -> list[Token]:
        """Return how likely a model is to say something, token by token; [] where the server does not tell.

        Args:
            model: its id.
            messages: the chat so far.
            said: the answer to score.

        Raises:
            RefusedError, AnswerError: as `ask` does.

        Source: vLLM's extra parameters of the chat API: prompt_logprobs, continue_final_message.
        """
        asked = {
            "model": model, "messages": [*messages, {"role": "assistant", "content": said}], "max_tokens": 1,
            "temperature": 0, "add_generation_prompt": False, "continue_final_message": True, "prompt_logprobs": 0,
        }  # fmt: skip
        rows = self._post("/v1/chat/completions", asked).get("prompt_logprobs")
        found: list[Token] = []
        for row in reversed(rows if isinstance(rows, list) else []):
            token = next(iter(row.values()), None) if isinstance(row, dict) else None
            if not isinstance(token, dict) or not isinstance(token.get("decoded_token"), str):
                return []
            log = token.get("logprob")
            if not isinstance(log, int | float) or not math.isfinite(log):
                return []
            found.insert(0, Token(token["decoded_token"], float(log)))
            text = "".join(one.text for one in found)
            if text.strip() == said.strip():
                return found
            if len(text) > len(said) + 20:
                return []
        return []

    def _get(self, path: str) -> dict[str, Any]:
        return self._open(urllib.request.Request(self.url + path))

    def _post(self, path: str, data: Mapping[str, Any]) -> dict[str, Any]:
        body = json.dumps(data, ensure_ascii=False).encode()
        return self._open(urllib.request.Request(self.url + path, body, {"Content-Type": "application/json"}))

    def _open(self, request: urllib.request.Request) -> dict[str, Any]:
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                raw = response.read(MOST + 1)
        except urllib.error.HTTPError as error:
            with error:
                raise AnswerError(
                    _("the model server answers {code}: {reason}").format(code=error.code, reason=_reason(error))
                ) from error
        except TimeoutError as error:
            raise AnswerError(
                _("the model server did not answer within {timeout:g} s").format(timeout=self._timeout)
            ) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise AnswerError(
                    _("the model server did not answer within {timeout:g} s").format(timeout=self._timeout)
                ) from error
            raise RefusedError(
                _("no model server answers at {url}: {reason}").format(url=self.url, reason=error.reason), hint=_START
            ) from error
        except (http.client.HTTPException, OSError) as error:
            raise RefusedError(
                _("the model server at {url} broke off: {error!r}").format(url=self.url, error=error), hint=_START
            ) from error
        if len(raw) > MOST:
            raise AnswerError(_("the model server's answer has no end"))
        try:
            found = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise AnswerError(_("the model server does not answer in JSON")) from error
        if not isinstance(found, dict):
            raise AnswerError(_("the model server's answer is no JSON object"))
        return found


def _reason(error: urllib.error.HTTPError) -> str:
    """Return what a server says was wrong: {"error": {"message": …}}, {"error": …}, or its first words."""
    raw = error.read(2000)
    try:
        found = json.loads(raw)["error"]
        return str(found["message"] if isinstance(found, dict) else found)[:300]
    except (ValueError, KeyError, TypeError, RecursionError):
        return raw.decode("utf-8", "replace").strip()[:300] or error.reason


def _tokens(logprobs: object) -> tuple[Token, ...]:
    """Return the tokens of {"content": [{"token": …, "logprob": …}, …]}."""
    rows = logprobs.get("content") if isinstance(logprobs, dict) else None
    found = []
    for row in rows if isinstance(rows, list) else []:
        log = row.get("logprob") if isinstance(row, dict) else None
        if isinstance(log, int | float) and math.isfinite(log):
            found.append(Token(str(row.get("token", "")), float(log)))
    return tuple(found)
