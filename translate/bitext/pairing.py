"""Which Russian article is the edition of which English one, in folders where nobody wrote it down.

Files that are called alike belong together ("story.md" and "story.ru.md"). The rest is compared by what stands in
them: names, figures and the words of the lexicon, each weighing the more the fewer articles have it; a like date counts
too. Two articles are a couple if each is the other's best, and clearly so. Where it stops: two pieces of one day about
one event may both be like one edition; those are left alone and named.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from translate.article import Article, read_article
from translate.bitext.evidence import english_tokens, russian_tokens
from translate.errors import ArticleError
from translate.messages import _

ENDINGS = (".txt", ".md", ".markdown", ".mdown", ".mdx", ".html", ".htm", ".xhtml", ".docx")
LIKE = 0.15
"""Two articles are no couple below this: of 300 right couples of 12 sentences of news two were less alike, and of 150
without a counterpart one was more."""
CLEARLY = 1.3
"""… and not unless the second best is so much less like."""
_LANGUAGE = regex.compile(r"[._-](?:en|eng|ru|rus|english|russian)$|^(?:en|eng|ru|rus)[._-]", regex.I)


@dataclass(frozen=True, slots=True)
class Couple:
    """An article and its edition, and how alike they are, 0 to 1; 1 where their names say it."""

    source: Article
    target: Article
    likeness: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """The couples found, and what is left alone."""

    couples: tuple[Couple, ...]
    alone: tuple[Path, ...]


def pair_files(source: Path, target: Path | None = None) -> Pairing:
    """Find the couples of two folders, or of one that holds both languages.

    Raises:
        ArticleError: a folder holds no article, or a file cannot be read.
    """
    if target is None:
        found = [read_article(path) for path in _files(source)]
        first = [article for article in found if not is_russian(article)]
        second = [article for article in found if is_russian(article)]
    else:
        first = [read_article(path) for path in _files(source)]
        second = [read_article(path) for path in _files(target)]
    return pair_articles(first, second)


def pair_articles(first: Sequence[Article], second: Sequence[Article]) -> Pairing:
    """Find the couples of English and Russian articles."""
    couples = list(_namesakes(first, second))
    taken = {id(couple.source) for couple in couples} | {id(couple.target) for couple in couples}
    rest = [a for a in first if id(a) not in taken], [a for a in second if id(a) not in taken]
    couples += _alike(*rest, background=[*first, *second])
    taken |= {id(couple.source) for couple in couples} | {id(couple.target) for couple in couples}
    order = {id(article): n for n, article in enumerate(first)}
    couples.sort(key=lambda couple: order[id(couple.source)])
    return Pairing(tuple(couples), tuple(a.path for a in (*first, *second) if id(a) not in taken))


def is_russian(article: Article) -> bool:
    """Tell whether an article is written in Cyrillic."""
    text = " ".join(block.text for block in article.translatable())
    return len(regex.findall(r"\p{Cyrillic}", text)) > len(regex.findall(r"\p{Latin}", text))


def _files(folder: Path) -> list[Path]:
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
    if not found:
        raise ArticleError(
            _("no articles in this folder"), path=folder, hint=_("Articles end in .txt, .md, .html or .docx.")
        )
    return found


def _namesakes(first: Sequence[Article], second: Sequence[Article]) -> Iterable[Couple]:
    names: dict[str, list[Article]] = {}
    for article in second:
        names.setdefault(_name(article.path), []).append(article)
    own = Counter(_name(article.path) for article in first)
    for article in first:
        like = names.get(_name(article.path), [])
        if len(like) == 1 and own[_name(article.path)] == 1:
            yield Couple(article, like[0], 1.0)


def _name(path: Path) -> str:
    stem = path.name.removesuffix(path.suffix)
    return str(_LANGUAGE.sub("", stem)).lower()


def _alike(first: Sequence[Article], second: Sequence[Article], background: Sequence[Article]) -> list[Couple]:
    keys = {id(article): _keys(article) for article in background}
    weights: dict[object, float] = {}
    for side in ([a for a in background if not is_russian(a)], [a for a in background if is_russian(a)]):
        spread = Counter(key for article in side for key in keys[id(article)])
        for key, count in spread.items():
            rare = math.log((len(side) + 1) / count) ** 2
            weights[key] = min(rare, weights.get(key, rare))
    scores = _likenesses([keys[id(a)] for a in first], [keys[id(b)] for b in second], weights)
    beside = [sorted(row, reverse=True)[:2] for row in scores]
    below = [sorted(column, reverse=True)[:2] for column in zip(*scores, strict=True)]
    couples = []
    for i, row in enumerate(scores):
        for j, score in enumerate(row):
            rivals = [value for best in (beside[i], below[j]) for value in _others(best, score)]
            if score >= LIKE and score >= CLEARLY * max(rivals, default=0.0):
                couples.append(Couple(first[i], second[j], score))
    return couples


def _others(best: Sequence[float], own: float) -> list[float]:
    """Return the two best scores without one that is `own`."""
    left = list(best)
    if own in left:
        left.remove(own)
    return left


def _likenesses(
    first: Sequence[frozenset[object]], second: Sequence[frozenset[object]], weights: Mapping[object, float]
) -> list[list[float]]:
    """Return how much of what is rare in both stands in both, 0 to 1: cosines over inverse document frequencies."""
    places: dict[object, list[int]] = {}
    for j, keys in enumerate(second):
        for key in keys:
            places.setdefault(key, []).append(j)
    sizes = [math.sqrt(sum(weights[key] for key in keys)) or 1.0 for keys in second]
    scores = []
    for keys in first:
        row = [0.0] * len(second)
        for key in keys:
            for j in places.get(key, ()):
                row[j] += weights[key]
        size = math.sqrt(sum(weights[key] for key in keys)) or 1.0
        scores.append([value / size / other for value, other in zip(row, sizes, strict=True)])
    return scores


def _keys(article: Article) -> frozenset[object]:
    """Return what an article shares with its translation: names, figures, the words of either in Russian, its date."""
    tokens = russian_tokens if is_russian(article) else english_tokens
    found: set[object] = {"date " + article.date} if article.date else set()
    for block in article.translatable():
        for token in tokens(block.text):
            # the likeliest translations alone: a tenth of a chance of a word says nothing about an article
            found.update(sorted(token.keys, key=lambda key: -token.keys[key])[:3])
    return frozenset(found)
