"""Faults of a catalog: all of msgfmt --check, and no alarm where nothing is wrong."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from translate.catalog import parse
from translate.catalog.check import check
from translate.catalog.formats import compare
from translate.catalog.mending import mend
from translate.catalog.placeholders import access_key, pieces, with_access_key
from translate.catalog.style import escape

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from catalog_check import PIECES as DIRECTIVES  # type: ignore[import-not-found]
from catalog_check import at_random

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[2] / "shared" / "data" / "po"
HEADER = (Path(__file__).parent / "catalogs" / "ru.po").read_text(encoding="utf-8").split("\n\n")[0] + "\n\n"
# Faults that msgfmt only warns of or does not look for.
OURS = {"unfinished", "language"}
gnu = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext")


def found(entry: str) -> list[str]:
    findings = check(parse((HEADER + entry + "\n").encode(), tolerant=True))
    return [f.problem.kind + "!" * f.fatal for f in findings]


def lines(name: str) -> list[list[str]]:
    text = (CASES / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("flags", "source", "target", "expected"), lines("catalog_check.tsv"))
def test_an_entry(flags: str, source: str, target: str, expected: str) -> None:
    flag_line = f"#, {flags}\n" if flags else ""
    assert " ".join(found(f'{flag_line}msgid "{source}"\nmsgstr "{target}"')) == expected


def test_access_keys_are_asked_for_where_the_catalog_uses_them() -> None:
    used = "".join(f'msgid "_Open {n}"\nmsgstr "_Открыть {n}"\n\n' for n in "abcde")
    assert found(used + 'msgid "Se_arch"\nmsgstr "Поиск"') == ["access-key"]
    assert found('msgid "_Search"\nmsgstr "Поиск"') == []


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (['"%d статья"', '"%d статьи"', '"%d статей"'], []),
        (['"%d статья"', '"%d статьи"'], ["plural!"]),
        (['"%d статья"', '"статьи"', '"%d статей"'], ["format!"]),
        (['"%d статья"', '"%d статьи"', '""'], ["format!", "plural"]),
    ],
)
def test_plural_forms(forms: list[str], expected: list[str]) -> None:
    strings = "\n".join(f"msgstr[{n}] {text}" for n, text in enumerate(forms))
    assert found(f'#, c-format\nmsgid "%d article"\nmsgid_plural "%d articles"\n{strings}') == expected


def test_a_form_of_one_number_may_spell_it_out() -> None:
    german = HEADER.replace("Language: ru", "Language: de").replace(
        '"Plural-Forms: ', '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n"X-Old: '
    )
    entry = '#, c-format\nmsgid "%d hour"\nmsgid_plural "%d hours"\nmsgstr[0] "eine Stunde"\nmsgstr[1] "%d Stunden"\n'
    assert check(parse((german + entry).encode())) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text, []),
        (lambda text: text.replace("charset=UTF-8", "charset=CHARSET"), []),
        (lambda text: text.replace("charset=UTF-8", "charset=ASCII"), ["charset"]),
        (lambda text: text.replace('"MIME-Version: 1.0\\n"\n', ""), ["header"]),
        (lambda text: text.replace("nplurals=3", "nplurals=2"), ["plural!"]),
        (lambda text: re.sub(r'"Plural-Forms.*\n', "", text), ["plural!"]),
        (lambda text: "\ufeff" + text, ["bom!"]),
        (lambda text: text[len(HEADER) :], ["header!", "plural!"]),
        (lambda text: text + 'msgid "a"\nmsgstr "a"\n', ["duplicate!"]),
        (lambda text: text + '#~ msgid "a"\n#~ msgstr "a"\n', ["duplicate!"]),
        (lambda text: text + "junk\n", ["grammar!"]),
    ],
)
def test_the_file_as_a_whole(change, expected) -> None:  # type: ignore[no-untyped-def]
    entries = 'msgid "a"\nmsgstr "б"\n\nmsgid "b"\nmsgid_plural "c"\nmsgstr[0] "1"\nmsgstr[1] "2"\nmsgstr[2] "3"\n\n'
    findings = check(parse(change(HEADER + entries).encode(), tolerant=True))
    assert [f.problem.kind + "!" * f.fatal for f in findings] == expected


PIECES = [
    ("Hello, {{ user.name|title }}!", ["{{ user.name|title }}"]),
    ("{% if x %}New{% endif %}", ["{% if x %}", "{% endif %}"]),
    ("%(count)d of %s and %1$s, %5.2f", ["%(count)d", "%s", "%1$s", "%5.2f"]),
    ("100 % of 5%discounts at 20%", []),
    ("{count:,} readers in {place.name!r}", ["{count:,}", "{place.name!r}"]),
    ('Read <a href="%(url)s">more</a><br>', ['<a href="%(url)s">', "</a>", "<br>"]),
    ("Usage: <file> <to>", []),
    ("News&nbsp;feed at https://example.org/a?b=c.", ["&nbsp;", "https://example.org/a?b=c"]),
    ("Write to desk@example.org, ${region}", ["desk@example.org", "${region}"]),
]


@pytest.mark.parametrize(("text", "expected"), PIECES)
def test_pieces_that_are_no_language(text: str, expected: list[str]) -> None:
    assert [p.text for p in pieces(text)] == expected
    assert [p.span.of(text) for p in pieces(text)] == expected


def test_access_keys() -> None:
    assert access_key("&Search", "&") == 0
    assert access_key("R && D", "&") is None
    assert access_key("News&nbsp;feed", "&") is None
    assert access_key("file_name", "_") is None
    assert with_access_key("{n} статей", "_") == "{n} _статей"


# What msgfmt 0.21 lets pass and a program stumbles over: {} for {0}, a lone brace, a lost {0} where {1} is left.
STRICTER = {"python-format", "python-brace-format", "csharp-format", "perl-brace-format", "ruby-format"}


@gnu
@pytest.mark.parametrize("name", [name for name in DIRECTIVES if name != "gfc-internal-format"])
def test_what_msgfmt_refuses_is_refused(name: str, tmp_path: Path) -> None:
    """Mix directives at random: nothing that msgfmt calls fatal may pass, and nothing else be called so."""
    rng = random.Random(5)
    pairs = [(f"{n} {at_random(DIRECTIVES[name], rng)}", f"x {at_random(DIRECTIVES[name], rng)}") for n in range(300)]
    path = tmp_path / "x.po"
    entries = [f'#, {name}\nmsgid "{escape(a)}"\nmsgstr "{escape(b)}"\n' for a, b in pairs]
    path.write_text(HEADER + "\n".join(entries), encoding="utf-8")
    command = ["msgfmt", "--check", "-o", str(tmp_path / "x.mo"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C"})
    first = HEADER.count("\n")
    refused = {(int(line) - first - 1) // 4 for line in re.findall(r"x\.po:(\d+):", done.stderr)}
    ours = {n for n, (source, target) in enumerate(pairs) if compare(name, source, target)}
    assert len(refused) > 20
    assert refused <= ours
    if name not in STRICTER:
        assert refused == ours


@gnu
@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared catalogs")
def test_real_catalogs_are_refused_where_msgfmt_refuses_them() -> None:
    for path in (p for p in sorted(SHARED.glob("*.po")) if p.stat().st_size < 150_000):
        command = ["msgfmt", "--check", "-o", "/dev/null", str(path)]
        refused = subprocess.run(command, capture_output=True, check=False).returncode != 0
        findings = check(parse(path.read_bytes(), path, tolerant=True))
        assert any(f.fatal and f.problem.kind not in OURS for f in findings) == refused, path.name


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Tag: ", "Тег:", "Тег: "),
        ("Tag", " Тег ", "Тег"),
        ("Sign in now", "Войти  сейчас", "Войти сейчас"),
        ("Two.  Blanks", "Два.  Пробела", "Два.  Пробела"),
        ("Search", "Пoиcк", "Поиск"),
        ("Mac", "Мac", "Mac"),
        ("Line\\n", "Строка", "Строка\\n"),
        ("Line", "\\nСтрока\\n", "Строка"),
        ("%c of it", "%cтрок", "%cтрок"),
        ("See https://example.org/oс", "См. https://example.org/oс", "См. https://example.org/oс"),
        ("Still", "Тихии\u0306", "Тихий"),
        ("Done", "Готово.", "Готово."),
    ],
)
def test_what_is_certain_is_mended_and_no_more(source: str, target: str, expected: str) -> None:
    text = HEADER + f'# a remark\nmsgid "{source}"\nmsgstr "{target}"\n\nmsgid "b"\nmsgstr   "в"\n'
    assert mend(parse(text.encode())).data.decode() == text.replace(f'msgstr "{target}"', f'msgstr "{expected}"')


def test_mending_takes_a_byte_order_mark_away_and_keeps_what_is_broken() -> None:
    text = "\ufeff" + HEADER + 'msgid "a"\nmsgstr "b\n'
    assert mend(parse(text.encode(), tolerant=True)).data == text[1:].encode()
