"""Translation memories as TMX: 1.1 to 1.4b in, UTF-16 too, 1.4b with inline codes (level 2) out; unit by unit.

What another tool says of a unit (its attributes, properties, notes, and the codes within its texts) is kept beside the
unit and given back as it was, as long as the text is. Of a unit in many languages two are taken, the others counted.
Streamed by lxml without entities and network: defusedxml's reader is Python alone and takes ten times as long for the
memory of 500 MB that a translator brings.

Source: https://www.gala-global.org/tmx-14b (TMX 1.4b, 2005-04-26)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex
from lxml import etree

from translate import __version__
from translate.errors import GlossaryError
from translate.exchange.units import Losses, Pair, Unit, one_line, sound
from translate.exchange.xml import LANGUAGE, children, drop, language, local, text_of
from translate.files import write_atomic
from translate.messages import _

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="tolmach" creationtoolversion="{version}" segtype="sentence" o-tmf="tolmach" adminlang="en" \
srclang="{source}" datatype="plaintext"/>
<body>
"""
# What tools call what a memory of ours has a place for; the first is how we write it.
_PROPS = {
    "article": ("x-article", "x-document", "x-filename", "x-MateCAT-filename", "file", "Filename", "x-SourceFile"),
    "segment": ("x-segment", "id"),
    "before": ("x-context-pre", "context_prev", "prev"),
    "after": ("x-context-post", "context_next", "next"),
    "origin": ("x-origin",),
}
_FIELD_OF = {name: field for field, names in _PROPS.items() for name in names}
_STAMP = regex.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?)?")
_OURS, _SEG = regex.compile(r"\d{8}T\d{6}Z"), regex.compile("</?seg>")
# Control characters that tools write in spite of XML: to refuse a memory of a million units for one helps nobody.
_FORGIVEN = ("xmlParseCharRef: invalid xmlChar", "PCDATA invalid Char value", "Char 0x", "invalid xmlChar")


def read(path: Path, pair: Pair, losses: Losses) -> Iterator[Unit]:
    """Yield the units of a memory that have both languages.

    Args:
        path: the file.
        pair: which languages; “en” takes “EN-US” too.
        losses: counts what is left out.

    Raises:
        GlossaryError: no sound TMX; the units before the fault have been given.
    """
    seen = False
    with path.open("rb") as file:
        parsing = etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
            recover=True, remove_pis=True, tag=("{*}tmx", "{*}tu"),
        )  # fmt: skip
        try:
            for event, element in parsing:
                if not seen:
                    _check_root(element.getroottree().getroot(), path)
                    seen = True
                if event == "end" and local(element) == "tu":
                    unit = _unit(element, pair, losses)
                    if unit is not None:
                        yield unit
                    drop(element)
        except etree.XMLSyntaxError as error:
            raise GlossaryError(_("not sound XML: {msg}").format(msg=error.msg), path=path, line=error.lineno) from None
        _check_end(parsing, path, losses, seen=seen)


def _check_root(element: Any, path: Path) -> None:
    if local(element) != "tmx":
        raise GlossaryError(_("<{local}> where <tmx> should be").format(local=local(element)), path=path)
    kind = element.getroottree().docinfo.internalDTD
    if kind is not None and list(kind.iterentities()):
        raise GlossaryError(_("refused, as XML with entities is not safe"), path=path)


def _check_end(parsing: Any, path: Path, losses: Losses, *, seen: bool) -> None:
    for fault in parsing.error_log:
        if any(words in fault.message for words in _FORGIVEN):
            losses.add("a control character that no XML may hold", f"line {fault.line}")
        else:
            raise GlossaryError(_("not sound XML: {message}").format(message=fault.message), path=path, line=fault.line)
    if not seen:
        if parsing.root is not None:
            _check_root(parsing.root, path)
        raise GlossaryError(_("not sound XML: no element found"), path=path)


def _unit(element: Any, pair: Pair, losses: Losses) -> Unit | None:
    found: dict[str, Any] = {}
    name = element.get("tuid") or f"line {element.sourceline}"
    for version in children(element, "tuv"):
        code = language(version)
        if code not in pair:
            losses.add(f"a text in a language that the memory has no place for ({code or '?'})", name)
        elif code in found:
            losses.add(f"a second text in one language ({code})", name)
        else:
            found[code] = version
    if set(found) != set(pair):
        losses.add("no text in both languages", name)
        return None
    source, target = found[pair.source], found[pair.target]
    texts = _Text.of(source), _Text.of(target)
    if not texts[0].plain or not texts[1].plain:
        losses.add("an empty text", name)
        return None
    told = _Told()
    for part, where in ((element, "tu"), (source, "source"), (target, "target")):
        told.take(part, where)
    codes = {f"{side}_seg": text.raw for side, text in zip(("source", "target"), texts, strict=True) if text.raw}
    more = {key: value for key, value in (told.more | codes).items() if value}
    return Unit(
        texts[0].plain, texts[1].plain, told.author, told.made, more={"tmx": more} if more else {}, **told.fields
    )


class _Text:
    """A <seg>: its words, and the whole of it where it holds more."""

    def __init__(self, plain: str, raw: str) -> None:
        self.plain = plain
        self.raw = raw

    @classmethod
    def of(cls, version: Any) -> _Text:
        segment = next(children(version, "seg"), None)
        if segment is None:
            return cls("", "")
        plain = one_line(text_of(segment))
        if len(segment) == 0 and plain == (segment.text or ""):
            return cls(plain, "")
        return cls(plain, _inner(segment))


