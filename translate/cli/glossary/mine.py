"""`tolmach glossary mine`: new terms and spellings out of published editions, and how they write."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.glossary.options import all_glossaries
from translate.cli.options import glossary_options, json_option, print_json
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.bitext import Advice, Habit, Mined
    from translate.checks import Pair


@click.command(
    "mine",
    help=_(
        "List the names and terms of published editions that no glossary has, or that an edition spells otherwise than "
        "the glossary, with the Russian they were published in.\n\n"
        "EN and RU are articles or folders of them, as in tolmach align; EN alone is a folder of both, a parallel text "
        "(.tsv, .jsonl) or a table of two columns. What is printed is a glossary to review: a comment with counts and "
        "a sentence, then the line. With --style it is how the edition writes instead: where it departs from the house "
        "style, by rule, with counts."
        "\n\n\b\nExamples:\n  tolmach glossary mine story.md story.ru.md > new.en-ru.tsv\n"
        "  tolmach glossary mine archive/ --least 2 > new.en-ru.tsv\n  tolmach glossary mine archive/ --style"
    ),
)
@click.argument("en", type=click.Path(exists=True, path_type=Path))
@click.argument("ru", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--least", default=1, show_default=True, help=_("In how many sentences a name must stand."))
@click.option("--style", "as_style", is_flag=True, help=_("Report on the edition's style instead."))
@glossary_options
@json_option
def mine_command(
    *, en: Path, ru: Path | None, least: int, as_style: bool, glossaries: Sequence[Path], only: bool, as_json: bool
) -> None:
    """Read, pair, mine, print."""
    from translate.bitext import habits, mine
    from translate.glossary import Glossary

    pairs = list(_pairs(en, ru))
    if as_style:
        from translate.bitext import advice
        from translate.config import Style

        found_habits = habits(pairs, Style())
        _print_habits(found_habits, advice(pairs, found_habits, Style()), len(pairs), as_json=as_json)
        return
    found = [one for one in mine(pairs, Glossary.load(all_glossaries(glossaries, only))) if one.count >= least]
    if as_json:
        print_json([_record(one) for one in found])
        return
    from translate.glossary.table import COLUMNS

    click.echo("\t".join(COLUMNS))
    for one in found:
        click.echo(_to_review(one))


def _pairs(en: Path, ru: Path | None) -> Iterator[Pair]:
    from translate.bitext import pair_files, pairs_of, read_pairs

    if ru is not None and en.is_dir() != ru.is_dir():
        raise click.UsageError(_("EN and RU are two articles or two folders"))
    if not en.is_dir():
        if ru is None and en.suffix.lower() not in (".tsv", ".jsonl"):
            raise click.UsageError(_("give the Russian article too; EN alone must be a folder or a parallel text"))
        yield from read_pairs(en, ru)
        return
    pairing = pair_files(en, ru)
    for path in pairing.alone:
        click.echo(_("{path}: no counterpart").format(path=path), err=True)
    for couple in pairing.couples:
        yield from pairs_of(couple.source, couple.target)


def _to_review(one: Mined) -> str:
    from translate.glossary.table import line_of

    pair = one.contexts[0]
    before = _("; the glossary has {lemma}").format(lemma=one.before) if one.before else ""
    head = f"# {one.count}/{one.of} × {_cut(pair.source)} | {_cut(pair.target)}{before}"
    return f"{head}\n{line_of(one.term)}"


def _cut(text: str) -> str:
    return text if len(text) < 160 else f"{text[:157]}…"


def _record(one: Mined) -> dict[str, object]:
    return {
        "source": one.term.source,
        "target": one.term.target,
        "kind": one.term.kind,
        "gender": one.term.gender,
        "count": one.count,
        "of": one.of,
        "likeness": round(one.likeness, 3),
        "before": one.before,
        "contexts": [{"source": pair.source, "target": pair.target} for pair in one.contexts],
    }


def _print_habits(found: Sequence[Habit], said: Sequence[Advice], sentences: int, *, as_json: bool) -> None:
    if as_json:
        print_json([
            {
                "rule": one.rule,
                "departs": one.departs,
                "examples": [{"edition": example.edition, "house": example.house} for example in one.examples],
            }
            for one in found
        ])  # fmt: skip
        return
    for one in found:
        shown = "\t".join(f"{_cut(example.edition)} → {_cut(example.house)}" for example in one.examples[:1])
        click.echo(f"{one.rule}\t{one.departs}\t{shown}".rstrip("\t"))
    click.echo(
        _("of {n} sentences; a rule is turned off by its name in the settings: off").format(n=sentences), err=True
    )
    if said:
        click.echo(_("to write as this edition does, in tolmach.toml:"), err=True)
        click.echo("[style]", err=True)
    for one_said in said:
        value = list(one_said.value) if isinstance(one_said.value, tuple) else one_said.value
        count = ngettext("{n} sentence", "{n} sentences", one_said.sentences).format(n=one_said.sentences)
        click.echo(f"{one_said.setting} = {json.dumps(value, ensure_ascii=False)}  # {count}", err=True)
