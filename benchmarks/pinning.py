"""Locate and reinflect without an engine: names in human Russian text, distorted as a model would, put right again.

    python benchmarks/pinning.py [--limit N] [--errors N]

Names are found in human Russian (NTREX, newstest, WMT23, UN, XQuAD …) by a list of English–Russian
names, and in the proper nouns of UD Russian GSD and Taiga. Each occurrence is tried once as it stands and once in one
of four distortions, by turns: another transliteration, wrong vowels, the Latin left in, the ending dropped. The gold is
what the human wrote.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from benchmarks import data, results
from translate.glossary import Term, TermMatch
from translate.inflection.dictionary import nouns
from translate.inflection.people import SURNAME
from translate.pinning import place
from translate.spans import Span

NAMES = data.folder() / "measure/names/data"
PARALLEL = data.folder() / "data/parallel"
NEWS = ("newstest2017.tsv", "newstest2018.tsv", "un_v1_devtest.tsv", "xquad.tsv", "mlqe_pe_ruen.tsv")
TUNING = ("wmt23.tsv",)
NAME = regex.compile(r"\p{Lu}\p{Ll}{3,}")
WORD = regex.compile(r"\p{L}+(?:[-’']\p{L}+)*")
GENDER = {"male": "masc", "female": "femn", "Masc": "masc", "Fem": "femn", "Neut": "neut"}
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ROMAN = "a,b,v,g,d,e,yo,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya"
LATIN = dict(zip(CYRILLIC, ROMAN.split(","), strict=True))


@dataclass(frozen=True)
class Occurrence:
    """A name in a Russian sentence: where, its lemma, its English spelling."""

    text: str
    span: Span
    lemma: str
    english: str
    kind: str
    gender: str | None
    source: str
    whole: str = ""  # the English sentence, where there is one

    def match(self) -> TermMatch:
        term = Term(self.english, self.lemma, self.kind, gender=self.gender)  # type: ignore[arg-type]
        found = regex.search(rf"(?<!\w){regex.escape(self.english)}(?!\w)", self.whole)
        if found:
            return TermMatch(term, Span(found.start(), found.end()), self.lemma)
        position = int(self.span.start / max(1, len(self.text)) * 1000)
        return TermMatch(term, Span(position, position + 1), self.lemma)


@dataclass(frozen=True)
class Name:
    """A name of the kit's lists: its Russian lemma, its kind, its gender where the list has it."""

    lemma: str
    kind: str
    gender: str | None

    def term(self, english: str) -> Term:
        return Term(english, self.lemma, self.kind, gender=self.gender)  # type: ignore[arg-type]


def gender_of(name: str) -> str | None:
    """Return the gender that a single name shows, None if it may be a man's and a woman's: «Дженнер», «Волк».

    A glossary says whether a Дженнер is a woman, who does not decline; the lists do not. A given name's gender is the
    dictionary's, a surname's its ending's.
    """
    for gender, pattern in SURNAME.items():
        if pattern.search(name) and not name.lower().endswith(("ин", "ын")):
            return gender
    known = {noun.gender for noun in nouns(name.title()) if noun.name == "Giv" and noun.number == "sing"}
    return known.pop() if len(known) == 1 else None


@lru_cache(maxsize=1)
def name_list() -> dict[str, tuple[Name, ...]]:
    """Return English name → the Russian names it may be, for names of one word.

    The list of people has single words in lower case, given names and surnames mixed, and full names, of which the
    words are taken one by one where both languages have as many.
    """
    found: dict[str, dict[Name, None]] = {}
    for part in ("train", "dev"):
        for name, kind in (("people", "person"), ("places", "place")):
            with gzip.open(NAMES / f"{name}_{part}.tsv.gz", "rt", encoding="utf-8") as file:
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                    english, russian = row["en"].split(), row["ru"].split()
                    if len(english) != len(russian) or (kind == "place" and len(english) > 1):
                        continue
                    for one, other in zip(english, russian, strict=True):
                        if not NAME.fullmatch(one.title()) or not NAME.fullmatch(other.title()):
                            continue
                        gender = GENDER.get(row.get("gender") or "")
                        if kind == "person":
                            gender = gender or gender_of(other)
                            if gender is None:
                                continue
                        found.setdefault(one.title(), {})[Name(other.title(), kind, gender)] = None
    return {english: tuple(names) for english, names in found.items()}


