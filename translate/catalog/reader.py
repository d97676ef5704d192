"""Reads the grammar of gettext's PO files, with the exact place of everything in them.

The lexer of GNU gettext is free-form: a string may follow its keyword on the next line, several strings may stand on
one line, and an entry need not end at a blank line. What the grammar does not allow is stepped over line by line and
listed as a fault, so that the rest of the file can still be read, shown and kept byte for byte.

Source: GNU gettext 0.21 manual, "The Format of PO Files"; read-po and its lexer for what the manual leaves open.
"""

from __future__ import annotations

import gc
import re
from pathlib import Path

from translate.catalog.entry import Catalog, Comment, Entry, Field, GrammarFault
from translate.catalog.source import Source, decode
from translate.messages import lazy_gettext as _

STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
# What may stand behind a string on its line; in "say "hello" twice" the second quote does not close.
_CLOSED = r"(?=[ \t\r\f\v]*+(?:\n|\Z|\"|msg|domain|\#))"
# A string goes on after blanks, or on another line behind the marker (#~, #|, #~|) that its keyword stands behind.
_TOKEN = re.compile(
    rf"""
    \s*+(?:
    (?P<mark>\#~\||\#\||\#~|)[ \t\r\f\v]*+
    (?P<keyword>msgctxt|msgid_plural|msgid|msgstr|domain)
    (?:[ \t]*+\[[ \t]*+(?P<index>[0-9]{{1,6}})[ \t]*+\])?+
    (?P<gap>[ \t\r\f\v]*+(?:\n[ \t\r\f\v\n]*+(?P=mark)[ \t\r\f\v]*+)?+)
    (?P<strings>{STRING}{_CLOSED}
      (?:[ \t\r\f\v]*+(?:\n[ \t\r\f\v\n]*+(?P=mark)[ \t\r\f\v]*+)?+{STRING}{_CLOSED})*+)
  | (?P<marked>\#~\||\#\||\#~)[ \t\r\f\v]*+(?P<tail>[^\s\#][^\n]*+)
  | (?P<comment>\#[^\n]*+)
  | (?P<junk>[^\n]++))
    """,
    re.X,
)
# A line with quotes or backslashes that someone forgot to escape, read as most tools would: from the first to the
# last quote. Vim's Shift-JIS catalog doubles the backslash byte within letters, so one stands before the last quote.
_LOOSE = re.compile(
    r"""[ \t\r]*(?P<mark>#~\||#\||#~|)[ \t]*(?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr)"""
    r"""(?:[ \t]*\[[ \t]*(?P<index>[0-9]{1,6})[ \t]*\])?[ \t]*)?(?P<strings>".*")[ \t\r]*"""
)
_LINE_END = re.compile(r"[ \t\r\f\v]*+(?:\n|\Z)")
_STRINGS = re.compile(STRING)
_ESCAPE = re.compile(r"(?P<bytes>(?:\\(?:x[0-9A-Fa-f]+|[0-7]{1,3}))+)|\\(?P<letter>.)")
_BYTE = re.compile(r"\\(?:x([0-9A-Fa-f]+)|([0-7]{1,3}))")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}


def read_catalog(path: str | Path, *, tolerant: bool = False) -> Catalog:
    """Read a .po or .pot file.

    Args:
        path: the file.
        tolerant: keep a file that breaks the grammar, its faults listed; otherwise refuse it.

    Raises:
        CatalogError: with path, line and a hint.
        OSError: the file cannot be read.
    """
    return parse(Path(path).read_bytes(), Path(path), tolerant=tolerant)


def parse(data: bytes, path: Path | None = None, *, tolerant: bool = False) -> Catalog:
    """Read a catalog from its bytes; see `read_catalog`."""
    catalog = _Parser(decode(data, path)).run()
    if not tolerant:
        catalog.fail_on_faults()
    return catalog


def unescape(text: str, charset: str = "utf-8") -> str:
    """Read the escapes of a string without its quotes.

    `\\x41` and `\\101` are bytes of the file's charset, so a run of them may make one letter. An escape that gettext
    does not know keeps its backslash.
    """
    if "\\" not in text:
        return text

    def one(match: re.Match[str]) -> str:
        if match["letter"]:
            return _LETTERS.get(match["letter"], match.group())
        raw = bytes(
            (int(hexadecimal, 16) if hexadecimal else int(octal, 8)) & 0xFF
            for hexadecimal, octal in _BYTE.findall(match["bytes"])
        )
        return raw.decode(charset, "surrogateescape")

    return _ESCAPE.sub(one, text)


