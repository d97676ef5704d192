"""Texts that Jinja and Django templates mark."""

from __future__ import annotations

import ast
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from translate.catalog.extract.found import Extracted, Gathered, Note, Rules, flagged, place
from translate.errors import CatalogError
from translate.files import read_text
from translate.messages import _

_IS_TEMPLATE = re.compile(r"\{%-?\+?\s*\w|\{\{")
_IS_DJANGO = re.compile(
    r"\{%\s*(?:load\s|csrf_token\b|static\s|block(?:trans|translate)\b|trans(?:late)?\s+[\"']|comment\b|endcomment\b|"
    r"url\s+[\"']|empty\b|with\s+[^=%]+\sas\s|ifequal\b|autoescape\s+o)"
)


def is_template(text: str) -> bool:
    """Tell whether a page has the marks of a template."""
    return bool(_IS_TEMPLATE.search(text))


def read_template(path: Path, rules: Rules) -> Gathered:
    """Read a template: Django's by its own tags, any other as Jinja; what Jinja cannot parse by its look alone.

    Raises:
        CatalogError: the file cannot be decoded, or is a Jinja template with a fault.
    """
    text = read_text(path, error=CatalogError)
    if _IS_DJANGO.search(text):
        return read_django(path, text, rules)
    try:
        return read_jinja(path, rules)
    except CatalogError as error:
        if _BROKEN.search(error.message):
            raise
        gathered = read_django(path, text, rules)
        if gathered.found:
            message = _("read by its marks alone: {fault}").format(fault=error.message)
            gathered.notes.append(Note(place(path, error.line or 1), message))
        return gathered


# Of a template that is broken and not just of another engine: a block that never ends, a {% trans %} without its own.
_BROKEN = re.compile("unexpected end of template|translation block|pluralize", re.I)


def read_jinja(path: Path, rules: Rules) -> Gathered:
    """Read a Jinja template.

    Raises:
        CatalogError: it cannot be parsed.
    """
    from babel.messages.extract import extract
    from jinja2 import TemplateError
    from jinja2.ext import babel_extract

    options = {
        "silent": "false", "trimmed": "true",
        "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols,jinja2.ext.debug",
    }  # fmt: skip
    names = {name: keyword.for_babel for name, keyword in rules.keywords.items()}
    try:
        rows = list(
            extract(
                babel_extract,  # type: ignore[arg-type]
                io.BytesIO(path.read_bytes()), names, comment_tags=rules.comment_tags, options=options,
                strip_comment_tags=True,
            )
        )  # fmt: skip
    except (TemplateError, UnicodeError, SyntaxError, ValueError, RecursionError) as error:
        message = getattr(error, "message", None) or str(error)
        raise CatalogError(message, path=path, line=getattr(error, "lineno", None)) from error
    gathered = Gathered()
    for line, messages, comments, context in rows:
        singular, plural = (messages[0], messages[1]) if isinstance(messages, tuple) else (messages, None)
        if singular:
            one = Extracted(singular, place(path, line), plural, context, tuple(c for c in comments if c))
            gathered.found.append(flagged(one, brace=False))
    return gathered


