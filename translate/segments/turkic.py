"""Kazakh and Kyrgyz: their abbreviations, the Russian ones that their news also uses, and the Russian rules."""

from __future__ import annotations

from functools import cache

from translate.segments.lexicon import Lexicon, spellings, words
from translate.segments.russian import VERBS

# the Russian ones their news uses; the others are words there: бар, сот, кол
RUSSIAN = {
    "title": "ген акад проф доц канд им ул г-н г-жа св пр арх архит инж экон зам",
    "unit": "руб долл тыс кв куб",
    "place": "обл",
    "end": "др",
}
OWN = {
    "title": """ж жж б м к көш даң ауд обл қ ауд а акад проф доц ген инж қар м-н мыс мәс ағыл лат орыс қаз араб парсы
        мис айт мас котормо""",
    "link": "яғни б.а б.э.д б.з.б б.з б.э",
    "end": "т.б т.с.с ж.б ж.у.с т.с.т.б др",
    "unit": "млн млрд трлн мың сағ мин сек км м см мм кг г т ц га л тг чел кВт тыс",
    "year": "ж жж ғ ғғ г гг к кк",
    "number": "№ бет с сур бап т 1-т қос",
}

SURE_KK = words(
    """
    бұл ол олар біз мен сіз сен осы сол енді бірақ ал және сондықтан сонымен сондай бүгін кеше ертең қазір содан
    кейін осылай өйткені егер алайда дегенмен мысалы мұнда онда барлық әр бір екі үш жаңа сонда оның оны оған мұны
    бізде бізді біздің
    """
)
SURE_KY = words(
    """
    бул ал алар биз мен сиз сен ушул ошол эми бирок анан жана ошондуктан ошентип бүгүн кече эртең азыр андан кийин
    себеби эгер мисалы мында анда бардык ар бир эки үч жаңы анын аны ага муну бизде биздин
    """
)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of "kk" or "ky"."""
    kinds = spellings(RUSSIAN) | spellings(OWN)
    sure = SURE_KK if language == "kk" else SURE_KY
    return Lexicon(kinds, sure, sure, VERBS, frozenset(), frozenset({"yahoo"}))
