"""A text with its untranslatable pieces replaced by stand-ins that an engine carries over unchanged.

A model rewrites whatever it can read: of 36 sentences with a URL, an address, a handle or a command in them the draft
engine keeps 5 intact («https://www.stat.kg/en/opendata/категория/2745»). A letter and a number, “X1”, comes back
whole in all 36 and leaves the sentence around it as it was; see docs/why/protect.md for what else was measured.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from translate.engines.protocol import Contrast, Draft, Engine, Link, Request, WordLoss
from translate.engines.scoring import contrast
from translate.messages import lazy_gettext
from translate.problems import Kind, Problem
from translate.spans import Edit, Edited, Span, merged

_LETTER = regex.compile(r"\p{L}")
_LETTER_OR_DIGIT = regex.compile(r"[\p{L}\p{N}]")
_LIKE_A_STAND_IN = regex.compile(r"[XxХх] ?(\d+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that must not be translated.

    Args:
        text: the piece.
        stand_in: "X1", "X2" …
        span: where it stands in the source text.
        before, after: True where a blank was put between the stand-in and a letter: “%dpx” → “X1 px”.
    """

    text: str
    stand_in: str
    span: Span
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """A translation with its pieces back in place.

    Args:
        spans: where each piece stands in `text`, in the order of `Protected.pieces`.
        problems: a piece the engine lost (put at the end of the text so that nothing is lost) or repeated.
        edited: how `text` came of what the engine returned.
    """

    spans: tuple[Span, ...]
    problems: tuple[Problem, ...]
    edited: Edited

    @property
    def text(self) -> str:
        """Return the translation."""
        return self.edited.text


@dataclass(frozen=True, slots=True)
class Protected:
    """A text ready for an engine.

    Args:
        edited: the text, a stand-in put in for every piece, blanks around it where a letter would touch it.
        pieces: ordered by place.
    """

    edited: Edited
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """Return what the engine gets."""
        return self.edited.text

    @property
    def is_bare(self) -> bool:
        """Tell that no letter is left to translate outside the pieces."""
        source = self.edited.old
        stops = [0, *(piece.span.stop for piece in self.pieces)]
        starts = [*(piece.span.start for piece in self.pieces), len(source)]
        return not any(_LETTER.search(source, a, b) for a, b in zip(stops, starts, strict=True))

    def restore(self, target: str) -> Restored:
        """Put the pieces back into what the engine made of `text`.

        A stand-in is found in either script (“X1”, «Х1») and case. One that is missing is put at the end, with a
        Problem; of one that comes twice every copy is restored, with a Problem.
        """
        if not self.pieces:
            return Restored((), (), Edited(target))
        numbers = {piece.stand_in[1:]: n for n, piece in enumerate(self.pieces)}
        stand_in = regex.compile(rf"(?<![\p{{L}}\p{{N}}])[XxХх] ?({'|'.join(numbers)})(?!\p{{N}})")
        found: list[list[Span]] = [[] for _piece in self.pieces]
        edits: list[Edit] = []
        at = grown = 0
        for match in stand_in.finditer(target):
            n = numbers[match[1]]
            start, stop = _with_blanks(self.pieces[n], match.start(), match.end(), target)
            start, at = max(start, at), stop
            edits.append(Edit(start, stop, self.pieces[n].text))
            found[n].append(Span(start + grown, start + grown + len(self.pieces[n].text)))
            grown += len(self.pieces[n].text) - (stop - start)
        return self._checked(Edited(target, tuple(edits)), found)

    def _checked(self, edited: Edited, found: list[list[Span]]) -> Restored:
        spans, problems, text = [], [], edited.text
        for piece, places in zip(self.pieces, found, strict=True):
            if not places:
                text = f"{text} {piece.text}"
                places.append(Span(len(text) - len(piece.text), len(text)))
                message = lazy_gettext(
                    "“{piece}” was lost in translation and stands at the end: move it to its place", piece=piece.text
                )
                problems.append(Problem(Kind.KEPT, message, source=piece.span, target=places[0]))
            elif len(places) > 1:
                message = lazy_gettext(
                    "“{piece}” stands {times} times in the translation", piece=piece.text, times=len(places)
                )
                problems.append(Problem(Kind.KEPT, message, source=piece.span, target=places[1]))
            spans.append(places[0])
        end = len(edited.old)
        lost = [Edit(end, end, text[len(edited.text) :])] if len(text) > len(edited.text) else []
        return Restored(tuple(spans), tuple(problems), Edited(edited.old, (*edited.edits, *lost)))


