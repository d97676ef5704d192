"""False alarms of the checks on human translations, and how many planted faults they find.

    python benchmarks/checks.py [--pairs 1000] [--show KIND]
    python benchmarks/checks.py --documents

Pairs are drawn from NTREX and newstest 2017, 2018, 2021 (human Russian of English news, or the other way round). A
human pair that raises a problem counts as a false alarm, right or wrong: the translators' own slips are in it. Then
each pair gets one fault, 200 of each kind.

`--documents` measures what looks at a whole text: 20 lines in their order are a document (mostly of one article, now
and then of two); then one rendering of a name is respelt in each document that has a name twice.
"""

from __future__ import annotations

import argparse
import random
import tarfile
from collections import Counter
from dataclasses import replace

import regex

from benchmarks import data, results
from translate import checks
from translate.checks import Pair, inspect_all
from translate.checks.renderings import followed, renderings, spreads
from translate.files import shipped
from translate.glossary import Glossary
from translate.glossary.unknown import unknown_names

PARALLEL = data.folder() / "data/parallel"
NEWS = ("newstest2017.tsv", "newstest2018.tsv", "newstest2021.tsv")
NAMES = ["Nazarbayev|Назарбаев|Назарбоев", "Jeenbekov|Жээнбеков|Дженбеков", "Atambayev|Атамбаев|Атанбаев"]


def read() -> list[list[str]]:
    """Return the lines of each file."""
    files = [(PARALLEL / "ntrex.en-ru.tsv").read_text(encoding="utf-8").splitlines()]
    with tarfile.open(PARALLEL / "parallel.tar.xz") as tar:
        for name in NEWS:
            member = tar.extractfile(name)
            assert member
            files.append(member.read().decode().splitlines())
    return files


def draw(count: int, rng: random.Random) -> list[Pair]:
    lines = [line for file in read() for line in file]
    lines = list({line.split("\t")[0]: line for line in lines}.values())
    rng.shuffle(lines)
    return [pair(str(n), line) for n, line in enumerate(lines[:count])]


def pair(id_: str, line: str) -> Pair:
    source, target = line.split("\t")[:2]
    return Pair(id_, source, target)


def wrong_number(pair: Pair, _next: Pair, rng: random.Random) -> Pair | None:
    """Change one digit of a number that both sides have."""
    shared = [m for m in regex.finditer(r"(?<![\p{L}\d.,-])\d+(?![\p{L}\d.,-])", pair.target) if m[0] in pair.source]
    if not shared:
        return None
    hit = rng.choice(shared)
    place = rng.randrange(len(hit[0]))
    digit = rng.choice([d for d in "123456789" if d != hit[0][place]])
    new = hit[0][:place] + digit + hit[0][place + 1 :]
    return replace(pair, target=pair.target[: hit.start()] + new + pair.target[hit.end() :])


def dropped_sentence(pair: Pair, following: Pair, _rng: random.Random) -> Pair | None:
    """Join two sentences in the source and leave out the second in the target."""
    return replace(pair, source=f"{pair.source} {following.source}") if pair.source[-1] in ".!?" else None


def other_spelling(pair: Pair, _next: Pair, rng: random.Random) -> Pair | None:
    """Add a clause with a name, spelt otherwise than the glossary spells it."""
    english, right, wrong = rng.choice(NAMES).split("|")
    name = {"Nazarbayev": "Nursultan", "Jeenbekov": "Sooronbai", "Atambayev": "Almazbek"}[english]
    given = {"Назарбаев": "Нурсултаном", "Жээнбеков": "Сооронбаем", "Атамбаев": "Алмазбеком"}[right]
    return replace(
        pair, source=f"{name} {english} was there: {pair.source}", target=f"Там был {given[:-2]} {wrong}: {pair.target}"
    )


def unbalanced_quote(pair: Pair, _next: Pair, rng: random.Random) -> Pair | None:
    """Take away one mark of a pair."""
    marks = list(regex.finditer("[«»]", pair.target))
    if not marks or not regex.search(r'["“”]', pair.source):
        return None
    hit = rng.choice(marks)
    return replace(pair, target=pair.target[: hit.start()] + pair.target[hit.end() :])


def untranslated_word(pair: Pair, _next: Pair, rng: random.Random) -> Pair | None:
    """Put a word of the source where a word of the translation was."""
    english = regex.findall(r"(?<![\p{L}'’-])\p{Ll}{4,}(?![\p{L}'’-])", pair.source)
    russian = list(regex.finditer(r"(?<=[\p{Ll},] )\p{Ll}{4,}(?![\p{L}-])", pair.target))
    if not english or not russian:
        return None
    hit = rng.choice(russian)
    return replace(pair, target=pair.target[: hit.start()] + rng.choice(english) + pair.target[hit.end() :])


FAULTS = (wrong_number, dropped_sentence, other_spelling, unbalanced_quote, untranslated_word)


