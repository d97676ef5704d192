"""What the memory knows: a person's translation of a sentence, an engine's, and how both lie in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from translate.engines import Draft, Link, Request
from translate.messages import Message
from translate.problems import Problem
from translate.spans import Span

Origin = Literal["learn", "import", "align", "edit", "before"]


def memory_path() -> Path:
    """Return where the memory lies; $XDG_DATA_HOME moves it."""
    import platformdirs

    return platformdirs.user_data_path("tolmach") / "memory.sqlite3"


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """What the memory knows of a sentence.

    Args:
        source, target: the texts.
        origin: how a person's came in: learn, import, align, edit; before (a version of tolmach that kept no origin).
        author: of a person's, as the settings name the editor.
        made: UTC, ISO 8601.
        article: name of the file it was learnt from.
        segment: id of the sentence there.
        before, after: the source segments beside it there.
        more: what another tool's file said of it besides.
        source_language, target_language: ISO 639 codes.
        engine: signature of what made the target, "" for a person.
        score: of the engine, or None.
        id: its number in the file, 0 for one that is in none.
        memory: name of the file it is in.
    """

    source: str
    target: str
    origin: str = ""
    author: str = ""
    made: str = ""
    article: str = ""
    segment: str = ""
    before: str = ""
    after: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    source_language: str = "en"
    target_language: str = "ru"
    engine: str = ""
    score: float | None = None
    id: int = 0
    memory: str = ""

    @property
    def corrected(self) -> bool:
        """Tell whether a human wrote it."""
        return not self.engine


def now() -> str:
    """Return the time as the memory writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def extra_of(request: Request) -> str:
    """Return what of a request, besides its text, an engine's answer depends on; "" for nothing."""
    if not request.hints and not request.kept and not request.context:
        return ""
    hints = [[h.span.start, h.span.stop, h.written] for h in request.hints]
    context = [list(request.context)] if request.context else []  # older entries end with the kept spans
    return json.dumps([hints, [[s.start, s.stop] for s in request.kept], *context], ensure_ascii=False)


def packed_spans(draft: Draft) -> str | None:
    """Return the alignment as a list; with kept pieces, both under their names."""
    links = draft.alignment and [
        [a.source.start, a.source.stop, a.target.start, a.target.stop, round(a.weight, 3)] for a in draft.alignment
    ]
    kept = [[span.start, span.stop] for span in draft.kept]
    packed = {"links": links, "kept": kept} if kept else links
    return None if packed is None else json.dumps(packed, separators=(",", ":"))


def packed_problems(problems: Sequence[Problem]) -> str:
    """Return problems as JSON."""

    def ends(span: Span | None) -> list[int | None]:
        return [None, None] if span is None else [span.start, span.stop]

    rows = [[p.kind, _packed_message(p.message), *ends(p.source), *ends(p.target)] for p in problems]
    return json.dumps(rows, ensure_ascii=False)


def _packed_message(message: str) -> object:
    """Return what makes a message again in any language: [msgid, plural, arguments]."""
    if not isinstance(message, Message):
        return message
    args = {k: _packed_message(v) if isinstance(v, str) else v for k, v in message.args.items()}
    return [message.msgid, message.plural, args]


def _message(packed: object) -> str:
    if not isinstance(packed, list):
        return str(packed)
    msgid, plural, args = packed
    return Message(msgid, plural, **{k: _message(v) if isinstance(v, list) else v for k, v in args.items()})


def draft_of(row: Sequence[Any]) -> Draft | None:
    """Read an engine's row: target, score, alignment, engine, problems; None where it is damaged."""
    target, score, packed, engine, problems = row
    try:
        spans = json.loads(packed) if packed else None
        links, kept = (spans["links"], spans["kept"]) if isinstance(spans, dict) else (spans, ())
        read = None if links is None else tuple(Link(_span(a, b), _span(c, d), float(w)) for a, b, c, d, w in links)
        doubts = tuple(_problem(fields) for fields in json.loads(problems))
        found = tuple(_span(a, b) for a, b in kept)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if not isinstance(score, float | int | None) or not all(map(_is_sound, (target, *(p.message for p in doubts)))):
        return None
    return Draft(target, score, read, engine, doubts, found)


def _is_sound(text: object) -> bool:
    return isinstance(text, str) and "\ufffd" not in text


def _span(start: object, stop: object) -> Span:
    if not (isinstance(start, int) and isinstance(stop, int) and 0 <= start <= stop):
        raise ValueError(f"no span: {start}, {stop}")
    return Span(start, stop)


def _problem(fields: Sequence[Any]) -> Problem:
    kind, message, a, b, c, d = fields
    return Problem(
        kind, _message(message), source=None if a is None else _span(a, b), target=None if c is None else _span(c, d)
    )
