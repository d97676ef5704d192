"""Make a mix of training pairs: read, clean, draw by shares, exchange names, put words in Russian, encode."""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.draft.cleaning import SHORT, HeldOut, fault, key, written
from training.draft.hints import Hinter, Translations
from training.draft.pairs import Aligned, Pair
from training.draft.region import Exchange
from training.draft.sources import HELD, SOURCES, Group, Source, read
from translate.glossary import Glossary, Policy, Term

Kind = Group | str
# Shares of the pairs. The engine translates news; the rest keeps it from forgetting the rest.
SHARES: dict[str, float] = {
    "news": 0.50, "machine": 0.22, "prose": 0.09, "talk": 0.03, "software": 0.02, "short": 0.06, "glossary": 0.08,
}  # fmt: skip
EXCHANGED = 0.18  # of the sentences, names exchanged
HINTED = 0.45  # of the sentences, words in Russian
TRIED = 0.7  # of the sentences, looked at for names to exchange


@dataclass(frozen=True, slots=True)
class Mix:
    """A mix of pairs and what it is made of: counts by source, by fault and by what was done."""

    pairs: tuple[Pair, ...]
    counts: Counter[str]


def gather(folder: Path, counts: Counter[str]) -> dict[str, list[Pair]]:
    """Read all sources and keep what is clean and unseen, by group."""
    by_name = {source.name: source for source in SOURCES}
    used: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    found: dict[str, list[Pair]] = defaultdict(list)
    for raw in read(folder):
        source = by_name[raw.source]
        pair = written(raw)
        reason = fault(pair) or _surplus(pair, source, taken, used)
        if reason:
            counts[f"left out: {reason}"] += 1
            continue
        used[f"{source.group} {key(pair.english)}"] += 1
        taken[pair.source] += 1
        found[source.group].append(pair)
    return found


def _surplus(pair: Pair, source: Source, taken: Counter[str], used: Counter[str]) -> str:
    if taken[source.name] >= source.most:
        return "quota"
    return "seen" if used[f"{source.group} {key(pair.english)}"] >= source.per_source else ""


def of_glossaries(paths: Iterable[Path]) -> list[Pair]:
    """Take names, terms and strings as pairs: short input is to be translated, not invented upon."""
    terms = Glossary.load(paths).terms
    return [
        Pair(t.source, t.target, "glossary") for t in terms if t.source and t.target and t.policy is not Policy.FORBID
    ]


def draw(found: dict[str, list[Pair]], count: int, held: HeldOut, rng: random.Random) -> list[Pair]:
    """Draw `count` pairs by SHARES; a group that is too small gives what it has, and news and machine fill up.

    Nothing that is held out is drawn; looking for it in everything that is read would take ten times as long.
    """
    drawn: list[Pair] = []
    seen: set[str] = set()
    for group, share in [*SHARES.items(), ("news", 1.0), ("machine", 1.0)]:
        wanted = min(round(share * count), count - len(drawn))
        rows = list(found.get(group, ()))
        rng.shuffle(rows)
        for pair in rows:
            if wanted <= 0:
                break
            if key(pair.english) not in seen and not held.has(pair.english):
                seen.add(key(pair.english))
                drawn.append(pair)
                wanted -= 1
    rng.shuffle(drawn)
    return drawn


def mixed(drawn: Sequence[Pair], exchange: Exchange, hinter: Hinter, rng: random.Random) -> Mix:
    """Exchange names in some pairs and put words of some in Russian."""
    counts: Counter[str] = Counter(f"from {pair.source}" for pair in drawn)
    made = []
    wanted = round(EXCHANGED * len(drawn))
    for at, pair in enumerate(drawn):
        known: Sequence[Aligned] = ()
        if len(pair.english) >= SHORT and pair.source != "glossary":
            if counts["names exchanged"] < wanted and rng.random() < TRIED and (new := exchange.exchange(pair)):
                pair, known = new.pair, new.aligned  # noqa: PLW2901
                counts["names exchanged"] += 1
            if rng.random() < HINTED and (hinted := hinter.hint(pair, known)):
                pair = hinted.pair  # noqa: PLW2901
                counts["hinted"] += 1
                counts["words in Russian"] += hinted.words
        made.append(pair)
        if at % 1000 == 999:
            print(f"{at + 1} of {len(drawn)} pairs", file=sys.stderr)
    return Mix(tuple(made), counts)


def world(folder: Path) -> list[Term]:
    """Return persons and places of the world from the lexicons that lie beside the parallel text, if they do."""
    terms = [Term(row[0], row[1], "place") for row in _rows(folder / "places_en_ru.tsv")]
    return terms + [
        Term(row[0], row[1], "person") for row in _rows(folder / "wiki_titles_en_ru.tsv") if row[2] == "person"
    ]


def _rows(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def prepare(data: Path, glossaries: Path, count: int, translations: Translations, seed: int = 1) -> Mix:
    """Make a mix of `count` pairs.

    Args:
        data: the folder of the data (`sources.root`).
        glossaries: the project's own.
    """
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    found = gather(data / "parallel", counts)
    found["glossary"] = of_glossaries([glossaries])
    terms = Glossary.load(sorted((glossaries / "central-asia").glob("p*.tsv"))).terms
    exchange = Exchange(terms, world(data / "lexicon"), seed)
    held = HeldOut.read(path for name in HELD if (path := data / "parallel" / f"{name}.tsv").exists())
    mix = mixed(draw(found, count, held, rng), exchange, Hinter(translations, seed), rng)
    return Mix(mix.pairs, counts + mix.counts)
