"""Units out of a workbench's XLIFF, 1.0 to 2.1, segment by segment, as OmegaT, Trados and memoQ write it; 1.2 out.

What nobody has translated yet, what stands under another language, what a machine drafted and nobody confirmed: each is
counted and left. Inline codes are left out and counted. Read element by element, as a project may have 500 MB.

Source: XLIFF 1.2 (OASIS, 2008-02-01); XLIFF 2.1 (OASIS, 2018-02-13)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from translate.errors import GlossaryError
from translate.exchange.units import Losses, Pair, Unit, one_line, sound
from translate.exchange.xml import drop, local, texts
from translate.files import write_atomic
from translate.messages import _

_V1 = "urn:oasis:names:tc:xliff:document:1.2"
CODES = ("bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "cp", "sub")
"""Elements that hold code of the document's own format, not text."""
_OPEN = ("new", "needs-translation", "initial")
_DRAFTED = ("mt-suggestion", "leveraged-mt")
_MACHINES = ("mt", "nmt", "amt", "tm+mt")
_SKIPPED = "text that is marked as not to be translated"


@dataclass(frozen=True, slots=True)
class Segment:
    """The two elements of a segment; the target is None where there is none yet."""

    source: Any
    target: Any
    number: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    """What a <file> says of its units."""

    source: str
    target: str
    article: str


def segments_of(unit: Any) -> Iterator[Segment]:
    """Yield the segments of a unit: those of 2.x, those that Trados and memoQ mark in 1.2, or the whole."""
    parts = [one for one in unit if local(one) == "segment"] or [unit]
    for part in parts:
        found = {local(child): child for child in reversed(part) if local(child) in ("source", "seg-source", "target")}
        if "source" not in found:
            continue
        source, target = found.get("seg-source", found["source"]), found.get("target")
        marked = {m.get("mid"): m for m in _marks(source)}
        if marked and target is not None:
            others = {m.get("mid"): m for m in _marks(target)}
            yield from (Segment(one, others.get(mid), mid or "") for mid, one in marked.items())
        else:
            yield Segment(found["source"], target, part.get("id") or "")


def _marks(element: Any) -> Iterator[Any]:
    return (one for one in element.iter() if local(one) == "mrk" and one.get("mtype") == "seg")


def words_of(element: Any) -> str:
    """Return the words of a text; what stands within a code is none of them."""
    return one_line("".join(texts(element, CODES)))


def read(path: Path, pair: Pair, losses: Losses) -> Iterator[Unit]:
    """Yield the translated segments of a workbench's file.

    Args:
        path: the file.
        pair: which languages; “en” takes “en-GB” too. What names no language is taken.
        losses: counts what is left out.

    Raises:
        GlossaryError: no sound XLIFF; the units before the fault have been given.
    """
    root = None
    file = _File("", "", "")
    with path.open("rb") as raw:
        parsing = etree.iterparse(
            raw, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
        )
        try:
            for event, element in parsing:
                if root is None:
                    root = _root(element, path)
                if event == "start" and local(element) == "file":
                    file = _file(element, root, path)
                elif event == "end" and local(element) in ("trans-unit", "unit", "bin-unit"):
                    yield from _units(element, file, pair, losses)
                    drop(element)
        except etree.XMLSyntaxError as error:
            raise GlossaryError(_("not sound XML: {msg}").format(msg=error.msg), path=path, line=error.lineno) from None


def _root(element: Any, path: Path) -> Any:
    if local(element) != "xliff":
        raise GlossaryError(_("<{local}> where <xliff> should be").format(local=local(element)), path=path)
    kind = element.getroottree().docinfo.internalDTD
    if kind is not None and list(kind.iterentities()):
        raise GlossaryError(_("refused, as XML with entities is not safe"), path=path)
    return element


