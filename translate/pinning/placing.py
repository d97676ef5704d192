"""Put the right form of each term where it was found, and mend what depends on it; nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from translate.engines import Link
from translate.glossary import Policy, TermMatch
from translate.inflection import (
    CASES,
    Case,
    CaseReading,
    Gender,
    Number,
    Original,
    Paradigm,
    Slot,
    ask_case,
    is_inflected,
    read_case,
    read_words,
)
from translate.inflection.agreement import agreeing_adjective, agreeing_verb
from translate.messages import _
from translate.pinning.likeness import likeness
from translate.pinning.locating import Place, Target, begins, locate
from translate.pinning.record import Method, Pin, Pinned
from translate.pinning.standins import StandIn
from translate.problems import Problem
from translate.spans import Edit, Edited, Span

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
# A name may stay in the nominative after the word for what it names: «представитель Республики Кипр», «в городе Ош»;
# a person's, after few: «урагана Роза», but «лидеру партии Бабанову».
_NAMES_PEOPLE = r"ураган|тайфун|циклон|шторм|династи|клан|шоу\b|фильм|сериал|именем\b|названием\b"
_NAMES_PLACES = r"""республик|государств|королевств|княжеств|герцогств|эмират|султанат|регион|сектор|район|округ|штат
    |провинци|префектур|графств|кантон|област|город|сел[оаеу]\b|пос[её]л|деревн|станиц|аул|хутор|кишлак|микрорайон
    |остров|полуостров|архипелаг|озер|рек[аиеу]\b|рекой\b|гор[аыеу]\b|вулкан|пустын|мыс|порт|станци|аэропорт|столиц"""
_NAMES_OTHERS = r"""компани|фирм|корпораци|концерн|холдинг|банк|клуб|команд|сборн|групп|журнал|газет|телеканал
    |агентств|издательств|проспект|улиц|площад|парк|отел|гостиниц|ресторан|кафе\b|теплоход|крейсер|марк[аиеуо]|бренд|парти|движени|фонд
    |(?:г|пос|п|с|д|р|о)\."""
_APPOSED = {
    people: regex.compile(rf"(?<!\p{{L}})(?:{words})\p{{L}}{{0,4}}[ \u00a0]*$", regex.VERBOSE | regex.IGNORECASE)
    for people, words in ((True, _NAMES_PEOPLE), (False, f"{_NAMES_PEOPLE}|{_NAMES_PLACES}|{_NAMES_OTHERS}"))
}
_PLACE_NOUN = regex.compile(rf"(?:{_NAMES_PLACES})\p{{L}}{{0,4}}$", regex.VERBOSE | regex.IGNORECASE)
# «Исламской Республики Иран», «Республике Корея»: on news kept for choosing, 8 of 8 stand undeclined.
_REPUBLIC = regex.compile(r"(?<!\p{L})республик(?:а|и|е|у|ой)$", regex.IGNORECASE)
_BEFORE = regex.compile(r"(?<![\p{L}\p{M}-])([\p{L}-]+)[ \u00a0]+[«„“\"(]?$")
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
    """

    span: Span
    new: str
    pin: Pin
    term: Paradigm
    standing: _Standing | None = None
    lead: int = 0


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
    """
    where = spans or [match.span for match in matches]
    fakes = standins or [None] * len(matches)
    targets = [
        replace(_target(match, fake, span, source, exonyms or {}), pointed=(pointed or {}).get(match.span))
        for match, fake, span in zip(matches, fakes, where, strict=True)
    ]
    places = locate(targets, draft, links)
    changes: list[_Change] = []
    problems: list[Problem] = []
    for match, target, fake, found in zip(matches, targets, fakes, places, strict=True):
        if found is None:
            shown = match.target or match.term.source
            message = _("not found in the translation: {lemma}").format(lemma=shown)
            problems.append(Problem("term", message, source=match.span))
        else:
            changes.append(_change(match, target, fake, found, _Draft(draft, source)))
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
    slot, confidence = _Slotting(draft, found, target.paradigm, match, original).slot()
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
        if piece[:1].isupper() and new[:1].islower() and begins(draft, found.span.start):
            new = new[0].upper() + new[1:]
    pin = Pin(match.span, found.span, term.lemma, new, slot.case, slot.number, method, round(confidence, 3))
    return _Change(found.span, new, pin, term, _standing(draft, found, target.paradigm if fake else None))


def _genitive(match: TermMatch, term: Paradigm, found: Place, noun: Span, draft: str) -> _Change:
    """Put the term behind a noun in place of the adjective before it: «лондонский суд» → «суд Аляски».

    The word for what it names takes it undeclined: «Сырская река» → «река Сырдарья».
    """
    rest, piece = noun.of(draft), found.span.of(draft)
    case: Case = "nomn" if _PLACE_NOUN.search(rest) else "gent"
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


def _lower_slots(piece: str, term: Paradigm) -> list[Slot]:
    return term.slots_of(piece[:1].lower() + piece[1:])


# A correct form whose cases, of those its preposition can have, are less likely than that gives way to another: a
# nominative, and a form its preposition cannot have. On 2,325 names in news kept for choosing it, 11 right forms would
# be changed and .85 of the undeclined names are put right; at 0.1 it is 10 and .84, at 0.3 14 and .87.
_UNLIKELY = 0.14
# An oblique form is no nominative left undeclined: it gives way where a stand-in has misled the model. Of 1,129 right
# ones in that news 11 would be changed, 24 at 0.14 («Варшава на Праге»).
_MISLED = 0.03


@dataclass(frozen=True, slots=True)
class _Slotting:
    """The case and number wanted at one place of a draft.

    Args:
        draft: the sentence.
        found: the place in it.
        looked_for: the paradigm of what was looked for there: the term's, or its stand-in's.
        original: the term in the source.
    """

    draft: str
    found: Place
    looked_for: Paradigm
    match: TermMatch
    original: Original | None

    @property
    def piece(self) -> str:
        return self.found.span.of(self.draft)

    @property
    def standing(self) -> Paradigm:
        """What stands there: an exonym, or what was looked for."""
        return self.found.found or self.looked_for

    @property
    def _before(self) -> str:
        return self.draft[: self.found.span.start].rstrip()

    def slot(self) -> tuple[Slot, float]:
        """Return the slot, and how sure that is."""
        exact = self.standing.slots_of(self.piece) or _lower_slots(self.piece, self.standing)
        if self.found.other:
            asked = ask_case(self.draft, self.found.span, self.standing, original=self.original, other=True)
            case = max(self._governed() or CASES, key=lambda c: asked[c])
            slot, confidence = Slot(case, self.standing.number), asked[case]
        elif exact:
            slot, confidence = self._of_form(exact)
        else:
            reading = self._read()
            slot, confidence = Slot(reading.case, reading.number), max(0.5, reading.confidence)
        return _numbered(slot, self.looked_for, self.match), self.found.score * confidence

    def _of_form(self, exact: list[Slot]) -> tuple[Slot, float]:
        """Return the slot of a correct form: it is right as it stands, but where the sentence cannot have it.

        «встреча с Бабанов», «на встрече с премьером Бабанов»: models leave rare names undeclined.
        """
        governed = self._governed()
        fitting = [slot for slot in exact if not governed or slot.case in governed]
        bare = any(slot.case == "nomn" for slot in exact)
        # A stand-in misleads the model: «во всех СМИ Лондоном», as if London had spread the news.
        doubtful = bare or not fitting or self.looked_for.lemma != self.match.target
        named = self.standing.lemma[:1].isupper() and not self.standing.fixed
        if doubtful and named and not (bare and self._is_apposed()):
            asked = self._asked()
            possible = governed or CASES
            written = {slot.case for slot in fitting or exact}
            likely = sum(asked[case] for case in written) / sum(asked[case] for case in {*possible, *written})
            if (bare and not fitting) or likely < (_UNLIKELY if bare or not fitting else _MISLED):
                case = max(possible, key=lambda c: asked[c])
                return Slot(case, self.standing.number), max(0.5, asked[case])
        choice = fitting or exact
        if len(choice) == 1:
            return choice[0], 1.0
        reading = read_case(self.piece, self.draft, self.found.span, self.standing, original=self.original)
        read = Slot(reading.case, reading.number)
        return read if read in choice else choice[0], 1.0

    def _read(self) -> CaseReading:
        """Read the case of a distorted name: by its ending if it has one, else by what stands around it."""
        governed, standing = self._governed(), self.standing
        latin = regex.search(r"\p{Latin}", self.piece) is not None
        if standing.lemma[:1].isupper() and (latin or not _ending(self.piece, standing)):
            asked = self._asked()
            case = max(governed or CASES, key=lambda c: asked[c])
            bare = not latin and not _ending(standing.lemma, standing)  # «Назарбоев» may be as it should be
            republic = standing.kind != "person" and _REPUBLIC.search(self._before)
            if republic or (bare and self._is_apposed()):
                return CaseReading("nomn", standing.number, max(0.5, asked["nomn"]))
            if not bare or governed or asked["nomn"] < _UNLIKELY:
                return CaseReading(case, standing.number, asked[case])
        reading = read_case(self.piece, self.draft, self.found.span, standing, original=self.original)
        if governed and reading.case not in governed:
            case = max(governed, key=lambda c: (likeness(self.piece, standing.form(c)), -governed.index(c)))
            return replace(reading, case=case)
        return reading

    def _governed(self) -> tuple[Case, ...]:
        """Return the cases that a preposition right before the place can have, () without one."""
        before = _BEFORE.search(self.draft, endpos=self.found.span.start)
        return _GOVERNS.get(before[1].lower(), ()) if before else ()

    def _is_apposed(self) -> bool:
        """Tell whether a nominative may stand here whatever the sentence asks for: «над «Манчестер Юнайтед»»."""
        apposed = _APPOSED[self.standing.kind == "person"].search(self._before)
        return self._before[-1:] in ("«", "„", "“", '"') or apposed is not None

    def _asked(self) -> dict[Case, float]:
        return ask_case(self.draft, self.found.span, self.standing, original=self.original)


def _ending(piece: str, term: Paradigm) -> str:
    """Return the ending of some form that a piece ends in, "" if it ends in a bare stem."""
    forms = {form for cell in term.forms.values() for form in cell}
    if term.kind == "person":  # «Слово Назарбаева» for a name of two words, «Насхана Зарбаева»
        piece, forms = piece.rsplit(maxsplit=1)[-1], {form.rsplit(maxsplit=1)[-1] for form in forms}
    stem = max(forms, key=len)
    while not all(form.startswith(stem) for form in forms):
        stem = stem[:-1]
    endings = {form[len(stem) :] for form in forms} - {""}
    return max((e for e in endings if piece.endswith(e)), key=len, default="")


def _numbered(slot: Slot, term: Paradigm, match: TermMatch) -> Slot:
    """Names keep their own number; a common term has the number of the English or, unsaid, of the Russian."""
    number: Number = slot.number
    if term.kind in ("person", "place", "organisation"):
        number = match.number or term.number  # “the Nazarbayevs”
    elif match.number is not None:
        number = match.number
    return Slot(slot.case, number)


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
    before = _BEFORE.search(draft, endpos=change.span.start)
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
