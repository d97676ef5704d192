"""Faults and doubts of a catalog: all that stops msgfmt --check, and what a reader of the site would stumble over."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from translate.catalog import plurals
from translate.catalog.entry import Catalog, Entry, Key
from translate.catalog.formats import FORMATS, compare
from translate.catalog.placeholders import access_key, pieces
from translate.glossary import Glossary
from translate.problems import Problem

# What `msgfmt --check` warns of when a header lacks it; and the words a template comes with.
_HEADER_FIELDS = [
    "Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language", "MIME-Version",
    "Content-Type", "Content-Transfer-Encoding",
]  # fmt: skip
_HEADER_DEFAULTS = {
    "Project-Id-Version": "PACKAGE VERSION", "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
    "Last-Translator": "FULL NAME <EMAIL@ADDRESS>", "Language-Team": "LANGUAGE <LL@li.org>",
}  # fmt: skip
_END = re.compile(r"(\.\.\.|…|[.!?:;。！？：；।؟])[»”\"')\]]*$")
_ABBREVIATION = re.compile(r"\b\w{1,4}\.\W*$")
_DATE = re.compile(r"%[-_]?[ABHIMSYy]\b")  # “%A, %d %B”: each language orders its dates
_CREDITS = {"translator-credits", "translator_credits", "Your names", "Your emails"}
_SAME_END = {"...": "…", "。": ".", "।": ".", "！": "!", "？": "?", "؟": "?", "：": ":", "；": ";"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in one place of a catalog.

    Args:
        line: 1-based; of the entry's msgid.
        problem: kind and message.
        fatal: msgfmt --check would refuse the file.
        key: the entry, None for the file as a whole.
    """

    line: int
    problem: Problem
    fatal: bool = False
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One source and one translation of an entry, as the checks see them."""

    entry: Entry
    source: str
    target: str
    access_keys: str = ""  # the marks that this catalog uses for access keys


def check(catalog: Catalog, glossary: Glossary | None = None) -> list[Finding]:
    """Find what is wrong in a catalog, ordered by line.

    Fuzzy entries are not compiled, so nothing in them is fatal; a template's empty translations are no fault.

    Args:
        catalog: read with `tolerant=True`, so that its grammar's faults are findings like the others.
        glossary: terms that must be translated as it says, in any case.
    """
    found = [Finding(catalog.lines.number(f.offset), Problem("grammar", f.message), fatal=True) for f in catalog.faults]
    found += _duplicates(catalog)
    found += _header(catalog)
    found += _plurals(catalog)
    marks = _access_key_marks(catalog)
    forms = _forms(catalog)
    for entry in catalog.messages:
        if not entry.broken and any(entry.msgstrs):
            line = catalog.line(entry)
            if entry.msgstr:  # where the first form is empty msgfmt looks no further
                faults = [*_newlines(entry), *_formats(entry, forms)]
                found += [Finding(line, problem, not entry.fuzzy, entry.key) for problem in faults]
            found += [Finding(line, problem, key=entry.key) for problem in _doubts(entry, marks, glossary)]
    return sorted(found, key=lambda f: f.line)


def _duplicates(catalog: Catalog) -> Iterator[Finding]:
    """Find messages defined twice; to msgfmt an obsolete definition is one as well."""
    seen: dict[tuple[str, Key], Entry] = {}
    for entry in catalog.entries:
        first = seen.setdefault((entry.domain, entry.key), entry)
        if first is not entry:
            message = f"this message is defined twice; the first time in line {catalog.line(first)}"
            yield Finding(catalog.line(entry), Problem("duplicate", message), fatal=True, key=entry.key)


def _header(catalog: Catalog) -> Iterator[Finding]:
    """Check the header and what it says about the file's bytes."""
    entry = catalog.header_entry
    if entry is None or not entry.msgstr:
        message = "the header is missing: an entry with an empty msgid"
        yield Finding(1, Problem("header", message), fatal=True)
        return
    line = catalog.line(entry)
    if catalog.source.bom:
        message = "a byte order mark at the start of the file, which msgfmt refuses"
        yield Finding(1, Problem("bom", message), fatal=True)
    charset = catalog.source.declared
    if not charset:
        yield Finding(line, Problem("header", "the header names no charset"))
    elif charset.upper() != "CHARSET" and not _says(charset, catalog.source.charset):
        message = f"the header says {charset}, which the file is not: it is read as {catalog.source.charset}"
        yield Finding(line, Problem("charset", message))
    if not _is_template(catalog):
        for name in _HEADER_FIELDS:
            value = catalog.header.get(name)
            if value is None:
                yield Finding(line, Problem("header", f"the header has no {name}"))
            elif value == _HEADER_DEFAULTS.get(name, "\0"):
                yield Finding(line, Problem("header", f"the header's {name} is still the template's"))
    strange = next((e for e in catalog.entries if re.search("[\udc80-\udcff]", "".join(e.msgstrs))), None)
    if strange is not None:
        message = f"bytes that are not {charset or 'UTF-8'} text"
        yield Finding(catalog.line(strange), Problem("charset", message), fatal=True, key=strange.key)


