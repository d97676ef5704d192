"""A doubt about a piece of text, carried beside it, and the kinds of doubt that there are.

limits   how long a unit may be before it is looked at no further
mishaps  what nobody foresaw, made a problem of the one it happened in
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from translate.messages import shown
from translate.spans import Span


class Kind(StrEnum):
    """What a problem is about: a stable slug, how bad it is, and one line on what it means.

    Severity tells drafts apart: 1 a doubt, 2 something lost, 3 a text that goes round, 4 no translation at all.
    """

    severity: int
    meaning: str

    def __new__(cls, slug: str, severity: int, meaning: str) -> Kind:
        """Make a member that is its slug and knows the rest."""
        self = str.__new__(cls, slug)
        self._value_ = slug
        self.severity = severity
        self.meaning = meaning
        return self

    UNTRANSLATED = "untranslated", 4, "the text, or words of it, stand in the source language or not at all"
    REPETITION = "repetition", 3, "words come again and again"
    KEPT = "kept", 2, "an address, code or placeholder was lost, doubled or moved"
    WEAK = "weak", 1, "the sentence is probably not usable as it stands"
    LENGTH = "length", 1, "far shorter, longer or of fewer sentences than the source"
    TERM = "term", 1, "a term of the glossary is missing or spelt otherwise"
    CASE = "case", 1, "the case of a pinned term is not sure"
    AMBIGUOUS = "ambiguous", 1, "a term may mean several entries of the glossary"
    FORBIDDEN = "forbidden", 1, "a spelling that the glossary bars"
    NAME = "name", 1, "a name that no glossary has"
    CONSISTENCY = "consistency", 1, "the same name or sentence is rendered in two ways"
    NUMBER = "number", 1, "a number differs from the source"
    DATE = "date", 1, "a date differs from the source"
    UNIT = "unit", 1, "a unit or a currency differs from the source"
    QUOTES = "quotes", 1, "quotation marks do not pair up, or were lost"
    SCRIPTS = "scripts", 1, "letters of two scripts in one word"
    INTERNAL = "internal", 2, "the program failed at it: nothing is known of it"
    REMOTE = "remote", 1, "the text was sent to another machine"
    MARKUP = "markup", 1, "a link or emphasis could not be put on its words"
    TYPOGRAPHY = "typography", 1, "departs from the house style"
    JOINED = "joined", 1, "several sentences of one side stand for one of the other"
    LEFT_OUT = "left-out", 1, "the edition has nothing for this sentence"
    ADDED = "added", 1, "the source has nothing for this sentence"
    MOVED = "moved", 1, "the edition has this sentence elsewhere"
    DOUBTFUL = "doubtful", 1, "perhaps not a translation of each other"
    GRAMMAR = "grammar", 1, "gettext cannot read the file there"
    DUPLICATE = "duplicate", 1, "a message is defined twice"
    DOMAIN = "domain", 1, "a catalog of two domains"
    ESCAPE = "escape", 1, "an escape that gettext does not know"
    HEADER = "header", 1, "something is missing in the header"
    BOM = "bom", 1, "a byte order mark, which msgfmt refuses"
    CHARSET = "charset", 1, "the file is not in the charset that its header names"
    UNFINISHED = "unfinished", 1, "the header is still that of a template"
    PLURAL = "plural", 1, "plural forms are missing, or not those of the language"
    LANGUAGE = "language", 1, "the plural forms are those of another language"
    NEWLINE = "newline", 1, "one text begins or ends with a line end and the other does not"
    FORMAT = "format", 1, "a directive of a format string differs"
    BLANK = "blank", 1, "a text begins or ends with a blank and the other does not"
    DOUBLE_BLANK = "double-blank", 1, "two blanks in a row"
    END = "end", 1, "the texts end in different marks"
    PLACEHOLDER = "placeholder", 1, "a placeholder was lost or added"
    TEMPLATE = "template", 1, "a template tag was lost or added"
    URL = "url", 1, "an address was lost or added"
    TAG = "tag", 1, "a tag of HTML was lost or added"
    EMPTIED = "emptied", 1, "an element has lost its words"
    ACCESS_KEY = "access-key", 1, "an access key was lost or added"
    EMPTY = "empty", 1, "nothing translates the text"
    EXPORT = "export", 1, "an entry that the format of the sheet cannot hold"
    IMPORT = "import", 1, "a row of a sheet that was not taken"


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about a piece of text, for the editor to see beside it; never an exception.

    Args:
        kind: a `Kind`; of a file read back or of a plug-in perhaps a slug of its own.
        message: one line an editor understands, naming the words in question; a `Message` is English as a string
            and `shown` in the reader's language.
        segment: id of the row it belongs to ("b3.2"), or "" for the whole article.
        source: where in the source segment, if it is in one place.
        target: where in the target segment, if it is in one place.
    """

    kind: str
    message: str
    segment: str = ""
    source: Span | None = None
    target: Span | None = None

    @property
    def severity(self) -> int:
        """Return how bad it is, see `Kind`; a plug-in's own kind is a doubt."""
        return next((kind.severity for kind in Kind if kind == self.kind), 1)

    @property
    def shown(self) -> str:
        """Return the message in the reader's language."""
        return shown(self.message)
