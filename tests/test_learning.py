"""Corrections: what counts as one, which wins, and that none is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from translate.article import Article, Block, BlockKind
from translate.errors import EngineError
from translate.memory import Asked, Memories, Memory, MemoryEntry, Shown, Taught, Teacher, learn, opened, pair_up
from translate.parallel import ParallelText, Row, render
from translate.spans import Span


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory.sqlite3")


def taught(*pairs: str) -> list[Taught]:
    """Read "source → target" lines; an engine's, as a file says."""
    cut = [pair.split(" → ") for pair in pairs]
    return pair_up([Taught(one[0], one[1], f"b{n}.1", "made-up 1") for n, one in enumerate(cut, 1)])


def written(memory: Memory, file: str, *pairs: str) -> None:
    memory.show(Shown(one.source, one.target, file) for one in taught(*pairs))


def targets(memory: Memory, *sources: str) -> list[str]:
    texts = ["", *sources, ""]
    asked = [Asked(text, texts[n], texts[n + 2]) for n, text in enumerate(sources)]
    return [entry.target if entry else "" for entry in memory.corrections(asked)]


def test_what_stands_as_it_was_written_out_is_the_engines(memory: Memory) -> None:
    written(memory, "a.tsv", "One. → Один.", "Two. → Два.")
    lesson = learn(memory, taught("One. → Один.", "Two. → Двое."), Teacher("a.tsv", "Ann"))
    assert [(e.source, e.target, e.author, e.article, e.segment, e.before) for e in lesson.learnt] == [
        ("Two.", "Двое.", "Ann", "a.tsv", "b2.1", "One.")
    ]
    assert (lesson.unchanged, lesson.unknown) == (1, [])
    assert targets(memory, "One.", "Two.") == ["", "Двое."]


def test_a_spreadsheet_that_changed_the_blanks_has_changed_nothing(memory: Memory) -> None:
    written(memory, "a.tsv", "Five km. → 5\u00a0км в\u00a0Оше.")
    assert learn(memory, taught("Five km. → 5 км в Оше. "), Teacher("a.tsv")).learnt == []


def test_learning_twice_learns_nothing_twice(memory: Memory) -> None:
    written(memory, "a.tsv", "One. → Один.")
    for learnt in (1, 0):
        lesson = learn(memory, taught("One. → Раз."), Teacher("a.tsv"))
        assert (len(lesson.learnt), lesson.unchanged) == (learnt, 1 - learnt)
    assert len(memory.entries()) == 1


def test_of_two_corrections_both_are_kept_and_the_later_wins(memory: Memory) -> None:
    written(memory, "a.tsv", "One. → Один.")
    written(memory, "b.tsv", "One. → Один.")
    learn(memory, taught("One. → Раз."), Teacher("a.tsv", "Ann"))
    lesson = learn(memory, taught("One. → Одна."), Teacher("b.tsv", "Bek"))
    [two] = lesson.differing
    assert (two.old.target, two.old.author, two.new.target) == ("Раз.", "Ann", "Одна.")
    assert targets(memory, "One.") == ["Одна."]
    assert [(e.target, e.article) for e in memory.differing()] == [("Раз.", "a.tsv"), ("Одна.", "b.tsv")]
    # the first file learnt again brings nothing back
    assert learn(memory, taught("One. → Раз."), Teacher("a.tsv", "Ann")).learnt == []
    assert targets(memory, "One.") == ["Одна."]


def test_who_puts_the_engines_words_back_corrects_the_correction(memory: Memory) -> None:
    written(memory, "a.tsv", "One. → Один.")
    learn(memory, taught("One. → Раз."), Teacher("a.tsv"))
    written(memory, "b.tsv", "One. → Раз.")  # so the second article has it
    lesson = learn(memory, taught("One. → Один."), Teacher("b.tsv"))
    assert [entry.target for entry in lesson.learnt] == ["Один."]
    # but what stands untouched in the first article says nothing against it
    assert learn(memory, taught("One. → Один."), Teacher("a.tsv")).learnt == []


