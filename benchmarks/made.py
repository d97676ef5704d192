"""Made-up files shaped as real ones: pages of three content-management systems, and Word files, by a seed.

The same seed gives the same file. No site's code is copied: what is imitated is how such pages are built (a menu before
the story or behind it, a figure within a paragraph, widgets, JSON-LD, entities, unclosed tags).
"""

from __future__ import annotations

import html
import io
import json
import random
from collections.abc import Callable
from typing import Any

_WHO = (
    "The ministry",
    "A farmer",
    "The council of Uzgen",
    "Aigul Asanova",
    "The power company",
    "Nobody",
    "A court in Osh",
)
_DID = (
    "said on Monday that",
    "wrote in a letter that",
    "had denied for weeks that",
    "told Radio Alay that",
    "learnt in March that",
)
_WHAT = (
    "the dam leaks in two places", "the price of water rose by 12.5 percent", "Azamat Bekov would leave the capital",
    "Kyrgyzstan owes 40 million dollars", "the road to Batken is closed", "three of the turbines stood still",
)  # fmt: skip
_WHEN = (
    "after a winter of cuts",
    "before the vote",
    "and that is all",
    "as it did in 2021",
    "because of the frost",
    "in spring",
)
_TITLES = (
    "Turbines of the dam run again",
    "Farmers ask for water",
    "A road is closed",
    "What the letter says",
    "Prices rise",
)
_SECTIONS = ("Kyrgyzstan", "Politics", "Oil & Gas", "Society", "Central Asia")
_NAMES = ("Ann Lee", "Marat Sadykov", "Jane Doe", "Aigerim Toleukhan")


