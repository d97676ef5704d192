"""Chinese and Korean names by the tables that the Russian press follows: Palladius for pinyin, Kontsevich for Korean.

No letter model finds Чжан Вэй for Zhang Wei: «чж» stands for zh there and nowhere else. A name is taken for Chinese or
Korean if its family name is one and all the rest are syllables of that language. Korean has no one romanisation, so
Kontsevich's table is read through the spellings that passports have (Park, Lee, Yoon, Geun-hye).
Where it stops: names that the press writes by custom (Сунь Ятсен, Сингапур's Ли Куан Ю).

Source: Палладий — Попов (1888), as in Иванов, «Китайская транскрипция»; Л. Концевич (1966).
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

# Pinyin initials and finals; a final after nothing is spelt as its own syllable.
_INITIALS = {
    "zh": "чж", "ch": "ч", "sh": "ш", "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л",
    "g": "г", "k": "к", "h": "х", "j": "цз", "q": "ц", "x": "с", "r": "ж", "z": "цз", "c": "ц", "s": "с",
}  # fmt: skip
_FINALS = {
    "a": "а", "o": "о", "e": "э", "i": "и", "u": "у", "ü": "юй", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу",
    "an": "ань", "en": "энь", "ang": "ан", "eng": "эн", "ong": "ун", "er": "эр", "ia": "я", "ie": "е", "iao": "яо",
    "iu": "ю", "ian": "янь", "in": "инь", "iang": "ян", "ing": "ин", "iong": "юн", "ua": "уа", "uo": "о",
    "uai": "уай", "ui": "уй", "uan": "уань", "un": "унь", "uang": "уан", "üe": "юэ", "üan": "юань", "ün": "юнь",
}  # fmt: skip
_ALONE = {
    "a": "а", "o": "о", "e": "э", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу", "an": "ань", "en": "энь", "ang": "ан",
    "eng": "эн", "er": "эр", "yi": "и", "ya": "я", "ye": "е", "yao": "яо", "you": "ю", "yan": "янь", "yin": "инь",
    "yang": "ян", "ying": "ин", "yong": "юн", "wu": "у", "wa": "ва", "wo": "во", "wai": "вай", "wei": "вэй",
    "wan": "вань", "wen": "вэнь", "wang": "ван", "weng": "вэн", "yu": "юй", "yue": "юэ", "yuan": "юань", "yun": "юнь",
}  # fmt: skip


def _syllables() -> dict[str, str]:
    table = dict(_ALONE)
    for initial, first in _INITIALS.items():
        for final, last in _FINALS.items():
            latin = initial + final
            if initial in "jqx":  # ju is jü
                if final[0] not in "iü":
                    continue
                latin, hard = initial + final.replace("ü", "u"), False
            else:
                hard = initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i"
                if final[0] == "ü" and initial not in "nl":
                    continue
            table[latin] = first + ("ы" if hard and initial in ("z", "c", "s") else last)
            if final[0] == "ü":
                table[initial + final.replace("ü", "v")] = first + last
    table |= {"bo": "бо", "duo": "до", "guo": "го", "kuo": "ко", "huo": "хо", "shuo": "шо", "zhuo": "чжо", "ri": "жи"}
    return table | {"hui": "хуэй", "gui": "гуй", "kui": "куй", "zhi": "чжи", "chi": "чи", "shi": "ши"}


PINYIN = _syllables()
CHINESE_FAMILIES = frozenset(
    """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin luo gao zheng liang xie song tang deng
    han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao jiang cui zhong
    tan fan wang shi jin xia fu bai zou meng xiong qin qiu hou bo lei qian tao xi mao dai hao long kong qi xing gu chang
    wan duan qu wen jia ouyang sima zhuge shang hong lai gong shao mei lan
    """.split()  # noqa: SIM905
)
KOREAN_FAMILIES = {
    "kim": "Ким", "gim": "Ким", "lee": "Ли", "yi": "Ли", "rhee": "Ли", "ri": "Ли", "park": "Пак", "pak": "Пак",
    "bak": "Пак", "choi": "Чхве", "choe": "Чхве", "jung": "Чон", "jeong": "Чон", "chung": "Чон", "kang": "Кан",
    "gang": "Кан", "cho": "Чо", "jo": "Чо", "yoon": "Юн", "yun": "Юн", "jang": "Чан", "chang": "Чан", "lim": "Лим",
    "im": "Им", "rim": "Рим", "han": "Хан", "oh": "О", "seo": "Со", "suh": "Со", "shin": "Син", "sin": "Син",
    "kwon": "Квон", "gwon": "Квон", "hwang": "Хван", "ahn": "Ан", "an": "Ан", "song": "Сон", "yoo": "Ю", "yu": "Ю",
    "ryu": "Рю", "hong": "Хон", "moon": "Мун", "mun": "Мун", "ko": "Ко", "koh": "Ко", "go": "Ко", "bae": "Пэ",
    "pae": "Пэ", "baek": "Пэк", "paik": "Пэк", "nam": "Нам", "sim": "Сим", "shim": "Сим", "noh": "Но", "roh": "Но",
    "ha": "Ха", "joo": "Чу", "ju": "Чу", "koo": "Ку", "ku": "Ку", "min": "Мин", "ban": "Пан", "na": "На", "jin": "Чин",
    "chun": "Чон", "jeon": "Чон", "thae": "Тхэ", "tae": "Тхэ", "hyun": "Хён", "son": "Сон", "sohn": "Сон", "wee": "Ви",
}  # fmt: skip
_KOREAN_INITIALS = {
    "kk": "кк", "gg": "кк", "tt": "тт", "ss": "сс", "jj": "чч", "ch": "чх", "sh": "с", "k": "кх", "g": "к", "n": "н",
    "t": "тх", "d": "т", "r": "р", "l": "р", "m": "м", "p": "пх", "b": "п", "s": "с", "j": "ч", "h": "х",
}  # fmt: skip
_KOREAN_VOWELS = {
    "yeo": "ё", "yae": "йя", "yoo": "ю", "woo": "у", "wae": "вэ", "eui": "ый", "eo": "о", "ae": "э", "ya": "я",
    "ye": "е", "yo": "ё", "yu": "ю", "wa": "ва", "wo": "во", "we": "ве", "wi": "ви", "oe": "ве", "eu": "ы", "ui": "ый",
    "oo": "у", "ee": "и", "ou": "у", "a": "а", "e": "е", "o": "о", "u": "у", "i": "и",
}  # fmt: skip
_KOREAN_FINALS = {
    "ng": "н",
    "k": "к",
    "g": "к",
    "n": "н",
    "l": "ль",
    "m": "м",
    "p": "п",
    "b": "п",
    "t": "т",
    "s": "т",
    "": "",
}
# As passports have them, against the table: u for ŏ in Jung, Sung, Hyun, Young.
_KOREAN_CUSTOM = {
    "jung": "чон", "jun": "чун", "joon": "чун", "sung": "сон", "hyun": "хён", "hyung": "хён", "young": "ён",
    "yong": "ён",
    "kyung": "кён", "kyong": "кён", "myung": "мён", "suk": "сок", "seok": "сок", "yeol": "ёль", "yul": "юль",
    "sun": "сон", "chul": "чхоль", "hun": "хун", "hoon": "хун", "un": "ын", "eun": "ын", "hye": "хе", "hee": "хи",
    "ki": "ги", "jae": "джэ", "in": "ин", "il": "ир", "bak": "бак", "geun": "кын", "won": "вон", "wook": "ук",
    "kyu": "гю", "kyum": "гём", "wha": "хва", "hwa": "хва", "dae": "тэ", "kyun": "гюн", "jong": "чен", "boo": "бу",
}  # fmt: skip
_KOREAN = regex.compile(
    rf"(?P<first>{'|'.join(_KOREAN_INITIALS)})?(?P<vowel>{'|'.join(_KOREAN_VOWELS)})(?P<last>ng|[kgnlmpbts])?"
)


def suggestions(name: str) -> Iterator[tuple[str, str]]:
    """Yield Russian spellings of a name of the Far East, family first, each with the tradition that it follows.

    Args:
        name: as English prints it: "Zhang Wei", "Xi Jinping", "Park Geun-hye"; nothing for any other name.
    """
    words = name.lower().replace("’", "'").split()
    if not 2 <= len(words) <= 3:
        return
    family, *given = words
    pieces = [piece for word in given for piece in word.split("-")]
    hyphened = any("-" in word for word in given)
    if family in KOREAN_FAMILIES and (hyphened or len(given) == 2) and len(pieces) == 2:
        made = [_korean(piece) for piece in pieces]
        if all(made):
            yield " ".join([KOREAN_FAMILIES[family], *(one.capitalize() for one in made)]), "Kontsevich"
    chinese = [_chinese(piece) for piece in ("".join(pieces), family)]
    if family in CHINESE_FAMILIES and all(chinese):
        yield f"{chinese[1].capitalize()} {chinese[0].capitalize()}", "Palladius"


def _chinese(word: str) -> str:
    """Return a word of pinyin in Palladius' spelling, "" if it is no pinyin; an apostrophe parts syllables."""
    if "'" in word:
        parts = [_chinese(part) for part in word.split("'")]
        return "".join(parts) if all(parts) else ""
    best: dict[int, list[str]] = {0: []}  # the fewest syllables up to a place: qiang, not qi ang
    for at in range(len(word)):
        for size in range(1, 7) if at in best else ():
            syllable = PINYIN.get(word[at : at + size])
            if syllable and len(best[at]) + 1 < len(best.get(at + size, "......")):
                best[at + size] = [*best[at], syllable]
    made = ""
    for syllable in best.get(len(word), []):
        made += ("ъ" if made.endswith("н") and syllable[0] in "аеиоуэюя" else "") + syllable
    return made


def _korean(word: str) -> str:
    """Return one syllable in Kontsevich's spelling, "" if it is none."""
    if word in _KOREAN_CUSTOM:
        return _KOREAN_CUSTOM[word]
    match = _KOREAN.fullmatch(word)
    if match is None:
        return ""
    return (
        _KOREAN_INITIALS.get(match["first"] or "", "")
        + _KOREAN_VOWELS[match["vowel"]]
        + _KOREAN_FINALS.get(match["last"] or "", "")
    )
