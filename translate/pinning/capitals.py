"""Headlines in capitals: an engine reads “TOKAYEV MEETS PUTIN” as noise; it gets “Tokayev meets Putin”.

A sentence in capitals throughout goes to the engine in small letters but for its names, and the Russian comes back in
capitals, its pins too. One With A Capital On Every Word goes in small letters as well; Russian headlines have none.
Which words are names: the terms found, and what no English lexicon has. Where it stops: a name that is a word too, and
that no glossary has (“WEST SLAMS RICE”).
"""

from __future__ import annotations

from dataclasses import replace

import regex

from translate import lexicon
from translate.glossary import TermMatch
from translate.pinning.passes import Sentence
from translate.pinning.record import Pin, Pinned
from translate.spans import Span

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*")
_MANY = 3  # words of some length in a headline; fewer may be a name
_LONG = 4  # letters: “of”, “in”, “for” are small in titles anyway


def calmed(sentence: Sentence) -> Sentence:
    """Return a sentence in the capitals of prose, letter for letter as long as it was; most are that already."""
    text = sentence.text
    if is_loud(text):
        small = [_small(word, text) for word in _WORD.finditer(text)]
    elif _is_title(text):
        small = [_small(word, text) for word in _WORD.finditer(text) if not word[0].isupper() or len(word[0]) == 1]
    else:
        return sentence
    letters = list(text)
    for at, piece in ((word.start, word.text) for word in small):
        letters[at : at + len(piece)] = piece
    for match in sentence.matches:
        letters[match.span.start : match.span.stop] = _spelt(match, text)
    first = next((n for n, letter in enumerate(letters) if letter.isalpha()), 0)
    letters[first : first + 1] = letters[first : first + 1] and [letters[first].upper()]
    for span in sentence.kept:
        letters[span.start : span.stop] = span.of(text)
    calm = "".join(letters)
    return replace(sentence, text=calm) if len(calm) == len(text) else sentence


class _Piece:
    """A word in other letters."""

    __slots__ = ("start", "text")

    def __init__(self, start: int, text: str) -> None:
        self.start, self.text = start, text


def _small(word: regex.Match[str], text: str) -> _Piece:
    low = word[0].lower()
    bare = regex.sub(r"['’]s$", "", low)
    plain = lexicon.is_known(bare) or lexicon.count(bare) > 0
    new = low if plain else low[:1].upper() + low[1:]
    short = len(bare) < _LONG and not lexicon.is_known(bare)
    return _Piece(word.start(), word[0] if short or len(new) != len(word[0]) else new)


def _spelt(match: TermMatch, text: str) -> str:
    """Return a term in the capitals that its glossary gives it."""
    piece = match.span.of(text)
    for name in (match.term.source, *match.term.aliases):
        tail = name[len(name) - len(piece) :]
        for spelt in (name, tail):
            if len(spelt) == len(piece) and spelt.upper() == piece.upper():
                return spelt
    if match.term.kind in ("person", "place"):
        return _WORD.sub(lambda word: word[0][:1].upper() + word[0][1:].lower(), piece)
    return piece.lower() if match.term.target[:1].islower() else piece


def is_loud(text: str) -> bool:
    """Tell whether a text stands in capitals throughout: two words or more, one of them of some length."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    return len(words) > 1 and text.upper() == text and any(len(word) >= _LONG for word in words)


def _is_title(text: str) -> bool:
    """Tell whether every long word has a capital, as English headlines have it."""
    long = [word for word in _WORD.findall(text) if len(word) >= _LONG]
    ends = text.rstrip("\"'”’»)").endswith((".", "!", ";"))
    return len(long) >= _MANY and not ends and all(word[0].isupper() for word in long) and not is_loud(text)


def raised(sentence: Sentence, pinned: Pinned) -> Pinned:
    """Return the Russian of a sentence in capitals in capitals; `sentence` is as the author wrote it."""
    if not is_loud(sentence.text) or len(pinned.text.upper()) != len(pinned.text):
        return pinned
    kept = [span.of(sentence.text) for span in sentence.kept]
    text = pinned.text.upper()
    for piece in kept:
        at = pinned.text.find(piece)
        text = text[:at] + piece + text[at + len(piece) :] if at >= 0 else text
    pins = tuple(replace(pin, form=pin.target.of(text)) for pin in pinned.pins)
    return replace(pinned, text=text, pins=pins)


def alone(sentence: Sentence) -> Pinned | None:
    """Return the Russian of a segment that is one term and nothing else, for which no engine is asked; else None."""
    if len(sentence.matches) != 1 or sentence.kept:
        return None
    [match] = sentence.matches
    before, after = sentence.text[: match.span.start], sentence.text[match.span.stop :]
    if regex.search(r"[\p{L}\p{N}]", before + after) or match.possessive:
        return None
    form = match.paradigm().form("nomn", match.number) if match.target else match.span.of(sentence.text)
    piece = match.span.of(sentence.text)
    if piece.isupper() and len(piece) >= _LONG:
        form = form.upper()
    elif piece[:1].isupper():
        form = form[:1].upper() + form[1:]
    paradigm = match.paradigm()
    number = match.number or paradigm.number
    target = Span(len(before), len(before) + len(form))
    pin = Pin(match.span, target, paradigm.lemma, form, "nomn", number, "already", 1.0)
    return Pinned(before + form + after, (pin,))
