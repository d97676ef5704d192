"""Put the right form of each term where it was found, and mend what depends on it; nothing else changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from translate.engines import Link
from translate.glossary import Policy, TermMatch
from translate.inflection import Case, Gender, Number, Original, Paradigm, Slot, is_inflected, read_words
from translate.inflection.agreement import agreeing_adjective, agreeing_verb
from translate.messages import lazy_gettext as _
from translate.pinning.listing import Member, verdicts
from translate.pinning.locating import Target, begins, locate
from translate.pinning.phrasing import whole
from translate.pinning.record import Method, Pin, Pinned, Place
from translate.pinning.slotting import BEFORE, PLACE_NOUN, Slotting, lower_slots
from translate.pinning.standins import StandIn
from translate.problems import Kind, Problem
from translate.spans import Edit, Edited, Span

_AFTER = regex.compile(r"[»“”\")]?[ \u00a0]+([\p{L}-]+)")


@dataclass(frozen=True, slots=True)
class _Change:
    """A form to put into the draft.

    Args:
        span: of the draft.
        new: what comes there.
        pin: lacks its final span and what was mended.
        standing: what stood there, if another word than the term.
        lead: letters of `new` that are not the term.
        sure: of the case alone, however well the place was found.
    """

    span: Span
    new: str
    pin: Pin
    term: Paradigm
    standing: _Standing | None = None
    lead: int = 0
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class _Standing:
    """Another word, with which the words beside it agreed."""

    gender: Gender | None
    number: Number
    fixed: bool = False


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
    pointed: Mapping[Span, Span] | None = None,
    told: Collection[Span] = (),
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
        pointed: see `locating.Target`, by the span of the match.
        told: spans of the matches whose Russian the engine was given.
    """
    where = spans or [match.span for match in matches]
    fakes = standins or [None] * len(matches)
    targets = [
        replace(_target(match, fake, span, source, exonyms or {}), pointed=(pointed or {}).get(match.span))
        for match, fake, span in zip(matches, fakes, where, strict=True)
    ]
    places = _whole(locate(targets, draft, links), targets, draft, source)
    changes: list[_Change] = []
    problems: list[Problem] = []
    for match, target, fake, found in zip(matches, targets, fakes, places, strict=True):
        if found is None:
            shown = match.target or match.term.source
            message = _("not found in the translation: {lemma}").format(lemma=shown)
            problems.append(Problem(Kind.TERM, message, source=match.span))
        else:
            copied = match.span in told and found.method == "already"
            here = replace(found, method="hinted") if copied else found
            changes.append(_change(match, target, fake, here, _Draft(draft, source)))
    changes = _as_listed(changes, dict(zip((match.span for match in matches), where, strict=True)), source, draft)
    owners = {match.span for match in matches if match.possessive}
    doubts = tuple(_doubt(one) for one in changes if one.pin.case and (one.sure < DOUBTFUL or _disowned(one, owners)))
    return replace(_apply(draft, changes, problems), doubts=doubts)


# The share of pins in a wrong case: docs/pinning.md.
DOUBTFUL = 0.5


def _doubt(change: _Change) -> Problem:
    message = _("{form}: the case is not sure").format(form=change.pin.form)
    return Problem(Kind.CASE, message, source=change.pin.source)


def _disowned(change: _Change, owners: Collection[Span]) -> bool:
    """Tell whether an owner stands in the nominative: “Japarov's tandem” → «Жапаров тандем»."""
    pin = change.pin
    bare = pin.case == "nomn" and not change.term.fixed and pin.form != change.term.form("gent", pin.number)
    return pin.source in owners and bare


def _as_listed(changes: Sequence[_Change], where: Mapping[Span, Span], source: str, draft: str) -> list[_Change]:
    """Put members of a list into the case of their list."""
    ordered = sorted(changes, key=lambda change: change.pin.source.start)
    members = [_member(change, where[change.pin.source], draft) for change in ordered]
    for n, verdict in verdicts(members, source, draft).items():
        old = ordered[n]
        new = old.term.form(verdict.case, old.pin.number)
        if verdict.case in {slot.case for slot in old.term.slots_of(old.new)}:
            new = old.new  # «в Россию, Китай»: the same form, another case
        stood = old.pin.method in ("already", "hinted") and new != old.new
        method: Method = "forced" if stood else old.pin.method
        pin = replace(old.pin, form=new, case=verdict.case, method=method, confidence=round(verdict.confidence, 3))
        ordered[n] = replace(old, new=new, pin=pin, sure=verdict.confidence)
    return ordered


