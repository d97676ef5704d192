"""`tolmach check`: a translation against its source, whoever made it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.options import glossary_options, json_option, print_json
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.checks import Pair
    from translate.problems import Problem
    from translate.spans import Span


@click.command(
    help=_(
        "Check a translation against its source: names, numbers, dates, quotes, what is missing or not translated.\n\n"
        "EN and RU are articles (.txt, .md, .html); their sentences are paired as in tolmach align. EN alone is a "
        "parallel text (.tsv, .jsonl) or a table of two columns. Ends with code 5 when something is found."
        "\n\n\b\nExamples:\n  tolmach check story.md story.ru.md\n  tolmach check story.tsv --json"
    )
)
@click.argument("en", type=click.Path(exists=True, dir_okay=False))
@click.argument("ru", type=click.Path(exists=True, dir_okay=False), required=False)
@glossary_options
@click.option(
    "--to", "target", metavar="CODE", help=_("The language of the translation.  [default: the file's, or ru]")
)
@click.option("--off", "off", multiple=True, metavar="NAME", help=_("Leave out a check; may be given again."))
@json_option
def check(
    en: str,
    ru: str | None,
    glossaries: tuple[Path, ...],
    target: str | None,
    off: tuple[str, ...],
    *,
    only: bool,
    as_json: bool,
) -> int:
    """Read, pair, inspect, print."""
    from dataclasses import replace

    from translate import checks
    from translate.bitext import read_pairs
    from translate.cli.settings import settings_for
    from translate.glossary import Glossary

    if unknown := sorted(set(off) - set(checks.NAMES)):
        raise click.BadParameter(
            _("there is no check {name}; there are: {names}").format(name=unknown[0], names=", ".join(checks.NAMES)),
            param_hint="--off",
        )
    settings = settings_for(Path(en))
    pairs = read_pairs(en, ru)
    pairs = [replace(pair, language=target) for pair in pairs] if target else pairs
    language = pairs[0].language if pairs else "ru"
    glossary = Glossary.load(settings.reading(glossaries, only=only), language)
    reader = glossary.reader(pair.source for pair in pairs)
    pairs = [replace(pair, matches=reader.find(pair.source).matches) for pair in pairs]
    problems = checks.inspect_all(pairs, settings.style.off | set(off), glossary=glossary)
    if as_json:
        print_json([_record(problem) for problem in problems])
    else:
        _print(pairs, problems)
    return 5 if problems else 0


def _record(problem: Problem) -> dict[str, object]:
    def span(value: Span | None) -> list[int] | None:
        return [value.start, value.stop] if value else None

    return {
        "segment": problem.segment,
        "kind": problem.kind,
        "message": problem.shown,
        "source": span(problem.source),
        "target": span(problem.target),
    }


def _print(pairs: list[Pair], problems: tuple[Problem, ...]) -> None:
    by_row: dict[str, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.segment, []).append(problem)
    for pair in pairs:
        if pair.id in by_row:
            click.echo(f"{pair.id}\n  {pair.source}\n  {pair.target}")
            for problem in by_row[pair.id]:
                click.echo(f"    {problem.kind}: {problem.shown}")
    found = ngettext("{n} problem in {all} sentences", "{n} problems in {all} sentences", len(problems))
    click.echo(found.format(n=len(problems), all=len(pairs)), err=True)
