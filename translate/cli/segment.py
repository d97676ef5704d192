"""`tolmach segment`: a plain text into sentences, one a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

import click

from translate.errors import ArticleError
from translate.messages import _

if TYPE_CHECKING:
    from translate.segments import Candidate, Passage

_CHUNK = 1 << 16


@click.command(
    help=_(
        "Split a plain text into sentences, one a line.\n\n"
        "FILE is UTF-8 text, a paragraph a line; - reads standard input. "
        "Of a long file only a small part is held in memory."
        "\n\n\b\nExamples:\n  tolmach segment story.txt\n  tolmach segment --lang ru --json новость.txt\n"
        "  cat story.txt | tolmach segment --explain -"
    )
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option(
    "--lang",
    type=click.Choice(["en", "ru", "kk", "ky"]),
    default="en",
    show_default=True,
    help=_("The language of the text."),
)
@click.option(
    "--explain", is_flag=True, help=_("Show every place where a sentence might end, and the rule that decided.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Write one JSON object a line, with offsets in code points."))
def segment(file: str, lang: str, explain: bool, as_json: bool) -> None:
    """Read, split, print."""
    from translate.segments import stream

    with click.open_file(file, "rb") as source:
        for passage in stream(_decoded(source, file), lang, explained=explain):
            if explain:
                for found in passage.candidates:
                    _show(passage, found, as_json)
                continue
            for sentence in passage.segments:
                text = passage.text[sentence.start : sentence.stop]
                if as_json:
                    at = passage.offset
                    record = {
                        "start": at + sentence.start,
                        "stop": at + sentence.stop,
                        "rule": sentence.rule,
                        "text": text,
                    }
                    click.echo(json.dumps(record, ensure_ascii=False))
                else:
                    click.echo(" ".join(text.split("\n")) if "\n" in text else text)


def _show(passage: Passage, found: Candidate, as_json: bool) -> None:
    at = found.offset
    before = " ".join(passage.text[max(0, at - 40) : at].split())
    after = " ".join(passage.text[at : at + 30].split())
    if as_json:
        record = {"offset": passage.offset + at, "cut": found.cut, "rule": found.rule, "before": before, "after": after}
        click.echo(json.dumps(record, ensure_ascii=False))
    else:
        sign = "|" if found.cut else "·"
        click.echo(f"{passage.offset + at}\t{sign}\t{found.rule}\t{before} {sign} {after}")


def _decoded(source: IO[bytes], name: str) -> Iterator[str]:
    """Yield the text in pieces; refuse what is no UTF-8 text, naming the line."""
    import codecs

    path = "-" if source is sys.stdin.buffer else name
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    line = 1
    while True:
        data = source.read(_CHUNK)
        if b"\0" in data:
            line += data[: data.index(b"\0")].count(b"\n")
            raise ArticleError(
                _("this is a binary file, not text"), path=path, line=line, hint=_("Give a plain text file.")
            )
        try:
            yield decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            hint = _("Convert it first, for example: iconv -f windows-1251 -t utf-8")
            raise ArticleError(_("this is not UTF-8 text"), path=path, line=line, hint=hint) from error
        line += data.count(b"\n")
        if not data:
            return
