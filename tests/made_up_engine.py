"""A quick engine for tests of everything but engines."""

from __future__ import annotations

import re

from translate.engines import Draft, Link, Request, Traits
from translate.spans import Span


class MadeUpEngine:
    """Translates word by word into made-up Russian; quick, and the same every time.

    Letters become Cyrillic ones, digits and marks stay, and a stand-in is carried over as a good engine does. Every
    word is aligned with its own.
    """

    name = "made-up"
    signature = "made-up 1"
    traits = Traits(is_draft=True)
    CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувшкиз") | str.maketrans(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБЦДЕФГХИЖКЛМНОПКРСТУВШКИЗ"
    )

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, requests: list[Request]) -> list[Draft]:
        return [self._one(request) for request in requests]

    def _one(self, request: Request) -> Draft:
        self.asked.append(request.text)
        text = request.text.translate(self.CYRILLIC)
        for span in request.kept:
            text = text[: span.start] + span.of(request.text) + text[span.stop :]
        words = [Span(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
        return Draft(text, -0.5, tuple(Link(span, span) for span in words), self.signature)
