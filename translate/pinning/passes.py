"""Translate sentences with their terms pinned: in as few passes of the engine as the terms allow.

A pass is one call of the engine for all sentences that still lack a term: free, with stand-ins for all their names,
with others for the names still missing. A weak engine garbles a rare name beyond likeness now and then, and renders
«Сергей Иванов» well nearly always; a strong one spells most names recognisably. `Engine.stand_ins_first` says which
comes first (docs/why/pinning.md has the figures).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal

import regex

from translate.engines import Contrast, Draft, Engine, Hint, Request, contrast
from translate.glossary import Glossary, TermMatch
from translate.inflection import Paradigm, tag_sentences
from translate.pinning.contrast import STRONG, question, rendering
from translate.pinning.locating import is_named
from translate.pinning.placing import place
from translate.pinning.record import Pinned
from translate.pinning.standins import StandIn, choose, swap
from translate.spans import Span

Pass = Literal["free", "stand-ins", "other stand-ins"]
FREE_FIRST: tuple[Pass, ...] = ("free", "stand-ins", "other stand-ins")
STAND_INS_FIRST: tuple[Pass, ...] = ("stand-ins", "free", "other stand-ins")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A source sentence, the terms found in it, and the spans that are never translated."""

    text: str
    matches: tuple[TermMatch, ...] = ()
    kept: tuple[Span, ...] = ()


def pin(
    sentences: Sequence[Sentence],
    engine: Engine,
    *,
    exonyms: Mapping[str, tuple[Paradigm, ...]] | None = None,
    passes: Sequence[Pass] | None = None,
) -> list[Pinned]:
    """Translate n sentences and put their terms in.

    Args:
        sentences: of one article, in order.
        engine: called once a pass, with all sentences that need it.
        exonyms: see the function of that name.
        passes: in which order to try; the engine's own by default.

    Returns:
        n pinned sentences; a term that no pass could place is a problem there.
    """
    order = passes or (STAND_INS_FIRST if engine.stand_ins_first else FREE_FIRST)
    best: list[Pinned | None] = [None] * len(sentences)
    with ThreadPoolExecutor(1) as pool:
        # Loading the taggers takes 0.4 s; while the last sentences of a batch are decoded a core has time for it.
        loading = pool.submit(tag_sentences, ()) if any(sentence.matches for sentence in sentences) else None
        for step in order:
            attempts = _attempts(sentences, best, step)
            if not attempts:
                break
            answers = engine.translate([attempt.request for attempt in attempts.values()])
            drafts = dict(zip(attempts, answers, strict=True))
            if loading:
                loading.result()
            tag_sentences([draft.text for n, draft in drafts.items() if sentences[n].matches])
            made = {n: attempt.place(drafts[n], exonyms) for n, attempt in attempts.items()}
            if step == "free":
                for n, spans in _pointed(sentences, made, engine).items():
                    made[n] = _better(made[n], attempts[n].place(drafts[n], exonyms, spans))
            for n, pinned in made.items():
                before = best[n]
                # «против «Рокиз» Колорадо, но у лондонских «Рокиз»»: nobody must read of London
                if before is None or not attempts[n].is_named_in(pinned.text):
                    best[n] = _better(before, pinned)
    return [pinned for pinned in best if pinned is not None]


def _attempts(sentences: Sequence[Sentence], best: Sequence[Pinned | None], step: Pass) -> dict[int, _Attempt]:
    """Return what to try in a pass, by the sentence's position: those not tried yet, and those with a term to gain."""
    todo = [n for n, pinned in enumerate(best) if pinned is None or pinned.problems]
    made = {n: _Attempt(sentences[n], step, best[n]) for n in todo}
    return {n: attempt for n, attempt in made.items() if best[n] is None or any(attempt.standins)}


