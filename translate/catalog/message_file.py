"""A JSON message file of another language, written from the source's file and a catalog: only the values change.

Source: i18next, JSON format v4 (`key_one`, `key_few`, `key_many`, `key_other` by CLDR's categories).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from translate.catalog import plurals
from translate.catalog.editor import Splice
from translate.catalog.entry import Catalog, Entry, Key
from translate.catalog.extract.locales import PLURAL, Value, values


@dataclass(frozen=True, slots=True)
class Written:
    """A message file, and how many of its texts stayed in the source's language."""

    text: str
    left: int


def write(source: str, catalog: Catalog, path: Path | None = None) -> Written:
    """Put a catalog's reviewed translations into the source's message file.

    Order, blanks and keys stay; of a plural the language's further forms are put in before `_other`.

    Args:
        source: the JSON that the catalog's template was extracted from.
        catalog: keys as contexts, as `extract` makes them.
        path: of the source, for messages.

    Raises:
        CatalogError: the source is no JSON object.
    """
    found = values(source, path)
    by_key = {value.key: value for value in found}
    splices: list[Splice] = []
    left = 0
    for value in found:
        plural = PLURAL.match(value.key)
        one = by_key.get(f"{plural['stem']}_one") if plural else None
        if plural is not None and one is not None and f"{plural['stem']}_other" in by_key:
            made = _plural(source, value, plural, catalog.index.get(Key(plural["stem"], one.text)), catalog)
        else:
            entry = catalog.index.get(Key(value.key, value.text))
            made = [Splice(value.start, value.stop, _quoted(entry.msgstr))] if entry and _is_done(entry) else []
        splices += made
        left += not made and bool(re.search(r"[^\W\d_]", value.text))
    text = source
    for splice in sorted(splices, key=lambda s: (s.start, s.stop), reverse=True):
        text = text[: splice.start] + splice.text + text[splice.stop :]
    return Written(text, left)


def _is_done(entry: Entry) -> bool:
    return entry.translated and not entry.fuzzy


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plural(source: str, value: Value, plural: re.Match[str], entry: Entry | None, catalog: Catalog) -> list[Splice]:
    """Return the change to one form; to `_other` belong the forms that the source's language lacks."""
    if entry is None or not _is_done(entry):
        return []
    forms = plurals.of_catalog(catalog)
    language = catalog.header.get("Language", "") or "ru"
    named = dict(zip(plurals.categories(forms, language), entry.msgstrs, strict=False))
    named.setdefault("other", named.get("few") or entry.msgstrs[-1])
    splices = [Splice(value.start, value.stop, _quoted(named.get(plural["category"], named["other"])))]
    if plural["category"] == "other":
        name = value.key.rpartition(".")[2].removesuffix("other")
        key = re.search(rf"(?P<blanks>\s*)(?P<key>{re.escape(_quoted(name + 'other'))})\s*:\s*$", source[: value.start])
        if key is not None:
            more = [category for category in named if category not in ("one", "other")]
            new = "".join(f"{_quoted(name + c)}: {_quoted(named[c])},{key['blanks'] or ' '}" for c in more)
            splices.append(Splice(key.start("key"), key.start("key"), new))
    return splices
