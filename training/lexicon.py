"""Learn the bilingual lexicon: `translate/trained/lexicon.npz`.

    python training/lexicon.py PARALLEL WIKI_TITLES --held HELD… [-o FILE]

PARALLEL is a folder of one TSV a source (English<TAB>Russian), WIKI_TITLES a table of titles (header; en, ru, type …),
HELD are TSVs whose sentences of either side stay out. The card (translate/trained/lexicon.md) says which sources are
read, under which licences, and what came out.

English words are turned into their lemmas (simplemma), Russian ones into theirs with the part of speech in the sentence
(rumorph). Lexical model 1 is trained in both directions at once: each direction for itself first, then with posteriors
that both must share, which keeps rare words from collecting what nothing else explains. Links near the diagonal are
likelier, as a translator keeps the order of a sentence by and large.

Source: P. Brown et al., The Mathematics of Statistical Machine Translation, 1993 (model 1); P. Liang, B. Taskar and
D. Klein, Alignment by Agreement, 2006; C. Dyer et al., A Simple, Fast, and Effective Reparameterization of IBM Model 2,
2013 (the diagonal).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex
from numpy.typing import NDArray
from rumorph import Analyzer

from translate.lexicon.store import PATH, POS, Form, Links, Table, write

# Sources whose licence allows to ship what is made of them, and how many pairs of each are read: prose weighs over
# the strings of software. Left out: everything under the GPL, the LGPL or the GFDL, everything non-commercial,
# everything without a stated licence (the WMT sets), and FLORES.
SOURCES: dict[str, int] = {
    "wmt_google_ms_ruen_bt": 99_999,  # MPL-2.0
    "wmt_google_ms_enru": 99_999,  # MPL-2.0
    "wmt_bergamot_enru": 99_999,  # MPL-2.0
    "un_v1_devtest": 99_999,  # UN disclaimer: free use with attribution
    "un_sdg": 99_999,  # MIT
    "udhr": 99_999,  # MIT
    "mlqe_pe_ruen": 99_999,  # CC0-1.0
    "tico19": 99_999,  # CC0-1.0
    "bio_ref": 99_999,  # Apache-2.0
    "bio_sysout": 2_500,  # Apache-2.0
    "tatoeba_test": 99_999,  # CC-BY-2.0 FR
    "mt_geneval": 99_999,  # CC-BY-SA-3.0
    "pud": 99_999,  # CC-BY-SA-3.0
    "cataclysm_dda": 10_000,  # CC-BY-SA-3.0
    "rubq": 99_999,  # CC-BY-SA-4.0
    "mucow_multiun": 99_999,  # CC-BY-4.0, and the five after it
    "mucow_ted": 99_999,
    "mucow_newscomm": 99_999,
    "mucow_eubooks": 99_999,
    "mucow_books": 99_999,
    "mucow_tatoeba": 99_999,
    "iwslt_formality": 99_999,  # CDLA-Sharing-1.0
    "mozilla_www": 99_999,  # MPL-2.0
    "mozilla_legal": 99_999,  # CC-BY-SA-3.0
    "opensource_guide": 99_999,  # CC-BY-4.0
    "privacyguides": 99_999,  # CC-BY-SA-4.0
    "dfak": 99_999,  # CC-BY-SA-4.0
    "innersource": 99_999,  # CC-BY-SA-4.0
    "bitcoin_org": 99_999,  # MIT
    "cc_legalcode": 99_999,  # CC0-1.0, MIT
    "ms_d365smb": 3_000,  # CC-BY-4.0
    "ms_graph": 1_500,  # CC-BY-4.0
    "libreoffice_help": 3_000,  # MPL-2.0
    "libreoffice_ui": 3_000,  # MPL-2.0
}
# What the draft model is trained on: how many pairs of a source, and of how many translations of one sentence.
ENGINE_LEFT_OUT = {"progit2", "xnli_test", "iwslt_generic_ted", "bilinguator_other"}
ENGINE_QUOTA = {
    "debian_web": 6000, "ms_d365smb": 3000, "ms_graph": 1000, "libreoffice_help": 2000, "gimp_help": 800,
    "gnome_user_docs": 800, "system_mo": 4000, "libreoffice_ui": 1500, "kde_ui": 1500, "wesnoth": 1500,
    "mediawiki": 1500, "phpmyadmin": 300, "wordpress": 2500, "debian_handbook": 1500, "bio_sysout": 2500,
    "wmt_sysout_testsuites": 30000, "isocodes": 3200, "mgsm": 400,
}  # fmt: skip
ENGINE_CAP = {"wmt_sysout": 5, "wmt_sysout_testsuites": 2, "wmt_sysout_ruen_bt": 1, "wmtqe_enru_mt": 3}
ENGLISH = regex.compile(r"\p{Latin}+(?:[-’']\p{Latin}+)*")
RUSSIAN = regex.compile(r"\p{Cyrillic}+(?:-\p{Cyrillic}+)*")
LONGEST = 60
DIAGONAL = 4.0
NULL = 0.08
ALONE, AGREED = 3, 5  # rounds of training
BLOCK = 20_000  # pairs
LEAST, SHARE = 1.2, 0.005  # of a pair that stays: how often it is linked, and of how much of either word
ING_KEPT = 20  # “meeting” is a word of its own where it is frequent, else a form of “meet”


@dataclass(frozen=True, slots=True)
class Texts:
    """Sentences as words: `english[i]` lemmas, `russian[i]` lemmas with a part of speech ("плотина NOUN")."""

    english: list[list[str]]
    russian: list[list[str]]


@dataclass(frozen=True, slots=True)
class Block:
    """All links of some pairs: the pair of words of each, its prior, and which word of which sentence it leaves."""

    link: NDArray[np.int32]
    prior: NDArray[np.float32]
    target: NDArray[np.int32]
    source: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Learnt:
    """Expected counts of word pairs: row k is `english[k]` (index), `russian[k]`, `count[k]`."""

    english: NDArray[np.int64]
    russian: NDArray[np.int64]
    count: NDArray[np.float64]


def key(text: str) -> str:
    return regex.sub(r"\W+", "", text.lower())


def rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 2:
                yield cells[0], cells[1]


def held_out(paths: Sequence[Path]) -> set[str]:
    return {key(text) for path in paths for pair in rows(path) for text in pair}


def read(folder: Path, held: set[str]) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for source, most in SOURCES.items():
        chosen = [p for p in rows(folder / f"{source}.tsv") if held.isdisjoint((key(p[0]), key(p[1])))]
        random.Random(1).shuffle(chosen)
        found.update(dict.fromkeys(chosen[:most]))
    return list(found)


def titles(path: Path) -> list[tuple[str, str]]:
    """Return titles of at most four words that are no persons: pairs of a word or a phrase each."""
    found = []
    with path.open(encoding="utf-8") as file:
        next(file)
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if cells[2] != "person" and max(len(cells[0].split()), len(cells[1].split())) <= 4:
                found.append((cells[0], cells[1]))
    return found


def engine_counts(folder: Path, held: set[str]) -> Counter[str]:
    """Count the English words that the draft model is trained on."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.tsv")):
        name = path.stem
        if name in ENGINE_LEFT_OUT:
            continue
        used: Counter[str] = Counter()
        taken = 0
        chosen = list(rows(path))
        random.Random(1).shuffle(chosen)
        for english, russian in chosen:
            if taken >= ENGINE_QUOTA.get(name, 10**9):
                break
            same = key(russian if name.endswith("_bt") else english)
            if key(english) in held or used[same] >= ENGINE_CAP.get(name, 4):
                continue
            used[same] += 1
            taken += 1
            counts.update(english_words(english))
    return counts


