"""`tolmach glossary`: what editors do with terms.

One file a command; `options` is what several share.
"""

from __future__ import annotations

import click

from translate.cli.glossary.add import add_command
from translate.cli.glossary.decline import decline_command
from translate.cli.glossary.diff import diff_command
from translate.cli.glossary.edit import edit_command
from translate.cli.glossary.export import export_command
from translate.cli.glossary.find import find_command
from translate.cli.glossary.import_ import import_command
from translate.cli.glossary.lint import lint_command
from translate.cli.glossary.list import list_command
from translate.cli.glossary.merge import merge_command
from translate.cli.glossary.mine import mine_command
from translate.cli.glossary.remove import remove_command
from translate.cli.glossary.stats import stats_command
from translate.cli.glossary.suggest import suggest_command
from translate.messages import _


class _InOrder(click.Group):
    """Lists its commands in the order they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of an editor's day."""
        return [*self.commands]  # `list` is the module here


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
