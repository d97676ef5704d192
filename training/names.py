"""Train translate/trained/names.model from the training split of the names kit; `--crossvalidate` measures it honestly.

    python training/names.py ../shared/measure/names/data              # writes translate/trained/names.model
    python training/names.py ../shared/measure/names/data --crossvalidate

Steps: words of equal number paired; letters aligned by EM over pieces of 1–4 Latin and 0–2 Russian letters; three
modified Kneser–Ney models over the pieces (all words, places, Central Asian words); ranking weights fitted on words
that the models fitting them never saw. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import csv
import functools
import gzip
import hashlib
import math
import random
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex

from translate.names import alphabets, ranking, spelling
from translate.names.model import EMPTY, MODEL, ORDER, Model, NGrams, Pieces, next_key, save_model, word_hash

STEPS = {(1, 0): 0.02, (1, 1): 0.3, (1, 2): 0.03, (2, 1): 0.05, (3, 1): 0.01, (4, 1): 0.002}
# Russian shapes of Turkic, Persian and Kyrgyz, Kazakh, Uzbek, Tajik, Turkmen names.
CENTRAL_ASIAN = regex.compile(
    "бек|бай|гуль|жан$|джан|султан|нур|мурат|мурад|берд|кельд|гельд|темир|тимур|улла|уллох|иддин|хон$|зода$|задe$|"
    "уулу|кызы|оглы|угли|кул|куль|мамат|мухам|магомед|ахмед|ахмад|абды|абду|хаким|кадыр|кодир|рахм|рахим|карим|турсун|"
    "токто|токта|мырза|мирз|эмир|жума|джум|шер|шир|бакыт|бахыт|айт|алм|асан|хасан|хусе|сейт|сейд|саид|сайид|ибра|исма|"
    "юсуп|жусуп|жээн|жап|джап|сад[ыи]к|касым|искен|эсен|эрк|канат|талант|азам|азим|алиев|галиев|шайх|ораз|ураз|аман|"
    "жол|джол|тулег|дос|кыр[гк]|мед[еи]т|данияр|ерлан|ерж|серик|даулет|кайрат|бол[ао]т|сапар|ашыр|анна|мухаммет|гурбан"
)


@dataclass(frozen=True, slots=True)
class Pair:
    latin: str
    russian: str
    kind: str  # person or place
    country: str


def pairs(folder: Path, part: str = "train") -> list[Pair]:
    """Return the words of the names, each with its Russian word."""
    found: list[Pair] = []
    for kind, file in (("person", f"people_{part}.tsv.gz"), ("place", f"places_{part}.tsv.gz")):
        with gzip.open(folder / file, "rt", encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                if kind == "place" and row["type"] != "city":
                    continue
                latin, russian = (regex.split(r"[\s\-]+", alphabets.normalise(row[x])) for x in ("en", "ru"))
                if len(latin) != len(russian):
                    continue
                for a, b in zip(latin, russian, strict=True):
                    if 0 < len(a) <= 25 and regex.fullmatch(r"[а-яё']{1,25}", b):
                        found.append(Pair(a, b, kind, row["country"]))
    return found


# ── Alignment ──────────────────────────────────────────────────────────────────────────────────────────────────────


def edges(latin: str, russian: str) -> Iterator[tuple[int, int, int, int, Pieces]]:
    n, m = len(latin), len(russian)
    for i in range(n):
        for j in range(m + 1):
            for a, b in STEPS:
                if i + a <= n and j + b <= m:
                    yield i, j, i + a, j + b, (latin[i : i + a], russian[j : j + b])


def expectation_maximisation(sample: Sequence[tuple[str, str]], rounds: int = 6) -> dict[Pieces, float]:
    probability: dict[Pieces, float] = {}
    for turn in range(rounds):
        counts: dict[Pieces, float] = defaultdict(float)
        for latin, russian in sample:
            n, m = len(latin), len(russian)
            forward = defaultdict(float, {(0, 0): 1.0})
            used = []
            for i, j, k, x, piece in edges(latin, russian):
                before = forward.get((i, j), 0.0)
                p = probability.get(piece, 0.0) if turn else STEPS[k - i, x - j]
                if before and p:
                    forward[k, x] += before * p
                    used.append((i, j, k, x, piece, p))
            total = forward[n, m]
            if total <= 0:
                continue
            backward = defaultdict(float, {(n, m): 1.0})
            for i, j, k, x, piece, p in reversed(used):
                after = backward.get((k, x), 0.0)
                if after:
                    backward[i, j] += p * after
                    counts[piece] += forward[i, j] * p * after / total
        # pieces rarer than one in the sample are accidents of other scripts (Xi → Си), not spelling habits
        floor = 0.3 if turn < rounds - 1 else 1.0
        whole = sum(counts.values())
        probability = {piece: c / whole for piece, c in counts.items() if c > floor}
    return probability


def align(pair: Pair, probability: dict[Pieces, float]) -> tuple[Pieces, ...] | None:
    """Return the best pieces, or None where the Russian is no spelling of the Latin (Xi → Си)."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int], Pieces]] = {(0, 0): (0.0, (0, 0), ("", ""))}
    for i, j, k, x, piece in edges(pair.latin, pair.russian):
        before, p = best.get((i, j)), probability.get(piece)
        if before is None or p is None:
            continue
        value = before[0] + math.log(p)
        if (k, x) not in best or value > best[k, x][0]:
            best[k, x] = (value, (i, j), piece)
    at = (len(pair.latin), len(pair.russian))
    if at not in best or best[at][0] / len(pair.latin) < -4.5:
        return None
    out: list[Pieces] = []
    while at != (0, 0):
        _value, at, piece = best[at]
        out.append(piece)
    return tuple(reversed(out))


