"""Figures as a benchmark found them, kept by machine together with what they depend on.

A benchmark that is given `--record` writes `results/NAME.json`: its figures, and a signature of versions, settings,
machine and day, as sacrebleu's scores have one, so that a figure can be measured again. The docs take figures from
there: below a paragraph or a table stands

    <!-- figures: NAME KEY KEY … -->

and the figures of those keys stand in the text above it in that order, rounded as far as it shows them
(`tests/test_results.py`). A key is the path to a figure, its words joined by “.” and “-”; `*` stands for any run of
letters, and a key with it for all figures it fits, in the file's order. What nobody has recorded yet is marked
`<!-- figures, not yet recorded: NAME KEY … -->`, and held as soon as the file is there.

    python -m benchmarks.results        # what the docs take from which file, and how to record it anew
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import platform
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("results")
ROOT = FOLDER.parent.parent
# What an engine's rounding and speed depend on.
CPU_FLAGS = ("avx", "avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16", "asimd")
TOOLS = ("ctranslate2", "numpy", "sacrebleu", "pyahocorasick", "flashtext")

Figures = Mapping[str, Any]  # names → numbers, or Figures again


def add_option(parser: argparse.ArgumentParser, name: str) -> None:
    """Give a benchmark the option `--record`."""
    parser.add_argument(
        "--record",
        nargs="?",
        const=name,
        metavar="NAME",
        help=f"write the figures to results/NAME.json ({name}), or to a file",
    )


def record(options: argparse.Namespace, figures: Figures) -> None:
    """Write figures to the file that `--record` names; nothing without it."""
    if options.record:
        is_file = options.record.endswith(".json")
        path = Path(options.record) if is_file else FOLDER / f"{options.record}.json"
        kept = {"figures": _rounded(figures), "signature": signature(options)}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"recorded in {path}", file=sys.stderr)


def signature(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the figures depend on. Folders are left out: where data lie is nobody's affair."""
    from translate.engines.draft import shipped_models

    main = sys.modules["__main__"]
    settings = {key: _plain(value) for key, value in vars(options).items() if key != "record"}
    return {
        "benchmark": main.__spec__.name.removesuffix(".__main__") if main.__spec__ else Path(sys.argv[0]).stem,
        "settings": settings,
        "tolmach": version("tolmach"),
        "model": ", ".join(model.name for model in shipped_models()),
        "python": platform.python_version(),
        **{tool: found for tool in TOOLS if (found := _installed(tool))},
        "machine": machine(),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def machine() -> dict[str, Any]:
    """Return the class of this machine: its cores and what its processor can do at once."""
    import os

    try:
        known = re.search(r"^(?:flags|Features)\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        known = None
    flags = known[1].split() if known else []
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "flags": [flag for flag in CPU_FLAGS if flag in flags],
    }


def _installed(tool: str) -> str:
    try:
        return version(tool)
    except PackageNotFoundError:
        return ""


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return value.name
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return Path(value).name if isinstance(value, str) and "/" in value else value


def _rounded(figures: Figures) -> dict[str, Any]:
    return {
        str(key): _rounded(value) if isinstance(value, Mapping) else float(f"{value:.5g}") if _is_real(value) else value
        for key, value in figures.items()
    }


def _is_real(value: object) -> bool:
    return isinstance(value, float) or type(value).__module__ == "numpy"


# Figures in the docs -----------------------------------------------------------------------------------------------

_MARK = re.compile(r"^<!-- figures(?P<waits>, not yet recorded)?: (?P<name>[\w-]+)(?P<keys>(?: [^ >]+)+) -->$", re.M)
_NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:,\d{3})+(?!\d)|(?<!\w)(?:\d+(?:\.\d+)?|\.\d+)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in the docs, and the text above it.

    Args:
        line: of the mark, from 1.
        waits: nobody has recorded the figures yet.
    """

    path: Path
    line: int
    name: str
    keys: tuple[str, ...]
    waits: bool
    text: str

    def fault(self) -> str:
        """Say which figure the text has not; "" where all is right."""
        path = FOLDER / f"{self.name}.json"
        if self.waits:
            return f"results/{self.name}.json is there: take out “, not yet recorded”" if path.exists() else ""
        if not path.exists():
            return f"no results/{self.name}.json"
        known = flat(json.loads(path.read_text(encoding="utf-8"))["figures"])
        shown = iter(_NUMBER.finditer(self.text))
        for key in self.keys:
            wanted = {one: value for one, value in known.items() if fnmatch.fnmatchcase(one, key)}
            if not wanted:
                return f"results/{self.name}.json has no {key}"
            for one, value in wanted.items():
                if not any(_says(number, self.text, value) for number in shown):
                    return f"{one} is {value} and does not stand there (or not in this order)"
        return ""


def marks(text: str, path: Path) -> Iterator[Mark]:
    """Yield the marks of a page, each with the paragraph or table that it stands below."""
    for found in _MARK.finditer(text):
        above = [part for part in re.split(r"\n\s*\n", _MARK.sub("", text[: found.start()])) if part.strip()]
        yield Mark(
            path,
            text.count("\n", 0, found.start()) + 1,
            found["name"],
            tuple(found["keys"].split()),
            bool(found["waits"]),
            above[-1] if above else "",
        )


def pages() -> Sequence[Path]:
    """Return the pages that have figures."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def flat(figures: Figures, before: str = "") -> dict[str, float]:
    """Return every number of a tree of figures by its key, in the tree's order.

    Example: {"pins on": {"chrF": 48.6}} → {"pins-on.chrf": 48.6}.
    """
    found: dict[str, float] = {}
    for name, value in figures.items():
        key = before + re.sub(r"[^\w]+", "-", str(name).lower()).strip("-")
        if isinstance(value, Mapping):
            found |= flat(value, f"{key}.")
        elif isinstance(value, int | float):
            found[key] = value
    return found


def _says(number: re.Match[str], text: str, value: float) -> bool:
    """Tell whether a number of a text is a value, rounded to as many places as it has."""
    digits = number[0].replace(",", "")
    places = len(digits.partition(".")[2])
    percent = re.match(r"[ \u00a0]?%", text[number.end() :]) is not None
    wanted = 100 * value if percent else value
    return abs(float(digits) - wanted) <= float(f"0.5e-{places}") + 1e-9


def main() -> None:
    """Print each file that the docs take figures from, with its command, day and machine."""
    used: dict[str, list[Mark]] = {}
    for path in pages():
        for mark in marks(path.read_text(encoding="utf-8"), path):
            used.setdefault(mark.name, []).append(mark)
    for name, found in used.items():
        path = FOLDER / f"{name}.json"
        says = json.loads(path.read_text(encoding="utf-8"))["signature"] if path.exists() else {}
        where = ", ".join(f"{mark.path.relative_to(ROOT)}:{mark.line}" for mark in found)
        made = f"{says['benchmark']} {says['settings']}, {says['date']}" if says else "not yet recorded"
        print(f"{name}\t{made}\t{where}")
        for mark in found:
            if fault := mark.fault():
                print(f"\t{mark.path.relative_to(ROOT)}:{mark.line}: {fault}")


if __name__ == "__main__":
    main()
