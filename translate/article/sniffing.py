"""What form a text without a name is in, by how it begins: standard input tells no ending."""

from __future__ import annotations

import io
import zipfile

import regex

# Only the beginning is looked at: a page of 40 MB is told by its first lines.
_LOOKED_AT = 20_000
_COMMENTS = regex.compile(r"\s*(?:<!--(?:(?!-->).){0,5000}-->\s*|<\?xml[^>]{0,200}\?>\s*)*", regex.S)
_PAGE = regex.compile(r"<!doctype html|<(?:html|head|body)\b", regex.I)
# A piece of a page, as a CMS gives it: it begins with a block of HTML, which is closed.
_BLOCK = regex.compile(
    r"<(?P<name>article|main|section|div|p|h[1-6]|ul|ol|figure|table|blockquote|header)\b[^<>]{0,2000}>", regex.I
)
# Each of these means nothing in plain text: front matter, a heading, a fence, a link, the dashes of a table.
_MARKDOWN = regex.compile(
    r"\A(?:---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)|\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?:\n|$))"
    r"|^#{1,6} \S.*$|^(?:```|~~~)|!?\[[^\[\]\n]{1,300}\]\((?:[^()\s]|\([^()\s]*\)){1,1000}(?: \"[^\"\n]*\")?\)"
    r"|^\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$|^\[[^\[\]\n]{1,100}\]: \S+|\*\*\S[^*\n]{0,300}\S\*\*",
    regex.M,
)


def sniffed(raw: bytes, text: str) -> str:
    """Return the form of a file's content: "docx", "odt", "html", "md" or "txt".

    Args:
        raw: its bytes.
        text: the same, decoded; "" for a file that is no text.
    """
    if raw.startswith(b"PK\x03\x04"):
        return _packed(raw)
    start = text[:_LOOKED_AT].lstrip("\ufeff")
    begin = _COMMENTS.match(start)
    rest = start[begin.end() :] if begin else start
    if _PAGE.match(rest):
        return "html"
    block = _BLOCK.match(rest)
    if block and f"</{block['name'].lower()}" in text.lower():
        return "html"
    return "md" if _MARKDOWN.search(start) else "txt"


def _packed(raw: bytes) -> str:
    """Tell a Word file from one of LibreOffice by what is in them; any other archive is refused as no text."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return "txt"
    if "word/document.xml" in names:
        return "docx"
    return "odt" if "content.xml" in names else "txt"
