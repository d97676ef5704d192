"""Which column of a foreign table is which: what editors, agencies and other tools write over them.

A header is a row that names a column of English and one of Russian: “English;Russian”, “EN-US | RU”, “Term [en]”,
“Термин (англ.) | Перевод”. It need not be the first row: spreadsheets begin with a title and a date.
Where no row names them, the script of the cells tells: the column of Latin words is the English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from translate.exchange.statuses import is_of_use
from translate.glossary.table import COLUMNS
from translate.glossary.term import FREE

_LANGUAGES = {
    "en": "en eng english англ английский английском английского англійська inglés anglais englisch",
    "ru": "ru rus russian рус русский русском русского russe russisch ruso",
    "kk": "kk kaz kazakh каз казахский қазақ қазақша",
    "ky": "ky kir kyrgyz kirghiz кирг киргизский кыргызский кыргызча",
}
_LANGUAGE_OF = {word: code for code, words in _LANGUAGES.items() for word in words.split()}
_ROLES = {
    "source": "source original исходный оригинал original исходное",
    "target": "target translation перевод translated equivalent эквивалент соответствие",
    "kind": "kind type category вид тип категория",
    "gender": "gender род",
    "number": "number число",
    "aliases": "alias aliases synonym synonyms variant variants синоним синонимы варианты вариант",
    "note": "note notes comment comments description definition explanation remark remarks примечание примечания"
    " комментарий комментарии описание определение пояснение",
    "origin": "origin reference источник",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
# “English term”, “Term (EN)”: adds nothing to the language.
_NO_ROLE = """term terms word words text name phrase string language lang spelling the a of into in us gb uk kg kz
    united states kingdom kyrgyzstan kazakhstan russia термин термины слово название написание текст язык на по"""
_TERM = frozenset(_NO_ROLE.split())
ROWS = 15  # in which a header is looked for


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns are named.

    Args:
        row: its place among the rows; -1 where none names them.
        columns: names of ours, own ones (`x-…`), "" for a column without one.
    """

    row: int
    columns: tuple[str, ...]


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Find the header among the first rows of a table, or tell the columns by the script of their cells."""
    for n, row in enumerate(rows[:ROWS]):
        columns = columns_of(row)
        if columns:
            return Header(n, columns)
    return Header(-1, _by_script(rows))


def columns_of(row: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a header names, ours and the newsroom's own; () where it is no header."""
    named = [name_of(cell) for cell in row]
    if "term" in named and "source" not in named:
        named[named.index("term")] = "source"
    if "source" not in named or "target" not in named:
        return ()
    taken: dict[str, int] = {}
    for cell, name in zip(row, named, strict=True):
        own = " ".join(cell.split()).casefold() or "column"
        column = name if name and name != "term" and name not in taken else own if own.startswith(FREE) else FREE + own
        while column in taken:  # a sheet of 2,000 blank columns is a real one: the next number is kept, not sought
            taken[column] += 1
            column = f"{column}-{taken[column]}"
        taken[column] = 1
    return tuple(taken)


def name_of(cell: str) -> str:
    """Return the column that a header's cell names: one of ours, "term" for English or Russian, "" for any other."""
    bare = " ".join(cell.split()).casefold()
    if bare in COLUMNS:
        return bare
    if bare.startswith(FREE):
        return ""
    words = regex.findall(r"[\p{L}\p{N}]+", bare)
    if not words or len(words) > 5:
        return ""
    if is_of_use(bare) or is_of_use("".join(w for w in words if w not in _LANGUAGE_OF)):
        return "status"
    languages = {_LANGUAGE_OF[w] for w in words if w in _LANGUAGE_OF}
    roles = {_ROLE_OF[w] for w in words if w in _ROLE_OF}
    known = all(w in _LANGUAGE_OF or w in _ROLE_OF or w in _TERM or w.isdigit() for w in words)
    if not known or len(languages) > 1 or len(roles) > 1:
        return ""
    return _meant(languages, roles - {"source", "target"} or roles, words)


def _meant(languages: set[str], roles: set[str], words: Sequence[str]) -> str:
    role = next(iter(roles), "")
    if not languages:
        return role or ("term" if words in (["term"], ["термин"]) else "")
    language = next(iter(languages))
    if role in ("", "source", "target"):
        return {"en": "source", "ru": "target"}.get(language, language)
    # “Description [en]” is the note; “Gender [en]” is not the Russian’s.
    return role if (role == "gender") <= (language == "ru") and language in ("en", "ru") else ""


def _by_script(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Name the columns by what stands in them: numbered lists begin with a number, some have the Russian first."""
    sample = [row for row in rows[:200] if any(cell.strip() for cell in row)]
    width = max((len(row) for row in sample), default=0)
    latin, cyrillic = (
        [sum(_is_mostly(row[n], script) for row in sample if n < len(row)) for n in range(width)]
        for script in ("Latin", "Cyrillic")
    )
    source = next((n for n in range(width) if latin[n] * 2 > len(sample)), 0)
    target = next((n for n in range(width) if n != source and cyrillic[n] * 2 > len(sample)), -1)
    if target < 0 or (source, target) == (0, 1):
        return ("source", "target", "note")
    names = [f"{FREE}column-{n + 1}" for n in range(width)]
    names[source], names[target] = "source", "target"
    rest = next((n for n in range(width) if n > max(source, target)), None)
    if rest is not None:
        names[rest] = "note"
    return tuple(names)


def _is_mostly(cell: str, script: str) -> bool:
    letters = regex.findall(r"\p{L}", cell)
    return bool(letters) and 2 * len(regex.findall(rf"\p{{{script}}}", cell)) > len(letters)
