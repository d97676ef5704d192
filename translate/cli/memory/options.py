"""Which memory, whose name, which languages: options that several commands share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from translate.cli.options import F
from translate.messages import _

if TYPE_CHECKING:
    from translate.memory import Memories, Memory, MemoryEntry


def memory_option(command: F) -> F:
    """Add --memory, passed on as `name`."""
    return click.option(
        "--memory", "name", metavar="NAME", help=_("One of the settings' memories by its name, or a file.")
    )(command)


def author_option(command: F) -> F:
    """Add --author, passed on as `author`."""
    return click.option("--author", metavar="NAME", help=_("Whose work it is.  [default: author of the settings]"))(
        command
    )


def language_options(command: F) -> F:
    """Add --from and --to, passed on as `source` and `target`."""
    command = click.option("--to", "target", metavar="CODE", default="ru", show_default=True,
                           help=_("The language translated into."))(command)  # fmt: skip
    return click.option("--from", "source", metavar="CODE", default="en", show_default=True,
                        help=_("The language translated from."))(command)  # fmt: skip


@contextmanager
def opened_memories() -> Iterator[Memories]:
    """Open the memories of the settings that hold here, and the user's own; say what went wrong with them."""
    from translate import config
    from translate.memory import opened

    with opened(config.load().memories) as memories:
        try:
            yield memories
        finally:
            if memories.notice:
                click.echo(f"tolmach: {memories.notice}", err=True)


@contextmanager
def opened_memory(name: str | None, *, writing: bool = False) -> Iterator[Memory]:
    """Open one memory: of this name, or a file; the one that corrections go to where none is named.

    Raises:
        EngineError: there is none of that name, or it is to be written and cannot be.
    """
    from translate.errors import EngineError

    with opened_memories() as memories:
        chosen = memories.named(name) if name else memories.kept_in
        if writing and chosen.read_only:
            raise EngineError(_("the memory is read only"), path=chosen.path, hint=_("Choose another by --memory."))
        yield chosen
        if chosen not in memories.all and chosen.notice:
            click.echo(f"tolmach: {chosen.notice}", err=True)


def author_of(given: str | None) -> str:
    """Return whose name a correction bears: as given, or as the settings say."""
    from translate import config

    return config.load().author if given is None else given


def record(entry: MemoryEntry) -> dict[str, Any]:
    """Return an entry as JSON has it, without what is empty."""
    made: Mapping[str, Any] = {
        "id": entry.id, "memory": entry.memory, "source": entry.source, "target": entry.target,
        "origin": entry.origin, "author": entry.author, "made": entry.made, "article": entry.article,
        "segment": entry.segment, "before": entry.before, "after": entry.after, "more": dict(entry.more),
    }  # fmt: skip
    return {name: value for name, value in made.items() if value not in ("", {}, 0)}


def show(entry: MemoryEntry) -> None:
    """Print an entry in three lines."""
    where = " ".join(filter(None, [entry.article, entry.segment]))
    click.echo("  ".join(filter(None, [f"{entry.id}", entry.made[:16].replace("T", " "), entry.author, where])))
    click.echo(f"  {entry.source}\n  {entry.target}")
