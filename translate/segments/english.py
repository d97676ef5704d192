"""English: its abbreviations by what they may do, and its rules in order."""

from __future__ import annotations

import re
from functools import cache

from translate.segments import rules
from translate.segments.lexicon import Lexicon, learned, spellings, words
from translate.segments.window import Window

KINDS = {
    # stands before a name, never at the end: Gen. David Petraeus
    "title": """
        Mr Mrs Ms Mx Messrs Mmes Mme Mlle Dr Drs Prof Profs Gen Brig Maj Col Cols Lt Lieut Capt Capts Cmdr Comdr Cdr
        Sgt Sgts Cpl Pfc Pvt Adm Sfc Ssgt Tsgt Msgt Cpt Maj-Gen Lt-Gen Lt-Col Sen Sens Rep Reps Gov Govs Pres
        Rev Revs Hon Supt Insp Det Atty Attys Asst Assoc Fr Msgr Mgr Bp Archbp Abp Sr-Lt Ald mr mrs ms dr
        prof sgt capt lt gen maj cpl hon Cllr Coun Hr Frl Sra Srta Mons Mt Mts Ft Pt St Sts Lce Spc
         Wm Chas Thos Geo Jas Jos Benj Robt Edw Supt Secy Treas Rt Ven Pastor-Dr Ofc Tpr Esqs
        """,
    # stands before a number or a letter: No. 10, pp. 5-6
    "number": """
        no art No Nos nos p pp para paras sec secs arts fig figs vol vols ch chap chaps vv op ext tel Rs rs
        rm apt Rte Hwy ver vers eq eqs n° nº N° Nº pt pts sect No
        """,
    # stands in the middle of a sentence: Godzilla vs. King Ghidorah
    "link": """vs v e.g i.e eg ie cf viz approx ca c.f esp incl aka a.k.a f.e resp w.r.t c.o fka f.k.a vis""",
    "month": "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Sun Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat",
    "hour": "a.m p.m",
    # stands after the name of a firm or person, and may end the sentence: Ltd., Jr.
    "suffix": """
        Inc Ltd Corp Co Cos LLC plc Pty Utd Bros Jr Sr Esq Ph.D PhD M.D D.D.S M.A B.A B.Sc M.Sc LL.B LL.D D.Phil M.B.A
        R.N C.P.A J.D Ed.D M.P Intl Int'l Natl Nat'l Mfg Pte Sdn Bhd S.A N.V A.G S.p.A A.S A.B GmbH Cie Assn Ass'n
        Dept Depts Div Univ Inst Bldg Govt Gov't Comm Cmte Bd Ctr
        """,
    # a place: before a name or at the end: the U.S. Senate, Springfield, Mass.
    "place": """
        U.S U.K U.N E.U U.S.A U.S.S.R U.A.E D.C N.Y N.J N.C S.C N.D S.D N.H N.M W.Va R.I L.A B.C P.E.I N.S N.B N.Z
        P.R D.R.C G.D.R F.R.G R.O.C P.R.C U.A.R Ala Ariz Ark Calif Colo Conn Fla Ga Ill Ind Kan Kans Ky Md Mass
        Mich Minn Miss Mont Neb Nebr Nev Okla Ore Oreg Pa Penn Tenn Tex Va Vt Wash Wis Wisc Wyo Ont Que Sask Alta
         Ave Blvd Rd Sq Pl Ln Hts Pkwy Expy Terr Isl Isls Co-op Cty Dist E.C E.E.C G.O.P F.B.I C.I.A N.A.T.O
        """,
    # a unit or other short form, before anything or at the end
    "short": """
        mph kph km cm mm kg lb lbs oz ft yd yds hr hrs min mins sec secs sq cu mi gal qt pt tsp tbsp bbl mil mln bn
        tr avg cub misc dept depts est bldg etc et.al al ibid seq anon abbr adj adv obj rel univ co corp
        inc ltd jr sr govt gov pres med Ob i.v I.V q.v w.o pct cts ft.lb ref refs ex exch misc orig
        publ trans yrs mos wk wks biz b d r Mfr Assoc Cont cont Fwd Gr Hd Hq Jct Ky Lge
        """,
}

