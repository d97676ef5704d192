"""One engine, asked by many at once: what waits is translated together, and nothing twice.

A model decodes sentences of near lengths side by side in less time than one by one, and the more there are to choose
from the nearer they are; and there need be only one of it in memory. So the engine stands in a process of its own, and
those who segment, match, pin and check in others hand their sentences in here.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from translate.engines import Contrast, Draft, Engine, Loaded, Request, Traits, WordLoss, contrast
from translate.errors import EngineError, FileError, TranslateError
from translate.memory import open_engine
from translate.messages import _

RECENT = 4096
"""Drafts that are kept for who asks for one while it is on its way into the memory."""


class Desk:
    """An engine that several threads may ask at once.

    Args:
        engine: asked by one thread alone.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._changed = threading.Condition()
        self._waiting: list[tuple[Request, Future[Draft]]] = []
        self._contrasts: list[tuple[Contrast, float, Future[tuple[WordLoss, ...]]]] = []
        self._recent: OrderedDict[Request, Future[Draft]] = OrderedDict()
        threading.Thread(target=self._work, daemon=True).start()

    def translate(self, requests: Sequence[Request]) -> list[Draft]:
        """Translate n sentences together with those of others; the n drafts come in the same order."""
        with self._changed:
            futures = [self._future(request) for request in requests]
            self._changed.notify()
        return [future.result() for future in futures]

    def contrast(self, asked: Sequence[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Score together with others."""
        with self._changed:
            futures: list[Future[tuple[WordLoss, ...]]] = [Future() for _one in asked]
            self._contrasts += [(one, least, future) for one, future in zip(asked, futures, strict=True)]
            self._changed.notify()
        return [future.result() for future in futures]

    def _future(self, request: Request) -> Future[Draft]:
        future = self._recent.get(request)
        if future is None:
            future = self._recent[request] = Future()
            self._waiting.append((request, future))
            while len(self._recent) > RECENT and next(iter(self._recent.values())).done():
                self._recent.popitem(last=False)
        return future

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._contrasts)
                waiting, self._waiting = self._waiting, []
                contrasts, self._contrasts = self._contrasts, []
            if waiting:
                self._translated(waiting)
            if contrasts:
                self._contrasted(contrasts)

    def _translated(self, waiting: list[tuple[Request, Future[Draft]]]) -> None:
        try:
            drafts = self.engine.translate([request for request, _future in waiting])
            for (_request, future), draft in zip(waiting, drafts, strict=True):
                future.set_result(draft)
        except Exception as error:
            with self._changed:
                for request, _future in waiting:
                    self._recent.pop(request, None)  # who asks again is answered anew
            for _request, future in waiting:
                if not future.done():
                    future.set_exception(error)

    def _contrasted(self, contrasts: list[tuple[Contrast, float, Future[tuple[WordLoss, ...]]]]) -> None:
        for least in dict.fromkeys(least for _one, least, _future in contrasts):
            some = [(one, future) for one, bound, future in contrasts if bound == least]
            try:
                losses = contrast(self.engine, [one for one, _future in some], least)
                for (_one, future), found in zip(some, losses, strict=True):
                    future.set_result(found)
            except Exception as error:
                for _one, future in some:
                    if not future.done():
                        future.set_exception(error)


@dataclass(frozen=True, slots=True)
class Opening:
    """Which engine to open: see `memory.open_engine`."""

    name: str = "auto"
    source: str = "en"
    target: str = "ru"
    hints: bool = False

    def load(self) -> Loaded:
        """Open it, with protection around the model; the memory stands before the desk, not behind it."""
        return open_engine(self.name, self.source, self.target, hints=self.hints)


@dataclass(frozen=True, slots=True)
class Post:
    """Where an engine in another process is asked, and what it says of itself."""

    address: str
    name: str
    signature: str
    traits: Traits
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong in another process, in words that travel."""

    message: str
    path: str = ""
    hint: str = ""
    code: int = 0

    def error(self) -> Exception:
        """Return it as an exception again."""
        if self.code == EngineError.exit_code:
            return EngineError(self.message, path=self.path or None, hint=self.hint)
        if self.code:
            return FileError(self.message, path=self.path or None, hint=self.hint)
        return RuntimeError(self.message)


def failure_of(error: BaseException) -> Failure:
    """Put an exception into words."""
    if isinstance(error, TranslateError):
        return Failure(error.message, str(error.path or ""), error.hint, error.exit_code)
    if isinstance(error, OSError):
        return Failure(error.strerror or str(error), str(error.filename or ""), code=3)
    return Failure(f"{type(error).__name__}: {error}")


def serve(opening: Opening, folder: Path, ready: Connection) -> None:
    """Open an engine and answer whoever connects, until the process that began this one ends.

    Args:
        opening: which engine.
        folder: of the user's own: others may not ask, nor read what is unpublished.
        ready: told where to ask, a `Post`, or a `Failure`.
    """
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that began this one says when to end
    try:
        loaded = opening.load()
        engine = loaded.engine
        place = None if os.name == "nt" else str(folder / "engine")
        listener = Listener(place, authkey=multiprocessing.current_process().authkey)
        post = Post(str(listener.address), engine.name, engine.signature, engine.traits, loaded.notice)
    except Exception as error:
        ready.send(failure_of(error))
        return
    ready.send(post)
    desk = Desk(engine)
    while True:
        with suppress(OSError, EOFError, multiprocessing.AuthenticationError):
            connection = listener.accept()
            threading.Thread(target=_answer, args=(desk, connection), daemon=True).start()


def _answer(desk: Desk, connection: Connection) -> None:
    with suppress(OSError, EOFError), connection:
        while True:
            what, *asked = connection.recv()
            try:
                made = desk.translate(*asked) if what == "translate" else desk.contrast(*asked)
            except Exception as error:
                connection.send(failure_of(error))
            else:
                connection.send(made)


class Served:
    """An engine in another process.

    Args:
        post: where it is asked.
    """

    def __init__(self, post: Post) -> None:
        self.name, self.signature, self.traits = post.name, post.signature, post.traits
        self._address = post.address
        self._connection: Connection | None = None

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order."""
        made: list[Draft] = list(self._ask("translate", requests)) if requests else []
        # one string for all of them: every draft came with its own
        return [
            replace(draft, signature=self.signature) if draft.signature == self.signature else draft for draft in made
        ]

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Tell for n translations how much less likely each word is with a term exchanged."""
        return list(self._ask("contrast", asked, least)) if asked else []

    def _ask(self, *what: object) -> list[Any]:
        try:
            if self._connection is None:
                self._connection = Client(self._address, authkey=multiprocessing.current_process().authkey)
            self._connection.send(what)
            answer = self._connection.recv()
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self._connection = None
            raise EngineError(
                _("the engine's process has ended ({what})").format(what=error or type(error).__name__), hint=_AGAIN
            ) from None
        if isinstance(answer, Failure):
            raise answer.error()
        assert isinstance(answer, list)
        return answer


_AGAIN = "Start the command again: it goes on where it stopped."


def end_with_parent() -> None:
    """End this process when the one that began it does, be that by a kill: nobody else would."""
    parent = os.getppid()

    def watch() -> None:
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
