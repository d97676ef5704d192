"""Which words an engine is told before it translates, and in which form.

A model that is given «Атамбаев» in the place of “Atambayev” copies the name and declines it; it need not be found
again under another spelling. Told are the terms of the glossary, the words whose Russian the glossary wishes (policy
`hint`), and words that the model has seen so rarely that the lexicon knows them better: “dam” alone gives «дверь».

All stand in their dictionary form, plural for plural: a case guessed from the English side is copied as it stands where
the guess is wrong (docs/why/pinning.md has the figures). Where it stops: the lexicon knows no senses, so a word that
may be several things is left to the model.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from translate import lexicon
from translate.engines import Hint
from translate.glossary import Policy, TermMatch
from translate.inflection import Slot, paradigm
from translate.inflection.agreement import agreeing_adjective
from translate.inflection.dictionary import is_known
from translate.lexicon import Candidate
from translate.pinning.likeness import likeness
from translate.pinning.locating import begins
from translate.spans import Span

_WORD = regex.compile(r"(?<![\p{L}\p{M}\d_'’-])\p{Ll}{4,}(?![\p{L}\p{M}\d_'’-])")
# “villages”; not “gas”, “status”, “press”
_PLURAL = regex.compile(r"\p{Ll}{2,}(?<![siu])s$")
# “Tajik villages”, “Kyrgyz and Kazakh farmers”; not “in Tajik.”, “Tajik and”
_NO_NOUN = """
    of in on at to by for with from as is was are were has had who that or than but not will would can could may
    said says did do does
"""
_NOUN_BEHIND = regex.compile(rf" (?!(?:{'|'.join(_NO_NOUN.split())})\b)\p{{L}}")
_AND = regex.compile(r" (?:and|or) ")
_BEHIND = regex.compile(r" (\p{Ll}{3,})\b")
_VERBAL = regex.compile(r"(?:ly|ing|ed)$")
_ADJECTIVE = regex.compile(r"(?:ый|ий|ой)$")

_SPOILT = regex.compile(r"(?<!\p{L})\p{L}{3,}?к(ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)(?!\p{L})")
# «узбецкое» .83, «узбекиские» .89, «узбекитянские» .68, «аугурский» .88 for уйгурский; of words «корейских» is .79 like
# кыргызских, but those the dictionary has.
ALIKE = 0.66

# Of a rare word's candidates: how likely the first must be, how well it must answer back, how likely another may be.
SURE = 0.6
ANSWERS = 0.4
DOUBT = 0.12
# A noun that only lends its gender to the adjective before it need not be as sure.
LIKELY = 0.3


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell an engine about a sentence.

    Args:
        text: the sentence.
        matches: its terms.
        wishes: the words whose Russian is wished.
        kept: spans that are never translated.
    """

    text: str
    matches: Sequence[TermMatch] = ()
    wishes: Sequence[TermMatch] = ()
    kept: Sequence[Span] = ()


def hints(told: Told, rare: int = 0) -> tuple[Hint, ...]:
    """Return what to tell an engine of a sentence, in its order.

    Args:
        told: the sentence.
        rare: words that the engine's model has seen fewer times are told from the lexicon; 0 for none.
    """
    # what stays in Latin letters stands there already
    terms = [Hint(m.span, m.target, _form(m)) for m in told.matches if m.term.policy is not Policy.KEEP and m.target]
    fitting = [wish for wish in told.wishes if _fits(told, wish)]
    taken = [match.span for match in (*told.matches, *fitting)] + list(told.kept)
    words = list(_rare(told.text, rare, taken)) if rare else []
    wishes = [Hint(wish.span, wish.target, _form(wish)) for wish in fitting]
    adjectives = {wish.span for wish in fitting if _is_adjective(wish)} | {w.hint.span for w in words if w.pos == "ADJ"}
    every = sorted([*terms, *wishes, *(word.hint for word in words)], key=lambda hint: hint.span.start)
    return tuple(_at_start(hint, told.text) for hint in _agreed(told.text, every, adjectives))


def _form(match: TermMatch) -> str:
    """Return the nominative in the number of the English word: «айыл» for “ayil”, «айылы» for “ayils”."""
    own = match.paradigm()
    return own.form("nomn", match.number) if match.number and match.number != own.number else ""


def _fits(told: Told, wish: TermMatch) -> bool:
    """Tell whether a wish is meant: a word of its own, an adjective before its noun."""
    text, span = told.text, wish.span
    if "-" in (text[span.start - 1 : span.start], text[span.stop : span.stop + 1]) or wish.possessive:
        return False  # “cash-strapped”, “Tajik-born”
    if not _is_adjective(wish):
        return True
    if wish.number or _NOUN_BEHIND.match(text, span.stop) is None:  # “Tajiks”, “in Tajik”
        return False
    if (joined := _AND.match(text, span.stop)) is None:
        return True
    # “Kyrgyz and Kazakh farmers”
    return any(other.span.start == joined.end() and _fits(told, other) for other in told.wishes)


def _is_adjective(wish: TermMatch) -> bool:
    return wish.term.kind == "demonym" and _ADJECTIVE.search(wish.target) is not None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the lexicon's that is to be told, and its part of speech."""

    hint: Hint
    pos: str


