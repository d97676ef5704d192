"""Names in sentences of many shapes: possessives, lists, families, surnames alone, regions, capitals.

    python -m benchmarks.shapes [--engine draft] [--two-columns] [--cache FILE] [--shape NAME] [--quiet]

`tests/sets/names.tsv` has 200 sentences and the terms that each holds. Each is translated as an article of its own.
Counted by machine: whether a form of the lemma stands there (an adjective made from a place counts), whether a word of
the engine's own rendering is left beside it, and whether what is wrong is flagged. Whether the case is right is read by
a person: `tests/sets/names.read.tsv` keeps that reading, output by output; what has changed since counts as unread.
With --two-columns the glossary is the same terms as people write them: English, Russian, nothing else.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import regex

from benchmarks import results
from translate.article import Article, Block, BlockKind
from translate.engines import load_engine
from translate.files import shipped
from translate.glossary import Glossary
from translate.inflection import Paradigm, is_form_of, paradigm
from translate.memory import Memory, RememberingEngine
from translate.parallel import Row
from translate.pipeline import translate_article

SET = Path(__file__).parent.parent / "tests/sets/names.tsv"
READ = SET.with_name("names.read.tsv")
# What a draft may leave beside a term that has such a word itself.
HEADS = frozenset(
    """
    область район регион край река озеро море долина город село министерство комитет комиссия банк фонд суд
    организация союз партия республика служба
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Item:
    """A sentence of the set: its shape, its text, the lemmas of its terms."""

    shape: str
    text: str
    lemmas: tuple[str, ...]


