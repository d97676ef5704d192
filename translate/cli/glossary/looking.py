"""`tolmach glossary list, find, decline, stats`: what is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.glossary.options import all_glossaries
from translate.cli.options import FOUND, glossary_options, json_option, print_json
from translate.messages import _

if TYPE_CHECKING:
    from translate.glossary import Found, Glossary, Term
    from translate.inflection import Paradigm


@click.command(
    "list",
    help=_(
        "List the terms in force, as glossary lines.\n\nTEXT keeps those that hold it in any spelling or note."
        "\n\n\b\nExample:\n  tolmach glossary list --kind person Бабанов"
    ),
)
@click.argument("text", default="")
@click.option("--kind", help=_("Only this kind."))
@click.option("--policy", help=_("Only this policy."))
@glossary_options
@json_option
def list_command(
    *, text: str, kind: str | None, policy: str | None, glossaries: Sequence[Path], only: bool, as_json: bool
) -> None:
    """Filter and print."""
    from translate.glossary import Glossary
    from translate.glossary.table import COLUMNS, cells_of, line_of, sort_key

    wanted = text.casefold()
    terms = [
        term
        for term in Glossary.load(all_glossaries(glossaries, only)).terms
        if kind in (None, term.kind)
        and policy in (None, term.policy.value)
        and any(wanted in cell.casefold() for cell in cells_of(term).values())
    ]
    terms.sort(key=sort_key)
    if as_json:
        print_json([cells_of(term) | {"path": str(term.path), "line": term.line} for term in terms])
        return
    columns = [*COLUMNS, *dict.fromkeys(name for term in terms for name in term.extra)]
    click.echo("\t".join(columns))
    for term in terms:
        click.echo(line_of(term, columns))


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
    problems = [problem.message for _sentence, one in found for problem in one.problems]
    for message in problems:
        click.echo(f"tolmach: {message}", err=True)
    ctx.exit(FOUND if problems else 0)


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
                "forms": _forms(match.paradigm()),
                "path": str(match.term.path),
                "line": match.term.line,
            }
            for match in found.matches
        ],
        "problems": [
            {
                "kind": p.kind,
                "message": p.message,
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


def _forms(paradigm: Paradigm) -> dict[str, list[str]]:
    return {f"{slot.number}.{slot.case}": list(forms) for slot, forms in paradigm.forms.items()}


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
        print_json([{key: getattr(p, key) for key in keys} | {"forms": _forms(p)} for p in paradigms])
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
