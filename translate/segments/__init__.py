"""Sentence segmentation by exact offsets: `text[s.start:s.stop]`; the text is never altered.

One compiled pattern finds every candidate: a stop with its closing quotes and brackets, or a line break. The
commonest one, a plain word, a stop, a blank and a capital, is cut on the spot; every other is put to the ordered
rules of its language, which see a window of a few words on either side. So the time is linear in the text whatever it
holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from translate.segments import lists, rules
from translate.segments.lexicon import Lexicon
from translate.segments.window import Window

LANGUAGES = ("en", "ru", "kk", "ky")

_AFTER = (
    r"(?:(?<=[\n\r\u2028\u2029\x0b\x0c\x85])\s*+"
    r"|[.!?…。！？．｡]*+(?:[\"'”’»)\]*_]|\[[\d,–-]{1,9}\]|[⁰-₎¹²³]|\s[”»)\]](?!\w))*+\s*+)"
)
_STOPS = r".!?…。！？．｡\n\r\u2028\u2029\x0b\x0c\x85"
_CANDIDATE = re.compile(rf"[{_STOPS}]{_AFTER}")
# speech cut short by a dash is rare: its pattern, slower by a third, is used only where a quote follows a dash
_WITH_DASHES = re.compile(rf"[{_STOPS}–—-](?:(?<![–—-])|(?=[\"”»]\s)){_AFTER}")
_NEWLINES = "\n\r\u2028\u2029\x0b\x0c\x85"
_BUFFER = 1 << 18  # characters held of a stream
_MARGIN = 2000  # characters after a candidate that a decision can depend on, and more
_CROWDED = 6  # characters between two candidates: as close as initials
_CLUTTER = 20  # so many crowded candidates in a row are no prose: . . . . . . A. A. A. A.
_CROWD = re.compile(r"(?:[^.!?…\n]{0,4}[.!?…]++)*+")
_WORD = 24  # the longest word the fast path looks back for


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of a block.

    Args:
        start, stop: code points of the block's text, half-open, no blanks at either end.
        rule: name of the rule that set the end of the segment.
    """

    start: int
    stop: int
    rule: str = "end"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a sentence might have ended, and why it did or did not.

    Args:
        offset: code point after the stop and its closing marks: `text[:offset]` is what would have ended there.
        cut: whether a segment ends there.
        rule: name of the rule that decided; `translate.segments.english.RULES` and its siblings hold them in order.
    """

    offset: int
    cut: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a long text, cut between sentences; the passages joined are the text.

    Args:
        offset: where it starts in the whole text, in code points.
        text: the piece.
        segments: its sentences, by their places in `text`.
        candidates: if asked for, every place in `text` where a sentence might have ended.
    """

    offset: int
    text: str
    segments: tuple[Segment, ...]
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Language:
    rules: tuple[Callable[[Window], bool | None], ...]
    lexicon: Lexicon
    embedded: Callable[[str], list[range]]


@cache
def _language(code: str) -> _Language:
    if code == "en":
        from translate.segments import english

        return _Language(english.RULES, english.lexicon(), english.embedded)
    if code not in LANGUAGES:
        raise ValueError(f"no rules for language {code!r}; known: {', '.join(LANGUAGES)}")
    from translate.segments import russian, turkic

    words = russian.lexicon() if code == "ru" else turkic.lexicon(code)
    return _Language(russian.RULES, words, russian.embedded)


def split(text: str, language: str = "en") -> list[Segment]:
    """Split a text into sentences; joining the segments and the gaps between them rebuilds it.

    Splitting at every stop before a capital cuts "Gen. David Petraeus"; never cutting after an abbreviation joins "…
    in the U.S." to what follows. The rules decide by what stands on either side. Sentences inside a quotation are
    sentences. A line break ends a sentence unless the line goes on in small letters. It stops where only the sense
    tells: "in the U.S. Steel".

    Args:
        text: any Unicode string, best one paragraph (or one a line).
        language: "en", "ru", "kk" or "ky".

    Returns:
        the sentences in order, blanks between them left out; none for a blank text.

    Raises:
        ValueError: the language has no rules.
    """
    return _scan(text, _language(language), None)


def explain(text: str, language: str = "en") -> list[Candidate]:
    """Return every place where a sentence might have ended, with the rule that decided.

    The candidates with `cut` set are the ends of the segments that `split` returns, but for the end of the text,
    which needs no rule.
    """
    log: list[Candidate] = []
    _scan(text, _language(language), log)
    return log


