"""What the source sentence says of the case its translation asks for: “of Syria”, “to Syria”, “Syria's”, “Syria said”.

A Russian gap may be filled in more than one case: «поставки в …» takes Сирию or Сирии, and «президент … заявил» a
country or the president himself. English says the same by prepositions and word order, which are close to the name.
The weights of the keys are learnt from parallel text by `training/source.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.spans import Span

_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_POSSESSIVE = ("'s", "’s")
_BESIDE = frozenset("the a an his her its their our my this that these those former late ex then new".split())  # noqa: SIM905
_SIGNS = frozenset("-\"“”‘’'«»")
_STOPS = frozenset(",.:;()—–-")


@dataclass(frozen=True, slots=True)
class Original:
    """A source sentence and where the term stands in it."""

    text: str
    span: Span


def source_keys(original: Original, preposition: str) -> tuple[str, ...]:
    """Return the keys of what stands around a term in the source.

    Args:
        preposition: the Russian one that governs the gap, "" for none; «в» asks for one case after “to”, for another
            after “in”.
    """
    spans = [Span(m.start(), m.end()) for m in _TOKEN.finditer(original.text)]
    words = [span.of(original.text) for span in spans]
    at = [i for i, s in enumerate(spans) if s.overlaps(original.span)]
    if not at:
        return ()
    first, last = at[0], at[-1]
    possessive = words[last].lower().endswith(_POSSESSIVE)
    end = last + 1  # behind the rest of the name: "Nursultan | Nazarbayev said"
    while not possessive and end < min(len(words), last + 3) and words[end][0].isupper():
        end += 1
    possessive = possessive or (end > last + 1 and words[end - 1].lower().endswith(_POSSESSIVE))
    after = words[end].lower() if end < len(words) else "</s>"
    begin = first - 1  # before the titles: "met with | the former President"
    while begin >= 0 and first - begin < 7 and _is_beside(words[begin]):
        begin -= 1
    titles = sum(word[0].isupper() for word in words[begin + 1 : first])
    above = _plain(words, begin)
    ending = after[-3:] if after[0].isalpha() else after
    owner = "poss" if possessive else "no"
    following = [words[i].lower() if i < len(words) else "</s>" for i in (last + 1, last + 2)]
    alone = [
        f"e^={above}",
        f"e<={words[first - 1].lower() if first else '<s>'}",
        f"e>={following[0]}",
        f"ea={after}",
        f"es={ending}",
        f"e{owner}",
        f"e^={above} {owner}",
    ]
    pairs = [
        f"e^={above} ea={after}",
        f"e^={above} es={ending}",
        f"eg2={words[begin - 1].lower() if begin > 0 else '<s>'} {above}",
        f"et={min(titles, 2)} {above}",
        f"en2={following[0]} {following[1]}",
    ]
    return (*alone, *pairs, *(f"p={preposition} {key}" for key in alone))


def _is_beside(word: str) -> bool:
    return word[0].isupper() or word.lower() in _BESIDE or word in _SIGNS


def _plain(words: list[str], at: int) -> str:
    if at < 0:
        return "<s>"
    word = words[at].lower()
    return word if word[0].isalpha() or word in _STOPS else "?"