def english_words(text: str) -> list[str]:
    words = (m.group().replace("’", "'").lower() for m in ENGLISH.finditer(text))
    return [w.removesuffix("'s").replace("'", "’") for w in words]


def lemma_table(vocabulary: Counter[str]) -> dict[str, str]:
    """Map each English form to its lemma."""
    import simplemma

    found = {}
    for word, count in vocabulary.items():
        keeps = word.endswith("ing") and count >= ING_KEPT
        found[word] = word if keeps else simplemma.lemmatize(word, lang="en").lower().replace("'", "’")
    return found


def texts_of(pairs: Sequence[tuple[str, str]], lemmas: dict[str, str]) -> Texts:
    analyzer = Analyzer()
    made = Texts([], [])
    for english, russian in pairs:
        first = [lemmas[w] for w in english_words(english)]
        words = [m.group() for m in RUSSIAN.finditer(russian)]
        if not first or not words or max(len(first), len(words)) > LONGEST:
            continue
        if len(first) > 2.5 * len(words) + 3 or len(words) > 2.5 * len(first) + 3:
            continue
        second = []
        for readings in analyzer.analyze_sentence(words):
            if readings:
                pos = readings[0].pos if readings[0].pos in POS else "X"
                second.append(f"{readings[0].lemma.replace('ё', 'е')} {pos}")
        made.english.append(first)
        made.russian.append(second)
    return made


def indexed(texts: Sequence[Sequence[str]], least: int = 2) -> dict[str, int]:
    counts = Counter(w for text in texts for w in text)
    return {w: i for i, (w, c) in enumerate(counts.most_common()) if c >= least}


