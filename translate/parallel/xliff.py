"""Parallel text as XLIFF 1.2 and 2.1, which OmegaT, Trados, memoQ and every other workbench opens; read back.

A sentence is a unit: its state says who made it, its notes what is doubted, its terms are marked, its markup stands as
inline codes (paired ones that may overlap: <bpt>, <ept>; <sc>, <ec>). What a person made of a sentence like it goes
along as a match (1.2). Of what a workbench gives back the texts are read, and who made them; its segments too.

Source: XLIFF 1.2 (OASIS, 2008-02-01); XLIFF 2.1 (OASIS, 2018-02-13)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex
from lxml import etree

from translate import __version__
from translate.article import BlockKind, Mark
from translate.errors import ParallelError
from translate.exchange.units import sound
from translate.exchange.xliff_units import segments_of, words_of
from translate.exchange.xml import local
from translate.messages import _
from translate.parallel.cells import text_of
from translate.parallel.record import ParallelText, Row
from translate.spans import Span

_V1, _V2 = "urn:oasis:names:tc:xliff:document:1.2", "urn:oasis:names:tc:xliff:document:2.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_CTYPE = {"strong": "bold", "emphasis": "italic", "link": "link", "image": "image", "break": "lb"}
_FMT = {"strong": "xlf:b", "emphasis": "xlf:i", "break": "xlf:lb"}
_ID = regex.compile(r"[\w-]+\.\d+")


@dataclass(frozen=True, slots=True)
class _Code:
    """One end of a mark: where it stands, which mark, and which end; a mark over nothing has one end."""

    at: int
    mark: Mark
    number: int
    opens: bool


def write_xliff(text: ParallelText) -> str:
    """Return XLIFF 1.2."""
    root = etree.Element("xliff", {"version": "1.2"})
    pair = {"source-language": text.source_language, "target-language": text.target_language}
    name = text.article.path.name or "article"
    file = etree.SubElement(root, "file", {"original": sound(name), "datatype": "plaintext", **pair})
    engines = list(dict.fromkeys(row.engine for row in text.rows if row.engine))
    header = etree.SubElement(file, "header")
    phases = etree.SubElement(header, "phase-group")
    etree.SubElement(phases, "phase", {"phase-name": "person", "process-name": "translation"})
    for n in range(len(engines)):
        etree.SubElement(
            phases, "phase", {"phase-name": f"e{n}", "process-name": "machine translation", "tool-id": f"t{n}"}
        )
    for n, engine in enumerate(engines):
        etree.SubElement(header, "tool", {"tool-id": f"t{n}", "tool-name": sound(engine), "tool-version": __version__})
    body = etree.SubElement(file, "body")
    kinds, marks = _kinds(text), _marks(text)
    for row in text.rows:
        phase = f"e{engines.index(row.engine)}" if row.engine else "person"
        _unit_1(body, row, kinds.get(row.block, ""), row.source_marks(marks.get(row.block, ())), phase)
    return _written(root, _V1)


def _unit_1(body: Any, row: Row, kind: str, marks: Sequence[Mark], phase: str) -> None:
    unit = etree.SubElement(body, "trans-unit", {"id": row.id, f"{_XML}space": "preserve", "restype": f"x-{kind}"})
    source = etree.SubElement(unit, "source")
    _fill(source, row.source, _codes(marks, marks), [pin.source for pin in row.pins], _code_1)
    state = {"state": "needs-review-translation", "state-qualifier": "mt-suggestion"}
    target = etree.SubElement(
        unit, "target", (state if row.engine else {"state": "translated"}) | {"phase-name": phase}
    )
    _fill(target, row.target, _codes(row.marks, marks), [pin.target for pin in row.pins], _code_1)
    for problem in row.problems:
        note = etree.SubElement(
            unit, "note", {"from": "tolmach", "annotates": "target" if problem.target else "source"}
        )
        note.text = sound(f"{problem.kind}: {problem.shown}")
    for one in row.suggestions:
        match = etree.SubElement(unit, "alt-trans", {"match-quality": f"{one.likeness * 100:.0f}%", "origin": "memory"})
        etree.SubElement(match, "source").text = sound(one.source)
        etree.SubElement(match, "target").text = sound(one.offered or one.target)


def _code_1(code: _Code) -> Any:
    kind = _CTYPE.get(code.mark.kind, f"x-{code.mark.kind}")
    if code.mark.span.start == code.mark.span.stop:
        return etree.Element("ph", {"id": f"{code.number}", "ctype": kind})
    if code.opens:
        made = etree.Element("bpt", {"id": f"{code.number}b", "rid": f"{code.number}", "ctype": kind})
        made.text = sound(code.mark.href) or None
        return made
    return etree.Element("ept", {"id": f"{code.number}e", "rid": f"{code.number}"})


def write_xliff_2(text: ParallelText) -> str:
    """Return XLIFF 2.1."""
    pair = {"srcLang": text.source_language, "trgLang": text.target_language}
    root = etree.Element("xliff", {"version": "2.1", **pair})
    file = etree.SubElement(root, "file", {"id": "f1", "original": sound(text.article.path.name or "article")})
    kinds, marks = _kinds(text), _marks(text)
    for row in text.rows:
        unit = etree.SubElement(file, "unit", {"id": row.id, "name": kinds.get(row.block, "")})
        notes = [(p.kind, p.shown) for p in row.problems] + ([("engine", row.engine)] if row.engine else [])
        if notes:
            group = etree.SubElement(unit, "notes")
            for n, (category, words) in enumerate(notes, 1):
                note = etree.SubElement(group, "note", {"id": f"n{n}", "category": sound(str(category))})
                note.text = sound(str(words))
        segment = etree.SubElement(unit, "segment", {"id": "s1", "state": "translated" if row.engine else "reviewed"})
        source, target = etree.SubElement(segment, "source"), etree.SubElement(segment, "target")
        own = row.source_marks(marks.get(row.block, ()))
        _fill(source, row.source, _codes(own, own), [pin.source for pin in row.pins], _code_2)
        _fill(target, row.target, _codes(row.marks, own), [pin.target for pin in row.pins], _code_2)
    return _written(root, _V2)


def _code_2(code: _Code) -> Any:
    kind = {"type": "link"} if code.mark.kind == "link" else {"type": "image"} if code.mark.kind == "image" else {}
    kind = kind or {"type": "fmt", "subType": _FMT.get(code.mark.kind, f"tolmach:{code.mark.kind}")}
    if code.mark.span.start == code.mark.span.stop:
        return etree.Element("ph", {"id": f"{code.number}", **kind})
    if code.opens:
        return etree.Element("sc", {"id": f"{code.number}", **kind})
    return etree.Element("ec", {"startRef": f"{code.number}"})


def _codes(marks: Iterable[Mark], source: Sequence[Mark]) -> list[_Code]:
    """Return the ends of marks; a mark of the target has the number of the source's that it came from."""
    left = list(enumerate(source, 1))
    made: list[_Code] = []
    spare = len(left)
    for mark in marks:
        found = next((one for one in left if (one[1].kind, one[1].href) == (mark.kind, mark.href)), None)
        if found:
            left.remove(found)
        else:
            spare += 1
        number = found[0] if found else spare
        made.append(_Code(mark.span.start, mark, number, True))
        if mark.span.start < mark.span.stop:
            made.append(_Code(mark.span.stop, mark, number, False))
    return made