class _Attempt:
    """One sentence in one pass: what the engine is asked, and how its answer is read."""

    def __init__(self, sentence: Sentence, step: Pass, before: Pinned | None) -> None:
        self.sentence = sentence
        matches = sentence.matches
        self.standins: list[StandIn | None] = [None] * len(matches)
        if step != "free":
            # In a sentence of names it knows the model leaves out fewer: of 23 terms that were missing 4 stay so, 11
            # where only they had stand-ins.
            missing = {p.source for p in before.problems} if before and step == "other stand-ins" else None
            wanted = [m for m in matches if missing is None or m.span in missing]
            chosen = choose(wanted, sentence.text, -1 if step == "other stand-ins" else 0)
            by_span = dict(zip((m.span for m in wanted), chosen, strict=True))
            lost = [by_span.get(p.source) for p in before.problems if p.source] if before else chosen
            # «президентские выборы» has no stand-in: to translate again with others for the names does not bring it
            self.standins = [by_span.get(m.span) for m in matches] if any(lost) else self.standins
        self.swapped = swap(sentence.text, matches, self.standins)
        hints = tuple(
            Hint(span, match.target)
            for span, match, standin in zip(self.swapped.spans, matches, self.standins, strict=True)
            if standin is None and match.target
        )
        kept = tuple(self._moved(span) for span in sentence.kept)
        self.request = Request(self.swapped.text, hints, kept)

    def _moved(self, span: Span) -> Span:
        shift = 0
        for match, new in zip(self.sentence.matches, self.swapped.spans, strict=True):
            if match.span.stop <= span.start:
                shift = new.stop - match.span.stop
        return Span(span.start + shift, span.stop + shift)

    def place(
        self,
        draft: Draft,
        exonyms: Mapping[str, tuple[Paradigm, ...]] | None,
        pointed: Mapping[Span, Span] | None = None,
    ) -> Pinned:
        made = place(
            self.sentence.matches,
            draft.text,
            links=draft.alignment or (),
            source=self.swapped.text,
            standins=self.standins,
            spans=self.swapped.spans,
            exonyms=exonyms,
            pointed=pointed,
        )
        return replace(made, draft=draft)

    def is_named_in(self, text: str) -> bool:
        """Tell whether a stand-in is left in a text."""
        return any(one is not None and is_named(one.paradigm, text) for one in self.standins)


def _pointed(sentences: Sequence[Sentence], made: Mapping[int, Pinned], engine: Engine) -> dict[int, dict[Span, Span]]:
    """Ask the engine where in its free drafts it put the terms that nothing there resembles.

    Args:
        sentences: all of them.
        made: those that were translated, by position.
        engine: it is asked once.

    Returns:
        for some of the positions what `place` takes.
    """
    lost: list[tuple[int, TermMatch, Contrast]] = []
    for n, pinned in made.items():
        sentence, draft = sentences[n], pinned.draft
        # addresses and code are hidden from the engine: it would score another text than it made
        if pinned.problems and draft and draft.text and not sentence.kept:
            missing = {problem.source for problem in pinned.problems}
            terms = [match for match in sentence.matches if match.span in missing]
            asked = [(match, question(match, sentence.text, sentence.matches, draft.text)) for match in terms]
            lost += [(n, match, one) for match, one in asked if one]
    found: dict[int, dict[Span, Span]] = {}
    told = contrast(engine, [one for _n, _match, one in lost], STRONG)
    for (n, match, one), losses in zip(lost, told, strict=True):
        if span := rendering(match, one, losses):
            found.setdefault(n, {})[match.span] = span
    return found


def _better(old: Pinned | None, new: Pinned) -> Pinned:
    """Choose the one that lacks fewer terms, then the one with fewer doubts of the engine; the older where equal."""
    if old is None:
        return new

    def lacks(pinned: Pinned) -> tuple[int, int]:
        return len(pinned.problems), len(pinned.draft.problems) if pinned.draft else 0

    return new if lacks(new) < lacks(old) else old


def exonyms(glossary: Glossary) -> dict[str, tuple[Paradigm, ...]]:
    """Return the forbidden Russian names of things whose right name the glossary has, by right name.

    A FORBID line belongs to the terms of its own English spelling, or to those its note names in full.
    """
    lemmas = {term.target for term in glossary.terms if term.target}
    found: dict[str, list[Paradigm]] = {}
    for barred in glossary.forbidden:
        right = [term.target for term in glossary.lookup(barred.source)] if barred.source else []
        named = [lemma for lemma in _named(barred.note) if lemma in lemmas]
        right += [lemma for lemma in named if not any(lemma != other and lemma in other for other in named)]
        for lemma in dict.fromkeys(right):
            if lemma and lemma != barred.target:
                found.setdefault(lemma, []).append(barred.paradigm())
    return {lemma: tuple(paradigms) for lemma, paradigms in found.items()}


def _named(note: str) -> list[str]:
    """Return every run of words of a note that may be a lemma."""
    words = regex.sub(r"[«»„“”\",;:.()]", " ", note).split()
    return [" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, min(len(words), a + 5) + 1)]
