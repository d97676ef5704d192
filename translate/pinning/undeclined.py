"""Terms in a language whose declension we do not have: found, put in as the glossary writes them, and marked.

What stands there already, with whatever ending the engine gave it («Бишкекте», «Жээнбековдун»), stays. A name that the
engine spelt otherwise is put right before its ending («Женбековдун» → «Жээнбековдун»). What it left in Latin letters,
or rendered by a word that only the alignment shows, gives way to the bare lemma, which is a problem beside the
sentence: an editor gives it the ending it asks for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from translate.engines import Draft, Engine, Hint, Link, Request
from translate.glossary import Policy, TermMatch
from translate.languages import appends
from translate.messages import lazy_gettext as _
from translate.pinning.likeness import likeness
from translate.pinning.passes import Sentence
from translate.pinning.record import Method, Pin, Pinned
from translate.problems import Kind, Problem
from translate.spans import Edit, Edited, Span

# “-ite”, plural, possessive, case (тык, тар, сы, нын …) with the vowels of harmony, Kazakh's among them: Оштуктардын
_V = "[аеёоөыиуүәіұ]"
_ENDING = regex.compile(
    rf"(?:[лдт]{_V}[кқгғ])?(?:[лдт]{_V}р)?(?:с?{_V}[нң]?|{_V}?м|{_V}?б{_V}з|{_V}?[нң]{_V}з)?"
    rf"(?:[ндт]{_V}[нң]|[гкғқн]{_V}|[ндт]{_V}|[дтн]{_V}(?:н|[гғ]{_V})|[мбп]ен|[нт]?ікі)?",
    regex.IGNORECASE,
)
_LETTERS = regex.compile(r"[\p{L}\p{M}]*")
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*")
_SOFTENED = {"п": "[пб]", "к": "[кг]", "қ": "[қғ]"}  # китеп → китебин
ALIKE = 0.75  # of a name's spelling with the glossary's; «Женбеков» and «Жээнбеков» have .94, «Бишкек» and «Билек» .58
_LONGEST = 3  # letters of an ending in a language whose endings are not known


def pin_undeclined(sentences: Sequence[Sentence], engine: Engine, language: str) -> list[Pinned]:
    """Translate n sentences and put their terms in undeclined.

    Args:
        sentences: of one article, in order.
        engine: asked once; told the terms if it takes hints.
        language: of the target, not Russian.
    """
    drafts = engine.translate([_request(one, told=engine.traits.uses_hints) for one in sentences])
    return [_put(one.matches, draft, language) for one, draft in zip(sentences, drafts, strict=True)]


def prove_undeclined(matches: Sequence[TermMatch], target: str, language: str) -> Pinned:
    """Find terms in a translation that must not be changed: those that stand there with an ending or without."""
    made = _Draft(target, (), language)
    taken: list[Span] = []
    pins = []
    for match in matches:
        if found := made.standing(match, taken):
            taken.append(found.span)
            pins.append(_pin(match, found, found.span.of(target)))
    return Pinned(target, tuple(sorted(pins, key=lambda pin: pin.target.start)))


def _request(sentence: Sentence, *, told: bool) -> Request:
    hints = tuple(Hint(m.span, m.target) for m in sentence.matches if m.target and m.term.policy is not Policy.KEEP)
    return Request(sentence.text, hints if told else (), sentence.kept, sentence.context)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a term was found, and what is to stand there."""

    span: Span
    new: str
    method: Method
    confidence: float = 1.0


def _lemma(match: TermMatch) -> str:
    return match.target or match.term.source


def _put(matches: Sequence[TermMatch], draft: Draft, language: str) -> Pinned:
    made = _Draft(draft.text, draft.alignment or (), language)
    found: list[tuple[TermMatch, _Found]] = []
    problems: list[Problem] = []
    for match in matches:
        place = made.find(match, [one.span for _match, one in found])
        if place is None:
            message = _("not found in the translation: {lemma}").format(lemma=_lemma(match))
            problems.append(Problem(Kind.TERM, message, source=match.span))
        else:
            found.append((match, place))
    edits = [
        Edit(one.span.start, one.span.stop, one.new) for _match, one in found if one.new != one.span.of(draft.text)
    ]
    edited = Edited(draft.text, tuple(sorted(edits, key=lambda edit: edit.start)))
    pins = [_pin(match, replace(one, span=edited.move(one.span)), one.new) for match, one in found]
    doubts = tuple(_bare(pin) for pin in pins if pin.method == "undeclined")
    ordered = tuple(sorted(pins, key=lambda pin: pin.target.start))
    return Pinned(edited.text, ordered, tuple(problems), draft, edited.edits, doubts)


def _pin(match: TermMatch, found: _Found, form: str) -> Pin:
    return Pin(match.span, found.span, _lemma(match), form, None, None, found.method, round(found.confidence, 3))


