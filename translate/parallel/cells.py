"""A row of a parallel text as cells that an editor reads, and back: no cell holds a program's notation.

Terms and problems are written out (`0-7 > 0-6 Рогун (Рогун; nomn sing; already; 0.93)`, `number 4-5 > 8-9: 5 became
6`), so that a person can read them and a program can read them back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import regex

from translate.article import Article, Block, BlockKind, read_article
from translate.errors import ArticleError, ParallelError
from translate.messages import _
from translate.parallel.jsonl import pin_in, problem_in
from translate.parallel.record import ParallelText, Row
from translate.pinning import Pin, Suggestion
from translate.problems import Problem
from translate.spans import Span

COLUMNS = (
    "id",
    "kind",
    "start",
    "stop",
    "source",
    "target",
    "score",
    "engine",
    "pins",
    "problems",
    "confidence",
    "suggestions",
)
NEEDED = ("id", "source", "target")

_SPANS = r"(?:(?P<a>\d+)-(?P<b>\d+))?(?: ?> ?(?P<c>\d+)-(?P<d>\d+))?"
_PIN = regex.compile(_SPANS + r" (?P<form>(?:\\.|[^\\(])*) \((?P<rest>(?:\\.|[^\\)])*)\)", regex.S)
_PROBLEM = regex.compile(r"(?P<kind>(?:\\.|[^\\ :])*)(?: " + _SPANS + r")?: (?P<message>.*)", regex.S)
_BAR = regex.compile(r"(?<!\\)(?:\\\\)*\K \| ")
_SEMICOLON = regex.compile(r"(?<!\\)(?:\\\\)*\K; ")


def cells_of(text: ParallelText) -> Iterable[dict[str, str]]:
    """Yield each row's cells by their columns; numbers of a code point count from the start of the block."""
    kinds = {block.id: block.kind for block in text.article.translatable()}
    for row in text.rows:
        yield {
            "id": row.id,
            "kind": kinds.get(row.block, BlockKind.PARAGRAPH).value,
            "start": str(row.span.start),
            "stop": str(row.span.stop),
            "source": row.source,
            "target": row.target,
            "score": "" if row.score is None else repr(row.score),
            "engine": row.engine,
            "pins": " | ".join(map(_pin_out, row.pins)),
            "problems": " | ".join(map(_problem_out, row.problems)),
            "confidence": "" if row.confidence is None else repr(row.confidence),
            "suggestions": " | ".join(map(_suggestion_out, row.suggestions)),
        }


def _suggestion_out(one: Suggestion) -> str:
    """Return a suggestion as an editor reads it, what differs in brackets; it is not read back."""
    source = one.source
    for span in reversed(one.differs):
        source = f"{source[: span.start]}[{span.of(one.source)}]{source[span.stop :]}"
    return f"{one.likeness * 100:.0f} %: {source} → {one.offered or one.target}"


def text_of(rows: Iterable[tuple[int, Mapping[str, str]]], path: Path) -> ParallelText:
    """Read cells back into a parallel text.

    The blocks are rebuilt from the sentences at their places. Where the article itself lies beside the file and says
    the same (story.md beside story.tsv), it is taken with all its markup, so that the text can be laid out as it.

    Args:
        rows: the cells by their columns, each with its line in the file.
        path: the file.

    Raises:
        ParallelError: with the line: a number that is none, an unknown kind, places that do not fit.
    """
    made: list[Row] = []
    kinds: dict[str, BlockKind] = {}
    ends: dict[str, int] = {}
    for line, cells in rows:
        try:
            row = _row(cells, ends)
            kinds[row.block] = BlockKind(cells.get("kind") or "paragraph")
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as cause:
            what = _("no value for {cause}").format(cause=cause) if isinstance(cause, KeyError) else str(cause)
            raise ParallelError(what, path=path, line=line) from cause
        ends[row.block] = row.span.stop
        made.append(row)
    return with_source(ParallelText(_article(made, kinds, path), tuple(made)), path)


def with_source(text: ParallelText, path: Path) -> ParallelText:
    """Give a parallel text the article it came from, where that lies beside it under its name and says the same."""
    for suffix in (".md", ".markdown", ".html", ".htm", ".docx", ".mdx"):
        source = path.with_suffix(suffix)
        if source == path or not source.is_file():
            continue
        try:
            article = read_article(source)
        except ArticleError:
            continue
        blocks = {block.id: block.text for block in article.translatable()}
        if all(row.span.of(blocks.get(row.block, "")) == row.source for row in text.rows):
            return replace(text, article=replace(article, language=text.source_language))
    return text


