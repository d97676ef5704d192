"""Round trip of files nobody here wrote: an engine that gives back what it is given must give back the file.

    python -m benchmarks.layout FOLDER… [--spec spec.txt] [--made 100]

Reads every Markdown, HTML and Word file in the folders (.gz too), splits it, sets every sentence in again, and compares
bytes. Then every letter is exchanged and set in: what is no sentence must still stand as it stood (`skeleton`); in Word
the same paragraphs in the same styles, the same looks of the same words, links, comments and parts.
`--made N` adds N pages of each of three layouts and N Word files made up by a seed (benchmarks/made.py).
"""

from __future__ import annotations

import argparse
import gzip
import html
import io
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from benchmarks import results
from benchmarks.made import LAYOUTS, word_file
from translate.article import Article, lay_out
from translate.article.docx import read_docx, splice_docx
from translate.article.docx_lines import W
from translate.article.html import read_html
from translate.article.markdown import place_markdown
from translate.article.splicing import SourceText, Translated
from translate.errors import TranslateError
from translate.files import decode
from translate.parallel import Row
from translate.segments import split
from translate.spans import Span

CYRILLIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "абцдефгхижклмнопкрстувшкизАБЦДЕФГХИЖКЛМНОПКРСТУВШКИЗ"
)


def exchanged(text: str, kept: list[Span]) -> str:
    made = list(text.translate(CYRILLIC))
    for span in kept:
        made[span.start : span.stop] = text[span.start : span.stop]
    return "".join(made)


def sentences(article: Article, *, exchange: bool) -> dict[str, list[Translated]]:
    found: dict[str, list[Translated]] = {}
    for block in article.translatable():
        for segment in split(block.text, "en"):
            span = Span(segment.start, segment.stop)
            source = span.of(block.text)
            marks = Row("", block.id, span, source, source).source_marks(block.marks)
            kept = [
                Span(max(k.start, span.start) - span.start, min(k.stop, span.stop) - span.start)
                for k in block.kept
                if k.overlaps(span)
            ]
            target = exchanged(source, kept) if exchange else source
            found.setdefault(block.id, []).append(Translated(span, source, target, marks))
    return found


def tried(raw: bytes, path: Path) -> list[str]:
    """Return what is wrong with a file's round trip; nothing where all is right."""
    if path.suffix == ".docx":
        return tried_word(raw, path)
    text = SourceText(decode(raw, path).text).text
    if path.suffix in (".html", ".htm"):
        article = read_html(text, path).article
    else:
        article = place_markdown(text, path, follow=False).article
    article = replace(article, raw=raw)
    same = lay_out(article, sentences(article, exchange=False), "en", dated=False)
    wrong = [] if same == decode(raw, path).text else ["identity"]
    other = lay_out(article, sentences(article, exchange=True), "ru", dated=False)
    other, text = html.unescape(other), html.unescape(text)
    if letters(other.translate(CYRILLIC).translate(BACK)) != letters(text.translate(CYRILLIC).translate(BACK)):
        wrong.append("skeleton")
    return wrong


def tried_word(raw: bytes, path: Path) -> list[str]:
    """Return what is wrong with a Word file's round trip."""
    article = read_docx(raw, path).article
    same = splice_docx(raw, path, sentences(article, exchange=False), "en", dated=False)
    wrong = [] if same == raw else ["identity"]
    other = splice_docx(raw, path, sentences(article, exchange=True), "ru", dated=False)
    return wrong if looks(raw) == looks(other) else [*wrong, "skeleton"]


