"""How well sentences are aligned, beside other aligners that need no network of embeddings.

    python benchmarks/alignment.py ../shared/data/parallel/ntrex.en-ru.tsv [--seed N] [--moved] [--json FILE]

Documents of 40 lines of a table (English, Russian) are disturbed as a translator disturbs them: of every hundred lines
5, 10 or 20 are joined with the next, as many are split, half as many are left out, half as many are added. With
`--moved` a block of three to six lines stands elsewhere in the Russian as well. Strict F1 counts a bead with both sides
exactly right, lax F1 one that shares a pair with a right one. With
`--kept 0.5` half of the Russian is left out. The same seed gives the same documents.
Seconds are of processor time.

    python benchmarks/alignment.py --by-hand tests/sets/aligned [--moved]

measures on texts that people published, aligned by hand: joined, split, shortened and added to by their editors alone.

Others are measured where they can be imported: galechurch (Gale and Church 1993, sentence lengths alone) and NLTK's
Gale–Church; `pip install galechurch nltk`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import results

Beads = list[tuple[int, int, int, int]]
Aligner = Callable[[Sequence[str], Sequence[str]], Beads]
SHARE = {1: 0.05, 2: 0.10, 3: 0.20}
CUT = re.compile(r"[,;:—] ")


@dataclass(frozen=True, slots=True)
class Document:
    """Two texts and what belongs together in them: (source start, stop, target start, stop)."""

    source: list[str]
    target: list[str]
    gold: frozenset[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Score:
    aligner: str
    strength: int
    precision: float
    recall: float
    strict: float
    lax: float
    sentences_a_second: int


def rows_of(path: Path) -> list[tuple[str, str]]:
    cells = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]
    return [(row[0], row[1]) for row in cells if len(row) == 2 and row[0] and row[1]]


def halves(sentence: str, rng: random.Random) -> list[str]:
    places = [m.end() for m in CUT.finditer(sentence) if 20 < m.end() < len(sentence) - 20]
    if not places:
        return [sentence]
    at = rng.choice(places)
    return [sentence[:at].rstrip(" ,;:—") + ".", sentence[at:][:1].upper() + sentence[at:][1:]]


Group = tuple[list[str], list[str]]


def disturbed(lines: Sequence[tuple[str, str]], share: float, rng: random.Random) -> list[Group]:
    made: list[Group] = []
    i = 0
    while i < len(lines):
        source, target = [lines[i][0]], [lines[i][1]]
        chance = rng.random()
        if chance < share and i + 1 < len(lines):
            i += 1
            if rng.random() < 0.5:
                source, target = [*source, lines[i][0]], [f"{target[0]} {lines[i][1]}"]
            else:
                source, target = [f"{source[0]} {lines[i][0]}"], [*target, lines[i][1]]
        elif chance < 2 * share:
            if rng.random() < 0.5:
                target = halves(target[0], rng)
            else:
                source = halves(source[0], rng)
        elif chance < 2.5 * share:
            target = []
        elif chance < 3 * share:
            source = []
        made.append((source, target))
        i += 1
    return made


def document(groups: Sequence[Group], moved: bool, rng: random.Random) -> Document:
    order = list(range(len(groups)))
    if moved and len(groups) > 15:
        size = rng.randrange(3, 7)
        at = rng.randrange(0, len(order) - size)
        block = order[at : at + size]
        rest = order[:at] + order[at + size :]
        away = [p for p in range(len(rest) + 1) if abs(p - at) >= 5]
        to = rng.choice(away)
        order = rest[:to] + block + rest[to:]
    starts: dict[int, int] = {}
    target: list[str] = []
    for k in order:
        starts[k] = len(target)
        target += groups[k][1]
    source: list[str] = []
    gold = set()
    for k, (first, second) in enumerate(groups):
        if first and second:
            gold.add((len(source), len(source) + len(first), starts[k], starts[k] + len(second)))
        source += first
    return Document(source, target, frozenset(gold))


def documents(
    rows: Sequence[tuple[str, str]], strength: int, count: int, seed: int, *, moved: bool, kept: float = 1.0
) -> Iterator[Document]:
    rng = random.Random(seed)
    for _ in range(count):
        at = rng.randrange(0, max(1, len(rows) - 40))
        groups = disturbed(rows[at : at + 40], SHARE[strength], rng)
        if kept < 1:
            groups = [(source, target if rng.random() < kept else []) for source, target in groups]
        yield document(groups, moved, rng)


def measure(name: str, aligner: Aligner, texts: Sequence[Document], strength: int) -> Score:
    strict = lax = got = wanted = sentences = 0
    spent = 0.0
    for text in texts:
        began = time.process_time()
        beads = {b for b in aligner(text.source, text.target) if b[0] < b[1] and b[2] < b[3]}
        spent += time.process_time() - began
        sentences += len(text.source)
        got, wanted = got + len(beads), wanted + len(text.gold)
        strict += len(beads & text.gold)
        lax += sum(any(touches(b, g) for g in text.gold) for b in beads)
    precision, recall = strict / max(1, got), strict / max(1, wanted)
    loose, reached = lax / max(1, got), min(1.0, lax / max(1, wanted))
    return Score(
        name, strength, round(precision, 4), round(recall, 4), round(harmonic(precision, recall), 4),
        round(harmonic(loose, reached), 4), round(sentences / spent),
    )  # fmt: skip


def by_hand(folder: Path, *, moved: bool, seed: int) -> list[Document]:
    """Read texts aligned by hand; with `moved` three to six beads stand elsewhere."""
    rng = random.Random(seed)
    return [document(_beads(path), moved, rng) for path in sorted(folder.glob("*.tsv"))]


def _beads(path: Path) -> list[Group]:
    cells = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(_sentences(english), _sentences(russian)) for english, russian in cells]


def _sentences(cell: str) -> list[str]:
    return [sentence.lstrip("¶") for sentence in cell.split(" ¦ ") if sentence]


def touches(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def harmonic(a: float, b: float) -> float:
    return 2 * a * b / max(1e-9, a + b)


def ours(source: Sequence[str], target: Sequence[str]) -> Beads:
    from translate.bitext import align

    return [(b.source.start, b.source.stop, b.target.start, b.target.stop) for b in align(source, target)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path, nargs="*")
    parser.add_argument("--by-hand", type=Path, help="a folder of texts aligned by hand")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--moved", action="store_true")
    parser.add_argument("--kept", type=float, default=1.0, help="of the Russian, the rest is left out: 0.5")
    parser.add_argument("--json", type=Path)
    results.add_option(parser, "alignment")
    options = parser.parse_args()
    found = []
    figures: dict[str, Any] = {name: {table.stem: {} for table in options.tables} for name in aligners()}
    if options.by_hand:
        texts = by_hand(options.by_hand, moved=options.moved, seed=options.seed)
        for name, aligner in aligners().items():
            score = measure(name, aligner, texts, 0)
            found.append(score)
            figures[name]["by hand"] = figures_of(score)
            tell("by hand", score)
    for table in options.tables:
        rows = rows_of(table)
        for strength in SHARE:
            texts = list(
                documents(rows, strength, options.documents, options.seed, moved=options.moved, kept=options.kept)
            )
            for name, aligner in aligners().items():
                score = measure(name, aligner, texts, strength)
                found.append(score)
                figures[name][table.stem][f"strength {strength}"] = figures_of(score)
                tell(table.stem, score)
    results.record(options, figures)
    if options.json:
        options.json.write_text(json.dumps([asdict(s) for s in found], indent=1) + "\n", encoding="utf-8")


def tell(name: str, score: Score) -> None:
    print(
        f"{name:22} {score.aligner:12} strength {score.strength}: strict P {score.precision:.3f} R {score.recall:.3f} "
        f"F1 {score.strict:.3f}; lax F1 {score.lax:.3f}; {score.sentences_a_second} sentences/s",
        flush=True,
    )


def figures_of(score: Score) -> dict[str, float]:
    return {key: value for key, value in asdict(score).items() if key not in ("aligner", "strength")}


def gale_church(source: Sequence[str], target: Sequence[str]) -> Beads:
    import galechurch

    beads = galechurch.align(list(source), list(target)).beads
    return [(b.source_start, b.source_end, b.target_start, b.target_end) for b in beads]


def nltk_gale_church(source: Sequence[str], target: Sequence[str]) -> Beads:
    """Join NLTK's links, which share a side where sentences were joined, into beads."""
    from nltk.translate.gale_church import align_blocks

    beads: Beads = []
    for i, j in align_blocks([len(s) for s in source], [len(t) for t in target]):
        if beads and (beads[-1][0] <= i < beads[-1][1] or beads[-1][2] <= j < beads[-1][3]):
            last = beads[-1]
            beads[-1] = (last[0], max(last[1], i + 1), last[2], max(last[3], j + 1))
        else:
            beads.append((i, i + 1, j, j + 1))
    return beads


def aligners() -> dict[str, Aligner]:
    found: dict[str, Aligner] = {"tolmach": ours}
    for module, name, aligner in (("galechurch", "galechurch", gale_church), ("nltk", "nltk", nltk_gale_church)):
        if importlib.util.find_spec(module):
            found[name] = aligner
    return found


if __name__ == "__main__":
    main()
