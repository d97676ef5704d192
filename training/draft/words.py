"""Which Russian words an English word may stand for, for the words that are given in Russian."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from training.draft.hints import Translations

COMMON = 4000  # seen more often than that, a word needs no hint
LIKELY, BACK = 0.15, 0.08  # least probabilities of a translation, there and back


def translations() -> Translations:
    """Return what looks a word up in the project's lexicon."""
    from translate import lexicon

    @lru_cache(maxsize=100_000)
    def look_up(word: str) -> Sequence[str]:
        if lexicon.count(word) >= COMMON:
            return ()
        return tuple(c.lemma for c in lexicon.translations(word) if c.probability >= LIKELY and c.backward >= BACK)

    return look_up
