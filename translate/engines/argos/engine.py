"""Inference on Argos packages: CTranslate2 in length-sorted batches, with the attention as alignment.

`argostranslate.translate` decodes batches of 32 tokens (one sentence), joins sentences before it detokenises, turns
every underscore into a blank and must import stanza, hence PyTorch. The search settings here are its own, so a
sentence comes out the same (benchmarks/argos_parity.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, Protocol

from translate.engines import seals
from translate.engines.argos import packages
from translate.engines.argos.alignment import composed, links_of
from translate.engines.argos.packages import Package
from translate.engines.decoding import FIRST, RECIPE, Decoder, Output, Settings, translate_with, workers
from translate.engines.loading import NoPairError
from translate.engines.pieces import scores_of, spans_of
from translate.engines.protocol import Contrast, Draft, Loss, Request, Traits
from translate.engines.scoring import Score, contrast_with
from translate.errors import EngineError

LENGTH_PENALTY = 0.2
MOST_PIECES = 256  # CTranslate2's max_decoding_length, as argostranslate leaves it
LIMIT = 150  # source pieces; Argos trains on at most 200 a side, and Russian takes more pieces than English
BATCH_TOKENS = 1024  # source pieces in a batch; 512 to 2048 are equally fast on AVX2
CHUNK = 512  # sentences decoded before their attention is turned into links and dropped


class Tokenizer(Protocol):
    """A text into a model's pieces and back."""

    def encode(self, sentence: str) -> list[str]:
        """Split a sentence into pieces."""
        ...

    def decode(self, tokens: list[str]) -> str:
        """Join pieces to a text."""
        ...


class ArgosEngine:
    """One Argos package, or two that meet in English."""

    name = "argos"

    def __init__(self, chain: Sequence[Package]) -> None:
        hops: list[Decoder] = [PackageDecoder(package) for package in chain]
        self.decoder = hops[0] if len(hops) == 1 else PivotDecoder(hops[0], hops[1])
        self.traits = Traits(scores=len(hops) == 1, may_use_hints=len(hops) == 1)
        names = "+".join(identity(package) for package in chain)
        self.signature = f"argos:{names} beam={FIRST.beam} recipe={RECIPE} ctranslate2={version('ctranslate2')}"

    @classmethod
    def load(cls, source: str, target: str) -> ArgosEngine:
        """Load the installed packages for a language pair."""
        chain = packages.chain(source, target)
        if not chain:
            raise NoPairError(source, target, hint=f"tolmach models install {source} {target}")
        return cls(chain)

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order, with alignment."""
        return translate_with(self.decoder, requests, self.signature)

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[Loss, ...]]:
        """Tell for n translations how much less likely each word is with a term exchanged."""
        assert isinstance(self.decoder, PackageDecoder)  # two in a chain do not score
        return contrast_with(self.decoder.score, asked, least)


def identity(package: Package) -> str:
    """Return what tells this package's text from another's: its name, and the weights' checksum or at least size."""
    sealed = seals.sealed(package.folder) or {}
    model = "model/model.bin"
    mark = sealed.get(model, "")[:8] or str((package.folder / model).stat().st_size)
    return f"{package.name}-{mark}"


class SentencePieceTokenizer:
    """A sentencepiece.model; unlike Argos's own wrapper it leaves underscores alone."""

    def __init__(self, path: str) -> None:
        import sentencepiece

        self._model = sentencepiece.SentencePieceProcessor(model_file=path)

    def encode(self, sentence: str) -> list[str]:
        """Split a sentence into pieces."""
        return list(self._model.encode(sentence, out_type=str))

    def decode(self, tokens: list[str]) -> str:
        """Join pieces to a text."""
        return str(self._model.decode_pieces(tokens)).replace("▁", " ")


def tokenizer_of(package: Package) -> Tokenizer:
    """Open a package's tokenizer: sentencepiece.model, else bpe.model with Moses rules (Argos's own code for it)."""
    model = package.folder / "sentencepiece.model"
    if model.is_file():
        return SentencePieceTokenizer(str(model))
    from argostranslate.tokenizer import BPETokenizer

    opened: Tokenizer = BPETokenizer(package.folder / "bpe.model", package.source, package.target)
    return opened


