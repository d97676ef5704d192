"""Empty translations filled in: from the memory, from the glossary, by an engine; each marked for a human to review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from translate.catalog import plurals
from translate.catalog.asking import Wanted, ask
from translate.catalog.counting import Uncertain, counted
from translate.catalog.editor import Editor
from translate.catalog.entry import Catalog, Entry
from translate.catalog.formats import FORMATS, compare
from translate.catalog.interface import Interface, Known
from translate.catalog.merge import MARK
from translate.catalog.placeholders import access_key, pieces, with_access_key, without_access_key
from translate.catalog.wording import Frame, frame, shaped
from translate.engines import Engine
from translate.errors import CatalogError
from translate.glossary import Glossary, Policy
from translate.languages import declines
from translate.memory import Memory
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem


@dataclass(frozen=True, slots=True)
class Sources:
    """Where translations come from, in this order; each may be missing.

    Args:
        memory: exact matches by a human; a machine's come by way of the engine, if it remembers.
        glossary: terms that the whole text is.
        engine: translates the rest; as `open_engine` gives it.
        language: of the catalog, ISO 639.
        interface: the strings that every news site has.
    """

    memory: Memory | None = None
    glossary: Glossary | None = None
    engine: Engine | None = None
    language: str = "ru"
    interface: Interface | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """An entry that was left empty, and why; or was filled, and what to look at."""

    line: int
    msgid: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Filled:
    """What `fill` did.

    Args:
        data: the file.
        by: signature → entries filled by it.
        left: entries left empty.
        doubts: ordered by line.
    """

    data: bytes
    by: dict[str, int]
    left: int
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A translation; of a plural entry from the interface strings the forms of one, few and many."""

    texts: tuple[str, ...]
    by: str
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """Return the first text."""
        return self.texts[0]


@dataclass(slots=True)
class _Question:
    """A text to translate, taken out of its blanks, marks and access key."""

    entry: Entry
    text: str  # what is asked for; of a plural entry the words that are counted
    frame: Frame
    mark: str  # of the access key
    answer: _Answer | None = None


def fill(catalog: Catalog, sources: Sources, *, again: bool = False, guess: bool = True) -> Filled:
    """Fill the empty entries of a catalog.

    What is filled becomes fuzzy and says by whom in a comment `#. tolmach: …`, so that gettext leaves it out until
    somebody has reviewed it. Entries with a text, fuzzy or not, are never touched.

    Args:
        catalog: read strictly.
        sources: where translations come from.
        again: fill entries anew that an earlier run filled and nobody has reviewed.
        guess: have the engine translate strings of one or two words as well, which alone mean too many things.

    Raises:
        CatalogError: the charset of the file lacks a letter, or the header has no usable Plural-Forms.
    """
    editor = Editor(catalog)
    wanted = [e for e in catalog.messages if not e.broken and _is_open(e, again=again)]
    forms = _forms(catalog, wanted, sources.language)
    _prepare_header(editor, sources.language, forms)
    questions = [_question(entry) for entry in wanted]
    for question in questions:
        question.answer = _known(question, sources)
    short, rest = _parted(questions, guess=guess)
    _ask(short, replace(sources, engine=None))
    _ask(rest, sources)
    by: dict[str, int] = {}
    doubts: list[Doubt] = []
    left = 0
    for question in questions:
        line = catalog.line(question.entry)
        texts, problems = _texts(question, forms, sources)
        doubts += [Doubt(line, question.entry.msgid, problem) for problem in problems]
        if texts and question.answer is not None:
            _write(editor, question.entry, texts, question.answer.by)
            by[question.answer.by] = by.get(question.answer.by, 0) + 1
        else:
            left += 1
    return Filled(editor.data(), by, left, tuple(doubts))


def _is_open(entry: Entry, *, again: bool) -> bool:
    if not any(entry.msgstrs):
        return bool(entry.msgid.strip())
    return again and entry.fuzzy and any(line.startswith(MARK) for line in entry.lines_of("."))


def _forms(catalog: Catalog, wanted: Iterable[Entry], language: str) -> plurals.PluralForms | None:
    try:
        return plurals.of_catalog(catalog, language)
    except plurals.PluralError as error:
        if not any(e.msgid_plural is not None for e in wanted):
            return None
        raise CatalogError(
            error.args[0],
            path=catalog.path,
            line=1,
            hint=_("Mend the header's Plural-Forms; tolmach catalog check FILE"),
        ) from None