def protect(text: str, spans: Iterable[Span]) -> Protected:
    """Replace the pieces of a sentence that must not be translated by stand-ins.

    Args:
        text: one sentence.
        spans: the pieces, in any order; those that touch or overlap become one piece.

    Returns:
        The text for the engine, which then restores its translation: `protect(t, s).restore(translated).text`.
    """
    taken = {match[1] for match in _LIKE_A_STAND_IN.finditer(text)}
    names = (f"X{n}" for n in itertools.count(1) if str(n) not in taken)
    pieces: list[Piece] = []
    edits: list[Edit] = []
    for span, name in zip(merged(spans), names, strict=False):
        before = bool(_LETTER_OR_DIGIT.match(text[span.start - 1 : span.start]))
        after = bool(_LETTER_OR_DIGIT.match(text[span.stop : span.stop + 1]))
        pieces.append(Piece(span.of(text), name, span, before, after))
        edits.append(Edit(span.start, span.stop, " " * before + name + " " * after))
    return Protected(Edited(text, tuple(edits)), tuple(pieces))


def _with_blanks(piece: Piece, start: int, stop: int, target: str) -> tuple[int, int]:
    if piece.before and target[start - 1 : start] == " ":
        start -= 1
    if piece.after and target[stop : stop + 1] == " ":
        stop += 1
    return start, stop


class ProtectingEngine:
    """An engine to which every kept span of a request is a stand-in, and a sentence of nothing else is no work.

    Args:
        engine: the one that translates; it is told to keep the stand-ins, and so tries again where one was lost.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.name
        self.signature = engine.signature
        self.traits = engine.traits

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order, their pieces and links in place."""
        made = [protect(request.text, request.kept) for request in requests]
        asked = [n for n, protected in enumerate(made) if not protected.is_bare]
        drafts = [Draft(r.text, 0.0, None, self.signature, kept=merged(r.kept)) for r in requests]
        answers = self.engine.translate([_protected_request(requests[n], made[n]) for n in asked])
        for n, answer in zip(asked, answers, strict=True):
            drafts[n] = _restored_draft(answer, made[n])
        return drafts

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Ask the engine; nobody asks for a sentence with kept spans (`pinning.contrast`)."""
        return contrast(self.engine, asked, least)


def _protected_request(request: Request, protected: Protected) -> Request:
    if not protected.pieces:
        return request
    move = protected.edited.move
    hints = tuple(replace(hint, span=move(hint.span)) for hint in request.hints)
    kept = []
    for piece in protected.pieces:
        start = move(piece.span).start + piece.before
        kept.append(Span(start, start + len(piece.stand_in)))
    return Request(protected.text, hints, tuple(kept), request.context)


def _restored_draft(draft: Draft, protected: Protected) -> Draft:
    if not protected.pieces:
        return draft
    restored = protected.restore(draft.text)
    back, move = protected.edited.inverse.move, restored.edited.move
    links = draft.alignment and tuple(Link(back(a.source), move(a.target), a.weight) for a in draft.alignment)
    # The engine speaks of “X1”; what it lost is said here again by name.
    others = [
        replace(p, source=p.source and back(p.source), target=p.target and move(p.target))
        for p in draft.problems
        if p.kind != Kind.KEPT
    ]
    problems = (*others, *restored.problems)
    return replace(draft, text=restored.text, alignment=links, problems=problems, kept=restored.spans)