def batch_tokens(batch: Sequence[Sequence[str]]) -> int:
    """Return a batch size that leaves each worker at least two batches, lest one of them idles at the end."""
    share = sum(map(len, batch)) // (2 * workers())
    return max(1, min(BATCH_TOKENS, share))


class PackageDecoder:
    """One package as a `Decoder`."""

    limit = LIMIT

    def __init__(self, package: Package) -> None:
        import ctranslate2

        again = f"tolmach models install {package.source} {package.target}"
        if faults := packages.verify(package):
            raise EngineError("the package is damaged: " + "; ".join(faults), path=package.folder, hint=again)
        self.target = package.target
        self._prefix = [package.target_prefix] if package.target_prefix else []
        try:
            self.tokenizer = tokenizer_of(package)
            self.tokenizer.encode("A")  # Argos's BPE wrapper reads its file only now
            self.translator = ctranslate2.Translator(
                str(package.folder / "model"), compute_type="auto", inter_threads=workers(), intra_threads=1
            )
        except (RuntimeError, OSError, ValueError) as error:
            raise EngineError(f"the package does not load: {error}", path=package.folder, hint=again) from error

    def count(self, text: str) -> int:
        """Count the pieces of a text."""
        return len(self.tokenizer.encode(text))

    def decode(self, texts: list[str], settings: Settings) -> list[Output]:
        """Translate n clauses, longest first."""
        pieces = [self.tokenizer.encode(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda i: -len(pieces[i]))
        outputs = [Output("")] * len(texts)
        for at in range(0, len(order), CHUNK):
            chosen = order[at : at + CHUNK]
            for i, result in zip(chosen, self._run([pieces[i] for i in chosen], settings), strict=True):
                outputs[i] = self._output(texts[i], pieces[i], result)
        return outputs

    def score(self, source: str, target: str) -> Callable[[], list[Score]]:
        """Begin to score a target as a translation of its source; a sentence that is too long has no scores."""
        pieces, made = self.tokenizer.encode(source), self.tokenizer.encode(target)
        if max(len(pieces), len(made)) > MOST_PIECES:
            return list
        (pending,) = self.translator.score_batch([pieces], [[*self._prefix, *made]], asynchronous=True)
        return scores_of(pending, made, target)

    def _run(self, batch: list[list[str]], settings: Settings) -> Sequence[Any]:
        results: Sequence[Any] = self.translator.translate_batch(
            batch,
            target_prefix=[self._prefix] * len(batch) if self._prefix else None,
            max_batch_size=batch_tokens(batch),
            batch_type="tokens",
            beam_size=settings.beam,
            length_penalty=LENGTH_PENALTY,
            repetition_penalty=settings.repetition_penalty,
            no_repeat_ngram_size=settings.no_repeat,
            max_decoding_length=MOST_PIECES,
            replace_unknowns=True,
            return_scores=True,
            return_attention=True,
        )
        return results

    def _output(self, source: str, pieces: list[str], result: Any) -> Output:
        skip = len(self._prefix)
        made = list(result.hypotheses[0])[skip:]
        text = self.tokenizer.decode(made).strip()
        length = len(made) + 1
        return Output(
            text,
            score=result.scores[0] * length**LENGTH_PENALTY / length,
            alignment=links_of(result.attention[0][skip:], spans_of(pieces, source), spans_of(made, text)),
            whole=len(made) + skip < MOST_PIECES,
        )


class PivotDecoder:
    """Two decoders that meet in a third language."""

    def __init__(self, first: Decoder, second: Decoder) -> None:
        self._hops = (first, second)
        self.limit = first.limit
        self.target = second.target

    def count(self, text: str) -> int:
        """Count the first package's pieces of a text."""
        return self._hops[0].count(text)

    def decode(self, texts: list[str], settings: Settings) -> list[Output]:
        """Translate n clauses twice."""
        between = self._hops[0].decode(texts, settings)
        final = self._hops[1].decode([out.text for out in between], settings)
        return [_joined(a, b) for a, b in zip(between, final, strict=True)]


def _joined(first: Output, second: Output) -> Output:
    known = first.alignment is not None and second.alignment is not None
    return Output(
        second.text,
        score=None if first.score is None or second.score is None else first.score + second.score,
        alignment=composed(first.alignment or (), second.alignment or ()) if known else None,
        whole=first.whole and second.whole,
    )
