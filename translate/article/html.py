"""HTML pages: trafilatura tells the story from the menus, and what it drops of the story is put back.

An extractor is trusted with one question, which stretch of the page is the story. The text itself, its order and its
kinds are read from the page: an extractor loses a caption, the author of a tweet, a table's figures, and says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import regex

from translate.article.blocks import Article, BlockKind, Line, Page
from translate.article.bylines import find_date, is_kicker, opening_date, read_byline, read_caption
from translate.article.furniture import furniture
from translate.article.html_head import Head, read_head
from translate.article.html_places import Run, runs
from translate.article.inline import Anchored
from translate.article.markdown import Placed, credited, joined_credits, label_of, meta_of, named
from translate.article.repeats import Repeats
from translate.article.splicing import Value
from translate.article.text import clean, ends_a_sentence
from translate.errors import ArticleError
from translate.messages import _

_HINT = "Save the page as HTML with its text in it, or copy the article into a .txt file."
# Bounded: a page of 100 KB of blanks, or of unclosed declarations, is searched from each of them to its end.
_DECLARATION = regex.compile(r"<\?xml[^>]{0,500}>|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,5000}\]\s{0,50})?>", regex.I)
# libxml2 compares each attribute of an element with all before it: 50,000 of them took 37 s.
_FLOOD = regex.compile(r"<([A-Za-z][^\s<>/]*)[^<>]{20000,}>")
_BLOCK = regex.compile(r"<(?:p|li|td|div|dd|h\d)\b", regex.I)
# justext, which else gives a second opinion, looks from each short block to the page's end: 3,300 items took 4 s.
_MOST_BLOCKS = 5000
_LETTERS = regex.compile(r"[\p{L}\p{N}]+")
_QUOTES = regex.compile(r"^[“\"«‘']+|[”\"»’']+$")
_AGO = regex.compile(r"\W*\b(?:\d+|an?|one|two) ?(?:min(?:ute)?|hour|hr|day|week|month|year)s? ago\b", regex.I)
_STAMP = regex.compile(r"(?:updated|modified|last)\b", regex.I)
# an extractor's memory is the square of nothing, but 2 MB of running text is a book
_LONGEST = 2_000_000


def read_html(text: str, path: Path) -> Page:
    """Read a saved web page.

    Nothing is fetched and no entity is ever declared.

    Raises:
        ArticleError: the page has no story that can be told from its menus.
    """
    story = _story(text, path, follow=False)
    return Page(_placed(story, path).article, tuple(_chrome(story)))


def place_html(text: str, path: Path) -> Placed:
    """Read a page and where each text of its story stands.

    Raises:
        ArticleError: as `read_html`.
    """
    return _placed(_story(text, path, follow=True), path)


@dataclass(frozen=True, slots=True)
class _Story:
    """The runs of a page, parted: the headline, the lines that sign it, the story, what stands around it."""

    head: Head
    author: str
    title: str
    headline: Run | None
    kicker: Run | None
    signed: tuple[Run, ...]
    body: tuple[Run, ...]
    rest: tuple[Run, ...]
    values: tuple[Value, ...]
    left: tuple[str, ...]


def _story(text: str, path: Path, *, follow: bool) -> _Story:
    found = list(runs(text, follow=follow))
    head = read_head(text)
    told = _extracted(text)
    shown = [run for run in found if run.text and not run.left]
    chosen = _without_repeats(_chosen(shown, told))
    if not chosen:
        raise ArticleError(_("no article is found in the page"), path=path, hint=_HINT)
    title = _title(shown, head, told, chosen)
    headline = next((run for run in shown if run.text == title and run.name[:1] == "h"), None)
    headline = headline or next((run for run in shown if run.text == title and not run.around), None)
    signed = _signed(shown, chosen, headline, told.author)
    kicker = _kicker(shown, headline, signed)
    apart = {id(run) for run in (headline, kicker, *signed)}
    body = [run for run in chosen if id(run) not in apart and run.text != title]
    kept = {id(run) for run in (*body, *signed)} | {id(headline), id(kicker)}
    section = kicker.text if kicker else told.section
    rest = [run for run in found if run.text and id(run) not in kept]
    story = [*([headline] if headline else []), *body]
    return _Story(
        replace(head, section=section), told.author, title, headline, kicker, tuple(signed), tuple(body), tuple(rest),
        tuple(_values(found, story)), tuple(_left(found, story, kept)),
    )  # fmt: skip


def _without_repeats(chosen: list[Run]) -> list[Run]:
    """Leave out the boxes beside the story that say words of it a second time, large."""
    prose = Repeats(run.text for run in chosen if not run.beside)
    return [run for run in chosen if not (run.beside and prose.inside(_QUOTES.sub("", run.text).rstrip(".")))]


def _between(found: list[Run], story: list[Run]) -> list[Run]:
    """Return the runs from the first to the last line of the story."""
    wanted = {id(run) for run in story}
    at = [n for n, run in enumerate(found) if id(run) in wanted]
    return found[min(at, default=0) : max(at, default=-1) + 1]


def _left(found: list[Run], story: list[Run], kept: set[int]) -> Iterator[str]:
    """Yield the texts between the lines of the story that stay as they are."""
    told = {run.text for run in story}
    for run in _between(found, story):
        if run.text and id(run) not in kept and run.text not in told:
            yield run.text


def _values(found: list[Run], story: list[Run]) -> Iterator[Value]:
    """Yield the alternative texts and titles from the first to the last line of the story."""
    for run in _between(found, story):
        if not run.around:
            yield from run.values


@dataclass(frozen=True, slots=True)
class _Told:
    """What the extractor made of a page.

    Args:
        texts: its paragraphs, letters alone.
        whole: all of them in one.
        title, author, section: as it read them.
    """

    texts: frozenset[str] = frozenset()
    whole: str = ""
    title: str = ""
    author: str = ""
    section: str = ""

    def holds(self, run: Run) -> bool:
        """Tell that a run is in the extracted text."""
        bare = _bare(run.text)
        return bool(bare) and (bare in self.texts or (len(bare) >= 20 and bare in self.whole))


def _bare(text: str) -> str:
    return "".join(_LETTERS.findall(text))


@cache
def _reader() -> Callable[..., Any]:
    """Import the extractor without the socket that urllib3, which it brings along, opens to learn about IPv6."""
    import socket

    before, socket.has_ipv6 = socket.has_ipv6, False
    try:
        from trafilatura import bare_extraction
    finally:
        socket.has_ipv6 = before
    extraction: Callable[..., Any] = bare_extraction
    return extraction


def _extracted(text: str) -> _Told:
    bare_extraction = _reader()
    source = _FLOOD.sub(r"<\1>", _DECLARATION.sub("", text, count=3))
    found = bare_extraction(
        source,
        fast=len(_BLOCK.findall(source)) > _MOST_BLOCKS,
        include_comments=False,
        include_formatting=False,
        include_links=False,
        with_metadata=True,
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return _Told()
    parts = [_bare(str(part)) for element in found.body.iter() for part in (element.text, element.tail) if part]
    whole = "".join(parts)
    author = clean((found.author or "").replace("; ", ", "))
    section = clean(next(iter(found.categories or []), ""))
    return _Told(frozenset(parts), whole[:_LONGEST], clean(found.title or ""), author, section)


def _chosen(shown: list[Run], told: _Told) -> list[Run]:
    """Choose the runs of the story: those extracted, and of those between and beside them what is no furniture."""
    told_at = [n for n, run in enumerate(shown) if _may_be_told(run) and told.holds(run)]
    if not told_at:
        return [run for run in shown if _is_prose_page(run)] if any(map(_is_prose_page, shown)) else []
    parents = Counter(shown[n].parent for n in told_at)
    parent = parents.most_common(1)[0][0]
    first, last = told_at[0], told_at[-1]
    while last + 1 < len(shown) and _follows(shown[last + 1], parent):
        last += 1
    while first and _precedes(shown[first - 1], parent):
        first -= 1
    extracted = set(told_at)
    return [run for n, run in enumerate(shown[: last + 1]) if n >= first and (n in extracted or _belongs(run))]


def _may_be_told(run: Run) -> bool:
    return not (run.around or run.beside) and (furniture(run.text) is None or run.anchored.block.kind is BlockKind.CELL)


def _is_prose_page(run: Run) -> bool:
    """Tell a run of a page that no extractor finds a story in, which is not plainly a menu or a footer."""
    return not (run.around or run.beside) and run.linked * 2 <= len(run.text) and furniture(run.text) is None


def _belongs(run: Run) -> bool:
    """Tell that a run within the story is part of it, though the extractor left it out."""
    if run.around or furniture(run.text) is not None:
        return False
    if run.beside and (run.linked * 2 >= len(run.text)):
        return False
    alone = run.linked >= 0.9 * len(run.text) and not ends_a_sentence(run.text)
    kinds = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    return not (alone and run.anchored.block.kind in kinds and run.name != "td")


def _follows(run: Run, parent: int) -> bool:
    """Tell that a run right after the story goes on with it: in the same element, as text and not as a link."""
    prose = len(run.text.split()) >= 4 or run.anchored.block.kind in (BlockKind.QUOTE, BlockKind.CELL)
    return run.parent == parent and prose and not run.beside and _belongs(run) and run.linked * 2 < len(run.text)


def _precedes(run: Run, parent: int) -> bool:
    """Tell that a run right before the story is its beginning: a sentence in the same element."""
    block = run.anchored.block
    prose = block.kind is BlockKind.PARAGRAPH and ends_a_sentence(block.text) and len(block.text.split()) >= 3
    return run.parent == parent and prose and not run.beside and _belongs(run) and run.linked * 2 < len(block.text)


def _title(shown: list[Run], head: Head, told: _Told, chosen: list[Run]) -> str:
    """Choose the headline: the page's heading of the first level where there is one, else what its head declares."""
    headings = [r for r in shown if r.anchored.block.kind is BlockKind.HEADING and r.anchored.block.level == 1]
    texts = [run.text for run in headings if not run.around]
    for candidate in (told.title, head.title):
        if candidate and candidate in texts:
            return candidate
    declared = f"{told.title} {head.title} {head.whole_title}"
    inside = next((text for text in texts if text in declared), "")
    in_story = {id(run) for run in chosen}
    first = next((run.text for run in headings if id(run) in in_story or len(texts) == 1), "")
    return inside or told.title or first or head.title


