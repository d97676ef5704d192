"""Checks: each finds its fault and is silent on a good translation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from translate.checks import NAMES, Pair, inspect, inspect_all, unlisted
from translate.cli.check import check
from translate.files import shipped
from translate.glossary import Glossary, Policy, Term
from translate.pinning import Pin
from translate.spans import Span

ALL_BUT_FORBIDDEN = frozenset(NAMES) - {"forbidden"}
GLOSSARY = Glossary(
    [
        Term("Sooronbai Jeenbekov", "Сооронбай Жээнбеков", "person", gender="masc"),
        Term("Kazakhstan", "Казахстан", "place"),
        Term("Security Council", "Совет безопасности", "organisation"),
        Term("", "Киргизия", "place", policy=Policy.FORBID, note="Пишите: Кыргызстан"),
    ]
)


def kinds(source: str, target: str, off: frozenset[str] = frozenset()) -> list[str]:
    pair = Pair("b1.1", source, target, GLOSSARY.find(source).matches)
    return [p.kind for p in inspect_all([pair], off, glossary=GLOSSARY)]


FAULTS = [
    ("19 people came.", "Пришли 18 человек.", "number"),
    ("He came on September 19.", "Он приехал 19 октября.", "date"),
    ("It cost $5 million.", "Это стоило 5 миллионов рублей.", "unit"),
    ("It grew by 5%.", "Выросло на 5.", "unit"),
    ("“Yes,” he said.", "«Да, — сказал он.", "quotes"),
    ("“This is a great victory for us,” he said.", "Это большая победа для нас и страны.", "quotes"),
    ("He said yes.", "Он сказал, сказал, сказал да.", "repetition"),
    ("He saw the referendum.", "Он увидел этот referendum.", "untranslated"),
    ("He saw the old city.", "He saw the old city.", "untranslated"),
    ("Osh is a city.", "Oш это город.", "scripts"),
    ("He came to the meeting in the city. Then he saw them all.", "Он пришёл на встречу.", "length"),
    ("A short and simple sentence about nothing at all.", "Да.", "length"),
    ("Nothing.", "", "length"),
    ("Sooronbai Jeenbekov came.", "Приехал Сооронбай Женбеков.", "term"),
    ("Sooronbai Jeenbekov came.", "Приехал президент.", "term"),
    ("Nobody came.", "Никто не пришёл в Киргизии.", "forbidden"),
]


@pytest.mark.parametrize(("source", "target", "kind"), FAULTS)
def test_each_fault_is_found_and_can_be_turned_off(source: str, target: str, kind: str) -> None:
    assert kind in kinds(source, target)
    assert kind not in kinds(source, target, frozenset({kind}))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("19 people came.", "Пришли 19 человек."),
        ("“Yes,” he said.", "«Да», — сказал он."),
        ("“The child was taken to a hospital.”", "— Ребёнка отвезли в больницу."),
        ("“I know it.", "«Я знаю это."),
        ("The Sakhalin-1 project is on.", 'Проект "Сахалин-1" идёт.'),
        ("He wrote to a@b.org about iPhone.", "Он написал на a@b.org про iPhone."),
        ("They got L. reuteri.", "Они получили L. reuteri."),
        ("It is very, very far.", "Это очень-очень далеко."),
        ("It is 20 miles away.", "Это в 32 км отсюда."),
        ("Sooronbai Jeenbekov came.", "Приехал С. Жээнбеков."),
        ("He met Sooronbai Jeenbekov.", "Он встретился с Сооронбаем Жээнбековым."),
        ("Kazakhstan’s media wrote.", "Казахстанские СМИ писали."),
        ("The Security Council met.", "Собрался Совет Безопасности."),
    ],
)
def test_a_good_translation_raises_nothing(source: str, target: str) -> None:
    assert kinds(source, target) == []


CASES = [
    tuple((line + "\t").split("\t")[:3])
    for line in (Path(__file__).parent / "cases/checks.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def shipped_glossary() -> Glossary:
    return Glossary.load([shipped("glossaries")])


@pytest.mark.parametrize(("source", "target", "kind"), CASES)
def test_sentences_of_news(source: str, target: str, kind: str, shipped_glossary: Glossary) -> None:
    pair = Pair("b1.1", source, target, shipped_glossary.find(source).matches)
    found = {p.kind for p in inspect_all([pair], glossary=shipped_glossary)}
    assert found == set() if not kind else kind in found


def test_a_pin_is_proof_enough() -> None:
    source = "Sooronbai Jeenbekov came."
    pair = Pair("b1.1", source, "Приехал президент.", GLOSSARY.find(source).matches)
    pin = Pin(pair.matches[0].span, Span(8, 17), "Сооронбай Жээнбеков", "президент", "nomn", "sing", "forced", 1.0)
    assert [p.kind for p in inspect(pair)] == ["term"]
    assert inspect(replace(pair, pins=(pin,))) == ()


def test_one_sentence_rendered_in_two_ways() -> None:
    pairs = [Pair("b1.1", "He came back home.", "Он вернулся."), Pair("b2.1", "He came back home.", "Он пришёл домой.")]
    (problem,) = inspect_all(pairs)
    assert (problem.kind, problem.segment) == ("consistency", "b2.1")
    assert "b1.1" in problem.message


HOUSE = [
    Term("Almaty", "Алматы", "place", policy=Policy.FIXED),
    Term("Alma-Ata", "Алма-Ата", "place", until="1993-01-28"),
    Term("Kyrgyzstan", "Кыргызстан", "place"),
    Term("Kirghiz SSR", "Киргизская ССР", "organisation", gender="femn"),
    Term("", "Алма-Ата", "place", policy=Policy.FORBID, note="Пишите: Алматы"),
    Term("", "киргизская", "term", gender="femn", policy=Policy.FORBID, note="Пишите: кыргызская"),
    Term("", "Рыбачье", "place", policy=Policy.FORBID, note="Пишите: Балыкчы"),
    Term(
        "", "Астана", "place", policy=Policy.FORBID, since="2019-03-23", until="2022-09-17", note="Пишите: Нур-Султан"
    ),
    Term("Majlis", "Маджилис", "organisation", policy=Policy.FORBID, aliases=("Mazhilis",), note="Пишите: Мажилис"),
]


@pytest.mark.parametrize(
    ("source", "target", "barred"),
    [
        ("He lives in Almaty.", "Он живёт в Алма-Ате.", "Алма-Ате"),
        ("He was born in Alma-Ata.", "Он родился в Алма-Ате.", ""),
        ("He is from the city.", "Он из Алма-Атинской области.", ""),
        ("The Kyrgyz army left.", "Киргизская армия ушла.", "Киргизская"),
        ("He led the republic then.", "Тогда он возглавлял Киргизскую\u00a0ССР.", ""),
        ("He led the republic and its army.", "Он возглавлял Киргизскую ССР и киргизскую армию.", "киргизскую"),
        ("A fishing trade.", "Это рыбачье ремесло.", ""),
        ("He is in the town.", "Он в Рыбачьем.", "Рыбачьем"),
        ("The Majlis met.", "Собрался Маджилис.", "Маджилис"),
        ("The Mazhilis met.", "Собрался Маджилис.", "Маджилис"),
        ("The Majlisi Oli met.", "Собрался Маджилис.", ""),
    ],
)
def test_a_barred_spelling_may_stand_where_a_line_of_the_glossary_has_it(source: str, target: str, barred: str) -> None:
    glossary = Glossary(HOUSE)
    pair = Pair("b1.1", source, target, glossary.find(source).matches)
    found = inspect_all([pair], ALL_BUT_FORBIDDEN, glossary=glossary)
    assert [p.target.of(target) for p in found if p.target] == ([barred] if barred else [])


def test_a_bar_holds_on_its_days() -> None:
    pair = Pair("b1.1", "The capital.", "Это Астана.")
    on = {day: len(inspect_all([pair], glossary=Glossary(HOUSE), on=day)) for day in ("2018-01-01", "2020-01-01", "")}
    assert on == {"2018-01-01": 0, "2020-01-01": 1, "": 1}


def test_what_a_later_file_has_replaced_is_another_spelling() -> None:
    own = Term("Kyrgyzstan", "Киргизия", "place", path=Path("own.tsv"))
    glossary = Glossary([Term("Kyrgyzstan", "Кыргызстан", "place", path=Path("shipped.tsv")), own])
    source = "He left Kyrgyzstan."
    pairs = [
        Pair(f"b1.{n}", source, target, glossary.find(source).matches)
        for n, target in enumerate(["Он уехал из Киргизии.", "Он уехал из Кыргызстана.", "Он уехал из страны."])
    ]
    (problem,) = inspect_all(pairs, frozenset({"consistency"}), glossary=glossary)
    assert (problem.kind, problem.segment) == ("term", "b1.1")
    assert "Киргизия" in problem.message


@pytest.mark.parametrize(
    ("renderings", "odd"),
    [
        (("Усманов", "Усмановым", "Османов"), "Османов"),
        (("Джеенбеков", "Жээнбеков", "Жээнбековым"), "Джеенбеков"),
        (("Усманова", "Усмановой", "Усманову"), ""),
        (("Усманов", "усмановский", "Усманов"), ""),
        (("Усманов", "Усмановский", "Он"), ""),
    ],
)
def test_a_name_that_no_glossary_has_is_spelt_in_one_way(renderings: tuple[str, ...], odd: str) -> None:
    name = "Jeenbekov" if renderings[0].startswith("Дж") else "Usmanov"
    pairs = [
        Pair(f"b{n}.1", f"Then they saw {name} there on day {n}.", f"Там видели {word} в день {n}.")
        for n, word in enumerate(renderings, 1)
    ]
    found = [p for p in inspect_all(pairs) if p.kind == "consistency"]
    assert [p.target.of(pairs[int(p.segment[1]) - 1].target) for p in found if p.target] == ([odd] if odd else [])


def test_two_people_with_names_alike_are_two() -> None:
    pairs = [
        Pair("b1.1", "Then he saw Hanson at home.", "Потом он увидел Хэнсона дома."),
        Pair("b1.2", "Then she saw Hanson and Hansen.", "Потом она увидела его и Хансена."),
    ]
    assert [p.kind for p in inspect_all(pairs)] == []


def test_spans_point_at_the_words() -> None:
    (problem,) = inspect(Pair("b1.1", "19 people came.", "Пришли 18 человек."))
    assert problem.source is not None
    assert problem.target is not None
    assert problem.source.of("19 people came.") == "19"
    assert problem.target.of("Пришли 18 человек.") == "18"


# The command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    english, russian = tmp_path / "a.md", tmp_path / "a.ru.md"
    english.write_text("# Talks\n\nHe met 19 people in Osh. They were glad to see him.\n", encoding="utf-8")
    russian.write_text("# Переговоры\n\nОн встретил 19 человек в Оше. Они были рады его видеть.\n", encoding="utf-8")
    return english, russian


def test_a_good_pair_ends_with_0(files: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(check, [str(files[0]), str(files[1])], standalone_mode=False)
    assert (done.return_value, done.stdout) == (0, "")


def test_a_fault_ends_with_5_and_is_shown(files: tuple[Path, Path]) -> None:
    english, russian = files
    russian.write_text(russian.read_text(encoding="utf-8").replace("19", "18"), encoding="utf-8")
    done = CliRunner().invoke(check, [str(english), str(russian)], standalone_mode=False)
    assert done.return_value == 5
    assert "number: 19 became 18" in done.stdout
    told = CliRunner().invoke(check, [str(english), str(russian), "--json"], standalone_mode=False)
    (record,) = json.loads(told.stdout)
    assert (record["kind"], record["segment"]) == ("number", "b1.1")
    quiet = CliRunner().invoke(check, [str(english), str(russian), "--off", "number"], standalone_mode=False)
    assert quiet.return_value == 0


def test_a_table_of_two_columns(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("19 people came.\tПришли 18 человек.\nYes.\tДа.\n", encoding="utf-8")
    done = CliRunner().invoke(check, [str(table)], standalone_mode=False)
    assert done.return_value == 5
    assert "1\n  19 people came." in done.stdout


def test_a_slip_in_a_name_is_refused(files: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(check, [str(files[0]), str(files[1]), "--off", "numbers"])
    assert done.exit_code == 2
    assert "numbers" in done.stderr
    assert all(name in done.stderr for name in NAMES[:3])


def test_names_that_no_glossary_has() -> None:
    sentences = ["Sooronbai Jeenbekov met Danil Usmanov in Kazakhstan.", "Then he saw Usmanov again."]
    (problem,) = unlisted(sentences, GLOSSARY)
    assert problem.kind == "name"
    assert "Danil Usmanov" in problem.message
    assert unlisted(sentences, Glossary(())) == ()


def test_an_unknown_name_is_a_problem_of_its_first_sentence() -> None:
    sentences = ["Water is dear.", "Nobody met Danil Usmanov.", "Then he saw Usmanov again."]
    (problem,) = unlisted(sentences, GLOSSARY, ids=("b1.1", "b1.2", "b1.3"))
    assert problem.segment == "b1.2"
    assert problem.source is not None
    assert problem.source.of(sentences[1]) == "Danil Usmanov"
