"""`tolmach models`, whole: against an index on this machine, and with the network forbidden everywhere else."""

from __future__ import annotations

import functools
import http.server
import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sample_package import build_package

from translate.cli import cli
from translate.engines import Engine, Request
from translate.engines.argos import index
from translate.errors import EngineError


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["models", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        assert isinstance(result.exception, EngineError), result.exception
    return result


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder with ranges; break off answers as the server's `breaks` say."""

    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.path, self.headers.get("Range")))
        path = Path(self.directory) / self.path.lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        raw, tag = path.read_bytes(), f'"{path.stat().st_mtime_ns}"'
        wanted = self.headers.get("Range") if self.headers.get("If-Range") == tag else None
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        if wanted and start >= len(raw):
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{len(raw) - 1}/{len(raw)}")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(raw) - start))
        self.end_headers()
        stop = start + server.breaks.pop(0) if server.breaks and path.suffix == ".argosmodel" else len(raw)
        self.wfile.write(raw[start:stop])

    def log_message(self, *_arguments: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.asked: list[tuple[str, str | None]] = []
        self.breaks: list[int] = []
        self.folder = folder

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    folder = tmp_path / "served"
    folder.mkdir()
    monkeypatch.setenv("TOLMACH_ANY_LINK", "1")  # it is no public host
    with Server(folder) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        entries = []
        for source, target in (("en", "ru"), ("kk", "en")):
            package = build_package(tmp_path / "made", source=source, target=target)
            archive(package, folder / f"{source}_{target}.argosmodel")
            links = ["ipfs://nowhere", f"{made.address}/{source}_{target}.argosmodel"]
            entries.append({**json.loads((package / "metadata.json").read_text(encoding="utf-8")), "links": links})
        old = {**entries[0], "package_version": "0.9", "links": [f"{made.address}/old.argosmodel"]}
        broken: list[Any] = [{"type": "sbd", "links": ["http://x/"]}, {"from_code": "en"}, 7]
        (folder / "index.json").write_text(json.dumps([old, *entries, *broken]), encoding="utf-8")
        monkeypatch.setattr("argostranslate.settings.package_index", made.address)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.setattr(index, "PAUSE", 0.01)
        yield made
        made.shutdown()
        thread.join()


def archive(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(folder.rglob("*")):
            made.write(path, Path(folder.name) / path.relative_to(folder))


def test_available_lists_what_can_be_had(server: Server) -> None:
    result = run("available")
    assert result.stdout.splitlines() == ["en→ru\t0.9\tEN → RU", "en→ru\t1.0\tEN → RU", "kk→en\t1.0\tKK → EN"]
    assert json.loads(run("available", "--from", "kk", "--json").stdout)[0]["target"] == "en"


def test_install_list_verify_remove(server: Server, packages_folder: Path, tmp_path: Path) -> None:
    result = run("install", "en", "ru")
    assert result.exit_code == 0, result.output
    assert "translate-en_ru-1_0 installed" in result.stdout
    assert "sha256 " in result.stdout
    assert not list((tmp_path / "cache").rglob("*.argosmodel"))
    assert "en→ru\targos\ttranslate-en_ru-1_0" in run("list").stdout
    assert "translate-en_ru-1_0\twhole" in run("verify").stdout
    assert run("remove", "en", "ru", "--yes").exit_code == 0
    assert "argos" not in run("list").stdout


def test_without_a_direct_package_two_are_installed(server: Server, packages_folder: Path) -> None:
    result = run("install", "kk", "ru")
    assert result.exit_code == 0, result.output
    assert {p.name for p in packages_folder.iterdir() if p.is_dir()} == {"translate-kk_en-1_0", "translate-en_ru-1_0"}


def test_a_broken_download_goes_on_where_it_stopped(server: Server, packages_folder: Path) -> None:
    server.breaks = [100_000, 200_000]
    assert run("install", "en", "ru").exit_code == 0
    ranges = [wanted for path, wanted in server.asked if path.endswith(".argosmodel")]
    assert ranges == [None, "bytes=100000-", "bytes=300000-"]


def test_a_later_run_goes_on_too(server: Server, packages_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "ATTEMPTS", 1)
    server.breaks = [100_000]
    result = run("install", "en", "ru")
    assert isinstance(result.exception, EngineError)
    assert "goes on where it stopped" in result.exception.hint
    assert run("install", "en", "ru").exit_code == 0
    assert server.asked[-1] == ("/en_ru.argosmodel", "bytes=100000-")


def test_a_file_changed_on_the_server_is_fetched_anew(
    server: Server, packages_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "ATTEMPTS", 1)
    server.breaks = [100_000]
    run("install", "en", "ru")
    path = server.folder / "en_ru.argosmodel"
    path.write_bytes(path.read_bytes())
    assert run("install", "en", "ru").exit_code == 0
    assert run("verify").exit_code == 0


def test_what_the_server_does_not_have(server: Server, packages_folder: Path) -> None:
    (server.folder / "en_ru.argosmodel").unlink()
    assert "404" in str(run("install", "en", "ru").exception)
    result = run("install", "en", "xx")
    assert "no package for en→xx" in str(result.exception)
    (server.folder / "index.json").write_text("<html>", encoding="utf-8")
    assert "not an index" in str(run("available").exception)


def test_no_connection_has_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argostranslate.settings.package_index", "http://127.0.0.1:9")
    result = run("available")
    assert isinstance(result.exception, EngineError)
    assert result.exception.hint


def test_a_server_that_says_nothing_times_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(index, "TIMEOUT", 0.2)
        monkeypatch.setattr("argostranslate.settings.package_index", f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert isinstance(run("available").exception, EngineError)


@pytest.mark.parametrize("address", ["file:///etc", "ftp://127.0.0.1", "nonsense"])
def test_only_http_is_spoken(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argostranslate.settings.package_index", address)
    assert isinstance(run("available").exception, EngineError)


def test_install_from_a_file_needs_no_network(
    packages_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(build_package(tmp_path / "made"), tmp_path / "a.argosmodel")
    forbid_sockets(monkeypatch)
    assert run("install", str(tmp_path / "a.argosmodel")).exit_code == 0
    assert run("list").exit_code == 0


def test_install_of_nothing_is_a_usage_error(packages_folder: Path) -> None:
    assert run("install", "nofile.argosmodel").exit_code == 2
    assert run("install").exit_code == 2


def test_verify_names_the_damage(packages_folder: Path, tmp_path: Path) -> None:
    archive(build_package(tmp_path / "made"), tmp_path / "a.argosmodel")
    run("install", str(tmp_path / "a.argosmodel"))
    (packages_folder / "translate-en_ru-1_0" / "README.md").unlink()
    build_package(packages_folder, source="kk", target="en")
    result = run("verify")
    assert isinstance(result.exception, EngineError)
    assert "translate-en_ru-1_0\tdamaged\n  README.md: No such file" in result.stdout
    assert "translate-kk_en-1_0\tno checksums" in result.stdout


def test_remove_asks_first(packages_folder: Path) -> None:
    made = build_package(packages_folder)
    result = CliRunner().invoke(cli, ["models", "remove", made.name], input="n\n")
    assert result.exit_code == 1
    assert made.exists()
    assert "no such model" in str(run("remove", "xx", "yy", "--yes").exception)


def test_where_names_every_place(packages_folder: Path) -> None:
    places = dict(line.split("\t") for line in run("where").stdout.splitlines())
    assert places["argos"] == str(packages_folder)
    assert set(places) == {"argos", "opus", "draft", "cache", "memory"}
    assert [row["what"] for row in json.loads(run("where", "--json").stdout)] == list(places)


@pytest.mark.parametrize("command", ["list", "available", "install", "remove", "verify", "where"])
def test_every_command_shows_an_example(command: str) -> None:
    assert f"tolmach models {command}" in run(command, "--help").stdout


DOCS = (Path(__file__).parent.parent / "docs" / "engines.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", [line for line in DOCS.splitlines() if line.startswith("$ tolmach models")])
def test_the_commands_in_the_docs_exist(line: str) -> None:
    command = line.split()[3]
    result = run(command, "--help")
    assert result.exit_code == 0
    assert all(word in result.stdout for word in line.split("#", maxsplit=1)[0].split() if word.startswith("--"))


def test_the_python_example_in_the_docs_runs(capsys: pytest.CaptureFixture[str], draft_engine: Engine) -> None:
    code = DOCS.split("```python\n")[1].split("```")[0]
    exec(code, {})
    assert "Суд" in capsys.readouterr().out


# --- no network anywhere else -------------------------------------------------------------------------------------


def forbid_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)


def test_no_engine_opens_a_socket(
    packages_folder: Path, draft_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from translate.engines import load_engine
    from translate.memory import Memory, RememberingEngine

    build_package(packages_folder, kind="bpe")
    build_package(packages_folder, source="kk", target="en")
    forbid_sockets(monkeypatch)
    with Memory(tmp_path / "memory.sqlite3") as memory:
        for name, source in (("auto", "en"), ("argos", "kk"), ("draft", "en")):
            engine = load_engine(name, source, "ru").engine
            assert RememberingEngine(engine, memory, source).translate([Request("The dam is old.")])[0].text
    for command in ("list", "verify", "where"):
        assert run(command).exit_code == 0


@pytest.mark.parametrize(
    "link",
    [
        "http://models.example.org/a.argosmodel", "https://127.0.0.1/a", "https://2130706433/a", "https://[::1]/a",
        "https://localhost/a", "https://printer.local/a", "https://user@models.example.org/a", "file:///etc/passwd",
        "https://0x7f.0.0.1/a", "https://[::ffff:10.0.0.1]/a", "https://[bad/a",
    ],
)  # fmt: skip
def test_links_that_are_not_followed(link: str) -> None:
    from translate.engines.argos import index

    assert index._fault(link)
    entry = {"from_code": "en", "to_code": "ru", "package_version": "1.9", "links": [link]}
    assert index._available(entry) is None
    good = "https://models.example.org/translate-en_ru-1_9.argosmodel"
    offer = index._available({**entry, "links": [link, good], "from_name": "Eng\x1b[2Jlish\u202e", "to_name": "R\nu"})
    assert offer is not None
    assert (offer.links, offer.source_name, offer.target_name) == ((good,), "Eng 2Jlish", "R u")
    assert index._available({**entry, "from_code": "../..", "links": [good]}) is None


def test_an_archive_that_is_not_what_was_offered(server: Server, packages_folder: Path, tmp_path: Path) -> None:
    (server.folder / "en_ru.argosmodel").write_bytes((server.folder / "kk_en.argosmodel").read_bytes())
    done = run("install", "en", "ru")
    assert "offered as en→ru" in str(done.exception)
    assert not any(path.is_dir() for path in packages_folder.glob("[!.]*"))


def test_a_package_of_another_pair_does_not_take_a_packages_place(packages_folder: Path, tmp_path: Path) -> None:
    first = build_package(tmp_path / "one", source="en", target="ru")
    archive(first, tmp_path / "one.argosmodel")
    assert run("install", str(tmp_path / "one.argosmodel")).exit_code == 0
    metadata = json.loads((first / "metadata.json").read_text(encoding="utf-8"))
    (first / "metadata.json").write_text(json.dumps({**metadata, "from_code": "de", "to_code": "fr"}))
    archive(first, tmp_path / "two.argosmodel")
    done = run("install", str(tmp_path / "two.argosmodel"))
    assert "translates en→ru" in str(done.exception)
    assert "en→ru" in run("list").output


def test_an_installation_killed_at_any_rename_loses_nothing(
    packages_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from translate.engines.argos import packages
    from translate.engines.argos.archive import install

    made = build_package(tmp_path / "one", source="en", target="ru")
    archive(made, tmp_path / "one.argosmodel")
    install(tmp_path / "one.argosmodel")
    real = Path.rename
    for at in range(2):
        calls = 0

        def killed(path: Path, target: str | Path, at: int = at) -> Path:
            nonlocal calls
            calls += 1
            if calls > at:
                raise KeyboardInterrupt
            return real(path, target)

        monkeypatch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            install(tmp_path / "one.argosmodel")
        monkeypatch.setattr(Path, "rename", real)
        assert [(p.source, p.target, p.fault) for p in packages.installed()] == [("en", "ru", "")]
    install(tmp_path / "one.argosmodel")
    assert [path.name for path in packages_folder.iterdir() if path.is_dir()] == [made.name]
    packages.remove(packages.installed()[0])
    assert not [path for path in packages_folder.iterdir() if path.is_dir()]
