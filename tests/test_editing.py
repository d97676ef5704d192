"""Glossary files edited in place: byte for byte, in order, by two processes at once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_terms import BOOKS, FUZZ, TERMS, examples

from translate.errors import GlossaryError
from translate.glossary import Term, read
from translate.glossary.editing import Edits, GlossaryFile, edited
from translate.glossary.table import COLUMNS, cells_of, sort_key, write

FILE = """\
# House glossary

target\tx-desk\tsource\tnote
# the two capitals
Астана\tсевер\tAstana\tуже давно
Бишкек\t\tBishkek

# rivers
Нарын\tюг\tNaryn
"""


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term("Aktau", "Актау"), FILE.replace("# the two", "Актау\t\tAktau\t\n# the two")),
        (Term("Bishkek", "Пишпек", until="1926"), None),
        (Term("Osh", "Ош", note="юг"), FILE + "Ош\t\tOsh\tюг\n"),
        (Term("Batken", "Баткен", extra={"x-desk": "юг"}), FILE.replace("Бишкек\t", "Баткен\tюг\tBatken\t\nБишкек\t")),
    ],
)
def test_a_term_goes_to_its_place(term: Term, expected: str | None) -> None:
    file = GlossaryFile(FILE, Path("g.tsv"))
    file.columns += ["kind"] if expected is None else []
    file.add(term)
    if expected is not None:
        # the file has no column for the kind or the policy, so these two go to new ones
        text = file.text().replace("\tkind\tpolicy\n", "\n").replace("\tterm\tpin\n", "\n")
        assert text == expected
    else:
        assert "until" in file.columns


def test_change_touches_the_cells_given_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_bytes(("\ufeff" + FILE).replace("\n", "\r\n").encode())
    with edited(path) as file:
        file.change(file.pick("Bishkek"), {"note": "столица"})
    assert path.read_bytes().decode() == ("\ufeff" + FILE).replace("Bishkek", "Bishkek\tстолица").replace("\n", "\r\n")
    with edited(path) as file:
        assert file.change(file.pick("Bishkek"), {"source": "Pishpek"}) == 9
    assert [t.source for t in read(path)[0]] == ["Astana", "Naryn", "Pishpek"]


def test_a_source_that_stands_twice_must_be_told_apart() -> None:
    text = "source\ttarget\tsince\tuntil\nAstana\tАстана\t\t2019\nAstana\tНур-Султан\t2020\n"
    file = GlossaryFile(text, Path("g.tsv"))
    with pytest.raises(GlossaryError, match="'Astana' stands at lines 2, 3"):
        file.pick("Astana")
    file.remove(file.pick("Astana", line=3))
    assert file.text() == "source\ttarget\tsince\tuntil\nAstana\tАстана\t\t2019\n"
    with pytest.raises(GlossaryError, match="no term 'Almaty'"):
        file.pick("Almaty")


def test_a_faulty_edit_is_refused_and_an_old_fault_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("source\ttarget\nNaryn\t\nOsh\tОш\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(GlossaryError, match="'Osh' stands already at line 3"), edited(path) as file:
        file.add(Term("Osh", "Оша"))
    assert path.read_bytes() == before
    with edited(path) as file:
        file.change(file.pick("Osh"), {"target": "город Ош"})
    with edited(path) as file:
        file.change(file.pick("Naryn"), {"target": "Нарын"})
    assert not read(path)[1]


def test_files_that_cannot_be_edited(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="no such file"), edited(tmp_path / "g.tsv"):
        pass
    with pytest.raises(GlossaryError, match="no such folder"), edited(tmp_path / "a" / "g.tsv", create=True):
        pass
    (tmp_path / "g.tsv").write_bytes(b"source\ttarget\n\xff\n")
    with pytest.raises(GlossaryError, match="byte 0xff is not UTF-8"), edited(tmp_path / "g.tsv"):
        pass


def test_a_new_file_has_every_column(tmp_path: Path) -> None:
    with edited(tmp_path / "g.tsv", create=True) as file:
        file.add(Term("Osh", "Ош", "place"))
    assert (tmp_path / "g.tsv").read_text(encoding="utf-8") == write([Term("Osh", "Ош", "place")])


STYLES = st.tuples(st.sampled_from(["\n", "\r\n"]), st.booleans())


@examples
@given(BOOKS, TERMS, STYLES, st.booleans())
def test_add_then_remove_leaves_every_byte(terms: list[Term], new: Term, style: tuple[str, bool], mark: bool) -> None:
    end, ended = style
    terms = [term for term in terms if term.source != new.source]
    lines = write([*terms, Term("zz", "яя", extra=new.extra)]).split("\n")
    lines.insert(2, "# a comment")
    lines.insert(4, "")
    text = ("\ufeff" if mark else "") + "\n".join(lines[: len(lines) if ended else -1])
    text = text.replace("\n", end)
    file = GlossaryFile(text, Path("g.tsv"))
    file.add(new)
    added = file.text()
    assert added != text
    file.remove(file.pick(new.source))
    assert file.text() == text
    assert len(added) > len(text)


@examples
@given(BOOKS)
def test_terms_added_in_any_order_stand_sorted(terms: list[Term]) -> None:
    file = GlossaryFile("", Path("g.tsv"))
    for term in terms:
        file.add(term)
    free = [name for name in file.columns if name not in COLUMNS]
    assert [row.cells["source"] for row in file.rows()] == [t.source for t in sorted(terms, key=sort_key)]
    if not free:
        assert file.text() == write(terms)


WORKER = """
import random, sys
from pathlib import Path
from translate.glossary import Term
from translate.glossary.editing import edited
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
rng = random.Random(name)
mine = {}
for n in range(count):
    source = f"{name}{rng.randrange(40)}"
    with edited(path) as file:
        if source not in mine:
            file.add(Term(source, f"т{n}"))
            mine[source] = f"т{n}"
        elif rng.random() < 0.5:
            file.remove(file.pick(source))
            del mine[source]
        else:
            file.change(file.pick(source), {"target": f"т{n}"})
            mine[source] = f"т{n}"
