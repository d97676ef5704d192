"""Every spelling of every term, by its words: an index that finds all terms of a sentence in one pass.

An index of words, not an automaton of letters: a term begins and ends with a word anyway, so one dictionary of runs of
words finds the longest spelling without false starts inside words (docs/why/matching.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from translate.glossary.folding import fold
from translate.glossary.people import surname
from translate.glossary.term import Policy, Term
from translate.inflection import Number
from translate.inflection.eastern import is_name as is_eastern

WORD = re.compile(r"\w+")
_NAMES = ("person", "place", "organisation", "demonym")
_BEGINS: list[Spelling] = []  # the value of a key that only begins longer ones


def words_in(text: str) -> list[str]:
    """Return the words of a text, folded and in lower case."""
    return WORD.findall(fold(text).text.lower())


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of one term.

    Args:
        words: the folded words of the spelling, case kept, joined by blanks.
        tail: what follows the last word and belongs to the spelling: the last point of "U.S.".
        target: the Russian for this spelling.
        exact: case counts.
        rank: which of two terms with this spelling wins: a later file, then a source, an alias, a made plural.
        partial: the spelling is a person's surname (or a lone given name that the glossary lists).
        surname: it is not listed, and counts only once the person has been named.
        number: "plur" where the spelling is a made plural.
    """

    term: Term
    words: str
    tail: str
    target: str
    exact: bool
    rank: tuple[int, int]
    partial: bool = False
    surname: bool = False
    number: Number | None = None

    def spelt(self, words: str, *, heading: bool) -> bool:
        """Say whether words of a sentence are this spelling, case considered where it counts.

        A lower-case word of a name may be capitalised ("Kyrgyz Parliament" for "Kyrgyz parliament"), and a name may
        stand in capitals: from four letters anywhere ("BISHKEK (Reuters)"), shorter only in a heading, for OSH is
        also occupational safety and health.
        """
        if not self.exact or words == self.words:
            return True
        if words.isupper():
            return heading or len(words) >= 4
        return len(words) == len(self.words) and all(
            ours == theirs or (ours == theirs.upper() and (n == 0 or words[n - 1] == " "))
            for n, (ours, theirs) in enumerate(zip(words, self.words, strict=True))
        )


class Index:
    """The spellings of all terms.

    Args:
        terms: in the order of loading.

    Attributes:
        keys: a run of lower-case words with the gaps between them → the entries spelt so; for a run that only
            begins longer ones, nothing.
        interface: the strings for catalogs.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.keys: dict[str, list[Spelling]] = {}
        self.interface: dict[str, Term] = {}
        order, path = 0, None
        for term in terms:
            if term.path is not path and term.path != path:
                order, path = order + 1, term.path
            if term.kind == "interface":
                self.interface[term.source] = term
            elif term.policy is not Policy.FORBID:
                self._add(term, order)

    def _add(self, term: Term, order: int) -> None:
        for spelling, entry in _entries(term, order):
            key = ""
            for run in runs(spelling):
                if key and key not in self.keys:
                    self.keys[key] = _BEGINS
                key = run
            entries = self.keys.get(key)
            if not entries:
                self.keys[key] = [entry]
            elif all(e.term is not term or e.words != entry.words or e.tail != entry.tail for e in entries):
                entries.append(entry)

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The words that begin a spelling: fewer than the keys, and nearly every word of a text is done with here."""
        return frozenset(key for key in self.keys if key.isalnum() or WORD.fullmatch(key))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The first two words of spellings, with a blank whatever stands between: “united nations”."""
        found = (WORD.findall(key) for key in self.keys)
        return frozenset(" ".join(words) for words in found if len(words) == 2)

    def given(self, name: str) -> Term | None:
        """Return a person of that given name, None where there is none or their Russian spellings differ."""
        return self._given.get(name)

    @cached_property
    def _given(self) -> dict[str, Term | None]:
        found: dict[str, Term | None] = {}
        for entries in self.keys.values():
            for entry in entries:
                english, russian = entry.term.source.split(), entry.term.target.split()
                if entry.term.kind != "person" or entry.partial or min(len(english), len(russian)) < 2:
                    continue
                if is_eastern(russian):
                    continue  # “Xi and Sadyr Japarov”: the family's name
                name = fold(english[0]).text
                first = found.setdefault(name, entry.term)
                if first and (first.target.split()[0], first.gender) != (russian[0], entry.term.gender):
                    found[name] = None
        return found

    def lookup(self, source: str) -> tuple[Term, ...]:
        """Return the terms that a whole string spells, best first: interface strings, then sources, then aliases."""
        found = [self.interface[source]] if source in self.interface else []
        folded = fold(source).text
        keys = list(runs(folded))
        if keys:
            words = " ".join(WORD.findall(folded))
            entries = [e for e in self.keys.get(keys[-1], ()) if not e.surname and not e.number]
            fitting = [e for e in entries if e.spelt(words, heading=False)]
            found += [e.term for e in sorted(fitting, key=lambda e: e.rank, reverse=True)]
        return tuple(found)


def runs(folded: str) -> Iterator[str]:
    """Yield the keys of a spelling's first word, first two words, and so on: words in lower case with their gaps."""
    key, at = "", 0
    if folded.replace(" ", "").isalnum() and "  " not in folded:  # plain words, nine in ten spellings
        for plain in folded.lower().split(" "):
            key += f" {plain}" if key else plain
            yield key
        return
    for word in WORD.finditer(folded.lower()):
        key += gap(folded[at : word.start()]) + word.group() if key else word.group()
        at = word.end()
        yield key