# ── Modified Kneser–Ney over piece numbers, with count cut-offs ────────────────────────────────────────────────────

Gram = tuple[int, ...]


def kneser_ney(sequences: Sequence[Gram], cutoffs: Sequence[int]) -> NGrams:
    """Estimate the model; `cutoffs[n]` is the least adjusted count that an (n+1)-gram is kept with."""
    order = ORDER
    levels: list[Counter[Gram]] = [Counter() for _ in range(order + 1)]
    for sequence in sequences:
        for i in range(1, len(sequence)):
            gram = sequence[max(0, i - order + 1) : i + 1]
            levels[len(gram)][gram] += 1
    for n in range(order, 1, -1):
        for gram in levels[n]:
            levels[n - 1][gram[1:]] += 1
    vocabulary = len(levels[1])
    probability: dict[Gram, float] = {}
    back_off: dict[Gram, float] = {}
    for n in range(1, order + 1):
        frequency = Counter(min(c, 5) for c in levels[n].values())
        n1, n2, n3, n4 = (max(1, frequency[k]) for k in (1, 2, 3, 4))
        y = n1 / (n1 + 2 * n2)
        ratios = ((1, n1, n2), (2, n2, n3), (3, n3, n4))
        discount = (0.0, *(max(0.1 * k, k - (k + 1) * y * b / a) for k, a, b in ratios))
        totals: Counter[Gram] = Counter()
        mass: dict[Gram, float] = defaultdict(float)
        kept = []
        for gram, count in levels[n].items():
            totals[gram[:-1]] += count
            if count >= cutoffs[n - 1]:
                mass[gram[:-1]] += count - discount[min(count, 3)]
                kept.append((gram, count))
        for context, m in mass.items():
            back_off[context] = max(1e-6, 1 - m / totals[context])
        for gram, count in kept:
            lower = 1 / vocabulary if n == 1 else lookup(probability, back_off, gram[1:])
            own = (count - discount[min(count, 3)]) / totals[gram[:-1]]
            probability[gram] = own + back_off[gram[:-1]] * lower
    return NGrams(
        {key_of(gram): math.log(p) for gram, p in probability.items()},
        {key_of(context): math.log(b) for context, b in back_off.items() if context},
    )


def lookup(probability: dict[Gram, float], back_off: dict[Gram, float], gram: Gram) -> float:
    weight = 1.0
    while gram:
        if gram in probability:
            return weight * probability[gram]
        weight *= back_off.get(gram[:-1], 1.0)
        gram = gram[1:]
    return weight * 1e-7


def key_of(gram: Gram) -> int:
    key = EMPTY
    for unit in gram:
        key = next_key(key, unit)
    return key


# ── The whole model ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Aligned:
    pair: Pair
    pieces: tuple[Pieces, ...]


