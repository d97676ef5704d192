"""Regular declension by the ending alone, for the words that no dictionary holds.

Russian nominal endings follow from the last letters, the gender and the animacy; what does not follow (fleeting vowels,
stress) stands in the dictionary or in the lists of `people` and `phrases`.
"""

from __future__ import annotations

from translate.inflection.paradigms import FormsRow, Gender, Number

HUSHERS = "жшчщ"
VELARS = "гкх"
VOWELS = "аеёиоуыэюя"
# The last letters that no Russian noun of the masculine declines with.
FIXED_ENDINGS = "еёиоуыэю"

ADJECTIVE_ENDINGS = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")


def row(stem: str, endings: str) -> FormsRow:
    """Join a stem with six endings written in one string: "0" stands for none, "/" parts variants."""
    return tuple(tuple(stem + e.replace("0", "") for e in cell.split("/")) for cell in endings.split())


def fixed_row(word: str) -> FormsRow:
    """Repeat an indeclinable word in every case."""
    return ((word,),) * 6


def declinable_letter(word: str) -> bool:
    """Tell whether a word ends in a Russian letter: what ends in a Latin one, a digit or a dot never declines."""
    return bool(word) and "а" <= word[-1].lower() <= "ё"


def with_variants(preferred: FormsRow, accepted: FormsRow) -> FormsRow:
    """Add the forms of another row after those of the preferred one."""
    return tuple(tuple(dict.fromkeys((*a, *b))) for a, b in zip(preferred, accepted, strict=True))


def with_accusative(forms: FormsRow, animate: bool) -> FormsRow:
    """Fill the accusative from the genitive of an animate noun, from the nominative of another."""
    return (*forms[:3], forms[1] if animate else forms[0], *forms[4:])


def masculine(word: str, animate: bool) -> FormsRow:
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


def in_a(word: str) -> FormsRow:
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


def feminine(word: str) -> FormsRow:
    """Decline a feminine noun: in -а, -я or -ь; any other ending is indeclinable."""
    last = word[-1].lower()
    if last in "ая":
        return in_a(word)
    if last == "ь":
        return row(word[:-1], "ь и и ь ью и")
    return fixed_row(word)


def neuter(word: str) -> FormsRow:
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


def plural_only(word: str, animate: bool = False) -> FormsRow:
    """Decline a name that is plural in form: Черновцы, Барановичи, хазарейцы, бишкекчане."""
    low, stem = word.lower(), word[:-1]
    before = low[-2:-1]
    if low.endswith(("ане", "яне")):
        forms = row(stem, "е 0 ам е ами ах")
    elif low.endswith("цы"):
        forms = row(stem, "ы ев ам ы ами ах" if animate or low[-3] == "й" else "ы ов ам ы ами ах")
    elif low.endswith("ы"):
        forms = row(stem, "ы ов ам ы ами ах")
    elif low.endswith("и") and before in HUSHERS:
        forms = row(stem, "и ей ам и ами ах")
    elif low.endswith("и") and before in VELARS:
        forms = row(stem, "и ов ам и ами ах")
    elif low.endswith("и"):
        forms = row(stem, "и ей ям и ями ях")
    else:
        return fixed_row(word)
    return with_accusative(forms, animate)


def possessive(word: str, gender: Gender | None, number: Number) -> FormsRow | None:
    """Decline a possessive adjective: Берингов пролив, Баренцево море, Соломоновы Острова."""
    low = word.lower()
    if number == "plur":
        return row(word[:-1], "ы ых ым ы ыми ых") if low.endswith(("овы", "евы", "ины")) else None
    if gender == "masc" and low.endswith(("ов", "ев", "ин")):
        return row(word, "0 а у 0 ым ом")
    if gender == "neut" and low.endswith(("ово", "ево", "ино")):
        return row(word[:-1], "о а у о ым ом")
    if gender == "femn" and low.endswith(("ова", "ева", "ина")):
        return row(word[:-1], "а ой ой у ой ой")
    return None


