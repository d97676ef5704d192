"""Names of China, Korea and Vietnam, whose family name comes first and of which only the last word declines.

A family name alone tells little: Хуан Перон is a Spaniard, Ким Филби an Englishman, Ян Гус a Czech. So the words after
it must be syllables of the same tradition: Chinese in Palladius' spelling, Korean in Kontsevich's and the press's,
Vietnamese in the press's. «Хуана Перона», but «Хуан Цзюня»; «Яна Гуса», but «Ян Цземиня».

Source: Палладий — Попов, «Китайско-русский словарь» (1888); Концевич, «Корейский язык» (2001).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.inflection import dictionary

CHINESE = frozenset(
    """
    Бай Бао Ван Вэй Вэнь Гао Го Гу Гуань Гуо Дай Дин Ду Дуань Дун Дэн Е И Инь Кан Кун Лай Лань Ли Линь Ло Лу Лэй Лю Люй
    Лян Ляо Ма Мао Мин Мэн Мэй Ни Оу Оуян Пан Пань Пэн Су Сун Сунь Сы Сыма Сыту Сюй Сюн Сюэ Ся Сян Сяо Тан Тань Тао Тун
    Тянь У Уэй Фан Фань Фу Фэн Хан Хань Хо Хоу Ху Хуа Хуан Хун Хэ Цай Цао Цзи Цзин Цзинь Цзоу Цзэн Цзя Цзян Цзянь Цинь
    Цуй Цэнь Цю Цюй Цюань Цянь Цяо Чай Чан Чжан Чжао Чжоу Чжу Чжугэ Чжун Чжэн Чу Чэн Чэнь Шао Ши Шэнь Шэн Шу Шан Шань
    Юань Юй Юн Юэ Ян Янь Яо Жэнь Жун Си Сянь Нин Ню Не Цзе Цзян Цзюй Ши Чунь
    """.split()  # noqa: SIM905
)
KOREAN = frozenset(
    """
    Ан Бан Бён Ван Га Гу И Им Кан Ким Ко Ку Кук Квак Квон Ли Лим Лю Ма Мин Мун Мён На Нам Но О Пак Пан Пён Пэ Рим Ри Ро
    Рю Сим Син Со Сок Сом Сон Су Тхэ Тхак У Хам Хан Хва Хван Хо Хон Хён Ха Ча Чан Чин Чо Чон Чу Чха Чхве Чэ Чхэ Ю Юк Юн
    Ян Джон Чжи Чжу Чжон Чжин
    """.split()  # noqa: SIM905
)
VIETNAMESE = frozenset(
    """
    Буй Во Ву Вьонг Выонг Данг Дам Дао Динь До Доан Зыонг Ко Ла Ле Ли Лыонг Май Нго Нгуен Нгуйен Нонг Та То Тон Тхай Тю
    Фам Фан Фунг Хо Хоанг Хюинь Чан Чинь Чыонг Тьеу Као Ким Мак Дуонг Дыонг
    """.split()  # noqa: SIM905
)
_CHINESE = (
    r"(?:цз|чж|[бпмфдтнлгкхцсчшжв])?(?:уань|уай|уэй|юань|юнь|юн|янь|ян|яо|юэ|уан|уа|уо|уэ|унь|ун|уй|уо|ань|анъ|ан|ай|ао"
    r"|энь|эн|эй|инь|ин|иу|он|оу|эр|ей|а|о|э|е|и|у|ы|ю|я|й)"
)
_KOREAN = r"(?:кк|тт|пп|чч|чх|кх|тх|пх|чж|дж|[кгнтдрлмпбсчх])?(?:[вй]?[аеёиоуыэюя]|ый)(?:нъ|ль|[кгнтдлмпбр])?"
_VIETNAMESE = r"(?:нг|тх|кх|тр|чь|ть|фы|[бвгдзклмнпрстфхчш])?(?:ь?[аеиоуыэюя]{1,3})(?:нг|нь|ть|[мнктпйуо])?"
_CANTONESE = "ятсен"  # Сунь Ятсен: in the spelling of the south, as the press has it
_SPEECH = (
    (CHINESE, re.compile(rf"{_CANTONESE}|(?:{_CHINESE})-?(?:{_CHINESE})?$"), 3),
    (KOREAN, re.compile(rf"{_KOREAN}-?(?:{_KOREAN})?$"), 3),
    (VIETNAMESE, re.compile(rf"{_VIETNAMESE}$"), 4),
)
# Also names of Europe and America: a family of China or Korea only with what no European name sounds like.
_ELSEWHERE = {"Хуан", "Ян", "Дин", "Ким", "Ли", "Дэн", "Рэй", "Рон", "Сун", "Май", "Ван", "До", "Тан", "Мак"}
_UNMISTAKABLE = re.compile(
    r"чж|цз|[бпмфдтнлгкхцсчшж]ю|[нлмд]ян|ся|янь|юн|юань|эй|энь|[аоеиуэяю]нь|уан|ао|цю|ын|ё|чэ|[сшчх]у[йн]?$|жэ|хо[ун]"
    r"|[чш]и$"
)


def is_name(words: Sequence[str]) -> bool:
    """Tell whether words are a name of the Far East, family first.

    Args:
        words: of one name without patronymic, in Cyrillic; «Си Цзиньпин», «Ким Чен Ын», «Нгуен Фу Чонг».
    """
    if not 2 <= len(words) <= 4:
        return False
    family, *rest = words
    for families, syllables, most in _SPEECH:
        if family in families and len(rest) < most and all(syllables.fullmatch(word.lower()) for word in rest):
            if len(rest) > 1 or family not in _ELSEWHERE:
                return len(rest) > 1 or not _is_known_elsewhere(rest[0])
            if _UNMISTAKABLE.search(rest[0].lower()) or len(rest[0]) < 4 or rest[0].lower() == _CANTONESE:
                return not _is_known_elsewhere(rest[0])
    return False


def _is_known_elsewhere(word: str) -> bool:
    """Tell whether the dictionary has a word as a given name or surname: «Ким Юрий», «Дэна Брауна»."""
    return len(word) > 1 and any(
        noun.name in ("Giv", "Sur") and noun.number == "sing" for noun in dictionary.nouns(word)
    )
