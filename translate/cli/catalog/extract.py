"""`tolmach catalog extract`: texts of a site into a template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.catalog.options import OUT, write_changed
from translate.cli.options import json_option, print_json
from translate.cli.places import Places
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.catalog.extract import Gathered, Rules


@click.command(
    help=_(
        "Gather the texts of pages, templates and sources (Python, JavaScript, TypeScript, Vue, JSON) into a template."
        "\n\nA page gives its menus, buttons, headings of lists and footers, not the story in it. Keywords, comments "
        "and rules for pages may stand in tolmach.toml under [catalog]."
        "\n\n\b\nExamples:\n  tolmach catalog extract site/ templates/ app.py -o messages.pot\n"
        "  tolmach catalog extract app/ -k tr -k trn:1,2 -o messages.pot"
    ),
    short_help=_("Gather the texts to translate into a template (.pot)."),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=OUT, required=True, help=_("The .pot file to write."))
@click.option("--articles", is_flag=True, help=_("Take the sentences of the stories instead, an entry each."))
@click.option("--project", default="PACKAGE VERSION", help=_("Name and version for the header."))
@click.option("--no-lines", is_flag=True, help=_("Name the files of a text without its lines."))
@click.option(
    "-k", "--keyword", "own", multiple=True, metavar="NAME[:1,2]",
    help=_("Another function that marks texts, as xgettext takes it: tr, trn:1,2, trc:1c,2. Repeatable; an empty one "
           "drops the usual ones."),
)  # fmt: skip
@click.option(
    "-c", "--comment-tag", "tags", multiple=True, metavar="TAG",
    help=_("How a comment for translators begins. Repeatable; an empty one takes all comments. Default: Translators:"),
)  # fmt: skip
@json_option
def extract(
    *, paths: tuple[Path, ...], output: Path, articles: bool, project: str, no_lines: bool, own: tuple[str, ...],
    tags: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Extract and write; a file that would not change is left alone."""
    from translate.catalog.extract import gather, template

    Places(paths).claim(output)
    gathered = gather(paths, _rules(own, tags, articles=articles))
    data = template(gathered.found, project, lines=not no_lines)
    written = write_changed(output, data)
    count = data.count(b"\nmsgid ")
    if as_json:
        print_json(
            {
                "file": str(output), "written": written, "texts": count, "places": len(gathered.found),
                "notes": [{"place": note.place, "message": note.message} for note in gathered.notes],
                "silent": [path.as_posix() for path in gathered.silent],
            }
        )  # fmt: skip
        return
    show_notes(gathered)
    click.echo(ngettext("{n} text", "{n} texts", count).format(n=count), err=True)


def _rules(own: tuple[str, ...], tags: tuple[str, ...], *, articles: bool) -> Rules:
    from dataclasses import replace

    from translate.catalog.extract import keywords
    from translate.catalog.project import rules_for

    rules = rules_for(Path(), own)
    rules = replace(rules, articles=articles, comment_tags=tags or rules.comment_tags)
    return replace(rules, keywords=keywords(own)) if "" in own else rules


def show_notes(gathered: Gathered) -> None:
    """Say what cannot be translated, and which kinds of files gave nothing."""
    for note in gathered.notes:
        click.echo(f"{note.place}: {note.message}", err=True)
    kinds: dict[str, list[Path]] = {}
    for path in gathered.silent:
        kinds.setdefault(path.suffix.lower(), []).append(path)
    for suffix, paths in sorted(kinds.items()):
        if len(paths) <= 3:
            for path in paths:
                click.echo(_("{path}: no text found").format(path=path), err=True)
        else:
            message = ngettext(
                "no text found in {n} {kind} file, such as {path}", "no text found in {n} {kind} files, such as {path}",
                len(paths),
            )  # fmt: skip
            click.echo(message.format(n=len(paths), kind=suffix, path=paths[0]), err=True)