def _signed(shown: list[Run], chosen: list[Run], headline: Run | None, author: str) -> list[Run]:
    """Find the lines of author and date: in the story, and between the headline and its first paragraph."""
    in_story = {id(run) for run in chosen}
    prose = next((n for n, r in enumerate(shown) if id(r) in in_story and len(r.text.split()) >= 12), len(shown))
    at = shown.index(headline) + 1 if headline is not None else max(prose - 6, 0)
    near = [
        run
        for run in shown[max(min(at, prose) - 3, 0) : min(at + 6, prose)]
        if not run.around and run.anchored.block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    ]
    found = []
    for run in near:
        by = read_byline(run.text, under_a_headline=headline is not None and run.name != "p")
        known = by is not None and (not by.who or not author or by.who in author or author in by.who)
        # <span>Ann Lee</span> <time datetime="2024-03-03">3 days ago</time>
        stamped = bool(find_date(run.when)) and len(run.text.split()) < 12 and not ends_a_sentence(run.text)
        if known or stamped:
            found.append(run)
    last = next((run for run in reversed(chosen) if run.anchored.block.kind is BlockKind.PARAGRAPH), None)
    if last is not None and last not in found and (by := read_byline(last.text)) and by.who and by.who == author:
        found.append(last)
    return found


def _kicker(shown: list[Run], headline: Run | None, signed: list[Run]) -> Run | None:
    """Find the label right over the headline, which is the story's section: “Kyrgyzstan”."""
    at = shown.index(headline) - 1 if headline is not None else -1
    run = shown[at] if at >= 0 else None
    if run is None or run in signed or run.around or run.anchored.block.kind is not BlockKind.PARAGRAPH:
        return None
    return run if is_kicker(run.text) and furniture(run.text) is None else None


