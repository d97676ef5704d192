"""The strings that every news site and content management system has, with their Russian, ready before any engine.

Short labels are what an engine is worst at: “Home” alone is no sentence, and «дом» no menu entry. They are also the
same on every site. Where it stops: a label that means two things on two pages (“Report”) has one text here, and what
is filled from it is marked for review like everything else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from translate.catalog.entry import Entry
from translate.catalog.placeholders import Piece, pieces
from translate.catalog.plurals import PluralForms, categories
from translate.catalog.reader import read_catalog

_FILE = Path(__file__).with_name("interface.ru.po")
_SLOT = "\ufffc"
_FORMS = ("one", "few", "many")
_SLOTS = {"template", "variable", "url", "email", "format", "brace"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalog has for a text: one Russian text, of a plural the forms of one, few and many."""

    texts: tuple[str, ...]

    def forms(self, forms: PluralForms, language: str = "ru") -> tuple[str, ...]:
        """Return the text of each form of a header; the one for fractions is that of few: «2,5 статьи»."""
        by_category = dict(zip(_FORMS, self.texts, strict=True))
        return tuple(by_category.get(category, by_category["few"]) for category in categories(forms, language))


class Interface:
    """Interface strings by their words: letter case, end marks, tags' attributes and placeholders' names left aside."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries: dict[tuple[str, str, str], Entry] = {}
        self.words: set[str] = set()
        for entry in entries:
            key = _key(entry.msgid), _key(entry.msgid_plural or ""), (entry.msgctxt or "").casefold()
            self._entries.setdefault(key, entry)
            self._entries.setdefault((*key[:2], ""), entry)
            self.words.update(re.findall(r"[a-z]{3,}", entry.msgid.lower()))

    def __len__(self) -> int:
        return len(set(map(id, self._entries.values())))

    def find(self, text: str, context: str | None = None) -> Known | None:
        """Return the Russian of a text, its own placeholders and tags put in; None where it is not known.

        Args:
            text: a msgid; without the blanks, colon and ellipsis around it.
            context: a msgctxt, which may name the sense (“verb”).
        """
        return self._find(text, "", context)

    def find_plural(self, singular: str, plural: str, context: str | None = None) -> Known | None:
        """Return the forms of one, few and many for a plural entry.

        The plural alone decides where the singular spells its number: “One comment”, “{n} comments”.
        """
        found = self._find(singular, plural, context)
        if found is None and not _slots(singular) and len(_slots(plural)) == 1:
            number = _slots(plural)[0].text
            spelt = re.sub(r"^(?:one|an?|1)\b", lambda _match: number, singular, flags=re.I)
            found = self._find(spelt, plural, context)
        return found

    def _find(self, text: str, plural: str, context: str | None) -> Known | None:
        keys = _key(text), _key(plural)
        entry = self._entries.get((*keys, (context or "").casefold())) or self._entries.get((*keys, ""))
        if entry is None:
            return None
        own, theirs = pieces(plural or text), pieces(entry.msgid_plural or entry.msgid)
        return Known(tuple(_filled(target, theirs, own) for target in entry.msgstrs))


@cache
def interface() -> Interface:
    """Read the catalog that comes with the package."""
    return Interface(read_catalog(_FILE).messages)


def _slots(text: str) -> list[Piece]:
    return [piece for piece in pieces(text) if piece.kind in _SLOTS]


def _key(text: str) -> str:
    """Return the words of a text: “Sign&nbsp;up for %s” and “sign up for {name}.” have one key."""
    for piece in reversed(pieces(text)):
        shown = _SLOT
        if piece.kind == "tag":
            shown = re.sub(r"\s.*(?=>)", "", piece.text.lower(), flags=re.S)
        elif piece.kind == "entity":
            shown = html.unescape(piece.text)
        text = text[: piece.span.start] + shown + text[piece.span.stop :]
    text = re.sub(r"[“”„«»]", '"', text.replace("’", "'").replace("&", " and "))
    text = re.sub(r"\be-mail", "email", " ".join(text.split()).casefold())
    return text.removesuffix(".") or text


def _filled(target: str, theirs: Sequence[Piece], own: Sequence[Piece]) -> str:
    """Put a text's own placeholders and tags in the place of the catalog's."""
    own = [piece for piece in own if piece.kind in _SLOTS or piece.kind == "tag"]
    theirs = [piece for piece in theirs if piece.kind in _SLOTS or piece.kind == "tag"]
    waiting: dict[str, list[str]] = {}
    for mine, catalogs in zip(own, theirs, strict=True):
        waiting.setdefault(catalogs.text, []).append(mine.text)
    for piece in reversed([p for p in pieces(target) if p.kind in _SLOTS or p.kind == "tag"]):
        texts = waiting.get(piece.text) or [piece.text]
        shown = texts.pop() if len(texts) > 1 else texts[0]
        target = target[: piece.span.start] + shown + target[piece.span.stop :]
    return target