def stream(chunks: Iterable[str], language: str = "en", *, explained: bool = False) -> Iterator[Passage]:
    """Split a text of any length that comes in pieces, holding some 300,000 characters of it at a time.

    The sentences are those of `split` on the whole text, with one exception: a sentence that goes on for over 256K
    characters without a possible end is cut at a blank, and the rule of that cut is "limit".

    Args:
        chunks: the text in order, in pieces of any size.
        language: "en", "ru", "kk" or "ky".
        explained: fill `candidates` of each passage too.

    Yields:
        passages: consecutive pieces of the text, each of whole sentences.
    """
    rules_of = _language(language)
    buffer, offset = "", 0
    for chunk in chunks:
        buffer += chunk
        while len(buffer) >= _BUFFER:
            log: list[Candidate] | None = [] if explained else None
            passage = _passage(buffer, offset, _scan(buffer, rules_of, log), log or [])
            yield passage
            offset += len(passage.text)
            buffer = buffer[len(passage.text) :]
    log = [] if explained else None
    segments = _scan(buffer, rules_of, log)
    if buffer:
        yield Passage(offset, buffer, tuple(segments), tuple(log or []))


def _passage(buffer: str, offset: int, segments: list[Segment], log: list[Candidate]) -> Passage:
    """Cut a full buffer where a sentence starts whose beginning no later text can change."""
    last = len(buffer) - _MARGIN
    sure = [k for k, s in enumerate(segments) if k and s.start < last]
    lines = [k for k in sure[-2000:] if "\n" in buffer[segments[k - 1].stop : segments[k].start]]
    if sure:
        k = (lines or sure)[-1]
        cut, kept = segments[k].start, segments[:k]
    else:
        blank = buffer.rfind(" ", 0, last)
        cut = blank + 1 if blank > last // 2 else last
        stop = len(buffer[:cut].rstrip())
        kept = [Segment(segments[0].start, stop, "limit")] if segments and segments[0].start < stop else []
    return Passage(offset, buffer[:cut], tuple(kept), tuple(c for c in log if c.offset <= cut))


def _scan(text: str, language: _Language, log: list[Candidate] | None) -> list[Segment]:
    segments: list[Segment] = []
    length, begin = len(text), len(text) - len(text.lstrip())
    if begin == length:
        return segments
    quoted = '"' in text or "”" in text or "»" in text or "’" in text or "'" in text
    embedded = language.embedded(text) if quoted else []  # the last comes first: popped as they are passed
    item, previous, streak = lists.item(text, begin), begin, 0
    pattern = _WITH_DASHES if quoted and _broken_off(text) else _CANDIDATE
    matches = pattern.finditer(text, begin)
    while (match := next(matches, None)) is not None:
        at, following = match.span()
        streak, previous = streak + 1 if at - previous < _CROWDED else 0, at
        if streak > _CLUTTER and following < length:
            end = _CROWD.match(text, following).end()  # type: ignore[union-attr]  # matches the empty run too
            _pass_over(log, end, "clutter")
            matches = pattern.finditer(text, end)
            continue
        while embedded and at >= embedded[-1].stop:
            embedded.pop()
        if item.following and at >= item.following:
            begin, item = _past_items(text, at, begin, item, segments=segments, log=log)
        if following >= length:
            break
        outside = at >= item.marker and not (embedded and at >= embedded[-1].start)
        if outside and _is_plain_end(text, at, following, begin, language.lexicon):
            _note(segments, log, begin, following - 1, "stop")
            begin = following
            item = _item_at(text, begin, item, same_line=text[following - 1] != "\n")
            continue
        found = _decide(text, language, match, begin=begin, span=embedded[-1] if embedded else None, item=item)
        if not found.cut or found.stop <= begin:
            _pass_over(log, found.stop, found.rule)
            continue
        _note(segments, log, begin, found.stop, found.rule)
        begin = found.following
        item = _item_at(text, begin, item, same_line="\n" not in text[found.stop : begin])
    begin, _item = _past_items(text, length, begin, item, segments=segments, log=log)
    if (stop := len(text.rstrip())) > begin:
        segments.append(Segment(begin, stop, "end"))
    return segments


