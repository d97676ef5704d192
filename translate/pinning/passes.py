"""Translate sentences with their terms pinned: in as few passes of the engine as the terms allow.

A pass asks the engine once, for all sentences that still lack a term, and reads its answers: free translation,
contrasts of what that gave, stand-ins for all names, others for the names still missing. A weak engine garbles a rare
name beyond likeness now and then, and renders «Сергей Иванов» well nearly always; a strong one spells most names
recognisably. `Traits.passes` says which come, and in which order (docs/why/pinning.md has the figures).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol

import regex

from translate.engines import Contrast, Draft, Engine, Hint, Request, Traits, contrast
from translate.errors import EngineError
from translate.glossary import Glossary, TermMatch
from translate.inflection import Paradigm, tag_sentences
from translate.pinning.contrast import STRONG, question, rendering
from translate.pinning.hinted import Told, hints, respelt, small
from translate.pinning.locating import is_named
from translate.pinning.placing import place
from translate.pinning.record import Pinned
from translate.pinning.standins import StandIn, choose, swap
from translate.spans import Edited, Span

Exonyms = Mapping[str, tuple[Paradigm, ...]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A source sentence: its terms, what is never translated, words whose Russian is wished, the sentences before."""

    text: str
    matches: tuple[TermMatch, ...] = ()
    kept: tuple[Span, ...] = ()
    wishes: tuple[TermMatch, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence as the engine gets it.

    Args:
        sentence: as it was.
        worded: what the engine reads, an edit for each stand-in.
        standins: what stands there instead of each of the n terms, None for the term itself.
        hints: what the engine is told.
    """

    sentence: Sentence
    worded: Edited
    standins: tuple[StandIn | None, ...]
    hints: tuple[Hint, ...] = ()

    @property
    def text(self) -> str:
        """Return what the engine reads."""
        return self.worded.text

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return where each of the terms stands in that."""
        return tuple(self.worded.move(match.span) for match in self.sentence.matches)

    @property
    def request(self) -> Request:
        """Return what to hand to the engine."""
        kept = tuple(self.worded.move(span) for span in self.sentence.kept)
        return Request(self.text, self.hints, kept, self.sentence.context)

    def is_named_in(self, text: str) -> bool:
        """Tell whether a stand-in is left in a text."""
        return any(one is not None and is_named(one.paradigm, text) for one in self.standins)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine made of a sentence.

    Args:
        asked: what it was given.
        draft: what it gave.
        pointed: where it put some of the terms by its own word, spans of the source to spans of the draft.
    """

    asked: Asked
    draft: Draft
    pointed: Mapping[Span, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The best answer to a sentence so far, and what was read in it."""

    answer: Answer
    pinned: Pinned

    @property
    def lacking(self) -> tuple[int, int]:
        """Return how many terms are missing, then how many doubts the engine's guards had: the fewer the better."""
        return len(self.pinned.problems), len(self.pinned.draft.problems) if self.pinned.draft else 0


class Pass(Protocol):
    """One way to have sentences translated with their terms."""

    @property
    def name(self) -> str:
        """What `Traits.passes` calls it."""
        ...

    def ask(self, sentences: Sequence[Sentence], best: Sequence[Attempt | None], engine: Engine) -> dict[int, Answer]:
        """Ask the engine once, for all sentences that this pass may gain something for.

        Args:
            sentences: n of them.
            best: what earlier passes got, None before the first.
            engine: to ask.

        Returns:
            answers by position.
        """
        ...

    def read(self, answer: Answer, exonyms: Exonyms | None) -> Pinned:
        """Find the terms in an answer and put them into their form."""
        ...


class _Placing:
    def read(self, answer: Answer, exonyms: Exonyms | None) -> Pinned:
        """Find the terms in an answer and put them into their form."""
        asked = answer.asked
        made = place(
            asked.sentence.matches,
            answer.draft.text,
            links=answer.draft.alignment or (),
            source=asked.text,
            standins=asked.standins,
            spans=asked.spans,
            exonyms=exonyms,
            pointed=answer.pointed,
            told={hint.span for hint in asked.hints},
        )
        return replace(made, draft=_of_the_sentence(answer))


def _of_the_sentence(answer: Answer) -> Draft:
    """Return the draft with its alignment in terms of the sentence as it was."""
    back = answer.asked.worded.inverse
    links = answer.draft.alignment
    return replace(answer.draft, alignment=links and tuple(replace(a, source=back.move(a.source)) for a in links))


class _Translating(_Placing):
    """A pass that has sentences translated, each in its own wording."""

    def ask(self, sentences: Sequence[Sentence], best: Sequence[Attempt | None], engine: Engine) -> dict[int, Answer]:
        """Have what is missing translated, all at once."""
        worded = {
            n: self.wording(sentences[n], before, engine.traits) for n, before in enumerate(best) if _is_open(before)
        }
        asked = {n: one for n, one in worded.items() if one is not None}
        drafts = engine.translate([one.request for one in asked.values()]) if asked else []
        return {n: Answer(one, draft) for (n, one), draft in zip(asked.items(), drafts, strict=True)}

    def wording(self, sentence: Sentence, before: Attempt | None, traits: Traits) -> Asked | None:
        """Return how to ask for a sentence, None where there is nothing to gain."""
        raise NotImplementedError


def _is_open(attempt: Attempt | None) -> bool:
    return attempt is None or bool(attempt.pinned.problems)


class Hinted(_Translating):
    """The sentence with its terms given in Russian, for an engine that takes hints."""

    name = "hinted"

    def wording(self, sentence: Sentence, before: Attempt | None, traits: Traits) -> Asked | None:
        """Return the sentence with its hints, if it has not been translated yet."""
        if before:
            return None
        told = Told(sentence.text, sentence.matches, sentence.wishes, sentence.kept)
        own = _swapped(sentence, [None] * len(sentence.matches))
        return replace(own, hints=hints(told, traits.rare) if traits.uses_hints else ())

    def read(self, answer: Answer, exonyms: Exonyms | None) -> Pinned:
        """Find the terms in an answer, its wished adjectives spelt as they should be."""
        wishes, draft = answer.asked.sentence.wishes, answer.draft
        if draft.alignment is None:  # what is aligned cannot change its length
            draft = replace(draft, text=respelt(draft.text, wishes))
        made = super().read(replace(answer, draft=draft), exonyms)
        return replace(made, text=small(made.text, wishes, [pin.target for pin in made.pins]))


class Free(_Translating):
    """The sentence as it stands; the terms are found in the draft."""

    name = "free"

    def wording(self, sentence: Sentence, before: Attempt | None, traits: Traits) -> Asked | None:
        """Return the sentence itself, if it has not been translated as it stands."""
        if before and not before.answer.asked.hints:
            return None
        return _swapped(sentence, [None] * len(sentence.matches))


class Contrasted(_Placing):
    """The draft as it stands; the engine is asked where it put the terms that nothing there resembles."""

    name = "contrasted"

    def ask(self, sentences: Sequence[Sentence], best: Sequence[Attempt | None], engine: Engine) -> dict[int, Answer]:
        """Have free drafts scored with another name in the source."""
        lost: list[tuple[int, TermMatch, Contrast]] = []
        for n, attempt in enumerate(best):
            if attempt and _is_scorable(attempt):
                lost += [(n, match, one) for match, one in _questions(attempt)]
        found: dict[int, dict[Span, Span]] = {}
        told = contrast(engine, [one for _n, _match, one in lost], STRONG)
        for (n, match, one), losses in zip(lost, told, strict=True):
            if span := rendering(match, one, losses):
                found.setdefault(n, {})[match.span] = span
        answers = {n: attempt.answer for n, attempt in enumerate(best) if attempt}
        return {n: replace(answers[n], pointed=spans) for n, spans in found.items()}


def _is_scorable(attempt: Attempt) -> bool:
    # addresses and code are hidden from the engine, stand-ins and hints exchanged: it would score another text
    asked = attempt.answer.asked
    own = not asked.worded.edits and not asked.sentence.kept and not asked.hints
    return own and bool(attempt.pinned.problems) and bool(attempt.answer.draft.text)


def _questions(attempt: Attempt) -> list[tuple[TermMatch, Contrast]]:
    sentence, draft = attempt.answer.asked.sentence, attempt.answer.draft
    missing = {problem.source for problem in attempt.pinned.problems}
    terms = [match for match in sentence.matches if match.span in missing]
    asked = [(match, question(match, sentence.text, sentence.matches, draft.text)) for match in terms]
    return [(match, one) for match, one in asked if one]


class StandIns(_Translating):
    """Common names in the place of all names of the sentence: in a sentence of names it knows a model leaves out fewer.

    Of 23 terms that were missing 4 stay so, 11 where only the missing ones had stand-ins.
    """

    name = "stand-ins"
    turn = 0

    def wording(self, sentence: Sentence, before: Attempt | None, traits: Traits) -> Asked | None:
        """Return the sentence with stand-ins; as it is where it has none and has not been translated yet."""
        chosen = self._chosen(sentence, before)
        lost = [problem.source for problem in before.pinned.problems] if before else [m.span for m in sentence.matches]
        # «президентские выборы» has no stand-in: to translate again with others for the names does not bring it
        if any(one and m.span in lost for m, one in zip(sentence.matches, chosen, strict=True)):
            return _swapped(sentence, chosen)
        return None if before else _swapped(sentence, [None] * len(chosen))

    def _chosen(self, sentence: Sentence, before: Attempt | None) -> list[StandIn | None]:
        return choose(sentence.matches, sentence.text, self.turn)


class OtherStandIns(StandIns):
    """Other common names, for the names that are still missing alone."""

    name = "other stand-ins"
    turn = -1

    def _chosen(self, sentence: Sentence, before: Attempt | None) -> list[StandIn | None]:
        missing = {problem.source for problem in before.pinned.problems} if before else None
        wanted = [m for m in sentence.matches if missing is None or m.span in missing]
        by_span = dict(zip((m.span for m in wanted), choose(wanted, sentence.text, self.turn), strict=True))
        return [by_span.get(m.span) for m in sentence.matches]


def _swapped(sentence: Sentence, standins: Sequence[StandIn | None]) -> Asked:
    return Asked(sentence, swap(sentence.text, sentence.matches, standins), tuple(standins))


PASSES: Mapping[str, Pass] = {one.name: one for one in (Hinted(), Free(), Contrasted(), StandIns(), OtherStandIns())}


def pin(
    sentences: Sequence[Sentence],
    engine: Engine,
    *,
    exonyms: Exonyms | None = None,
    passes: Sequence[str] = (),
) -> list[Pinned]:
    """Translate n sentences and put their terms in.

    Args:
        sentences: of one article, in order.
        engine: called once a pass, with all sentences that need it.
        exonyms: see the function of that name.
        passes: names of `PASSES` in the order to try; the engine's own by default.

    Returns:
        n pinned sentences; a term that no pass could place is a problem there.

    Raises:
        EngineError: the engine's traits name a pass that there is not, or none that translates.
    """
    best: list[Attempt | None] = [None] * len(sentences)
    with ThreadPoolExecutor(1) as pool:
        # Loading the taggers takes 0.4 s; while the last sentences of a batch are decoded a core has time for it.
        loading = pool.submit(tag_sentences, ()) if any(sentence.matches for sentence in sentences) else None
        for one in _ordered(passes or engine.traits.passes, engine):
            answers = one.ask(sentences, best, engine)
            if loading:
                loading.result()
            tag_sentences([answer.draft.text for n, answer in answers.items() if sentences[n].matches])
            for n, answer in answers.items():
                best[n] = _better(best[n], Attempt(answer, one.read(answer, exonyms)))
    return [attempt.pinned for attempt in best if attempt is not None]


def first_asked(sentence: Sentence, traits: Traits) -> Request:
    """Return what an engine is first asked for a sentence."""
    for name in traits.passes:
        one = PASSES.get(name)
        if isinstance(one, _Translating) and (asked := one.wording(sentence, None, traits)):
            return asked.request
    return Request(sentence.text, kept=sentence.kept)


def _ordered(names: Sequence[str], engine: Engine) -> list[Pass]:
    if unknown := [name for name in names if name not in PASSES]:
        raise EngineError(f"engine {engine.name!r} asks for a pass {unknown[0]!r}; there are " + ", ".join(PASSES))
    if not any(isinstance(PASSES[name], _Translating) for name in names):
        raise EngineError(f"no pass of engine {engine.name!r} translates; there are " + ", ".join(PASSES))
    return [PASSES[name] for name in names]


def _better(old: Attempt | None, new: Attempt) -> Attempt:
    """Choose the one that lacks fewer terms, then the one with fewer doubts of the engine; the older where equal."""
    if old is None:
        return new
    # «против «Рокиз» Колорадо, но у лондонских «Рокиз»»: nobody must read of London
    if new.answer.asked.is_named_in(new.pinned.text):
        return old
    return new if new.lacking < old.lacking else old


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