# How two translators spell one sound: Джейкобс and Жейкобс, Пейлин and Пэйлин, Хэмилтон and Гэмилтон.
SLIPS = ["дж|ж", "э|е", "е|э", "х|г", "в|у", "ай|эй", "ю|у", "а|о", "о|а", "и|ы", "с|з", "т|д"]


def respelt(word: str) -> str:
    low = word.lower()
    old, new = next((s.split("|") for s in SLIPS if s.split("|")[0] in low[:-3]), ("", ""))
    made = low.replace(old, new, 1) if old else low
    return made[0].upper() + made[1:]


def documents(glossary: Glossary) -> results.Figures:
    """Count documents of human text where a name seems to be spelt in two ways, and respelt names found."""
    texts = [
        [pair(f"{at + n}", line) for n, line in enumerate(file[at : at + 20])]
        for file in read()
        for at in range(0, len(file), 20)
    ]
    flagged = followed_names = planted = found = 0
    for pairs in texts:
        names = followed(unknown_names([pair.source for pair in pairs], glossary))
        followed_names += len(names)
        alarms = inspect_all(pairs, frozenset(checks.NAMES) - {"consistency"}, glossary=glossary)
        flagged += bool(alarms)
        for alarm in alarms:
            print(f"  {alarm.segment}: {alarm.message}")
        for name in [] if alarms else names:
            at = [n for n, pair in enumerate(pairs) if name in pair.source]
            rows = [(pairs[n].source, pairs[n].target) for n in at]
            words = [r for n in range(len(rows)) for r in renderings(name, n, *rows[n])]
            if len(words) < 2 or respelt(words[-1].word) == words[-1].word:
                continue
            source, target = rows[words[-1].row]
            span = words[-1].span
            rows[words[-1].row] = (source, target[: span.start] + respelt(words[-1].word) + target[span.stop :])
            planted += 1
            found += any(True for _ in spreads([name], rows))
            break
    print(f"documents: {len(texts)}, with an alarm: {flagged} = {flagged / len(texts):.1%}; names: {followed_names}")
    print(f"respelt names found: {found}/{planted} = {found / planted:.1%}")
    return {
        "documents": len(texts), "with an alarm": flagged, "names": followed_names,
        "respelt": planted, "found": found, "share found": found / planted,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--documents", action="store_true", help="measure the checks of a whole text instead")
    parser.add_argument("--show", default="")
    parser.add_argument("--seed", type=int, default=5, help="which pairs are drawn")
    parser.add_argument("--missed", action="store_true", help="print the planted faults that were not found")
    results.add_option(parser, "checks")
    options = parser.parse_args()
    glossary = Glossary.load([shipped("glossaries")])
    if options.documents:
        results.record(options, documents(glossary))
        return
    rng = random.Random(options.seed)
    pool = draw(options.pairs * 12, rng)

    def problems(pairs: list[Pair]) -> dict[str, set[str]]:
        # The pairs are of many articles: each is read alone, so that no surname is carried from one to another.
        rows = [replace(pair, matches=glossary.find(pair.source).matches) for pair in pairs]
        found: dict[str, set[str]] = {}
        for problem in inspect_all(rows, frozenset({"consistency"}), glossary=glossary):
            found.setdefault(problem.segment, set()).add(problem.kind)
            if problem.kind == options.show:
                pair = rows[[p.id for p in rows].index(problem.segment)]
                print(problem.message, pair.source, pair.target, sep="\n    ")
        return found

    human = pool[: options.pairs]
    alarms = problems(human)
    print(f"human pairs: {len(human)}, with a false alarm: {len(alarms)} = {len(alarms) / len(human):.2%}")
    for kind, count in Counter(kind for kinds in alarms.values() for kind in kinds).most_common():
        print(f"  {kind:14} {count}")
    rest = iter(range(options.pairs, len(pool) - 1))
    total = Counter[str]()
    hits = Counter[str]()
    per_kind = options.pairs // len(FAULTS)
    options.show = ""
    for fault in FAULTS:
        planted: list[Pair] = []
        while len(planted) < per_kind:
            at = next(rest, None)
            if at is None:
                break
            made = fault(pool[at], pool[at + 1], rng)
            if made is not None and not problems([pool[at]]):
                planted.append(made)
        found = problems(planted)
        total[fault.__name__], hits[fault.__name__] = len(planted), len(found)
        print(f"{fault.__name__:20} {len(found)}/{len(planted)}")
        for pair in [pair for pair in planted if pair.id not in found and options.missed]:
            print("   missed:", pair.source, pair.target, sep="\n      ")
    print(f"planted faults found: {hits.total()}/{total.total()} = {hits.total() / total.total():.2%}")
    shares = {"false alarms": len(alarms) / len(human), "found": hits.total(), "planted": total.total()}
    results.record(options, {**shares, "faults": hits, "share found": hits.total() / total.total()})


if __name__ == "__main__":
    main()
