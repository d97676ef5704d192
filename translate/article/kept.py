"""What is never translated in running text: web and e-mail addresses, @handles, #hashtags."""

from __future__ import annotations

import regex

from translate.errors import Span

# One sentence each that forced the rule. The first that matches at a place wins; none matches inside a word.
_KEPT = regex.compile(
    r"""(?<![\p{L}\p{N}])(?:
        (?:https?|ftp)://[^\s<>"“”«»]+                 # The data are at https://stat.example/en/2024(1).csv.
      | www\.[\p{L}\p{N}-]+\.[^\s<>"“”«»]+             # See www.example.org/about for more.
      | [\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+   # Write to press.office@energy.example.
      | @[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*           # “No comment,” @akorda_press wrote.
      | \#\p{L}[\p{L}\p{N}_]*                          # It spread as #FreeTheRiver in a day.
      | [A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|org|net|edu|gov|int|info|io|kz|kg|uz|tj|tm|ru|cn|eu|uk|us|de|fr|tv|fm)
        (?:/[^\s<>"“”«»]*)?(?![\p{L}\p{N}])            # The letter appeared on vesti.kg and akipress.com/en.
    )""",
    regex.X,
)
_TAIL = regex.compile(r"[.,;:!?…'’\"”»]+$")


def kept_spans(text: str) -> tuple[Span, ...]:
    """Find the pieces of a text that stay as they are in every language.

    The full stop, comma or closing bracket after an address belongs to the sentence, unless the address opened
    the bracket itself.

    Returns:
        Spans of `text`, ordered, not overlapping.
    """
    spans = []
    for match in _KEPT.finditer(text):
        piece = match[0]
        while piece:
            shorter = _TAIL.sub("", piece)
            for opening, closing in ("()", "[]", "{}"):
                if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                    shorter = shorter[:-1]
            if shorter == piece:
                break
            piece = shorter
        if len(piece) > 1:
            spans.append(Span(match.start(), match.start() + len(piece)))
    return tuple(spans)
