"""`tolmach glossary lint, suggest, diff, merge`: what an editor looks at before it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.glossary.looking import sentences_of
from translate.cli.glossary.options import all_glossaries
from translate.cli.options import FOUND, glossary_options, json_option, print_json
from translate.messages import _

if TYPE_CHECKING:
    from translate.glossary.merging import Conflict
    from translate.glossary.unknown import Unknown

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "lint",
    help=_(
        "List everything wrong or doubtful in glossary files, or in the usual ones; exit code 5 if there is any.\n\n"
        "A doubt that you have looked at goes into the line's column x-lint, by the name in square brackets."
        "\n\n\b\nExample:\n  tolmach glossary lint glossaries/"
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def lint_command(ctx: click.Context, paths: Sequence[Path], as_json: bool) -> None:
    """Lint and print."""
    from translate.glossary.linting import lint

    faults = lint(paths or all_glossaries((), only=False))
    if as_json:
        keys = ("path", "line", "kind", "message")
        print_json([{key: str(getattr(f, key)) if key == "path" else getattr(f, key) for key in keys} for f in faults])
    else:
        for fault in faults:
            click.echo(f"{fault} [{fault.kind}]")
    ctx.exit(FOUND if faults else 0)


@click.command(
    "suggest",
    help=_(
        "List the names of an article that no glossary has, with Russian spellings to choose from.\n\n"
        "What is printed is a glossary to review: a comment with the sentences, then a line with the best guess; "
        "the other guesses stand in the note."
        "\n\n\b\nExample:\n  tolmach glossary suggest story.txt > new.en-ru.tsv"
    ),
)
@click.argument("file", type=_FILE)
@click.option("--count", default=3, show_default=True, help=_("How many spellings to name."))
@click.option("--lang", default="", help=_("The language the names come from: ky, kk, uz, tg, tk or ru."))
@glossary_options
@json_option
def suggest_command(
    *, file: Path, count: int, lang: str, glossaries: Sequence[Path], only: bool, as_json: bool
) -> None:
    """Read, find what is unknown, ask for spellings, print."""
    from translate.glossary import Glossary
    from translate.glossary.table import COLUMNS
    from translate.glossary.unknown import unknown_names
    from translate.names import suggest

    sentences, date = sentences_of(str(file))
    found = unknown_names(sentences, Glossary.load(all_glossaries(glossaries, only)), date)
    ranked = [[] if one.name.isupper() else suggest(one.name, one.kind, lang)[:count] for one in found]
    if as_json:
        print_json([
            {
                "name": one.name,
                "kind": one.kind,
                "count": one.count,
                "contexts": list(one.contexts),
                "candidates": [{"spelling": c.spelling, "score": c.score, "reason": c.reason} for c in several],
            }
            for one, several in zip(found, ranked, strict=True)
        ])  # fmt: skip
        return
    click.echo("\t".join(COLUMNS))
    for one, several in zip(found, ranked, strict=True):
        click.echo(_to_review(one, [(c.spelling, c.reason) for c in several]))


def _to_review(name: Unknown, ranked: Sequence[tuple[str, str]]) -> str:
    """Return a comment with the contexts and the line, itself a comment where there is no spelling to offer."""
    from translate.glossary import Term
    from translate.glossary.table import line_of
    from translate.inflection import guess_person
    from translate.inflection.eastern import is_name as is_eastern

    contexts = " | ".join(context if len(context) < 160 else f"{context[:157]}…" for context in name.contexts)
    comment = f"# {name.count} × {contexts}"
    if not ranked:
        return f"{comment}\n# {name.name}\t\t{name.kind}"
    note = "; ".join(f"{spelling} ({reason})" for spelling, reason in ranked)
    best = ranked[0][0]
    known = name.kind == "person" and " " in best and not is_eastern(best.split())  # Пак Кын Хе is a woman
    gender = guess_person(best) if known else None
    return f"{comment}\n{line_of(Term(name.name, best, name.kind, gender, note=note, origin='suggested'))}"


@click.command(
    "diff",
    help=_(
        "Show what changed between two versions of a glossary, term by term and cell by cell."
        "\n\n\b\nExample:\n  tolmach glossary diff old.en-ru.tsv new.en-ru.tsv"
    ),
)
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@json_option
def diff_command(old: Path, new: Path, as_json: bool) -> None:
    """Compare and print."""
    from translate.glossary.editing import GlossaryFile
    from translate.glossary.merging import diff

    changes = diff(GlossaryFile.read(old), GlossaryFile.read(new))
    if as_json:
        print_json([
            {"kind": c.kind, "source": c.source, "before": dict(c.before), "after": dict(c.after)} for c in changes
        ])  # fmt: skip
        return
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for change in changes:
        click.echo(f"{signs[change.kind]} {change.source or (change.after or change.before).get('target', '')}")
        for name in dict.fromkeys([*change.before, *change.after]):
            if name == "source" and change.kind != "changed":
                continue
            if change.before.get(name):
                click.echo(f"    - {name}: {change.before[name]}")
            if change.after.get(name):
                click.echo(f"    + {name}: {change.after[name]}")


@click.command(
    "merge",
    help=_(
        "Put two editors' changes to one glossary together: BASE is what both began with, A yours, B theirs.\n\n"
        "Terms are compared cell by cell and aliases as a set, so that only changes to the same cell conflict. "
        "A conflict is left between markers, which no command loads, and the exit code is 5."
        "\n\n\b\nExample:\n  tolmach glossary merge base.tsv mine.tsv theirs.tsv -o mine.tsv"
        "\n\nAs a merge driver of git: tolmach glossary merge %O %A %B -o %A"
    ),
)
@click.argument("base", type=_FILE)
@click.argument("ours", metavar="A", type=_FILE)
@click.argument("theirs", metavar="B", type=_FILE)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=_("The file to write; else stdout.")
)
@click.pass_context
def merge_command(ctx: click.Context, base: Path, ours: Path, theirs: Path, output: Path | None) -> None:
    """Merge, write, show the conflicts."""
    from translate.files import write_atomic
    from translate.glossary.editing import GlossaryFile
    from translate.glossary.merging import merge

    merged = merge(GlossaryFile.read(base), GlossaryFile.read(ours), GlossaryFile.read(theirs))
    if output:
        write_atomic(output, merged.text)
    else:
        click.echo(merged.text, nl=False)
    for conflict in merged.conflicts:
        _show(conflict)
    for comment in merged.comments_left:
        click.echo(_("comment of B not taken over: {comment}").format(comment=comment), err=True)
    ctx.exit(FOUND if merged.conflicts else 0)


def _show(conflict: Conflict) -> None:
    name = conflict.source or conflict.base.get("target", "")
    if not conflict.columns:
        who = "A" if not conflict.ours else "B"
        click.echo(_("{name}: removed in {who}, changed in the other").format(name=name, who=who), err=True)
    for column in conflict.columns:
        versions = [cells.get(column, "") for cells in (conflict.base, conflict.ours, conflict.theirs)]
        message = _("{name}: {column} was {base!r}, is {ours!r} in A and {theirs!r} in B")
        click.echo(
            message.format(name=name, column=column, base=versions[0], ours=versions[1], theirs=versions[2]), err=True
        )