def gap(between: str) -> str:
    """Return what stands between two words in one spelling: a blank for blanks or a hyphen, points without blanks."""
    if between in (" ", "-"):
        return " "
    if between == ". ":
        return "."
    return " ".join(between.split()) or " "


def _entries(term: Term, order: int) -> Iterator[tuple[str, Spelling]]:
    """Yield each spelling of a term, folded, with its entry."""
    for spelling, entry in listed(term, order):
        yield spelling, entry
        if term.kind == "person" and not entry.partial:
            yield from _surnames(spelling, entry)
        elif term.kind in ("term", "demonym") and term.number != "plur" and term.policy is not Policy.KEEP:
            yield from _plurals(spelling, entry)


def listed(term: Term, order: int = 0) -> Iterator[tuple[str, Spelling]]:
    """Yield the spellings that the term lists, folded, with their entries."""
    whole = len(term.source.split()) > 1
    for n, name in enumerate((term.source, *term.aliases)):
        spelling = fold(name).text
        found = WORD.findall(spelling)
        if not found:
            continue
        words = " ".join(found)
        acronym = len(words) > 1 and words.isupper()
        exact = acronym or (term.kind in _NAMES and not words.islower())
        part = term.kind == "person" and len(found) == 1 and whole
        target = _part(term, words) if part else term.target or term.source
        tail = "" if words == spelling else spelling[spelling.rindex(found[-1]) + len(found[-1]) :].strip()
        yield spelling, Spelling(term, words, tail, target, exact, (order, 2 if n else 3), partial=part)


def _part(term: Term, alias: str) -> str:
    """Return the part of a person's Russian name that a one-word alias stands for."""
    given = fold(term.source.split()[0]).text.casefold() == alias.casefold()
    words = term.target.split()
    return words[0] if given else " ".join(surname(words))


def _surnames(spelling: str, entry: Spelling) -> Iterator[tuple[str, Spelling]]:
    words = spelling.split()
    if len(words) < 2:
        return
    own = " ".join(surname(words))
    spelt = " ".join(WORD.findall(own))
    if spelt:
        target = " ".join(surname(entry.target.split()))
        rank = (entry.rank[0], 0)
        alone = Spelling(entry.term, spelt, "", target, entry.exact, rank, partial=True, surname=True)
        yield own, alone
        if entry.term.number != "plur" and entry.term.policy is Policy.PIN:  # “the Nazarbayevs”
            ending = "es" if spelt.endswith(("s", "x", "z", "ch", "sh")) else "s"
            yield own + ending, replace(alone, words=spelt + ending, number="plur")
            if spelt.endswith(("ova", "eva", "ina", "yna")):  # “the Otunbayevs”, of whom the glossary has Roza
                yield own[:-1] + "s", replace(alone, words=spelt[:-1] + "s", number="plur")


def _plurals(spelling: str, entry: Spelling) -> Iterator[tuple[str, Spelling]]:
    """Yield the regular English plurals of a common term; one that does not exist is never met."""
    head, of, rest = spelling.partition(" of ")
    stem = head.rstrip()
    if not stem or not stem[-1].isalpha():
        return
    made = [stem + "s"]
    if stem.endswith(("s", "x", "z", "ch", "sh")):
        made = [stem + "es"]
    elif stem.endswith("y") and stem[-2:-1] not in "aeiou":
        made = [stem[:-1] + "ies"]
    elif stem.endswith("man"):
        made.append(stem[:-3] + "men")
    for plural in made:
        text = plural + of + rest
        words = " ".join(WORD.findall(text))
        yield text, Spelling(entry.term, words, "", entry.target, entry.exact, (entry.rank[0], 1), number="plur")
