"""`tolmach glossary`: what editors do with terms.

options     which glossaries, which columns: options that several commands share
looking     list, find, decline, stats
changing    add, edit, remove
reviewing   lint, suggest, diff, merge
mine        mine
carrying    import, export
"""

from __future__ import annotations

import click

from translate.cli.glossary.carrying import export_command, import_command
from translate.cli.glossary.changing import add_command, edit_command, remove_command
from translate.cli.glossary.looking import decline_command, find_command, list_command, stats_command
from translate.cli.glossary.mine import mine_command
from translate.cli.glossary.reviewing import diff_command, lint_command, merge_command, suggest_command
from translate.messages import _


class _InOrder(click.Group):
    """Lists its commands in the order they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of an editor's day."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    help=_(
        "Maintain glossaries: tab-separated files, one term a line.\n\n"
        "Commands that read take the glossaries of the settings, else those that come with tolmach, and after them "
        "every -g FILE; later ones override earlier ones."
        '\n\n\b\nExample:\n  tolmach glossary find "President Nazarbayev arrived in Astana."'
    ),
)
def glossary() -> None:
    """Hold the commands together."""


for _command in (
    list_command,
    find_command,
    decline_command,
    add_command,
    edit_command,
    remove_command,
    lint_command,
    suggest_command,
    mine_command,
    diff_command,
    merge_command,
    import_command,
    export_command,
    stats_command,
):
    glossary.add_command(_command)
