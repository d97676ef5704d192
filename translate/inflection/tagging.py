"""What the two taggers say of every token of a sentence: how likely each case is, and how the sentence hangs together.

slovnet (news model, convolutions over word embeddings) reads an unknown name from its surroundings alone; rumorph reads
endings. Their mistakes differ, so both are asked. The weights of slovnet are taken from the folder of the natasha
distribution without importing it: it would pull in a second morphology. Loading takes about 1.5 s and 90 MB.
"""

from __future__ import annotations

import gzip
import importlib.util
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from translate.inflection import dictionary
from translate.inflection.gap import UNREAD, Sides, gap_model
from translate.inflection.network import Network
from translate.inflection.paradigms import Gender, Number

UD_CASES = {"Nom": 0, "Gen": 1, "Dat": 2, "Acc": 3, "Ins": 4, "Loc": 5, "Par": 1, "Voc": 0}
UD_GENDERS: dict[str, Gender] = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
UD_NUMBERS: dict[str, Number] = {"Sing": "sing", "Plur": "plur"}
BATCH = 64
_TOKENS = 3000
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of slovnet's inventory, e.g. "NOUN|Animacy=Inan|Case=Acc|Gender=Masc|Number=Sing"."""

    pos: str
    case: int | None
    gender: Gender | None
    number: Number | None
    animate: bool | None

    @staticmethod
    def parse(text: str) -> Tag:
        """Read a tag as the model spells it."""
        pos, _, rest = text.partition("|")
        feats = dict(pair.split("=", 1) for pair in rest.split("|") if "=" in pair)
        return Tag(
            pos,
            UD_CASES.get(feats.get("Case", "")),
            UD_GENDERS.get(feats.get("Gender", "")),
            UD_NUMBERS.get(feats.get("Number", "")),
            {"Anim": True, "Inan": False}.get(feats.get("Animacy", "")),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """One analysis of rumorph in its sentence."""

    pos: str
    lemma: str
    case: int | None
    gender: Gender | None
    number: Number | None
    probability: float
    transitive: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tagged sentence of n tokens.

    Args:
        tokens: the tokens themselves.
        cases: n × 6, slovnet's probability of each case, of a word of any sort.
        slots: for each gender n × 12, that of each case of a noun or adjective of it, singular and then plural.
        best: n tags, the likeliest.
        heads: n positions, the syntactic head of each token, −1 for the root.
        relations: n UD relations to it.
        readings: n lists of rumorph's analyses, the likeliest first.
        sides: what is left and right of each token, for the gap model.
    """

    tokens: tuple[str, ...]
    cases: NDArray[np.float64]
    slots: Mapping[Gender | None, NDArray[np.float64]]
    best: tuple[Tag, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    readings: tuple[tuple[Reading, ...], ...]
    sides: Sides


def cases_of(tagged: Tagged, i: int, by_form: bool = True) -> NDArray[np.float64]:
    """Return the logarithms of the six case probabilities of a token, whatever its gender and number.

    Args:
        by_form: let rumorph's reading of the ending count too; not where the word itself is in doubt.
    """
    masses = tagged.cases[i] + 1e-4
    masses /= masses.sum()
    if by_form:
        endings = np.full(6, 0.02)
        for reading in tagged.readings[i]:
            if reading.case is not None:
                endings[reading.case] += reading.probability
        masses *= endings
        masses /= masses.sum()
    found: NDArray[np.float64] = np.log(masses + 1e-4)
    return found


def _batches(sentences: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Cut into batches of few sentences and few tokens: 64 lists of 1,000 names took more than a gigabyte."""
    start = tokens = 0
    for n, sentence in enumerate(sentences):
        if n > start and (n - start == BATCH or tokens + len(sentence) > _TOKENS):
            yield sentences[start:n]
            start, tokens = n, 0
        tokens += len(sentence)
    if start < len(sentences):
        yield sentences[start:]


class Tagger:
    """slovnet's morphology and syntax over one shared set of embeddings."""

    def __init__(self, folder: Path) -> None:
        from slovnet.exec.model import Morph, Syntax
        from slovnet.exec.pack import Pack
        from slovnet.vocab import Vocab

        indexes, codes = _embeddings(folder / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
        with Pack(str(folder / "model" / "slovnet_morph_news_v1.tar")) as pack:
            model = pack.load_model(Morph)
            morph = model.inject_arrays(dict(pack.load_arrays(model.weights)))
            self._words = _vocabulary(pack, "word")
            self._shapes: Vocab = pack.load_vocab("shape")
            self.tags = tuple(Tag.parse(text) for text in pack.load_vocab("tag").items)
        with Pack(str(folder / "model" / "slovnet_syntax_news_v1.tar")) as pack:
            model = pack.load_model(Syntax)
            syntax = model.inject_arrays(dict(pack.load_arrays(model.weights)))
            self._relations: list[str] = pack.load_vocab("rel").items
        self._network = Network(morph, syntax, indexes, codes)
        self._unknown = self._words["<unk>"]
        self._columns = _columns(self.tags)
        self._encode = lru_cache(maxsize=20_000)(self._encode_token)

    def tag(self, sentences: Sequence[Sequence[str]], *, gaps: bool = True) -> list[Tagged]:
        """Tag sentences of one or more tokens.

        Args:
            gaps: read them for the gap model too.
        """
        found: list[Tagged] = []
        for batch in _batches(sentences):
            found += self._batch(batch, gaps)
        return found

    def word_id(self, token: str) -> int:
        """Return the id of a token's word, that of the unknown word if it is none of the vocabulary."""
        return self._encode(token)[0]

    def vectors(self, words: NDArray[np.int64]) -> Floats:
        """Return the embeddings of words by their ids, n × 300."""
        return self._network.vectors(words)

    def _encode_token(self, token: str) -> tuple[int, int]:
        from slovnet.shape import word_shape

        return self._words.get(token.lower(), self._unknown), self._shapes.encode(word_shape(token))

    def _batch(self, sentences: Sequence[Sequence[str]], gaps: bool) -> list[Tagged]:
        ids = [np.array([self._encode(token) for token in tokens]) for tokens in sentences]
        scores, parses = self._network([x[:, 0] for x in ids], [x[:, 1] for x in ids])
        masses = scores @ self._columns
        best = scores.argmax(1).tolist()
        read = [UNREAD] * len(sentences)
        if gaps:
            read = gap_model().read(sentences, [self._network.vectors(x[:, 0]) for x in ids])
        found, at = [], 0
        for tokens, (heads, labels), sides in zip(sentences, parses, read, strict=True):
            end = at + len(tokens)
            found.append(
                Tagged(
                    tokens=tuple(tokens),
                    cases=masses[at:end, :6].astype(np.float64),
                    slots={g: masses[at:end, k : k + 12].astype(np.float64) for g, k in SLOT_COLUMNS.items()},
                    best=tuple(self.tags[i] for i in best[at:end]),
                    heads=tuple((heads - 1).tolist()),
                    relations=tuple(self._relations[i] for i in labels.tolist()),
                    readings=_readings(tokens),
                    sides=sides,
                )
            )
            at = end
        return found


# Where each gender's twelve cells, singular and then plural, begin among the columns.
SLOT_COLUMNS: dict[Gender | None, int] = {"masc": 6, "femn": 18, "neut": 30, None: 42}


def _columns(tags: Sequence[Tag]) -> NDArray[np.float32]:
    """Return tags × columns, 1 where a tag counts: six cases of any word, then the nominal cells of each gender."""
    columns = np.zeros((len(tags), 54), np.float32)
    for i, tag in enumerate(tags):
        if tag.case is None:
            continue
        columns[i, tag.case] = 1
        for gender, start in SLOT_COLUMNS.items():
            fits = gender in (None, tag.gender) or (tag.number == "plur" and tag.pos == "ADJ")
            if tag.pos in ("NOUN", "PROPN", "ADJ") and fits:
                columns[i, start + (tag.number == "plur") * 6 + tag.case] = 1
    return columns


def _readings(tokens: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
    found = []
    for analyses in dictionary.analyzer().analyze_sentence(list(tokens)):
        readings: list[Reading] = []
        for a in analyses[:8]:
            if readings and a.prob < 0.001:
                break
            feats = a.feats
            readings.append(
                Reading(
                    a.pos,
                    a.lemma,
                    UD_CASES.get(feats.get("Case", "")),
                    UD_GENDERS.get(feats.get("Gender", "")),
                    UD_NUMBERS.get(feats.get("Number", "")),
                    a.prob,
                    a.pos == "VERB" and "tran" in a.labels,
                    a.source == "dictionary",
                )
            )
        found.append(tuple(readings))
    return tuple(found)


def _embeddings(path: Path) -> tuple[NDArray[np.uint8], Floats]:
    """Read the quantised vectors: words × parts indexes, and parts × codes × length.

    Not through navec, whose loader also unpacks norms of all words: a second and 100 MB for nothing here.
    """
    with tarfile.open(path) as tar:
        member = tar.extractfile("pq.bin")
        assert member is not None, path
        data = member.read()
    vectors, _, parts, codes = (int(x) for x in np.frombuffer(data, np.uint32, 4))
    at = 16 + vectors * parts
    indexes = np.frombuffer(data, np.uint8, vectors * parts, 16).reshape(vectors, parts)
    return indexes, np.frombuffer(data, np.float32, offset=at).reshape(parts, codes, -1)


def _vocabulary(pack: Any, name: str) -> dict[str, int]:
    items = gzip.decompress(pack.read(f"vocabs/{name}.gz")).decode("utf-8").splitlines()
    return {item: i for i, item in enumerate(items)}


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """Return the one loaded tagger."""
    spec = importlib.util.find_spec("natasha")
    assert spec is not None, "natasha is a dependency: its wheel holds the weights"
    assert spec.submodule_search_locations
    return Tagger(Path(next(iter(spec.submodule_search_locations))) / "data")