def _inner(element: Any) -> str:
    """Return what an element holds, as XML."""
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    return str(whole[whole.index(">") + 1 : whole.rindex("<")]) if "</" in whole else ""


class _Told:
    """What a unit's attributes, properties and notes say: in our fields, and as they were."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.author = self.made = ""
        self.more: dict[str, Any] = {}

    def take(self, element: Any, where: str) -> None:
        attributes = {name: value for name, value in element.attrib.items() if name not in (LANGUAGE, "lang")}
        self.author = attributes.get("changeid") or attributes.get("creationid") or self.author
        stamp = _moment(attributes.get("changedate") or attributes.get("creationdate") or "")
        self.made = stamp or self.made
        above = self.more.get("tu_attributes", {})
        if where == "target" and "changedate" not in above and _OURS.fullmatch(attributes.get("changedate", "")):
            # written again from the fields
            attributes = {name: value for name, value in attributes.items() if name not in ("changedate", "changeid")}
        props = []
        for prop in children(element, "prop"):
            kind, value = prop.get("type") or "", text_of(prop)
            field = _FIELD_OF.get(kind, "")
            if field and field not in self.fields and (shown := one_line(_SEG.sub("", value))):
                self.fields[field] = shown
                if _PROPS[field][0] == kind and shown == value:
                    continue  # ours, and written again from the field
            props.append([kind, value])
        notes = [text_of(note) for note in children(element, "note")]
        region = element.get(LANGUAGE) or element.get("lang") or ""
        self.more |= {f"{where}_attributes": attributes, f"{where}_props": props, f"{where}_notes": notes}
        self.more[f"{where}_language"] = region if "-" in region else ""


@lru_cache(maxsize=10_000)
def _moment(stamp: str) -> str:
    """Read “20240301T120000Z” as ISO 8601; "" for what is no date."""
    found = _STAMP.match(stamp)
    if not found:
        return ""
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).isoformat()
    except ValueError:
        return ""


def write(units: Iterable[Unit], path: Path, pair: Pair, losses: Losses) -> None:
    """Write units, one at a time in memory."""
    write_atomic(path, _pieces(units, pair, losses))


def _pieces(units: Iterable[Unit], pair: Pair, losses: Losses) -> Iterator[bytes]:
    yield _HEAD.format(version=__version__, source=pair.source).encode()
    for unit in units:
        yield etree.tostring(_element(unit, pair, losses), encoding="utf-8") + b"\n"
    yield b"</body>\n</tmx>\n"


def _element(unit: Unit, pair: Pair, losses: Losses) -> Any:
    more: Mapping[str, Any] = unit.more.get("tmx", {})
    element = etree.Element("tu", _attributes(more, "tu"))
    fields = {"article": unit.article, "segment": unit.segment, "before": unit.before, "after": unit.after,
              "origin": unit.origin if unit.origin != "import" else ""}  # fmt: skip
    held = {_FIELD_OF[kind] for kind, _value in _props(more) if kind in _FIELD_OF}
    _describe(element, more, "tu", [(_PROPS[name][0], v) for name, v in fields.items() if v and name not in held])
    for side, text, code in (("source", unit.source, pair.source), ("target", unit.target, pair.target)):
        attributes = _attributes(more, side)
        if side == "target":
            attributes |= _stamped(unit, attributes, more)
        version = etree.SubElement(element, "tuv", {LANGUAGE: more.get(f"{side}_language") or code} | attributes)
        _describe(version, more, side, [])
        version.append(_segment(text, more.get(f"{side}_seg", ""), unit, losses))
    return element


def _attributes(more: Mapping[str, Any], where: str) -> dict[str, str]:
    return {str(name): sound(str(value)) for name, value in more.get(f"{where}_attributes", {}).items()}


def _props(more: Mapping[str, Any]) -> list[list[str]]:
    return [prop for where in ("tu", "source", "target") for prop in more.get(f"{where}_props", ())]


def _describe(element: Any, more: Mapping[str, Any], where: str, own: Iterable[tuple[str, str]]) -> None:
    for note in more.get(f"{where}_notes", ()):
        etree.SubElement(element, "note").text = sound(note)
    for kind, value in (*more.get(f"{where}_props", ()), *own):
        etree.SubElement(element, "prop", type=sound(kind)).text = sound(value)


def _stamped(unit: Unit, there: Mapping[str, str], more: Mapping[str, Any]) -> dict[str, str]:
    """Return who changed the target and when, where no attribute of the unit says the same."""
    above = more.get("tu_attributes", {})
    told = {**above, **there}
    stamps = {_moment(told.get(name, "")) for name in ("changedate", "creationdate")}
    made = {}
    if unit.made and unit.made not in stamps:
        made["changedate"] = datetime.fromisoformat(unit.made).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    if unit.author and unit.author not in (told.get("changeid"), told.get("creationid")):
        made["changeid"] = sound(unit.author)
    return made


def _segment(text: str, raw: str, unit: Unit, losses: Losses) -> Any:
    if raw:
        try:
            segment = etree.fromstring(f"<seg>{raw}</seg>")
        except etree.XMLSyntaxError:
            segment = None
        if segment is not None and one_line(text_of(segment)) == text:
            return segment
        losses.add("the inline codes of a text that has been edited since", unit.source)
    segment = etree.Element("seg")
    segment.text = sound(text)
    return segment
