"""How time and memory grow with the input, for what anybody can hand in: an exponent of 1 is in proportion.

    python -m benchmarks.growth [--only NAME] [--scale 1.0] [--record]

Each case is done at three sizes, each twice as large as the one before, in a process of its own: processor seconds of
the work alone (the least of a few rounds where it is short), and the most memory the whole process held. The exponent
is that of the line through the three in logarithms. It ends with exit code 1 where an exponent is over 1.2 or a
process held 500 MB and more.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks import results

STEEPEST, LARGEST = 1.2, 500
Work = Callable[[], object]

PROSE = 'On 5 May 2017 Mr. Babanov of Osh said: "We paid $1.5 million (about 10%) - no more." He met A. B. Smith, 41, '
RUSSIAN = '5 мая 2017 г. господин Бабанов из Оша сказал: "Мы заплатили $1.5 млн (около 10%) - не больше". Он '
WORDS = """minister water region border price talks road article letter river dam power law vote court editor reader
photo page link search comment share account setting menu language country city street number time month day""".split()  # noqa: SIM905


def typeset(size: int, _folder: Path) -> Work:
    from translate.typography import typeset

    source, text = (PROSE * size)[:size], (RUSSIAN * size)[:size]
    return lambda: typeset(text, source=source)


def typeset_quotes(size: int, _folder: Path) -> Work:
    from translate.typography import typeset

    text = ('"а" ' * size)[:size]
    return lambda: typeset(text, source=text)


def checks(size: int, _folder: Path) -> Work:
    """One sentence of that many letters; over 3,000 nothing is checked."""
    from translate.checks import Pair, inspect

    pair = Pair("b1.1", (PROSE * size)[:size], (RUSSIAN * size)[:size])
    return lambda: inspect(pair)


def checked_rows(size: int, _folder: Path) -> Work:
    from translate.checks import Pair, inspect_all

    rng = random.Random(1)
    rows = [
        Pair(f"b{n}.1", f"{' '.join(rng.choices(WORDS, k=9))} {n} Kulov{n % 50} said.", f"Слова, {n}, сказал Кулов.")
        for n in range(size)
    ]
    return lambda: inspect_all(rows)


def catalog_entry(size: int, _folder: Path) -> Work:
    from translate.catalog import parse
    from translate.catalog.check import check

    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    one, other = (
        ("Read <b>%s</b> of {name} &amp; 1 " * size)[:size],
        ("Читать <b>%s</b> из {name} &amp; 1 " * size)[:size],
    )
    catalog = parse(f'{head}#, python-format\nmsgid "{one}"\nmsgstr "{other}"\n'.encode())
    return lambda: check(catalog)


def catalog_update(size: int, _folder: Path) -> Work:
    """A catalog whose template has changed in every text."""
    from translate.catalog import parse
    from translate.catalog.merge import update

    def made(changed: bool) -> bytes:
        rng = random.Random(1)
        blocks = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ru\\n"\n']
        for n in range(size):
            words = [*rng.choices(WORDS, k=rng.choice((2, 4, 8, 15))), str(n)]
            text = " ".join([*words[1:], "anew"] if changed else words)
            blocks.append(f'msgid "{text}"\nmsgstr "{"" if changed else f"Перевод {n}"}"\n')
        return "\n".join(blocks).encode()

    old, new = parse(made(False)), parse(made(True))
    return lambda: update(old, new)


def glossary_rows(size: int, shift: int = 0) -> str:
    rows = sorted((f"Name{n + shift:06}\tИмя {n + shift}\tplace" for n in range(size)), key=str.lower)
    return "source\ttarget\tkind\n" + "".join(row + "\n" for row in rows)


def glossary_import(size: int, folder: Path) -> Work:
    """`tolmach glossary import` of terms that stand between those that are there."""
    (folder / "own.tsv").write_text(glossary_rows(size), encoding="utf-8")
    (folder / "new.csv").write_text(glossary_rows(size, size // 2).replace("\t", ","), encoding="utf-8")
    kept = (folder / "own.tsv").read_bytes()

    def work() -> None:
        (folder / "own.tsv").write_bytes(kept)
        tolmach("glossary", "import", "new.csv", "-g", "own.tsv")

    return work


def glossary_merge(size: int, folder: Path) -> Work:
    """Both sides have changed every term, each another half of them alike."""
    base = glossary_rows(size)
    ours, theirs = base.replace("place", "person"), re.sub(r"Имя (\d*[13579])\b", r"Название \1", base)
    paths = [folder / name for name in ("base.tsv", "ours.tsv", "theirs.tsv")]
    for path, text in zip(paths, (base, ours, theirs), strict=True):
        path.write_text(text, encoding="utf-8")
    return lambda: tolmach("glossary", "merge", *map(str, paths), "-o", str(folder / "out.tsv"))


def csv_header(size: int, folder: Path) -> Work:
    """As many columns of one name."""
    from translate.exchange import import_terms

    path = folder / "wide.csv"
    path.write_text(f"source,target{',x' * size}\na,б{',1' * size}\n", encoding="utf-8")
    return lambda: import_terms(path)


def html_blanks(size: int, folder: Path) -> Work:
    from translate.article import read_article

    path = folder / "a.html"
    path.write_text(f"<p>The talks failed.{' ' * size}<b>{' ' * size}</b>On Monday.</p>", encoding="utf-8")
    return lambda: read_article(path)


def html_items(size: int, folder: Path) -> Work:
    """A list of that many items that nobody closed."""
    from translate.article import read_article

    path = folder / "a.html"
    path.write_text(f"<p>The talks failed on Monday.<ul>{'<li>One of them' * size}", encoding="utf-8")
    return lambda: read_article(path)


def sentence(size: int, folder: Path) -> Work:
    """One sentence through `tolmach article`, with the shipped glossaries."""
    made_up_engine()
    unit = "the president of Kazakhstan met Ivan Petrov in Osh at 5 p.m. on 3 May and then "
    (folder / "a.txt").write_text(f"Title\n\nThen {(unit * size)[:size]}.\n", encoding="utf-8")
    outs = [part for ending in ("page.html", "md", "tsv", "jsonl") for part in ("-o", f"out.{ending}")]
    return lambda: tolmach("article", "a.txt", "--no-memory", "-q", *outs)


def links(size: int, folder: Path) -> Work:
    """A paragraph of that many links."""
    made_up_engine()
    (folder / "a.html").write_text("<p>" + "<a href=x>Word of a thing</a> " * size + "</p>", encoding="utf-8")
    return lambda: tolmach("article", "a.html", "--no-memory", "-q", "-o", "out.ru.html")


def workbook(size: int, folder: Path) -> Work:
    """Three terms, and a last cell that says the sheet has that many rows of 600 columns."""
    import openpyxl

    from translate.exchange import import_terms

    book = openpyxl.Workbook()
    sheet = book.create_sheet("terms", 0)
    for row in (("source", "target"), ("Osh", "Ош"), ("Talas", "Талас"), ("Naryn", "Нарын")):
        sheet.append(row)
    sheet.cell(size, 600, "x")
    book.save(folder / "wide.xlsx")

    def work() -> None:
        from translate.errors import TranslateError

        with suppress(TranslateError):
            import_terms(folder / "wide.xlsx")

    return work


def package(size: int, folder: Path) -> Work:
    """An Argos package with that many files in it; over 20,000 are refused."""
    from translate.engines.unpacking import unpack

    path = folder / "a.argosmodel"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("p/metadata.json", json.dumps({"from_code": "en", "to_code": "ru", "package_version": "1"}))
        archive.writestr("p/sentencepiece.model", "x")
        for n in range(size):
            archive.writestr(f"p/model/{n}", "x")

    def work() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as where:
            unpack(path, Path(where) / "unpacked")

    return work


@dataclass(frozen=True, slots=True)
class Case:
    """Something that grows.

    Args:
        smallest: of the three sizes.
        unit: of the size.
        make: lays out an input of a size in a folder and returns the work.
    """

    name: str
    smallest: int
    unit: str
    make: Callable[[int, Path], Work]


CASES = (
    Case("typeset", 10_000, "letters", typeset),
    Case("typeset, quotes", 10_000, "letters", typeset_quotes),
    Case("checks, a sentence", 700, "letters", checks),
    Case("checks, a text", 500, "rows", checked_rows),
    Case("catalog check, an entry", 10_000, "letters", catalog_entry),
    Case("catalog update, all changed", 4_000, "entries", catalog_update),
    Case("glossary import", 2_000, "terms", glossary_import),
    Case("glossary merge", 2_000, "terms", glossary_merge),
    Case("CSV header, equal names", 4_000, "columns", csv_header),
    Case("HTML, blanks", 100_000, "letters", html_blanks),
    Case("HTML, items", 6_000, "items", html_items),
    Case("article, a sentence", 25_000, "letters", sentence),
    Case("article, links", 1_250, "links", links),
    Case("XLSX, dimensions", 60_000, "rows", workbook),
    Case("package, members", 4_500, "files", package),
)


def tolmach(*args: str) -> None:
    """Run a command in this process."""
    from translate.cli import cli

    code = cli.main(list(args), standalone_mode=False)
    if code not in (None, 0, 5):
        sys.exit(f"tolmach {' '.join(args)}: {code}")


def made_up_engine() -> None:
    """Put the made-up engine of the tests in the place of every other."""
    sys.path.insert(0, str(results.ROOT / "tests"))
    from made_up_engine import MadeUpEngine

    import translate.memory.opening
    from translate.engines import Loaded

    vars(translate.memory.opening)["load_engine"] = lambda *_names: Loaded(MadeUpEngine(), "")


def measure(case: Case, size: int) -> None:
    """Print processor seconds and the peak of this process, in MB."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_DATA_HOME"] = name
        os.chdir(name)
        case.make(max(10, size // 100), Path(name))()  # what is loaded once is loaded now
        work = case.make(size, Path(name))
        best, spent = math.inf, 0.0
        for _round in range(5):
            began = time.process_time()
            work()
            took = time.process_time() - began
            best, spent = min(best, took), spent + took
            if spent > 1:
                break
    held = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(f"\n{json.dumps([best, int(held[1]) // 1024 if held else 0])}")


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the slope of the line through logarithms."""
    x, y = [math.log(one) for one in sizes], [math.log(one) for one in seconds]
    middle, height = sum(x) / len(x), sum(y) / len(y)
    return sum((a - middle) * (b - height) for a, b in zip(x, y, strict=True)) / sum((a - middle) ** 2 for a in x)


def grown(case: Case, scale: float) -> dict[str, float]:
    """Measure a case at its three sizes."""
    sizes = [round(case.smallest * scale * 2**n) for n in range(3)]
    seconds, peaks = [], []
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.growth", "--one", case.name, str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=results.ROOT)
        if done.returncode:
            sys.exit(f"{case.name}, {size} {case.unit}: {done.stderr[-2000:]}")
        took, peak = json.loads(done.stdout.splitlines()[-1])
        seconds.append(took)
        peaks.append(peak)
    slope = exponent(sizes, seconds)
    shown = "  ".join(f"{one:8.3f}" for one in seconds)
    print(f"{case.name:28}{sizes[-1]:9} {case.unit:8} {shown} s  exponent {slope:.2f}  {max(peaks):4} MB", flush=True)
    return {"size": sizes[-1], "seconds": seconds[-1], "exponent": slope, "peak MB": max(peaks)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="names that begin so")
    parser.add_argument("--scale", type=float, default=1.0, help="of all sizes")
    parser.add_argument("--one", nargs=2, metavar=("CASE", "SIZE"), help=argparse.SUPPRESS)
    results.add_option(parser, "growth")
    asked = parser.parse_args()
    if asked.one:
        measure(next(case for case in CASES if case.name == asked.one[0]), int(asked.one[1]))
        return
    figures = {case.name: grown(case, asked.scale) for case in CASES if case.name.startswith(asked.only)}
    steepest, largest = (max(one[key] for one in figures.values()) for key in ("exponent", "peak MB"))
    results.record(asked, {"cases": len(figures), "steepest": steepest, "largest MB": largest, **figures})
    sys.exit(1 if steepest > STEEPEST or largest >= LARGEST else 0)


if __name__ == "__main__":
    main()
