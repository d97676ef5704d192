"""XML read without entities and written plainly, for TBX and TMX."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, ParseError, indent

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse

from translate.errors import GlossaryError
from translate.files import write_atomic
from translate.messages import _

_NAMED = {"eng": "en", "english": "en", "rus": "ru", "russian": "ru", "kaz": "kk", "kazakh": "kk", "kir": "ky"}
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
        raise GlossaryError(_("not sound XML: {msg}").format(msg=error.msg), path=path, line=line) from None
    except DefusedXmlException as error:
        raise GlossaryError(
            _("refused, as XML with entities is not safe: {name__}").format(name__=type(error).__name__), path=path
        ) from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise GlossaryError(_("not readable XML: {error}").format(error=error), path=path) from None
    if root is None or local(root) not in roots:
        found = "nothing" if root is None else f"<{local(root)}>"
        raise GlossaryError(
            _("{found} where {names} should be").format(found=found, names=" or ".join(f"<{name}>" for name in roots)),
            path=path,
        )
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


def local(element: Any) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def drop(element: Any) -> None:
    """Forget an element and what stands before it: else the whole of a streamed file is held."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def children(element: Any, *names: str) -> Iterator[Any]:
    """Yield the children of these names, in any namespace."""
    return (child for child in element if local(child) in names)


def language(element: Any) -> str:
    """Return the primary language of an element: "en" for xml:lang="en-GB"; TMX 1.1 wrote lang."""
    code = (element.get(LANGUAGE) or element.get("lang") or "").strip().lower().replace("_", "-").partition("-")[0]
    return _NAMED.get(code, code)


# TMX 1.4 and TBX: what they hold is code of the document's own format, not text; <sub> is a text of its own in there.
_CODES = ("bpt", "ept", "ph", "it", "ut")
_LINE_BREAK = re.compile(r"<\s*br\b|\\line\b|^\s*\n\s*$", re.I)


def text_of(element: Any) -> str:
    """Return the text in an element: of <hi> and the like what they hold, of codes (<bpt>, <ph> …) nothing.

    A code that breaks the line parts the words it stands between.
    """
    if element is None:
        return ""
    return "".join(texts(element, _CODES, _code)) if len(element) else element.text or ""


def _code(element: Any) -> str:
    code = "".join(element.itertext())
    return " " if element.get("type") == "lb" or _LINE_BREAK.search(code) else ""


def texts(element: Any, codes: Container[str], shown: Callable[[Any], str] = lambda _code: "") -> Iterator[str]:
    """Yield the texts in an element, in order.

    Args:
        element: of lxml.
        codes: the names of the elements that hold no text.
        shown: what is put for one of those.
    """
    yield element.text or ""
    within = [iter(element)]  # a hostile file has more elements in each other than Python calls
    tails: list[str] = []
    while within:
        child = next(within[-1], None)
        if child is None:
            within.pop()
            yield tails.pop() if tails else ""
        elif local(child) in codes:
            yield shown(child)
            yield child.tail or ""
        elif isinstance(child.tag, str):
            yield child.text or ""
            within.append(iter(child))
            tails.append(child.tail or "")
        else:
            yield child.tail or ""