def looks(raw: bytes) -> list[object]:
    """Return what must stay in a Word file: its parts, its paragraphs and their styles, each letter and its look."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        found: list[object] = [sorted(archive.namelist())]
        for name in sorted(archive.namelist()):
            if not re.fullmatch(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml", name):
                continue
            root = etree.fromstring(archive.read(name))
            for paragraph in root.iter(f"{W}p"):
                style = paragraph.find(f"{W}pPr/{W}pStyle")
                found.append(style.get(f"{W}val") if style is not None else "")
                found.append([_look(run) for run in paragraph.iter(f"{W}t") if run.text])
                found.append([e.tag for e in paragraph.iter() if e.tag in _KEPT])
    return [_joined(one) if isinstance(one, list) else one for one in found]


_KEPT = tuple(
    f"{W}{name}" for name in ("hyperlink", "br", "tab", "drawing", "commentReference", "bookmarkStart", "sdt")
)


def _look(text: etree._Element) -> tuple[str, str]:
    above = text.getparent()
    look = above.find(f"{W}rPr") if above is not None else None
    said = (text.text or "").translate(CYRILLIC).translate(BACK)
    return said, etree.tostring(look, method="c14n").decode() if look is not None and len(look) else ""


def _joined(pieces: list[object]) -> list[object]:
    """Join what stands side by side in one look, so that runs may be cut elsewhere; blanks tell no look."""
    joined: list[object] = []
    for piece in pieces:
        if isinstance(piece, tuple):
            said, look = "".join(str(piece[0]).split()), piece[1]
            if not said:
                continue
            if joined and isinstance(joined[-1], tuple) and joined[-1][1] == look:
                joined[-1] = (joined[-1][0] + said, look)
                continue
            joined.append((said, look))
            continue
        joined.append(piece)
    return joined


BACK = {cyrillic: chr(latin) for latin, cyrillic in CYRILLIC.items()}


def letters(text: str) -> str:
    """Return a text without what may move where lines are wrapped again or an escape is written."""
    # [the plan] must become [план][the plan]
    bare = re.sub(r"\]\[[^\]]*\]", "]", text)
    return "".join(bare.replace("\\", "").replace(">", "").split())


_EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n.*?^`{32}$", re.M | re.S)


def examples(spec: str) -> list[str]:
    """Return the examples of a spec.txt of CommonMark or GFM; an arrow in them stands for a tabulator."""
    return [match[1].replace("→", "\t") for match in _EXAMPLE.finditer(spec)]


def files(folders: list[str]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            name = path.name.removesuffix(".gz")
            if path.is_file() and name.endswith((".md", ".markdown", ".html", ".htm", ".docx")):
                yield path


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folders", nargs="*")
    asked.add_argument("--spec", action="append", default=[], help="spec.txt of CommonMark or GFM")
    asked.add_argument("--made", type=int, default=0, help="so many made-up pages a layout, and Word files")
    results.add_option(asked, "layout")
    args = asked.parse_args()
    count: Counter[str] = Counter()
    began = time.monotonic()
    cases = [(str(path), _read(path)) for path in files(args.folders)]
    for name in args.spec:
        for n, example in enumerate(examples(Path(name).read_text(encoding="utf-8")), 1):
            cases.append((f"{Path(name).name}:{n}.md", example.encode()))
    for n in range(args.made):
        cases += [(f"made {name} {n}.html", page(n).encode()) for name, page in LAYOUTS.items()]
        cases.append((f"made {n}.docx", word_file(n)))
    for name, raw in cases:
        try:
            wrong = tried(raw, Path(name.removesuffix(".gz")))
        except TranslateError as error:
            count["refused"] += 1
            print(f"refused  {name}: {error.message}")
            continue
        ending = Path(name.removesuffix(".gz")).suffix
        for kind in ("files", *wrong):
            count[kind] += 1
            count[f"{kind} {ending}"] += 1
        for kind in wrong:
            print(f"{kind:9}{name}")
    print(dict(count), f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    files_read = count["files"]
    kept = {kind: files_read - count[kind] for kind in ("identity", "skeleton")}
    results.record(args, {"files": files_read, **kept, "refused": count["refused"]})


def _read(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


if __name__ == "__main__":
    main()
