"""The lines around a headline by their shape: who wrote it and when, and who took the photograph."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

import regex

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
# Day before month where both are numbers: 03/09/2021 is the third of September in every newsroom of the region.
_DATES = tuple(
    regex.compile(pattern, regex.I)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)[-./](?P<number>\d{1,2})[-./](?P<day>\d{1,2})(?=\D|$|T)",
        r"\b(?P<day>\d{1,2})[-./](?P<number>\d{1,2})[-./](?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]" + _MONTH + r",?[ -](?P<year>(?:19|20)\d\d)\b",
        r"\b" + _MONTH + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)\b",
    )
)
_YEAR = regex.compile(r"(?:19|20)\d\d")
_NAME_PART = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.(?:-?\p{Lu}\.)*|al-\p{Lu}\p{L}+)"
)
_NAME = rf"{_NAME_PART}(?: (?:de|da|di|del|von|van|der|bin|ibn|ul|kyzy|uulu|ogly|oglu|{_NAME_PART})){{1,3}}"
_PLACE = r"\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)*"
_PLACES = rf"{_PLACE}(?:/{_PLACE})*"  # Astana/Bishkek
_WIDER = rf"(?:{_PLACE}|\p{{Lu}}\.\p{{Lu}}\.?)"  # Washington, D.C.
_WHO = rf"{_NAME}(?:(?:, and|,| and| &) {_NAME})*(?:,? (?:in|for|from) {_PLACE})?"
_BY = (
    r"(?i:(?:text |words |written |story |report |reported |reporting |interview |submitted |posted |published )?"
    r"by:?|author:)"
)
_BY_WHO = regex.compile(rf"{_BY}\s+(?P<who>{_WHO}(?:, \p{{L}}[\p{{L}} ’'-]+)?)")
# By the Radio Almaly newsroom
_DESK = r"(?:newsroom|staff|reporters?|service|desk|team)"
_BY_DESK = regex.compile(rf"{_BY}\s+(?P<who>(?:the )?\p{{Lu}}[\p{{L}}. ’'-]{{0,60}}{_DESK})")
_BARE_WHO = regex.compile(rf"(?P<who>{_WHO})")
_THERE = regex.compile(rf"(?P<who>)(?P<where>{_PLACES}(?:, {_WIDER})?)")  # ASTANA, 7 October 2024
# New York, Dec. 31, 2022: two words that look like an author's; names of towns in two words are few
_TOWN = regex.compile(
    r"(?P<who>)(?P<where>(?i:new york|new delhi|los angeles|san \p{L}+|hong kong|tel aviv|abu dhabi|kuala lumpur"
    r"|addis ababa|buenos aires|mexico city|cape town|united nations|the hague|santa \p{L}+|saint petersburg"
    r"|st\. petersburg"
    r"|nizhny \p{L}+|veliky \p{L}+|[\p{L}’'-]+ (?:city|town|region|oblast|province|valley|district))(?:, "
    + _PLACE
    + ")?)"
)
# BISHKEK, March 3, 2024 (AP) —, ASTANA (Reuters) - March 3, 2024, BISHKEK (24.kg) — March 3, 2024
_AGENCY_NAME = r"[\p{Lu}\d][\p{L}\d./&]*(?: \p{Lu}[\p{L}\d./&]*){0,2}"
_AGENCY = regex.compile(rf"\s*\((?P<agency>{_AGENCY_NAME})\)(?=\s|,|$)")
# ALMATY (AP) —, Astana/Bishkek —
_FILED = regex.compile(rf"(?P<where>{_PLACES}(?:, {_WIDER})?)(?:,? \((?P<agency>{_AGENCY_NAME})\))?\s*(?:—|–|--|-)")
_MONTH_NAME = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b"
_WIRE = r"(?:\([^()]{2,30}\)|/[^/]{2,30}/)"
# DUSHANBE. January 6, 2023. KHOVAR – The …, (Bishkek, March 3, 2024) – The …
_OPENING = regex.compile(
    rf"\(?{_PLACES}(?:, (?!{_MONTH_NAME}){_WIDER})?(?:[,.]|\s?{_WIRE},?) "
    rf"(?P<date>[^—–()/]{{6,60}}?)\)?(?:\s{_WIRE}|\s\p{{Lu}}[\p{{Lu}}.\d]+)?(?:\s(?:—|–|--|-)|:)\s\S"
)
_WHO_THERE = regex.compile(rf"(?P<who>{_WHO}, \p{{Lu}}[\p{{L}} ’'-]+)")  # Jane Doe, Bishkek, 5 June 2021
_BY_NOBODY = regex.compile(r"(?P<who>)by \p{Ll}+")  # Posted on 12/03/2020 by admin
_DATE_WORD = regex.compile(
    r"\b(?:published|posted|updated|last|modified|first|on|at|date|read|time|gmt|utc|bst|edt|est|cet|ago"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|tues|wed|thu|thurs|fri|sat|sun)\b|hours?)\b"
    r"|\b\d{1,2} ?[ap]\.?m\b\.?|\b[ap]\.?m\b\.?|\b\d{1,3} ?min(?:ute)?s?\b|T?\d{1,2}[:.h]\d\d(?::\d\d(?:\.\d+)?)?Z?"
    r"|\b(?-i:[A-Z]{2,4}T)\b|[+-]\d{1,2}(?::?\d\d)?|[^\p{L}\d]+",
    regex.I,
)
_AGO = regex.compile(r"\b(?:\d+|an?|one|two) ?(?:min(?:ute)?|hour|hr|day|week|month|year)s? ago\b", regex.I)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line under a headline says: an author as printed, an ISO date, the place it was sent from."""

    who: str = ""
    when: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Credited:
    """A caption and its photographer or agency, taken apart.

    Args:
        text: what the picture shows.
        credit: who took it.
        label: what stands before that name: “Photo:”, “Photo by”, “Credit:”.
    """

    text: str
    credit: str = ""
    label: str = ""


