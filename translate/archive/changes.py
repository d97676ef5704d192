"""What has changed in a glossary, and which articles of an archive that touches.

An article holds the words of its terms, so a change can only touch articles that held the old line or hold the words of
the new one: those are found in the manifest, and read again to be sure. Where it stops: a line that bars a Russian
spelling touches every article whose translation has its words, whatever they mean there.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from translate.glossary import Glossary, Policy, Term
from translate.glossary.matching import WORD, Index, words_in
from translate.inflection.paradigms import SLOTS

_SLOTS = {f"{slot.case} {slot.number}": slot for slots in SLOTS.values() for slot in slots}


def key_of(term: Term) -> str:
    """Return what tells a term from every other, and from itself with anything changed that decides a translation."""
    return hashlib.sha256(_packed(term).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _packed(term: Term) -> str:
    forms = {f"{slot.case} {slot.number}": list(several) for slot, several in term.forms.items()}
    fields = [term.source, term.target, term.kind, term.gender, term.number, term.animate, list(term.aliases)]
    note = term.note if term.policy is Policy.FORBID else ""  # names the right spelling
    return json.dumps([*fields, str(term.policy), forms, term.since, term.until, note], ensure_ascii=False)


def glossary_key(glossary: Glossary) -> str:
    """Return what tells the terms in force from others; their order counts where two are spelt alike."""
    made = hashlib.sha256()
    for term in glossary.terms:
        made.update(key_of(term).encode())
    return made.hexdigest()[:16]


def pack(glossary: Glossary) -> bytes:
    """Return the terms of a glossary as the manifest holds them; those of one file stay together."""
    files: dict[object, int] = {}
    rows = [[files.setdefault(term.path, len(files)), _packed(term)] for term in glossary.terms]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "backslashreplace"), 6)


def unpack(packed: bytes) -> Glossary:
    """Read what `pack` made."""
    from pathlib import Path

    terms = []
    for file, fields in json.loads(zlib.decompress(packed)):
        source, target, kind, gender, number, animate, aliases, policy, forms, since, until, note = json.loads(fields)
        slots = {_SLOTS[name]: tuple(several) for name, several in forms.items()}
        terms.append(
            Term(source, target, kind, gender, number, animate, tuple(aliases), policy=Policy(policy), forms=slots,
                 since=since, until=until, note=note, path=Path(str(file)))
        )  # fmt: skip
    return Glossary(terms)


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the glossary that is new, gone or another.

    Args:
        old, new: as it was and is; None where it was or is not.
    """

    old: Term | None
    new: Term | None

    @property
    def source(self) -> str:
        """Return the English it is about, or the Russian that it bars."""
        term = self.new or self.old
        assert term is not None
        return term.source or term.target

    @property
    def keys(self) -> set[str]:
        """Return the keys of both lines."""
        return {key_of(term) for term in (self.old, self.new) if term}


def changes(old: Glossary, new: Glossary) -> list[Change]:
    """Return what has changed, in the order of the new lines, what is gone last; strings of catalogs left out."""
    before = {key_of(term): term for term in old.terms if term.kind != "interface"}
    after = {key_of(term): term for term in new.terms if term.kind != "interface"}
    gone = [term for key, term in before.items() if key not in after]
    came = [term for key, term in after.items() if key not in before]
    found: list[Change] = []
    left: dict[tuple[str, str], list[Term]] = {}
    for term in gone:
        left.setdefault(_line(term), []).append(term)
    for term in came:
        others = left.get(_line(term))
        found.append(Change(others.pop(0) if others else None, term))
    return [*found, *(Change(term, None) for several in left.values() for term in several)]


def _line(term: Term) -> tuple[str, str]:
    """Return what a line is about: two that agree in it are one line changed."""
    if term.policy is Policy.FORBID:
        return "forbid", term.source or term.target
    return "", term.source


class Sieve:
    """Tells which of the changes may touch an article, from what the manifest knows of it.

    Args:
        some: the changes.
    """

    def __init__(self, some: Sequence[Change]) -> None:
        self._by_key: dict[str, list[Change]] = {}
        self._spellings: list[tuple[Change, list[frozenset[str]]]] = []
        for change in some:
            for key in change.keys:
                self._by_key.setdefault(key, []).append(change)
            terms = [term for term in (change.old, change.new) if term]
            self._spellings.append((change, [words for term in terms for words in _spellings(term)]))

    def of(self, terms: Iterable[str], words: frozenset[str]) -> list[Change]:
        """Return the changes that may touch an article.

        Args:
            terms: keys of the terms found in it.
            words: of both languages, folded.
        """
        found = {id(change): change for key in terms for change in self._by_key.get(key, ())}
        for change, spellings in self._spellings:
            if id(change) not in found and any(spelling <= words for spelling in spellings):
                found[id(change)] = change
        return list(found.values())


def _spellings(term: Term) -> Iterator[frozenset[str]]:
    """Yield the words of each spelling of a term; of a line that bars a Russian name, of each of its forms."""
    if term.policy is not Policy.FORBID:
        for key, entries in Index([term]).keys.items():
            if entries:
                yield frozenset(WORD.findall(key))
        return
    paradigm = term.paradigm()
    for slot in _SLOTS.values():
        form = paradigm.form(slot.case, slot.number)
        yield frozenset(words_in(form or term.target))


def is_barring(change: Change) -> bool:
    """Tell whether a change is of a line that bars a Russian name: no English words say that it touches an article."""
    return any(term is not None and term.policy is Policy.FORBID for term in (change.old, change.new))
