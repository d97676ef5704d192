"""Names of people, declined part by part.

Each part has its own grammar: «Нурлана» but «Имангали», «Назарбаевой» but «Меркель»; «Жумабек уулу» never changes. A
part's role comes from its shape and its place; a given name's forms from the dictionary where it is known, everything
else from the rules below, which measured better than pytrovich (see docs/why/inflection.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from translate.inflection import dictionary, eastern, endings, phrases
from translate.inflection.paradigms import FormsRow, Gender, Number
from translate.inflection.phrases import Declined, join

Role = Literal["given", "surname", "patronymic", "fixed"]

# «Азамат Жумабек уулу», «Гейдар Алирза оглы»: the word and the father's name before it stay as they are.
FILIAL_MALE = {"уулу", "улы", "ұлы", "оглы", "оглу", "огли", "угли", "углы", "ўғли", "зода"}
FILIAL_FEMALE = {"кызы", "қызы", "гызы", "кизи", "қизи"}
PATRONYMIC = {
    "masc": re.compile(r"(?:[ое]вич|[ьмкт]ич|.(?:улы|ұлы|оглы|оглу|угли|уулу))$", re.IGNORECASE),
    "femn": re.compile(r"(?:[ое]вна|[ин]ична|.(?:кызы|қызы|гызы|кизи))$", re.IGNORECASE),
}
SURNAME = {
    "masc": re.compile(r"(?:[оеё]в|[иы]н|[сцзт]к[ио]й|[нв][ыо]й)$", re.IGNORECASE),
    "femn": re.compile(r"(?:[оеё]ва|[иы]на|[сцзт]кая|[нв]ая)$", re.IGNORECASE),
}
INITIAL = re.compile(r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІ]\.-?)+$|[А-ЯЁ]$")
# Given names and surnames of the Muslim world in -ин: «Сироджиддином», not «Сироджиддиным».
DEEN = re.compile(r"(?:дд[иы]н|тдин|джин|хусейн|алтын)$", re.IGNORECASE)
# Foreign surnames in -ин, -ов that are no possessives: «Чарльзом Дарвином».
FOREIGN_IN = {
    "дарвин", "чаплин", "гмелин", "франклин", "гершвин", "кельвин", "кальвин", "колвин", "маклин", "регин", "корвин",
    "мартин", "остин", "болдуин", "цеппелин", "кронин", "хардин", "эльвин", "эльчин", "ларедин", "берлин", "крамаров",
}  # fmt: skip
# French and other names stressed on the last -а, -я, and surnames that by custom stay.
STRESSED_A = {
    "дюма", "тома", "дега", "люка", "ферма", "петипа", "золя", "труайя", "шандра", "скаля", "каруана", "гавальда",
    "гамарра",
}  # fmt: skip
FIXED_A = re.compile(r"[аеёиоуыэю]а$")  # Моруа, Гарсиа; but «Уркуи», «Гойи»
CUSTOMARY_FIXED = {"белиц", "бонч", "гусь", "ремень", "камень", "онук", "богода", "нечипас", "маненок", "щёлок"}
# «Ирине Калине»: surnames that are plain nouns in -ина, -ова.
NOUN_SURNAMES = {
    "калина", "малина", "глина", "година", "дружина", "былина", "лавина", "скотина", "смородина", "десятина", "сова",
    "ева", "корова", "подкова", "основа", "половина", "щетина", "пучина", "осина", "рябина", "хворостина", "дубина",
}  # fmt: skip
# First parts of hyphenated surnames that stay: «аль-Асада», «Бен-Гуриона», «Бонч-Бруевича», «Сен-Жюста».
STIFF = {
    "аль", "эль", "ад", "аз", "ас", "ар", "ат", "аш", "ан", "ах", "абд", "абу", "бен", "ибн", "бин", "сен", "сент",
    "сан", "мак", "о", "д", "де", "ди", "да", "ла", "ле", "дель", "тер", "тянь", "бонч", "шах", "мирза", "ван", "фон",
    "бей", "бек", "кара", "ак", "чон", "эр", "хан", "нур", "дюма",
}  # fmt: skip
# Masculine given names in -я, -ия that the dictionary calls indeclinable and everybody declines: «Гии Канчели».
DECLINED_IN_YA = {"гия", "зия", "яхья", "закария", "хаджия", "гарсия", "илия", "малахия", "захария", "нехемия"}


def decline_person(lemma: str, gender: Gender | None, animate: bool | None, number: Number | None = None) -> Declined:
    """Decline a name of one or more words; a single surname has a plural too."""
    words = lemma.split(" ")
    if number == "plur":
        return Declined(
            {"plur": join([_in_family(w, w is words[-1], gender) for w in words])}, None, "plur", True, "people"
        )
    parts = roles(words)
    sex = gender or guess_gender(words, parts)
    rows: dict[Number, FormsRow] = {"sing": join([decline_part(w, r, sex) for w, r in zip(words, parts, strict=True)])}
    if parts == ["surname"] and (plural := endings.surname_plural(lemma, sex)):
        rows["plur"] = plural
    return Declined(rows, sex, "sing", animate is not False, "people")


def _in_family(word: str, last: bool, gender: Gender | None) -> FormsRow:
    """Decline a word of a family's name: «братья Бакиевы», «Садыр и Айгуль Жапаровы», «Назарбаев» for the plural."""
    if not endings.declinable_letter(word) or (not last and len(word) < 3):
        return endings.fixed_row(word)
    if not last and word[0].isupper():
        return decline_part(word, "given", gender or _gender_of_given(word))
    if word[0].islower():
        return phrases.decline_phrase(word, phrases.Known("term", None, "plur", True)).rows["plur"]
    plural = word[-1].lower() in "ыи" or word.lower().endswith(("ые", "ие"))
    made = endings.family(word) if plural else endings.surname_plural(word, gender)
    return made or endings.fixed_row(word)


