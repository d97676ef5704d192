"""Places, organisations, demonyms and terms: find the head, decline it and its adjectives, leave the tail.

«Иссык-Кульской области», «Министерства иностранных дел», «партии «Республика»», «Жогорку Кенеша».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from translate.inflection import dictionary, endings
from translate.inflection.paradigms import FormsRow, Gender, Number

ACRONYM = re.compile(r"(?=.*[А-ЯЁ].*[А-ЯЁ])[А-ЯЁӘҒҚҢӨҰҮҺІ0-9]{2,}(?:-[А-ЯЁ0-9]+)*$|.*[а-яё][А-ЯЁ]{2,}$")
# Acronyms that the press declines as masculine nouns: «главы МИДа».
SPOKEN_ACRONYMS = {"МИД", "ЦИК", "БАМ", "ВАК", "МХАТ", "ГУЛАГ"}
PLURAL_ACRONYMS = {"США", "ОАЭ", "СМИ"}
# «в городе Бишкеке»; but «на реке Нарын», «в селе Барскоон», «на озере Иссык-Куль».
APPOSITIVE_HEADS = {"город"}
ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?:[оеё]в|ин)[оаы]?$", re.IGNORECASE)
# «страны-участницы», «государствам-членам»: first parts that decline too; any other stays («премьер-министра»).
TWIN_FIRST = {
    "страна", "государство", "город", "компания", "фирма", "организация", "женщина", "рабочий", "завод",
    "партия", "банк", "писатель", "участник", "республика", "область", "учёный", "эксперт", "мать", "депутат",
}  # fmt: skip
# Words whose usual sense in the news is not the one the dictionary puts first.
ANIMACY = {
    "боевик": True, "аким": True, "хоким": True, "торага": True, "раис": True, "бий": True, "манасчы": True,
    "казы": True, "имам-хатиб": True, "сом": False, "сум": False, "бай": True,
}  # fmt: skip
# Plural names whose genitive has no ending, whatever the dictionary says: «Великих Лук», «Балкан».
BARE_GENITIVE = {"Луки", "Багамы", "Балканы", "Коморы", "Сейшелы", "Мальдивы", "Канары"}
# Names the dictionary declines wrongly («Лахра»), or as another word («Чайка», «Кулём»).
BY_ENDING = {"Лахор", "Чаек"}
# «Берингов пролив», «Соломоновы Острова»: what a possessive adjective may stand before.
POSSESSED = {"пролив", "море", "залив", "остров", "острова", "земля", "гора", "горы", "мыс", "хребет", "пещера"}
ARTICLE = re.compile(r"(?:аль|эль|уль|ат|ут|ад|ас|аш|ар|ан|ун)-[А-ЯЁ]")
# What an adjective unknown to the dictionary must end in: Жетысуская, Сайрамский; not Олий, Милли, Жаңы.
ADJECTIVE_SUFFIX = re.compile(r"(?:ск|цк|н|ов|ев|ист|альн|ичн)(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$", re.IGNORECASE)
IN_OVO = ("ово", "ево", "ёво", "ино", "ыно")
FIXED_PLACES = {"бангладеш"}  # so the academy's spelling dictionary; OpenCorpora declines it
NATIVE_NEUTER = (*IN_OVO, "ье", "ие", "ище", "тво", "море", "поле")
# «Ростова-на-Дону»: the word before one of these carries the case.
TURNS = {"на", "над", "в", "под", "де", "дель", "сюр", "ам"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the glossary knows of a term; None where it leaves it to us."""

    kind: str
    gender: Gender | None = None
    number: Number | None = None
    animate: bool | None = None

    @property
    def named(self) -> bool:
        """Tell whether it is a proper name, of which only one number is of use."""
        return self.kind in ("place", "organisation", "person")


@dataclass(frozen=True, slots=True)
class Declined:
    """A word or a phrase with its rows by number, and what was learnt of its head."""

    rows: dict[Number, FormsRow]
    gender: Gender | None
    number: Number
    animate: bool
    method: str

    def map(self, change: Callable[[str], str]) -> Declined:
        """Change every form alike."""
        rows = {n: tuple(tuple(map(change, cell)) for cell in made) for n, made in self.rows.items()}
        return replace(self, rows=rows)


