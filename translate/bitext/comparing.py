"""What an edition says otherwise than our translation does, by kind: what the tool still does wrong.

Both are Russian; sentences are laid side by side as an edition beside its source, words by their lemmas. Where it
stops: which of two wordings is right, nobody says: the edition is taken for the better one.

Source: M. Popović, chrF: character n-gram F-score for automatic MT evaluation, 2015 (β = 2, n up to 6, as sacreBLEU).
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.article import Article
from translate.bitext.articles import breaks_of, places
from translate.bitext.beads import align
from translate.bitext.evidence import Breaks
from translate.inflection import lemmas
from translate.pinning.likeness import likeness
from translate.spans import Span

KINDS = ("term", "case", "number", "style", "wording", "omission", "addition")
_PIECE = regex.compile(r"\p{L}[\p{L}\p{M}’-]*|\d+(?:[.,\u00a0 ]\d+)*|[^\s\p{L}\d]")
_WORD = regex.compile(r"\p{L}")
_WORDS = regex.compile(r"\p{L}[\p{L}-]*")
_NAME = regex.compile(r"(?<=[\p{Ll}\d,] |«)\p{Lu}\p{Ll}[\p{L}-]+")
_ORDER, _BETA = 6, 2.0


@dataclass(frozen=True, slots=True)
class Change:
    """A difference: what we wrote and what the edition has there, either may be empty.

    Args:
        kind: "term" another spelling of a name, "case" another form of a word, "number" other figures, "style" signs
            and capitals alone, "wording" other words, "omission" what the edition left out, "addition" what it added.
        row: place of the sentence.
        here, there: where both stand in theirs, in code points.
    """

    kind: str
    ours: str
    edition: str
    row: int
    here: Span
    there: Span


@dataclass(frozen=True, slots=True)
class Compared:
    """A sentence of both."""

    ours: str
    edition: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two Russian articles side by side.

    Args:
        rows: their sentences.
        chrf: how much of the edition's letters ours has, 0 to 100.
        names: capitalised words of the edition inside sentences that ours has in the same place, and all of them.
    """

    rows: tuple[Compared, ...]
    chrf: float
    alike: int
    names: int

    def counts(self) -> dict[str, int]:
        """Return how often each kind of change was made."""
        found = Counter(change.kind for row in self.rows for change in row.changes)
        return {kind: found[kind] for kind in KINDS}


def compare(ours: Article, edition: Article) -> Comparison:
    """Lay our translation beside the edition and name every difference."""
    first, second = list(places(ours, "ru")), list(places(edition, "ru"))
    breaks = [breaks_of(side) for side in (first, second)]
    beads = align([p.text for p in first], [p.text for p in second], Breaks(*breaks), russian=True)
    rows = []
    for n, bead in enumerate(beads):
        texts = " ".join(p.text for p in first[bead.source]), " ".join(p.text for p in second[bead.target])
        rows.append(Compared(*texts, tuple(changes(*texts, row=n))))
    names = [name for row in rows for name in _names(row.edition)]
    alike = sum(_has(row.ours, name) for row in rows for name in _names(row.edition))
    score = chrf(" ".join(row.ours for row in rows), " ".join(row.edition for row in rows))
    return Comparison(tuple(rows), score, alike, len(names))


def _has(text: str, name: str) -> bool:
    """Tell whether a text has a name in any form."""
    return any(word == name or (word[0].isupper() and _one_lemma(word, name)) for word in _WORDS.findall(text))


def changes(ours: str, edition: str, row: int = 0) -> Iterator[Change]:
    """Yield the differences of two sentences, word by word."""
    if not ours or not edition:
        kind = "omission" if ours else "addition"
        yield Change(kind, ours, edition, row, Span(0, len(ours)), Span(0, len(edition)))
        return
    old, new = list(_PIECE.finditer(ours)), list(_PIECE.finditer(edition))
    blocks = difflib.SequenceMatcher(None, [m[0] for m in old], [m[0] for m in new], autojunk=False).get_opcodes()
    for tag, i, j, k, m in blocks:
        if tag == "equal":
            continue
        here, there = _run(old, i, j), _run(new, k, m)
        kind = _kind([x[0] for x in old[i:j]], [x[0] for x in new[k:m]])
        yield Change(kind, here.of(ours), there.of(edition), row, here, there)


def _run(pieces: Sequence[regex.Match[str]], start: int, stop: int) -> Span:
    """Return what pieces of a text cover; where there are none, the place between their neighbours."""
    if start < stop:
        return Span(pieces[start].start(), pieces[stop - 1].end())
    at = pieces[start - 1].end() if start else 0
    return Span(at, at)


def _kind(old: Sequence[str], new: Sequence[str]) -> str:
    words = [x for x in old if _WORD.match(x)], [x for x in new if _WORD.match(x)]
    figures = [x for x in old if x[0].isdigit()], [x for x in new if x[0].isdigit()]
    plain = [[regex.sub(r"\D", "", x) for x in side] for side in figures]
    if plain[0] != plain[1] and not (words[0] and words[1]):
        return "number"
    flat = [[_flat(x) for x in side] for side in words]
    if flat[0] == flat[1]:
        return "style"
    if len(words[0]) == len(words[1]):
        pairs = [(a, b) for a, b in zip(*words, strict=True) if _flat(a) != _flat(b)]
        if all(_one_lemma(a, b) for a, b in pairs):
            return "case"
        if all(_one_lemma(a, b) or (a[0].isupper() and b[0].isupper() and likeness(a, b) > 0.5) for a, b in pairs):
            return "term"
    if not new:
        return "omission"
    return "wording" if old else "addition"


def _flat(word: str) -> str:
    return word.lower().replace("ё", "е")


def _one_lemma(one: str, other: str) -> bool:
    first, second = ({lemma.text for lemma in lemmas(word.lower())} for word in (one, other))
    return bool(first & second)


def _names(sentence: str) -> list[str]:
    """Return the words with a capital that no sentence's start explains."""
    return [m[0] for m in _NAME.finditer(sentence)]


def chrf(ours: str, edition: str) -> float:
    """Return the character n-gram F-score of one text against another, 0 to 100; blanks left out."""
    first, second = ("".join(text.split()) for text in (ours, edition))
    precision, recall, orders = 0.0, 0.0, 0
    for n in range(1, _ORDER + 1):
        a = Counter(first[i : i + n] for i in range(len(first) - n + 1))
        b = Counter(second[i : i + n] for i in range(len(second) - n + 1))
        if not a or not b:
            continue
        same = (a & b).total()
        precision, recall, orders = precision + same / a.total(), recall + same / b.total(), orders + 1
    if not orders or not precision + recall:
        return 0.0
    p, r = precision / orders, recall / orders
    return 100 * (1 + _BETA**2) * p * r / (_BETA**2 * p + r)