def vowels(word: str) -> int:
    """Count the syllables of a word."""
    return sum(letter in endings.VOWELS for letter in word.lower())


def roles(words: Sequence[str]) -> list[Role]:
    """Tell what each word of a name is, from its shape and its place."""
    if eastern.is_name(words):
        # «Ким Чен Ына», «Дэн Сяопина»: only the last word declines, and «Ли На», «Ван И» not at all
        still = vowels(words[-1]) == 1 and words[-1][-1].lower() in endings.VOWELS
        before: list[Role] = ["fixed"] * (len(words) - 1)
        return [*before, "fixed" if still else "given"]
    found: list[Role | None] = [None] * len(words)
    for i, word in enumerate(words):
        low = word.lower()
        if i and low in FILIAL_MALE | FILIAL_FEMALE:
            found[i] = "fixed"
            # «Жумабек уулу Азамат», «Азамат Жумабек уулу»; in «Жумабек уулу» alone nothing declines either.
            found[i - 1] = "fixed"
        elif INITIAL.fullmatch(word) or (i and word.islower()) or not endings.declinable_letter(word):
            found[i] = "fixed"  # «А. Б.», «фон», «ибн», «Nazarbayev»
    left = [i for i, role in enumerate(found) if role is None]
    for i in left[1:]:
        # Of two words in -ич the second is a surname: «Лука Ковачевич»; of three it is a patronymic.
        if PATRONYMIC["femn"].search(words[i]) or (
            PATRONYMIC["masc"].search(words[i]) and (len(left) > 2 or not words[i].lower().endswith("ич"))
        ):
            found[i] = "patronymic"
    left = [i for i, role in enumerate(found) if role is None]
    if len(left) == 1:
        lone = "patronymic" not in found and not INITIAL.fullmatch(words[0]) and not _is_surname(words[left[0]])
        after_patronymic = "patronymic" in found and left[0] > found.index("patronymic")
        before_patronymic = "patronymic" in found and not after_patronymic
        found[left[0]] = "given" if lone or before_patronymic else "surname"
    elif left:
        surname = left[0] if _surname_first(words, left, found) else left[-1]
        for i in left:
            found[i] = "surname" if i == surname else "given"
    return [role or "fixed" for role in found]


def _is_given(word: str) -> bool:
    return any(n.name == "Giv" and n.number == "sing" for n in dictionary.nouns(word))


def _is_surname(word: str) -> bool:
    """Tell whether a name standing alone is a surname: by its shape, else by the dictionary."""
    if _is_given(word) or DEEN.search(word):
        return False
    if SURNAME["masc"].search(word) or SURNAME["femn"].search(word):
        return True
    return any(n.name == "Sur" for n in dictionary.nouns(word))