def find_date(text: str) -> str:
    """Return the first full date in a text as ISO 8601, or "" (numbers are read day first)."""
    found = [(match.start(), iso) for match, iso in _dates(text)]
    return min(found)[1] if found else ""


@functools.lru_cache(maxsize=10_000)
def read_byline(line: str, *, under_a_headline: bool = False) -> Byline | None:
    """Read a line as an author, a date or both; None where it has neither shape.

    A bare name ("Marat Sadykov") is an author only where the caller knows that it stands under a headline,
    or where a date stands beside it; a bare place ("Bishkek —") likewise.
    """
    if len(line) > 160:  # a paragraph that opens with a date is no dateline
        return None
    when = find_date(line)
    if not when and (filed := _FILED.fullmatch(line)):
        sure = under_a_headline or filed["agency"] or "/" in filed["where"] or filed["where"].isupper()
        return Byline(filed["agency"] or "", "", filed["where"]) if sure else None
    agency = _AGENCY.search(line) if when else None
    rest = _without_dates(_AGENCY.sub("", line, 1) if agency else line)
    if not rest:
        return Byline(when=when) if when else None
    shapes = [_BY_WHO, _BY_DESK]
    if when:
        shapes.append(_TOWN)
    if when or under_a_headline:
        shapes += [_BARE_WHO, _WHO_THERE]
    if when:
        shapes += [_THERE, _BY_NOBODY]
    match = next((found for shape in shapes if (found := shape.fullmatch(rest))), None)
    if match is None:
        return None
    where = match.groupdict().get("where") or ""
    where += "." if regex.search(r"\.\p{Lu}$", where) else ""
    return Byline(match["who"] or (agency["agency"] if agency else ""), when, where)


def opening_date(paragraph: str) -> str:
    """Return the date of a paragraph that opens with a dateline: “BISHKEK, Jan. 6, 2023, 4:15 p.m. — The …”."""
    match = _OPENING.match(paragraph)
    return find_date(match["date"]) if match and not _without_dates(match["date"]) else ""


def is_ago(line: str) -> bool:
    """Tell a short line that says how long ago something was, as over a reader's comment: “Azamat, 3 hours ago”."""
    return len(line) < 60 and bool(_AGO.search(line))


