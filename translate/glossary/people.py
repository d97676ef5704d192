"""How the English press names a person: title, given name, surname, and which words of a name are the surname."""

from __future__ import annotations

from collections.abc import Sequence

from translate.inflection import Gender

# Address forms that tell the gender of the person they stand before.
COURTESY: dict[str, Gender] = {
    "mr": "masc", "sir": "masc", "lord": "masc", "king": "masc", "prince": "masc", "sheikh": "masc",
    "mrs": "femn", "ms": "femn", "miss": "femn", "madam": "femn", "lady": "femn", "queen": "femn",
    "princess": "femn", "congresswoman": "femn", "chairwoman": "femn", "spokeswoman": "femn",
    "businesswoman": "femn", "congressman": "masc", "chairman": "masc", "spokesman": "masc", "businessman": "masc",
}  # fmt: skip

# «President Atambayev», «prime minister Isakov»: after one of these a surname needs no given name before it.
TITLES = frozenset(COURTESY) | frozenset(
    """
    president premier minister prime vice deputy speaker chairperson chair head leader chief secretary
    chancellor governor gov mayor akim hakim hokim ambassador amb envoy consul senator sen representative rep
    delegate lawmaker parliamentarian deputy mp candidate nominee contender incumbent prosecutor judge justice
    attorney lawyer general gen colonel col lieutenant lt major maj captain capt sergeant sgt corporal cpl
    private pfc admiral adm marshal commander cmdr commissioner inspector officer warden sheriff dr doctor
    prof professor academician rector director manager analyst expert economist historian journalist reporter
    editor writer poet author activist blogger businessperson tycoon oligarch magnate banker coach captain
    champion father brother sister bishop archbishop patriarch pope mufti imam mullah haji rabbi rev comrade
    citizen former ex acting
    """.split()  # noqa: SIM905
)  # fmt: skip

CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today yesterday tomorrow
    """.split()  # noqa: SIM905
)

# «Мирлан Бекзат уулу»: the word before belongs to the surname. Folded, lower case, English and Russian spellings.
AFTER_FATHER = frozenset(
    """
    uulu ulu uly ugli ogli oglu ogly oghli o'g'li kyzy kizi qizi gyzy qyzy kyzi уулу улу улы угли огли оглу
    оглы кызы кизи гызы
    """.split()  # noqa: SIM905
)
_GENERATION = frozenset(("jr", "sr", "ii", "iii", "iv", "мл", "ст"))


def surname(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a full name that stand for the person when they stand alone.

    The last word; with "uulu" or "kyzy" also the father's name before it; with lower-case particles also these
    («Урсула фон дер Ляйен»). A generation mark at the end is no name. Where the family name comes first (Xi Jinping)
    this is wrong, and the glossary lists the family name as a line of its own.

    Args:
        words: of a full name, folded, case kept.
    """
    stop = len(words)
    if stop > 2 and words[-1].lower().rstrip(".") in _GENERATION:
        stop -= 1
    start = stop - 1
    if start > 1 and words[start].lower() in AFTER_FATHER:
        return tuple(words[start - 1 : stop])
    while start > 1 and words[start - 1].islower() and words[start - 1].isalpha():
        start -= 1
    return tuple(words[start:stop])