def _author(story: _Story) -> str:
    """Return the author as the byline has it, else as the page declares; “Ann Lee, March 3” is read in one as well."""
    for run in story.signed:
        by = read_byline(_AGO.sub("", run.text), under_a_headline=True)
        if by and by.who:
            return by.who if by.who in story.author or not story.author else story.author
    return story.author


def _place(story: _Story) -> str:
    """Return the place that a line of author and date names."""
    by = [read_byline(run.text, under_a_headline=True) for run in story.signed]
    return next((b.where for b in by if b and b.where), "")


def _date(story: _Story) -> str:
    """Return the day of publication: as declared, else a whole date beside the byline; never a footer's year."""
    if story.head.date:
        return story.head.date
    for run in story.signed:
        by = read_byline(run.text, under_a_headline=True)
        when = (by.when if by else "") or find_date(run.when)
        if when and not _STAMP.match(run.text):
            return when
    return opening_date(story.body[0].text) if story.body else ""


def _placed(story: _Story, path: Path) -> Placed:
    captions: list[Anchored] = []
    body: list[Anchored] = []
    for run in story.body:
        anchored = run.anchored
        block = anchored.block
        read = read_caption(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if block.kind is BlockKind.CAPTION or (read and read.credit):
            captions.append(credited(anchored))
        else:
            body.append(anchored)
    captions = [named(anchored, f"c{n}") for n, anchored in enumerate(joined_credits(captions), 1)]
    body = [named(anchored, f"b{n}") for n, anchored in enumerate(body, 1)]
    title = named(story.headline.anchored, "title") if story.headline else None
    kicker = [named(story.kicker.anchored, "section")] if story.kicker else []
    known = {story.title: "title", story.head.section: "section", **{c.block.text: c.block.id for c in captions}}
    named_values, meta = meta_of([*story.head.titled(story.title), *story.values], known)
    article = Article(
        story.title,
        _author(story),
        _date(story),
        story.head.section,
        tuple(anchored.block for anchored in captions),
        tuple(anchored.block for anchored in body),
        path,
        title_marks=title.block.marks if title else (),
        title_kept=title.block.kept if title else (),
        meta=tuple(meta),
        place=_place(story),
        left=(*story.left, *story.head.left),
        section_marks=kicker[0].block.marks if kicker else (),
    )
    whole = [*kicker, *([title] if title else []), *captions, *body]
    signed = tuple(run.anchored for run in story.signed)
    labels = tuple(label for run in story.body if (label := label_of(run.anchored)))
    return Placed(article, tuple(a for a in whole if a.starts), tuple(named_values), signed, labels)


def _chrome(story: _Story) -> Iterator[Line]:
    """Yield the texts of the page that are no part of the story, with their lines."""
    known = {story.title, story.author, *(run.text for run in (*story.body, *story.signed))}
    for run in story.rest:
        if run.text not in known:
            yield Line(run.line, run.text)
