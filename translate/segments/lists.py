"""Enumerations run into one line: "1) The first item 2) The second item"."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLETS = "•⁃‣◦●▪■·"
STARTS = frozenset("0123456789(abcdefghijklmnopqrstuvwxyz" + BULLETS)  # what an item may begin with
_ITEM = re.compile(
    rf"(?P<bullet>[{BULLETS}]\s?)?(?P<open>\(?)(?P<value>\d{{1,3}}|[a-z])(?P<close>\.\)|[.)])(?P<blank>\s?)"
    r"(?=[^\W_]|[\"“«'‘])"
)
_FIRST = re.compile(rf" (?=\(?(?:1|a)(?:\.\)|[.)]) \w|[{BULLETS}]\s?\w)")
_REACH = 400  # an item longer than this is prose, and the search for the next one stays linear


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an enumeration: where its marker ends, and where the next item starts (0: it is the last)."""

    marker: int
    following: int

    def __bool__(self) -> bool:
        return self.marker > 0


NONE = Item(0, 0)


def item(text: str, begin: int, *, running: bool = False) -> Item:
    """Return the item that starts at `begin`, NONE if none does.

    An item is told by the marker that counts one further: 1. … 2. …, a) … b) …, • … •. The first marker must stand at
    the start of a sentence, so "for 1. above" is none. Once a list is `running`, the first marker of another list
    ends an item too. Where it stops: letters are small only, since "A. Smith and B. Jones" are no items.
    """
    if text[begin] not in STARTS:
        return NONE
    match = _ITEM.match(text, begin)
    reach = begin + _REACH
    if not match:
        mark = text[begin]
        if mark not in BULLETS or text[begin + 1 : begin + 2] != " ":
            return NONE
        at = text.find(f" {mark} ", begin + 2, reach)
        return Item(begin + 1, at + 1 if at > begin + 3 else 0)  # • • • are no items
    value = match["value"]
    if not match["bullet"] and not match["blank"]:
        return NONE
    line = text.find("\n", match.end(), reach)
    reach = line if line > 0 else reach
    further = str(int(value) + 1) if value.isdecimal() else chr(ord(value) + 1)
    literal = f" {match['bullet'] or ''}{match['open']}{further}{match['close']}{match['blank']}"
    at = text.find(literal, match.end(), reach)
    if 0 < at < match.end() + 2 or (at > 0 and not text[at + len(literal) : at + len(literal) + 1].strip()):
        at = -1
    if running:
        other = _FIRST.search(text, match.end() + 2, at if at > 0 else reach)
        at = other.start() if other else at
    lettered = value.isalpha() and match["close"] == "."  # "a." may be half of "a. m." where no list runs
    if (
        lettered
        and not running
        and at < 0
        and text[max(0, begin - 1) : begin].strip(" ") == ""
        and begin > 0
        and text[begin - 1] == " "
    ):
        return NONE
    return Item(match.end(), at + 1 if at > 0 else 0)
