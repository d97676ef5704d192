"""Translation quality with and without pins, on news with human references.

    uv run --group bench python benchmarks/quality.py [--limit N] [--engine draft] [--cache FILE] [--errors FILE]

The term set is made from the development text itself: a place of the names kit, or a first name and surname both of
which the kit knows, counts where it stands in the English sentence and exactly one form of its Russian lemma in the
human reference, so the lemma is verified. Three ways to translate are compared: pins off, pins on, and the usual trick
of a placeholder with the lemma put in literally.

A term succeeds where a form of its lemma, or the adjective made from a place, stands in the output («right lemma»).
Its case is right where the words around ask for it as the judge reads them: two taggers that share nothing learnt with
the product (`judge.py`, which also says how often the judge is wrong; its own row for the human reference is the most
that can be reached). What forms a term has is the product's own table, measured elsewhere. A silent miss is a term
whose lemma is not in the output in any form, nor its adjective, and no problem says so.

Translations are kept in a file, by default in the user's cache folder, under the engine's signature: a second run
takes seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs
import regex
import sacrebleu

from benchmarks import results
from benchmarks.floors import broken, floors
from benchmarks.judge import THRESHOLD, Judge, Place
from benchmarks.pinning import PARALLEL
from benchmarks.verified import spots, verified
from translate.engines import Contrast, Draft, Engine, Request, WordLoss, contrast, load_engine
from translate.glossary import Glossary, TermMatch
from translate.inflection import CASES, Paradigm
from translate.memory import Memory, RememberingEngine
from translate.pinning import Pinned, Sentence, pin

DATA = PARALLEL / "ntrex.en-ru.tsv"
ORDERS = {
    "free first": ("free", "contrasted", "stand-ins", "other stand-ins"),
    "stand-ins first": ("stand-ins", "free", "contrasted", "other stand-ins"),
}


@dataclass(frozen=True)
class Item:
    source: str
    reference: str
    matches: tuple[TermMatch, ...]


class Timed:
    """An engine that counts what it is really asked for: what the cache holds costs nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name, self.signature = engine.name, engine.signature
        self.traits = engine.traits
        self.seconds, self.sentences = 0.0, 0
        self.scoring, self.scored = 0.0, 0

    def translate(self, requests: list[Request]) -> list[Draft]:
        began = time.perf_counter()
        drafts = self._engine.translate(requests)
        self.seconds += time.perf_counter() - began
        self.sentences += len(requests)
        return drafts

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        began = time.perf_counter()
        found = contrast(self._engine, asked, least)
        self.scoring += time.perf_counter() - began
        self.scored += len(asked)
        return found


def items(limit: int) -> list[Item]:
    """Return sentences with verified terms, drawn with a fixed seed."""
    lines = [line.split("\t") for line in DATA.read_text(encoding="utf-8").splitlines()]
    found = [(english, russian, terms) for english, russian, *_ in lines if (terms := verified(english, russian))]
    random.Random(1).shuffle(found)
    made = []
    for english, russian, terms in found[:limit]:
        # The surname alone, later in the sentence, is not verified: the reference may have «он» there.
        matches = tuple(match for match in Glossary(terms).find(english).matches if not match.partial)
        if matches:
            made.append(Item(english, russian, matches))
    return made


def with_placeholders(chosen: list[Item], engine: Engine) -> list[str]:
    """Translate with X1, X2 … for the terms and put the lemmas in literally."""
    asked = []
    for item in chosen:
        text = item.source
        for n, match in reversed(list(enumerate(item.matches, 1))):
            text = f"{text[: match.span.start]}X{n}{text[match.span.stop :]}"
        asked.append(Request(text))
    texts = []
    for item, draft in zip(chosen, engine.translate(asked), strict=True):
        text = draft.text
        for n, match in reversed(list(enumerate(item.matches, 1))):
            text = regex.sub(rf"[XХ]{n}(?!\d)", match.target, text)
        texts.append(text)
    return texts


