"""`tolmach render`: an edited parallel text in any format, without translating."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.article_files import Input, format_option, planned, write_output
from translate.cli.options import glossary_options, quiet_option, strict_option
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.parallel import ParallelText


@click.command(
    help=_(
        "Write a parallel text that an editor has changed in any format, without translating.\n\n"
        "Terms, numbers, quotes and house style are looked at in the changed sentences too; what is found is a problem "
        "beside them, and their text is never changed."
        "\n\n\b\nExample:\n  tolmach render story.tsv -o story.ru.html -o story.ru.txt"
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "outs", multiple=True, metavar="OUT", help=_("Where to write; - is standard output. Repeatable."))
@format_option
@glossary_options
@click.option("--no-glossary", is_flag=True, help=_("Look for no terms."))
@click.option("--no-memory", is_flag=True, help=_("Take every sentence for changed: nobody knows which are."))
@strict_option
@click.option("-v", "--verbose", is_flag=True, help=_("Print every problem."))
@quiet_option
def render(
    *, file: Path, outs: tuple[str, ...], format_: str | None, glossaries: tuple[Path, ...], only: bool,
    no_glossary: bool,
    no_memory: bool, strict: bool, verbose: bool, quiet: bool,
) -> int:  # fmt: skip
    """Read, look at it again, write."""
    from translate.cli.article import glossary_of
    from translate.cli.settings import settings_for
    from translate.parallel import read_parallel
    from translate.pipeline import reexamine

    text = read_parallel(file)
    [plan] = planned([Input(file)], outs or ("-",), format_, text.target_language, beside=False)
    settings = settings_for(file)
    changed = {row.id for row in text.rows} if no_memory else _changed(file, text)
    glossary = glossary_of(settings.reading(glossaries, only=only), no_glossary, text.target_language)
    unproven = {row.id for row in text.rows if not row.engine}  # a person's, or of a table that does not hold proofs
    done = reexamine(text, changed | unproven, glossary=glossary, style=settings.style)
    for output in plan.outputs:
        write_output(output, done)
    problems = list(done.all_problems())
    if not quiet:
        count = ngettext("{n} problem to look at", "{n} problems to look at", len(problems)).format(n=len(problems))
        click.echo(_("{file}: {sentences} sentences, {changed} changed, {count}").format(
            file=file, sentences=len(done.rows), changed=len(changed), count=count), err=True)  # fmt: skip
        for problem in problems if verbose else ():
            click.echo(f"  {problem.segment or '-'}: {problem.kind}: {problem.shown}", err=True)
    return 5 if strict and problems else 0


def _changed(file: Path, text: ParallelText) -> set[str]:
    """Return the rows that do not stand as they were written out; where that is not known, all."""
    from translate.cli.memory.options import opened_memories
    from translate.memory import Shown

    pair = (text.source_language, text.target_language)
    with opened_memories() as memories:
        return {
            row.id for row in text.rows if not memories.own.was_shown(Shown(row.source, row.target, file.name), *pair)
        }
