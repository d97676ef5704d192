"""What surrounds a place in a sentence, as evidence of the case that the sentence asks for there.

The word that stands at the place is not looked at, so the same evidence serves for a name that the engine got right, a
distortion and a foreign word. Two sorts of evidence: keys, each with a learnt weight for every case («с» before the
place, the verb «встретиться» above it), and votes, the case probabilities of words that must agree with the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from translate.inflection.gap import UNKNOWN_NAME
from translate.inflection.tagging import Reading, Tagged, cases_of

Floats = NDArray[np.float64]
VOTES = ("own", "modifier", "title", "twin", "name", "appositive", "before")
COMPANIONS = ("name before", "name after", "comma before", "comma after", "and before", "and after")
QUOTES = set("«»\"„“”''``")
NEGATIONS = {"не", "нет", "без"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Keys, and for each of VOTES six logarithms of case probabilities (zeros where nobody votes)."""

    keys: tuple[str, ...]
    votes: Floats


def evidence(tagged: Tagged, first: int, last: int, animate: bool) -> Evidence:
    """Gather the evidence around the tokens `first` to `last`.

    Args:
        first, last: positions of the first and last token of the place, inclusive.
        animate: of what stands there; decides what an object looks like.
    """
    top = _top(tagged, first, last)
    keys = [
        *_prepositions(tagged, first, last, top),
        *_structure(tagged, top, animate),
        *_neighbours(tagged, first, last),
    ]
    return Evidence(tuple(dict.fromkeys(keys)), _votes(tagged, first, last, top))


def after_preposition(tagged: Tagged, first: int) -> bool:
    """Tell whether a preposition stands right before the place."""
    at = first - 1
    while at >= 0 and tagged.tokens[at] in QUOTES:
        at -= 1
    return at >= 0 and tagged.best[at].pos == "ADP"


def _top(tagged: Tagged, first: int, last: int) -> int:
    """Return the token of the place whose head lies outside it."""
    for i in range(first, last + 1):
        if not first <= tagged.heads[i] <= last:
            return i
    return first


def _lemma(tagged: Tagged, i: int) -> str:
    readings: tuple[Reading, ...] = tagged.readings[i]
    pos = tagged.best[i].pos
    for r in readings:
        if r.pos == pos or (r.pos in ("VERB", "AUX") and pos in ("VERB", "AUX")):
            return r.lemma
    return readings[0].lemma if readings else tagged.tokens[i].lower()


def _preposition(tagged: Tagged, first: int, top: int) -> int | None:
    """Return the preposition that governs the place: the parse's, else the nearest with only modifiers between."""
    for i in range(first - 1, max(-1, first - 8), -1):
        if tagged.best[i].pos == "ADP" and tagged.heads[i] == top:
            return i
    for i in range(first - 1, max(-1, first - 5), -1):
        pos = tagged.best[i].pos
        if pos == "ADP":
            return i
        if pos not in ("ADJ", "DET", "NUM") and tagged.tokens[i] not in QUOTES:
            return None
    return None


def _prepositions(tagged: Tagged, first: int, last: int, top: int) -> list[str]:
    at = _preposition(tagged, first, top)
    if at is None:
        return ["p="]
    word = tagged.tokens[at].lower()
    head = tagged.heads[top]
    above = _lemma(tagged, head) if head >= 0 else ""
    return [f"p={word}", f"p={word} h={above}", "p"]


def _structure(tagged: Tagged, top: int, animate: bool) -> list[str]:
    relation, head = tagged.relations[top], tagged.heads[top]
    bare = _preposition(tagged, top, top) is None
    alive = "a" if animate else "i"
    keys = [f"r={relation}", f"r={relation} {alive}", f"r={relation} {'bare' if bare else 'prep'}"]
    if head < 0:
        return keys
    tag = tagged.best[head]
    side = "<" if head < top else ">"
    keys += [f"r={relation} hp={tag.pos}", f"r={relation} {side}", f"hp={tag.pos} {side} {'bare' if bare else 'prep'}"]
    if bare:
        lemma = _lemma(tagged, head)
        keys += [f"h={lemma}", f"h={lemma} {alive}"]
        if tag.pos in ("VERB", "AUX", "ADJ"):
            keys += _verb(tagged, head, top, alive)
    return keys


def _verb(tagged: Tagged, head: int, top: int, alive: str) -> list[str]:
    """Tell of a governing verb: what it can govern and which places are taken."""
    children = [i for i in range(len(tagged.tokens)) if tagged.heads[i] == head and i != top]
    subject = any(tagged.relations[i].startswith("nsubj") for i in children)
    object_ = any(tagged.relations[i] == "obj" for i in children)
    reading = next((r for r in tagged.readings[head] if r.pos in ("VERB", "AUX")), None)
    transitive = "t" if reading and reading.transitive else "n"
    negated = any(tagged.tokens[i].lower() in NEGATIONS for i in children)
    form = "inf" if tagged.tokens[head].lower().endswith(("ть", "ться", "ти", "тись", "чь")) else "fin"
    return [
        f"v {transitive}{alive} s{int(subject)} o{int(object_)} {'<' if head < top else '>'}",
        f"v {transitive} s{int(subject)} {form}",
        f"v neg{int(negated)} {transitive}",
        f"v r={tagged.relations[top]} {transitive} s{int(subject)}",
    ]


