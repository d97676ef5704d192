"""A translator's catalog brought up to a new template, as msgmerge --previous does, without touching what stays."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Indel

from translate.catalog import plurals
from translate.catalog.editor import Editor, Message, Previous
from translate.catalog.entry import Catalog, Entry, Key
from translate.catalog.reader import parse
from translate.catalog.state import state
from translate.catalog.style import newline_at
from translate.errors import CatalogError
from translate.messages import _

# msgmerge's own bound, on the same measure: one less the insertions and deletions over the length of both texts.
THRESHOLD = 0.6

_WORD = re.compile(r"\w+")

# Marks of `fill` stand among the extracted comments, which otherwise belong to the template.
MARK = "tolmach: "


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog brought up to date.

    Args:
        data: the file.
        kept: translated entries of the new file, counted as `state` counts them.
        fuzzied: entries that are fuzzy in it and were not: a similar text was taken over, or the source became plural.
        waiting: entries that were fuzzy before and still are.
        new: entries without a text, or without some of their forms.
        obsolete: entries that the template no longer has, newly marked.
        dropped: untranslated entries that the template no longer has.
    """

    data: bytes
    kept: int = 0
    fuzzied: int = 0
    waiting: int = 0
    new: int = 0
    obsolete: int = 0
    dropped: int = 0


@dataclass(slots=True)
class _Block:
    """What stands in the new file: lines of the old one, or new ones."""

    data: bytes
    entry: Entry | None = None


@dataclass(slots=True)
class _Tally:
    fuzzied: int = 0
    used: set[int] = field(default_factory=set)  # starts of the entries whose translation lives on


def update(catalog: Catalog, template: Catalog) -> Merged:
    """Merge a template into a translator's catalog.

    The order is the template's; entries that do not change keep their bytes. An entry whose source changed takes the
    translation of the most similar one, marked fuzzy, with the source it was made for in `#|` lines. What the
    template no longer has goes to the end as `#~`, if it was translated.

    Args:
        catalog: the translations, read strictly.
        template: the .pot, read strictly.

    Raises:
        CatalogError: a file has `domain` lines, or defines a message twice.
    """
    for file in (catalog, template):
        _refuse(file)
    editor = Editor(catalog)
    _update_header(editor, template)
    known = _known(catalog)
    partners = _Partners(catalog)
    tally = _Tally()
    forms = _number_of_forms(catalog)
    blocks = [_Block(editor.block(entry), entry) for entry in catalog.entries if entry.is_header]
    for wanted in template.messages:
        entry = known.get(wanted.key)
        if entry is not None:
            tally.used.add(entry.start)
            tally.fuzzied += _is_changed(entry, wanted) and not entry.fuzzy
            blocks.append(_keep(editor, entry, wanted, forms))
            continue
        partner = partners.of(wanted)
        if partner is not None:
            tally.used.add(partner.start)
            tally.fuzzied += 1
            message = _merged(partner, wanted, forms, fuzzy=True)
        else:
            message = _merged(None, wanted, forms)
        blocks.append(_Block(_encoded(editor, message)))
    left = [e for e in catalog.entries if not e.is_header and e.start not in tally.used]
    gone = [e for e in left if any(e.msgstrs) or e.obsolete]
    blocks += [_Block(editor.block(e), e) if e.obsolete else _Block(_encoded(editor, _retired(e))) for e in gone]
    data = _join(catalog, blocks)
    made = state(parse(data, catalog.path, tolerant=True))
    return Merged(
        data,
        made.translated,
        tally.fuzzied,
        made.fuzzy - tally.fuzzied,
        made.empty,
        sum(not e.obsolete for e in gone),
        len(left) - len(gone),
    )


def _is_changed(entry: Entry, wanted: Entry) -> bool:
    """Tell that a text was made for a source with no plural, or another one."""
    return entry.msgid_plural != wanted.msgid_plural and bool(entry.msgstr)


def create(template: Catalog, language: str, path: Path | None = None) -> bytes:
    """Make a new catalog of a language from a template: its header filled in, all texts to be translated.

    Raises:
        CatalogError: the template has no header, or the language is unknown.
    """
    try:
        forms = plurals.of_language(language)
    except plurals.PluralError as error:
        raise CatalogError(error.args[0], path=path, hint=_("Give an ISO 639 code, as in --language ru")) from None
    header = template.header_entry
    if header is None:
        raise CatalogError(_("the template has no header"), path=template.path, line=1, hint=_("Extract it anew"))
    editor = Editor(template)
    editor.set_header("Language", language)
    editor.set_header("Content-Type", "text/plain; charset=UTF-8")
    editor.set_header("Plural-Forms", forms.header)
    editor.set_flags(header, remove=["fuzzy"])
    return update(parse(editor.block(header), path), template).data


