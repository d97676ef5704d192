"""How one name of the source is rendered across an article: the same person under two Russian spellings.

For names that no glossary has, nothing says which spelling is right, but an article that writes Усманов and Османов
for one Usmanov is wrong in one of them. In each sentence with the name, the Russian word most like it is taken for its
rendering, and two renderings are one where endings alone tell them apart.
Where it stops: only a word of its own is followed (a surname, a town of one word), and what is rendered by meaning or
by an adjective is not seen at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.glossary.unknown import Unknown
from translate.pinning.likeness import likeness
from translate.spans import Span

_WORD = regex.compile(r"(?<![\p{L}\d-])\p{Cyrillic}[\p{Cyrillic}\p{M}]{2,}(?![\p{L}\d-])")
# «Крымского» for Crimea, «Олимпийские» for Olympics: made from a name, and no rendering to compare.
_ADJECTIVE = regex.compile(r"(?:[сц]к|[аеиоя]н|льн|н)(?:ий|ый|ого|ому|им|ым|ом|ая|ой|ую|ое|ие|ые|их|ых|ими|ыми)$")
_ENGLISH = regex.compile(r"\p{Lu}\p{Latin}{2,}")
_NAME = r"(?<![\p{{L}}\d’'-])(?:{0})(?![\p{{L}}\d-])"
_SKY = regex.compile(r"[sc]?k[iyj]{1,2}$|aya$")
# What a declension adds to a stem, or takes from it.
_ENDINGS = sorted(
    """
    а у ом ым е ы и ой ою ей ю я ь ью й ям ами ами ов ев ам ах ях ем ём им ого ому ый ий ая яя ую юю их ых ия ии ию ием
    ией иям иями иях ий ья ьи ье ью ьей ьём ьем о ии
    """.split(),  # noqa: SIM905
    key=len,
    reverse=True,
)
# The least likeness of a rendering: of 29 names flagged in 599 documents of human translation (6,516 names followed)
# 24 are the translators’ own slips.
LEAST = 0.66


@dataclass(frozen=True, slots=True)
class Rendering:
    """A Russian word that stands for a name: the row's place in the article, and the span in its target."""

    row: int
    span: Span
    word: str


@dataclass(frozen=True, slots=True)
class Spread:
    """A name with more than one rendering.

    Args:
        name: the English word.
        usual: the rendering that most rows have, the first where equal.
        others: those that are no form of it.
    """

    name: str
    usual: Rendering
    others: tuple[Rendering, ...]


def followed(names: Iterable[Unknown]) -> list[str]:
    """Return the word of each name by which it can be followed: a surname, a place of one word."""
    words = [(name.kind, name.name.split()) for name in names]
    last = [parts[-1] for kind, parts in words if kind == "person" or (kind == "place" and len(parts) == 1)]
    return [word for word in dict.fromkeys(last) if len(word) > 3 and word.isalpha()]


def spreads(names: Sequence[str], rows: Sequence[tuple[str, str]]) -> Iterator[Spread]:
    """Yield the names that are rendered in more than one way.

    Args:
        names: English words, capitals as in the text.
        rows: source and target of each sentence.
    """
    for name in dict.fromkeys(names):
        pattern = regex.compile(_NAME.format(regex.escape(name)))
        found = [
            rendering
            for n, (source, target) in enumerate(rows)
            if pattern.search(source)
            for rendering in renderings(name, n, source, target)
        ]
        groups: list[list[Rendering]] = []
        for one in found:
            home = next((group for group in groups if any(same(one.word, other.word) for other in group)), None)
            if home is None:
                groups.append([one])
            else:
                home.append(one)
        if len(groups) > 1:
            usual = max(groups, key=len)
            yield Spread(name, usual[0], tuple(r for group in groups if group is not usual for r in group))


def renderings(name: str, row: int, source: str, target: str) -> list[Rendering]:
    """Return the capitalised word most like a name, if it is like enough and no more like another name there."""
    words = [Rendering(row, Span(m.start(), m.end()), m[0]) for m in _WORD.finditer(target) if m[0][0].isupper()]
    if not _SKY.search(name):
        words = [word for word in words if not _ADJECTIVE.search(word.word)]
    best = max(words, key=lambda word: _alike(word.word, name), default=None)
    if best is None or _alike(best.word, name) < LEAST:
        return []
    # “Moore, Murray”: where one is left out in Russian, the other is not taken for it
    rivals = [m[0] for m in _ENGLISH.finditer(source) if m[0] != name]
    return [] if any(_alike(best.word, rival) >= _alike(best.word, name) for rival in rivals) else [best]


def _alike(word: str, name: str) -> float:
    return max(likeness(stem, name) for stem in stems(word))


def stems(word: str) -> set[str]:
    """Return what may be the stem of a form: Усмановым → усмановым, усманов."""
    low = word.casefold().replace("ё", "е")
    return {low, *(low[: -len(e)] for e in _ENDINGS if low.endswith(e) and len(low) - len(e) > 1)}


def same(one: str, other: str) -> bool:
    """Tell whether two words may be forms of one name."""
    return not stems(one).isdisjoint(stems(other))
