"""Clause boundaries: where a sentence too long for a model is cut, and how its translated pieces are joined again.

Translation models are trained on sentences and lose the thread of long ones: the draft model saw few above 100 pieces.
A sentence is halved at the best boundary near its middle until every piece fits. What stands where is read from
punctuation and conjunctions alone, without a parser, so a list of names may be cut like a list of clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from translate.spans import Span

_JOINING = (
    "and|but|or|nor|so|yet|which|who|whom|whose|that|while|whereas|because|since|as|when|where|if|unless|until|"
    "after|before|although|though|with|including|saying|according"
)

# Best first; a cut stands where the match ends, which is always before the first letter of the next piece.
BOUNDARIES = (
    # “The dam was finished in 1976; | the town below it was never rebuilt.”
    regex.compile(r"[;:]\s+|\s[—–-]{1,2}\s+"),
    # “He left the party in June, | which surprised nobody.”
    regex.compile(rf",[\"'”’»)]?\s+(?=(?:{_JOINING})\b)"),
    # “In Osh, the second city, | the police …”, “(the largest since 2010) | …”
    regex.compile(r"(?:,[\"'”’»)]?|\))\s+(?=\S)"),
    # “The ministry said | that the water would be shared.”
    regex.compile(rf"\s+(?=(?:{_JOINING})\b)"),
    regex.compile(r"\s+(?=\S)"),
)
_MIDDLE = (0.25, 0.75)  # a cut outside would leave a scrap of a clause: “He said, | …”


def cut(text: str, count: Callable[[str], int], limit: int) -> list[Span]:
    """Cut a sentence into clauses of at most `limit` pieces.

    A single word longer than the limit (a base64 string) is cut inside; otherwise only blanks are left out between
    the spans, so that spans and gaps rebuild the text.

    Args:
        text: one sentence.
        count: number of the model's pieces in a text.
        limit: at least 1.

    Returns:
        Spans in order, none empty unless the text has no letter at all.
    """
    done: list[Span] = []
    todo = [_trimmed(text, 0, len(text))]
    while todo:
        span = todo.pop()
        size = span.stop - span.start
        # A character makes four pieces at most (its bytes), so short texts need no counting.
        if size < 2 or 4 * size < limit or count(span.of(text)) <= limit:
            done.append(span)
            continue
        at = _best_cut(text, span)
        todo += [_trimmed(text, at, span.stop), _trimmed(text, span.start, at)]
    return done


def _best_cut(text: str, span: Span) -> int:
    size = span.stop - span.start
    middle = span.start + size // 2
    low, high = (span.start + max(1, int(size * share)) for share in _MIDDLE)
    for boundary in BOUNDARIES:
        cuts = [m.end() for m in boundary.finditer(text, low, span.stop) if low <= m.end() <= high]
        if cuts:
            return min(cuts, key=lambda at: abs(at - middle))
    return middle


def _trimmed(text: str, start: int, stop: int) -> Span:
    piece = text[start:stop]
    start += len(piece) - len(piece.lstrip())
    return Span(min(start, stop), max(min(start, stop), start + len(piece.strip())))


def mend_seam(source: str, target: str, *, first: bool, last: bool) -> str:
    """Undo what a model does to a clause because it takes it for a sentence: a capital in front, a full stop behind.

    “, which surprised nobody.” alone comes back as «Это никого не удивило.».

    Args:
        source: the clause as it stood.
        target: its translation, stripped.
        first, last: whether the clause begins or ends the sentence.
    """
    if not first and source[:1].islower() and target[:1].isupper() and target[1:2].islower():
        target = target[0].lower() + target[1:]
    if not last:
        if target.endswith(".") and not source.endswith("."):
            target = target.rstrip(".")
        mark = source[-1:]
        if mark in {",", ";", ":"} and target[-1:].isalnum():
            target += mark
    return target


def pieces_between(text: str, separator: regex.Pattern[str], spans: Sequence[Span] = ()) -> list[Span]:
    """Return the spans of `text` between the separators and outside `spans`, blanks at their ends left out."""
    walls = sorted([(m.start(), m.end()) for m in separator.finditer(text)] + [(s.start, s.stop) for s in spans])
    found, at = [], 0
    for start, stop in [*walls, (len(text), len(text))]:
        span = _trimmed(text, at, max(at, start))
        if span.start < span.stop:
            found.append(span)
        at = max(at, stop)
    return found