def test_the_same_sentence_twice_in_an_article_has_two_translations(memory: Memory) -> None:
    pairs = ("A. → А.", "Why? → Почему?", "B. → Б.", "Why? → Почему?", "C. → В.")
    written(memory, "a.tsv", *pairs)
    edited = ("A. → А.", "Why? → Зачем?", "B. → Б.", "Why? → С чего бы?", "C. → В.")
    assert len(learn(memory, taught(*edited), Teacher("a.tsv")).learnt) == 2
    assert targets(memory, "A.", "Why?", "B.", "Why?", "C.") == ["", "Зачем?", "", "С чего бы?", ""]
    assert targets(memory, "Why?", "C.") == ["С чего бы?", ""]


def test_what_this_memory_never_wrote_out_is_taken_only_when_all_is(memory: Memory) -> None:
    rows = taught("One. → Раз.", "Two. → ")
    lesson = learn(memory, rows, Teacher("a.tsv"))
    assert (lesson.learnt, lesson.unknown, lesson.empty) == ([], ["b1.1"], ["b2.1"])
    assert [e.target for e in learn(memory, rows, Teacher("a.tsv"), every=True).learnt] == ["Раз."]


def test_a_persons_row_is_taken_though_it_was_never_written_out(memory: Memory) -> None:
    assert learn(memory, [Taught("One.", "Раз.")], Teacher("a.tsv")).learnt


def test_the_renamed_file_is_compared_with_all_that_was_written_out(memory: Memory) -> None:
    written(memory, "a.tsv", "One. → Один.", "Two. → Два.")
    lesson = learn(memory, taught("One. → Один.", "Two. → Двое."), Teacher("a (edited).tsv"))
    assert [entry.target for entry in lesson.learnt] == ["Двое."]


def test_a_text_is_learnt_on_one_line(memory: Memory) -> None:
    learn(memory, [Taught("One.", "\x1b[31m Раз,\r\nдва.\u2028")], Teacher())
    assert targets(memory, "One.") == ["[31m Раз, два."]


def test_the_house_is_believed_before_the_own_memory_and_its_surroundings_before_all(tmp_path: Path) -> None:
    with opened([tmp_path / "house.sqlite3", tmp_path / "agency.sqlite3"], own=tmp_path / "own.sqlite3") as memories:
        house, agency = memories.shared
        memories.own.add([MemoryEntry("One.", "свой")])
        agency.add([MemoryEntry("One.", "агентства", before="Zero.")])
        assert [e and e.target for e in memories.corrections([Asked("One.")])] == ["агентства"]
        house.add([MemoryEntry("One.", "дома")])
        assert [e and e.target for e in memories.corrections([Asked("One.")])] == ["дома"]
        [found] = memories.corrections([Asked("One.", before="Zero.")])
        assert found
        assert (found.target, found.memory) == ("агентства", "agency")
        assert memories.kept_in is house


def test_a_memory_that_may_only_be_read(tmp_path: Path) -> None:
    path = tmp_path / "agency.sqlite3"
    with Memory(path) as memory:
        memory.add([MemoryEntry("One.", "Раз.")])
    with Memory(path, read_only=True) as memory:
        assert targets(memory, "One.") == ["Раз."]
        with pytest.raises(EngineError, match="read only"):
            memory.add([MemoryEntry("Two.", "Два.")])
        with Memory(tmp_path / "own.sqlite3") as own:
            assert Memories(own, [memory]).kept_in is own
    with pytest.raises(EngineError, match="no such memory"):
        Memory(tmp_path / "none.sqlite3", read_only=True)
    (tmp_path / "text.sqlite3").write_text("text " * 1000, encoding="utf-8")
    with pytest.raises(EngineError, match="not a translation memory"):
        Memory(tmp_path / "text.sqlite3", read_only=True)


def test_the_likest_come_first_whatever_else_is_there(memory: Memory) -> None:
    memory.add(
        [MemoryEntry(f"The {n} dams of the Vakhsh hold {n} cubic metres of water.", f"{n}") for n in range(100, 300)]
    )
    memory.add([MemoryEntry("The President opened the Rogun dam on Monday.", "Президент открыл Рогунскую плотину.")])
    found = memory.alike("The President opened the Rogun dam on Friday.")
    assert [(one.entry.target, round(one.likeness, 2)) for one in found] == [
        ("Президент открыл Рогунскую плотину.", 0.93)
    ]
    best, *_others = memory.alike("The 120 dams of the Vakhsh hold 120 cubic metres of water.")
    assert (best.entry.target, best.likeness) == ("120", 1.0)
    assert memory.alike("Nothing here resembles that at all.") == []
    assert memory.alike("президент открыл рогунскую плотину", side="target", least=0.6)
    assert memory.alike("…") == []


