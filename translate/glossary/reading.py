"""Reading an article for its terms: sentence after sentence, with who has been named so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import compress

from translate import lexicon
from translate.glossary.folding import Folded, fold
from translate.glossary.matching import WORD, Index, Spelling, gap
from translate.glossary.people import CALENDAR, COURTESY, TITLES
from translate.glossary.term import Found, Policy, Term, TermMatch
from translate.inflection import paradigm
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem
from translate.segments import english
from translate.spans import Span

_AFTER_APOSTROPHE = {"s", "d", "ll", "re", "ve", "m"}  # "Atambayev'll"; anything else is inside a word: O'Brien
_SMALL_IN_TITLES = {
    "with",
    "from",
    "over",
    "into",
    "after",
    "amid",
    "than",
    "that",
    "upon",
    "before",
    "under",
    "without",
}
_OPENING = re.compile(r"(?<!\w)'(?=\w)")
_CLOSING = re.compile(r"(?<=[\w.,!?])'(?!\w)")


class _Sentence:
    """A sentence taken apart once.

    Args:
        folded: the sentence.
        words: its words with their places, in lower case.
    """

    def __init__(self, folded: Folded, words: Sequence[re.Match[str]]) -> None:
        self.folded = folded
        self.words = words

    def piece(self, first: int, last: int) -> str:
        """Return the words `first` to `last`, case kept, joined by blanks."""
        text = self.folded.text
        if first == last:
            word = self.words[first]
            return text[word.start() : word.end()]
        return " ".join(text[w.start() : w.end()] for w in self.words[first : last + 1])

    def gap(self, n: int) -> str:
        """Return what stands between a word and the next."""
        return self.folded.text[self.words[n].end() : self.words[n + 1].start()]

    def is_pair(self, at: int, last: int) -> bool:
        """Tell whether the words from `at` on are two single names joined, what follows up to `last` beside them."""
        if self.words[at + 1].group() != "and":  # nearly always, and what follows looks at the whole sentence
            return False
        one, joint, other = (self.piece(n, n) for n in range(at, at + 3))
        if joint != "and" or not (one[0].isupper() and other[0].isupper()) or self.title_case or self.heading:
            return False
        longer = at and self.gap(at - 1) == " " and self.piece(at - 1, at - 1)[0].isupper()  # “Askar Akayev and …”
        return not longer and all(self.gap(n) == " " for n in range(at, last))

    @cached_property
    def heading(self) -> bool:
        """Everything stands in capitals."""
        return self.folded.text.isupper()

    @cached_property
    def title_case(self) -> bool:
        """Every long word but prepositions is capitalised, so a capital before a surname says nothing."""
        text = self.folded.text
        long = [w for w in self.words if w.end() - w.start() > 3 and w.group() not in _SMALL_IN_TITLES]
        capitals = all(text[w.start()].isupper() for w in long)
        return len(long) > 2 and capitals and not text.rstrip("\"')").endswith(".")

    def begins_word(self, first: int) -> bool:
        """Say whether a term may begin at a word: not after the apostrophe of O'Brien, not in a @handle."""
        start = self.words[first].start()
        text = self.folded.text
        if start == 0:
            return True
        return not (text[start - 1] == "@" or (text[start - 1] == "'" and start > 1 and text[start - 2].isalnum()))


