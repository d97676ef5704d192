"""A small HTTP server that speaks the shapes of Ollama, llama.cpp and vLLM, as they were recorded; faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODELS: dict[str, dict[str, Any]] = {
    "ollama": {
        "/v1/models": {
            "object": "list",
            "data": [
                {"id": "translategemma:4b", "object": "model", "created": 1768000000, "owned_by": "library"},
                {"id": "qwen3:latest", "object": "model", "created": 1768000000, "owned_by": "library"},
            ],
        },
        "/api/tags": {
            "models": [
                {
                    "name": "translategemma:4b",
                    "model": "translategemma:4b",
                    "size": 3300000000,
                    "digest": "c0ffee00" * 8,
                },
                {"name": "qwen3:latest", "model": "qwen3:latest", "size": 5200000000, "digest": "beefcafe" * 8},
            ]
        },
    },
    "llama.cpp": {
        "/v1/models": {
            "models": [{"name": "model.gguf", "model": "model.gguf"}],
            "object": "list",
            "data": [
                {
                    "id": "model.gguf",
                    "object": "model",
                    "created": 1768000000,
                    "owned_by": "llamacpp",
                    "meta": {"n_vocab": 262144},
                }
            ],
        }
    },
    "vllm": {
        "/v1/models": {
            "object": "list",
            "data": [
                {"id": "google/translategemma-4b-it", "object": "model", "owned_by": "vllm", "max_model_len": 2048}
            ],
        }
    },
}


def answer(kind: str, model: str, text: str, finish: str = "stop") -> dict[str, Any]:
    """Return a chat completion as the server of a kind gives it."""
    message: dict[str, Any] = {"role": "assistant", "content": text}
    choice: dict[str, Any] = {"index": 0, "message": message, "finish_reason": finish}
    if kind == "vllm":
        message |= {"reasoning_content": None, "tool_calls": []}
        choice["logprobs"] = {
            "content": [{"token": "а", "logprob": -0.25, "bytes": [208, 176], "top_logprobs": []}] * 4
        }
    if kind == "llama.cpp":
        choice["logprobs"] = {
            "content": [{"id": 7, "token": "а", "bytes": [208, 176], "logprob": -0.5, "top_logprobs": []}]
        }
    usage = {"prompt_tokens": 40, "completion_tokens": 12, "total_tokens": 52}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1768000000,
        "model": model,
        "choices": [choice],
        "usage": usage,
    }


@dataclass
class Chat:
    """What the server does and what it was asked.

    Args:
        kind: a key of `MODELS`.
        say: prompt → what the model says.
        score: prompt, answer → tokens with their log-probabilities, as vLLM gives them for `prompt_logprobs`.
        fault: HTTP status to answer a chat with, by its number from 0, or "hang", "break", "garbage".
    """

    kind: str = "ollama"
    say: Callable[[str], str] = lambda _prompt: "Ответ."
    fault: dict[int, int | str] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    score: Callable[[str, str], list[tuple[str, float]]] | None = None
    finish: str = "stop"
    url: str = ""


@contextmanager
def serving(chat: Chat) -> Iterator[Chat]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = MODELS[chat.kind].get(self.path)
            self.reply(200 if found else 404, found or {"error": {"message": f"path {self.path} not found"}})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            number = len(chat.asked)
            chat.asked.append(body)
            fault = chat.fault.get(number)
            if fault == "hang":
                time.sleep(3)
            elif fault == "break":
                self.connection.close()
            elif fault == "garbage":
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<html>")
            elif isinstance(fault, int):
                self.reply(fault, {"error": {"code": fault, "message": "CUDA out of memory", "type": "server_error"}})
            elif "prompt_logprobs" in body:
                prompt, said = (message["content"] for message in body["messages"][-2:])
                rows = chat.score(prompt, said) if chat.score else []
                tokens = [{"7": {"logprob": log, "rank": 1, "decoded_token": token}} for token, log in rows]
                found = answer(chat.kind, body["model"], "")
                self.reply(200, found | {"prompt_logprobs": [None, *tokens] if rows else None})
            else:
                said = chat.say(body["messages"][-1]["content"])
                self.reply(200, answer(chat.kind, body["model"], said, chat.finish))

        def reply(self, status: int, data: dict[str, Any]) -> None:
            raw = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    chat.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield chat
    finally:
        server.shutdown()
        server.server_close()