def _prepare_header(editor: Editor, language: str, forms: plurals.PluralForms | None) -> None:
    """Fill in what the header must say for the texts to be read: a template's CHARSET, its language and forms."""
    entry, header = editor.catalog.header_entry, editor.catalog.header
    if entry is None:
        return
    if editor.catalog.source.declared.upper() == "CHARSET":
        editor.set_header("Content-Type", "text/plain; charset=UTF-8")
    if not header.get("Language"):
        editor.set_header("Language", language)
    value = header.get("Plural-Forms", "")
    has_plurals = any(e.msgid_plural is not None for e in editor.catalog.messages)
    if forms is not None and has_plurals and (not value or "EXPRESSION" in value):
        editor.set_header("Plural-Forms", forms.header)


# From entry to question and back ----------------------------------------------------------------------------------


def _question(entry: Entry) -> _Question:
    text = entry.msgid
    if entry.msgid_plural is not None:
        text = counted(entry.msgid, entry.msgid_plural, entry.flags).singular
    mark = next((m for m in "&_" if access_key(text, m) is not None), "")
    if mark:
        text = without_access_key(text, mark)
    framed = frame(text)
    return _Question(entry, framed.core, framed, mark)


def _known(question: _Question, sources: Sources) -> _Answer | None:
    if not any(letter.isalpha() for letter in _bare(question)):
        # “{date}”, “%s: %s”, “—”: nothing to translate
        return _Answer((question.text,), "unchanged") if question.text else None
    entry = question.entry
    if entry.msgid_plural is not None and sources.interface is not None:
        known = sources.interface.find_plural(entry.msgid, entry.msgid_plural, entry.msgctxt)
        if known is not None:
            return _Answer(known.texts, _INTERFACE)
    return _by_people(question.text, entry.msgctxt, sources)


_INTERFACE = "interface strings"
_PARTS = "parts that are known"


def _by_people(text: str, context: str | None, sources: Sources) -> _Answer | None:
    """Return what people wrote for a text: in the memory, in the glossary, for every news site."""
    if sources.memory is not None:
        found = sources.memory.lookup(text, "en", sources.language)
        if found is not None and found.corrected:
            return _Answer((found.target,), "memory")
    return _from_glossary(text, sources) or _from_interface(text, context, sources)


def _from_interface(text: str, context: str | None, sources: Sources) -> _Answer | None:
    """Return the text that every news site has for it; of “Saved!” what it has for “Saved”, and the mark."""
    if sources.interface is None:
        return None
    found, mark = sources.interface.find(text, context), ""
    if found is None and text.endswith("!"):
        found, mark = sources.interface.find(text[:-1], context), "!"
    return None if found is None or len(found.texts) > 1 else _Answer((found.texts[0] + mark,), _INTERFACE)


def _parted(questions: Iterable[_Question], *, guess: bool) -> tuple[list[_Question], list[_Question]]:
    """Part the strings that no engine is asked for from the others."""
    short: list[_Question] = []
    rest: list[_Question] = []
    for question in questions:
        (short if not guess and _is_short(question) else rest).append(question)
    return short, rest