class _Parser:
    """One pass over the text; `run` returns the catalog."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.entries: list[Entry] = []
        self.faults: list[GrammarFault] = []
        self.comments: list[Comment] = []
        self.previous: list[Field] = []
        self.entry: Entry | None = None
        self.has: set[str] = set()  # the keywords of that entry, and its msgstr[n]
        self.domain = ""

    def run(self) -> Catalog:
        # A million new objects and no cycle among them: the collector costs a fifth of the time and frees nothing.
        collecting = gc.isenabled()
        gc.disable()
        try:
            self._read()
        finally:
            if collecting:
                gc.enable()
        self._close()
        if self.comments and self.previous:
            self.faults.append(GrammarFault(self.previous[0].start, _("a previous msgid with no entry behind it")))
        return Catalog(self.source, tuple(self.entries), tuple(self.faults))

    def _read(self) -> None:
        for match in _TOKEN.finditer(self.text):
            kind = match.lastgroup
            if kind == "strings":
                self._field(match)
            elif kind == "comment":
                self.comments.append(Comment(match.start(kind), match.end(), match[kind].rstrip("\r")))
            elif kind == "tail":
                self._marked(match)
            else:
                self._junk(match)

    def _field(self, match: re.Match[str], *, loose_at: int | None = None) -> None:
        keyword, mark, index, strings = match.group("keyword", "mark", "index", "strings")
        offset = loose_at or 0
        if loose_at is not None:
            value = unescape(strings[1:-1], self.source.charset)
        elif strings.find('"', 1) == len(strings) - 1:  # one string, as most are
            value = strings[1:-1] if "\\" not in strings else unescape(strings[1:-1], self.source.charset)
        elif "\\" not in strings:
            value = "".join([s[1:-1] for s in _STRINGS.findall(strings)])
        else:
            value = "".join([unescape(s[1:-1], self.source.charset) for s in _STRINGS.findall(strings)])
        quote, stop = match.span("strings")
        start = match.start("mark")
        new = Field(keyword, int(index) if index else None, start + offset, quote + offset, stop + offset, value)
        if mark in {"#|", "#~|"}:
            self.previous.append(new)
        elif keyword == "domain":
            self._close()
            self.domain = value
        elif keyword == "msgstr":
            self._msgstr(new, mark == "#~")
        else:
            self._source_field(new, mark == "#~")

    def _source_field(self, new: Field, obsolete: bool) -> None:
        """Take a msgctxt, msgid or msgid_plural: the start of an entry or what goes on with it."""
        entry, has = self.entry, self.has
        goes_on = entry is not None and "msgstr" not in has and entry.obsolete == obsolete
        if not (
            (goes_on and new.keyword == "msgid" and "msgid" not in has)
            or (goes_on and new.keyword == "msgid_plural" and "msgid" in has and "msgid_plural" not in has)
        ):
            entry = self._open(new, obsolete)
            if new.keyword == "msgid_plural":
                self._fault(new.start, _("msgid_plural without a msgid before it"), entry)
        assert entry is not None
        self._adopt(entry, new)

    def _msgstr(self, new: Field, obsolete: bool) -> None:
        entry, has = self.entry, self.has
        if entry is None or "msgid" not in has or entry.obsolete != obsolete:
            entry = self._open(new, obsolete)
            self._fault(new.start, _("msgstr without a msgid before it"), entry)
        elif _name(new) in has:
            self._fault(
                new.start,
                _("a second {name} in one entry", name=_name(new)),
                entry,
                _("Keep one of the two translations"),
            )
        if ("msgid_plural" in has) is (new.form is None):
            plural = _("a plural entry needs msgstr[0], msgstr[1], …")
            self._fault(
                new.start, plural if new.form is None else _("{name} without msgid_plural", name=_name(new)), entry
            )
        self._adopt(entry, new)

    def _open(self, new: Field, obsolete: bool) -> Entry:
        """Start an entry with the line of its first comment."""
        self._close()
        first = new.start
        if self.comments:
            first = self.comments[0].start
        if self.previous and self.previous[0].start < first:
            first = self.previous[0].start
        at_start = not first or self.text[first - 1] == "\n"
        start = first if at_start else self.text.rfind("\n", 0, first) + 1
        if self.entries and start < self.entries[-1].stop:  # two entries on one line: this one starts where that stops
            start = self.entries[-1].stop
        self.entry = Entry(start, start, obsolete=obsolete, domain=self.domain)
        self.has = set()
        return self.entry

    def _adopt(self, entry: Entry, new: Field) -> None:
        """Give the field, and the comments read since the last one, to the entry that goes on behind them."""
        entry.fields.append(new)
        self.has |= {new.keyword, _name(new)}
        if self.comments:
            entry.comments += self.comments
            self.comments = []
        if self.previous:
            entry.previous += self.previous
            self.previous = []

    def _close(self) -> None:
        entry, self.entry = self.entry, None
        if entry is None:
            return
        if "msgstr" not in self.has and not entry.broken:
            message = _("an entry without msgstr") if "msgid" in self.has else _("msgctxt without a msgid behind it")
            self._fault(entry.fields[-1].start, message, entry, _('Add msgstr "" below it'))
        stop = self._line_end(entry.fields[-1].stop)
        entry.stop = max(entry.stop, stop)
        self.entries.append(entry)

    def _marked(self, match: re.Match[str]) -> None:
        """Take a `#~` or `#|` line that holds no field: a translator's remark, or a fault."""
        tail = match["tail"]
        if tail.startswith('"') or re.match(r"(?:msg(?:ctxt|id|str)|msgid_plural)\b", tail):
            self._junk(match)
        else:
            start = match.start("marked")
            self.comments.append(Comment(start, match.end(), self.text[start : match.end()].rstrip("\r")))

    def _junk(self, match: re.Match[str]) -> None:
        """Take a line that no rule takes: list it as a fault, and keep the text in it if the line can be guessed."""
        start = match.start("junk" if match.lastgroup == "junk" else "marked")
        line = self.text[start : match.end()]
        loose = _LOOSE.fullmatch(line)
        entry = self.entry
        message, hint = _diagnose(line.strip())
        self.faults.append(GrammarFault(start, message, hint))
        if loose and loose["keyword"]:
            self._field(loose, loose_at=start)
        elif loose and not self.comments and entry is not None:
            last = entry.fields[-1]
            more = unescape(loose["strings"][1:-1], self.source.charset)
            entry.fields[-1] = last._replace(stop=start + loose.end("strings"), value=last.value + more)
        elif entry is not None and "msgstr" not in self.has:
            entry.broken = True
            entry.stop = self._line_end(match.end())

    def _fault(self, offset: int, message: str, entry: Entry | None, hint: str = "") -> None:
        self.faults.append(GrammarFault(offset, message, hint))
        if entry is not None:
            entry.broken = True

    def _line_end(self, offset: int) -> int:
        """Return the offset behind the line's end if nothing but blanks stands before it, else `offset`."""
        if self.text.startswith("\n", offset):
            return offset + 1
        match = _LINE_END.match(self.text, offset)
        return match.end() if match else offset


