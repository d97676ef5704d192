"""An Argos package of the real shape, made without training: a word-for-word “translator” with weights set by hand.

Random weights never end a sentence and loop, so nothing about lengths, guards or alignment could be tested on them.
Here each token is a random code of ±1 in the first dimensions and its position another in the last 64; encoder and
decoder pass them on unchanged (every matrix is multiplied, most are zero), and the last cross-attention looks up, at
step n, source position n and writes the code of that token's partner. So the output is one target piece a source
piece, attention is the diagonal, and `</s>` comes when the source ends, at the price of a real model of its size.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

ENGLISH = """\
The president of the republic met the leader of the opposition in the capital on Thursday.
Officials said that the water would be shared between the three countries of the region.
A court in the south of the country sentenced the former minister to twelve years in prison.
Prices for bread and fuel rose again in the autumn, and many families went abroad to work.
The dam was built in 1976; the town below it was never finished, and few people live there now.
Parliament will vote on the new law next week, which surprised nobody who had read the draft.
Farmers near the border say they have had no electricity since the storm in the mountains.
The ministry did not answer questions about the contract with the foreign company.
Voters in the north went to the polls early in the morning, before the snow began to fall.
"We are not afraid of anyone," she told journalists outside the building of the city court.
"""
RUSSIAN = """\
Президент республики встретился в четверг в столице с лидером оппозиции.
Чиновники заявили, что вода будет разделена между тремя странами региона.
Суд на юге страны приговорил бывшего министра к двенадцати годам лишения свободы.
Цены на хлеб и топливо осенью снова выросли, и многие семьи уехали на заработки за границу.
Плотину построили в 1976 году; город под ней так и не достроили, и людей там сейчас мало.
Парламент проголосует по новому закону на следующей неделе, что никого не удивило.
Фермеры у границы говорят, что у них нет электричества после бури в горах.
Министерство не ответило на вопросы о договоре с иностранной компанией.
Избиратели на севере пришли на участки рано утром, прежде чем пошёл снег.
«Мы никого не боимся», — сказала она журналистам у здания городского суда.
"""
POSITION = 64  # dimensions of the position code
POSITIONS = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """Layers in encoder and decoder, width, and pieces in the vocabulary (filled up with pieces never used)."""

    layers: int = 1
    width: int = 192
    vocabulary: int = 0

    @property
    def heads(self) -> int:
        return self.width // 64


SMALL = Shape()
REAL = Shape(layers=6, width=512, vocabulary=32_000)


def build_package(
    folder: Path,
    *,
    source: str = "en",
    target: str = "ru",
    version: str = "1.0",
    shape: Shape = SMALL,
    kind: Literal["sentencepiece", "bpe"] = "sentencepiece",
    prefix: str = "",
    doubt: float = 0.0,
) -> Path:
    """Build a package in `folder`/translate-en_ru-1_0 and return that folder.

    Args:
        folder: where.
        source, target, version, prefix: as in metadata.json.
        shape: the model's size.
        kind: of tokenizer.
        doubt: how much the layers disturb each other: at 0 every piece is certain; at 1 a beam finds other sentences
            than a greedy search, now and then a wrong one.
    """
    made = folder / f"translate-{source}_{target}-{version.replace('.', '_')}"
    made.mkdir(parents=True)
    pieces = _sentencepiece(made) if kind == "sentencepiece" else _bpe(made)
    pieces += [prefix] if prefix and prefix not in pieces else []
    pieces += [f"⟨{n}⟩" for n in range(len(pieces), shape.vocabulary)]
    vocabulary = Vocabulary(pieces, pieces, partners(pieces))
    save_model(made / "model", vocabulary, shape, shift=int(bool(prefix)), doubt=doubt)
    metadata: dict[str, Any] = {
        "package_version": version,
        "argos_version": "1.5",
        "from_code": source,
        "from_name": source.upper(),
        "to_code": target,
        "to_name": target.upper(),
        "type": "translate",
    }
    if prefix:
        metadata["target_prefix"] = prefix
    (made / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    (made / "README.md").write_text("Made for tests; translates nothing.\n", encoding="utf-8")
    return made


def _sentencepiece(folder: Path) -> list[str]:
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter((ENGLISH + RUSSIAN).splitlines()),
        model_prefix=str(folder / "sentencepiece"),
        vocab_size=700,
        hard_vocab_limit=False,
        character_coverage=1.0,
        byte_fallback=True,
        num_threads=1,
        minloglevel=2,
    )
    (folder / "sentencepiece.vocab").unlink()
    loaded = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    return [loaded.id_to_piece(n) for n in range(loaded.get_piece_size())]


def _bpe(folder: Path) -> list[str]:
    words = Counter(re.findall(r"[^\W\d_]+", ENGLISH + RUSSIAN))
    split: dict[str, tuple[str, ...]] = {w: (*w[:-1], w[-1] + "</w>") for w in words}
    merges: list[tuple[str, str]] = []
    for _round in range(250):
        pairs = Counter[tuple[str, str]]()
        for word, symbols in split.items():
            for pair in itertools.pairwise(symbols):
                pairs[pair] += words[word]
        best = max(sorted(pairs), key=lambda p: pairs[p])
        merges.append(best)
        split = {w: _merged(symbols, best) for w, symbols in split.items()}
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (folder / "bpe.model").write_text("\n".join(lines) + "\n", encoding="utf-8")
    known = (
        {c for w in words for c in w}
        | set("0123456789.,;:!?«»—-'\"")
        | {"".join(pair).removesuffix("</w>") for pair in merges}
    )
    marks = ["&apos;", "&quot;", "&amp;", "'s", "&apos;s"]
    return ["<unk>", "<s>", "</s>", *sorted(known), *sorted(s + "@@" for s in known), *marks]


def _merged(symbols: Sequence[str], pair: tuple[str, str]) -> tuple[str, ...]:
    made: list[str] = []
    for symbol in symbols:
        if made and (made[-1], symbol) == pair:
            made[-1] += symbol
        else:
            made.append(symbol)
    return tuple(made)


def partners(pieces: Sequence[str]) -> list[int]:
    """Return for each piece the piece it is “translated” to: Latin letters become Cyrillic ones, the rest stays."""

    def key(piece: str) -> tuple[bool, bool]:
        return piece.startswith("▁"), piece.endswith("@@")

    cyrillic: dict[tuple[bool, bool], list[int]] = {}
    for n, piece in enumerate(pieces):
        if re.search("[а-яё]", piece):
            cyrillic.setdefault(key(piece), []).append(n)
    chosen = random.Random(1)
    latin = [bool(re.fullmatch("▁?[A-Za-z]+(@@)?", piece)) for piece in pieces]
    return [chosen.choice(cyrillic[key(p)]) if latin[n] else n for n, p in enumerate(pieces)]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of both sides (one list for a shared vocabulary), and for each of the source that of the target."""

    sources: list[str]
    targets: list[str]
    partners: list[int]


