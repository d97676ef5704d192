"""Catalogs merged with a new template: as msgmerge does it, and without touching what stays."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from translate.catalog import Editor, parse, read_catalog
from translate.catalog.extract import extract, template
from translate.catalog.merge import create, update
from translate.errors import CatalogError

CATALOGS = Path(__file__).parent / "catalogs"
gnu = pytest.mark.skipif(shutil.which("msgmerge") is None, reason="needs GNU gettext")


@gnu
def test_the_result_is_msgmerges_but_for_the_folding_of_the_header(tmp_path: Path) -> None:
    merged = update(read_catalog(CATALOGS / "ru.po"), read_catalog(CATALOGS / "site.pot"))
    command = ["msgmerge", "-q", "--previous", "--no-wrap", str(CATALOGS / "ru.po"), str(CATALOGS / "site.pot")]
    theirs = subprocess.run(command, capture_output=True, check=True).stdout
    assert merged.data.decode() == theirs.decode()
    assert (merged.kept, merged.fuzzied, merged.waiting, merged.new, merged.obsolete, merged.dropped) == (
        3,
        4,
        1,
        1,
        1,
        1,
    )


def test_merging_again_changes_nothing() -> None:
    template = read_catalog(CATALOGS / "site.pot")
    once = update(read_catalog(CATALOGS / "ru.po"), template).data
    assert update(parse(once), template).data == once


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("charset", ["UTF-8", "KOI8-R", "UTF-8-bom"])
def test_a_template_that_brings_nothing_new_changes_no_byte(charset: str, newline: bytes) -> None:
    bom = b"\xef\xbb\xbf" if charset.endswith("-bom") else b""
    charset = charset.removesuffix("-bom")
    text = (CATALOGS / "ru.po").read_text(encoding="utf-8").replace("UTF-8", charset)
    text = text.replace("«", '\\"').replace("»", '\\"').replace("\n\n#, fuzzy", "\n\n\n\n#, fuzzy")
    data = bom + text.encode(charset).replace(b"\n", newline).rstrip()
    catalog = parse(data)
    template = parse(data)
    assert update(catalog, template).data == data


def test_marks_of_fill_outlive_a_merge_while_the_entry_is_fuzzy() -> None:
    head = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    template = parse(head + b'#. a remark\nmsgid "a"\nmsgstr ""\n')
    marked = head + b'#. tolmach: draft 1\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    assert b"#. a remark\n#. tolmach: draft 1\n#, fuzzy\n" in update(parse(marked), template).data
    assert b"tolmach" not in update(parse(marked.replace(b"#, fuzzy\n", b"")), template).data


def test_the_translation_in_the_same_context_is_preferred() -> None:
    head = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    old = b'msgctxt "x"\nmsgid "open it"\nmsgstr "1"\n\nmsgctxt "y"\nmsgid "open it"\nmsgstr "2"\n'
    template = parse(head + b'msgctxt "y"\nmsgid "open it now"\nmsgstr ""\n')
    merged = parse(update(parse(head + old), template).data)
    assert merged.messages[0].msgstr == "2"


def test_a_new_catalog_has_the_header_and_the_forms_of_its_language() -> None:
    catalog = parse(create(read_catalog(CATALOGS / "site.pot"), "ru"))
    assert catalog.header["Language"] == "ru"
    assert catalog.header["Plural-Forms"].startswith("nplurals=3;")
    assert catalog.header_entry is not None
    assert not catalog.header_entry.fuzzy
    assert [len(e.msgstrs) for e in catalog.messages] == [1, 1, 1, 3, 3, 3, 1, 1, 3]
    with pytest.raises(CatalogError, match="not known"):
        create(read_catalog(CATALOGS / "site.pot"), "xx-nothing")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n', "defined twice"),
        ('domain "d"\nmsgid "a"\nmsgstr ""\n', "several domains"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(CatalogError, match=message) as caught:
        update(parse(text.encode(), Path("ru.po")), read_catalog(CATALOGS / "site.pot"))
    assert caught.value.line is not None


def test_a_changed_sentence_of_an_article_shows_what_it_was(tmp_path: Path) -> None:
    """The context is the segment's number: a new sentence before it moves the others, and no translation is lost."""
    sentences = ["The post reopened on Thursday.", "Drivers had waited since dawn.", "Nobody said why."]
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("Border Post Reopens\n\n" + " ".join(sentences) + "\n", encoding="utf-8")
    changed = ["The post reopened on Thursday.", "It rained.", "Drivers had waited since before dawn.", sentences[2]]
    new.write_text("Border Post Reopens\n\n" + " ".join(changed) + "\n", encoding="utf-8")
    catalog = parse(create(parse(template(extract([old], articles=True))), "ru"))
    editor = Editor(catalog)
    for entry in catalog.messages:
        editor.set_msgstr(entry, entry.msgid.upper())
    after = parse(update(parse(editor.data()), parse(template(extract([new], articles=True)))).data)
    found = {e.msgid: e for e in after.messages if not e.obsolete}
    assert not found[sentences[0]].fuzzy
    assert found["Drivers had waited since before dawn."].msgstr == sentences[1].upper()
    assert found["Drivers had waited since before dawn."].previous_value("msgid") == sentences[1]
    assert (found[sentences[2]].msgstr, found[sentences[2]].previous_value("msgctxt")) == (sentences[2].upper(), "b1.3")