def _refuse(catalog: Catalog) -> None:
    seen: set[Key] = set()
    for entry in catalog.entries:
        message = ""
        if entry.domain:
            message = _("a catalog of several domains cannot be merged")
        elif not entry.obsolete and entry.key in seen:
            message = _("this message is defined twice")
        if message:
            raise CatalogError(message, path=catalog.path, line=catalog.line(entry), hint=_("Split or mend it first"))
        if not entry.obsolete:
            seen.add(entry.key)


def _known(catalog: Catalog) -> dict[Key, Entry]:
    """Return the entries by key, a live one before an obsolete one."""
    known: dict[Key, Entry] = {}
    for entry in sorted(catalog.entries, key=lambda e: e.obsolete):
        if not entry.is_header:
            known.setdefault(entry.key, entry)
    return known


def _number_of_forms(catalog: Catalog) -> int:
    try:
        return plurals.of_catalog(catalog).count
    except plurals.PluralError:
        return 2


# Above so many entries not every one is compared with a new text, but so many of the likeliest: a catalog of 16,000
# entries, all of them changed, took 49 s. With the likeliest 2,000, of 2,000 texts changed among 6,000 real ones 59
# found another partner or none; with 1,000 it has not been measured.
_LARGE, _LIKELIEST = 4000, 1000


