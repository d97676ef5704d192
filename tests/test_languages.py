"""Languages other than Russian: terms found and put in undeclined, and nothing of Russian done to the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_package import build_package

from translate.checks import Pair, inspect
from translate.cli import main
from translate.engines import Draft, Link, Request, Traits
from translate.glossary import Glossary, Policy, Term, TermMatch
from translate.pinning import Pinned, Sentence, pin_undeclined, prove_undeclined
from translate.spans import Span
from translate.typography import typeset


class Saying:
    """An engine that says one thing, with links."""

    name = "saying"
    signature = "saying:1"

    def __init__(self, text: str, links: tuple[Link, ...] = (), **traits: bool) -> None:
        self.traits = Traits(**traits)  # type: ignore[arg-type]
        self.asked: list[Request] = []
        self._draft = Draft(text, None, links or None, self.signature)

    def translate(self, requests: list[Request]) -> list[Draft]:
        self.asked += requests
        return [self._draft for _request in requests]


def matches(text: str, *pairs: tuple[str, str], policy: Policy = Policy.FIXED) -> tuple[TermMatch, ...]:
    return tuple(Glossary(Term(en, ky, policy=policy) for en, ky in pairs).find(text).matches)


def put(text: str, said: str, *pairs: tuple[str, str], links: tuple[Link, ...] = (), language: str = "ky") -> Pinned:
    (made,) = pin_undeclined([Sentence(text, matches(text, *pairs))], Saying(said, links), language)
    return made


OSH, JEENBEKOV = ("Osh", "Ош"), ("Jeenbekov", "Жээнбеков")


@pytest.mark.parametrize(
    ("english", "term", "said", "wanted", "method"),
    [
        ("He lives in Osh.", OSH, "Ал Ошто жашайт.", "Ал Ошто жашайт.", "already"),
        ("Osh is old.", OSH, "Ош байыркы шаар.", "Ош байыркы шаар.", "already"),
        ("from Osh", OSH, "Оштон", "Оштон", "already"),
        ("the people of Osh", OSH, "ошол Оштуктардын иши", "ошол Оштуктардын иши", "already"),
        (
            "In Bishkek.",
            ("Bishkek", "Бишкек"),
            "Бишкегибизде эмес, Бишкекте.",
            "Бишкегибизде эмес, Бишкекте.",
            "already",
        ),
        ("the book", ("book", "китеп"), "Бул китебинде.", "Бул китебинде.", "already"),
        ("Jeenbekov spoke.", JEENBEKOV, "Женбековдун сөзү.", "Жээнбековдун сөзү.", "similarity"),
        ("Jeenbekov spoke.", JEENBEKOV, "Женбеков сүйлөдү.", "Жээнбеков сүйлөдү.", "similarity"),
        ("Jeenbekov spoke.", JEENBEKOV, "Jeenbekov сүйлөдү.", "Жээнбеков сүйлөдү.", "undeclined"),
        ("Jeenbekov spoke.", JEENBEKOV, "Jeenbekov'го айтты.", "Жээнбековго айтты.", "similarity"),
    ],
)
def test_where_a_term_stands(english: str, term: tuple[str, str], said: str, wanted: str, method: str) -> None:
    made = put(english, said, term)
    assert made.text == wanted
    (pin,) = made.pins
    assert (pin.method, pin.target.of(made.text), pin.lemma) == (method, pin.form, term[1])
    assert not made.problems
    assert [doubt.kind for doubt in made.doubts] == (["case"] if method == "undeclined" else [])


@pytest.mark.parametrize("said", ["Ошол киши келди.", "Ошентип бүттү.", "кошту"])
def test_a_word_that_begins_alike_is_another(said: str) -> None:
    made = put("Osh", said, OSH)
    assert made.text == said
    assert [(p.kind, p.message) for p in made.problems] == [("term", "not found in the translation: Ош")]


def test_where_the_alignment_points() -> None:
    links = (Link(Span(4, 7), Span(7, 11)),)
    made = put("The dam leaks.", "Бул эски тосмо агат.", ("dam", "дамба"), links=(Link(Span(4, 7), Span(9, 14)),))
    assert made.text == "Бул эски дамба агат."
    assert [(p.form, p.method) for p in made.pins] == [("дамба", "undeclined")]
    assert "дамба: put in without an ending" in made.doubts[0].message
    assert put("The dam leaks.", "Тосмо.", ("dam", "дамба"), links=(Link(Span(4, 7), Span(0, 5)),)).text == "Дамба."
    assert put("The dam leaks.", "эки үч төрт беш", ("dam", "дамба"), links=links).pins[0].form == "дамба"


def test_two_terms_do_not_take_one_place() -> None:
    made = put("Atambayev and Jeenbekov", "Атамбаев жана Атамбаев", ("Atambayev", "Атамбаев"), JEENBEKOV)
    assert made.text == "Атамбаев жана Атамбаев"
    assert len(made.pins) == 1
    assert len(made.problems) == 1


def test_what_is_kept_in_latin_is_kept() -> None:
    text = "Eurasianet reports."
    found = matches(text, ("Eurasianet", ""), policy=Policy.KEEP)
    (made,) = pin_undeclined([Sentence(text, found)], Saying("Eurasianet билдирет."), "ky")
    assert [(p.form, p.method) for p in made.pins] == [("Eurasianet", "kept")]


def test_an_engine_that_takes_hints_is_told() -> None:
    engine = Saying("Жээнбеков сүйлөдү.", uses_hints=True)
    pin_undeclined([Sentence("Jeenbekov spoke.", matches("Jeenbekov spoke.", JEENBEKOV))], engine, "ky")
    assert [(hint.lemma, hint.span) for hint in engine.asked[0].hints] == [("Жээнбеков", Span(0, 9))]


def test_a_persons_translation_is_proven_and_left() -> None:
    found = matches("Jeenbekov in Osh", JEENBEKOV, OSH)
    made = prove_undeclined(found, "Женбеков Ошто", "ky")
    assert made.text == "Женбеков Ошто"
    assert [pin.form for pin in made.pins] == ["Ошто"]


@given(
    st.text("Ошто Жээнбеков Osh,.«»", max_size=40),
    st.lists(st.tuples(st.integers(0, 15), st.integers(0, 30)), max_size=4),
)
def test_any_draft_keeps_its_spans(said: str, at: list[tuple[int, int]]) -> None:
    links = tuple(Link(Span(a, a + 2), Span(b, b + 2)) for a, b in at)
    made = put("Jeenbekov in Osh", said, JEENBEKOV, OSH, links=links)
    assert all(pin.target.of(made.text) == pin.form for pin in made.pins)
    assert len(made.pins) + len(made.problems) == 2


def test_languages_whose_endings_are_not_known() -> None:
    made = put("In Poltava.", "У Полтаві.", ("Poltava", "Полтава"), language="uk")
    assert made.pins[0].method == "similarity"
    assert put("In Osh.", "В Оші.", OSH, language="uk").pins[0].method == "already"


# --- checks and typography ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "kinds"),
    [
        ("It cost $1,500,000 in 2017.", "2017-жылы ал 1 500 000 доллар турган.", []),
        ("It cost $1,500,000 in 2017.", "2017-жылы ал 1 400 000 доллар турган.", ["number"]),
        ("At 3 p.m. on September 19, 2017.", "2017-жылдын 19-сентябрында саат 15те.", []),
        ("At 3:30 p.m.", "Саат 15:30да.", []),
        ("The rate is 2.5 percent.", "Көрсөткүч 2,5 пайыз.", []),
        ("The rate is 2.5 percent.", "Көрсөткүч 25 пайыз.", []),  # where it stops: digits alone are compared
        ("He has 18 sheep.", "Анын кою бар.", ["number"]),
        ("He has eighteen sheep.", "Анын 18 кою бар.", []),
        ("He spoke of the region’s water.", "Ал өлкөнүн көлү жөнүндө сүйлөдү, анын суусу.", []),
        ("He spoke of the region’s water.", "Ал region суусу жөнүндө сүйлөдү.", ["untranslated"]),
        ("It is in Osh now.", "Ал азыр Oшто жүрөт.", ["scripts"]),
        ("“We are not afraid of them,” he said.", "«Биз алардан коркпойбуз, — деди ал.", ["quotes"]),
        ("“We are not afraid of them,” he said.", "«Биз алардан коркпойбуз», — деди ал.", []),
        ("in May", "майда", []),
    ],
)
def test_checks_that_know_kyrgyz(source: str, target: str, kinds: list[str]) -> None:
    assert [p.kind for p in inspect(Pair("1", source, target, language="ky"))] == kinds


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('Ал "Биз бардык" деди.', "Ал «Биз бардык» деди."),
        ("Ош - шаар , эски...", "Ош\u00a0— шаар, эски…"),
        ("а мен же сен т.б. к бала с", "а мен же сен т.б. к бала с"),  # Russian prepositions and particles
        ("5 июнь, 12 км 3 сом", "5 июнь, 12 км 3 сом"),
        ("15000 киши, 1,500,000 сом", "15\u00a0000 киши, 1\u00a0500\u00a0000 сом"),
        ("өлкө үчүн көлдүн жаңы", "өлкө үчүн көлдүн жаңы"),
    ],
)
def test_typography_without_russian(before: str, after: str) -> None:
    assert typeset(before, language="ky").text == after


def test_quotation_marks_of_others_are_left() -> None:
    assert typeset('Er sagte: "Nein".  Ja .', language="de").text == 'Er sagte: "Nein". Ja.'


# --- glossaries ---------------------------------------------------------------------------------------------------


def test_targets_by_the_name_of_the_file_and_by_column(tmp_path: Path) -> None:
    (tmp_path / "a.en-ru.tsv").write_text(
        "source\ttarget\tkind\tky\tpolicy\nBishkek\tБишкек\tplace\tБишкек\t\nOsh\tОш\tplace\t\t\n"
        "Jalal-Abad\tДжалал-Абад\tplace\tЖалал-Абад\t\nRFE\t\torganisation\t\tkeep\n",
        encoding="utf-8",
    )
    (tmp_path / "b.en-ky.tsv").write_text("source\ttarget\nOsh\tОш шаары\nthe dam\tдамба\n", encoding="utf-8")

    def loaded(language: str) -> dict[str, str]:
        return {term.source: term.target for term in Glossary.load([tmp_path], language).terms}

    assert loaded("ru") == {"Bishkek": "Бишкек", "Osh": "Ош", "Jalal-Abad": "Джалал-Абад", "RFE": ""}
    assert loaded("ky") == {
        "Bishkek": "Бишкек", "Jalal-Abad": "Жалал-Абад", "RFE": "", "Osh": "Ош шаары", "the dam": "дамба",
    }  # fmt: skip
    assert loaded("uk") == {"RFE": ""}


# --- the whole command --------------------------------------------------------------------------------------------


def test_an_article_into_kyrgyz(
    packages_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build_package(packages_folder, target="ky")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.en-ky.tsv").write_text("source\ttarget\nthe capital\tборбор\n", encoding="utf-8")
    (tmp_path / "story.txt").write_text(
        "The president met the leader in the capital. See https://example.org/x.\n", encoding="utf-8"
    )
    with pytest.raises(SystemExit) as done:
        main(["article", "story.txt", "--to", "ky", "-g", "own.en-ky.tsv", "-o", "story.html", "-o", "story.ky.txt"])
    assert done.value.code in (0, None)
    said = capsys.readouterr().err
    assert "into ky: glossary terms are put in without their case endings and marked" in said
    text = (tmp_path / "story.ky.txt").read_text(encoding="utf-8")
    assert "борбор" in text
    assert "https://example.org/x" in text
    page = (tmp_path / "story.html").read_text(encoding="utf-8")
    assert 'lang="ky"' in page
    assert "put in without an ending" in page


def test_into_russian_nothing_is_said(
    packages_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build_package(packages_folder)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text("The president met the leader.\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["article", "story.txt"])
    assert "into ru" not in capsys.readouterr().err


def test_a_language_that_no_model_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packages_folder: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text("The president met the leader.\n", encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        main(["article", "story.txt", "--to", "xx"])
    assert done.value.code == 4


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["story.en.txt", "story.ky.txt", "--to", "ky"], 0),
        (["story.jsonl"], 0),
        (["story.en.txt", "bad.ky.txt", "--to", "ky"], 5),
    ],
)
def test_checking_a_kyrgyz_translation(
    arguments: list[str], code: int, packages_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_package(packages_folder, target="ky")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.en.txt").write_text("The dam was built in 1976.\n", encoding="utf-8")
    (tmp_path / "story.ky.txt").write_text("Дамба 1976-жылы үч жүз киши менен курулган.\n", encoding="utf-8")
    (tmp_path / "bad.ky.txt").write_text("Дамба 1967-жылы үч жүз киши менен курулган.\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["article", "story.en.txt", "--to", "ky", "-o", "story.jsonl", "--no-glossary"])
    with pytest.raises(SystemExit) as done:
        main(["check", *arguments])
    assert (done.value.code or 0) == code
