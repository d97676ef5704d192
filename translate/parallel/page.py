"""Parallel text as one HTML page: side by side, for a desk, a phone and a printer; nothing is loaded from outside."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.article import Article, Block, BlockKind, Mark
from translate.checks.confidence import DOUBTED, WEAK
from translate.files import shown
from translate.messages import _
from translate.parallel.record import ParallelText, Row
from translate.parallel.templates import template
from translate.pinning import Pin, Suggestion
from translate.spans import Span, covering

_TEMPLATE = Path(__file__).with_name("page.html.j2")
_SAFE = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence under the same markup.

    Args:
        text: as it is; the template escapes it.
        tags: HTML elements around it, outermost first: "strong", "em", "del", "code".
        href: the address of the link it stands in, "" for none or for one that is no web or mail address.
        pin: the term it belongs to, on the first stretch of a term; `pinned` is True on all of them.
        doubted: True where a problem points at it.
    """

    text: str
    tags: tuple[str, ...] = ()
    href: str = ""
    pin: Pin | None = None
    pinned: bool = False
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Like:
    """A suggestion as the page shows it: its source with what differs marked."""

    of: Suggestion
    source: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it."""

    row: Row
    source: tuple[Run, ...]
    target: tuple[Run, ...]
    suggestions: tuple[Like, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A block as the page shows it; code has no sentences, nor has what is the same in both languages (`bare`)."""

    id: str
    kind: BlockKind
    level: int
    ordinal: int
    credit: str
    code: str
    sentences: tuple[ShownRow, ...]
    bare: str = ""


def write_page(text: ParallelText) -> str:
    """Return the page."""
    from translate.parallel import alone

    article = text.article
    problems = list(text.all_problems())
    return template(_TEMPLATE).render(
        _=_,
        text=text,
        article=article,
        sections=_sections(text),
        problems=problems,
        pins=sum(len(row.pins) for row in text.rows),
        engines=list(dict.fromkeys(row.engine for row in text.rows if row.engine)),
        file=shown(article.path.name),
        title=text.translated().title or article.title or shown(article.path.name),
        russian=alone(text),
        weakest=text.weakest(DOUBTED if text.is_draft else WEAK)[:20],
        case_names=_case_names(),
        method_names=_method_names(),
    )  # fmt: skip


def _case_names() -> dict[str, str]:
    return {
        "nomn": _("nominative"),
        "gent": _("genitive"),
        "datv": _("dative"),
        "accs": _("accusative"),
        "ablt": _("instrumental"),
        "loct": _("prepositional"),
    }


def _method_names() -> dict[str, str]:
    """Return what an editor is told of `Pin.method`."""
    return {
        "already": _("stood there"),
        "hinted": _("told to the engine"),
        "derived": _("a word made from it"),
        "alignment": _("found where the engine points"),
        "similarity": _("stood there misspelt"),
        "stand-in": _("translated with another name in its place"),
        "forced": _("stood there in another case"),
        "kept": _("left in Latin letters"),
        "undeclined": _("put in without an ending"),
    }


def _sections(text: ParallelText) -> list[Section]:
    rows = text.rows_of()
    return [
        Section(
            block.id,
            block.kind,
            block.level,
            block.ordinal,
            block.credit,
            block.text if block.kind is BlockKind.CODE else "",
            tuple(_sentence(row, block.marks) for row in rows.get(block.id, [])),
            block.text if block.kind is not BlockKind.CODE and not block.is_translated else "",
        )
        for block in (*_head(text.article), *text.article.blocks, *text.article.meta)
    ]


def _head(article: Article) -> Iterable[Block]:
    return [b for b in article.translatable() if b.id in ("section", "title", "place") or b.kind is BlockKind.CAPTION]


def _sentence(row: Row, marks: Sequence[Mark]) -> ShownRow:
    source = row.source_marks(marks)
    return ShownRow(
        row,
        runs(row.source, source, {p.source: p for p in row.pins}, [p.source for p in row.problems if p.source]),
        runs(row.target, row.marks, {p.target: p for p in row.pins}, [p.target for p in row.problems if p.target]),
        tuple(Like(one, runs(one.source, (), {}, one.differs)) for one in row.suggestions),
    )


_TAGS = {"strong": "strong", "emphasis": "em", "deleted": "del", "code": "code"}


def runs(text: str, marks: Sequence[Mark], pins: dict[Span, Pin], doubts: Sequence[Span]) -> tuple[Run, ...]:
    """Cut a sentence wherever its markup changes; spans that overlap are no trouble, those beyond the text are cut.

    A link over nothing becomes an arrow after the text.
    """
    spans = [*(mark.span for mark in marks), *pins, *doubts]
    edges = sorted({0, len(text), *(min(max(e, 0), len(text)) for s in spans for e in (s.start, s.stop))})
    made: list[Run] = []
    shown: set[int] = set()
    over_marks, over_pins, over_doubts = (
        covering(edges, some) for some in ([mark.span for mark in marks], list(pins), doubts)
    )
    bound = list(pins.values())
    for n, (start, stop) in enumerate(itertools.pairwise(edges)):
        over = [marks[m] for m in over_marks[n]]
        pin = bound[over_pins[n][0]] if over_pins[n] else None
        made.append(
            Run(
                text[start:stop],
                tuple(dict.fromkeys(_TAGS[m.kind] for m in over if m.kind in _TAGS)),
                next((safe_href(m.href) for m in over if m.kind == "link"), ""),
                pin if pin and id(pin) not in shown else None,
                pin is not None,
                bool(over_doubts[n]),
            )
        )
        shown |= {id(pin)} if pin else set()
    for mark in marks:
        if mark.span.start == mark.span.stop and mark.kind == "link" and safe_href(mark.href):
            made.append(Run(" ↗", href=safe_href(mark.href)))
    return tuple(made)


def safe_href(href: str) -> str:
    """Return a link's address if a browser may follow it: the web, mail, or a relative address; else ""."""
    bare = "".join(href.split()).lower()
    scheme, colon, _rest = bare.partition(":")
    if bare.startswith(_SAFE) or not colon or any(mark in scheme for mark in "/?#"):
        return href.strip()
    return ""
