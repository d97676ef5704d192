"""Names, terms and habits out of published editions, and what an edition says otherwise than our translation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from translate.article import read_article
from translate.bitext import advice, compare, habits, mine
from translate.bitext.comparing import Compared, Comparison, changes, chrf
from translate.bitext.comparison import _lines
from translate.checks import Pair
from translate.cli import main
from translate.config import Style
from translate.glossary import Glossary, Term

FOLDER = Path(__file__).parent / "editions"

PAIRS = [
    ("The mayor, Aigul Toktogulova, promised a second well.", "Мэр Айгуль Токтогулова пообещала второй колодец."),
    ("Neighbors thanked Aigul Toktogulova.", "Соседи поблагодарили Айгуль Токтогулову."),
    ("Engineers came to Dushanbe.", "Инженеры приехали в Душанбе."),
    ("Farmers left Pennsylvania.", "Фермеры уехали из Пенсильвании."),
    ("Trade with Germany has grown.", "Торговля с Германией выросла."),
    ("Water is scarce across Central Asia.", "Воды мало по всей Центральной Азии."),
    ("The Ministry of Health said nothing.", "В Минздраве промолчали."),
]


def mined(pairs: list[tuple[str, str]], book: Glossary | None = None) -> dict[str, tuple[str, str | None]]:
    found = mine([Pair(str(n), *pair) for n, pair in enumerate(pairs)], book or Glossary(()))
    return {one.term.source: (one.term.target, one.term.gender) for one in found}


def test_names_are_mined_as_lemmas() -> None:
    found = mined(PAIRS)
    assert found["Aigul Toktogulova"] == ("Айгуль Токтогулова", "femn")
    assert found["Dushanbe"][0] == "Душанбе"
    assert found["Pennsylvania"][0] == "Пенсильвания"
    assert found["Germany"][0] == "Германия"
    assert found["Central Asia"][0] == "Центральная Азия"


TERMS = [
    ("The customs union was founded in 2010.", "Таможенный союз был основан в 2010 году."),
    ("Farmers fear the customs union.", "Фермеры боятся таможенного союза."),
    ("Two customs unions were compared.", "Сравнили два таможенных союза."),
    ("Human rights matter.", "Права человека важны."),
    ("He spoke of human rights.", "Он говорил о правах человека."),
    ("The Ministry of Health said nothing.", "Министерство здравоохранения промолчало."),
    ("Voters in West Virginia waited.", "Избиратели в Западной Вирджинии ждали."),
    ("West Virginia has voted.", "Западная Вирджиния проголосовала."),
    ("The BBC asked, the EU answered.", "BBC спросила, ЕС ответил."),
    ("The EU agreed with the BBC.", "ЕС согласился с BBC."),
    ("Last year many people left.", "В прошлом году многие люди уехали."),
    ("Many people came last year.", "Многие люди приехали в прошлом году."),
]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("customs union", "таможенный союз"),
        ("human rights", "права человека"),
        ("Ministry of Health", "министерство здравоохранения"),
        ("West Virginia", "Западная Вирджиния"),
        ("EU", "ЕС"),
        ("BBC", "BBC"),
    ],
)
def test_what_is_rendered_by_its_meaning_is_mined(source: str, target: str) -> None:
    assert mined(TERMS)[source] == (target, None)


def test_turns_of_everyday_and_parts_of_a_name_are_no_terms() -> None:
    assert not {"last year", "many people", "Virginia", "Health", "customs"} & mined(TERMS).keys()


def test_a_term_that_everybody_puts_otherwise_is_not_mined() -> None:
    pairs = [
        ("A stamp duty is planned.", "Планируется пошлина."),
        ("Nobody likes stamp duty.", "Никто не любит этот сбор с марок."),
    ]
    assert "stamp duty" not in mined(pairs)


def test_words_that_the_lexicon_lacks_are_told_by_their_company() -> None:
    pairs = [
        ("A boz uy stood near Osh.", "Рядом с Ошем стояла юрта."),
        ("They bought a boz uy.", "Они купили юрту."),
        ("Every boz uy is white.", "Каждая юрта белая."),
        ("He slept in the boz uy.", "Он спал в юрте."),
    ]
    others = [("Osh is a town.", "Ош — город."), ("They bought bread.", "Они купили хлеб.")]
    assert mined([*pairs, *others])["boz uy"] == ("юрта", None)


@pytest.mark.parametrize(
    ("pairs", "name", "lemma", "gender"),
    [
        ([("They met Ms. Mogherini.", "Они встретили Могерини.")], "Mogherini", "Могерини", "femn"),
        ([("Wayde Sims fell.", "Застрелили Уэйда Симса."), ("Wayde Sims is dead.", "Оплакивают Уэйда Симса.")],
         "Wayde Sims", "Уэйд Симс", "masc"),
        ([("They met Dianne Mogherini.", "Встретили Дайэнн Могерини.")], "Dianne Mogherini", "Дайэнн Могерини", None),
    ],
)  # fmt: skip
def test_gender_is_told_by_titles_forms_and_names_or_left_open(
    pairs: list[tuple[str, str]], name: str, lemma: str, gender: str | None
) -> None:
    assert mined(pairs)[name] == (lemma, gender)


def test_what_the_glossary_has_is_not_mined() -> None:
    book = Glossary((Term("Aigul Toktogulova", "Айгуль Токтогулова", "person"),))
    assert "Aigul Toktogulova" not in mined(PAIRS, book)


def test_another_spelling_than_the_glossarys_is_mined_with_it() -> None:
    book = Glossary((Term("Sooronbay Jeenbekov", "Сооронбай Жээнбеков", "person", gender="masc"),))
    pair = Pair("1", "Sooronbay Jeenbekov left the hall.", "Сооронбай Жеенбеков покинул зал.")
    found = [one for one in mine([pair], book) if one.before]
    assert [(one.before, one.term.target) for one in found] == [("Сооронбай Жээнбеков", "Сооронбай Жеенбеков")]


def test_counts_and_contexts() -> None:
    found = mine([Pair(str(n), *pair) for n, pair in enumerate(PAIRS)], Glossary(()))
    mayor = next(one for one in found if one.term.source == "Aigul Toktogulova")
    assert (mayor.count, mayor.of) == (2, 2)
    assert [pair.source for pair in mayor.contexts] == [PAIRS[0][0], PAIRS[1][0]]


def test_habits_name_the_rules_an_edition_does_not_keep() -> None:
    pairs = [Pair("1", "He said “yes”.", 'Он сказал "да".'), Pair("2", "A man - a plan.", "Человек - план.")]
    counts = {habit.rule: habit.departs for habit in habits(pairs, Style())}
    assert sum(counts.values()) >= 2
    quotes = next(h for h in habits(pairs, Style()) if any("«да»" in e.house for e in h.examples))
    assert '"да"' in quotes.examples[0].edition


def test_what_to_set_to_write_as_an_edition_does() -> None:
    pairs = [Pair(str(n), "x", f"Он сказал „да“ {n} мая 2017 г. и ушел - домой.") for n in range(60)]
    said = {one.setting: one.value for one in advice(pairs, habits(pairs, Style()), Style())}
    assert said == {"quotes": "„“«»", "yo": "never", "dates": "г.", "off": ("dash",)}
    own = [Pair(str(n), "x", "Он ушёл — домой.") for n in range(60)]
    assert not advice(own, habits(own, Style()), Style())


CHANGES = [
    ("Плотину построили рабочие.", "Плотина построили рабочие.", ["case"]),
    ("Там 3500 мегаватт.", "Там 3600 мегаватт.", ["number"]),
    ("Он сказал: да.", "Он сказал — да.", ["style"]),
    ("Встретил Жеенбекова вчера.", "Встретил Жээнбекова вчера.", ["term"]),
    ("Они много лет были против.", "Они годами выступали против.", ["wording"]),
    ("Он ушел домой.", "Он ушел домой.", []),
    ("Он ушел.", "", ["omission"]),
    ("", "Он ушел.", ["addition"]),
]


@pytest.mark.parametrize(("ours", "edition", "kinds"), CHANGES)
def test_kinds_of_changes(ours: str, edition: str, kinds: list[str]) -> None:
    assert [change.kind for change in changes(ours, edition)] == kinds


def test_chrf() -> None:
    assert chrf("Плотина старая.", "Плотина старая.") == pytest.approx(100)
    assert chrf("Плотина старая.", "Курс доллара") < 30
    assert chrf("", "Плотина") == 0


def test_an_article_against_itself(tmp_path: Path) -> None:
    found = compare(read_article(FOLDER / "village.ru.md"), read_article(FOLDER / "village.ru.md"))
    assert found.chrf == pytest.approx(100)
    assert found.alike == found.names > 0
    assert not any(found.counts().values())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for path in FOLDER.iterdir():
        Path(path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(args))
    return int(ended.value.code or 0)


def test_mine_prints_a_glossary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("glossary", "mine", "village.md", "village.ru.md") == 0
    Path("new.en-ru.tsv").write_text(capsys.readouterr().out, encoding="utf-8")
    terms = {term.source: term.target for term in Glossary.load([Path("new.en-ru.tsv")]).terms}
    assert terms["Aigul Toktogulova"] == "Айгуль Токтогулова"
    assert run("glossary", "mine", ".", "--json") == 0
    assert "Aigul Toktogulova" in {one["source"] for one in json.loads(capsys.readouterr().out)}


def test_mine_reports_on_style(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("glossary", "mine", "village.md", "village.ru.md", "--style") == 0
    assert "sentences" in capsys.readouterr().err


def test_compare_prints_what_the_editor_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = Path("village.ru.md").read_text(encoding="utf-8")
    Path("ours.ru.md").write_text(text.replace("200 метров", "300 метров"), encoding="utf-8")
    assert run("compare", "village.ru.md", "ours.ru.md") == 0
    told = capsys.readouterr()
    assert [line.split("\t")[1:] for line in told.out.splitlines()] == [["number", "300", "200"]]
    assert "number 1" in told.err
    assert run("compare", "village.ru.md", "ours.ru.md", "--json") == 0
    assert json.loads(capsys.readouterr().out)["counts"]["number"] == 1


def test_compare_writes_a_page_with_every_difference_in_the_colour_of_its_kind(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path("village.ru.md").read_text(encoding="utf-8")
    ours = text.replace("200 метров", "300 метров").replace("Айгуль", "Айгюль <b>")
    Path("ours.ru.md").write_text(ours, encoding="utf-8")
    assert run("compare", "village.ru.md", "ours.ru.md", "-o", "compared.html") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "number 1" in told.err
    page = Path("compared.html").read_text(encoding="utf-8")
    assert '<mark class="number" title="another figure">300</mark>' in page
    assert '<mark class="number" title="another figure">200</mark>' in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(("ours", "edition", "_kinds"), CHANGES)
def test_the_pieces_of_a_page_are_the_sentences_themselves(ours: str, edition: str, _kinds: list[str]) -> None:
    row = Compared(ours, edition, tuple(changes(ours, edition)))
    [line] = _lines(Comparison((row,), 0.0, 0, 0))
    assert "".join(piece.text for piece in line.ours) == ours
    assert "".join(piece.text for piece in line.edition) == edition


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("compare", "village.ru.md", "village.ru.md", "-o", "x.tsv"), "name it .html"),
        (("glossary", "mine", "village.md"), "give the Russian article too"),
        (("glossary", "mine", "village.md", "."), "two articles or two folders"),
        (("compare", "village.ru.md", "village.ru.md", "--kind", "taste"), "no kind taste"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], said: str
) -> None:
    assert run(*args) == 2
    assert said in capsys.readouterr().err