@dataclass(frozen=True)
class Hit:
    """The one place of a Russian sentence where a form of a name stands."""

    english: str
    name: Name
    span: Span


def hits(english: str, russian: str) -> list[Hit]:
    """Find the names of a sentence pair whose Russian is beyond doubt: one lemma, one place."""
    names = name_list()
    words = {m[0].removesuffix("'s").removesuffix("’s") for m in WORD.finditer(english)}
    tokens = [m for m in WORD.finditer(russian) if m[0][0].isupper()]
    found = []
    for word in sorted(words & names.keys()):
        fitting = []
        for name in names[word]:
            stem = name.lemma[: max(2, len(name.lemma) - 3)]
            near = [m for m in tokens if m[0].startswith(stem)]
            if near and (places := [m for m in near if name.term(word).paradigm().slots_of(m[0])]):
                fitting.append((name, places))
        if len(fitting) == 1 and len(fitting[0][1]) == 1:
            (hit,) = fitting[0][1]
            found.append(Hit(word, fitting[0][0], Span(hit.start(), hit.end())))
    return [
        hit
        for hit in found
        if sum(other.span == hit.span for other in found) == 1 and not _is_other_bearer(hit, english, russian)
    ]


_SHE, _HE = regex.compile(r"\b(?:[Ss]he|[Hh]ers?|Ms|Mrs|Miss)\b"), regex.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im|Mr)\b")


def _is_other_bearer(hit: Hit, english: str, russian: str) -> bool:
    """Tell whether a given name is a surname here, whose bearer may be a woman, or its bearer is of the other gender.

    «Кристины Блейси Форд», “Carter was 17 years old”: Форд and Картер are men's given names in the dictionary.
    """
    if hit.name.kind != "person" or any(pattern.search(hit.name.lemma) for pattern in SURNAME.values()):
        return False
    she, he = _SHE.search(english) is not None, _HE.search(english) is not None
    contrary = hit.name.gender == ("masc" if she else "femn") and she != he
    alone = regex.search(rf"(?<!\w){regex.escape(hit.english)} \p{{Lu}}", english) is None
    return contrary or alone or regex.search(r"(?<![.!?] )\p{Lu}\p{Ll}+ $", russian[: hit.span.start]) is not None


def pairs(names: Sequence[str] = NEWS) -> Iterator[tuple[str, str]]:
    """Yield the sentence pairs of some sets, and those of NTREX with the benchmark's."""
    files = [(PARALLEL / "ntrex.en-ru.tsv").read_text(encoding="utf-8")] if names is NEWS else []
    with tarfile.open(PARALLEL / "parallel.tar.xz") as tar:
        for name in names:
            member = tar.extractfile(name)
            assert member
            files.append(member.read().decode())
    for text in files:
        for line in text.splitlines():
            english, russian, *_rest = line.split("\t")
            yield english, russian


def from_news(limit: int, names: Sequence[str] = NEWS) -> Iterator[Occurrence]:
    for english, russian in pairs(names):
        for hit in hits(english, russian):
            name = hit.name
            yield Occurrence(russian, hit.span, name.lemma, hit.english, name.kind, name.gender, "news", english)
            limit -= 1
            if not limit:
                return


