"""Texts gathered from pages, templates, sources and articles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from translate.catalog import parse
from translate.catalog.extract import Rules, extract, gather, keywords, parse_keyword, template
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


def python(tmp_path: Path, code: str, own: tuple[str, ...] = ()) -> list[tuple[str, str | None, str | None]]:
    path = tmp_path / "a.py"
    path.write_text(code, encoding="utf-8")
    found = gather([path], Rules(keywords=keywords(own))).found
    return [(one.text, one.plural, one.context) for one in found]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('gettext_lazy("a")', [("a", None, None)]),
        ('lazy_gettext("a")', [("a", None, None)]),
        ('_l("a")', [("a", None, None)]),
        ('gettext_noop("a")', [("a", None, None)]),
        ('ugettext_lazy("a")', [("a", None, None)]),
        ('ngettext_lazy("a", "b", "n")', [("a", "b", None)]),
        ('lazy_ngettext("a", "b", num=n)', [("a", "b", None)]),
        ('pgettext_lazy("menu", "a")', [("a", None, "menu")]),
        ('npgettext_lazy("menu", "a", "b", n)', [("a", "b", "menu")]),
        ('dngettext("site", "a", "b", n)', [("a", "b", None)]),
        ('ngettext(singular="a", plural="b", number=n)', [("a", "b", None)]),
        ("f\"<b>{gettext('a')}: {ngettext('b', 'c', n)}</b>\"", [("a", None, None), ("b", "c", None)]),
        ("f\"{_('a').upper()!r:>10} {f'{_(chr(39))}'}\"", [("a", None, None)]),
        ('self.translations.gettext("a").format(x=1).strip()', [("a", None, None)]),
        ('x = {"k": [_("a"), (_("b") if y else _("c"))]}', [("a", None, None), ("b", None, None), ("c", None, None)]),
        ('_("a" if x else "b")', [("a", None, None), ("b", None, None)]),
        ('_("a"\n  "b" + "c")', [("abc", None, None)]),
        ('class A:\n  x = Field(_("a"), help=_("b"))\n  def f(self, t=_("c")): pass',
         [("a", None, None), ("b", None, None), ("c", None, None)]),
        ('from django.utils.translation import pgettext_lazy as t\nt("menu", "a")', [("a", None, "menu")]),
        ("tr = translation.ngettext\ntr('a', 'b', n)", [("a", "b", None)]),
        ('@dec(_("a"))\nasync def f():\n  return await g(_("b"))', [("a", None, None), ("b", None, None)]),
        ('_(name); _(); _(*x); gettext(b"no"); other("no")', []),
        ('pgettext(context, "a")', []),
    ],
)  # fmt: skip
def test_every_mark_of_python(tmp_path: Path, code: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert python(tmp_path, code) == expected


@pytest.mark.parametrize(
    ("own", "code", "expected"),
    [
        ("tr", 'tr("a"); _("b")', ["a", "b"]),
        ("trn:1,2", 'trn("a", "b")', ["a"]),
        ("trc:1c,2", 'trc("menu", "a")', ["a"]),
        ("second:2", 'second(x, "a")', ["a"]),
        ("two:1,2t", 'two("a", "b"); two("c")', ["a"]),
    ],
)
def test_a_sites_own_keywords(tmp_path: Path, own: str, code: str, expected: list[str]) -> None:
    assert [text for text, _plural, _context in python(tmp_path, code, (own,))] == expected


def test_an_empty_keyword_drops_the_usual_ones(tmp_path: Path) -> None:
    assert python(tmp_path, '_("a"); tr("b")', ("", "tr")) == [("b", None, None)]


@pytest.mark.parametrize("text", ["1tr,", "tr:0", "tr:1,2,3", "tr:x", ":1", "a b"])
def test_a_keyword_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CatalogError, match="is no keyword"):
        parse_keyword(text)


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('_(f"Hello {name}")', []),
        ('_("Hello %s" % name)', ["Hello %s"]),
        ('_("Hello {}".format(name))', ["Hello {}"]),
        ('_("Hello " + name)', []),
    ],
)
def test_what_is_put_together_before_gettext_sees_it_is_noted(tmp_path: Path, code: str, texts: list[str]) -> None:
    path = tmp_path / "a.py"
    path.write_text(f"\n{code}\n", encoding="utf-8")
    gathered = gather([path])
    assert [one.text for one in gathered.found] == texts
    assert [note.place for note in gathered.notes] == [f"{path}:2"]


def test_comments_for_translators_in_python(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        '# Translators: one\n_("a")\n# Translators: two\n# lines\nx = f(\n  _("b"),\n  _("c"))\n'
        '# no tag\n_("d")\n# Translators: far\n\n_("e")\n_(\n  # Translators: inside\n  "f")\n',
        encoding="utf-8",
    )
    comments = {one.text: one.comments for one in extract([path])}
    assert comments == {"a": ("one",), "b": ("two", "lines"), "c": (), "d": (), "e": (), "f": ("inside",)}


SCRIPTS = {
    "a.js": ("gettext('a'); ngettext(`b`, \"c\", n); i18n.pgettext('menu', 'd' + 'e')",
             [("a", None, None), ("b", "c", None), ("de", None, "menu")]),
    "a.jsx": ("const x = <p title={_('a')}>don't {gettext('b')} can't</p>", [("a", None, None), ("b", None, None)]),
    "a.ts": ("const x = <string>gettext('a'); class A { @I() t: B<C> = this.gettext('b') }",
             [("a", None, None), ("b", None, None)]),
    "a.tsx": ("const f = <T,>(x: T) => <b>{_('a')}</b>", [("a", None, None)]),
    "a.vue": ("<template><p :title=\"$gettext('a')\">{{ $ngettext('b', 'c', n) }} it's</p>"
              "<translate translate-context=\"menu\">Read <b>on</b></translate></template>"
              "<script>export default { x() { return this.$pgettext('m', 'd') } }</script>",
              [("a", None, None), ("b", "c", None), ("d", None, "m"), ("Read <b>on</b>", None, "menu")]),
    "b.js": ("gettext('a\\u00e9\\x41\\n\\\n')", [("aéA\n", None, None)]),
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts(tmp_path: Path, name: str) -> None:
    code, expected = SCRIPTS[name]
    (tmp_path / name).write_text(code, encoding="utf-8")
    assert [(one.text, one.plural, one.context) for one in extract([tmp_path / name])] == expected


def test_a_template_literal_with_values_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        "// Translators: hi\ngettext('Hello %s');\ngettext(`Hello ${name}`);", encoding="utf-8"
    )
    gathered = gather([tmp_path / "a.js"])
    assert [(one.text, one.comments, one.flags) for one in gathered.found] == [
        ("Hello %s", ("hi",), ("javascript-format",))
    ]
    assert [note.place[-4:] for note in gathered.notes] == ["js:3"]


def test_json_message_files_give_their_values_by_key(tmp_path: Path) -> None:
    folder = tmp_path / "locales"
    folder.mkdir()
    text = '{"nav": {"home": "Home", "n": 3},\n "days_one": "{{count}} day", "days_other": "{{count}} days",\n'
    text += ' "list": ["A b"]}'
    (folder / "en.json").write_text(text, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "x"}', encoding="utf-8")
    found = extract([tmp_path])
    assert [(one.text, one.plural, one.context) for one in found] == [
        ("Home", None, "nav.home"), ("{{count}} day", "{{count}} days", "days"), ("A b", None, "list.0"),
    ]  # fmt: skip
    assert [one.place.rpartition(":")[2] for one in found] == ["1", "2", "3"]


def test_pages_by_a_sites_rules(tmp_path: Path) -> None:
    page = (
        '<html><head><title>Courier</title><meta name="description" content="News of the steppe"><meta name="robots" '
        'content="all"></head><body><p class="ads" title="Buy now">Big sale</p><img alt="A map" data-caption="The map">'
        '<input placeholder="Your email" aria-label="Email"><span translate="no">Courier FM</span></body></html>'
    )
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    assert [one.text for one in extract([path])] == [
        "Courier", "News of the steppe", "Buy now", "Big sale", "A map", "Your email", "Email",
    ]  # fmt: skip
    rules = Rules(attributes=("alt", "data-caption"), meta=(), skip=(".ads",))
    assert [one.text for one in extract([path], rules=rules)] == ["Courier", "A map", "The map"]


def test_files_without_a_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "b.py").write_text("", encoding="utf-8")
    assert gather([tmp_path]).silent == [tmp_path / "a.py", tmp_path / "b.py"]
    (tmp_path / "c.css").write_text("a {}", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"end in '\.css'"):
        gather([tmp_path / "c.css"])


def test_templates_of_both_kinds(tmp_path: Path) -> None:
    files = {
        "a.html": '{% load i18n %}{{ x|default:_("none") }}{% include "b" with t=gettext("inner") %}'
        '{% trans "Say \'hi\'" context "c" %}{% verbatim %}{{ _("no") }}{% endverbatim %}'
        "{# Translators: note #}{% blocktrans %}A {{ b|upper }}{% endblocktrans %}",
        "b.txt": "{% load i18n %}{% trans 'Dear reader' %}",
        "c.html": "{{ lazy_gettext('lazy') }}{% do x.append(_('done')) %}{{ pgettext('m', 'menu') }}",
        "d.html": "{% cache 500 %}{{ _('cached') }}{% trans %}Block{% endtrans %}{% endcache %}",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = {name: [(o.text, o.context) for o in extract([tmp_path / name])] for name in files}
    assert found["a.html"] == [("none", None), ("inner", None), ("Say 'hi'", "c"), ("A %(b)s", None)]
    assert found["b.txt"] == [("Dear reader", None)]
    assert found["c.html"] == [("lazy", None), ("done", None), ("menu", "m")]
    assert found["d.html"] == [("cached", None), ("Block", None)]


def test_half_a_character_is_left_out_and_two_halves_are_one(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(r'_("a \ud83d\ude00 b"); _("x \ud83d y"); _("plain")', encoding="utf-8")
    (tmp_path / "a.py").write_text(r'_("half \udc00")', encoding="utf-8")
    gathered = gather([tmp_path])
    assert [one.text for one in gathered.found] == ["a 😀 b", "plain"]
    assert [note.message for note in gathered.notes] == ["half a character, which no catalog can hold"] * 2


def test_a_file_whose_name_is_not_utf8(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.py")).write_text('_("Home")', encoding="utf-8")
    data = template(gather([tmp_path]).found)
    assert rb"a\xff.py:1" in data
