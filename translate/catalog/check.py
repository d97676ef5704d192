"""Faults and doubts of a catalog: all that stops msgfmt --check, and what a reader of the site would stumble over."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from translate.catalog import plurals
from translate.catalog.doubts import circumstances, doubts
from translate.catalog.entry import Catalog, Entry, Key
from translate.catalog.formats import FORMATS, compare
from translate.glossary import Glossary
from translate.messages import Message
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem

# What `msgfmt --check` warns of when a header lacks it; and the words a template comes with.
_HEADER_FIELDS = [
    "Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language", "MIME-Version",
    "Content-Type", "Content-Transfer-Encoding",
]  # fmt: skip
_HEADER_DEFAULTS = {
    "Project-Id-Version": "PACKAGE VERSION", "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
    "Last-Translator": "FULL NAME <EMAIL@ADDRESS>", "Language-Team": "LANGUAGE <LL@li.org>",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in one place of a catalog.

    Args:
        line: 1-based; of the entry's msgid.
        problem: kind and message.
        fatal: a fault and not a doubt: msgfmt --check refuses the file, or its header is unfinished or has plural forms
            that are not its language's.
        key: the entry, None for the file as a whole.
    """

    line: int
    problem: Problem
    fatal: bool = False
    key: Key | None = None


def check(catalog: Catalog, glossary: Glossary | None = None) -> list[Finding]:
    """Find what is wrong in a catalog, ordered by line.

    Fuzzy entries are not compiled, so nothing in them is fatal; a template's empty translations are no fault.

    Args:
        catalog: read with `tolerant=True`, so that its grammar's faults are findings like the others.
        glossary: terms that must be translated as it says, in any case.
    """
    found = [
        Finding(catalog.lines.number(f.offset), Problem(Kind.GRAMMAR, f.message), fatal=True) for f in catalog.faults
    ]
    found += [*_duplicates(catalog), *_domains(catalog), *_escapes(catalog), *_indices(catalog)]
    found += _header(catalog)
    found += _plurals(catalog)
    forms = _forms(catalog)
    around = circumstances(catalog, forms, glossary)
    for entry in catalog.messages:
        if not entry.broken and any(entry.msgstrs):
            line = catalog.line(entry)
            if entry.msgstr:  # where the first form is empty msgfmt looks no further
                faults = [*_newlines(entry), *_formats(entry, forms)]
                found += [Finding(line, problem, not entry.fuzzy, entry.key) for problem in faults]
            found += [Finding(line, problem, key=entry.key) for problem in doubts(entry, around)]
    return sorted(found, key=lambda f: f.line)


def _duplicates(catalog: Catalog) -> Iterator[Finding]:
    """Find messages defined twice; to msgfmt an obsolete definition is one as well."""
    seen: dict[tuple[str, Key], Entry] = {}
    for entry in catalog.entries:
        first = seen.setdefault((entry.domain, entry.key), entry)
        if first is not entry:
            message = _("this message is defined twice; the first time in line {line}", line=catalog.line(first))
            yield Finding(catalog.line(entry), Problem(Kind.DUPLICATE, message), fatal=True, key=entry.key)


def _domains(catalog: Catalog) -> Iterator[Finding]:
    """Find the first `domain` line: msgfmt writes a file a domain, and refuses them where it is told one to write."""
    first = next((e for e in catalog.entries if e.domain), None)
    if first is not None:
        message = _("a second domain, {domain!r}: a .mo file holds one", domain=first.domain)
        yield Finding(catalog.line(first), Problem(Kind.DOMAIN, message), fatal=True, key=first.key)


_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:x(?![0-9A-Fa-f])|[^ntbrfva\"\\0-7x\n])")


def _escapes(catalog: Catalog) -> Iterator[Finding]:
    """Find escapes that gettext does not know: \\q, and the \\& of another language."""
    for entry in catalog.entries:
        for found in [*entry.fields, *entry.previous]:
            raw = catalog.source.text[found.quote : found.stop]
            wrong = _ESCAPE.search(raw) if "\\" in raw else None
            if wrong:
                line = catalog.lines.number(found.quote + wrong.start())
                message = _("the escape {escape} is none that gettext knows", escape=wrong.group()[-2:])
                yield Finding(line, Problem(Kind.ESCAPE, message), fatal=True, key=entry.key)