def from_treebank() -> Iterator[Occurrence]:
    with gzip.open(NAMES / "case.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            tokens = row["tokens"]
            for index, pos, lemma, case, number, feats in row["targets"]:
                if pos != "PROPN" or number != "Sing" or not case or not regex.fullmatch(r"\p{Lu}\p{Ll}{3,}", lemma):
                    continue
                text = " ".join(tokens)
                start = sum(len(t) + 1 for t in tokens[:index])
                kind = "person" if feats.get("Animacy") == "Anim" else "place"
                english = "".join(LATIN.get(c, c) for c in lemma.lower()).capitalize()
                made = Occurrence(
                    text,
                    Span(start, start + len(tokens[index])),
                    lemma,
                    english,
                    kind,
                    GENDER.get(feats.get("Gender", "")),
                    "ud",
                )
                forms = made.match().paradigm()
                if sum(bool(forms.slots_of(token)) for token in tokens) == 1 and forms.slots_of(tokens[index]):
                    yield made


LETTERS = ["е", "и", "и", "г", "х", "х", "ю", "у", "иа", "э", "ий", "а", "сс", "ф", "тт"]
SWAPS = dict(zip("эыйхгкуюяеиосвт", LETTERS, strict=True)) | {"дж": "ж", "ж": "дж"}


def distort(kind: str, form: str, one: Occurrence, rng: random.Random) -> str:
    """Return what a model might have written for `form`; the ending is kept but for “dropped” and “latin”."""
    forms = {f for cell in one.match().paradigm().forms.values() for f in cell}
    stem = form
    while not all(f.startswith(stem) for f in forms):
        stem = stem[:-1]
    if kind == "latin":
        return one.english
    if kind == "dropped":
        return stem if len(stem) > 2 else form
    ending = form[len(stem) :]
    if kind == "vowels":
        places = [i for i, c in enumerate(stem) if c.lower() in "аеиоуыэюя"]
        for place_ in rng.sample(places, min(len(places), 1 + (len(stem) > 6))):
            new = rng.choice([v for v in "аеиоуы" if v != stem[place_].lower()])
            stem = stem[:place_] + (new.upper() if stem[place_].isupper() else new) + stem[place_ + 1 :]
        return stem + ending
    usable = [(a, b) for a, b in SWAPS.items() if a in stem.lower()]
    for a, b in rng.sample(usable, min(len(usable), 1 + (len(stem) > 6))):
        at = stem.lower().find(a)
        if at >= 0:
            new = b.capitalize() if stem[at].isupper() else b
            stem = stem[:at] + new + stem[at + len(a) :]
    return stem + ending


def put_right(one: Occurrence, written: str) -> str:
    """Return what stands at the place of the name after pinning, the text before and after it checked."""
    before, after = one.text[: one.span.start], one.text[one.span.stop :]
    text = before + written + after
    done = place([one.match()], text, source=one.whole or "x" * 1000)
    if not done.pins:
        return written
    pin = done.pins[0]
    others = done.text[: pin.target.start] + "|" + done.text[pin.target.stop :]
    if others != before + "|" + after and not pin.mended:
        return f"[elsewhere] {pin.form}"
    return pin.form


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--tune", action="store_true", help="the news that thresholds are chosen on, not the benchmark")
    results.add_option(parser, "pinning")
    options = parser.parse_args()
    rng = random.Random(7)
    news = from_news(options.limit, TUNING if options.tune else NEWS)
    occurrences = [*news] if options.tune else [*from_treebank(), *news]
    rng.shuffle(occurrences)
    occurrences = occurrences[: options.limit]
    kinds = ("translit", "vowels", "latin", "dropped")
    right, total = Counter[str](), Counter[str]()
    began = time.perf_counter()
    for n, one in enumerate(occurrences):
        form = one.span.of(one.text)
        for kind in ("as it is", kinds[n % 4]):
            written = form if kind == "as it is" else distort(kind, form, one, rng)
            got = put_right(one, written)
            good = got.replace("ё", "е") == form.replace("ё", "е")
            for key in (kind, f"{kind} ({one.source}, {one.kind})", *(() if kind == "as it is" else ("distorted",))):
                total[key] += 1
                right[key] += good
            if not good and options.errors > 0:
                options.errors -= 1
                around = one.text[max(0, one.span.start - 50) : one.span.stop + 30]
                print(f"{kind}: {written} → {got}, not {form} | {around}")
    print(f"{len(occurrences)} occurrences, {time.perf_counter() - began:.0f} s")
    for key in sorted(total):
        print(f"{key:34} {right[key] / total[key]:.4f}  ({total[key]})")
    shares = {key: right[key] / total[key] for key in sorted(total)}
    results.record(options, {"occurrences": len(occurrences), "right": shares})


if __name__ == "__main__":
    main()
