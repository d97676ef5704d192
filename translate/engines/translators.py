"""A CTranslate2 encoder and decoder as a `Decoder`: length-sorted batches, with the attention as alignment.

Argos packages and converted OPUS-MT, NLLB and M2M models differ in their tokenizers and in what stands around a
sentence's pieces; the rest is here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from translate.engines.alignment import links_of
from translate.engines.decoding import Output, Settings, workers
from translate.engines.pieces import scores_of, spans_of
from translate.engines.scoring import Score

MOST_PIECES = 256  # CTranslate2's max_decoding_length
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


class SentencePieceTokenizer:
    """A SentencePiece model; unlike Argos's own wrapper it leaves underscores alone."""

    def __init__(self, path: Path) -> None:
        import sentencepiece

        self._model = sentencepiece.SentencePieceProcessor(model_file=str(path))

    def encode(self, sentence: str) -> list[str]:
        """Split a sentence into pieces."""
        return list(self._model.encode(sentence, out_type=str))

    def knows(self, sentence: str) -> bool:
        """Tell whether every letter of a sentence is in some piece."""
        return self._model.unk_id() not in self._model.encode(sentence)

    def decode(self, tokens: list[str]) -> str:
        """Join pieces to a text."""
        return str(self._model.decode_pieces(tokens)).replace("▁", " ")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the pieces of a sentence, and how long a translation a search prefers.

    Args:
        before, after: pieces around those of the source: its language, the end mark.
        prefix: pieces that every translation begins with: the target's language.
        length_penalty: a hypothesis of n pieces is worth its log-probability divided by n to this power.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    length_penalty: float = 1.0


def open_translator(folder: Path) -> Any:
    """Open a CTranslate2 model, a batch a core.

    Raises:
        RuntimeError, ValueError, OSError: it does not load.
    """
    import ctranslate2

    return ctranslate2.Translator(str(folder), compute_type="auto", inter_threads=workers(), intra_threads=1)


def batch_tokens(batch: Sequence[Sequence[str]]) -> int:
    """Return a batch size that leaves each worker at least two batches, lest one of them idles at the end."""
    share = sum(map(len, batch)) // (2 * workers())
    return max(1, min(BATCH_TOKENS, share))


class TranslatorDecoder:
    """A translator and its tokenizers as a `Decoder`.

    Args:
        translator: a `ctranslate2.Translator`.
        tokenizer, detokenizer: of the source and of the target.
        target: ISO 639 code of the target language.
        frame: see there.
    """

    limit = LIMIT

    def __init__(
        self, translator: Any, tokenizer: Tokenizer, detokenizer: Tokenizer, target: str, frame: Frame
    ) -> None:
        self.translator = translator
        self.tokenizer = tokenizer
        self.target = target
        self._detokenizer = detokenizer
        self._frame = frame
        self._marks = {*frame.before, *frame.after, *frame.prefix}

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
        pieces, made = self.tokenizer.encode(source), self._detokenizer.encode(target)
        if max(len(pieces), len(made)) > MOST_PIECES:
            return list
        (pending,) = self.translator.score_batch(
            [self._framed(pieces)], [[*self._frame.prefix, *made]], asynchronous=True
        )
        return scores_of(pending, made, target)

    def _framed(self, pieces: list[str]) -> list[str]:
        return [*self._frame.before, *pieces, *self._frame.after]

    def _run(self, batch: list[list[str]], settings: Settings) -> Sequence[Any]:
        prefix = list(self._frame.prefix)
        framed = [self._framed(pieces) for pieces in batch]
        results: Sequence[Any] = self.translator.translate_batch(
            framed,
            target_prefix=[prefix] * len(batch) if prefix else None,
            max_batch_size=batch_tokens(framed),
            batch_type="tokens",
            beam_size=settings.beam,
            length_penalty=self._frame.length_penalty,
            repetition_penalty=settings.repetition_penalty,
            no_repeat_ngram_size=settings.no_repeat,
            max_decoding_length=MOST_PIECES,
            replace_unknowns=True,
            return_scores=True,
            return_attention=True,
        )
        return results

    def _output(self, source: str, pieces: list[str], result: Any) -> Output:
        skip, before = len(self._frame.prefix), len(self._frame.before)
        said = list(result.hypotheses[0])[skip:]
        # an unknown piece is replaced by the source piece it looks at, which may be the language or the end mark
        real = [n for n, piece in enumerate(said) if piece not in self._marks]
        made = [said[n] for n in real]
        rows = [result.attention[0][skip + n][before : before + len(pieces)] for n in real]
        text = self._detokenizer.decode(made).strip()
        length = len(said) + 1
        return Output(
            text,
            score=result.scores[0] * length**self._frame.length_penalty / length,
            alignment=links_of(rows, spans_of(pieces, source), spans_of(made, text)),
            whole=len(said) + skip < MOST_PIECES,
        )