def _file(element: Any, root: Any, path: Path) -> _File:
    source = element.get("source-language") or root.get("srcLang") or ""
    target = element.get("target-language") or root.get("trgLang") or ""
    original = element.get("original") or ""
    name = original.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return _File(_code(source), _code(target), name or path.name)


def _code(language: str) -> str:
    return language.strip().lower().replace("_", "-").partition("-")[0]


def _units(element: Any, file: _File, pair: Pair, losses: Losses) -> Iterator[Unit]:
    name = element.get("id") or f"line {element.sourceline}"
    if (file.source or pair.source, file.target or pair.target) != pair:
        losses.add(f"a text in other languages ({file.source or '?'}, {file.target or '?'})", name)
        return
    if element.get("translate") == "no":
        losses.add(_SKIPPED, name)
        return
    origins = {one.get("id"): one for one in element.iter() if local(one) == "seg" and one.get("conf") is not None}
    notes = [one_line("".join(one.itertext())) for one in element.iter() if local(one) == "note"]
    for segment in segments_of(element):
        unit = _unit(element, segment, file, losses, origins.get(segment.number))
        if unit is not None:
            yield Unit(*unit, article=file.article, segment=name, more={"xliff": {"notes": notes}} if notes else {})


def _unit(element: Any, segment: Segment, file: _File, losses: Losses, trados: Any) -> tuple[str, str] | None:
    name = "#".join(filter(None, (element.get("id") or f"line {element.sourceline}", segment.number)))
    source = words_of(segment.source)
    target = words_of(segment.target) if segment.target is not None else ""
    if not source:
        if "".join(segment.source.itertext()).strip():
            losses.add("a text of codes alone", name)
        return None
    if not target or _state(element, segment) in _OPEN:
        losses.add("a text that is not translated yet", name)
        return None
    if _is_draft(segment, trados):
        losses.add("a machine's draft that nobody confirmed", name)
        return None
    if any(local(child) in (*CODES, "g", "pc") for side in (segment.source, segment.target) for child in side.iter()):
        losses.add("the inline codes of a text", name)
    return source, target


def _state(element: Any, segment: Segment) -> str:
    own = segment.target.get("state") or ""
    above = segment.target.getparent().get("state") or ""
    return own or above or element.get("state") or ""


def _is_draft(segment: Segment, trados: Any) -> bool:
    if segment.target.get("state-qualifier") in _DRAFTED and segment.target.get("state") not in ("final", "signed-off"):
        return True
    return trados is not None and trados.get("origin") in _MACHINES and trados.get("conf") in ("Draft", "Unspecified")


def write(units: Iterable[Unit], path: Path, pair: Pair, losses: Losses) -> None:
    """Write units as XLIFF 1.2, one at a time in memory."""
    write_atomic(path, _pieces(units, path, pair, losses))


def _pieces(units: Iterable[Unit], path: Path, pair: Pair, losses: Losses) -> Iterator[bytes]:
    file = etree.Element("file", {
        "original": sound(path.name), "datatype": "plaintext", "source-language": pair.source,
        "target-language": pair.target,
    })  # fmt: skip
    head = etree.tostring(file, encoding="unicode").removesuffix("/>")
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="{_V1}">\n{head}><body>\n'.encode()
    for number, unit in enumerate(units, 1):
        element = etree.Element("trans-unit", {"id": str(number)})
        etree.SubElement(element, "source").text = sound(unit.source)
        etree.SubElement(element, "target", {"state": "final"}).text = sound(unit.target)
        told = [("author", unit.author), ("made", unit.made), ("article", unit.article), ("segment", unit.segment)]
        for name, value in told:
            if value:
                etree.SubElement(element, "note", {"from": name}).text = sound(value)
        if unit.before or unit.after:
            losses.add("the sentences beside a text", unit.source)
        if unit.more:
            losses.add("what another tool said of a text", unit.source)
        yield etree.tostring(element, encoding="utf-8") + b"\n"
    yield b"</body></file>\n</xliff>\n"
