"""Names in an article that no glossary has, for an editor to add.

Capitals alone decide, with the article's own lower-case words against them: no model, no word list of English. So a
word that is only ever met at the start of a sentence or in a headline is not taken for a name, and a common noun that
is capitalised within a sentence ("the Court") is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translate import lexicon
from translate.glossary.book import Glossary
from translate.glossary.folding import fold
from translate.glossary.people import AFTER_FATHER, CALENDAR, TITLES
from translate.spans import Span

_LETTERS = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
# "Park Geun-hye": a given name of the far east in two syllables, the second one small. "Uzbek-run", "Post-war" are
# none: English words of that shape stand in the two lists, the others end in sounds that no such syllable ends in.
_SYLLABLES = (
    r"\b(?!(?i:anti|pre|post|non|pro|mid|semi|half|co|ex|self|well|high|low|long|short|full|part|cross|inter|multi|sub|over"
    r"|under|re|un|two|three|four|five|six|seven|eight|nine|ten|one|all|air|oil|gas|tax|sit|check|drop|log|sign|break"
    r"|build|make|take|fly|run|stand|hold|vice|deputy|by|so|add|pop|tie|top|key|uzbek|tajik|kazakh|kyrgyz)-)"
    r"[A-Z][a-z]{1,5}[-‐‑]"
    r"(?!(?:run|hit|day|men|man|set|cut|top|up|to|by|on|off|era|one|win|way|key|lay|sea|air|gun|oil|tie|eye|war|tax|out"
    r"|bound|year|old|area|aid|all|born|mail|law|rail|deal|ally|army)\b)"
    r"(?:ch|sh|hs|ts|tz|ph|kh?|th?|hw?|hy|gw?|wh|[kmlrgb]y|zh|[nlrmpbsjywdfvzxqc])?[aeiouy]{1,3}(?:ng?|[mklptrhb])?\b"
    r"(?:['’]s\b)?"
)
_WORD = re.compile(rf"[^\W\d_]+(?:&[^\W\d_]+)+|{_SYLLABLES}|{_LETTERS}")  # AT&T is one word
_INSIDE = {"von", "van", "der", "de", "al", "bin", "ibn", "ul", "el", "da", "di"} | AFTER_FATHER
_ORGANISATION = frozenset(
    """
    ministry party university committee council bank company group institute agency court commission union center
    centre association federation movement front alliance foundation fund office department service corporation
    organization organisation parliament assembly academy news times post press tv radio
    """.split()  # noqa: SIM905
)
_PLACE = frozenset(
    "region oblast province district river lake mountains valley pass street avenue airport sea peak city".split()  # noqa: SIM905
)
_BEFORE_PLACE = {"in", "at", "from", "near", "to", "outside", "towards", "toward"}
_POSSESSIVE = ("'s", "’s")
# Capitalised in English within a sentence, and no name.
_NO_NAME = (
    {"i", "mr", "mrs", "ms", "dr", "god", "internet", "r&d", "q&a", "m&a", "b&b", "west", "east", "north", "south"}
    | set("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun".split())  # noqa: SIM905
    | CALENDAR
)
# Adjectives of peoples that make no plural in -s; the others are known by it: Tajik, where the glossary has Tajiks.
_ADJECTIVES = frozenset(
    """
    soviet western eastern northern southern european african american asian british french english irish scottish
    welsh dutch spanish polish swedish danish finnish turkish kurdish jewish arabic chinese japanese portuguese
    vietnamese swiss turkic slavic islamic muslim christian orthodox catholic kyrgyz kazakh uzbek tajik turkmen uyghur
    dungan karakalpak tatar russian ukrainian iranian afghan indian pakistani korean german italian greek arab israeli
    persian mongolian canadian mexican brazilian
    """.split()  # noqa: SIM905
)

# What begins a sentence and is no name.
_STARTERS = frozenset(
    """
    a an the this that these those he she it they we you his her its their our my in on at by for from with to of as
    after before since until when while where if although though because but and or so yet nor not no yes however
    meanwhile moreover still also then there here now today yesterday last next many most some all both each every
    other another such only even just what who whom whose which why how despite during under over between among
    according speaking asked one two three several few more less once again
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no glossary has.

    Args:
        name: as it stands, without title and possessive.
        kind: a guess: person, place or organisation.
        count: how often it stands in the article, a person's surname alone included.
        contexts: up to three sentences that hold it.
    """

    name: str
    kind: str
    count: int
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words that stand together, and the word before them.

    Args:
        words: without possessive; `text` is what stands there.
        initial: the first word begins a sentence, and is a name only where it is one elsewhere.
        titled: a title stands before it.
    """

    words: tuple[str, ...]
    text: str
    before: str
    sentence: str
    initial: bool
    titled: bool = False


def unknown_names(sentences: Sequence[str], book: Glossary, on: str = "") -> list[Unknown]:
    """List the names that the glossary does not find, the most frequent first.

    Args:
        sentences: of one article, in order.
        book: what is known.
        on: the article's ISO date.
    """
    reader = book.reader(sentences, on)
    lower = {m.group().casefold() for s in sentences for m in _WORD.finditer(s) if m.group()[0].islower()}
    runs: list[_Run] = []
    for sentence in sentences:
        found = reader.find(sentence)
        taken = [m.span for m in found.matches] + [p.source for p in found.problems if p.source]
        runs += (run for run in _runs(sentence, taken, lower) if not _is_adjective(run, book))
    return _gather(runs)


def _is_adjective(run: _Run, book: Glossary) -> bool:
    """Say whether a single word is what its people are called by: "Tajik villages", "the Soviet arrangement"."""
    word = run.words[0]
    return len(run.words) == 1 and (
        word.casefold() in _ADJECTIVES or any(t.kind == "demonym" for t in book.lookup(word + "s"))
    )