def _member(change: _Change, source: Span, draft: str) -> Member | None:
    pin = change.pin
    if pin.case is None or change.lead or change.term.lemma[:1].islower():
        return None
    piece = change.span.of(draft)
    standing = {slot.case for slot in change.term.slots_of(piece) if slot.number == pin.number}
    if pin.case not in standing and standing:
        standing = {pin.case}  # what stood there has given way
    bare = piece == change.term.lemma and not change.term.fixed and "nomn" in standing
    return Member(source, change.span, change.term, frozenset(standing), pin.case, change.sure, bare)


def _whole(places: Sequence[Place | None], targets: Sequence[Target], draft: str, source: str) -> list[Place | None]:
    """Take in what the engine's own rendering of a term has left beside it."""
    found = list(places)
    for n, (place, target) in enumerate(zip(places, targets, strict=True)):
        if place is not None:
            taken = [other.span for k, other in enumerate(found) if other and k != n]
            span = target.source
            beside = f"{source[max(0, span.start - 30) : span.start]} / {source[span.stop : span.stop + 30]}"
            found[n] = whole(place, target.paradigm, draft, beside, taken)
    return found


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


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft and the text it was made from, "" if that is not known."""

    text: str
    source: str


def _change(match: TermMatch, target: Target, fake: StandIn | None, found: Place, made: _Draft) -> _Change:
    draft, piece = made.text, found.span.of(made.text)
    term = match.paradigm()
    if match.term.policy is Policy.KEEP:
        kept = match.term.target or match.term.source
        pin = Pin(match.span, found.span, kept, kept, None, None, "kept", found.score)
        return _Change(found.span, kept, pin, term)
    if found.method == "derived":
        pin = Pin(match.span, found.span, term.lemma, piece, None, None, "derived", found.score)
        return _Change(found.span, piece, pin, term)
    if found.noun:
        return _genitive(match, term, found, found.noun, draft)
    phrase = fake is None and 0.9 <= found.score < 1 and term.kind == "term" and " " in term.lemma
    if phrase and is_inflected(piece, term.lemma):
        # «главами государств» for “heads of state”: a common phrase is inflected in more ways than one table holds.
        pin = Pin(match.span, found.span, term.lemma, piece, None, None, "already", found.score)
        return _Change(found.span, piece, pin, term)
    original = Original(made.source, target.source) if made.source else None
    slot, sure = Slotting(draft, found, target.paradigm, match, original).slot()
    method: Method = "stand-in" if fake else found.method
    standing = term.slots_of(piece) or (lower_slots(piece, term) if term.lemma[:1].islower() else [])
    if fake is None and found.score == 1 and slot in standing:
        # “Most Kyrgyzstanis”: «большинство Кыргызстанцев»
        small = match.term.kind == "demonym" and not begins(draft, found.span.start) and not piece.isupper()
        new = piece[0].lower() + piece[1:] if small and term.lemma[:1].islower() else piece
    else:
        number = slot.number if Slot(slot.case, slot.number) in term.forms else term.number
        slot = Slot(slot.case, number)
        new = term.form(slot.case, number)
        if found.score == 1 and fake is None:
            method = "forced"
        if piece[:1].isupper() and new[:1].islower() and begins(draft, found.span.start):
            new = new[0].upper() + new[1:]
    pin = Pin(match.span, found.span, term.lemma, new, slot.case, slot.number, method, round(found.score * sure, 3))
    return _Change(found.span, new, pin, term, _standing(draft, found, target.paradigm if fake else None), sure=sure)


def _genitive(match: TermMatch, term: Paradigm, found: Place, noun: Span, draft: str) -> _Change:
    """Put the term behind a noun in place of the adjective before it: «лондонский суд» → «суд Аляски».

    The word for what it names takes it undeclined: «Сырская река» → «река Сырдарья».
    """
    rest, piece = noun.of(draft), found.span.of(draft)
    case: Case = "nomn" if PLACE_NOUN.search(rest) else "gent"
    form = term.form(case)
    if begins(draft, found.span.start):
        rest = rest[0].upper() + rest[1:]
    new = f"{rest} {form}"
    pin = Pin(
        match.span, found.span, term.lemma, form, case, term.number, found.method, found.score, (f"{piece} → {new}",)
    )
    return _Change(found.span, new, pin, term, lead=len(new) - len(form))


def _standing(draft: str, found: Place, fake: Paradigm | None) -> _Standing | None:
    """Return what stands at a place if it is another word: an exonym, a stand-in, or what the engine pointed at."""
    known = found.found or fake
    if known:
        return _Standing(known.gender, known.number, known.fixed)
    if not found.other:
        return None
    nouns = [w for w in read_words(draft) if w.span.overlaps(found.span) and w.pos in ("NOUN", "PROPN")]
    return _Standing(nouns[-1].gender, nouns[-1].number or "sing") if nouns else None


# What depends on a term ------------------------------------------------------------------------------------------


def _apply(draft: str, changes: list[_Change], problems: list[Problem]) -> Pinned:
    """Make the changes, mend what stands beside them, and move the pins to their final places."""
    changes = sorted(changes, key=lambda c: c.span.start)
    taken = [change.span for change in changes]
    edits: list[Edit] = []
    pins: list[Pin] = []
    at = grown = 0
    for change in changes:
        mends = [m for m in _mends(draft, change) if not any(map(m.span.overlaps, taken))]
        taken += [mend.span for mend in mends]
        steps: list[_Change | _Mend] = sorted([change, *mends], key=lambda c: c.span.start)
        for step in steps:
            if step.span.start < at:
                continue
            start, at = step.span.start + grown, step.span.stop
            edits.append(Edit(step.span.start, step.span.stop, step.new))
            grown = start + len(step.new) - at
            if isinstance(step, _Change):
                notes = tuple(f"{mend.span.of(draft)} → {mend.new}" for mend in mends)
                target = Span(start + step.lead, at + grown)
                pins.append(replace(step.pin, target=target, mended=(*step.pin.mended, *notes)))
    edited = Edited(draft, tuple(edits))
    return Pinned(edited.text, tuple(pins), tuple(problems), edits=edited.edits)


def _mends(draft: str, change: _Change) -> Iterator[_Mend]:
    """Yield what must change beside a term: a preposition's vowel, an adjective and a verb of another gender."""
    if change.new == change.span.of(draft):
        return
    before = BEFORE.search(draft, endpos=change.span.start)
    word = before[1] if before else ""
    wanted = preposition(word, change.new)
    old, pin = change.standing, change.pin
    term = change.term
    other = old is not None and pin.case is not None and (old.gender, old.number) != (term.gender, term.number)
    if other and old is not None and pin.case is not None and wanted == word and not old.fixed:
        number = pin.number or term.number
        wanted = agreeing_adjective(word, Slot(pin.case, number), term.gender, old.gender, animate=term.animate) or word
        if pin.case == "nomn":
            yield from _agreeing_verbs(draft, change.span.stop, number, term.gender, old.gender)
    if before and wanted != word:
        yield _Mend(Span(before.start(1), before.end(1)), wanted)


