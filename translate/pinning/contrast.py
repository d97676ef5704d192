"""Where the engine itself rendered a term that nothing in the draft resembles: «Квинсленд» for Chile.

The draft is scored twice, as a translation of the sentence and of the sentence with a stand-in for the term. The words
that the second makes far less likely are owed to the term. That takes a fifth to a third of the time of translating
again, and the draft stays as it is. Where no word is owed to the term, the model left it out, and only another
translation helps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from translate.engines import Contrast, WordLoss
from translate.glossary import TermMatch
from translate.inflection import Word, read_words
from translate.pinning.likeness import likeness
from translate.pinning.locating import CLOSE, OPEN, begins, is_relational
from translate.pinning.standins import StandIn, choose, swap
from translate.spans import Span

# On 38 sentences of NTREX in which the draft engine garbled a term or left it out, the word owed to it loses 5 nats or
# more (once 3.9), 36 at most; where it was left out, no name loses more than 4.
STRONG = 5.0
BESIDE = 2.0
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]+")
_ANOTHER_NAME = 0.6
_NOMINAL = ("NOUN", "PROPN", "ADJ", "X")


def question(match: TermMatch, text: str, matches: Sequence[TermMatch], draft: str) -> Contrast | None:
    """Return what to ask the engine about a term, None where it has no stand-in or no word can be a name.

    Args:
        match: the term.
        text: the source sentence.
        matches: all its terms.
        draft: its translation.
    """
    (standin,) = choose([match], text)
    words = read_words(draft)
    size = len(match.target.split())
    named = [n for n, word in enumerate(words) if _may_name(match, word, draft)]
    # «В резервуар "Некрет"»: of a longer term, words in lower case beside a name count too
    near = {k for n in named for k in range(n - size + 1, n + size) if 0 <= k < len(words)} if size > 1 else {*named}
    if standin is None or not near:
        return None
    standins: list[StandIn | None] = [standin if m is match else None for m in matches]
    return Contrast(text, swap(text, matches, standins).text, draft, tuple(words[n].span for n in sorted(near)))


def _may_name(match: TermMatch, word: Word, draft: str) -> bool:
    piece = word.span.of(draft)
    if match.paradigm().kind == "place" and is_relational(piece):
        return True
    # At the start every word has a capital: «Житель Костаная»
    plain = begins(draft, word.span.start) and " " not in match.target
    return piece[0].isupper() and word.pos in (("PROPN", "X") if plain else _NOMINAL)


def rendering(match: TermMatch, asked: Contrast, losses: Sequence[WordLoss]) -> Span | None:
    """Return the words of a draft that the engine put for a term, None if it is not sure that any were.

    Args:
        match: the term.
        asked: the question.
        losses: the engine's answer.
    """
    draft = asked.target
    words = read_words(draft)
    nats = [max((loss.nats for loss in losses if loss.span.overlaps(word.span)), default=0.0) for word in words]
    runs = [run for run in _runs(match, draft, words, nats) if any(_may_name(match, words[n], draft) for n in run)]
    best = max(runs, key=lambda run: (max(nats[n] for n in run), sum(nats[n] for n in run)), default=range(0))
    if not best or max(nats[n] for n in best) < STRONG:
        return None
    span = _with_closing_mark(Span(words[best[0]].span.start, words[best[-1]].span.stop), draft)
    return None if _is_another(match, asked.source, span.of(draft)) else span


def _with_closing_mark(span: Span, draft: str) -> Span:
    """Take in the mark that closes a quotation begun among the words: «в резервуар "Некрет"»."""
    opened = sum(mark in OPEN for mark in span.of(draft))
    closes = opened == 1 and draft[span.stop : span.stop + 1] in tuple(CLOSE)
    return Span(span.start, span.stop + closes)


def _runs(match: TermMatch, draft: str, words: Sequence[Word], nats: Sequence[float]) -> Iterator[range]:
    """Yield runs of words owed to a term: as many as its lemma has, a word more if it is none of a single word."""
    size = len(match.target.split())
    person = match.paradigm().kind == "person"
    for first in range(len(words)):
        for last in range(first, min(len(words), first + size + (size > 1 and not person))):
            word = words[last]
            between = draft[words[last - 1].span.stop : word.span.start] if last > first else " "
            if word.pos not in _NOMINAL or between.strip(' \u00a0«"'):
                break
            # «Эмма Стоун»: given “Эмма”, the surname is likely whoever was meant
            named = person and word.span.of(draft)[0].isupper()
            if nats[last] < BESIDE and not (last > first and named):
                break
            if size == 1 and not _may_name(match, word, draft):
                break  # «в штате Ирландии» for “in Iowa”: штат may stay
            yield range(first, last + 1)


def _is_another(match: TermMatch, text: str, piece: str) -> bool:
    """Tell whether a piece is another name of the sentence: «Гааге» for “The Hague” is not Чили, whatever it loses."""
    others = [m[0] for m in _NAME.finditer(text) if not Span(m.start(), m.end()).overlaps(match.span)]
    return any(likeness(piece, other) >= _ANOTHER_NAME for other in others)
