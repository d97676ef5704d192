"""Texts that JavaScript, TypeScript, JSX and Vue components mark, read off tree-sitter's syntax trees.

Babel reads JavaScript by tokens, and loses its way where JSX has an apostrophe in its text or TypeScript a type in
angle brackets; tree-sitter reads the grammars themselves, and what stands around a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from translate.catalog.extract.found import Comments, Extracted, Gathered, Note, Rules, flagged, place
from translate.errors import CatalogError
from translate.messages import _

if TYPE_CHECKING:
    from tree_sitter import Node

SUFFIXES = {".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte"}


def read_script(path: Path, rules: Rules) -> Gathered:
    """Read a script, or the scripts and expressions of a component.

    Raises:
        CatalogError: the file cannot be decoded.
    """
    # Not `read_text`: a bundle may hold control characters in its strings.
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CatalogError(_("not UTF-8"), path=path, line=line, hint=_("Convert the file, or leave it out")) from None
    script = _Script(path, rules)
    if path.suffix.lower() in (".vue", ".svelte"):
        for piece in _Component(text).pieces:
            script.read(piece)
        script.gathered.found += _translate_elements(text, path)
    else:
        script.read(_Piece(text, 1, path.suffix.lower() in (".ts", ".mts", ".cts")))
    return script.gathered


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of script, the line it begins in, and whether it is TypeScript."""

    text: str
    line: int
    typed: bool = False


class _Script:
    """The texts of one file's pieces of script."""

    def __init__(self, path: Path, rules: Rules) -> None:
        self.path = path
        self.rules = rules
        self.gathered = Gathered()

    def read(self, piece: _Piece) -> None:
        """Read a piece."""
        from tree_sitter import Language, Parser
        from tree_sitter_typescript import language_tsx, language_typescript

        data = piece.text.encode("utf-8", "surrogatepass")
        # `<T>value` is a cast in TypeScript and the start of an element in all the others.
        parser = Parser(Language(language_typescript() if piece.typed else language_tsx()))
        nodes = list(_walk(parser.parse(data).root_node))
        comments = Comments(dict(_comment_lines(nodes, piece.line)), self.rules.comment_tags)
        for node in nodes:
            if node.type == "call_expression":
                self._call(node, piece.line, comments)

    def _call(self, node: Node, line: int, comments: Comments) -> None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None or arguments.type != "arguments":
            return
        if function.type == "member_expression":
            function = function.child_by_field_name("property") or function
        keyword = self.rules.keywords.get(_text(function))
        given = [child for child in arguments.named_children if child.type != "comment"]
        if keyword is None or (keyword.total is not None and keyword.total != len(given)):
            return
        where = place(self.path, function.start_point[0] + line)
        numbers = (keyword.singular, keyword.plural, keyword.context)
        singular, plural, context = (_literal(given[n - 1]) if n and n <= len(given) else None for n in numbers)
        if keyword.context is not None and not context:
            return
        if singular:
            rows = [
                function.start_point[0] + line,
                *(g.start_point[0] + line for g in given[:1]),
                _statement(node) + line,
            ]
            one = Extracted(singular, where, plural, context, comments.above(*rows))
            self.gathered.found.append(flagged(one, brace=False, percent="javascript-format"))
        elif len(given) >= keyword.singular and _is_put_together(given[keyword.singular - 1]):
            message = _("the text is put together before gettext sees it, so no translation is ever found")
            self.gathered.notes.append(Note(where, f"{message}: {_text(given[keyword.singular - 1])[:60]}"))


