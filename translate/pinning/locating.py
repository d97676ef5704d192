"""Where the terms of a source sentence are rendered in a draft.

Every term bids for every run of words that could be it, and the best bids are served first: «Казахстан» is a tolerable
Кыргызстан, but not where the sentence has both. What is written in a form of the lemma wins over any likeness.
Where it stops: a rendering that shares neither letters nor sounds with the term («Квинсленд» for Чили) is found only by
the engine's alignment, where the engine points (`contrast.py`), or as a listed exonym; else the sentence is translated
again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from translate.engines import Link
from translate.inflection import Paradigm, is_known_adjective, read_words
from translate.pinning.likeness import letters, likeness
from translate.pinning.phrasing import headed
from translate.pinning.record import Method, Place
from translate.spans import Span

_WORD = regex.compile(r"[\p{L}\p{M}\d]+(?:['’ʼ‘-][\p{L}\p{M}\d]+)*")
_GAP = regex.compile(r"[ \u00a0-]?[«„“\"]?|\.[ \u00a0]?|[»“”\"][ \u00a0]?")
OPEN, CLOSE = '«„“"', '»“”"'
_PARTICLES = frozenset(["уулу", "улу", "уулы", "улы", "оглы", "оглу", "угли", "кызы", "кизи", "фон", "де", "ди", "аль"])

_ADJECTIVE = regex.compile(r"[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)$")


@dataclass(frozen=True, slots=True)
class Weights:
    """What a bid for a place is worth; a form of the lemma is worth 1.

    The figures are of two runs: 5,471 names in human Russian, each as it stands and distorted, beside 2,914 names that
    are not in the sentence (the names of `benchmarks/pinning.py`), and 341 names of NTREX in free drafts (those of
    `benchmarks/quality.py`).
    """

    person: float = 0.58
    """Least likeness of a person. At .48, 353 of the 2,914 absent names are found, here 130, at .68 60; but at .73
    Стоунтон is no Томпсон and Пит Мексон no Фил Микельсон any more: the model garbles people that far."""
    place: float = 0.62
    """Least likeness of a place. At .47 Пелоси is taken for Техас and Геофизики for Мексика, at .77 Хондуру is no
    Гондурас."""
    other: float = 0.72
    """Least likeness of all else. Higher than for names, for it is made of common words; between .57 and .87 no name of
    the two runs changes."""
    exonym: float = 0.99
    """A form of another name of the same thing, Киргизия for Кыргызстан: what is like nothing else comes second only to
    the term itself."""
    alike: float = 0.98
    """The most that likeness alone can say: a spelling that folds to the same letters is another spelling still."""
    pointed: float = 0.9
    """The words the engine points at, and initials («МИД»). Of 26 terms that it pointed at (19 of them in NTREX) all
    were the right words, 25 came out in the right case."""
    derived: float = 0.78
    """An adjective made from a place: at .88 it wins over a distorted form of the place itself three times more."""
    distance: float = 0.06
    """Taken off at the other end of the sentence: «на фестивале в Техасе в городе Айове» has two places for Texas and
    Iowa, which stand in that order in the source."""
    surname: float = 0.65
    """Least likeness of a surname, whatever the given name is like; between .5 and .8 no name of the two runs
    changes."""
    share: float = 0.75
    """The surname's part in a name of two words: at .6 «Жорж Иванов» loses its Жорж, and «Георге Жорж Иванов» is what
    comes out."""
    alone: float = 0.78
    """A surname by itself: at .93 it beats itself with the given name before it, «Шоу Мендес» for Шон Мендес, in 9
    drafts."""
    given: float = 0.3
    """Least likeness of a given name: at .45 «Джейн Джексон» is not all of Джанет Джексон, and Джейн stays."""
    given_first: float = 0.5
    """The same at the start of a sentence, where any word has a capital: «Слово Назарбаева»."""
    link: float = 0.3
    """Weight of an alignment (Argos) from which it counts, where another link reaches it."""
    linked: float = 0.3
    """Least likeness of words that are linked: a link to a wrong word is mostly to one that shares nothing."""
    trust: float = 0.45
    """What a link adds to half the likeness: with .3 of likeness it beats the least likeness of a person, just."""

    def least(self, kind: str) -> float:
        """Return the least likeness at which a name of a kind is taken for another spelling of the term."""
        return {"person": self.person, "place": self.place}.get(kind, self.other)


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Target:
    """What to look for in a draft.

    Args:
        source: span of the term in the source sentence the draft was made from.
        paradigm: of the Russian looked for: the term's, or its stand-in's.
        spellings: the English spellings, in case the model left one in Latin.
        exonyms: other Russian names of the same thing (Киргизия for Кыргызстан).
        position: where in the source it stands, from 0 to 1.
        pointed: the words that the engine put for it (`pinning.contrast`), whatever they are like.
        adjectives: an adjective made from a place counts as its rendering («казахстанские СМИ»), and so do the initials
            of an organisation («МИД»).
    """

    source: Span
    paradigm: Paradigm
    spellings: tuple[str, ...] = ()
    exonyms: tuple[Paradigm, ...] = ()
    position: float = 0.0
    pointed: Span | None = None
    adjectives: bool = True


def locate(targets: Sequence[Target], text: str, links: Sequence[Link] = ()) -> list[Place | None]:
    """Find the rendering of each target in a draft; None where there is none.

    Args:
        targets: in the order of the source.
        text: the draft.
        links: the engine's alignment.
    """
    words = [Span(m.start(), m.end()) for m in _WORD.finditer(text)]
    bids: list[tuple[float, int, Place]] = []
    for n, target in enumerate(targets):
        for place in _bids(target, text, words, links):
            middle = (place.span.start + place.span.stop) / 2 / max(1, len(text))
            bids.append((place.score - WEIGHTS.distance * abs(middle - target.position), n, place))
    bids.sort(key=lambda bid: -bid[0])
    placed: list[Place | None] = [None] * len(targets)
    for _score, n, place in bids:
        if placed[n] is None and not _is_taken(place.span, placed):
            placed[n] = place
    for n, target in enumerate(targets):
        if placed[n] is None and target.pointed:
            at = _pointed(target, target.pointed, text)
            placed[n] = at if at and not _is_taken(at.span, placed) else None
    for n, (target, found) in enumerate(zip(targets, placed, strict=True)):
        if found and found.score < 1 and found.found is None and found.noun is None and found.method != "derived":
            wider = _with_own_words(target.paradigm, text, found.span, words)
            others = [*placed[:n], *placed[n + 1 :]]
            placed[n] = found if _is_taken(wider, others) else replace(found, span=wider)
    return _in_order(targets, placed)


def _with_own_words(term: Paradigm, text: str, span: Span, words: list[Span]) -> Span:
    """Take in a word beside a place that is of the term and not in it: «Высший | суд», «Банк | Азиатского развития»."""
    size = len(term.lemma.split())
    if size == 1:
        return span
    rows = [form.split() for cell in term.forms.values() for form in cell]
    own = [{part.casefold() for part in parts} for parts in zip(*(r for r in rows if len(r) == size), strict=True)]
    lacking = [forms for forms in own if not any(word.casefold() in forms for word in span.of(text).split())]
    first = next((n for n, word in enumerate(words) if word.stop > span.start), 0)
    last = next((n for n, word in enumerate(words) if word.stop >= span.stop), len(words) - 1)
    for n in (first - 1, last + 1):
        near = 0 <= n < len(words) and not text[min(span.stop, words[n].stop) : max(span.start, words[n].start)].strip()
        if near and any(words[n].of(text).casefold() in forms for forms in lacking):
            span = Span(min(span.start, words[n].start), max(span.stop, words[n].stop))
    return span


def _pointed(target: Target, span: Span, text: str) -> Place | None:
    place = target.paradigm.kind == "place" and not is_relational(target.paradigm.lemma)
    if place and (state := _state(span, text)):
        return state
    if place and _is_derived(span.of(text), target.paradigm):
        # «Костанайская область» for “a Kostanay resident”: a name, and rightly made
        return Place(span, WEIGHTS.derived, "derived")
    if place and is_relational(span.of(text)):
        return _with_noun(span, text, "alignment")
    return Place(span, WEIGHTS.pointed, "alignment", other=True)


_STATE = regex.compile(r"[ \u00a0](?:Республик|Федераци|Королевств|Государств|Эмират)\p{L}{1,3}(?!\p{L})")


def _state(adjective: Span, text: str) -> Place | None:
    """Return the official name that an engine makes of a country: «Туркменской Республики» for Turkmenistan."""
    noun = _STATE.match(text, adjective.stop) if adjective.of(text)[:1].isupper() else None
    if noun is None or not is_relational(adjective.of(text)):
        return None
    head = Span(noun.start() + 1, noun.end())
    return Place(Span(adjective.start, head.stop), WEIGHTS.pointed, "alignment", core=adjective, head=head)


def is_relational(piece: str) -> bool:
    """Tell whether a word is an adjective of the kind that is made from places: «лондонских»."""
    return " " not in piece and _ADJECTIVE.search(piece) is not None


def _with_noun(adjective: Span, text: str, method: Method) -> Place | None:
    """Return an adjective and the noun it agrees with right after it; the noun takes a genitive in its place."""
    words = read_words(text)
    at = next((n for n, word in enumerate(words) if word.span == adjective), len(words))
    for n in range(at + 1, min(len(words), at + 4)):
        word = words[n]
        agrees = (word.case, word.number) == (words[at].case, words[at].number)
        if text[words[n - 1].span.stop : word.span.start].strip(" \u00a0") or not agrees:
            return None
        if word.pos in ("NOUN", "PROPN"):
            noun = Span(words[at + 1].span.start, word.span.stop)
            return Place(Span(adjective.start, noun.stop), WEIGHTS.pointed, method, noun=noun)
        if word.pos != "ADJ":
            return None
    return None


def _is_taken(span: Span, placed: Sequence[Place | None]) -> bool:
    return any(p and p.span.overlaps(span) for p in placed)


def _in_order(targets: Sequence[Target], placed: list[Place | None]) -> list[Place | None]:
    """Give mentions of one term their places from left to right."""
    groups: dict[str, list[int]] = {}
    for n, place in enumerate(placed):
        if place is not None:
            groups.setdefault(targets[n].paradigm.lemma, []).append(n)
    for group in groups.values():
        found = sorted((p for p in (placed[n] for n in group) if p), key=lambda p: p.span.start)
        for n, place in zip(group, found, strict=True):
            placed[n] = place
    return placed


def _bids(target: Target, text: str, words: list[Span], links: Sequence[Link]) -> Iterator[Place]:
    term = target.paradigm
    least = WEIGHTS.least(term.kind)
    for run, size in _windows(term, text, words):
        window = _own_part(term, text, run)
        piece = window.of(text)
        if size == 1 and _ADJECTIVE.search(piece) and not _ADJECTIVE.search(term.lemma):
            continue  # «Казахской Республики»: half of another name of the same thing
        score, found = _score(target, piece, size, begins=begins(text, window.start))
        if score >= least:
            yield Place(window, score, "already" if score == 1 and found is None else "similarity", found)
    if target.adjectives:
        yield from _derived(term, text, words)
        yield from _acronym(term, text, words)
    else:
        for place in _derived(term, text, words):
            if behind := _with_noun(place.span, text, "stand-in"):
                yield behind
    yield from headed(term, text, words)
    yield from _aligned(target, text, words, links)


def _windows(term: Paradigm, text: str, words: list[Span]) -> Iterator[tuple[Span, int]]:
    """Yield the runs of words that could be the term, by their number and their capitals."""
    size = len(_WORD.findall(term.lemma))
    small = tuple(letters(w)[: max(2, len(w) - 2)] for w in _WORD.findall(term.lemma) if w[0].islower())
    proper = any(w[0].isupper() for w in _WORD.findall(term.lemma))
    least = 1 if term.kind == "person" else max(1, size - 1)
    for first in range(len(words)):
        for last in range(first, min(len(words), first + size + 1)):
            if last > first and not _GAP.fullmatch(text, words[last - 1].stop, words[last].start):
                break
            run = [words[i].of(text) for i in range(first, last + 1)]
            if len(run) < least:
                continue
            if proper and not _proper(run, small):
                continue
            yield _with_quotes(term, text, Span(words[first].start, words[last].stop)), len(run)


def _own_part(term: Paradigm, text: str, window: Span) -> Span:
    """Return the half of a hyphenated word that is a form of the term: «Нижняя Калифорния», but «Баха-Калифорнию»."""
    if "-" in window.of(text) and "-" not in term.lemma:
        for match in regex.finditer("[^- ]+", text, pos=window.start, endpos=window.stop):
            if is_form(match[0], term):
                return Span(match.start(), match.end())
    return window


def _with_quotes(term: Paradigm, text: str, span: Span) -> Span:
    """Widen a window by the quotation marks around it where the term has them itself: «Газпром»."""
    start, stop = span.start, span.stop
    if term.lemma[0] == "«" and text[start - 1 : start] in tuple(OPEN):
        start -= 1
    if term.lemma[-1] == "»" and text[stop : stop + 1] in tuple(CLOSE):
        stop += 1
    return Span(start, stop)


def _proper(run: list[str], small: tuple[str, ...]) -> bool:
    """Tell whether words may be a name: capitals, but for particles and what the lemma itself has in lower case."""
    if not any(w[0].isupper() or w[0].isdecimal() for w in run):
        return False
    return all(w[0].isupper() or w[0].isdecimal() or w in _PARTICLES or letters(w).startswith(small) for w in run)


def begins(text: str, at: int) -> bool:
    """Tell whether a sentence begins at a place, where every word has a capital."""
    return not text[:at].strip(' «„“"(—–-\u00a0')


def _score(target: Target, piece: str, size: int, *, begins: bool) -> tuple[float, Paradigm | None]:
    """Return the likeness of a piece to the nearest form or spelling, and the exonym it is a form of."""
    term = target.paradigm
    flat = piece.replace("\u00a0", " ")
    if "«" in term.lemma:
        flat = regex.sub(r"(?<!\w)[„“\"](?=\w)", "«", regex.sub(r"(?<=\w)[”“\"]", "»", flat))
    if is_form(flat, term):
        return 1.0, None
    for other in target.exonyms:
        if is_form(flat, other):
            return WEIGHTS.exonym, other
    wanted = {form for forms in term.forms.values() for form in forms}
    best = max((likeness(flat, form) for form in wanted), default=0.0)
    if regex.search(r"\p{Latin}", flat):
        best = max([best, *(likeness(flat, spelling) for spelling in target.spellings)])
    if term.kind == "person" and " " in term.lemma and size <= 2:
        best = max(best, _by_surname(flat.split(), wanted, WEIGHTS.given_first if begins else WEIGHTS.given))
    return min(best, WEIGHTS.alike), None


def _by_surname(run: list[str], wanted: set[str], least: float) -> float:
    """Return the likeness of a person's name by the surname above all.

    «Насхана Назарбаева»: models garble given names more than surnames, and leave them out («Бабанов»). A word less
    like the given name than `least` is none: «Слово Назарбаева».
    """
    known = max(likeness(run[-1], form.split()[-1]) for form in wanted)
    if known < WEIGHTS.surname:
        return 0.0
    if len(run) == 1:
        return WEIGHTS.alone * known
    given = max(likeness(run[0], form.split()[0]) for form in wanted)
    return WEIGHTS.share * known + (1 - WEIGHTS.share) * given if given >= least else 0.0


def is_form(piece: str, term: Paradigm) -> bool:
    """Tell whether a piece of text is a form of the term; a common term may begin with a capital."""
    if term.slots_of(piece):
        return True
    lower = piece[:1].lower() + piece[1:]
    return term.lemma[:1].islower() and bool(term.slots_of(lower))


def _derived(term: Paradigm, text: str, words: list[Span]) -> Iterator[Place]:
    """Yield adjectives made from a place: «казахстанские СМИ» for “Kazakhstan’s media”, «бишкекский суд»."""
    for span in words:
        word = span.of(text)
        # «Казахская Республика» is a name of its own, «Казахские СМИ» at the start is an adjective like any other.
        if (word[0].islower() or begins(text, span.start)) and _is_derived(word, term):
            yield Place(span, WEIGHTS.derived, "derived")


def _is_derived(word: str, term: Paradigm) -> bool:
    """Tell whether a word is an adjective made from a place, with or without its -стан: «узбекский»."""
    if term.kind != "place" or " " in term.lemma or not _ADJECTIVE.search(word):
        return False
    low = word.casefold().replace("ё", "е")
    own = _tail(term)
    return any(
        regex.fullmatch(rf"{regex.escape(stem)}(?:{_JOINTS}|{own}){_ADJECTIVE.pattern}", low) for stem in _stems(term)
    )


# What may stand between a place and -ский: «бишкек-ский», «караганд-ин-ский», «америк-ан-ский», «росс-ий-ский»; not any
# letters, for «туркменский» is not Туркестан's and «австралийский» not Austria's.
_JOINTS = "|[йь]|ь?ин|[уиь]?ан|[ьи]?ян|ий|ей|ов|ев|[ае]?нь?|эй|и?ат|тян|вл|л"


def _tail(term: Paradigm) -> str:
    """Return a pattern for the vowels that a lemma ends in, which an adjective may keep: «мангист-ау-ский»."""
    ending = regex.search("[аеийоуыюяэь]*$", term.lemma.casefold())
    return regex.escape(ending[0]) + "й?" if ending and ending[0] else ""


def is_named(name: Paradigm, text: str) -> bool:
    """Tell whether a name, its surname alone or an adjective made from it stands anywhere in a text."""
    words = [Span(m.start(), m.end()) for m in _WORD.finditer(text)]
    forms = {form.split()[-1] for cell in name.forms.values() for form in cell}
    return any(word.of(text) in forms for word in words) or any(_derived(name, text, words))


def _acronym(term: Paradigm, text: str, words: list[Span]) -> Iterator[Place]:
    """Yield the initials of an organisation: «МИД» for Министерство иностранных дел is as good as the full name."""
    initials = "".join(word[0] for word in regex.findall(r"\p{L}{2,}", term.lemma)).upper()
    if term.kind == "organisation" and len(initials) > 2:
        for span in words:
            if span.of(text) == initials:
                yield Place(span, WEIGHTS.pointed, "derived")


def _stems(term: Paradigm) -> list[str]:
    """Return what all forms begin with, lower case, and the same without -стан; none under two letters."""
    forms = [f.casefold().replace("ё", "е") for cell in term.forms.values() for f in cell] or [term.lemma.casefold()]
    stem = forms[0]
    while not all(form.startswith(stem) for form in forms):
        stem = stem[:-1]
    people = stem.removesuffix("стан")
    named = people != stem and is_known_adjective(people.rstrip("аеийоуыюяь") + "ский")  # not of Туркестан
    found = [stem, people] if named else [stem]
    return [short for one in dict.fromkeys(found) if len(short := one.rstrip("аеийоуыюяь") or one) > 1]


def _aligned(target: Target, text: str, words: list[Span], links: Sequence[Link]) -> Iterator[Place]:
    """Yield the words that the engine links to the term; these need no great likeness."""
    reached = [link for link in links if link.source.overlaps(target.source)]
    strong = [link for link in reached if link.weight >= WEIGHTS.link] or reached
    hit = [w for w in words if any(w.overlaps(link.target) for link in strong)]
    if not hit:
        return
    run = Span(hit[0].start, hit[-1].stop)
    size = len(_WORD.findall(target.paradigm.lemma))
    proper = any(w[0].isupper() for w in _WORD.findall(target.paradigm.lemma))
    pieces = [w.of(text) for w in hit]
    if len(hit) > size + 1 or (proper and not any(p[0].isupper() for p in pieces)):
        return
    score = _score(target, run.of(text), len(hit), begins=begins(text, run.start))[0]
    if WEIGHTS.linked <= score < 1:
        yield Place(run, WEIGHTS.trust + score / 2, "alignment")
