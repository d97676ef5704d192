"""Several glossary files as one: later files override earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from translate.errors import GlossaryError
from translate.glossary.matching import Index
from translate.glossary.reading import Reader
from translate.glossary.table import Fault, read, refuse
from translate.glossary.term import Found, Policy, Term


@dataclass(frozen=True, slots=True)
class Override:
    """A term of an earlier file that a later file has replaced."""

    term: Term
    by: Term


class Glossary:
    """All terms in force, and the ways to find them.

    Where two files list the same source, the later file's lines stand and the earlier file's go, aliases and dates
    with them. Within one file the same source may stand twice only where its dates divide it.

    Args:
        terms: in the order of loading; terms of one file stand together.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        listed = list(terms)
        last: dict[str, Term] = {_slot(term): term for term in listed}
        pairs = [(term, last[_slot(term)]) for term in listed] if len(last) < len(listed) else ()
        self.overridden: tuple[Override, ...] = tuple(Override(old, new) for old, new in pairs if old.path != new.path)
        gone = {id(override.term) for override in self.overridden}
        self.terms: tuple[Term, ...] = tuple(term for term in listed if id(term) not in gone)

    @classmethod
    def load(cls, paths: Iterable[str | Path]) -> Glossary:
        """Load files, and the .tsv files of folders, in the order given.

        Raises:
            GlossaryError: names every fault of every file as `path:line: message`.
        """
        terms: list[Term] = []
        faults: list[Fault] = []
        for path in files_of(paths):
            some, wrong = read(path)
            terms += some
            faults += wrong
        refuse(faults)
        return cls(terms)

    def __len__(self) -> int:
        return len(self.terms)

    @cached_property
    def index(self) -> Index:
        """The spellings to look for, made at the first sentence: it takes longer than loading."""
        return Index(term for term in self.terms if term.policy is not Policy.HINT)

    @cached_property
    def wished(self) -> Index:
        """The spellings of what is only wished, apart from the others: these always go before."""
        return Index(term for term in self.terms if term.policy is Policy.HINT)

    @cached_property
    def forbidden(self) -> tuple[Term, ...]:
        """The terms whose `target` must not appear; what another term asks for at any date is not barred."""
        asking = (term for term in self.terms if term.policy is not Policy.FORBID and not (term.since or term.until))
        wanted = {term.target for term in asking}
        barred = (term for term in self.terms if term.policy is Policy.FORBID)
        return tuple(term for term in barred if term.target not in wanted)

    def reader(self, article: Iterable[str] = (), on: str = "") -> Reader:
        """Begin to read an article.

        Args:
            article: its sentences, title and captions included. A full name anywhere in them lets the surname
                alone count from the first sentence on, so a headline that says "Babanov" is understood.
            on: the article's ISO date; where a spelling has several terms it picks those that held then.
        """
        reader = Reader(self.index, on, self.wished)
        for sentence in article:
            reader.expect(sentence)
        return reader

    def find(self, sentence: str, on: str = "") -> Found:
        """Find the terms of a sentence that stands alone."""
        return self.reader(on=on).find(sentence)

    def lookup(self, source: str) -> tuple[Term, ...]:
        """Return the terms that a whole string spells, interface strings before the others."""
        return self.index.lookup(source)


def files_of(paths: Iterable[str | Path]) -> Sequence[Path]:
    """Return the files, folders replaced by the .tsv files under them in order of name.

    Raises:
        GlossaryError: a path does not exist.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            found += sorted(p for p in path.rglob("*.tsv") if not p.name.startswith("."))
        elif path.exists():
            found.append(path)
        else:
            raise GlossaryError("no such file or folder", path=path, hint="Give a .tsv file or a folder of them.")
    return list(dict.fromkeys(found))


def _slot(term: Term) -> str:
    if term.policy is Policy.FORBID:
        return f"\0\0{term.source}\0{term.target}"
    return f"\0{term.source}" if term.kind == "interface" else term.source
