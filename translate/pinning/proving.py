"""The terms of a sentence in a translation that a person made: found and proven, never put in.

What stands there in a form of the lemma, or is derived from it, gets its proof. Where another spelling stands, or
nothing, there is no pin, and the checks say what they think of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from translate.glossary import Policy, TermMatch
from translate.inflection import Paradigm, Slot, read_case
from translate.pinning.locating import Target, locate
from translate.pinning.record import Pin, Pinned, Place
from translate.spans import Span


def prove(matches: Sequence[TermMatch], source: str, target: str) -> Pinned:
    """Find terms in a translation that must not be changed.

    Args:
        matches: the terms of the source, in its order.
        source, target: the sentence and its translation.
    """
    flat = target.replace("\u00a0", " ")  # «Кыргызской Республики» is set with a blank that does not break
    spellings = [(m.term.source, *m.term.aliases) if m.term.policy is Policy.KEEP else () for m in matches]
    targets = [
        Target(m.span, m.paradigm(), names, position=m.span.start / max(1, len(source)))
        for m, names in zip(matches, spellings, strict=True)
    ]
    made = [
        _pin(match, place, flat)
        for match, place in zip(matches, locate(targets, flat), strict=True)
        if place is not None and (place.score == 1 or place.method == "derived")
    ]
    return Pinned(target, tuple(sorted((pin for pin in made if pin), key=lambda pin: pin.target.start)))


def _pin(match: TermMatch, place: Place, text: str) -> Pin | None:
    term, piece = match.paradigm(), place.span.of(text)
    if match.term.policy is Policy.KEEP:
        kept = match.term.target or match.term.source
        return Pin(match.span, place.span, kept, piece, None, None, "kept", 1.0) if piece == kept else None
    if place.found is not None:
        return None  # an exonym
    if place.method == "derived":
        return Pin(match.span, place.span, term.lemma, piece, None, None, "derived", place.score)
    slot = _slot(piece, text, place.span, term)
    if slot is None:
        return None
    return Pin(match.span, place.span, term.lemma, piece, slot.case, slot.number, "already", 1.0)


def _slot(piece: str, text: str, span: Span, term: Paradigm) -> Slot | None:
    """Return which form stands there; of several that are spelt alike the one that the sentence asks for."""
    slots = term.slots_of(piece) or term.slots_of(piece[:1].lower() + piece[1:])
    if len(slots) < 2:
        return slots[0] if slots else None
    reading = read_case(piece, text, span, term)
    read = Slot(reading.case, reading.number)
    return read if read in slots else slots[0]
