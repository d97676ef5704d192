"""Files made to cost time or memory: deep nesting, floods, tables without end, archives that unpack to much."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.campaign.targets import ROOT

LONGEST = 10  # seconds of the processor
LARGEST = 500  # megabytes
_PATIENCE = 600  # seconds of the clock: the machine may have other work
_QUICK = f"""
import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
import translate.memory.opening as opening
from made_up_engine import MadeUpEngine
from translate.engines import Loaded
vars(opening)["load_engine"] = lambda *_names: Loaded(MadeUpEngine(), "")
from translate.cli import main
main(sys.argv[1:])
"""
_PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n'
_NAMES = ("source", "target")
_PAGE = "<html><body><article><h1>The talks</h1><p>Some words of it stand here.</p>"
_TMX = '<tmx version="1.4"><header/><body>'
_LAUGH = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
_LAUGH += "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 30)) + "]>"


@dataclass(frozen=True, slots=True)
class Bomb:
    """A hostile file.

    Args:
        name: what is hostile in it.
        file: its name.
        make: returns its content for a size; 1 is full.
        command: what it is given to.
    """

    name: str
    file: str
    make: Callable[[float], bytes]
    command: tuple[str, ...]


def _texts(file: str, command: tuple[str, ...], makers: dict[str, Callable[[Callable[[int], int]], str]]) -> list[Bomb]:
    """Build the bombs that are text; a maker is given the function that scales its numbers."""

    def made(maker: Callable[[Callable[[int], int]], str], size: float) -> bytes:
        return maker(lambda count: max(1, int(count * size))).encode()

    return [
        Bomb(f"{Path(file).suffix} {name}", file, lambda size, maker=maker: made(maker, size), command)  # type: ignore[misc]
        for name, maker in makers.items()
    ]


def bombs() -> Iterator[Bomb]:
    """Yield all of them."""
    outs = ("--no-memory", "--no-glossary", "-o", "out.tsv", "-o", "out.html")
    yield from _texts("a.html", ("article", "a.html", *outs), {
        "blocks in each other": lambda n: _PAGE + "<div>" * n(50_000) + "<p>Text.</p>" + "</div>" * n(50_000),
        "emphasis in itself": lambda n: _PAGE + "<p>So " + "<b>" * n(30_000) + "x" + "</b>" * n(30_000),
        "lists in each other": lambda n: _PAGE + "<ul><li>One" * n(5_000),
        "tables in each other": lambda n: _PAGE + "<table><tr><td>One" * n(5_000),
        "a table": lambda n: _PAGE + "<table>" + ("<tr>" + "<td>cell</td>" * 20 + "</tr>") * n(500) + "</table>",
        "blanks": lambda n: _PAGE + "<p>So" + " " * n(100_000) + "it is.</p>",
        "attributes": lambda n: _PAGE + "<p " + " ".join(f"a{k}='b'" for k in range(n(50_000))) + ">Text.</p>",
        "open tags": lambda n: _PAGE + "<a " * n(50_000),
        "comments": lambda n: _PAGE + "<!-- a" * n(50_000),
        "entities": lambda n: _PAGE + "<p>" + "&amp;" * n(100_000) + "</p>",
        "line breaks": lambda n: _PAGE + "<p>a" + "<br>" * n(50_000) + "</p>",
    })  # fmt: skip
    yield from _texts("a.md", ("article", "a.md", *outs), {
        "quotes in each other": lambda n: "The talks\n\n" + ">" * n(50_000) + " x\n",
        "lists in each other": lambda n: "The talks\n\n" + "\n".join("  " * k + "- a" for k in range(n(800))),
        "emphasis": lambda n: "The talks\n\n" + "*a **a " * n(20_000) + "\n",
        "brackets": lambda n: "The talks\n\n" + "[" * n(50_000) + "a" + "]" * n(50_000) + "\n",
        "pictures": lambda n: "The talks\n\n" + "![" * n(30_000) + "\n",
        "a table": lambda n: "The talks\n\n" + "|a|b|c|\n|-|-|-|\n" + "|one|two|three|\n" * n(3_000),
        "a wide table": lambda n: "The talks\n\n" + "|a" * n(3_000) + "|\n" + "|-" * n(3_000) + "|\n" + "|b" * n(3_000),
        "backticks": lambda n: "The talks\n\n" + "".join("`" * (k % 50 + 1) + "a" for k in range(n(10_000))),
        "references": lambda n: "The talks\n\n" + "".join(f"[a{k}]: /b\n" for k in range(n(20_000))) + "[a1]\n",
        "tags": lambda n: "The talks\n\n" + "<b>" * n(30_000) + "x\n",
        "front matter": lambda n: "---\na: " + "[" * n(20_000) + "\n---\nThe talks\n\nText.\n",
        "aliases": lambda n: "---\na0: &a0 [x]\n"
        + "".join(f"a{k}: &a{k} [*a{k - 1}, *a{k - 1}]\n" for k in range(1, n(40))) + "---\nThe talks\n\nText.\n",
    })  # fmt: skip
    yield from _texts("a.txt", ("article", "a.txt", *outs), {
        "one sentence": lambda n: "The talks\n\n" + "the president met officials in Osh and " * n(2_600),
        "marks over a letter": lambda n: "The talks\n\nThe na" + "\u0301" * n(100_000) + "me is here.\n",
        "one word": lambda n: "The talks\n\n" + "a" * n(1_000_000),
        "full stops": lambda n: "The talks\n\n" + "A." * n(50_000),
        "quotes": lambda n: "The talks\n\n" + '"' * n(50_000),
        "figures": lambda n: "The talks\n\n" + "1," * n(50_000),
    })  # fmt: skip
    yield from _structured()
    yield from _packed(outs)


def _structured() -> Iterator[Bomb]:
    for tool in ("glossary", "memory"):
        yield from _tmx((tool, "import", "a.tmx"))
    yield from _texts("a.tbx", ("glossary", "import", "a.tbx"), {
        "entities": lambda n: f"{_LAUGH}<martif type='TBX'><text><body><p>&a{n(29)};</p></body></text></martif>",
        "entries in each other": lambda n: "<martif type='TBX'><text><body>" + "<termEntry>" * n(50_000)
        + "</termEntry>" * n(50_000) + "</body></text></martif>",
    })  # fmt: skip
    yield from _xliff(("catalog", "import", "c.po", "a.xlf"))
    yield from _xliff(("render", "a.xlf", "--no-memory", "-o", "out.txt"))
    yield from _catalog(("catalog", "check", "a.po"))
    yield from _catalog(("catalog", "compile", "a.po"))
    yield from _catalog(("catalog", "fill", "a.po", "--engine", "none", "--no-memory"))
    yield from _texts("a.csv", ("glossary", "import", "a.csv"), {
        "equal columns": lambda n: "source,target" + ",x" * n(20_000) + "\na,б\n",
        "columns": lambda n: "source,target\n" + "a,б" + ",x" * n(200_000) + "\n",
        "quotes": lambda n: 'source,target\n"' + "a,б\n" * n(50_000),
    })  # fmt: skip
    yield from _texts("a.jsonl", ("check", "a.jsonl"), {"lists in each other": lambda n: "[" * n(500_000)})
    yield from _texts("tolmach.toml", ("article", "s.txt", "--no-memory", "-o", "out.txt"), {
        "lists in each other": lambda n: "x = " + "[" * n(5_000) + "]" * n(5_000),
    })  # fmt: skip
    yield from _texts("a.json", ("catalog", "extract", "a.json", "-o", "out.pot"), {
        "objects in each other": lambda n: '{"a":' * n(100_000) + "1",
    })  # fmt: skip


def _tmx(command: tuple[str, ...]) -> list[Bomb]:
    who, end = command[0], "</body></tmx>"
    seg, target = '<tu><tuv xml:lang="en"><seg>', '</seg></tuv><tuv xml:lang="ru"><seg>я</seg></tuv></tu>'
    return _texts("a.tmx", command, {
        f"entities, {who}": lambda n: f"{_LAUGH}{_TMX}{seg}&a{n(29)};{target}{end}",
        f"units in each other, {who}": lambda n: _TMX + "<tu>" * n(50_000) + "</tu>" * n(50_000) + end,
        f"marks in each other, {who}": lambda n: f"{_TMX}{seg}{'<hi>' * n(50_000)}x{'</hi>' * n(50_000)}{target}{end}",
    })  # fmt: skip


def _xliff(command: tuple[str, ...]) -> list[Bomb]:
    head = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
    head += '<file original="a" source-language="en" target-language="ru"><body>'
    unit, end, who = '<trans-unit id="1"><source>a</source><target>', "</body></file></xliff>", command[0]
    return _texts("a.xlf", command, {
        f"entities, {who}": lambda n: f"{_LAUGH}{head}{unit}&a{n(29)};</target></trans-unit>{end}",
        f"groups in each other, {who}": lambda n: head + "<group>" * n(20_000) + "</group>" * n(20_000) + end,
        f"marks in each other, {who}": lambda n: head + unit + "<g id='1'>" * n(20_000) + "x" + "</g>" * n(20_000)
        + "</target></trans-unit>" + end,
    })  # fmt: skip


def _catalog(command: tuple[str, ...]) -> list[Bomb]:
    forms, who = "".join(f'msgstr[{n}] "в"\n' for n in range(3)), command[1]
    plural = f'msgid "a"\nmsgid_plural "b"\n{forms}'
    return _texts("a.po", command, {
        f"one entry, {who}": lambda n: f'{_PO}\nmsgid "{"one <b> %s, 5 " * n(50_000)}"\nmsgstr "один"\n',
        f"plural forms, {who}": lambda n: _PO + '\nmsgid "a"\nmsgid_plural "b"\n'
        + "".join(f'msgstr[{k}] "в"\n' for k in range(n(50_000))),
        f"a formula, {who}": lambda n: f'{_PO}"Plural-Forms: nplurals=3; plural={"(" * n(20_000)}n;\\n"\n\n{plural}',
        f"a number, {who}": lambda n: f'{_PO}"Plural-Forms: nplurals={"9" * n(20)}; plural=n*n*n;\\n"\n\n{plural}',
        f"comments, {who}": lambda n: _PO + "\n" + "# a\n" * n(100_000) + 'msgid "a"\nmsgstr "б"\n',
    })  # fmt: skip


def _blown_up(archive: zipfile.ZipFile, name: str, data: str, megabytes: int) -> None:
    """Write a member with so many blanks behind it, piece by piece: a child's memory is counted from its parent's."""
    with archive.open(name, "w") as member:
        member.write(data.encode())
        for _ in range(megabytes):
            member.write(b" " * (1 << 20))


def _packed(outs: tuple[str, ...]) -> Iterator[Bomb]:
    rows = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def sheet(cells: str, blanks: int = 0) -> bytes:
        import openpyxl

        plain, made = io.BytesIO(), io.BytesIO()
        openpyxl.Workbook().save(plain)
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = f'<worksheet xmlns="{rows}"><sheetData>{cells}</sheetData></worksheet>'
                if name == "xl/worksheets/sheet1.xml":
                    _blown_up(new, name, data, blanks)
                else:
                    new.writestr(name, old.read(name))
        return made.getvalue()

    def far(column: str, count: int) -> str:
        return "".join(f'<row r="{k}"><c r="{column}{k}"><v>1</v></c></row>' for k in range(1, count))

    named = (
        f'<c r="{place}1" t="inlineStr"><is><t>{name}</t></is></c>' for place, name in zip("AB", _NAMES, strict=True)
    )
    head = f'<row r="1">{"".join(named)}</row>'
    take = ("glossary", "import", "a.xlsx")
    yield Bomb(".xlsx a last row", "a.xlsx", lambda n: sheet(f'{head}<row r="{int(1_048_576 * n)}"/>'), take)
    yield Bomb(".xlsx last columns", "a.xlsx", lambda n: sheet(far("XFD", int(20_000 * n))), take)
    yield Bomb(".xlsx far columns", "a.xlsx", lambda n: sheet(far("ZY", int(20_000 * n))), take)
    yield Bomb(".xlsx a last cell", "a.xlsx", lambda n: sheet(head + far("XFD", 3)), take)
    yield Bomb(".xlsx zeros", "a.xlsx", lambda n: sheet("", int(600 * n)), take)

    yield from _letters(outs)

    def archive(metadata: str, blanks: int = 0) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            _blown_up(new, "en_ru/metadata.json", metadata, blanks)
            for name in ("sentencepiece.model", "model/model.bin"):
                new.writestr(f"en_ru/{name}", "x")
        return made.getvalue()

    install = ("models", "install", "a.argosmodel")
    yield Bomb("package, deep metadata", "a.argosmodel", lambda n: archive("[" * int(300_000 * n)), install)
    yield Bomb("package, large metadata", "a.argosmodel", lambda n: archive("{}", int(600 * n)), install)


def _letters(outs: tuple[str, ...]) -> Iterator[Bomb]:
    def letter(body: str, blanks: int = 0) -> bytes:
        import docx

        plain, made = io.BytesIO(), io.BytesIO()
        docx.Document().save(plain)
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = f"<w:document {space}><w:body>{body}</w:body></w:document>"
                if name == "word/document.xml":
                    _blown_up(new, name, data, blanks)
                else:
                    new.writestr(name, old.read(name))
        return made.getvalue()

    text = "<w:p><w:r><w:t>The talks failed.</w:t></w:r></w:p>"
    table = "<w:tbl><w:tr><w:tc>"
    row = f"<w:tr>{f'<w:tc>{text}</w:tc>' * 20}</w:tr>"
    read = ("article", "a.docx", *outs)
    yield Bomb(".docx tables in each other", "a.docx", lambda n: letter(text + table * int(5_000 * n)), read)
    yield Bomb(".docx a table", "a.docx", lambda n: letter(f"{text}<w:tbl>{row * int(400 * n)}</w:tbl>"), read)
    run = "<w:r><w:t>a </w:t></w:r>"
    yield Bomb(".docx runs", "a.docx", lambda n: letter(f"<w:p>{run * int(20_000 * n)}</w:p>"), read)
    yield Bomb(".docx zeros", "a.docx", lambda n: letter(text, int(600 * n)), read)


def beside(folder: Path) -> None:
    """Lay the files into a folder that commands need beside the hostile one."""
    (folder / "c.po").write_text(_PO + '\nmsgid "a"\nmsgstr ""\n', encoding="utf-8")
    (folder / "s.txt").write_text("Title\n\nThe dam is old.\n", encoding="utf-8")


@dataclass(slots=True)
class Exploded:
    """What came of one file.

    Args:
        seconds: of the processor.
        megabytes: of memory at most.
    """

    name: str
    seconds: float
    megabytes: int
    code: int
    failures: list[str] = field(default_factory=list)


def explode(folder: Path, only: str = "") -> Iterator[Exploded]:
    """Give each to its command in a process of its own, and measure it."""
    beside(folder)
    for bomb in bombs():
        if not bomb.name.startswith(only):
            continue
        path = folder / bomb.file
        path.write_bytes(bomb.make(1))
        process = subprocess.Popen(
            [sys.executable, "-c", _QUICK, *bomb.command],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env={**os.environ, "XDG_DATA_HOME": str(folder / "data"), "ARGOS_PACKAGES_DIR": str(folder / "argos/p")},
        )  # fmt: skip
        stop = threading.Timer(_PATIENCE, process.kill)
        stop.start()
        assert process.stderr is not None
        said = process.stderr.read().decode(errors="replace")
        _pid, status, used = os.wait4(process.pid, 0)
        stop.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = used.ru_utime + used.ru_stime
        result = Exploded(bomb.name, seconds, used.ru_maxrss >> 10, process.returncode)
        if seconds > LONGEST or process.returncode == -signal.SIGKILL:
            result.failures.append(f"{seconds:.0f} seconds")
        if result.megabytes > LARGEST:
            result.failures.append(f"{result.megabytes} MB")
        if process.returncode == 6 or process.returncode < 0 or "Traceback" in said:
            result.failures.append(said.strip()[-200:])
        path.unlink()
        yield result
