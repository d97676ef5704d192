"""Learn which capitalised words begin a sentence rather than go on with one: `translate/segments/starters_*.txt`.

    python training/starters.py ../shared/data/parallel/parallel.tar.xz

After "U.S.", "Inc." or "г." a capital letter says little: a name follows, or the next sentence. A word that news
writes with a small letter inside sentences, and almost never with a capital there, is capital only because it begins
a sentence. The script counts that over the news files of the parallel texts, one sentence a line, and writes the
words, one a line, alphabetically. Headlines In Title Case are left out of the count.
"""

from __future__ import annotations

import io
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

NEWS = (
    "wmt_sysout",
    "wmt_sysout_ruen_bt",
    "newstest2017",
    "newstest2018",
    "newstest2021",
    "wmt23",
    "newstest2019_ruen",
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
OUT = Path(__file__).parent.parent / "translate" / "segments"


def lines(archive: Path, column: int) -> Iterator[str]:
    """Yield the distinct sentences of one language: column 0 is English, 1 Russian."""
    seen: set[int] = set()
    with tarfile.open(archive) as tar:
        for name in NEWS:
            member = tar.extractfile(next(m for m in tar.getmembers() if m.name.endswith(f"{name}.tsv")))
            assert member is not None
            for row in io.TextIOWrapper(member, "utf-8"):
                cells = row.rstrip("\n").split("\t")
                if len(cells) > column and hash(cells[column]) not in seen:
                    seen.add(hash(cells[column]))
                    yield cells[column]


def starters(sentences: Iterator[str]) -> list[str]:
    """Return the words (lower case) whose capital means the start of a sentence."""
    start: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for sentence in sentences:
        words = list(WORD.finditer(sentence))
        if len(words) < 6 or sum(m.group()[0].isupper() for m in words) > 0.5 * len(words):
            continue
        for i, m in enumerate(words):
            word = m.group()
            before = sentence[max(0, m.start() - 3) : m.start()]
            if word[0].islower():
                small[word] += 1
            elif word[1:].islower() or len(word) == 1:
                if i == 0:
                    start[word.lower()] += 1
                elif not re.search(r"[.!?…:;\"'“«»”(—–-]\s*$", before):
                    inside[word.lower()] += 1
    return sorted(
        word
        for word in start.keys() | small.keys()
        if len(word) > 1
        and small[word] >= 3
        and start[word] + small[word] >= 25
        and inside[word] <= 0.03 * small[word] + 0.1 * start[word]
    )


def main() -> None:
    archive = Path(sys.argv[1])
    for column, language in enumerate(("en", "ru")):
        words = starters(lines(archive, column))
        (OUT / f"starters_{language}.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        print(language, len(words), "words")


if __name__ == "__main__":
    main()
