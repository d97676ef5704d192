"""Doubts about a translated sentence: small functions from a source and a target to `Problem` values.

Each check is a noun in an ordered list with the fault it is there for, and can be turned off by name. A false alarm
is a defect: an editor who is warned for nothing stops reading warnings, so each check asks for what a good human
translation has in nearly every sentence and no more (docs/checks.md has the figures).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from translate import lexicon
from translate.checks import figures
from translate.checks.digits import lost_digits
from translate.checks.lasting import Lasting, lastings
from translate.checks.pair import Pair
from translate.checks.renderings import followed, spreads
from translate.checks.terms import forbidden_spellings, other_spellings, plain, replaced_names
from translate.glossary import Glossary
from translate.glossary.unknown import unknown_names
from translate.languages import CYRILLIC, GUILLEMETS, declines, strange_letters
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem
from translate.problems.limits import is_overlong, overlong
from translate.problems.mishaps import safely
from translate.segments import LANGUAGES, english, split
from translate.spans import Span

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_KEPT = regex.compile(
    r"`[^`]*`|\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+|[@#]\w+|\b\w+(?:\.\w+)+\.\p{Latin}{2,}\b|\b\w+\.(?:com|org|net|ru|kg|kz|uz)\b\S*"
)


@dataclass(frozen=True, slots=True)
class Check:
    """A named check: the fault it finds, and how.

    Args:
        name: how it is turned off in the settings; the `kind` of its problems.
        fault: source → faulty target, the sentence that forced it.
        find: yields the problems of a pair.
        languages: of the targets it knows; None for all.
    """

    name: str
    fault: str
    find: Callable[[Pair], Iterable[Problem]]
    languages: frozenset[str] | None = frozenset({"ru"})

    def knows(self, language: str) -> bool:
        """Tell whether it may look at a target in a language."""
        return self.languages is None or language in self.languages


def inspect(pair: Pair, off: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
    """Run every check that is not turned off on one sentence; an overlong one is a problem and no check looks at it."""
    if is_overlong(pair.source, pair.target):
        return (overlong(max(pair.source, pair.target, key=len), pair.id),)
    if not pair.target.strip() or not pair.source.strip():
        if pair.target.strip() == pair.source.strip() or "length" in off:
            return ()
        nothing = _("the translation has nothing for this")
        message = nothing if pair.source.strip() else _("the source has nothing like this")
        return (Problem(Kind.LENGTH, message, pair.id),)
    checks = [check for check in CHECKS if check.name not in off and check.knows(pair.language)]
    found = (problem for check in checks for problem in safely(check.find, pair))
    return tuple(replace(problem, segment=pair.id) for problem in found)


def inspect_all(
    pairs: Iterable[Pair], off: frozenset[str] = frozenset(), *, glossary: Glossary | None = None, on: str = ""
) -> tuple[Problem, ...]:
    """Run every check on every sentence of a text, and those that look at the text as a whole.

    Args:
        pairs: in reading order.
        off: names of checks not to run.
        glossary: which Russian spellings it bars or has replaced; what it does not know is followed through the text.
        on: the article's ISO date.
    """
    given, book = list(pairs), glossary or Glossary(())
    problems = [problem for pair in given for problem in inspect(pair, off)]
    rows = [pair for pair in given if not is_overlong(pair.source, pair.target)]
    russian = [pair for pair in rows if pair.language == "ru"]  # what follows a Russian word through its forms
    if "term" not in off:
        problems += safely(replaced_names, russian, book)
    if "forbidden" not in off:
        problems += safely(forbidden_spellings, russian, book, on)
    if "consistency" not in off:
        problems += [*safely(_consistency, rows), *safely(_spellings, russian, book, on)]
    return tuple(problems)


def unlisted(
    sentences: Sequence[str], glossary: Glossary, on: str = "", ids: Sequence[str] = ()
) -> tuple[Problem, ...]:
    """Return the names of a source text that no glossary has: nobody has settled how they are spelt in Russian.

    Args:
        sentences: the source, in order.
        ids: of the sentences; each name is a problem of the first sentence that has it, or of the text without them.
        glossary: what is settled; without a term in it nothing is asked.
        on: the article's ISO date.
    """
    names = unknown_names(sentences, glossary, on) if len(glossary) else []
    kinds = {"person": _("person"), "place": _("place"), "organisation": _("organisation")}
    message = _("no glossary has {name} ({kind}?), {count}×")
    found = []
    for one in names:
        told = message.format(name=one.name, kind=kinds[one.kind], count=one.count)
        at = next((n for n, text in enumerate(sentences) if ids and one.contexts and text == one.contexts[0]), None)
        start = sentences[at].find(one.name) if at is not None else -1
        span = Span(start, start + len(one.name)) if start >= 0 else None
        found.append(Problem(Kind.NAME, told, ids[at] if at is not None else "", source=span))
    return tuple(found)


# Length ----------------------------------------------------------------------------------------------------------


def _length(pair: Pair) -> Iterator[Problem]:
    """Find what is far shorter or longer than any human rendering, and a sentence that has gone.

    On 3,000 human pairs of news the Russian has 0.7 to 1.6 times the letters of the English in 98 %.
    """
    source, target = len(pair.source), len(pair.target)
    if source >= 40 and target < 0.45 * source:
        yield Problem(Kind.LENGTH, _("far shorter than the source: is something missing?"))
    elif target > 60 and target > 2.6 * source + 20:
        yield Problem(Kind.LENGTH, _("far longer than the source: is something repeated or added?"))
    elif target < 0.8 * source and pair.language in LANGUAGES:
        missing = len(split(pair.source, "en")) - len(split(pair.target, pair.language))
        if missing > 0:
            yield Problem(Kind.LENGTH, _("fewer sentences than the source: {n} may be missing").format(n=missing))


def _repetition(pair: Pair) -> Iterator[Problem]:
    """Find words that go round in a loop: three times the same one to eight words, or twice three words and more."""
    places = list(_WORD.finditer(pair.target))
    words, source = [m[0].lower() for m in places], [w.lower() for w in _WORD.findall(pair.source)]
    for size in range(1, 9):
        times = 3 if size < 3 else 2
        at = _loop(words, size, times)
        if at is not None and _loop(source, size, times) is None:
            span = Span(places[at].start(), places[at + size * times - 1].end())
            said = " ".join(words[at : at + size])
            yield Problem(Kind.REPETITION, _("goes round: {words}").format(words=said), target=span)
            return


def _loop(words: Sequence[str], size: int, times: int) -> int | None:
    """Return where `size` words first stand `times` times in a row: as many words in a row equal the one `size` on."""
    equal = 0
    for at in range(len(words) - size):
        equal = equal + 1 if words[at] == words[at + size] else 0
        if equal == size * (times - 1):
            return at + 1 - equal
    return None


# Numbers ---------------------------------------------------------------------------------------------------------


def _numbers(pair: Pair) -> Iterator[Problem]:
    if not declines(pair.language):
        yield from lost_digits(pair)
        return
    source, target = figures.read(pair.source, "en"), figures.read(pair.target, "ru")
    lost = [f for f in source.figures if f.required and f.unit != "imperial" and not target.explains(f)]
    new = [f for f in target.figures if f.required and f.unit != "metric" and not source.explains(f)]
    if lost or new:  # “18 months”, «полтора года»
        times, others = lastings(pair.source, "en"), lastings(pair.target, "ru")
        lost, new = _untimed(lost, times, others), _untimed(new, others, times)
    for n in range(max(len(lost), len(new))):
        old_span = lost[n].span if n < len(lost) else None
        new_span = new[n].span if n < len(new) else None
        if old_span and new_span:
            message = _("{old} became {new}").format(old=old_span.of(pair.source), new=new_span.of(pair.target))
        elif old_span:
            message = _("{old} is not in the translation").format(old=old_span.of(pair.source))
        else:
            assert new_span is not None
            message = _("{new} is not in the source").format(new=new_span.of(pair.target))
        yield Problem(Kind.NUMBER, message, source=old_span, target=new_span)


def _untimed(
    figures_left: Sequence[figures.Figure], times: Sequence[Lasting], others: Sequence[Lasting]
) -> list[figures.Figure]:
    """Leave out the figures of spans of time that the other side has in another unit."""
    same = [time.span for time in times if any(time.is_as_long(other) for other in others)]
    return [f for f in figures_left if not any(span.overlaps(f.span) for span in same)]


_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_ANY_MONTH = "|".join(_MONTHS)
# Beside a day or a year, or after a preposition: May and March alone are other words too.
_MONTH_BESIDE = regex.compile(
    rf"\b(?P<m>{_ANY_MONTH})(?=,? \d)|\b(?P<m>Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?(?= \d)"
    rf"|(?<=\d(?:st|nd|rd|th)? (?:of )?)(?P<m>{_ANY_MONTH})\b"
    rf"|(?<=\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y) )(?P<m>{_ANY_MONTH})\b",
)


def _dates(pair: Pair) -> Iterator[Problem]:
    wanted = [(m["m"], Span(m.start(), m.end())) for m in _MONTH_BESIDE.finditer(pair.source)]
    if not wanted:
        return
    target = figures.read(pair.target, "ru")
    for name, span in wanted:
        number = next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))
        in_figures = any(float(number) in f.readings for f in target.figures if "." in f.span.of(pair.target))
        if number not in target.months and not in_figures and name not in pair.target:  # «May 2020 Update»
            yield Problem(Kind.DATE, _("{old} is not in the translation").format(old=name), source=span)


_UNIT_NAME = {
    "percent": _("percent"), "USD": _("dollars"), "EUR": _("euros"), "GBP": _("pounds"), "RUB": _("roubles"),
    "KZT": _("tenge"), "KGS": _("soms"), "TJS": _("somoni"), "TMT": _("manats"), "CNY": _("yuan"),
}  # fmt: skip
_UNIT_WORD = {
    "percent": r"%|процент|п\.\s?п|\bпункт|проц\.",
    "USD": r"\$|долл|USD|бакс|американск",
    "EUR": r"€|евро|EUR",
    "GBP": r"£|фунт|GBP|стерлинг",
    "RUB": r"₽|руб|RUB|\bр\.",
    "KZT": r"₸|тенге|тг\b|KZT",
    "KGS": r"сом(?!н)|KGS|\bс\.",
    "TJS": r"сомони|TJS",
    "TMT": r"манат|TMT",
    "CNY": r"¥|юан|CNY",
}


def _units(pair: Pair) -> Iterator[Problem]:
    for figure in figures.read(pair.source, "en").figures:
        pattern = _UNIT_WORD.get(figure.unit)
        if pattern and not regex.search(pattern, pair.target, regex.I):
            message = _("{figure}: {unit} is not in the translation").format(
                figure=figure.span.of(pair.source), unit=_UNIT_NAME[figure.unit]
            )
            yield Problem(Kind.UNIT, message, source=figure.span)
            return


# Quotes ----------------------------------------------------------------------------------------------------------


def _balance(text: str) -> bool:
    """Return whether the marks pair up; a straight mark after a digit closes («Сахалин-1") or measures (24")."""
    straight = False
    for match in regex.finditer('"', text):
        if straight or not text[: match.start()][-1:].isdecimal():
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
        yield Problem(Kind.QUOTES, _("quotation marks do not pair up"))
        return
    # Direct speech may be set with dashes alone: — С травмами ребёнка госпитализировали.
    if regex.search("[«»„“”\"‟‘’']", pair.target) or _SPEECH.search(pair.target):
        return
    quoted = regex.search(r"[“\"](?P<words>[^“”\"]+)(?:[”\"]|$)|^(?P<words>[^“”\"]+)[”\"]", pair.source)
    if quoted and len(quoted["words"].split()) >= 3:
        yield Problem(Kind.QUOTES, _("the quotation has lost its marks"), source=Span(quoted.start(), quoted.end()))


# Scripts ---------------------------------------------------------------------------------------------------------


def _untranslated(pair: Pair) -> Iterator[Problem]:
    if not regex.search(r"\p{Cyrillic}", pair.target):
        if _is_english(pair):
            yield Problem(Kind.UNTRANSLATED, _("not in Russian") if pair.language == "ru" else _("not translated"))
        return
    known = {word.lower() for word in regex.findall(r"\p{Latin}+", pair.source)}
    common = set(regex.findall(r"(?<![\p{L}\d.@/_’'-])\p{Ll}{4,}(?![\p{L}'’-])", pair.source))
    text = _KEPT.sub(lambda m: " " * len(m[0]), pair.target)
    glosses = list(_glosses(pair))
    for match in _LATIN_RUN.finditer(text):
        span = Span(match.start(), match.end())
        if any(gloss.overlaps(span) for gloss in glosses):
            continue
        words = match[0].split()
        as_there = all(w.islower() and w in known and len(w) > 2 for w in words)
        capital = (
            len(words) == 1 and words[0].istitle() and words[0].lower() in common and words[0] not in pair.source
        )  # «Parliament принял»
        # «под risk Brilique»: beside a name, but «Game of Thrones» stands so in the source
        beside = match[0] not in pair.source and any(w in common for w in words)
        if as_there or capital or beside:
            yield Problem(Kind.UNTRANSLATED, _("not translated: {words}").format(words=match[0]), target=span)
            return


_LATIN_RUN = regex.compile(
    r"(?<![\p{L}\d'’.!@/_-])(?<!\b\p{Lu}\. )\p{Latin}[\p{Latin}'’]*(?:[ -]\p{Latin}[\p{Latin}'’]*)*"
)
# «мягкую силу» (soft power), «колеблющиеся штаты» (англ. “swing states”) [battlegrounds]
_GLOSS = regex.compile(
    r"(?<=[\p{Cyrillic}»”\"’]\s*)[(\[](?:(?:от\s)?\p{Cyrillic}{2,10}\.?:?\s)?(?P<words>[^()\[\]\p{Cyrillic}]*\p{Latin}[^()\[\]\p{Cyrillic}]*)[)\]]"
)


def _glosses(pair: Pair) -> Iterator[Span]:
    """Yield brackets of the translator's own that show the English word; those of the source stand there too."""
    inside = " ".join(regex.findall(r"[(\[]([^()\[\]]*)[)\]]", pair.source)).casefold()
    for match in _GLOSS.finditer(pair.target):
        if match["words"].strip(" \"“”«»'‘’").casefold() not in inside or not inside:
            yield Span(match.start(), match.end())


