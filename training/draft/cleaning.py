"""Which sentence pairs are worth a place, how their Russian is written, and what must never go in.

Budgets on a processor are small: 30 minutes are 10,000 pairs. So a pair has to be clean, like news, and seen once.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import regex

from training.draft.pairs import Pair

# «Тодд Биверс (Todd Beavers)»: test sets gloss names where a newspaper does not.
GLOSS = regex.compile(r"\s*\((?:англ\. )?\p{Lu}\p{Latin}+(?:[ .'-]+\p{Latin}+)*\)")
SHORT = 12  # characters; below that a pair counts as a string, not as a sentence
NGRAM = 8  # words in a row that give a held-out sentence away
END = regex.compile(r"[.!?…][»\"”’)]*$")


def key(text: str) -> str:
    """Return what two spellings of one sentence have in common."""
    return regex.sub(r"\W+", "", text.lower())


class HeldOut:
    """Sentences that must not be trained on, found also where a word or a comma differs.

    Args:
        sentences: English.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        self._keys: set[str] = set()
        self._runs: set[tuple[str, ...]] = set()
        for sentence in sentences:
            self._keys.add(key(sentence))
            self._runs.update(_runs(sentence))

    @classmethod
    def read(cls, paths: Iterable[Path]) -> HeldOut:
        """Read the first column of TSVs."""
        return cls(line.split("\t")[0] for p in paths for line in p.read_text(encoding="utf-8").splitlines())

    def has(self, english: str) -> bool:
        """Tell whether a sentence is one of them, or shares a run of NGRAM words with one."""
        return key(english) in self._keys or any(run in self._runs for run in _runs(english))


def _runs(sentence: str) -> Iterable[tuple[str, ...]]:
    words = regex.findall(r"\w+", sentence.lower())
    return (tuple(words[i : i + NGRAM]) for i in range(len(words) - NGRAM + 1))


def written(pair: Pair) -> Pair:
    """Write the Russian as a newspaper does: «ёлочки», a dash with blanks, names without their Latin in brackets."""
    russian = regex.sub(r"[“„]([^“”„]+)[”“]", r"«\1»", pair.russian)
    if russian.count('"') % 2 == 0:
        russian = regex.sub(r'(?<![\p{L}\d])"(?! )([^"]+)(?<! )"(?!\p{L})', r"«\1»", russian)
    russian = regex.sub(r"(?<=[\w»\",.!?)]) [-–] ", " — ", russian)
    if not GLOSS.search(pair.english):
        russian = GLOSS.sub("", russian)
    return Pair(pair.english, russian, pair.source)


def fault(pair: Pair) -> str:
    """Say why a pair is not used, "" where it is."""
    english, russian = pair.english, pair.russian
    letters = [c for c in russian if c.isalpha()]
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in letters)
    if not letters or not regex.search(r"\p{Latin}", english):
        return "no letters"
    if cyrillic < 0.7 * len(letters) or regex.search(r"\p{Cyrillic}", english):
        return "wrong language"
    if len(english) < SHORT:
        return ""
    if abs(len(english) - len(russian)) > 0.45 * max(len(english), len(russian)) + 10:
        return "lengths"
    if _digits(english) != _digits(russian):
        return "figures"
    if bool(END.search(english)) != bool(END.search(russian)):
        return "end"
    # «вопрос.Кроме того»: cuts of the extraction.
    return "extraction" if regex.search(r"\p{Ll}[.!?]\p{Lu}|[|{}<>]|\p{L}\p{Sm}", russian) else ""


def _digits(text: str) -> list[str]:
    return sorted(regex.findall(r"\d", text))
