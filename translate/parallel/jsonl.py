"""Parallel text as JSON lines: the article first, then a row a line, everything in them; read back without loss."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, get_args

from translate.article import Article, Block, BlockKind, Mark
from translate.errors import ParallelError
from translate.files import shown
from translate.inflection import CASES
from translate.messages import _
from translate.parallel.record import ParallelText, Row
from translate.pinning import Pin, Suggestion
from translate.pinning.record import Method
from translate.problems import Problem
from translate.spans import Span

VERSION = 1
_HALF = re.compile("[\ud800-\udfff]")
_DEEPEST = 100  # level of a heading, depth of a list


def write_jsonl(text: ParallelText) -> str:
    """Return the lines."""
    head = {**head_out(text), "article": _plain(text.article)}
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [head, *map(row_out, text.rows)])


def head_out(text: ParallelText) -> dict[str, Any]:
    """Return what is said of a text as a whole, as JSON has it."""
    return {
        "tolmach": VERSION,
        "source_language": text.source_language,
        "target_language": text.target_language,
        "is_draft": text.is_draft,
        "problems": [problem_out(problem) for problem in text.problems],
    }


def row_out(row: Row) -> dict[str, Any]:
    """Return a row as JSON has it."""
    return {**_plain(row), "problems": [problem_out(p) for p in row.problems]}


def article_out(article: Article) -> dict[str, Any]:
    """Return an article as JSON has it, but for its file's own bytes."""
    return _plain(replace(article, raw=b""))


def read_jsonl(content: str, path: Path) -> ParallelText:
    """Read what `write_jsonl` wrote.

    Raises:
        ParallelError: with the line that is no JSON, or lacks a field, or has a value of another kind.
    """
    lines = [(n, line) for n, line in enumerate(content.split("\n"), 1) if line.strip()]
    records = [_record(line, n, path) for n, line in lines]
    if not records or records[0].get("tolmach") != VERSION:
        raise ParallelError(
            _("no parallel text: the first line must hold the article"),
            path=path,
            line=1,
            hint=_("Write it with -o x.jsonl."),
        )
    number = lines[0][0]
    try:
        head = records[0]
        article = _article(head["article"])
        problems = tuple(problem_in(p) for p in head["problems"])
        rows = []
        for at, record in enumerate(records[1:], 1):
            number = lines[at][0]
            rows.append(_row(record))
        languages = _text(head["source_language"]), _text(head["target_language"])
        return ParallelText(article, tuple(rows), *languages, problems, bool(head["is_draft"]))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as cause:
        what = _("the field {cause} is missing").format(cause=cause) if isinstance(cause, KeyError) else str(cause)
        raise ParallelError(what, path=path, line=number) from cause


def _record(line: str, number: int, path: Path) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as cause:
        raise ParallelError(_("no JSON: {cause}").format(cause=cause), path=path, line=number) from cause
    if not isinstance(record, dict):
        raise ParallelError(_("a line must be an object"), path=path, line=number)
    return record


def _plain(value: Article | Row) -> dict[str, Any]:
    """Return a record as JSON has it: spans as [start, stop], nothing that is empty."""
    made = _lean(asdict(value))
    assert isinstance(made, dict)
    return made


def _lean(value: Any) -> Any:
    if isinstance(value, Mapping):
        if set(value) == {"start", "stop"}:
            return [value["start"], value["stop"]]
        return {key: _lean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_lean(inner) for inner in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return shown(value) if isinstance(value, Path) else value


def problem_out(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON has it."""
    made = _lean(asdict(problem))
    return {key: value for key, value in made.items() if value not in (None, "")}


def problem_in(value: Mapping[str, Any]) -> Problem:
    """Read a problem."""
    kind, message, segment = (_text(value.get(name, "")) for name in ("kind", "message", "segment"))
    return Problem(kind, message, segment, _maybe(value.get("source")), _maybe(value.get("target")))


def pin_out(pin: Pin) -> dict[str, Any]:
    """Return a pin as JSON has it."""
    made = _lean(asdict(pin))
    assert isinstance(made, dict)
    return made


def pin_in(value: Mapping[str, Any]) -> Pin:
    """Read a pin."""
    return Pin(
        _span(value["source"]), _span(value["target"]), _text(value["lemma"]), _text(value["form"]),
        _one_of(value["case"], (*CASES, None)), _one_of(value["number"], ("sing", "plur", None)),
        _one_of(value["method"], get_args(Method)), float(value["confidence"]),
        tuple(_text(mend) for mend in value["mended"]),
    )  # fmt: skip


def _span(value: Any) -> Span:
    start, stop = value
    if not (isinstance(start, int) and isinstance(stop, int) and 0 <= start <= stop):
        raise ValueError(f"no span: {value}")
    return Span(start, stop)


def _one_of(value: Any, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(str(one) for one in known)}")
    return value


def _depth(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value <= _DEEPEST:
        raise ValueError(f"no depth: {value!r:.40}")
    return value


def _maybe(value: Any) -> Span | None:
    return None if value is None else _span(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"no text: {value!r}")
    if half := _HALF.search(value):  # JSON can name one, no file can hold it
        raise ValueError(f"half a character: \\u{ord(half[0]):04x}")
    return value


def _mark(value: Mapping[str, Any]) -> Mark:
    return Mark(_span(value["span"]), _text(value["kind"]), _text(value["href"]), int(value.get("number", 0)))


def _block(value: Mapping[str, Any]) -> Block:
    return Block(
        _text(value["id"]), BlockKind(value["kind"]), _text(value["text"]),
        _depth(value["level"]), int(value["ordinal"]),
        tuple(_mark(m) for m in value["marks"]), tuple(_span(s) for s in value["kept"]), _text(value["credit"]),
    )  # fmt: skip


def _article(value: Mapping[str, Any]) -> Article:
    return Article(
        _text(value["title"]), _text(value["byline"]), _text(value["date"]), _text(value["section"]),
        tuple(_block(b) for b in value["captions"]), tuple(_block(b) for b in value["blocks"]),
        Path(_text(value["path"])), _text(value["language"]), _text(value["front_matter"]),
        tuple(_mark(m) for m in value.get("title_marks", ())), tuple(_block(b) for b in value.get("meta", ())),
        _text(value.get("place", "")), tuple(_span(s) for s in value.get("title_kept", ())),
        base64.b64decode(_text(value.get("raw", "")), validate=True),
        tuple(_text(one) for one in value.get("left", ())), _text(value.get("form", "")),
        tuple(_mark(m) for m in value.get("section_marks", ())),
    )  # fmt: skip


def _row(value: Mapping[str, Any]) -> Row:
    score, sure = value["score"], value.get("confidence")
    return Row(
        _text(value["id"]), _text(value["block"]), _span(value["span"]), _text(value["source"]), _text(value["target"]),
        None if score is None else float(score), _text(value["engine"]), tuple(pin_in(p) for p in value["pins"]),
        tuple(problem_in(p) for p in value["problems"]), tuple(_mark(m) for m in value["marks"]),
        tuple(_span(s) for s in value["kept"]), None if sure is None else float(sure),
        tuple(_suggestion(s) for s in value.get("suggestions", ())),
    )  # fmt: skip


def _suggestion(value: Mapping[str, Any]) -> Suggestion:
    texts = [_text(value.get(name, "")) for name in ("offered", "author", "made", "article")]
    differs = tuple(_span(span) for span in value["differs"])
    return Suggestion(_text(value["source"]), _text(value["target"]), float(value["likeness"]), differs, *texts)