class _Partners:
    """The translated entries, to find the most similar source of a new one.

    In a catalog of up to `_LARGE` entries each is compared. In a larger one those are that have rare words of the text,
    or such as begin like them, rarest first, and of entries with a common word those nearest in length.
    """

    def __init__(self, catalog: Catalog) -> None:
        found = [e for e in catalog.entries if e.msgstr and not e.is_header and e.msgid]
        self.entries = found if len(found) <= _LARGE else sorted(found, key=lambda e: len(e.msgid))
        self.sources = [e.msgid for e in self.entries]
        self._lengths = [len(source) for source in self.sources]
        self._holding: dict[str, list[int]] = {}  # the beginning of a word → the entries with one, in their order
        for n, source in enumerate(self.sources if len(found) > _LARGE else ()):
            for beginning in _beginnings(source):
                self._holding.setdefault(beginning, []).append(n)

    def of(self, wanted: Entry) -> Entry | None:
        found = process.extract(
            wanted.msgid,
            self._compared(wanted),
            scorer=Indel.normalized_similarity,
            score_cutoff=THRESHOLD - 1e-6,
            limit=5,
        )
        # msgmerge adds a hair for the same context, so that just at the bound an entry needs it.
        rated = [
            (score + 1e-5 * (self.entries[n].msgctxt == wanted.msgctxt), -self.entries[n].start, n)
            for _text, score, n in found
        ]
        best = max(rated, default=(0.0, 0, 0))
        return self.entries[best[2]] if best[0] > THRESHOLD else None

    def _compared(self, wanted: Entry) -> Sequence[str] | Mapping[int, str]:
        if len(self.sources) <= _LARGE:
            return self.sources
        length, chosen = len(wanted.msgid), dict[int, None]()
        # No text of under three sevenths of another's length, or over seven thirds, can be .6 alike.
        low, high = bisect_left(self._lengths, length * 3 // 7), bisect_right(self._lengths, length * 7 // 3 + 1)
        held = sorted((self._holding.get(beginning, []) for beginning in _beginnings(wanted.msgid)), key=len)
        for places in [*held, range(len(self.sources))]:
            first, last = bisect_left(places, low), bisect_left(places, high)
            room = min(_LIKELIEST - len(chosen), _LIKELIEST // 5 if isinstance(places, range) else _LIKELIEST // 2)
            if last - first > room:
                middle = bisect_left(places, bisect_left(self._lengths, length), first, last)
                first = min(max(first, middle - room // 2), last - room)
                last = first + room
            chosen.update(dict.fromkeys(places[first:last]))
        return {n: self.sources[n] for n in chosen}


def _beginnings(text: str) -> set[str]:
    """Return the first four letters of each word, by which “Setting” finds “Settings”."""
    return {word[:4] for word in _WORD.findall(text.lower())}


def _keep(editor: Editor, entry: Entry, wanted: Entry, forms: int) -> _Block:
    """Keep an entry; what the template owns in it (comments, references, format flags) is brought up to date."""
    if entry.obsolete or entry.msgid_plural != wanted.msgid_plural:
        return _Block(_encoded(editor, _merged(entry, wanted, forms, fuzzy=_is_changed(entry, wanted))))
    editor.set_references(entry, wanted.references)
    editor.set_comments(entry, ".", _extracted(entry, wanted))
    mine = [flag for c in entry.comments if c.kind == "," for flag in _split(c.text[2:])]
    editor.set_flags(
        entry,
        add=[flag for flag in wanted.flags if flag != "fuzzy"],
        remove=[flag for flag in mine if flag != "fuzzy" and flag not in wanted.flags],
    )
    return _Block(editor.block(entry), entry)


def _split(flags: str) -> list[str]:
    return [flag.strip() for flag in flags.split(",") if flag.strip()]


def _extracted(entry: Entry | None, wanted: Entry) -> list[str]:
    marks = [line for line in entry.lines_of(".") if line.startswith(MARK)] if entry is not None and entry.fuzzy else []
    return [*wanted.lines_of("."), *marks]


def _merged(entry: Entry | None, wanted: Entry, forms: int, *, fuzzy: bool = False) -> Message:
    """Return the template's entry with another's translation, if there is one."""
    flags = [flag for flag in wanted.flags if flag != "fuzzy"]
    plural = wanted.msgid_plural is not None
    if entry is None or not entry.msgstr:
        texts: Sequence[str] = [""] * (forms if plural else 1)
        previous = None
    else:
        if fuzzy or entry.fuzzy:
            flags = ["fuzzy", *flags]
        texts = _texts(entry, forms, plural=plural)
        previous = _previous(entry, changed=fuzzy)
    return Message(
        msgid=wanted.msgid,
        msgctxt=wanted.msgctxt,
        msgid_plural=wanted.msgid_plural,
        msgstrs=tuple(texts),
        comments=tuple(entry.lines_of("") if entry is not None else wanted.lines_of("")),
        extracted=tuple(_extracted(entry, wanted)),
        references=tuple(wanted.references),
        flags=tuple(flags),
        previous=previous,
    )


def _texts(entry: Entry, forms: int, *, plural: bool) -> Sequence[str]:
    """Take all forms, the first for a text without plural, the one text for every form."""
    if not plural:
        return [entry.msgstr]
    return entry.msgstrs if entry.msgid_plural is not None else [entry.msgstr] * forms


def _previous(entry: Entry, *, changed: bool) -> Previous | None:
    """Return the source that the translation was made for: of a fuzzy entry the one it already names."""
    if entry.fuzzy:
        msgid = entry.previous_value("msgid")
        if msgid is None:
            return None
        return Previous(msgid, entry.previous_value("msgctxt"), entry.previous_value("msgid_plural"))
    return Previous(entry.msgid, entry.msgctxt, entry.msgid_plural) if changed else None


def _retired(entry: Entry) -> Message:
    msgid = entry.previous_value("msgid")
    previous = Previous(msgid, entry.previous_value("msgctxt"), entry.previous_value("msgid_plural")) if msgid else None
    return Message(
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        msgid_plural=entry.msgid_plural,
        msgstrs=tuple(entry.msgstrs),
        comments=tuple(entry.lines_of("")),
        flags=tuple(entry.flags),
        previous=previous,
        obsolete=True,
    )


def _update_header(editor: Editor, template: Catalog) -> None:
    """Take over what the template alone knows: when it was made, and where to report its faults."""
    if editor.catalog.header_entry is None:
        return
    for name in ("POT-Creation-Date", "Report-Msgid-Bugs-To"):
        value = template.header.get(name)
        if value:
            editor.set_header(name, value)


def _encoded(editor: Editor, message: Message) -> bytes:
    text = editor.catalog.source.text
    newline = newline_at(text, max(len(text) - 1, 0))
    return editor.catalog.source.encode((editor.render(message) + "\n").replace("\n", newline))


def _join(catalog: Catalog, blocks: Iterable[_Block]) -> bytes:
    """Put the blocks one below the other, with the empty lines between them that stood there."""
    source, text = catalog.source, catalog.source.text
    newline = newline_at(text, max(len(text) - 1, 0))
    before: dict[int, Entry | None] = {}
    last: Entry | None = None
    for entry in catalog.entries:
        before[entry.start] = last
        last = entry
    out = [source.bom]
    above: _Block | None = None
    for block in blocks:
        gap = newline
        if block.entry is not None:
            earlier = before[block.entry.start]
            gap_start = earlier.stop if earlier is not None else 0
            own = text[gap_start : block.entry.start]
            stays = (above.entry if above is not None else None) is earlier and (above is None) == (earlier is None)
            gap = own if stays or "\n" in own else newline
        if above is None and not (block.entry is not None and before[block.entry.start] is None):
            gap = ""
        if above is not None and not above.data.endswith(b"\n"):
            gap = newline + gap if gap.strip(" ") else newline
        out += [gap.encode(source.charset, "surrogateescape"), block.data]
        above = block
    tail = text[last.stop :] if last is not None else text
    return b"".join([*out, tail.encode(source.charset, "surrogateescape")])
