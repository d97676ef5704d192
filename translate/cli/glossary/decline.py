"""`tolmach glossary decline`: the forms of a term."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.glossary.options import all_glossaries
from translate.cli.options import glossary_options, json_option, print_json
from translate.messages import _

if TYPE_CHECKING:
    from translate.glossary import Glossary, Term
    from translate.inflection import Paradigm


@click.command(
    "decline",
    help=_(
        "Show the six cases of a term.\n\n"
        "TERM is an English or Russian spelling in a glossary, or any Russian nominative, which is declined as "
        "--kind and --gender say."
        "\n\n\b\nExamples:\n  tolmach glossary decline Astana"
        '\n  tolmach glossary decline "Дина Жолдошбекова" --kind person --gender femn'
    ),
)
@click.argument("term")
@click.option("--kind", help=_("person, place, organisation, demonym or term, for a spelling in no glossary."))
@click.option("--gender", type=click.Choice(["masc", "femn", "neut"]), help=_("The gender, likewise."))
@click.option("--number", type=click.Choice(["sing", "plur"]), help=_("The number, likewise."))
@glossary_options
@json_option
def decline_command(
    *,
    term: str,
    kind: str | None,
    gender: str | None,
    number: str | None,
    glossaries: Sequence[Path],
    only: bool,
    as_json: bool,
) -> None:
    """Look the term up or take it as it is, and print its paradigms."""
    from translate.glossary import Glossary
    from translate.glossary.table import term_of

    found: list[Term] = []
    if not (kind or gender or number):
        found = _spelt(Glossary.load(all_glossaries(glossaries, only)), term)
    if not found:
        cells = {"source": term, "target": term, "kind": kind or "term", "gender": gender or "", "number": number or ""}
        found = [term_of(cells, Path())[0]]
    paradigms = [one.paradigm() for one in found]
    if as_json:
        keys = ("lemma", "kind", "gender", "number", "animate", "fixed", "method")
        print_json([{key: getattr(p, key) for key in keys} | {"forms": forms_of(p)} for p in paradigms])
        return
    for n, one in enumerate(paradigms):
        click.echo(("\n" if n else "") + _table(one))


def _spelt(book: Glossary, text: str) -> list[Term]:
    """Return the terms of an English or Russian spelling, each Russian lemma once."""
    terms = [
        *book.lookup(text),
        *(term for term in book.terms if term.target == text and term.policy.value != "forbid"),
    ]
    once: dict[tuple[str, str], Term] = {}
    for term in terms:
        once.setdefault((term.target, term.kind), term)
    return list(once.values())


def _table(paradigm: Paradigm) -> str:
    """Lay the cases out, a column a number, accepted variants after a slash."""
    from translate.inflection import CASES, Slot

    numbers = [n for n in ("sing", "plur") if any(slot.number == n for slot in paradigm.forms)]
    about = [paradigm.kind, paradigm.gender, paradigm.number, "fixed" if paradigm.fixed else "", paradigm.method]
    rows = [[paradigm.lemma, ", ".join(dict.fromkeys(filter(None, about)))]]
    for case in CASES:
        cells = [" / ".join(paradigm.forms.get(Slot(case, n), ())) for n in numbers]  # type: ignore[arg-type]
        rows.append([case, *cells])
    widths = [max(len(row[n]) for row in rows[1:] if n < len(row)) for n in range(len(numbers) + 1)]
    head = f"{rows[0][0]} ({rows[0][1]})"
    body = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows[1:]]
    return "\n".join([head, *body])


def forms_of(paradigm: Paradigm) -> dict[str, list[str]]:
    """Return the forms by slot, as JSON has them: "sing.gent" → variants."""
    return {f"{slot.number}.{slot.case}": list(forms) for slot, forms in paradigm.forms.items()}
