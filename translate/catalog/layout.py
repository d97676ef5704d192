"""A string with markup taken apart: sentences without their tags, and what stands between them.

“© 2024 Newsroom. <a>Privacy Policy</a>” is two texts, the second within a link; in “See our <a>Privacy Policy</a>.”
the link lies over words of one. Tags are no words: an engine that reads them loses them, or the words in them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from translate.catalog.placeholders import Piece, pieces
from translate.segments import split
from translate.spans import Span

_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
# Between these a sentence does not go on.
_BLOCK = re.compile(
    r"</?(?:br|hr|p|div|ul|ol|li|dl|dt|dd|h[1-6]|table|tr|td|th|tbody|thead|section|article|blockquote)\b", re.I
)
_SHOWN = {"&lt;", "&gt;"}  # of <file>, which a page must not take for a tag
# Letters that Russian sets otherwise, or that a page writes as they are.
_UNMADE = {"\u00a0", " ", '"', "'", "“", "”", "‘", "’", "«", "»", "&"}


@dataclass(frozen=True, slots=True)
class Element:
    """A tag with its end over words of a leaf.

    Args:
        open, close: the tags.
        span: the words, in terms of the leaf's text.
    """

    open: str
    close: str
    span: Span


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sentence of a string.

    Args:
        raw: as it stands there, tags and entities in it.
        text: without tags, entities as letters.
        elements: tags over words of `text`, outer ones first.
        kept: spans of `text` that are no language: placeholders, addresses, tags without words.
    """

    raw: str
    text: str
    elements: tuple[Element, ...] = ()
    kept: tuple[Span, ...] = ()

    def rebuilt(self, target: str, spans: Sequence[Span]) -> str:
        """Write a translation as the string had it: tags around their words, entities where the string has them.

        Args:
            target: of `text`.
            spans: of each element's words in `target`.
        """
        marks: list[tuple[int, int, str]] = []
        for order, (element, span) in enumerate(zip(self.elements, spans, strict=True)):
            marks += [(span.start, order, element.open), (span.stop, -order - 1, element.close)]
        entities = _entities(self.raw)
        done, at = "", 0
        for place, _order, tag in sorted(marks, key=lambda mark: (mark[0], mark[1] >= 0, mark[1])):
            done += _escaped(target[at:place], entities) + tag
            at = place
        return done + _escaped(target[at:], entities)


Layout = tuple[str | Leaf, ...]
"""What stands between the sentences, and the sentences."""


def lay_out(text: str, flags: Sequence[str] = ()) -> Layout:
    """Take a string apart, however deep its markup.

    Args:
        text: a msgid.
        flags: of its entry.
    """
    parts: list[str | Leaf] = []
    at = 0
    tags = [p for p in pieces(text, flags) if p.kind == "tag"]
    for tag in tags:
        if _BLOCK.match(tag.text):
            parts += _sentences(text[at : tag.span.start], flags)
            parts.append(tag.text)
            at = tag.span.stop
    parts += _sentences(text[at:], flags)
    return tuple(part for part in parts if part != "")


def _sentences(text: str, flags: Sequence[str]) -> Iterator[str | Leaf]:
    """Cut a run of text into its sentences; a sentence that is one element is cut within it."""
    elements = list(_elements(text, flags))
    at = 0
    for cut in [*_cuts(text, flags, elements), Span(len(text), len(text))]:
        yield from _sentence(text[at : cut.start], flags)
        yield text[cut.start : cut.stop]
        at = cut.stop


def _sentence(raw: str, flags: Sequence[str]) -> Iterator[str | Leaf]:
    core = raw.strip()
    if not core:
        yield raw
        return
    start = raw.index(core)
    yield raw[:start]
    edge = _bare_edge(core, flags)
    if edge is not None:
        yield from (core[: edge.start], *_sentence(core[edge.start : edge.stop], flags), core[edge.stop :])
        yield raw[start + len(core) :]
        return
    whole = next(_elements(core, flags), None)
    if whole is not None and whole.outer == Span(0, len(core)):
        inside = core[whole.inner.start : whole.inner.stop]
        yield core[: whole.inner.start]
        yield from _sentences(inside, flags) if inside.strip() else [inside]
        yield core[whole.inner.stop :]
    else:
        yield _leaf(core, flags)
    yield raw[start + len(core) :]


def _bare_edge(core: str, flags: Sequence[str]) -> Span | None:
    """Return what lies between tags without words at the ends, an icon mostly; None where there are none."""
    tags = [p.span for p in pieces(core, flags) if p.kind == "tag"]
    full = [pair for pair in _elements(core, flags) if _has_words(pair.inner.of(core), flags)]
    lone = [t for t in tags if not any(t.start in (f.outer.start, f.inner.stop) for f in full)]
    start, stop = 0, len(core)
    for tag in lone:
        start = tag.stop if not core[start : tag.start].strip() else start
    for tag in reversed(lone):
        stop = tag.start if tag.start >= start and not core[tag.stop : stop].strip() else stop
    return Span(start, stop) if (start or stop < len(core)) and start < stop else None


