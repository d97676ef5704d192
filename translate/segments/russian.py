"""Russian, and the Kazakh and Kyrgyz that share its alphabet and its habits: abbreviations and rules in order."""

from __future__ import annotations

import re
from functools import cache

from translate.segments import rules
from translate.segments.lexicon import Lexicon, learned, spellings, words
from translate.segments.window import Window

KINDS = {
    # before a name or a word, never at the end: ген. Дыйканова, им. Т. Сатылганова
    "title": """
        ген ген-м ген-л полк подполк майор-г кап лейт серж адм маршал-г проф доц акад чл чл-кор чл-корр д-р докт
        канд г-н г-жа г-на г-ну г-ном г-же г-жи г-жу гр гр-н гр-ка тов т-щ св свв преп архиеп еп митр прот свящ
        иером о-в им ул пер просп бул бульв наб пл ш мкр мкрн микр пгт пос дер д хут ст-ца зам зав нач пом дир ред
        отв сост рук худ муз реж опер сцен авт см ср напр прим букв совр сокр урожд наст псевд т.н т.наз так.наз
        прибл св ориг пер устар назв мл-серж ст-лейт сен деп губ през мин-р премьер-мин кн гр ин-т ун-т
        арх архит инж экон техн агр геол биол филол филос скульп худож корр спецкорр соб.корр обозр науч преподав учит
        нач-к завед подп-к полк-к ефр бригад ген.-м ген.-л ген-майор ген-лейт секр уполн юрисконс нотар режис дириж
        фельдш хирург-орд зоотехн секр-рь пресс-секр дипл учён
        """,
    # a language, before a foreign word: лат. Rosa
    "tongue": """
        англ лат нем фр франц исп итал ит греч др-греч араб тур кирг кырг каз узб тадж туркм кит яп кор польск пол
        укр белор рус перс ивр арм груз азерб болг сербск чеш венг румын фин эст латыш лит швед норв дат гол нидерл
        порт санскр монг тат башк
        """,
    # before a date: род. 20 января 1934
    "dated": "род ум ок",
    # before a number: рис. 5, ст. 105
    "number": """
        рис табл илл гл разд п пп подп ст стст ч чч т тт кн вып сб № N No кв корп стр с сс лист л л.д арт тел факс
        оф комн эт пар параграф ред вв.ст сер оп соч изд
        """,
    # between two words: т. е.
    "link": "т.е т.к т.о т.ч напр и.о врио в.о",
    # after a number or a name, mostly before a small letter, and may end the sentence
    "unit": """
        тыс млн млрд трлн руб р коп долл дол евр сом тг тенге сум у.е чел экз шт ед кг гр мг т ц км м см мм кв.м
        куб.м кв.км км.кв м.кв га л мл ч час мин сек с сут мес нед кв куб кВт МВт ГВт квт атм об сот д.в н.э до.н.э
        н.э. л.с проц
        """,
    "year": "г гг вв в р.х",
    # may end the sentence, and does before a capital: и т. д.
    "end": "т.д т.п др пр проч т.д. и.т.д и.т.п т.б дрг под",
    "place": "обл р-н респ окр авт.окр кр губ у вол руб.обл",
    "month": "янв фев февр мар апр авг сент сен окт нояб ноя дек пн вт ср чт пт сб вс",
}

SURE = words(
    """
    в во на но и а по к ко с со у о об от до из за для при под над про без через между после перед среди около
    против согласно он она оно они мы вы я ты это этот эта эти этого тот та те то там тут здесь так также тогда
    теперь сейчас затем потом поэтому кроме однако хотя если когда пока чтобы потому как что кто где куда почему
    зачем сколько какой какая какие который его её ее их наш наша наши ваш мой моя все всё весь вся вместе всего
    каждый многие некоторые другой другие не ни нет да или либо ведь же вот ещё еще уже лишь только даже именно
    именно между тем тоже сегодня вчера завтра ранее позже впоследствии напомним отметим таким например впрочем
    наконец кстати был была было были есть будет стал стала один одна два три четыре пять шесть семь восемь девять
    десять
    """
)
NAMED = words("и а я о у с к в э")  # also initials

VERBS = words(
    """
    был была было были стал стала стали сказал сказала заявил заявила сообщил сообщила отметил отметила подчеркнул
    подчеркнула добавил добавила считает говорит заявляет пояснил пояснила рассказал рассказала является может имеет
    не также уже
    """
)
SPEECH: frozenset[str] = frozenset()

