"""The shape of the project: imports point backwards along the flow, and `--help` imports nothing heavy."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "translate"

ROOT = PACKAGE.parent


def rooms() -> list[str]:
    """Return the rooms of docs/architecture.md in the order of its table: each may use those above it."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("## The rooms")[1].split("Outside the package")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


FLOW = rooms()


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
    assert name in FLOW, f"{name}: a new room must have its row in docs/architecture.md"
    later = {m for m in imports(path) if m not in FLOW[: FLOW.index(name) + 1]}
    assert not later, f"{path} imports {sorted(later)}, which come later in the flow"


def test_every_room_of_the_page_is_there() -> None:
    there = {path.stem for path in PACKAGE.iterdir() if not path.name.startswith("__") and path.suffix in ("", ".py")}
    assert set(FLOW) == there - {"cli"}


def code_lines(nodes: Iterable[ast.stmt]) -> int:
    """Count the lines that statements stand on: no signature, no docstring, no blank, no comment."""
    lines: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.expr | ast.stmt) and not isinstance(inner, ast.FunctionDef):
                lines |= {inner.lineno, inner.end_lineno or inner.lineno}
    return len(lines)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_functions_and_modules_stay_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert code_lines(tree.body) <= 400
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert {f.name: code_lines(f.body) for f in functions if code_lines(f.body) > 40} == {}


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


def test_problems_are_of_a_listed_kind() -> None:
    loose = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Problem"
        and node.args
        and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    ]
    assert loose == []