def decline_phrase(lemma: str, known: Known) -> Declined:
    """Decline a phrase by its head; gender, number and animacy are worked out where they are not known."""
    if quoted := re.fullmatch(r"«([^«»]+)»", lemma):
        return decline_phrase(quoted[1], known).map(lambda form: f"«{form}»")
    words = lemma.split(" ")
    adjectives = _count_adjectives(words, known)
    at = adjectives
    while at < len(words) - 1 and _is_stiff_first_part(words, at, known):
        at += 1
    head = decline_word(words[at], _number_of_modifiers(words[:adjectives], known))
    numbers = (head.number,) if known.named or "plur" not in head.rows else dict.fromkeys((head.number, "plur"))
    rows: dict[Number, FormsRow] = {}
    for n in numbers:
        before = [_modifier(word, head, n) for word in words[:adjectives]]
        stiff = [endings.fixed_row(word) for word in words[adjectives:at]]
        rows[n] = join([*before, *stiff, head.rows[n], *_tail(words, at, known)])
    return replace(head, rows=rows)


def join(rows: Sequence[FormsRow]) -> FormsRow:
    """Put words side by side; variants of several words go by rank and never multiply."""
    if len(rows) == 1:
        return rows[0]
    cells = []
    for column in zip(*rows, strict=True):
        most = max(map(len, column))
        cells.append(tuple(" ".join(cell[min(k, len(cell) - 1)] for cell in column) for k in range(most)))
    return tuple(cells)


def _count_adjectives(words: list[str], known: Known) -> int:
    at = 0
    while at < len(words) - 1 and _is_modifier(words, at, known):
        at += 1
    return at


def _is_modifier(words: list[str], at: int, known: Known) -> bool:
    """Tell whether the word is an adjective of what follows: «Верховный» суд, «Берингов» пролив."""
    word, following = words[at], words[at + 1]
    if not endings.declinable_letter(following):
        return False
    if known.kind == "place" and following.lower() in POSSESSED and POSSESSIVE.search(word):
        return True
    if at + 2 < len(words) and dictionary.is_adverb(word) and _is_modifier(words, at + 1, known):
        return True  # «критически важные ископаемые»
    if not ADJECTIVE.search(word):
        return False
    number: Number = "plur" if word.lower().endswith(("ые", "ие")) else "sing"
    if not dictionary.is_adjective(word, number) and (dictionary.nouns(word) or not ADJECTIVE_SUFFIX.search(word)):
        return False
    if at + 2 < len(words) and _is_modifier(words, at + 1, known):
        return True
    nouns = dictionary.nouns(following)
    return not nouns or any(n.number == number or n.fixed for n in nouns)


def _number_of_modifiers(modifiers: list[str], known: Known) -> Known:
    """Take gender and number from the adjectives before the head: «Великие» Луки, «Новая» Казанка."""
    if not modifiers:
        return known
    end = modifiers[-1].lower()[-2:]
    if not ADJECTIVE.search(end):
        return replace(known, number="plur") if end[-1] == "ы" else known
    if end in ("ые", "ие"):
        return replace(known, number=known.number or "plur")
    gender: Gender = "femn" if end in ("ая", "яя") else "neut" if end in ("ое", "ее") else "masc"
    return replace(known, number=known.number or "sing", gender=known.gender or gender)


def _is_stiff_first_part(words: list[str], at: int, known: Known) -> bool:
    """Tell whether the word is the unchanging first part of a foreign name: «Жогорку» Кенеш, «айыл» окмоту."""
    word, following = words[at], words[at + 1]
    if not endings.declinable_letter(following):
        return False
    if ARTICLE.match(following):
        return True  # «Хизб ут-Тахрира»
    readings, next_readings = dictionary.nouns(word), dictionary.nouns(following)
    common = [n for n in readings if not n.name]
    if following[0].islower():
        unknown = not common and not next_readings and not dictionary.analyzer().is_known(following)
        return unknown and not (known.animate or word.lower() in ANIMACY)  # «Ак жол», «айыл окмоту»
    if not word[0].isupper() or not known.named:
        return False
    # «Совет Безопасности»: a common noun is the head; but «Милли Меджлис» is no plural of «милль».
    if any(n.number == "sing" for n in common) or (common and not any(n.number == "sing" for n in next_readings)):
        return False
    return not any(n.name == "Geo" and n.probability > 0.3 for n in readings) or len(words) == 2


def _modifier(text: str, head: Declined, number: Number) -> FormsRow:
    made = endings.adjective(text, head.gender, number, head.animate) or endings.possessive(text, head.gender, number)
    return made or endings.fixed_row(text)