SURE = words(
    """
    the he she it they we but and in on at for if when this that these those there his her hers its their theirs our
    my your you what who why how where which while although though however meanwhile moreover furthermore
    nevertheless nonetheless since because as after before during until unless despite besides also so then thus
    therefore hence yet still even not no yes nor or a an some many most several both each every either neither all
    any few more much such another other others from by with without within under over among between according to
    into through throughout across against about nobody everyone everybody someone somebody nothing everything
    something anyone instead otherwise perhaps maybe indeed now here once only just let's that's it's he's she's
    there's they're we're i'm you're i've we've isn't don't didn't let did do does is are was were will would can
    could should has have had may might earlier later recently eventually finally like unlike though otherwise
    afterward afterwards today yesterday tomorrow tonight whether whatever whoever i me him them us two three four
    five six seven eight nine ten eleven twelve twenty thirty
    """
)
# "I" and these are also letters or given names of people: after an initial only SURE without them tells
UNSURE_AFTER_INITIAL = words("i a an may will so no do let")

VERBS = words(
    """
    said says is was were are has had have will would could can did does do also told tells added went came became
    began won lost who whose which took made got gave says' wants wanted plans planned declined refused denied
    agreed expects expected hopes hoped believes believed thinks thought knows knew called calls asked asks reported
    announced continued remained should may might must never still now then later replied argued argues warned warns
    noted notes insisted acknowledged conceded testified told moved left returned arrived joined died lived worked
    played hit led ran beat rose fell gained dropped
    """
)
SPEECH = words(
    """
    said says asked asks replied cried shouted exclaimed wondered added yelled demanded inquired enquired quipped
    joked wrote writes tweeted told tells screamed whispered answered responded recalled continued declared laughed
    thought snapped muttered mused called began chanted sang
    """
)
# GmbH & Co. KG; Co. Ltd
FORMS = words("KG KGaA Ltd LTD Inc INC LLC LLP LP PLC AG SA NV BV Oyj Oy Corp Co Group Holdings")
# Thomas Reid Jr. Boulevard is closed
CALLED_AFTER = words(
    """
    Boulevard Street Avenue Drive Road Way Square Park Center Centre Day School Elementary Middle High College
    Memorial Library Hospital Airport Bridge Foundation Award Prize Stadium Field
    """
)
# Ford Motor Co. President Philip Caldwell said
OFFICES = words(
    """
    Chairman Chairwoman President Chief CEO Vice Executive Executives Director Treasurer Founder Co-founder Senior
    Managing Secretary Spokesman Spokeswoman Analyst Economist Manager
    """
)
MEASURES = words("mph kph km cm mm kg g lb lbs oz ft yd yds hr hrs min mins sec secs m t mi gal pct mln bn")
EXCLAIMED = words("yahoo jeopardy yum wham joomla oklahoma oliver e chips mia panic ideas hello eureka")

ZONES = re.compile(
    r"(?:[ECMPA][SD]?T|GMT|UTC|BST|CET|CEST|IST|JST|HKT|SGT|MSK|EAT|WAT|Z|Eastern|Central|Pacific|Mountain|Atlantic|Greenwich|Zulu"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|Jan\w*|Feb\w*|Mar(?:ch)?|Apr\w*|Jun\w*|Jul\w*|Aug\w*|Sept?\w*|Oct\w*|Nov\w*|Dec\w*)\b|[A-Z][a-z]+ [Tt]ime\b"
)
OPENING_HOUR = re.compile(
    r"(?:At|By|Around|About|Until|Before|After|Since|From|Between|Shortly|Just|On)"
    r"(?: [a-z]+){0,3} \d{1,2}(?:[:.]\d\d)? ?"
)
NAMES = re.compile(r"(?:\s+(?:[A-Z][\w'’.-]*|of|de|van|von|al|bin|the))*\s+([a-z]+)")
DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]|[A-Z][a-z]?\.[A-Z][a-z]?")
VOWELLESS = re.compile(r"[A-Z]?[bcdfghjklmnpqrstvwxz]{1,4}")
LETTERED = words(
    """
    war plan group class grade vitamin hepatitis type category section appendix exhibit schedule team side channel
    malcolm area line part block ward zone gate room unit title series version model level point phase annex pool
    flu influenza option
    """
)


