"""What a model folder makes of held-out sentences, without pins, guards or typography."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.draft.exporting import joined

BATCH = 16


@dataclass(frozen=True, slots=True)
class Measured:
    """Translations and their scores; the signature says how they were computed."""

    texts: tuple[str, ...]
    chrf: float
    bleu: float
    seconds: float
    signature: str


def translate(folder: Path, sentences: Sequence[str], beam: int = 4) -> list[str]:
    """Translate n sentences with the model in `folder`, whole or in parts."""
    import ctranslate2
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    prompts = [["<bos>", *pieces.encode(" ".join(s.split()), out_type=str), "<0x0A>"] for s in sentences]
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    with tempfile.TemporaryDirectory() as made:
        for name in ("config.json", "vocabulary.json"):
            (Path(made) / name).write_bytes((folder / name).read_bytes())
        (Path(made) / "model.bin").write_bytes(joined(folder))
        generator = ctranslate2.Generator(made, compute_type="int8")
        results = generator.generate_batch(
            [prompts[i] for i in order],
            max_batch_size=BATCH,
            beam_size=beam,
            max_length=200,
            include_prompt_in_result=False,
            end_token="<eos>",
        )
    texts = [""] * len(prompts)
    for i, result in zip(order, results, strict=True):
        texts[i] = pieces.decode([j for j in result.sequences_ids[0] if j > 3])
    return texts


def measure(folder: Path, english: Sequence[str], russian: Sequence[str], beam: int = 4) -> Measured:
    """Translate and compare with references, n each."""
    import sacrebleu

    began = time.monotonic()
    texts = translate(folder, english, beam)
    took = time.monotonic() - began
    chrf, bleu = sacrebleu.metrics.CHRF(), sacrebleu.metrics.BLEU()
    scores = chrf.corpus_score(texts, [list(russian)]).score, bleu.corpus_score(texts, [list(russian)]).score
    return Measured(tuple(texts), *scores, took, f"{chrf.get_signature()} {bleu.get_signature()}")