def _runs(sentence: str, taken: Sequence[Span], lower: set[str]) -> Iterable[_Run]:
    """Yield the runs of capitalised words outside the terms found."""
    words = list(_WORD.finditer(sentence))
    long = [w for w in words if w.end() - w.start() > 3]
    capitals = sum(w.group()[0].isupper() for w in long)
    if len(long) > 3 and capitals > 0.8 * len(long) and not sentence.rstrip("\"'”’»)").endswith("."):
        return  # a headline: every word is capitalised
    if len(words) > 1 and sentence.upper() == sentence:
        return  # in capitals throughout nothing tells a name from a word
    at = 0
    while at < len(words):
        first = at
        if not _capital(words[at], taken):
            at += 1
            continue
        last = at
        at += 1
        while at < len(words) and sentence[words[at - 1].end() : words[at].start()] in (" ", "-", "–", "-"):
            if words[at - 1].group().endswith(_POSSESSIVE):
                break
            if _capital(words[at], taken):
                last = at
            elif not _joins(words[first : at + 1]) or _in(words[at], taken):
                break
            elif words[at].group().casefold() in AFTER_FATHER:
                last = at
            at += 1
        at = last + 1
        run = _named(words, first, last, sentence, lower)
        if run:
            yield run


def _joins(words: Sequence[re.Match[str]]) -> bool:
    """Say whether the last word, in lower case, can stand inside the name: "Ursula von", "Ministry of"."""
    *before, last = (word.group().casefold() for word in words)
    return last in _INSIDE or (last == "of" and not _ORGANISATION.isdisjoint(before))


def _capital(word: re.Match[str], taken: Sequence[Span]) -> bool:
    text = word.group()
    return text[0].isupper() and not _in(word, taken) and text.casefold() not in _NO_NAME


def _in(word: re.Match[str], taken: Sequence[Span]) -> bool:
    return any(span.start < word.end() and word.start() < span.stop for span in taken)


def _named(words: list[re.Match[str]], first: int, last: int, sentence: str, lower: set[str]) -> _Run | None:
    """Take title and sentence-initial words off a run; nothing may be left."""
    before = sentence[: words[first].start()].rstrip(" (—–-")
    titled = first > 0 and words[first - 1].group().casefold() in TITLES
    initial = not titled and (not before or before[-1] in "\"'“”‘’«».:;!?…")
    # "Macedonian President Gjorge Ivanov": the name begins after the last title.
    titles = [n for n in range(first, last) if words[n].group().casefold() in TITLES]
    first, initial = (titles[-1] + 1, False) if titles else (first, initial)
    if words[last].group().casefold() in TITLES:  # “Labor Minister” before a name that has been found
        return None
    while first <= last:
        word = words[first].group()
        title = word.casefold() in TITLES
        # "Meanwhile Babanov", "The Court": the first word of a sentence is a name only with another name behind it
        # that the article's lower-case words do not speak against.
        plain = re.split("['’]", word.casefold())[0]
        common = plain in _STARTERS or plain in _NO_NAME or (initial and plain in lower)
        if not title and not common:
            break
        initial = initial and title
        first += 1
    if first > last:
        return None
    text = sentence[words[first].start() : words[last].end()]
    text = text.removesuffix("'s").removesuffix("’s").rstrip("'’")
    preceding = words[first - 1].group().casefold() if first else ""
    return _Run(tuple(_WORD.findall(text)), text, preceding, sentence, initial, preceding in TITLES)


def _is_plain(word: str) -> bool:
    """Tell whether the lexicon has a word for no name at all."""
    known = lexicon.translations(word.lower())
    return bool(known) and known[0].pos not in ("PROPN", "") and not word.isupper()


def _gather(runs: Sequence[_Run]) -> list[Unknown]:
    """Put the runs of one name together, a surname alone with its full name."""
    counts: Counter[str] = Counter()
    contexts: dict[str, list[str]] = {}
    kinds: dict[str, Counter[str]] = {}
    sure = {run.text for run in runs if not run.initial}
    full: dict[str, str] = {}
    for run in sorted(runs, key=lambda run: run.initial):
        whole = len(run.words) > 1 and _kind(run) == "person"
        if whole and not (run.initial and (run.words[-1] in full or run.words[-1] in sure)):
            full.setdefault(run.words[-1], run.text)
    for run in runs:
        rest = " ".join(run.words[1:])
        # "Afterwards Sariyev", where Sariyev is a name elsewhere
        name = rest if run.initial and (rest in sure or full.get(rest, run.text) != run.text) else run.text
        name = full.get(name, name)
        if run.initial and len(run.words) == 1 and name not in sure and name == run.text:
            continue
        if len(run.words) == 1 and name == run.text and not run.titled and _is_plain(run.text):
            continue  # “the Line was cut”, “Publish the report, Approve it”
        counts[name] += 1
        kinds.setdefault(name, Counter())[_kind(run)] += 1
        places = contexts.setdefault(name, [])
        if run.sentence not in places and len(places) < 3:
            places.append(run.sentence)
    return [
        Unknown(name, kinds[name].most_common(1)[0][0], n, tuple(contexts[name])) for name, n in counts.most_common()
    ]


def _kind(run: _Run) -> str:
    words = {fold(word).text.casefold() for word in run.words}
    if words & _ORGANISATION or (len(run.words) == 1 and run.text.isupper()):
        return "organisation"
    if words & _PLACE or (run.before in _BEFORE_PLACE and len(run.words) == 1):
        return "place"
    return "person"
