"""How an interface string is worded: its blanks, end marks and capitals, carried over from the source."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EDGES = re.compile(
    r"""
    ^(?P<before>(?:[\s•·–—*›→←]|[«‹](?=\s)|&(?:laquo|larr|lsaquo|nbsp);)*)
    (?P<core>.*?)
    (?P<after>\s*(?:\.\.\.|…|&hellip;|[:→›]|(?<=\s)»|&(?:raquo|rarr|rsaquo);)?\s*)$
    """,
    re.S | re.X,
)
_LETTER = re.compile(r"[^\W\d_]")
# «5 мин.», «и т. д.»: the stop of an abbreviation stays.
_SHORT = re.compile(r"\b(?:\w{1,2}|мин|сек|стр|руб|тыс|вкл|выкл)\.$", re.I)
_STAND_IN_WORD = re.compile(r"[A-Z0-9]+$")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the words of a string: “  Search…” is blanks, “Search” and “…”."""

    before: str
    core: str
    after: str

    def around(self, text: str) -> str:
        """Put the frame around a translation."""
        return self.before + text.strip() + self.after


def frame(text: str) -> Frame:
    """Take the words out of a string."""
    found = _EDGES.match(text)
    assert found is not None
    return Frame(found["before"], found["core"], found["after"])


def shaped(source: str, target: str, *, fixed: bool = False) -> str:
    """Give a translation the stop and the capitals of its source.

    Russian headings have one capital where English has one a word: “Privacy Policy” is «Политика
    конфиденциальности», so only the first letter follows the source, and all of them where it shouts.

    Args:
        source: the words in English.
        target: the words in Russian.
        fixed: from the glossary: the term's own capitals stand, but for shouting and the first letter.
    """
    target = " ".join(target.split()) if "\n" not in source else target.strip()
    if not fixed:
        target = _stop(source, target)
    if source.isupper() and sum(c.isalpha() for c in source) > 3 and " " in source:
        return target.upper()
    first = _LETTER.search(source)
    mine = _LETTER.search(target)
    if first and mine and first.group().isupper() and mine.start() == 0:
        return target[0].upper() + target[1:]
    if first and mine and first.group().islower() and mine.start() == 0 and not fixed and target[1:2].islower():
        return target[0].lower() + target[1:]
    return target


def _stop(source: str, target: str) -> str:
    """Take away a stop that the source lacks, put one where the source has it."""
    has = source.endswith((".", "!", "?", "…"))
    if not has and target.endswith(".") and not target.endswith("..") and not _SHORT.search(target):
        return target[:-1].rstrip()
    if source.endswith(".") and not source.endswith("..") and target and target[-1] not in ".!?…»":
        return target + "."
    return target
