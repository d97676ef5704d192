"""`tolmach memory learn`: an edited parallel text's changes, kept as a person's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.memory.options import author_of, author_option, memory_option, opened_memories, opened_memory, record
from translate.cli.options import FOUND, json_option, print_json
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.memory import Lesson


@click.command(
    "learn",
    help=_(
        "Learn from parallel texts that an editor has changed: every changed sentence is kept as a person's, and wins "
        "over every engine from now on.\n\n"
        "What stands as tolmach wrote it is left to the engine. A file that was made on another machine or with "
        "--no-memory says nothing of what was changed in it: --all takes every sentence of it. Two corrections of one "
        "sentence are both kept and listed; the later wins."
        "\n\n\b\nExample:\n  tolmach memory learn story.tsv"
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--all", "every", is_flag=True, help=_("Take the sentences that were not changed, too."))
@click.option("--from", "source", metavar="CODE", help=_("The language translated from.  [default: as the file says]"))
@click.option("--to", "target", metavar="CODE", help=_("The language translated into.  [default: as the file says]"))
@author_option
@memory_option
@json_option
@click.pass_context
def learn_command(
    ctx: click.Context, *, files: tuple[Path, ...], every: bool, source: str | None, target: str | None,
    author: str | None, name: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Read every file before the first is learnt, then learn one after the other."""
    from translate.memory import Taught, Teacher, learn, pair_up
    from translate.parallel import read_parallel

    texts = [(file, read_parallel(file)) for file in files]
    reports: list[dict[str, Any]] = []
    with opened_memories() as memories, opened_memory(name, writing=True) as kept:
        for file, text in texts:
            rows = pair_up([Taught(row.source, row.target, row.id, row.engine) for row in text.rows])
            pair = (source or text.source_language, target or text.target_language)
            teacher = Teacher(file.name, author_of(author), "learn", *pair)
            lesson = learn(kept, rows, teacher, own=memories.own, every=every)
            reports.append(_report(file, lesson))
            if not as_json:
                _say(file, lesson)
    if as_json:
        print_json(reports)
    ctx.exit(FOUND if any(report["unknown"] for report in reports) else 0)


def _report(file: Path, lesson: Lesson) -> dict[str, Any]:
    return {
        "file": str(file),
        "learnt": [record(entry) for entry in lesson.learnt],
        "differing": [{"new": record(two.new), "old": record(two.old)} for two in lesson.differing],
        "unchanged": lesson.unchanged,
        "unknown": lesson.unknown,
        "empty": lesson.empty,
    }


def _say(file: Path, lesson: Lesson) -> None:
    learnt = ngettext("{n} sentence learnt", "{n} sentences learnt", len(lesson.learnt)).format(n=len(lesson.learnt))
    click.echo(_("{file}: {learnt}, {n} unchanged").format(file=file, learnt=learnt, n=lesson.unchanged))
    for two in lesson.differing:
        click.echo(_("  {segment}: corrected before: {source}").format(segment=two.new.segment, source=two.new.source))
        old = " ".join(filter(None, [two.old.made[:10], two.old.author, two.old.article]))
        click.echo(f"    {old}: {two.old.target}\n    {_('now')}: {two.new.target}")
    if lesson.empty:
        click.echo(_("  without a translation: {segments}").format(segments=", ".join(lesson.empty)), err=True)
    if lesson.unknown:
        message = ngettext(
            "  {n} sentence was not written out by this memory, so nobody knows whether it was changed: "
            "--all takes every sentence",
            "  {n} sentences were not written out by this memory, so nobody knows whether they were changed: "
            "--all takes every sentence",
            len(lesson.unknown),
        )
        click.echo(message.format(n=len(lesson.unknown)), err=True)