def _fill(element: Any, text: str, codes: Sequence[_Code], terms: Iterable[Span], made: Any) -> None:
    """Put a text with its codes and term marks into an element; codes are points, so that nothing overlaps."""
    spans = sorted({span for span in terms if span.start < span.stop <= len(text)}, key=lambda span: span.start)
    spans = [span for n, span in enumerate(spans) if n == 0 or span.start >= spans[n - 1].stop]
    edges = sorted({0, len(text), *(c.at for c in codes), *(at for span in spans for at in (span.start, span.stop))})
    inside: Any = element
    for n, at in enumerate(edges):
        if any(span.stop == at for span in spans):
            inside = element
        for code in sorted((c for c in codes if c.at == at), key=lambda c: c.opens):
            inside.append(made(code))
        if any(span.start == at for span in spans):
            term = {"mtype": "term"} if made is _code_1 else {"id": f"m{at}", "type": "term"}
            inside = etree.SubElement(element, "mrk", term)
        if n + 1 < len(edges):
            _append(inside, sound(text[at : edges[n + 1]]))


def _append(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _kinds(text: ParallelText) -> dict[str, str]:
    return {block.id: block.kind.value for block in text.article.translatable()}


def _marks(text: ParallelText) -> dict[str, tuple[Mark, ...]]:
    return {block.id: block.marks for block in text.article.translatable()}


def _written(root: Any, namespace: str) -> str:
    """Return the file; the one namespace is declared at its root."""
    body = str(etree.tostring(root, encoding="unicode")).replace("<xliff ", f'<xliff xmlns="{namespace}" ', 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def read_xliff(content: str, path: Path) -> ParallelText:
    """Read XLIFF 1.x or 2.x back, ours or another tool's; where its ids are not ours, each unit is a block.

    Raises:
        ParallelError: no sound XLIFF, or without a unit.
    """
    body = regex.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", content).encode("utf-8", "replace")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ParallelError(_("not sound XML: {msg}").format(msg=error.msg), path=path, line=error.lineno) from None
    kind: Any = root.getroottree().docinfo.internalDTD
    if kind is not None and list(kind.iterentities()):
        raise ParallelError(_("refused, as XML with entities is not safe"), path=path)
    if local(root) != "xliff":
        raise ParallelError(
            _("<{local}> where <xliff> should be").format(local=local(root)),
            path=path,
            hint=_("Write it with -o x.xlf."),
        )
    rows = list(_cells(root))
    if not rows:
        raise ParallelError(_("no unit with a translation is in it"), path=path, hint=_("Write it with -o x.xlf."))
    known = {kind.value for kind in BlockKind}
    return text_of(((n, c if c["kind"] in known else {**c, "kind": ""}) for n, c in rows), path)


def _cells(root: Any) -> Iterator[tuple[int, dict[str, str]]]:
    tools = {tool.get("tool-id"): tool.get("tool-name") for tool in _all(root, "tool")}
    phases = {phase.get("phase-name"): tools.get(phase.get("tool-id"), "") for phase in _all(root, "phase")}
    for count, unit in enumerate(_all(root, "trans-unit", "unit"), 1):
        engine = next(("".join(n.itertext()) for n in _all(unit, "note") if n.get("category") == "engine"), "")
        kind = (unit.get("restype") or unit.get("name") or "").removeprefix("x-")
        for part, pair in enumerate(segments_of(unit), 1):
            id_ = unit.get("id") or ""
            own = bool(_ID.fullmatch(id_)) and part == 1
            target = pair.target
            phase = phases.get(target.get("phase-name") or "", "") if target is not None else ""
            yield unit.sourceline or 0, {
                "id": id_ if own else f"u{count}.{part}", "kind": kind, "source": words_of(pair.source),
                "target": words_of(target) if target is not None else "", "engine": engine or phase or "",
            }  # fmt: skip


def _all(element: Any, *names: str) -> Iterator[Any]:
    return (one for one in element.iter() if local(one) in names)
