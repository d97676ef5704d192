"""What the preparation passes on: sentence pairs, and words of them that are known to render each other."""

from __future__ import annotations

from dataclasses import dataclass

from translate.spans import Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation, and the source of data they come from."""

    english: str
    russian: str
    source: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """An English word that is known to be rendered by one Russian word or name.

    Args:
        span: of the English sentence; a possessive 's stays outside.
        lemma: the Russian dictionary form as it would be written there, with capitals («Баткен», «таджикский»).
        form: what stands in the Russian sentence («Баткене»).
        is_name: a name, which the engine cannot guess, or a word, which it can.
    """

    span: Span
    lemma: str
    form: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of a text and what stands there instead; `lemma` where the new piece is a name with a known one."""

    span: Span
    text: str
    lemma: str = ""


def edited(text: str, edits: list[Edit]) -> tuple[str, list[Span]]:
    """Apply edits that do not overlap; returns the text and where each edit's text now stands, in their order."""
    made, spans, last = [], {}, 0
    length = 0
    for edit in sorted(edits, key=lambda e: e.span.start):
        kept = text[last : edit.span.start]
        made += [kept, edit.text]
        length += len(kept)
        spans[id(edit)] = Span(length, length + len(edit.text))
        length += len(edit.text)
        last = edit.span.stop
    return "".join([*made, text[last:]]), [spans[id(edit)] for edit in edits]
