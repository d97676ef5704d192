"""What goes out is what the standards say, and real files of other tools come in, each loss named.

The schemas and the files lie under $TOLMACH_DATA/exchange (python -m benchmarks.data): they are not the project's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from test_xliff import story

from benchmarks.data import folder
from translate.errors import GlossaryError
from translate.exchange.memories import unit_format
from translate.exchange.units import Losses, Pair, Unit
from translate.parallel import render

DATA = folder() / "exchange"
UNITS = [
    Unit("A <b>", "«Б» & в", "A. Ivanova", "2026-03-01T12:00:00+00:00", "a.md", "b1.2", "Before.", "After."),
    Unit("C", "Ц", more={"tmx": {"source_seg": '<ph x="1" type="image"/>C', "tu_notes": ["seen"]}}),
]
FOREIGN = [path for path in sorted(DATA.glob("files/**/*")) if path.is_file()]


def schema(name: str) -> Any:
    path = DATA / "schemas" / name
    if not path.exists():
        pytest.skip(f"no {name} under {DATA}/schemas")
    return etree.DTD(str(path)) if name.endswith(".dtd") else etree.XMLSchema(etree.parse(path))


def validated(data: bytes, name: str) -> None:
    found = schema(name)
    assert found.validate(etree.fromstring(data)), str(found.error_log)


@pytest.mark.parametrize(
    ("format_", "name"), [("xliff", "xliff-core-1.2-strict.xsd"), ("xliff2", "xliff_core_2.0.xsd")]
)
def test_a_parallel_text_is_valid_xliff(format_: str, name: str) -> None:
    validated(str(render(story(Path("a.md")), format_)).encode(), name)


@pytest.mark.parametrize(("file", "name"), [("a.xlf", "xliff-core-1.2-strict.xsd"), ("a.tmx", "tmx14.dtd")])
def test_a_memory_is_valid(file: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / file
    unit_format(path).write(iter(UNITS), path, Pair(), Losses())
    validated(path.read_bytes(), name)


@pytest.mark.skipif(not FOREIGN, reason=f"no files of other tools under {DATA}/files")
@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_every_unit_of_another_tool_is_taken_or_counted(path: Path) -> None:
    """Count the units by a search that knows nothing of the reader's, and compare."""
    if path.read_bytes().count(b"<!ENTITY"):
        with pytest.raises(GlossaryError, match="entities"):
            list(unit_format(path).read(path, Pair(), Losses()))
        return
    parser = etree.XMLParser(recover=True, huge_tree=True)
    root = etree.parse(path, parser).getroot()
    faults = [one for one in parser.error_log if "xmlChar" not in one.message and one.level > 1]
    for pair in _languages(root) or [Pair()]:
        losses = Losses()
        if faults:
            with pytest.raises(GlossaryError, match="not sound XML"):
                list(unit_format(path).read(path, pair, losses))
            continue
        units = list(unit_format(path).read(path, pair, losses))
        there = [one for one in root.iter("{*}tu", "{*}trans-unit", "{*}unit") if _has_words(one)]
        assert len(units) + len(losses) >= len(there)
        assert all(unit.source and unit.target for unit in units)


def _has_words(element: Any) -> bool:
    return any("".join(one.itertext()).strip() for one in element.iter("{*}seg", "{*}source"))


def _languages(root: Any) -> list[Pair]:
    sources = [one.get("source-language") or root.get("srcLang") or "" for one in root.iter("{*}file")]
    targets = [one.get("target-language") or root.get("trgLang") or "" for one in root.iter("{*}file")]
    found = [Pair(a[:2].lower(), b[:2].lower()) for a, b in zip(sources, targets, strict=True)]
    return list(dict.fromkeys(found))
