"""Format strings of Common Lisp and Scheme: `~` parameters modifiers letter.

Theirs is a language of its own (loops over lists, conditions, jumps). A translation is held to the same row of
directives that take arguments, in the same order and with the same nesting; msgfmt works out which argument lists the
whole accepts, so it lets some pass that are reported here, and nothing the other way round.

Source: ANSI Common Lisp 22.3; SRFI 28 and Guile's `format`.
"""

from __future__ import annotations

import re

from translate.catalog.formats.arguments import Arguments, FormatError
from translate.messages import lazy_gettext as _

_DIRECTIVE = re.compile(
    r"~(?P<parameters>(?:[-+]?\d+|'.|[vV]|\#|)(?:,(?:[-+]?\d+|'.|[vV]|\#|))*)[:@]*(?P<letter>.)?", re.S
)
_KINDS = {
    **dict.fromkeys("aspywAPSYW", "object"), **dict.fromkeys("bdorxBDORX", "integer"),
    **dict.fromkeys("cC", "character"),
    **dict.fromkeys("efgEFG$", "real"), **dict.fromkeys("iI", "complex"), **dict.fromkeys("kK", "string"),
    **dict.fromkeys("?/{}()[];^*<>", ""), **dict.fromkeys("%&|~\nqtQT_!", "-"),
}  # fmt: skip


def lisp_arguments(text: str) -> Arguments:
    """Read a format string of Common Lisp as the row of its directives that take arguments."""
    return _row(text, unknown="qykQYK!_", blank="iI")


def scheme_arguments(text: str) -> Arguments:
    """Read a format string of Scheme the same way; ~i and ~k take arguments there, and ~w is unknown."""
    return _row(text, unknown="wW", blank="")


def _row(text: str, unknown: str, blank: str) -> Arguments:
    row: list[str] = []
    depth = 0
    at = 0
    while (at := text.find("~", at)) >= 0:
        found = _DIRECTIVE.match(text, at)
        assert found is not None
        at = found.end()
        letter = found["letter"] or ""
        kind = _KINDS.get(letter)
        if kind is None or (letter and letter in unknown):
            raise FormatError(
                _("{directive!r} is no directive", directive=found.group())
                if letter
                else _("a directive ends too early")
            )
        row += ["integer"] * len(re.findall(r"(?<!')[vV]", found["parameters"]))
        depth += (letter in "{[(<") - (letter in "}])>")
        if kind != "-" and letter not in blank:
            row.append(kind or f"~{letter}")
    if depth:
        raise FormatError(_("a bracket is not closed"))
    return Arguments(dict(enumerate(row, 1)))
