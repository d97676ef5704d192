"""Inline markup carried over a sentence's translation: which Russian words the link was on.

Placeholders for tags around the words spoil a neural translation and are often lost, so the sentence is translated
without them and the words are found again afterwards: terms, addresses and aligned words are known; else the words of
the link are translated by themselves and looked for. A mark that is not found is never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import regex
from rapidfuzz import fuzz

from translate.article import Mark
from translate.engines import Link
from translate.messages import lazy_gettext
from translate.problems import Kind, Problem
from translate.spans import Span

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*")
# «крупнейшая плотина» and «крупнейшей плотины» are 83 alike without their endings; other words of a sentence below 60.
_ALIKE = 70


@dataclass(frozen=True, slots=True)
class Marked:
    """A translated sentence whose source bears marks.

    Args:
        source, target: the texts.
        marks: over `source`.
        known: pieces of both that belong together for certain: terms, kept pieces.
        links: the engine's alignment, in terms of `source` and `target`.
    """

    source: str
    target: str
    marks: tuple[Mark, ...]
    known: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """The marks over the target, and those that had to be left at its end or off."""

    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()


def carry(sentences: Sequence[Marked], render: Callable[[list[str]], list[str]]) -> list[Carried]:
    """Carry the marks of n sentences over to their translations.

    A link that is not found stands over nothing at the end of its sentence, where every format still shows it;
    emphasis that is not found is left off. Both are problems of the kind "markup".

    Args:
        sentences: translated.
        render: translates n short texts by themselves; called once, for what is not known otherwise.
    """
    placed = [[_place(sentence, mark) for mark in sentence.marks] for sentence in sentences]
    unknown = [
        (s, m)
        for s, spans in enumerate(placed)
        for m, span in enumerate(spans)
        if span is None and sentences[s].target and sentences[s].marks[m].span.of(sentences[s].source).strip()
    ]
    words = [sentences[s].marks[m].span.of(sentences[s].source) for s, m in unknown]
    for (s, m), rendering in zip(unknown, render(words) if words else [], strict=True):
        # «Министерства энергетики» for “Ministry of Energy and Water Resources”: a good part of it
        alike = _most_alike(rendering, sentences[s].target)
        placed[s][m] = alike or _on_known(sentences[s], sentences[s].marks[m], 0.4)
    return [_carried(sentence, spans) for sentence, spans in zip(sentences, placed, strict=True)]


def _place(sentence: Marked, mark: Mark) -> Span | None:
    """Find a mark by what is known for certain; None where nothing is."""
    source, target = sentence.source, sentence.target
    if source == target:
        return mark.span
    if mark.span.start == mark.span.stop or mark.kind == "break":
        at = _point(sentence, mark.span.start)
        return None if at is None else _blank(target, at) if mark.kind == "break" else Span(at, at)
    before, after = source[: mark.span.start], source[mark.span.stop :]
    if not _WORD.search(before) and not _WORD.search(after):
        start = len(before) if target.startswith(before) else 0
        return Span(start, max(_without(target, after), start))
    if known := _on_known(sentence, mark, 0.8):
        return known
    words = mark.span.of(source)
    if same := _same_words(source, target, mark.span):
        return same
    aligned = [link for link in sentence.links if link.source.overlaps(mark.span)]
    if aligned:
        span = _around(aligned)
        # Attention wanders: a single stray link would stretch a two-word anchor over the sentence.
        if len(_WORD.findall(span.of(target))) <= 2 * len(_WORD.findall(words)) + 1:
            return span
    return None


def _without(target: str, after: str) -> int:
    """Return where a translation ends without the marks that follow the last word of its source."""
    if target.endswith(after):
        return len(target) - len(after)
    return len(target.rstrip(".!?…")) if after[-1:] in ".!?…" else len(target)


def _same_words(source: str, target: str, span: Span) -> Span | None:
    """Find words that stand in both texts equally often: the second of two is the second."""
    words = span.of(source)
    if not words or target.count(words) != source.count(words):
        return None
    at = -1
    for _n in range(source.count(words, 0, span.stop)):
        at = target.find(words, at + 1)
    return Span(at, at + len(words)) if at >= 0 else None


def _point(sentence: Marked, at: int) -> int | None:
    """Find where a place between two words is: after what the word before it became, else before the one after it."""
    source, target = sentence.source, sentence.target
    before = [Span(word.start(), word.end()) for word in _WORD.finditer(source) if word.end() <= at]
    after = [Span(word.start(), word.end()) for word in _WORD.finditer(source) if word.start() >= at]
    if not before:
        return len(source[:at]) if target.startswith(source[:at]) else 0
    if not after:
        return _without(target, source[at:])
    if last := _word(sentence, before[-1]):
        gap = source[before[-1].stop : at]
        return last.stop + len(gap) if target.startswith(gap, last.stop) else last.stop
    following = _word(sentence, after[0])
    return following.start if following else None


def _word(sentence: Marked, word: Span) -> Span | None:
    """Find what one word became."""
    for links in (sentence.known, sentence.links):
        if found := [link for link in links if link.source.overlaps(word)]:
            return _around(found)
    return _same_words(sentence.source, sentence.target, word)


def _share(sentence: Marked, at: int) -> int:
    return len(sentence.target) * at // max(len(sentence.source), 1)


def _blank(target: str, at: int) -> Span | None:
    """Return the blank at a place or the next one after it."""
    blank = target.find(" ", max(at - 1, 0))
    return Span(blank, blank + 1) if blank > 0 else None


def _on_known(sentence: Marked, mark: Mark, least: float) -> Span | None:
    """Return where the known words of a mark are; None where they are a lesser part of its letters than `least`."""
    known = [link for link in sentence.known if link.source.overlaps(mark.span)]
    covered = sum(min(k.source.stop, mark.span.stop) - max(k.source.start, mark.span.start) for k in known)
    return _around(known) if known and covered >= least * (mark.span.stop - mark.span.start) else None


def _around(links: Sequence[Link]) -> Span:
    return Span(min(link.target.start for link in links), max(link.target.stop for link in links))


def _most_alike(rendering: str, target: str) -> Span | None:
    """Find the words of `target` most like a translation of the anchor alone, endings aside."""
    wanted = [_stem(word) for word in _WORD.findall(rendering)]
    places = list(_WORD.finditer(target))
    if not wanted:
        return None
    stems = [_stem(place[0]) for place in places]
    best, found = float(_ALIKE), None
    for size in {max(len(wanted) - 1, 1), len(wanted), len(wanted) + 1}:
        for at in range(len(stems) - size + 1):
            alike = fuzz.ratio(" ".join(wanted), " ".join(stems[at : at + size]), score_cutoff=best)
            if alike > best or (alike == best and size == len(wanted) and found is None):
                best, found = alike, Span(places[at].start(), places[at + size - 1].end())
    return found


def _stem(word: str) -> str:
    """Cut a Russian ending off roughly: «плотины» and «плотину» meet in «плоти»."""
    lower = word.lower().replace("ё", "е")
    return lower[: max(4, len(lower) - 2)]


def _carried(sentence: Marked, spans: Sequence[Span | None]) -> Carried:
    marks: list[Mark] = []
    problems: list[Problem] = []
    for mark, span in zip(sentence.marks, spans, strict=True):
        if span is not None:
            marks.append(replace(mark, span=span))
            continue
        words = mark.span.of(sentence.source)
        if mark.kind == "break":
            # better a break a word too early than a line that runs on
            if found := _blank(sentence.target, _share(sentence, mark.span.start)):
                marks.append(replace(mark, span=found))
            message = lazy_gettext("a line break of the source stands in this sentence where it may not belong")
        elif mark.kind in ("link", "image") or mark.span.start == mark.span.stop:
            end = len(sentence.target)
            marks.append(replace(mark, span=Span(end, end)))
            message = lazy_gettext("the link on “{words}” stands after the sentence: put it on its words", words=words)
            if not words:
                message = lazy_gettext("a note or an image of the source stands after the sentence: put it into place")
        else:
            message = lazy_gettext(
                "“{words}” is set apart ({kind}) in the source, and not here", words=words, kind=mark.kind
            )
        problems.append(Problem(Kind.MARKUP, message, source=mark.span))
    return Carried(tuple(sorted(marks, key=lambda m: (m.span.start, -m.span.stop))), tuple(problems))
