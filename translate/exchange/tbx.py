"""TBX-Basic, the format of termbases, in version 2 (TBX 2008) and 3 (ISO 30042:2019).

TBX-Basic has a closed list of data categories. It holds a term's spellings in every language, gender, kind (as subject
field), origin, note, and whether it is preferred or barred; it has no place for grammatical number, animacy, forms,
dates or own columns. Those are listed as lost rather than hidden in a note that no other tool would understand.

Source: https://www.tbxinfo.net/tbx-dialects/ (TBX-Basic), ISO 30042:2019
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from translate.exchange.cells import Imported, Loss, losses_of
from translate.exchange.statuses import Standing, standing_of
from translate.exchange.xml import LANGUAGE, children, language, local, read_xml, text_of, write_xml
from translate.glossary import KINDS, Policy, Term

_HELD = {"source", "target", "kind", "gender", "aliases", "kk", "ky", "note", "origin"}
_GENDER = {"masc": "masculine", "femn": "feminine", "neut": "neuter"}
_PREFERRED, _DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"
_REASON = "TBX-Basic has no place for it"
_NAMESPACE = "urn:iso:std:iso:30042:ed-2"


@dataclass(frozen=True, slots=True)
class _Names:
    """What one version calls its elements."""

    root: str
    header: str
    entry: str
    section: str
    term: str


_V2 = _Names("martif", "martifHeader", "termEntry", "langSet", "tig")
_V3 = _Names("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec")


def write_v2(terms: Sequence[Term], path: Path) -> list[Loss]:
    """Write TBX-Basic of 2008, which most tools in use still ask for."""
    root = Element("martif", {"type": "TBX-Basic", LANGUAGE: "en"})
    losses = _fill(root, _V2, terms)
    write_xml(root, path, '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n')
    return losses


def write_v3(terms: Sequence[Term], path: Path) -> list[Loss]:
    """Write TBX-Basic of ISO 30042:2019 with data categories as attributes (DCA)."""
    root = Element("tbx", {"type": "TBX-Basic", "style": "dca", LANGUAGE: "en", "xmlns": _NAMESPACE})
    losses = _fill(root, _V3, terms)
    write_xml(root, path)
    return losses


def _fill(root: Element, names: _Names, terms: Sequence[Term]) -> list[Loss]:
    header = SubElement(root, names.header)
    SubElement(SubElement(SubElement(header, "fileDesc"), "sourceDesc"), "p").text = "tolmach glossary"
    if names is _V2:
        SubElement(SubElement(header, "encodingDesc"), "p", type="XCSURI").text = "TBXBasicXCSV02.xcs"
    body = SubElement(SubElement(root, "text"), "body")
    losses: list[Loss] = []
    for n, term in enumerate(terms, 1):
        entry = SubElement(body, names.entry, id=f"c{n}")
        SubElement(entry, "descrip", type="subjectField").text = term.kind
        if term.origin:
            SubElement(entry, "admin", type="source").text = term.origin
        if term.note:
            SubElement(entry, "note").text = term.note
        _sections(entry, names, term)
        held = _HELD | ({"policy"} if term.policy in (Policy.PIN, Policy.FORBID) else set())
        held -= set() if term.target else {"gender"}
        losses += losses_of(term, held, _REASON)
    return losses


def _sections(entry: Element, names: _Names, term: Term) -> None:
    if term.source or term.aliases:
        section = SubElement(entry, names.section, {LANGUAGE: "en"})
        for n, spelling in enumerate((term.source, *term.aliases)):
            if spelling:
                _term(section, names, spelling, {"termType": "variant" if n else "fullForm"})
    if term.target:
        section = SubElement(entry, names.section, {LANGUAGE: "ru"})
        notes = {"grammaticalGender": _GENDER[term.gender]} if term.gender else {}
        status = _DEPRECATED if term.policy is Policy.FORBID else _PREFERRED
        _term(section, names, term.target, notes | {"administrativeStatus": status})
    for code, text in (("kk", term.kk), ("ky", term.ky)):
        if text:
            _term(SubElement(entry, names.section, {LANGUAGE: code}), names, text, {})


def _term(section: Element, names: _Names, text: str, notes: dict[str, str]) -> None:
    element = SubElement(section, names.term)
    SubElement(element, "term").text = text
    for category, value in notes.items():
        SubElement(element, "termNote", type=category).text = value


@dataclass(frozen=True, slots=True)
class _Found:
    """A term of a language section with its data categories."""

    text: str
    notes: dict[str, str]

    @property
    def standing(self) -> Standing:
        return max((standing_of(name, value) for name, value in self.notes.items()), key=_weight, default=_UNSAID)

    @property
    def barred(self) -> bool:
        return self.standing is Standing.BARRED

    @property
    def rank(self) -> tuple[Standing, bool]:
        """Sort the terms of a language: by their standing, the full form before abbreviations and variants."""
        return self.standing, bool(_LESSER.match(self.notes.get("termType", "")))


_UNSAID = Standing.UNSAID
# An acronym, a synonym; “entryTerm” and “fullForm” lead.
_LESSER = re.compile(r"variant|synonym|abbrev|acronym|initialism|short|symbol|clipped", re.I)


def _weight(standing: Standing) -> int:
    """Rank what several categories of one term say: a bar outdoes all, and anything outdoes silence."""
    return (Standing.UNSAID, Standing.ADMITTED, Standing.PREFERRED, Standing.BARRED).index(standing)


def read(path: Path) -> Imported:
    """Read TBX of either version, categories as attributes or as elements.

    The preferred English term is the source and the others aliases; the preferred Russian term is the target, and each
    deprecated one becomes a line that bars it. Other Russian terms are lost: a glossary settles on one.
    """
    imported = Imported()
    root = read_xml(path, ("martif", "tbx"))
    entries = (element for element in root.iter() if local(element) in ("termEntry", "conceptEntry"))
    for n, entry in enumerate(entries, 1):
        _read_entry(entry, imported, path, n)
    return imported


def _read_entry(entry: Element, imported: Imported, path: Path, n: int) -> None:
    found: dict[str, list[_Found]] = {}
    for section in children(entry, "langSet", "langSec"):
        found.setdefault(language(section), []).extend(_terms(section))
    english = sorted(found.pop("en", []), key=lambda one: one.rank)
    russian = sorted(found.pop("ru", []), key=lambda one: one.rank)
    settled = [one for one in russian if not one.barred]
    cells = _categories(entry)
    cells |= {"source": english[0].text if english else "", "aliases": "|".join(one.text for one in english[1:])}
    for code in ("kk", "ky"):
        several = found.pop(code, [])
        cells[code] = several[0].text if several else ""
        imported.losses += [
            Loss(cells["source"], code, one.text, "a second term in one language") for one in several[1:]
        ]
    name = cells["source"] or (russian[0].text if russian else f"{path.name}:{n}")
    if settled:
        imported.take(cells | {"target": settled[0].text, "gender": _gender(settled[0])}, path, n)
    for one in russian:
        if one.barred:
            barred = {"target": one.text, "gender": _gender(one), "policy": "forbid"}
            imported.take(
                (cells if not settled else {"kind": cells["kind"], "source": cells["source"]}) | barred, path, n
            )
    if not russian:
        imported.losses.append(Loss(name, "", "", "no Russian term"))
    imported.losses += [Loss(name, "target", one.text, "a second Russian term") for one in settled[1:]]
    for code, several in found.items():
        reason = "a glossary has " + ("one term" if code in ("kk", "ky") else "no column") + " for this language"
        imported.losses += [Loss(name, code, one.text, reason) for one in several]


def _categories(entry: Element) -> dict[str, str]:
    """Return kind, note and origin of a concept."""
    cells = {"kind": "term", "note": "", "origin": ""}
    notes = [text_of(note) for note in children(entry, "note")]
    for category, value in _categories_of(entry):
        if category == "subjectField":
            cells["kind" if value.strip() in KINDS else "x-subject"] = value.strip()
        elif category == "source":
            cells["origin"] = value
        elif category == "definition":
            notes.append(value)
    cells["note"] = "; ".join(filter(None, notes))
    return cells


def _terms(section: Element) -> Iterator[_Found]:
    for group in children(section, "tig", "ntig", "termSec"):
        inner = next(children(group, "termGrp"), group)
        text = text_of(next(children(inner, "term"), None))
        if text.strip():
            yield _Found(text, {**dict(_categories_of(group)), **dict(_categories_of(inner))})


def _categories_of(element: Element) -> Iterator[tuple[str, str]]:
    """Yield data categories: <termNote type="…"> and <descripGrp> (DCA), or <min:partOfSpeech> (DCT)."""
    for child in element:
        name = local(child)
        if name in ("termNote", "descrip", "admin"):
            yield child.get("type") or "", text_of(child)
        elif name in ("descripGrp", "adminGrp", "termNoteGrp"):
            yield from _categories_of(child)
        elif (
            name not in ("term", "termGrp", "note", "langSet", "langSec", "")
            and isinstance(child.tag, str)
            and len(child) == 0
        ):
            yield name, text_of(child)


def _gender(found: _Found) -> str:
    return found.notes.get("grammaticalGender", found.notes.get("gender", "")).replace("otherGender", "")
