"""Gettext catalogs: read, edited without touching a byte that did not change, merged, filled, checked and compiled."""

from __future__ import annotations

from translate.catalog.editor import Editor, Message, Previous
from translate.catalog.entry import Catalog, Comment, Entry, Field, GrammarFault, Key
from translate.catalog.reader import parse, read_catalog

__all__ = [
    "Catalog",
    "Comment",
    "Editor",
    "Entry",
    "Field",
    "GrammarFault",
    "Key",
    "Message",
    "Previous",
    "parse",
    "read_catalog",
]  # fmt: skip
