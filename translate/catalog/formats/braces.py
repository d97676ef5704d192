"""Format strings with their arguments in braces, and those with bare names and numbers.

Source: GNU gettext 0.21 manual, "Translators for other languages"; java.text.MessageFormat, String.Format of .NET, Qt's
and KDE's `arg`, Smalltalk's `bindWith`, the Bourne shell's envsubst.
"""

from __future__ import annotations

import re
from dataclasses import replace

from translate.catalog.formats.arguments import Arguments, FormatError, Reader
from translate.messages import lazy_gettext as _


def perl_brace_arguments(text: str) -> Arguments:
    """Read `{name}`; any other brace is a letter like others."""
    return Arguments(by_name=dict.fromkeys(re.findall(r"\{([A-Za-z_]\w*)\}", text, re.A), "any"))


def csharp_arguments(text: str) -> Arguments:
    """Read `{0}`, `{0,10:F2}`; a brace that is a letter is doubled."""
    reader, at = Reader(), 0
    while at < len(text):
        if text[at : at + 2] in ("{{", "}}"):
            at += 2
        elif text[at] == "{":
            found = re.compile(r"\{(\d+) *(?:, *-?\d+ *)?(?::[^{}]*)?\}").match(text, at)
            if not found:
                raise FormatError(_("{text!r} is no field", text=text[at : at + 20]))
            reader.take(int(found[1]) + 1, "any")
            at = found.end()
        elif text[at] == "}":
            raise FormatError(_("a closing brace without an opening one"))
        else:
            at += 1
    return reader.arguments()


_JAVA_STYLES = {"short", "medium", "long", "full", "integer", "currency", "percent"}


def java_arguments(text: str) -> Arguments:
    """Read a MessageFormat: `{0}`, `{1,number,#.##}`, `{2,choice,0#none|1#{0}}`; an apostrophe quotes braces."""
    reader = Reader(merging=True)
    _java(text, reader)
    return reader.arguments()


def _java(text: str, reader: Reader) -> None:
    at, quoted = 0, False
    while at < len(text):
        letter = text[at]
        if letter == "'":
            doubled = text[at + 1 : at + 2] == "'"
            quoted = quoted if doubled else not quoted
            at += 1 + doubled
        elif quoted:
            at += 1
        elif letter == "{":
            stop = _closing(text, at)
            _java_field(text[at + 1 : stop], reader)
            at = stop + 1
        elif letter == "}":
            raise FormatError(_("a closing brace without an opening one"))
        else:
            at += 1


def _closing(text: str, at: int) -> int:
    depth = 0
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise FormatError(_("an opening brace is not closed"))


def _java_field(inside: str, reader: Reader) -> None:
    found = re.fullmatch(r"\s*(\d+)\s*(?:,\s*(time|date|number|choice)\s*(?:,(.*))?)?", inside, re.S)
    if not found:
        raise FormatError(_("{{{inside}}} is no field", inside=inside))
    number, kind, style = int(found[1]) + 1, found[2], found[3]
    if kind == "choice":
        if style is None:
            raise FormatError(_("{{{inside}}} has no choices", inside=inside))
        for choice in style.split("|"):
            _sign, separator, message = choice.partition("#") if "#" in choice else choice.partition("<")
            if not separator:
                raise FormatError(_("{choice!r} is no choice", choice=choice))
            _java(message, reader)
    reader.take(number, {"time": "date", "date": "date", "number": "number", "choice": "number"}.get(kind or "", "any"))


def shell_arguments(text: str) -> Arguments:
    """Read `$name` and `${name}`; the shell's own `${name:-default}` cannot be in a format string."""
    names: dict[str, str] = {}
    for match in re.finditer(
        r"\$(?:\{(?P<braced>[^}]*)(?P<close>\}?)|(?P<plain>[A-Za-z_]\w*)|(?P<other>.?))", text, re.A | re.S
    ):
        if match["braced"] is not None:
            if not match["close"] or not re.fullmatch(r"[A-Za-z_]\w*", match["braced"], re.A):
                raise FormatError(_("{directive!r} is no plain variable", directive=match.group()))
            names[match["braced"]] = "any"
        elif match["plain"]:
            names[match["plain"]] = "any"
        else:
            raise FormatError(_("{directive!r} is no plain variable", directive=match.group()))
    return Arguments(by_name=names)


def qt_arguments(text: str) -> Arguments:
    """Read `%1` to `%99` and `%L1`."""
    found = _numbers(text, r"%L?(\d{1,2})", first=0)
    beyond = re.search(r"%L\d|%\d\d", text, re.A)
    return replace(found, beyond=_("%L or a number of two digits, and none in the source") if beyond else "")


def qt_plural_arguments(text: str) -> Arguments:
    """Read Qt's `%n` of a message with a number."""
    return Arguments(others=("%n",) if re.search(r"%L?n", text) else ())


def kde_arguments(text: str) -> Arguments:
    """Read `%1` … of KDE; of the numbers up to the highest at most one may be left out, that of a plural."""
    found = _numbers(text, r"%([1-9]\d*)")
    if max(found.by_place, default=0) - len(found.by_place) > 1:
        raise FormatError(_("arguments are left out"))
    return found


def kuit_arguments(text: str) -> Arguments:
    """Read a KDE message with markup in it, which must be well-formed: `<filename>%1</filename>`."""
    from lxml import etree

    escaped = re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)", "&amp;", text)
    try:
        etree.fromstring(f"<kuit>{escaped}</kuit>", etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise FormatError(_("its markup is not well-formed: {msg}", msg=error.msg)) from None
    return kde_arguments(text)


def smalltalk_arguments(text: str) -> Arguments:
    """Read `%1` to `%9`; a percent sign that is a letter is doubled."""
    reader, at = Reader(), 0
    while (at := text.find("%", at)) >= 0:
        letter = text[at + 1 : at + 2]
        if letter != "%":
            if letter not in set("123456789"):
                raise FormatError(_("{text!r} is no directive", text=text[at : at + 2]))
            reader.take(letter, "any")
        at += 2
    return reader.arguments()


def _numbers(text: str, pattern: str, first: int = 1) -> Arguments:
    return Arguments({int(number) + 1 - first: "any" for number in re.findall(pattern, text, re.A)})
