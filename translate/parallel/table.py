"""Parallel text as a Markdown table: a row a sentence, an empty one between paragraphs."""

from __future__ import annotations

from translate.article.markdown_writing import inline_markdown
from translate.files import shown
from translate.messages import _
from translate.parallel.record import ParallelText


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


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