def _is_plain_end(text: str, at: int, following: int, begin: int, lexicon: Lexicon) -> bool:
    """Decide the commonest case for speed, as the rules would: a plain word, a stop, a blank, a capital."""
    mark, first, width = text[at], text[following], following - at
    if (
        (width == 2 or (width == 3 and mark == "." and text[at + 1] in "\"”’»)'"))
        and mark in ".?!"
        and (
            (first.isupper() and not text[following + 1 : following + 2].isupper())
            or ("0" <= first <= "9" and mark == ".")
            or (first in '"“«' and text[following + 1 : following + 2].isupper())
        )
        and text[following - 1] in " \n\u00a0"
    ):
        low = at - _WORD if at - _WORD > begin else begin
        blank = text.rfind(" ", low, at)
        word = text[blank + 1 if blank >= 0 else low : at]
        known = lexicon.plain.get(word)
        return known if known is not None else lexicon.is_plain(word)
    return False


def _item_at(text: str, begin: int, item: lists.Item, *, same_line: bool) -> lists.Item:
    """Return the list item that begins with a sentence, else the one that goes on."""
    if text[begin] not in lists.STARTS:
        return item
    return lists.item(text, begin, running=bool(item) and same_line) or item


def _past_items(
    text: str, at: int, begin: int, item: lists.Item, *, segments: list[Segment], log: list[Candidate] | None
) -> tuple[int, lists.Item]:
    """Note the items that end before a place; return where the one it lies in begins, and that item."""
    while item.following and at >= item.following:
        _note(segments, log, begin, begin + len(text[begin : item.following].rstrip()), "item")
        begin = item.following
        item = lists.item(text, begin, running=True)
    return begin, item


def _pass_over(log: list[Candidate] | None, stop: int, rule: str) -> None:
    if log is not None:
        log.append(Candidate(stop, False, rule))


def _note(segments: list[Segment], log: list[Candidate] | None, start: int, stop: int, rule: str) -> None:
    segments.append(Segment(start, stop, rule))
    if log is not None:
        log.append(Candidate(stop, True, rule))


def _broken_off(text: str) -> bool:
    return '-"' in text or "—”" in text or '—"' in text or "–”" in text or '–"' in text or "-”" in text or "—»" in text


@dataclass(frozen=True, slots=True)
class _Decision:
    stop: int
    following: int
    cut: bool
    rule: str


def _decide(
    text: str, language: _Language, match: re.Match[str], *, begin: int, span: range | None, item: lists.Item
) -> _Decision:
    """Put one candidate to the rules."""
    at, following = match.span()
    if text[at] in _NEWLINES:
        stop = at
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        cut, rule = _line(text, stop, following)
        return _Decision(stop, following, cut, rule)
    stops = match.group().rstrip()
    stop = at + len(stops)
    if stop <= item.marker:
        return _Decision(stop, following, False, "marker")
    if span is not None and span.start <= at and stop <= span.stop:
        return _Decision(stop, following, False, "embedded")
    if following == stop and text[at] == "." and (text[at - 1].isalpha() or text[at - 1] == ")"):
        note = _NOTE.match(text, at, at + 24)
        if note:
            return _Decision(at + len(note.group().rstrip()), note.end(), True, "note")
    marks = stop - len(stops.lstrip(".!?…。！？．｡–—-"))
    window = Window(text, begin, at, marks, stop, following, language.lexicon)
    for decide in language.rules:
        verdict = decide(window)
        if verdict is not None:
            return _Decision(stop, following, verdict, decide.__name__)
    raise AssertionError("the last rule always answers")


# consultation.11 12 Take the example: a note's number stands behind the stop
_NOTE = re.compile(r"\.\d{1,2}(?:[ ,]\d{1,2})*\s+(?=[A-ZА-ЯЁ\"“«])")
# up to 400 yd⏎( 365.8 m ).
_INSERTED = re.compile(r"\(\s?[^\s\dA-ZА-ЯЁ)][^()\n]{0,200}\)[ .,;]|\(\s?\d[^()\n]{2,200}\)[ .,;]")
_ON = re.compile(r"[^\n.!?:;…]*(?:\n[^\S\n]*[^\W\dA-ZА-ЯЁ_][^\n.!?:;…]*)*[.!?:;…]")


def _line(text: str, stop: int, following: int) -> tuple[bool, str]:
    """Decide at a line break with no stop before it: a heading ends there, a wrapped line goes on."""
    gap = text[stop:following]
    first = text[following]
    if first in ".!?…,;:)":
        return False, "punctuated"
    if gap.count("\n") < 2 and text[stop - 1] not in ",:;":
        if first == "(" and _INSERTED.match(text, following):
            return False, "wrapped"
        if first.islower() and not rules.MARKER.match(text, following) and _ON.match(text, following, following + 500):
            return False, "wrapped"
    return True, "line"
