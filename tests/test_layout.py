"""An article comes out as it went in: what is no sentence stands in the translation as it stood in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.layout import tried
from benchmarks.made import LAYOUTS, word_file
from translate.article import Article, BlockKind, lay_out
from translate.article.html import read_html
from translate.article.letters import tidy
from translate.article.markdown import read_markdown
from translate.article.splicing import Translated
from translate.parallel import Row
from translate.segments import split
from translate.spans import Span

CYRILLIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "абцдефгхижклмнопкрстувшкизАБЦДЕФГХИЖКЛМНОПКРСТУВШКИЗ"
)


def read(source: str, name: str = "a.md") -> Article:
    reader = read_html if name.endswith(".html") else read_markdown
    return replace(reader(source.replace("\r\n", "\n"), Path(name)).article, raw=source.encode())


def sentences(article: Article, *, cyrillic: bool) -> dict[str, list[Translated]]:
    """Translate letter by letter, so that every mark stays where it was; code and variables stay."""
    found: dict[str, list[Translated]] = {}
    for block in article.translatable():
        for segment in split(block.text, "en"):
            span = Span(segment.start, segment.stop)
            source = span.of(block.text)
            marks = Row("", block.id, span, source, source).source_marks(block.marks)
            target = list(source.translate(CYRILLIC) if cyrillic else source)
            for kept in block.kept:
                start, stop = max(kept.start, span.start), min(kept.stop, span.stop)
                if start < stop:
                    target[start - span.start : stop - span.start] = block.text[start:stop]
            found.setdefault(block.id, []).append(Translated(span, source, "".join(target), marks))
    return found


def turned(source: str, name: str = "a.md", *, cyrillic: bool = True, dated: bool = False) -> str:
    article = read(source, name)
    return lay_out(article, sentences(article, cyrillic=cyrillic), "ru", dated=dated)


MARKDOWN = [
    ("[a]: /a \"The plan\"\n[b]: </b>\n  'So (it) is'\n\nSee [a] and [b].\n\n```\n[c]: /c \"No title\"\n```\n",
     "[a]: /a \"Тхе план\"\n[b]: </b>\n  'Со (ит) ис'\n\nСее [а][a] анд [б][b].\n\n```\n[c]: /c \"No title\"\n```\n"),
    ("---\ndescription: |\n  It rose.\n  It fell in the\n  spring.\n\n  - one thing\n  - two things\nx: |\n  y\n---\nSo.\n",
     "---\ndescription: |\n  Ит росе.\n  Ит фелл ин тхе спринг.\n\n  - оне тхинг\n  - тшо тхингс\nx: |\n  y\n---\nСо.\n"),
    ("---\nsummary: >-\n  It rose.\n\n  It fell.\nb: 1\n---\nSo.\n", "---\nsummary: >-\n  Ит росе.\n\n  Ит фелл.\nb: 1\n---\nСо.\n"),
    ('+++\ndescription = """\nIt "rose".\n\nIt fell."""\nx = 1\n+++\nSo.\n', '+++\ndescription = """\nИт "росе".\n\nИт фелл."""\nx = 1\n+++\nСо.\n'),
    ("+++\nsummary = \'\'\'\nIt rose.\nIt fell.\n\'\'\'\n+++\nSo.\n", "+++\nsummary = \'\'\'\nИт росе.\nИт фелл.\n\'\'\'\n+++\nСо.\n"),
    ("+++\ntitle = 'Dam talks'\ntags = [\"water\"]\n+++\n\nIt rose.\n",
     "+++\ntitle = 'Дам талкс'\ntags = [\"шатер\"]\n+++\n\nИт росе.\n"),
    ('---\ntitle: "Dam: talks"\nslug: dam-talks\ntags: [water, central-asia]\ndate: 2024-02-02\n---\nIt rose.\n',
     '---\ntitle: "Дам: талкс"\nslug: dam-talks\ntags: [шатер, central-asia]\ndate: 2024-02-02\n---\nИт росе.\n'),
    ("---\ndescription: >\n  It rose\n  again.\nimage:\n  alt: 'A dam''s gate'\n---\nIt rose.\n",
     "---\ndescription: >\n  Ит росе агаин.\nimage:\n  alt: 'А дам''с гате'\n---\nИт росе.\n"),
    ('{\n  "title": "Dam \\"talks\\"",\n  "draft": true\n}\n\nIt rose.\n',
     '{\n  "title": "Дам \\"талкс\\"",\n  "draft": true\n}\n\nИт росе.\n'),
    ("It rose.[^1] It fell[^b] again.\n\n[^1]: A note.\n[^b]: One more.\n",
     "Ит росе.[^1] Ит фелл[^b] агаин.\n\n[^1]: А ноте.\n[^b]: Оне море.\n"),
    ("- [ ] Pipes\n- [x] Road\n  - north\n\n7. Mine\n8. Dam\n", "- [ ] Пипес\n- [x] Роад\n  - нортх\n\n7. Мине\n8. Дам\n"),
    ("| Year | *Water* |\n|:-----|--:|\n| 2020 | 8.5 \\| up |\n", "| Иеар | *Шатер* |\n|:-----|--:|\n| 2020 | 8.5 \\| уп |\n"),
    ("Read [the plan]({{ site.baseurl }}/plan) of {{ site.name }}.\n\n{% include a.html caption=\"x\" %}\n",
     "Реад [тхе план]({{ site.baseurl }}/plan) оф {{ site.name }}.\n\n{% include a.html caption=\"x\" %}\n"),
    ("{{< callout >}}\nWater is short.\n{{< /callout >}}\n", "{{< callout >}}\nШатер ис схорт.\n{{< /callout >}}\n"),
    ("{% highlight py %}\nwater = 1\n{% endhighlight %}\n\nIt rose.\n", "{% highlight py %}\nwater = 1\n{% endhighlight %}\n\nИт росе.\n"),
    ("Water\n: It is short.\n", "Шатер\n: Ит ис схорт.\n"),
    ("Line one  \nline two\\\nline three.\n\n---\n\n***\n", "Лине оне  \nлине тшо\\\nлине тхрее.\n\n---\n\n***\n"),
    ("> [!NOTE]\n> Water *is* short.\n\n!!! note \"Read this\"\n    It rose.\n",
     "> [!NOTE]\n> Шатер *ис* схорт.\n\n!!! note \"Реад тхис\"\n    Ит росе.\n"),
    ('See [a](/a "The plan"), [b][x], [c] and <https://x.kg>.\n\n[x]: /x\n[c]: /c\n',
     'Сее [а](/a "Тхе план"), [б][x], [ц][c] анд <https://x.kg>.\n\n[x]: /x\n[c]: /c\n'),
    ("Say `x = 1` and <kbd>Esc</kbd> now.<!-- a note -->\n\n~~~\ncode\n~~~\n",
     "Саи `x = 1` анд <kbd>Esc</kbd> нош.<!-- a note -->\n\n~~~\ncode\n~~~\n"),
    ("![A dam](dam.jpg \"The dam in March\")\n\nSee ![gate](g.png) here.\n",
     "![А дам](dam.jpg \"Тхе дам ин Марцх\")\n\nСее ![гате](g.png) хере.\n"),
    ("<div class=\"x\">\n<p>Water <b>is</b> short.</p>\n</div>\n\n* * *\n", "<div class=\"x\">\n<p>Шатер <b>ис</b> схорт.</p>\n</div>\n\n* * *\n"),
    ("## Plans {#plans}\n\nIt rose. :warning: See [[Rogun dam]].\n", "## Планс {#plans}\n\nИт росе. :warning: Сее [[Rogun dam]].\n"),
    ("**One. Two** three.\n\n[It *rose*. It fell](/x) again.\n", "**Оне. Тшо** тхрее.\n\n[Ит *росе*. Ит фелл](/x) агаин.\n"),
    ("[![Dam](d.png) The plan](/p) rose. It [fell ![x1](y.png)](/q).\n", "[![Дам](d.png) Тхе план](/p) росе. Ит [фелл ![к1](y.png)](/q).\n"),
    ("Setext\n===\n\n\tcode\n\n+ a\n+ b\n", "Сетект\n===\n\n\tcode\n\n+ а\n+ б\n"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "wanted"), MARKDOWN)
def test_markdown_keeps_its_layout(source: str, wanted: str) -> None:
    assert turned(source) == wanted
    assert turned(source, cyrillic=False) == source
    assert turned(source.replace("\n", "\r\n")) == wanted.replace("\n", "\r\n")


def test_a_wrapped_paragraph_is_wrapped_again_at_its_width() -> None:
    source = "> It rose in the spring of that year, and\n> the road to the valley was closed. The\n> office said so.\n"
    made = turned(source)
    assert all(line.startswith("> ") and len(line) <= 42 for line in made.strip().split("\n"))
    assert " ".join(made.replace("> ", "").split()) == " ".join(source.replace("> ", "").split()).translate(CYRILLIC)


def test_a_line_is_not_broken_inside_a_template_tag() -> None:
    made = turned("Water Water is short. *in spring* \n {{ x }}")
    assert "{{ x }}" in made
    assert "\n" in made


def test_what_a_parser_would_take_for_markup_is_escaped() -> None:
    article = read("It rose.\n")
    (sentence,) = sentences(article, cyrillic=True)["b1"]
    for target in ("*Росла* [вода] <там>", "1. Росла", "# Росла", "- Росла", "2 * 3 * 4"):
        made = lay_out(article, {"b1": [replace(sentence, target=target)]}, "ru", dated=False)
        again = read(made).blocks
        assert [(block.kind, block.text) for block in again] == [(BlockKind.PARAGRAPH, target)]


KEPT = re.compile(r"\{\{ x \}\}|\{% y %\}|<!-- c -->|b\.png|\(/p\)")
PIECES = st.sampled_from([
    "Water", "is short.", "It rose", "*in spring*", "**so**", "`x`", "[plan](/p)", "![a](b.png)", "{{ x }}", "{% y %}", "<b>b</b>",
    "&amp;", "\\*", "<br>", "[^1]", "  \n", "\n", "\n> ", "\n\n- ", "\n\n1. ", "\n\n# ", "\n\n| a | b |\n|--|--|\n| c | d |\n\n",
    "\n\n```\nx\n```\n\n", "\n\n", ":::", "$x^2$", "Sa\u00addyr", "_", "<!-- c -->", "<div>", "\n\n[^1]: Note.\n\n", "\t", "~~no~~",
])  # fmt: skip


@given(st.lists(PIECES, max_size=30).map(" ".join))
@settings(max_examples=120, deadline=None)
def test_whatever_the_markdown_nothing_but_sentences_changes(source: str) -> None:
    assume(source.strip())
    assert turned(source, cyrillic=False) == source
    assert turned(source.replace("\n", "\r\n"), cyrillic=False) == source.replace("\n", "\r\n")
    if "<" not in source:  # in raw HTML an address of Markdown's is words like others
        assert KEPT.findall(turned(source)) == KEPT.findall(source)


TAGS = st.sampled_from([
    "Water", "is short.", "It rose", "<b>so</b>", "<p>", "</p>", "<div>", "</div>", "<i>", "</b>", "<br>", "<a href='/p'>", "</a>",
    "<img src=b.png alt='A dam'>", "&amp;", "&#8217;", "<ul><li>", "<li>", "</ul>", "<table><tr><td>", "<td>", "</table>", "<aside>",
    "</aside>", "<svg><text>so</text></svg>", "<!-- c -->", "<script>var a = 'b'</script>", "<blockquote>", "<cite>", "{{ x }}",
    "<p lang=fr>", "<span lang='en'>", "<pre>", "</pre>", "<select><option>a</select>", "<x-y title='Two words'>", "<", "Sa\u00addyr",
    "<figure><figcaption>", "</figure>", "<noscript>", "</noscript>", "<h2>", "</h2>", "\n",
])  # fmt: skip


@given(st.lists(TAGS, max_size=25).map(" ".join))
@settings(max_examples=80, deadline=None)
def test_whatever_the_page_nothing_but_sentences_changes(inside: str) -> None:
    source = page(inside)
    assert turned(source, "a.html", cyrillic=False) == source
    made = turned(source, "a.html", dated=True)
    assert re.findall(r"</?[a-z]+", made) == re.findall(r"</?[a-z]+", source)


PROSE = (
    "<p>The council of the town named a new mayor on Tuesday, after two months without one, and thanked the old.</p>\n"
    "<p>The mayor said she would start with the water pipes, which have leaked since the frost, and with the road.</p>\n"
    "<p>Voters had asked for both in a letter that more than three hundred of them signed, the secretary said.</p>\n"
)


def page(inside: str, head: str = "", foot: str = "") -> str:
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><title>Mayor named | Steppe</title>{head}</head><body>\n"
        "<nav><a href='/'>Home</a></nav><main><article><h1>Mayor named</h1>"
        f"{PROSE}{inside}{PROSE}</article></main><footer>{foot}</footer></body></html>\n"
    )


HTML = [
    ('<blockquote class="tweet"><p>Snow at last!</p>— Alay Office (@alay_office) <a href="/t">April 9</a></blockquote>',
     '<blockquote class="tweet"><p>Снош ат ласт!</p>— Алаи Оффице (@alay_office) <a href="/t">Април 9</a></blockquote>'),
    ("<blockquote>We will.<footer>— The mayor</footer></blockquote>", "<blockquote>Ше шилл.<footer>— Тхе маиор</footer></blockquote>"),
    ("<table><tr><th>Year<td>Water<tr><td>2020<td>8.5</table>", "<table><tr><th>Иеар<td>Шатер<tr><td>2020<td>8.5</table>"),
    ('<ol start="4"><li>Pipes<li>Road</ol>', '<ol start="4"><li>Пипес<li>Роад</ol>'),
    ("<figure><img src=a.jpg alt='A dam'><figcaption>The dam. <i>Photo: Jane Doe/AFP</i></figcaption></figure>",
     "<figure><img src=a.jpg alt='А дам'><figcaption>Тхе дам. <i>Фото: Jane Doe/AFP</i></figcaption></figure>"),
    ("<div>A line<p>One more.</p>And more</div>", "<div>А лине<p>Оне море.</p>Анд море</div>"),
    ("<p>The <a class=x href='/a?b=1&amp;c'>big <b>dam</b></a> &amp; the <time datetime=2020>road</time>.</p>",
     "<p>Тхе <a class=x href='/a?b=1&amp;c'>биг <b>дам</b></a> &amp; тхе <time datetime=2020>роад</time>.</p>"),
    ("<p>See <a href='/a'><i class='arrow'></i>the plan <svg><path d='x'/></svg></a></p>", "<p>Сее <a href='/a'><i class='arrow'></i>тхе план <svg><path d='x'/></svg></a></p>"),
    ("<pre>water = 1</pre><script>var a = '<p>x</p>'</script><iframe src=x></iframe>",
     "<pre>water = 1</pre><script>var a = '<p>x</p>'</script><iframe src=x></iframe>"),
    ("<figure><figcaption>The <wbr>dam<!-- x --> rose. Photo: Jane Doe</figcaption></figure>", "<figure><figcaption>Тхе <wbr>дам<!-- x --> росе. Фото: Jane Doe</figcaption></figure>"),
    ("<p>It <!-- ad --><em>rose</em> in<wbr> spring.</p>", "<p>Ит <!-- ad --><em>росе</em> ин<wbr> спринг.</p>"),
    ("<p><b>It rose.<br></b> It <a href=/x>fell<br></a>so.</p>", "<p><b>Ит росе.<br></b> Ит <a href=/x>фелл<br></a>со.</p>"),
    ("<p>So <em>it rose.<br></em></p><p><b><br>It</b> fell.</p>", "<p>Со <em>ит росе.<br></em></p><p><b><br>Ит</b> фелл.</p>"),
    ("<p>Water <a href=/b><img src=a.jpg alt='A dam'></a> rose.</p>", "<p>Шатер <a href=/b><img src=a.jpg alt='А дам'></a> росе.</p>"),
    ("<picture><source srcset=a><img src=b alt='A dam'></picture>", "<picture><source srcset=a><img src=b alt='А дам'></picture>"),
    ("<section aria-label='Main points'><p>It rose.</p></section>", "<section aria-label='Маин поинтс'><p>Ит росе.</p></section>"),
    ("<iframe src=x title='A map'></iframe><map><area alt='The bank'></map>", "<iframe src=x title='А мап'></iframe><map><area alt='Тхе банк'></map>"),
    ("<p>See <svg aria-label='A chart'><title>Flow</title><text>low</text></svg> it.</p>",
     "<p>Сее <svg aria-label='А цхарт'><title>Флош</title><text>low</text></svg> ит.</p>"),
    ("<p lang=en-GB>It <span lang='en'>rose</span> <i lang=ky>Ala-Too</i>.</p>", "<p lang=ru>Ит <span lang='ru'>росе</span> <i lang=ky>Ala-Too</i>.</p>"),
    ("<blockquote lang='fr'>La digue est vieille.</blockquote>", "<blockquote lang='fr'>La digue est vieille.</blockquote>"),
    ("<aside><h3>The dam</h3><p>It was built in 1976.</p></aside>", "<aside><h3>Тхе дам</h3><p>Ит шас буилт ин 1976.</p></aside>"),
    ("<blockquote>We will.<cite>The mayor</cite></blockquote>", "<blockquote>Ше шилл.<cite>Тхе маиор</cite></blockquote>"),
    ("<p>Water rose<sup><a href='#n'>1</a></sup> again.<br>It fell.</p>", "<p>Шатер росе<sup><a href='#n'>1</a></sup> агаин.<br>Ит фелл.</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "wanted"), HTML)
def test_html_keeps_its_layout(source: str, wanted: str) -> None:
    made = turned(page(source), "a.html", dated=True)
    assert wanted in made
    assert "<html lang='ru'>" in made
    assert "<title>Маиор намед | Steppe</title>" in made
    assert "<a href='/'>Home</a>" in made
    assert turned(page(source), "a.html", cyrillic=False) == page(source)


@pytest.mark.parametrize("layout", list(LAYOUTS))
@pytest.mark.parametrize("seed", [3, 19, 72])
def test_pages_of_three_layouts_come_back_as_they_were(layout: str, seed: int) -> None:
    assert tried(LAYOUTS[layout](seed).encode(), Path("a.html")) == []


@pytest.mark.parametrize("seed", [1, 39, 45])
def test_made_up_word_files_come_back_as_they_were(seed: int) -> None:
    assert tried(word_file(seed), Path("a.docx")) == []


def test_a_label_over_the_headline_keeps_its_link() -> None:
    made = turned(page("").replace("<h1>", "<p><a href=/s>Politics</a></p><h1>"), "a.html", dated=True)
    assert "<p><a href=/s>Политицс</a></p><h1>" in made


LINKED = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": ["NewsArticle"], '
    '"headline": "Mayor named", "description": "Alay\\u2019s new mayor.", "keywords": ["water", "https://x.example/w"], '
    '"datePublished": "2024-03-03", "inLanguage": "en-US", "author": {"@type": "Person", "description": "A writer"}, '
    '"articleBody": "The council"}, {"@type": "Organization", "description": "News"}]}</script>'
)


def test_what_a_page_tells_search_engines_is_translated_and_its_dates_and_people_stay() -> None:
    made = turned(page("", LINKED), "a.html", dated=True)
    for wanted in (
        '"headline": "Маиор намед"', '"description": "Алаи’с неш маиор."', '["шатер", "https://x.example/w"]',
        '"datePublished": "2024-03-03"', '"inLanguage": "ru"', '"description": "A writer"', '"description": "News"',
    ):  # fmt: skip
        assert wanted in made
    article = read(page("", LINKED), "a.html")
    assert (article.date, article.left) == ("2024-03-03", ("The council",))
    assert turned(page("", LINKED), "a.html", cyrillic=False) == page("", LINKED)
    broken = LINKED.replace('"keywords"', "keywords")
    assert broken in turned(page("", broken), "a.html", dated=True)


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ("<noscript><p>Turn on scripts.</p></noscript>", "Turn on scripts."),
        ("<template><p>A template.</p></template>", "A template."),
        ("<p>See <svg><title>Chart</title><text>Water level</text></svg> it.</p>", "Water level"),
        ("<p>So <math><mi>x</mi><mtext>flow rate</mtext></math> it is.</p>", "flow rate"),
        ("<video src=x>No video here.</video>", "No video here."),
        ("<iframe src=x>No frames here.</iframe>", "No frames here."),
        ("<p>Take <select><option>Osh<option>Talas</select>.</p>", "Osh Talas"),
        ("<p>It rose. <button>Show more</button></p>", "Show more"),
        ("<p hidden>Nobody sees it.</p>", "Nobody sees it."),
        ("<aside><a href=/x>Another story of the week</a></aside>", "Another story of the week"),
    ],
)
def test_what_stays_as_it_is_within_a_story_is_named(inside: str, left: str) -> None:
    article = read(page(inside), "a.html")
    assert article.left == (left,)
    made = turned(page(inside), "a.html")
    assert all(word in made for word in left.split())


@pytest.mark.parametrize(
    ("head", "inside", "foot", "date"),
    [
        ("", "", "© 2016 Steppe", ""),
        ('<meta property="article:modified_time" content="2016-01-01">', "", "", ""),
        ('<meta property="article:published_time" content="2016-01-02T01:00">', "", "Updated 5 May 2019", "2016-01-02"),
        ('<script type="application/ld+json">{"datePublished": "2016-01-02"}</script>', "", "", "2016-01-02"),
        ("", "<pre>released = 2016-01-01</pre>", "", ""),
        ("", "<p>The file log-2016-01-01.txt was found by the clerks of the town on Monday.</p>", "", ""),
    ],
)
def test_a_page_is_dated_by_what_it_declares(head: str, inside: str, foot: str, date: str) -> None:
    assert read(page(inside, head, foot), "a.html").date == date


def test_a_page_is_dated_by_the_whole_date_beside_its_byline() -> None:
    html = page("").replace("</h1>", "</h1><p>By Ann Lee | March 3, 2024</p>")
    article = read(html, "a.html")
    assert (article.byline, article.date) == ("Ann Lee", "2024-03-03")
    html = page("").replace("</h1>", "</h1><div>Ann Lee <time datetime='2024-03-03'>3 days ago</time></div>")
    article = read(html, "a.html")
    assert (article.byline, article.date) == ("Ann Lee", "2024-03-03")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Ka\u200bza\u200bkhstan, Sa\u00addyr", "Kazakhstan, Sadyr"),
        ("It rose.\u200bIt fell.", "It rose. It fell."),
        ("\u200fIt rose\u200e.", "It rose."),
        ("\u05d0\u05d1\u200f!", "\u05d0\u05d1\u200f!"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("ru\u200cn", "run"),
        ("\U0001f469\u200d\U0001f33e \u26a0\ufe0f a\ufe0f", "\U0001f469\u200d\U0001f33e \u26a0\ufe0f a"),
        ("Z\u0338\u0322\u0337\u0321\u0338algo cafe\u0301", "Zalgo café"),
        ("two \u00a0\u2009 words", "two words"),
    ],
)
def test_letters_nobody_sees(text: str, seen: str) -> None:
    assert tidy(text).text == seen


@given(st.text("ab \u00ad\u200b\u200d\u0301\u0338\n\u00a0é\u05d0\U0001f469", max_size=20))
def test_every_letter_knows_where_it_was(text: str) -> None:
    made = tidy(text)
    assert len(made.text) == len(made.starts) == len(made.stops)
    places: Iterable[tuple[int, int]] = zip(made.starts, made.stops, strict=True)
    assert all(0 <= start < stop <= len(text) for start, stop in places)
    assert list(made.starts) == sorted(made.starts)
    assert tidy(made.text).text == made.text


@pytest.mark.parametrize("source", ["# {{ page.title }}\n\nIt rose.\n", "# About {{ site.name }} today\n\nIt rose.\n"])
def test_a_template_tag_in_the_title_stays(source: str) -> None:
    (tag,) = re.findall(r"\{\{ \S+ \}\}", source)
    assert tag in turned(source)
