"""docs/api.md is what the docstrings of the public names say; `--update-golden` writes it anew."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_origin

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "api.md"
HEAD = """# The public values and functions

What each room gives to others, with the docstrings of the sources. [architecture.md](architecture.md) says how the
rooms stand to one another; `pytest tests/test_api.py --update-golden` writes this page anew.
"""
ROOMS = (
    "pipeline", "article", "segments", "glossary", "inflection", "names", "lexicon", "engines", "memory", "pinning",
    "typography", "checks", "parallel", "parallel.markup", "catalog", "config", "problems", "spans", "files", "errors",
)  # fmt: skip


def public(module: Any) -> list[str]:
    """Return the names a module exports, or else defines without an underscore."""
    if hasattr(module, "__all__"):
        named = [name for name in module.__all__ if get_origin(getattr(module, name)) is None]  # no aliases of types
        return [name for name in named if callable(getattr(module, name))]
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
    return [name for name in own if not name.startswith("_") and callable(getattr(module, name))]


class Bare(str):
    """An annotation written without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def signature(name: str, value: Any) -> str:
    if inspect.isclass(value):
        return f"class {name}"
    found = inspect.signature(value)
    bare = [
        p.replace(annotation=Bare(p.annotation)) if isinstance(p.annotation, str) else p
        for p in found.parameters.values()
    ]
    back = Bare(found.return_annotation) if isinstance(found.return_annotation, str) else found.return_annotation
    shown = str(found.replace(parameters=bare, return_annotation=back))
    return name + re.sub(r"<function (\S+) at 0x[0-9a-f]+>", r"\1", shown)


def entries() -> Iterator[str]:
    for room in ROOMS:
        module = importlib.import_module(f"translate.{room}")
        yield f"\n## translate.{room}\n\n{(module.__doc__ or '').split(chr(10))[0]}\n"
        for name in sorted(public(module)):
            value = getattr(module, name)
            inherited = inspect.isclass(value) and issubclass(value, Enum) and not value.__doc__
            doc = "" if inherited else inspect.getdoc(value) or ""
            yield f"\n### `{signature(name, value)}`\n\n```text\n{doc}\n```\n"


def test_the_page_is_what_the_docstrings_say(request: pytest.FixtureRequest) -> None:
    made = HEAD + "".join(entries())
    if request.config.getoption("--update-golden"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made, "run pytest tests/test_api.py --update-golden"


def test_every_public_name_says_what_it_is() -> None:
    bare = [line for line in "".join(entries()).split("\n### ") if line.endswith("```text\n\n```\n")]
    assert bare == []
