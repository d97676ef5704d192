"""`tolmach compare`: what an edition says otherwise than our translation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from translate.cli.options import json_option
from translate.messages import _

if TYPE_CHECKING:
    from translate.bitext import Comparison


@click.command(
    help=_(
        "Compare a published Russian edition with our translation of the same article: what its editor changed, by "
        "kind.\n\n"
        "Both are Russian articles (.txt, .md, .html, .docx), or OURS is a parallel text (.tsv, .jsonl). Kinds are "
        "term (a name spelt otherwise), case (another form of a word), number, style (signs and capitals), wording, "
        "omission and addition. chrF says how much of the edition's letters ours has, of 100. With -o the "
        "comparison is a page, in which every kind has its colour."
        "\n\n\b\nExamples:\n  tolmach compare edition.ru.md story.ru.md\n"
        "  tolmach compare edition.ru.md story.tsv -o compared.html"
    )
)
@click.argument("edition", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("ours", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", "kinds", multiple=True, help=_("Print the changes of this kind alone; may be given again."))
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help=_("Write a page, .html."))
@json_option
def compare(edition: Path, ours: Path, kinds: tuple[str, ...], *, output: Path | None, as_json: bool) -> None:
    """Read, compare, print."""
    from translate.article import read_article
    from translate.bitext import CHANGES
    from translate.bitext import compare as compare_articles
    from translate.parallel import is_parallel, read_parallel

    if unknown := sorted(set(kinds) - set(CHANGES)):
        raise click.BadParameter(
            _("there is no kind {name}; there are: {names}").format(name=unknown[0], names=", ".join(CHANGES)),
            param_hint="--kind",
        )
    if output and output.suffix.lower() not in (".html", ".htm"):
        raise click.BadParameter(_("a comparison is written as a page: name it .html"), param_hint="-o")
    article = read_parallel(ours).translated() if is_parallel(ours) else read_article(ours)
    published = read_article(edition)
    found = compare_articles(article, published)
    if output:
        from translate.bitext import comparison_page
        from translate.files import write_atomic

        title = published.title or article.title or edition.name
        write_atomic(output, comparison_page(found, title, ours.name, edition.name))
        _sum_up(found)
    elif as_json:
        click.echo(json.dumps(_record(found, kinds), ensure_ascii=False, indent=1))
    else:
        _print(found, kinds)


def _print(found: Comparison, kinds: tuple[str, ...]) -> None:
    for n, row in enumerate(found.rows, 1):
        for change in row.changes:
            if not kinds or change.kind in kinds:
                click.echo(f"{n}\t{change.kind}\t{change.ours}\t{change.edition}")
    _sum_up(found)


def _sum_up(found: Comparison) -> None:
    counts = ", ".join(f"{kind} {count}" for kind, count in found.counts().items() if count)
    line = _("chrF {chrf:.1f}; {alike} of {names} names alike; {counts}")
    filled = line.format(chrf=found.chrf, alike=found.alike, names=found.names, counts=counts or _("no difference"))
    click.echo(filled, err=True)


def _record(found: Comparison, kinds: tuple[str, ...]) -> dict[str, object]:
    return {
        "chrf": round(found.chrf, 2),
        "names": {"alike": found.alike, "all": found.names},
        "counts": found.counts(),
        "changes": [
            {"row": change.row + 1, "kind": change.kind, "ours": change.ours, "edition": change.edition}
            for row in found.rows
            for change in row.changes
            if not kinds or change.kind in kinds
        ],
    }