def test_a_correction_is_edited_and_forgotten_with_its_words(memory: Memory) -> None:
    memory.add(
        [MemoryEntry("The old dam leaks.", "Плотина течёт."), MemoryEntry("The new dam holds.", "Плотина держит.")]
    )
    first, second = memory.entries()
    changed = memory.edit(first.id, "Старая плотина течёт.", "Ann")
    assert changed
    assert (changed.target, changed.author, changed.origin) == ("Старая плотина течёт.", "Ann", "edit")
    assert targets(memory, "The old dam leaks.") == ["Старая плотина течёт."]
    memory.forget([second])
    assert memory.alike("The new dam holds.") == []
    assert memory.edit(second.id + 7, "x", "") is None
    assert [e.target for e in memory.entries()] == ["Старая плотина течёт."]
    memory.compact()
    assert [one.entry.target for one in memory.alike("The old dam leaked.")] == ["Старая плотина течёт."]


VERSION_1 = """
CREATE TABLE entry (
    source TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL, engine TEXT NOT NULL,
    extra TEXT NOT NULL, target TEXT NOT NULL, score REAL, alignment TEXT, problems TEXT NOT NULL, made TEXT NOT NULL,
    PRIMARY KEY (source, source_language, target_language, engine, extra)
) WITHOUT ROWID
"""


def test_a_memory_of_the_first_version_is_brought_up_to_date_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite3"
    old = sqlite3.connect(path)
    old.execute(VERSION_1)
    rows: list[tuple[object, ...]] = [
        (f"Sentence {n}.", "en", "ru", "", "", f"Фраза {n}.", None, None, "[]", f"2025-01-{n:02}") for n in range(1, 20)
    ]
    rows += [
        (f"Sentence {n}.", "en", "ru", "argos 1", "", f"Предложение {n}.", -0.1, None, "[]", "2025") for n in range(30)
    ]
    old.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 10)})", rows)
    old.execute("PRAGMA user_version=1")
    old.commit()
    old.close()
    for _time in range(2):
        with Memory(path) as memory:
            assert memory.notice == ""
            entries = memory.entries()
            assert [(e.target, e.made, e.origin) for e in entries] == [
                (f"Фраза {n}.", f"2025-01-{n:02}", "before") for n in range(1, 20)
            ]
            assert memory.stats().drafts == 30
            found = [memory.lookup(f"Sentence {n}.") for n in (5, 25)]
            assert [one.target for one in found if one] == ["Фраза 5.", "Предложение 25."]
            assert memory.alike("Sentence 5!")[0].entry.target == "Фраза 5."


def test_two_commands_learn_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    def file(name: str, number: int) -> None:
        blocks = tuple(Block(f"b{n}", BlockKind.PARAGRAPH, f"Sentence {n}.") for n in range(60))
        rows = tuple(
            Row(f"{block.id}.1", block.id, Span(0, len(block.text)), block.text, f"Фраза {n} из {number}.")
            for n, block in enumerate(blocks)
        )
        text = ParallelText(Article("", "", "", "", (), blocks, Path("a.txt")), rows)
        (tmp_path / name).write_text(render(text, "jsonl"), encoding="utf-8")

    code = "import sys; sys.stdin.readline(); from translate.cli import main; main(sys.argv[1:])"
    jobs = []
    for number in range(3):
        file(f"{number}.jsonl", number)
        jobs.append(
            subprocess.Popen(
                [sys.executable, "-c", code, "memory", "learn", f"{number}.jsonl"],
                cwd=tmp_path, env={**os.environ, "XDG_DATA_HOME": str(tmp_path)}, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
        )  # fmt: skip
    for job in jobs:
        assert job.stdin
        job.stdin.write("go\n")
        job.stdin.flush()
    said = [job.communicate() for job in jobs]
    assert [(job.returncode, err) for job, (_out, err) in zip(jobs, said, strict=True)] == [(0, "")] * 3
    with Memory(tmp_path / "tolmach" / "memory.sqlite3") as memory:
        assert memory.stats().corrections == 180
        assert len(list(memory.differing())) == 180
        assert all(len(memory.versions(Asked(f"Sentence {n}."))) == 3 for n in range(60))
