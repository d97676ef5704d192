"""Names that an edition renders by their sound: “Tungatarov” Тунгатаров, “Central Asia” Центральная Азия.

Each name of the English that no glossary has is looked for in the Russian beside it, by likeness of sound, word by
word; the forms found over all sentences are then brought to one lemma. What the Russian around them says of their kind
counts more than the English: «в Сарасоте» is a place, «Рейнджерс» in quotes an organisation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.bitext.lemmatizing import Lemmatized, Witness, is_adjectival, name_lemma
from translate.bitext.linking import without_ending
from translate.bitext.phrases import OF_A_PEOPLE
from translate.checks import Pair
from translate.glossary.guessing import guess
from translate.glossary.unknown import Unknown
from translate.inflection.dictionary import nouns

_RUSSIAN = regex.compile(r"\p{Cyrillic}+(?:[-’]\p{Cyrillic}+)*")
_ADJECTIVAL = regex.compile(r"(?:[sc]?k[iyj]{1,2}|aya|oy|oi|y)$")
_BEFORE_PLACE = frozenset(
    "в во из на под близ около городе город города штате штата штат округе округа провинции острове острова".split()  # noqa: SIM905
)
_BEFORE_PERSON = frozenset("г-н г-жа господин госпожа мистер миссис сэр лорд доктор профессор судья сенатор".split())  # noqa: SIM905
_SIDE = r"\b(?:North|South|West|East|Central|Northern|Southern|Western|Eastern|New|in|near|outside)"
ALIKE, EACH = 0.72, 0.5
"""How much a rendering sounds like its name on the whole, and each word of it at least."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A rendering in one sentence."""

    form: str
    likeness: float
    pair: Pair


@dataclass(frozen=True, slots=True)
class Sounded:
    """A name and its Russian: how many of the sightings are forms of the lemma, and of how many sentences."""

    name: str
    kind: str
    lemma: Lemmatized
    seen: tuple[Sighting, ...]
    of: int

    @property
    def likeness(self) -> float:
        """How much both sound alike, 0 to 1."""
        return sum(one.likeness for one in self.seen) / len(self.seen)


def sounded(pairs: Sequence[Pair], names: Sequence[Unknown]) -> Iterator[Sounded]:
    """Yield the names that sound like what stands beside them."""
    index: dict[str, list[Pair]] = {}
    for pair in pairs:
        for word in set(regex.findall(r"\p{L}+", pair.source)):
            index.setdefault(word, []).append(pair)
    for name in names:
        if name.name.isupper() or OF_A_PEOPLE.fullmatch(name.name):
            continue
        holding = regex.compile(rf"(?<![\p{{L}}\d-]){regex.escape(name.name)}(?![\p{{L}}-])")
        first = regex.findall(r"\p{L}+", name.name)[0]
        beside = [pair for pair in index.get(first, ()) if holding.search(pair.source)]
        seen = [one for pair in beside if (one := sighting(name.name, pair))]
        if made := settled(name.name, name.kind, seen, len(beside)):
            yield made


def sighting(name: str, pair: Pair) -> Sighting | None:
    """Find the words of a Russian sentence that sound most like a name, as many as it has."""
    wanted = [word for word in regex.findall(r"\p{L}+(?:['’-]\p{L}+)*", name) if word[0].isupper()]
    words = list(_RUSSIAN.finditer(pair.target))
    best: Sighting | None = None
    for at in range(len(words) - len(wanted) + 1):
        several = words[at : at + len(wanted)]
        if not all(word[0][0].isupper() for word in several):
            continue
        alike = [without_ending(word[0], one) for word, one in zip(several, wanted, strict=True)]
        score = sum(alike) / len(alike)
        between = pair.target[several[0].end() : several[-1].start()] if len(several) > 1 else ""
        if score < ALIKE or min(alike) < EACH or regex.search(r"[,.;:«»]", between):
            continue
        if best is None or score > best.likeness:
            best = Sighting(pair.target[several[0].start() : several[-1].end()], score, pair)
    adjective = best and len(wanted) == 1 and is_adjectival(best.form)
    return None if adjective and not _ADJECTIVAL.search(name) else best  # «Гарвардской» for Harvard


def settled(name: str, kind: str, seen: Sequence[Sighting], of: int) -> Sounded | None:
    """Bring the renderings of a name to a lemma and a kind."""
    if not seen:
        return None
    kind = _kind(name, kind, seen)
    lemma = name_lemma(name, kind, [Witness(one.pair.source, one.pair.target, one.form) for one in seen])
    if lemma is None:
        return None
    if kind == "person" and " " not in name and any(noun.name == "Geo" for noun in nouns(lemma.lemma)):
        kind = "place"
    if kind == "person" and guess(name, lemma.lemma).kind == "organisation":
        kind = "organisation"  # РИА Новости, НАТО
    return Sounded(name, kind, lemma, tuple(seen), of)


def _kind(name: str, kind: str, seen: Sequence[Sighting]) -> str:
    """Tell the kind of a name by what stands around it in Russian, else leave what the English says."""
    first = seen[0].form.split()
    if len(first) > 1:
        agrees = regex.search(r"(?:[иыо]й|ая|[ео]е|[ыи]е|ого|ому|ую|[иы][хм]|ыми)$", first[0])
        return "place" if kind == "person" and agrees and is_adjectival(first[0]) else kind
    if kind != "person":
        return kind
    votes: Counter[str] = Counter()
    for one in seen:
        at = one.pair.target.find(one.form)
        before = regex.findall(r"[\p{L}-]+", one.pair.target[max(0, at - 25) : at])
        word = before[-1].lower() if before else ""
        quoted = one.pair.target[max(0, at - 1) : at] in ("«", '"', "“")
        votes["place"] += regex.search(rf"{_SIDE} {regex.escape(name)}\b(?! \p{{Lu}})", one.pair.source) is not None
        votes["organisation"] += quoted
        votes["place"] += word in _BEFORE_PLACE and not quoted
        votes["person"] += word in _BEFORE_PERSON
    best, most = votes.most_common(1)[0]
    return best if 3 * most > len(seen) or (most > 1 and not votes["person"]) else kind
