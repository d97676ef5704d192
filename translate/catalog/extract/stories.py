"""Texts of pages: the site's own words of an HTML page or a page saved as text, or the sentences of its story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from translate.catalog.extract.found import Extracted, Gathered, Rules, place
from translate.files import shown


def read_dump(path: Path, _rules: Rules) -> Gathered:
    """Read the lines around the story in a page saved as text."""
    from translate.article import read_page

    lines = ((_BULLET.sub("", line.text), line.number) for line in read_page(path).chrome)
    return Gathered(
        [Extracted(text, place(path, line)) for text, line in _without_stories(lines) if _is_interface(text)]
    )


def read_html(path: Path, rules: Rules) -> Gathered:
    """Read the texts and spoken attributes of a page, its story left out."""
    from translate.catalog.extract.pages import page_texts

    return Gathered(
        [Extracted(text.text, place(path, text.line)) for text in page_texts(path, rules) if _is_interface(text.text)]
    )


def read_story(path: Path, _rules: Rules) -> Gathered:
    """Read the sentences of an article, each with its segment's id: “b3.2”."""
    from translate.article import read_article
    from translate.segments import split

    article = read_article(path)
    found = []
    for block in article.translatable():
        for number, segment in enumerate(split(block.text, article.language), 1):
            text = block.text[segment.start : segment.stop]
            found.append(Extracted(text, shown(path.as_posix()), context=f"{block.id}.{number}"))
    return Gathered(found)


_BULLET = re.compile(r"^\s*[•·▪◦*»>–-]\s+")
_ENGLISH = re.compile(r"[A-Za-z]{2}")
_OTHER_SCRIPT = re.compile(r"[Ѐ-ӿ]")


def _is_interface(text: str) -> bool:
    """Leave out “X” (a button drawn as a letter), «русский» (a language calls itself), “2,415”."""
    return bool(_ENGLISH.search(text)) and not _OTHER_SCRIPT.search(text)


def _without_stories(lines: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Leave out the headlines below “Related” and “Popular”: they are other stories, not the page's own words."""
    from translate.article.furniture import Furniture, furniture

    inside, last = False, 0
    for text, number in lines:
        gap = number - last > 1
        last = number
        if furniture(text) is Furniture.LIST:
            inside = True
            heading = number
            yield text, number
        elif inside and gap and number - heading > 2:
            inside = False
            yield text, number
        elif not inside:
            yield text, number