class Reader:
    """The state of one article: the persons named in it so far.

    Args:
        index: the glossary's spellings.
        on: the article's ISO date or "".
        wished: spellings of the policy `hint`; a term that shares a word with one of these goes before it.
    """

    def __init__(self, index: Index, on: str = "", wished: Index | None = None) -> None:
        self._index = index
        self._wished = wished or Index(())
        self._on = on
        self._named: dict[int, Term] = {}
        self._told: set[str] = set()

    def expect(self, sentence: str) -> None:
        """Take note of the persons that a sentence names in full, before the sentences are read in order."""
        told = set(self._told)
        self.find(sentence)
        self._told = told

    def find(self, sentence: str) -> Found:
        """Find the terms of the article's next sentence.

        The longest spelling wins, from the left. Names are found only as they are written, common terms in any case;
        diacritics, kinds of apostrophe and dash, hyphen or blank make no difference. A surname alone is that of the
        person named in full or with a title; where none is named, of whoever the glossary has. Where two terms of one
        spelling are possible there is a `Problem` and no match.

        Args:
            sentence: NFC, one line.
        """
        folded = fold(sentence)
        lowered = folded.text.lower()
        words = WORD.findall(lowered)
        hits, wished = _hits(self._index, words), _hits(self._wished, words)
        if not hits and not wished:
            return Found(())
        parts = _Sentence(folded, list(WORD.finditer(lowered)))
        found = self._walk(self._index, parts, lowered, hits, ())
        if not wished:
            return found
        wishes = self._walk(self._wished, parts, lowered, wished, found.matches)
        return Found(found.matches, found.problems, wishes.matches)

    def _walk(
        self, index: Index, parts: _Sentence, lowered: str, hits: Sequence[int], taken: Sequence[TermMatch]
    ) -> Found:
        """Find the longest spellings from left to right, but where a word is taken."""
        matches: list[TermMatch] = []
        problems: list[Problem] = []
        past = floor = 0
        for first in hits:
            if first < past or not parts.begins_word(first):
                continue
            for last, entries in reversed(_runs(index, parts, lowered, first)):
                if couple := self._couple(parts, first, last, entries, floor):
                    # “Nursultan” of “Nursultan and Sara Nazarbayev” is no town
                    matches = [m for m in matches if not any(map(m.span.overlaps, [one.span for one in couple]))]
                    matches += couple
                    past = floor = last + 1
                    break
                match, problem = self._choose(parts, first, last, entries, past)
                if match and any(match.span.overlaps(other.span) for other in taken):
                    continue
                if problem:
                    problems.append(problem)
                if match:
                    matches.append(match)
                if match or problem:
                    past, floor = last + 1, floor if last == first else last + 1
                    break
        return Found(tuple(matches), tuple(problems))

    def _couple(
        self, parts: _Sentence, first: int, last: int, entries: Sequence[Spelling], past: int
    ) -> list[TermMatch]:
        """Return the given names and the surname that two persons share: “Sadyr and Aigul Japarov”, else nothing.

        The surname becomes a plural («Садыр и Айгуль Жапаровы»). A given name that is no bearer's is left out, and
        asked about as any name that no glossary has.
        """
        if entries[0].term.kind != "person" and len(entries) == 1:
            return []
        persons = [e for e in entries if e.term.kind == "person" and e.term.policy is Policy.PIN and not e.number]
        alone = any(e.surname for e in persons)
        at = first - 3 if alone else first - 2  # the first of two given names, “and”, the second
        if not persons or at < past or not parts.is_pair(at, last):
            return []
        name = parts.piece(first if alone else last, last)
        bearers = [e for e in self._index.keys.get(name.lower(), ()) if e.surname and not e.number]
        own = {fold(e.term.source.split()[0]).text: e.term for e in bearers}
        given = [parts.piece(at, at), parts.piece(at + 2, at + 2)]
        terms = [own.get(one) or self._index.given(one) for one in given]
        if not bearers or terms[0] is None or given[0] == given[1] or not (own.keys() & set(given)):
            return []  # “Putin and Sadyr Japarov”, “Roza and Roza Otunbayeva”
        found = []
        for n, term in zip((at, at + 2), terms, strict=True):
            span, _owned = _extent(parts, n, n, "")
            if span and term:
                found.append(TermMatch(term, span, term.target.split()[0], partial=True))
        span, possessive = _extent(parts, first if alone else last, last, "")
        bearer = min(bearers, key=lambda e: e.term.gender == "femn")
        return [*found, TermMatch(bearer.term, span, bearer.target, possessive, True, "plur")] if span else []

    def _choose(
        self, parts: _Sentence, first: int, last: int, entries: list[Spelling], past: int
    ) -> tuple[TermMatch | None, Problem | None]:
        """Decide which entry stands at a run of words, or why that cannot be decided."""
        piece = parts.piece(first, last)
        chosen, known = entries, True
        if len(entries) > 1 or entries[0].surname or entries[0].tail or not entries[0].spelt(piece, heading=False):
            heading = piece.isupper() and parts.heading
            entries = _with_tail(entries, parts.folded.text, parts.words[last].end())
            spelt = [entry for entry in entries if entry.spelt(piece, heading=heading)]
            whole = [entry for entry in spelt if not entry.surname]
            chosen = self._strongest(whole) if whole else self._persons(parts, first, spelt, past)
            known = bool(chosen)
            chosen = chosen or self._unnamed(parts, first, spelt)
            if not chosen:
                return None, None
        entry = chosen[0]
        if len(chosen) > 1:
            entry = min(chosen, key=lambda e: e.number == "plur" and e.term.gender == "femn")
        if _is_within_name(parts, first, last, entry):
            return None, None
        span, possessive = _extent(parts, first, last, entry.tail)
        if span is None:
            return None, None
        if len(chosen) > 1 and len({_meant(e) for e in chosen}) > 1:
            return None, _doubt(piece, chosen, span)
        number = entry.number or ("plur" if entry.surname and _is_family(parts, first, last) else None)
        if entry.term.kind != "person":
            return TermMatch(entry.term, span, entry.target, possessive, entry.partial, number), None
        who = {id(each.term): each.term for each in chosen}
        if known and len(who) == 1:
            self._named |= who
        problem = None
        # Two Bakiyevs have been named: the Russian is the same, whom it means an editor should see once.
        if entry.surname and len(who.keys() & self._named.keys()) > 1 and piece not in self._told:
            self._told.add(piece)
            problem = _doubt(piece, chosen, span)
        return TermMatch(entry.term, span, entry.target, possessive, entry.partial, number), problem

    def _strongest(self, entries: list[Spelling]) -> list[Spelling]:
        """Keep the terms that hold on the article's date, and of these the highest rank."""
        if len(entries) == 1:
            return entries
        if self._on:
            entries = [e for e in entries if e.term.holds(self._on)] or entries
        else:  # undated: what holds today
            entries = [e for e in entries if not e.term.until] or entries
        best = max(entry.rank for entry in entries)
        return [entry for entry in entries if entry.rank == best]

    def _persons(self, parts: _Sentence, first: int, entries: list[Spelling], past: int) -> list[Spelling]:
        """Keep the persons whom a surname alone can mean here."""
        if not entries:
            return []
        named = [entry for entry in entries if id(entry.term) in self._named]
        if first == 0:
            return named
        before = parts.words[first - 1]
        between = gap(parts.folded.text[before.end() : parts.words[first].start()])
        word = before.group()
        if word in TITLES and between in (" ", "."):
            if not named and self._goes_on(parts, first, entries[0]):
                return []  # “Prime Minister Kim Boo-kyum”
            gender = COURTESY.get(word)
            return [e for e in named or entries if not gender or e.term.gender in (None, gender)]
        if len(word) == 1 and between == ".":  # "N. Nazarbayev"
            return [e for e in named or entries if fold(e.term.source).text[:1].lower() == word]
        return [] if between == " " and first > past and self._stranger(parts, first - 1) else named

    def _unnamed(self, parts: _Sentence, first: int, entries: list[Spelling]) -> list[Spelling]:
        """Keep the bearers of a surname that stands alone in an article that names none of them: "Karimov died".

        Not where it may be another word (“Rice prices”), somebody else's (“Bolat Nazarbayev”) or the beginning of a
        longer name (“Nazarbayev University”).
        """
        if not entries or (first and parts.words[first - 1].group() in COURTESY):
            return []  # “Mrs. Babanov” has been looked for among the women
        text, words = parts.folded.text, parts.words
        if parts.title_case or parts.heading:
            return [] if _is_ordinary(words[first].group()) else entries
        if self._goes_on(parts, first, entries[0]):
            return []
        before = words[first - 1] if first else None
        between = gap(text[before.end() : words[first].start()]) if before else ""
        if before and between == "." and len(before.group()) == 1:  # “B. Babanov”
            return []
        if before is None or text[: words[first].start()].rstrip()[-1] in ".!?:\"'":
            return [] if _is_ordinary(words[first].group()) else entries
        if between != " ":
            return entries
        given = text[before.start()].isupper() and not _is_ordinary(before.group()) and before.group() not in CALENDAR
        return [] if given or before.group() in ("a", "an") else entries  # “a Turk”

    @staticmethod
    def _goes_on(parts: _Sentence, first: int, entry: Spelling) -> bool:
        """Say whether another capital follows a surname, as in a longer name."""
        text, words = parts.folded.text, parts.words
        last = first + len(WORD.findall(entry.words)) - 1
        if last + 1 >= len(words) or parts.title_case or parts.heading:
            return False
        following = words[last + 1]
        beside = text[words[last].end() : following.start()] == " "
        return beside and text[following.start()].isupper() and following.group() not in CALENDAR

    @staticmethod
    def _stranger(parts: _Sentence, at: int) -> bool:
        """Say whether the word before a surname is the given name of somebody else: "Bolat Nazarbayev"."""
        text = parts.folded.text
        word = parts.words[at]
        before = text[max(0, word.start() - 8) : word.start()].rstrip()
        return (
            text[word.start()].isupper()
            and not text[word.start() : word.end()].isupper()
            and word.group() not in CALENDAR
            and ((bool(before) and before[-1] not in "\"'(:.!?-[—") or not _is_ordinary(word.group()))
            and not parts.title_case
        )


