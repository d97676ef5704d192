"""`tolmach catalog`: from pages to a reviewed, compiled catalog, by the commands alone."""

from __future__ import annotations

import gettext
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from translate.catalog import read_catalog
from translate.cli import main

ROOT = Path(__file__).parents[1]
CATALOGS = ROOT / "tests" / "catalogs"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Return exit code and stdout."""
    with pytest.raises(SystemExit) as done:
        main(["catalog", *map(str, arguments)])
    code = done.value.code
    assert isinstance(code, int)
    return code, capsys.readouterr().out


def test_from_the_pages_of_a_site_to_what_its_program_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pot, po = tmp_path / "messages.pot", tmp_path / "ru.po"
    assert run(capsys, "extract", CATALOGS / "site", "-o", pot) == (0, "")
    assert run(capsys, "update", po, pot) == (0, "")
    code, out = run(capsys, "fill", po, "--engine", "none", "--no-memory", "--json")
    report = json.loads(out)[0]
    assert code == 5  # an engine is missing, so some entries are left
    assert report["filled"]["glossary"] >= 8
    assert report["left"] == len(report["doubts"])
    catalog = read_catalog(po)
    found = {e.msgid: e for e in catalog.messages}
    for msgid, msgstr in {"Regions": "Регионы", "Topics": "Темы", "Contact": "Контакты", "Close": "Закрыть"}.items():
        assert (found[msgid].msgstr, found[msgid].fuzzy) == (msgstr, True)
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "--check", "-o", str(tmp_path / "x.mo"), str(po)], check=True, capture_output=True)
    po.write_bytes(po.read_bytes().replace(b"#, fuzzy\n", b""))
    assert run(capsys, "compile", po) == (0, "")
    with po.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Regions") == "Регионы"


def test_the_commands_of_the_documentation_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "samples" / "site", tmp_path / "samples" / "site", ignore=shutil.ignore_patterns("*.po*"))
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "catalog.md").read_text(encoding="utf-8")
    commands = [line.split()[2:] for line in text.splitlines() if line.startswith("tolmach catalog ")]
    assert len(commands) == 8
    for command in commands:
        code, _out = run(capsys, *command)
        assert code in (0, 5), command
    with (tmp_path / "ru.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Regions") == "Regions"  # nobody has reviewed it yet
    found = {e.msgid: e.msgstr for e in read_catalog("ru.po").messages}
    assert (found["About"], found["Regions"], found["Latest news"]) == ("О нас", "Регионы", "Последние новости")


def test_the_sample_catalog_is_of_the_sample_site() -> None:
    site = ROOT / "samples" / "site"
    catalog, template = read_catalog(site / "ru.po"), read_catalog(site / "messages.pot")
    assert [e.key for e in catalog.messages] == [e.key for e in template.messages]
    assert all(e.translated for e in catalog.messages)


def test_update_reports_and_leaves_an_unchanged_file_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po = tmp_path / "ru.po"
    shutil.copy(CATALOGS / "ru.po", po)
    code, out = run(capsys, "update", po, CATALOGS / "site.pot", "--json")
    assert (code, json.loads(out)) == (
        0,
        {
            "kept": 3,
            "fuzzy": 4,
            "still_fuzzy": 1,
            "untranslated": 1,
            "obsolete": 1,
            "dropped": 1,
        },
    )
    before = po.stat().st_mtime_ns
    run(capsys, "update", po, CATALOGS / "site.pot")
    assert po.stat().st_mtime_ns == before


def test_check_names_file_line_and_level(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po = tmp_path / "ru.po"
    text = (CATALOGS / "ru.po").read_text(encoding="utf-8").replace('"%d комментария"', '"комментария"')
    po.write_text(
        text.replace("#, c-format\nmsgid", "msgid").replace('msgid "%d comment"', '#, c-format\nmsgid "%d comment"')
    )
    code, out = run(capsys, "check", po)
    assert code == 5
    assert f"{po}:40: fault: format: msgstr[1]: 0 arguments where the source has 1\n" in out
    code, out = run(capsys, "check", po, "--json")
    assert [f["kind"] for f in json.loads(out)[0]["findings"]] == ["format"]
    assert run(capsys, "check", CATALOGS / "ru.po") == (0, "")


def test_terms_are_checked_in_every_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = (CATALOGS / "ru.po").read_text(encoding="utf-8").split("\n\n")[0]
    po = tmp_path / "ru.po"
    po.write_text(head + '\n\nmsgid "News from Kazakhstan"\nmsgstr "Новости из Казахстана"\n', encoding="utf-8")
    assert run(capsys, "check", po, "--terms") == (0, "")
    po.write_text(head + '\n\nmsgid "News from Kazakhstan"\nmsgstr "Новости Узбекистана"\n', encoding="utf-8")
    code, out = run(capsys, "check", po, "--terms")
    assert (code, "the glossary says Казахстан" in out) == (5, True)


def test_stats(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "stats", CATALOGS / "ru.po", "--json")
    assert code == 0
    assert {k: v for k, v in json.loads(out)[0].items() if k != "file"} == {
        "entries": 9, "translated": 7, "percent": 77, "fuzzy": 1, "empty": 1, "obsolete": 2, "words": 23,
    }  # fmt: skip


def test_a_sheet_goes_out_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po, sheet = tmp_path / "ru.po", tmp_path / "ru.xlsx"
    shutil.copy(CATALOGS / "ru.po", po)
    assert run(capsys, "export", po, "-o", sheet) == (0, "")
    assert run(capsys, "import", po, sheet) == (0, "")
    assert po.read_bytes() == (CATALOGS / "ru.po").read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b'msgid "a"\nmsgstr "b\n', "ru.po:2: a quote is not closed"),
        (b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "b"\n', "ru.po:4: this message is defined twice"),
        ("msgid".encode("utf-16"), "ru.po:1: not a text in a charset"),
    ],
)
def test_a_faulty_file_is_code_3_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes, message: str
) -> None:
    po = tmp_path / "ru.po"
    po.write_bytes(text)
    with pytest.raises(SystemExit) as done:
        main(["catalog", "compile", str(po)])
    assert done.value.code == 3
    assert message in capsys.readouterr().err
    assert po.read_bytes() == text


COUNTED = """
msgid "Comment"
msgstr "Комментарий"