LETTER = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]|Дж|Дз|Ю|Вл|Ал|Вс|Вяч|Евг|Ник|Мих|Бор|Св|Фр|Эд|Гр|Ив|Шт|Ст|Ш|Ч|Жд")
LETTERED = re.compile(
    r"[Сс]ери[яюией]+|[Гг]рупп[аеуы]|[Пп]лан\w*|[Кк]ласс\w*|[Гг]епатит\w*|[Вв]итамин\w*|[Кк]атегори\w+|[Тт]ип\w*|[Зз]он[аеуы]"
)
OPENING = re.compile(
    r"(?:[А-ЯЁ][а-яё]+ )?(?:[ВвКкСс]о?|[Дд]о|[Пп]осле|[Оо]коло|[Нн]а|[Пп]о)(?: (?:\S*\d\S*|[IVXLC]+"
    r"|начал\w+|конц\w+|середин\w+"
    r"|период\w*|кв\.?|кварт\w+|полугоди\w+|итог\w*|год\w*|век\w*|половин\w+|апрел\w|мая|мае|[а-я]+(?:бр|вар|рал)[яье]"
    r"|март\w|ию[нл][яье]|август\w|д|н|до|г))* "
    r"|\d+ [а-я]+ \d+ (?:года )?(?:до )?(?:н\. ?)?"
)
SMALL = re.compile(r"\s[а-яё]{2}")
ROMAN = re.compile(r"[IVXLCХ]+(?:[-–—][IVXLCХ]+)?")
YEAR = re.compile(r"\(?[«\"]?(?:\d{1,2}\.\d{1,2}\.)?\d{2,4}(?:(?:[-–—/]|/)\d{2,4})?(?:-[а-яё]{1,2})?")
VOWELLESS = re.compile(r"[бвгджзклмнпрстфхцчшщБВГДЖЗКЛМНПРСТФХЦЧШЩ]?[бвгджзклмнпрстфхцчшщ]{1,4}")


@cache
def lexicon() -> Lexicon:
    """Return the Russian words."""
    return Lexicon(spellings(KINDS), SURE, SURE | learned("ru"), VERBS, SPEECH, frozenset({"yahoo"}))


def _initials_follow(w: Window) -> bool:
    """Tell whether what follows is an initial, not a one-letter word: "А. Алымбаева", not "В Бишкеке"."""
    return len(w.right) == 1 and w.after()[:1] == "."


def _starts(w: Window) -> bool:
    return w.starts() and not _initials_follow(w)


def _surely(w: Window) -> bool:
    return w.surely_starts() and not _initials_follow(w)


def exclaimed_name(w: Window) -> bool | None:
    """A firm's name that ends in "!": Yahoo! Россия."""
    if w.text[w.at : w.stop] != "!" or w.left.lower() not in w.lexicon.exclaimed:
        return None
    return _starts(w)


def detached(w: Window) -> bool | None:
    """A stop with a blank before it: nothing to look up."""
    return True if not w.left else None


def closing(w: Window) -> bool | None:
    """A list cut short ends before a capital: щедрые льготы и т. д.|Так было; т. е. stands between."""
    kind = w.kind
    if kind == "link":
        return False
    if len(w.left) == 1 and w.left in "дпебко":
        before = w.before()
        if before.lower() in ("т.", "(т."):
            return w.left in "дпб"
    if len(w.left) == 1 and w.left in "эЭ" and w.before().lower() in ("н.", "н.э"):
        return not _opening(w)
    if w.left == "н.э":
        return not _opening(w)
    if kind != "end":
        return None
    return w.left.lower() != "пр" or w.before().lower().endswith("и")  # пр. Манаса


def year(w: Window) -> bool | None:
    """A year or century ends a sentence, a town's г. does not: до 2010 г.|В Бишкеке; родился в г. Ош.

    В XIX в.|Здесь.
    """
    if w.kind != "year":
        return None
    before = w.before()
    if w.left == "г" and not YEAR.fullmatch(before):
        return _surely(w) and len(w.right) > 1
    if not before or not (
        YEAR.fullmatch(before) or ROMAN.fullmatch(before) or before in ("гг.", "вв.", "прошлого", "этого", "нынешнего")
    ):
        return w.left in ("гг", "вв") and _starts(w)
    if w.first.isdecimal() or w.opened.startswith("(") or (w.opened and w.opened[0] in "-–—"):
        return w.first.isdecimal() and w.opened == "" and w.left != "гг"
    if ROMAN.fullmatch(w.right) or w.text[w.next] == "№":
        return False
    return not _opening(w)


def _opening(w: Window) -> bool:
    """Tell whether the sentence so far only says when: В 2010-2012 гг. Виктор посещал.

    1 января 49 года до н. э. Марк Антоний.
    """
    so_far = w.text[w.begin : w.at - len(w.left)]
    return len(so_far) < 48 and not w.surely_starts() and OPENING.fullmatch(so_far) is not None


