"""Articles and the pages around them, read from plain text, Markdown and HTML, and written again."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.article import Article, Block, BlockKind, Mark, Page, kept_spans, read_article, read_page, write_article
from translate.article.bylines import is_bio, opening_date, read_byline, read_caption
from translate.article.furniture import RULES, Sign, furniture
from translate.article.markdown import read_markdown
from translate.article.markdown_writing import inline_markdown, write_markdown
from translate.article.plain import read_plain
from translate.errors import ArticleError
from translate.spans import Span

SEED = Path(__file__).parents[2] / "shared" / "seed"
PAGES = sorted((Path(__file__).parent / "articles").glob("*/page.*"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_golden(path: Path, request: pytest.FixtureRequest) -> None:
    golden = path.with_name("golden.json")
    found = json.dumps(readable(read_page(path)), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        golden.write_text(found, encoding="utf-8")
    assert json.loads(found) == json.loads(golden.read_text(encoding="utf-8"))


def readable(page: Page) -> dict[str, Any]:
    """Return what was read in the form a person can check against the page."""
    article = page.article
    return {
        "title": article.title,
        "byline": article.byline,
        "date": article.date,
        "section": article.section,
        "captions": [[caption.text, caption.credit] for caption in article.captions],
        "blocks": [described(block) for block in article.blocks],
        "chrome": [f"{line.number}: {line.text}" for line in page.chrome],
    }


def described(block: Block) -> list[str]:
    kind = block.kind.value + (f" {block.ordinal or block.level}" if block.kind is BlockKind.LIST_ITEM else "")
    marks = [f"{m.kind}: {m.span.of(block.text)} {m.href}".strip() for m in block.marks]
    return [kind, block.text, *marks, *(f"kept: {span.of(block.text)}" for span in block.kept)]


@pytest.mark.parametrize("path", [p for p in PAGES if p.parent.name.startswith("plain")], ids=lambda p: p.parent.name)
def test_an_article_without_a_page_around_it_is_kept_to_the_word(path: Path) -> None:
    page = read_page(path)
    article = page.article
    kept = " ".join([article.title, article.byline, *(f"{b.ordinal or ''} {b.text}" for b in article.blocks)])
    raw = path.read_text(encoding="utf-8").replace("By Aizada", "Aizada").replace("March 3, 2022", "")
    assert re.findall(r"\w+", kept) == re.findall(r"\w+", raw)
    assert page.chrome == ()


@pytest.mark.parametrize("path", [p for p in PAGES if p.suffix == ".txt"], ids=lambda path: path.parent.name)
def test_every_line_of_a_page_is_either_told_or_chrome(path: Path) -> None:
    page = read_page(path)
    article = page.article
    told = " ".join([
        article.title, article.byline, article.section, *(b.text + " " + b.credit for b in article.captions),
        *(f"{b.ordinal or ''} {b.text}" for b in article.blocks),
    ])  # fmt: skip
    chrome = {line.number for line in page.chrome}
    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = raw.strip()
        words = set(re.findall(r"\w+", line)) - set(re.findall(r"\w+", told))
        trail = bool(article.section) and article.section in line
        read_otherwise = trail or read_byline(line, under_a_headline=True) or read_caption(line)
        assert not words or number in chrome or read_otherwise, line


def _checksum(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed page is not part of the project")
def test_a_saved_page_gives_the_story_alone() -> None:
    (path,) = SEED.glob("*.txt")
    page = read_page(path)
    article = page.article
    assert article.title == "Kyrgyzstan Accuses Kazakhstan of Political Meddling"
    assert (article.byline, article.date, article.section) == ("Aktan Rysaliev", "2017-09-21", "Kyrgyzstan")
    assert [caption.credit for caption in article.captions] == ["Danil Usmanov/EurasiaNet.org"]
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH] * 17
    # the text is the publisher's: its first and last three and four words are known here by their checksums
    first, last = article.blocks[0].text.split()[:3], article.blocks[-1].text.split()[-4:]
    assert _checksum(first) == "fa6a627cd1ca3947"
    assert _checksum(last) == "cba326da5b591e4a"
    assert not any("\n" in block.text or "  " in block.text for block in article.blocks)
    texts = [line.text for line in page.chrome]
    assert {"Related", "Popular", "• Privacy Policy", "Main Menu"} <= set(texts)
    raw = path.read_text(encoding="utf-8").split("\n")
    assert all(line.text.split() == raw[line.number - 1].split() for line in page.chrome)
    assert read_article(path) == article


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.line)
def test_furniture_rules_match_the_line_that_forced_them(rule: Sign) -> None:
    assert furniture(rule.line) is rule.what


@pytest.mark.parametrize(
    "sentence",
    [
        "Sign up for the queue at the office of the service.",
        "Share prices fell by two percent on Monday.",
        "Search teams found the climbers on the third day.",
        "Home prices in the capital have doubled since 2020.",
        "Support for the president fell to 40 percent.",
        "Related charges were dropped in March.",
        "About the author nothing is known.",
        "Comments by the minister were cut from the record.",
        "Get the water flowing, the farmers say, and the rest will follow.",
        "Follow the river and you reach the village.",
        "The newsletter of the party was banned in March.",
        "Our office was searched twice, the editor said.",
        "Send the troops home, the crowd shouted.",
        "Liked by many, he was trusted by few.",
        "Do you have a job, the officer asked the men.",
    ],
)
def test_sentences_of_a_story_are_no_furniture(sentence: str) -> None:
    assert furniture(sentence) is None


@pytest.mark.parametrize(
    ("line", "who", "when"),
    [
        ("Marat Sadykov Sep 21, 2017", "Marat Sadykov", "2017-09-21"),
        ("By Jane Doe", "Jane Doe", ""),
        ("By JANE DOE | 3 March 2021", "JANE DOE", "2021-03-03"),
        (
            "By Jane Doe and John Q. Public, Energy Correspondent",
            "Jane Doe and John Q. Public, Energy Correspondent",
            "",
        ),
        ("By Ainura Bekova kyzy — 4 May 2022, 14:05 (GMT+6)", "Ainura Bekova kyzy", "2022-05-04"),
        ("4 May 2022 by Jane Doe", "Jane Doe", "2022-05-04"),
        ("Jane Doe, Bishkek, 5 June 2021", "Jane Doe, Bishkek", "2021-06-05"),
        ("Reporting by Jane Doe; 4 May 2022", "Jane Doe", "2022-05-04"),
        ("By the Radio Almaly newsroom", "the Radio Almaly newsroom", ""),
        ("ASTANA, 7 October 2024", "", "2024-10-07"),
        ("21.09.2017", "", "2017-09-21"),
        ("Published: Thursday, 21 September 2017 at 10:32 GMT", "", "2017-09-21"),
        ("Updated 5:00 p.m. EDT, March 3, 2021", "", "2021-03-03"),
        ("2021-03-04T10:00:00Z", "", "2021-03-04"),
        ("March 3, 2021 • 5 min read", "", "2021-03-03"),
        ("3rd of May, 2020", "", "2020-05-03"),
    ],
)
def test_bylines(line: str, who: str, when: str) -> None:
    found = read_byline(line)
    assert found is not None
    assert (found.who, found.when) == (who, when)


@pytest.mark.parametrize(
    "line",
    [
        "On March 3, 2021, the parliament voted.", "31/02/2021", "Jane Doe", "by the river", "By Monday Morning",
        "By Friday the talks had failed", "10:30", "Water Shortage Looms",
    ],
)  # fmt: skip
def test_no_bylines(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("line", "who", "where", "when"),
    [
        ("Bishkek, March 3, 2024", "", "Bishkek", "2024-03-03"),
        ("BISHKEK, Jan. 6, 2023, 4:15 p.m. —", "", "BISHKEK", "2023-01-06"),
        ("OSH, Kyrgyzstan, 3 March 2024 –", "", "OSH, Kyrgyzstan", "2024-03-03"),
        ("BISHKEK, March 3, 2024 (AP) —", "AP", "BISHKEK", "2024-03-03"),
        ("ASTANA (Reuters) - March 3, 2024", "Reuters", "ASTANA", "2024-03-03"),
        ("New York, Dec. 31, 2022", "", "New York", "2022-12-31"),
        ("Marat Sadykov Sep 21, 2017", "Marat Sadykov", "", "2017-09-21"),
        ("BISHKEK, Jan. 6, 2023, 4:15 p.m.", "", "BISHKEK", "2023-01-06"),
        ("BISHKEK (24.kg) — March 3, 2024", "24.kg", "BISHKEK", "2024-03-03"),
        ("Astana/Bishkek, March 3, 2024", "", "Astana/Bishkek", "2024-03-03"),
        ("Washington, D.C., March 3, 2024", "", "Washington, D.C.", "2024-03-03"),
        ("ISSYK-KUL REGION, Kyrgyzstan, Feb. 2, 2024", "", "ISSYK-KUL REGION, Kyrgyzstan", "2024-02-02"),
        ("ALMATY (AP) —", "AP", "ALMATY", ""),
        ("Astana/Bishkek —", "", "Astana/Bishkek", ""),
        ("TASHKENT —", "", "TASHKENT", ""),
    ],
)
def test_datelines_keep_their_place(line: str, who: str, where: str, when: str) -> None:
    by = read_byline(line)
    assert by is not None
    assert (by.who, by.where, by.when) == (who, where, when)


def test_the_place_of_a_dateline_is_translated_in_every_form(tmp_path: Path) -> None:
    prose = "The ministry said on Monday that the water of the river would come back in the spring of that year."
    for name, text in {
        "a.txt": f"Water is short in the north\n\nBishkek, March 3, 2024\n\n{prose}\n\n{prose[:-1]} too.\n",
        "a.md": f"# Water is short\n\nBishkek, March 3, 2024\n\n{prose}\n",
        "a.html": f"<h1>Water is short</h1><p>Bishkek, March 3, 2024</p><p>{prose}</p><p>{prose} So.</p>",
    }.items():
        path = tmp_path / name
        path.write_text(text)
        article = read_article(path)
        assert (article.place, article.date) == ("Bishkek", "2024-03-03"), name
        assert ("place", "Bishkek") in [(block.id, block.text) for block in article.translatable()]


def test_a_paragraph_that_opens_with_a_dateline_is_kept_and_dates_the_story() -> None:
    text = "BISHKEK, Jan. 6, 2023, 4:15 p.m. — The ministry said on Monday that the water would come back in spring."
    assert opening_date(text) == "2023-01-06"
    assert opening_date("BISHKEK, March 3, 2024 (AP) — The ministry said so.") == "2024-03-03"
    assert opening_date("Bishkek, 3 March 2024: The ministry said so.") == "2024-03-03"
    assert opening_date("(Bishkek, March 3, 2024) – The ministry said so.") == "2024-03-03"
    assert opening_date("DUSHANBE. January 6, 2023. KHOVAR – The ministry said so.") == "2023-01-06"
    assert opening_date("BISHKEK/ALMATY, March 3, 2024 /PRNewswire/ -- The ministry said so.") == "2024-03-03"
    assert opening_date("ALMATY (AP) — The ministry said so on March 3, 2024, in a letter.") == ""
    assert opening_date("On Jan. 6, 2023 — the day of the vote — nobody came.") == ""
    article = read(f"Water is short\n\n{text}\n\nFarmers had asked for it in a letter that many signed.\n")
    assert (article.date, article.blocks[0].text) == ("2023-01-06", text)


def test_a_bare_name_signs_only_under_a_headline() -> None:
    found = read_byline("Jane Doe in Bishkek", under_a_headline=True)
    assert found is not None
    assert found.who == "Jane Doe in Bishkek"


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("image Ann Lee, meeting voters. (Photo: Danil U./Net.org)", "Ann Lee, meeting voters.", "Danil U./Net.org"),
        ("Photo: Jane Doe", "", "Jane Doe"),
        ("The dam in March. Photo by Jane Doe/AFP", "The dam in March.", "Jane Doe/AFP"),
        ("The dam seen from above. © Jane Doe/Reuters", "The dam seen from above.", "Jane Doe/Reuters"),
        ("The dam seen from above. (Jane Doe/AFP)", "The dam seen from above.", "Jane Doe/AFP"),
        ("Image: Water flows.", "Water flows.", ""),
        ("The dam | Photo: Open.kg", "The dam", "Open.kg"),
        ("The dam in March. Photo: 24.kg", "The dam in March.", "24.kg"),
        ("Photo: president.kg", "", "president.kg"),
        ("Foto: Jane Doe", "", "Jane Doe"),
        ("The dam. File photo: Jane Doe", "The dam.", "Jane Doe"),
        ("Credit...Jane Doe for The Times", "", "Jane Doe for The Times"),
        ("© Jane Doe / Reuters", "", "Jane Doe / Reuters"),
        ("The dam in March. (AP Photo/Jane Doe)", "The dam in March.", "AP Photo/Jane Doe"),
        ("The dam in March. REUTERS/Jane Doe", "The dam in March.", "REUTERS/Jane Doe"),
        ("The dam seen. Jane Doe/AFP via Getty Images", "The dam seen.", "Jane Doe/AFP via Getty Images"),
        ("Photo: the press service of the ministry", "Photo: the press service of the ministry", ""),
    ],
)
def test_captions(line: str, text: str, credit: str) -> None:
    found = read_caption(line)
    assert found is not None
    assert (found.text, found.credit) == (text, credit)


_PROSE = [
    "The ministry said on Monday that the turbines of the dam would run again in spring, after a winter of cuts.",
    "Farmers in the valley below had asked for water in March, and a letter that four hundred signed was read out.",
    "The government has promised to pay for the repairs from a loan of 40 million dollars that it took in 2022.",
]


def _in_every_form(folder: Path, over: list[str], title: str, below: list[str]) -> dict[str, Article]:
    """Return the same lines as they are read from plain text, Markdown, a page and a Word file."""
    import docx

    (folder / "a.txt").write_text("\n\n".join([*over, title, *below]) + "\n")
    (folder / "a.md").write_text("\n\n".join([*over, f"# {title}", *below]) + "\n")
    lines = [f"<p>{line}</p>" for line in (*over, *below)]
    (folder / "a.html").write_text("\n".join([*lines[: len(over)], f"<h1>{title}</h1>", *lines[len(over) :]]))
    document = docx.Document()
    for line in over:
        document.add_paragraph(line)
    document.add_paragraph(title, style="Title")
    for line in below:
        document.add_paragraph(line)
    document.save(str(folder / "a.docx"))
    return {path.suffix: read_article(path) for path in sorted(folder.iterdir())}


def test_the_head_of_a_story_is_the_same_in_every_form(tmp_path: Path) -> None:
    below = [
        "By Jane Doe, March 3, 2024", "Photo: Ann Lee/AFP", *_PROSE, "The dam in March. Photo: 24.kg",
        "The dam from above. (AP Photo/Jane Doe)",
    ]  # fmt: skip
    read_in = _in_every_form(tmp_path, ["Kyrgyzstan"], "Turbines of the dam run again", below)
    assert set(read_in) == {".txt", ".md", ".html", ".docx"}
    for form, article in read_in.items():
        assert (article.section, article.title) == ("Kyrgyzstan", "Turbines of the dam run again"), form
        assert (article.byline, article.date) == ("Jane Doe", "2024-03-03"), form
        assert [(c.text, c.credit) for c in article.captions] == [
            ("", "Ann Lee/AFP"), ("The dam in March.", "24.kg"), ("The dam from above.", "AP Photo/Jane Doe")
        ], form  # fmt: skip
        assert [block.text for block in article.blocks] == _PROSE, form


@pytest.mark.parametrize(
    ("paragraph", "who", "expected"),
    [
        ("Jane Doe is a reporter who covers energy for The Valley. Follow her @janedoe.", "Jane Doe", True),
        ("Jane Doe is a writer based in Tashkent.", "", True),
        ("Jane Doe covers energy for The Valley from Osh.", "Jane Doe, Bishkek", True),
        ("Dr. Azamat Bekov is a senior research fellow at the Institute of Water.", "", False),
        ("Azamat Bekov is a journalist who was jailed in March.", "Jane Doe", False),
        ("Azamat Bekov is a farmer in the valley.", "", False),
        ("Azamat Bekov reported for work at six.", "", False),
    ],
)
def test_what_a_page_says_of_its_author_is_told_from_the_story(paragraph: str, who: str, expected: bool) -> None:
    assert is_bio(paragraph, who) is expected


def test_a_bio_and_the_boxes_of_a_page_are_left_out_and_an_article_alone_keeps_them() -> None:
    story = ["Turbines of the dam run again", "By Jane Doe, March 3, 2024", *_PROSE]
    extra = ["Read more about the dam here.", "Jane Doe is a reporter covering energy for The Valley."]
    menu = ["Home", "News", "Politics", "Economy", "Society", "Privacy policy", "Contact us"]
    page = read_plain("\n\n".join([*menu, *story, *extra, "© 2024 The Valley"]), Path("a.txt"))
    assert [block.text for block in page.article.blocks] == _PROSE
    assert set(extra) <= {line.text for line in page.chrome}
    assert [block.text for block in read("\n\n".join([*story, extra[1]])).blocks] == [*_PROSE, extra[1]]


@pytest.mark.parametrize(
    "line", ["© 2023 Site", "Image makers are many.", "The photo by him was good.", "He got a credit: 5 million."]
)
def test_no_captions(line: str) -> None:
    assert read_caption(line) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The data are at https://stat.example/en/2024(1).csv.", ["https://stat.example/en/2024(1).csv"]),
        ("See (www.example.org/about), then go.", ["www.example.org/about"]),
        ("Write to press.office@energy.example.", ["press.office@energy.example"]),
        ("“No comment,” @akorda_press wrote.", ["@akorda_press"]),
        ("It spread as #FreeTheRiver, #бишкек2024 and #1.", ["#FreeTheRiver", "#бишкек2024"]),
        ("The letter appeared on vesti.kg and akipress.com/en.", ["vesti.kg", "akipress.com/en"]),
        ("The U.S. gave $5.5 million at 5 p.m. on Sept. 3.", []),
        ("a@" * 3, []),
    ],
)
def test_kept(text: str, kept: list[str]) -> None:
    assert [span.of(text) for span in kept_spans(text)] == kept


def read(text: str) -> Article:
    return read_plain(text, Path("a.txt")).article


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One line of prose that is wrapped\nin the middle.", 1),
        ("He said it was “all over.\nNobody will come back to the village now.” Then he left.", 1),
        ("The first paragraph stands on a line.\nThe second paragraph stands on a line.", 2),
        (
            "The first one stands apart.\n\nThe second one is broken.\nBut it goes on here.\n\nThe third is here.",
            3,
        ),
        ("A sentence of the first paragraph is here.\n \nA sentence of the second is there.", 2),
        ("One paragraph with Windows line ends.\r\n\r\nAnother paragraph after them.".replace("\r\n", "\n"), 2),
    ],
)
def test_line_breaks_in_paragraphs(text: str, paragraphs: int) -> None:
    assert len(read(text).blocks) == paragraphs


def test_a_single_sentence_is_a_paragraph() -> None:
    article = read("The talks failed.")
    assert (article.title, [b.text for b in article.blocks]) == ("", ["The talks failed."])


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_no_words_no_article(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<html><body></body></html>" if name.endswith("html") else "---\na: 1\n---\n\n")
    if name == "a.txt":
        path.write_text("\u200b \n")
    with pytest.raises(ArticleError) as caught:
        read_article(path)
    assert caught.value.hint


def test_html_entities_are_never_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    path.write_text(
        f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50}"><!ENTITY b "{"&a;" * 50}"><!ENTITY f SYSTEM "file://{secret}">]>'
        + "<html><body><article><p>"
        + "The ministry said on Monday that the water of the river would come back in spring. &b; &f; " * 5
        + "</p></article></body></html>"
    )
    text = read_article(path).blocks[0].text
    assert "SECRET" not in text
    assert "hahaha" not in text


WORDS = st.text("abc*_`[]()<>#\\!&;: .-+1~", min_size=1, max_size=12).map(lambda s: " ".join(s.split())).filter(bool)


@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(0, 4), st.sampled_from(["strong", "link", "code", ""]))
def test_markdown_comes_back_as_it_was_written(words: list[str], at: int, kind: str) -> None:
    at %= len(words)
    text = " ".join(words)
    start = len(" ".join(words[:at])) + bool(at)
    marks = (
        (Mark(Span(start, start + len(words[at])), kind, "http://x.kg/a" if kind == "link" else ""),) if kind else ()
    )
    if kind == "code" and (words[at].count("`") or "`" in text):
        return
    block = Block("b1", BlockKind.PARAGRAPH, text, marks=marks)
    made = write_markdown(Article("T", "", "", "", (), (block,), Path("a.md")))
    again = read_markdown(made, Path("a.md")).article.blocks
    assert [b.text for b in again] == [text]
    if kind in ("link", "code"):
        assert [(m.kind, m.span, m.href) for m in again[0].marks if m.kind == kind] == [
            (m.kind, m.span, m.href) for m in marks
        ]


def test_an_article_of_another_form_is_written_as_markdown_and_read_again() -> None:
    path = next(path for path in PAGES if path.suffix == ".md")
    article = read_article(path)
    again = read_markdown(write_article(article), path).article
    assert [b.text for b in again.blocks] == [b.text for b in article.blocks]
    assert [b.kind for b in again.blocks] == [b.kind for b in article.blocks]
    assert (again.title, again.byline, again.date) == (article.title, article.byline, article.date)
    links = [(m.kind, m.href, m.span) for b in again.blocks for m in b.marks if m.kind == "link"]
    assert links == [(m.kind, m.href, m.span) for b in article.blocks for m in b.marks if m.kind == "link"]
    assert 'title: "Dam repairs delayed again"' in again.front_matter


def test_marks_over_each_other_as_markdown() -> None:
    marks = [Mark(Span(0, 7), "link", "http://x"), Mark(Span(4, 7), "strong"), Mark(Span(6, 9), "emphasis")]
    assert inline_markdown("abc def gh", marks) == "[abc **def**](http://x) gh"
    assert inline_markdown("abc", [Mark(Span(3, 3), "link", "http://x")]) == "abc [↗](http://x)"
