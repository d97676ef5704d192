"""markdown-it that tells where every token of a line stood.

The parser gives the lines of a block and nothing within them; its rules know where they are while they run. So the
inline parser is the library's own, with each token's place written down as it is made: `token.meta["at"]`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import regex
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

_NOTE = regex.compile(r"\[\^[^\s\[\]]{1,100}\]")
# - [x] done; > [!NOTE]
_BOX = regex.compile(r"\[[ xX]\](?=\s)|\[![A-Za-z][\w-]*\][+-]?(?=\s|$)")


class _State(StateInline):
    """Inline state that writes down where pending text began and where each token was pushed."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self._pending_at = 0

    def append_pending(self, text: str) -> None:
        """Add literal text, and remember where the first of it stood."""
        if not self.pending:
            self._pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        """Make a token of the literal text so far."""
        length = len(self.pending)
        token = super().pushPending()
        token.meta["at"] = (self._pending_at, self._pending_at + length)
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Push a token, with the offset the parser had come to."""
        token = super().push(ttype, tag, nesting)
        token.meta["pushed"] = self.pos
        return token


class _Inline(ParserInline):
    """The library's inline parser; every token gets the span of the rule that made it."""

    def tokenize(self, state: StateInline) -> None:
        """Generate tokens for the input range, as the library does."""
        rules = self.ruler.getRules("")
        end = state.posMax
        while state.pos < end:
            pos, before = state.pos, len(state.tokens)
            nested = state.level < state.md.options["maxNesting"]
            if nested and any(rule(state, False) for rule in rules):
                _place(state.tokens[before:], pos, state.pos)
                continue
            state.append_pending(state.src[state.pos])
            state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Process a string and push its tokens."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _place(tokens: list[Token], start: int, stop: int) -> None:
    """Give the tokens of one rule their span; the signs of emphasis, one token each, stand side by side."""
    new = [token for token in tokens if "at" not in token.meta]
    beside = all(token.type == "text" for token in new) and sum(len(token.content) for token in new) == stop - start
    for token in new:
        end = start + len(token.content) if beside else stop
        token.meta["at"] = (start, end)
        start = end if beside else start


def _rule(name: str, pattern: regex.Pattern[str], *, first: bool) -> Callable[[StateInline, bool], bool]:
    def found(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "[" or (first and state.pos > 0):
            return False
        match = pattern.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if not silent:
            state.push(name, "", 0)
        state.pos = match.end()
        return True

    return found


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables, strike-through, footnotes, definition lists and admonitions."""
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin).use(admon_plugin)
    made.inline = _copied(made.inline)
    made.inline.ruler.disable(["footnote_ref"], ignoreInvalid=True)
    made.inline.ruler.before("link", "note", _rule("note", _NOTE, first=False))
    made.inline.ruler.before("link", "box", _rule("box", _BOX, first=True))
    made.inline.ruler2.disable(["fragments_join"])
    made.core.ruler.disable(["text_join"])
    return made


def _copied(inline: ParserInline) -> _Inline:
    """Return our inline parser with the rules that the plugins put into the library's."""
    made = _Inline()
    made.ruler, made.ruler2 = inline.ruler, inline.ruler2
    made.terminator_re = inline.terminator_re
    return made
