"""The family of C's printf: `%` flags width precision size letter, as a dozen languages have it.

Each language is a row: which flags, sizes and letters it knows, whether arguments can be numbered (`%2$s`), and
whether numbered and unnumbered ones may stand side by side.

Source: GNU gettext 0.21 manual, "Translators for other languages"; the languages' own manuals of their printf.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from translate.catalog.formats.arguments import Arguments, FormatError, Reader
from translate.messages import lazy_gettext as _


class Letters(dict[str, str]):
    """Conversion → type; hashed by identity, so that each language's pattern is compiled once."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def _letters(**kinds: str) -> Letters:
    return Letters({letter: kind.replace("_", " ") for kind, letters in kinds.items() for letter in letters})


@dataclass(frozen=True, slots=True)
class Printf:
    """One language's printf.

    Args:
        letters: conversion → type.
        flags: what may stand behind the percent sign.
        sizes: what may stand before the letter.
        numbered: `%1$s` is known.
        mixed: numbered and unnumbered directives may stand in one text.
        star: `*` for a width or a precision takes an argument.
        gaps: an argument may be left out where they are numbered.
        precise: a precision is known.
        silent: letters that take no argument.
        present: silent letters that a translation has where its source has them: GCC's %m.
        bare: a silent letter takes neither flags nor a width: `%-%` is invalid.
        follows: behind `%1$s` an unnumbered directive is the second.
        plain: sizes that change nothing; any other is part of the type, as in `%ld`.
    """

    letters: Letters
    flags: str = "[-+ #0]*"
    sizes: str = ""
    numbered: bool = True
    mixed: bool = False
    star: bool = True
    gaps: bool = True
    precise: bool = True
    silent: str = "%"
    present: str = ""
    bare: bool = False
    follows: bool = False
    plain: str = ""

    def read(self, text: str) -> Arguments:
        """Read a format string.

        Raises:
            FormatError: a directive that the language does not know.
        """
        reader = Reader()
        at = 0
        there: set[str] = set()
        while (at := text.find("%", at)) >= 0:
            found = _pattern(self).match(text, at)
            assert found is not None
            at = found.end()
            self._take(reader, found)
            there.update(set(found["type"] or "") & set(self.present))
        return replace(
            reader.arguments(mixed=self.mixed, gaps=self.gaps), others=tuple(f"%{letter}" for letter in sorted(there))
        )

    def _take(self, reader: Reader, found: re.Match[str]) -> None:
        letter = found["type"] or ""
        if letter and letter in self.silent + self.present:
            if self.bare and found.group() != f"%{letter}":
                raise FormatError(_("{directive!r} is no directive", directive=found.group()))
            return
        kind = self.letters.get(letter)
        if kind is None:
            raise FormatError(
                _("{directive!r} is no directive", directive=found.group())
                if letter
                else _("a directive ends too early")
            )
        for star in (found["width"], found["precision"]):
            if star and star.startswith("*"):
                reader.take(star[1:-1], "integer")
        if self.follows and found["place"]:
            reader.last = int(found["place"])
        shape = found.groupdict()
        if shape.get("separator"):
            reader.take(None, "separator")
        if shape.get("vector"):
            kind = "vector"
        size = found["size"] or ""
        reader.take(found["place"], f"{size} {kind}" if size and size not in self.plain.split() else kind)


@cache
def _pattern(printf: Printf) -> re.Pattern[str]:
    place = r"(?:(?P<place>\d+)\$)?" if printf.numbered else r"(?P<place>(?!))?"
    star = r"\d+"
    if printf.star:
        star = r"\*(?:\d+\$)?|\d+" if printf.numbered else r"\*|\d+"
    precision = rf"(?:\.(?P<precision>{star})?)?" if printf.precise else r"(?P<precision>(?!))?"
    return re.compile(
        rf"%{place}{printf.flags}(?P<width>{star})?{precision}(?P<size>{printf.sizes or '(?!)'})?(?P<type>.)?", re.S
    )