def _rare(text: str, rare: int, taken: Collection[Span]) -> Iterator[_Word]:
    """Yield nouns and adjectives that the model has hardly seen and the lexicon is sure of."""
    for found in _WORD.finditer(text):
        span = Span(found.start(), found.end())
        if lexicon.count(found[0]) >= rare or any(map(span.overlaps, taken)):
            continue
        if (word := _sure(span, found[0])) and not (word.pos == "NOUN" and _is_before_noun(text, span)):
            yield word


def _sure(span: Span, word: str) -> _Word | None:
    """Return the Russian for a word, None where the lexicon is not sure of one."""
    first, *others = lexicon.translations(word) or (Candidate("", "", 0, 0),)
    doubts = [other.probability for other in others if other.pos in (first.pos, "VERB")]
    if first.probability < SURE or first.backward < ANSWERS or max(doubts, default=0.0) > DOUBT:
        return None  # “joke”: шутка, шутить; “flat”: плоский, квартира
    book = lexicon.lexicon()
    own = word == book.heads[book.head(word)]
    if _VERBAL.search(word) or not (own or (first.pos == "NOUN" and word.endswith("s"))):
        return None  # “struggled”, “improving”, “ironically”
    if first.pos == "ADJ":
        known = agreeing_adjective(first.lemma, Slot("nomn", "plur"), None, "masc", animate=False)
        return _Word(Hint(span, first.lemma), "ADJ") if known else None
    lemma = paradigm(first.lemma)
    if first.pos != "NOUN" or lemma.method not in ("dictionary", "fixed"):
        return None
    return _Word(Hint(span, first.lemma, "" if own else lemma.form("nomn", "plur")), "NOUN")


def _is_before_noun(text: str, span: Span) -> bool:
    """Tell whether a noun belongs to another behind it: “veterans groups” are no «ветераны групп»."""
    behind = _BEHIND.match(text, span.stop)
    found = lexicon.translations(behind[1]) if behind else ()
    return bool(found) and found[0].pos == "NOUN"


def _agreed(text: str, told: Sequence[Hint], adjectives: Collection[Span]) -> Iterator[Hint]:
    """Yield hints, an adjective before a noun in its gender and number: «тропическая влага», «таджикские villages»."""
    for n, hint in enumerate(told):
        after = told[n + 1] if n + 1 < len(told) and text[hint.span.stop : told[n + 1].span.start] == " " else None
        yield replace(hint, form=_agreeing(hint, after, text)) if hint.span in adjectives else hint


def _agreeing(hint: Hint, after: Hint | None, text: str) -> str:
    """Return the form of an adjective before a noun that is told as well, or whose Russian the lexicon has."""
    word = _BEHIND.match(text, hint.span.stop)
    plural = word is not None and _PLURAL.search(word[1]) is not None
    if after:
        noun = paradigm(after.lemma)
        plural = noun.number == "plur" or (bool(after.form) and after.written != after.lemma)
    else:
        found = lexicon.translations(word[1])[:1] if word else ()
        likely = [one for one in found if one.pos == "NOUN" and one.probability >= LIKELY]
        if not plural and not likely:
            return hint.form
        noun = paradigm(likely[0].lemma) if likely else paradigm(hint.lemma)
    slot = Slot("nomn", "plur" if plural else noun.number)
    return agreeing_adjective(hint.lemma, slot, noun.gender, "masc", animate=False) or hint.form


def _at_start(hint: Hint, text: str) -> Hint:
    """Give a word at the start of a sentence its capital: “Tajik villages” → «Таджикские villages»."""
    first = hint.written[:1]
    if first.islower() and text[hint.span.start].isupper() and begins(text, hint.span.start):
        return replace(hint, form=first.upper() + hint.written[1:])
    return hint


def small(text: str, wishes: Sequence[TermMatch], taken: Collection[Span]) -> str:
    """Take the capital of “Kyrgyz soldiers” from «двое Кыргызских солдат»; names and what begins a sentence keep it.

    Args:
        text: a translation.
        wishes: words that were wished in its source.
        taken: spans of its terms.
    """
    for wish in wishes:
        if not _is_adjective(wish):
            continue
        stem = regex.escape(wish.target[:-2].capitalize())
        for found in regex.finditer(rf"(?<!\p{{L}}){stem}\p{{Ll}}{{2,3}}(?![\p{{L}}-]| \p{{Lu}})", text):
            at = Span(found.start(), found.end())
            if not begins(text, at.start) and not any(map(at.overlaps, taken)):
                text = text[: at.start] + found[0][0].lower() + text[at.start + 1 :]
    return text


def respelt(text: str, wishes: Sequence[TermMatch]) -> str:
    """Mend an adjective of a people that the model has spoilt as it declined it: «узбецкое посольство».

    Only a word that the dictionary does not have gives way, and only where the adjective stands nowhere in the text.
    """
    for wish in wishes:
        stem = wish.target[:-2]
        if not _is_adjective(wish) or stem in text.casefold():
            continue
        spoilt = [found for found in _SPOILT.finditer(text) if not is_known(found[0])]
        alike = {found: likeness(found[0], stem + found[1]) for found in spoilt}
        best = max(alike, key=lambda found: alike[found], default=None)
        if best and alike[best] >= ALIKE:
            new = stem + best[1]
            new = new.capitalize() if begins(text, best.start()) else new
            text = text[: best.start()] + new + text[best.end() :]
    return text