def _agreeing_verbs(draft: str, at: int, number: Number, gender: Gender | None, old: Gender | None) -> Iterator[_Mend]:
    """Yield the verb that begins at a place, and the participle after «быть»: «Колумбия была поражена»."""
    after = _AFTER.match(draft, at)
    while after and (verb := agreeing_verb(after[1], number, gender, old)):
        if verb != after[1]:
            yield _Mend(Span(after.start(1), after.end(1)), verb)
        after = _AFTER.match(draft, after.end()) if after[1].lower() in ("был", "была", "было", "были") else None


_VOWELS = "аоуэиы"


def preposition(word: str, following: str) -> str:
    """Return a preposition in the form it has before a word: с/со, в/во, к/ко, о/об."""
    low = word.lower()
    pair = {"с": "со", "со": "со", "в": "во", "во": "во", "к": "ко", "ко": "ко", "о": "об", "об": "об"}.get(low)
    if pair is None or not following:
        return word
    head = following.lower()
    if pair == "об":
        long = head[0] in _VOWELS
    elif pair == "со":  # со Ставрополем, со Жмеринкой, со Щучинском
        long = bool(regex.match(r"[сзшж][^аеёиоуыэюяь]|щ|вс|мн|льв|лб|рж", head))
    elif pair == "во":  # во Франции, во Владивостоке
        long = bool(regex.match(r"[вф][^аеёиоуыэюяь]|льв|мн", head))
    else:
        long = bool(regex.match(r"мн|вс|льв", head))
    fitting = pair if long else pair[0]
    return fitting[0].upper() + fitting[1:] if word[0].isupper() else fitting
