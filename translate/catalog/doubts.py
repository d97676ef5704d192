"""What no tool stops at and a reader of the site stumbles over: rules from a source and a translation to problems.

A false alarm is a defect here as in `translate.checks`, whose own checks of numbers, letters and words left in
English are used where the catalog is Russian. Entities are read as the letters they stand for, so that “Save &amp;
close” may be «Сохранить и закрыть» and “More &raquo;” «Дальше →».
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from translate.catalog import access_keys
from translate.catalog.entry import Catalog, Entry
from translate.catalog.formats import FORMATS
from translate.catalog.placeholders import pieces
from translate.catalog.plurals import PluralForms
from translate.glossary import Glossary
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem
from translate.problems.limits import is_overlong, overlong

_CREDITS = {"translator-credits", "translator_credits", "Your names", "Your emails"}


@dataclass(frozen=True, slots=True)
class Text:
    """One source and one translation of an entry, as the rules see them.

    Args:
        entry: that they belong to.
        source, target: msgid or msgid_plural, and one msgstr.
        access_keys: the marks that this catalog uses for access keys.
        language: of the catalog, ISO 639.
        several: the text is a plural form of more than one number, so it must show the number.
    """

    entry: Entry
    source: str
    target: str
    access_keys: str = ""
    language: str = ""
    several: bool = False

    @property
    def formatted(self) -> bool:
        """Return whether a format flag of the printf kind says what a percent sign is."""
        return any(flag in FORMATS and "brace" not in flag for flag in self.entry.flags)

    @property
    def plural(self) -> bool:
        """Return whether it is a form of a plural entry."""
        return self.entry.msgid_plural is not None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the doubts of every entry of a catalog go by.

    Args:
        language: ISO 639, "" where the header names none.
        access_keys: marks that most translations keep.
        forms: of the header, or None.
        glossary: terms that must be translated as it says.
    """

    language: str = ""
    access_keys: str = ""
    forms: PluralForms | None = None
    glossary: Glossary | None = None


def circumstances(catalog: Catalog, forms: PluralForms | None, glossary: Glossary | None) -> Circumstances:
    """Read off a catalog what its entries are held to."""
    language = re.split("[-_@.]", catalog.header.get("Language", ""))[0].lower()
    return Circumstances(language, access_keys.marks_of(catalog), forms, glossary)


_MOST_FORMS = 10  # Arabic has six; a hostile entry had 50,000


def doubts(entry: Entry, around: Circumstances) -> Iterator[Problem]:
    """Run every rule on every form of an entry; one problem is told once."""
    texts = entry.msgstrs
    if entry.msgid in _CREDITS:
        return
    if any(texts) and not all(texts):
        yield Problem(Kind.PLURAL, _("some plural forms are empty"))
    seen: set[tuple[str, str]] = set()
    for number, target in enumerate(texts[:_MOST_FORMS]):
        if not target:
            continue
        plural = entry.msgid_plural
        source = entry.msgid if plural is None or number == 0 else plural
        if is_overlong(source, target):
            yield overlong(max(source, target, key=len))
            continue
        several = plural is not None and around.forms is not None and around.forms.often(number)
        text = Text(entry, source, target, around.access_keys, around.language, several)
        found = [problem for rule in RULES for problem in rule(text)]
        if around.glossary is not None:
            found += _terms(around.glossary, source, target)
        for problem in found:
            if (problem.kind, problem.message) not in seen:
                seen.add((problem.kind, problem.message))
                yield problem


# Blanks and end marks ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text as a browser shows it: without tags and comments, entities as the letters they stand for."""
    found = pieces(text)
    for piece in reversed(found):
        if piece.kind in ("tag", "entity"):
            shown = html.unescape(piece.text) if piece.kind == "entity" else ""
            text = text[: piece.span.start] + shown + text[piece.span.stop :]
    return text


def _blanks(text: Text) -> Iterator[Problem]:
    """Compare the blanks at both ends: “Tag: ” is put before a name, «Тег:» then touches it."""
    sides = [t.strip("\r\n") for t in (text.source, text.target)]
    messages = {
        (True, "begins"): _("the translation begins with a blank, the source does not"),
        (False, "begins"): _("the translation begins without a blank, the source has one"),
        (True, "ends"): _("the translation ends with a blank, the source does not"),
        (False, "ends"): _("the translation ends without a blank, the source has one"),
    }
    for where, place in (("begins", 0), ("ends", -1)):
        source, target = (bool(t.strip()) and t[place].isspace() for t in sides)
        shown = plain(sides[source])  # an entity is a blank as well
        if source != target and not (shown.strip() and shown[place].isspace()):
            yield Problem(Kind.BLANK, messages[target, where])


