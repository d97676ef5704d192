"""Text as it is read aloud: without the letters nobody sees, and with the way back to where each letter stood.

A page may hold “Sadyr” with a soft hyphen and “Kazakhstan” with blanks of no width in it: no glossary finds such a
name, and an engine reads two words. Removing every format character would be as wrong: a zero-width joiner holds an
emoji together, a non-joiner is spelling in Persian, and a bidi mark orders a Hebrew sentence.
"""

from __future__ import annotations

import bisect
import unicodedata
from dataclasses import dataclass

import regex

# Between two letters these join; elsewhere a blank of no width parts words that stand together: “Monday.”, “The”.
_ZERO_WIDTH = "\u200b\ufeff\u2060\u180e"
_JOINERS = "\u200c\u200d"
_BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_BIDI_MARK = regex.compile(f"[{_BIDI}]")
_UNSEEN = regex.compile(
    rf"[\u00ad\u034f\u115f\u1160\u3164\uffa0\u206a-\u206f\ufff9-\ufffb\u0000-\u0008\u000e-\u001f\u007f-\u0084"
    rf"\u0086-\u009f{_ZERO_WIDTH}{_JOINERS}{_BIDI}\ufe00-\ufe0f\U000e0001-\U000e007f]"
)
_BLANKS = regex.compile(r"[\s\p{Z}]+")
# “10 ⚠️” keeps its variation selector, 👩‍🌾 its joiner, 🏴󠁧󠁢󠁷󠁬󠁳󠁿 its tags; “a️” had one by mistake.
_PICTURE = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Component}\p{S}\U000e0001-\U000e007f\u200d\ufe0f]")
_DRAWN = regex.compile(r"[\p{Extended_Pictographic}\p{S}]")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}\p{Nko}]")
_PLAIN_SCRIPT = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Common}\p{Inherited}]")
_CLUSTER = regex.compile(r"[^\s\p{Z}\p{M}]\p{M}+|\p{M}+|\P{M}")
# Vietnamese puts two marks on a letter and phonetic script three; Zalgo text puts ten.
_MOST_MARKS = 4
_SIMPLE = regex.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text in reading form, and for each of its code points the code points it was made of.

    Args:
        text: NFC, on one line, no blank at its ends, every run of blanks one blank.
        starts, stops: n offsets into the text as it was, half-open; what lies between two was removed.
    """

    text: str
    starts: tuple[int, ...] | range
    stops: tuple[int, ...] | range

    def position(self, old: int) -> int:
        """Return where an offset of the text as it was lies now: before the first code point at or after it."""
        return bisect.bisect_left(self.starts, old)


def tidy(text: str) -> Tidied:
    """Return a text as it is read aloud.

    Soft hyphens, joiners and blanks of no width within words, bidi marks in a text that runs one way, and marks piled
    on a letter are removed; those that mean something stay.
    """
    if _SIMPLE.fullmatch(text):
        return Tidied(text, range(len(text)), range(1, len(text) + 1))
    shown = _seen(text)
    kept = [n for n, piece in enumerate(shown) if piece]
    pieces: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for cluster in _CLUSTER.finditer("".join(shown[n] for n in kept)):
        begin, end = kept[cluster.start()], kept[cluster.end() - 1] + 1
        composed = _composed(cluster[0])
        if _BLANKS.fullmatch(composed):
            if pieces and pieces[-1] == " ":
                stops[-1] = end
                continue
            composed = " "
        for n, letter in enumerate(composed):
            same = len(composed) == end - begin
            pieces.append(letter)
            starts.append(begin + n if same else begin)
            stops.append(begin + n + 1 if same else end)
    first = 1 if pieces[:1] == [" "] else 0
    last = len(pieces) - 1 if pieces[first:] and pieces[-1] == " " else len(pieces)
    return Tidied("".join(pieces[first:last]), tuple(starts[first:last]), tuple(stops[first:last]))


def _composed(cluster: str) -> str:
    if len(cluster) == 1:
        return unicodedata.normalize("NFC", cluster)
    composed = unicodedata.normalize("NFC", cluster)
    marks = sum(unicodedata.combining(letter) > 0 or unicodedata.category(letter) == "Me" for letter in composed)
    return composed if marks < _MOST_MARKS else unicodedata.normalize("NFC", cluster[0])


def _seen(text: str) -> list[str]:
    """Return the text code point by code point, "" for each that is not to be seen, " " for one that parts words."""
    shown = list(text)
    two_ways = bool(_RIGHT_TO_LEFT.search(text))
    for match in _UNSEEN.finditer(text):
        n, letter = match.start(), match[0]
        before = next((c for c in reversed(shown[max(n - 8, 0) : n]) if c), "")
        after = text[n + 1 : n + 2]
        shown[n] = _shown(letter, before, after, two_ways)
    return shown


def _shown(letter: str, before: str, after: str, two_ways: bool) -> str:
    if letter in _ZERO_WIDTH:
        apart = before and after and before in '.!?:;…”"’)' and after.isalpha()
        return " " if apart else ""
    if letter == "\u200d" and _PICTURE.fullmatch(before or " ") and _DRAWN.fullmatch(after or " "):
        return letter
    if letter in _JOINERS:
        foreign = any(c and c.isalpha() and not _PLAIN_SCRIPT.match(c) for c in (before, after))
        return letter if foreign else ""
    if "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0001":
        return letter if before and _PICTURE.match(before) else ""
    if _BIDI_MARK.match(letter):
        return letter if two_ways else ""
    return ""