def has_adjective(text: str, term: Paradigm) -> bool:
    """Tell whether an adjective made from a place stands there instead: «парижская неделя» for Париж."""
    forms = [form.casefold() for cell in term.forms.values() for form in cell]
    stem = forms[0]
    while not all(form.startswith(stem) for form in forms):
        stem = stem[:-1]
    stem = stem.rstrip("аеийоуыюяь")
    if term.kind != "place" or len(stem) < 3:
        return False
    pattern = (
        rf"(?<!\p{{L}}){regex.escape(stem)}\p{{L}}{{0,4}}[сц]к(?:ий|ая|ое|ую|ого|ому|ом|им|ой|ие|их|ими)(?!\p{{L}})"
    )
    return regex.search(pattern, text.casefold()) is not None


@dataclass(frozen=True)
class Verdict:
    """What became of one term in one output.

    Args:
        lemma: a form of it stands there, or its adjective.
        case: one of the forms that stand there is what the words around ask for.
        declines: the case can be wrong at all.
        asked: what the judge read at the likeliest place, six shares in the order of CASES; None without a place.
    """

    match: TermMatch
    lemma: bool
    case: bool
    declines: bool
    asked: tuple[float, ...] | None = None


def verdicts(texts: list[str], chosen: list[Item], judge: Judge) -> list[list[Verdict]]:
    """Judge every term of every output."""
    flat = [text.replace("\u00a0", " ") for text in texts]
    places = [
        [[Place(text, span, match.paradigm()) for span in spots(text, match.paradigm())] for match in item.matches]
        for text, item in zip(flat, chosen, strict=True)
    ]
    every = [place for item in places for term in item for place in term]
    known = dict(zip(every, judge.read(every), strict=True))
    made = []
    for text, item, terms in zip(flat, chosen, places, strict=True):
        row = []
        for match, found in zip(item.matches, terms, strict=True):
            term = match.paradigm()
            declines = len({form for cell in term.forms.values() for form in cell}) > 1
            best = max(found, key=lambda place: place.share(known[place]), default=None)
            if best is None:
                adjective = has_adjective(text, term)
                row.append(Verdict(match, adjective, adjective, declines))
            else:
                right = not declines or best.share(known[best]) >= THRESHOLD
                row.append(Verdict(match, True, right, declines, known[best]))
        made.append(row)
    return made


def measure(name: str, texts: list[str], chosen: list[Item], judge: Judge) -> dict[str, float]:
    references = [[item.reference for item in chosen]]
    chrf, bleu = sacrebleu.CHRF(), sacrebleu.BLEU()
    every = [one for row in verdicts(texts, chosen, judge) for one in row]
    figures = {
        "chrF": chrf.corpus_score(texts, references).score,
        "BLEU": bleu.corpus_score(texts, references).score,
        "lemma": sum(one.lemma for one in every) / len(every),
        "case": sum(one.case for one in every) / len(every),
    }
    kinds = []
    for kind in ("place", "person"):
        of = [one for one in every if one.match.term.kind == kind]
        if of:
            kinds.append(f"{kind} {sum(v.lemma for v in of) / len(of):.3f} {sum(v.case for v in of) / len(of):.3f}")
    shown = "  ".join(f"{key} {value:.3f}" for key, value in figures.items())
    print(f"{name:14} {shown}  ({len(every)} terms; {'; '.join(kinds)})")
    if name == "pins on":
        print(f"{'':14} {chrf.get_signature()}\n{'':14} {bleu.get_signature()}")
    return figures


def silent_misses(pinned: list[Pinned], judged: list[list[Verdict]]) -> int:
    """Count the terms that are in the output in no form, and of which no problem speaks."""
    return sum(
        not one.lemma and one.match.span not in {problem.source for problem in made.problems}
        for made, row in zip(pinned, judged, strict=True)
        for one in row
    )


def write_errors(path: Path, chosen: list[Item], pinned: list[Pinned], judged: list[list[Verdict]]) -> None:
    """Write every term of the pinned output that counts as wrong, with what there is to judge it by."""
    blocks = []
    for item, made, row in zip(chosen, pinned, judged, strict=True):
        for one in row:
            if one.lemma and one.case:
                continue
            done = next((p for p in made.pins if p.source == one.match.span), None)
            asked = dict(zip(CASES, one.asked, strict=True)) if one.asked else {}
            blocks.append(
                f"{'CASE' if one.lemma else 'LEMMA'}  {one.match.term.source} → {one.match.target}\n"
                f"  source     {item.source}\n  reference  {item.reference}\n"
                f"  draft      {made.draft.text if made.draft else ''}\n  output     {made.text}\n"
                + (
                    f"  pin        «{done.form}» {done.case} {done.method} {done.confidence:.2f} {done.mended or ''}\n"
                    if done
                    else f"  no pin     {[problem.message for problem in made.problems]}\n"
                )
                + f"  judge      {'  '.join(f'{case} {share:.2f}' for case, share in asked.items())}\n"
            )
    path.write_text("\n".join(blocks), encoding="utf-8")


