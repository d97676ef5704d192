"""What a line is that names no kind: a person, a place, an organisation, read from both of its sides.

People write glossaries of two columns. Their names must not be taken for common words: a name has one right spelling,
and a person one gender. Capitals tell names from terms; a head word on either side (“region”, министерство) tells
places and organisations; a given name that the dictionary has, or a surname's ending, tells persons.
Where it stops: a town named like a person («Чапаев»), a person named like a town («Рудаки»). docs/glossary.md has the
figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.inflection import Gender, Number, dictionary, guess_person
from translate.inflection.eastern import is_name as is_eastern

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_HEADS: dict[str, tuple[str, str]] = {
    "organisation": (
        """
        ministry party university institute academy committee council bank company corporation agency commission court
        parliament assembly senate union association federation foundation fund organisation organization office service
        department directorate inspectorate bureau centre center chamber group movement front alliance bloc coalition
        police army forces guard newspaper news times post press tv radio television channel airlines airways school
        college hospital clinic museum theatre theater team club league congress forum initiative network society
        authority secretariat government administration inc ltd llc plc holding holdings prosecutor's mission embassy
        community treaty confederation league states' khural kenesh jogorku majlis mazhilis maslikhat hokimiyat
        """,
        """
        министерств|парти[яи]|университет|институт|академи|комитет|совет$|совета|банк|компани|корпораци|агентств|комисси
        |суд$|парламент|ассамбле|сенат|союз|ассоциаци|федераци|фонд|организаци|служб|департамент|управлени|инспекци|бюро
        |центр|палат|групп|движени|фронт|альянс|блок$|коалици|полици|милици|арми|сил[ыа]|гварди|газет|новост|телевид|радио
        |телеканал|авиалини|авиакомпани|школ|колледж|больниц|клиник|музе|театр|команд|клуб|лиг[аи]|конгресс|форум|сеть
        |обществ|секретариат|правительств|администраци|мисси|посольств|содружеств|договор|конфедераци|хурал|кенеш|маджлис
        |мажилис|меджлис|маслихат|прокуратур|завод|комбинат|предприяти|фабрик|холдинг|корпус|штаб|отдел|курултай|консорциум
        |омбудсмен|казначейств|академ|редакци|кабинет|коллеги|филармони|лице[йя]|гимнази
        """,
    ),
    "place": (
        """
        region oblast province district raion rayon area county city town village lake river reservoir sea bay gulf
        mountain mountains mount peak range ridge valley gorge pass desert steppe canal dam island islands peninsula
        street avenue square airport station port park reserve republic kingdom emirates states ocean strait glacier
        plateau basin corridor highway road bridge border checkpoint mosque mausoleum bazaar market stadium hotel palace
        """,
        """
        област|район|округ|кра[йя]$|провинци|город|село$|сёл|посёл|поселок|деревн|аул$|озер|озёр|рек[аи]$|водохранилищ|мор[ея]$
        |залив|гор[аы]$|пик$|хребет|долин|ущель|перевал|пустын|степ[ьи]$|канал|остров|полуостров|улиц|проспект|площад|аэропорт
        |станци|порт$|парк|заповедник|республик|королевств|эмират|штат|океан|пролив|ледник|плато|котловин|дорог|шоссе|мост
        |мечет|мавзоле|базар|рынок|стадион|гостиниц|дворец|земл[яи]$|нагорь
        """,
    ),
}  # fmt: skip
_ENGLISH = {kind: frozenset(english.split()) for kind, (english, _russian) in _HEADS.items()}
_RUSSIAN = {
    kind: re.compile("|".join(f"(?:{piece})" for piece in "".join(russian.split()).split("|")), re.IGNORECASE)
    for kind, (_english, russian) in _HEADS.items()
}
_SURNAME = re.compile(
    r"(?:[оеё]ва?|(?:ск|цк)(?:ий|ая)|уулу|кызы|оглы|оглу|угли|заде?|зода|дзе|швили|янц?|ко|[аеиуюя]к|ович|евич)$",
    re.IGNORECASE,
)
_SURE_SURNAME = re.compile(
    r"(?:[оеё]ва?|ович|евич|овна|евна|зода|заде|дзе|швили|уулу|кызы|оглы|оглу|угли)$", re.IGNORECASE
)
_SMALL = frozenset("of the and for de da di al bin ibn von der in on to at with".split())  # noqa: SIM905
_PEOPLE = re.compile(r"(?:цы|ане|яне|ки|ари|и|ы)$")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a line seems to be; gender and number None where they are left to the morphology."""

    kind: str
    gender: Gender | None = None
    number: Number | None = None


