"""What the two taggers say of every token of a sentence: how likely each case is, and how the sentence hangs together.

slovnet (news model, convolutions over word embeddings) reads an unknown name from its surroundings alone; rumorph reads
endings. Their mistakes differ, so both are asked. The weights of slovnet are taken from the folder of the natasha
distribution without importing it: it would pull in a second morphology. Loading takes about 1.5 s and 90 MB.
"""

from __future__ import annotations

import gzip
import importlib.util
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from translate.inflection import dictionary
from translate.inflection.paradigms import Gender, Number

UD_CASES = {"Nom": 0, "Gen": 1, "Dat": 2, "Acc": 3, "Ins": 4, "Loc": 5, "Par": 1, "Voc": 0}
UD_GENDERS: dict[str, Gender] = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
BATCH = 64
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
            {"Sing": "sing", "Plur": "plur"}.get(feats.get("Number", "")),  # type: ignore[arg-type]
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
        scores: n × tags, slovnet's probability of each tag of `Tagger.tags`.
        best: n tags, the likeliest.
        heads: n positions, the syntactic head of each token, −1 for the root.
        relations: n UD relations to it.
        readings: n lists of rumorph's analyses, the likeliest first.
    """

    tokens: tuple[str, ...]
    scores: Floats
    best: tuple[Tag, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    readings: tuple[tuple[Reading, ...], ...]


def cases_of(tagged: Tagged, i: int, by_form: bool = True) -> NDArray[np.float64]:
    """Return the logarithms of the six case probabilities of a token, whatever its gender and number.

    Args:
        by_form: let rumorph's reading of the ending count too; not where the word itself is in doubt.
    """
    masses = np.asarray(tagged.scores[i] @ tagger().case_columns, np.float64)
    masses = (masses + 1e-4) / (masses.sum() + 6e-4)
    if by_form:
        endings = np.full(6, 0.02)
        for reading in tagged.readings[i]:
            if reading.case is not None:
                endings[reading.case] += reading.probability
        masses *= endings
        masses /= masses.sum()
    found: NDArray[np.float64] = np.log(masses + 1e-4)
    return found


class Tagger:
    """slovnet's morphology and syntax over one shared set of embeddings."""

    def __init__(self, folder: Path) -> None:
        from slovnet.exec.model import Morph, Syntax
        from slovnet.exec.pack import Pack
        from slovnet.vocab import Vocab

        indexes, codes = _embeddings(folder / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
        self._indexes, self._codes = indexes, codes
        self._parts = np.arange(codes.shape[0])
        with Pack(str(folder / "model" / "slovnet_morph_news_v1.tar")) as pack:
            model = pack.load_model(Morph)
            self._morph = model.inject_arrays(dict(pack.load_arrays(model.weights)))
            words = _vocabulary(pack, "word")
            self._shapes: Vocab = pack.load_vocab("shape")
            self.tags = tuple(Tag.parse(text) for text in pack.load_vocab("tag").items)
        self.case_columns = np.zeros((len(self.tags), 6), np.float32)
        for i, tag in enumerate(self.tags):
            if tag.case is not None:
                self.case_columns[i, tag.case] = 1
        with Pack(str(folder / "model" / "slovnet_syntax_news_v1.tar")) as pack:
            model = pack.load_model(Syntax)
            self._syntax = model.inject_arrays(dict(pack.load_arrays(model.weights)))
            self._relations: list[str] = pack.load_vocab("rel").items
        self._words = words
        self._unknown, self._pad = words["<unk>"], words["<pad>"]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[Tagged]:
        """Tag sentences of one or more tokens, in batches of like length."""
        order = sorted(range(len(sentences)), key=lambda k: len(sentences[k]))
        found: dict[int, Tagged] = {}
        for start in range(0, len(order), BATCH):
            chunk = order[start : start + BATCH]
            found.update(zip(chunk, self._batch([sentences[k] for k in chunk]), strict=True))
        return [found[k] for k in range(len(sentences))]

    def _batch(self, sentences: list[Sequence[str]]) -> list[Tagged]:
        from slovnet.shape import word_shape

        width = max(len(tokens) for tokens in sentences)
        words = np.full((len(sentences), width), self._pad)
        shapes = np.full((len(sentences), width), self._shapes.pad_id)
        for k, tokens in enumerate(sentences):
            words[k, : len(tokens)] = [self._words.get(t.lower(), self._unknown) for t in tokens]
            shapes[k, : len(tokens)] = [self._shapes.encode(word_shape(t)) for t in tokens]
        padding = words == self._pad
        vectors = self._codes[self._parts, self._indexes[words.ravel()]].reshape(*words.shape, -1)
        logits = self._morph.head(self._morph.encoder(self._embed(vectors, self._morph, shapes), padding))
        logits -= logits.max(-1, keepdims=True)
        scores = np.exp(logits)
        scores /= scores.sum(-1, keepdims=True)
        heads, relations = self._parse(self._embed(vectors, self._syntax, shapes), padding)
        return [
            self._tagged(tokens, scores[k, : len(tokens)], heads[k], relations[k]) for k, tokens in enumerate(sentences)
        ]

    def _embed(self, vectors: Floats, model: Any, shapes: NDArray[np.int64]) -> Floats:
        return np.concatenate((vectors, model.emb.shape(shapes)), axis=-1)

    def _parse(self, embedded: Floats, padding: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the head (1-based, 0 for the root) and the relation of each token."""
        model = self._syntax
        encoded = model.encoder(embedded, padding)
        heads = model.head.decode(model.head(encoded), ~padding)
        return heads, model.rel.decode(model.rel(encoded, heads), ~padding)

    def _tagged(
        self, tokens: Sequence[str], scores: Floats, heads: NDArray[np.int64], relations: NDArray[np.int64]
    ) -> Tagged:
        n = len(tokens)
        return Tagged(
            tokens=tuple(tokens),
            scores=scores,
            best=tuple(self.tags[i] for i in scores.argmax(-1)),
            heads=tuple(int(h) - 1 for h in heads[:n]),
            relations=tuple(self._relations[int(r)] for r in relations[:n]),
            readings=_readings(tokens),
        )


def _readings(tokens: Sequence[str]) -> tuple[tuple[Reading, ...], ...]:
    found = []
    for analyses in dictionary.analyzer().analyze_sentence(list(tokens)):
        readings = []
        for a in analyses[:8]:
            feats = a.feats
            readings.append(
                Reading(
                    a.pos,
                    a.lemma,
                    UD_CASES.get(feats.get("Case", "")),
                    UD_GENDERS.get(feats.get("Gender", "")),
                    {"Sing": "sing", "Plur": "plur"}.get(feats.get("Number", "")),  # type: ignore[arg-type]
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
