"""Rare words told from the lexicon: chrF and BLEU with and without, on sentences without any glossary.

    uv run --group bench python benchmarks/rare.py [--data FILE] [--every N --from K] [--limit N] [--rare 200]

Lines K, K + N, K + 2N … of a parallel file are translated twice: as they stand, and with the words that
`translate.pinning.hinted` tells an engine without a glossary. Told apart are the sentences in which a word is told:
only those can change, and a figure for all dilutes what happens there.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import platformdirs
import sacrebleu

from benchmarks import results
from benchmarks.pinning import PARALLEL
from translate.engines import Request, load_engine
from translate.memory import Memory, RememberingEngine
from translate.pinning.hinted import Told, hints


def scores(name: str, texts: list[str], references: list[str]) -> dict[str, float]:
    chrf = sacrebleu.corpus_chrf(texts, [references]).score
    bleu = sacrebleu.corpus_bleu(texts, [references]).score
    print(f"{name:14} chrF {chrf:.2f}  BLEU {bleu:.2f}  ({len(texts)} sentences)")
    return {"chrF": chrf, "BLEU": bleu, "sentences": len(texts)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=PARALLEL / "ntrex.en-ru.tsv")
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--from", type=int, default=2, dest="first")
    parser.add_argument("--limit", type=int, default=400)
    parser.add_argument("--engine", default="draft")
    parser.add_argument("--rare", type=int, help="bound of the count; the engine's own by default")
    cache = platformdirs.user_cache_path("tolmach") / "benchmarks" / "quality.sqlite3"
    parser.add_argument("--cache", type=Path, default=cache, help="where translations are kept")
    results.add_option(parser, "rare")
    options = parser.parse_args()
    engine = RememberingEngine(load_engine(options.engine).engine, Memory(options.cache))
    rare = engine.traits.rare if options.rare is None else options.rare
    lines = [line.split("\t") for line in options.data.read_text(encoding="utf-8").splitlines()]
    rows = [line[:2] for line in lines[options.first :: options.every] if len(line) >= 2][: options.limit]
    asked = [Request(english, hints(Told(english), rare)) for english, _russian in rows]
    print(f"{engine.signature}\nwords seen fewer than {rare} times: {sum(len(one.hints) for one in asked)}")
    plain = [draft.text for draft in engine.translate([Request(english) for english, _russian in rows])]
    told = [draft.text for draft in engine.translate(asked)]
    references = [russian for _english, russian in rows]
    at = [n for n, one in enumerate(asked) if one.hints]
    if not at:
        results.record(options, {"words": 0, "as it stands": scores("as it stands", plain, references)})
        return
    figures = {}
    for name, texts in (("as it stands", plain), ("told", told)):
        figures[name] = scores(name, texts, references)
        where = scores("  where told", [texts[n] for n in at], [references[n] for n in at])
        figures[f"{name}, where told"] = where
    results.record(options, {"words": sum(len(one.hints) for one in asked), **figures})


if __name__ == "__main__":
    main()
