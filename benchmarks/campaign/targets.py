"""What is attacked: for each kind of input its sound files, and the commands that a damaged one is given to."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_OUTS = (
    "-o",
    "out.page.html",
    "-o",
    "out.md",
    "-o",
    "out.tsv",
    "-o",
    "out.jsonl",
    "-o",
    "out.txt",
    "--report",
    "r.json",
)
_STORY = """# The talks

The president of [Osh](https://o.kg) met **Ann Lee**. It cost $10 million.

- One item.

> A quote.
"""
_SCRIPTS = {
    "s.js": "import {gettext as _} from 'x';\n// Translators: a button\n_('More'); ngettext('%d day', '%d days', n);\n",
    "s.tsx": "export const A = () => <p title={_('About')}>{t`Hello ${name}`}<b>{_(\"All news\")}</b></p>;\n",
    "s.vue": "<template><a :title=\"$gettext('Home')\">{{ $gettext('New') }}</a></template>\n<script>_('A')</script>\n",
    "s.json": '{"menu": {"home": "Home", "n": {"one": "{{n}} day", "other": "{{n}} days"}}, "l": ["A b"]}\n',
}


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of input.

    Args:
        name: of the kind.
        seeds: sound files.
        file: where a damaged one is put, its ending in it.
        commands: each run on a damaged file; one is chosen at random.
    """

    name: str
    seeds: tuple[bytes, ...]
    file: str
    commands: tuple[tuple[str, ...], ...]


def targets(folder: Path) -> Iterator[Target]:
    """Yield every target; what they need beside the damaged file is laid into `folder`, where commands run."""
    (folder / "g.tsv").write_text("source\ttarget\tkind\nOsh\tОш\tplace\nAbout\tО нас\tinterface\n", encoding="utf-8")
    (folder / "m.pot").write_bytes((ROOT / "tests/catalogs/site.pot").read_bytes())
    (folder / "c.po").write_bytes((ROOT / "tests/catalogs/ru.po").read_bytes())
    (folder / "story.ru.md").write_bytes((ROOT / "tests/editions/village.ru.md").read_bytes())
    book = ("--glossary", "g.tsv", "--only")
    article = ("--no-memory", *book, *_OUTS)
    for ending, pattern in (("txt", "page.txt"), ("md", "page.md"), ("html", "page.html")):
        seeds = tuple(path.read_bytes()[:4000] for path in sorted((ROOT / "tests/articles").rglob(pattern)))
        align = (("align", f"a.{ending}", "story.ru.md", "-o", "out.tsv"), ("compare", f"a.{ending}", "story.ru.md"))
        yield Target(ending, seeds, f"a.{ending}", (("article", f"a.{ending}", *article),) * 4 + align)
    lists = tuple(_head(path) for path in sorted((ROOT / "glossaries").rglob("*.tsv")))
    mine = ("--only", "-g", "x.tsv")
    yield Target("glossary", lists, "x.tsv", (
        ("glossary", "lint", "x.tsv"), ("glossary", "list", *mine), ("glossary", "find", *mine, "Osh and Astana"),
        ("glossary", "add", "-g", "x.tsv", "Ak", "Ак"), ("glossary", "merge", "g.tsv", "x.tsv", "g.tsv"),
        ("glossary", "diff", "g.tsv", "x.tsv"), ("glossary", "export", *mine, "out.tbx"),
    ))  # fmt: skip
    yield from _letters(book)
    yield from _exchanged(folder)
    yield from _memories(folder)
    yield from _catalogs(folder, book)
    yield from _translated(folder)
    settings = (
        b'glossaries = ["g.tsv"]\nyo = "keep"\nquotes = "\xc2\xab\xc2\xbb\xe2\x80\x9e\xe2\x80\x9c"\noff = ["percent"]\n'
    )
    (folder / "s.txt").write_text("Title\n\nThe dam is old.\n")
    yield Target("settings", (settings,), "tolmach.toml", (("article", "s.txt", "--no-memory", "-o", "out.txt"),))
    yield Target("package", (_package(folder),), "p.argosmodel", (("models", "install", "p.argosmodel"),))


def _head(path: Path) -> bytes:
    return "\n".join(path.read_text(encoding="utf-8").split("\n")[:30]).encode() + b"\n"


def _letters(book: tuple[str, ...]) -> Iterator[Target]:
    import docx

    letter, made = docx.Document(), io.BytesIO()
    letter.add_heading("The talks", 1)
    letter.add_paragraph("The president of Osh met ").add_run("Ann Lee").bold = True
    letter.add_paragraph("One item.", style="List Bullet")
    letter.add_table(2, 2).cell(0, 0).text = "It cost $10 million."
    letter.save(made)
    command = ("article", "a.docx", "--no-memory", *book, "-o", "out.ru.docx", "-o", "out.html", "-o", "out.docx")
    yield Target("docx", (made.getvalue(),), "a.docx", (command,))


def _memories(folder: Path) -> Iterator[Target]:
    from translate.exchange.memories import unit_format
    from translate.exchange.units import Losses, Pair, Unit
    from translate.memory import Memory

    pair, path = Pair("en", "ru"), folder / "seed.sqlite3"
    units = [
        Unit(f"Unit {n} of Osh.", f"Единица {n} Оша.", author="Ann", made="2020-01-01T00:00:00Z") for n in range(9)
    ]
    for ending in ("tmx", "tsv", "csv", "xlsx", "po"):
        seed = folder / f"seed.{ending}"
        unit_format(seed, "").write(iter(units), seed, pair, Losses())
        take = ("memory", "import", f"u.{ending}", "--memory", "taken.sqlite3")
        yield Target(f"units {ending}", (seed.read_bytes(),), f"u.{ending}", (take,))
        seed.unlink()
    with Memory(path) as memory:
        for n in range(9):
            memory.remember(f"Sentence {n} is here.", f"Предложение {n} здесь.")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    raw = path.read_bytes()
    path.unlink()
    named = ("--memory", "m.sqlite3")
    yield Target("memory named", (raw,), "m.sqlite3", (
        ("memory", "list", *named), ("memory", "find", "Sentence 3 was here.", *named), ("memory", "stats", *named),
        ("memory", "edit", "3", "Другое.", *named), ("memory", "compact", *named), ("memory", "import", "m.sqlite3"),
    ))  # fmt: skip
    (folder / "m.txt").write_text("Title of it\n\n" + "\n\n".join(f"Sentence {n} is here." for n in range(12)))
    yield Target("memory", (raw,), "../data/tolmach/memory.sqlite3", (("article", "m.txt", "-o", "out.txt"),))


def _exchanged(folder: Path) -> Iterator[Target]:
    from translate.exchange import export_terms
    from translate.glossary import Glossary

    terms = Glossary.load([ROOT / "glossaries"]).terms[::400]
    for ending in ("csv", "xlsx", "tbx", "tmx", "po"):
        seed = folder / f"seed.{ending}"
        export_terms(terms, seed)
        yield Target(f"import {ending}", (seed.read_bytes(),), f"i.{ending}", (("glossary", "import", f"i.{ending}"),))
        seed.unlink()


def _catalogs(folder: Path, book: tuple[str, ...]) -> Iterator[Target]:
    paths = [*sorted((ROOT / "tests/catalogs").glob("*.po*")), ROOT / "samples/site/ru.po"]
    yield Target("catalog", tuple(path.read_bytes()[:6000] for path in paths), "x.po", (
        ("catalog", "check", "x.po"), ("catalog", "stats", "x.po"), ("catalog", "compile", "x.po"),
        ("catalog", "update", "x.po", "m.pot"), ("catalog", "export", "x.po", "-o", "out.csv"),
        ("catalog", "fill", "x.po", "--engine", "none", "--no-memory", *book),
    ))  # fmt: skip
    yield Target("template", (ROOT.joinpath("tests/catalogs/site.pot").read_bytes(),), "x.pot", (
        ("catalog", "update", "c.po", "x.pot"), ("catalog", "update", "new.po", "x.pot"),
    ))  # fmt: skip
    from translate.catalog import read_catalog
    from translate.catalog.sheets import export

    for ending in ("csv", "xlsx", "xlf"):
        sheet = folder / f"seed.{ending}"
        export(read_catalog(folder / "c.po"), sheet)
        yield Target(
            f"sheet {ending}", (sheet.read_bytes(),), f"x.{ending}", (("catalog", "import", "c.po", f"x.{ending}"),)
        )
        sheet.unlink()
    for path in [*sorted((ROOT / "tests/catalogs/site").iterdir()), *_scripts(folder)]:
        name = f"x{path.suffix}"
        yield Target(
            f"source {path.suffix}", (path.read_bytes(),), name, (("catalog", "extract", name, "-o", "out.pot"),)
        )


def _scripts(folder: Path) -> Iterator[Path]:
    for name, text in _SCRIPTS.items():
        (folder / name).write_text(text, encoding="utf-8")
        yield folder / name


def _translated(folder: Path) -> Iterator[Target]:
    from made_up_engine import MadeUpEngine

    from translate.article import read_article
    from translate.parallel import render_bytes
    from translate.pipeline import translate_article

    story = folder / "story.md"
    story.write_text(_STORY)
    text = translate_article(read_article(story), MadeUpEngine())
    for ending, format_ in (
        ("tsv", "tsv"),
        ("jsonl", "jsonl"),
        ("xlsx", "xlsx"),
        ("xlf", "xliff"),
        ("xliff", "xliff2"),
    ):
        seed = render_bytes(text, format_)
        commands = (
            ("check", f"p.{ending}", "--glossary", "g.tsv"),
            ("render", f"p.{ending}", "--no-memory", "-o", "out.html"),
            ("memory", "learn", f"p.{ending}", "--all", "--memory", "taken.sqlite3"),
        )
        yield Target(f"parallel {ending}", (seed,), f"p.{ending}", commands)


def _package(folder: Path) -> bytes:
    path = folder / "seed.argosmodel"
    metadata = json.dumps({"from_code": "en", "to_code": "ru", "package_version": "1.9"})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("en_ru/metadata.json", metadata)
        archive.writestr("en_ru/model/model.bin", "x")
        archive.writestr("en_ru/sentencepiece.model", "y")
    made = path.read_bytes()
    path.unlink()
    return made
