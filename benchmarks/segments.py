"""Measure the sentence segmenter: the kit's figures, speed, peak memory and load time, beside other tools.

    python benchmarks/segments.py ../shared/measure/segmentation ../shared/data/parallel/parallel.tar.xz
    python benchmarks/segments.py KIT PARALLEL --beside nupunkt,blingfire,pysbd

The kit's own `measure.py` scores; tools named by `--beside` must be importable by the Python that runs this script
(the segmenter itself needs the standard library alone: any environment with the tools and `PYTHONPATH=.` will do).
Speed is measured in processor time over news paragraphs of four sentences, best of three; each tool in a process of its
own, on the machine as it is.
"""

from __future__ import annotations

import argparse
import importlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import results

NEWS = ("wmt_sysout", "newstest2017", "newstest2018", "newstest2021", "wmt23")
HERE = Path(__file__).parent
Splitter = Callable[[str], object]


def tool(name: str, language: str) -> Splitter:
    """Return the named tool's function; importing it is part of what is measured."""
    if name == "tolmach":
        segments = importlib.import_module("translate.segments")
        return lambda text: segments.split(text, language)
    if name == "pysbd":
        return importlib.import_module("pysbd").Segmenter(language=language, clean=False).segment  # type: ignore[no-any-return]
    function = {"nupunkt": "sent_tokenize", "blingfire": "text_to_sentences", "razdel": "sentenize"}[name]
    found = getattr(importlib.import_module(name), function)
    return (lambda text: list(found(text))) if name == "razdel" else found


def paragraphs(archive: Path, column: int) -> list[str]:
    """Return the news sentences of one language (0 English, 1 Russian), four to a paragraph."""
    seen: dict[str, None] = {}
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            if Path(member.name).stem in NEWS:
                source = tar.extractfile(member)
                assert source is not None
                for row in io.TextIOWrapper(source, "utf-8"):
                    cells = row.rstrip("\n").split("\t")
                    seen.setdefault(cells[column].strip())
    lines = [line for line in seen if line]
    return [" ".join(lines[i : i + 4]) for i in range(0, len(lines), 4)]


def speed(name: str, language: str, path: Path) -> None:
    """Print load time, megabytes a second and peak memory of this process as JSON."""
    began = time.process_time()
    split = tool(name, language)
    split("Load it. Now.")
    load = time.process_time() - began
    texts = path.read_text(encoding="utf-8").split("\n")
    if name == "pysbd":
        texts = texts[:200]  # 0.2 MB/s
    size = sum(len(text.encode()) for text in texts) / 1e6
    loaded = peak()
    best = float("inf")
    for _ in range(1 if name == "pysbd" else 3):
        began = time.process_time()
        for text in texts:
            split(text)
        best = min(best, time.process_time() - began)
    report = {"load_ms": round(load * 1000, 1), "mb_s": round(size / best, 2), "text_mb": round(size, 2)}
    print(json.dumps({**report, "rss_mb": loaded, "peak_mb": peak()}))


def peak() -> int:
    """Return the most memory this process has held, in MB; getrusage would count what its parent held before exec."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def scores(kit: Path, language: str) -> None:
    """Run the kit's own script on our adapter."""
    command = [sys.executable, str(kit.resolve() / "measure.py"), "--lang", language, "--call", f"kit:split_{language}"]
    print(f"\n### {language}", flush=True)
    environment = {"PYTHONPATH": f"{HERE.parent}:{HERE}", "PATH": "/usr/bin:/bin"}
    subprocess.run(command, check=True, cwd=HERE, env=environment)


def odd_lines() -> dict[str, float]:
    """Print how fast lines of one sign over and over are, beside ordinary prose of the same length."""
    split = tool("tolmach", "en")
    prose = "The council met on Monday and put off its vote. Nobody said why it had done so. " * 60_000
    figures = {}
    for name, unit in {
        "prose": prose,
        "dots": ".",
        "spaced dots": ". ",
        "quotes": '"',
        "quoted dots": '." ',
        "brackets": "(",
        "initials": "A. ",
        "U.S.": "U.S. ",
    }.items():
        text = (unit * (5_000_000 // len(unit) + 1))[: 5_000_000 if unit != prose else 4_800_000]
        began = time.process_time()
        split(text)
        figures[name] = len(text) / 1e6 / (time.process_time() - began)
        print(f"{name:12} {figures[name]:8.1f} M characters/s")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kit", type=Path)
    parser.add_argument("parallel", type=Path)
    parser.add_argument("--beside", default="", help="other tools, by name, separated by commas")
    parser.add_argument("--one", nargs=3, metavar=("TOOL", "LANGUAGE", "FILE"), help=argparse.SUPPRESS)
    results.add_option(parser, "segments")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {}
    if arguments.one:
        speed(arguments.one[0], arguments.one[1], Path(arguments.one[2]))
        return
    for language in ("en", "ru", "kk", "ky"):
        scores(arguments.kit, language)
    print("\n| tool | language | MB/s | load ms | MB loaded | MB at most |\n|---|---|---|---|---|---|", flush=True)
    for language, column in (("en", 0), ("ru", 1)):
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
            file.write("\n".join(paragraphs(arguments.parallel, column)))
            file.flush()
            for name in ("tolmach", *filter(None, arguments.beside.split(","))):
                command = [sys.executable, __file__, "-", "-", "--one", name, language, file.name]
                found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                figures.setdefault(name, {})[language] = found
                row = (name, language, found["mb_s"], found["load_ms"], found["rss_mb"], found["peak_mb"])
                print("| " + " | ".join(map(str, row)) + " |", flush=True)
    print("\nLines of 5 million characters:")
    results.record(arguments, {**figures, "lines of one sign": odd_lines()})


if __name__ == "__main__":
    main()
