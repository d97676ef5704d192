"""The memory: nothing twice, nothing lost, a human first."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from translate.engines import Draft, Hint, Link, Request, Traits
from translate.errors import EngineError
from translate.memory import Memory, RememberingEngine, memory_path
from translate.problems import Problem
from translate.spans import Span


class Counting:
    """Translates by turning letters into capitals; fails on order."""

    name = "counting"
    traits = Traits()

    def __init__(self, signature: str = "counting:1", fail_after: int = 10**9) -> None:
        self.signature = signature
        self.fail_after = fail_after
        self.asked: list[str] = []

    def translate(self, requests: list[Request]) -> list[Draft]:
        if len(self.asked) + len(requests) > self.fail_after:
            raise KeyboardInterrupt
        self.asked += [r.text for r in requests]
        problem = Problem("length", "long", source=Span(0, 1))
        return [
            Draft(
                r.text.upper(),
                -0.25,
                (Link(Span(0, 1), Span(0, 1), 0.5),),
                self.signature,
                (problem,) * ("?" in r.text),
            )
            for r in requests
        ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "memory.sqlite3"


def sentences(n: int) -> list[Request]:
    return [Request(f"sentence {i}") for i in range(n)]


def test_nothing_is_translated_twice(path: Path) -> None:
    engine = Counting()
    with Memory(path) as memory:
        wrapped = RememberingEngine(engine, memory)
        first = wrapped.translate([*sentences(5), Request("sentence 0"), Request("what?")])
    with Memory(path) as memory:
        again = RememberingEngine(engine, memory).translate([*sentences(5), Request("sentence 0"), Request("what?")])
    assert first == again
    assert sorted(engine.asked) == sorted({r.text for r in sentences(5)} | {"what?"})
    assert again[6].problems == (Problem("length", "long", source=Span(0, 1)),)


def test_another_signature_or_pair_is_another_translation(path: Path) -> None:
    with Memory(path) as memory:
        RememberingEngine(Counting(), memory).translate(sentences(1))
        for engine, target in ((Counting("counting:2"), "ru"), (Counting(), "kk")):
            RememberingEngine(engine, memory, "en", target).translate(sentences(1))
            assert engine.asked == ["sentence 0"]


def test_a_killed_run_resumes(path: Path) -> None:
    killed = Counting(fail_after=40)
    with Memory(path) as memory:
        wrapped = RememberingEngine(killed, memory)
        wrapped.MOST = 16
        with pytest.raises(KeyboardInterrupt):
            wrapped.translate(sentences(100))
    engine = Counting()
    with Memory(path) as memory:
        drafts = RememberingEngine(engine, memory).translate(sentences(100))
    assert [d.text for d in drafts] == [r.text.upper() for r in sentences(100)]
    assert killed.asked
    assert len(engine.asked) == 100 - len(killed.asked)


def test_progress_ends_at_all(path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with Memory(path) as memory:
        RememberingEngine(Counting(), memory, progress=lambda *at: seen.append(at)).translate(sentences(40))
    assert seen[0] == (0, 40)
    assert seen[-1] == (40, 40)
    assert seen == sorted(seen)


def test_a_human_wins_over_any_machine(path: Path) -> None:
    with Memory(path) as memory:
        RememberingEngine(Counting(), memory).translate(sentences(2))
        memory.remember("sentence 0", "Предложение")
        memory.remember("sentence 0", "Фраза")
        [human, machine] = RememberingEngine(Counting("counting:2"), memory).translate(sentences(2))
        assert human == Draft("Фраза", None, None, "")
        assert machine.text == "SENTENCE 1"
        found = memory.lookup("sentence 0")
        assert found
        assert (found.target, found.corrected) == ("Фраза", True)
        assert memory.lookup("sentence 0", "en", "kk") is None


def test_lookup_gives_the_latest_machine_text_without_a_problem(path: Path) -> None:
    with Memory(path) as memory:
        for n in range(3):
            RememberingEngine(Counting(f"counting:{n}"), memory).translate([Request("sentence 0"), Request("what?")])
        found = memory.lookup("sentence 0", "en", "ru")
        assert found
        assert (found.target, found.engine, found.corrected) == ("SENTENCE 0", "counting:2", False)
        assert memory.lookup("what?") is None


def test_hints_count_only_for_an_engine_that_uses_them(path: Path) -> None:
    hinted = Request("sentence 0", hints=(Hint(Span(0, 8), "фраза"),))
    deaf, listening = Counting(), Counting("counting:2")
    listening.traits = Traits(uses_hints=True)
    with Memory(path) as memory:
        for engine in (deaf, listening):
            RememberingEngine(engine, memory).translate([hinted])
            RememberingEngine(engine, memory).translate(sentences(1))
    assert (len(deaf.asked), len(listening.asked)) == (1, 2)


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + bytes(5000)])
def test_a_damaged_file_is_set_aside_and_never_lost(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with Memory(path) as memory:
        assert "set aside" in memory.notice
        memory.remember("a", "б")
    [aside] = path.parent.glob("*.damaged-*")
    assert aside.read_bytes() == content
    assert str(aside) in memory.notice
    with Memory(path) as memory:
        assert memory.notice == ""
        assert memory.lookup("a")


def test_damage_met_in_the_middle_of_a_run(path: Path) -> None:
    with Memory(path) as memory:
        RememberingEngine(Counting(), memory).translate([Request("x" * 200 + str(n)) for n in range(400)])
    raw = bytearray(path.read_bytes())
    raw[8192:] = b"\xff" * (len(raw) - 8192)
    path.write_bytes(raw)
    engine = Counting()
    with Memory(path) as memory:
        drafts = RememberingEngine(engine, memory).translate([Request("x" * 200 + str(n)) for n in range(400)])
        assert len(drafts) == 400
        assert "set aside" in memory.notice
    assert list(path.parent.glob("*.damaged-*"))


def test_a_place_that_cannot_be_written_stops_no_translation_but_loses_no_correction(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with Memory(tmp_path / "file" / "memory.sqlite3") as memory:
        assert memory.notice.startswith("no translation memory")
        assert RememberingEngine(Counting(), memory).translate(sentences(1))[0].text == "SENTENCE 0"
        assert memory.lookup("sentence 0") is None
        with pytest.raises(EngineError, match="not kept"):
            memory.remember("a", "б")


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    Memory(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(EngineError, match="newer") as caught:
        Memory(path)
    assert "--no-memory" in caught.value.hint
    assert not list(path.parent.glob("*.damaged-*"))


def test_two_processes_write_at_once(path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom translate.memory import Memory\n"
        "memory = Memory(Path(sys.argv[1]))\n"
        "for n in range(50):\n    memory.remember(f'{sys.argv[2]} {n}', 'да')\n"
        "print(memory.notice)"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(n)], stdout=subprocess.PIPE, text=True)
        for n in range(3)
    ]
    assert [run.communicate()[0].strip() for run in runs] == [""] * 3
    with Memory(path) as memory:
        assert all(memory.lookup(f"{run} {n}") for run in range(3) for n in range(50))


def test_a_run_killed_early_keeps_what_was_translated(path: Path) -> None:
    killed = Counting(fail_after=5)
    with Memory(path) as memory, pytest.raises(KeyboardInterrupt):
        RememberingEngine(killed, memory).translate(sentences(100))
    engine = Counting()
    with Memory(path) as memory:
        RememberingEngine(engine, memory).translate(sentences(100))
    assert len(killed.asked) == 2
    assert len(engine.asked) == 98


def test_a_chunk_is_the_work_of_five_seconds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    clock = [0.0]
    monkeypatch.setattr("translate.memory.remembering.time.monotonic", lambda: clock[0])

    class Slow(Counting):
        def translate(self, requests: list[Request]) -> list[Draft]:
            clock[0] += 0.25 * len(requests)
            sizes.append(len(requests))
            return super().translate(requests)

    with Memory(path) as memory:
        RememberingEngine(Slow(), memory).translate(sentences(100))
    assert sizes == [2, 8, 20, 20, 20, 20, 10]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("problems", "[[oops"), ("problems", "[1, 2]"), ("problems", '{"a": 1}'), ("alignment", "[[0, 1]]"),
        ("alignment", "[[0, 1, 0, 1, 1], 7]"), ("alignment", '[["0", "1", "0", "1", 1]]'), ("target", b"\xff\xfe\xd0"),
        ("score", "high"), ("target", 12),
    ],
)  # fmt: skip
def test_an_unreadable_row_is_translated_again(path: Path, column: str, value: object) -> None:
    with Memory(path) as memory:
        RememberingEngine(Counting(), memory).translate(sentences(3))
    connection = sqlite3.connect(path)
    kept = f"CAST(? AS {'TEXT' if isinstance(value, bytes) else 'BLOB' if value == 12 else 'TEXT'})"
    connection.execute(f"UPDATE entry SET {column}={kept} WHERE source='sentence 1'", (value,))
    connection.commit()
    connection.close()
    engine = Counting()
    with Memory(path) as memory:
        drafts = RememberingEngine(engine, memory).translate(sentences(3))
        assert "unreadable rows (1)" in memory.notice
    assert [draft.text for draft in drafts] == [f"SENTENCE {n}" for n in range(3)]
    assert engine.asked == ["sentence 1"]
    with Memory(path) as memory:
        RememberingEngine(engine, memory).translate(sentences(3))
        assert memory.notice == ""


def test_an_unreadable_correction_is_a_miss_too(path: Path) -> None:
    with Memory(path) as memory:
        memory.remember("sentence 1", "Фраза")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE person SET target=CAST(? AS TEXT), more='{'", (b"\xd0\xff",))
    connection.commit()
    connection.close()
    with Memory(path) as memory:
        assert RememberingEngine(Counting(), memory).translate(sentences(2))[1].text == "SENTENCE 1"
        assert "unreadable" in memory.notice


def test_the_memory_is_for_its_owners_eyes(path: Path) -> None:
    with Memory(path) as memory:
        memory.remember("a", "б")
        assert {part.stat().st_mode & 0o777 for part in path.parent.iterdir()} == {0o600}
        assert path.parent.stat().st_mode & 0o777 == 0o700
    path.chmod(0o644)
    Memory(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_processes_that_meet_a_damaged_file_set_it_aside_once_and_lose_nothing(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 40)
    code = (
        "import sys\nfrom pathlib import Path\nfrom translate.memory import Memory\n"
        "sys.stdin.readline()\nmemory = Memory(Path(sys.argv[1]))\nmemory.remember(sys.argv[2], 'да')\n"
        "print(memory.notice)"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for n in range(4)
    ]
    for run in runs:
        assert run.stdin
        run.stdin.write("go\n")
        run.stdin.flush()
    notices = [run.communicate()[0] for run in runs]
    assert len(list(path.parent.glob("*.damaged-*"))) == 1
    assert sum("set aside" in notice for notice in notices) == 1
    with Memory(path) as memory:
        assert [memory.lookup(str(n)) is not None for n in range(4)] == [True] * 4


def test_one_that_had_the_file_open_takes_the_fresh_one_that_another_began(path: Path) -> None:
    with Memory(path) as first:
        RememberingEngine(Counting(), first).translate([Request("x" * 200 + str(n)) for n in range(400)])
    first = Memory(path)
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)
    with Memory(path) as second:
        second.remember("sentence 0", "Фраза")
        assert "set aside" in second.notice
    with first:
        first.remember("sentence 2", "Третья")
        drafts = RememberingEngine(Counting(), first).translate([Request("x" * 200 + str(n)) for n in range(400)])
        assert len(drafts) == 400
        first.remember("sentence 1", "Другая")
    assert len([one for one in path.parent.glob("*.damaged-*") if not one.name.endswith(("-wal", "-shm"))]) == 1
    with Memory(path) as memory:
        assert memory.notice == ""
        assert [memory.lookup(f"sentence {n}") is not None for n in range(3)] == [True] * 3


def test_the_default_place_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert memory_path() == tmp_path / "tolmach" / "memory.sqlite3"


def test_a_memory_that_another_run_holds_stops_no_translation_and_loses_no_correction(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    memory = Memory(path)
    memory._file._gate.timeout = 0.1  # type: ignore[union-attr]
    with FileLock(path.with_name(path.name + ".lock")):
        with pytest.raises(EngineError, match="another run has held it"):
            memory.remember("The dam is old.", "Плотина старая.")
        memory.store([Request("It leaks.")], [Draft("Она протекает.", None, None, "engine 1")], "en", "ru")
        memory.close()


def test_two_chunks_are_under_way_where_an_engine_works_side_by_side(path: Path) -> None:
    class Beside(Counting):
        traits = Traits(side_by_side=True)
        running = most = 0
        lock = threading.Lock()

        def translate(self, requests: list[Request]) -> list[Draft]:
            with self.lock:
                self.running += 1
                self.most = max(self.most, self.running)
            time.sleep(0.05)
            with self.lock:
                self.running -= 1
                return super().translate(requests)

    engine = Beside()
    with Memory(path) as memory:
        drafts = RememberingEngine(engine, memory).translate(sentences(300))
    assert [draft.text for draft in drafts] == [f"SENTENCE {n}" for n in range(300)]
    assert engine.most == 2
    assert sorted(engine.asked) == sorted(request.text for request in sentences(300))


def test_side_by_side_what_was_made_before_a_failure_is_kept(path: Path) -> None:
    class Failing(Counting):
        traits = Traits(side_by_side=True)

        def translate(self, requests: list[Request]) -> list[Draft]:
            if len(self.asked) >= 10:
                raise EngineError("no more")
            return super().translate(requests)

    engine = Failing()
    with Memory(path) as memory:
        with pytest.raises(EngineError, match="no more"):
            RememberingEngine(engine, memory).translate(sentences(300))
        assert (
            sum(memory.recall([request], engine.signature, "en", "ru")[0] is not None for request in sentences(300))
            >= 2
        )
