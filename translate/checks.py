"""Doubts about a translated sentence: small functions from a source and a target to `Problem` values.

Each check is a noun in an ordered list with the fault it is there for, and can be turned off by name. A false alarm
is a defect: an editor who is warned for nothing stops reading warnings, so each check asks for what a good human
translation has in nearly every sentence and no more (docs/checks.md has the figures).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from translate import figures
from translate.errors import Problem, Span
from translate.glossary import Glossary, Policy, Term, TermMatch
from translate.glossary.unknown import unknown_names
from translate.inflection import Paradigm
from translate.pinning import Pin, Target, locate
from translate.segments import split

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_KEPT = regex.compile(
    r"`[^`]*`|\b(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]+|[@#]\w+|\b\w+\.(?:com|org|net|ru|kg|kz|uz)\b\S*"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation, as the checks see them.

    Args:
        id: of the row, for `Problem.segment`.
        source, target: NFC texts.
        matches: glossary terms found in `source`.
        pins: the terms that were placed in `target`; those need no further check.
    """

    id: str
    source: str
    target: str
    matches: tuple[TermMatch, ...] = ()
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A named check: the fault it finds, and how.

    Args:
        name: how it is turned off in the settings; the `kind` of its problems.
        fault: source → faulty target, the sentence that forced it.
        find: yields the problems of a pair.
    """

    name: str
    fault: str
    find: Callable[[Pair], Iterable[Problem]]


def inspect(pair: Pair, off: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
    """Run every check that is not turned off on one sentence."""
    if not pair.target.strip() or not pair.source.strip():
        if pair.target.strip() == pair.source.strip() or "length" in off:
            return ()
        message = "the translation has nothing for this" if pair.source.strip() else "the source has nothing like this"
        return (Problem("length", message, pair.id),)
    found = (problem for check in CHECKS if check.name not in off for problem in check.find(pair))
    return tuple(replace(problem, segment=pair.id) for problem in found)


def inspect_all(
    pairs: Iterable[Pair], off: frozenset[str] = frozenset(), *, forbidden: Sequence[Term] = ()
) -> tuple[Problem, ...]:
    """Run every check on every sentence of a text, and those that look at the text as a whole.

    Args:
        pairs: in reading order.
        off: names of checks not to run.
        forbidden: the terms whose Russian must not appear.
    """
    rows = list(pairs)
    problems = [problem for pair in rows for problem in inspect(pair, off)]
    if forbidden and "forbidden" not in off:
        problems += _forbidden(rows, forbidden)
    if "consistency" not in off:
        problems += _consistency(rows)
    return tuple(problems)


def unlisted(sentences: Sequence[str], glossary: Glossary, on: str = "") -> tuple[Problem, ...]:
    """Return the names of a source text that no glossary has: nobody has settled how they are spelt in Russian.

    Args:
        sentences: the source, in order.
        glossary: what is settled; without a term in it nothing is asked.
        on: the article's ISO date.
    """
    names = unknown_names(sentences, glossary, on) if len(glossary) else []
    return tuple(Problem("name", f"no glossary has {n.name} ({n.kind}?), {n.count}×") for n in names)


# Terms -----------------------------------------------------------------------------------------------------------


def _terms(pair: Pair) -> Iterator[Problem]:
    """Find terms that no form of the lemma stands for: another spelling, or nothing at all.

    Only names are asked for, and only persons must be there: a place may be an adjective («московское время»), an
    organisation may be shortened («Мосгорсуд»), a common term said in other words.
    """
    pinned = {pin.source for pin in pair.pins}
    open_ = [match for match in pair.matches if match.span not in pinned]
    if not open_:
        return
    text = pair.target.replace("\u00a0", " ")
    targets = [Target(m.span, m.paradigm(), position=m.span.start / max(1, len(pair.source))) for m in open_]
    for match, place in zip(open_, locate(targets, text), strict=True):
        term = match.paradigm()
        if match.term.policy in (Policy.KEEP, Policy.FIXED) or term.kind not in ("person", "place", "organisation"):
            continue
        if place is None:
            if term.kind == "person" and not term.fixed:
                yield Problem("term", f"not found in the translation: {term.lemma}", source=match.span)
        elif place.method == "similarity" and place.score >= 0.72 and not _spelt(place.span.of(text), term):
            message = f"{place.span.of(text)} is not how the glossary spells {term.lemma}"
            yield Problem("term", message, source=match.span, target=place.span)


def _spelt(piece: str, term: Paradigm) -> bool:
    """Tell whether a form stands there, in other capitals or quotes, or a surname without its own given name."""
    if regex.search(r"\p{Latin}", piece):
        return True  # «Macquarie Australia»: left in Latin on purpose; `untranslated` judges that
    flat = _plain(piece)
    forms = {_plain(form) for cell in term.forms.values() for form in cell}
    if flat in forms or term.kind != "person":
        return flat in forms
    return any(flat.split()[-1] == form.split()[-1] for form in forms)


def _forbidden(pairs: list[Pair], forbidden: Sequence[Term]) -> Iterator[Problem]:
    """Find Russian spellings that the house does not use, whatever the English was."""
    barred = {
        form.casefold().replace("ё", "е"): term
        for term in forbidden
        for cell in term.paradigm().forms.values()
        for form in cell
    }
    longest = max((len(form.split()) for form in barred), default=0)
    for pair in pairs:
        words = list(regex.finditer(r"[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*", pair.target))
        for first in range(len(words)):
            for last in range(first, min(len(words), first + longest)):
                span = Span(words[first].start(), words[last].end())
                term = barred.get(span.of(pair.target).casefold().replace("ё", "е").replace("\u00a0", " "))
                if term is not None and (not term.source or term.source in pair.source):
                    message = f"{span.of(pair.target)} is not used here. {term.note}".strip()
                    yield Problem("forbidden", message, pair.id, target=span)


# Length ----------------------------------------------------------------------------------------------------------


def _length(pair: Pair) -> Iterator[Problem]:
    """Find what is far shorter or longer than any human rendering, and a sentence that has gone.

    On 3,000 human pairs of news the Russian has 0.7 to 1.6 times the letters of the English in 98 %.
    """
    source, target = len(pair.source), len(pair.target)
    if source >= 40 and target < 0.45 * source:
        yield Problem("length", "far shorter than the source: is something missing?")
    elif target > 60 and target > 2.6 * source + 20:
        yield Problem("length", "far longer than the source: is something repeated or added?")
    elif target < 0.8 * source:
        missing = len(split(pair.source, "en")) - len(split(pair.target, "ru"))
        if missing > 0:
            yield Problem("length", f"fewer sentences than the source: {missing} may be missing")


def _repetition(pair: Pair) -> Iterator[Problem]:
    """Find words that go round in a loop: three times the same one to eight words, or twice three words and more."""
    words = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(pair.target)]
    for size in range(1, 9):
        times = 3 if size < 3 else 2
        for at in range(len(words) - size * times + 1):
            piece = [w for w, _start, _stop in words[at : at + size]]
            rounds = [[w for w, _a, _b in words[at + size * k : at + size * (k + 1)]] for k in range(1, times)]
            if all(r == piece for r in rounds) and not _repeats(pair.source, size, times):
                span = Span(words[at][1], words[at + size * times - 1][2])
                yield Problem("repetition", f"goes round: {' '.join(piece)}", target=span)
                return


def _repeats(text: str, size: int, times: int) -> bool:
    words = [w.lower() for w in _WORD.findall(text)]
    return any(
        all(words[at : at + size] == words[at + size * k : at + size * (k + 1)] for k in range(1, times))
        for at in range(len(words) - size * times + 1)
    )


# Numbers ---------------------------------------------------------------------------------------------------------


def _numbers(pair: Pair) -> Iterator[Problem]:
    source, target = figures.read(pair.source, "en"), figures.read(pair.target, "ru")
    lost = [f for f in source.figures if f.required and f.unit != "imperial" and not target.explains(f)]
    new = [f for f in target.figures if f.required and f.unit != "metric" and not source.explains(f)]
    for n in range(max(len(lost), len(new))):
        old_span = lost[n].span if n < len(lost) else None
        new_span = new[n].span if n < len(new) else None
        if old_span and new_span:
            message = f"{old_span.of(pair.source)} became {new_span.of(pair.target)}"
        elif old_span:
            message = f"{old_span.of(pair.source)} is not in the translation"
        else:
            assert new_span is not None
            message = f"{new_span.of(pair.target)} is not in the source"
        yield Problem("number", message, source=old_span, target=new_span)


_MONTH_BESIDE = regex.compile(
    r"\b(?P<m>January|February|March|April|May|June|July|August|September|October|November|December)(?=,? \d)"
    r"|(?<=\d(?:st|nd|rd|th)? (?:of )?)(?P<m>January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b"
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _dates(pair: Pair) -> Iterator[Problem]:
    wanted = [(m["m"], Span(m.start(), m.end())) for m in _MONTH_BESIDE.finditer(pair.source)]
    if not wanted:
        return
    target = figures.read(pair.target, "ru")
    for name, span in wanted:
        number = _MONTHS.index(name) + 1
        in_figures = any(float(number) in f.readings for f in target.figures if "." in f.span.of(pair.target))
        if number not in target.months and not in_figures:
            yield Problem("date", f"{name} is not in the translation", source=span)


_UNIT_WORD = {
    "percent": r"%|процент|п\.\s?п|\bпункт|проц\.",
    "USD": r"\$|долл|USD|бакс|американск",
    "EUR": r"€|евро|EUR",
    "GBP": r"£|фунт|GBP|стерлинг",
}


def _units(pair: Pair) -> Iterator[Problem]:
    for figure in figures.read(pair.source, "en").figures:
        pattern = _UNIT_WORD.get(figure.unit)
        if pattern and not regex.search(pattern, pair.target, regex.I):
            message = f"{figure.span.of(pair.source)}: {figure.unit} is not in the translation"
            yield Problem("unit", message, source=figure.span)
            return


# Quotes ----------------------------------------------------------------------------------------------------------


def _balance(text: str) -> bool:
    """Return whether the marks pair up; a straight mark after a digit closes («Сахалин-1") or measures (24")."""
    straight = False
    for match in regex.finditer('"', text):
        if straight or not text[: match.start()][-1:].isdigit():
            straight = not straight
    opening = len(regex.findall("[«„]" if "„" in text else "[«“]", text))
    closing = len(regex.findall("[»“”]" if "„" in text else "[»”]", text))
    single_open = len(regex.findall(r"(?<!\w)['‘](?=\w)", text))
    single_close = len(regex.findall(r"(?<=[\w.,!?])['’](?!\w)|(?<= )’(?=[ ,.])", text))
    return not straight and opening == closing and (single_open == single_close or bool(opening) or '"' in text)


_SPEECH = regex.compile(r"^[-–—]|[,!?…]\s?[-–—] ")


def _quotes(pair: Pair) -> Iterator[Problem]:
    """Find marks that do not pair up where those of the source do: a quotation may go on in the next sentence."""
    if not _balance(pair.target) and _balance(pair.source):
        yield Problem("quotes", "quotation marks do not pair up")
        return
    # Direct speech may be set with dashes alone: — С травмами ребёнка госпитализировали.
    if regex.search("[«»„“”\"‟‘’']", pair.target) or _SPEECH.search(pair.target):
        return
    quoted = regex.search(r"[“\"](?P<words>[^“”\"]+)(?:[”\"]|$)|^(?P<words>[^“”\"]+)[”\"]", pair.source)
    if quoted and len(quoted["words"].split()) >= 3:
        yield Problem("quotes", "the quotation has lost its marks", source=Span(quoted.start(), quoted.end()))


# Scripts ---------------------------------------------------------------------------------------------------------


def _untranslated(pair: Pair) -> Iterator[Problem]:
    if not regex.search(r"\p{Cyrillic}", pair.target):
        words = regex.findall(r"(?<![\p{L}.@/])\p{Ll}{3,}", _KEPT.sub(" ", pair.source))
        if len(words) >= 2:
            yield Problem("untranslated", "not in Russian")
        return
    known = {word.lower() for word in regex.findall(r"\p{Latin}+", pair.source)}
    text = _KEPT.sub(lambda m: " " * len(m[0]), pair.target)
    for match in regex.finditer(
        r"(?<![\p{L}\d'’.!@/_-])(?<!\b\p{Lu}\. )\p{Latin}[\p{Latin}'’]*(?:[ -]\p{Latin}[\p{Latin}'’]*)*", text
    ):
        words = match[0].split()
        if all(w[0].islower() and w.lower() in known and len(w) > 2 and w.islower() for w in words):
            yield Problem("untranslated", f"not translated: {match[0]}", target=Span(match.start(), match.end()))
            return


def _scripts(pair: Pair) -> Iterator[Problem]:
    for match in regex.finditer(r"\p{L}+", pair.target):
        if regex.search(r"\p{Latin}", match[0]) and regex.search(r"\p{Cyrillic}", match[0]):
            message = f"Latin and Cyrillic letters in one word: {match[0]}"
            yield Problem("scripts", message, target=Span(match.start(), match.end()))


# The whole text --------------------------------------------------------------------------------------------------


def _consistency(pairs: list[Pair]) -> Iterator[Problem]:
    """Find one source sentence rendered in two ways."""
    seen: dict[str, Pair] = {}
    for pair in pairs:
        key = " ".join(pair.source.split()).casefold()
        first = seen.setdefault(key, pair)
        if len(key.split()) > 2 and _plain(first.target) != _plain(pair.target):
            yield Problem("consistency", f"the same sentence is rendered otherwise in {first.id}", pair.id)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold().replace("ё", "е")


CHECKS: tuple[Check, ...] = (
    Check("term", "Jeenbekov → Женбеков, where the glossary has Жээнбеков", _terms),
    Check("length", "He came. He saw. → Он пришёл.", _length),
    Check("repetition", "He said yes. → Он сказал, сказал, сказал да.", _repetition),
    Check("number", "19 people → 18 человек", _numbers),
    Check("date", "on September 19 → 19 октября", _dates),
    Check("unit", "$5 million → 5 миллионов рублей", _units),
    Check("quotes", "“Yes,” he said. → «Да, — сказал он.", _quotes),
    Check("untranslated", "the referendum → этот referendum", _untranslated),
    Check("scripts", "Osh → Oш with a Latin O", _scripts),
)
NAMES: tuple[str, ...] = (*(check.name for check in CHECKS), "forbidden", "consistency", "name")