def _double_blanks(text: Text) -> Iterator[Problem]:
    """Find two blanks where the source has none: a slip of the hand, and on a phone a gap."""
    if DOUBLE_BLANK.search(text.target.strip()) and not DOUBLE_BLANK.search(text.source.strip()):
        yield Problem(Kind.DOUBLE_BLANK, _("two blanks in a row"))


DOUBLE_BLANK = re.compile(r"(?<=[^\s]) {2,}(?=[^\s])")
_END = re.compile(r"(?P<mark>[.…!?:;。！？：；।؟]+)(?P<close>[»”\"'’)\]“]*)$")
# What is drawn behind the words of a link, and no word of them: “Read more »”.
_DRAWN = re.compile(r"(?:\s+[»«›‹>→←↑↓▸▶»]+|[›→←▸▶]+)\s*$")
_ABBREVIATION = re.compile(r"(?:\b\w{1,2}|\b\w+\.\s?\w{1,4}|\d\s?\w{1,4})\.\W*$")  # «и т. д.», «1500 г.», “at 5 p.m.”
_KNOWN_SHORT = re.compile(
    r"\b(?:etc|approx|incl|no|vs|dept|min|max|sec|ed|vol|inc|ltd|эл|тел|стр|мин|сек|руб|кв|вкл|выкл|откл|тыс|млн|млрд|прим|ред|пер|сокр)\.\W*$",
    re.I,
)
_SAME = str.maketrans({"。": ".", "।": ".", "！": "!", "？": "?", "؟": "?", "：": ":", "；": ";"})


def _ends(text: Text) -> Iterator[Problem]:
    """Compare the marks that end the texts: “Search…” is a menu entry that opens a dialogue."""
    source, target = (_DRAWN.sub("", plain(side).strip()).rstrip() for side in (text.source, text.target))
    wanted, got = _mark(source), _mark(target)
    if wanted == got or len(source) < 2:
        return
    if {wanted, got} == {"", "."}:
        side = source if wanted else target
        if _ABBREVIATION.search(side) or _KNOWN_SHORT.search(side) or _quoted_whole(source):
            return
    message = _("the source ends with {source}, the translation with {target}")
    yield Problem(Kind.END, message.format(source=wanted or _("no mark"), target=got or _("no mark")))


def _mark(text: str) -> str:
    """Return the mark a text ends with, “….” and “...” as one with “…”, “?!” as “?”."""
    found = _END.search(text)
    if not found:
        return ""
    mark = found["mark"].translate(_SAME)
    if "…" in mark or "..." in mark:
        return "…"
    return next((one for one in "?!:;." if one in mark), "")


def _quoted_whole(source: str) -> bool:
    """Tell that a text ends with a stop inside its quotation mark: “It is done.” may be «Готово»."""
    return bool(re.search(r"\.[”\"’]$", source))


# Pieces that are no language ---------------------------------------------------------------------------------------

_KINDS = {
    "template": Kind.TEMPLATE, "variable": Kind.PLACEHOLDER, "url": Kind.URL, "email": Kind.URL, "tag": Kind.TAG,
    "entity": Kind.TAG, "format": Kind.PLACEHOLDER, "brace": Kind.PLACEHOLDER,
}  # fmt: skip
_DATE = re.compile(r"%[-_]?[ABHIMSYy]\b")  # “%A, %d %B”: each language orders its dates
_SHOWN = {"&lt;", "&gt;"}  # <file> that a page must not take for a tag; of other entities the letters count


def _placeholders(text: Text) -> Iterator[Problem]:
    """Compare the pieces that are no language; what a format flag covers has been compared already."""
    flags = text.entry.flags
    wanted, got = _count(text.source, flags), _count(text.target, flags)
    allowed = wanted
    if text.plural:  # “One article” beside “{n} articles”: each form may take what either source has
        plural = _count(text.entry.msgid_plural or "", flags)
        allowed = wanted | plural | _count(text.entry.msgid, flags)
        wanted = plural if text.several else Counter()
    for kind, piece in (wanted - got).elements():
        yield Problem(_KINDS[kind], _("{piece} is missing").format(piece=piece))
    for kind, piece in (got - allowed).elements():
        yield Problem(_KINDS[kind], _("{piece} is not in the source").format(piece=piece))


