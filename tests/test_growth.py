"""Time grows with the input, not with its square: `python -m benchmarks.growth` measures it at full size."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up_engine import MadeUpEngine

from benchmarks.growth import CASES, exponent
from translate.article import read_article
from translate.catalog import merge, parse
from translate.checks import Pair, inspect
from translate.parallel import render
from translate.pipeline import translate_article
from translate.typography import typeset


def article(text: str, folder: Path) -> Callable[[], object]:
    def work() -> None:
        (folder / "a.html").write_text(text, encoding="utf-8")
        made = translate_article(read_article(folder / "a.html"), MadeUpEngine())
        for name in ("page", "html"):
            render(made, name)

    return work


WORK: dict[str, Callable[[int, Path], Callable[[], object]]] = {
    "quotes without end": lambda n, _: lambda: typeset('"а" ' * (20 * n), source='"a" ' * (20 * n)),
    "the same words for ever": lambda n, _: lambda: inspect(Pair("s", "*a **b " * (4 * n), "а б в " * (4 * n))),
    "blanks in a page": lambda n, d: article(f"<p>The talks failed.{' ' * (200 * n)}On Monday.", d),
    "links in a paragraph": lambda n, d: article(f"<p>{'<a href=x>Word of a thing</a> ' * n}", d),
}


@pytest.mark.parametrize("name", WORK)
def test_time_grows_with_the_input(name: str, tmp_path: Path) -> None:
    """Of four times as much a quadratic step takes sixteen times as long; the best of three counts."""
    seconds = []
    for size in (10, 60, 240):
        work, best = WORK[name](size, tmp_path), math.inf
        for _round in range(3):
            began = time.process_time()
            work()
            best = min(best, time.process_time() - began)
        seconds.append(best)
    assert seconds[2] < 9 * seconds[1] + 0.05


def test_partners_in_a_large_catalog(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not every entry is compared, the likely ones are: by rare words, by their beginnings, by length."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    texts = [f"Setting {n} of the {place} page" for n in range(40) for place in ("first", "second", "last")]
    old = parse((head + "\n".join(f'msgid "{text}"\nmsgstr "{text}, по-русски"\n' for text in texts)).encode())
    changed = [text.replace("Setting", "Settings").replace("page", "pages") for text in texts]
    new = parse((head + "\n".join(f'msgid "{text}"\nmsgstr ""\n' for text in changed)).encode())
    expected = merge.update(old, new)
    monkeypatch.setattr(merge, "_LARGE", 50)
    monkeypatch.setattr(merge, "_LIKELIEST", 40)
    assert merge.update(old, new) == expected
    assert expected.fuzzied == 120


def test_the_benchmark_counts_right() -> None:
    assert exponent([1, 2, 4], [3, 6, 12]) == pytest.approx(1)
    assert exponent([1, 2, 4], [1, 4, 16]) == pytest.approx(2)
    assert len({case.name for case in CASES}) == len(CASES)
