"""Regular declension by the ending alone, for the words that no dictionary holds.

Russian nominal endings follow from the last letters, the gender and the animacy; what does not follow (fleeting vowels,
stress) stands in the dictionary or in the lists of `people` and `phrases`.
"""

from __future__ import annotations

from translate.inflection.paradigms import Gender, Number, Row

HUSHERS = "жшчщ"
VELARS = "гкх"
VOWELS = "аеёиоуыэюя"
# The last letters that no Russian noun of the masculine declines with.
FIXED_ENDINGS = "еёиоуыэю"

ADJECTIVE_ENDINGS = {
    ("masc", "sing"): ("ый", "ий", "ой"),
    ("femn", "sing"): ("ая", "яя"),
    ("neut", "sing"): ("ое", "ее"),
    (None, "plur"): ("ые", "ие"),
}


def row(stem: str, endings: str) -> Row:
    """Join a stem with six endings written in one string: "0" stands for none, "/" parts variants."""
    return tuple(tuple(stem + e.replace("0", "") for e in cell.split("/")) for cell in endings.split())


def fixed_row(word: str) -> Row:
    """Repeat an indeclinable word in every case."""
    return ((word,),) * 6


def declinable_letter(word: str) -> bool:
    """Tell whether a word ends in a Russian letter: what ends in a Latin one, a digit or a dot never declines."""
    return bool(word) and "а" <= word[-1].lower() <= "ё"


def with_variants(preferred: Row, accepted: Row) -> Row:
    """Add the forms of another row after those of the preferred one."""
    return tuple(tuple(dict.fromkeys((*a, *b))) for a, b in zip(preferred, accepted, strict=True))


def with_accusative(forms: Row, animate: bool) -> Row:
    """Fill the accusative from the genitive of an animate noun, from the nominative of another."""
    return (*forms[:3], forms[1] if animate else forms[0], *forms[4:])


def masculine(word: str, animate: bool) -> Row:
    """Decline a masculine noun in a consonant, -й or -ь: Бишкек, Чуй, Тянь-Шань."""
    last, stem = word[-1].lower(), word[:-1]
    if word.lower().endswith("ец") and (shorter := _without_fleeting_e(word)):
        forms = row(shorter, "0 а у а ем/ом е")
        forms = ((word,), *forms[1:])
    elif word.lower().endswith("ий"):
        forms = row(stem, "й я ю й ем и")
    elif last == "й":
        forms = row(stem, "й я ю й ем е")
    elif last == "ь":
        forms = row(stem, "ь я ю ь ем е")
    elif last in HUSHERS + "ц":
        forms = row(word, "0 а у 0 ем е")
    else:
        forms = row(word, "0 а у 0 ом е")
    return with_accusative(forms, animate)


def _without_fleeting_e(word: str) -> str:
    """Return the stem of the oblique cases of a longer word in -ец: Крушевц-, Добровольц-; "" where е stays."""
    before = word[-3:-2].lower()
    if sum(letter in VOWELS for letter in word.lower()) < 2 or word.lower().endswith(("швец", "льец")):
        return ""  # Швеца
    if before in VOWELS:
        return word[:-2] + "йц"
    return word[:-2] + ("ьц" if before == "л" else "ц")


def in_a(word: str) -> Row:
    """Decline a noun in -а or -я, whatever its gender: Астана, Киргизия, Ильяс-ходжа."""
    low, stem = word.lower(), word[:-1]
    before = low[-2:-1]
    if low.endswith("ия"):
        # «Кызыл-Кия», «Кия» keep the stress on the ending and take -е; longer stems, «Киргизия», take -и.
        short = sum(letter in VOWELS for letter in low.rsplit("-", 1)[-1]) <= 2
        return row(stem, "я и е/и ю ей е/и") if short else row(stem, "я и и ю ей и")
    if low.endswith("я"):
        return row(stem, "я и е ю ей е")
    if before in HUSHERS:
        return row(stem, "а и е у ей/ой е")  # Тайынша: Тайыншей, and Тайыншой where the stress is on the ending
    if before == "ц":
        return row(stem, "а ы е у ей/ой е")
    return row(stem, "а и е у ой е" if before in VELARS else "а ы е у ой е")


