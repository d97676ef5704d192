"""What every test needs: a home of its own, no network, and one draft engine for the whole run."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from translate.engine import Draft, Engine, Request

HOMES = ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "ARGOS_PACKAGES_DIR")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests out of the user's models, caches and memory."""
    with pytest.MonkeyPatch.context() as patch:
        for name in HOMES:
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


class NetworkError(AssertionError):
    """A test opened a connection that leaves the machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Let sockets connect to this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise NetworkError(f"connection to {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def draft_engine() -> Engine:
    """Load the shipped draft model once: a second, and 170 MB."""
    from translate.draft import DraftEngine

    return DraftEngine.load("en", "ru")


@pytest.fixture
def packages_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder where Argos packages are looked for."""
    folder = tmp_path / "argos" / "packages"
    folder.mkdir(parents=True)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files in tests/articles")


class MadeUpEngine:
    """Translates word by word into made-up Russian; quick, and the same every time.

    Letters become Cyrillic ones, digits and marks stay, and a stand-in is carried over as a good engine does. Every
    word is aligned with its own.
    """

    name = "made-up"
    signature = "made-up 1"
    is_draft = True
    stand_ins_first = False
    CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувшкиз") | str.maketrans(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБЦДЕФГХИЖКЛМНОПКРСТУВШКИЗ"
    )

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, requests: list[Request]) -> list[Draft]:
        return [self._one(request) for request in requests]

    def _one(self, request: Request) -> Draft:
        from translate.engine import Draft, Link
        from translate.errors import Span

        self.asked.append(request.text)
        text = request.text.translate(self.CYRILLIC)
        for span in request.kept:
            text = text[: span.start] + span.of(request.text) + text[span.stop :]
        words = [Span(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
        return Draft(text, -0.5, tuple(Link(span, span) for span in words), self.signature)


@pytest.fixture
def made_up_engine() -> MadeUpEngine:
    return MadeUpEngine()