def _dates(text: str) -> list[tuple[regex.Match[str], str]]:
    found: list[tuple[regex.Match[str], str]] = []
    if not _YEAR.search(text):
        return found
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else _MONTHS.index(parts["month"][:3].lower()) + 1
            try:
                found.append((match, date(int(parts["year"]), month, int(parts["day"])).isoformat()))
            except ValueError:  # 31/02/2021, 2021-13-01
                continue
    return found


def _without_dates(line: str) -> str:
    """Take the dates, times and the words that go with them off both ends of a line."""
    for match, _iso in _dates(line):
        line = line.replace(match[0], " \N{OBJECT REPLACEMENT CHARACTER} ")
    while True:
        shorter = line
        for match in _DATE_WORD.finditer(line):
            if match.start() == 0:
                shorter = line[match.end() :]
                break
            if match.end() == len(line) and (regex.search(r"\p{L}", match[0]) or not regex.search(r"\p{L}\.$", line)):
                shorter = line[: match.start()]
        if shorter == line:
            return line
        line = shorter


_KICKER = regex.compile(r"\p{Lu}[\p{L}’'-]*(?: (?:&|[\p{L}’'-]+)){0,2}")
_WRITES = (
    r"(?:reporter|journalist|correspondent|editor|writer|columnist|author|analyst|researcher|fellow|contributor"
    r"|producer|photographer|photojournalist|professor|lecturer|director|specialist|expert|historian|scholar|student"
    r"|intern)"
)
# Aigerim Toleukhan is a reporter based in Almaty who covers energy for The Valley. Follow her @aigerim.
_BIO = regex.compile(
    rf"(?P<who>{_NAME}(?:,? (?:Ph\.?D\.?|M\.?D\.?),?)?) (?:is|was|works as|has been|has worked as)"
    rf" (?:currently )?(?:an? |the |one of )?[^.!?]{{0,80}}?\b{_WRITES}\b"
    r"(?P<where> (?:at|for|with|of|in|on|who|whose|based|covering|focusing|speciali[sz]ing|from)\b[^!?]{3,300}|[.,])?"
    r".*",
    regex.S,
)
# Jane Doe covers energy for The Valley. She lives in Osh.
_COVERS = regex.compile(
    rf"(?P<who>{_NAME}) (?:covers|reports|reported|writes|wrote|edits|photographs|contributed)"
    r"(?: \p{L}+){0,6} (?P<where>for|from|to|about|on|in) .{3,300}"
)


def is_kicker(line: str) -> bool:
    """Tell a label that can stand over a headline as the section it belongs to: “Kyrgyzstan”, “Oil & Gas”."""
    return bool(_KICKER.fullmatch(line))


def is_bio(paragraph: str, who: str) -> bool:
    """Tell the paragraph about its author that ends a story: “Jane Doe is a reporter who covers energy for …”

    Args:
        paragraph: the last of a story, or the last but one.
        who: the author as printed; "" where none is named, and any name may be the author's.
    """
    if len(paragraph) > 600:
        return False
    bio = _BIO.fullmatch(paragraph)
    match = bio or _COVERS.fullmatch(paragraph)
    if match is None:
        return False
    return match["who"].split()[-1] in who if who else bool(bio and bio["where"])