def save_model(
    folder: Path, vocabulary: Vocabulary, shape: Shape, *, shift: int = 0, doubt: float = 0.0, **config: Any
) -> None:
    """Save a model in a folder.

    Args:
        folder: is made if need be.
        vocabulary: see there.
        shape: its size.
        shift: pieces before the translation (a prefix) less those before the source (its language).
        doubt: see `build_package`.
        config: of CTranslate2, in place of the sample's.
    """
    from ctranslate2.specs import TransformerSpec

    noise = np.random.default_rng(1)
    width, content = shape.width, shape.width - POSITION
    codes = noise.choice([-1.0, 1.0], (len(vocabulary.targets), content)).astype(np.float32)
    places = noise.choice([-1.0, 1.0], (POSITIONS + 1, POSITION)).astype(np.float32)
    encodings = np.hstack([np.zeros((POSITIONS + 1, content), np.float32), places])

    spec = TransformerSpec.from_config((shape.layers, shape.layers), shape.heads, pre_norm=True)
    spec.encoder.embeddings[0].weight = _widened(codes[vocabulary.partners])
    spec.decoder.embeddings.weight = _widened(codes)
    spec.decoder.projection.weight = _widened(codes)
    spec.decoder.projection.bias = np.zeros(len(vocabulary.targets), np.float32)
    for side, start in ((spec.encoder, max(shift, 0)), (spec.decoder, max(-shift, 0))):
        side.scale_embeddings = False
        side.position_encodings.encodings = np.ascontiguousarray(encodings[start : start + POSITIONS])
        _set_norm(side.layer_norm, width)
        for layer in side.layer:
            _set_silent(layer, width, noise, doubt)
    _set_lookup(spec.decoder.layer[-1].attention, width)
    for key, value in {"add_source_eos": True, **config}.items():
        setattr(spec.config, key, value)
    spec.register_source_vocabulary(vocabulary.sources)
    spec.register_target_vocabulary(vocabulary.targets)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(exist_ok=True)
    spec.save(str(folder))


def _widened(codes: Any) -> Any:
    return np.hstack([codes, np.zeros((len(codes), POSITION), np.float32)])


def _set_norm(norm: Any, width: int) -> None:
    norm.gamma = np.ones(width, np.float32)
    norm.beta = np.zeros(width, np.float32)


def _set_silent(layer: Any, width: int, noise: Any, doubt: float) -> None:
    """Give a layer random weights and an output of zero: all the work, no effect (or, with doubt, a random one)."""
    for name in ("self_attention", "attention"):
        attention = getattr(layer, name, None)
        if attention is not None:
            _set_norm(attention.layer_norm, width)
            joined = [(3 * width,), (width,)] if name == "self_attention" else [(width,), (2 * width,), (width,)]
            for linear, (rows,) in zip(attention.linear, joined, strict=True):
                _set_linear(linear, noise.normal(0, 0.02, (rows, width)))
            _set_linear(attention.linear[-1], np.zeros((width, width)))
    _set_norm(layer.ffn.layer_norm, width)
    _set_linear(layer.ffn.linear_0, noise.normal(0, 0.02, (4 * width, width)))
    _set_linear(layer.ffn.linear_1, noise.normal(0, 0.5 * doubt, (width, 4 * width)))


def _set_lookup(attention: Any, width: int) -> None:
    """Let the decoder at step n look at source position n and write what stands there, eight times as loud."""
    content = width - POSITION
    position = np.zeros((width, width))
    for head in range(width // 64):
        for n in range(POSITION):
            position[head * 64 + n, content + n] = 3.0
    value = np.eye(width)
    value[content:] = 0.0
    _set_linear(attention.linear[0], position)
    _set_linear(attention.linear[1], np.vstack([position, value]))
    _set_linear(attention.linear[2], 8.0 * value)


def _set_linear(linear: Any, weight: Any) -> None:
    linear.weight = weight.astype(np.float32)
    linear.bias = np.zeros(len(weight), np.float32)