def _has_words(text: str, flags: Sequence[str]) -> bool:
    return bool(re.search(r"\w", _plain(text, flags).text))


@dataclass(frozen=True, slots=True)
class _Pair:
    """An element in a text: with its tags, and what is in it."""

    outer: Span
    inner: Span


def _elements(text: str, flags: Sequence[str]) -> Iterator[_Pair]:
    """Yield elements whose start and end stand in the text, outer ones first."""
    waiting: list[tuple[str, Piece]] = []
    found: list[_Pair] = []
    for piece in pieces(text, flags):
        if piece.kind != "tag" or piece.text.startswith("<!"):
            continue
        name = re.sub(r"^</?|[\s/>].*$", "", piece.text, flags=re.S).lower()
        if piece.text.startswith("</"):
            match = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == name), None)
            if match is not None:
                start = waiting[match][1].span
                found.append(_Pair(Span(start.start, piece.span.stop), Span(start.stop, piece.span.start)))
                del waiting[match:]
        elif name not in _VOID and not piece.text.endswith("/>"):
            waiting.append((name, piece))
    yield from sorted(found, key=lambda pair: (pair.outer.start, -pair.outer.stop))


def _cuts(text: str, flags: Sequence[str], elements: Sequence[_Pair]) -> Iterator[Span]:
    """Yield the gaps between sentences that lie in no element and no piece."""
    plain = _plain(text, flags)
    sentences = split(plain.text, "en")
    for before, after in pairwise(sentences):
        gap = Span(plain.places[before.stop - 1] + 1, plain.places[after.start])
        # Tags in the gap: those that end go with what is before, those that begin with what comes.
        ends = [p.outer.stop for p in elements if gap.start <= p.outer.stop <= gap.stop and p.outer.start < gap.start]
        starts = [p.outer.start for p in elements if gap.start <= p.outer.start <= gap.stop and p.outer.stop > gap.stop]
        start, stop = max([gap.start, *ends]), min([gap.stop, *starts])
        inside = any(p.outer.start < start and stop < p.outer.stop for p in elements)
        if start <= stop and not inside and not any(k.start < before.stop < k.stop for k in plain.kept):
            yield Span(start, stop)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text without its tags: for each letter its place in the text with them."""

    text: str
    places: tuple[int, ...]
    kept: tuple[Span, ...]


def _plain(text: str, flags: Sequence[str], *, keep: Sequence[Span] = ()) -> _Plain:
    """Take the tags out, entities read as letters; tags in `keep` stay, as pieces that are no language."""
    shown, places, kept, at = "", list[int](), list[Span](), 0
    for piece in pieces(text, flags):
        between = text[at : piece.span.start]
        shown += between
        places += range(at, piece.span.start)
        letters = piece.text
        if piece.kind == "tag" and piece.span not in keep:
            letters = ""
        elif piece.kind == "entity" and piece.text not in _SHOWN:
            letters = html.unescape(piece.text).replace("\u00a0", " ")
        elif piece.text != "%%":
            kept.append(Span(len(shown), len(shown) + len(letters)))
        shown += letters
        places += [piece.span.start] * (len(letters) - 1) + [piece.span.stop - 1] * bool(letters)
        at = piece.span.stop
    return _Plain(shown + text[at:], (*places, *range(at, len(text))), tuple(kept))


def _leaf(raw: str, flags: Sequence[str]) -> Leaf:
    pairs = [pair for pair in _elements(raw, flags) if _has_words(pair.inner.of(raw), flags)]
    edges = {
        edge for pair in pairs for edge in ((pair.outer.start, pair.inner.start), (pair.inner.stop, pair.outer.stop))
    }
    lone = [p.span for p in pieces(raw, flags) if p.kind == "tag" and (p.span.start, p.span.stop) not in edges]
    plain = _plain(raw, flags, keep=lone)
    elements = []
    for pair in pairs:
        inside = [n for n, place in enumerate(plain.places) if pair.inner.start <= place < pair.inner.stop]
        tags = raw[pair.outer.start : pair.inner.start], raw[pair.inner.stop : pair.outer.stop]
        elements.append(Element(*tags, Span(inside[0], inside[-1] + 1)))
    return Leaf(raw, plain.text, tuple(elements), plain.kept)


def _entities(raw: str) -> dict[str, str]:
    """Return the letters that a text writes as entities, but for those that Russian sets otherwise."""
    found = {html.unescape(name): name for name in re.findall(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w+);", raw)}
    return {letter: name for letter, name in found.items() if len(letter) == 1 and letter not in _UNMADE | {"<", ">"}}


def _escaped(text: str, entities: dict[str, str]) -> str:
    return "".join(entities.get(letter, letter) for letter in text)
