"""Front matter: the fields over a Markdown text, in YAML, TOML or JSON, and where each stands that has words in it.

A field is replaced in place and quoted as it was; every other key, comment and blank of the block stays.
"""

from __future__ import annotations

import json
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import regex
import yaml

from translate.article.blocks import BlockKind
from translate.article.inline import Inline
from translate.article.splicing import Value
from translate.article.templates import cover, covered
from translate.article.text import ends_a_sentence
from translate.spans import Span

_YAML = regex.compile(r"(?P<fence>---[ \t]*\n)(?P<fields>.*?)(?:^)(?:---|\.\.\.)[ \t]*(?:\n|$)", regex.S | regex.M)
_TOML = regex.compile(r"(?P<fence>\+\+\+[ \t]*\n)(?P<fields>.*?)(?:^)\+\+\+[ \t]*(?:\n|$)", regex.S | regex.M)
_TITLES = ("title", "headline")
_WORDS = frozenset((
    *_TITLES, "subtitle", "description", "summary", "excerpt", "abstract", "lead", "lede", "deck", "dek", "standfirst",
    "tagline", "teaser", "caption", "alt", "image_alt", "image_caption", "tags", "tag", "keywords", "categories",
    "category", "section", "topics",
))  # fmt: skip
# [taxonomies] of Zola, [params] of Hugo, image: and cover: of most themes
_INSIDE = frozenset(("taxonomies", "extra", "params", "image", "cover", "hero", "feature", "featured_image", "seo"))
# A word that stands in an address: “central-asia”
_SLUG = regex.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)+|\S*[/\\.]\S*|#.*")
_LETTER = regex.compile(r"\p{L}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field's value, one of several where the field is a list.

    Args:
        key: in lower case; the key of the mapping it stands in before it, with a dot: "taxonomies.tags".
        value: its text, where it stands in the file, and how it is written there.
    """

    key: str
    value: Value

    @property
    def text(self) -> str:
        """Return what it says."""
        return self.value.block.text

    @property
    def name(self) -> str:
        """Return the key without what it stands in."""
        return self.key.rpartition(".")[2]

    @property
    def is_words(self) -> bool:
        """Tell a value to translate from an address, a date, a name, a word of a program."""
        slug = self.name not in _TITLES and _SLUG.fullmatch(self.text)
        return self.name in _WORDS and bool(_LETTER.search(self.text)) and not slug


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block over a text.

    Args:
        raw: as it stands, fences and all; "" where there is none.
        fields: those with one value and those with several, in the order of the file.
    """

    raw: str = ""
    fields: tuple[Field, ...] = field(default=())

    def first(self, *names: str) -> str:
        """Return the first value under the first of these keys that is there."""
        found = ([f.text for f in self.fields if f.key == name and f.text] for name in names)
        return next((texts[0] for texts in found if texts), "")

    def all(self, *names: str) -> list[str]:
        """Return every value under the first of these keys that is there."""
        found = ([f.text for f in self.fields if f.key == name and f.text] for name in names)
        return next((texts for texts in found if texts), [])


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter a text begins with; what is no YAML, TOML or JSON is kept as it is, without fields."""
    if match := _YAML.match(text):
        return FrontMatter(match[0], tuple(_yaml_fields(match["fields"], match.start("fields"))))
    if match := _TOML.match(text):
        return FrontMatter(match[0], tuple(_toml_fields(match["fields"], match.start("fields"))))
    if regex.match(r'\{\s*"', text):
        return _json(text)
    return FrontMatter()


def _json(text: str) -> FrontMatter:
    try:
        fields, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return FrontMatter()
    rest = regex.compile(r"[ \t]*(?:\n|$)").match(text, end)
    if not isinstance(fields, dict) or rest is None:
        return FrontMatter()
    return FrontMatter(text[: rest.end()], tuple(_yaml_fields(text[:end], 0)))


def _yaml_fields(text: str, offset: int) -> Iterator[Field]:
    hidden = cover(text, markdown=False)
    try:
        root = yaml.compose(hidden, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return
    for key, node in _nodes(root, ""):
        if isinstance(node, yaml.ScalarNode) and not covered(str(node.value)):
            start, stop = node.start_mark.index, node.end_mark.index
            raw = text[start:stop]
            if node.style in ("|", ">") and "\n" in raw:
                header = raw.index("\n") + 1
                lines = _Lines(raw[header:], start + header + offset, folded=node.style == ">")
                yield from (Field(key, value) for value in lines.values())
                continue
            write = _yaml_writer(node.style or "", raw, in_flow=text[:start].rstrip()[-1:] in "[,{")
            yield Field(key, _value(str(node.value), Span(start + offset, stop + offset), write))


def _nodes(root: Any, above: str) -> Iterator[Any]:
    """Yield keys and scalar nodes, lists taken apart, of a mapping and of those in it that hold texts."""
    if not isinstance(root, yaml.MappingNode):
        return
    for key_node, node in root.value:
        key = str(key_node.value).lower() if isinstance(key_node, yaml.ScalarNode) else ""
        if isinstance(node, yaml.SequenceNode):
            yield from ((above + key, item) for item in node.value)
        elif isinstance(node, yaml.MappingNode) and not above and key in _INSIDE:
            yield from _nodes(node, f"{key}.")
        else:
            yield above + key, node


def _value(text: str, span: Span, write: Callable[[str], str]) -> Value:
    inline = Inline()
    inline.add(text)
    return Value(inline.block(BlockKind.META), span, write)


def _yaml_writer(style: str, raw: str, *, in_flow: bool) -> Callable[[str], str]:
    def plain(text: str) -> str:
        sample = f"[{text}]" if in_flow else f"k: {text}"
        try:
            found: Any = yaml.compose(sample, Loader=yaml.SafeLoader)
            node = found.value[0] if in_flow else found.value[0][1]
            same = isinstance(node, yaml.ScalarNode) and node.value == text and not node.style and len(found.value) == 1
            same = same and node.tag == "tag:yaml.org,2002:str"
        except (yaml.YAMLError, AttributeError, IndexError, TypeError):
            same = False
        return text if same else _double(text)

    if style == "'":
        return lambda text: "'" + text.replace("'", "''") + "'"
    return _double if style == '"' else plain


# - one item, 2. another, ## a heading
_ITEM = regex.compile(r"(?:[-*+•>]|#{1,6}|\d{1,3}[.)])[ \t]+")
_LEAST_WIDTH = 40


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines that belong together: from the first letter of the first to the last letter of the last."""

    span: Span
    lines: tuple[str, ...]
    indent: str


class _Lines:
    """A text of several lines, paragraph by paragraph, so that a description in three paragraphs comes out as three.

    Args:
        text: the lines.
        offset: where they begin in the file.
        folded: True where a single line end is a blank.
    """

    def __init__(self, text: str, offset: int, *, folded: bool) -> None:
        self._text = text
        self._offset = offset
        self._folded = folded

    def values(self, read: Callable[[str], str] = str, escape: Callable[[str], str] = str) -> Iterator[Value]:
        """Yield the paragraphs; each is wrapped again at its width if it had several lines.

        Args:
            read: what a stretch of the lines says.
            escape: how a text is written there.
        """
        for paragraph in self._paragraphs():
            raw = self._text[paragraph.span.start : paragraph.span.stop]
            span = Span(paragraph.span.start + self._offset, paragraph.span.stop + self._offset)
            yield _value(read(raw), span, _filler(paragraph, escape))

    def _paragraphs(self) -> Iterator[_Paragraph]:
        group: list[str] = []
        start = at = 0
        for line in self._text.split("\n"):
            bare = line.strip()
            begins = not self._folded and bool(_ITEM.match(bare))
            ends = group and not self._folded and ends_a_sentence(group[-1])
            if group and (not bare or begins or ends):
                yield self._paragraph(start, group)
                group = []
            if bare:
                start = at if not group else start
                group.append(line)
            at += len(line) + 1
        if group:
            yield self._paragraph(start, group)

    def _paragraph(self, start: int, lines: list[str]) -> _Paragraph:
        whole = "\n".join(lines)
        begin = len(whole) - len(whole.lstrip())
        marker = _ITEM.match(whole, begin)
        begin = marker.end() if marker and not self._folded else begin
        second = lines[1] if len(lines) > 1 else lines[0]
        indent = second[: len(second) - len(second.lstrip())]
        return _Paragraph(Span(start + begin, start + len(whole.rstrip())), tuple(lines), indent)


def _filler(paragraph: _Paragraph, escape: Callable[[str], str]) -> Callable[[str], str]:
    width = max(_LEAST_WIDTH, *(len(line) for line in paragraph.lines))

    def write(text: str) -> str:
        written = escape(text)
        if len(paragraph.lines) == 1:
            return written
        first = paragraph.lines[0]
        begun = len(first) - len(first.lstrip())
        filled = textwrap.fill(
            written, width, initial_indent=" " * begun, subsequent_indent=paragraph.indent,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        return filled[begun:]

    return write


def _double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_STRING = r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
_TOML_ITEM = regex.compile(
    rf"^[ \t]*(?:\[(?P<table>[^\[\]\n]+)\][^\n]*$|\[\[[^\n]*$"
    rf"|(?P<key>[\w-]+|\"[^\"\n]*\")[ \t]*=[ \t]*"
    rf"(?:(?P<string>{_STRING})|\[(?P<list>(?:\s|,|\#[^\n]*\n|{_STRING})*)\]|(?P<other>[^\n]*)))",
    regex.M | regex.S,
)
_TOML_STRING = regex.compile(_STRING, regex.S)


def _toml_fields(text: str, offset: int) -> Iterator[Field]:
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    table = ""
    for match in _TOML_ITEM.finditer(text):
        if match["key"] is None:
            table = (match["table"] or "?").strip().lower()
            continue
        if table and table not in _INSIDE:
            continue
        key = (f"{table}." if table else "") + match["key"].strip('"').lower()
        if match["string"] and match["string"][:3] in ('"""', "'''") and "\n" in match["string"]:
            yield from (Field(key, value) for value in _toml_lines(match["string"], match.start("string") + offset))
        elif match["string"]:
            yield _toml_field(key, match["string"], match.start("string") + offset)
        elif match["list"]:
            for string in _TOML_STRING.finditer(match["list"]):
                yield _toml_field(key, string[0], match.start("list") + string.start() + offset)
        elif match["other"]:
            bare = match["other"].partition("#")[0].strip()
            yield Field(key, _value(bare, Span(0, 0), str))


def _toml_lines(raw: str, start: int) -> Iterator[Value]:
    """Yield the paragraphs of a string of several lines."""
    quote, inside = raw[:3], raw[3:-3]

    def read(piece: str) -> str:
        try:
            return str(tomllib.loads(f"v = {quote}{piece}{quote}")["v"])
        except tomllib.TOMLDecodeError:
            return piece

    def escape(text: str) -> str:
        if quote == "'''":
            return text.replace("'''", "’’’")
        return text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')

    # a line that ends in a backslash goes on in the next one
    return _Lines(inside, start + 3, folded=bool(regex.search(r"\\\n", inside))).values(read, escape)


def _toml_field(key: str, raw: str, start: int) -> Field:
    def write(text: str) -> str:
        if raw.startswith('"""'):
            return '"""' + text.replace("\\", "\\\\").replace('"', '\\"') + '"""'
        literal = raw.startswith("'") and "'" not in text
        quote = raw[:3] if raw.startswith(('"""', "'''")) else raw[0]
        return quote + text + quote if literal else _double(text)

    text = str(tomllib.loads(f"v = {raw}")["v"])
    return Field(key, _value(text, Span(start, start + len(raw)), write))


def with_title(front: str, title: str) -> str:
    """Return a front matter with another title; the rest stays as it is."""
    for found in read_front_matter(front).fields:
        if found.key in _TITLES and found.text and found.text != title:
            span = found.value.span
            return front[: span.start] + found.value.write(title) + front[span.stop :]
    return front