def _default_cache() -> Path:
    return platformdirs.user_cache_path("tolmach") / "benchmarks" / "quality.sqlite3"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=int, default=10**6, help="sentences; all of them by default")
    parser.add_argument("--engine", default="draft")
    parser.add_argument("--cache", type=Path, default=_default_cache(), help="where translations are kept")
    parser.add_argument("--errors", type=Path, help="write the terms that count as wrong with pins on there")
    parser.add_argument("--no-placeholder", action="store_true", help="leave out the trick pins are compared with")
    parser.add_argument("--orders", action="store_true", help="also measure without hints, and stand-ins first")
    parser.add_argument("--rare", type=int, help="tell words seen fewer times than that; as the engine does by default")
    results.add_option(parser, "quality")
    options = parser.parse_args()
    chosen, judge = items(options.limit), Judge()
    timed = Timed(load_engine(options.engine).engine)
    if options.rare is not None:
        timed.traits = replace(timed.traits, rare=options.rare)
    engine = RememberingEngine(timed, Memory(options.cache))
    print(f"{len(chosen)} sentences, sha256 {hashlib.sha256(DATA.read_bytes()).hexdigest()[:16]}, {engine.signature}")
    print(f"cases read by {judge.signature}")
    sentences = [Sentence(item.source, item.matches) for item in chosen]
    plain = [draft.text for draft in engine.translate([Request(item.source) for item in chosen])]
    first, made_first = timed.seconds, timed.sentences
    figures: dict[str, dict[str, float]] = {}
    figures["reference"] = measure("reference", [item.reference for item in chosen], chosen, judge)
    off = figures["pins off"] = measure("pins off", plain, chosen, judge)
    began = time.perf_counter()
    pinned = pin(sentences, engine)
    again = timed.seconds - first
    own = time.perf_counter() - began - again - timed.scoring
    print(
        f"{'':14} first pass {first:.1f} s ({made_first} sentences not in the cache); "
        f"second passes {again:.1f} s ({timed.sentences - made_first}); "
        f"{timed.scored} contrasts {timed.scoring:.1f} s; pinning itself {own:.1f} s"
    )
    texts = [p.text for p in pinned]
    on = figures["pins on"] = measure("pins on", texts, chosen, judge)
    judged = verdicts(texts, chosen, judge)
    problems = sum(len(p.problems) for p in pinned)
    silent = silent_misses(pinned, judged)
    print(f"{'':14} silent misses: {silent}; problems: {problems}")
    if options.errors:
        write_errors(options.errors, chosen, pinned, judged)
    if options.orders:
        for name, order in ORDERS.items():
            figures[name] = measure(name, [p.text for p in pin(sentences, engine, passes=order)], chosen, judge)
    if not options.no_placeholder:
        figures["placeholder"] = measure("placeholder", with_placeholders(chosen, engine), chosen, judge)
    results.record(options, {"sentences": len(chosen), "silent misses": silent, **figures})
    _hold(on, off, len(chosen))


def _hold(on: dict[str, float], off: dict[str, float], count: int) -> None:
    """Compare with the floors kept in the repository; they count for the same data and number of sentences only."""
    floor = floors()["quality"]
    if floor["sha256"] != hashlib.sha256(DATA.read_bytes()).hexdigest() or floor["sentences"] != count:
        print("other data than the floors were set on")
        return
    low = broken(floor, {"sentences": count, "pins on": on})
    if on["chrF"] < off["chrF"]:
        low.append("chrF with pins is lower than without")
    if low:
        sys.exit(f"below the floor: {'; '.join(low)}")
    print("all floors hold")


if __name__ == "__main__":
    main()
