"""What is never translated in running text: web and e-mail addresses, @handles, #hashtags."""

from __future__ import annotations

import regex

from translate.spans import Span

_DOMAINS = "com org net edu gov int info io kz kg uz tj tm ru cn eu uk us de fr tv fm example"
# One sentence each that forced the rule. The first that matches at a place wins; none matches inside a word.
_RULES = (
    # The data are at https://stat.example/en/2024(1).csv.
    r"(?:https?|ftp)://\S+",
    # See www.example.org/about for more.
    r"www\.[\p{L}\p{N}-]+\.\S+",
    # Write to press.office@energy.example.
    r"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+",
    # “No comment,” @akorda_press wrote.
    r"@[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*",
    # It spread as #FreeTheRiver in a day.
    r"\#\p{L}[\p{L}\p{N}_]*",
    # The letter appeared on vesti.kg and akipress.com/en.
    rf"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:{_DOMAINS.replace(' ', '|')})(?:/\S*)?(?![\p{{L}}\p{{N}}])",
)
_KEPT = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{'|'.join(_RULES)})")
# What looks for a handle in a “word” of a million letters reads it again from each of them.
_TOKEN = regex.compile(r"[^\s<>\"“”«»]+")
_LONGEST = 1000
_SIGNS = frozenset("@#.")
_TAIL = regex.compile(r"[.,;:!?…'’]+$")


def kept_spans(text: str) -> tuple[Span, ...]:
    """Find the pieces of a text that stay as they are in every language.

    The full stop, comma or closing bracket after an address belongs to the sentence, unless the address opened
    the bracket itself. It stops at “words” of more than 1000 letters: none is an address.

    Returns:
        Spans of `text`, ordered, not overlapping.
    """
    spans = []
    for token in _TOKEN.finditer(text):
        if _SIGNS.isdisjoint(token[0]) or len(token[0]) > _LONGEST:
            continue
        for match in _KEPT.finditer(token[0]):
            piece = _without_tail(match[0])
            if len(piece) > 1:
                start = token.start() + match.start()
                spans.append(Span(start, start + len(piece)))
    return tuple(spans)


def _without_tail(piece: str) -> str:
    while True:
        shorter = _TAIL.sub("", piece)
        for opening, closing in ("()", "[]", "{}"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == piece:
            return piece
        piece = shorter