class Writer:
    """Writes words, marks and blocks by a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def sentence(self) -> str:
        pick = self.random.choice
        return f"{pick(_WHO)} {pick(_DID)} {pick(_WHAT)}, {pick(_WHEN)}."

    def title(self) -> str:
        return self.random.choice(_TITLES)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def inline(self) -> str:
        """Return a sentence as HTML, with a link, emphasis, entities, breaks now and then."""
        words = html.escape(self.sentence(), quote=False).split(" ")
        for _n in range(self.random.randint(0, 3)):
            at = self.random.randrange(len(words))
            length = self.random.randint(1, 3)
            inside = " ".join(words[at : at + length])
            words[at : at + length] = [self.random.choice(_AROUND).format(inside)]
        text = " ".join(words)
        return text.replace("'", self.random.choice(("'", "&#8217;", "’", "&rsquo;")))

    def paragraph(self) -> str:
        return " ".join(self.inline() for _n in range(self.random.randint(1, 4)))


_AROUND = (
    "<a href='/x?a=1&amp;b=2'>{}</a>", '<a class="link" href="https://x.example/a" target=_blank>{}</a>', "<b>{}</b>", "<strong>{}</strong>",
    "<em>{}</em>", "<i lang=ky>{}</i>", '<span class="nowrap">{}</span>', "<abbr title='Its long name'>{}</abbr>", "<mark>{}</mark>", "<code>{}</code>",
    "{}<sup><a href='#n1'>1</a></sup>", "<q>{}</q>", "{}<br>", "<!-- ad -->{}", "{}<wbr>", "<del>{}</del><ins>so</ins>",
    "<span data-x='{{\"a\": 1}}'>{}</span>", "<small>{}</small>", "{}&nbsp;", "<time datetime='2024-03-03'>{}</time>",
)  # fmt: skip


def _blocks(w: Writer) -> list[str]:
    """Return the blocks of a story, oddities among them."""
    odd: tuple[Callable[[], str], ...] = (
        lambda: f"<h2 class='wp-block-heading'>{w.title()}</h2>",
        lambda: f"<ul><li>{w.inline()}<li>{w.inline()}</ul>",
        lambda: f"<ol start=3><li>{w.inline()}</li><li><p>{w.inline()}</p></li></ol>",
        lambda: f"<blockquote><p>{w.inline()}</p><cite>{w.random.choice(_NAMES)}</cite></blockquote>",
        lambda: f"<figure class=wp-block-image><img src=a.jpg alt='{w.title()}'/><figcaption>{w.inline()} Photo: Jane Doe/AFP</figcaption></figure>",
        lambda: f"<figure><picture><source srcset='a.webp 2x'><img loading=lazy src=b.jpg alt=\"{w.title()}\"></picture><noscript><img src=b.jpg></noscript></figure>",
        lambda: f"<table><thead><tr><th>Year<th>Water</thead><tbody><tr><td>2020<td>{w.title()}</table>",
        lambda: f"<aside class=fact-box><h3>{w.title()}</h3><p>{w.paragraph()}</p></aside>",
        lambda: "<div class='share-buttons'><a href=#>Share</a> <a href=#>Tweet</a></div>",
        lambda: "<div class=related><h4>Related</h4><ul><li><a href=/a>Another story of the week</a></ul></div>",
        lambda: "<script>window.ads = window.ads || []; ads.push({'slot': \"<p>x</p>\"});</script>",
        lambda: f"<div>{w.inline()}<p>{w.inline()}</div>",
        lambda: f"<p>{w.inline()}<br><br>{w.inline()}</p>",
        lambda: f"<details><summary>{w.title()}</summary>{w.inline()}</details>",
        lambda: f"<dl><dt>{w.title()}<dd>{w.inline()}</dl>",
        lambda: "<pre><code>water = 8.5\n  river = 'Naryn'</code></pre>",
        lambda: "<iframe src='https://video.example/1' title='The dam in March' allowfullscreen></iframe>",
        lambda: f"<p>See <svg viewBox='0 0 8 8'><title>Chart</title><text>low</text></svg> {w.inline()}</p>",
        lambda: "<hr><p>***</p>",
        lambda: f"<p style='text-align:center' dir=ltr>{w.inline()}",
        lambda: f"<blockquote class=twitter-tweet><p lang=en dir=ltr>{w.inline()}</p>&mdash; Ann (@ann) <a href=x>March 3, 2024</a></blockquote><script async src=w.js></script>",
        lambda: f"<form><input placeholder=Name><button>Send</button></form><p>{w.inline()}",
        lambda: f"<p>{w.inline()} {{{{ site.name }}}} {{% include x.html %}}</p>",
    )  # fmt: skip
    made = [f"<p>{w.paragraph()}</p>" for _n in range(w.random.randint(3, 14))]
    for _n in range(w.random.randint(1, 8)):
        made.insert(w.random.randint(1, len(made)), w.random.choice(odd)())
    return made


def _head(w: Writer, title: str, site: str) -> str:
    linked = json.dumps(
        {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": "2024-03-03",
         "inLanguage": "en", "author": {"@type": "Person", "name": "Ann Lee"}, "description": w.sentence()},
        ensure_ascii=w.chance(0.5), indent=w.random.choice((None, 2)),
    )  # fmt: skip
    return (
        f"<meta charset=utf-8><title>{title} | {site}</title><meta name='description' content=\"{html.escape(w.sentence())}\">"
        f'<meta property="og:title" content="{title}"><meta property="article:published_time" content="2024-03-03T10:00:00+06:00">'
        f'<script type="application/ld+json">{linked}</script><style>p {{ margin: 0 }}</style>'
    )


def wordpress_like(seed: int) -> str:
    """Return a page with comments for its blocks, classes on everything, comments of readers and widgets below."""
    w = Writer(seed)
    title, blocks = w.title(), _blocks(w)
    story = "\n\n".join(f'<!-- wp:block {{"n":{n}}} -->\n{block}\n<!-- /wp:block -->' for n, block in enumerate(blocks))
    return (
        f"<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>\n{_head(w, title, 'Alay Post')}\n</head>\n<body class='post single'>\n"
        "<header class='site-header'><a class=skip-link href=#c>Skip to content</a><nav><ul class=menu><li><a href=/>Home</a>"
        "<li><a href=/n>News</a></ul></nav></header>\n<div id=page><main id=c><article class='post-1 hentry'>\n"
        f"<header class=entry-header><span class=cat><a href=/s>{html.escape(w.random.choice(_SECTIONS))}</a></span>\n"
        f"<h1 class=entry-title>{title}</h1>\n<div class=entry-meta>By <a rel=author href=/a>{w.random.choice(_NAMES)}</a> "
        "<time datetime='2024-03-03T10:00:00+06:00'>March 3, 2024</time></div></header>\n<div class=entry-content>\n"
        f"{story}\n</div>\n<footer class=entry-footer>Tags: <a href=/t>dam</a></footer></article>\n"
        "<section id=comments><h2>2 Comments</h2><ol><li>Azamat<p>So it is, and so it was.</p></ol></section></main>\n"
        "<aside id=secondary><h2>Most read</h2><ul><li><a href=/1>One</a><li><a href=/2>Two</a></ul></aside></div>\n"
        "<footer><p>© 2024 Alay Post. All rights reserved.</p></footer></body>\n</html>\n"
    )


def drupal_like(seed: int) -> str:
    """Return a page in tables' stead of deep divisions, fields in wrappers, CRLF line ends, an XHTML head."""
    w = Writer(seed)
    title, blocks = w.title(), _blocks(w)
    fields = "\n".join(f'<div class="field__item">{block}</div>' for block in blocks)
    page = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML+RDFa 1.0//EN" "x.dtd">\n'
        f"<html xmlns='http://www.w3.org/1999/xhtml' xml:lang='en' lang='en'><head>{_head(w, title, 'Naryn Today')}</head>\n"
        "<body><div class=layout><div class=region-header><div class=block><ul><li><a href=/>Home</a></li><li><a href=/p>Politics</a></li>"
        "</ul></div></div>\n<div class=region-content><div class='node node--type-article'>"
        f"<h1 class='page-title'><span property='schema:name'>{title}</span></h1>\n"
        f"<div class='node__submitted'>Submitted by {w.random.choice(_NAMES)} on 3 March 2024</div>\n"
        f"<div class='field field--body'>{fields}</div></div></div>\n"
        "<div class='region-sidebar sidebar'><h2>Latest news</h2><div><a href=/a>One more story</a></div></div>\n"
        "<div class=region-footer><a href=/c>Contact us</a><a href=/t>Terms of use</a></div></div></body></html>"
    )  # fmt: skip
    return page.replace("\n", "\r\n") if w.chance(0.5) else page


