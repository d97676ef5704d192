"""Format strings as msgfmt reads them: which arguments a text takes, and whether its translation takes the same.

Only a text whose entry carries the flag is read this way. “100 %” in an entry without a flag is a percentage; with
the flag `c-format` it is an invalid directive, and what is invalid in the source is not asked of the translation.

Source: GNU gettext 0.21, msgfmt --check-format; ISO C 7.21.6.1, Python's printf-style and format-string syntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a format string asks for.

    Args:
        by_place: the types in order, for `%s %d`.
        by_name: name → type, for `%(count)d` and `{count}`.
        lone: it has a closing brace without an opening one, which msgfmt lets pass and `str.format` does not.
    """

    by_place: tuple[str, ...] = ()
    by_name: Mapping[str, str] | None = None
    lone: bool = False


class FormatError(ValueError):
    """A text that is no valid format string."""


_C = re.compile(
    r"%(?:(?P<place>[1-9]\d*)\$)?(?P<flags>[-+ #0'I]*)(?P<width>\*(?:\d+\$)?|\d+)?"
    r"(?:\.(?P<precision>\*(?:\d+\$)?|\d*))?(?P<size>hh|h|ll|l|L|q|j|z|t)?(?P<type>[a-zA-Z%]|<[^>]*>)?"
)
_C_TYPES = {
    **dict.fromkeys("di", "integer"), **dict.fromkeys("ouxX", "unsigned"), **dict.fromkeys("eEfFgGaA", "double"),
    "c": "character", "C": "wide character", "s": "string", "S": "wide string", "p": "pointer", "n": "count",
}  # fmt: skip


def c_arguments(text: str) -> Arguments:
    """Read a C format string."""
    numbered: dict[int, str] = {}
    plain: list[str] = []
    at = 0
    while (at := text.find("%", at)) >= 0:
        found = _C.match(text, at)
        if not found or not found["type"]:
            raise FormatError("a directive ends too early")
        at = found.end()
        if found["type"] in "%m" and not found["type"].startswith("<"):
            continue
        for star in (found["width"], found["precision"]):
            if star and star.startswith("*"):
                _take(numbered, plain, star[1:-1], "integer")
        _take(numbered, plain, found["place"], _c_type(found))
    if numbered and plain:
        raise FormatError("numbered and unnumbered directives are mixed")
    if numbered:
        if sorted(numbered) != list(range(1, len(numbered) + 1)):
            raise FormatError("an argument is left out")
        plain = [numbered[place] for place in sorted(numbered)]
    return Arguments(tuple(plain))


def _c_type(found: re.Match[str]) -> str:
    letter = found["type"]
    if letter.startswith("<"):
        return letter
    kind = _C_TYPES.get(letter)
    if kind is None:
        raise FormatError(f"%{letter} is no directive")
    size = {"L": "ll", "q": "ll"}.get(found["size"] or "", found["size"] or "")
    if kind == "double":
        size = "L" if found["size"] == "L" else ""
    return f"{size} {kind}".strip()


def _take(numbered: dict[int, str], plain: list[str], place: str | None, kind: str) -> None:
    if not place:
        plain.append(kind)
    elif numbered.setdefault(int(place), kind) != kind:
        raise FormatError(f"argument {place} is used as two types")


_PYTHON = re.compile(
    r"%(?:\((?P<name>[^()]*)\))?[-+ #0]*(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+)?)?[hlL]?(?P<type>.)?", re.S
)
_PYTHON_TYPES = {
    **dict.fromkeys("diouxX", "integer"), **dict.fromkeys("eEfFgG", "float"), **dict.fromkeys("sra", "any"),
    "c": "character",
}  # fmt: skip


def python_arguments(text: str) -> Arguments:
    """Read a format string of Python's `%` operator."""
    named: dict[str, str] = {}
    plain: list[str] = []
    at = 0
    while (at := text.find("%", at)) >= 0:
        found = _PYTHON.match(text, at)
        assert found is not None
        at = found.end()
        for star in (found["width"], found["precision"]):
            if star == "*":
                plain.append("integer")
        if found["type"] == "%":
            continue
        kind = _PYTHON_TYPES.get(found["type"] or "")
        if kind is None:
            raise FormatError(f"{found.group()!r} is no directive")
        if found["name"] is None:
            plain.append(kind)
        elif named.setdefault(found["name"], kind) != kind:
            raise FormatError(f"argument {found['name']!r} is used as two types")
    if named and plain:
        raise FormatError("named and unnamed directives are mixed")
    return Arguments(tuple(plain), named or None)


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
    at, automatic, lone = 0, 0, False
    while at < len(text):
        if text[at : at + 2] in {"{{", "}}"}:
            at += 2
        elif text[at] == "{":
            found = _BRACE.match(text, at)
            if not found:
                raise FormatError(f"{text[at : at + 20]!r} is no field")
            if found["spec"] and not _BRACE_SPEC.fullmatch(found["spec"]):
                raise FormatError(f"{found.group()!r} has a type of its own")
            spec = f":{found['spec']}" if found["spec"] else ""
            named[(found["name"] or str(automatic)) + found["path"] + spec] = "any"
            automatic += not found["name"]
            at = found.end()
        else:
            lone = lone or text[at] == "}"
            at += 1
    return Arguments((), named or None, lone)


FORMATS: Mapping[str, Callable[[str], Arguments]] = {
    "c-format": c_arguments,
    "objc-format": c_arguments,
    "python-format": python_arguments,
    "python-brace-format": brace_arguments,
}


def compare(name: str, source: str, target: str, *, strict: bool = True) -> str:
    """Return what is wrong with the arguments of a translation, "" where nothing is.

    Args:
        name: the flag, a key of `FORMATS`.
        source, target: the texts.
        strict: the translation must use every argument; False for a plural form of one number, which may spell it.
    """
    read = FORMATS[name]
    try:
        expected = read(source)
    except FormatError:
        return ""
    try:
        found = read(target)
    except FormatError as error:
        return f"no valid {name}: {error}"
    if found.lone and not expected.lone:
        return "a closing brace without an opening one"
    return _by_place(expected, found, strict) or _by_name(expected, found, strict)


def _by_place(expected: Arguments, found: Arguments, strict: bool) -> str:
    wanted, got = expected.by_place, found.by_place
    if len(got) > len(wanted) or (strict and len(got) < len(wanted)):
        return f"{len(got)} arguments where the source has {len(wanted)}"
    for number, (one, other) in enumerate(zip(wanted, got, strict=False), 1):
        if one != other and not (not strict and "any" in {one, other}):
            return f"argument {number} is {other}, in the source {one}"
    return ""


def _by_name(expected: Arguments, found: Arguments, strict: bool) -> str:
    wanted, got = expected.by_name or {}, found.by_name or {}
    for name in got:
        if name not in wanted:
            return f"argument {name!r} is not in the source"
        if got[name] != wanted[name] and not (not strict and "any" in {got[name], wanted[name]}):
            return f"argument {name!r} is {got[name]}, in the source {wanted[name]}"
    for name in wanted:
        if strict and name not in got:
            return f"argument {name!r} of the source is missing"
    return ""