def numbered(w: Window) -> bool | None:
    """A number follows its noun: рис. 5, ст. 105 УК, № 30."""
    return False if w.kind == "number" and (w.first.isdecimal() or ROMAN.fullmatch(w.right)) else None


def title(w: Window) -> bool | None:
    """A short form before a name: на ул. Киевской, у здания им. Т. Сатылганова, проф. Семенов, лат. Rosa."""
    if w.kind != "title":
        return None
    if w.left in ("д", "пл", "о") and len(w.left) == 1 and w.first.isupper():
        return False
    if w.left == "см" and w.before()[-1:].isdecimal():  # высота модели 21 см.|Видела; but: см. рис. 5
        return not w.first.isdecimal()
    if len(w.left) < 2 or w.left in ("проф", "св", "ср") or not _surely(w):
        return False
    return len(w.right) > 1 or SMALL.match(w.after()) is not None  # старается быть им.|А кто тогда


def tongue(w: Window) -> bool | None:
    """A language stands before its word, in brackets mostly: (лат. Rosa); but: все, что в нем.|Я убежден."""
    if w.kind != "tongue":
        return None
    return not (w.token.startswith("(") or w.right[:1].isascii() or w.before() in ("от", "с", "по-"))


def dated(w: Window) -> bool | None:
    """A life's date follows: (род. 20 января 1934; but: весь человеческий род.|Мы."""
    return not (w.first.isdecimal() or w.token.startswith("(")) if w.kind == "dated" else None


DEGREE = re.compile(
    r"[кдКД]\.\s?[а-яё]{1,5}(?:\.?-[а-яё]{1,5})?\.\s?н"  # к.т.н., д. ф.-м. н.
    r"|(?<![^\W\d_])[^\W\d_][а-яёәғқңөұүһі]{0,4}(?:\.?-[а-яё]{1,4})?\.\s?(?:ғ|и)\.\s?[кд]"  # т.ғ.к., ф.-м.и.д.
)


def degree(w: Window) -> bool | None:
    """A degree stands before its holder: к.т.н. Омуров, т.ғ.к. Ә. Омаров, т.и.д. Асанов; Омуров, к.т.н.|Он рад."""
    if w.text[w.at : w.stop] != "." or w.left[-1:].lower() not in ("н", "к", "д") or not w.first.isupper():
        return None
    so_far = w.text[max(w.begin, w.at - 20) : w.at]
    held = DEGREE.search(so_far)
    while held and held.end() < len(so_far):
        held = DEGREE.search(so_far, held.start() + 1)
    if held is None or so_far[: held.start()][-1:].isalpha():
        return None
    return _surely(w)


_GEOMETRY = re.compile(
    r"точ(?:к|ек)|прям|отрез|луч|угл|угол|верши|плоскост|окружн|букв|групп|класс|план|витамин|гепатит|категор|уров|модел"
    r"|верси|тип|зон|сери|блок|пункт|вариант|модул|корпус|сектор|кнопк|клавиш|диск|файл|перемен|множеств|ось|оси|осью"
)


def foreign_letter(w: Window) -> bool | None:
    """A Latin letter between Russian words is no initial: от точки M.|Найдите; по плану B.|Завод; but A. Петров."""
    if len(w.left) != 1 or not "A" <= w.left <= "Z" or w.text[w.at : w.stop] != "." or not w.first.isupper():
        return None
    if w.first.isascii() or len(w.right) < 2 or not w.right[1].islower() or w.left in "IVX":
        return None
    before = w.before()
    if _GEOMETRY.match(before.lower()):
        return True
    # A, B, C, E, H, K, M, O, P, T, X are also Russian letters typed on the wrong keyboard
    return w.starts() or (before.islower() and w.left not in "ABCEHKMOPTXY") or None


def initial(w: Window) -> bool | None:
    """A letter and a stop belong to a name: А. Алымбаева, Дж. Буш, Л. Н. Толстой; Иванов А. Н.|Он приехал."""
    if not LETTER.fullmatch(w.left) or w.text[w.at] != ".":
        return None
    if w.stop > w.marks or w.first.isdecimal() or LETTERED.fullmatch(w.before()):
        return True
    if w.left in ("I", "V", "X") and w.before()[:1].isupper():  # королю Твртко I.|Сын чиновника
        return _starts(w)
    if (
        w.before()[:1].isupper()
        and w.before()[-1] != "."
        and _starts(w)
        and len(w.right) > 1
        and SMALL.match(w.after())
    ):
        return True  # с самим Никулиным Ю.|Полиция сообщает
    if not _surely(w):
        return False
    if len(w.right) > 1:
        return True
    # Сатылганов Т. В 2010 году: the surname stands before, and В has no stop of its own
    return w.right.lower() in NAMED and w.right.isupper() and w.after()[:1].isspace()


