"""What is to be checked: two articles side by side, a parallel text, or a table of two columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from translate.article import Article, read_article
from translate.bitext.articles import lay
from translate.checks import Pair
from translate.errors import ParallelError
from translate.files import read_text
from translate.messages import _
from translate.parallel import read_parallel


def read_pairs(source: str | Path, target: str | Path | None = None) -> list[Pair]:
    """Read what is to be checked.

    Args:
        source: an English article file, or, if alone, a parallel text (.tsv, .jsonl) or a table of two columns.
        target: its translation.

    Raises:
        ArticleError, ParallelError: a file cannot be read.
    """
    if target is not None:
        return list(pairs_of(read_article(source), read_article(target)))
    path = Path(source)
    if path.suffix.lower() == ".tsv":
        lines = read_text(path, error=ParallelError).splitlines()
        if lines and len(lines[0].split("\t")) == 2:
            return [_columns(line, n, path) for n, line in enumerate(lines, 1) if line.strip()]
    text = read_parallel(path)
    return [Pair(row.id, row.source, row.target, pins=row.pins, language=text.target_language) for row in text.rows]


def _columns(line: str, n: int, path: Path) -> Pair:
    cells = line.split("\t")
    if len(cells) != 2:
        raise ParallelError(_("{n} columns instead of 2").format(n=len(cells)), path=path, line=n)
    return Pair(str(n), cells[0], cells[1])


def pairs_of(source: Article, target: Article) -> Iterator[Pair]:
    """Pair two articles, each row named after the block of its English."""
    edition = lay(source, target)
    counts: dict[str, int] = {}
    name = "start"
    for bead in edition.beads:
        found = edition.source[bead.source]
        name = found[0].block if found else name
        counts[name] = counts.get(name, 0) + 1
        texts = edition.texts(bead)
        yield Pair(f"{name}.{counts[name]}", texts.source, texts.target)
