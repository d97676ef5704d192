"""What all engines do alike, written once: `translate_with` a model's `Decoder` (count pieces, decode a batch).

Blanks, tabs and words that must survive, cutting over-long sentences, the output guards and the one retry.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import regex

from translate.engines import clauses, guards
from translate.engines.hinting import write_in
from translate.engines.protocol import Draft, Link, Request
from translate.problems import Kind
from translate.spans import Span


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


def workers() -> int:
    """Return how many batches to decode side by side: a core each, which no batch of one shares well.

    Two threads on one batch wait for each other after every matrix; two batches do not. $OMP_NUM_THREADS, which --jobs
    and Ray set, says that there are to be fewer.
    """
    wished = os.environ.get("OMP_NUM_THREADS", "")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, int(wished) if wished.isdecimal() and int(wished) else cores, 8))


_TAB = regex.compile(r"[\t\n\r\v\f\u2028\u2029]+|_{2,}")
_LETTER = regex.compile(r"\p{L}")
_UNDERSCORED = regex.compile(r"[\p{L}\p{N}]+(?:_[\p{L}\p{N}]+)+")


def translate_with(decoder: Decoder, requests: Sequence[Request], signature: str) -> list[Draft]:
    """Translate requests with a decoder: write hints in, plan, decode, guard, retry once, join.

    Guards and links know the sentence as it was, without its hints.

    Args:
        decoder: the model.
        requests: n sentences.
        signature: goes into each draft.

    Returns:
        n drafts in the same order.
    """
    read = [write_in(request) for request in requests]
    first = _attempt(decoder, [_plan(one.request, decoder, decoder.limit) for one in read], FIRST)
    drafts = [judged(r, out, decoder.target, signature) for r, out in zip(requests, first, strict=True)]
    faulty = [i for i, draft in enumerate(drafts) if draft.problems]
    plans = [_plan_again(read[i].request, drafts[i], decoder) for i in faulty]
    for i, out in zip(faulty, _attempt(decoder, plans, AGAIN), strict=True):
        drafts[i] = better(drafts[i], judged(requests[i], out, decoder.target, signature))
    drafts = [one.restored(draft) for one, draft in zip(read, drafts, strict=True)]
    return [honest(draft) for draft in drafts]


def honest(draft: Draft) -> Draft:
    """Return what of a draft may be shown: a loop once, a copied source not at all."""
    if not draft.problems:
        return draft
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
    walls = _kept(request) if any(p.kind == Kind.KEPT for p in draft.problems) else []
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


def judged(request: Request, output: Output, language: str, signature: str) -> Draft:
    """Make a draft of an output, with what the guards say of it.

    Args:
        request: the sentence.
        output: its translation.
        language: of the target, ISO 639.
        signature: goes into the draft.
    """
    kept = [span.of(request.text) for span in _kept(request)]
    source, target = request.text, output.text
    for word in kept:
        source, target = source.replace(word, " " * len(word)), target.replace(word, " " * len(word))
    problems = guards.inspect(source, target, whole=output.whole, language=language)
    gone = guards.lost(kept, output.text)
    return Draft(output.text, output.score, output.alignment, signature, problems + ((gone,) if gone else ()))


def better(first: Draft, again: Draft) -> Draft:
    """Choose the draft with the fewer and milder problems; the first where they are equal."""

    def badness(draft: Draft) -> int:
        return sum(problem.severity for problem in draft.problems)

    return again if badness(again) < badness(first) else first