JAVASCRIPT = Printf(
    _letters(character="c", string="s", integer="bdoxX", float="f", json="j"), flags="[-+ 0#I]*", star=False
)
PHP = Printf(
    _letters(integer="bduoxX", character="c", float="ef", string="s"),
    flags=r"(?:[- 0]|'.)*", sizes="l", star=False, mixed=True, bare=True, plain="l",
)  # fmt: skip
TCL = Printf(
    _letters(character="c", integer="di", unsigned="uoxX", float="eEfgG", string="s"), sizes="h|l", bare=True, plain="l"
)
AWK = Printf(_letters(character="c", string="s", integer="di", unsigned="ouxX", float="eEfgG"))
LUA = Printf(
    _letters(integer="diouxX", float="aAeEfgG", character="c", string="s", quoted="q"),
    flags="", numbered=False, star=False, bare=True,
)  # fmt: skip
ELISP = Printf(
    _letters(character="c", integer="dioxX", float="eEfgG", string="s", object="S"), mixed=True, follows=True
)
LIBREP = Printf(
    _letters(character="c", integer="doxX", string="s", object="S"),
    flags=r"[-+ 0^]*",
    star=False,
    mixed=True,
    follows=True,
)
PERL = Printf(
    _letters(
        character="c", string="s", integer="di", unsigned="uoxXbB", float="eEfFgG", pointer="p", count="n",
        long_integer="D", long_unsigned="UO",
    ),
    flags=r"[-+ 0#]*(?P<separator>\*(?=v))?(?P<vector>v?)", sizes="hh|h|ll|l|q|L|V|I64|I32|I", mixed=True,
)  # fmt: skip
GCC = Printf(
    Letters(
        {
            **_letters(integer="di", unsigned="oux", character="c", string="s", pointer="p", tree="DJ"),
            **{letter: f"%{letter}" for letter in "ACEFHKLOPQTV"},
        }
    ),
    flags="[q+#]*", sizes="ll|l|w", star=True, silent="%<>'",
    present="m", bare=True,
)  # fmt: skip
GFC = Printf(
    _letters(integer="di", unsigned="u", character="c", string="s", locus="L"), flags="", sizes="ll|l", star=False,
    precise=False, bare=True, gaps=False, mixed=True, follows=True, present="C",
)  # fmt: skip


def java_printf_arguments(text: str) -> Arguments:
    """Read a format string of `java.util.Formatter`: `%s`, `%2$s`, `%<s` for the argument before, `%tY` of a date."""
    reader, last, at = Reader(), 0, 0
    while (at := text.find("%", at)) >= 0:
        found = _JAVA.match(text, at)
        if not found:
            raise FormatError(_("{text!r} is no directive", text=text[at : at + 6]))
        at = found.end()
        if found["type"] in {"%", "n"}:
            if re.search("[+ #0,(.<]", found.group()):
                raise FormatError(_("{directive!r} is no directive", directive=found.group()))
            continue
        kind = _JAVA_TYPES[found["type"][0]]
        if found["place"] == "<":
            if not last:
                raise FormatError(_("%< has no argument before it"))
            reader.take(last, kind)
            continue
        reader.take(found["place"], kind)
        last = int(found["place"] or reader.last)
    return reader.arguments()


_JAVA = re.compile(
    r"%(?:(?P<place>[1-9]\d*|<)(?:(?<=<)|\$))?[-#+ 0,(]*\d*(?:\.\d+)?(?P<type>[bBhHsScCdoxXeEfgGaA%n]|[tT][a-zA-Z])"
)
_JAVA_TYPES = _letters(
    general="bBhHsS", character="cC", integer="doxX", float="eEfgGaA", date="tT",
)  # fmt: skip


