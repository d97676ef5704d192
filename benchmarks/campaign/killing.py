"""Kills at random moments and writers at once: nothing half-written, nothing lost, nothing left over."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

_RUN = (sys.executable, "-m", "translate")
_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n\n'


@dataclass(slots=True)
class Kills:
    """What came of the kills of one command."""

    name: str
    tries: int = 0
    killed: int = 0
    failures: list[str] = field(default_factory=list)


def kills(folder: Path, tries: int, seed: int) -> list[Kills]:
    """Kill every writer so many times at random moments of its run."""
    rng = random.Random(seed)
    rows = "".join(f"term{n:05d}\tтермин {n}\n" for n in range(5000))
    (folder / "g.tsv").write_text("source\ttarget\n" + rows, encoding="utf-8")
    entries = "".join(f'msgid "text number {n}"\nmsgstr "текст {n}"\n\n' for n in range(2000))
    (folder / "ru.po").write_text(_HEAD + entries, encoding="utf-8")
    done = []
    for name, command, file, whole in (
        ("glossary add", ("glossary", "add", "-g", "g.tsv", "new{n}", "новый"), "g.tsv", _is_glossary),
        ("catalog update", ("catalog", "update", "ru.po", "m{n}.pot"), "ru.po", _is_catalog),
        ("catalog compile", ("catalog", "compile", "ru.po", "-o", "ru.mo"), "ru.mo", _is_compiled),
    ):
        result = Kills(name)
        began = time.monotonic()
        _finished(folder, command, 0)
        usual = time.monotonic() - began
        for n in range(1, tries + 1):
            _template(folder, n)
            result.tries += 1
            result.killed += _killed(folder, command, n, rng.uniform(0.3, 1.05) * usual)
            if (folder / file).exists() and not whole(folder / file):
                result.failures.append(f"try {n}: {file} is not whole")
        _template(folder, tries + 1)
        if fault := _finished(folder, command, tries + 1):
            result.failures.append(f"the run after: {fault}")
        left = [path.name for path in folder.iterdir() if path.name.startswith(".")]
        result.failures += [f"left over: {name}" for name in left]
        done.append(result)
    return done


def writers(folder: Path, rounds: int) -> Kills:
    """Add terms to one file from four processes at once, two of them by a link."""
    result = Kills("glossary add ×4")
    (folder / "link.tsv").symlink_to("w.tsv")
    for n in range(rounds):
        names = [(f"a{n}x{k}", "w.tsv" if k % 2 else "link.tsv") for k in range(4)]
        running = [
            subprocess.Popen([*_RUN, "glossary", "add", "-g", file, name, "я"], cwd=folder, stderr=subprocess.DEVNULL)
            for name, file in names
        ]
        codes = [process.wait() for process in running]
        text = (folder / "w.tsv").read_text(encoding="utf-8")
        result.tries += 4
        result.failures += [f"{name} is lost" for name, _file in names if f"{name}\t" not in text]
        result.failures += [f"exit code {code}" for code in codes if code]
    return result


def _template(folder: Path, n: int) -> None:
    for old in folder.glob("m*.pot"):
        old.unlink()
    text = "".join(
        f'msgid "text number {k}{" changed" if (k + n) % 9 == 0 else ""}"\nmsgstr ""\n\n' for k in range(2000)
    )
    (folder / f"m{n}.pot").write_text(_HEAD + text, encoding="utf-8")


def _started(folder: Path, command: tuple[str, ...], n: int) -> subprocess.Popen[str]:
    _template(folder, n)
    args = [*_RUN, *(word.format(n=n) for word in command)]
    return subprocess.Popen(args, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _killed(folder: Path, command: tuple[str, ...], n: int, after: float) -> bool:
    with _started(folder, command, n) as process:
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return True
    return False


def _finished(folder: Path, command: tuple[str, ...], n: int) -> str:
    with _started(folder, command, n) as process:
        err = process.communicate()[1]
        return err[-200:] if process.returncode not in (0, 5) else ""


def _is_glossary(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return text.count("term0") == 5000 and text.endswith("\n") and all("\t" in line for line in text.splitlines())


def _is_catalog(path: Path) -> bool:
    from translate.catalog import parse
    from translate.errors import CatalogError

    try:
        return len(parse(path.read_bytes()).messages) == 2000
    except CatalogError:
        return False


def _is_compiled(path: Path) -> bool:
    import gettext

    try:
        with path.open("rb") as file:
            gettext.GNUTranslations(file)
    except Exception:
        return False
    return True