def _walk(root: Node) -> Iterator[Node]:
    """Yield all nodes in the order of the text; without recursion, since bundles nest thousands deep."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "surrogatepass")


def _comment_lines(nodes: list[Node], line: int) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if node.type == "comment":
            for n, row in enumerate(_text(node).splitlines()):
                yield node.start_point[0] + line + n, re.sub(r"^\s*(?://+|/?\*+(?!/))|\*/\s*$", "", row)


def _statement(node: Node) -> int:
    """Return the row in which the statement of a node begins."""
    at: Node | None = node
    while at is not None and not at.type.endswith(("statement", "declaration", "jsx_expression", "pair")):
        at = at.parent
    return at.start_point[0] if at is not None else node.start_point[0]


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<point>[0-9A-Fa-f]+)\}|u(?P<four>[0-9A-Fa-f]{4})|x(?P<two>[0-9A-Fa-f]{2})|(?P<one>.))", re.S
)


def _literal(node: Node) -> str | None:
    """Return the text of a literal, of literals added up; None for anything else."""
    if node.type == "string" or (node.type == "template_string" and not _has_values(node)):
        text = _ESCAPE.sub(_unescaped, _text(node)[1:-1])
        # "\ud83d\ude00" are two escapes and one character
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if node.type == "parenthesized_expression" and node.named_child_count == 1:
        return _literal(node.named_children[0])
    if node.type == "binary_expression" and _text(node.children[1]) == "+":
        sides = [_literal(side) for side in (node.children[0], node.children[2])]
        return None if None in sides else "".join(side for side in sides if side is not None)
    return None


def _unescaped(match: re.Match[str]) -> str:
    code = match["point"] or match["four"] or match["two"]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else "\ufffd"
    return _ESCAPES.get(match["one"], match["one"])


def _has_values(node: Node) -> bool:
    return any(child.type == "template_substitution" for child in node.children)


def _is_put_together(node: Node) -> bool:
    if node.type == "template_string":
        return True
    return node.type == "binary_expression" and any(
        child.type in ("string", "template_string") for child in node.children
    )


# Components --------------------------------------------------------------------------------------------------------


class _Component(HTMLParser):
    """Takes scripts, {{ expressions }} and bound attributes out of a Vue or Svelte component."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[_Piece] = []
        self._script: bool | None = None  # within a script: whether it is TypeScript
        self._text: list[str] = []
        self._at = 1
        self.feed(text)
        self.close()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over `<![…`, as browsers do: to the parser an unknown word there is the programmer's fault."""
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take attributes whose value is an expression: :title, v-bind:title, @click, v-text."""
        self._flush()
        if tag == "script":
            self._script = dict(attrs).get("lang") in ("ts", "typescript")
        line = self.getpos()[0]
        for name, value in attrs:
            if value and (name[:1] in ":@#" or name.startswith(("v-", "bind:", "on:")) or value.startswith("{")):
                offset = (self.get_starttag_text() or "").find(value)
                at = line + (self.get_starttag_text() or "").count("\n", 0, max(offset, 0))
                self.pieces.append(_Piece(f"({value})", at))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes of an element that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag == "script":
            self._script = None

    def handle_endtag(self, tag: str) -> None:
        """End a script."""
        self._flush()
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        """Collect text; the parser hands it over in parts."""
        if not self._text:
            self._at = self.getpos()[0]
        self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        """Keep an entity within its text."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a character reference within its text."""
        self.handle_data(f"&#{name};")

    def close(self) -> None:
        """Take what is left."""
        super().close()
        self._flush()

    def _flush(self) -> None:
        text, self._text = "".join(self._text), []
        if self._script is not None:
            self.pieces.append(_Piece(text, self._at, self._script))
            return
        for match in re.finditer(r"\{\{(?P<vue>.*?)\}\}|\{(?P<svelte>[^{}]*)\}", text, re.S):
            code = match["vue"] if match["vue"] is not None else match["svelte"]
            self.pieces.append(_Piece(f"({code})", self._at + text.count("\n", 0, match.start())))


_TRANSLATE = re.compile(
    r"<(?P<tag>translate|(?P<other>[\w-]+)(?=[^<>]*\sv-translate\b))\b(?P<options>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>"
    r"(?P<body>.*?)</(?P=tag)>",
    re.S,
)


def _translate_elements(text: str, path: Path) -> Iterator[Extracted]:
    """Read <translate>…</translate> and v-translate of vue-gettext."""
    for match in _TRANSLATE.finditer(text):
        body = " ".join(match["body"].split())
        options = {
            n: v for n, _q, v in re.findall(r"translate-(plural|context)=([\"'])(.*?)\2", match["options"], re.S)
        }
        if body and "{{" not in body:
            line = text.count("\n", 0, match.start()) + 1
            yield Extracted(body, place(path, line), options.get("plural"), options.get("context"))
