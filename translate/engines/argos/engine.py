"""Inference on Argos packages: CTranslate2 in length-sorted batches, with the attention as alignment.

`argostranslate.translate` decodes batches of 32 tokens (one sentence), joins sentences before it detokenises, turns
every underscore into a blank and must import stanza, hence PyTorch. The search settings here are its own, so a
sentence comes out the same (benchmarks/argos_parity.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from translate.engines import seals
from translate.engines.alignment import composed
from translate.engines.argos import packages
from translate.engines.argos.packages import Package
from translate.engines.decoding import FIRST, RECIPE, Decoder, Output, Settings, translate_with
from translate.engines.loading import NoPairError
from translate.engines.protocol import Contrast, Draft, Request, Traits, WordLoss
from translate.engines.scoring import contrast_with
from translate.engines.translators import (
    Frame,
    SentencePieceTokenizer,
    Tokenizer,
    TranslatorDecoder,
    batch_tokens,
    open_translator,
)  # fmt: skip
from translate.errors import EngineError
from translate.messages import _

__all__ = ["ArgosEngine", "PackageDecoder", "batch_tokens", "identity"]

LENGTH_PENALTY = 0.2  # argostranslate's


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

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Tell for n translations how much less likely each word is with a term exchanged."""
        assert isinstance(self.decoder, PackageDecoder)  # two in a chain do not score
        return contrast_with(self.decoder.score, asked, least)


def identity(package: Package) -> str:
    """Return what tells this package's text from another's: its name, and the weights' checksum or at least size."""
    sealed = seals.sealed(package.folder) or {}
    model = "model/model.bin"
    mark = sealed.get(model, "")[:8] or str((package.folder / model).stat().st_size)
    return f"{package.name}-{mark}"


def tokenizer_of(package: Package) -> Tokenizer:
    """Open a package's tokenizer: sentencepiece.model, else bpe.model with Moses rules (Argos's own code for it)."""
    model = package.folder / "sentencepiece.model"
    if model.is_file():
        return SentencePieceTokenizer(model)
    from argostranslate.tokenizer import BPETokenizer

    opened: Tokenizer = BPETokenizer(package.folder / "bpe.model", package.source, package.target)
    return opened


class PackageDecoder(TranslatorDecoder):
    """One package as a `Decoder`."""

    def __init__(self, package: Package) -> None:
        again = f"tolmach models install {package.source} {package.target}"
        if faults := packages.verify(package):
            raise EngineError("the package is damaged: " + "; ".join(faults), path=package.folder, hint=again)
        frame = Frame(prefix=(package.target_prefix,) if package.target_prefix else (), length_penalty=LENGTH_PENALTY)
        try:
            tokenizer = tokenizer_of(package)
            tokenizer.encode("A")  # Argos's BPE wrapper reads its file only now
            translator = open_translator(package.folder / "model")
        except (RuntimeError, OSError, ValueError) as error:
            raise EngineError(
                _("the package does not load: {error}").format(error=error), path=package.folder, hint=again
            ) from error
        super().__init__(translator, tokenizer, tokenizer, package.target, frame)


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
