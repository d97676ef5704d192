"""What a foreign termbase says of a term's use, whatever words it has for it.

ISO 12620 has `preferredTerm-admn-sts`; tools write “Preferred”, “notRecommended”, “Obsolete”, “Forbidden: yes”, and
newsrooms «не рекомендуется». A status that is no statement on use (“approved by the desk on Monday”) tells nothing.
"""

from __future__ import annotations

from enum import IntEnum

import regex


class Standing(IntEnum):
    """How a term stands among the terms of its concept, the best first."""

    PREFERRED = 0
    UNSAID = 1
    ADMITTED = 2
    BARRED = 3


# The name of the category or column; “process status” and “entry status” are of the work on the entry, not of the term.
_OF_USE = regex.compile(
    r"(?:term|usage|use|administrative|admin|approval)?status|normative(?:authorization|authorisation)|statut?"
    r"|статус(?:термина|употребления)?"
)
_FLAG = regex.compile(r"(?:is)?(?:forbidden|deprecated|prohibited|banned|notallowed|donotuse|запрещено?|запрет)")
_YES = frozenset({"true", "yes", "y", "1", "x", "+", "да", "forbidden", "deprecated"})
# In the order they are asked: “not preferred” and “not recommended” must not be taken for what they deny.
_WORDS = (
    (
        Standing.BARRED,
        r"(?:not?|non|un|dis|in|im|des|dé)(?:t|tobe)?(?:prefer|recommend|approv|allow|admit|admiss|permit|accept|valid|use|conseill)"
        r"|don.?tuse|donotuse|deprecat|supersed|obsolet|forbid|prohibit|banned|barred|reject|avoid|incorrect|wrong|blacklist"
        r"|outdated|archaic|verboten|unzulässig|veraltet|interdit"
        r"|(?:не|нежелат)\p{L}*(?:рекоменд|допуск|употреб|использ|желат|примен)|нежелат|запрещ|запрет|устар|недопуст|отклон|невер",
    ),
    (
        Standing.PREFERRED,
        r"prefer|recommend|approv|standard|legal|regulat|mandatory|valid|bevorzugt|предпочт|рекоменд|утвержд|основн",
    ),
    (
        Standing.ADMITTED,
        r"admit|allow|accept|permit|alternat|variant|synonym|secondary|zulässig|erlaubt|допуст|допуска|вариант|синоним",
    ),
)
_KNOWN = tuple((standing, regex.compile(words)) for standing, words in _WORDS)


def is_of_use(category: str) -> bool:
    """Tell whether a category or column speaks of the use of a term."""
    name = _bare(category)
    return bool(_OF_USE.fullmatch(name) or _FLAG.fullmatch(name))


def standing_of(category: str, value: str) -> Standing:
    """Read a status; UNSAID where the category is another, or its value says nothing of use."""
    name, said = _bare(category), _bare(value)
    if _FLAG.fullmatch(name):
        return Standing.BARRED if said in _YES or value.strip() in _YES else Standing.UNSAID
    if not _OF_USE.fullmatch(name):
        return Standing.UNSAID
    return next((standing for standing, words in _KNOWN if words.search(said)), Standing.UNSAID)


def _bare(text: str) -> str:
    return regex.sub(r"[^\p{L}\p{N}]", "", text.casefold())