def _header(catalog: Catalog) -> Iterator[Finding]:
    """Check the header and what it says about the file's bytes."""
    entry = catalog.header_entry
    if entry is None or not entry.msgstr:
        message = _("the header is missing: an entry with an empty msgid")
        yield Finding(1, Problem(Kind.HEADER, message), fatal=True)
        return
    line = catalog.line(entry)
    if catalog.source.bom:
        message = _("a byte order mark at the start of the file, which msgfmt refuses")
        yield Finding(1, Problem(Kind.BOM, message), fatal=True)
    charset = catalog.source.declared
    if not charset:
        yield Finding(line, Problem(Kind.HEADER, _("the header names no charset")))
    elif charset.upper() != "CHARSET" and not _says(charset, catalog.source.charset):
        message = _(
            "the header says {charset}, which the file is not: it is read as {read}",
            charset=charset,
            read=catalog.source.charset,
        )
        yield Finding(line, Problem(Kind.CHARSET, message))
    if not _is_template(catalog):
        for name in _HEADER_FIELDS:
            value = catalog.header.get(name)
            if value is None:
                yield Finding(line, Problem(Kind.HEADER, _("the header has no {name}", name=name)))
            elif value == _HEADER_DEFAULTS.get(name, "\0"):
                message = _("the header's {name} is still the template's", name=name)
                yield Finding(line, Problem(Kind.UNFINISHED, message), fatal=True)
    strange = next((e for e in catalog.entries if re.search("[\udc80-\udcff]", "".join(e.msgstrs))), None)
    if strange is not None:
        message = _("bytes that are not {charset} text", charset=charset or "UTF-8")
        yield Finding(catalog.line(strange), Problem(Kind.CHARSET, message), fatal=True, key=strange.key)


def _says(declared: str, codec: str) -> bool:
    try:
        return codecs.lookup(declared) == codecs.lookup(codec) or declared.lower() == "utf-8-sig"
    except (LookupError, ValueError):
        return False


def _is_template(catalog: Catalog) -> bool:
    return not any(any(e.msgstrs) for e in catalog.messages)


def _indices(catalog: Catalog) -> Iterator[Finding]:
    """Find plural entries whose forms do not count up from msgstr[0]; obsolete ones and templates too."""
    for entry in catalog.entries:
        numbers = [f.form for f in entry.fields if f.keyword == "msgstr"]
        if entry.msgid_plural is not None and not entry.broken and numbers != list(range(len(numbers))):
            text = _("the plural forms are numbered {numbers}, not 0, 1, 2 …", numbers=", ".join(map(str, numbers)))
            yield Finding(catalog.line(entry), Problem(Kind.PLURAL, text), fatal=True, key=entry.key)


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
            yield Finding(line, Problem(Kind.PLURAL, _("the header has no {name}", name="Plural-Forms")), fatal=True)
        return
    try:
        forms = plurals.plural_forms(value)
    except plurals.PluralError as error:
        if entries or "EXPRESSION" not in value:
            yield Finding(line, Problem(Kind.PLURAL, error.args[0]), fatal=True)
        return
    wrong = plurals.mismatch(forms, catalog.header.get("Language", ""))
    if wrong:
        yield Finding(line, Problem(Kind.LANGUAGE, wrong), fatal=True)
    for message in entries:
        numbers = [f.form for f in message.fields if f.keyword == "msgstr"]
        if len(numbers) != forms.count:
            text = _("{n} plural forms where the header says nplurals={count}", n=len(numbers), count=forms.count)
            yield Finding(catalog.line(message), Problem(Kind.PLURAL, text), fatal=True, key=message.key)


def _forms(catalog: Catalog) -> plurals.PluralForms | None:
    try:
        return plurals.plural_forms(catalog.header.get("Plural-Forms", ""))
    except plurals.PluralError:
        return None


def _newlines(entry: Entry) -> Iterator[Problem]:
    others = ([] if entry.msgid_plural is None else [entry.msgid_plural]) + entry.msgstrs
    begins = _("one text begins with a line end and another does not")
    ends = _("one text ends with a line end and another does not")
    for message, test in ((begins, str.startswith), (ends, str.endswith)):
        if any(test(text, "\n") != test(entry.msgid, "\n") for text in others):
            yield Problem(Kind.NEWLINE, message)


def _formats(entry: Entry, forms: plurals.PluralForms | None) -> Iterator[Problem]:
    source = entry.msgid if entry.msgid_plural is None else entry.msgid_plural
    for name in (name for name in FORMATS if name in entry.flags):
        for number, target in enumerate(entry.msgstrs):
            strict = entry.msgid_plural is None or (forms is not None and forms.often(number))
            wrong = compare(name, source, target, strict=strict)
            if wrong:
                of_form = Message("msgstr[{number}]: {wrong}", number=number, wrong=wrong)
                yield Problem(Kind.FORMAT, wrong if entry.msgid_plural is None else of_form)
