"""Article files in, `Article` out: title, byline, date, captions and body blocks, without the page around them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from translate.article.blocks import Article, Block, BlockKind, Line, Mark, Page
from translate.article.kept import kept_spans
from translate.article.plain import read_plain, write_plain
from translate.errors import ArticleError
from translate.files import LIMIT, read_text

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "Line",
    "Mark",
    "Page",
    "kept_spans",
    "read_article",
    "read_page",
    "write_article",
]


_MARKDOWN = (".md", ".markdown")


def write_article(article: Article) -> str:
    """Return an article alone, laid out as the file it came from: Markdown for Markdown, else plain text."""
    if article.path.suffix.lower() in _MARKDOWN:
        from translate.article.markdown import write_markdown

        return write_markdown(article)
    return write_plain(article)


def _reader(suffix: str) -> Callable[[str, Path], Page]:
    if suffix in _MARKDOWN:
        from translate.article.markdown import read_markdown

        return read_markdown
    if suffix in (".html", ".htm", ".xhtml"):
        from translate.article.html import read_html

        return read_html
    return read_plain


def read_article(path: str | Path, *, limit: int = LIMIT) -> Article:
    """Read an article file: Markdown (.md), HTML (.html, .htm), anything else as plain text.

    Args:
        path: the file.
        limit: bytes above which it is refused.

    Raises:
        ArticleError: missing, empty, too large, binary, undecodable, or without a word of text.
    """
    return read_page(path, limit=limit).article


def read_page(path: str | Path, *, limit: int = LIMIT) -> Page:
    """Read an article file as `read_article` does, together with the lines of the page that are not the story.

    Args:
        path: the file.
        limit: bytes above which it is refused.

    Raises:
        ArticleError: as `read_article`.
    """
    path = Path(path)
    page = _reader(path.suffix.lower())(read_text(path, limit), path)
    if not any(block.text for block in page.article.translatable()) and not page.article.blocks:
        raise ArticleError("no text in it", path=path, hint="Is this the article's own file, saved whole?")
    return page
