"""Every command that writes, a folder for it to write in, and what that folder holds: whole, or not."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n\n'
PACKAGES = "argos/packages"
MEMORY = "data/tolmach/memory.sqlite3"


def _texts(size: int) -> dict[str, str]:
    """Return the inputs, each with so many terms, entries, units or paragraphs besides its own."""
    terms = "source\ttarget\tkind\nHome\tГлавная\tinterface\nOsh\tОш\tplace\n"
    terms += "".join(f"term{n:05d}\tтермин {n}\tterm\n" for n in range(size))
    entries = "".join(f'msgid "text number {n}"\nmsgstr "текст {n}"\n\n' for n in range(size))
    units = "".join(
        f'<tu><tuv xml:lang="en"><seg>Unit {n}.</seg></tuv><tuv xml:lang="ru"><seg>Единица {n}.</seg></tuv></tu>'
        for n in range(size + 40)
    )
    more = "".join(f"Nobody said why on day {n} of the talks.\n\n" for n in range(size))
    russian = "".join(f"Никто не сказал почему в день переговоров {n}.\n\n" for n in range(size))
    return {
        "g.tsv": terms,
        "mine.tsv": terms + "Ak\tАк\tplace\n",
        "i.csv": "source,target\nAk,Ак\n",
        "ru.po": f'{HEAD}msgid "Home"\nmsgstr ""\n\nmsgid "News"\nmsgstr "Новости"\n\n{entries}'
        'msgid "Now."\nmsgstr " Сейчас"\n',
        "m.pot": HEAD + 'msgid "Home"\nmsgstr ""\n\nmsgid "Map"\nmsgstr ""\n',
        "s.csv": "context,source,translation,status,exported\n,Home,Дом,done,\n",
        "site.html": "<html><body><nav><a href='/'>Home</a><a href='/map'>Map</a></nav></body></html>",
        "story.md": f"# Talks fail\n\nThe talks in [Osh](https://o.kg) **failed** on Monday.\n\n{more}Nobody knew.\n",
        "story.ru.md": f"# Переговоры сорвались\n\nПереговоры в Оше сорвались.\n\n{russian}Никто не знал.\n",
        "in.tmx": f'<tmx version="1.4"><header/><body>{units}</body></tmx>',
        "tolmach.toml": '[catalog]\nsources = ["site.html"]\ntemplate = "all.pot"\ncatalogs = "{language}.po"\n'
        'languages = ["ru"]\nengine = "none"\n',
    }


_DATE = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?|\"\w*seconds\w*\": [\d.e-]+")
_ROWS = "SELECT 'person', source, target FROM person UNION ALL SELECT 'entry', source, target FROM entry"


@dataclass(frozen=True, slots=True)
class Writer:
    """A command that writes.

    Args:
        name: short.
        command: its arguments; it is run in a folder that `lay_out` made.
    """

    name: str
    command: tuple[str, ...]


def _writers() -> tuple[Writer, ...]:
    own = ("--only", "-g", "g.tsv")
    both = ("-o", "out.html", "-o", "out.tsv", "-o", "out.jsonl", "-o", "out.xlsx", "-o", "out.docx", "-o", "out.xlf")
    lines = {
        "article": ("article", "story.md", *own, *both, "-o", "out.ru.md", "--report", "r.json", "--no-memory"),
        "article --memory": ("article", "story.md", *own, "-o", "out.tsv"),
        "article docx": ("article", "story.docx", *own, "--beside", "--no-memory"),
        "render": ("render", "p.tsv", *own, *both),
        "align --learn": ("align", "story.md", "story.ru.md", "-o", "out.tsv", "--learn", "--sure", "0"),
        "memory learn": ("memory", "learn", "p.tsv", "--all"),
        "memory import": ("memory", "import", "in.tmx"),
        "memory edit": ("memory", "edit", "1", "Другое."),
        "memory forget": ("memory", "forget", "3", "4"),
        "memory compact": ("memory", "compact", "--only-engine", "none"),
        "memory export": ("memory", "export", "out.tmx"),
        "glossary add": ("glossary", "add", "-g", "g.tsv", "Naryn", "Нарын"),
        "glossary edit": ("glossary", "edit", "-g", "g.tsv", "Osh", "--note", "юг"),
        "glossary remove": ("glossary", "remove", "-g", "g.tsv", "Osh"),
        "glossary import": ("glossary", "import", "i.csv", "-g", "g.tsv"),
        "glossary merge": ("glossary", "merge", "g.tsv", "g.tsv", "mine.tsv", "-o", "g.tsv"),
        "catalog extract": ("catalog", "extract", "site.html", "-o", "out.pot"),
        "catalog update": ("catalog", "update", "ru.po", "m.pot"),
        "catalog fill": ("catalog", "fill", "ru.po", "--engine", "none", "--no-memory", *own),
        "catalog import": ("catalog", "import", "ru.po", "s.csv"),
        "catalog check --fix": ("catalog", "check", "ru.po", "--fix"),
        "catalog compile": ("catalog", "compile", "ru.po"),
        "catalog sync": ("catalog", "sync", "--no-memory"),
        "catalog stats --page": ("catalog", "stats", "ru.po", "--page", "out.html"),
        "models install": ("models", "install", "p.argosmodel"),
        "models remove": ("models", "remove", "--yes", "old"),
    }
    exports: list[tuple[str, tuple[str, ...]]]
    exports = [(f"glossary export {end}", ("glossary", "export", *own, f"out.{end}")) for end in ("csv", "xlsx", "tbx")]
    exports += [
        (f"catalog export {end}", ("catalog", "export", "ru.po", "-o", f"out.{end}")) for end in ("xlsx", "xlf")
    ]
    return tuple(Writer(name, command) for name, command in [*lines.items(), *exports])


WRITERS = _writers()


def environment(folder: Path) -> dict[str, str]:
    """Return the variables that keep all that a command writes in one folder."""
    return {
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "ARGOS_PACKAGES_DIR": str(folder / "argos" / "packages"),
        "TMPDIR": str(folder),
    }


def lay_out(folder: Path, size: int = 0) -> None:
    """Fill a folder with inputs, a memory of a few translations and an installed package; call it in `environment`.

    Args:
        folder: empty, or not there yet.
        size: how much the inputs hold besides what the commands are about: terms, entries, units, paragraphs.
    """
    import docx
    from made_up_engine import MadeUpEngine

    from translate.article import read_article
    from translate.engines.argos.archive import install
    from translate.memory import Memory
    from translate.parallel import render
    from translate.pipeline import translate_article

    folder.mkdir(exist_ok=True)
    for name, content in _texts(size).items():
        (folder / name).write_text(content, encoding="utf-8")
    letter = docx.Document()
    letter.add_heading("Talks fail", 1)
    letter.add_paragraph("The talks failed on Monday.")
    letter.save(str(folder / "story.docx"))
    text = translate_article(read_article(folder / "story.md"), MadeUpEngine())
    (folder / "p.tsv").write_text(str(render(text, "tsv")), encoding="utf-8")
    with Memory(folder / MEMORY) as memory:
        for n in range(6):
            memory.remember(f"Kept {n}.", f"Осталось {n}.")
    package(folder / "old.argosmodel", "old", "kk")
    install(folder / "old.argosmodel")
    package(folder / "p.argosmodel", "en_ru", "en")


def package(path: Path, name: str, source: str) -> None:
    """Write an archive that looks like a package of Argos."""
    with zipfile.ZipFile(path, "w") as archive:
        said = f'{{"from_code": "{source}", "to_code": "ru", "package_version": "1.9"}}'
        archive.writestr(zipfile.ZipInfo(f"{name}/metadata.json"), said)
        archive.writestr(zipfile.ZipInfo(f"{name}/sentencepiece.model"), "x")
        archive.writestr(zipfile.ZipInfo(f"{name}/model/model.bin"), "x")


def state(folder: Path) -> dict[str, Hashable]:
    """Return what every file that a user sees holds; dates do not count, and of a memory its translations do."""
    paths = [path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder))]
    return {
        path.relative_to(folder).as_posix(): _memory(path) if path.suffix == ".sqlite3" else _content(path)
        for path in paths
        if not path.name.endswith(("-wal", "-shm"))
    }


def litter(folder: Path) -> list[str]:
    """Return the names of all that a user has not asked for: hidden files, parts of other files, journals."""
    found = [path.relative_to(folder) for path in folder.rglob("*")]
    return sorted(str(path) for path in found if _is_hidden(path) or path.name.endswith((".part", ".tmp", "-wal")))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _content(path: Path) -> Hashable:
    raw = path.read_bytes()
    if path.name == "tolmach-seal.json":  # sums and times of the files beside it
        return bool(json.loads(raw))
    if not raw.startswith(b"PK"):
        return _DATE.sub(b"", raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return tuple((name, _DATE.sub(b"", archive.read(name))) for name in archive.namelist())
    except zipfile.BadZipFile:
        return raw


def _memory(path: Path) -> Hashable:
    """Read a copy, so that the file itself waits for the next run as the killed one left it."""
    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / "copy"
        for end in ("", "-wal"):
            part = path.with_name(path.name + end)
            if part.exists():
                copy.with_name(copy.name + end).write_bytes(part.read_bytes())
        connection = sqlite3.connect(copy)
        try:
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            return (sound, *(sorted(connection.execute(_ROWS)) if "person" in tables else ()))
        except sqlite3.DatabaseError as error:
            return str(error)
        finally:
            connection.close()


def faults(before: dict[str, Hashable], now: dict[str, Hashable], after: dict[str, Hashable]) -> list[str]:
    """Return the files that are neither as they were nor as they should be.

    Args:
        before, now, after: the `state` of the folder before the command, after it was cut off, and had it not been.
    """
    broken = []
    for name in sorted({*before, *now}):
        was, is_, should = before.get(name), now.get(name), after.get(name)
        if is_ not in (was, should) and not (name == MEMORY and _lies_between(was, is_, should)):
            broken.append(name)
    return broken + [folder for folder in _packages({*before, *now}) if _part_of(now, folder, before, after)]


def _packages(names: set[str]) -> list[str]:
    return sorted({"/".join(name.split("/")[:3]) + "/" for name in names if name.startswith(f"{PACKAGES}/")})


def _part_of(now: dict[str, Hashable], folder: str, *wholes: dict[str, Hashable]) -> bool:
    """Tell that a package is there in part."""
    found, *sound = ({name for name in state_ if name.startswith(folder)} for state_ in (now, *wholes))
    return found not in sound


def _lies_between(was: Hashable, is_: Hashable, should: Hashable) -> bool:
    """Tell whether of a memory nothing is lost that should stay, and nothing is there that nobody put there."""
    if not (isinstance(was, tuple) and isinstance(is_, tuple) and isinstance(should, tuple)):
        return False
    return is_[0] == "ok" and {*was} & {*should} <= {*is_} <= {*was} | {*should}