def _bare(pin: Pin) -> Problem:
    message = _("{form}: put in without an ending; give it the one that the sentence asks for")
    return Problem(Kind.CASE, message.format(form=pin.form), source=pin.source)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft to find terms in."""

    text: str
    links: tuple[Link, ...]
    language: str

    def find(self, match: TermMatch, taken: Sequence[Span]) -> _Found | None:
        """Find a term, by what is surest first."""
        ways = (self.standing, self._latin, self._misspelt, self._pointed)
        return next((found for way in ways if (found := way(match, taken))), None)

    def standing(self, match: TermMatch, taken: Sequence[Span]) -> _Found | None:
        """Find the lemma itself, with an ending or without."""
        kept = match.term.policy is Policy.KEEP
        lemma = _lemma(match)
        words = r"\s+".join(map(regex.escape, lemma.split()))
        if not kept and lemma[-1].casefold() in _SOFTENED and appends(self.language):
            words = words[:-1] + _SOFTENED[lemma[-1].casefold()]
        begins = regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:{words})", 0 if lemma[:1].isupper() else regex.IGNORECASE)
        for one in begins.finditer(self.text):
            rest = _LETTERS.match(self.text, one.end())
            ending = rest[0] if rest else ""
            bare = not ending and one[0][-1:] == lemma[-1:]
            if (bare or (not kept and ending and self._ends(ending))) and _free(
                span := Span(one.start(), one.end() + len(ending)), taken
            ):
                return _Found(span, span.of(self.text), "kept" if kept else "already")
        return None

    def _ends(self, ending: str) -> bool:
        if appends(self.language):
            return _ENDING.fullmatch(ending) is not None
        return len(ending) <= _LONGEST

    def _latin(self, match: TermMatch, taken: Sequence[Span]) -> _Found | None:
        """Find the English that the engine left; an ending that it hung on stays."""
        for spelling in sorted(filter(None, (match.term.source, *match.term.aliases)), key=len, reverse=True):
            left = regex.compile(rf"(?<!\p{{L}}){regex.escape(spelling)}(?!\p{{Latin}})(?:['’-]?\p{{Cyrillic}}+)?")
            for one in left.finditer(self.text):
                span = Span(one.start(), one.end())
                if not _free(span, taken):
                    continue
                ending = one[0][len(spelling) :].lstrip("'’-")
                if match.term.policy is Policy.KEEP:
                    return _Found(Span(one.start(), one.start() + len(spelling)), _lemma(match), "kept")
                return _Found(span, _lemma(match) + ending, "similarity" if ending else "undeclined", 0.5)
        return None

    def _misspelt(self, match: TermMatch, taken: Sequence[Span]) -> _Found | None:
        """Find a name spelt otherwise, and put it right before its ending."""
        lemma = _lemma(match)
        if match.term.policy is Policy.KEEP or not lemma[:1].isupper():
            return None
        best: _Found | None = None
        for span in _runs(self.text, len(lemma.split())):
            piece = span.of(self.text)
            if not piece[:1].isupper() or not _free(span, taken):
                continue
            for size in range(min(8, len(piece) - 2)):
                ending = piece[len(piece) - size :]
                if size and not self._ends(ending):
                    continue
                score = likeness(piece[: len(piece) - size], lemma) - 0.01 * size
                if score >= ALIKE and (best is None or score > best.confidence):
                    best = _Found(span, lemma + ending, "similarity", score)
        return best

    def _pointed(self, match: TermMatch, taken: Sequence[Span]) -> _Found | None:
        """Find the words that the engine's alignment shows, if they stand together."""
        if match.term.policy is Policy.KEEP:
            return None
        shown = [link.target for link in self.links if link.source.overlaps(match.span)]
        words = [Span(w.start(), w.end()) for w in _WORD.finditer(self.text)]
        hit = [n for n, word in enumerate(words) if any(map(word.overlaps, shown))]
        if not hit or hit[-1] - hit[0] + 1 != len(hit) or len(hit) > len(_lemma(match).split()) + 2:
            return None
        span = Span(words[hit[0]].start, words[hit[-1]].stop)
        if not _free(span, taken):
            return None
        lemma = _lemma(match)
        first = not self.text[: span.start].strip(' «„“"—–-')
        return _Found(span, lemma[:1].upper() + lemma[1:] if first else lemma, "undeclined", 0.5)


def _free(span: Span, taken: Sequence[Span]) -> bool:
    return not any(map(span.overlaps, taken))


def _runs(text: str, size: int) -> Iterator[Span]:
    """Yield the runs of words of a text that blanks alone divide."""
    words = list(_WORD.finditer(text))
    for n in range(len(words) - size + 1):
        run = words[n : n + size]
        if all(text[a.end() : b.start()].isspace() for a, b in itertools.pairwise(run)):
            yield Span(run[0].start(), run[-1].end())