def static_like(seed: int) -> str:
    """Return a page as a static-site generator writes it: few classes, one line, tags left open."""
    w = Writer(seed)
    title, blocks = w.title(), _blocks(w)
    story = "".join(block.replace("</p>", "").replace("</li>", "") if w.chance(0.5) else block for block in blocks)
    return (
        f"<!doctype html><html><head>{_head(w, title, 'Batken Notes')}<body><nav><a href=/>Batken Notes</a> <a href=/about>About</a></nav>"
        f"<main><p>{html.escape(w.random.choice(_SECTIONS))}<h1>{title}</h1><p>Osh, March 3, 2024{story}"
        f"<p>{w.random.choice(_NAMES)} is a reporter who covers water for Batken Notes.</main><footer>© 2024</footer>"
    )


LAYOUTS: dict[str, Callable[[int], str]] = {
    "wordpress": wordpress_like, "drupal": drupal_like, "static": static_like
}  # fmt: skip


def word_file(seed: int) -> bytes:
    """Return a Word file: headings, lists, tables, links, bold and italic runs, comments, a header, a picture's place."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    w = Writer(seed)
    document = docx.Document()
    document.add_paragraph(w.title(), style="Title")
    document.add_paragraph(f"By {w.random.choice(_NAMES)}, March 3, 2024")
    for _n in range(w.random.randint(3, 15)):
        style = w.random.choice(
            (None, None, None, "List Bullet", "List Number", "Intense Quote", "Heading 2", "Caption")
        )
        paragraph = document.add_paragraph(style=style)
        for _m in range(w.random.randint(1, 3)):
            _runs(w, paragraph)
        if w.chance(0.2):
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), "here")
            paragraph._p.append(link)
            link.append(paragraph.add_run(w.title())._r)
        if w.chance(0.1):
            document.add_comment(paragraph.runs, text="Is this so?", author="Ed")
        if w.chance(0.15):
            table = document.add_table(rows=2, cols=2)
            for cell in (cell for row in table.rows for cell in row.cells):
                cell.text = w.sentence()
    document.sections[0].header.paragraphs[0].text = "The Valley"
    document.core_properties.title = w.title()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _runs(w: Writer, paragraph: Any) -> None:
    for word in w.sentence().split(" "):
        run = paragraph.add_run(word)
        run.bold, run.italic = (w.chance(0.1) or None), (w.chance(0.1) or None)
        if w.chance(0.05):
            run.add_break()
        elif w.chance(0.05):
            run.add_tab()
        paragraph.add_run(" ")
