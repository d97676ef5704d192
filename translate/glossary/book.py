"""Several glossary files as one: later files override earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from translate.errors import GlossaryError
from translate.glossary.matching import Index
from translate.glossary.reading import Reader
from translate.glossary.table import Fault, growing, read, refuse
from translate.glossary.term import Found, Policy, Term
from translate.languages import declines
from translate.messages import _


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
    @growing()
    def load(cls, paths: Iterable[str | Path], language: str = "ru") -> Glossary:
        """Load files, and the .tsv files of folders, in the order given.

        Args:
            paths: files and folders.
            language: of the target; see `rendered`.

        Raises:
            GlossaryError: names every fault of every file as `path:line: message`.
        """
        terms: list[Term] = []
        faults: list[Fault] = []
        for path in files_of(paths):
            some, wrong = read(path)
            terms += rendered(some, path, language)
            faults += wrong
        refuse(faults)
        return cls(terms)

    def __len__(self) -> int:
        return len(self.terms)

    @cached_property
    @growing()
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


def rendered(terms: Iterable[Term], path: Path, language: str) -> Iterable[Term]:
    """Return the terms of a file in a target language.

    The name of a file says which language its targets are in, Russian unless it says another: names.en-ky.tsv. For
    Kazakh and Kyrgyz a file of Russian targets has columns of their own; what has no rendering there is no term, but
    what stays in Latin letters does so in every language.
    """
    named = re.search(r"\.[a-z]{2}-([a-z]{2,3})\.tsv$", path.name)
    if (named[1] if named else "ru") == language:
        return terms if declines(language) else [_fixed(term) for term in terms]
    if named and named[1] != "ru":
        return ()
    made = []
    for term in terms:
        own = {"kk": term.kk, "ky": term.ky}.get(language, "")
        if own and term.policy in (Policy.PIN, Policy.FIXED):
            made.append(_fixed(replace(term, target=own, gender=None, number=None, animate=None, forms={})))
        elif term.policy is Policy.KEEP:
            made.append(term)
    return made


def _fixed(term: Term) -> Term:
    """Return a term that no Russian rule declines."""
    return replace(term, policy=Policy.FIXED) if term.policy is Policy.PIN else term


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
            raise GlossaryError(_("no such file or folder"), path=path, hint=_("Give a .tsv file or a folder of them."))
    return list(dict.fromkeys(found))


def _slot(term: Term) -> str:
    if term.policy is Policy.FORBID:
        return f"\0\0{term.source}\0{term.target}"
    return f"\0{term.source}" if term.kind == "interface" else term.source
