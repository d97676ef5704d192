"""Problems are kept in English and put into words when they are shown, in the reader's language."""

from __future__ import annotations

import gettext
from io import BytesIO
from pathlib import Path

import pytest

from translate import messages
from translate.catalog import parse
from translate.catalog.compiled import compile_catalog
from translate.engines import Draft, Request
from translate.memory import Memory
from translate.messages import lazy_gettext, lazy_ngettext
from translate.problems import Kind, Problem

RUSSIAN = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "lost: {what}"
msgstr "потеряно: {what}"

msgid "{n} word"
msgid_plural "{n} words"
msgstr[0] "{n} слово"
msgstr[1] "{n} слова"
msgstr[2] "{n} слов"
"""


@pytest.fixture
def russian(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = gettext.GNUTranslations(BytesIO(compile_catalog(parse(RUSSIAN.encode()))))
    monkeypatch.setattr(messages, "_", catalog.gettext)
    monkeypatch.setattr(messages, "ngettext", catalog.ngettext)


@pytest.mark.usefixtures("russian")
def test_what_is_kept_is_english_and_what_is_shown_is_not() -> None:
    problem = Problem(Kind.KEPT, lazy_gettext("lost: {what}", what=lazy_ngettext("{n} word", "{n} words", n=3)))
    assert problem.message == "lost: 3 words"
    assert problem.shown == "потеряно: 3 слова"
    assert Problem("other", "said already").shown == "said already"


def test_a_kind_is_its_slug() -> None:
    assert f"{Kind.KEPT}" == "kept"
    assert all(kind.meaning and 1 <= kind.severity <= 4 for kind in Kind)


def test_severity_tells_a_loss_from_a_doubt() -> None:
    assert Problem(Kind.REPETITION, "").severity > Problem(Kind.KEPT, "").severity > Problem(Kind.TERM, "").severity
    assert Problem("of a plug-in", "").severity == 1


@pytest.mark.usefixtures("russian")
def test_the_memory_keeps_no_locale(tmp_path: Path) -> None:
    lost = lazy_gettext("lost: {what}", what=lazy_ngettext("{n} word", "{n} words", n=5))
    with Memory(tmp_path / "memory.sqlite3") as memory:
        draft = Draft("Текст.", None, None, "engine 1", (Problem(Kind.KEPT, lost),))
        memory.store([Request("Text.")], [draft], "en", "ru")
        (known,) = memory.recall([Request("Text.")], "engine 1", "en", "ru")
    assert known == draft
    assert known is not None
    assert known.problems[0].shown == "потеряно: 5 слов"
