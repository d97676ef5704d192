"""Several sentences in one answer, taken apart by their numbers; or not at all, and each is asked for by itself.

A model that leaves one out, joins two or numbers anew shifts every sentence after it: all must come back, each once, in
order, and no figure of one may have gone to another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from translate.engines.llm.cleaning import without_thoughts
from translate.spans import Span

# “1. …”, “[2] …”, “**3)** …”
_NUMBERED = regex.compile(r"^[ \t]*[*_]{0,2}[\[(]?(\d{1,2})[\])]?[.):]?[*_]{0,2}[.):]?[ \t]+(?=\S)", regex.MULTILINE)
_FIGURE = regex.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """What a model said for one sentence, and where in its answer; None where something was cut from that."""

    text: str
    span: Span | None


def asked_together(sources: Sequence[str]) -> str:
    """Return sentences as they are asked for: a numbered line each."""
    return "\n".join(f"{n}. {source}" for n, source in enumerate(sources, 1))


def parts_of(said: str, sources: Sequence[str]) -> list[Part] | None:
    """Return the answers to n sentences; None where they are not exactly that.

    Args:
        said: the whole answer.
        sources: the n sentences.
    """
    whole, said = said, without_thoughts(said)
    marks = list(_NUMBERED.finditer(said))
    if [int(mark[1]) for mark in marks] != list(range(1, len(sources) + 1)):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(said)]
    parts = [_part(said, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    texts = [part.text for part in parts]
    if whole != said:
        parts = [Part(text, None) for text in texts]
    return parts if all(texts) and not _shifted(texts, sources) else None


def _part(said: str, start: int, stop: int) -> Part:
    """Cut a part to its first paragraph: what follows the last sentence is talk."""
    text = regex.split(r"\n[ \t]*\n", said[start:stop].strip())[0].strip()
    at = said.index(text, start) if text else start
    return Part(text, Span(at, at + len(text)))


def _shifted(texts: Sequence[str], sources: Sequence[str]) -> bool:
    """Tell whether a figure of one sentence stands in the answer to another that has none such."""
    wanted = [set(_FIGURE.findall(source)) for source in sources]
    there = [set(_FIGURE.findall(text)) for text in texts]
    return any(
        figure in there[k] and figure not in wanted[k]
        for n, figures in enumerate(wanted)
        for figure in figures - there[n]
        for k in range(len(texts))
        if k != n
    )
