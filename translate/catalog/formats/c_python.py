"""Format strings of C, Objective-C and Python.

Source: ISO C 7.21.6.1; Python's printf-style and format-string syntax.
"""

from __future__ import annotations

import re
from dataclasses import replace

from translate.catalog.formats.arguments import Arguments, FormatError, Reader
from translate.messages import lazy_gettext as _

_C = re.compile(
    r"%(?:(?P<place>[1-9]\d*)\$)?(?P<flags>[-+ #0'I]*)(?P<width>\*(?:\d+\$)?|\d+)?"
    r"(?:\.(?P<precision>\*(?:\d+\$)?|\d*))?(?P<size>hh|h|ll|l|L|q|j|z|t)?(?P<type>[a-zA-Z%@]|<[^>]*>)?"
)
_C_TYPES = {
    **dict.fromkeys("di", "integer"), **dict.fromkeys("ouxX", "unsigned"), **dict.fromkeys("eEfFgGaA", "double"),
    "c": "character", "C": "wide character", "s": "string", "S": "wide string", "p": "pointer", "n": "count",
}  # fmt: skip


def c_arguments(text: str) -> Arguments:
    """Read a C format string."""
    return _c_like(text, _C_TYPES)


def objc_arguments(text: str) -> Arguments:
    """Read a format string of Objective-C: C's, and %@ for an object."""
    return _c_like(text, {**_C_TYPES, "@": "object"})


def _c_like(text: str, types: dict[str, str]) -> Arguments:
    reader, at = Reader(), 0
    while (at := text.find("%", at)) >= 0:
        found = _C.match(text, at)
        if not found or not found["type"]:
            raise FormatError(_("a directive ends too early"))
        at = found.end()
        if found["type"] in "%m" and not found["type"].startswith("<"):
            continue
        for star in (found["width"], found["precision"]):
            if star and star.startswith("*"):
                reader.take(star[1:-1], "integer")
        reader.take(found["place"], _c_type(found, types))
    return reader.arguments(mixed=False, gaps=False)


def _c_type(found: re.Match[str], types: dict[str, str]) -> str:
    letter = found["type"]
    if letter.startswith("<"):
        return letter
    kind = types.get(letter)
    if kind is None:
        raise FormatError(_("%{letter} is no directive", letter=letter))
    size = {"L": "ll", "q": "ll"}.get(found["size"] or "", found["size"] or "")
    if kind == "double":
        size = "L" if found["size"] == "L" else ""
    return f"{size} {kind}".strip()


_PYTHON = re.compile(
    r"%(?:\((?P<name>[^()]*)\))?[-+ #0]*(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+)?)?[hlL]?(?P<type>.)?", re.S
)
_PYTHON_TYPES = {
    **dict.fromkeys("diouxX", "integer"), **dict.fromkeys("eEfFgG", "float"), **dict.fromkeys("sra", "any"),
    "c": "character",
}  # fmt: skip


def python_arguments(text: str) -> Arguments:
    """Read a format string of Python's `%` operator."""
    reader, at, beyond = Reader(), 0, ""
    while (at := text.find("%", at)) >= 0:
        found = _PYTHON.match(text, at)
        assert found is not None
        at = found.end()
        for star in (found["width"], found["precision"]):
            if star == "*":
                reader.take(None, "integer")
        if found["type"] == "%":
            continue
        kind = _PYTHON_TYPES.get(found["type"] or "")
        if kind is None:
            raise FormatError(_("{directive!r} is no directive", directive=found.group()))
        if found["name"] is None:
            reader.take(None, kind)
        else:
            reader.name(found["name"], kind)
        if found["type"] == "a":  # of Python 3, and no directive to msgfmt 0.21
            beyond = "%a where the source has none"
    return replace(reader.arguments(), beyond=beyond)


_BRACE = re.compile(
    r"\{(?P<name>[^\W\d]\w*|\d*)(?P<path>(?:\.[^\W\d]\w*|\[[^\]{}]+\])*)(?:!(?P<convert>[rsa]))?(?::(?P<spec>"
    r"(?:[^{}]|\{[^{}]*\})*))?\}"
)
# What numbers and texts take; a date's own codes (“%d %B”) change order in translation, so msgfmt lets them be.
_BRACE_SPEC = re.compile(
    r"(?:.?[<>=^])?[-+ ]?#?0?(?:\d+|\{[^{}]*\})?[,_]?(?:\.(?:\d+|\{[^{}]*\}))?[bcdeEfFgGnosxX%]?", re.S
)


def brace_arguments(text: str) -> Arguments:
    """Read a format string of `str.format`."""
    named: dict[str, str] = {}
    at, automatic, beyond = 0, 0, ""
    while at < len(text):
        if text[at : at + 2] in {"{{", "}}"}:
            at += 2
        elif text[at] == "{":
            found = _BRACE.match(text, at)
            if not found:
                raise FormatError(_("{text!r} is no field", text=text[at : at + 20]))
            if found["spec"] and not _BRACE_SPEC.fullmatch(found["spec"]):
                raise FormatError(_("{directive!r} has a type of its own", directive=found.group()))
            spec = f":{found['spec']}" if found["spec"] else ""
            named[(found["name"] or str(automatic)) + found["path"] + spec] = "any"
            automatic += not found["name"]
            if found["convert"] or not found["name"]:  # valid Python, and to msgfmt 0.21 no field at all
                beyond = beyond or f"{found.group()} where the source has no field like it"
            at = found.end()
        else:
            if text[at] == "}":
                beyond = "a closing brace without an opening one"
            at += 1
    return Arguments(by_name=named, beyond=beyond)
