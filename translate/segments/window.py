"""What a rule sees of the text around one candidate: a few words on either side, never the whole."""

from __future__ import annotations

import re

from translate.segments.lexicon import Lexicon, words

REACH = (
    48  # characters on either side; the longest abbreviation and its neighbours fit, and a line of 5 MB costs no more
)
OPEN = "\"'“‘«„‹([{¿¡`*_"
QUOTES = "\"'“”‘’«»„‹›"
DASHES = "-–—―‒"
SHOUTED = words("THE IT HE SHE THEY WE BUT AND IN ON AT FOR IF THIS THAT NO NOT HIS ITS AS A")
WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")


class Window:
    """One candidate: `text[at:marks]` are its stops, `text[marks:stop]` the closing quotes and brackets.

    Attributes:
        begin: where the sentence that may end here began.
        next: first character after the blanks, `len(text)` at the end.
        token: what stands before the stops up to a blank, as written ("(R-Fla", "U.S", "word").
        left: the same without opening punctuation and without what precedes a hyphen or slash ("Fla", "U.S").
        opened: quotes, brackets and dashes at the start of what follows.
        right: the first word that follows them, or "".
        first: the first character that follows them, or "".
    """

    __slots__ = ("at", "begin", "first", "left", "lexicon", "marks", "next", "opened", "right", "stop", "text", "token")

    def __init__(self, text: str, begin: int, at: int, marks: int, stop: int, following: int, lexicon: Lexicon) -> None:  # noqa: PLR0917
        self.text = text
        self.begin = begin
        self.at = at
        self.marks = marks
        self.stop = stop
        self.next = following
        self.lexicon = lexicon
        piece = text[max(begin, at - REACH) : at]
        self.token = piece.rsplit(None, 1)[-1] if piece and not piece[-1].isspace() else ""
        left = self.token.lstrip(OPEN + DASHES)
        if left and left not in lexicon.kinds:
            for sign in '/–—-…(“"«':
                if sign in left:
                    left = left.rsplit(sign, 1)[1]
        self.left = left
        piece = text[following : following + REACH]
        rest = piece.lstrip(OPEN + DASHES + " \u00a0")
        self.opened = piece[: len(piece) - len(rest)]
        self.first = rest[:1]
        word = WORD.match(rest)
        self.right = word.group() if word else ""

    @property
    def kind(self) -> str:
        """Return what the abbreviation before the stop may do, "" if it is none."""
        return self.lexicon.kinds.get(self.left, "")

    @property
    def gap(self) -> str:
        """Return the blanks after the stop and its closing marks."""
        return self.text[self.stop : self.next]

    def before(self) -> str:
        """Return the word before `token`, as written, "" at the start of the sentence."""
        start = self.at - len(self.token)
        words = self.text[max(self.begin, start - REACH) : start].split()
        return words[-1] if words else ""

    def after(self) -> str:
        """Return what follows `right`, up to REACH characters."""
        start = self.next + len(self.opened) + len(self.right)
        return self.text[start : start + REACH]

    def starts(self) -> bool:
        """Tell whether the word that follows begins a sentence, as far as news tells."""
        return begins(self.right, self.lexicon.starters)

    def surely_starts(self) -> bool:
        """Tell whether the word that follows begins a sentence after anything: "The", "However"."""
        return begins(self.right, self.lexicon.sure)


def begins(word: str, words: frozenset[str]) -> bool:
    """Look a word up by its small letters, and by its first part: "It's", "There'll", "U-turn"."""
    if word.isupper() and len(word) > 1 and word not in SHOUTED:
        return False  # GmbH & Co. KG; the U.S. AIDS programme
    low = word.lower()
    if low in words:
        return True
    for sign in "'’-":
        head, found, _tail = low.partition(sign)
        if found:
            return head in words
    return False
