"""XML read without entities and written plainly, for TBX and TMX."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, ParseError, indent

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse

from translate.errors import GlossaryError
from translate.files import write_atomic

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xml(path: Path, roots: tuple[str, ...]) -> Element:
    """Parse a file; a document type is let pass, entities and external references are not.

    Raises:
        GlossaryError: it is not sound XML, it declares entities, or its root is none of `roots`.
    """
    try:
        root = parse(path, forbid_dtd=False, forbid_entities=True, forbid_external=True).getroot()
    except ParseError as error:
        line = error.position[0]
        raise GlossaryError(f"not sound XML: {error.msg}", path=path, line=line) from None
    except DefusedXmlException as error:
        raise GlossaryError(f"refused, as XML with entities is not safe: {type(error).__name__}", path=path) from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise GlossaryError(f"not readable XML: {error}", path=path) from None
    if root is None or local(root) not in roots:
        found = "nothing" if root is None else f"<{local(root)}>"
        raise GlossaryError(f"{found} where {' or '.join(f'<{name}>' for name in roots)} should be", path=path)
    return root


def write_xml(root: Element, path: Path, doctype: str = "") -> None:
    """Write a document, indented."""
    indent(root, "  ")
    buffer = io.BytesIO()
    buffer.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    buffer.write(doctype.encode("utf-8"))
    ElementTree(root).write(buffer, encoding="utf-8", xml_declaration=False)
    buffer.write(b"\n")
    write_atomic(path, buffer.getvalue())


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children of these names, in any namespace."""
    return (child for child in element if local(child) in names)


def language(element: Element) -> str:
    """Return the primary language of an element: "en" for xml:lang="en-GB"; TMX 1.1 wrote lang."""
    return (element.get(LANGUAGE) or element.get("lang") or "").lower().replace("_", "-").partition("-")[0]


def text_of(element: Element | None) -> str:
    """Return all text in an element, inline markup left out."""
    return "" if element is None else "".join(element.itertext())