def _meant(entry: Spelling) -> tuple[str, str | None]:
    """Return what the Russian of an entry depends on: of a surname the bearer's gender, of a family the plural."""
    if entry.partial and entry.number == "plur":  # Dariga Nazarbayeva too is one of the Назарбаевы
        return paradigm(entry.target, "person", gender=entry.term.gender).form("nomn", "plur"), "plur"
    return entry.target, entry.number or (entry.term.gender if entry.partial else None)


def _is_within_name(parts: _Sentence, first: int, last: int, entry: Spelling) -> bool:
    """Tell whether a common term is the beginning of a longer name: “Human Rights Watch” is no «права человека».

    The name must say so itself: capitals on the term that its glossary does not have, and another on a common noun
    right behind it. “Prime Minister Isakov”, “Foreign Minister of” and headlines are left alone.
    """
    if entry.term.kind != "term" or entry.exact or last == first or last + 1 >= len(parts.words):
        return False
    if not parts.folded.text[parts.words[last].start()].isupper():  # most terms: the rest looks at the whole sentence
        return False
    if parts.title_case or parts.heading or parts.gap(last) != " ":
        return False
    inside = [parts.piece(n, n) for n in range(max(first, 1), last + 1)]
    following = parts.piece(last + 1, last + 1)
    capitals = all(word[0].isupper() for word in [*inside, following])
    if not capitals or parts.piece(last, last).lower() in TITLES or not following[1:].islower():
        return False
    known = lexicon.translations(following.lower())
    return bool(known) and known[0].pos != "PROPN"


