"""`tolmach archive`: folders, dumps and lists of articles into parallel text, all of it."""

from __future__ import annotations

from pathlib import Path

import click

from translate.cli.archive_inputs import Asked
from translate.cli.archive_run import Wishes, run
from translate.cli.article_files import format_option
from translate.cli.options import (
    bom_option,
    engine_option,
    glob_option,
    glossary_options,
    no_glossary_option,
    quiet_option,
    source_option,
    strict_option,
    target_option,
)
from translate.messages import _


@click.command(
    help=_(
        "Translate an archive of articles into parallel text: folders, patterns, files, JSON-lines and Parquet dumps."
        "\n\nThe results go into DIR: shards/ (an article a line), report.html, names.tsv (names that no glossary has) "
        "and the manifest of what is done. Killed and started again it goes on; an article that fails stops no other. "
        "--changed makes again only those whose text, terms, style or engine have changed; a new spelling is put into "
        "remembered drafts, without translating."
        "\n\nOf a dump each record is an article: its fields are known by their usual names (title, text, html, date, "
        "id …), or by --field."
        "\n\n\b\nExamples:\n  tolmach archive news/ --out ru/\n"
        "  tolmach archive news/ 'old/*.md' --out ru/ -o 'ru/{name}.ru.md'\n"
        "  tolmach archive dump.jsonl --field text=story --out ru/\n"
        "  tolmach archive news/ --out ru/ --changed --dry-run\n"
        "  tolmach archive news/ --out ru/ --ray auto"
    )
)
@click.argument("inputs", nargs=-1, metavar="IN...", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("The folder of the results."),
)
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("A file with a path a line; - is standard input. Repeatable."),
)
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="ROLE=NAME",
    help=_("Which field of a dump is its id, title, byline, date, section, text, html or markdown."),
)
@glob_option
@click.option(
    "-o",
    "outs",
    multiple=True,
    metavar="OUT",
    help=_("Also a file for each article: a folder, or a path with {name} in it. Repeatable."),
)
@format_option
@bom_option
@click.option(
    "--shards",
    type=click.Choice(("jsonl", "parquet")),
    help=_("The form of the results.  [default: jsonl, or as it was begun]"),
)
@click.option("--changed", is_flag=True, help=_("Make again what would come out otherwise now."))
@click.option("--dry-run", is_flag=True, help=_("Say what would be made and which change touches what; make nothing."))
@engine_option
@source_option
@target_option
@glossary_options
@no_glossary_option
@click.option(
    "--no-memory",
    is_flag=True,
    help=_("Neither look into the translation memory nor add to it: drafts are kept in DIR."),
)
@click.option("--jobs", type=click.IntRange(1), help=_("Processor cores.  [default: all]"))
@click.option(
    "--ray", "address", metavar="ADDRESS", help=_("Work on a Ray cluster: auto, or its address; local begins one here.")
)
@click.option("--ray-workers", type=click.IntRange(1), help=_("Workers there.  [default: a core each, all cores]"))
@click.option(
    "--json", "as_json", is_flag=True, help=_("Write what was done, or would be, to standard output as JSON.")
)
@strict_option
@quiet_option
def archive(
    *,
    inputs: tuple[Path, ...],
    folder: Path,
    lists: tuple[Path, ...],
    fields: tuple[str, ...],
    pattern: str,
    outs: tuple[str, ...],
    format_: str | None,
    bom: bool,
    shards: str | None,
    changed: bool,
    dry_run: bool,
    engine: str,
    source: str,
    target: str,
    glossaries: tuple[Path, ...],
    only: bool,
    no_glossary: bool,
    no_memory: bool,
    jobs: int | None,
    address: str | None,
    ray_workers: int | None,
    as_json: bool,
    strict: bool,
    quiet: bool,
) -> int:
    """Gather what is meant, and have it made."""
    if dry_run and not changed:
        raise click.UsageError(_("--dry-run goes with --changed"))
    if ray_workers and not address:
        raise click.UsageError(_("--ray-workers goes with --ray"))
    asked = Asked(inputs, lists, pattern, fields, outs, format_, source, target, glossaries, only, no_glossary)
    wishes = Wishes(
        folder, engine, shards, changed, dry_run, no_memory, bom, jobs, address, ray_workers, as_json, strict, quiet
    )
    return run(asked, wishes)