def _tail(words: list[str], at: int, known: Known) -> list[FormsRow]:
    """Return the rows of the words after the head: unchanged, but for «город Бишкек» and «Босния и Герцеговина»."""
    rest = words[at + 1 :]
    if len(rest) == 1 and words[at].lower() in APPOSITIVE_HEADS and rest[0][0].isupper():
        name = decline_word(rest[0], Known("place"))
        return [endings.with_variants(name.rows.get("sing", endings.fixed_row(rest[0])), endings.fixed_row(rest[0]))]
    if len(rest) == 2 and rest[0] == "и" and known.kind == "place" and at == 0:
        name = decline_word(rest[1], Known("place"))
        return [endings.fixed_row("и"), name.rows[name.number]]
    return [endings.fixed_row(word) for word in rest]


def decline_word(text: str, known: Known) -> Declined:
    """Decline a single word: the dictionary first, then the ending."""
    if known.animate is None and text.lower() in ANIMACY and not known.named:
        known = replace(known, animate=ANIMACY[text.lower()])
    if text in BARE_GENITIVE and known.number != "sing":
        ending = "ы 0 ам ы ами ах" if text.endswith("ы") else "и 0 ам и ами ах"
        return Declined({"plur": endings.row(text[:-1], ending)}, known.gender, "plur", False, "rules")
    if numbered := re.fullmatch(r"(.*[а-яё])([-–]\d+)", text):  # «Камбар-Аты-1»
        return decline_word(numbered[1], known).map(lambda form: form + numbered[2])
    first, _, last = text.partition("-")
    if last and not known.named and (first.lower() in TWIN_FIRST or _is_people(first)):
        return _twins(first, last, known)
    if text in BY_ENDING:
        return _by_ending(text, known)
    if (ACRONYM.fullmatch(text) and text not in SPOKEN_ACRONYMS) or not endings.declinable_letter(text):
        number: Number = known.number or ("plur" if text in PLURAL_ACRONYMS else "sing")
        return Declined({number: endings.fixed_row(text)}, known.gender, number, bool(known.animate), "fixed")
    noun = _choose(text, known)
    if noun and (made := _from_dictionary(text, noun, known)):
        return made
    return _hyphenated(text, known) if "-" in text else _by_ending(text, known)


def _choose(text: str, known: Known) -> dictionary.Noun | None:
    """Pick the dictionary's reading that fits what is known, the likeliest of the likeliest sort."""
    capital = text[:1].isupper()
    sorts = {"place": ("Geo", "") if capital else ("", "Geo"), "organisation": ("", "Com", "Geo", "Oth", "Pro")}
    wanted = sorts.get(known.kind, ("", "Geo", "Com"))
    fitting = [
        n
        for n in dictionary.nouns(text)
        if n.name in wanted
        and (not known.gender or not n.gender or n.gender == known.gender)
        and (not known.number or n.number == known.number or n.fixed)
    ]
    if not fitting:
        return None
    alive = known.animate if known.animate is not None else (True if known.kind == "demonym" else None)
    return min(
        fitting,
        key=lambda n: (
            alive is not None and n.animate != alive,
            wanted.index(n.name),
            n.number == "plur",
            -n.probability,
        ),
    )


def _from_dictionary(text: str, noun: dictionary.Noun, known: Known) -> Declined | None:
    alive = known.animate if known.animate is not None else noun.animate and not known.named
    gender = known.gender or noun.gender
    if noun.fixed:
        number = known.number or noun.number
        return Declined({number: endings.fixed_row(text)}, gender, number, alive, "fixed")
    if known.kind == "place" and text.lower() in FIXED_PLACES:
        return Declined({"sing": endings.fixed_row(text)}, gender, "sing", alive, "fixed")
    rows: dict[Number, FormsRow] = {}
    for number in (noun.number,) if known.named else dict.fromkeys((noun.number, "plur")):
        if made := noun.row(text, number, alive):
            if known.kind == "place" and text.lower().endswith(IN_OVO):
                made = endings.with_variants(made, endings.fixed_row(text))  # «в Пулкове», «в Пулково»
            rows[number] = _second_locative_first(made) if noun.name == "Geo" and number == "sing" else made
    return Declined(rows, gender, noun.number, alive, "dictionary") if noun.number in rows else None


def _second_locative_first(forms: FormsRow) -> FormsRow:
    """Prefer «в Крыму», «на Дону»: a place stands in the locative after в and на, hardly ever after о."""
    return (
        (*forms[:5], tuple(sorted(forms[5], key=lambda f: not f.endswith(("у", "ю"))))) if len(forms[5]) > 1 else forms
    )