def _is_english(pair: Pair) -> bool:
    """Tell whether a target without a Russian letter holds English: two plain words, or a copied headline.

    “WATER PRICES TO RISE”, “Water Prices Rise Again” are told from names (“Bank of America”) by their length, their
    capitals, or a word that no name is made of. What a glossary keeps in Latin is left out.
    """
    if len(regex.findall(r"(?<![\p{L}.@/])\p{Ll}{3,}", _KEPT.sub(" ", pair.source))) >= 2:
        return True
    target = _KEPT.sub(" ", pair.target)
    for pin in pair.pins:
        if pin.method == "kept":
            target = target.replace(pin.form, " ")
    words = [word for word in _WORD.findall(target) if word.isascii()]
    plain = [word.casefold() for word in words if lexicon.is_known(word.casefold())]
    if len(plain) < 2 or len(plain) < 0.6 * len(words):
        return False
    telling = [word for word in words if word.casefold() not in _IN_NAMES]
    return len(telling) > 3 or target.isupper() or not _NEVER_IN_NAMES.isdisjoint(plain)


_IN_NAMES = frozenset(
    """
    the a an and in on at for from of by with without under over all one two three four five six seven eight nine ten
    no not you me my we us it our now here up out off i so some every first last today tonight tomorrow
    """.split()  # noqa: SIM905
)
_NEVER_IN_NAMES = (english.SURE | english.VERBS | {"to", "amid", "next"}) - _IN_NAMES


