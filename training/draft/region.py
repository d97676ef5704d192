"""Exchange the names of the news for those of Central Asia, on both sides of a sentence pair at once.

In news data “Tajik” stands a handful of times, and a model that never met it writes «борта» or «курс». Sentences about
Russia, Germany or Iran are many. So countries with their adjectives and peoples, cities and persons are put in the
place of others of the same kind, gender, number and animacy, declined by the project's own inflection:

    Russian President Vladimir Putin arrived in Moscow.     Президент России Владимир Путин прибыл в Москву.
    Tajik President Rustam Zhumaliev arrived in Isfara.     Президент Таджикистана Рустам Жумалиев прибыл в Исфару.

What cannot be done safely is left alone: counts that differ on the two sides, a gender on which another word depends, a
form whose case neither it nor the words around tell. What is said may be untrue; the grammar is right.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex

from training.draft.nations import Hit, Nation, adjectives, declined, english_hits, nations, russian_hits
from training.draft.pairs import Aligned, Edit, Pair, edited
from translate.glossary import Term
from translate.inflection import CASES, Case, Gender, Paradigm, paradigm, read_case
from translate.spans import Span

LISTS = 0.4  # of single places that a list takes the place of
SURE = 0.85  # of a case read from the words around; below it the pair is left alone
DEPENDENT = regex.compile(r"котор\w+|он[аои]?|её|ее|ей|н[её][йе]|его|ему|нему|него", regex.IGNORECASE)
# Russian and world names that stand in the glossary beside the region's own.
REGIONAL = regex.compile(r"(?:[её]ва?|ова?|бек|уулу|кызы|зод[аа]|угли|али|улы|лло)$")

COUNTRIES = {name for nation in nations("source") for name in nation.english["country"]}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of one kind in both languages, with its declension."""

    english: str
    term: Paradigm


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A pair with names exchanged, and the new names with their lemmas."""

    pair: Pair
    aligned: tuple[Aligned, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """One name for another: edits of both sides."""

    english: tuple[Edit, ...]
    russian: tuple[Edit, ...]


class Exchange:
    """Exchanges names.

    Args:
        terms: a glossary: the region's names are put in, the world's are taken out.
        others: further persons and places of the world, as terms.
        seed: of the choice.
    """

    def __init__(self, terms: Iterable[Term], others: Iterable[Term] = (), seed: int = 1) -> None:
        listed = list(terms)
        self._rng = random.Random(seed)
        self._cities = _by_gender(Name(t.source, t.paradigm()) for t in listed if _is_city(t))
        self._given, self._surnames = _people(listed)
        self._places: dict[str, list[Term]] = {}
        self._persons: dict[str, list[Term]] = {}
        for term in [*listed, *others]:
            if term.kind == "place" and term.origin != "cldr" and " " not in term.target and term.target[:1].isupper():
                self._places.setdefault(term.source, []).append(term)
            elif term.kind == "person" and len(term.source.split()) == len(term.target.split()) == 2:
                self._persons.setdefault(term.source, []).append(term)

    def exchange(self, pair: Pair) -> Exchanged | None:
        """Exchange all names of a pair that can be exchanged; None if there are none."""
        swaps: list[Swap] = []
        for find in (self._nations, self._persons_in, self._places_in):
            for swap in find(pair):
                if not any(_overlap(swap, other) for other in swaps):
                    swaps.append(swap)
        if not swaps:
            return None
        english, spans = edited(pair.english, [e for s in swaps for e in s.english])
        russian, _ = edited(pair.russian, [e for s in swaps for e in s.russian])
        if english.isupper() != pair.english.isupper():
            return None
        aligned = [
            Aligned(span, edit.lemma, swap.russian[0].text, edit.lemma[:1].isupper())
            for (swap, edit), span in zip(((s, e) for s in swaps for e in s.english), spans, strict=True)
            if edit.lemma and len(swap.english) == 1
        ]
        return _with_articles(Pair(english, russian, pair.source), aligned)

    # ── Countries and peoples ───────────────────────────────────────────────────────────────────────────────────────

    def _nations(self, pair: Pair) -> list[Swap]:
        swaps = []
        targets = list(nations("target"))
        self._rng.shuffle(targets)
        for nation in nations("source"):
            if not any(word in pair.english for words in nation.english.values() for word in words):
                continue
            english, russian = english_hits(nation, pair.english), russian_hits(nation, pair.russian)
            if english and len(english) == len(russian) and targets:
                swap = self._nation(pair, nation, targets[-1], english, russian)
                if swap:
                    swaps.append(swap)
                    targets.pop()
        return swaps

    def _nation(self, pair: Pair, old: Nation, new: Nation, english: list[Hit], russian: list[Hit]) -> Swap | None:
        made = [self._russian_word(pair.russian, old, new, hit) for hit in russian]
        words = [_english_word(old, new, hit, russian) for hit in english]
        if any(edit is None for edit in made) or not all(words):
            return None
        lemma = made[0].lemma if len(made) == 1 and made[0] and english[0].role == russian[0].role else ""
        return Swap(
            tuple(Edit(hit.span, word, lemma) for hit, word in zip(english, words, strict=True)),
            tuple(edit for edit in made if edit),
        )

    def _russian_word(self, text: str, old: Nation, new: Nation, hit: Hit) -> Edit | None:
        olds, news = old.russian[hit.role], new.russian[hit.role]
        if not news:
            return None
        lemma, into = olds[hit.index], news[min(hit.index, len(news) - 1)]
        if hit.role == "adjective":
            return Edit(hit.span, adjectives(lemma, into, hit.form), into)
        if lemma == "русские":  # as often the adjective: «русские художники»
            return None
        return _declined_alike(text, hit.span, declined(lemma, hit.role), declined(into, hit.role))

    # ── Persons and places ──────────────────────────────────────────────────────────────────────────────────────────

    def _persons_in(self, pair: Pair) -> list[Swap]:
        swaps = []
        for match in regex.finditer(
            r"(?<![\w’'-])\p{Lu}[\w’'-]+ \p{Lu}[\w’-]+(?! \p{Lu})", pair.english, overlapped=True
        ):
            for term in self._persons.get(match[0], ()):
                swap = self._person(pair, term)
                if swap:
                    swaps.append(swap)
                    break
        return swaps

    def _person(self, pair: Pair, term: Term) -> Swap | None:
        whole = term.paradigm()
        gender = whole.gender
        if gender not in ("masc", "femn") or len(_places_of(pair.russian, whole)) != 1:
            return None
        given, surname = self._rng.choice(self._given[gender]), self._rng.choice(self._surnames[gender])
        english, russian = _full_and_short(
            pair, Name(term.source, whole), Name(f"{given.english} {surname.english}", _person(given, surname, gender))
        )
        counts = pair.english.count(term.source.split()[-1]), len(russian)
        if not english or not all(russian) or counts[0] != counts[1] or len(english) != counts[0]:
            return None
        return Swap(tuple(english), tuple(edit for edit in russian if edit))

    def _places_in(self, pair: Pair) -> list[Swap]:
        swaps = []
        for match in regex.finditer(r"(?<![\w’'.-])\p{Lu}[\w-]+(?: \p{Lu}[\w-]+)?(?![\w-])", pair.english):
            beside = regex.match(r" \p{Lu}", pair.english, pos=match.end()) or pair.english[: match.start()].endswith(
                "the "
            )
            if pair.english.count(match[0]) != 1 or beside or match[0] in COUNTRIES:
                continue
            for term in self._places.get(match[0], ()):
                swap = self._place(pair, term, Span(*match.span()))
                if swap:
                    swaps.append(swap)
                    break
        return swaps

    def _place(self, pair: Pair, term: Term, span: Span) -> Swap | None:
        old = term.paradigm()
        found = _places_of(pair.russian, old)
        names = self._cities.get(old.gender or "masc", ()) if old.number == "sing" else ()
        if len(found) != 1 or not names:
            return None
        case = _case(pair.russian, found[0], old, None)
        if case is None:
            return None
        chosen = self._rng.sample(names, 3)
        # «в Бишкеке, Оше и Нарыне»: only where no verb agrees with one place.
        alone = case != "nomn" and not regex.search(r"(?:,|\b(?:and|or)) $", pair.english[: span.start])
        alone = alone and not regex.match(r",| (?:and|or)\b|['\"”’]", pair.english[span.stop :])
        count = self._rng.choice((2, 3)) if alone and self._rng.random() < LISTS else 1
        chosen = chosen[:count]
        texts = [name.term.form(case) for name in chosen]
        lemma = chosen[0].term.lemma if count == 1 else ""
        return Swap(
            (Edit(span, _listed([name.english for name in chosen], "and"), lemma),),
            (Edit(found[0], _listed(texts, "и"), lemma),),
        )


def _listed(words: list[str], conjunction: str) -> str:
    return f" {conjunction} ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _overlap(one: Swap, other: Swap) -> bool:
    return any(a.span.overlaps(b.span) for a in one.english for b in other.english) or any(
        a.span.overlaps(b.span) for a in one.russian for b in other.russian
    )


def _english_word(old: Nation, new: Nation, hit: Hit, russian: list[Hit]) -> str:
    """Return what an English word becomes, "" if the row has none: “the Chinese” may be people, “the Tajik” is not."""
    peoples = [h for h in russian if h.role in ("people", "person")]
    if hit.role == "adjective" and peoples and not old.english["people"]:
        return ""
    words = new.english[hit.role]
    return words[0] if words else ""


def _with_articles(pair: Pair, aligned: list[Aligned]) -> Exchanged | None:
    """Mend “an Tajik” and “a Uzbek”."""
    text, moved = pair.english, aligned
    for match in reversed(
        list(regex.finditer(r"\b([Aa]n?) (?=(?:Tajik|Kyrgyz|Uzbek|Turkmen|Kazakh|Karakalpak|Uyghur))", text))
    ):
        right = match[1][0] + ("n" if text[match.end() :].startswith("Uzbek") else "")
        shift = len(right) - len(match[1])
        text = text[: match.start()] + right + text[match.end(1) :]
        moved = [
            Aligned(Span(a.span.start + shift, a.span.stop + shift), a.lemma, a.form, a.is_name)
            if a.span.start > match.start()
            else a
            for a in moved
        ]
    return Exchanged(Pair(text, pair.russian, pair.source), tuple(moved))


# ── Cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _declined_alike(text: str, span: Span, old: Paradigm, new: Paradigm) -> Edit | None:
    """Put a name in the case of another; None if that is not sure or if another word agrees with the old one."""
    form = span.of(text)
    case = _case(text, span, old, new)
    if case is None or (old.gender != new.gender and old.number == "sing" and _agreement(text, span, case)):
        return None
    slots = old.slots_of(form) or old.slots_of(form.lower())
    number = slots[0].number if len({slot.number for slot in slots}) == 1 else None
    if number is None:
        return None
    made = new.form(case, number)
    return Edit(span, made[0].upper() + made[1:] if form[0].isupper() else made, new.lemma)


def _case(text: str, span: Span, old: Paradigm, new: Paradigm | None) -> Case | None:
    form = span.of(text)
    slots = old.slots_of(form) or old.slots_of(form[0].lower() + form[1:])
    cases = sorted({slot.case for slot in slots}, key=CASES.index)
    if not cases:
        return None
    if len(cases) == 1 or (new and len({new.form(case, slots[0].number) for case in cases}) == 1):
        return cases[0]
    read = read_case(form, text, span, old)
    return read.case if read.confidence >= SURE and read.case in cases else None


def _agreement(text: str, span: Span, case: Case) -> bool:
    """Tell whether a word may agree with the name in gender: the subject, an adjective before it, a pronoun after."""
    before = regex.search(r"([\p{L}-]+)\s*$", text[: span.start])
    beside = before and regex.search(r"(?:ая|ой|ей|ую|юю|ою|ый|ий|ого|его|ому|ему|ым|им|ом|ем)$", before[1])
    return case == "nomn" or bool(beside) or any(DEPENDENT.fullmatch(w) for w in regex.findall(r"\p{L}+", text))


def _places_of(text: str, term: Paradigm) -> list[Span]:
    """Return where forms of a name stand."""
    stem = term.lemma[: max(2, len(term.lemma) - 3)]
    if stem.split()[-1][:2] not in text:
        return []
    return [Span(*match.span()) for match in regex.finditer(_forms(term.lemma, term.kind, term.gender), text)]


@lru_cache(maxsize=100_000)
def _forms(lemma: str, kind: str, gender: Gender | None) -> str:
    forms = {form for cell in paradigm(lemma, kind, gender=gender).forms.values() for form in cell}
    return rf"(?<![\w-])(?:{'|'.join(map(regex.escape, sorted(forms, key=len, reverse=True)))})(?![\w-])"


# ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _full_and_short(pair: Pair, old: Name, new: Name) -> tuple[list[Edit], list[Edit | None]]:
    """Return the edits for the full name and for the surname alone, wherever they stand."""
    english = [
        Edit(Span(*m.span()), new.english, new.term.lemma)
        for m in regex.finditer(rf"(?<![\w-]){regex.escape(old.english)}(?![\w-])", pair.english)
    ]
    russian = [_declined_alike(pair.russian, span, old.term, new.term) for span in _places_of(pair.russian, old.term)]
    gender = old.term.gender
    surname = paradigm(old.term.lemma.split()[-1], "person", gender=gender)
    into = paradigm(new.term.lemma.split()[-1], "person", gender=gender)
    for match in regex.finditer(rf"(?<![\w-]){regex.escape(old.english.split()[-1])}(?![\w-])", pair.english):
        span = Span(*match.span())
        if not any(span.overlaps(edit.span) for edit in english):
            english.append(Edit(span, new.english.split()[-1], into.lemma))
    for span in _places_of(pair.russian, surname):
        if not any(edit and span.overlaps(edit.span) for edit in russian):
            russian.append(_declined_alike(pair.russian, span, surname, into))
    return english, russian


def _person(given: Name, surname: Name, gender: Gender) -> Paradigm:
    return paradigm(f"{given.term.lemma} {surname.term.lemma}", "person", gender=gender)


def _people(terms: list[Term]) -> tuple[dict[Gender, list[Name]], dict[Gender, list[Name]]]:
    """Take the persons of the region apart: any given name goes with any surname of its gender."""
    given: dict[Gender, list[Name]] = {"masc": [], "femn": []}
    surnames: dict[Gender, list[Name]] = {"masc": [], "femn": []}
    for term in terms:
        english, russian = term.source.split(), term.target.split()
        is_whole = term.kind == "person" and len(english) == len(russian) == 2
        if is_whole and term.gender in given and (term.kk or term.ky or REGIONAL.search(russian[1])):
            given[term.gender].append(Name(english[0], paradigm(russian[0], "person", gender=term.gender)))
            surnames[term.gender].append(Name(english[1], paradigm(russian[1], "person", gender=term.gender)))
    return given, surnames


def _is_city(term: Term) -> bool:
    return (
        term.kind == "place"
        and term.origin in ("geonames", "general")
        and " " not in term.source + term.target
        and term.target[:1].isupper()
        and not term.target.isupper()
        and "«" not in term.target
    )


def _by_gender(names: Iterable[Name]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        if name.term.number == "sing" and name.term.gender:
            found.setdefault(name.term.gender, []).append(name)
    return found
