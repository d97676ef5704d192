"""Spellings of a name ranked: a log-linear model weighs the n-gram model, known names and the romanisations."""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from translate.names import eastern, traditions
from translate.names.alphabets import (
    ALPHABETS,
    LONGEST,
    PARTICLES,
    PLACE_WORDS,
    SCHEMES,
    normalise,
    press_manner,
    romanise,
)
from translate.names.model import Model, load_model, word_hash
from translate.names.spelling import Options, Origins, Scored, candidates_of, sides_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """One Russian spelling of a name.

    Args:
        spelling: as it would stand in the glossary, capitals as in the source.
        score: probability among the candidates, 0 to 1.
        reason: why it is proposed: "attested", "rule: BGN/PCGN, press", "model".
    """

    spelling: str
    score: float
    reason: str


_PLAIN = ("joint", "place", "central-asian", "known", "is known", "dictionary", "attested", *SCHEMES, "any scheme", "ё")
# each feature has a weight for Slavic and post-Soviet names, one for places and one for the rest, mixed by `Sides`:
# chigiri is Чигири on the Amur and тигири in Japan
FEATURES = tuple(f"{side}: {name}" for side in ("slavic", "place", "other") for name in _PLAIN)


def features(model: Model, word: str, scored: Scored, sides: Origins) -> list[float]:
    """Return the ranking features of one spelling, in the order of `FEATURES`."""
    russian = scored.spelling.word
    hashed = word_hash(russian)
    known = abs(model.known.get(hashed, 0.0))
    matches = [float(romanise(russian, scheme) == word) for scheme in SCHEMES]
    plain = [
        scored.joint,
        scored.place,
        scored.central_asian,
        known,
        float(known > 0),
        float(hashed in model.dictionary),
        float(model.attested.get(zlib.crc32(word.encode())) == hashed),
        *matches,
        max(matches),
        float("ё" in russian),
    ]
    return [side * x for side in (sides.slavic, sides.place, sides.other) for x in plain]


def rank_word(model: Model, word: str, options: Options, context: str, sides: Origins) -> list[Candidate]:
    """Rank the spellings of one lower-case Latin word.

    Args:
        model: the model that `options` were decoded with.
        word: in the press manner.
        options: what `candidates_of` found for it.
        context: a key of `Model.weights`.
        sides: of the whole name that the word is a part of.
    """
    weights = model.weights.get(context, model.weights[""])
    best: dict[str, tuple[float, str]] = {}
    for scored in options.found:
        values = features(model, word, scored, sides)
        russian = scored.spelling.word
        best[russian] = (sum(w * v for w, v in zip(weights, values, strict=True)), _reason(model, word, russian))
    if not best:
        return []
    top = max(score for score, _why in best.values())
    total = sum(math.exp(score - top) for score, _why in best.values())
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return [Candidate(name, math.exp(score - top) / total, why) for name, (score, why) in ranked]


def with_twin(ranked: list[Candidate], word: str, context: str) -> list[Candidate]:
    """Add the other reading of a Turkic ж: Zhaparov and Japarov are Жапаров to one paper and Джапаров to the next."""
    if context != "central-asian" or not ranked or not regex.search("j|zh", word):
        return ranked
    best = ranked[0]
    twin = best.spelling.replace("дж", "ж") if "дж" in best.spelling else best.spelling.replace("ж", "дж")
    if twin == best.spelling or any(c.spelling == twin for c in ranked[:4]):
        return ranked
    rest = [c for c in ranked if c.spelling != twin]
    share = 0.2 * best.score
    first = Candidate(best.spelling, best.score - share, best.reason)
    return sorted([first, Candidate(twin, share, "rule: ж and дж are both in use"), *rest[1:]], key=lambda c: -c.score)


def _reason(model: Model, word: str, russian: str) -> str:
    hashed = word_hash(russian)
    if model.attested.get(zlib.crc32(word.encode())) == hashed:
        return "attested"
    rules = [scheme for scheme in SCHEMES if romanise(russian, scheme) == word]
    why = "rule: " + ", ".join(rules) if rules else "model"
    return why + (", known name" if hashed in model.known or hashed in model.dictionary else "")