def pascal_arguments(text: str) -> Arguments:
    """Read a format string of Object Pascal's `Format`: `%d`, `%1:s` by index from 0, `%*d`."""
    reader, at = Reader(), 0
    following = 0
    while (at := text.find("%", at)) >= 0:
        found = _PASCAL.match(text, at)
        if not found:
            raise FormatError(_("{text!r} is no directive", text=text[at : at + 6]))
        at = found.end()
        if found["type"] == "%":
            continue
        for number, kind in ((found["width"], "integer"), (found["precision"], "integer")):
            if number == "*":
                following += 1
                reader.take(following, kind)
        index = int(found["place"]) + 1 if found["place"] else None
        following += index is None
        reader.take(index or following, _PASCAL_TYPES[found["type"].lower()])
    return reader.arguments()


_PASCAL = re.compile(
    r"%(?:(?P<place>\d*):)?-?(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+))?(?P<type>[duxefgnmpsDUXEFGNMPS%])"
)
_PASCAL_TYPES = _letters(integer="dux", float="efgnm", string="s", pointer="p")


def ruby_arguments(text: str) -> Arguments:
    """Read a format string of Ruby: `%d`, `%1$s`, `%<name>d`, `%{name}`."""
    reader, at = Reader(), 0
    while (at := text.find("%", at)) >= 0:
        found = _RUBY.match(text, at)
        if not found:
            raise FormatError(_("{text!r} is no directive", text=text[at : at + 6]))
        at = found.end()
        for star in (found["width"], found["precision"]):
            if star and star.startswith("*"):
                reader.take(star[1:-1], "integer")
        name = found["curly"] or found["name"]
        if name is not None:
            reader.name(name, "string" if found["curly"] else _RUBY_TYPES[found["type"]])
        elif found["type"] != "%":
            reader.take(found["place"], _RUBY_TYPES[found["type"]])
    return reader.arguments(mixed=False)


_RUBY = re.compile(
    r"%(?:(?P<place>\d+)\$)?[-+ 0#]*(?:<(?P<name>[^>]*)>)?[-+ 0#]*(?P<width>\*(?:\d+\$)?|\d+)?"
    r"(?:\.(?P<precision>\*(?:\d+\$)?|\d+)?)?(?:\{(?P<curly>[^}]*)\}|(?P<type>[cspdioubBxXeEfgGaA%]))"
)
_RUBY_TYPES = _letters(character="c", string="s", object="p", integer="dioubBxX", float="eEfgGaA")


def boost_arguments(text: str) -> Arguments:
    """Read a format string of Boost: `%d`, `%1%`, `%1$d`, `%|1$d|`."""
    reader, at = Reader(merging=True), 0
    while (at := text.find("%", at)) >= 0:
        found = _BOOST.match(text, at)
        if not found:
            raise FormatError(_("{text!r} is no directive", text=text[at : at + 6]))
        at = found.end()
        if found.group() == "%%" or found["type"] in ("n", "t"):
            continue
        if found["simple"]:
            reader.take(found["simple"], "any")
            continue
        for star in (found["width"], found["precision"]):
            if star and star.startswith("*"):
                reader.take(star[1:-1], "integer")
        reader.take(found["place"], _BOOST_TYPES.get(found["type"] or "", "any"))
    return reader.arguments(mixed=False)


_BOOST = re.compile(
    r"%%|%(?P<simple>\d+)%|%(?P<bar>\|)?(?:(?P<place>\d+)\$)?(?:[-+ 0#=_]|'.)*(?P<width>\*(?:\d+\$)?|\d+)?"
    r"(?:\.(?P<precision>\*(?:\d+\$)?|\d+)?)?(?:hh|h|ll|l|L)?(?:(?P<type>[cCdiouxXeEfgGpsSnt])|(?(bar)(?=\|)|(?!)))"
    r"(?(bar)\|)"
)
_BOOST_TYPES = _letters(character="cC", integer="diouxX", float="eEfgG", pointer="p", any="sS")
