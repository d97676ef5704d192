"""`tolmach glossary suggest`: spellings for names that no glossary has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.glossary.find import sentences_of
from translate.cli.glossary.options import FILE, all_glossaries
from translate.cli.options import glossary_options, json_option, print_json
from translate.messages import _

if TYPE_CHECKING:
    from translate.glossary.unknown import Unknown


@click.command(
    "suggest",
    help=_(
        "List the names of an article that no glossary has, with Russian spellings to choose from.\n\n"
        "What is printed is a glossary to review: a comment with the sentences, then a line with the best guess; "
        "the other guesses stand in the note."
        "\n\n\b\nExample:\n  tolmach glossary suggest story.txt > new.en-ru.tsv"
    ),
)
@click.argument("file", type=FILE)
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
