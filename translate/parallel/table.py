"""Parallel text as a Markdown table: a row a sentence, an empty one between paragraphs; read back by its ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import regex
from markdown_it.token import Token

from translate.article import BlockKind
from translate.article.markdown_parser import parser
from translate.article.markdown_writing import inline_markdown
from translate.errors import ParallelError
from translate.files import shown
from translate.messages import _
from translate.parallel.cells import text_of
from translate.parallel.record import ParallelText

_ID = regex.compile(r"[\w-]+\.\d+(?: ⚠)?")


def write_table(text: ParallelText) -> str:
    """Return the table, under a heading and above the problems."""
    article = text.article
    signed = ", ".join(part for part in (article.byline, article.date) if part)
    lines = [f"# {_words(article.title or shown(article.path.name))}", ""]
    lines += [_words(signed), ""] if signed else []
    lines += [_("> Made by a draft engine: to be edited."), ""] if text.is_draft else []
    lines += [f"| | {text.source_language.upper()} | {text.target_language.upper()} |", "|---|---|---|"]
    marks = {block.id: block.marks for block in article.translatable()}
    block = ""
    for row in text.rows:
        if block and row.block != block:
            lines.append("| | | |")
        block = row.block
        note = " ⚠" if row.problems else ""
        target = _cell(inline_markdown(row.target, row.marks))
        source = _cell(inline_markdown(row.source, row.source_marks(marks.get(row.block, ()))))
        lines.append(f"| {row.id}{note} | {source} | {target} |")
    problems = [
        f"- {p.segment}: {_words(p.shown)}" if p.segment else f"- {_words(p.shown)}" for p in text.all_problems()
    ]
    return "\n".join([*lines, *(["", f"**{_('To look at')}**", "", *problems] if problems else [])]) + "\n"


def _words(text: str) -> str:
    """Write text of others so that nothing in it is markup."""
    return _cell(inline_markdown(text, ()))


def read_table(content: str, path: Path) -> ParallelText:
    """Read the table back, with what an editor changed in it; the markup of the sentences is that of the source.

    Raises:
        ParallelError: no such table, or a row that does not fit.
    """
    rows = [row for row in _rows(content) if row[1]["id"]]
    if not rows:
        raise ParallelError(_("no table of ours is in it"), path=path, hint=_("Write it with -o x.md."))
    return text_of(rows, path)


def _rows(content: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    tokens = iter(parser().parse(content))
    cells: list[str] = []
    line = 0
    for token in tokens:
        if token.type == "tr_open":
            cells, line = [], (token.map or [0])[0] + 1
        elif token.type == "inline":
            cells.append(_plain(token.children or []))
        elif token.type == "tr_close" and len(cells) == 3 and _ID.fullmatch(cells[0]):
            id_ = cells[0].removesuffix(" ⚠")
            yield line, {"id": id_, "kind": _kind(id_), "source": cells[1], "target": cells[2]}


def _kind(id_: str) -> str:
    known = {
        "t": BlockKind.TITLE,
        "s": BlockKind.SECTION,
        "c": BlockKind.CAPTION,
        "m": BlockKind.META,
        "p": BlockKind.PLACE,
    }
    return known.get(id_[0], BlockKind.PARAGRAPH).value


def _plain(tokens: list[Token]) -> str:
    """Return the words of a cell; an arrow in a link stands for one whose words were not found."""
    words = "".join(token.content for token in tokens if token.type in ("text", "text_special", "code_inline"))
    return words.removesuffix(" ↗")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
