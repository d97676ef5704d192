"""Inference on converted OPUS-MT, NLLB and M2M models: CTranslate2 with the pieces that their tokenizers would give it.

What the models' own tokenizers do to a sentence is done here without Transformers:

Marian  [>>rus<<] pieces </s>   the language of the target, where the model has several, stands before the source
NLLB    eng_Latn pieces </s>    and rus_Cyrl begins the translation
M2M     __en__ pieces </s>      and __ru__ begins the translation
"""

from __future__ import annotations

from importlib.metadata import version

import regex

from translate import config
from translate.engines import seals
from translate.engines.decoding import FIRST, RECIPE, translate_with
from translate.engines.loading import NoPairError
from translate.engines.opus import models
from translate.engines.opus.models import Model
from translate.engines.opus.recognising import read_json
from translate.engines.protocol import Contrast, Draft, Request, Traits, WordLoss
from translate.engines.scoring import contrast_with
from translate.engines.translators import Frame, SentencePieceTokenizer, Tokenizer, TranslatorDecoder, open_translator
from translate.errors import ConfigError, EngineError
from translate.messages import _


class OpusEngine:
    """A converted model behind the settings' `[opus] model`, or the best for the pair."""

    name = "opus"

    def __init__(self, model: Model, source: str, target: str) -> None:
        self._decoder = load_decoder(model, source, target)
        self.traits = Traits(scores=True, may_use_hints=_reads_both(self._decoder.tokenizer))
        mark = (seals.sealed(model.folder) or {}).get("model.bin", "")[:8]
        how = f"beam={FIRST.beam} recipe={RECIPE} ctranslate2={version('ctranslate2')}"
        self.signature = f"opus:{model.name}-{mark} {source}-{target} {how}"

    @classmethod
    def load(cls, source: str, target: str) -> OpusEngine:
        """Load the installed model for a language pair.

        Raises:
            NoPairError: none translates it.
            ConfigError, EngineError: `opus.model` of the settings is faulty; the model is damaged.
        """
        model = models.best(source, target, _wanted())
        if model is None:
            raise NoPairError(
                source, target, hint="tolmach models install FOLDER (docs/engines.md says how to get one)"
            )
        return cls(model, source, target)

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order, with alignment."""
        return translate_with(self._decoder, requests, self.signature)

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Tell for n translations how much less likely each word is with a term exchanged."""
        return contrast_with(self._decoder.score, asked, least)


def _wanted() -> str:
    found = config.load()
    wanted = found.opus.get("model", "")
    if not isinstance(wanted, str) or set(found.opus) - {"model"}:
        raise ConfigError(_("opus: may have one key, model, the name of an installed model"), path=found.path)
    return wanted


class MarianTokenizer:
    """The tokenizer of a Marian model's source.

    The punctuation is made that of the training data first, as OPUS-MT's preprocessing does it; SentencePiece's own
    NFKC does the rest of it (full-width forms, “…”).
    """

    def __init__(self, plain: SentencePieceTokenizer) -> None:
        self._plain = plain
        self.knows = plain.knows

    def encode(self, sentence: str) -> list[str]:
        """Split a sentence into pieces."""
        return self._plain.encode(normal(sentence))

    def decode(self, tokens: list[str]) -> str:
        """Join pieces to a text."""
        return self._plain.decode(tokens)


_PUNCTUATION = str.maketrans({"“": '"', "”": '"', "《": '"', "》": '"', "「": '"', "」": '"', "’": "'"})
_CONTROL = regex.compile(r"\p{C}")


def normal(sentence: str) -> str:
    """Return a sentence with the punctuation that OPUS-MT's models were trained on.

    Source: preprocess.sh in the archives of OPUS-MT's models.
    """
    return " ".join(_CONTROL.sub(" ", sentence.translate(_PUNCTUATION)).split())


def load_decoder(model: Model, source: str, target: str) -> TranslatorDecoder:
    """Load a model for one of the pairs it translates.

    Raises:
        EngineError: damaged, or not what it seemed.
    """
    again = "tolmach models install FOLDER"
    if (model.folder / seals.NAME).exists() and (faults := models.verify(model)):
        raise EngineError("the model is damaged: " + "; ".join(faults), path=model.folder, hint=again)
    files = model.files
    end = () if files.ends_source else (str(read_json(model.folder / "config.json").get("eos_token") or "</s>"),)
    named, begins = model.sources[source], model.targets[target]
    try:
        first, second = (SentencePieceTokenizer(model.folder / name) for name in files.tokenizers)
        translator = open_translator(model.folder)
    except (RuntimeError, OSError, ValueError) as error:
        raise EngineError(
            _("the model does not load: {error}").format(error=error), path=model.folder, hint=again
        ) from error
    if files.kind == "many":
        return TranslatorDecoder(translator, first, second, target, Frame((named,), end, (begins,)))
    before = (begins,) if begins else ()
    return TranslatorDecoder(translator, MarianTokenizer(first), second, target, Frame(before, end))


def _reads_both(tokenizer: Tokenizer) -> bool:
    """Tell whether the source's tokenizer knows Cyrillic, so that a term's Russian could be told to the model."""
    knows = getattr(tokenizer, "knows", None)
    return bool(knows and knows("Съезд в Бишкеке: жюри, цех, фея, шёпот"))
