"""What the results of an article hold, in numbers: for the report of the whole run, and to find the article again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from translate.archive.changes import key_of
from translate.archive.manifest import packed_words
from translate.glossary.matching import words_in
from translate.messages import Message
from translate.parallel import ParallelText
from translate.pipeline import Unit
from translate.problems import Kind

BINS = 10
"""Columns of the histogram of confidence."""


def count(text: ParallelText, units: Sequence[Unit]) -> dict[str, Any]:
    """Count what a text holds.

    Args:
        text: the article translated.
        units: its sentences with their terms.

    Returns:
        sentences; letters; engines: signature → sentences; confidence: sentences a tenth, the least sure first, those
        of people last; problems: kind → how many; names: unknown name → [guess of its kind, how often]; terms: English
        → [found, put in].
    """
    sure = [0] * (BINS + 1)
    engines: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    names: dict[str, list[Any]] = {}
    terms: dict[str, list[int]] = {}
    for row, unit in zip(text.rows, units, strict=True):
        engines[row.engine] += 1
        sure[BINS if row.confidence is None else min(int(row.confidence * BINS), BINS - 1)] += 1
        pinned = {pin.source for pin in row.pins}
        for match in unit.found.matches:
            held = terms.setdefault(match.term.source, [0, 0])
            held[0] += 1
            held[1] += match.span in pinned
    for problem in text.all_problems():
        problems[problem.kind] += 1
        if problem.kind == Kind.NAME and isinstance(problem.message, Message):
            args = problem.message.args
            names[str(args["name"])] = [str(args["kind"]), int(str(args["count"]))]
    return {
        "sentences": len(text.rows),
        "letters": sum(len(row.source) for row in text.rows),
        "engines": dict(engines), "confidence": sure, "problems": dict(problems), "names": names, "terms": terms,
    }  # fmt: skip


def terms_of(units: Iterable[Unit]) -> tuple[str, ...]:
    """Return the keys of the terms found."""
    return tuple(sorted({key_of(match.term) for unit in units for match in unit.found.all}))


def trace_of(units: Iterable[Unit]) -> str:
    """Return a checksum of which term was found where: equal ones need no other translation."""
    made = hashlib.sha256()
    for unit in units:
        for match in unit.found.all:
            at = [unit.id, match.span.start, match.span.stop, key_of(match.term), match.target, match.number]
            made.update(json.dumps([*at, match.partial, match.possessive]).encode())
        made.update(str(len(unit.found.problems)).encode())
    return made.hexdigest()[:32]


def words_of(text: ParallelText) -> bytes:
    """Return the words of both languages, in lower case and folded as terms are, packed."""
    found: set[str] = set()
    for row in text.rows:
        found.update(words_in(row.source), words_in(row.target))
    return packed_words(found)
