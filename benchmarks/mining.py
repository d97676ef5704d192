"""How many of the first hundred terms mined from an edition are right, by the verdict of people who read them.

    python benchmarks/mining.py ../shared/data/parallel/ntrex.en-ru.tsv [--first 100] [--verdicts FILE]

No glossary is given, so that every name of the text is new. Verdicts are lines of three columns, English, Russian and
one of: right, lemma (the right term in a wrong form, number or gender), wrong; what has none is printed, to be read
and added to the file. Precision counts right and lemma, lemmas those of them that are right.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections import Counter
from pathlib import Path

from translate.bitext import mine
from translate.checks import Pair
from translate.glossary import Glossary

VERDICTS = Path(__file__).with_name("sets") / "mining.verdicts.tsv"


def pairs_of(path: Path) -> list[Pair]:
    """Read a table of two columns."""
    cells = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]
    return [Pair(str(n), row[0], row[1]) for n, row in enumerate(cells) if len(row) >= 2]


def verdicts(path: Path) -> dict[tuple[str, str], str]:
    """Read what people said of mined terms."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(row[0], row[1]): row[2] for row in csv.reader(file, delimiter="\t") if len(row) > 2}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path, nargs="+")
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--verdicts", type=Path, default=VERDICTS)
    asked = parser.parse_args()
    known = verdicts(asked.verdicts)
    for path in asked.table:
        began = time.process_time()
        found = mine(pairs_of(path), Glossary(()))
        seconds = time.process_time() - began
        said: Counter[str] = Counter()
        for one in found[: asked.first]:
            verdict = known.get((one.term.source, f"{one.term.target} {one.term.gender or ''}".strip()))
            said[verdict or "unread"] += 1
            if verdict is None:
                line = (one.term.source, f"{one.term.target} {one.term.gender or ''}".strip(), one.term.kind)
                print("\t".join((*line, f"{one.count}/{one.of}")), file=sys.stderr)
        true = said["right"] + said["lemma"]
        print(
            json.dumps(
                {
                    "table": path.name,
                    "mined": len(found),
                    "read": true + said["wrong"],
                    "unread": said["unread"],
                    "precision": round(true / max(1, true + said["wrong"]), 3),
                    "lemmas": round(said["right"] / max(1, true), 3),
                    "processor_s": round(seconds, 1),
                }
            )
        )


if __name__ == "__main__":
    main()