def _says(declared: str, codec: str) -> bool:
    try:
        return codecs.lookup(declared) == codecs.lookup(codec) or declared.lower() == "utf-8-sig"
    except (LookupError, ValueError):
        return False


def _is_template(catalog: Catalog) -> bool:
    return not any(any(e.msgstrs) for e in catalog.messages)


def _plurals(catalog: Catalog) -> Iterator[Finding]:
    """Check the plural expression, and the number of forms of each plural entry."""
    if _is_template(catalog):
        return
    entries = [e for e in catalog.messages if e.msgid_plural is not None and not e.broken]
    value = catalog.header.get("Plural-Forms", "")
    entry = catalog.header_entry
    line = 1 if entry is None else catalog.line(entry)
    if not value:
        if entries:
            yield Finding(line, Problem("plural", "the header has no Plural-Forms"), fatal=True)
        return
    try:
        forms = plurals.plural_forms(value)
    except plurals.PluralError as error:
        if entries or "EXPRESSION" not in value:
            yield Finding(line, Problem("plural", str(error)), fatal=True)
        return
    for message in entries:
        numbers = [f.form for f in message.fields if f.keyword == "msgstr"]
        if numbers != list(range(forms.count)):
            text = f"{len(numbers)} plural forms where the header says nplurals={forms.count}"
            yield Finding(catalog.line(message), Problem("plural", text), fatal=True, key=message.key)


def _forms(catalog: Catalog) -> plurals.PluralForms | None:
    try:
        return plurals.plural_forms(catalog.header.get("Plural-Forms", ""))
    except plurals.PluralError:
        return None


def _newlines(entry: Entry) -> Iterator[Problem]:
    others = ([] if entry.msgid_plural is None else [entry.msgid_plural]) + entry.msgstrs
    for where, test in (("begins", str.startswith), ("ends", str.endswith)):
        if any(test(text, "\n") != test(entry.msgid, "\n") for text in others):
            yield Problem("newline", f"one text {where} with a line end and another does not")


def _formats(entry: Entry, forms: plurals.PluralForms | None) -> Iterator[Problem]:
    source = entry.msgid if entry.msgid_plural is None else entry.msgid_plural
    for name in (name for name in FORMATS if name in entry.flags):
        for number, target in enumerate(entry.msgstrs):
            strict = entry.msgid_plural is None or (forms is not None and forms.often(number))
            wrong = compare(name, source, target, strict=strict)
            if wrong:
                where = "" if entry.msgid_plural is None else f"msgstr[{number}]: "
                yield Problem("format", where + wrong)


# Doubts: what no tool stops at and a reader sees. ------------------------------------------------------------------


def _doubts(entry: Entry, marks: str, glossary: Glossary | None) -> Iterator[Problem]:
    texts = entry.msgstrs
    if entry.msgid in _CREDITS:
        return
    if any(texts) and not all(texts):
        yield Problem("plural", "some plural forms are empty")
    seen: set[tuple[str, str]] = set()
    for number, target in enumerate(texts):
        if not target:
            continue
        source = entry.msgid if entry.msgid_plural is None or number == 0 else entry.msgid_plural
        for rule in CHECKS:
            for problem in rule(Text(entry, source, target, marks)):
                if (problem.kind, problem.message) not in seen:
                    seen.add((problem.kind, problem.message))
                    yield problem
        if glossary is not None:
            yield from _terms(glossary, source, target)