_IMAGE = (
    r"(?i:(?:(?:file|stock|archive) )?"
    r"(?:photo(?:graph)?|foto|image|picture|video|graphic|map|illustration|screenshot)s?)"
)
_CREDIT_OF = r"(?i:(?: credit)?(?:\s*:|\s+by\b:?|\s+courtesy of|\s*/|\s*©))"
# Photo: Anna Lee/AFP, Photo: president.kg, Photo: 24.kg; not “Photo: the dam in March”
_SOURCE = r"(?:\p{Lu}[^!?;]{1,80}|[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:/[^!?;\s]{1,60})?)(?<!\.)"
_PERSON = r"(?:\p{Lu}\.|\p{Lu}[\p{L}’'-]+)(?: (?:\p{Lu}\.|[\p{L}’'-]+)){0,4}"
_AGENCIES = r"(?:REUTERS|Reuters|AFP|AP(?: Photo)?|EPA|TASS|RIA Novosti|Sputnik|Xinhua|Getty Images|Shutterstock)"
# Each with the caption that forced it.
_CREDITS = tuple(
    regex.compile(pattern)
    for pattern in (
        # … on May 3, 2021. (Photo: Anna Lee/Valley News)
        rf"(?P<text>.*?)\s*[(\[](?P<label>{_IMAGE}{_CREDIT_OF}|(?i:credits?:|courtesy(?: of|:)?))"
        r"\s*(?P<credit>[^()\[\]]+)[)\]]\.?",
        # The dam in March. Photo: Ministry of Energy   /   Photo by Jane Doe/AFP
        rf"(?P<text>|.*[.!?”\"’)]\s+|.*\s[|–—-]\s+)(?P<label>{_IMAGE}{_CREDIT_OF})\s*(?P<credit>{_SOURCE})",
        # The dam in March. Credit: Jane Doe / Agency   /   Credit...Jane Doe for The Times
        rf"(?P<text>|.*[.!?”\"’)]\s+|.*\s[|–—-]\s+)(?P<label>(?i:credits?)\s*(?::|\.{{3}}|…))\s*(?P<credit>{_SOURCE})",
        # The dam in March. © Jane Doe/Reuters
        r"(?P<text>.{20,}?)\s*[(\[]?©\s*(?P<credit>\p{L}[^()\[\]]{2,60}?)[)\]]?\.?",
        # © Jane Doe / Reuters
        r"(?P<text>)©\s*(?P<credit>\p{Lu}[\p{L}. ’'-]{2,40}/\s?\p{Lu}[\p{L}. ’'&-]+)",
        # The dam in March. (Jane Doe/AFP)   /   The dam in March. [AP Photo/Jane Doe]
        r"(?P<text>.{8,}?[.!?])\s*[(\[](?P<credit>\p{Lu}[\p{L}. ’'-]+/\s?\p{Lu}[\p{L}. ’'&-]+)[)\]]",
        # The dam in March. REUTERS/Jane Doe   /   The dam in March. Jane Doe/AFP via Getty Images   /   Jane Doe / AFP
        rf"(?P<text>|.{{8,}}[.!?”]\s+)(?P<credit>{_AGENCIES}\s?/\s?\p{{Lu}}[\p{{L}}. ’'-]{{1,50}}(?<!\.)"
        rf"|{_PERSON}\s?/\s?{_AGENCIES}(?: via {_AGENCIES})?)",
    )
)
_IMAGE_WORD = regex.compile(
    r"photo|foto|image|picture|img|video|graphic|map|illustration|shot|figure|caption|credit|courtesy|[©/]", regex.I
)
# Photo: the press service of the ministry, Photo: from open sources
_OTHER_SOURCE = regex.compile(r"(?i:photos?|foto|picture)(?: credit)?:\s*\p{Ll}[^.!?]{2,80}")
_IMAGE_MARK = regex.compile(
    r"(?:\[?(?:image|photo|picture|img|figure)\]?(?: caption)?\s*:?\s+(?=[\p{Lu}“\"])|(?:image )?caption\s*:\s*)",
    regex.I,
)


@functools.lru_cache(maxsize=10_000)
def read_caption(line: str) -> Credited | None:
    """Read a line as an image caption: it names its photographer, or is marked as an image's text; else None."""
    if len(line) > 600 or not _IMAGE_WORD.search(line):
        return None
    for pattern in _CREDITS:
        if match := pattern.fullmatch(line):
            text = match["text"].strip(" |–—-")
            label = (match.groupdict().get("label") or "").strip()
            return Credited(_IMAGE_MARK.sub("", text, count=1).strip(), match["credit"].strip(), label)
    if _OTHER_SOURCE.fullmatch(line):
        return Credited(line)
    # A sentence may begin with “Image”: only the bare lower-case word that text browsers print counts without a colon.
    marked = _IMAGE_MARK.match(line)
    if marked and (":" in marked[0] or marked[0][0].islower()):
        return Credited(line[marked.end() :].strip())
    return None
