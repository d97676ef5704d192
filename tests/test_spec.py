"""The examples of the CommonMark and GFM specifications come back as they were; departures are named, each with why.

The specifications (CC BY-SA) are no part of the project: `make spec` takes CommonMark's, and the examples of tables,
strike-through and task lists, from markdown-it-py's source distribution; GFM's is read from $TOLMACH_DATA/spec if it is
there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.layout import examples, tried

ROOT = Path(__file__).resolve().parents[1]
# name in spec_departures.tsv, and where a copy may lie
PLACES = {
    "commonmark": ("spec.md", "cm-spec.txt", "spec.txt"),
    "gfm": ("gfm-spec.txt",),
    "tables": ("tables.md",),
    "strikethrough": ("strikethrough.md",),
    "tasklists": ("tasklists.md",),
}


@dataclass(frozen=True, slots=True)
class Departure:
    """An example in which more than its words changes once they are exchanged, and why.

    Args:
        name: of the specification.
        number: of the example in it.
        digest: of its text; the example itself is not copied.
        why: in words.
    """

    name: str
    number: str
    digest: str
    why: str


def digest(example: str) -> str:
    return hashlib.sha256(example.encode()).hexdigest()[:12]


def departures(name: str) -> dict[str, Departure]:
    lines = (ROOT / "tests/cases/spec_departures.tsv").read_text(encoding="utf-8").splitlines()
    found = [Departure(*line.split("\t")) for line in lines if line and not line.startswith("#")]
    return {one.digest: one for one in found if one.name == name}


def folders() -> Iterator[Path]:
    yield ROOT / ".venv/spec"
    if "TOLMACH_DATA" in os.environ:
        yield Path(os.environ["TOLMACH_DATA"]) / "spec"


def read(name: str) -> list[str]:
    """Return the examples; skip where the specification is not there."""
    for folder in folders():
        for file in PLACES[name]:
            path = folder / file
            if path.is_file():
                if name in ("commonmark", "gfm"):
                    return examples(path.read_text(encoding="utf-8"))
                from markdown_it.utils import read_fixture_file

                return [str(source) for _line, _title, source, _html in read_fixture_file(path)]
    pytest.skip(f"no {PLACES[name][0]}: make spec" if name != "gfm" else "no gfm-spec.txt in $TOLMACH_DATA/spec")


@pytest.mark.parametrize("name", list(PLACES))
def test_every_example_comes_back_as_it_was(name: str) -> None:
    wrong = {source: tried(source.encode(), Path("a.md")) for source in read(name) if source.strip()}
    assert [source for source, kinds in wrong.items() if "identity" in kinds] == []
    known = {digest(source) for source, kinds in wrong.items() if "skeleton" in kinds}
    assert known == set(departures(name))


def test_every_departure_has_its_reason() -> None:
    found = [one for name in PLACES for one in departures(name).values()]
    assert found
    assert all(len(one.why.split()) >= 4 for one in found)