def guess(source: str, target: str) -> Guess:
    """Tell the kind of a line from its English and its Russian.

    Args:
        source: as the line has it, "" for a barred spelling.
        target: the Russian lemma.
    """
    english, russian = _WORD.findall(source), _WORD.findall(target)
    named = all(word[0].isupper() or word in _SMALL for word in source.split()) and target != target.lower()
    if not russian or not english or (target[0].islower() and not named):
        people = bool(english) and english[0] != english[0].lower() and _PEOPLE.search(target) is not None
        alive = people and any(noun.animate and noun.number == "plur" for noun in dictionary.nouns(russian[-1]))
        return Guess("demonym" if alive and len(russian) == 1 else "term")
    if target[0].islower():  # «озеро Каракуль», «партия «Отан»»
        kind = next((kind for kind in _RUSSIAN if _RUSSIAN[kind].match(russian[0])), "term")
        return Guess(kind)
    if kind := _by_head(english, russian, target):
        return Guess(kind)
    if _is_person(source.split(), target.split()):
        return _person(target)
    return Guess("place")


def _by_head(english: list[str], russian: list[str], target: str) -> str:
    """Return the kind that a head word, quotation marks or capitals throughout tell, "" where nothing does."""
    if target[0] == "«" or any(len(word) > 1 and word.isupper() for word in russian):
        return "organisation"
    low = [word.lower() for word in english]
    if (
        len(russian) > 1
        and _has_given_name(russian)
        and not any(w in words for words in _ENGLISH.values() for w in low)
    ):
        return ""
    for kind in ("organisation", "place"):
        ends = [word for n, word in enumerate(russian) if word[0].islower() or n == 0 or n == len(russian) - 1]
        named = any(_RUSSIAN[kind].match(word) for word in ends if len(word) > 2 and not _SURE_SURNAME.search(word))
        if named and (len(russian) > 1 or low[-1] in _ENGLISH[kind]):
            return kind
    for kind in ("organisation", "place"):
        if len(low) > 1 and (low[-1] in _ENGLISH[kind] or ("of" in low and low[low.index("of") - 1] in _ENGLISH[kind])):
            return kind
    small = [word for word in russian if word[0].islower() and word not in _PARTICLES]
    return "organisation" if len(small) > 1 else "place" if small else ""


_PARTICLES = frozenset(
    "уулу кызы оглы оглу угли ага бек хан шах фон дер ван де ди да бен бин ибн аль эль младший старший".split()  # noqa: SIM905
)


def _has_given_name(russian: list[str]) -> bool:
    return any(noun.name == "Giv" for noun in dictionary.nouns(russian[0]))


def _is_person(english: list[str], russian: list[str]) -> bool:
    known = [{noun.name for noun in dictionary.nouns(word)} for word in russian]
    if is_eastern(russian):
        return True
    if len(russian) > 1 and _SURE_SURNAME.search(russian[-1]) and not _is_adjective(russian[0]):
        return True
    if any("Geo" in names and not names & {"Giv", "Sur"} for names in known):
        return False
    if len(russian) == 1:
        return bool(_SURE_SURNAME.search(russian[0])) and "Geo" not in known[0]
    if len(russian) > 4 or abs(len(russian) - len(english)) > 1 or _is_adjective(russian[0]):
        return False
    if any(names & {"Giv", "Sur", "Pat"} for names in known) or any(_SURNAME.search(word) for word in russian):
        return True
    # «Могерини», «Такаити»: two names on either side and no word that is translated
    return len(russian) == len(english) and all(
        word[0].isupper() and not names for word, names in zip(russian, known, strict=True)
    )


def _is_adjective(word: str) -> bool:
    return _ADJECTIVE.search(word) is not None and not _has_given_name([word])  # Евгений


_ADJECTIVE = re.compile(r"(?:[сц]к|н|ов)(?:ий|ый|ая|ое|ие|ые)$")


def _person(target: str) -> Guess:
    words = target.split()
    if len(words) == 1 and re.search(r"(?:[оеё]вы|ины|ские)$", target):
        return Guess("person", None, "plur")
    return Guess("person", guess_person(target), "sing")