def feminine(word: str) -> Row:
    """Decline a feminine noun: in -а, -я or -ь; any other ending is indeclinable."""
    last = word[-1].lower()
    if last in "ая":
        return in_a(word)
    if last == "ь":
        return row(word[:-1], "ь и и ь ью и")
    return fixed_row(word)


def neuter(word: str) -> Row:
    """Decline a neuter noun in -о, -е, -ие, -ье: Орехово, Полесье, Приаралье."""
    low, stem = word.lower(), word[:-1]
    if low.endswith("ие"):
        return row(stem, "е я ю е ем и")
    if low.endswith(("же", "ше", "че", "ще", "це")):
        return row(stem, "е а у е ем е")
    if low.endswith("е"):
        return row(stem, "е я ю е ем е")
    if low.endswith("о"):
        return row(stem, "о а у о ом е")
    return fixed_row(word)


def plural_only(word: str) -> Row:
    """Decline a name that is plural in form: Черновцы, Барановичи, Боровичи."""
    low, stem = word.lower(), word[:-1]
    before = low[-2:-1]
    if low.endswith("ы"):
        return row(stem, "ы ов ам ы ами ах")
    if low.endswith("и") and before in HUSHERS:
        return row(stem, "и ей ам и ами ах")
    if low.endswith("и") and before in VELARS:
        return row(stem, "и ов ам и ами ах")
    if low.endswith("и"):
        return row(stem, "и ей ям и ями ях")
    return fixed_row(word)


def adjective(word: str, gender: Gender | None, number: Number, animate: bool) -> Row | None:
    """Decline an adjective in the gender, number and animacy of its head; None if it has no adjective's ending."""
    low = word.lower()
    stem = word[:-2]
    ending = low[-2:]
    before = stem[-1:].lower()
    hard = "и" if before in VELARS + HUSHERS else "ы"
    soft = ending in ("яя", "ее") and before not in HUSHERS
    if number == "plur":
        if ending not in ("ые", "ие") or len(low) < 4:
            return None
        v = ending[0]
        return with_accusative(row(stem, f"{v}е {v}х {v}м {v}е {v}ми {v}х"), animate)
    if gender == "femn":
        if ending not in ("ая", "яя"):
            return None
        v = "е" if soft or before in HUSHERS else "о"
        return row(stem, f"{ending} {v}й {v}й {'юю' if soft else 'ую'} {v}й {v}й")
    if gender == "masc" and ending in ("ый", "ий", "ой"):
        soft = ending == "ий" and before not in VELARS + HUSHERS
    elif not (gender == "neut" and ending in ("ое", "ее")):
        return None
    v = "е" if soft or (before in HUSHERS and ending != "ой") else "о"
    i = "и" if soft else hard
    return with_accusative(row(stem, f"{ending} {v}го {v}му {ending} {i}м {v}м"), animate)


def surname_plural(word: str, gender: Gender | None) -> Row | None:
    """Decline a family name in the plural: Назарбаевы, Жапаровы, Левобережные; None where it has none."""
    low = word.lower()
    base = word[:-1] if gender == "femn" and low.endswith(("ова", "ева", "ёва", "ина", "ына")) else word
    if base.lower().endswith(("ов", "ев", "ёв", "ин", "ын")):
        return with_accusative(row(base, "ы ых ым ых ыми ых"), animate=True)
    if low.endswith(("кий", "кая")):
        return with_accusative(row(word[:-2], "ие их им их ими их"), animate=True)
    if low.endswith(("ный", "ная")):
        return with_accusative(row(word[:-2], "ые ых ым ых ыми ых"), animate=True)
    return None
