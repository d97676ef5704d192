"""Rules that hold in every language: blanks, small letters, ellipses, quotations, notes, line breaks.

A rule is a noun: it looks through a `Window` at one candidate and answers True (a sentence ends here), False (it goes
on) or None (not mine). The first rule of the language's list to answer decides, and its name is the reason shown to the
user. The sentence that forced a rule stands in its docstring, `|` where the cut belongs.
"""

from __future__ import annotations

import re

from translate.segments.lexicon import VOWEL, words
from translate.segments.window import DASHES, QUOTES, REACH, Window

WIDE = "。．！？｡"
CLOSED = "”’»“\"'"
GO_ON = words("and or nor и или of")
CAMEL = re.compile(r"[a-z]{1,2}[A-Z]|[a-z]+\d?[A-Z]")
MARKER = re.compile(r"(?:\(?(?:\d{1,2}|[ivx]{1,5}|[a-zа-я])\)|\d{1,2}\.\)?|[a-z]\.\))[\s\u00a0]")
AFTERTHOUGHTS = words("While Although Though Whereas Because Хотя Поскольку Потому Чтобы")
DOMAIN = re.compile(r"(?:com|net|org|info|ru|kg|kz|uz|tj|ua|by|su|uk|tv|io|ру|рф|kom)\b", re.IGNORECASE)
ADDRESS = re.compile(r"[/@\\]|www\.|\w\.\w+\.\w|^\.\w|\.(?:com|net|org|ru|kg|kz|uk|de|io)\b", re.IGNORECASE)
ROMAN = re.compile(r"[IVXLC]+")
INTERRUPTED = re.compile(r"[?!…][\"”»]?\s*[–—-]{1,2}\s*[^\W\d_A-ZА-ЯЁ]")
FURTHER = re.compile(r"\.\s\.\s\.\s[A-ZА-ЯЁ]")
DATED = re.compile(
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}|\d{1,2} [а-яa-z]{3,9})\.? ?"
    r"(?:[(/–—_-]|[А-ЯЁA-Z]{4,})"
)
DATED_PLACE = re.compile(r"[А-ЯЁA-Z -]{3,}[.,] \d{1,2} [а-яa-z]{3,9}")
AGENCY = re.compile(r"[А-ЯЁA-Z]{4,}(?:-[А-ЯЁA-Z]+)?(?: [-–—]|[.,])")
SPACED = re.compile(r"(?:[.…]\s){1,3}$")


def broken_off(w: Window) -> bool | None:
    """Speech cut short by a dash ends where the quotation closes: "… afore she comes, to--"|At this moment."""
    if w.text[w.at] not in DASHES:
        return None
    return w.next > w.stop and not w.opened and w.surely_starts() and w.right != "I"


def unspaced(w: Window) -> bool | None:
    """Nothing blank follows: 3.5, U.S., Jane.Doe@example.com, wait...what; unless a blank was forgotten.

    Hello world.|Today is Tuesday. — «Манас».|Он не знал.
    """
    if w.next > w.stop:
        return None
    if w.text[w.at] in WIDE:
        return not w.text[w.next].isdecimal()
    if w.opened or not w.first.isupper() or len(w.right) < 2 or not (w.right[1].islower() or len(w.right) > 2):
        return False
    tail = w.text[w.next : w.next + REACH].split(None, 1)[0]
    if (
        ADDRESS.search(w.token)
        or ADDRESS.search(tail)
        or DOMAIN.match(tail)
        or w.kind
        or "." in w.left
        or ".." in w.text[w.at : w.stop]
    ):
        return False
    if w.stop > w.marks:
        return w.text[w.marks] in CLOSED and w.starts()
    plain = len(w.left) > 2 and w.left[-2:].islower() and w.left.isalpha()
    if not plain and not w.left[-3:].isdecimal():
        return False
    return w.starts() or w.lexicon.kinds.get(w.right) == "title" or (plain and ROMAN.fullmatch(w.right) is not None)


def wrapped(w: Window) -> bool | None:
    """A line broken after a title goes on: Gen.⏎Petraeus; after any other stop the break ends the sentence."""
    gap = w.gap
    if "\n" not in gap and "\r" not in gap:
        return None
    if w.kind in ("title", "link", "number") and gap.count("\n") < 2:
        return False
    goes_on = w.first.islower() and not w.opened and gap.count("\n") < 2
    return not (goes_on and (w.kind or w.text[w.stop - 1] in CLOSED))


def dateline(w: Window) -> bool | None:
    """A place in capitals, a date and an agency go before their sentence: MOSCOW. Jan 5 (Interfax) - Oil."""
    if w.at - w.begin > REACH or not w.text[w.begin : w.begin + 3].isupper():
        return None
    so_far = w.text[w.begin : w.at]
    place = so_far.isupper() and DATED.match(w.text, w.next)
    return False if place or (DATED_PLACE.fullmatch(so_far) and AGENCY.match(w.text, w.next)) else None


def marker(w: Window) -> bool | None:
    """A numbered item begins a sentence: (i) Hello world.|(ii) Hello world."""
    first = w.text[w.next]
    if not (first == "(" or first.isdecimal() or first.islower()):
        return None
    if not MARKER.match(w.text, w.next) or w.kind or (first.isdecimal() and w.left.isdecimal()):
        lettered = w.text.startswith("a. ", w.next) and " b. " in w.text[w.next : w.next + 400]
        return True if lettered and not w.kind else None
    if first.islower() and ")" not in w.text[w.next : w.next + 6]:
        return None
    return True


def punctuated(w: Window) -> bool | None:
    """A comma, bracket or number sign goes on with the sentence: Leave me alone! , he yelled; 2012 жыл. №590."""
    return False if w.text[w.next] in ",;:%)]}/&=+№" else None