def _name(found: Field) -> str:
    return found.keyword if found.form is None else f"{found.keyword}[{found.form}]"


def _diagnose(line: str) -> tuple[str, str]:
    """Say what is wrong with a line that no rule of the grammar takes, and what to do."""
    shown = line if len(line) <= 60 else line[:59] + "…"
    if re.match(r"(<<<<<<<|=======|>>>>>>>)", line):
        return _("a merge conflict is not resolved"), _("Choose one side and delete the conflict's marks")
    if line.startswith('"') or re.match(r'(#~\s*|#\|\s*|#~\|\s*)?(msg|domain|")', line):
        quotes = len(re.findall(r'(?<!\\)"', line))
        if quotes > 2:
            return _("a quote within a text has no backslash: {line}", line=shown), _(
                'Write \\" for a quote inside a text'
            )
        if quotes % 2:
            return _("a quote is not closed: {line}", line=shown), _('Close each line of a text with "')
        if line.startswith('"') or line.lstrip("#~| ").startswith('"'):
            return _("a text without a keyword before it: {line}", line=shown), _("Put msgid or msgstr before it")
        return _("a keyword without its text: {line}", line=shown), _('Put a text in quotes behind it: msgstr ""')
    message = _("neither a keyword, a text nor a comment: {line}", line=shown)
    return message, _('Start a comment with "# ", a text with a quote')
