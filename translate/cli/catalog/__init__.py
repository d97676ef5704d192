"""`tolmach catalog`: the strings of a bilingual site, kept by people and filled by the tool; one file a command.

options   what several commands share
"""

from __future__ import annotations

import click

from translate.cli.catalog.carry import export, import_
from translate.cli.catalog.check import check
from translate.cli.catalog.compile import compile_
from translate.cli.catalog.extract import extract
from translate.cli.catalog.fill import fill
from translate.cli.catalog.stats import stats
from translate.cli.catalog.sync import sync
from translate.cli.catalog.update import update
from translate.messages import _


class _InOrder(click.Group):
    """Lists its commands in the order they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a catalog goes through them."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    help=_(
        "Generate, fill, merge and check gettext catalogs."
        "\n\nWhat a command does not change in a file keeps every byte."
        "\n\n\b\nExample:\n"
        "  tolmach catalog extract site/ -o messages.pot\n"
        "  tolmach catalog update ru.po messages.pot\n"
        "  tolmach catalog fill ru.po\n"
        "  tolmach catalog check ru.po"
    ),
)
def catalog() -> None:
    """Hold the commands together."""


for _command in (sync, extract, update, fill, check, compile_, stats, export, import_):
    catalog.add_command(_command)
