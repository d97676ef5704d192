"""Parallel text: one row a sentence, written as HTML, Markdown, text, TSV or JSONL and read back."""

from __future__ import annotations

from dataclasses import dataclass

from translate.article import Article
from translate.errors import Problem, Span
from translate.pinning import Pin


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence and its translation.

    Args:
        id: "<block id>.<n>", n from 1: "title.1", "b3.2".
        block: id of the block.
        span: the sentence in `Block.text`.
        source, target: the texts.
        score: of the engine, or None.
        engine: signature of what made the target ("" for a human).
        pins: the proof per term.
        problems: what an editor should look at.
    """

    id: str
    block: str
    span: Span
    source: str
    target: str
    score: float | None = None
    engine: str = ""
    pins: tuple[Pin, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ParallelText:
    """An article and its rows in reading order: title, captions, body."""

    article: Article
    rows: tuple[Row, ...]
    source_language: str = "en"
    target_language: str = "ru"
    problems: tuple[Problem, ...] = ()
