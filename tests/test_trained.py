"""Every file of weights has a card that names its script, its checksum and its licence."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from translate import trained

FOLDER = trained.path("names.model").parent
ROOT = Path(__file__).parent.parent
WEIGHTS = sorted(p for p in FOLDER.iterdir() if p.suffix in (".model", ".npz", ".json"))


@pytest.mark.parametrize("path", WEIGHTS, ids=lambda p: p.name)
def test_the_card_is_of_this_file(path: Path) -> None:
    card = path.with_suffix(".md").read_text(encoding="utf-8")
    cells = dict(re.findall(r"^\| (script|sha256|licence) \| (.+) \|$", card, re.MULTILINE))
    assert card.startswith(f"# {path.name}: ")
    assert cells["sha256"] == f"`{hashlib.sha256(path.read_bytes()).hexdigest()}`"
    assert cells["licence"]
    (script,) = re.findall(r"training/\w+\.py", cells["script"])
    assert (ROOT / script).is_file()
    assert "**Data.**" in card
