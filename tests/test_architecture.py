"""The shape of the project: imports point backwards along the flow, and `--help` imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "translate"

# A module may import those before it. Where a sentence travels: article → segments → glossary → engine → pinning → …
FLOW = [
    "spans", "errors", "files", "messages", "problems", "limits", "mishaps", "config", "trained", "article",
    "segments", "inflection", "lexicon", "glossary", "exchange", "names", "engines", "memory", "pinning",
    "typography", "checks", "confidence", "markup", "parallel", "bitext", "pipeline", "catalog",
]  # fmt: skip


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "translate":
            rest = node.module.split(".")[1:]
            found |= {rest[0]} if rest else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("translate.")}
    return found - {"__version__"}


def stage(path: Path) -> str:
    """Return the module of the flow a file belongs to: its own name, or the package folder it lies in."""
    inside = path.relative_to(PACKAGE)
    return inside.stem if len(inside.parts) == 1 else inside.parts[0]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_backwards(path: Path) -> None:
    name = stage(path)
    if name in ("__init__", "__main__", "cli"):
        return
    assert name in FLOW, f"{name}: a new module must have its place in the flow"
    later = {m for m in imports(path) if m not in FLOW[: FLOW.index(name) + 1]}
    assert not later, f"{path} imports {sorted(later)}, which come later in the flow"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom translate.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'ctranslate2', 'sentencepiece', 'pymorphy3', 'rumorph', 'pytrovich', 'slovnet',"
        "'numpy', 'trafilatura', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "article" in done.stdout
