"""The seam between the pipe and a translation model: `translate(list[Request]) -> list[Draft]`.

An engine brings a `Decoder` (count pieces, decode a batch); `translate_with` does for all of them what none should
do differently: blanks, tabs and words that must survive, cutting over-long sentences, the output guards and the one
retry. An engine that can score texts may also `contrast` them. `load_engine` is the only plug-in seam (entry-point
group `tolmach.engines`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from typing import NamedTuple, Protocol

import regex

from translate import clauses, guards
from translate.errors import EngineError, Problem, Span


@dataclass(frozen=True, slots=True)
class Hint:
    """A term found in the sentence, for an engine that can use it: source span and Russian lemma."""

    span: Span
    lemma: str


@dataclass(frozen=True, slots=True)
class Request:
    """One sentence to translate: NFC, one line, and the glossary terms found in it.

    Args:
        text: the sentence.
        hints: terms an engine may use.
        kept: spans that must stand in the translation as they are (URL, code, placeholder); words with an underscore
            are kept unasked.
    """

    text: str
    hints: tuple[Hint, ...] = ()
    kept: tuple[Span, ...] = ()


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
        signature: engine, model, version, settings; equal signatures give equal text.
        problems: what the output guards found and a retry did not mend.
    """

    text: str
    score: float | None
    alignment: tuple[Link, ...] | None
    signature: str
    problems: tuple[Problem, ...] = ()


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
class Loss:
    """How much less likely a word of the translation is with the term exchanged.

    Args:
        span: of the word in the target, punctuation beside it included.
        nats: logarithm of how many times less likely.
    """

    span: Span
    nats: float


class Engine(Protocol):
    """A translation model for one language pair.

    Attributes:
        name: "argos", "draft", …
        signature: see `Draft.signature`.
        is_draft: True where output must be labelled a draft.
        stand_ins_first: True where measurement says to put stand-ins in before translating (docs/why/).
    """

    name: str
    signature: str
    is_draft: bool
    stand_ins_first: bool

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order."""
        ...


def contrast(engine: Engine, asked: Sequence[Contrast], least: float) -> list[tuple[Loss, ...]]:
    """Ask an engine which words of n translations are owed to a term.

    An engine that scores texts has a method `contrast`; it need not have one.

    Args:
        engine: any.
        asked: n contrasts.
        least: nats; where no word of interest loses as much, there need be no answer.

    Returns:
        for each the losses of its words; () where the engine cannot tell.
    """
    able = getattr(engine, "contrast", None)
    return able(list(asked), least) if able and asked else [()] * len(asked)


class Score(NamedTuple):
    """The logarithm of a piece's probability, and its span in the target; None where it stands for nothing there."""

    span: Span | None
    log: float


def contrast_with(
    start: Callable[[str, str], Callable[[], Sequence[Score]]], asked: Sequence[Contrast], least: float
) -> list[tuple[Loss, ...]]:
    """Contrast translations with a model that scores them.

    A word that is likely enough with the term exchanged cannot lose much: then its own source need not be scored.

    Args:
        start: begins to score a target as a translation of a source; what it returns waits for the scores of the
            target's pieces.
        asked: n contrasts.
        least: see `contrast`.
    """
    ends: dict[tuple[str, str], int] = {}
    for c in asked:
        ends[c.source, c.target] = max([ends.get((c.source, c.target), 0), *(word.stop for word in c.words)])
    cut = [c.target[: ends[c.source, c.target]] for c in asked]
    started = [start(c.other, text) for c, text in zip(asked, cut, strict=True)]
    own: dict[tuple[str, str], Callable[[], Sequence[Score]]] = {}
    others = []
    for c, text, waiting in zip(asked, cut, started, strict=True):
        others.append(waiting())
        most = _losses(text, [Score(score.span, 0.0) for score in others[-1]], others[-1])
        if (c.source, text) not in own and any(
            loss.nats >= least and any(map(loss.span.overlaps, c.words)) for loss in most
        ):
            own[c.source, text] = start(c.source, text)
    scored = {pair: waiting() for pair, waiting in own.items()}
    return [
        _losses(text, scored[c.source, text], other) if (c.source, text) in scored else ()
        for c, text, other in zip(asked, cut, others, strict=True)
    ]


def _losses(target: str, scores: Iterable[Score], others: Iterable[Score]) -> tuple[Loss, ...]:
    words = [Span(m.start(), m.end()) for m in regex.finditer(r"\S+", target)]
    nats = [0.0] * len(words)
    at = 0
    for one, other in zip(scores, others, strict=False):  # of a sentence that is too long there are none
        while one.span and at + 1 < len(words) and words[at].stop <= one.span.start:
            at += 1
        if one.span and words:
            nats[at] += one.log - other.log
    return tuple(Loss(span, lost) for span, lost in zip(words, nats, strict=True))


