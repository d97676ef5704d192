"""A catalog as XLIFF for translators' programs, a unit a text, and its units read back as rows of a sheet.

Source: OASIS, XLIFF 1.2; the XLIFF 1.2 representation guide for gettext PO (a group for the forms of a plural).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from translate.errors import CatalogError
from translate.messages import _

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_X = f"{{{_NAMESPACE}}}"
_STATES = {"new": "new", "fuzzy": "needs-review-translation", "done": "translated"}
_REVIEWED = {"final", "signed-off", "translated"}
# Where the text as it was exported is kept: what differs from it is the translator's.
_EXPORTED = "exported"


def write(rows: Iterable[Mapping[str, str]], original: str, language: str) -> bytes:
    """Write units: source, target with its state, context, places and remarks.

    Args:
        rows: of a sheet: context, source, plural, form, translation, status, comment, places.
        original: name of the catalog.
        language: of the translations, BCP 47.
    """
    root = etree.Element(f"{_X}xliff", {"version": "1.2"}, nsmap={None: _NAMESPACE})  # type: ignore[dict-item]
    file = etree.SubElement(
        root, f"{_X}file",
        {"original": original, "datatype": "po", "source-language": "en", "target-language": language or "ru"},
    )  # fmt: skip
    body = etree.SubElement(file, f"{_X}body")
    group = body
    for number, row in enumerate(rows, 1):
        if row["form"] in ("", "0"):
            group = body
        if row["form"] == "0":
            group = etree.SubElement(body, f"{_X}group", {"restype": "x-gettext-plurals", "id": f"g{number}"})
        _unit(group, number, row)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _unit(parent: etree._Element, number: int, row: Mapping[str, str]) -> None:
    done = row["status"] == "done"
    unit = etree.SubElement(
        parent, f"{_X}trans-unit",
        {"id": f"{number}" + (f"[{row['form']}]" if row["form"] else ""), "approved": "yes" if done else "no"},
    )  # fmt: skip
    unit.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    source = etree.SubElement(unit, f"{_X}source")
    source.text = row["plural"] if row["form"] not in ("", "0") else row["source"]
    target = etree.SubElement(unit, f"{_X}target", {"state": _STATES[row["status"]]})
    target.text = row["translation"]
    group = etree.SubElement(unit, f"{_X}context-group", {"name": "po-entry", "purpose": "information"})
    kept = {"x-po-msgid": row["source"], "x-po-msgctxt": row["context"], "x-po-form": row["form"]}
    for name, value in {**kept, f"x-{_EXPORTED}": row["translation"], "sourcefile": row["places"]}.items():
        if value:
            etree.SubElement(group, f"{_X}context", {"context-type": name}).text = value
    for remark in filter(None, row["comment"].split("\n")):
        etree.SubElement(unit, f"{_X}note", {"from": "developer"}).text = remark


def read(path: Path) -> Iterator[dict[str, str]]:
    """Yield the units of a file as rows of a sheet.

    Raises:
        CatalogError: it is no XLIFF 1.2.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise CatalogError(_("not well-formed: {msg}").format(msg=error.msg), path=path, line=error.lineno) from None
    if root.tag != f"{_X}xliff":
        raise CatalogError(_("no XLIFF 1.2"), path=path, line=1, hint=_("Export it as XLIFF 1.2"))
    for unit in root.iter(f"{_X}trans-unit"):
        held = {c.get("context-type", ""): c.text or "" for c in unit.iter(f"{_X}context")}
        target = unit.find(f"{_X}target")
        source = unit.find(f"{_X}source")
        text = "" if target is None else "".join(map(str, target.itertext()))
        state = "" if target is None else target.get("state", "")
        yield {
            "context": held.get("x-po-msgctxt", ""),
            "source": held.get("x-po-msgid") or ("" if source is None else "".join(map(str, source.itertext()))),
            "translation": text,
            "status": "done" if state in _REVIEWED or unit.get("approved") == "yes" else "",
            "form": held.get("x-po-form", ""),
            "exported": held.get(f"x-{_EXPORTED}", ""),
        }
