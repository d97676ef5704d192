"""`tolmach align`: a published edition and its source as parallel text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.article_files import Input, Plan, format_option, planned, write_output
from translate.cli.memory.options import author_of, author_option, memory_option, opened_memories, opened_memory
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.bitext import Pairing, Tally
    from translate.parallel import ParallelText, Row


@click.command(
    help=_(
        "Lay a published Russian article beside its English source, sentence by sentence.\n\n"
        "EN and RU are two articles, or two folders of them, or EN alone is a folder of both: articles are paired by "
        "their names (story.md, story.ru.md), else by the names, figures and words inside. What the edition joined, "
        "split, left out, added or moved is found and marked; doubtful pairs say so. The ending of OUT decides the "
        "format, as in tolmach article; with folders OUT is a folder."
        "\n\n\b\nExamples:\n  tolmach align story.md story.ru.html -o story.tsv\n"
        "  tolmach align english/ russian/ -o aligned/ --format tsv\n  tolmach align archive/ --learn"
    )
)
@click.argument("en", type=click.Path(exists=True, path_type=Path))
@click.argument("ru", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("-o", "outs", multiple=True, metavar="OUT", help=_("Where to write; - is standard output. Repeatable."))
@format_option
@click.option("--sure", type=click.FloatRange(0, 1), default=0.0, help=_("Leave out pairs less sure than this."))
@click.option(
    "--learn", is_flag=True,
    help=_("Keep the pairs in the memory as a person's: those at least 90 % sure, or as sure as --sure says."),
)  # fmt: skip
@author_option
@memory_option
@click.option("--json", "as_json", is_flag=True, help=_("Print the counts as JSON."))
@click.option("-v", "--verbose", is_flag=True, help=_("Print every row that is no plain pair."))
def align(
    *, en: Path, ru: Path | None, outs: tuple[str, ...], format_: str | None, sure: float, learn: bool,
    author: str | None, name: str | None, as_json: bool, verbose: bool,
) -> int:  # fmt: skip
    """Pair, lay side by side, write, learn, count."""
    from translate.bitext import Tally, align_articles

    if as_json and "-" in outs:
        raise click.UsageError(_("--json takes standard output: use -o with a file"))
    pairing = _pairing(en, ru)
    wanted = outs or (() if as_json or learn else ("-",))
    sources = [Input(couple.source.path) for couple in pairing.couples]
    plans = planned(sources, wanted, format_ or ("md-table" if "-" in wanted else None), "ru", beside=False)
    _keep_editions(pairing, plans)
    reports: list[_Report] = []
    texts = []
    for couple, plan in zip(pairing.couples, plans, strict=True):
        text = _kept(align_articles(couple.source, couple.target), sure)
        for output in plan.outputs:
            write_output(output, text)
        texts.append(text)
        reports.append(_Report(str(couple.source.path), str(couple.target.path), couple.likeness, Tally.of(text)))
        if not as_json:
            _say(reports[-1], text, verbose=verbose)
    if learn:
        _learn(pairing, texts, sure or 0.9, author, name)
    _conclude(pairing, reports, as_json=as_json)
    return 0 if reports else 3


def _pairing(en: Path, ru: Path | None) -> Pairing:
    from translate.article import read_article
    from translate.bitext import Couple, Pairing, pair_files

    if ru is not None and en.is_dir() != ru.is_dir():
        raise click.UsageError(_("EN and RU are two articles or two folders"))
    if ru is None and not en.is_dir():
        raise click.UsageError(_("give the Russian article too; EN alone must be a folder"))
    if ru is None or en.is_dir():
        return pair_files(en, ru)
    return Pairing((Couple(read_article(en), read_article(ru), 1.0),), ())


def _keep_editions(pairing: Pairing, plans: Sequence[Plan]) -> None:
    """Refuse to write over a Russian article."""
    editions = {couple.target.path.resolve() for couple in pairing.couples}
    for output in (output for plan in plans for output in plan.outputs):
        if output.path and output.path.resolve() in editions:
            message = _("{path} would be written over: name a folder, or use {name} in -o")
            raise click.UsageError(message.format(path=output.path, name="{name}"))


def _learn(pairing: Pairing, texts: Sequence[ParallelText], sure: float, author: str | None, name: str | None) -> None:
    """Keep the sure pairs; a pair that an editor taught already is not learnt twice."""
    from translate.memory import Taught, Teacher, learn, pair_up

    with opened_memories() as memories, opened_memory(name, writing=True) as kept:
        for couple, text in zip(pairing.couples, texts, strict=True):
            every = pair_up([Taught(row.source, row.target, row.id) for row in text.rows if row.source])
            pairs = {row.id for row in text.rows if row.target and (row.score or 0.0) >= sure and _is_whole(row)}
            teacher = Teacher(couple.target.path.name, author_of(author), "align")
            lesson = learn(kept, [one for one in every if one.segment in pairs], teacher, own=memories.own, every=True)
            count = len(lesson.learnt)
            learnt = ngettext("{n} sentence learnt", "{n} sentences learnt", count).format(n=count)
            line = _("{file}: {learnt}, {n} unchanged")
            click.echo(line.format(file=couple.target.path, learnt=learnt, n=lesson.unchanged), err=True)


def _is_whole(row: Row) -> bool:
    """Tell a row that holds all of its Russian and nothing but: no part of a sentence over two paragraphs."""
    return not any(problem.kind in ("joined", "doubtful") for problem in row.problems)


@dataclass(frozen=True, slots=True)
class _Report:
    source: str
    target: str
    likeness: float
    rows: Tally


def _kept(text: ParallelText, sure: float) -> ParallelText:
    from dataclasses import replace

    if not sure:
        return text
    rows = tuple(row for row in text.rows if row.source and row.target and (row.score or 0.0) >= sure)
    return replace(text, rows=rows)


def _say(report: _Report, text: ParallelText, *, verbose: bool) -> None:
    rows = report.rows
    line = _(
        "{source} + {target}: {pairs} pairs, {left_out} left out, {added} added, {moved} moved, {doubtful} doubtful"
    )
    filled = line.format(
        source=report.source, target=report.target, pairs=rows.pairs, left_out=rows.left_out, added=rows.added,
        moved=rows.moved, doubtful=rows.doubtful,
    )  # fmt: skip
    click.echo(filled, err=True)
    for row in text.rows if verbose else ():
        for problem in row.problems:
            click.echo(f"  {row.id}: {problem.kind}: {problem.shown}\n    {row.source}\n    {row.target}", err=True)


def _conclude(pairing: Pairing, reports: Sequence[_Report], *, as_json: bool) -> None:
    if as_json:
        made = {"couples": [asdict(report) for report in reports], "alone": [str(path) for path in pairing.alone]}
        click.echo(json.dumps(made, ensure_ascii=False, indent=1))
        return
    if pairing.alone:
        count = len(pairing.alone)
        line = ngettext("{n} article has no counterpart:", "{n} articles have no counterpart:", count)
        click.echo(line.format(n=count), err=True)
        for path in pairing.alone:
            click.echo(f"  {path}", err=True)
