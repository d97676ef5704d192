"""English words of a sentence, and what a form unknown to the lexicon may be a form of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

WORD = regex.compile(r"\p{Latin}+(?:[-’']\p{Latin}+)*")
# Words of grammar: a translation need not have anything for them.
FUNCTION = frozenset(Path(__file__).with_name("function_en.txt").read_text(encoding="utf-8").split())
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
