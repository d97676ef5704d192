"""`tolmach memory`: what editors do with what they have translated.

options   which memory, whose name, which languages: options that several commands share
looking   stats, list, find
learning  learn
changing  edit, forget, compact
carrying  import, export
"""

from __future__ import annotations

import click

from translate.cli.memory.carrying import export_command, import_command
from translate.cli.memory.changing import compact_command, edit_command, forget_command
from translate.cli.memory.learning import learn_command
from translate.cli.memory.looking import find_command, list_command, stats_command
from translate.messages import _


class _InOrder(click.Group):
    """Lists its commands in the order they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of an editor's day."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    help=_(
        "Keep what people translated: corrections learnt from edited texts, which win over every engine.\n\n"
        'The memories are those of the settings (memories = ["house.sqlite3"]), then the user\'s own. Corrections go '
        "to the first that can be written."
        "\n\n\b\nExample:\n  tolmach article story.md -o story.tsv     # edit the cells, then\n"
        "  tolmach memory learn story.tsv"
    ),
)
def memory() -> None:
    """Hold the commands together."""


for _command in (
    learn_command,
    find_command,
    list_command,
    edit_command,
    forget_command,
    import_command,
    export_command,
    stats_command,
    compact_command,
):
    memory.add_command(_command)
