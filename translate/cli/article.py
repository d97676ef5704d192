"""`tolmach article`: article files into parallel English–Russian text."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.article_files import Plan, Read, format_option, gather, planned, read_input, ready_path, write_output
from translate.cli.failures import Several
from translate.cli.options import (
    bom_option,
    engine_option,
    glob_option,
    glossary_options,
    no_glossary_option,
    print_json,
    quiet_option,
    source_option,
    strict_option,
    target_option,
)
from translate.cli.terminal import draw
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.article import Article
    from translate.config import Style
    from translate.engines import Engine
    from translate.glossary import Glossary
    from translate.parallel import ParallelText


@click.command(
    help=_(
        "Translate article files (.txt, .md, .html, .docx) into parallel English–Russian text."
        "\n\nFILE is a file, a folder (walked), a pattern, or - for standard input; a .tsv, .xlsx, .docx or .jsonl "
        "that tolmach wrote is written again. Without -o the Russian goes to standard output."
        "\n\nThe name of OUT decides. With the language before the ending (story.ru.md, story.ru.html, story.ru.docx) "
        "it is the Russian article alone, laid out as its source; so is .txt. Without it the ending asks for both "
        "languages: .html side by side, .md and .docx a table, .xlsx and .tsv for a spreadsheet, .jsonl everything. "
        "--format says it outright: txt, md, html, docx are the article; page, md-table, docx-table, xlsx, tsv, jsonl "
        "both languages. With several FILEs, OUT is a folder or has {name} in it."
        "\n\n\b\nExamples:\n  tolmach article story.txt\n  tolmach article story.md -o story.html -o story.ru.md\n"
        "  tolmach article news/ -o out/ --format html\n"
        "  tolmach article news/ --glob '*.md' --beside\n"
        "  cat story.txt | tolmach article - -o story.tsv\n"
        "  curl -s https://site.example/dam | tolmach article - -o dam.ru.html"
    )
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("-o", "outs", multiple=True, metavar="OUT", help=_("Where to write; - is standard output. Repeatable."))
@format_option
@click.option(
    "--input-format",
    "form",
    type=click.Choice(("auto", "txt", "md", "html", "docx")),
    default="auto",
    show_default=True,
    help=_("What the files are; auto goes by the ending, and for standard input by how it begins."),
)
@click.option("--beside", is_flag=True, help=_("Write each translation beside its source: story.md, story.ru.md."))
@glob_option
@bom_option
@engine_option
@source_option
@target_option
@glossary_options
@no_glossary_option
@click.option("--no-memory", is_flag=True, help=_("Neither look into the translation memory nor add to it."))
@click.option("--jobs", type=click.IntRange(1), help=_("Processor cores for the engine.  [default: all]"))
@click.option("--report", type=click.Path(path_type=Path), help=_("Write terms, problems and timings to a JSON file."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the report instead of the Russian."))
@strict_option
@click.option("-v", "--verbose", is_flag=True, help=_("Print every problem."))
@quiet_option
def article(
    *,
    files: tuple[Path, ...],
    outs: tuple[str, ...],
    format_: str | None,
    form: str,
    beside: bool,
    pattern: str,
    bom: bool,
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
    say = _Voice(quiet, verbose)
    outs = outs or (() if as_json or report or beside else ("-",))
    plans = planned(gather(files, pattern, target, say.note), outs, format_, target, beside=beside, report=report)
    if jobs:
        os.environ["OMP_NUM_THREADS"] = str(jobs)
    from translate.cli.settings import settings_for
    from translate.pipeline import show

    # everything is read, and what cannot be is refused, before seconds go into loading an engine
    settings = {plan.file: settings_for(plan.file) for plan in plans}
    wanted = {file: found.reading(glossaries, only=only) for file, found in settings.items()}
    terms = {paths: glossary_of(paths, no_glossary, target) for paths in set(wanted.values())}
    several, worst = Several(), 0
    read = _read(plans, source, several, "" if form == "auto" else form)
    for one in read:
        say.left(one)
    reports: list[dict[str, Any]] = []
    houses = tuple(dict.fromkeys(path for found in settings.values() for path in found.memories))
    memories = None if no_memory else houses
    hints = any(found.hints for found in settings.values())
    with ExitStack() as stack:
        ready = None
        for one in read:
            with several.passing():
                began = time.monotonic()
                text = one.parallel
                if one.article is not None:
                    ready = ready or stack.enter_context(_engine(engine, source, target, memories, say, hints=hints))
                    book, style = terms[wanted[one.plan.file]], settings[one.plan.file].style
                    text = _translated(one.article, ready, book, style, target)
                    show(ready, text, [output.path for output in one.plan.outputs])
                assert text is not None
                _write(one.plan, text, several, bom=bom)
                reports.append(_report(one.plan, text, time.monotonic() - began, detailed=bool(report) or as_json))
                say.done(reports[-1], text)
                worst = max(worst, 5 if strict and reports[-1]["problem_count"] else 0)
    if reports:
        _give(reports, report, as_json=as_json)
    return several.code or worst


def _give(reports: Sequence[dict[str, Any]], report: Path | None, *, as_json: bool) -> None:
    if as_json:
        print_json(reports)
    if report:
        from translate.files import write_atomic

        write_atomic(ready_path(report), json.dumps(reports, ensure_ascii=False, indent=1) + "\n")


def _read(plans: Sequence[Plan], source: str, several: Several, form: str) -> list[Read]:
    """Read every file; one that cannot be read is told, and the others go on."""
    read: list[Read] = []
    for plan in plans:
        with several.passing():
            read.append(read_input(plan, source, form))
    return read


def _write(plan: Plan, text: ParallelText, several: Several, *, bom: bool) -> None:
    """Write every output of a file; one that cannot be written is told, and the others are."""
    for output in plan.outputs:
        with several.passing():
            write_output(output, text, bom=bom)


def _translated(story: Article, ready: Engine, book: Glossary, style: Style, target: str) -> ParallelText:
    from translate.pipeline import translate_article

    return translate_article(story, ready, glossary=book, style=style, target_language=target)


def glossary_of(paths: Sequence[Path], none: bool, target: str = "ru") -> Glossary:
    """Load the glossaries of a file, or none; their terms in a target language."""
    from translate.glossary import Glossary

    return Glossary(()) if none else Glossary.load(paths, target)


def _undeclined(target: str) -> str:
    """Return what is not done for a language other than Russian, "" for Russian."""
    from translate.languages import declines

    if declines(target):
        return ""
    return _(
        "into {language}: glossary terms are put in without their case endings and marked; there is no house style, no "
        "confidence, and of the checks those that need no Russian (docs/engines.md)"
    ).format(language=target)


@contextmanager
def _engine(
    name: str, source: str, target: str, memories: Sequence[Path] | None, say: _Voice, *, hints: bool
) -> Iterator[Engine]:
    """Load the engine, with the memories before it; without any, work is remembered for this run only."""
    from translate.memory import open_engine, opened

    with opened(memories or (), own=Path(":memory:") if memories is None else None) as ready:
        loaded = open_engine(name, source, target, ready.own, say.progress, shared=ready.shared, hints=hints)
        say.note(_undeclined(target))
        say.note(loaded.notice)
        if loaded.engine.traits.is_remote:
            say.note(_("the text is sent to another machine to be translated"))
        say.note(ready.notice)
        yield loaded.engine
        say.note(ready.notice)


def _report(plan: Plan, text: ParallelText, seconds: float, *, detailed: bool) -> dict[str, Any]:
    """Say what was done with a file; the single terms and problems only where they are asked for."""
    from translate.files import shown

    problems = list(text.all_problems())
    made: dict[str, Any] = {
        "file": shown(plan.file),
        "outputs": [shown(output.path) for output in plan.outputs if output.path],
        "sentences": len(text.rows),
        "seconds": round(seconds, 2),
        "pin_count": sum(len(row.pins) for row in text.rows),
        "problem_count": len(problems),
        "engines": list(dict.fromkeys(row.engine for row in text.rows if row.engine)),
        "is_draft": text.is_draft,
        "left": list(text.article.left),
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

    def left(self, read: Read) -> None:
        """Name what stays as it is within a story; the first of it, unless all is asked for."""
        texts = read.article.left if read.article is not None else ()
        if self._quiet or not texts:
            return
        from translate.files import shown

        line = ngettext("{n} text within the story stays as it is", "{n} texts within the story stay as they are",
                        len(texts)).format(n=len(texts))  # fmt: skip
        named = texts if self._verbose else texts[:3]
        quoted = "; ".join(f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”" for text in named)
        more = "" if len(named) == len(texts) else " …"
        click.echo(f"{shown(read.plan.file)}: {line}: {quoted}{more}", err=True)

    def progress(self, done: int, total: int) -> None:
        """Draw the progress of one pass of the engine."""
        if not self._watched:
            return
        if done <= self._before or not self._began:
            self._began, self._before = time.monotonic(), done
        rate = (done - self._before) / max(time.monotonic() - self._began, 0.1)
        line = _("{done}/{total} sentences, {rate:.1f} a second").format(done=done, total=total, rate=rate)
        draw(line)
        if done == total:
            self._began = 0.0
            draw("")

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