@cache
def lexicon() -> Lexicon:
    """Return the English words."""
    return Lexicon(spellings(KINDS), SURE, SURE | learned("en"), VERBS, SPEECH, EXCLAIMED)


def _subject(w: Window) -> bool:
    """Tell whether a name and a verb follow: "Smith said", "Mr. Smith said"."""
    if w.lexicon.kinds.get(w.right) == "title":
        return True
    named = NAMES.match(w.after())
    return bool(named) and named.group(1) in w.lexicon.verbs  # type: ignore[union-attr]


def _fresh(w: Window) -> bool:
    """Tell whether a sentence begins: "U.S.|Officials said", not "U.N. Assistance Mission", a name of two capitals."""
    return w.surely_starts() or (w.starts() and not re.match(r"[\s\u00a0]+[A-Z]", w.after()))


def exclaimed_name(w: Window) -> bool | None:
    """A name that ends in "!": at Yahoo! Research extended; at Yahoo!|She works."""
    if w.text[w.at : w.stop] != "!" or w.left.lower() not in w.lexicon.exclaimed:
        return None
    return w.starts() or _subject(w)


def attribution(w: Window) -> bool | None:
    """A quoted question or cry and its speaker are one sentence: "Why now?" Smith asked."""
    if w.text[w.at] == "." or w.text[w.stop - 1] not in "\"'”’" or w.opened or not w.first.isupper():
        return None
    if w.right != "I" and w.starts():
        return None
    said = re.match(r"(?:\.?\s+[A-Z][\w'’.-]*){0,4}\s+([a-z]+)", w.after())
    return False if said and said.group(1) in w.lexicon.speech else None


def aside(w: Window) -> bool | None:
    """A remark in brackets after a single-quoted cry: off the top of the house!' (Which was very likely true.)"""
    return False if w.text[w.stop - 1] in "'’" and w.text[w.at] in "!?" and w.opened == "(" else None


def detached(w: Window) -> bool | None:
    """A stop with a blank before it: nothing to look up."""
    return True if not w.left else None


def interview(w: Window) -> bool | None:
    """Question and answer in an interview: Q. What is his name?|A. His name is Alfred E. Sloan."""
    if w.at - 1 != w.begin or w.left not in ("Q", "A"):
        return None
    return False if w.surely_starts() and w.right != "I" else None


def title(w: Window) -> bool | None:
    """A title stands before a name: Brig. Gen. John Doe; but: the road to the Ft.|The river."""
    if w.kind != "title":
        return None
    if w.left in ("Mr", "Mrs", "Ms", "Dr", "Messrs", "Prof", "Rev", "MR", "MRS", "DR"):
        return False
    if w.left in ("St", "Ft", "Mt", "Pt", "Hr", "Del") and w.first.isupper():
        # Wall St. Analysts said; St. Louis police said
        return w.surely_starts() and not w.right.isupper()
    return w.surely_starts() and w.right.lower() not in UNSURE_AFTER_INITIAL


def numbered(w: Window) -> bool | None:
    """A number follows its noun: the No. 10 Corvette; please turn to p. 55; but: He said no.|The rest agreed."""
    if w.kind != "number" or w.left != w.token.lstrip("([\"“‘'"):  # the heroine Adèle Blanc-Sec.|Kim declared
        return None
    if w.opened and w.opened[0] in "\"“‘'":  # Glasgow School of Art.|“I loved
        return True
    if w.first.isdecimal() or w.right in ("I", "II", "III", "IV", "V", "VI", "X"):
        return False
    if w.left.lower() in ("no", "art", "par", "lot", "tab", "ed", "app", "op"):
        return w.left[0].islower() or w.starts()
    return w.starts()


