"""A term of several words owns its whole noun phrase: nothing of the engine's own rendering is left beside it.

«в районе Ташкентская область» for “Tashkent region”, «Государственный комитет национальной безопасности по национальной
безопасности»: the engine's word for the head, or half of its phrase, stands beside what the term has put right. And
«в регионе Ташкента» is the term, though only half of it looks like one.
Where it stops: a word that the English has beside the term too (“districts of Tashkent region”) is not the term's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from translate.inflection import Paradigm, is_form_of
from translate.pinning.likeness import letters
from translate.pinning.record import Place
from translate.spans import Span

# What an engine may put for the head of a term; the first of a row is as glossaries have it.
_ROWS = """
область регион район провинция округ край штат зона территория
район округ область регион уезд
город городок
село деревня посёлок
река речка
озеро водоём
водохранилище резервуар
море
долина
гора пик вершина
пик вершина гора
перевал
остров
канал
республика государство
министерство ведомство департамент министр
комитет комиссия совет департамент служба
комиссия комитет
совет комитет
служба агентство управление
агентство управление служба
управление департамент отдел
суд трибунал
банк
фонд
университет институт
институт университет
партия
союз
организация
парламент
газета
""".strip().split("\n")
HEADS: dict[str, tuple[str, ...]] = {row.split()[0]: tuple(row.split()) for row in _ROWS}
_ENGLISH_HEADS = regex.compile(
    r"\b(?:regions?|districts?|areas?|provinces?|counties|county|states?|zones?|territor(?:y|ies)|villages?|towns?|cit(?:y|ies)"
    r"|rivers?|lakes?|ministr(?:y|ies)|ministers?|committees?|commissions?|councils?|departments?|agenc(?:y|ies)|services?"
    r"|courts?|banks?|funds?|universit(?:y|ies)|institutes?|part(?:y|ies)|unions?|organi[sz]ations?|newspapers?)\b",
    regex.IGNORECASE,
)
OPEN, CLOSE = ("«", "„", "“", '"'), ("»", "“", "”", '"')
_LINKS = frozenset("по за в на и для с от о об".split())  # noqa: SIM905
_HALF = 0.8
_LEAST = 4  # letters of a word that is told from another by its dictionary form


def headed(term: Paradigm, text: str, words: Sequence[Span]) -> Iterator[Place]:
    """Yield a head word of the kind and a name beside it that the term's adjective is made from, in either order.

    «в регионе Ташкента», «в Ташкентском регионе» for Ташкентская область, «Нарынская река» for река Нарын.
    """
    own = term.lemma.split()
    if len(own) != 2 or term.kind != "place":
        return
    at = next((n for n, word in enumerate(own) if word in HEADS), None)
    if at is None:
        return
    stem = letters(own[1 - at]).rstrip("аеиоу")
    stem = regex.sub(r"ск$", "", stem) if stem.endswith("ск") else stem
    for n, span in enumerate(words):
        if not is_head(span.of(text), own[at]):
            continue
        for beside in (n - 1, n + 1):
            if 0 <= beside < len(words) and _touch(text, span, words[beside]):
                word = words[beside].of(text)
                if word[0].isupper() and len(stem) > 2 and letters(word).startswith(stem[: max(3, len(stem) - 2)]):
                    both = Span(min(span.start, words[beside].start), max(span.stop, words[beside].stop))
                    yield Place(both, _HALF, "similarity", head=span)


def whole(place: Place, term: Paradigm, text: str, english: str, taken: Sequence[Span]) -> Place:
    """Return a place widened by the words beside it that are the engine's own rendering of the term.

    Args:
        place: where the term was found.
        text: the draft.
        english: what stands before and behind the term in the source.
        taken: the places of the other terms.
    """
    own = [word for word in term.lemma.split() if len(word) >= _LEAST]
    if " " not in term.lemma or place.noun or place.method == "derived":
        return place
    words = [Span(m.start(), m.end()) for m in regex.finditer(r"[\p{L}\p{M}-]+", text)]
    free = [w for w in words if not any(w.overlaps(span) for span in taken)]
    head = None if _ENGLISH_HEADS.search(english) else next((word for word in own if word in HEADS), None)
    span, headed_by = place.span, place.head
    opened, closed = text[span.start - 1 : span.start], text[span.stop : span.stop + 1]
    if "«" in term.lemma and opened in OPEN and closed in CLOSE:  # «газета „Эркин-Тоо“»
        span = Span(span.start - 1, span.stop + 1)
    before = [w for w in free if w.stop <= span.start]
    if before and _touch(text, before[-1], span):
        word = before[-1].of(text)
        if (head and is_head(word, head)) or _is_own(word, own):
            span, headed_by = Span(before[-1].start, span.stop), before[-1]
    behind = [w for w in free if w.start >= span.stop]
    span = Span(span.start, _end(text, span.stop, behind, own, head))
    return (
        place
        if span == place.span
        else replace(place, span=span, head=headed_by, core=place.core or place.span, score=min(place.score, 0.97))
    )


def _end(text: str, stop: int, words: Sequence[Span], own: Sequence[str], head: str | None) -> int:
    """Return where the words behind a term end that say its own again: «… по национальной безопасности»."""
    at = end = stop
    for n, word in enumerate(words):
        if text[at : word.start].strip(" \u00a0"):
            break
        piece = word.of(text)
        if _is_own(piece, own) or (n == 0 and head and is_head(piece, head)):
            end = word.stop
        elif piece.lower() not in _LINKS:
            break
        at = word.stop
    return end


def is_head(word: str, head: str) -> bool:
    """Tell whether a word is a form of a head word or of what an engine puts for it."""
    return any(is_form_of(word.lower(), other) for other in HEADS.get(head, ()))


def _is_own(word: str, own: Sequence[str]) -> bool:
    return len(word) >= _LEAST and any(is_form_of(word.lower(), mine.lower()) for mine in own)


def _touch(text: str, one: Span, other: Span) -> bool:
    first, second = sorted((one, other), key=lambda span: span.start)
    return text[first.stop : second.start] in (" ", "\u00a0")