def _is_people(word: str) -> bool:
    """Tell whether a word is a plural of people: «турки»-месхетинцы."""
    return any(n.number == "plur" and n.animate and not n.name for n in dictionary.nouns(word))


def _twins(first: str, last: str, known: Known) -> Declined:
    """Decline both halves: «странам-участницам»; the first is the head."""
    head = decline_word(first, known)
    tail = decline_word(last, replace(known, gender=None, animate=None))
    rows: dict[Number, FormsRow] = {
        n: tuple((f"{a[0]}-{b[0]}",) for a, b in zip(row, tail.rows[n], strict=True))
        for n, row in head.rows.items()
        if n in tail.rows
    }
    return replace(head, rows=rows)


def _by_ending(text: str, known: Known) -> Declined:
    alive = known.animate if known.animate is not None else known.kind == "demonym"
    low = text.lower()
    substantive = dictionary.is_adjective(text, known.number or "sing") or (
        bool(ADJECTIVE_SUFFIX.search(text)) and not low.endswith("ие")
    )
    peoples = known.kind == "demonym" and known.number is None and low.endswith(("цы", "ане", "яне"))
    if known.number == "plur" or peoples:
        made = endings.adjective(text, None, "plur", alive) if substantive or ADJECTIVE.search(low) else None
        return Declined({"plur": made or endings.plural_only(text, alive)}, known.gender, "plur", alive, "rules")
    gender = known.gender or _gender_by_ending(low)
    if substantive and (made := endings.adjective(text, gender, "sing", alive)):
        plural = endings.adjective(text, None, "plur", alive)
    else:
        made = _noun_by_ending(text, gender, alive)
        plural = endings.plural_of(text, gender, alive) if made[4] != (text,) and low[-1] not in "ео" else None
    rows: dict[Number, FormsRow] = {"sing": made}
    if plural:
        rows["plur"] = plural
    return Declined(rows, gender, "sing", alive, "rules")


def _noun_by_ending(text: str, gender: Gender, alive: bool) -> FormsRow:
    low = text.lower()
    if low.endswith(tuple(v + "а" for v in endings.VOWELS)):
        return endings.fixed_row(text)  # Никарагуа, Ак-Талаа
    if low[-1] in "ая":
        return endings.in_a(text)
    if gender == "femn":
        return endings.feminine(text)
    if gender == "neut" and low.endswith(IN_OVO):
        return endings.with_variants(endings.neuter(text), endings.fixed_row(text))  # «в Киясове», «в Киясово»
    if gender == "neut" and low.endswith(NATIVE_NEUTER):
        return endings.neuter(text)
    return endings.fixed_row(text) if low[-1] in endings.FIXED_ENDINGS else endings.masculine(text, alive)


def _gender_by_ending(low: str) -> Gender:
    if low.endswith(NATIVE_NEUTER) or low.endswith(("ое", "ее")):
        return "neut"
    return "femn" if low[-1] in "ая" or low.endswith("сть") else "masc"


def _hyphenated(text: str, known: Known) -> Declined:
    """Decline a hyphenated word by its last part, or by the one before a preposition: Франкфурта-на-Майне."""
    parts = text.split("-")
    turn = next((i for i, part in enumerate(parts[1:-1], 1) if part in TURNS), None)
    at = turn - 1 if turn else len(parts) - 1
    # «Ала-Кулем», «Кызыл-Кие»: the last part of a name is no word of the dictionary, whatever it looks like
    foreign = known.kind == "place" and not turn and parts[at][:1].isupper()
    inner = _by_ending(parts[at], known) if foreign else decline_word(parts[at], known)
    before, after = "".join(p + "-" for p in parts[:at]), "".join("-" + p for p in parts[at + 1 :])
    return inner.map(lambda form: before + form + after)


def is_form_of(word: str, lemma: str) -> bool:
    """Tell whether the dictionary derives both words from one; of what it does not know, whether they are equal."""
    one, other = word.casefold().replace("ё", "е"), lemma.casefold().replace("ё", "е")
    return one == other or not _lemmas(one).isdisjoint(_lemmas(other))


def _lemmas(word: str) -> set[str]:
    return {a.lemma.replace("ё", "е") for a in dictionary.analyzer().analyze(word) if a.source == "dictionary"}