def adjective(word: str, gender: Gender | None, number: Number, animate: bool) -> FormsRow | None:
    """Decline an adjective in the gender, number and animacy of its head; None if it has no adjective's ending.

    Args:
        word: the nominative in any gender or number: "генеральный" gives «генеральные прокуроры» its plural.
    """
    low, stem = word.lower(), word[:-2]
    ending, before = low[-2:], low[-3:-2]
    if ending not in ADJECTIVE_ENDINGS or len(low) < 4:
        return None
    bent = before in VELARS + HUSHERS  # after these и is written for ы, whatever the stem
    soft = ending in ("яя", "ее", "ий", "ие") and not bent
    i = "и" if soft or bent else "ы"
    o = "е" if soft or (before in HUSHERS and ending != "ой") else "о"
    if number == "plur":
        return with_accusative(row(stem, f"{i}е {i}х {i}м {i}е {i}ми {i}х"), animate)
    if gender == "femn":
        first, third = ("яя", "юю") if soft else ("ая", "ую")
        return row(stem, f"{first} {o}й {o}й {third} {o}й {o}й")
    if gender == "neut":
        return row(stem, f"{o}е {o}го {o}му {o}е {i}м {o}м")
    first = "ой" if ending == "ой" else f"{i}й"
    return with_accusative(row(stem, f"{first} {o}го {o}му {first} {i}м {o}м"), animate)


def plural_of(word: str, gender: Gender | None, animate: bool) -> FormsRow | None:
    """Decline the plural of a common noun that no dictionary holds: ошане, акимы, тораги, кыргызстанки."""
    low, stem = word.lower(), word[:-1]
    if len(word) < 3:
        return None  # «А» has no stem to stand alone
    if low.endswith(("анин", "янин")):
        forms = row(word[:-2], "е 0 ам 0 ами ах")
    elif low.endswith("ец") and (shorter := _without_fleeting_e(word)):
        forms = row(shorter, "ы ев ам ы ами ах")
    elif low[-1] in "ая":
        forms = _plural_in_a(word, low)
    elif low[-1] == "ь":
        forms = row(stem, "и ей ям и ями ях")
    elif low[-1] == "й":
        forms = row(stem, "и ев ям и ями ях")
    elif low[-1] in VOWELS:
        return None
    elif low[-1] in HUSHERS:
        forms = row(word, "и ей ам и ами ах")
    else:
        forms = row(word, "и ов ам и ами ах" if low[-1] in VELARS else "ы ов ам ы ами ах")
    return with_accusative(forms, animate)


def _plural_in_a(word: str, low: str) -> FormsRow:
    stem, before = word[:-1], low[-2:-1]
    if low.endswith("ия"):
        return row(stem, "и й ям и ями ях")
    if low.endswith("я"):
        return row(stem, "и й ям и ями ях" if before in VOWELS else "и ь ям и ями ях")
    if low.endswith("ка") and low[-3:-2] not in VOWELS:
        vowel = "е" if low[-3:-2] in HUSHERS + "й" else "о"
        oblique = row(stem, "и 0 ам и ами ах")
        return (oblique[0], (word[:-2] + vowel + "к",), *oblique[2:])
    return row(stem, "и 0 ам и ами ах" if before in VELARS + HUSHERS else "ы 0 ам ы ами ах")


def surname_plural(word: str, gender: Gender | None) -> FormsRow | None:
    """Decline a family name in the plural: Назарбаевы, Жапаровы, Левобережные, Рахмоны, Шевченко; None for no name."""
    low = word.lower()
    base = word[:-1] if gender == "femn" and low.endswith(("ова", "ева", "ёва", "ина", "ына")) else word
    if base.lower().endswith(("ов", "ев", "ёв", "ин", "ын")):
        return _family(base)
    if low.endswith(("ых", "их")) or low[-1] in FIXED_ENDINGS:
        return fixed_row(word)
    if low.endswith(("кий", "ный", "ая", "ой", "ый")) and (made := adjective(word, "masc", "plur", animate=True)):
        return made
    return plural_of(word, "masc", animate=True)


def _family(stem: str) -> FormsRow:
    return with_accusative(row(stem, "ы ых ым ых ыми ых"), animate=True)


def family(word: str) -> FormsRow:
    """Decline a family name that stands in the plural: Назарбаевы, Достоевские, Рахмоны, Шевченко."""
    low = word.lower()
    if low[:-1].endswith(("ов", "ев", "ёв", "ин", "ын")) and low[-1] == "ы":
        return _family(word[:-1])
    if low.endswith(("ие", "ые")) and (made := adjective(word, None, "plur", animate=True)):
        return made
    return plural_only(word, animate=True)
