"""Access keys: the letter of a menu entry that is pressed for it, marked by & or _ in catalogs that have any."""

from __future__ import annotations

from collections.abc import Iterator

from translate.catalog.entry import Catalog
from translate.catalog.placeholders import access_key, is_marked
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem


def differences(source: str, target: str, marks: str) -> Iterator[Problem]:
    """Yield the marks that one text has and the other lacks.

    Args:
        source, target: a text and its translation.
        marks: those that the catalog uses.
    """
    for mark in marks:
        here, there = (access_key(text, mark, within=True) is not None for text in (source, target))
        if here and not there and is_marked(source, mark):
            yield Problem(Kind.ACCESS_KEY, _("the access key {mark} of the source is missing").format(mark=mark))
        elif there and not here:
            yield Problem(Kind.ACCESS_KEY, _("the access key {mark} is not in the source").format(mark=mark))


def marks_of(catalog: Catalog) -> str:
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
