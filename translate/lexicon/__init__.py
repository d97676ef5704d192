"""What English words are in Russian and Russian ones in English, on lemmas, learnt from parallel text.

    from translate import lexicon

    lexicon.translations("dams")      # (Candidate("плотина", "NOUN", 0.83, 0.71), Candidate("дамба", …), …)
    lexicon.translations("said")      # a form is taken to its lemma: those of "say"
    lexicon.reverse("плотина")        # (Candidate("dam", "", 0.71, 0.83), …): English lemmas, without part of speech
    lexicon.reverse("плотинах")       # the same: every lemma the form may belong to counts
    lexicon.count("dam")              # 61: how often the draft model's training data have this very form
    lexicon.family("dam")             # 97: that and all its other forms ("dams", "dammed")
    lexicon.is_known("dam")           # True: there is a translation

    seen = lexicon.coverage("The dam is old.", "Плотина старая.")
    seen.share                        # 1.0: how much of the content of both is accounted for
    seen.source.missing               # (): words with no likely translation in the target, each with start and stop
    seen.target.missing               # (): Russian words with no likely origin in the source
    seen.source.unknown               # (): words the lexicon does not know (names, mostly); no judgement on them

`Candidate.probability` is P(candidate | word), `Candidate.backward` is P(word | candidate): a word that is both likely
and answers back is a translation; a high one with a low backward is a companion of many words («который», «год»).

It is a list of words, not of phrases, and knows no sense: "flat" is «плоский» before it is «квартира». Names are in it
only where the data have them often; others are for `translate.names`.

The file is read on the first question (0.1 s). It is made by `training/lexicon.py`; its card
is `translate/trained/lexicon.md`.
"""

from __future__ import annotations

from translate.lexicon.book import Candidate, Lexicon, lexicon
from translate.lexicon.covering import Coverage, Side, Unmatched, coverage

__all__ = [
    "Candidate",
    "Coverage",
    "Lexicon",
    "Side",
    "Unmatched",
    "count",
    "coverage",
    "family",
    "is_known",
    "lexicon",
    "reverse",
    "translations",
]


def translations(word: str) -> tuple[Candidate, ...]:
    """Return the Russian lemmas an English word stands for, the likeliest first; empty if it is not known."""
    return lexicon().translations(word)


def reverse(word: str) -> tuple[Candidate, ...]:
    """Return the English lemmas a Russian word stands for, the likeliest first; empty if it is not known."""
    return lexicon().reverse(word)


def count(word: str) -> int:
    """Return how often the draft model's training data have this English form, capitals aside."""
    return lexicon().count(word)


def family(word: str) -> int:
    """Return how often the draft model's training data have this English word in any form."""
    return lexicon().family(word)


def is_known(word: str) -> bool:
    """Tell whether an English word has a translation here."""
    return bool(lexicon().translations(word))