_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
# up to the first end of the tag, in a string or not, as Django itself reads it; nothing is tried twice
_INSIDE = r"(?:(?!\}\}|%\}).)*+"
_DJANGO = re.compile(
    rf"""
    \{{%[-+]?\s*(?P<comment>comment)\b.*?%\}}(?P<remark>.*?)\{{%[-+]?\s*endcomment\s*[-+]?%\}}
  | \{{\#(?P<note>.*?)\#\}}
  | \{{%[-+]?\s*(?:verbatim|raw)\b.*?%\}}.*?\{{%[-+]?\s*end(?:verbatim|raw)\b.*?%\}}
  | \{{%[-+]?\s*trans(?:late)?\s+(?P<text>{_STRING})(?P<rest>{_INSIDE})%\}}
  | \{{%[-+]?\s*(?P<tag>block(?:trans|translate)|trans)\b(?P<options>{_INSIDE})%\}}
    (?P<body>.*?)\{{%[-+]?\s*end(?P=tag)\s*[-+]?%\}}
  | (?:\{{\{{|\{{%)(?P<code>{_INSIDE})(?:\}}\}}|%\}})
    """,
    re.X | re.S,
)
_CONTEXT = re.compile(rf"\bcontext\s+(?P<text>{_STRING})")
_PLURAL = re.compile(r"\{%[-+]?\s*plural(?:ize)?\b.*?%\}")
_VARIABLE = re.compile(r"\{\{[-+]?\s*(\w[\w.]*)[^{}]*\}\}")
_CALL = re.compile(rf"(?<![\w.$])(?P<name>[\w$]+)\((?P<arguments>(?:\s*(?:{_STRING})\s*,?)+)")


def read_django(path: Path, text: str, rules: Rules) -> Gathered:
    """Read {% trans %}, {% translate %}, {% blocktranslate %}, _("…") and other keywords in a Django template.

    Texts are as Django asks gettext for them: a variable in a block is a named directive, a percent sign is double.
    """
    gathered = Gathered()
    remarks: tuple[str, ...] = ()
    remark_line = line = 1
    counted = 0
    for match in _DJANGO.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if match["comment"] or match["note"] is not None:
            remark = _remark(match["remark"] or match["note"] or "", rules)
            if remark is not None:
                remarks, remark_line = (remark,) if remark else (), line + match.group().count("\n")
            continue
        near = remarks if line - remark_line <= 1 else ()
        where = place(path, line)
        found: list[Extracted] = []
        if match["text"]:
            found = [Extracted(_unquote(match["text"]).replace("%", "%%"), where, None, _context(match["rest"]))]
        elif match["body"] is not None:
            found = [_block(match["options"], match["body"], where)]
        if match["rest"] or match["code"] or match["options"]:
            found += _marked(match["rest"] or match["code"] or match["options"], where, rules)
        gathered.found += [flagged(replace(one, comments=near), brace=False) for one in found if one.text]
    return gathered


def _remark(text: str, rules: Rules) -> str | None:
    remark = " ".join(text.split())
    tag = next((tag for tag in rules.comment_tags if remark.startswith(tag)), None)
    return None if tag is None else re.sub(r"^:?\s*", "", remark[len(tag) :])


def _block(options: str, body: str, where: str) -> Extracted:
    trimmed = bool(re.search(r"\btrimmed\b", options))
    texts = []
    for part in _PLURAL.split(body)[:2]:
        text = " ".join(row.strip() for row in part.strip().splitlines()) if trimmed else part
        texts.append(_VARIABLE.sub(r"%(\1)s", text.replace("%", "%%")))
    return Extracted(texts[0], where, texts[1] if len(texts) > 1 else None, _context(options))


def _context(options: str) -> str | None:
    found = _CONTEXT.search(options)
    return _unquote(found["text"]) if found else None


def _unquote(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal[1:-1])


def _marked(code: str, where: str, rules: Rules) -> Iterator[Extracted]:
    """Read the calls of keywords with literal texts in a tag's code: `{{ value|default:_("none") }}`."""
    for call in _CALL.finditer(code):
        keyword = rules.keywords.get(call["name"])
        if keyword is None:
            continue
        texts = [_literal(m.group()) for m in re.finditer(_STRING, call["arguments"])]
        numbers = (keyword.singular, keyword.plural, keyword.context)
        singular, plural, context = (texts[n - 1] if n and n <= len(texts) else None for n in numbers)
        if singular and (keyword.context is None or context):
            yield Extracted(singular, where, plural, context)


def _literal(literal: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return str(ast.literal_eval(literal))
        except (SyntaxError, ValueError):
            return _unquote(literal)
