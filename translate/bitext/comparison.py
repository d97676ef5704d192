"""A comparison as one HTML page: our sentences beside the edition's, every difference in the colour of its kind.

An editor sees what the tool still does wrong, kind by kind: each can be shown alone. Nothing is loaded from outside,
and there is no script in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from translate.bitext.comparing import KINDS, Change, Comparison
from translate.messages import _
from translate.parallel.templates import template
from translate.spans import Span

_TEMPLATE = Path(__file__).with_name("comparison.html.j2")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; `kind` of the difference it is part of, "" where both are alike."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of both as the page shows it."""

    number: int
    ours: tuple[Piece, ...]
    edition: tuple[Piece, ...]
    differs: bool


def comparison_page(found: Comparison, title: str, ours: str, edition: str) -> str:
    """Return the page.

    Args:
        title: of the article.
        ours, edition: what both files are called.
    """
    counts = found.counts()
    return template(_TEMPLATE).render(
        _=_, found=found, lines=list(_lines(found)), title=title, ours=ours, edition=edition, names=_names(),
        kinds=[kind for kind in KINDS if counts[kind]], counts=counts,
    )  # fmt: skip


def _lines(found: Comparison) -> Iterator[Line]:
    for number, row in enumerate(found.rows, 1):
        ours = _pieces(row.ours, ((change.here, change) for change in row.changes))
        edition = _pieces(row.edition, ((change.there, change) for change in row.changes))
        yield Line(number, tuple(ours), tuple(edition), bool(row.changes))


def _pieces(text: str, changed: Iterable[tuple[Span, Change]]) -> Iterator[Piece]:
    at = 0
    for span, change in changed:
        if span.start > at:
            yield Piece(text[at : span.start])
        if span.start < span.stop:
            yield Piece(span.of(text), change.kind)
        at = max(at, span.stop)
    if at < len(text):
        yield Piece(text[at:])


def _names() -> dict[str, str]:
    """Return what each kind is called."""
    return {
        "term": _("name spelt otherwise"),
        "case": _("another form of the word"),
        "number": _("another figure"),
        "style": _("signs and capitals"),
        "wording": _("other words"),
        "omission": _("the edition leaves this out"),
        "addition": _("the edition adds this"),
    }