def trailing(w: Window) -> bool | None:
    """Stops set apart belong to one ellipsis: see . . . what; compounds.| . . . The practice."""
    following = w.text[w.next]
    if following in ".…?!":
        ahead = w.text[w.next : w.next + 8]
        apart = w.left and w.text[w.at : w.stop] == "." and not w.kind and len(w.left) > 2
        return bool(apart and following == "." and FURTHER.match(ahead))
    if w.left or w.text[w.at] not in ".…":
        return None
    run = SPACED.search(w.text[max(w.begin, w.at - 6) : w.at])
    if not run:
        return None
    if not w.text[w.begin : w.at - len(run.group())].strip(QUOTES):  # ". . . We are finished."
        return False
    return w.first.isupper() and not _first_person(w)


def _first_person(w: Window) -> bool:
    return w.right == "I" or w.right[:2] in ("I'", "I’")


def small(w: Window) -> bool | None:
    """A small letter goes on with the sentence, unless it is a name that begins so: phones.|iPhone imports rose.

    In mail and comments people begin sentences small after a plain word: it works.|let me know / Leave me alone! he
    yelled.
    """
    if not w.first.islower():
        return None
    if CAMEL.match(w.right) and (len(w.left) > 2 or w.stop > w.marks):
        return not w.kind
    if w.opened or w.stop > w.marks or w.kind:
        return False
    if w.text[w.at] in "?!":
        following = w.after().split(None, 1)
        said = w.right in w.lexicon.speech or bool(following and following[0].strip(".,") in w.lexicon.speech)
        on = w.right in GO_ON and w.marks == w.at + 1
        return (
            not said
            and not on
            and w.left not in w.lexicon.exclaimed
            and (w.left.islower() or w.marks > w.at + 1 or not w.left)
        )
    if w.text[w.at : w.stop] != ".":
        return False
    if w.left.isupper():
        return len(w.left) > 1 and w.left.isalpha() and w.surely_starts()
    word = w.left.replace("'", "").replace("’", "")
    if not word or not word.isalnum() or not word[1:].islower():
        return not w.left or (word.isdecimal() and len(word) > 2 and w.starts())
    if len(word) < 4 and w.before()[-1:].isdecimal():  # 6 ft. 2 in. tall
        return False
    if len(word) > 4 or word.lower() in w.lexicon.starters:
        return True
    return VOWEL.search(word) is not None and word.islower() and (len(word) > 2 or w.surely_starts())


def author(w: Window) -> bool | None:
    """A dash after a closed quotation brings its author: «Что делать?» — Иванов молчал. / "Why not?" – Smith."""
    if w.text[w.next] not in DASHES or w.stop == w.marks:
        return None
    return False if w.text[w.stop - 1] in CLOSED else None


def answer(w: Window) -> bool | None:
    """Author's words between question and answer leave one quotation: «К чему? – спросила мама. – Завтра»."""
    if w.text[w.next] not in DASHES or w.stop > w.marks:
        return None
    said = w.text[max(w.begin, w.at - 120) : w.at]
    if said.count("«") > said.count("»") and INTERRUPTED.search(said):
        return False
    return None


def bracketed(w: Window) -> bool | None:
    """A stop inside square brackets is a note's: [16: firma? 13:28]."""
    if w.text[w.at] == "." or not w.first.isdecimal():
        return None
    before = w.text[max(w.begin, w.at - REACH) : w.at]
    return False if before.rfind("[") > before.rfind("]") else None


def remark(w: Window) -> bool | None:
    """A short form in brackets stands inside its sentence: Maj. Gen. (ret.) Omurov; ген.-м. (отст.) Омуров."""
    if w.text[w.at] != "." or w.text[w.marks : w.stop] != ")" or not w.token.startswith("("):
        return None
    word = w.token[1:]
    if (
        not word.replace(".", "").replace("-", "").isalpha()
        or len(word) > 7
        or (VOWEL.search(word[2:]) and len(word) > 5)
    ):
        return None
    if w.before().endswith(".") or w.before()[:1].isupper() or w.lexicon.kinds.get(w.before()) == "title":
        return False  # Col. (res.) Smith, Smith (ind.) Baker
    return w.surely_starts()


def elision(w: Window) -> bool | None:
    """Dots in brackets stand for words left out: the stairways [...]" (Smith 55)."""
    if w.text[w.marks : w.marks + 1] in ("]", ")") and w.text[w.at - 1 : w.at] in ("[", "("):
        return False
    return None


def afterthought(w: Window) -> bool | None:
    """A concession after an ellipsis belongs to what trailed off: берут кредиты… Хотя; to credit … While."""
    run = w.text[w.at : w.stop]
    return False if run in ("…", "...") and w.right in AFTERTHOUGHTS else None


def ellipsis(w: Window) -> bool | None:
    """Three dots and a capital end a sentence: We waited …”|Then it stopped; not before "I": see ... I mean."""
    run = w.text[w.at : w.marks]
    if "…" not in run and "..." not in run:
        return None
    if w.stop == w.marks and _first_person(w) and len(run) < 4 and not w.left:
        return False
    return True if w.first else None


def nothing(w: Window) -> bool | None:
    """Only signs follow: As shown in Fig. ?? / ! ! !"""
    return False if not w.first else None


def stop(w: Window) -> bool | None:
    """A stop, a blank, and what may begin a sentence."""
    return True


def symbol(w: Window) -> bool | None:
    """What follows is no letter, digit or quote: it may begin a bullet, a price or a hashtag."""
    if w.first.isalnum():
        return None
    return w.first in "$€£₽#@•●▪■→✓+~№<>" or w.first > "\u2190"