@dataclass(frozen=True, slots=True)
class Settings:
    """How a decoder searches.

    Args:
        beam: hypotheses kept at each step.
        repetition_penalty: above 1 pushes down pieces already said.
        no_repeat: length of the piece n-grams that may not come twice; 0 for off.
    """

    beam: int = 4
    repetition_penalty: float = 1.0
    no_repeat: int = 0


# Part of every signature: raise it when a change of the cutting, the guards or the retry changes what comes out.
RECIPE = 1
FIRST = Settings()
# “… Defense Advanced Research Project of the Defense Advanced …” 40 times over: barring the fourth piece from coming
# again mends it; a repetition penalty does too, but drops words elsewhere. The second attempt also cuts in two.
AGAIN = Settings(no_repeat=4)


@dataclass(frozen=True, slots=True)
class Output:
    """One decoded clause.

    Args:
        text: detokenised, stripped.
        score: mean log-probability a piece, or None.
        alignment: links between code points of the clause and of `text`, or None.
        whole: False where decoding was stopped at the length limit.
    """

    text: str
    score: float | None = None
    alignment: tuple[Link, ...] | None = None
    whole: bool = True


class Decoder(Protocol):
    """What a model brings; `translate_with` does the rest.

    Attributes:
        limit: the longest clause it translates well, in source pieces.
        target: ISO 639 code of the target language.
    """

    limit: int
    target: str

    def count(self, text: str) -> int:
        """Count the model's pieces in a text."""
        ...

    def decode(self, texts: list[str], settings: Settings) -> list[Output]:
        """Translate n clauses in batches of its own making; the n outputs come in the same order."""
        ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """An engine ready for use, and one line for stderr where another would have been better."""

    engine: Engine
    notice: str = ""


class Plugin(Protocol):
    """What an entry point of the group `tolmach.engines` names."""

    def load(self, source: str, target: str) -> Engine:
        """Load the model for a language pair; EngineError with a hint where there is none."""
        ...


GROUP = "tolmach.engines"


def load_engine(name: str = "auto", source: str = "en", target: str = "ru") -> Loaded:
    """Load an engine by name for a language pair.

    Args:
        name: "auto" (Argos if the pair is installed, else the draft model), or an entry point of `tolmach.engines`.
        source, target: ISO 639 codes.

    Raises:
        EngineError: unknown name, no model for the pair, or a model that does not load.
    """
    found = {point.name: point for point in entry_points(group=GROUP)}
    if name != "auto":
        if name not in found:
            raise EngineError(f"no engine is called {name!r}", hint="known engines: auto, " + ", ".join(sorted(found)))
        return Loaded(_load(found[name].load(), source, target))
    try:
        return Loaded(_load(found["argos"].load(), source, target))
    except NoPairError:
        better = f"for better Russian: tolmach models install {source} {target}"
    try:
        engine = _load(found["draft"].load(), source, target)
    except NoPairError as error:
        raise NoPairError(source, target, hint=f"tolmach models install {source} {target}") from error
    return Loaded(engine, f"no Argos package for {source}→{target} is installed: using the draft engine; {better}")


def _load(plugin: Plugin, source: str, target: str) -> Engine:
    return plugin.load(source, target)


class NoPairError(EngineError):
    """An engine has no model for this language pair."""

    def __init__(self, source: str, target: str, *, hint: str = "") -> None:
        super().__init__(f"no model translates {source}→{target}", hint=hint)