def _neighbours(tagged: Tagged, first: int, last: int) -> list[str]:
    before = first - 1
    while before >= 0 and tagged.tokens[before] in QUOTES:
        before -= 1
    after = last + 1
    while after < len(tagged.tokens) and tagged.tokens[after] in QUOTES:
        after += 1
    keys = ["start" if before < 0 else f"b={tagged.best[before].pos}"]
    if before >= 0:
        tag = tagged.best[before]
        keys += [f"b={tagged.tokens[before].lower()}", f"b={tag.pos} {tag.case}", f"bl={_lemma(tagged, before)}"]
        if before >= 1:
            keys.append(f"bb={tagged.best[before - 1].pos} {tag.pos}")
    if after < len(tagged.tokens):
        tag = tagged.best[after]
        keys += [f"a={tag.pos}", f"a={tag.pos} {tag.case}", f"a={tagged.tokens[after].lower()}"]
        keys.append(f"ba={tagged.best[before].pos if before >= 0 else ''} {tag.pos}")
    else:
        keys.append("end")
    return keys


def _votes(tagged: Tagged, first: int, last: int, top: int) -> Floats:
    """Sum up what agreeing words say of their own case: log-probabilities, one row for each of VOTES."""
    votes = np.zeros((len(VOTES), 6))
    inside = range(first, last + 1)
    votes[0] = sum((cases_of(tagged, i, by_form=False) for i in inside), np.zeros(6)) / len(inside)
    for i in (first - 1, last + 1):
        if _same_name(tagged, i, top):
            votes[4] += cases_of(tagged, i)
    for i in range(max(0, first - 4), min(len(tagged.tokens), last + 3)):
        if i in inside or tagged.heads[i] != top or tagged.best[i].case is None:
            continue
        if tagged.relations[i] in ("amod", "det", "nummod:gov", "acl"):
            votes[1] += cases_of(tagged, i)
        elif tagged.relations[i].startswith("appos"):
            votes[5] += cases_of(tagged, i)
        elif tagged.relations[i] == "conj":
            votes[3] += cases_of(tagged, i)
    before = first - 1
    if (
        before >= 0
        and tagged.best[before].pos == "NOUN"
        and tagged.best[before].animate
        and tagged.tokens[first][0].isupper()
    ):
        votes[6] += cases_of(tagged, before)  # «президента Жээнбекова»
    head = tagged.heads[top]
    if head >= 0 and tagged.best[head].case is not None:
        if tagged.relations[top].startswith("appos"):
            votes[2] += cases_of(tagged, head)
        elif tagged.relations[top] == "conj":
            votes[3] += cases_of(tagged, head)
    return votes


def _same_name(tagged: Tagged, i: int, top: int) -> bool:
    """Tell whether token `i` beside the place is another part of the same name: «Солтана» Мигитинова."""
    if not 0 <= i < len(tagged.tokens) or tagged.best[i].pos != "PROPN" or tagged.best[i].case is None:
        return False
    if not (tagged.tokens[i][:1].isupper() and tagged.tokens[top][:1].isupper()):
        return False
    return tagged.best[i].animate is not False or tagged.relations[i].startswith("flat")


# Companions: names beside the place that stand in its case. The parse seldom sees them where the place is hidden. -----


def companions(tagged: Tagged, first: int, last: int) -> Floats:
    """Gather what the other parts of the name, and the names it is listed with, say of the case.

    «с Микки Смитом (Ноэль Кларк) и Джеком …», «Австрией, …, Данией», «обыграл Джо …».

    Returns:
        six logarithms of case probabilities for each of COMPANIONS, zeros where there is none.
    """
    tokens = tagged.tokens
    votes = np.zeros((len(COMPANIONS), 6))
    start, stop = _name_around(tagged, first, last)
    for i in range(start, first):
        votes[0] += _vote(tagged, i)
    for i in range(last + 1, stop + 1):
        votes[1] += _vote(tagged, i)
    before, after = _over_brackets(tokens, start - 1, -1), _over_brackets(tokens, stop + 1, 1)
    if before >= 0 and (row := _JOINTS.get(tokens[before])) is not None:
        votes[2 + row] += _vote(tagged, _over_brackets(tokens, before - 1, -1))
    if after < len(tokens) and (row := _JOINTS.get(tokens[after])) is not None:
        votes[3 + row] += _vote(tagged, after + 1)
    return votes


_JOINTS = {",": 0, "и": 2, "или": 2}


def _is_name(token: str) -> bool:
    return token[:1].isupper() and token != UNKNOWN_NAME and not token.isascii()


def _vote(tagged: Tagged, i: int) -> Floats:
    known = 0 <= i < len(tagged.tokens) and _is_name(tagged.tokens[i]) and tagged.best[i].case is not None
    return cases_of(tagged, i) if known else np.zeros(6)


def _name_around(tagged: Tagged, first: int, last: int) -> tuple[int, int]:
    """Widen a place by the capitalised words and initials beside it, three at the most either side."""
    tokens, start, stop = tagged.tokens, first, last
    while start > 0 and first - start < 3:
        if start > 1 and tokens[start - 1] == "." and len(tokens[start - 2]) == 1 and tokens[start - 2].isupper():
            start -= 2
        elif _is_name(tokens[start - 1]) and (start > 1 or tagged.best[0].pos == "PROPN"):
            start -= 1
        else:
            break
    while stop + 1 < len(tokens) and stop - last < 3 and _is_name(tokens[stop + 1]):
        stop += 1
    return start, stop


def _over_brackets(tokens: Sequence[str], i: int, step: int) -> int:
    """Return the position behind a short bracket that begins at `i`, else `i`: «Италией (2 сентября), Грузией»."""
    enter, leave = ("(", ")") if step > 0 else (")", "(")
    if 0 <= i < len(tokens) and tokens[i] == enter:
        for k in range(i + step, i + 13 * step, step):
            if 0 <= k < len(tokens) and tokens[k] == leave:
                return k + step
    return i