def build(data: Sequence[Aligned], weights: dict[str, list[float]]) -> Model:
    frequency = Counter(piece for item in data for piece in item.pieces)
    of_latin: Counter[str] = Counter()
    for (latin, _russian), count in frequency.items():
        of_latin[latin] += count
    by_latin: dict[str, list[int]] = defaultdict(list)
    pieces = sorted(frequency, key=lambda p: (-frequency[p], p))
    number = {piece: i for i, piece in enumerate(pieces)}
    for piece in pieces:
        if frequency[piece] >= 2 and frequency[piece] > 0.0008 * of_latin[piece[0]] and len(by_latin[piece[0]]) < 14:
            by_latin[piece[0]].append(number[piece])
    all_pieces = [*pieces, ("<s>", ""), ("</s>", "")]
    start, end = len(pieces), len(pieces) + 1

    def model_of(chosen: Sequence[Aligned], cutoffs: Sequence[int]) -> NGrams:
        return kneser_ney([(start, *(number[p] for p in a.pieces), end) for a in chosen], cutoffs)

    known = Counter(a.pair.russian for a in data)
    attested: dict[str, Counter[str]] = defaultdict(Counter)
    for item in data:
        attested[item.pair.latin][item.pair.russian] += 1
    return Model(
        pieces=all_pieces,
        by_latin={k: v for k, v in by_latin.items() if v},
        ngrams={
            "russian": model_of([a for a in data if is_russian(a.pair)], (1, 1, 1, 2, 2, 2)),
            "world": model_of([a for a in data if not is_russian(a.pair)], (1, 1, 2, 2, 3, 3)),
            "place": model_of([a for a in data if a.pair.kind == "place"], (1, 1, 1, 1, 2, 2)),
            "central-asian": model_of([a for a in data if is_central_asian(a.pair)], (1, 1, 1, 2, 2, 2)),
        },
        known={word_hash(w): math.log1p(c) for w, c in known.items()},
        dictionary=dictionary(),
        attested={zlib.crc32(k.encode()): word_hash(c.most_common(1)[0][0]) for k, c in attested.items()},
        weights=weights,
    )


RUSSIAN = regex.compile(
    "(ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|ская|цкий|цкая|ой|ый|ий|ая|енко|ович|евич|овна|евна|ична|чук|юк|ук|ко|ец|ик|ак)$"
)
POST_SOVIET = frozenset(["RU", "UA", "BY", "KZ", "KG", "UZ", "TJ", "TM", "AM", "AZ", "GE", "MD"])


def is_russian(pair: Pair) -> bool:
    """Tell names whose Latin form was made from a Cyrillic one, by shape and country."""
    return (
        pair.country in POST_SOVIET
        or (pair.kind == "person" and bool(RUSSIAN.search(pair.russian)))
        or (is_central_asian(pair))
    )


@functools.lru_cache(maxsize=1)
def dictionary() -> frozenset[int]:
    """Return the hashes of nominatives in pymorphy3's dictionary (OpenCorpora): names, places, adjectives, things.

    Things because towns are called after them: Пески, Валы, Совет.
    """
    import pymorphy3

    analyzer = pymorphy3.MorphAnalyzer(lang="ru")
    found = set()
    for word, tag, _normal, _paradigm, _index in analyzer.dictionary.iter_known_words():
        if "nomn" not in tag or len(word) > 14:
            continue
        name = "sing" in tag and ({"Surn", "Name", "Patr", "Geox"} & tag.grammemes or "ADJF" in tag)
        if name or ("NOUN" in tag and "inan" in tag and len(word) < 9):
            found.add(word_hash(word))
    return frozenset(found)


def is_central_asian(pair: Pair) -> bool:
    return pair.kind == "person" and bool(CENTRAL_ASIAN.search(pair.russian)) and pair.latin.isascii()


def fold_of(pair: Pair) -> int:
    return int(hashlib.md5(pair.latin.encode()).hexdigest(), 16) % 10


# held-out words are never attested, so this weight cannot be fitted: a spelling seen for the very word should win
# unless the rest is much better (3 nats)
ATTESTED = 3.0

Choices = tuple[list[list[float]], list[bool]]