_BRACED = {"python-brace-format", "csharp-format", "java-format", "perl-brace-format", "ruby-format"}


def _count(text: str, flags: Sequence[str]) -> Counter[tuple[str, str]]:
    covered = {"brace"} if _BRACED & set(flags) else set()
    if any(flag in FORMATS and not flag.endswith("brace-format") for flag in flags) or _DATE.search(text):
        covered.add("format")
    if "sh-format" in flags:
        covered.add("variable")
    found = [p for p in pieces(text, flags) if p.kind not in covered and (p.kind != "entity" or p.text in _SHOWN)]
    counted = Counter(_shape(p.kind, p.text) for p in found)
    for tag in (p for p in found if p.kind == "tag"):  # <a href="{url}">
        inside = pieces(tag.text[1:-1], flags)
        counted.update(
            _shape(p.kind, p.text) for p in inside if p.kind in _KINDS and p.kind not in {*covered, "url", "tag"}
        )
    return counted


def _shape(kind: str, piece: str) -> tuple[str, str]:
    """Return what must be the same of a piece: of a tag its name alone, of `{{ x }}` all but its blanks."""
    if kind == "tag":
        name = re.match(r"</?[\w:-]+", piece)
        return kind, f"{name.group().lower()}>" if name else piece
    if kind == "template":
        return kind, re.sub(r"\s+", "", piece)
    return kind, piece


_ELEMENT = re.compile(
    r"<(?P<name>[A-Za-z][\w:-]*)(?P<rest>[^<>]*)>(?P<inside>(?:(?!</?(?P=name)\b).)*)</(?P=name)\s*>", re.S
)


def _emptied(text: Text) -> Iterator[Problem]:
    """Find elements that had words and have none: «<a href="/privacy"></a>Политика» is a link nobody can click."""
    full = Counter(m["name"].lower() for m in _ELEMENT.finditer(text.source) if _words(m["inside"]))
    for match in _ELEMENT.finditer(text.target):
        name = match["name"].lower()
        if full[name] and not _words(match["inside"]):
            message = _("<{name}> has words in the source and none here")
            yield Problem(Kind.EMPTIED, message.format(name=name))
            return


def _words(inside: str) -> bool:
    return bool(re.search(r"\w", plain(inside)))


def _entities(text: Text) -> Iterator[Problem]:
    """Find what looks like an entity and is none: «&nbps;» is shown as it stands."""
    for piece in pieces(text.target):
        if piece.kind == "entity" and html.unescape(piece.text) == piece.text and piece.text not in text.source:
            yield Problem(Kind.TAG, _("{piece} is no entity of HTML").format(piece=piece.text))


def _access_keys(text: Text) -> Iterator[Problem]:
    yield from access_keys.differences(text.source, text.target, text.access_keys)


# Words -------------------------------------------------------------------------------------------------------------

_CYRILLIC = {"ru", "uk", "be", "kk", "ky", "tg", "mn", "bg", "mk", "sr", "uz", "tt"}
# Of the checks of sentences those that hold for a label as well; they know English and Russian.
_SENTENCE_CHECKS = {"number", "date", "scripts"}
_COMMON = re.compile(r"(?<![\w./@-])[a-z]{3,}(?![\w./@-])")
# Words that Russian writes in Latin letters as they are: «файлы cookie».
_LOANS = re.compile(r"\b(?:cookies?|push|e-?mail|offline|online|web|wi-?fi|blog)\b", re.I)


def _same(text: Text) -> Iterator[Problem]:
    """Find a text that is its source again, unless it is a name: “Read more”, not “Facebook” or “RSS”."""
    if text.language not in _CYRILLIC or text.target.strip() != text.source.strip():
        return
    words = bare(text.source)
    common = _COMMON.findall(words)
    if len(" ".join(common)) > 3 or (_known(words) and words.strip() != "OK"):
        yield Problem(Kind.UNTRANSLATED, _("the text is the same as its source"))


def _known(words: str) -> bool:
    """Tell that the catalog of interface strings has another text for the words: “About Us” is no name."""
    from translate.catalog.interface import interface

    found = interface().find(words.strip())
    return found is not None and found.texts[0].strip() != words.strip()


