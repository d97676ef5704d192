"""Arabic, Turkish and Vietnamese names as the Russian press writes them, each with the tradition it follows.

What a letter model cannot learn from single words: the Arabic article takes on the sound after it (ас-Сиси) and “bin”
is «бен»; the commonest given names have one settled spelling. Vietnamese reaches English without its marks, so a
syllable is read as it is most often meant («Чонг», not «Тронг»). Turkish letters are read well enough by the model;
here they only tell that the name is Turkish.
Where it stops: Vietnamese d, which is д or з by a mark that English drops; persons with a spelling of their own in the
press (Башар Асад, Усама бен Ладен, Хо Ши Мин), which are a glossary's to keep.

Source: Гиляревский, Старостин, «Иностранные имена и названия в русском тексте» (1985).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

_WORD = regex.compile(r"[\s‐–]+")

# Arabic ----------------------------------------------------------------------------------------------------------

_ARTICLE = regex.compile(r"(?:al|el|as|ash|an|ar|at|ad|az)-(\p{L}+)", regex.IGNORECASE)
_LINEAGE = {"bin": "бен", "ibn": "ибн", "bint": "бинт", "abu": "Абу", "umm": "Умм"}
_HOUSE = ("al", "el", "aal")  # “Al Thani”, the house of Thani: no article, and so no hyphen
# Letters that the article takes on, the longest first.
_SUN = {"sh": "аш", "th": "ас", "dh": "аз", "s": "ас", "z": "аз", "r": "ар", "n": "ан", "t": "ат", "d": "ад"}
_GIVEN = {
    "mohammed": "Мухаммед", "mohammad": "Мухаммед", "muhammad": "Мухаммед", "mohamed": "Мухаммед",
    "mohamad": "Мухаммед", "ahmed": "Ахмед", "ahmad": "Ахмед", "mahmoud": "Махмуд", "hamad": "Хамад", "hamed": "Хамед",
    "abdullah": "Абдалла", "abdallah": "Абдалла", "abdul": "Абдул", "abdel": "Абдель", "fattah": "Фаттах",
    "abdulaziz": "Абдель Азиз", "abdulrahman": "Абдуррахман", "rahman": "Рахман", "aziz": "Азиз", "ali": "Али",
    "hassan": "Хасан", "hasan": "Хасан", "hussein": "Хусейн", "husayn": "Хусейн", "hussain": "Хусейн", "omar": "Омар",
    "osama": "Усама", "usama": "Усама", "othman": "Осман", "khalid": "Халид", "khaled": "Халед", "yousef": "Юсеф",
    "youssef": "Юсеф", "yusuf": "Юсуф", "ibrahim": "Ибрагим", "ismail": "Исмаил", "mustafa": "Мустафа",
    "moustafa": "Мустафа", "salman": "Сальман", "sultan": "Султан", "saud": "Сауд", "faisal": "Фейсал",
    "saleh": "Салех", "salih": "Салих", "nasser": "Насер", "tamim": "Тамим", "zayed": "Заид", "zayid": "Заид",
    "khalifa": "Халифа", "sharaa": "Шараа", "sadr": "Садр",
    "rashid": "Рашид", "said": "Саид", "saeed": "Саид", "bashar": "Башар", "hafez": "Хафез", "assad": "Асад",
    "asad": "Асад", "sisi": "Сиси", "thani": "Тани", "nahyan": "Нахайян", "maktoum": "Мактум", "sabah": "Сабах",
    "laden": "Ладен", "haitham": "Хайсам", "haytham": "Хайсам", "muqtada": "Муктада", "moqtada": "Муктада",
    "kadhimi": "Казыми", "nasrallah": "Насралла", "shia": "Шиа", "mansour": "Мансур", "jaber": "Джабер",
    "fatima": "Фатима", "aisha": "Аиша", "leila": "Лейла", "layla": "Лейла", "mariam": "Марьям", "tariq": "Тарик",
    "anwar": "Анвар", "walid": "Валид", "waleed": "Валид", "karim": "Карим", "jamal": "Джамаль", "gamal": "Гамаль",
    "kamal": "Камаль", "jalal": "Джаляль", "amal": "Амаль", "bilal": "Биляль", "khalil": "Халиль", "ismael": "Исмаил",
}  # fmt: skip


def _arabic(words: list[str], spell: Callable[[str], str]) -> str:
    """Return an Arabic name in Russian, "" for one that nothing tells to be Arabic."""
    low = [word.lower() for word in words]
    told = any(_ARTICLE.fullmatch(word) for word in low) or any(word in ("bin", "ibn", "bint", "abdel") for word in low)
    if not told or len(words) < 2:
        return ""
    made = []
    for n, (word, small) in enumerate(zip(words, low, strict=True)):
        if (article := _ARTICLE.fullmatch(small)) is not None:
            stem = word[word.index("-") + 1 :]
            sound = next((sun for letters, sun in _SUN.items() if article[1].startswith(letters)), "аль")
            made.append(f"{sound}-{_settled(stem, spell)}")
        elif n and small in _LINEAGE:
            made.append(_LINEAGE[small])
        elif n and small in _HOUSE:
            made.append("Аль")
        else:
            made.append(_settled(word, spell))
    return " ".join(made) if all(made) else ""


def _settled(word: str, spell: Callable[[str], str]) -> str:
    return _GIVEN.get(word.lower()) or spell(word)


# Turkish ---------------------------------------------------------------------------------------------------------

_TURKISH = regex.compile(r"[ğĞıİ]|\p{Ll}o[ğg]lu\b|\p{Ll}türk\b")


def _turkish(words: list[str], spell: Callable[[str], str]) -> str:
    if not any(_TURKISH.search(word) for word in words) or any(regex.search("[əñŋý]", word) for word in words):
        return ""
    made = [spell(word) for word in words]
    return " ".join(made) if all(made) else ""


# Vietnamese ------------------------------------------------------------------------------------------------------

_FAMILIES = {
    "nguyen": "Нгуен", "tran": "Чан", "le": "Ле", "pham": "Фам", "huynh": "Хюинь", "hoang": "Хоанг", "phan": "Фан",
    "vu": "Ву", "vo": "Во", "dang": "Данг", "bui": "Буй", "do": "До", "ho": "Хо", "ngo": "Нго", "duong": "Зыонг",
    "ly": "Ли", "to": "То", "truong": "Чыонг", "dinh": "Динь", "luong": "Лыонг", "vuong": "Выонг", "mai": "Май",
    "trinh": "Чинь", "dao": "Дао", "dam": "Дам", "doan": "Доан", "lam": "Лам", "phung": "Фунг", "cao": "Као",
    "ta": "Та", "thai": "Тхай", "nong": "Нонг", "la": "Ла", "ton": "Тон", "tong": "Тонг",
}  # fmt: skip
_SURE = frozenset("nguyen tran pham huynh phan vuong truong trinh luong phung dinh".split())  # noqa: SIM905
_ONSETS = {
    "ngh": "нг", "ng": "нг", "nh": "нь", "ch": "т", "gh": "г", "gi": "з", "kh": "кх", "ph": "ф", "qu": "к", "th": "тх",
    "tr": "ч", "b": "б", "c": "к", "d": "д", "g": "г", "h": "х", "k": "к", "l": "л", "m": "м", "n": "н", "p": "п",
    "r": "р", "s": "ш", "t": "т", "v": "в", "x": "с", "": "",
}  # fmt: skip
_NUCLEI = {
    "uye": "уе", "uyen": "уен", "ieu": "ьеу", "yeu": "иеу", "uoi": "уой", "uo": "ыо", "ie": "ье", "ye": "ие",
    "oai": "оай", "oa": "оа", "oe": "оэ", "ua": "уа", "ue": "уэ", "uy": "уи", "ai": "ай", "ao": "ао", "au": "ау",
    "ay": "ай", "eo": "ео", "eu": "еу", "ia": "иа", "iu": "иу", "oi": "ой", "oo": "о", "ui": "уй", "uu": "ыу",
    "a": "а", "e": "е", "i": "и", "o": "о", "u": "у", "y": "и",
}  # fmt: skip
_FINALS = {"ng": "нг", "nh": "нь", "ch": "ть", "c": "к", "m": "м", "n": "н", "p": "п", "t": "т", "": ""}
_SYLLABLE = regex.compile(
    rf"(?P<onset>{'|'.join(one for one in _ONSETS if one)})?"
    rf"(?P<nucleus>{'|'.join(sorted(_NUCLEI, key=len, reverse=True))})"
    r"(?P<final>ng|nh|ch|[cmnpt])?"
)
# Most often meant by a syllable whose marks are lost.
_MEANT = {
    "dung": "Зунг", "duc": "Дык", "duong": "Зыонг", "quang": "Куанг", "xuan": "Суан", "thi": "Тхи", "hue": "Хюэ",
    "hung": "Хунг", "trung": "Чунг", "tuan": "Туан", "dai": "Дай", "an": "Ан", "anh": "Ань", "hai": "Хай",
    "nguyen": "Нгуен", "quoc": "Куок", "quyen": "Куен", "quy": "Куи", "khanh": "Кхань", "giap": "Зап",
}  # fmt: skip


def _vietnamese(words: list[str], _spell: Callable[[str], str]) -> str:
    low = [word.lower() for word in words]
    if low[0] not in _FAMILIES or not 2 <= len(words) <= 5 or (len(words) == 2 and low[0] not in _SURE):
        return ""
    made = [_FAMILIES[low[0]], *(_syllable(word) for word in low[1:])]
    return " ".join(made) if all(made) else ""


def _syllable(word: str) -> str:
    """Return a Vietnamese syllable in Russian, "" for what is none."""
    if word in _MEANT:
        return _MEANT[word]
    parts = _SYLLABLE.fullmatch(word)
    if parts is None:
        return ""
    made = _ONSETS[parts["onset"] or ""] + _NUCLEI[parts["nucleus"]] + _FINALS[parts["final"] or ""]
    return made.capitalize()


TRADITIONS: tuple[tuple[str, Callable[[list[str], Callable[[str], str]], str]], ...] = (
    ("Arabic, article by its sound", _arabic),
    ("Turkish", _turkish),
    ("Vietnamese, as the press reads it", _vietnamese),
)


def suggestions(name: str, spell: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield Russian spellings of a name, each with the tradition that it follows; nothing for any other name.

    Args:
        name: as English prints it: "Mohammed bin Salman", "Ahmet Davutoğlu", "Nguyen Phu Trong".
        spell: returns the likeliest Russian of a single word, "" for none.
    """
    words = _WORD.split(name.strip())
    for tradition, read in TRADITIONS:
        if made := read(words, spell):
            yield made, tradition
            return