_SPLIT = regex.compile(r"([\s\-‐–]+)")


def suggest(name: str, kind: str = "", language: str = "", count: int = 5) -> list[Candidate]:
    """Suggest Russian spellings of a romanised name, best first.

    Args:
        name: as English prints it, one or more words: "Sooronbai Jeenbekov", "Jalal-Abad".
        kind: "person", "place" or "" where it is not known.
        language: ISO 639 code of the name's language (ky, kk, uz, tg, tk, az, ru) or "".
        count: how many candidates at most.

    Returns:
        Candidates in the nominative, scores summing to at most 1; empty for an empty name and for one with a word
        of over 60 letters.
    """
    if not name.strip() or any(len(part) > LONGEST for part in name.split()):
        return []
    left = _by_letters(name, kind, language)
    if not left:
        return []
    table = _by_tradition(name, language) if kind in ("", "person") else []
    if table:
        left = [replace(c, score=0.0) for c in left if c.spelling != table[0].spelling]
    return [*table, *left][:count]


def _by_letters(name: str, kind: str, language: str) -> list[Candidate]:
    """Return the spellings that the model and the romanisations make of a name, best first."""
    model = load_model()
    context = "central-asian" if language in ALPHABETS and kind != "place" else kind
    context = context if context in model.weights else ""
    parts = _SPLIT.split(name.strip())
    words = [press_manner(normalise(part.rstrip(".,")), language) for part in parts[::2]]
    fixed = PARTICLES | PLACE_WORDS if len(words) > 1 else PARTICLES
    options = [None if w in fixed else candidates_of(model, w) for w in words]
    sides = sides_of(o for w, o in zip(words, options, strict=True) if o is not None and len(w) > 2)
    ranked = []
    for part, word, found in zip(parts[::2], words, options, strict=True):
        if not regex.search(r"\p{Latin}", part):
            ranked.append([Candidate(part, 1.0, "kept")])
        elif found is None:
            ranked.append([Candidate(_cased(fixed[word], part), 1.0, "rule: fixed word")])
        else:
            choices = with_twin(rank_word(model, word, found, context, sides)[:8], word, context)
            ranked.append([Candidate(_cased(c.spelling, part), c.score, c.reason) for c in choices])
    if not all(ranked):
        return []
    whole = []
    for choice in itertools.islice(_combinations(ranked), 200):
        text = "".join(x for pair in itertools.zip_longest((c.spelling for c in choice), parts[1::2], fillvalue="")
                       for x in pair)  # fmt: skip
        whole.append(Candidate(text, math.prod(c.score for c in choice), _join(c.reason for c in choice)))
    return sorted(whole, key=lambda c: -c.score)


def _by_tradition(name: str, language: str) -> list[Candidate]:
    """Return the spelling that a tradition of the press has for a name, where one knows it."""

    def spelt(word: str) -> str:
        return next((one.spelling for one in _by_letters(word, "person", language)), "")

    found = list(eastern.suggestions(name))
    if not found and language not in ALPHABETS:
        found = list(traditions.suggestions(name, spelt))
    return [Candidate(text, 1.0, f"rule: {tradition}") for text, tradition in found]


def _cased(russian: str, latin: str) -> str:
    """Give a word the capitals of its source, and the stop of an initial (A. → А.)."""
    initial = regex.fullmatch(r"\p{L}\.", latin)
    if latin.isupper() and len(latin) > 1 and not initial:
        return russian.upper()
    return (_title(russian) if latin[:1].isupper() else russian) + ("." if initial else "")


def _title(word: str) -> str:
    return word[:1].upper() + word[1:]


def _combinations(ranked: list[list[Candidate]]) -> Iterable[tuple[Candidate, ...]]:
    width = 8 if len(ranked) == 1 else 5 if len(ranked) == 2 else 3
    return itertools.product(*(r[:width] for r in ranked))


def _join(reasons: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(reasons))