def items() -> list[Item]:
    rows = [line.split("\t") for line in SET.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [Item(shape, text, tuple(lemmas.split("|"))) for shape, text, lemmas in rows]


def two_columns(folder: Path) -> Glossary:
    """Return the shipped glossaries as English and Russian, aliases as lines of their own."""
    lines: dict[str, str] = {}
    for term in Glossary.load([shipped("glossaries")]).terms:
        if term.kind != "interface" and term.policy in ("pin", "fixed") and not term.until:
            for name in (term.source, *term.aliases):
                lines.setdefault(name, term.target)
    path = folder / "own.en-ru.tsv"
    path.write_text("source\ttarget\n" + "".join(f"{a}\t{b}\n" for a, b in lines.items()), encoding="utf-8")
    return Glossary.load([path])


def stands(lemma: str, kind: str, row: Row) -> bool:
    """Tell whether a form of a lemma stands in a row, or an adjective that was pinned for it."""
    text = row.target.replace("\u00a0", " ")
    number = "plur" if lemma.startswith("plur.") else None
    wanted = forms(lemma.removeprefix("plur."), kind, number)
    if any(regex.search(rf"(?<![\p{{L}}-]){regex.escape(form)}(?![\p{{L}}-])", text, regex.I) for form in wanted):
        return True
    return any(pin.lemma == lemma and pin.method == "derived" for pin in row.pins)


def forms(lemma: str, kind: str, number: str | None) -> set[str]:
    made: Paradigm = paradigm(lemma, kind)
    return {form for slot, cell in made.forms.items() if number in (None, slot.number) for form in cell} or {lemma}


def leftovers(row: Row) -> list[str]:
    """Return the words beside a pinned term that say one of its own words again."""
    found = []
    text = row.target
    for pin in row.pins:
        own = [word for word in pin.lemma.lower().split() if len(word) > 3]
        near = [
            *regex.findall(r"[\p{L}-]+", text[: pin.target.start])[-2:],
            *regex.findall(r"[\p{L}-]+", text[pin.target.stop :])[:3],
        ]
        taken = [other.target.of(text) for other in row.pins if other is not pin]
        found += [
            word
            for word in near
            if any(is_form_of(word.lower(), mine) for mine in own if mine in HEADS or " " in pin.lemma)
            and not any(word in piece for piece in taken)
        ]
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", default="draft")
    parser.add_argument("--two-columns", action="store_true")
    parser.add_argument(
        "--cache", type=Path, default=platformdirs.user_cache_path("tolmach") / "benchmarks/shapes.sqlite3"
    )
    parser.add_argument("--shape")
    parser.add_argument("--quiet", action="store_true")
    results.add_option(parser, "shapes")
    args = parser.parse_args()
    args.cache.parent.mkdir(parents=True, exist_ok=True)
    engine = RememberingEngine(load_engine(args.engine, "en", "ru").engine, Memory(args.cache), "en", "ru")
    with tempfile.TemporaryDirectory() as folder:
        book = two_columns(Path(folder)) if args.two_columns else Glossary.load([shipped("glossaries")])
    kinds = {term.target: term.kind for term in Glossary.load([shipped("glossaries")]).terms}
    verdicts = read_verdicts()
    counts: dict[str, Counter[str]] = {}
    for item in items():
        if args.shape and item.shape != args.shape:
            continue
        article = Article("", "", "", "", (), (Block("b1", BlockKind.PARAGRAPH, item.text),), Path("set.txt"))
        rows = translate_article(article, engine, glossary=book).rows
        count = counts.setdefault(item.shape, Counter())
        text = " ".join(row.target for row in rows)
        wrong = verdicts.get((item.text, text.replace("\u00a0", " ")))
        flagged = any(row.problems for row in rows)
        lost = []
        for lemma in item.lemmas:
            ambiguous = lemma.startswith("?")
            ok = ambiguous or any(stands(lemma, kinds.get(lemma.removeprefix("plur."), "person"), row) for row in rows)
            count["terms"] += 1
            count["lemma"] += ok
            lost += [] if ok else [lemma]
        left = [word for row in rows for word in leftovers(row)]
        count["sentences"] += 1
        count["leftover"] += bool(left)
        count["unread"] += wrong is None
        count["case wrong"] += len(wrong or ())
        count["case wrong, not flagged"] += len(wrong or ()) * (not flagged)
        count["lemma lost, not flagged"] += len(lost) * (not flagged)
        count["flagged"] += flagged
        if not args.quiet:
            marks = f" LOST {lost}" * bool(lost) + f" LEFT {left}" * bool(left) + f" WRONG {wrong}" * bool(wrong)
            told = [problem.message for row in rows for problem in row.problems]
            print(f"{item.shape}\t{item.text}\n\t{text}{marks}{' UNREAD' * (wrong is None)}\t{told or ''}")
            for row in rows:
                print("\t\t" + "  ".join(f"{p.form}:{p.case}:{p.method}:{p.confidence:.2f}" for p in row.pins))
    results.record(args, report(counts))


def read_verdicts() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what a reader found: sentence and output → the forms in a wrong case, none where all are right."""
    if not READ.exists():
        return {}
    with READ.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {(row[0], row[1]): tuple(filter(None, row[2].split("|"))) for row in rows if not row[0].startswith("#")}


def report(counts: dict[str, Counter[str]]) -> results.Figures:
    total: Counter[str] = sum(counts.values(), Counter())
    for name, count in [*counts.items(), ("all", total)]:
        terms, sentences = count["terms"], count["sentences"]
        figures = {
            "sentences": sentences,
            "terms": terms,
            "lemma": count["lemma"] / terms,
            "no leftover": 1 - count["leftover"] / sentences,
            "case": 1 - count["case wrong"] / terms,
            "unread": count["unread"],
            "lemma lost, not flagged": count["lemma lost, not flagged"],
            "case wrong, not flagged": count["case wrong, not flagged"],
        }
        print(
            f"{name:14}{sentences:4} sentences {terms:4} terms  lemma {figures['lemma']:.3f}  "
            f"no leftover {figures['no leftover']:.3f}  case {figures['case']:.3f} "
            f"({count['unread']} unread)  wrong and not flagged: lemma {count['lemma lost, not flagged']}, "
            f"case {count['case wrong, not flagged']}; flagged {count['flagged']}"
        )
    return figures


if __name__ == "__main__":
    main()
