"""Texts that Python sources mark, read off the syntax tree.

By tokens, as xgettext and Babel read, a call within an f-string is not seen before Python 3.12, and `_("a" if x else
"b")` gives a text that is never asked for. The tree also tells what a name was imported as.
"""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

from translate.catalog.extract.found import Comments, Extracted, Gathered, Note, Rules, flagged, place
from translate.catalog.extract.keywords import Keyword
from translate.errors import CatalogError
from translate.messages import _

# Arguments by name, as Python's gettext module has them.
_NAMES = {
    "message": "singular",
    "msgid": "singular",
    "singular": "singular",
    "msgid1": "singular",
    "string": "singular",
}
_NAMES |= {"plural": "plural", "msgid2": "plural", "context": "context"}


def read_python(path: Path, rules: Rules) -> Gathered:
    """Read a Python source.

    Raises:
        CatalogError: it is no Python of this interpreter's version.
    """
    data = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a "\d" in the source is its author's affair
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = getattr(error, "msg", None) or str(error) or type(error).__name__
        raise CatalogError(
            message, path=path, line=getattr(error, "lineno", None), hint=_("Mend the source, or leave the file out")
        ) from error
    return _Reader(path, rules, tree, _comments(data, rules)).run()


def _comments(data: bytes, rules: Rules) -> Comments:
    lines: dict[int, str] = {}
    if b"#" in data and rules.comment_tags:
        try:
            for token in tokenize.tokenize(io.BytesIO(data).readline):
                if token.type == tokenize.COMMENT:
                    lines[token.start[0]] = token.string.lstrip("#")
        except (tokenize.TokenError, SyntaxError):
            pass  # the tree has been read, so this is an odd end of the file; the comments before it are kept
    return Comments(lines, rules.comment_tags)


class _Reader:
    """One pass over a tree."""

    def __init__(self, path: Path, rules: Rules, tree: ast.Module, comments: Comments) -> None:
        self.path = path
        self.tree = tree
        self.comments = comments
        self.keywords = {**rules.keywords, **_aliases(tree, rules)}
        self.gathered = Gathered()

    def run(self) -> Gathered:
        first: dict[int, int] = {}  # a marked call → the line its statement begins in, if it is the first one there
        for node in ast.walk(self.tree):
            if isinstance(node, ast.stmt) and not hasattr(node, "body"):
                for call in self._marked(node)[:1]:
                    first[id(call)] = node.lineno
        for call in self._marked(self.tree):
            self._call(call, self.keywords[_name(call.func)], first.get(id(call), call.lineno))
        self.gathered.notes = list(dict.fromkeys(self.gathered.notes))
        return self.gathered

    def _marked(self, tree: ast.AST) -> list[ast.Call]:
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in self.keywords)
        return sorted(calls, key=lambda call: (call.lineno, call.col_offset))

    def _call(self, call: ast.Call, keyword: Keyword, statement: int) -> None:
        total = len(call.args) + len(call.keywords)
        if keyword.total is not None and keyword.total != total:
            return
        line = call.func.end_lineno or call.lineno
        singulars = self._argument(call, "singular", keyword.singular, line)
        plural = self._argument(call, "plural", keyword.plural, line)
        context = self._argument(call, "context", keyword.context, line)
        if keyword.context is not None and not context:
            return  # a context that is known when the program runs
        comments = self.comments.above(line, *self._inside(call), statement)
        for text in singulars:
            found = Extracted(
                text, place(self.path, line), plural[0] if plural else None, context[0] if context else None
            )
            if text:
                flags = flagged(found, brace=True).flags
                self.gathered.found.append(
                    Extracted(found.text, found.place, found.plural, found.context, comments, flags)
                )

    def _inside(self, call: ast.Call) -> list[int]:
        return [call.args[0].lineno] if call.args and call.args[0].lineno != call.lineno else []

    def _argument(self, call: ast.Call, role: str, number: int | None, line: int) -> list[str]:
        if number is None:
            return []
        node: ast.expr | None = None
        if number <= len(call.args):
            node = call.args[number - 1]
        else:
            node = next((k.value for k in call.keywords if k.arg and _NAMES.get(k.arg) == role), None)
        return [] if node is None or isinstance(node, ast.Starred) else list(self._texts(node, line))

    def _texts(self, node: ast.expr, line: int) -> Iterator[str]:
        """Yield what an argument may be: of a condition both texts."""
        if isinstance(node, ast.IfExp):
            yield from self._texts(node.body, line)
            yield from self._texts(node.orelse, line)
            return
        text = _constant(node)
        if text is not None:
            yield text
            return
        template = _formatted(node)
        if template is not None:
            message = _("the text is put together before gettext sees it, so no translation is ever found")
            self._note(line, message + _how(node))
            if template:
                yield template

    def _note(self, line: int, message: str) -> None:
        self.gathered.notes.append(Note(place(self.path, line), message))


def _how(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return ": " + _('an f-string; write _("… {name}").format(name=name)')
    return ": " + _('put the values in behind the call: _("… %(name)s") % {…}')


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _constant(node: ast.expr) -> str | None:
    """Return the text of a literal, of literals side by side or added up; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr) and all(isinstance(part, ast.Constant) for part in node.values):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _constant(node.left), _constant(node.right)
        return None if left is None or right is None else left + right
    return None


def _formatted(node: ast.expr) -> str | None:
    """Return the literal of a text that is put together at once, "" for an f-string; None for what is no text."""
    if isinstance(node, ast.JoinedStr):
        return ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return _constant(node.left)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = [_constant(node.left), _constant(node.right), _formatted(node.left), _formatted(node.right)]
        return "" if any(side is not None for side in sides) else None
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("format", "format_map")
    ):
        return _constant(node.func.value)
    return None


def _aliases(tree: ast.Module, rules: Rules) -> dict[str, Keyword]:
    """Return other names that the module gives to keywords: `import gettext_lazy as t`, `tr = translation.gettext`."""
    found: dict[str, Keyword] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                keyword = rules.keywords.get(alias.name)
                if keyword is not None and alias.asname and alias.name not in ("_", "__"):
                    found[alias.asname] = keyword
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Attribute):
            keyword = rules.keywords.get(_name(node.value))
            for target in node.targets:
                if keyword is not None and isinstance(target, ast.Name) and target.id not in rules.keywords:
                    found[target.id] = keyword
    return found
