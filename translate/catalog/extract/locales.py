"""Texts of JSON message files, as i18next, vue-i18n, Rails-like tools and browser extensions keep them.

A value is the text and its key, dotted, the context, so that a key can be found again when the file of another
language is written. i18next's plurals (`comment_one`, `comment_other`) make one entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from translate.catalog.extract.found import Extracted, Gathered, Rules, flagged, place
from translate.errors import CatalogError
from translate.files import read_text
from translate.messages import _

_FOLDER = {"locales", "locale", "_locales", "i18n", "lang", "langs", "languages", "translations", "messages"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?:\.json)?")
PLURAL = re.compile(r"(?P<stem>.+)_(?P<category>zero|one|two|few|many|other)$")


def is_locale_file(path: Path) -> bool:
    """Tell whether a JSON file lies where message files do: locales/en.json, i18n/en/common.json."""
    return path.suffix.lower() == ".json" and any(part.lower() in _FOLDER for part in path.parts[:-1][-3:])


@dataclass(frozen=True, slots=True)
class Value:
    """A text of a message file.

    Args:
        key: dotted.
        text: the value.
        start, stop: offsets of the value with its quotes.
    """

    key: str
    text: str
    start: int
    stop: int


def values(text: str, path: Path | None = None) -> list[Value]:
    """Return the string values of a JSON object in order, with their places.

    Raises:
        CatalogError: it is no JSON object.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise CatalogError(_("not valid JSON: {error}").format(error=error), path=path, line=line) from error
    if not isinstance(whole, dict):
        raise CatalogError(_("a message file is a JSON object"), path=path, line=1)
    return list(_walk(text))


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.S)


def _walk(text: str) -> Iterator[Value]:
    """Follow the brackets of a text that is known to be valid, and name each value by the keys around it."""
    keys: list[str | int] = []
    kinds: list[str] = []
    expecting_key = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "{[":
            kinds.append(token)
            keys.append(0 if token == "[" else "")
            expecting_key = token == "{"
        elif token in "}]":
            kinds.pop()
            keys.pop()
            expecting_key = False
        elif token == ",":
            expecting_key = kinds[-1] == "{"
            if kinds[-1] == "[":
                keys[-1] = int(keys[-1]) + 1
        elif token == ":":
            expecting_key = False
        elif expecting_key:
            keys[-1] = json.loads(token)
        elif token[0] == '"':
            yield Value(".".join(map(str, keys)), json.loads(token), match.start(), match.end())


def read_locale(path: Path, _rules: Rules) -> Gathered:
    """Read a message file of the source language.

    Raises:
        CatalogError: it is no JSON object.
    """
    text = read_text(path, error=CatalogError)
    found: list[Extracted] = []
    plurals: dict[str, Extracted] = {}
    line, at = 1, 0
    for value in values(text, path):
        line, at = line + text.count("\n", at, value.start), value.start
        if not re.search(r"[^\W\d_]", value.text) or value.key.rpartition(".")[2] in ("placeholder", "example"):
            continue
        if value.key.endswith(".description") and path.name == "messages.json":  # of browser extensions: a remark
            continue
        plural = PLURAL.match(value.key)
        one = Extracted(value.text, place(path, line), context=plural["stem"] if plural else value.key)
        if plural and plural["category"] in ("one", "other"):
            first = plurals.pop(plural["stem"], None)
            if first is None:
                plurals[plural["stem"]] = one
                continue
            singular, other = (first, one) if plural["category"] == "other" else (one, first)
            one = Extracted(singular.text, first.place, other.text, one.context)
        found.append(flagged(one, brace=False))
    return Gathered([*found, *plurals.values()])