def link(w: Window) -> bool | None:
    """A word between two others: Godzilla vs. King Ghidorah; e.g. Mr. Smith; Roe v. Wade."""
    return False if w.kind == "link" else None


def month(w: Window) -> bool | None:
    """A month or day stands before a number: on Nov. 21; in Sept.|The rest."""
    if w.kind != "month":
        return None
    if w.first.isdecimal():
        return False
    return w.starts() or (w.left not in ("Jan", "Mar", "Jun", "Sun") and _subject(w))


def hour(w: Window) -> bool | None:
    """An hour ends a sentence, unless its day or zone follows: at 8 p.m. ET.

    He left at 6 P.M.|Mr. Smith went; At 5 a.m. Mr. Smith.
    """
    if w.kind != "hour" and not re.fullmatch(r"\d*[aApP]\.[mM]", w.left):
        return None
    if w.opened.startswith(("(", "-", "–", "—")):
        return False
    if w.first.isdecimal():
        return True
    tail = w.right + w.after()
    if ZONES.match(tail):
        return False
    so_far = w.text[w.begin : w.at - len(w.left)]
    return not (len(so_far) < 40 and OPENING_HOUR.fullmatch(so_far))


def initial(w: Window) -> bool | None:
    """A letter and a stop stand before a name: Albert I. Jones; George W. Bush; but: you and I.|Did you.

    Plan B.|The.
    """
    if len(w.left) != 1 or not w.left.isupper() or w.text[w.at] != ".":
        return None
    if w.stop > w.marks or w.first.isdecimal():
        return not w.token.startswith("(")  # The Senate version (S. 567)
    before = w.before().strip("\"'“”‘’(")
    if before.endswith("°") or w.token.startswith("°"):
        return True
    if w.left == "I" and (before.islower() or not before):
        return True
    if before.lower() in LETTERED:
        return w.starts() or _subject(w)
    if w.right.lower() in UNSURE_AFTER_INITIAL:
        return False
    if before.islower() and not w.token.startswith("("):
        return w.surely_starts()
    return w.surely_starts() and len(w.right) > 1


def acronym(w: Window) -> bool | None:
    """Letters with stops, before a name or at the end: T.J. Hromisin; to stay in the U.S.|The Pew Hispanic Center."""
    if w.kind != "place" and not DOTTED.fullmatch(w.left):
        return None
    if w.first.isdecimal() and not w.opened:
        if w.kind != "place" or w.token.startswith("("):  # The bill (H.R. 1234) passed
            return False
        return not re.match(r"\d{5}\b", w.after())  # Washington, D.C. 20006
    if w.opened.startswith("("):
        return w.surely_starts() and w.right != "The" and not w.right.isupper()
    if w.opened and w.opened[0] in "-–—":
        return False
    if w.kind == "place" and w.left[-1:].islower() and "." not in w.left:
        return _fresh(w) or _subject(w)
    return _fresh(w)


def suffix(w: Window) -> bool | None:
    """A firm's or a person's suffix: Hogenmiller, Jr.|The funeral; Apple Inc. Chief Executive Tim Cook.

    Co.|It closed.
    """
    if w.kind != "suffix":
        return None
    if w.right in FORMS or w.right in CALLED_AFTER or w.right in OFFICES:
        return False
    if w.opened.startswith("("):
        return w.surely_starts()
    if w.opened and w.opened[0] in "-–—":
        return False
    if w.first.isdecimal():
        return False  # Marvel Consultants, Inc. 28601 Chagrin Blvd.
    return _fresh(w) or _subject(w)


def short(w: Window) -> bool | None:
    """Another short form: 57 lbs. of rice; Let's ask Jane and co.|They should know; and so on, etc.|Smith left."""
    if w.kind != "short" and not VOWELLESS.fullmatch(w.left):
        return None
    if w.left in ("etc", "Etc") or "/" in w.token:  # 65 l/min.|Russian athletes
        return True
    if w.left in MEASURES and w.before()[-1:].isdecimal() and w.first.isupper():  # it weighs 80 kg.|Russian gymnasts
        return True
    if w.kind != "short" and w.left.isupper():
        return None
    if w.opened.startswith("("):
        return w.surely_starts()
    if w.first.isdecimal():
        return w.left in ("yrs", "hrs", "min", "mins")
    return w.starts() or _subject(w)


