"""Texts gathered from pages, templates, sources and articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.catalog import parse
from translate.catalog.extract import extract, template
from translate.errors import CatalogError

SITE = Path(__file__).parent / "catalogs" / "site"


def texts(name: str) -> list[str]:
    return [found.text for found in extract([SITE / name])]


def test_a_page_gives_what_a_reader_sees_and_hears() -> None:
    assert texts("menu.html") == [
        "The Steppe Courier", "Main menu", "Regions", "Topics", "Search the archive", "Find",
        'Read <a href="/about">about us</a> &amp; our <b>work</b>.', "Topics", "© 2026 <span>The Steppe Courier</span>",
    ]  # fmt: skip


def test_a_dump_gives_the_page_and_not_the_story() -> None:
    assert texts("dump.txt") == [
        "Skip to main content", "Main Menu", "Regions", "Topics", "Topics", "Water and Power",
        "Related", "The Steppe Courier", "About", "Contact", "The Steppe Courier © 2026",
    ]  # fmt: skip


def test_an_article_gives_its_sentences_by_segment() -> None:
    found = extract([SITE / "dump.txt"], articles=True)
    ids = {one.context: one.text for one in found}
    assert ids["title.1"] == "Border Post Reopens After Two Years"
    assert ids["b1.2"].startswith("Drivers who had waited")
    assert not any("Water and Power" in one.text for one in found)


def test_jinja() -> None:
    found = extract([SITE / "list.jinja"])
    assert [(one.text, one.plural, one.context, one.flags) for one in found] == [
        ("Latest news", None, None, ()),
        ("Show %(n)s more", None, None, ("python-format",)),
        ("%(count)s article", "%(count)s articles", None, ("python-format",)),
        ("About", None, "menu", ()),
        ("100 % of readers", None, None, ()),
    ]
    assert found[1].comments == ("a link below the list",)
    assert found[1].place.endswith("list.jinja:3")


def test_django() -> None:
    found = extract([SITE / "page.djhtml"])
    assert [(one.text, one.plural, one.context, one.flags) for one in found] == [
        ("Welcome", None, None, ()),
        ("It is 100%% free", None, "banner", ()),
        ("Hello, %(name)s, read on", None, None, ("python-format",)),
        ("%(n)s comment", "%(n)s comments", None, ("python-format",)),
        ("Close", None, None, ()),
    ]
    assert found[0].comments == ("a greeting",)
    assert not found[1].comments


def test_python() -> None:
    assert [(one.text, one.plural, one.flags) for one in extract([SITE / "app.py"])] == [
        ("Send", None, ()),
        ("{n} of {total} sent", None, ("python-brace-format",)),
        ("%d letter", "%d letters", ("python-format",)),
        ("100 % of readers", None, ()),
    ]


def test_each_text_stands_once_with_all_its_places() -> None:
    catalog = parse(template(extract([SITE])))
    assert len({e.key for e in catalog.messages}) == len(catalog.messages)
    topics = catalog.index[(None, "Topics")]  # type: ignore[index]
    names = [Path(place.rpartition(":")[0]).name for place in topics.references]
    assert names == ["dump.txt", "dump.txt", "menu.html", "menu.html"]
    assert template(extract([SITE])) == template(extract([SITE]))


@pytest.mark.parametrize(
    ("name", "text", "line"), [("a.py", "y = 1\nx = (\n", 2), ("a.jinja", "{{ _('a') }}\n{% trans %}\n", None)]
)
def test_a_faulty_source_is_named(tmp_path: Path, name: str, text: str, line: int | None) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        extract([path])
    assert caught.value.path == path
    if line is not None:
        assert caught.value.line == line
