"""Glossary matching and loading beside what a user would otherwise pick, in one run.

    uv run --with flashtext benchmarks/glossary.py [--terms 100000] [--text FILE]

Prints loading time and the memory held (Linux) by a glossary of made-up terms, then matching speed against it, in
processor time: ours (all that `Reader.find` does, sentence by sentence: folding, case, possessives, plurals, surnames,
dates), flashtext, a bare pyahocorasick automaton with a check for whole words, and one regex alternation. Each tool
searches the same text; the slow ones a piece of it.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import results
from translate.glossary import Glossary, Term
from translate.glossary.table import write

_SYLLABLES = "ka ra ba tu le mi no sar bek zhan tay ash kul nur gul dos yrg ala too bay ova ev in stan".split()  # noqa: SIM905


def made_up_terms(count: int) -> list[Term]:
    rng = random.Random(1)
    found: dict[str, Term] = {}
    while len(found) < count:
        kind = rng.choice(["person", "place", "organisation", "term"])
        size = 2 if kind == "person" else rng.choice([1, 2, 3])
        words = ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(size)]
        source = " ".join(words if kind == "term" else [word.capitalize() for word in words])
        aliases = (f"{source}a",) if rng.random() < 0.4 else ()
        found[source] = Term(source, f"Русское имя {len(found)}", kind, aliases=aliases, origin="made up")
    return list(found.values())


def made_up_text(terms: list[Term], size: int) -> str:
    """English-looking sentences of frequent made-up words with a term in every fifteenth place."""
    rng = random.Random(2)
    common = "the of and to in a said that president on for with has will not".split()  # noqa: SIM905
    rare = ["".join(rng.choices("abcdefghiklmnoprstuvwy", k=rng.randint(3, 9))) for _ in range(5000)]
    lines, total = [], 0
    while total < size:
        words = [
            rng.choice(terms).source if rng.random() < 1 / 15 else rng.choice(rng.choice([common, rare]))
            for _ in range(25)
        ]
        line = " ".join(words)
        lines.append(f"{line[0].upper()}{line[1:]}.")
        total += len(lines[-1]) + 1
    return "\n".join(lines)


def loading(count: int) -> dict[str, float]:
    """Print time and memory of loading and of the index, in a process of its own."""
    code = """
import gc, re, sys, time
from pathlib import Path
from translate.glossary import Glossary
status = Path("/proc/self/status")
held = lambda: gc.collect() and 0 or int(re.search(r"VmRSS:\\s+(\\d+)", status.read_text())[1]) / 1024
before, start = held(), time.process_time()
book = Glossary.load([sys.argv[1]])
print(f"load   {time.process_time() - start:6.2f} s  {held() - before:6.0f} MB  {len(book)} terms")
before, start = held(), time.process_time()
book.index
print(f"index  {time.process_time() - start:6.2f} s  {held() - before:6.0f} MB  {len(book.index.keys)} keys")
print(f"whole process {held():.0f} MB")
"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "g.tsv"
        path.write_text(write(made_up_terms(count)), encoding="utf-8")
        done = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True)
    print(done.stdout, end="")
    found = [list(map(float, re.findall(r"\d+(?:\.\d+)?", line))) for line in done.stdout.splitlines()]
    names = ("load s", "load MB", "terms", "index s", "index MB", "keys")
    return {**dict(zip(names, [*found[0], *found[1]], strict=True)), "process MB": found[2][0]}


def ours(terms: list[Term]) -> Callable[[str], int]:
    book = Glossary(terms)
    reader = book.reader()
    return lambda text: sum(len(reader.find(line).matches) for line in text.split("\n"))


def flashtext(terms: list[Term]) -> Callable[[str], int]:
    from flashtext import KeywordProcessor  # type: ignore[import-not-found]

    processor = KeywordProcessor()
    for term in terms:
        for name in (term.source, *term.aliases):
            processor.add_keyword(name, term.target)
    return lambda text: sum(len(processor.extract_keywords(line, span_info=True)) for line in text.split("\n"))


def automaton(terms: list[Term]) -> Callable[[str], int]:
    import ahocorasick

    made = ahocorasick.Automaton()
    for term in terms:
        for name in (term.source, *term.aliases):
            made.add_word(name.lower(), len(name))
    made.make_automaton()

    def longest(line: str) -> Iterator[int]:
        low, at = line.lower(), 0
        found: dict[int, int] = {}
        for last, size in made.iter(low):
            start = last + 1 - size
            if (start == 0 or not low[start - 1].isalnum()) and not low[last + 1 : last + 2].isalnum():
                found[start] = last + 1
        for start in sorted(found):
            if start >= at:
                at = found[start]
                yield start

    return lambda text: sum(1 for line in text.split("\n") for _ in longest(line))


def alternation(terms: list[Term]) -> Callable[[str], int]:
    names = sorted((name for term in terms for name in (term.source, *term.aliases)), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    return lambda text: sum(1 for line in text.split("\n") for _ in pattern.finditer(line))


TOOLS: dict[str, tuple[Callable[[list[Term]], Callable[[str], int]], float]] = {
    "tolmach": (ours, 1.0),
    "flashtext": (flashtext, 1.0),
    "pyahocorasick + word check": (automaton, 1.0),
    "regex alternation": (alternation, 0.005),
}


def matching(terms: list[Term], text: str) -> results.Figures:
    figures = {}
    print(f"{'':28}{'build s':>9}{'MB/s':>9}{'found':>9}   of {len(text.encode()) / 1e6:.2f} MB")
    for name, (make, share) in TOOLS.items():
        gc.collect()
        try:
            start = time.process_time()
            find = make(terms)
            find("warm up the lazy parts")
            built = time.process_time() - start
        except ImportError as error:
            print(f"{name:28}  not installed ({error.name})")
            continue
        piece = text[: int(len(text) * share)]
        best, found = float("inf"), 0
        for _ in range(3 if share == 1.0 else 1):
            start = time.process_time()
            found = find(piece)
            best = min(best, time.process_time() - start)
        note = "" if share == 1.0 else f"   (on {len(piece) / 1e3:.0f} kB)"
        rate = len(piece.encode()) / 1e6 / best
        print(f"{name:28}{built:9.2f}{rate:9.2f}{found:9}{note}")
        figures[name] = {"build s": built, "MB a second": rate, "found": found}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, default=100_000)
    parser.add_argument("--text", type=Path, help="plain text to search instead of a made-up one, a sentence a line")
    results.add_option(parser, "glossary")
    options = parser.parse_args()
    loaded = loading(options.terms)
    terms = made_up_terms(options.terms)
    text = options.text.read_text(encoding="utf-8") if options.text else made_up_text(terms, 2_000_000)
    results.record(options, {"loading": loaded, **matching(terms, text)})
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
