"""`tolmach glossary find`: the terms of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.glossary.decline import forms_of
from translate.cli.glossary.options import all_glossaries
from translate.cli.options import FOUND, glossary_options, json_option, print_json
from translate.messages import _

if TYPE_CHECKING:
    from translate.glossary import Found


@click.command(
    "find",
    help=_(
        "Find the terms of a text, or of an article file, and show their forms.\n\n"
        "Exit code 5 where two terms are possible and nothing tells which."
        '\n\n\b\nExamples:\n  tolmach glossary find "Babanov met President Nazarbayev in Astana."'
        "\n  tolmach glossary find story.txt --json"
    ),
)
@click.argument("text")
@click.option("--on", default="", metavar="DATE", help=_("The date of the text, for terms that have dates."))
@glossary_options
@json_option
@click.pass_context
def find_command(
    ctx: click.Context, *, text: str, on: str, glossaries: Sequence[Path], only: bool, as_json: bool
) -> None:
    """Find, group by term, print."""
    from translate.glossary import Glossary

    book = Glossary.load(all_glossaries(glossaries, only))
    sentences, date = sentences_of(text)
    reader = book.reader(sentences, on or date)
    found = [(sentence, reader.find(sentence)) for sentence in sentences]
    if as_json:
        print_json([_as_record(sentence, one) for sentence, one in found])
    else:
        for line in _by_term(found):
            click.echo(line)
    problems = [problem.shown for _sentence, one in found for problem in one.problems]
    for message in problems:
        click.echo(f"tolmach: {message}", err=True)
    ctx.exit(FOUND if problems else 0)


def _as_record(sentence: str, found: Found) -> dict[str, Any]:
    return {
        "sentence": sentence,
        "matches": [
            {
                "start": match.span.start,
                "stop": match.span.stop,
                "text": match.span.of(sentence),
                "target": match.target,
                "source": match.term.source,
                "kind": match.term.kind,
                "policy": match.term.policy.value,
                "possessive": match.possessive,
                "surname": match.partial,
                "number": match.number,
                "forms": forms_of(match.paradigm()),
                "path": str(match.term.path),
                "line": match.term.line,
            }
            for match in found.matches
        ],
        "problems": [
            {
                "kind": p.kind,
                "message": p.shown,
                "start": p.source and p.source.start,
                "stop": p.source and p.source.stop,
            }
            for p in found.problems
        ],
    }


def _by_term(found: Sequence[tuple[str, Found]]) -> Iterator[str]:
    """Yield a line a spelling: how often, English, Russian, kind, the other five cases."""
    lines: dict[tuple[str, str], list[Any]] = {}
    for sentence, one in found:
        for match in one.matches:
            key = (match.span.of(sentence), match.target)
            lines.setdefault(key, [0, match])[0] += 1
    for (text, target), (count, match) in lines.items():
        forms = match.paradigm()
        cells = [forms.form(case, match.number) for case in ("nomn", "gent", "datv", "accs", "ablt", "loct")]
        kind = match.term.kind if match.term.policy.value == "pin" else f"{match.term.kind}, {match.term.policy.value}"
        shown = cells if match.term.policy.value == "pin" else [target]
        yield "\t".join([str(count), text, kind, *shown])


def sentences_of(text: str) -> tuple[list[str], str]:
    """Return the sentences of an article file, or of the text itself, and the article's date or ""."""
    from translate.segments import split

    try:
        is_file = Path(text).is_file()
    except OSError:  # a text longer than a file name may be
        is_file = False
    if not is_file:
        return [text[s.start : s.stop] for s in split(text)], ""
    from translate.article import read_article

    article = read_article(text)
    texts = [article.title, *(block.text for block in (*article.captions, *article.blocks))]
    return [t[s.start : s.stop] for t in texts for s in split(t)], article.date