def _is_short(question: _Question) -> bool:
    """Tell whether a string has one or two words: “Post” alone may be a text, a mast or a deed."""
    return len(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", _bare(question))) <= 2


def _bare(question: _Question) -> str:
    text = question.text
    for piece in reversed(pieces(text, question.entry.flags)):
        text = text[: piece.span.start] + text[piece.span.stop :]
    return text


def _from_glossary(text: str, sources: Sources) -> _Answer | None:
    """Return the term that the whole text is; interface terms come before others."""
    if sources.glossary is None:
        return None
    terms = [t for t in sources.glossary.lookup(text) if t.policy is not Policy.FORBID]
    for spelling in (text.title(), text[:1].upper() + text[1:].lower(), text.lower()):
        # “Main menu” on one page is “Main Menu” on another; but “turkey” is no country.
        terms += [t for t in sources.glossary.lookup(spelling) if t.kind == "interface" and t not in terms]
    for term in sorted(terms, key=lambda t: t.kind != "interface"):
        target = {"ru": term.target, "kk": term.kk, "ky": term.ky}.get(sources.language, "")
        if term.policy is Policy.KEEP and sources.language == "ru":
            target = target or term.source
        if target:
            return _Answer((target,), "glossary")
    return None


def _ask(questions: Sequence[_Question], sources: Sources) -> None:
    """Have the engine translate what is left, all at once."""
    left = [q for q in questions if q.answer is None and q.text]
    if not left:
        return
    signature = sources.engine.signature if sources.engine is not None else ""
    wanted = [Wanted(q.text, tuple(q.entry.flags)) for q in left]
    glossary = sources.glossary if declines(sources.language) else None  # pins are put into their Russian case
    made = ask(wanted, sources.engine, glossary or Glossary(()), lambda text: _known_text(text, sources))
    for question, one in zip(left, made, strict=True):
        if one.text or one.problems:
            question.answer = _Answer((one.text,), signature or _PARTS, one.problems)


def _known_text(text: str, sources: Sources) -> str | None:
    """Return what people have for a sentence or the words of a link, worded as it stands there."""
    framed = frame(text)
    found = _by_people(framed.core, None, sources)
    if found is None:
        return None
    return framed.around(shaped(framed.core, found.text, fixed=found.by == "glossary"))


def _texts(
    question: _Question, forms: plurals.PluralForms | None, sources: Sources
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the texts of all forms, none where nothing can be written, and the doubts."""
    answer, entry = question.answer, question.entry
    if answer is None or not answer.text.strip():
        why = answer.problems if answer is not None else ()
        short = sources.engine is not None and _is_short(question)
        message = _("one or two words alone mean too much: --guess has the engine translate them")
        return (), why or (Problem(Kind.EMPTY, message if short else _("nothing translates this text")),)
    if entry.msgid_plural is None:
        text = question.frame.around(shaped(question.text, answer.text, fixed=answer.by == "glossary"))
        texts: tuple[str, ...] = (with_access_key(text, question.mark) if question.mark else text,)
    else:
        assert forms is not None
        if answer.by == _INTERFACE:
            texts = Known(answer.texts).forms(forms)
            wrong = _wrong(entry, texts, forms)
            return ((), (Problem(Kind.FORMAT, _("left empty: {wrong}", wrong=wrong)),)) if wrong else (texts, ())
        parts = counted(entry.msgid, entry.msgid_plural, entry.flags)
        try:
            texts = parts.forms(shaped(question.text, answer.text), forms, sources.language)
        except Uncertain as error:
            return (), (Problem(Kind.PLURAL, _("left empty: {wrong}", wrong=error.args[0])),)
    wrong = _wrong(entry, texts, forms)
    if wrong:
        return (), (Problem(Kind.FORMAT, _("left empty: {wrong}", wrong=wrong)),)
    return texts, answer.problems


def _wrong(entry: Entry, texts: Sequence[str], forms: plurals.PluralForms | None) -> str:
    """Return what msgfmt --check would refuse in the texts, or a piece that was lost."""
    source = entry.msgid if entry.msgid_plural is None else entry.msgid_plural
    for number, text in enumerate(texts):
        strict = entry.msgid_plural is None or (forms is not None and forms.often(number))
        for name in (flag for flag in entry.flags if flag in FORMATS):
            found = compare(name, source, text, strict=strict)
            if found:
                return found
        if _kept(source, entry) != _kept(text, entry):
            return "a placeholder was lost"
    return ""


def _kept(text: str, entry: Entry) -> list[str]:
    """Return the pieces that must all be there; an entity is a letter, which Russian may set otherwise."""
    return sorted(p.text for p in pieces(text, entry.flags) if p.kind != "entity" or p.text in ("&lt;", "&gt;"))


def _write(editor: Editor, entry: Entry, texts: Sequence[str], by: str) -> None:
    for number, text in enumerate(texts):
        editor.set_msgstr(entry, text, number)
    editor.set_flags(entry, add=["fuzzy"])
    remarks = [line for line in entry.lines_of(".") if not line.startswith(MARK)]
    editor.set_comments(entry, ".", [*remarks, f"{MARK}{by}"])
