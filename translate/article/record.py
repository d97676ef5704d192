"""An article from the fields of a record: one object of a JSON-lines dump, one row of a table.

Dumps name their fields as they like; the names here are those of news-please, Common Crawl News, WordPress exports and
data sets of news. Where none of them fits, the user says which field is which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from translate.article.blocks import Article, Block, BlockKind
from translate.article.kept import kept_spans
from translate.article.text import clean, units
from translate.errors import ArticleError
from translate.messages import _

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "guid", "slug", "url", "link"),
    "title": ("title", "headline", "heading"),
    "byline": ("byline", "author", "authors"),
    "date": ("date", "date_publish", "published", "published_at", "publish_date", "pubdate", "created_at", "timestamp"),
    "section": ("section", "category"),
    "html": ("html", "body_html", "content_html"),
    "markdown": ("markdown", "md", "body_markdown"),
    "text": ("text", "body", "content", "maintext", "plain_text", "article", "story"),
}
"""What a field may be called, by what it is for; the first that is there counts."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMS = {"html": "html", "markdown": "md"}


def field_of(record: Mapping[str, Any], role: str, named: Mapping[str, str]) -> str:
    """Return the text of a record's field by what it is for, "" where there is none."""
    names = (named[role],) if role in named else NAMES[role]
    for name in names:
        value = record.get(name)
        if isinstance(value, list):
            value = ", ".join(str(one) for one in value if one)
        if isinstance(value, bool) or value in (None, ""):
            continue
        return str(value)
    return ""


def read_record(record: Mapping[str, Any], path: Path, named: Mapping[str, str] | None = None) -> Article:
    """Read an article from a record.

    Args:
        record: its fields.
        path: what to call it.
        named: role (a key of `NAMES`) → the name of the field that has it.

    Raises:
        ArticleError: no field has the text, or there is no word in it.
    """
    named = named or {}
    form = next((form for form in ("html", "markdown", "text") if field_of(record, form, named).strip()), "")
    if not form:
        fields = ", ".join(sorted(map(str, record)))
        hint = _("It has: {fields}. Say which is the text: --field text=NAME.").format(fields=fields) if fields else ""
        raise ArticleError(_("no field of the record has the text of an article"), path=path, hint=hint)
    content = field_of(record, form, named)
    found = _plain(content, path) if form == "text" else _laid_out(content, path, _FORMS[form])
    title = clean(field_of(record, "title", named))
    return replace(
        found,
        title=title or found.title,
        # its marks are those of the title that stood in the text
        title_marks=() if title else found.title_marks,
        title_kept=() if title else found.title_kept,
        byline=clean(field_of(record, "byline", named)) or found.byline,
        date=_date(field_of(record, "date", named)) or found.date,
        section=clean(field_of(record, "section", named)) or found.section,
    )


def _plain(content: str, path: Path) -> Article:
    """Take every paragraph for one: a dump has the story alone, and the first of them is no title."""
    texts = [unit.text for unit in units(content.replace("\r\n", "\n").replace("\r", "\n"))]
    blocks = [Block(f"b{n}", BlockKind.PARAGRAPH, text, kept=kept_spans(text)) for n, text in enumerate(texts, 1)]
    if not blocks:
        raise ArticleError(_("no text in it"), path=path)
    return Article("", "", "", "", (), tuple(blocks), path)


def _laid_out(content: str, path: Path, form: str) -> Article:
    from translate.article import page_of

    return replace(page_of(content.encode("utf-8", "replace"), path, form=form).article, form="")


def _date(value: str) -> str:
    """Return the day of a field: ISO at its beginning, or seconds since 1970."""
    if found := _ISO.match(value):
        return found[0]
    try:
        seconds = float(value)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat() if 0 < seconds < 4e9 else ""
    except (ValueError, OverflowError, OSError):
        return ""
