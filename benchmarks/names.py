"""Print how well names are declined and their case read, beside the tools one would otherwise take.

    export OMP_NUM_THREADS=1    # a sentence is too little work to share among threads
    python benchmarks/names.py ../shared/measure/names            # every table
    python benchmarks/names.py ../shared/measure/names case       # one of: declension case hidden

The folder holds the measuring kit: its scripts do the counting, this one only calls them and lays the figures out.
Rivals that are not installed are left out.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import importlib
import importlib.metadata
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import kit, results
from translate.inflection import CASES, paradigm, read_case, tag_sentences
from translate.spans import Span

DECLENSION = {
    "tolmach": "kit:decline_batch",
    "pymorphy3": "names_rivals:pymorphy_batch",
    "rumorph": "names_rivals:rumorph_batch",
    "pytrovich": "names_rivals:pytrovich_batch",
}
CASE = {
    "tolmach": "kit:case_lemma",
    "rumorph": "names_rivals:rumorph_sent",
    "slovnet": "names_rivals:slovnet_batch",
}
# What a translation may have put where the term belongs, instead of its right form.
STANDINS = {
    ("person", "masc"): ("Назарбаев", "Nazarbayev", "Зайцев"),
    ("person", "femn"): ("Назарбаева", "Nazarbayeva", "Зайцева"),
    ("place", "masc"): ("Бишкек", "Bishkek", "Минск"),
    ("place", "femn"): ("Астана", "Astana", "Варшава"),
}


def measured(folder: Path, script: str, spec: str) -> dict[str, dict[str, float]]:
    """Run one of the kit's scripts on one tool and return its figures."""
    module = importlib.import_module(script)
    with TemporaryDirectory() as temporary:
        out = Path(temporary) / "figures.json"
        sys.argv = [script, "--data", str(folder / "data"), "--json", str(out), spec]
        started = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            module.main()
        seconds = time.perf_counter() - started
        figures: dict[str, dict[str, float]] = json.loads(out.read_text(encoding="utf-8"))[spec]
    figures["seconds"] = {"n": round(seconds, 1)}
    return figures


def table(folder: Path, script: str, tools: dict[str, str], figure: str) -> results.Figures:
    columns: dict[str, dict[str, dict[str, float]]] = {}
    for name, spec in tools.items():
        try:
            columns[name] = measured(folder, script, spec)
        except ModuleNotFoundError as error:
            print(f"({name} left out: {error})")
    rows = list(next(iter(columns.values())))
    print("| set (n) | " + " | ".join(f"{name} {version(name)}" for name in columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for row in rows:
        if row == "seconds":
            print("| seconds, all | " + " | ".join(f"{c[row]['n']:.1f}" for c in columns.values()) + " |")
            continue
        cells = [f"{c[row][figure]:.3f}" if row in c else "–" for c in columns.values()]
        print(f"| {row} ({columns['tolmach'][row]['n']}) | " + " | ".join(cells) + " |")
    print(flush=True)
    return {row: {name: c[row].get(figure, c[row]["n"]) for name, c in columns.items() if row in c} for row in rows}


def version(name: str) -> str:
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    return ""


def hidden(folder: Path) -> results.Figures:
    """Read the case where something else stands for the term: the treebank's own case is what must be found."""
    with gzip.open(folder / "data" / "case.jsonl.gz", "rt", encoding="utf-8") as file:
        sentences = [json.loads(line) for line in file]
    tests: dict[str, Callable[[tuple[str, str, str], Any, Any], str]] = {
        "its right form": lambda names, term, case: term.form(case),
        "its form with a letter lost": lambda names, term, case: term.form(case)[:2] + term.form(case)[3:],
        "another name, rightly declined": lambda names, term, case: paradigm(names[2], term.kind).form(case),
        "the name in Latin letters": lambda names, term, case: names[1],
    }
    figures = {}
    print("| what stands there | n | right | of those sure to 0.9 | right |\n|---|---|---|---|---|")
    for label, put in tests.items():
        asked = [job for s in sentences for job in places(s, put)]
        tag_sentences([text for text, *_ in asked])
        answers = [read_case(span.of(text), text, span, term, number="sing") for text, span, term, _ in asked]
        right = [a.case == job[3] for a, job in zip(answers, asked, strict=True)]
        sure = [r for a, r in zip(answers, right, strict=True) if a.confidence >= 0.9]
        print(
            f"| {label} | {len(right)} | {sum(right) / len(right):.3f} | {len(sure)} | {sum(sure) / len(sure):.3f} |",
            flush=True,
        )
        shares = {"right": sum(right) / len(right), "sure": len(sure) / len(right), "of those": sum(sure) / len(sure)}
        figures[label] = {"n": len(right), **shares}
    return figures


def places(sentence: dict[str, Any], put: Callable[[tuple[str, str, str], Any, Any], str]) -> list[Any]:
    """Return (sentence, span, term, case) for each proper noun that a stand-in can take the place of."""
    found = []
    for i, pos, _, case, number, feats in sentence["targets"]:
        gender = kit.UD_GENDER.get(feats.get("Gender", ""))
        kind = "person" if feats.get("Animacy") == "Anim" else "place"
        if pos != "PROPN" or number != "Sing" or (kind, gender) not in STANDINS:
            continue
        names = STANDINS[kind, gender]  # type: ignore[index]
        right = CASES[list(kit.UD_CASE.values()).index({"Par": "Gen", "Voc": "Nom"}.get(case, case))]
        term = paradigm(names[0], kind)
        form = put(names, term, right)
        before = " ".join([*sentence["tokens"][:i], ""])
        text = before + " ".join([form, *sentence["tokens"][i + 1 :]])
        found.append((text, Span(len(before), len(before) + len(form)), term, right))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the measuring kit")
    parser.add_argument("tables", nargs="*", choices=["declension", "case", "hidden", []], help="which; all if none")
    results.add_option(parser, "names")
    args = parser.parse_args()
    figures = {}
    sys.path.insert(0, str(args.folder))
    wanted = args.tables or ["declension", "case", "hidden"]
    if "declension" in wanted:
        figures["declension"] = table(args.folder, "measure_declension", DECLENSION, "acc")
    if "case" in wanted:
        figures["case"] = table(args.folder, "measure_case", CASE, "case")
    if "hidden" in wanted:
        figures["hidden"] = hidden(args.folder)
    results.record(args, figures)


if __name__ == "__main__":
    main()
