"""How fast is an engine, beside argostranslate on the same package and beside CTranslate2 alone?

    .venv/bin/python benchmarks/engine.py [--sentences 300] [--draft 40] [--layers 6]

The package is built here, of the real shape (6+6 layers, 512 wide, 32,000 pieces) with weights set by hand
(tests/sample_package.py), so that lengths are those of a translation. The article is 300 made-up sentences of news in
paragraphs of three. argostranslate gets it paragraph by paragraph, its splitter replaced by the known sentence ends
(see argos_parity.py); the same run then times `ArgosEngine.translate` with guards, clauses and alignment, and as the
limit one `translate_batch` call on pieces made and sorted beforehand.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from sample_package import REAL, Shape, build_package

from benchmarks import results
from benchmarks.argos_parity import SPLIT, Argostranslate
from translate.engines import Request
from translate.engines.argos import engine as argos
from translate.engines.draft import DraftEngine

WHO = """The president
The finance minister
A spokesman for the ministry of water
The leader of the opposition
Farmers in the south
The regional court
Officials in the capital
A member of parliament
Voters near the border""".splitlines()
DID = """said
announced
denied
confirmed in an interview
told journalists
wrote in a statement
insisted""".splitlines()
WHAT = """the new dam will be finished next year
prices for bread and fuel would not rise before the election
the two countries had agreed on the border
the former minister was sentenced to twelve years in prison
no money was left for schools in the north
the contract with the foreign company remains secret
families who went abroad to work are coming home
the party will boycott the vote""".splitlines()
TAIL = """
, although nobody had seen the documents
 on Thursday
, after weeks of protest in the capital and other cities
, which surprised few people in the region
, and refused to answer further questions
; the court will decide in autumn""".splitlines()


def article(sentences: int) -> list[str]:
    """Make up sentences of news, no two alike."""
    chosen = random.Random(7)
    made: dict[str, None] = {}
    while len(made) < sentences:
        parts = [chosen.choice(WHO), chosen.choice(DID), "that", chosen.choice(WHAT)]
        made[" ".join(parts) + chosen.choice(TAIL) + "."] = None
    return list(made)


def timed(name: str, count: int, work: Any, beside: float | None = None) -> float:
    """Run once warm and print wall and CPU time; returns sentences a second."""
    start, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    return row(name, count, wall, cpu, beside)


def row(name: str, count: int, wall: float, cpu: float, beside: float | None = None) -> float:
    """Print a line of the table."""
    rate = count / wall
    ratio = f"{rate / beside:6.2f}" if beside else "      "
    print(f"{name:44} {wall:7.1f} s {cpu:7.1f} s CPU {rate:8.1f} sentences/s {ratio}", flush=True)
    return rate


def compare(texts: list[str], shape: Shape) -> results.Figures:
    """Time argostranslate, the engine and the limit on one package."""
    with tempfile.TemporaryDirectory() as folder:
        build_package(Path(folder), shape=shape)
        os.environ["ARGOS_PACKAGES_DIR"] = folder
        paragraphs = [SPLIT.join(texts[at : at + 3]) for at in range(0, len(texts), 3)]
        theirs = Argostranslate().translate(Path(folder), paragraphs)
        beside = row("argostranslate", len(texts), theirs["seconds"], theirs["cpu"])
        engine = argos.ArgosEngine.load("en", "ru")
        decoder = engine.decoder
        assert isinstance(decoder, argos.PackageDecoder)
        engine.translate([Request(texts[0])])
        pieces = sorted((decoder.tokenizer.encode(text) for text in texts), key=len, reverse=True)
        mean = sum(map(len, pieces)) / len(pieces)

        def limit() -> None:
            decoder.translator.translate_batch(
                pieces, max_batch_size=argos.batch_tokens(pieces), batch_type="tokens", beam_size=4, length_penalty=0.2
            )

        top = timed(f"CTranslate2 alone ({mean:.0f} pieces a sentence)", len(texts), limit, beside)
        mine = timed("tolmach, argos engine", len(texts), lambda: engine.translate([Request(t) for t in texts]), beside)
        again = timed("CTranslate2 alone, again", len(texts), limit, beside)
        print(f"tolmach / argostranslate {mine / beside:.1f}; tolmach / CTranslate2 {2 * mine / (top + again):.2f}")
        seconds = {"argostranslate": beside, "CTranslate2": top, "CTranslate2 again": again, "tolmach": mine}
        ratios = {"beside argostranslate": mine / beside, "beside CTranslate2": 2 * mine / (top + again)}
        return {"seconds": {name: len(texts) / rate for name, rate in seconds.items()}, **ratios}


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sentences", type=int, default=300)
    options.add_argument("--layers", type=int, default=REAL.layers)
    options.add_argument("--draft", type=int, default=40, help="sentences for the draft engine; 0 for none")
    results.add_option(options, "engine")
    chosen = options.parse_args()
    figures = dict(compare(article(chosen.sentences), Shape(chosen.layers, REAL.width, REAL.vocabulary)))
    if chosen.draft:
        draft = DraftEngine.load("en", "ru")
        texts = article(chosen.draft)
        draft.translate([Request(texts[0])])
        rate = timed("tolmach, draft engine", len(texts), lambda: draft.translate([Request(t) for t in texts]))
        figures["draft, sentences a second"] = rate
    results.record(chosen, figures)


if __name__ == "__main__":
    main()
