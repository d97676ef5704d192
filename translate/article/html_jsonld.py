"""JSON-LD, what a page tells search engines of its story: the texts of it that are shown to readers, where they stand.

The JSON is read by the library; where each of its strings stands no JSON parser tells, so its tokens are walked beside.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from translate.article.blocks import BlockKind
from translate.article.html_tokens import Tag
from translate.article.inline import Inline
from translate.article.splicing import Value
from translate.spans import Span

# Of an author and of the site itself nothing is translated.
_STORY = regex.compile(r"(?i).*(?:article|posting|report|webpage|imageobject|videoobject|breadcrumblist|listitem)")
_TEXTS = frozenset((
    "headline", "alternativeheadline", "description", "abstract", "caption", "articlesection", "keywords",
))  # fmt: skip
_WHOLE = frozenset(("articlebody", "text"))
_TOKEN = regex.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]')
_COLON = regex.compile(r"\s*:\s*")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What stands in one script.

    Args:
        values: headline, description, captions, keywords.
        languages: where a language is named (`inLanguage`).
        left: texts that stay as they are: the story a second time.
    """

    values: tuple[Value, ...] = ()
    languages: tuple[Span, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(slots=True)
class _Object:
    """An object or a list in the making: its types, and the strings under each of its keys."""

    key: str
    is_list: bool
    types: list[str] = field(default_factory=list)
    strings: list[tuple[str, Span]] = field(default_factory=list)


def is_linked_data(source: str, tag: Tag) -> bool:
    """Tell the content of a script that holds JSON-LD."""
    if tag.kind != "raw" or tag.name != "script":
        return False
    script = source[tag.span.start : tag.span.stop]
    return '"@type"' in script or "datePublished" in script


def read_linked_data(source: str, script: Span) -> LinkedData:
    """Read a script of JSON-LD; one that is no JSON is left as it is.

    Args:
        source: the page.
        script: the content of the script.
    """
    text = source[script.start : script.stop]
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return LinkedData()
    values: list[Value] = []
    languages: list[Span] = []
    left: list[str] = []
    for one in _objects(text, script.start):
        if not any(_STORY.fullmatch(name) for name in one.types):
            continue
        for key, span in one.strings:
            said = str(json.loads(source[span.start - 1 : span.stop + 1]))
            if key in _TEXTS and "://" not in said:
                inline = Inline()
                inline.add(said)
                values.append(Value(inline.block(BlockKind.META), span, _escaped))
            elif key == "inlanguage" and said.lower().startswith("en"):
                languages.append(span)
            elif key in _WHOLE and said.strip():
                left.append(" ".join(said.split()))
    return LinkedData(tuple(values), tuple(languages), tuple(left))


def _objects(text: str, offset: int) -> Iterator[_Object]:
    """Yield every object once it is closed; what a list in it holds is its own, under the key of the list."""
    stack: list[_Object] = []
    key = ""
    for match in _TOKEN.finditer(text):
        token = match[0]
        above = stack[-1] if stack else None
        if token in "{[":
            stack.append(_Object(above.key if above and above.is_list else key, token == "["))
        elif token in "}]":
            closed = stack.pop()
            if not closed.is_list:
                yield closed
            elif stack:
                stack[-1].types += closed.types
                stack[-1].strings += closed.strings
        elif above and not above.is_list and _COLON.match(text, match.end()):
            key = str(json.loads(token)).lower()
        elif above:
            under = above.key if above.is_list else key
            above.strings.append((under, Span(match.start() + 1 + offset, match.end() - 1 + offset)))
            above.types += [str(json.loads(token))] if under == "@type" else []


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("</", "<\\/")