def _surname_first(words: Sequence[str], left: list[int], found: list[Role | None]) -> bool:
    if found[-1] == "patronymic" and left[-1] != len(words) - 1:
        return len(left) == 2  # Жээнбеков Сооронбай Шарипович
    first, last = words[left[0]], words[left[-1]]
    # «Серикболсын Рахмон»: -ин, -ын end given names too
    weak = first.lower().endswith(("ин", "ын")) and not any(n.name == "Sur" for n in dictionary.nouns(first))
    return not weak and _is_surname(first) and not _is_surname(last) and _is_given(last)


def guess_gender(words: Sequence[str], parts: Sequence[Role]) -> Gender:
    """Tell a person's sex from the patronymic, else the surname, else the given name; masculine if nothing tells."""
    filial = {w.lower() for w in words[1:]}
    if filial & FILIAL_FEMALE:
        return "femn"
    if filial & FILIAL_MALE:
        return "masc"
    for role, patterns in (("patronymic", PATRONYMIC), ("surname", SURNAME)):
        for word, part in zip(words, parts, strict=True):
            if part == role and patterns["femn"].search(word):
                return "femn"
            if part == role and patterns["masc"].search(word) and not word.lower().endswith(("ин", "ын")):
                return "masc"  # -ин is also an ending of surnames of both sexes: Айнура Сагын
    for word, part in zip(words, parts, strict=True):
        if part == "given":
            return _gender_of_given(word)
    return "masc"


def _gender_of_given(word: str) -> Gender:
    known = {n.gender for n in dictionary.nouns(word) if n.name == "Giv" and n.number == "sing"}
    if len(known) == 1:
        return "femn" if "femn" in known else "masc"
    low = word.lower()
    if low.endswith(("гуль", "гүл", "гул", "гюль", "кыз", "сулуу", "бюбю", "бүбү")):
        return "femn"  # Нургуль, Айсулуу
    if low.endswith(("кожа", "ходжа", "мулла", "мырза", "мирза", "ата", "баба", "паша")):
        return "masc"  # Акмаль-ходжа
    return "femn" if low[-1] in "ая" else "masc"


def decline_part(word: str, role: Role, gender: Gender) -> FormsRow:
    """Decline one word of a name in the singular."""
    if role == "fixed" or not endings.declinable_letter(word):
        return endings.fixed_row(word)
    if "-" in word:
        return _hyphenated(word, role, gender)
    if role == "patronymic":
        return _patronymic(word)
    return _given(word, gender) if role == "given" else _surname(word, gender)


def _hyphenated(word: str, role: Role, gender: Gender) -> FormsRow:
    *firsts, last = word.split("-")
    rows = []
    for first in firsts:
        # «Салтыкову-Щедрину», «Анны-Марии»; but «Касым-Жомарта», «аль-Асада», «Жан-Жака».
        surname = role == "surname" and first.lower() not in STIFF and first[:1].isupper()
        twin = role == "given" and gender == "femn" and first.lower().endswith(("а", "я"))
        father = role == "patronymic" and PATRONYMIC[gender if gender == "femn" else "masc"].search(first)
        rows.append(decline_part(first, role, gender) if surname or twin or father else endings.fixed_row(first))
    tail = decline_part(last, role, gender)
    return tuple(tuple("-".join([*(r[i][0] for r in rows), form]) for form in cell) for i, cell in enumerate(tail))


def _patronymic(word: str) -> FormsRow:
    low = word.lower()
    if low.endswith("ич"):
        return endings.masculine(word, animate=True)
    return endings.in_a(word) if low.endswith("на") else endings.fixed_row(word)


