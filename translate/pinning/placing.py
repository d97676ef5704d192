"""Put the right form of each term where it was found, and mend what depends on it; nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from translate.engine import Link
from translate.errors import Problem, Span
from translate.glossary import Policy, TermMatch
from translate.inflection import Case, Number, Paradigm, Slot, read_case
from translate.inflection.agreement import agreeing_adjective, agreeing_verb
from translate.pinning.likeness import likeness
from translate.pinning.locating import Place, Target, locate
from translate.pinning.record import Method, Pin, Pinned
from translate.pinning.standins import StandIn

# The cases a preposition right before a term can have, the likeliest first.
_GOVERNMENT: list[tuple[tuple[Case, ...], str]] = [
    (("gent",), "без близ ввиду вместо внутри возле вокруг вроде для до из изо из-за из-под кроме около от ото против"),
    (("gent",), "ради среди у относительно посредством вследствие насчёт помимо после"),
    (("datv",), "к ко благодаря вопреки согласно навстречу"),
    (("accs",), "про через сквозь"),
    (("ablt",), "над надо перед передо"),
    (("loct", "accs"), "о об обо в во на"),
    (("ablt", "gent", "accs"), "с со"),
    (("ablt", "accs"), "за под"),
    (("ablt", "gent"), "между"),
    (("datv", "loct", "accs"), "по"),
    (("loct",), "при"),
]
_GOVERNS = {word: cases for cases, words in _GOVERNMENT for word in words.split()}
_BEFORE = regex.compile(r"(?<![\p{L}\p{M}-])([\p{L}-]+)[ \u00a0]+[«„“\"(]?$")
_AFTER = regex.compile(r"[»“”\")]?[ \u00a0]+([\p{L}-]+)")


@dataclass(frozen=True, slots=True)
class _Change:
    """A form to put into the draft.

    Args:
        span: of the draft.
        new: what comes there.
        pin: lacks its final span and what was mended.
        standing: the paradigm of what stood there, if of another word than the term.
    """

    span: Span
    new: str
    pin: Pin
    term: Paradigm
    standing: Paradigm | None = None


@dataclass(frozen=True, slots=True)
class _Mend:
    """A word beside a term that has to follow it."""

    span: Span
    new: str


def place(
    matches: Sequence[TermMatch],
    draft: str,
    *,
    links: Sequence[Link] = (),
    source: str = "",
    standins: Sequence[StandIn | None] = (),
    spans: Sequence[Span] = (),
    exonyms: Mapping[str, tuple[Paradigm, ...]] | None = None,
) -> Pinned:
    """Put terms into one draft.

    Args:
        matches: the terms of the sentence, in its order.
        draft: its translation.
        links: the engine's alignment with the text that was translated.
        source: the text that was translated, stand-ins in it.
        standins: what stood there for each term, None for the term itself; empty for no stand-ins at all.
        spans: where each term lies in `source`; the matches' own spans if empty.
        exonyms: see `locating.Target`, by lemma.
    """
    where = spans or [match.span for match in matches]
    fakes = standins or [None] * len(matches)
    targets = [
        _target(match, fake, span, source, exonyms or {})
        for match, fake, span in zip(matches, fakes, where, strict=True)
    ]
    places = locate(targets, draft, links)
    changes: list[_Change] = []
    problems: list[Problem] = []
    for match, target, fake, found in zip(matches, targets, fakes, places, strict=True):
        if found is None:
            shown = match.target or match.term.source
            problems.append(Problem("term", f"not found in the translation: {shown}", source=match.span))
        else:
            changes.append(_change(match, target, fake, found, draft))
    return _apply(draft, changes, problems)


def _target(
    match: TermMatch, fake: StandIn | None, span: Span, source: str, exonyms: Mapping[str, tuple[Paradigm, ...]]
) -> Target:
    position = span.start / max(1, len(source))
    if fake is not None:
        return Target(span, fake.paradigm, (fake.english,), position=position, adjectives=False)
    term = match.term
    spellings = (term.source, *term.aliases)
    if match.partial:
        spellings = tuple(spelling.split()[-1] for spelling in spellings if spelling)
    return Target(span, match.paradigm(), spellings, exonyms.get(match.target, ()), position=position)


def _change(match: TermMatch, target: Target, fake: StandIn | None, found: Place, draft: str) -> _Change:
    piece = found.span.of(draft)
    term = match.paradigm()
    if match.term.policy is Policy.KEEP:
        kept = match.term.target or match.term.source
        pin = Pin(match.span, found.span, kept, kept, None, None, "kept", found.score)
        return _Change(found.span, kept, pin, term)
    if found.method == "derived":
        pin = Pin(match.span, found.span, term.lemma, piece, None, None, "derived", found.score)
        return _Change(found.span, piece, pin, term)
    slot, confidence = _slot(piece, draft, found, target.paradigm, match)
    method: Method = "stand-in" if fake else found.method
    standing = term.slots_of(piece) or (_lower_slots(piece, term) if term.lemma[:1].islower() else [])
    if fake is None and found.score == 1 and slot in standing:
        new = piece
    else:
        number = slot.number if Slot(slot.case, slot.number) in term.forms else term.number
        slot = Slot(slot.case, number)
        new = term.form(slot.case, number)
        if found.score == 1 and fake is None:
            method = "forced"
        if piece[:1].isupper() and new[:1].islower() and not draft[: found.span.start].strip(' «„“"(—–-\u00a0'):
            new = new[0].upper() + new[1:]
    pin = Pin(match.span, found.span, term.lemma, new, slot.case, slot.number, method, round(confidence, 3))
    return _Change(found.span, new, pin, term, found.found or (target.paradigm if fake else None))


def _lower_slots(piece: str, term: Paradigm) -> list[Slot]:
    return term.slots_of(piece[:1].lower() + piece[1:])


def _slot(piece: str, draft: str, found: Place, looked_for: Paradigm, match: TermMatch) -> tuple[Slot, float]:
    """Return the case and number wanted at a place, and how sure that is."""
    standing = found.found or looked_for
    before = _BEFORE.search(draft, endpos=found.span.start)
    governed = _GOVERNS.get(before[1].lower(), ()) if before else ()
    exact = standing.slots_of(piece) or _lower_slots(piece, standing)
    if exact:
        fitting = [slot for slot in exact if not governed or slot.case in governed]
        if len(fitting) == 1:
            return _numbered(fitting[0], looked_for, match), found.score
        if not fitting and looked_for.fixed:
            return Slot(governed[0], looked_for.number), found.score
        if fitting:
            reading = read_case(piece, draft, found.span, standing)
            read = Slot(reading.case, reading.number)
            return _numbered(read if read in fitting else fitting[0], looked_for, match), found.score
    reading = read_case(piece, draft, found.span, standing)
    case: Case = reading.case
    if governed and case not in governed:
        case = max(governed, key=lambda c: (likeness(piece, standing.form(c)), -governed.index(c)))
    confidence = found.score * max(0.5, reading.confidence)
    return _numbered(Slot(case, reading.number), looked_for, match), confidence


def _numbered(slot: Slot, term: Paradigm, match: TermMatch) -> Slot:
    """Names keep their own number; a common term has the number of the English or, unsaid, of the Russian."""
    number: Number = slot.number
    if term.kind in ("person", "place", "organisation"):
        number = term.number
    elif match.number is not None:
        number = match.number
    return Slot(slot.case, number)


# What depends on a term ------------------------------------------------------------------------------------------


def _apply(draft: str, changes: list[_Change], problems: list[Problem]) -> Pinned:
    """Make the changes, mend what stands beside them, and move the pins to their final places."""
    changes = sorted(changes, key=lambda c: c.span.start)
    taken = [change.span for change in changes]
    parts: list[str] = []
    pins: list[Pin] = []
    at = length = 0
    for change in changes:
        mends = [m for m in _mends(draft, change) if not any(_overlap(m.span, span) for span in taken)]
        taken += [mend.span for mend in mends]
        steps: list[_Change | _Mend] = sorted([change, *mends], key=lambda c: c.span.start)
        for step in steps:
            if step.span.start < at:
                continue
            between = draft[at : step.span.start]
            start = length + len(between)
            parts += [between, step.new]
            length, at = start + len(step.new), step.span.stop
            if isinstance(step, _Change):
                notes = tuple(f"{mend.span.of(draft)} → {mend.new}" for mend in mends)
                pins.append(replace(step.pin, target=Span(start, length), mended=notes))
    return Pinned("".join([*parts, draft[at:]]), tuple(pins), tuple(problems))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.stop and other.start < one.stop


def _mends(draft: str, change: _Change) -> Iterator[_Mend]:
    """Yield what must change beside a term: a preposition's vowel, an adjective and a verb of another gender."""
    if change.new == change.span.of(draft):
        return
    before = _BEFORE.search(draft, endpos=change.span.start)
    word = before[1] if before else ""
    wanted = preposition(word, change.new)
    old, pin = change.standing, change.pin
    term = change.term
    other = old is not None and pin.case is not None and (old.gender, old.number) != (term.gender, term.number)
    if other and old is not None and pin.case is not None and wanted == word and not old.fixed:
        number = pin.number or term.number
        wanted = agreeing_adjective(word, Slot(pin.case, number), term.gender, old.gender, animate=term.animate) or word
        after = _AFTER.match(draft, change.span.stop)
        if after and pin.case == "nomn":
            verb = agreeing_verb(after[1], number, term.gender, old.gender)
            if verb and verb != after[1]:
                yield _Mend(Span(after.start(1), after.end(1)), verb)
    if before and wanted != word:
        yield _Mend(Span(before.start(1), before.end(1)), wanted)


_VOWELS = "аоуэиыАОУЭИЫ"


def preposition(word: str, following: str) -> str:
    """Return a preposition in the form it has before a word: с/со, в/во, к/ко, о/об."""
    low = word.lower()
    pair = {"с": "со", "со": "со", "в": "во", "во": "во", "к": "ко", "ко": "ко", "о": "об", "об": "об"}.get(low)
    if pair is None or not following:
        return word
    head = following.lower()
    if pair == "об":
        long = head[0] in _VOWELS.lower()
    elif pair == "со":  # со Ставрополем, со Жмеринкой, со Щучинском
        long = bool(regex.match(r"[сзшж][^аеёиоуыэюяь]|щ|вс|мн|льв|лб|рж", head))
    elif pair == "во":  # во Франции, во Владивостоке
        long = bool(regex.match(r"[вф][^аеёиоуыэюяь]|льв|мн", head))
    else:
        long = bool(regex.match(r"мн|вс|льв", head))
    fitting = pair if long else pair[0]
    return fitting[0].upper() + fitting[1:] if word[0].isupper() else fitting
