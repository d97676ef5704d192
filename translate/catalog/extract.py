"""Texts to translate, gathered from pages, templates, Python sources and articles into a template catalog (.pot)."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from translate.catalog.editor import Editor, Message
from translate.catalog.formats import FORMATS, FormatError
from translate.catalog.placeholders import pieces
from translate.catalog.reader import parse
from translate.errors import CatalogError
from translate.files import read_text

_TEMPLATE_SUFFIXES = {".jinja", ".jinja2", ".j2", ".djhtml"}
_PAGE_SUFFIXES = {".html", ".htm", ".xhtml"}
SUFFIXES = {".py", ".txt", ".md"} | _TEMPLATE_SUFFIXES | _PAGE_SUFFIXES
_IS_TEMPLATE = re.compile(r"\{%-?\s*\w|\{\{")
_IS_DJANGO = re.compile(r"\{%\s*(?:load\s[^%]*\bi18n\b|block(?:trans|translate)\b|trans(?:late)?\s+[\"'])")

_LINE = re.compile(r":\d+$")

HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: {project}\\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"
"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"
"Language-Team: LANGUAGE <LL@li.org>\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


@dataclass(frozen=True, slots=True)
class Found:
    """One text in one place.

    Args:
        text: the source.
        place: "file:line".
        plural: its plural, or None.
        context: what tells it from the same text elsewhere, or None.
        comments: lines for the translator.
        flags: format flags.
    """

    text: str
    place: str
    plural: str | None = None
    context: str | None = None
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def extract(paths: Iterable[str | Path], *, articles: bool = False) -> list[Found]:
    """Gather the texts of files, and of all files of a known kind in folders.

    Python sources and templates (Jinja, Django) give the texts they mark; pages give their menus, buttons, headings
    of lists and footers, and not the story in them.

    Args:
        paths: files and folders.
        articles: take the story's sentences instead, each with its segment's id for context.

    Raises:
        CatalogError: a file cannot be read as what it is.
    """
    found: list[Found] = []
    for path in _files(paths, {".txt", ".md"} | _PAGE_SUFFIXES if articles else SUFFIXES):
        found += (_article if articles else _reader(path))(path)
    return found


def template(found: Iterable[Found], project: str = "PACKAGE VERSION", *, lines: bool = True) -> bytes:
    """Write a .pot: each text once, in the order of its first place, with all its places.

    The header carries no date, so that the same sources give the same file.

    Args:
        found: as `extract` gives them.
        project: name and version for the header.
        lines: name lines in the places; without, the file changes only where a text does.
    """
    merged: dict[tuple[str | None, str], list[Found]] = {}
    for one in found:
        merged.setdefault((one.context, one.text), []).append(one)
    editor = Editor(parse(HEADER.format(project=project).encode()))
    blocks = [HEADER.format(project=project)]
    for group in merged.values():
        plural = next((one.plural for one in group if one.plural is not None), None)
        message = Message(
            group[0].text,
            group[0].context,
            plural,
            ("",) if plural is None else ("", ""),
            extracted=tuple(dict.fromkeys(line for one in group for line in one.comments)),
            references=tuple(dict.fromkeys(one.place if lines else _LINE.sub("", one.place) for one in group)),
            flags=tuple(dict.fromkeys(flag for one in group for flag in one.flags)),
        )
        blocks.append(editor.render(message) + "\n")
    return "\n".join(blocks).encode()


def _files(paths: Iterable[str | Path], suffixes: set[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        for inside in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inside.relative_to(path).parts)
            if inside.is_file() and inside.suffix.lower() in suffixes and not hidden:
                yield inside


def _reader(path: Path) -> Callable[[Path], list[Found]]:
    suffix = path.suffix.lower()
    if suffix == ".py":
        return _python
    if suffix in _TEMPLATE_SUFFIXES | _PAGE_SUFFIXES:
        text = read_text(path)
        if _IS_DJANGO.search(text):
            return _django
        if suffix in _TEMPLATE_SUFFIXES or _IS_TEMPLATE.search(text):
            return _jinja
        return _html
    return _dump


def _place(path: Path, line: int) -> str:
    name = path.as_posix()
    return f"\u2068{name}\u2069:{line}" if " " in name else f"{name}:{line}"


def _format_flags(text: str, *, brace: bool) -> tuple[str, ...]:
    """Flag what is surely a format string; “100 % of” is none, though Python would read a directive in it."""
    kinds = {p.kind for p in pieces(text) if p.text != "%%"}
    for name, kind in (("python-format", "format"), ("python-brace-format", "brace")):
        if kind not in kinds or (kind == "brace" and not brace):
            continue
        try:
            FORMATS[name](text)
        except FormatError:
            continue
        return (name,)
    return ()


# Sources that mark their texts ------------------------------------------------------------------------------------


def _python(path: Path) -> list[Found]:
    return _by_babel(path, "python", brace=True)


def _jinja(path: Path) -> list[Found]:
    from jinja2.ext import babel_extract

    return _by_babel(path, babel_extract, brace=False, options={"silent": "false", "trimmed": "true"})


def _by_babel(path: Path, method: object, *, brace: bool, options: dict[str, str] | None = None) -> list[Found]:
    from babel.messages.extract import DEFAULT_KEYWORDS
    from babel.messages.extract import extract as babel_extract

    found = []
    try:
        rows = list(
            babel_extract(
                method,  # type: ignore[arg-type]
                io.BytesIO(path.read_bytes()),
                DEFAULT_KEYWORDS,
                comment_tags=("Translators:", "TRANSLATORS:"),
                options=options or {"encoding": "utf-8"},
                strip_comment_tags=True,
            )
        )
    except tokenize.TokenError as error:
        message, (line, _column) = error.args
        raise CatalogError(message, path=path, line=line) from error
    except (SyntaxError, UnicodeError, ValueError) as error:
        raise CatalogError(str(error), path=path, line=getattr(error, "lineno", None)) from error
    except Exception as error:  # jinja2 has a tree of its own
        if type(error).__module__.startswith("jinja2"):
            message = getattr(error, "message", None) or str(error)
            raise CatalogError(message, path=path, line=getattr(error, "lineno", None)) from error
        raise
    for line, messages, comments, context in rows:
        singular, plural = (messages[0], messages[1]) if isinstance(messages, tuple) else (messages, None)
        if singular:
            found.append(
                Found(
                    singular,
                    _place(path, line),
                    plural,
                    context,
                    tuple(comments),
                    _format_flags(plural or singular, brace=brace),
                )
            )
    return found


_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_DJANGO = re.compile(
    rf"""
    \{{%\s*(?P<comment>comment)\b.*?%\}}(?P<remark>.*?)\{{%\s*endcomment\s*%\}}
  | \{{\#(?P<note>.*?)\#\}}
  | \{{%\s*trans(?:late)?\s+(?P<text>{_STRING})(?P<rest>.*?)%\}}
  | \{{%\s*block(?:trans|translate)\b(?P<options>.*?)%\}}(?P<body>.*?)\{{%\s*endblock(?:trans|translate)\s*%\}}
  | (?:\{{\{{|\{{%)(?P<code>.*?)(?:\}}\}}|%\}})
    """,
    re.X | re.S,
)
_UNDERSCORE = re.compile(rf"\b_\((?P<text>{_STRING})\)")
_CONTEXT = re.compile(rf"\bcontext\s+(?P<text>{_STRING})")
_PLURAL = re.compile(r"\{%\s*plural\b.*?%\}")
_VARIABLE = re.compile(r"\{\{\s*(\w[\w.]*)[^{}]*\}\}")


def _django(path: Path) -> list[Found]:
    """Read {% trans %}, {% translate %}, {% blocktranslate %} and _("…") in a Django template.

    Texts are as Django asks gettext for them: a variable in a block is a named directive, a percent sign is double.
    """
    text = read_text(path)
    found: list[Found] = []
    remarks: tuple[str, ...] = ()
    remark_line = 0
    for match in _DJANGO.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["comment"] or match["note"] is not None:
            remark = " ".join((match["remark"] or match["note"] or "").split())
            if remark.startswith("Translators:"):
                remarks, remark_line = (
                    (remark.removeprefix("Translators:").strip(),),
                    text.count("\n", 0, match.end()) + 1,
                )
            continue
        near = remarks if line - remark_line <= 1 else ()
        place = _place(path, line)
        if match["text"]:
            text_of_tag = _unquote(match["text"]).replace("%", "%%")
            found.append(_flagged(Found(text_of_tag, place, None, _context(match["rest"]), near)))
        elif match["body"] is not None:
            found.append(_block(match["options"], match["body"], place, near))
        elif match["code"]:
            marked = [_unquote(m["text"]) for m in _UNDERSCORE.finditer(match["code"])]
            found += [_flagged(Found(one, place, comments=near)) for one in marked]
    return [one for one in found if one.text]


def _flagged(one: Found) -> Found:
    return replace(one, flags=_format_flags(one.plural or one.text, brace=False))


def _block(options: str, body: str, place: str, comments: tuple[str, ...]) -> Found:
    trimmed = bool(re.search(r"\btrimmed\b", options))
    texts = []
    for part in _PLURAL.split(body)[:2]:
        text = " ".join(row.strip() for row in part.strip().splitlines()) if trimmed else part
        texts.append(_VARIABLE.sub(r"%(\1)s", text.replace("%", "%%")))
    return _flagged(Found(texts[0], place, texts[1] if len(texts) > 1 else None, _context(options), comments))


def _context(options: str) -> str | None:
    found = _CONTEXT.search(options)
    return _unquote(found["text"]) if found else None


def _unquote(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal[1:-1])


# Pages and articles -----------------------------------------------------------------------------------------------


def _dump(path: Path) -> list[Found]:
    """Read the lines around the story in a page saved as text."""
    from translate.article import read_page

    return [
        Found(text, _place(path, line))
        for text, line in _without_stories((_BULLET.sub("", line.text), line.number) for line in read_page(path).chrome)
        if _is_interface(text)
    ]


_BULLET = re.compile(r"^\s*[•·▪◦*»>–-]\s+")
_ENGLISH = re.compile(r"[A-Za-z]{2}")
_OTHER_SCRIPT = re.compile(r"[Ѐ-ӿ]")


def _is_interface(text: str) -> bool:
    """Leave out “X” (a button drawn as a letter), «русский» (a language calls itself), “2,415”."""
    return bool(_ENGLISH.search(text)) and not _OTHER_SCRIPT.search(text)


def _without_stories(lines: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Leave out the headlines below “Related” and “Popular”: they are other stories, not the page's own words."""
    from translate.article.furniture import Furniture, furniture

    inside, last = False, 0
    for text, number in lines:
        gap = number - last > 1
        last = number
        if furniture(text) is Furniture.LIST:
            inside = True
            heading = number
            yield text, number
        elif inside and gap and number - heading > 2:
            inside = False
            yield text, number
        elif not inside:
            yield text, number


def _article(path: Path) -> list[Found]:
    """Read the sentences of an article, each with its segment's id: “b3.2”."""
    from translate.article import read_article
    from translate.segments import split

    article = read_article(path)
    found = []
    for block in article.translatable():
        for number, segment in enumerate(split(block.text, article.language), 1):
            text = block.text[segment.start : segment.stop]
            found.append(Found(text, path.as_posix(), context=f"{block.id}.{number}"))
    return found


def _html(path: Path) -> list[Found]:
    """Read the texts and spoken attributes of a page, its story left out."""
    from translate.catalog.pages import page_texts

    return [Found(text.text, _place(path, text.line)) for text in page_texts(path) if _is_interface(text.text)]
