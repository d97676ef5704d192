"""Catalogs filled: in the right order of sources, marked for review, and nothing lost on the way."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from translate.catalog import Catalog, Entry, parse
from translate.catalog.counting import Uncertain, counted
from translate.catalog.fill import Filled, Sources, fill
from translate.catalog.plurals import categories, of_language, plural_forms
from translate.catalog.wording import shaped
from translate.engines import Draft, Request, Traits
from translate.engines.protecting import ProtectingEngine
from translate.errors import CatalogError
from translate.glossary import Glossary, Policy, Term
from translate.memory import Memory

HEADER = (Path(__file__).parent / "catalogs" / "ru.po").read_text(encoding="utf-8").split("\n\n")[0] + "\n\n"


class Dictionary:
    """An engine that knows some sentences, keeps stand-ins, and hands back nothing for the rest."""

    name = "dictionary"
    signature = "dictionary 1"
    traits = Traits()

    def __init__(self, **known: str) -> None:
        self.known = {source.replace("_", " "): target for source, target in known.items()}
        self.asked: list[str] = []

    def translate(self, requests: list[Request]) -> list[Draft]:
        self.asked += [request.text for request in requests]
        return [Draft(self.known.get(r.text, ""), None, None, self.signature) for r in requests]


GLOSSARY = Glossary(
    [
        Term("About", "О нас", kind="interface", kk="Біз туралы"),
        Term("Kazakhstan", "Казахстан", kind="place"),
        Term("article", "статья", kind="interface", kk="мақала"),
        Term("Bishkek FM", "", kind="organisation", policy=Policy.KEEP),
    ]
)


def filled(entries: str, engine: Dictionary | None = None, *, again: bool = False, **options: object) -> Filled:
    catalog = parse((HEADER + entries + "\n").encode())
    protected = ProtectingEngine(engine) if engine else None
    return fill(catalog, Sources(glossary=GLOSSARY, engine=protected, **options), again=again)  # type: ignore[arg-type]


def only(made: Filled) -> Entry:
    return parse(made.data).messages[0]


def test_the_memory_comes_first_then_the_glossary_then_the_engine(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.sqlite3")
    memory.remember("Regions", "Регионы")
    memory.remember("About", "О сайте")
    engine = Dictionary(Newest_stories="Свежие статьи.")
    entries = [f'msgid "{text}"\nmsgstr ""\n' for text in ("About", "Regions", "Kazakhstan", "Newest stories")]
    made = filled("\n".join(entries), engine, memory=memory)
    assert [e.msgstr for e in parse(made.data).messages] == ["О сайте", "Регионы", "Казахстан", "Свежие статьи"]
    assert made.by == {"memory": 2, "glossary": 1, "dictionary 1": 1}
    assert engine.asked == ["Newest stories"]
    memory.close()


def test_what_is_filled_is_fuzzy_and_says_by_whom_and_all_else_keeps_its_bytes() -> None:
    rest = '\nmsgid "Done"\nmsgstr "Готово"\n\n#, fuzzy\nmsgid "Search"\nmsgstr "Искать"\n'
    made = filled('#. a link\n#: a.html:1\n#, python-format\nmsgid "About"\nmsgstr ""\n' + rest)
    block = '#. a link\n#. tolmach: glossary\n#: a.html:1\n#, fuzzy, python-format\nmsgid "About"\nmsgstr "О нас"\n'
    assert made.data.decode() == HEADER + block + rest + "\n"


def test_again_fills_what_nobody_has_reviewed() -> None:
    by_machine = '#. tolmach: old engine\n#, fuzzy\nmsgid "About"\nmsgstr "Около"\n'
    assert filled(by_machine).data.decode() == HEADER + by_machine + "\n"
    assert only(filled(by_machine, again=True)).msgstr == "О нас"
    assert only(filled(by_machine, again=True)).lines_of(".") == ["tolmach: glossary"]
    by_hand = '#, fuzzy\nmsgid "About"\nmsgstr "Около"\n'
    assert filled(by_hand, again=True).data.decode() == HEADER + by_hand + "\n"


@pytest.mark.parametrize(
    ("source", "asked", "answer", "expected"),
    [
        ("Search…", "Search", "Поиск", "Поиск…"),
        ("  Sign in: ", "Sign in", "войти.", "  Войти: "),
        ("_Open file", "Open file", "Открыть файл", "_Открыть файл"),
        ("&Open file", "Open file", "Открыть файл", "&Открыть файл"),
        ("READ ALL NEWS", "READ ALL NEWS", "Читать все новости", "ЧИТАТЬ ВСЕ НОВОСТИ"),
        ("It is sent.", "It is sent.", "Отправлено", "Отправлено."),
        ("sent by", "sent by", "Отправил", "отправил"),
        ("Hello, %(name)s!", "Hello, X1!", "Привет, X1!", "Привет, %(name)s!"),
        ("<b>Read on</b>", "Read on", "Читать дальше", "<b>Читать дальше</b>"),
        ("Read on &raquo;", "Read on", "Читать дальше", "Читать дальше &raquo;"),
        ("Law &amp; order news", "Law & order news", "Новости права и порядка", "Новости права и порядка"),
        ("&copy; all the authors", "© all the authors", "© все авторы", "&copy; все авторы"),
        ("&copy; 2024 Steppe Courier", None, None, "&copy; 2024 Steppe Courier"),
        ("{{ n }} of {{ m }}", "X1 of X2", "X1 из X2", "{{ n }} из {{ m }}"),
        ("It rained. It stopped.\\n", "It rained.", "Шёл дождь.", ""),
        ("%s: %s", None, None, "%s: %s"),
        ("Bishkek FM", None, None, "Bishkek FM"),
        ("ABOUT", None, None, "О нас"),
        ("kazakhstan", "kazakhstan", "казахстан", "казахстан"),
    ],
)
def test_a_text_keeps_its_shape(source: str, asked: str | None, answer: str | None, expected: str) -> None:
    engine = Dictionary(**{asked: answer} if asked and answer else {})
    made = filled(f'msgid "{source}"\nmsgstr ""\n', engine)
    assert only(made).msgstr == expected
    if asked is None:
        assert engine.asked == []
    elif expected:
        assert engine.asked == [asked]


def test_sentences_are_asked_one_by_one_and_joined_as_they_stood() -> None:
    engine = Dictionary(**{"It rained.": "Шёл дождь.", "It stopped.": "Перестал."})
    made = filled('msgid "It rained.\\n\\nIt stopped.\\n"\nmsgstr ""\n', engine)
    assert only(made).msgstr == "Шёл дождь.\n\nПерестал.\n"


def test_a_lost_placeholder_leaves_the_entry_empty_with_a_reason() -> None:
    made = filled('msgid "Hello, %(name)s!"\nmsgstr ""\n', Dictionary(**{"Hello, X1!": "Привет!"}))
    assert only(made).msgstr == ""
    assert not only(made).fuzzy
    assert made.left == 1
    assert [(d.line, d.problem.kind) for d in made.doubts] == [(16, "kept")]


PLURAL = 'msgid "{one}"\nmsgid_plural "{many}"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n'


@pytest.mark.parametrize(
    ("one", "many", "word", "expected"),
    [
        ("{n} article", "{n} articles", "статья", ["{n} статья", "{n} статьи", "{n} статей"]),
        ("One new comment", "%d new comments", "новый комментарий",
         ["%d новый комментарий", "%d новых комментария", "%d новых комментариев"]),
        ("a new story", "%s new stories", "новая статья", ["%s новая статья", "%s новые статьи", "%s новых статей"]),
        ("(%d view)", "(%d views)", "просмотр", ["(%d просмотр)", "(%d просмотра)", "(%d просмотров)"]),
        ("%d minute ago", "%d minutes ago", "минута", ["%d минуту назад", "%d минуты назад", "%d минут назад"]),
        ("%d year", "%d years", "год", ["%d год", "%d года", "%d лет"]),
        ("%d person", "%d people", "человек", ["%d человек", "%d человека", "%d человек"]),
        ("article", "articles", "статья", ["статья", "статьи", "статей"]),
        ("%d comment on this page", "%d comments on this page", "комментарий на этой странице",
         ["%d комментарий на этой странице", "%d комментария на этой странице", "%d комментариев на этой странице"]),
    ],
)  # fmt: skip
def test_plural_forms_stand_in_their_case(one: str, many: str, word: str, expected: list[str]) -> None:
    parts = counted(one, many)
    assert list(parts.forms(word, of_language("ru"), "ru")) == expected
    four = plural_forms(
        "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || "
        "(n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
    )
    assert categories(four, "ru") == ["one", "few", "many", "other"]
    assert list(parts.forms(word, four, "ru"))[:3] == expected


@pytest.mark.parametrize(
    ("one", "many", "word"),
    [
        ("Found %d article", "Found %d articles", "статья"),  # Найдена 1 статья, найдено 5 статей
        ("%d article in %s", "%d articles in %s", "статья"),
        ("%d hour", "%d hours", "часы"),  # no singular
        ("%d cafe", "%d cafes", "кафе"),  # does not decline, or is not known
        ("%d post", "%d posts", "post"),
    ],
)
def test_plural_forms_that_are_not_sure_are_left(one: str, many: str, word: str) -> None:
    with pytest.raises(Uncertain):
        counted(one, many).forms(word, of_language("ru"), "ru")


def test_a_plural_entry_is_filled_from_the_singular_of_its_noun() -> None:
    engine = Dictionary(new_comment="Новый комментарий.")
    entries = PLURAL.replace("{one}", "{n} article").replace("{many}", "{n} articles")
    entries += "\n" + PLURAL.replace("{one}", "One new comment").replace("{many}", "%d new comments")
    entries += "\n" + PLURAL.replace("{one}", "Found %d post").replace("{many}", "Found %d posts")
    made = filled(entries, engine)
    assert [e.msgstrs for e in parse(made.data).messages] == [
        ["{n} статья", "{n} статьи", "{n} статей"],
        ["%d новый комментарий", "%d новых комментария", "%d новых комментариев"],
        ["", "", ""],
    ]
    assert made.left == 1


def test_kazakh_takes_its_own_column_and_no_plural_noun() -> None:
    header = HEADER.replace("Language: ru", "Language: kk").replace('"Plural-Forms: nplurals=3;', '"X-Old: ')
    header = header.rstrip() + '\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    entries = 'msgid "About"\nmsgstr ""\n\nmsgid "%d article"\nmsgid_plural "%d articles"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    made = fill(parse((header + entries).encode()), Sources(glossary=GLOSSARY, language="kk"))
    assert [e.msgstrs for e in parse(made.data).messages] == [["Біз туралы"], ["%d мақала", "%d мақала"]]


def test_a_template_gets_the_header_it_needs() -> None:
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=CHARSET\\n"\n\nmsgid "About"\nmsgstr ""\n'
    catalog: Catalog = parse(fill(parse(text.encode()), Sources(glossary=GLOSSARY)).data)
    assert catalog.header == {"Content-Type": "text/plain; charset=UTF-8", "Language": "ru"}
    assert catalog.messages[0].msgstr == "О нас"


def test_a_charset_without_the_letters_is_refused() -> None:
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "About"\nmsgstr "" #é\n'
    with pytest.raises(CatalogError, match="has no 'О'"):
        fill(parse(text.encode("latin-1")), Sources(glossary=GLOSSARY))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Privacy Policy", "политика конфиденциальности.", "Политика конфиденциальности"),
        ("news etc", "новости и т. д.", "новости и т. д."),
        ("EU", "Европейский союз", "Европейский союз"),
        ("more", "Ещё", "ещё"),
        ("NATO news", "новости НАТО", "Новости НАТО"),
    ],
)
def test_capitals_and_stops(source: str, target: str, expected: str) -> None:
    assert shaped(source, target) == expected


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext")
def test_msgfmt_takes_what_is_filled(tmp_path: Path) -> None:
    entries = '#, python-format\nmsgid "Hello, %(name)s!"\nmsgstr ""\n\n#, python-brace-format\n'
    entries += PLURAL.replace("{one}", "{n} article").replace("{many}", "{n} articles")
    made = filled(entries, Dictionary(**{"Hello, X1!": "Привет, X1!"}))
    path = tmp_path / "ru.po"
    path.write_bytes(made.data.replace(b"#, fuzzy, ", b"#, "))
    subprocess.run(["msgfmt", "--check", "-o", str(tmp_path / "ru.mo"), str(path)], check=True)
