"""Sentences about Central Asia: chrF, and are the peoples and their adjectives called by their names?

    uv run --group bench python -m benchmarks.region [--engine draft] [--product | --model FOLDER] [--errors FILE]

The set, `sets/region.en-ru.tsv`, was written for this benchmark: politics, water, energy, borders, herding, religion
and economy in the tone of a newsroom, with Russian references. Its third column lists what each “Tajik” or
“Kyrgyzstanis” of the English may be in Russian: lemmas with a stroke between what an editor would let stand (for
“Kazakh authorities”: «казахстанский/казахский/Казахстан»), a blank between one demonym and the next.
A demonym is right where a form of one of
its lemmas stands in the output, each place counting for one demonym only.

The engine is asked for each sentence alone, guards included; with `--product` the whole of tolmach is, with the shipped
glossaries, their wished words and the lexicon; with `--model` a model folder is, and nothing else.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import regex

from benchmarks import results
from training.draft.nations import declined

SET = Path(__file__).with_name("sets") / "region.en-ru.tsv"


@dataclass(frozen=True)
class Item:
    """A sentence, its reference, and its demonyms, each a list of lemmas that may stand for it."""

    source: str
    reference: str
    demonyms: tuple[tuple[str, ...], ...]


def items() -> list[Item]:
    """Read the set."""
    rows = [line.split("\t") for line in SET.read_text(encoding="utf-8").splitlines()[1:]]
    return [Item(row[0], row[1], tuple(tuple(one.split("/")) for one in row[2].split())) for row in rows]


def forms(lemma: str) -> str:
    """Return a pattern for the forms of a lemma: an adjective in -ский, a country, a member of a people."""
    if lemma.endswith("ий"):
        return rf"{lemma[:-2]}(?:ий|ого|ому|им|ом|ая|ой|ую|ою|ое|ие|их|ими)"
    made = declined(lemma, "country" if lemma[0].isupper() else "person")
    return "|".join(sorted({regex.escape(f) for cell in made.forms.values() for f in cell}, key=len, reverse=True))


def right(item: Item, text: str) -> list[bool]:
    """Tell for each demonym whether it is in the text."""
    taken: set[int] = set()
    found = []
    for lemmas in item.demonyms:
        pattern = rf"(?<!\p{{L}})(?:{'|'.join(map(forms, lemmas))})(?!\p{{L}})"
        places = [m.start() for m in regex.finditer(pattern, text, regex.IGNORECASE) if m.start() not in taken]
        taken.update(places[:1])
        found.append(bool(places))
    return found


def translations(chosen: list[Item], engine: str, model: Path | None, product: bool) -> list[str]:
    """Translate the set."""
    sources = [item.source for item in chosen]
    if product:
        return whole(sources, engine)
    if model:
        from training.draft.evaluating import translate

        return translate(model, sources)
    from translate.engines import Request, load_engine

    return [draft.text for draft in load_engine(engine).engine.translate([Request(s) for s in sources])]


def whole(sources: list[str], engine: str) -> list[str]:
    """Translate as `tolmach article` does, every sentence a paragraph of its own."""
    from translate.article import Article, Block, BlockKind
    from translate.engines import load_engine
    from translate.files import shipped
    from translate.glossary import Glossary
    from translate.pipeline import translate_article

    blocks = tuple(Block(f"b{n}", BlockKind.PARAGRAPH, source) for n, source in enumerate(sources))
    article = Article("", "", "", "", (), blocks, Path("region.txt"))
    found: dict[str, list[str]] = {}
    for row in translate_article(
        article, load_engine(engine).engine, glossary=Glossary.load([shipped("glossaries")])
    ).rows:
        found.setdefault(row.block, []).append(row.target.replace("\u00a0", " "))
    return [" ".join(found[block.id]) for block in blocks]


def main() -> None:
    """Print chrF, BLEU and the share of right demonyms."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--engine", default="draft")
    options.add_argument("--model", type=Path, help="a model folder, asked without the product around it")
    options.add_argument("--product", action="store_true", help="ask the whole of tolmach")
    options.add_argument("--errors", type=Path, help="write sentences with a wrong demonym there")
    options.add_argument("--output", type=Path, help="write all translations there")
    results.add_option(options, "region")
    asked = options.parse_args()
    chosen = items()
    texts = translations(chosen, asked.engine, asked.model, asked.product)
    if asked.output:
        asked.output.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
    results.record(asked, report(chosen, texts, asked.errors))


def report(chosen: list[Item], texts: list[str], errors: Path | None) -> results.Figures:
    """Print the figures, and write what is wrong."""
    import sacrebleu

    judged = [right(item, text) for item, text in zip(chosen, texts, strict=True)]
    flat = [one for row in judged for one in row]
    references = [[item.reference for item in chosen]]
    chrf, bleu = sacrebleu.corpus_chrf(texts, references).score, sacrebleu.corpus_bleu(texts, references).score
    share = sum(flat) / len(flat)
    print(f"{len(chosen)} sentences: chrF {chrf:.1f}  BLEU {bleu:.1f}  demonyms {share:.3f} of {len(flat)}")
    if errors:
        wrong = [(i, t) for i, t, row in zip(chosen, texts, judged, strict=True) if not all(row)]
        errors.write_text("".join(f"{i.source}\t{t}\t{i.reference}\n" for i, t in wrong), encoding="utf-8")
    return {"sentences": len(chosen), "chrF": chrf, "BLEU": bleu, "demonyms right": share, "demonyms": len(flat)}


if __name__ == "__main__":
    main()
