"""`tolmach article`: article files into parallel English–Russian text."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.errors import TranslateError
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.engines import Engine
    from translate.glossary import Glossary
    from translate.parallel import ParallelText

_FORMATS = ("html", "md", "txt", "tsv", "jsonl")


@click.command(
    help=_(
        "Translate article files (.txt, .md, .html) into parallel English–Russian text."
        "\n\nWithout -o the Russian goes to standard output. With -o the ending decides: .html side by side, .md a "
        "table, .txt the Russian alone, .tsv for a spreadsheet, .jsonl everything. With several FILEs, OUT is a folder "
        "or has {name} in it."
        "\n\n\b\nExamples:\n  tolmach article story.txt\n  tolmach article story.md -o story.html -o story.tsv\n"
        "  tolmach article news/*.html -o out/ --format tsv\n"
        "  tolmach article news/*.txt -o 'out/{name}.ru.html' --strict"
    )
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("-o", "outs", multiple=True, metavar="OUT", help=_("Where to write; - is standard output. Repeatable."))
@click.option("--format", "format_", type=click.Choice(_FORMATS), help=_("The format, where the ending does not tell."))
@click.option("--engine", default="auto", show_default=True, help=_("auto, argos, draft, or another installed one."))
@click.option("--from", "source", default="en", show_default=True, help=_("The language of the articles."))
@click.option("--to", "target", default="ru", show_default=True, help=_("The language to translate into."))
@click.option(
    "-g", "--glossary", "glossaries", multiple=True, metavar="PATH", type=click.Path(path_type=Path),
    help=_("A glossary file or folder, read after the usual ones. Repeatable; later ones win."),
)  # fmt: skip
@click.option("--only", is_flag=True, help=_("Read the --glossary files alone."))
@click.option("--no-glossary", is_flag=True, help=_("Pin no terms."))
@click.option("--no-memory", is_flag=True, help=_("Neither look into the translation memory nor add to it."))
@click.option("--jobs", type=click.IntRange(1), help=_("Processor cores for the engine.  [default: all]"))
@click.option("--report", type=click.Path(path_type=Path), help=_("Write terms, problems and timings to a JSON file."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the report instead of the Russian."))
@click.option("--strict", is_flag=True, help=_("Exit with 5 if there is any problem to look at."))
@click.option("-v", "--verbose", is_flag=True, help=_("Print every problem."))
@click.option("-q", "--quiet", is_flag=True, help=_("Print nothing but errors."))
def article(
    *,
    files: tuple[Path, ...],
    outs: tuple[str, ...],
    format_: str | None,
    engine: str,
    source: str,
    target: str,
    glossaries: tuple[Path, ...],
    only: bool,
    no_glossary: bool,
    no_memory: bool,
    jobs: int | None,
    report: Path | None,
    as_json: bool,
    strict: bool,
    verbose: bool,
    quiet: bool,
) -> int:
    """Plan, load, translate one file after the other, report."""
    if as_json and ("-" in outs or report == Path("-")):
        raise click.UsageError(_("--json takes standard output: use -o with a file"))
    plans = plan_of(files, outs or (() if as_json or report else ("-",)), format_)
    if jobs:
        os.environ["OMP_NUM_THREADS"] = str(jobs)
    say = _Voice(quiet, verbose)
    from translate.article import read_article
    from translate.cli.settings import settings_for
    from translate.pipeline import show, translate_article

    settings = {plan.file: settings_for(plan.file) for plan in plans}
    wanted = {file: found.reading(glossaries, only=only) for file, found in settings.items()}
    terms = {paths: glossary_of(paths, no_glossary) for paths in set(wanted.values())}
    reports: list[dict[str, Any]] = []
    worst = 0
    houses = tuple(dict.fromkeys(path for found in settings.values() for path in found.memories))
    with _engine(engine, source, target, None if no_memory else houses, say) as ready:
        for plan in plans:
            try:
                began = time.monotonic()
                story = replace(read_article(plan.file), language=source)
                book, style = terms[wanted[plan.file]], settings[plan.file].style
                text = translate_article(story, ready, glossary=book, style=style, target_language=target)
                show(ready, text, [output.path for output in plan.outputs])
                write_plan(plan, text)
                reports.append(_report(plan, text, time.monotonic() - began, detailed=bool(report) or as_json))
                say.done(reports[-1], text)
                worst = max(worst, 5 if strict and reports[-1]["problem_count"] else 0)
            except TranslateError as error:
                if len(plans) == 1:
                    raise
                say.fault(error)
                worst = max(worst, 100 + error.exit_code)
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False, indent=1))
    if report:
        from translate.files import write_atomic

        write_atomic(_ready(report), json.dumps(reports, ensure_ascii=False, indent=1) + "\n")
    return worst - 100 if worst > 100 else worst


@dataclass(frozen=True, slots=True)
class _Output:
    """A place to write: a path, or None for standard output, and the format."""

    path: Path | None
    format: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """A file and where its translation goes."""

    file: Path
    outputs: tuple[_Output, ...]


def plan_of(files: Sequence[Path], outs: Sequence[str], format_: str | None) -> list[_Plan]:
    """Settle every output before any work is done.

    Raises:
        UsageError: two files would be written to one place, or an article would be overwritten.
    """
    from translate.parallel import format_of

    plans = []
    taken = {path.resolve() for path in files}
    for file in files:
        outputs = []
        for out in outs:
            if out == "-":
                outputs.append(_Output(None, format_ or "txt"))
                continue
            if out.endswith(("/", os.sep)) or Path(out).is_dir():
                path = Path(out) / f"{file.stem}.{format_ or 'html'}"
            elif "{name}" in out:
                path = Path(out.replace("{name}", file.stem))
            else:
                path = Path(out)
            if path.resolve() in taken:
                raise click.UsageError(
                    _("{path} would be written over: name a folder, or use {name} in -o").format(
                        path=path, name="{name}"
                    )
                )
            taken.add(path.resolve())
            outputs.append(_Output(path, format_ or format_of(path)))
        plans.append(_Plan(file, tuple(outputs)))
    return plans


def glossary_of(paths: Sequence[Path], none: bool) -> Glossary:
    """Load the glossaries of a file, or none."""
    from translate.glossary import Glossary

    return Glossary(()) if none else Glossary.load(paths)


@contextmanager
def _engine(name: str, source: str, target: str, memories: Sequence[Path] | None, say: _Voice) -> Iterator[Engine]:
    """Load the engine, with the memories before it; without any, work is remembered for this run only."""
    from translate.memory import open_engine, opened

    with opened(memories or (), own=Path(":memory:") if memories is None else None) as ready:
        loaded = open_engine(name, source, target, ready.own, say.progress, shared=ready.shared)
        say.note(loaded.notice)
        say.note(ready.notice)
        yield loaded.engine
        say.note(ready.notice)


def write_plan(plan: _Plan, text: ParallelText) -> None:
    """Write every output of a file."""
    from translate.files import write_atomic
    from translate.parallel import render

    for output in plan.outputs:
        content = render(text, output.format)
        if output.path is None:
            click.echo(content, nl=False)
        else:
            write_atomic(_ready(output.path), content)


def _ready(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _report(plan: _Plan, text: ParallelText, seconds: float, *, detailed: bool) -> dict[str, Any]:
    """Say what was done with a file; the single terms and problems only where they are asked for."""
    problems = list(text.all_problems())
    made: dict[str, Any] = {
        "file": str(plan.file),
        "outputs": [str(output.path) for output in plan.outputs if output.path],
        "sentences": len(text.rows),
        "seconds": round(seconds, 2),
        "pin_count": sum(len(row.pins) for row in text.rows),
        "problem_count": len(problems),
        "engines": list(dict.fromkeys(row.engine for row in text.rows if row.engine)),
        "is_draft": text.is_draft,
    }
    if detailed:
        from translate.parallel.jsonl import pin_out, problem_out

        made["pins"] = [{"segment": row.id, **pin_out(pin)} for row in text.rows for pin in row.pins]
        made["problems"] = [problem_out(problem) for problem in problems]
    return made


class _Voice:
    """What goes to standard error; the progress line only where someone watches."""

    def __init__(self, quiet: bool, verbose: bool) -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._watched = sys.stderr.isatty() and not quiet
        self._said: set[str] = set()
        self._began = 0.0
        self._before = 0

    def note(self, line: str) -> None:
        """Say a thing once."""
        if line and not self._quiet and line not in self._said:
            self._said.add(line)
            click.echo(f"tolmach: {line}", err=True)

    def progress(self, done: int, total: int) -> None:
        """Draw the progress of one pass of the engine."""
        if not self._watched:
            return
        if done <= self._before or not self._began:
            self._began, self._before = time.monotonic(), done
        rate = (done - self._before) / max(time.monotonic() - self._began, 0.1)
        line = _("{done}/{total} sentences, {rate:.1f} a second").format(done=done, total=total, rate=rate)
        click.echo(f"\r\033[K{line}", err=True, nl=False)
        if done == total:
            self._began = 0.0
            click.echo("\r\033[K", err=True, nl=False)

    def done(self, report: dict[str, Any], text: ParallelText) -> None:
        """Sum a file up in one line."""
        if self._quiet:
            return
        rate = report["sentences"] / max(report["seconds"], 0.01)
        count = ngettext("{n} sentence", "{n} sentences", report["sentences"]).format(n=report["sentences"])
        line = _("{file}: {count} in {seconds} s ({rate:.1f} a second), {pins} terms pinned, {problems} to look at")
        filled = line.format(
            file=report["file"], count=count, seconds=report["seconds"], rate=rate,
            pins=report["pin_count"], problems=report["problem_count"],
        )  # fmt: skip
        click.echo(filled, err=True)
        for problem in text.all_problems() if self._verbose else ():
            click.echo(f"  {problem.segment or '-'}: {problem.kind}: {problem.shown}", err=True)

    def fault(self, error: TranslateError) -> None:
        """Say why a file was passed over, and go on."""
        click.echo(f"tolmach: {error}", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
