"""What every test needs: a home of its own, no network, and one draft engine for the whole run."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from made_up_engine import MadeUpEngine

if TYPE_CHECKING:
    from translate.engines import Engine

# What CI tries is the same every time; who works on the code tries something new with every run.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

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
    from translate.engines.draft import DraftEngine

    return DraftEngine.load("en", "ru")


@pytest.fixture
def packages_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder where Argos packages are looked for."""
    folder = tmp_path / "argos" / "packages"
    folder.mkdir(parents=True)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder))
    return folder


# Where several processes share the tests (`make test`), what takes longest is begun first: the others end beside it.
LONG = (
    "test_tutorial.py",
    "test_cli_article.py::test_hostile_files",
    "test_campaign.py",
    "test_memory_exchange.py::test_a_killed_import",
    "test_inflection.py::test_case_reading_floor",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONG))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files in tests/articles")


@pytest.fixture
def made_up_engine() -> MadeUpEngine:
    return MadeUpEngine()