def workers() -> int:
    """Return how many batches to decode side by side: a core each, which no batch of one shares well.

    Two threads on one batch wait for each other after every matrix; two batches do not.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, 8))


_TAB = regex.compile(r"[\t\n\r\v\f\u2028\u2029]+|_{2,}")
_LETTER = regex.compile(r"\p{L}")
_UNDERSCORED = regex.compile(r"[\p{L}\p{N}]+(?:_[\p{L}\p{N}]+)+")


def translate_with(decoder: Decoder, requests: Sequence[Request], signature: str) -> list[Draft]:
    """Translate requests with a decoder: plan, decode, guard, retry once, join.

    Args:
        decoder: the model.
        requests: n sentences.
        signature: goes into each draft.

    Returns:
        n drafts in the same order.
    """
    first = _attempt(decoder, [_plan(r, decoder, decoder.limit) for r in requests], FIRST)
    drafts = [_judge(r, out, decoder, signature) for r, out in zip(requests, first, strict=True)]
    faulty = [i for i, draft in enumerate(drafts) if draft.problems]
    plans = [_plan_again(requests[i], drafts[i], decoder) for i in faulty]
    for i, out in zip(faulty, _attempt(decoder, plans, AGAIN), strict=True):
        drafts[i] = _better(drafts[i], _judge(requests[i], out, decoder, signature))
    return [_honest(draft) if draft.problems else draft for draft in drafts]


def _honest(draft: Draft) -> Draft:
    text, problems = guards.honest(draft.text, draft.problems)
    return replace(draft, text=text, problems=problems, alignment=draft.alignment if text == draft.text else None)


def _kept(request: Request) -> list[Span]:
    words = [Span(m.start(), m.end()) for m in _UNDERSCORED.finditer(request.text)]
    return sorted({*request.kept, *words}, key=lambda s: (s.start, s.stop))


@dataclass(frozen=True, slots=True)
class _Plan:
    text: str
    spans: tuple[Span, ...]  # to be decoded; what lies between is copied


def _plan(request: Request, decoder: Decoder, limit: int, walls: Iterable[Span] = ()) -> _Plan:
    parts = clauses.pieces_between(request.text, _TAB, tuple(walls))
    spans: list[Span] = []
    for part in parts:
        if not _LETTER.search(part.of(request.text)):
            continue  # “2017”, “—”, “1,200”: nothing to translate, and a model only spoils it
        cuts = clauses.cut(part.of(request.text), decoder.count, limit)
        spans += [Span(part.start + c.start, part.start + c.stop) for c in cuts if c.stop > c.start]
    return _Plan(request.text, tuple(spans))


def _plan_again(request: Request, draft: Draft, decoder: Decoder) -> _Plan:
    walls = _kept(request) if any(p.kind == "kept" for p in draft.problems) else []
    limit = min(decoder.limit, max(12, decoder.count(request.text) // 2 + 1))
    return _plan(request, decoder, limit, walls)


def _attempt(decoder: Decoder, plans: Sequence[_Plan], settings: Settings) -> list[Output]:
    texts = list(dict.fromkeys(span.of(plan.text) for plan in plans for span in plan.spans))
    made = dict(zip(texts, decoder.decode(texts, settings) if texts else [], strict=True))
    return [_join(plan, [made[span.of(plan.text)] for span in plan.spans]) for plan in plans]


def _join(plan: _Plan, outputs: Sequence[Output]) -> Output:
    """Put the outputs in the places of their clauses; everything between stands as it stood."""
    text, at = "", 0
    links: list[Link] = []
    for n, (span, out) in enumerate(zip(plan.spans, outputs, strict=True)):
        links += _copied(plan.text, Span(at, span.start), len(text))
        text += plan.text[at : span.start]
        made = clauses.mend_seam(
            span.of(plan.text),
            out.text,
            first=n == 0 or not _seam(plan, n - 1),
            last=n == len(outputs) - 1 or not _seam(plan, n),
        )
        moved = [_moved(link, span.start, len(text), len(made)) for link in out.alignment or ()]
        links += [link for link in moved if link.target.start < link.target.stop]  # a full stop taken off a clause
        text, at = text + made, span.stop
    links += _copied(plan.text, Span(at, len(plan.text)), len(text))
    text += plan.text[at:]
    scores = [(o.score, len(o.text)) for o in outputs if o.score is not None]
    weight = sum(size for _score, size in scores)
    return Output(
        text=text,
        score=sum(score * size for score, size in scores) / weight if weight else (None if outputs else 0.0),
        alignment=tuple(links) if all(o.alignment is not None for o in outputs) else None,
        whole=all(o.whole for o in outputs),
    )


def _copied(text: str, gap: Span, at: int) -> list[Link]:
    piece = gap.of(text)
    start, size = len(piece) - len(piece.lstrip()), len(piece.strip())
    if not size:
        return []
    return [Link(Span(gap.start + start, gap.start + start + size), Span(at + start, at + start + size))]


def _seam(plan: _Plan, n: int) -> bool:
    """Tell whether span n and the next are clauses of one sentence: nothing but a blank between them."""
    return plan.text[plan.spans[n].stop : plan.spans[n + 1].start] in {" ", ""}


def _moved(link: Link, source: int, target: int, size: int) -> Link:
    stop = min(link.target.stop, size)
    return Link(
        Span(link.source.start + source, link.source.stop + source),
        Span(min(link.target.start, stop) + target, stop + target),
        link.weight,
    )


def _judge(request: Request, output: Output, decoder: Decoder, signature: str) -> Draft:
    kept = [span.of(request.text) for span in _kept(request)]
    source, target = request.text, output.text
    for word in kept:
        source, target = source.replace(word, " " * len(word)), target.replace(word, " " * len(word))
    problems = guards.inspect(source, target, whole=output.whole, language=decoder.target)
    gone = guards.lost(kept, output.text)
    return Draft(output.text, output.score, output.alignment, signature, problems + ((gone,) if gone else ()))


def _better(first: Draft, again: Draft) -> Draft:
    """Choose the draft with the fewer and milder problems; the first where they are equal."""

    def badness(draft: Draft) -> int:
        weights = {"untranslated": 4, "repetition": 3, "kept": 2}
        return sum(weights.get(p.kind, 1) for p in draft.problems)

    return again if badness(again) < badness(first) else first
