"""Translation quality with and without pins, on news with human references.

    uv run --group bench python benchmarks/quality.py [--limit 60] [--engine draft] [--show]

The term set is made from the development text itself: a name of the list of the names kit counts where it stands in
the English sentence and exactly one form of its Russian lemma in the human reference, so the lemma is verified. Three
ways to translate are compared: pins off, pins on, and the usual trick of a placeholder with the lemma put in
literally. A term succeeds where a form of its lemma, or the adjective made from it, stands in the output; the case is
right where it is the one the words around ask for (the reference's own row shows how far that can be read).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import regex
import sacrebleu
from pinning import PARALLEL, WORD, name_list

from translate.engine import Draft, Engine, Request, load_engine
from translate.errors import Span
from translate.glossary import Glossary, Term, TermMatch
from translate.inflection import Paradigm, paradigm, read_case
from translate.pinning import Sentence, Target, locate, pin

FLOORS = Path(__file__).with_name("floors.json")
DATA = PARALLEL / "ntrex.en-ru.tsv"


@dataclass(frozen=True)
class Item:
    source: str
    reference: str
    matches: tuple[TermMatch, ...]


class Remembering:
    """An engine that is asked for each text once, so that the three ways share the free translation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made: dict[Request, Draft] = {}
        self.name, self.signature = engine.name, engine.signature
        self.is_draft, self.stand_ins_first = engine.is_draft, engine.stand_ins_first
        self.seconds, self.sentences = 0.0, 0

    def translate(self, requests: list[Request]) -> list[Draft]:
        plain = [Request(request.text) for request in requests]
        new = [request for request in dict.fromkeys(plain) if request not in self._made]
        began = time.perf_counter()
        self._made.update(zip(new, self._engine.translate(new) if new else [], strict=True))
        self.seconds += time.perf_counter() - began
        self.sentences += len(new)
        return [self._made[request] for request in plain]


def items(limit: int) -> list[Item]:
    """Return sentences with verified terms, drawn with a fixed seed."""
    names = name_list()
    lines = [line.split("\t") for line in DATA.read_text(encoding="utf-8").splitlines()]
    found: list[tuple[str, str, list[Term]]] = []
    for english, russian, *_rest in lines:
        words = {m[0].removesuffix("'s").removesuffix("’s") for m in WORD.finditer(english)}
        tokens = [m[0] for m in WORD.finditer(russian) if m[0][0].isupper()]
        terms = []
        for word in sorted(words & names.keys()):
            lemma, kind, gender = names[word]
            term = Term(word, lemma, kind, gender=gender)  # type: ignore[arg-type]
            if sum(bool(term.paradigm().slots_of(token)) for token in tokens) == 1:
                terms.append(term)
        if terms:
            found.append((english, russian, terms))
    random.Random(1).shuffle(found)
    made = []
    for english, russian, terms in found[:limit]:
        matches = Glossary(terms).find(english).matches
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


def spots(text: str, term: Paradigm) -> list[Span]:
    """Return where a form of a term stands."""
    forms = sorted({f for cell in term.forms.values() for f in cell}, key=len, reverse=True)
    pattern = rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, forms))})(?!\p{{L}})"
    return [Span(m.start(), m.end()) for m in regex.finditer(pattern.replace("ё", "[её]"), text)]


def _is_adjective(text: str, match: TermMatch) -> bool:
    """Tell whether an adjective made from the place stands there instead («парижская неделя»)."""
    (found,) = locate([Target(match.span, match.paradigm())], text)
    return found is not None and found.method == "derived"


def case_is_right(text: str, span: Span, term: Paradigm) -> bool:
    """Tell whether a form stands in the case that the words around it ask for, an indeclinable name in its place.

    The reference scores below 1 on this itself: compare with its row.
    """
    if term.fixed:
        return True
    neutral = "Баку" if term.kind == "place" else "Дюма"
    fixed = paradigm(neutral, term.kind, gender=term.gender, fixed=True)
    put = text[: span.start] + neutral + text[span.stop :]
    asked = read_case(neutral, put, Span(span.start, span.start + len(neutral)), fixed).case
    return asked in {slot.case for slot in term.slots_of(span.of(text))}