def _row(cells: Mapping[str, str], ends: Mapping[str, int]) -> Row:
    source, id_ = cells["source"], cells["id"]
    block = id_.rpartition(".")[0]
    if not block:
        raise ValueError(f"no id of a sentence: {id_!r}")
    following = ends[block] + 1 if block in ends else 0
    start = int(cells["start"]) if cells.get("start") else following
    stop = int(cells["stop"]) if cells.get("stop") else start + len(source)
    if len(source) != stop - start or start < 0:
        raise ValueError(f"{id_}: start and stop do not fit the source sentence")
    if start < ends.get(block, 0) or stop > 10_000_000:
        raise ValueError(f"{id_}: start and stop do not follow the sentence before")
    score = float(cells["score"]) if cells.get("score") else None
    pins, problems = _pins_in(cells.get("pins") or ""), _problems_in(cells.get("problems") or "")
    sure = float(cells["confidence"]) if cells.get("confidence") else None
    row = Row(id_, block, Span(start, stop), source, cells["target"], score, cells.get("engine") or "", pins, problems)
    return replace(row, confidence=sure)


def _article(rows: list[Row], kinds: dict[str, BlockKind], path: Path) -> Article:
    texts: dict[str, str] = {}
    for row in rows:
        before = texts.get(row.block, "")
        texts[row.block] = before + " " * (row.span.start - len(before)) + row.source
    blocks = [Block(id_, kinds[id_], text) for id_, text in texts.items()]
    apart = {BlockKind.TITLE, BlockKind.SECTION, BlockKind.CAPTION, BlockKind.META, BlockKind.PLACE}
    return Article(
        next((b.text for b in blocks if b.kind is BlockKind.TITLE), ""),
        "",
        "",
        next((b.text for b in blocks if b.kind is BlockKind.SECTION), ""),
        tuple(b for b in blocks if b.kind is BlockKind.CAPTION),
        tuple(b for b in blocks if b.kind not in apart),
        path,
        meta=tuple(b for b in blocks if b.kind is BlockKind.META),
        place=next((b.text for b in blocks if b.kind is BlockKind.PLACE), ""),
    )


def _pin_out(pin: Pin) -> str:
    slot = f"{pin.case or '-'} {pin.number or '-'}"
    parts = [pin.lemma, slot, pin.method, repr(pin.confidence), *pin.mended]
    return f"{_spans_out(pin.source, pin.target)} {_escaped(pin.form)} ({'; '.join(map(_escaped, parts))})"


def _pins_in(cell: str) -> tuple[Pin, ...]:
    if cell.startswith("["):  # as earlier versions wrote it
        return tuple(pin_in(pin) for pin in json.loads(cell))
    return tuple(_pin_in(part) for part in _BAR.split(cell) if part)


def _pin_in(text: str) -> Pin:
    match = _PIN.fullmatch(text)
    parts = [_plain(part) for part in _SEMICOLON.split(match["rest"])] if match else []
    if match is None or match["a"] is None or match["c"] is None or len(parts) < 4:
        raise ValueError(f"no term: {text!r}")
    lemma, slot, method, confidence, *mended = parts
    case, _blank, number = slot.partition(" ")
    return pin_in({
        "source": [int(match["a"]), int(match["b"])], "target": [int(match["c"]), int(match["d"])],
        "lemma": lemma, "form": _plain(match["form"]), "case": None if case == "-" else case,
        "number": None if number == "-" else number, "method": method, "confidence": confidence, "mended": mended,
    })  # fmt: skip


def _problem_out(problem: Problem) -> str:
    spans = _spans_out(problem.source, problem.target)
    return f"{_escaped(problem.kind, ' :')}{' ' if spans else ''}{spans}: {_escaped(problem.shown)}"


def _problems_in(cell: str) -> tuple[Problem, ...]:
    if cell.startswith("["):
        return tuple(problem_in(problem) for problem in json.loads(cell))
    return tuple(_problem_in(part) for part in _BAR.split(cell) if part)


def _problem_in(text: str) -> Problem:
    match = _PROBLEM.fullmatch(text)
    if match is None:
        raise ValueError(f"no problem: {text!r}")
    return Problem(_plain(match["kind"]), _plain(match["message"]), "", _span(match, "a", "b"), _span(match, "c", "d"))


def _span(match: regex.Match[str], start: str, stop: str) -> Span | None:
    return Span(int(match[start]), int(match[stop])) if match[start] is not None else None


def _spans_out(source: Span | None, target: Span | None) -> str:
    parts = [f"{source.start}-{source.stop}"] if source else []
    return " ".join([*parts, *([f"> {target.start}-{target.stop}"] if target else [])])


def _escaped(text: str, more: str = "") -> str:
    made = regex.sub(r"[\\|;()" + more + "]", r"\\\g<0>", text)
    return made.replace("\n", "\\n").replace("[", "\\[") if made else "\\-"


def _plain(text: str) -> str:
    def letter(match: regex.Match[str]) -> str:
        made: str = {"n": "\n", "-": ""}.get(match[1], match[1])
        return made

    return regex.sub(r"\\(.)", letter, text, flags=regex.S)


def missing_column(header: Sequence[str], path: Path, hint: str) -> None:
    """Refuse a table that lacks a column which every parallel text has.

    Raises:
        ParallelError: names it.
    """
    for name in NEEDED:
        if name not in header:
            raise ParallelError(_("no column {name!r}").format(name=name), path=path, line=1, hint=hint)