def _scripts(pair: Pair) -> Iterator[Problem]:
    for match in regex.finditer(r"\p{L}+", pair.target):
        if regex.search(r"\p{Latin}", match[0]) and regex.search(r"\p{Cyrillic}", match[0]):
            message = _("Latin and Cyrillic letters in one word: {word}").format(word=match[0])
            yield Problem(Kind.SCRIPTS, message, target=Span(match.start(), match.end()))
        elif (strange := strange_letters(match[0], pair.language)) and match[0] not in pair.source:
            message = _("{letters} in {word} is no letter of the language").format(letters=strange, word=match[0])
            yield Problem(Kind.SCRIPTS, message, target=Span(match.start(), match.end()))


# The whole text --------------------------------------------------------------------------------------------------


def _consistency(pairs: list[Pair]) -> Iterator[Problem]:
    """Find one source sentence rendered in two ways."""
    seen: dict[str, Pair] = {}
    for pair in pairs:
        key = " ".join(pair.source.split()).casefold()
        first = seen.setdefault(key, pair)
        if len(key.split()) > 2 and plain(first.target) != plain(pair.target):
            yield Problem(
                Kind.CONSISTENCY,
                _("the same sentence is rendered otherwise in {segment}").format(segment=first.id),
                pair.id,
            )


