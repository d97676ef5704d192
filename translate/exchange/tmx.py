"""TMX 1.4, the format of translation memories: a property may be added to any unit, so that nothing is lost.

Source: https://www.gala-global.org/tmx-14b
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from translate import __version__
from translate.exchange.cells import Imported, Loss, filled
from translate.exchange.xml import LANGUAGE, children, language, read_xml, text_of, write_xml
from translate.glossary import Term

_LANGUAGES = {"source": "en", "target": "ru", "kk": "kk", "ky": "ky"}
_COLUMN = {code: column for column, code in _LANGUAGES.items()}


def write(terms: Sequence[Term], path: Path) -> list[Loss]:
    """Write a unit a term; columns that are no text in a language stand as properties."""
    root = Element("tmx", version="1.4")
    SubElement(root, "header", {
        "creationtool": "tolmach", "creationtoolversion": __version__, "segtype": "phrase", "o-tmf": "tsv",
        "adminlang": "en", "srclang": "en", "datatype": "plaintext",
    })  # fmt: skip
    body = SubElement(root, "body")
    for term in terms:
        cells = filled(term)
        unit = SubElement(body, "tu")
        if term.note:
            SubElement(unit, "note").text = term.note
        for name, cell in cells.items():
            if name not in _LANGUAGES and name != "note":
                SubElement(unit, "prop", type=f"x-{name}").text = cell
        for name, code in _LANGUAGES.items():
            if name in cells:
                version = SubElement(unit, "tuv", {LANGUAGE: code})
                SubElement(version, "seg").text = cells[name]
    write_xml(root, path)
    return []


def read(path: Path) -> Imported:
    """Read units; of several texts in one language the first is taken, the others are lost."""
    imported = Imported()
    root = read_xml(path, ("tmx",))
    units = [unit for body in children(root, "body") for unit in children(body, "tu")]
    for n, unit in enumerate(units, 1):
        cells: dict[str, str] = {}
        for prop in children(unit, "prop"):
            cells[(prop.get("type") or "prop").removeprefix("x-")] = text_of(prop)
        cells["note"] = "; ".join(text_of(note) for note in children(unit, "note"))
        more: list[Loss] = []
        for version in children(unit, "tuv"):
            code = language(version)
            text = text_of(next(children(version, "seg"), None))
            if code not in _COLUMN:
                more.append(Loss("", code, text, "a glossary has no column for this language"))
            elif _COLUMN[code] in cells:
                more.append(Loss("", _COLUMN[code], text, "a second text in one language"))
            else:
                cells[_COLUMN[code]] = text
        name = cells.get("source") or cells.get("target") or f"{path.name}:{n}"
        imported.losses += [Loss(name, loss.column, loss.value, loss.reason) for loss in more]
        imported.take(cells, path, n)
    return imported