msgid "Region"
msgstr "Регион"

#, fuzzy
msgid "Topic"
msgstr "Тема?"

msgid "Empty"
msgstr ""

#~ msgid "Old"
#~ msgstr "Старое"

#, fuzzy
#~ msgid "Older"
#~ msgstr "Старше"
"""


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ('msgid "Comment"\nmsgid_plural "Comments"\nmsgstr[0] ""\nmsgstr[1] ""\n',
         "0 translated, 1 taken over as fuzzy, 0 untranslated, 2 now obsolete"),
        ('msgid "Region"\nmsgstr ""\n\nmsgid "Topic"\nmsgstr ""\n\nmsgid "Empty"\nmsgstr ""\n',
         "1 translated, 0 taken over as fuzzy, 1 untranslated, 1 now obsolete; 1 still fuzzy"),
        ('msgid "Old"\nmsgstr ""\n\nmsgid "Older"\nmsgstr ""\n',
         "1 translated, 0 taken over as fuzzy, 0 untranslated, 3 now obsolete; 1 still fuzzy"),
        ('msgid "Regions"\nmsgstr ""\n\nmsgctxt "menu"\nmsgid "Comment"\nmsgstr ""\n',
         "0 translated, 2 taken over as fuzzy, 0 untranslated, 1 now obsolete"),
    ],
)  # fmt: skip
def test_update_counts_what_stats_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], template: str, line: str
) -> None:
    head = (CATALOGS / "ru.po").read_text(encoding="utf-8").split("\n\n")[0] + "\n"
    po, pot = tmp_path / "ru.po", tmp_path / "m.pot"
    po.write_text(head + COUNTED, encoding="utf-8")
    pot.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + template, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["catalog", "update", str(po), str(pot)])
    assert capsys.readouterr().err == line + "\n"
    counts = json.loads(run(capsys, "stats", po, "--json")[1])[0]
    numbers = [int(word) for word in line.split() if word.isdigit()]
    still = numbers[4] if "still" in line else 0
    assert (counts["translated"], counts["fuzzy"], counts["empty"]) == (numbers[0], numbers[1] + still, numbers[2])
    assert counts["entries"] == counts["translated"] + counts["fuzzy"] + counts["empty"]


def test_findings_as_annotations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = (CATALOGS / "ru.po").read_text(encoding="utf-8").split("\n\n")[0] + "\n\n"
    po = tmp_path / "ru.po"
    po.write_text(head + '#, python-format\nmsgid "100%% of %s"\nmsgstr "100%% из"\n', encoding="utf-8")
    code, out = run(capsys, "check", po, "--format", "github")
    assert code == 5
    assert out.startswith(f"::error file={po},line={head.count(chr(10)) + 2},title=format::0 arguments where")
    assert json.loads(run(capsys, "check", po, "--format", "json")[1]) == json.loads(
        run(capsys, "check", po, "--json")[1]
    )


def test_every_command_reports_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.py").write_text('_("Save")\n_(f"Hi {x}")\n', encoding="utf-8")
    pot, po = tmp_path / "m.pot", tmp_path / "ru.po"
    made = json.loads(run(capsys, "extract", tmp_path / "a.py", "-o", pot, "--json")[1])
    assert (made["texts"], made["written"], len(made["notes"])) == (1, True, 1)
    run(capsys, "update", po, pot)
    assert json.loads(run(capsys, "fill", po, "--engine", "none", "--no-memory", "--json")[1])[0]["left"] == 0
    po.write_bytes(po.read_bytes().replace(b"#, fuzzy\n", b""))
    assert json.loads(run(capsys, "compile", po, "--json")[1])[0]["written"] is True
    assert json.loads(run(capsys, "export", po, "-o", tmp_path / "ru.csv", "--json")[1])["problems"] == []
    assert json.loads(run(capsys, "import", po, tmp_path / "ru.csv", "--json")[1])["changed"] == 0


def test_a_page_shows_the_state_and_what_is_to_be_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po, page = tmp_path / "ru.po", tmp_path / "ru.html"
    text = (CATALOGS / "ru.po").read_text(encoding="utf-8")
    po.write_text(text + '\nmsgid "Tag & <b>more</b>: "\nmsgstr "Метка"\n', encoding="utf-8")
    code, _out = run(capsys, "stats", po, "--page", page)
    assert code == 0
    shown = page.read_text(encoding="utf-8")
    assert "Tag &amp; &lt;b&gt;more&lt;/b&gt;:" in shown
    assert '<div class="doubt">tag: &lt;b&gt; is missing</div>' in shown
    assert shown.count("<tr class=") == 10
