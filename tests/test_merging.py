"""Two versions of a glossary compared, and two editors' changes put together."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from made_up_terms import BOOKS, TERMS, examples

from translate.glossary import Term
from translate.glossary.editing import GlossaryFile
from translate.glossary.merging import Merged, diff, merge
from translate.glossary.table import parse, write

FEW = st.lists(TERMS, max_size=3, unique_by=lambda term: term.source)
BASE = "source\ttarget\taliases\tnote\n# cities\nAstana\tАстана\tAqmola|Akmola\t\nNaryn\tНарын\t\t\nOsh\tОш\t\t\n"


def file(text: str, name: str = "g.tsv") -> GlossaryFile:
    return GlossaryFile(text, Path(name))


def merged(ours: str, theirs: str, base: str = BASE) -> Merged:
    return merge(file(base, "base"), file(ours, "ours"), file(theirs, "theirs"))


def test_diff_tells_what_changed() -> None:
    new = BASE.replace("Naryn\tНарын\t\t\n", "").replace("Osh\tОш\t\t", "Osh\tОш\tOsch\tюг\nTalas\tТалас")
    assert [(c.kind, c.source, dict(c.before), dict(c.after)) for c in diff(file(BASE), file(new))] == [
        ("changed", "Osh", {"aliases": "", "note": ""}, {"aliases": "Osch", "note": "юг"}),
        ("added", "Talas", {}, {"source": "Talas", "target": "Талас"}),
        ("removed", "Naryn", {"source": "Naryn", "target": "Нарын"}, {}),
    ]


def test_changes_to_different_cells_and_terms_go_together() -> None:
    ours = BASE.replace("Ош\t\t\n", "Ош\t\tюг\n").replace("Naryn\tНарын\t\t\n", "")
    theirs = BASE.replace("Osh\tОш\t\t\n", "Osh\tОш\tOsch\t\nTalas\tТалас\t\t\n")
    result = merged(ours, theirs)
    assert not result.conflicts
    rows = "Astana\tАстана\tAqmola|Akmola\t\nOsh\tОш\tOsch\tюг\nTalas\tТалас\t\t\n"
    assert result.text == f"source\ttarget\taliases\tnote\n# cities\n{rows}"


def test_aliases_are_a_set() -> None:
    ours = BASE.replace("Aqmola|Akmola", "Aqmola|Akmola|Tselinograd")
    theirs = BASE.replace("Aqmola|Akmola", "Akmola|Akmolinsk")
    result = merged(ours, theirs)
    assert not result.conflicts
    assert "Akmola|Tselinograd|Akmolinsk" in result.text


def test_a_conflict_is_marked_and_loads_nowhere() -> None:
    result = merged(BASE.replace("Ош\t\t", "Ош\t\tюг"), BASE.replace("Ош\t\t", "Ошь\t\tсевер"))
    assert [(c.source, c.columns) for c in result.conflicts] == [("Osh", ("note",))]
    assert result.text.endswith("<<<<<<< ours\nOsh\tОшь\t\tюг\n=======\nOsh\tОшь\t\tсевер\n>>>>>>> theirs\n")
    faults = parse(result.text.encode(), Path("g.tsv"))[1]
    assert [fault.kind for fault in faults if fault.kind == "conflict"] == ["conflict"] * 3


def test_removed_here_and_changed_there() -> None:
    gone, changed = BASE.replace("Naryn\tНарын\t\t\n", ""), BASE.replace("Нарын\t\t", "Нарын\t\tрека")
    result = merged(gone, changed)
    assert [(c.source, c.columns, bool(c.ours)) for c in result.conflicts] == [("Naryn", (), False)]
    assert "<<<<<<< ours\n=======\nNaryn\tНарын\t\tрека\n>>>>>>> theirs\nOsh" in result.text
    result = merged(changed, gone)
    assert "<<<<<<< ours\nNaryn\tНарын\t\tрека\n=======\n>>>>>>> theirs\nOsh" in result.text


def test_both_add_the_same_term_differently() -> None:
    result = merged(BASE + "Talas\tТалас\t\t\n", BASE + "Talas\tТалас\t\tрека\n")
    assert not result.conflicts
    assert result.text.endswith("Talas\tТалас\t\tрека\n")
    result = merged(BASE + "Talas\tТалас\t\t\n", BASE + "Talas\tТалаc\t\t\n")
    assert [(c.source, c.columns) for c in result.conflicts] == [("Talas", ("target",))]


def test_comments_of_theirs_are_told() -> None:
    assert merged(BASE, BASE.replace("# cities", "# cities\n# and rivers")).comments_left == ("# and rivers",)


@examples
@given(BOOKS)
def test_no_change_on_either_side_is_no_change(terms: list[Term]) -> None:
    text = write(terms)
    assert merged(text, text, text) == Merged(text, (), ())
    assert diff(file(text), file(text)) == []


@examples
@given(
    BOOKS,
    st.lists(TERMS, max_size=3, unique_by=lambda t: t.source),
    st.lists(TERMS, max_size=3, unique_by=lambda t: t.source),
)
def test_what_either_side_adds_is_there(terms: list[Term], mine: list[Term], their: list[Term]) -> None:
    known = {term.source for term in terms}
    mine = [term for term in mine if term.source not in known]
    their = [term for term in their if term.source not in known | {term.source for term in mine}]
    result = merged(write([*terms, *mine]), write([*terms, *their]), write(terms))
    assert not result.conflicts
    again, faults = parse(result.text.encode(), Path("g.tsv"))
    assert not faults
    assert {t.source: t for t in again} == {t.source: t for t in [*terms, *mine, *their]}