print("\\n".join(f"{s}\\t{t}" for s, t in mine.items()))
"""


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("# kept\nsource\ttarget\tkind\tpolicy\nzz\tяя\tterm\tpin\n", encoding="utf-8")
    count = str((FUZZ or 120) // 2)
    running = [
        subprocess.Popen([sys.executable, "-c", WORKER, path, name, count], stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    expected = {"zz": "яя"}
    for process in running:
        out, _err = process.communicate()
        assert process.returncode == 0
        expected |= dict(line.split("\t") for line in out.split("\n") if line)
    terms, faults = read(path)
    assert not faults
    assert {t.source: t.target for t in terms} == expected
    assert path.read_text(encoding="utf-8").startswith("# kept\n")
    assert [t.source for t in terms] == sorted(expected)


def test_rows_that_an_editor_saves_meanwhile_are_merged(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("source\ttarget\nOsh\tОш\n", encoding="utf-8")
    with edited(path) as file:
        path.write_text("# mine\nsource\ttarget\tnote\nNaryn\tНарын\t\nOsh\tОш\tюг\n", encoding="utf-8")
        file.add(Term("Aktau", "Актау"))
    terms, faults = read(path)
    assert not faults
    assert [(t.source, t.note) for t in terms] == [("Aktau", ""), ("Naryn", ""), ("Osh", "юг")]
    assert path.read_text(encoding="utf-8").startswith("# mine\n")


def test_a_row_that_both_changed_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text("source\ttarget\nOsh\tОш\n", encoding="utf-8")
    theirs = "source\ttarget\nOsh\tОшш\n"

    def rename_while_another_does() -> None:
        with edited(path) as file:
            path.write_text(theirs, encoding="utf-8")
            file.change(file.pick("Osh"), {"target": "город Ош"})

    with pytest.raises(GlossaryError, match="both changes cannot stand"):
        rename_while_another_does()
    assert path.read_text(encoding="utf-8") == theirs
    assert [t.target for t in read(tmp_path / "g.tsv.mine")[0]] == ["город Ош"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("ended", [True, False])
def test_many_changes_at_once_are_those_one_by_one(end: str, ended: bool) -> None:
    terms = [Term(f"t{n:02d}", f"т{n}") for n in range(0, 40, 2)]
    lines = ["# head", *write(terms).split("\n")]
    lines.insert(9, "# about t12")
    text = end.join(lines if ended else lines[:-1])
    rng = random.Random(1)
    for _ in range(30):
        one, many = GlossaryFile(text, Path("g.tsv")), GlossaryFile(text, Path("g.tsv"))
        edits = Edits()
        for row in many.rows():
            same = one.pick(row.cells["source"])
            match rng.randrange(6):
                case 0:
                    edits.removed.add(row.at)
                    one.remove(same)
                case 1:
                    edits.change(row, {"note": "н"})
                    one.change(same, {"note": "н"})
                case 2:
                    moved = {"source": f"m{row.at:02d}", "x-own": "с"}
                    edits.change(row, moved)
                    one.change(same, moved)
        for term in (Term(f"t{n:02d}", "новый") for n in rng.sample(range(1, 60, 2), 9)):
            edits.added.append(cells_of(term))
            one.add(term)
        many.apply(edits)
        assert sorted(many.text().split(end)) == sorted(one.text().split(end))
        assert [dict(row.cells) for row in many.rows()] == [dict(row.cells) for row in one.rows()]


def test_time_of_many_changes_grows_with_their_number() -> None:
    times = []
    for count in (2000, 8000):
        file = GlossaryFile(write([Term(f"old{n:06d}", "т") for n in range(count)]), Path("g.tsv"))
        edits = Edits([cells_of(Term(f"new{n:06d}", "т")) for n in range(count)])
        began = time.process_time()
        file.apply(edits)
        times.append(time.process_time() - began)
    assert times[1] < 12 * times[0] + 0.1  # 4 times as many; row by row it was 16 times
