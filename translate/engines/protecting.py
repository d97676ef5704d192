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

from translate.engines.protocol import Contrast, Draft, Engine, Hint, Link, Loss, Request
from translate.engines.scoring import contrast
from translate.problems import Problem
from translate.spans import Span

_LETTER = regex.compile(r"\p{L}")
_LETTER_OR_DIGIT = regex.compile(r"[\p{L}\p{N}]")
_LIKE_A_STAND_IN = regex.compile(r"[XxХх] ?(\d+)")


@dataclass(frozen=True, slots=True)
class Move:
    """A stretch of one text and what stands for it in the other."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that must not be translated.

    Args:
        text: the piece.
        stand_in: "X1", "X2" …
        move: from the source text to the protected text, blanks included.
        before, after: True where a blank was put between the stand-in and a letter: “%dpx” → “X1 px”.
    """

    text: str
    stand_in: str
    move: Move
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """A translation with its pieces back in place.

    Args:
        text: the translation.
        spans: where each piece stands in `text`, in the order of `Protected.pieces`.
        problems: a piece the engine lost (put at the end of the text so that nothing is lost) or repeated.
        moves: from what the engine returned to `text`, for `to_restored`.
    """

    text: str
    spans: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
    moves: tuple[Move, ...] = ()

    def to_restored(self, span: Span) -> Span:
        """Map a span of what the engine returned (an alignment link, say) to `text`."""
        return _moved(span, self.moves)


@dataclass(frozen=True, slots=True)
class Protected:
    """A text ready for an engine.

    Args:
        source: the text as it was.
        text: the same with a stand-in for every piece.
        pieces: ordered by place.
    """

    source: str
    text: str
    pieces: tuple[Piece, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Tell that no letter is left to translate outside the pieces."""
        stops = [0, *(piece.move.old.stop for piece in self.pieces)]
        starts = [*(piece.move.old.start for piece in self.pieces), len(self.source)]
        return not any(_LETTER.search(self.source, a, b) for a, b in zip(stops, starts, strict=True))

    def to_protected(self, span: Span) -> Span:
        """Map a span of `source` (a term found in it, say) to `text`."""
        return _moved(span, [piece.move for piece in self.pieces])

    def to_source(self, span: Span) -> Span:
        """Map a span of `text` to `source`."""
        return _moved(span, [Move(piece.move.new, piece.move.old) for piece in self.pieces])

    def restore(self, target: str) -> Restored:
        """Put the pieces back into what the engine made of `text`.

        A stand-in is found in either script (“X1”, «Х1») and case. One that is missing is put at the end, with a
        Problem; of one that comes twice every copy is restored, with a Problem.
        """
        if not self.pieces:
            return Restored(target)
        numbers = {piece.stand_in[1:]: n for n, piece in enumerate(self.pieces)}
        stand_in = regex.compile(rf"(?<![\p{{L}}\p{{N}}])[XxХх] ?({'|'.join(numbers)})(?!\p{{N}})")
        found: list[list[Span]] = [[] for _piece in self.pieces]
        moves: list[Move] = []
        text, at = "", 0
        for match in stand_in.finditer(target):
            n = numbers[match[1]]
            start, stop = _with_blanks(self.pieces[n], match.start(), match.end(), target)
            text += target[at : max(start, at)]
            place = Span(len(text), len(text) + len(self.pieces[n].text))
            text += self.pieces[n].text
            found[n].append(place)
            moves.append(Move(Span(max(start, at), stop), place))
            at = stop
        return self._checked(text + target[at:], found, tuple(moves))

    def _checked(self, text: str, found: list[list[Span]], moves: tuple[Move, ...]) -> Restored:
        spans, problems = [], []
        for piece, places in zip(self.pieces, found, strict=True):
            if not places:
                text = f"{text.rstrip()} {piece.text}"
                places.append(Span(len(text) - len(piece.text), len(text)))
                message = f"“{piece.text}” was lost in translation and stands at the end: move it to its place"
                problems.append(Problem("kept", message, source=piece.move.old, target=places[0]))
            elif len(places) > 1:
                message = f"“{piece.text}” stands {len(places)} times in the translation"
                problems.append(Problem("kept", message, source=piece.move.old, target=places[1]))
            spans.append(places[0])
        return Restored(text, tuple(spans), tuple(problems), moves)


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
    done, at = "", 0
    for span, name in zip(_merged(spans), names, strict=False):
        before = bool(_LETTER_OR_DIGIT.match(text[span.start - 1 : span.start]))
        after = bool(_LETTER_OR_DIGIT.match(text[span.stop : span.stop + 1]))
        done += text[at : span.start]
        shown = " " * before + name + " " * after
        move = Move(span, Span(len(done), len(done) + len(shown)))
        pieces.append(Piece(span.of(text), name, move, before, after))
        done += shown
        at = span.stop
    return Protected(text, done + text[at:], tuple(pieces))


def _with_blanks(piece: Piece, start: int, stop: int, target: str) -> tuple[int, int]:
    if piece.before and target[start - 1 : start] == " ":
        start -= 1
    if piece.after and target[stop : stop + 1] == " ":
        stop += 1
    return start, stop


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted((s for s in spans if s.start < s.stop), key=lambda s: (s.start, s.stop)):
        if merged and span.start <= merged[-1].stop:
            merged[-1] = Span(merged[-1].start, max(merged[-1].stop, span.stop))
        else:
            merged.append(span)
    return merged


def _moved(span: Span, moves: Iterable[Move]) -> Span:
    """Map a span across replacements; an end inside a replaced piece goes to that piece's own end."""
    start, stop = span.start, span.stop
    shift_start = shift_stop = 0
    for move in moves:
        shift = move.new.stop - move.old.stop
        if span.start >= move.old.stop:
            shift_start = shift
        elif span.start >= move.old.start:
            start, shift_start = move.new.start, 0
        if span.stop >= move.old.stop:
            shift_stop = shift
        elif span.stop > move.old.start:
            stop, shift_stop = move.new.stop, 0
    return Span(start + shift_start, stop + shift_stop)


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
        drafts = [Draft(request.text, 0.0, None, self.signature) for request in requests]
        answers = self.engine.translate([_protected_request(requests[n], made[n]) for n in asked])
        for n, answer in zip(asked, answers, strict=True):
            drafts[n] = _restored_draft(answer, made[n])
        return drafts

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[Loss, ...]]:
        """Ask the engine; nobody asks for a sentence with kept spans (`pinning.contrast`)."""
        return contrast(self.engine, asked, least)


def _protected_request(request: Request, protected: Protected) -> Request:
    if not protected.pieces:
        return request
    hints = tuple(Hint(protected.to_protected(hint.span), hint.lemma) for hint in request.hints)
    kept = []
    for piece in protected.pieces:
        start = piece.move.new.start + piece.before
        kept.append(Span(start, start + len(piece.stand_in)))
    return Request(protected.text, hints, tuple(kept), request.context)


def _restored_draft(draft: Draft, protected: Protected) -> Draft:
    if not protected.pieces:
        return draft
    restored = protected.restore(draft.text)
    links = draft.alignment and tuple(
        Link(protected.to_source(link.source), restored.to_restored(link.target), link.weight)
        for link in draft.alignment
    )
    # The engine speaks of “X1”; what it lost is said here again by name.
    others = [
        replace(
            p, source=p.source and protected.to_source(p.source), target=p.target and restored.to_restored(p.target)
        )
        for p in draft.problems
        if p.kind != "kept"
    ]
    return replace(draft, text=restored.text, alignment=links, problems=(*others, *restored.problems))