def _blanks(text: Text) -> Iterator[Problem]:
    """Compare the blanks at both ends: “Tag: ” is put before a name, «Тег:» then touches it."""
    for where, strip in (("begins", str.lstrip), ("ends", str.rstrip)):
        sides = (t.strip("\r\n") for t in (text.source, text.target))
        source, target = (bool(t.strip()) and strip(t) != t for t in sides)
        if source != target:
            verb = "with a blank" if target else "without a blank"
            yield Problem("blank", f"the translation {where} {verb}, the source does not")


def _ends(text: Text) -> Iterator[Problem]:
    """Compare the marks that end the texts: “Search…” is a menu entry that opens a dialogue."""
    ends = []
    for side in (text.source, text.target):
        found = _END.search(side.strip())
        mark = found.group(1) if found else ""
        ends.append(_SAME_END.get(mark, mark))
    source, target = ends
    if source == target or len(text.source.strip()) < 2:
        return
    if {source, target} == {"", "."} and _ABBREVIATION.search(text.source if source else text.target):
        return  # “etc.”, «и т. д.», «1500 г.»: the stop of an abbreviation
    yield Problem("end", f"the source ends with {source or 'no mark'}, the translation with {target or 'no mark'}")


def _placeholders(text: Text) -> Iterator[Problem]:
    """Compare the pieces that are no language; what a format flag covers has been compared already."""
    flags = text.entry.flags
    wanted, got = _count(text.source, flags), _count(text.target, flags)
    if text.entry.msgid_plural is None:
        for kind, piece in wanted - got:
            yield Problem(_KINDS[kind], f"{piece} is missing")
        allowed = wanted
    else:  # “One article” beside “{n} articles”: each form may take what either source has
        allowed = wanted | _count(text.entry.msgid_plural, flags)
    for kind, piece in got - allowed:
        yield Problem(_KINDS[kind], f"{piece} is not in the source")


def _count(text: str, flags: Sequence[str]) -> Counter[tuple[str, str]]:
    covered = {"brace"} if "python-brace-format" in flags else set()
    if any(flag in FORMATS and flag != "python-brace-format" for flag in flags) or _DATE.search(text):
        covered.add("format")
    found = [p for p in pieces(text, flags) if p.kind not in covered]
    return Counter(_shape(p.kind, p.text) for p in found if p.kind != "entity" or p.text in {"&lt;", "&gt;", "&amp;"})


_KINDS = {
    "template": "template", "variable": "placeholder", "url": "url", "email": "url", "tag": "tag", "entity": "tag",
    "format": "placeholder", "brace": "placeholder",
}  # fmt: skip


def _shape(kind: str, piece: str) -> tuple[str, str]:
    """Return what must be the same of a piece: of a tag its name alone, of `{{ x }}` all but its blanks."""
    if kind == "tag":
        name = re.match(r"</?[\w:-]+", piece)
        return kind, f"{name.group().lower()}>" if name else piece
    if kind == "template":
        return kind, re.sub(r"\s+", "", piece)
    return kind, piece


def _access_keys(text: Text) -> Iterator[Problem]:
    for mark in text.access_keys:
        source, target = (access_key(t, mark, within=True) is not None for t in (text.source, text.target))
        if source and not target:
            yield Problem("access-key", f"the access key {mark} of the source is missing")
        elif target and not source:
            yield Problem("access-key", f"the access key {mark} is not in the source")


def _access_key_marks(catalog: Catalog) -> str:
    """Return the marks that most translations of this catalog keep; in others & is an “and”, _ a part of a name."""
    used = ""
    for mark in "&_":
        both = source_only = 0
        for entry in catalog.messages:
            if entry.translated and not entry.fuzzy and access_key(entry.msgid, mark) is not None:
                kept = access_key(entry.msgstr, mark, within=True) is not None
                both += kept
                source_only += not kept
        if both >= 3 and both > 4 * source_only:
            used += mark
    return used


def _terms(glossary: Glossary, source: str, target: str) -> Iterator[Problem]:
    """Look for each term of the source in any of its forms."""
    folded = target.replace("ё", "е").lower()
    for match in glossary.find(source).matches:
        forms = {form for several in match.paradigm().forms.values() for form in several} | {match.target}
        if not any(form.replace("ё", "е").lower() in folded for form in forms if form):
            yield Problem("term", f"{match.span.of(source)}: the glossary says {match.target}")


CHECKS: tuple[Callable[[Text], Iterator[Problem]], ...] = (_blanks, _ends, _placeholders, _access_keys)
