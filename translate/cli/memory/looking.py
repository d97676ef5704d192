"""`tolmach memory find, list, stats`: what a memory holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from translate.cli.memory.options import language_options, memory_option, opened_memories, record, show
from translate.cli.options import json_option, print_json
from translate.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translate.memory import Memories, MemoryEntry


@click.command(
    "find",
    help=_(
        "Find translations by people of sentences like TEXT, the likest first, and of those that hold it. Russian TEXT "
        "is looked for among the translations."
        '\n\n\b\nExample:\n  tolmach memory find "The dam was built in 1976."'
    ),
)
@click.argument("text")
@click.option("--least", type=click.IntRange(1, 100), default=60, show_default=True, help=_("Least likeness, in %."))
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help=_("How many."))
@language_options
@memory_option
@json_option
def find_command(
    *, text: str, least: int, limit: int, source: str, target: str, name: str | None, as_json: bool
) -> None:
    """Ask all memories, or the one named."""
    with opened_memories() as memories:
        asked = memories.named(name) if name else memories
        found = asked.alike(text, source, target, least=least / 100, limit=limit, side=_side(text))
        if len(found) < limit:
            known = {(one.entry.memory, one.entry.id) for one in found}
            parts = asked.alike(text, source, target, least=0.9, limit=limit, side=_side(text), part=True)
            found += [one for one in parts if (one.entry.memory, one.entry.id) not in known][: limit - len(found)]
    if as_json:
        print_json([{"likeness": round(one.likeness, 3), **record(one.entry)} for one in found])
        return
    for one in found:
        click.echo(f"{one.likeness * 100:.0f} %  ", nl=False)
        show(one.entry)
    if not found:
        click.echo(_("nothing like it"), err=True)


def _side(text: str) -> str:
    """Tell on which side to look: Cyrillic letters are a translation's."""
    letters = [c for c in text if c.isalpha()]
    return "target" if 2 * sum("\u0400" <= c <= "\u04ff" for c in letters) > len(letters) else "source"


@click.command(
    "list",
    help=_(
        "List translations by people, the oldest first: number, date, author, file and segment, then both texts."
        "\n\n\b\nExamples:\n  tolmach memory list --article story.tsv\n  tolmach memory list --differing"
    ),
)
@click.option("--article", metavar="NAME", help=_("Only from this file."))
@click.option("--by", "author", metavar="NAME", help=_("Only by this author."))
@click.option(
    "--origin", type=click.Choice(["learn", "import", "align", "edit", "before"]), help=_("Only of this kind.")
)
@click.option("--since", metavar="DATE", default="", help=_("Only from this day on: 2026-03-01."))
@click.option("--differing", is_flag=True, help=_("Only sentences with more than one translation; the last one wins."))
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help=_("How many."))
@memory_option
@json_option
def list_command(
    *, article: str | None, author: str | None, origin: str | None, since: str, differing: bool, limit: int,
    name: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Read the memories piece by piece."""
    wanted = {"article": article, "author": author, "origin": origin}
    shown: list[MemoryEntry] = []
    with opened_memories() as memories:
        for entry in _entries(memories, name, differing):
            if entry.made >= since and all(value in (None, getattr(entry, key)) for key, value in wanted.items()):
                shown.append(entry)
                if len(shown) > limit:
                    break
    if as_json:
        print_json([record(entry) for entry in shown[:limit]])
        return
    for entry in shown[:limit]:
        show(entry)
    if len(shown) > limit:
        click.echo(_("more than {limit}: see --limit").format(limit=limit), err=True)


def _entries(memories: Memories, name: str | None, differing: bool) -> Iterator[MemoryEntry]:
    chosen = (memories.named(name),) if name else memories.all
    for memory in chosen:
        yield from memory.differing() if differing else memory.all_entries()


@click.command("stats", help=_("Count what the memories hold.\n\n\b\nExample:\n  tolmach memory stats"))
@memory_option
@json_option
def stats_command(*, name: str | None, as_json: bool) -> None:
    """Count, one memory after the other."""
    from dataclasses import asdict

    with opened_memories() as memories:
        chosen = (memories.named(name),) if name else memories.all
        made = [{"path": str(m.path), "read_only": m.read_only, **asdict(m.stats())} for m in chosen]
    if as_json:
        print_json(made)
        return
    for one in made:
        _print(one)


def _print(one: dict[str, Any]) -> None:
    read_only = " " + _("(read only)") if one["read_only"] else ""
    click.echo(f"{one['path']}{read_only}  {one['size'] / 1e6:.1f} MB")
    line = _("  {corrections} translations by people of {sentences} sentences, {drafts} by engines")
    click.echo(line.format(**one))
    for title, key in ((_("authors"), "authors"), (_("files"), "articles"), (_("engines"), "engines")):
        counts = [f"{name or '—'} {count}" for name, count in list(one[key].items())[:8]]
        if counts:
            more = " …" if len(one[key]) > 8 else ""
            click.echo(f"  {title}: {', '.join(counts)}{more}")
