"""English words of a sentence, and what a form unknown to the lexicon may be a form of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

WORD = regex.compile(r"\p{Latin}+(?:[-’']\p{Latin}+)*")
# Words of grammar: a translation need not have anything for them.
FUNCTION = frozenset(
    """
    a about above across after again against ago all almost along already also although always am among an and another
    any anybody anyone anything are aren’t around as at away be became because become becomes been before behind being
    below beneath beside besides between beyond both but by came can can’t cannot come could couldn’t did didn’t do does
    doesn’t doing don’t done down during each either else enough etc even ever every everybody everyone everything except
    few for from get gets getting give given go goes going gone got had hadn’t has hasn’t have haven’t having he he’d
    he’ll he’s her here hers herself him himself his how however i i’d i’ll i’m i’ve if in indeed inside instead into is
    isn’t it it’s its itself just least less let lot lots made make makes making many may maybe me might mine more most
    much must my myself near neither never no nobody none nor not nothing now of off often on once one ones only onto or
    other others otherwise ought our ours ourselves out over own per perhaps quite rather really same shall she she’d
    she’ll she’s should shouldn’t since so some somebody someone something sometimes somewhat still such take taken takes
    taking than that that’s the their theirs them themselves then there there’s therefore these they they’d they’ll
    they’re they’ve this those though through throughout thus till to together too took toward towards under unless until
    up upon us very was wasn’t way we we’d we’ll we’re we’ve well went were weren’t what what’s whatever when whenever
    where whereas wherever whether which while who who’s whoever whom whose why will with within without won’t would
    wouldn’t yes yet you you’d you’ll you’re you’ve your yours yourself
    mr mrs ms dr st co inc ltd
    """.split()
)
# The suffixes of inflection, and what the lemma has in their place.
_SUFFIXES = (
    ("ies", ("y", "ie")),
    ("ves", ("f", "fe")),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("ier", ("y",)),
    ("iest", ("y",)),
    ("er", ("", "e")),
    ("est", ("", "e")),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence, in code points; `form` in small letters, the possessive ending left off."""

    start: int
    stop: int
    form: str

    @property
    def is_content(self) -> bool:
        """Tell whether a translation has to have something for it."""
        return len(self.form) > 1 and self.form not in FUNCTION


def tokens(text: str) -> Iterator[Token]:
    """Yield the English words of a text."""
    for m in WORD.finditer(text):
        yield Token(m.start(), m.end(), folded(m.group()))


def folded(word: str) -> str:
    """Return a word as the lexicon writes it: «Dam’s», "DAM" → "dam"."""
    return word.lower().replace("'", "’").removesuffix("’s")


def lemmas_of(form: str) -> Iterator[str]:
    """Yield what a form may be a form of, by its ending alone, the word itself first."""
    yield form
    for suffix, endings in _SUFFIXES:
        stem = form.removesuffix(suffix)
        if stem == form or len(stem) < 2:
            continue
        for ending in endings:
            yield stem + ending
        if suffix in ("ed", "ing", "er", "est") and len(stem) > 3 and stem[-1] == stem[-2]:
            yield stem[:-1]  # planned, running