_FAMILY = frozenset(
    "brothers sisters siblings family families clan couple spouses twins dynasty household".split()  # noqa: SIM905
)


def _is_family(parts: _Sentence, first: int, last: int) -> bool:
    """Tell whether a surname stands for several of its bearers: “the Bakiyev brothers”, “brothers Bakiyev”."""
    beside = [parts.words[n].group() for n in (first - 1, last + 1) if 0 <= n < len(parts.words)]
    return not _FAMILY.isdisjoint(beside)


def _is_ordinary(word: str) -> bool:
    """Tell whether a word, in lower case, begins English sentences: “Rice”, “But”; then its capital says nothing."""
    return word in english.lexicon().starters


def _hits(index: Index, words: Sequence[str]) -> list[int]:
    """Return the words at which a spelling may begin; of one that only begins longer ones the second is asked too."""
    if not index.firsts:
        return []
    keys, pairs, behind = index.keys, index.pairs, [*words[1:], ""]
    hits = compress(range(len(words)), map(index.firsts.__contains__, words))
    return [n for n in hits if keys[words[n]] or f"{words[n]} {behind[n]}" in pairs]


def _runs(index: Index, parts: _Sentence, lowered: str, first: int) -> list[tuple[int, list[Spelling]]]:
    """Return the runs of words from `first` on that are keys: last word and entries, shortest first."""
    keys, words = index.keys, parts.words
    runs: list[tuple[int, list[Spelling]]] = []
    word, last = words[first], first
    key, stop = word.group(), word.end()
    while (entries := keys.get(key)) is not None:
        if entries:
            runs.append((last, entries))
        last += 1
        if last == len(words):
            break
        word = words[last]
        between = lowered[stop : word.start()]
        key += (between if between == " " else gap(between)) + word.group()
        stop = word.end()
    return runs


def _extent(parts: _Sentence, first: int, last: int, tail: str) -> tuple[Span | None, bool]:
    """Return the span from word to word and whether a possessive follows; no span where the term ends inside a word."""
    text, words = parts.folded.text, parts.words
    start, stop = words[first].start(), words[last].end()
    if tail and text.startswith(tail, stop):
        stop += len(tail)
    elif text[stop : stop + 1] == "." and text[stop + 1 : stop + 2].islower():
        return None, False  # "astana.kz"
    possessive = False
    if text[stop : stop + 1] == "'":
        following = words[last + 1].group() if last + 1 < len(words) and words[last + 1].start() == stop + 1 else ""
        if following and following not in _AFTER_APOSTROPHE:
            return None, False
        possessive = following == "s" or (not following and text[stop - 1] in "sxzSXZ" and not _open_quote(text, start))
    return parts.folded.span(start, stop), possessive


def _with_tail(entries: list[Spelling], text: str, stop: int) -> list[Spelling]:
    """Keep the entries that go on after the last word as the sentence does: "OPEC+" is not OPEC, "US" may be "U.S."."""
    if not any(entry.tail for entry in entries):
        return entries
    ending = [entry for entry in entries if entry.tail and text.startswith(entry.tail, stop)]
    return ending or [entry for entry in entries if entry.tail in ("", ".")]


def _open_quote(text: str, stop: int) -> bool:
    """Say whether a single quote stands open, so that the next one closes it: 'the akims'."""
    start = max(0, stop - 400)  # a longer quotation is a block, and looking further back would cost its square
    return len(_OPENING.findall(text, start, stop)) > len(_CLOSING.findall(text, start, stop))


def _doubt(piece: str, entries: Sequence[Spelling], span: Span) -> Problem:
    several = list(dict.fromkeys(f"{e.term.source} ({e.term.target})" for e in entries))
    return Problem(Kind.AMBIGUOUS, _("“{piece}” may be {terms}", piece=piece, terms=" or ".join(several)), source=span)
