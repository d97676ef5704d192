"""`tolmach glossary stats`: terms counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from translate.cli.glossary.options import all_glossaries
from translate.cli.options import glossary_options, json_option, print_json
from translate.messages import _


@click.command(
    "stats",
    help=_("Count the terms by file, kind and policy.\n\n\b\nExample:\n  tolmach glossary stats"),
)
@glossary_options
@json_option
def stats_command(glossaries: Sequence[Path], only: bool, as_json: bool) -> None:
    """Count and print."""
    from translate.glossary import Glossary

    book = Glossary.load(all_glossaries(glossaries, only))
    counts: dict[str, dict[str, int]] = {"file": {}, "kind": {}, "policy": {}, "with": {}}
    for term in book.terms:
        features = {
            "file": [str(term.path)],
            "kind": [term.kind],
            "policy": [term.policy.value],
            "with": [
                name
                for name in ("gender", "aliases", "kk", "ky", "forms", "since", "until", "note", "origin")
                if getattr(term, name)
            ],
        }
        for group, names in features.items():
            for name in names:
                counts[group][name] = counts[group].get(name, 0) + 1
    totals = {
        "terms": len(book.terms),
        "spellings": sum(1 + len(term.aliases) for term in book.terms),
        "overridden": len(book.overridden),
    }
    if as_json:
        print_json(totals | counts)
        return
    for name, count in totals.items():
        click.echo(f"{count:8}  {name}")
    for group, found in counts.items():
        for name, count in sorted(found.items(), key=lambda pair: -pair[1]):
            click.echo(f"{count:8}  {group} {name}")