def _given(word: str, gender: Gender) -> FormsRow:
    low = word.lower()
    for noun in dictionary.nouns(word):
        if noun.name == "Giv" and noun.number == "sing" and noun.gender == gender:
            if noun.fixed and low[-1] in "ая" and low not in DECLINED_IN_YA and not FIXED_A.search(low):
                return endings.with_variants(endings.fixed_row(word), endings.in_a(word))
            if not noun.fixed and (made := noun.row(word, "sing")):
                # The dictionary has «Алиёй»; the press writes «Алией».
                return (
                    tuple(tuple(f.replace("иёй", "ией") for f in cell) for cell in made) if low[-2:] == "ия" else made
                )
            break
    if gender == "femn" and low[-1] == "ь":
        # «с Айгуль Жапаровой» is what the region's press writes, «с Айгулью» what the grammars allow.
        return endings.with_variants(endings.fixed_row(word), endings.feminine(word))
    if low[-1] in "ая":
        return endings.fixed_row(word) if FIXED_A.search(low) else endings.in_a(word)
    if gender == "femn" or low[-1] in endings.FIXED_ENDINGS:
        return endings.fixed_row(word)
    return _unknown_masculine(word)


def _unknown_masculine(word: str) -> FormsRow:
    """Decline a masculine name whose role is not sure: as a surname where it has a Slavic surname's ending."""
    low = word.lower()
    for noun in dictionary.nouns(word):
        # «Илье Муромцу», «Христа»: a surname or a plain animate noun that the dictionary knows.
        if noun.animate and noun.gender == "masc" and noun.number == "sing" and (made := noun.row(word, "sing")):
            return tuple((cell[0],) for cell in made)
    if low.endswith(("ский", "цкий", "ец")):
        return _surname(word, "masc")
    return endings.masculine(word, animate=True)


def _surname(word: str, gender: Gender) -> FormsRow:
    low = word.lower()
    known = {n.name for n in dictionary.nouns(word) if n.number == "sing"}
    if (
        "Giv" in known
        and "Sur" not in known
        and not (gender == "masc" and vowels(low) > 1 and SURNAME["masc"].search(word))
    ):
        return _given(word, gender)  # «Льва», «Екатерины» in a surname's place
    if low in STRESSED_A or low in CUSTOMARY_FIXED or low[-1] in endings.FIXED_ENDINGS or low.endswith("ворота"):
        return endings.fixed_row(word)
    if FIXED_A.search(low):
        return endings.fixed_row(word)
    return _feminine_surname(word, low) if gender == "femn" else _masculine_surname(word, low)


def _feminine_surname(word: str, low: str) -> FormsRow:
    if low.endswith(("ова", "ева", "ёва", "ина", "ына")) and low not in NOUN_SURNAMES:
        return endings.row(word[:-1], "а ой ой у ой ой")
    if low.endswith("ка") and low.endswith(("ска", "цка")) and vowels(low) > 2:
        return endings.row(word[:-1], "а ой ой у ой ой")  # Ирена Ковальска: «Ковальской»
    if low.endswith(("ая", "яя")) and vowels(low) > 2:
        return endings.adjective(word, "femn", "sing", animate=True) or endings.in_a(word)
    return endings.in_a(word) if low[-1] in "ая" else endings.fixed_row(word)


def _masculine_surname(word: str, low: str) -> FormsRow:
    if low[-1] in "ая":
        return endings.in_a(word)
    possessive = low.endswith(("ов", "ев", "ёв")) or (low.endswith(("ин", "ын")) and vowels(low) > 1)
    if possessive and low not in FOREIGN_IN and not DEEN.search(word):
        return endings.row(word, "0 а у а ым е")
    if low.endswith("ых") or (low.endswith("их") and low[-3:-2] in "гкхшщжчн"):
        return endings.fixed_row(word)  # Черных, Долгих; but «Рериха»
    if low.endswith(("ый", "ой")) and vowels(low) > 1:
        return endings.adjective(word, "masc", "sing", animate=True) or endings.fixed_row(word)
    if low.endswith("ий") and low[-3:-2] in "гкхшщжчн" and vowels(low) > 1:
        return endings.adjective(word, "masc", "sing", animate=True) or endings.fixed_row(word)
    if low.endswith(("робей", "ловей", "равей")):
        return endings.row(word[:-2], "ей ья ью ья ьем ье")
    if low.endswith(("ец", "ок", "ек", "ёк", "ень", "ел")):
        for noun in dictionary.nouns(word):
            if noun.name == "Sur" and noun.gender == "masc" and not noun.fixed and (made := noun.row(word, "sing")):
                return tuple((cell[0],) for cell in made)
    return endings.masculine(word, animate=True)
