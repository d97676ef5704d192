"""Glossary files, and the terms found in sentences (one-line cases in tests/cases/terms.txt)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_terms import BOOKS, WORDS, examples

from translate.errors import GlossaryError
from translate.glossary import Glossary, Term, read
from translate.glossary.folding import fold
from translate.glossary.table import COLUMNS, line_of, write
from translate.inflection import Slot

CASES = Path(__file__).parent / "cases"
HEADER = "\t".join(COLUMNS)
MARK = re.compile(r"\[([^\]=]+) = ([^\],]+)((?:, [a-z]+)*)\]|\{([^}]+)\}")


@pytest.fixture(scope="module")
def book() -> Glossary:
    return Glossary.load([CASES / "terms.en-ru.tsv"])


def articles() -> Iterator[list[str]]:
    article: list[str] = []
    for line in [*(CASES / "terms.txt").read_text(encoding="utf-8").split("\n"), ""]:
        if line and not line.startswith("#"):
            article.append(line)
        elif not line and article:
            yield article
            article = []


@pytest.mark.parametrize("article", list(articles()), ids=lambda a: a[0][:40])
def test_terms_are_found(article: list[str], book: Glossary) -> None:
    reader = book.reader()
    for marked in article:
        sentence = MARK.sub(lambda m: m[1] or m[4], marked)
        found = reader.find(sentence)
        shown, at = "", 0
        only_doubts = [p.source for p in found.problems if p.source not in [m.span for m in found.matches]]
        spans = [(m.span, m) for m in found.matches] + [(span, None) for span in only_doubts if span]
        for span, match in sorted(spans, key=lambda pair: pair[0].start):
            shown += sentence[at : span.start]
            at = span.stop
            if match is None:
                shown += f"{{{span.of(sentence)}}}"
                continue
            flags = {
                "surname": match.partial,
                "possessive": match.possessive,
                "plural": match.number == "plur",
                "doubt": any(p.source == span for p in found.problems),
            }
            said = "".join(f", {flag}" for flag, is_set in flags.items() if is_set)
            shown += f"[{span.of(sentence)} = {match.target}{said}]"
        shown += sentence[at:]
        ordered = MARK.sub(_ordered, marked)
        assert shown == ordered


def _ordered(mark: re.Match[str]) -> str:
    if mark[4]:
        return mark[0]
    flags = [f for f in ("surname", "possessive", "plural", "doubt") if f in mark[3]]
    return f"[{mark[1]} = {mark[2]}{''.join(f', {f}' for f in flags)}]"


def test_dates_choose_between_terms() -> None:
    book = Glossary([
        Term("Astana", "Целиноград", "place", until="1998-05"),
        Term("Astana", "Астана", "place", since="1998-05-06"),
        Term("Naryn", "Нарын", "place", until="1999"),
    ])  # fmt: skip
    assert [m.target for m in book.find("In Astana", on="1997-01-01").matches] == ["Целиноград"]
    assert [m.target for m in book.find("In Astana", on="2017-09-21").matches] == ["Астана"]
    assert [m.target for m in book.find("In Astana").matches] == ["Астана"]
    assert [m.target for m in book.find("In Naryn", on="2017-09-21").matches] == ["Нарын"]


def test_two_terms_of_one_alias_are_a_doubt() -> None:
    book = Glossary(
        [
            Term("Alga Party", "«Алга»", "organisation", aliases=("Alga",)),
            Term("Algha", "Алга", "place", aliases=("Alga",)),
        ]
    )
    found = book.find("Alga won.")
    assert not found.matches
    assert [(p.kind, p.source and p.source.of("Alga won.")) for p in found.problems] == [("ambiguous", "Alga")]


def test_a_headline_knows_who_is_named_below(book: Glossary) -> None:
    sentences = ["Babanov Loses", "Omurbek Babanov conceded."]
    reader = book.reader(sentences)
    assert [[m.target for m in reader.find(s).matches] for s in sentences] == [["Бабанов"], ["Омурбек Бабанов"]]
    assert not book.find(sentences[0]).matches


def test_later_glossary_overrides_earlier_with_its_aliases(tmp_path: Path) -> None:
    for name, target in (("a", "Жеенбеков"), ("b", "Жээнбеков")):
        alias = "Zheenbekov" if name == "a" else ""
        (tmp_path / f"{name}.tsv").write_text(
            f"source\ttarget\taliases\nJeenbekov\t{target}\t{alias}\n", encoding="utf-8"
        )
    both = Glossary.load([tmp_path])
    assert [m.target for m in both.find("Jeenbekov, Zheenbekov").matches] == ["Жээнбеков"]
    assert [(o.term.target, o.by.target) for o in both.overridden] == [("Жеенбеков", "Жээнбеков")]


def test_lookup_of_whole_strings(book: Glossary) -> None:
    assert [t.target for t in book.lookup("About")] == ["О нас"]
    assert [t.target for t in book.lookup("Issyk Kul")] == ["Иссык-Куль"]
    assert [t.target for t in book.lookup("Oblast")] == ["область"]
    assert book.lookup("Babanov") == ()
    assert book.lookup("…") == ()


def test_forbidden(book: Glossary) -> None:
    assert {t.target for t in book.forbidden} == {"Киргизия", "киргизский"}
    assert [m.target for m in book.find("Kyrgyzstan").matches] == ["Кыргызстан"]


# What a faulty line says: the line under the full header (cells may be left out at the end), then its messages.
FAULTS = {
    "Osh": ["target is empty; only policy keep may leave it so"],
    "\tОш": ["source is empty; only policy forbid may leave it so"],
    "Osh\tOш": ["target mixes Latin and Cyrillic letters in 'Oш' (Latin: O)"],
    "Оsh\tОш": ["source mixes Latin and Cyrillic letters in 'Оsh' (Latin: s h)"],
    "Osh\tОш\tcity": ["unknown kind 'city'; one of person, place, organisation, demonym, term, interface"],
    "Osh\tОш\tplace\tm\tone\tmaybe": [
        "unknown gender 'm'; one of masc, femn, neut",
        "unknown number 'one'; one of sing, plur",
        "unknown animate 'maybe'; one of yes, no",
    ],
    "Osh\tОш\tplace\t\t\t\t\t\t\tpinned": ["unknown policy 'pinned'; one of pin, fixed, keep, forbid, hint"],
    "Osh\tОш\tplace\t\t\t\t\t\t\t\tgenitive=Оша": [
        "cannot read the form 'genitive=Оша'; write gent=… or plur.gent=… with one of nomn gent datv accs ablt loct"
    ],
    "Osh\tОш\tplace\t\t\t\t\t\t\t\tnomn=Оша": ["forms give the nominative 'Оша' but the target is 'Ош'"],
    "Osh\tОш\tplace\t\t\t\t\t\t\t\t\t2019-13": ["since '2019-13' is not a date; write 2019, 2019-03 or 2019-03-23"],
    "Osh\tОш\tplace\t\t\t\t\t\t\t\t\t2020\t2019-12-31": ["since 2020 is later than until 2019-12-31"],
    "Osh\tОш\tplace" + "\t" * 13: ["16 cells under 15 columns; a cell cannot hold a tab"],
    "Osh \tОш": ["source has a blank at an edge or an empty alias: 'Osh '"],
    "Osh\tОш\tplace\t\t\t\tOsch| Och": ["aliases has a blank at an edge or an empty alias: 'Osch| Och'"],
    "Osh\tОш\tplace\t\t\t\tOsch||Och": ["aliases has a blank at an edge or an empty alias: 'Osch||Och'"],
    "Osh\tО\u00adш": ["target holds the invisible character U+00AD (SOFT HYPHEN)"],
    "Osh\tОш\x07": ["target holds the invisible character U+0007 (control character)"],
    "Osh\tОш\u200b": ["target holds the invisible character U+200B (ZERO WIDTH SPACE)"],
    "Naryn\tНарын\tplace\t\t\t\tCôte": ["aliases is not in Unicode normal form C: 'Co\u0302te'"],
    "Astana\tАстана\nAstana\tНур-Султан": ["'Astana' stands already at line 2"],
    "\tКиргизия\t\t\t\t\t\t\t\tforbid\n\tКиргизия\t\t\t\t\t\t\t\tforbid": ["'Киргизия' stands already at line 2"],
    "<<<<<<< ours": ["an unresolved merge conflict: '<<<<<<< ours'"],
}  # fmt: skip


@pytest.mark.parametrize("lines", FAULTS, ids=repr)
def test_every_fault_is_named(lines: str, tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text(f"{HEADER}\n{lines.replace('Côte', 'Co' + chr(0x302) + 'te')}\n", encoding="utf-8")
    line = 1 + len(lines.split("\n"))
    assert [str(fault) for fault in read(path)[1]] == [f"{path}:{line}: {message}" for message in FAULTS[lines]]


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"{HEADER}\nOsh\n# a comment\n\nNaryn\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("source\ttarget\tcolour\tsource\n", encoding="utf-8")
    (tmp_path / "c.tsv").write_bytes("source\ttarget\nOsh\tОш\n".encode("cp1251"))
    (tmp_path / "d.tsv").write_bytes("source\ttarget\n".encode("utf-16"))
    (tmp_path / "e.tsv").write_bytes(b"")
    with pytest.raises(GlossaryError) as caught:
        Glossary.load([tmp_path])
    assert str(caught.value).replace(f"{tmp_path}/", "").split("\n") == [
        "7 faults in the glossary:",
        "a.tsv:2: target is empty; only policy keep may leave it so",
        "a.tsv:5: target is empty; only policy keep may leave it so",
        "b.tsv:1: unknown column 'colour'; an own column begins with 'x-'",
        "b.tsv:1: column 'source' stands twice",
        "c.tsv:2: byte 0xce is not UTF-8; save it as UTF-8",
        "d.tsv:1: the file is UTF-16; save it as UTF-8",
        "e.tsv:1: no header line; the first line names the columns: source, target …",
    ]
    assert caught.value.exit_code == 3


def test_what_a_spreadsheet_may_do_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_bytes("\ufefftarget\tx-desk\tsource\r\nОш\t\tOsh\r\nНарын\r\nТалас\tюг\tTalas\r\n\t\t\r\n".encode())
    terms, faults = read(path)
    assert [(t.source, t.target, t.line, dict(t.extra)) for t in terms] == [
        ("Osh", "Ош", 2, {}),
        ("Talas", "Талас", 4, {"x-desk": "юг"}),
    ]
    assert [str(f) for f in faults] == [f"{path}:3: source is empty; only policy forbid may leave it so"]


def test_forms_are_read(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    path.write_text(
        "source\ttarget\tnumber\tforms\nArm\tрука\t\tablt=рукой|ablt=рукою|plur.gent=рук\nCs\tЧебоксары\tplur\tgent=Чебоксар\n"
    )
    (arm, town), _faults = read(path)
    assert arm.forms == {Slot("ablt", "sing"): ("рукой", "рукою"), Slot("gent", "plur"): ("рук",)}
    assert town.forms == {Slot("gent", "plur"): ("Чебоксар",)}


def test_holds() -> None:
    term = Term("x", "х", since="2019-03-23", until="2022")
    dates = ["2019-03-22", "2019-03-23", "2019", "2020-01-01", "2022-12-31", "2023-01-01", ""]
    assert [d for d in dates if term.holds(d)] == [
        "2019-03-23", "2019", "2020-01-01", "2022-12-31", "",
    ]  # fmt: skip


@examples
@given(BOOKS)
def test_written_and_read_back(tmp_path_factory: pytest.TempPathFactory, terms: list[Term]) -> None:
    path = tmp_path_factory.getbasetemp() / "g.tsv"
    path.write_text(write(terms), encoding="utf-8")
    again, faults = read(path)
    assert not faults
    assert sorted(map(line_of, again)) == sorted(map(line_of, terms))
    assert {t.source: t for t in again} == {t.source: t for t in terms}
    assert write(again) == path.read_text(encoding="utf-8")


@examples
@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    folded = fold(text)
    offsets = folded.offsets or tuple(range(len(text) + 1))
    assert len(offsets) == len(folded.text) + 1
    assert len(folded.text.lower()) == len(folded.text)
    assert list(offsets) == sorted(offsets)
    if text:
        assert offsets[-1] == len(text)


@examples
@given(BOOKS, st.lists(WORDS, max_size=8))
def test_any_sentence_has_ordered_matches_that_do_not_overlap(terms: list[Term], words: list[str]) -> None:
    sentence = " ".join([*words, *(t.source for t in terms)])
    found = Glossary(terms).find(sentence)
    at = 0
    for match in found.matches:
        assert at <= match.span.start < match.span.stop <= len(sentence)
        at = match.span.stop


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("A lawyer of Human Rights Watch was refused entry.", []),
        ("Human Rights Watch published a report.", []),
        ("The Human Rights Council met.", []),
        ("Human rights are for all, a Human Rights activist said.", ["Human rights", "Human Rights"]),
        ("He met Prime Minister Sadyr Japarov and the Prime Minister Commission.", ["Prime Minister"] * 2),
    ],
)
def test_a_common_term_is_not_the_beginning_of_a_longer_name(sentence: str, found: list[str]) -> None:
    terms = [Term("human rights", "права человека", number="plur"), Term("prime minister", "премьер-министр")]
    assert [match.span.of(sentence) for match in Glossary(terms).find(sentence).matches] == found


def test_a_longer_name_with_a_term_in_it_is_asked_about() -> None:
    from translate.glossary.unknown import unknown_names

    terms = Glossary([Term("human rights", "права человека", number="plur")])
    names = unknown_names(["A lawyer of Human Rights Watch was refused entry.", "He left."], terms)
    assert [one.name for one in names] == ["Human Rights Watch"]