def initials(w: Window) -> bool | None:
    """Letters with stops and no blank belong to a name: Л.Н. Толстой, Н.К.|Он."""
    if not re.fullmatch(r"(?:[А-ЯЁA-Z][а-яё]?\.)+[А-ЯЁA-Z][а-яё]?", w.left):
        return None
    if w.stop > w.marks:
        return True
    return _surely(w)


def unit(w: Window) -> bool | None:
    """A unit ends a sentence before a word that begins one: заплатила $1,5 млн.|Это рекорд; 30 долл. США."""
    if w.kind not in ("unit", "number", "month"):
        return None
    if "/" in w.token:  # порывы ветра до 15 м/с.|Опухоль
        return True
    if w.left == "с" and not w.before()[-1:].isdecimal():  # родился в с. Масадан
        return False
    if w.kind == "month" and (w.first.isdecimal() or not w.left.islower()):
        return not w.first.isdecimal()
    if w.opened.startswith("(") or (w.opened and w.opened[0] in "-–—"):
        return False
    if (
        w.first.isdecimal() and w.kind == "unit" and w.before()[-1:].isdecimal()
    ):  # на глубине 2 км.|25 июля; 5 руб. 50 коп.
        return not re.match(r"\d+\s(?:коп|мин|сек|см|мм|кг|г|м|тыс|млн)\b", w.text[w.next : w.next + 16])
    if w.first.isdecimal() or w.right in ("США", "РФ", "ЕС", "КР", "РК", "СССР", "АҚШ"):
        return False
    if re.search(
        r"\d\s*$|(?:тыс|млн|млрд|трлн)\.?\s*$", w.text[max(w.begin, w.at - len(w.left) - 8) : w.at - len(w.left)]
    ):
        return not _initials_follow(w) or len(w.left) > 1
    return _starts(w)


def place(w: Window) -> bool | None:
    """A region's short form: в Чуйской обл.|Об этом сообщили; Ошская обл. Кыргызстана."""
    return _starts(w) if w.kind == "place" else None


def vowelless(w: Window) -> bool | None:
    """Letters without a vowel are a short form not listed: стб. Иванов; but МВД.|Он."""
    return _starts(w) if VOWELLESS.fullmatch(w.left) and not w.kind and not w.token[0].isdecimal() else None


RULES = (
    rules.broken_off,
    rules.unspaced,
    rules.wrapped,
    rules.trailing,
    rules.punctuated,
    rules.nothing,
    rules.dateline,
    rules.marker,
    rules.small,
    rules.author,
    rules.answer,
    rules.bracketed,
    exclaimed_name,
    rules.remark,
    rules.elision,
    rules.afterthought,
    rules.ellipsis,
    detached,
    closing,
    year,
    numbered,
    unit,
    title,
    tongue,
    dated,
    degree,
    foreign_letter,
    initial,
    initials,
    place,
    vowelless,
    rules.symbol,
    rules.stop,
)

_OPENED = re.compile(r"(?<=[а-яёәғқңөұүһіA-Za-z\d,][ \u00a0])[«\"„“](?=[\w«„])")
_GOES_ON = re.compile(r"[ \u00a0]+(?:\([а-яё]|[а-яёәғқңөұүһі])|[,;]\s+[а-яёәғқңөұүһі]")
_SAID = re.compile(
    r"[,\s–—-]*(?:[^\W\d_]+\s+){0,1}(?:сказал|заявил|сообщил|отметил|говор|подчеркнул|добавил|спросил|ответил|пояснил|напис)"
)
_LONG = 300


def embedded(text: str) -> list[range]:
    """Find titles and quotations that are part of their sentence, the last first.

    Opened in mid-sentence after a word or a comma, closed without a stop, and followed by a small letter: Статью «Вода
    и люди. Что дальше» прочли. Where it stops: after a colon stands speech, whose sentences are sentences; over 300
    characters.
    """
    spans: list[range] = []
    for opened in _OPENED.finditer(text):
        begin = opened.end()
        if spans and begin <= spans[-1].stop:
            continue
        close = _closing(text, opened.group(), begin)
        if not close or "\n" in text[begin:close] or text[close - 1] in ".,…":
            continue
        if _GOES_ON.match(text, close + 1) and not _SAID.match(text, close + 1):
            spans.append(range(begin - 1, close))
    spans.reverse()
    return spans


def _closing(text: str, quote: str, begin: int) -> int:
    """Return where the quotation that opened before `begin` closes, 0 for nowhere near; nested marks are counted."""
    closes = {"«": "»", "„": "“", "“": "”", '"': '"'}[quote]
    depth = 1
    for at in range(begin, min(len(text), begin + _LONG)):
        if text[at] == closes:
            depth -= 1
            if not depth:
                return at
        elif text[at] == quote:
            depth += 1
    return 0