def measure(name: str, texts: list[str], chosen: list[Item], *, show: bool) -> dict[str, float]:
    references = [[item.reference for item in chosen]]
    chrf, bleu = sacrebleu.CHRF(), sacrebleu.BLEU()
    total = lemma = case = 0
    for text, item in zip(texts, chosen, strict=True):
        flat = text.replace("\u00a0", " ")
        for match in item.matches:
            found = spots(flat, match.paradigm())
            adjective = not found and _is_adjective(flat, match)
            total += 1
            lemma += bool(found) or adjective
            case += adjective or any(case_is_right(flat, span, match.paradigm()) for span in found)
            if show and not found:
                print(f"   {name}: {match.target} is not in: {text}")
    figures = {
        "chrF": chrf.corpus_score(texts, references).score,
        "BLEU": bleu.corpus_score(texts, references).score,
        "lemma": lemma / total,
        "case": case / total,
    }
    print(f"{name:14} " + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()) + f"  ({total} terms)")
    if name == "pins on":
        print(f"{'':14} {chrf.get_signature()}\n{'':14} {bleu.get_signature()}")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--engine", default="draft")
    parser.add_argument("--show", action="store_true", help="print the outputs that lack a term")
    parser.add_argument("--orders", action="store_true", help="also measure stand-ins before translating")
    options = parser.parse_args()
    chosen = items(options.limit)
    engine = Remembering(load_engine(options.engine).engine)
    print(f"{len(chosen)} sentences, sha256 {hashlib.sha256(DATA.read_bytes()).hexdigest()[:16]}, {engine.signature}")
    sentences = [Sentence(item.source, item.matches) for item in chosen]
    plain = [draft.text for draft in engine.translate([Request(item.source) for item in chosen])]
    first = engine.seconds
    measure("reference", [item.reference for item in chosen], chosen, show=False)
    off = measure("pins off", plain, chosen, show=False)
    began, spent = time.perf_counter(), engine.seconds
    pinned = pin(sentences, engine)
    again = engine.seconds - spent
    own = time.perf_counter() - began - again
    print(f"{'':14} first pass {first:.1f} s; second passes {again:.1f} s; pinning itself {own:.1f} s")
    on = measure("pins on", [p.text for p in pinned], chosen, show=options.show)
    silent = sum(
        not spots(p.text, match.paradigm()) and match.span not in {x.source for x in (*p.problems, *p.pins)}
        for p, item in zip(pinned, chosen, strict=True)
        for match in item.matches
    )
    print(f"{'':14} silent misses: {silent}; problems: {sum(len(p.problems) for p in pinned)}")
    if options.orders:
        began = engine.seconds
        swapped = pin(sentences, engine, passes=("stand-ins", "free", "other stand-ins"))
        measure("stand-ins first", [p.text for p in swapped], chosen, show=options.show)
    measure("placeholder", with_placeholders(chosen, engine), chosen, show=False)
    _hold(on, off, len(chosen))


def _hold(on: dict[str, float], off: dict[str, float], count: int) -> None:
    """Compare with the floors kept in the repository; they count for the same data and number of sentences only."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if floors["sha256"] != hashlib.sha256(DATA.read_bytes()).hexdigest() or floors["sentences"] != count:
        print("other data than the floors were set on")
        return
    low = {key: floor for key, floor in floors["pins on"].items() if on[key] < floor}
    if low or on["chrF"] < off["chrF"]:
        sys.exit(f"below the floor: {low or 'chrF with pins is lower than without'}")
    print("all floors hold")


if __name__ == "__main__":
    main()