def _spellings(pairs: list[Pair], book: Glossary, on: str) -> Iterator[Problem]:
    """Find a name that no glossary has under two Russian spellings; nobody knows which of them is right."""
    names = followed(unknown_names([pair.source for pair in pairs], book, on))
    for spread in spreads(names, [(pair.source, pair.target) for pair in pairs]):
        usual = spread.usual
        for other in spread.others:
            message = _("{name} is {here} here and {there} in {segment}").format(
                name=spread.name, here=other.word, there=usual.word, segment=pairs[usual.row].id
            )
            yield Problem(Kind.CONSISTENCY, message, pairs[other.row].id, target=other.span)


CHECKS: tuple[Check, ...] = (
    Check("term", "Jeenbekov → Женбеков, where the glossary has Жээнбеков", other_spellings),
    Check("length", "He came. He saw. → Он пришёл.", _length, None),
    Check("repetition", "He said yes. → Он сказал, сказал, сказал да.", _repetition, None),
    Check("number", "19 people → 18 человек", _numbers, None),
    Check("date", "on September 19 → 19 октября", _dates),
    Check("unit", "$5 million → 5 миллионов рублей", _units),
    Check("quotes", "“Yes,” he said. → «Да, — сказал он.", _quotes, GUILLEMETS),
    Check("untranslated", "the referendum → этот referendum", _untranslated, CYRILLIC),
    Check("scripts", "Osh → Oш with a Latin O", _scripts, CYRILLIC),
)
NAMES: tuple[str, ...] = (*(check.name for check in CHECKS), "forbidden", "consistency", "name")
