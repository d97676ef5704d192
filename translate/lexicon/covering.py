"""How much of a sentence its translation accounts for, word by word, by the lexicon.

Each content word that the lexicon knows asks for one of its translations on the other side; a word with a sure
translation weighs more than one that is put a dozen ways. A word counts as found also by a relative of its translation
(«энергетика» for «энергия»). Where it stops: idioms and free turns have no words to find, and a wrong sense that
happens to be in the lexicon is found like the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from translate.inflection import lemmas
from translate.lexicon.book import LIKELY, Candidate, Lexicon, lexicon
from translate.lexicon.english import lemmas_of, tokens

RUSSIAN = regex.compile(r"\p{Cyrillic}+(?:-\p{Cyrillic}+)*")
# Parts of speech that a sentence is about; «быть» and «мочь» are grammar as well.
CONTENT = frozenset(["NOUN", "PROPN", "ADJ", "VERB", "ADV", "NUM"])
GRAMMAR = frozenset(Path(__file__).with_name("function_ru.txt").read_text(encoding="utf-8").split())
WORTH = 0.05
"""A candidate is looked for if it has this share either way: less likely ones are found in any long sentence."""
LONGEST = 40
"""Letters of a word that are compared; a line of 200,000 letters without a blank is no word."""
RELATIVE = 5
"""Letters that relatives begin with: энерг-ия, энерг-етика."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A word with nothing on the other side, in code points of its sentence.

    Args:
        name: a capital inside the sentence: a name, or part of a title.
    """

    start: int
    stop: int
    text: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence of the two.

    Args:
        weight: what its known content words weigh together, at most one each.
        found: what those weigh that have something on the other side.
        missing: known words with nothing there.
        unknown: content words that the lexicon does not know, and names without the translation it has for them:
            "Hazard" is no danger.
    """

    weight: float
    found: float
    missing: tuple[Unmatched, ...]
    unknown: tuple[Unmatched, ...]

    @property
    def share(self) -> float:
        """How much is found, 0 to 1; 1 where nothing is known."""
        return self.found / self.weight if self.weight else 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Source and target, each looked for in the other."""

    source: Side
    target: Side

    @property
    def share(self) -> float:
        """How much of both is accounted for, 0 to 1: .74 for NTREX’s pairs on average, .09 for wrong ones."""
        weight = self.source.weight + self.target.weight
        return (self.source.found + self.target.found) / weight if weight else 1.0


def coverage(source: str, target: str, book: Lexicon | None = None) -> Coverage:
    """Look for the content words of an English sentence in its Russian translation, and the other way.

    Args:
        source, target: sentences, NFC; longer texts dilute: any word is found in a page.
    """
    book = book or lexicon()
    first = [_word(t.start, t.stop, source) for t in tokens(source) if t.is_content]
    russian = [_word(m.start(), m.end(), target) for m in RUSSIAN.finditer(target)]
    second = [word for word in russian if _is_content(word.text)]
    there = _wanted(lemma for word in russian for lemma in _lemmas(word.text))
    back = _wanted(form for token in tokens(source) for form in (token.form, *_heads(book, token.form)))
    return Coverage(
        _side(first, [book.translations(word.text) for word in first], there),
        _side(second, [book.reverse(word.text) for word in second], back),
    )


def _word(start: int, stop: int, text: str) -> Unmatched:
    before = text[:start].rstrip(" \"'«“‘„(—–-")
    return Unmatched(
        start, stop, text[start:stop], text[start].isupper() and bool(before) and before[-1] not in ".?!…:"
    )


def _side(words: Sequence[Unmatched], options: Sequence[tuple[Candidate, ...]], there: frozenset[str]) -> Side:
    weight = found = 0.0
    missing, unknown = [], []
    for word, candidates in zip(words, options, strict=True):
        worth = [c for c in candidates if max(c.probability, c.backward) >= WORTH]
        share = min(1.0, sum(c.probability for c in worth))
        if any(c.lemma in there or c.lemma[: _stem(c.lemma)] + "…" in there for c in worth):
            weight += share
            found += share
        elif word.name or not worth:
            unknown.append(word)
        else:
            weight += share
            missing.append(word)
    return Side(weight, found, tuple(missing), tuple(unknown))


def _stem(lemma: str) -> int:
    """Return how many letters of a lemma its relatives begin with; all of a short one."""
    return max(RELATIVE, len(lemma) * 2 // 3)


def _wanted(words: Iterable[str]) -> frozenset[str]:
    """Return words to look among, and their beginnings, marked as such."""
    found = set(words)
    return frozenset(found | {f"{w[:n]}…" for w in found for n in range(RELATIVE, min(len(w), LONGEST) + 1)})


def _lemmas(word: str) -> list[str]:
    return [lemma.text for lemma in lemmas(word.lower()) if lemma.probability >= LIKELY]


def _is_content(word: str) -> bool:
    readings = lemmas(word.lower())
    return len(word) > 1 and bool(readings) and readings[0].pos in CONTENT and readings[0].text not in GRAMMAR


def _heads(book: Lexicon, word: str) -> tuple[str, ...]:
    head = book.head(word)
    return (book.heads[head],) if head >= 0 else tuple(lemmas_of(word))