def fit(lists: Sequence[Choices], l2: float = 1e-3) -> list[float]:
    """Fit the weights of a softmax over each list of candidates by gradient descent."""
    width = len(ranking.FEATURES)
    usable = [(np.array(x), np.array(y)) for x, y in lists if any(y) and len(y) > 1]
    size = max(len(y) for _x, y in usable)
    values = np.zeros((len(usable), size, width))
    mask, right = np.zeros((len(usable), size), bool), np.zeros((len(usable), size), bool)
    for i, (x, y) in enumerate(usable):
        values[i, : len(y)], mask[i, : len(y)], right[i, : len(y)] = x, True, y
    scale = values[mask].std(axis=0) + 1e-6
    values /= scale
    attested = [i for i, name in enumerate(ranking.FEATURES) if name.endswith("attested")]
    values[:, :, attested] = 0
    w = np.zeros(width)
    for name in ("slavic: joint", "place: joint", "other: joint"):
        w[ranking.FEATURES.index(name)] = 1.0
    moment, second = np.zeros(width), np.zeros(width)
    for step in range(1, 601):
        logits = np.where(mask, values @ w, -1e9)
        logits -= logits.max(1, keepdims=True)
        p = np.exp(logits)
        p /= p.sum(1, keepdims=True)
        q = np.where(right, p, 0)
        q /= q.sum(1, keepdims=True) + 1e-12
        gradient = ((p - q)[:, :, None] * values).sum((0, 1)) / len(usable) + l2 * w
        moment, second = 0.9 * moment + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        w -= 0.05 * (moment / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    weights = [float(x) for x in w / scale]
    return [ATTESTED if i in attested else x for i, x in enumerate(weights)]


def fold_yo(word: str) -> str:
    return word.replace("ё", "е")


def ranking_lists(model: Model, held: Sequence[Pair]) -> list[Choices]:
    lists = []
    for pair in held:
        options = spelling.candidates_of(model, pair.latin)
        sides = spelling.sides_of([options])
        right = [fold_yo(s.spelling.word) == fold_yo(pair.russian) for s in options.found]
        lists.append(([ranking.features(model, pair.latin, s, sides) for s in options.found], right))
    return lists


def fit_weights(data: Sequence[Aligned], seed: int = 1) -> dict[str, list[float]]:
    """Fit the ranking on two folds with models of the other eight."""
    held = sorted(
        {a.pair for a in data if fold_of(a.pair) in (0, 1)}, key=lambda p: (p.latin, p.russian, p.kind, p.country)
    )
    random.Random(seed).shuffle(held)
    model = build([a for a in data if fold_of(a.pair) not in (0, 1)], {"": [1.0] * len(ranking.FEATURES)})
    places = [p for p in held if p.kind == "place"][:1200]
    asian = [p for p in held if is_central_asian(p)][:1200]
    slavic = [p for p in held if p.kind == "person" and is_russian(p) and not is_central_asian(p)][:2000]
    world = [p for p in held if p.kind == "person" and not is_russian(p)][:1500]
    x, y, z, v = (ranking_lists(model, group) for group in (slavic, places, asian, world))
    # a newsroom of the region asks for post-Soviet names five times as often as for the rest of the world
    return {"": fit(x + y + y + z + v[:800]), "person": fit(x + z + v[:800]), "place": fit(y), "central-asian": fit(z)}


def train(folder: Path) -> list[Aligned]:
    data = pairs(folder)
    sample = sorted({(p.latin, p.russian) for p in data})
    random.Random(1).shuffle(sample)
    probability = expectation_maximisation(sample[:25000])
    return [Aligned(p, pieces) for p in data if (pieces := align(p, probability)) is not None]


def crossvalidate(data: Sequence[Aligned], folder: Path) -> None:
    """Measure Central Asian words of the training part: each fold with models and weights of the others."""
    sys.path.insert(0, str(folder.parent))
    from measure_transliteration import CA  # the kit's own pattern

    gold: dict[str, set[str]] = defaultdict(set)
    for a in data:
        gold[a.pair.latin].add(fold_yo(a.pair.russian))
    figures = {context: [0, 0, 0] for context in ("", "central-asian")}
    for fold in (3, 6, 9):
        rest = [a for a in data if fold_of(a.pair) != fold]
        model = build(rest, fit_weights(rest))
        held = sorted({a.pair.latin for a in data if fold_of(a.pair) == fold and CA.search(a.pair.russian)})
        for word in [w for w in held if regex.fullmatch("[a-z'-]+", w)][:400]:
            for context, figure in figures.items():
                options = spelling.candidates_of(model, word)
                choices = ranking.rank_word(model, word, options, context, spelling.sides_of([options]))
                ranked = [fold_yo(c.spelling) for c in choices[:5]]
                figure[0] += 1
                figure[1] += bool(ranked) and ranked[0] in gold[word]
                figure[2] += bool(gold[word] & set(ranked))
        for context, (n, first, five) in figures.items():
            print(f"fold {fold}, known as {context or 'nothing'!r}: n={n} first={first / n:.3f} five={five / n:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--crossvalidate", action="store_true")
    parser.add_argument("-o", "--output", type=Path, default=MODEL)
    options = parser.parse_args()
    began = time.time()
    data = train(options.folder)
    print(f"{len(data)} aligned words, {time.time() - began:.0f} s", file=sys.stderr)
    if options.crossvalidate:
        crossvalidate(data, options.folder)
        return
    weights = fit_weights(data)
    for context, values in weights.items():
        print(
            context or "any", dict(zip(ranking.FEATURES, (round(v, 2) for v in values), strict=True)), file=sys.stderr
        )
    save_model(options.output, build(data, weights))
    size = options.output.stat().st_size / 1e6
    print(f"{options.output}: {size:.1f} MB, {time.time() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
