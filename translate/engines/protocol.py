"""What goes into an engine and what comes out of it: `translate(list[Request]) -> list[Draft]`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from translate.problems import Problem
from translate.spans import Span


@dataclass(frozen=True, slots=True)
class Hint:
    """A term found in the sentence, for an engine that can use it.

    Args:
        span: in the source.
        lemma: its Russian.
        form: the form of the lemma to write in the place of the English, "" for the lemma itself.
    """

    span: Span
    lemma: str
    form: str = ""

    @property
    def written(self) -> str:
        """Return what stands in the place of the English where an engine reads both languages at once."""
        return self.form or self.lemma


@dataclass(frozen=True, slots=True)
class Request:
    """One sentence to translate: NFC, one line, and the glossary terms found in it.

    Args:
        text: the sentence.
        hints: terms an engine may use.
        kept: spans that must stand in the translation as they are (URL, code, placeholder); words with an underscore
            are kept unasked.
        context: the sentences before it in the article, in order, for an engine that reads on.
    """

    text: str
    hints: tuple[Hint, ...] = ()
    kept: tuple[Span, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One aligned pair of spans, source and target, with the engine's weight from 0 to 1."""

    source: Span
    target: Span
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine made of a request.

    Args:
        text: the translation; "" only with a Problem.
        score: mean log-probability a target token (0 is certain), or None.
        alignment: spans of source and target tokens that belong together, or None where the engine has none.
        signature: engine, model, version, settings; equal signatures give equal text on one processor, as far as the
            engine is not moved by what it translates beside (int8 rounds otherwise on another).
        problems: what the output guards found and a retry did not mend.
        kept: where the kept pieces of the request stand in `text`, in its order; () where the engine does not know.
    """

    text: str
    score: float | None
    alignment: tuple[Link, ...] | None
    signature: str
    problems: tuple[Problem, ...] = ()
    kept: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Contrast:
    """A translation, what it was made from, and that with one term exchanged for another.

    Args:
        source, other: the two source sentences.
        target: the translation of `source`.
        words: the words of interest; what stands behind the last of them need not be scored.
    """

    source: str
    other: str
    target: str
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WordLoss:
    """How much less likely a word of the translation is with the term exchanged.

    Args:
        span: of the word in the target, punctuation beside it included.
        nats: logarithm of how many times less likely.
    """

    span: Span
    nats: float


@dataclass(frozen=True, slots=True)
class Traits:
    """What an engine is and can do; whoever stands before an engine passes its traits on.

    Args:
        is_draft: output must be labelled a draft.
        passes: names of `translate.pinning.passes.PASSES` in the order that measurement says (docs/why/pinning.md).
        uses_hints: reads `Request.hints`.
        may_use_hints: could read them; what comes of it has not been measured, so the setting `hints` must turn it on.
        rare: words that its model has seen fewer times than that are among the hints (`lexicon.count`); 0 for none.
        uses_context: reads `Request.context`.
        scores: is a `ScoringEngine`.
        is_remote: the text leaves this machine, and every output must say so.
        side_by_side: `translate` may be called again, from another thread, while it works: what waits for the last
            sentence of one call then works on the next.
    """

    is_draft: bool = False
    passes: tuple[str, ...] = ("free", "contrasted", "stand-ins", "other stand-ins")
    uses_hints: bool = False
    may_use_hints: bool = False
    rare: int = 0
    uses_context: bool = False
    scores: bool = False
    is_remote: bool = False
    side_by_side: bool = False


class Engine(Protocol):
    """A translation model for one language pair.

    Attributes:
        name: "argos", "draft", …
        signature: see `Draft.signature`.
        traits: what it is and can do.
    """

    name: str
    signature: str
    traits: Traits

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order."""
        ...


class ScoringEngine(Engine, Protocol):
    """An engine that can score a translation, not only make one."""

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Tell for n translations how much less likely each word is with a term exchanged; see `scoring.contrast`."""
        ...