RULES = (
    rules.broken_off,
    rules.unspaced,
    rules.wrapped,
    rules.trailing,
    rules.punctuated,
    rules.nothing,
    rules.dateline,
    interview,
    rules.marker,
    rules.small,
    rules.author,
    rules.answer,
    rules.bracketed,
    exclaimed_name,
    attribution,
    aside,
    rules.remark,
    rules.elision,
    rules.afterthought,
    rules.ellipsis,
    detached,
    title,
    numbered,
    link,
    month,
    hour,
    initial,
    acronym,
    suffix,
    short,
    rules.symbol,
    rules.stop,
)

_DOUBLE = re.compile(r"[\"“](?<=[a-z,][ \u00a0].)(?=\w)")
_SINGLE = re.compile(r"['‘](?<=,[ \u00a0].)(?=[a-z])")
_CLOSED = {
    '"': re.compile(r'"'),
    "“": re.compile(r"[“”]"),
    "'": re.compile(r"(?<=[.!?,…])'(?=[\s)]|$)|(?<=\w)'(?=\s\()"),
    "‘": re.compile(r"(?<=[.!?,…])’(?=[\s)]|$)|(?<=\w)’(?=\s\()"),
}
_LONG = 600
_FOLLOWED = re.compile(r"[\"”'’]\s+(?:([a-z]+)(?:\s+([a-z]+))?|[A-Z])")
_PRONOUNS = words("he she they we it i you")


def embedded(text: str) -> list[range]:
    """Find quotations that are part of their sentence, the last first, so that no stop inside them ends one.

    Opened in mid-sentence, and either left without a stop before the sentence goes on ("… of the mountains" in his
    book), or followed in small letters by something other than the speaker: The crowd shouted "Stop! Thief!" and ran.
    A single-quoted passage that opens small goes on with its sentence: he said, 'after such a fall as this! How brave
    …'. Where it stops: quotations over 600 characters.
    """
    openings: list[re.Match[str]] = []
    if '"' in text or "“" in text:
        openings += _DOUBLE.finditer(text)
    if ", '" in text or ", ‘" in text:
        openings += _SINGLE.finditer(text)
        openings.sort(key=_start)
    spans: list[range] = []
    closes = dict.fromkeys(_CLOSED, -1)  # the next closing quote, or how far there is none: nothing is read twice
    for opened in openings:
        quote, begin = opened.group(), opened.end()
        if spans and begin <= spans[-1].stop:
            continue
        if closes[quote] < begin:
            closed = _CLOSED[quote].search(text, begin, begin + _LONG)
            closes[quote] = closed.start() if closed else begin + _LONG
        close = closes[quote]
        if close < len(text) and close - begin < _LONG and _quotes(text, begin, close):
            spans.append(range(begin - 1, close))
    spans.reverse()
    return spans


def _quotes(text: str, begin: int, close: int) -> bool:
    """Tell whether a passage between quotes is one, and part of the sentence around it."""
    if text[close] == "“" or (text[close] == '"' and text[close - 1] in " (\u00a0") or "\n" in text[begin:close]:
        return False
    return text[close] in "'’" or _goes_on(text, close)


def _start(match: re.Match[str]) -> int:
    return match.start()


def _goes_on(text: str, close: int) -> bool:
    """Tell whether the sentence around a quotation goes on after it closes, the speaker aside."""
    followed = _FOLLOWED.match(text, close, close + 48)
    if not followed or text[close - 1] in ".,":
        return False
    first, second = followed.groups()
    if first is None or text[close - 1] not in "!?…":
        return text[close - 1] not in "!?…"
    return not (first in SPEECH or (first in _PRONOUNS and second in SPEECH))
