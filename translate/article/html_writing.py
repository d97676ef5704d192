"""HTML written: a page with the Russian in it, or an article of another form as a page of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import regex

from translate.article.blocks import Article, Block, BlockKind, Mark
from translate.article.html import place_html
from translate.article.html_jsonld import is_linked_data, read_linked_data
from translate.article.html_runs import language_of
from translate.article.html_tokens import Attribute, attributes, scan
from translate.article.html_values import escape
from translate.article.inline import Anchored
from translate.article.markdown_writing import labelled, signature
from translate.article.plain import credit_line, signed_line
from translate.article.splicing import BREAKABLE, Edit, SourceText, Splicer, Translations
from translate.spans import Span, covering

_LOCALES = {"ru": "ru_RU", "en": "en_US", "kk": "kk_KZ", "ky": "ky_KG"}
_CHARSET = regex.compile(r"charset\s*=\s*[\"']?\s*(?P<name>[\w.:-]+)", regex.I)


def splice_html(source: SourceText, path: Path, translations: Translations, language: str, *, dated: bool) -> str:
    """Return a page with the sentences of its story translated and everything else as it stood.

    Args:
        source: the page.
        path: its name.
        translations: its sentences; those that came back as they went leave their place untouched.
        language: of the translation.
        dated: True to name that language in `lang`, to write the date in it, and UTF-8 as the page's coding.
    """
    placed = place_html(source.text, path)
    story = max((anchored.stops[-1] for anchored in placed.anchored if anchored.stops), default=0)
    declared = _declarations(source.text, language, story) if dated else ()
    splicer = Splicer(source, placed.values, translations, declared)
    edits = [edit for anchored in placed.anchored for edit in _edits(splicer, anchored)]
    if dated:
        edits += [edit for anchored in placed.signed if (edit := signature(anchored, language, translations))]
        edits += [edit for anchored in placed.labels if (edit := labelled(anchored, language))]
    return splicer.splice(edits)


def _edits(splicer: Splicer, anchored: Anchored) -> Iterator[Edit]:
    for sentence in splicer.sentences(anchored):
        if not sentence.is_unchanged:
            edit = splicer.printed(anchored, sentence, lambda text, _mark: escape(text))
            yield Edit(edit.span, edit.text.replace(BREAKABLE, " "))


def _declarations(source: str, language: str, story: int) -> Iterator[Edit]:
    """Yield what names the page's language and coding: `lang`, `og:locale`, `inLanguage`, `charset`.

    Args:
        source: the page.
        language: of the translation.
        story: where the story ends; what follows it stays in the language it was in.
    """
    spoken = {"en"}
    for tag in scan(source):
        if is_linked_data(source, tag):
            yield from (Edit(span, language) for span in read_linked_data(source, tag.span).languages)
        if tag.kind != "open" or (tag.name not in ("html", "meta") and tag.span.start >= story):
            continue
        found = attributes(source, tag.span)
        if tag.name == "meta":
            yield from _declared(source, tag.span, found, language)
            continue
        if tag.name == "html":
            spoken.add(language_of(found))
        own = language_of(found) in spoken - {""} or tag.name == "html"
        names = [name for name in ("lang", "xml:lang") if own and name in found and found[name].value]
        yield from (Edit(found[name].span, language) for name in names)
        if tag.name == "html" and "lang" not in found and not names:
            at = tag.span.start + len("<html")
            yield Edit(Span(at, at), f' lang="{language}"')


def _declared(source: str, tag: Span, found: dict[str, Attribute], language: str) -> Iterator[Edit]:
    """Yield what a `<meta>` says of language and coding."""
    said = next(
        (found[key].value.lower() for key in ("property", "name", "http-equiv", "itemprop") if key in found), ""
    )
    if "content" in found and said == "og:locale":
        yield Edit(found["content"].span, _LOCALES.get(language, language))
    elif "content" in found and said in ("content-language", "language", "dc.language", "inlanguage"):
        yield Edit(found["content"].span, language)
    elif (match := _CHARSET.search(source, tag.start, tag.stop)) and match["name"].lower() not in ("utf-8", "utf8"):
        yield Edit(Span(match.start("name"), match.end("name")), "utf-8")


def write_html(article: Article) -> str:
    """Return an article read from another form as a page of its own: no script, nothing loaded but its images."""
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{article.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(article.title or article.path.stem)}</title>",
        "<style>body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.55 Georgia, serif; }"
        " img { max-width: 100%; } table { border-collapse: collapse; } pre { overflow-x: auto; }"
        " td, th { border: 1px solid #bbb; padding: .2rem .5rem; }</style>",
        "</head>",
        "<body>",
        "<article>",
    ]
    lines += [f"<p><strong>{escape(article.section)}</strong></p>"] if article.section else []
    lines += [f"<h1>{inline_html(article.title, article.title_marks)}</h1>"] if article.title else []
    signed = signed_line(article)
    lines += [f"<p><em>{escape(signed)}</em></p>"] if signed else []
    lines += [_figure(caption, article.language) for caption in article.captions]
    lines += _laid_out(article.blocks)
    return "\n".join([*lines, "</article>", "</body>", "</html>", ""])


def _figure(caption: Block, language: str) -> str:
    href = next((mark.href for mark in caption.marks if mark.kind == "image"), "")
    image = f'<img src="{_quoted(href)}" alt="{_quoted(caption.text)}">' if href else ""
    text = inline_html(caption.text, caption.marks)
    credit = credit_line(caption, language)
    text += f"{' ' if text else ''}({escape(credit)})" if credit else ""
    return f"<figure>{image}<figcaption>{text}</figcaption></figure>"


def _laid_out(blocks: tuple[Block, ...]) -> list[str]:
    lines: list[str] = []
    open_tags: list[str] = []
    row = 0
    for block in blocks:
        wanted = _containers(block)
        while open_tags and open_tags != wanted[: len(open_tags)]:
            lines.append(f"</{open_tags.pop()}>")
            row = 0
        for name in wanted[len(open_tags) :]:
            start = f' start="{block.ordinal}"' if name == "ol" and block.ordinal > 1 else ""
            lines.append(f"<{name}{start}>")
            open_tags.append(name)
        if block.kind is BlockKind.CELL and block.ordinal != row:
            lines.append("<tr>")
            row = block.ordinal
        lines.append(_element(block))
    return [*lines, *(f"</{name}>" for name in reversed(open_tags))]


def _containers(block: Block) -> list[str]:
    if block.kind is BlockKind.LIST_ITEM:
        return ["ul"] * (block.level - 1) + ["ol" if block.ordinal else "ul"]
    if block.kind is BlockKind.QUOTE:
        return ["blockquote"] * max(block.level, 1)
    return ["table"] if block.kind is BlockKind.CELL else []


def _element(block: Block) -> str:
    text = inline_html(block.text, block.marks)
    if block.kind is BlockKind.CODE:
        return f"<pre><code>{escape(block.text)}</code></pre>"
    if block.kind is BlockKind.HEADING:
        level = min(max(block.level, 2), 6)
        return f"<h{level}>{text}</h{level}>"
    name = {BlockKind.LIST_ITEM: "li", BlockKind.CELL: "td"}.get(block.kind, "p")
    return f"<{name}>{text}</{name}>"


_TAGS = {"strong": "strong", "emphasis": "em", "deleted": "del", "code": "code"}


def inline_html(text: str, marks: tuple[Mark, ...]) -> str:
    """Return a text with its marks as HTML; a link over nothing becomes an arrow after the text."""
    edges = sorted({0, len(text), *(e for m in marks for e in (m.span.start, m.span.stop) if e <= len(text))})
    out = []
    for (start, stop), numbers in zip(itertools.pairwise(edges), covering(edges, [m.span for m in marks]), strict=True):
        over = [marks[n] for n in numbers]
        piece = "<br>" if any(m.kind == "break" for m in over) else escape(text[start:stop])
        for mark in reversed(over):
            if mark.kind in _TAGS:
                piece = f"<{_TAGS[mark.kind]}>{piece}</{_TAGS[mark.kind]}>"
            elif mark.kind == "link" and mark.href:
                piece = f'<a href="{_quoted(mark.href)}">{piece}</a>'
        out.append(piece)
    lost = [m for m in marks if m.kind == "link" and m.span.start == m.span.stop and m.href]
    return "".join(out) + "".join(f' <a href="{_quoted(m.href)}">↗</a>' for m in lost)


def _quoted(text: str) -> str:
    return escape(text).replace('"', "&quot;")
