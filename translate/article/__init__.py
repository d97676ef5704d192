"""Article files in, `Article` out: title, byline, date, captions and body blocks, without the page around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from translate.article.blocks import Article, Block, BlockKind, Line, Mark, Page
from translate.article.kept import kept_spans
from translate.article.plain import read_plain, write_plain
from translate.article.script import refuse_cyrillic
from translate.article.splicing import SourceText, Translations
from translate.article.stamps import written_stamp
from translate.errors import ArticleError
from translate.files import LIMIT, decode, read_bytes
from translate.messages import _

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "Line",
    "Mark",
    "Page",
    "form_of",
    "kept_spans",
    "lay_out",
    "page_of",
    "read_article",
    "read_page",
    "refuse_cyrillic",
    "write_article",
    "written_stamp",
]


_MARKDOWN = (".md", ".markdown", ".mdx", ".mdown")
_HTML = (".html", ".htm", ".xhtml")


def write_article(article: Article) -> str:
    """Return an article alone, laid out as the file it came from: Markdown for Markdown, else plain text."""
    if form_of(article) == "md":
        from translate.article.markdown_writing import write_markdown

        return write_markdown(article)
    return write_plain(article)


def form_of(what: Path | Article) -> str:
    """Return the form of an article, or what a file's name promises: "md", "html", "docx" or "txt"."""
    if isinstance(what, Article):
        return what.form or form_of(what.path)
    suffix = what.suffix.lower()
    if suffix in _MARKDOWN:
        return "md"
    if suffix in _HTML:
        return "html"
    return "docx" if suffix == ".docx" else "txt"


def lay_out(article: Article, translations: Translations, language: str, *, dated: bool) -> str:
    """Return the translation laid out as its source, of which nothing but the sentences is changed.

    Args:
        article: as it was read, from Markdown or HTML, with the file's bytes.
        translations: its sentences.
        language: of the translation.
        dated: True where it is another language than the article's: the line of author and date is written in it.
    """
    source = SourceText(decode(article.raw, article.path).text)
    if form_of(article) == "html":
        from translate.article.html_writing import splice_html

        return splice_html(source, article.path, translations, language, dated=dated)
    from translate.article.markdown_writing import splice_markdown

    return splice_markdown(source, article.path, translations, language, dated=dated)


def _reader(form: str) -> Callable[[str, Path], Page]:
    if form == "md":
        from translate.article.markdown import read_markdown

        return read_markdown
    if form == "html":
        from translate.article.html import read_html

        return read_html
    return read_plain


def read_article(path: str | Path, *, limit: int = LIMIT, form: str = "") -> Article:
    """Read an article file: Markdown (.md), HTML (.html, .htm), Word (.docx), anything else as plain text.

    Args:
        path: the file; "-" is standard input, whose form is told by how it begins.
        limit: bytes above which it is refused.
        form: "md", "html", "docx" or "txt", where the ending does not tell.

    Raises:
        ArticleError: missing, empty, too large, binary, undecodable, or without a word of text.
    """
    return read_page(path, limit=limit, form=form).article


def read_page(path: str | Path, *, limit: int = LIMIT, form: str = "") -> Page:
    """Read an article file as `read_article` does, together with the lines of the page that are not the story.

    Args:
        path: the file; "-" is standard input, whose form is told by how it begins.
        limit: bytes above which it is refused.
        form: "md", "html", "docx" or "txt", where the ending does not tell.

    Raises:
        ArticleError: as `read_article`.
    """
    return page_of(read_bytes(path, limit), Path(path), form=form)


def page_of(raw: bytes, path: Path, *, form: str = "") -> Page:
    """Read the bytes of an article file as `read_page` does.

    Args:
        raw: the whole file.
        path: its name.
        form: "md", "html", "docx" or "txt", where the ending does not tell.

    Raises:
        ArticleError: as `read_article`.
    """
    told = form or _sniffed(raw, path)
    found = told or form_of(path)
    if found == "docx":
        from translate.article.docx import read_docx

        page = read_docx(raw, path)
    else:
        page = _reader(found)(SourceText(decode(raw, path).text).text, path)
    if not any(block.text for block in page.article.translatable()) and not page.article.blocks:
        raise ArticleError(_("no text in it"), path=path, hint=_("Is this the article's own file, saved whole?"))
    return replace(page, article=replace(page.article, raw=raw, form=told))


def _sniffed(raw: bytes, path: Path) -> str:
    """Return the form of standard input; "" for a file, whose name tells it."""
    if str(path) != "-":
        return ""
    from translate.article.sniffing import sniffed

    return sniffed(raw, "" if raw.startswith(b"PK\x03\x04") else decode(raw, path).text)