@lru_cache(maxsize=4096)
def bare(text: str, formatted: bool = False) -> str:
    """Return the words of a text as a reader sees them: no tags, placeholders, addresses.

    Args:
        text: a msgid or msgstr.
        formatted: it is a format string, so that «%sстрок» has a directive and a word.
    """
    shown = plain(text)
    for piece in reversed(pieces(shown)):
        if piece.text != "%%":
            shown = shown[: piece.span.start] + " " + shown[piece.span.stop :]
    if formatted:
        shown = DIRECTIVE.sub(" ", shown)
    return shown.replace("%%", "%")


DIRECTIVE = re.compile(r"%(?!%)(?:\d+\$)?[-+ #0]*\d*(?:\.\d+)?(?:hh|ll|[hlLzjt])?[a-zA-Z]|%L?\d{1,2}%?")
_RUN = re.compile(r"(?<![\w\\:;/.'\"`«“„(\[{<=@#$&*+_-])[a-z]{3,}(?: [a-z]{2,})*(?![\w\\:/'\"`»”“)\]}>=@(_-]|\.\w)")


# «tolmach fill --engine draft»: a command line, and an option with its value.
_COMMANDS = re.compile(r"^(?: {2,}|\$ ).*$|(?<!\S)--[\w-]+(?:[= ][\w:-]+)?", re.M)


def _left_over(text: Text) -> Iterator[Problem]:
    """Find words of the source left in English: «Нажмите read more», and a text with nothing of Russian.

    A program's catalog is full of commands and file names, so a word alone counts where every site has it (the
    interface catalog does), and it stands in both texts as a word and not in quotes or as part of a name.
    """
    if text.language not in _CYRILLIC or text.target.strip() == text.source.strip():
        return
    from translate.catalog.interface import interface

    source, target = (bare(side, text.formatted) for side in (text.source, text.target))
    if not re.search(r"[Ѐ-ӿ]", target):
        words = [w for w in _COMMON.findall(source) if w in interface().words]
        if len(words) >= 2 and len(re.findall("[A-Za-z]", target)) > len(source) / 2:
            yield Problem(Kind.UNTRANSLATED, _("not in the language of the catalog"))
        return
    there = set(_RUN.findall(source)) | set(re.findall(r"[a-z]+", " ".join(_RUN.findall(source))))
    for run in _RUN.findall(_LOANS.sub(" ", _COMMANDS.sub(" ", target))):
        words = run.split()
        known = [word for word in words if word in interface().words and word in there]
        # «одно из: auto, draft, none»: a word alone counts among Russian ones only
        alone = len(run) > 3 and re.search(rf"(?<=[а-яё] ){run}(?= [а-яё])", target)
        if len(known) == len(words) and (len(words) > 1 or alone):
            yield Problem(Kind.UNTRANSLATED, _("left in English: {words}").format(words=run))
            return


def _sentences(text: Text) -> Iterator[Problem]:
    """Run the checks that translated articles are held to: another year, a Latin letter in a word, words left over."""
    if text.language != "ru" or text.target.strip() == text.source.strip():
        return
    from translate.checks import CHECKS, Pair

    source, target = (bare(side, text.formatted) for side in (text.source, text.target))
    off = {"number", "date"} if text.plural or _DATE.search(text.source) else set()
    pair = Pair("", _LOANS.sub(" ", source), _LOANS.sub(" ", target))
    for check in CHECKS:
        if check.name in _SENTENCE_CHECKS - off:
            for problem in check.find(pair):
                yield replace(problem, source=None, target=None)


def _terms(glossary: Glossary, source: str, target: str) -> Iterator[Problem]:
    """Look for each term of the source in any of its forms."""
    folded = _folded(target)
    for match in glossary.find(source).matches:
        forms = {form for several in match.paradigm().forms.values() for form in several} | {match.target}
        if not any(re.search(rf"(?<!\w){re.escape(_folded(form))}", folded) for form in forms if form):
            message = _("{words}: the glossary says {term}")
            yield Problem(Kind.TERM, message.format(words=match.span.of(source), term=match.target))


def _folded(text: str) -> str:
    return text.replace("ё", "е").lower()


RULES: tuple[Callable[[Text], Iterable[Problem]], ...] = (
    _blanks, _double_blanks, _ends, _placeholders, _emptied, _entities, _access_keys, _same, _left_over, _sentences,
)  # fmt: skip
