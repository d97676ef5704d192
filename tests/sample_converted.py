"""Converted OPUS-MT, NLLB and M2M models of the real shape, made without training: see `sample_package`."""

from __future__ import annotations

import functools
import io
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sentencepiece
from sample_package import ENGLISH, RUSSIAN, SMALL, Shape, Vocabulary, save_model

MARIAN: dict[str, Any] = {"decoder_start_token": "</s>", "bos_token": "<s>", "eos_token": "</s>"}


def build_marian(
    folder: Path,
    name: str = "opus-mt-en-ru",
    *,
    shared: bool = True,
    languages: Sequence[str] = (),
    says: Sequence[str] = (),
    converter: str = "transformers",
    shape: Shape = SMALL,
    doubt: float = 0.0,
) -> Path:
    """Build `folder`/`name` as ct2-transformers-converter or ct2-opus-mt-converter leave it, tokenizers copied.

    Args:
        folder, name: where.
        shared: one vocabulary for both sides.
        languages: of the targets, “rus”: “>>rus<<” is in the vocabulary then.
        says: source and target in tokenizer_config.json.
        converter: "marian" lets CTranslate2 put the end mark behind the source.
        shape, doubt: see `sample_package.build_package`.
    """
    made = folder / name
    made.mkdir(parents=True)
    english = train(ENGLISH, made / "source.spm", 400)
    russian = train(RUSSIAN, made / "target.spm", 400)
    marks = [f">>{code}<<" for code in languages]
    sources, targets = ["</s>", "<unk>", *english, *marks], ["</s>", "<unk>", *russian]
    if shared:
        sources = targets = [*targets, *(piece for piece in sources if piece not in targets)]
    vocabulary = Vocabulary(sources, targets, partners(sources, targets, russian))
    config = MARIAN | {"add_source_eos": converter == "marian"}
    save_model(made, vocabulary, shape, shift=-1 if marks else 0, doubt=doubt, **config)
    if says:
        config = {"source_lang": says[0], "target_lang": says[1], "tokenizer_class": "MarianTokenizer"}
        (made / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
    (made / "README.md").write_text("Made for tests; translates nothing.\n", encoding="utf-8")
    return made


def build_many(folder: Path, style: str = "nllb", *, converter: str = "transformers", doubt: float = 0.0) -> Path:
    """Build `folder`/nllb-small or m2m-small: one tokenizer, and a piece for each language on both sides."""
    made = folder / f"{style}-small"
    made.mkdir(parents=True)
    pieces = train(ENGLISH + RUSSIAN, made / "sentencepiece.bpe.model", 700)
    marks = ["__en__", "__ky__", "__ru__"]
    if style == "nllb":
        marks = ["acm_Arab", "arb_Arab", "eng_Latn", "kaz_Cyrl", "kir_Cyrl", "rus_Cyrl", "uzn_Latn"]
    joint = ["<s>", "<pad>", "</s>", "<unk>", *pieces, *marks, "<mask>"]
    vocabulary = Vocabulary(joint, joint, partners(joint, joint, pieces))
    save_model(made, vocabulary, SMALL, doubt=doubt, **(MARIAN | {"add_source_eos": converter == "fairseq"}))
    return made


def train(text: str, path: Path, size: int) -> list[str]:
    """Train a SentencePiece model and return its pieces without the control ones."""
    path.write_bytes(_trained(text, size))
    loaded = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [loaded.id_to_piece(n) for n in range(3, loaded.get_piece_size())]


@functools.cache
def _trained(text: str, size: int) -> bytes:
    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text.splitlines()),
        model_writer=made,
        vocab_size=size,
        hard_vocab_limit=False,
        character_coverage=1.0,
        num_threads=1,
        minloglevel=2,
    )
    return made.getvalue()


def partners(sources: Sequence[str], targets: Sequence[str], spoken: Sequence[str]) -> list[int]:
    """Return for each source piece the target piece it becomes: Latin a Cyrillic one, the rest itself or “<unk>”."""
    place = {piece: n for n, piece in enumerate(targets)}
    chosen = random.Random(1)

    def cyrillic(start: bool) -> list[int]:
        return [place[p] for p in spoken if re.search("[а-яё]", p) and p.startswith("▁") == start]

    choices = {start: cyrillic(start) for start in (True, False)}
    return [
        chosen.choice(choices[piece.startswith("▁")])
        if re.fullmatch("▁?[A-Za-z]+", piece)
        else place.get(piece, place["<unk>"])
        for piece in sources
    ]


def as_text(folder: Path) -> None:
    """Write the vocabularies as lines, as CTranslate2 did before version 3.8."""
    for path in folder.glob("*_vocabulary.json"):
        pieces: Any = json.loads(path.read_text(encoding="utf-8"))
        path.with_suffix(".txt").write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
        path.unlink()