def blocks_of(texts: Texts, first: dict[str, int], second: dict[str, int]) -> tuple[list[Block], NDArray[np.int64]]:
    """Lay out every link, and return with it the pairs of words that the links are numbered by."""
    keys: list[NDArray[np.int64]] = []
    raw: list[tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]] = []
    for start in range(0, len(texts.english), BLOCK):
        key_parts, priors, targets, sources = [], [], [], []
        n = m = 0
        for english, russian in zip(texts.english[start : start + BLOCK], texts.russian[start : start + BLOCK],
                                    strict=True):  # fmt: skip
            a = np.array([first[w] for w in english if w in first], np.int64)
            b = np.array([second[w] for w in russian if w in second], np.int64)
            if not len(a) or not len(b):
                continue
            key_parts.append((a[:, None] * len(second) + b).ravel())
            away = np.abs((np.arange(len(a)) + 0.5)[:, None] / len(a) - (np.arange(len(b)) + 0.5) / len(b))
            priors.append(np.exp(-DIAGONAL * away, dtype=np.float32).ravel())
            targets.append(np.tile(np.arange(m, m + len(b), dtype=np.int32), len(a)))
            sources.append(np.repeat(np.arange(n, n + len(a), dtype=np.int32), len(b)))
            n, m = n + len(a), m + len(b)
        keys.append(np.concatenate(key_parts))
        raw.append((np.concatenate(priors), np.concatenate(targets), np.concatenate(sources)))
    pairs, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    inverse = inverse.astype(np.int32)
    made, at = [], 0
    for part, (prior, target, source) in zip(keys, raw, strict=True):
        made.append(Block(inverse[at : at + len(part)].astype(np.int32), prior, target, source))
        at += len(part)
    return made, pairs


def train(texts: Texts, first: dict[str, int], second: dict[str, int]) -> Learnt:
    """Return how often each pair of words is linked.

    The last count is of the root of both directions' product: with the product itself second choices starve (of NTREX
    translations .592 of the words are found, against .599 so, at the same size).
    """
    blocks, pairs = blocks_of(texts, first, second)
    english, russian = np.divmod(pairs, len(second))
    forward = np.full(len(pairs), 1 / len(second))
    backward = np.full(len(pairs), 1 / len(first))
    count = np.zeros(len(pairs))
    for step in range(ALONE + AGREED):
        there, back, count = np.zeros(len(pairs)), np.zeros(len(pairs)), np.zeros(len(pairs))
        for block in blocks:
            a = posteriors(forward[block.link] * block.prior, block.target, 1 / len(second))
            b = posteriors(backward[block.link] * block.prior, block.source, 1 / len(first))
            both = a * b if step < ALONE + AGREED - 1 else np.sqrt(a * b)
            there += np.bincount(block.link, a, minlength=len(pairs))
            back += np.bincount(block.link, b, minlength=len(pairs))
            count += np.bincount(block.link, both, minlength=len(pairs))
        if step >= ALONE:
            there = back = count
        forward = there / np.maximum(np.bincount(english, there), 1e-9)[english]
        backward = back / np.maximum(np.bincount(russian, back), 1e-9)[russian]
    return Learnt(english, russian, count)


def posteriors(weight: NDArray[np.float64], group: NDArray[np.int32], null: float) -> NDArray[np.float64]:
    total = np.bincount(group, weight) + NULL * null
    return weight / total[group]


@dataclass(frozen=True, slots=True)
class Shares:
    """Of each pair of words: P(Russian | English) and P(English | Russian)."""

    forward: NDArray[np.float64]
    backward: NDArray[np.float64]


def shares(learnt: Learnt) -> Shares:
    # what a word is linked with falls short of what it stands for: a word seen once has no translation for certain
    first = np.bincount(learnt.english, learnt.count) + 0.5
    second = np.bincount(learnt.russian, learnt.count) + 0.5
    return Shares(learnt.count / first[learnt.english], learnt.count / second[learnt.russian])


def prune(learnt: Learnt) -> NDArray[np.bool_]:
    """Tell which pairs stay: linked often enough, and a fair share of what either word is linked with."""
    chances = shares(learnt)
    often = (learnt.count >= LEAST) & (np.maximum(chances.forward, chances.backward) >= SHARE)
    # a pair seen once or twice has to be the first choice of both
    sure = (learnt.count >= 0.8) & (np.minimum(chances.forward, chances.backward) >= 0.4)
    return (often | sure) & (chances.forward * chances.backward >= 1e-4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parallel", type=Path)
    parser.add_argument("titles", type=Path)
    parser.add_argument("--held", type=Path, nargs="+", default=[])
    parser.add_argument("-o", "--output", type=Path, default=PATH)
    options = parser.parse_args()
    began = time.time()

    def say(text: str) -> None:
        print(f"{time.time() - began:4.0f} s  {text}", file=sys.stderr, flush=True)

    held = held_out(options.held)
    counts = engine_counts(options.parallel, held)
    pairs = read(options.parallel, held)
    say(f"{len(pairs)} pairs of {len(SOURCES)} sources")
    pairs += titles(options.titles)
    vocabulary = counts + Counter(w for english, _russian in pairs for w in english_words(english))
    lemmas = lemma_table(vocabulary)
    texts = texts_of(pairs, lemmas)
    first, second = indexed(texts.english), indexed(texts.russian)
    say(f"{len(texts.english)} pairs with titles, {len(first)} English and {len(second)} Russian lemmas")
    learnt = train(texts, first, second)
    keep = prune(learnt)
    say(f"{keep.sum()} pairs of words of {len(keep)}")
    chances = shares(learnt)
    links = Links(
        list(first),
        list(second),
        learnt.english[keep],
        learnt.russian[keep],
        chances.forward[keep],
        chances.backward[keep],
    )
    table = Table.build(links, {w: Form(lemmas[w], counts[w]) for w in vocabulary})
    write(table, options.output)
    say(f"{options.output}: {options.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
