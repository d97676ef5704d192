"""`tolmach memory edit, forget, compact`: what changes a memory."""

from __future__ import annotations

import click

from translate.cli.memory.options import author_of, author_option, memory_option, opened_memory, show
from translate.messages import _, ngettext


@click.command(
    "edit",
    help=_(
        "Change the translation with this number, as `list` and `find` show it."
        '\n\n\b\nExample:\n  tolmach memory edit 12 "Плотину построили в 1976 году."'
    ),
)
@click.argument("number", type=int)
@click.argument("text")
@author_option
@memory_option
def edit_command(*, number: int, text: str, author: str | None, name: str | None) -> None:
    """Change one entry, and show it."""
    from translate.memory.learning import clean

    target = clean(text)
    if not target:
        raise click.BadParameter(
            _("an empty translation: to delete one use `tolmach memory forget`"), param_hint="TEXT"
        )
    with opened_memory(name, writing=True) as memory:
        entry = memory.edit(number, target, author_of(author))
        if entry is None:
            raise click.BadParameter(_("there is no translation {n}").format(n=number), param_hint="NUMBER")
        show(entry)


@click.command(
    "forget",
    help=_(
        "Delete translations for good: by their numbers, or all from one file."
        "\n\n\b\nExamples:\n  tolmach memory forget 12 13\n  tolmach memory forget --article story.tsv"
    ),
)
@click.argument("numbers", nargs=-1, type=int, metavar="NUMBER...")
@click.option("--article", metavar="NAME", help=_("All from this file."))
@memory_option
def forget_command(*, numbers: tuple[int, ...], article: str | None, name: str | None) -> None:
    """Find all of them before the first is deleted."""
    if bool(numbers) == (article is not None):
        raise click.UsageError(_("say which: numbers, or --article"))
    with opened_memory(name, writing=True) as memory:
        found = [entry for number in numbers if (entry := memory.entry(number))]
        if missing := sorted(set(numbers) - {entry.id for entry in found}):
            raise click.BadParameter(_("there is no translation {n}").format(n=missing[0]), param_hint="NUMBER")
        if article is not None:
            found = [entry for entry in memory.all_entries() if entry.article == article]
        memory.forget(found)
    message = ngettext("{n} translation forgotten", "{n} translations forgotten", len(found))
    click.echo(message.format(n=len(found)))


@click.command(
    "compact",
    help=_(
        "Put a memory's file in order and give back the space that is free in it. What people translated stays."
        "\n\n\b\nExample:\n  tolmach memory compact"
    ),
)
@click.option(
    "--only-engine", "engines", multiple=True, metavar="SIGNATURE",
    help=_("Delete what other engines made; see `tolmach memory stats --json`. Repeatable."),
)  # fmt: skip
@memory_option
def compact_command(*, engines: tuple[str, ...], name: str | None) -> None:
    """Compact, and say what it brought."""
    with opened_memory(name, writing=True) as memory:
        before = memory.path.stat().st_size if memory.path.exists() else 0
        gone = memory.compact(engines or None)
        after = memory.path.stat().st_size
    message = _("{path}: {before:.1f} MB → {after:.1f} MB, {n} engine translations deleted")
    click.echo(message.format(path=memory.path, before=before / 1e6, after=after / 1e6, n=gone))
