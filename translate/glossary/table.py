"""The grammar of a glossary file: lines to terms with every fault named, and a term back to its line.

A glossary is UTF-8 in NFC, one term a line, cells divided by tabs, under a header line that names the columns.
Lines that begin with # and blank lines are comments. Nothing is quoted: a cell cannot hold a tab or a line break.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import cast

from translate.errors import GlossaryError
from translate.glossary import guessing
from translate.glossary.characters import doubts, suspects
from translate.glossary.term import FREE, KINDS, Policy, Term
from translate.inflection import CASES, Case, Gender, Number, Slot
from translate.messages import lazy_gettext as _
from translate.messages import lazy_ngettext, shown

COLUMNS = (
    "source", "target", "kind", "gender", "number", "animate", "aliases", "kk", "ky",
    "policy", "forms", "since", "until", "note", "origin",
)  # fmt: skip
_KINDS: dict[str, str] = {kind: kind for kind in KINDS} | {"": "term"}
_GENDERS: dict[str, Gender | None] = {"": None, "masc": "masc", "femn": "femn", "neut": "neut"}
_NUMBERS: dict[str, Number | None] = {"": None, "sing": "sing", "plur": "plur"}
_ANIMATE: dict[str, bool | None] = {"": None, "yes": True, "no": False}
_POLICIES: dict[str, Policy] = {"": Policy.PIN} | {policy.value: policy for policy in Policy}
_CODES: Mapping[str, Mapping[str, object]] = {
    "kind": _KINDS,
    "gender": _GENDERS,
    "number": _NUMBERS,
    "animate": _ANIMATE,
    "policy": _POLICIES,
}
_NOTHING: Mapping[Slot, tuple[str, ...]] = {}
_NO_EXTRA: Mapping[str, str] = {}

_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_CONFLICT = re.compile(r"(<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)( |$)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line of a glossary; prints as `path:line: message`.

    Args:
        path, line: where; line is 1-based, 0 for the file as a whole.
        kind: a stable slug, e.g. "duplicate".
        message: one line for the editor.
    """

    path: Path
    line: int
    kind: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{where}: {shown(self.message)}"


def read(path: str | Path) -> tuple[list[Term], list[Fault]]:
    """Read one glossary file: every sound line as a term, every fault with its line.

    Args:
        path: a .tsv file.

    Returns:
        The terms in file order and the faults in line order; a faulty line gives no term.

    Raises:
        OSError: the file cannot be opened.
    """
    path = Path(path)
    return parse(path.read_bytes(), path)


def parse(raw: bytes, path: Path) -> tuple[list[Term], list[Fault]]:
    """Read the bytes of a glossary file; see `read`."""
    faults: list[Fault] = []
    text = decode(raw, path, faults)
    if text is None:
        return [], faults
    lines = text.split("\n")
    if "\r" in text:
        lines = [line.removesuffix("\r") for line in lines]
        text = "\n".join(lines)
    head, columns = read_header(lines, path, faults)
    if not columns:
        return [], faults
    suspect = suspects(raw, text, lines)
    with growing():
        terms = _read_rows(lines, columns, path, head=head, suspect=suspect, faults=faults)
    faults.sort(key=lambda fault: fault.line)
    return terms, faults


@contextmanager
def growing() -> Iterator[None]:
    """Look for no garbage while what is made is kept.

    100,000 new terms make the collector walk the heap over and over: 0.9 s with it, 0.4 s without; of the time that
    their index takes it was two fifths.
    """
    collect = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collect:
            gc.enable()


def decode(raw: bytes, path: Path, faults: list[Fault]) -> str | None:
    """Return the text without its byte order mark, or None with a fault if it is not UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.append(Fault(path, 1, "encoding", _("the file is UTF-16; save it as UTF-8")))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(
            Fault(path, line, "encoding", _("byte 0x{byte:02x} is not UTF-8; save it as UTF-8", byte=raw[error.start]))
        )
        return None


def read_header(lines: Sequence[str], path: Path, faults: list[Fault]) -> tuple[int, list[str]]:
    """Return the 0-based line of the header and its columns; no columns where the header is at fault."""
    head = next((n for n, line in enumerate(lines) if not is_comment(line)), -1)
    if head < 0:
        faults.append(Fault(path, 1, "header", _("no header line; the first line names the columns: source, target …")))
        return 0, []
    columns = lines[head].split("\t")
    wrong = [
        _("unknown column {name!r}; an own column begins with {free!r}", name=name, free=FREE)
        for name in columns
        if name not in COLUMNS and not (name.startswith(FREE) and len(name) > len(FREE))
    ]
    wrong += [
        _("column {name!r} stands twice", name=name) for name in sorted({n for n in columns if columns.count(n) > 1})
    ]
    wrong += [_("no column {name!r}", name=name) for name in ("source", "target") if name not in columns]
    faults += [Fault(path, head + 1, "header", message) for message in wrong]
    return head, [] if wrong else columns


def is_comment(line: str) -> bool:
    """Say whether a line holds no term: blank, or beginning with #."""
    return not line or line[0] == "#" or line.isspace()


def _read_rows(
    lines: Sequence[str], columns: Sequence[str], path: Path, *, head: int, suspect: set[int], faults: list[Fault]
) -> list[Term]:
    width = len(columns)
    # A blank is put behind every row, so that columns the file lacks and cells left out at the end read "".
    pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(
        *(columns.index(name) if name in columns else -1 for name in COLUMNS)
    )
    free = [(name, columns.index(name)) for name in columns if name.startswith(FREE)]
    terms: list[Term] = []
    first: dict[str, Term] = {}
    again: dict[str, list[Term]] = {}
    for n in range(head + 1, len(lines)):
        line = lines[n]
        if not line or (line[0] in "# \t" and is_comment(line)):
            continue
        row = line.split("\t")
        if len(row) > width:
            message = _("{n} cells under {width} columns; a cell cannot hold a tab", n=len(row), width=width)
            faults.append(Fault(path, n + 1, "columns", message))
            continue
        row += [""] * (width + 1 - len(row))
        cells = pick(row)
        wrong = doubts(columns, row) if n in suspect else []
        extra = {name: row[at] for name, at in free if row[at]} if free else _NO_EXTRA
        term = _term(cells, extra, path, n + 1, wrong)
        if wrong and _CONFLICT.match(line):
            wrong = [("conflict", _("an unresolved merge conflict: {line!r}", line=line))]
        if wrong:
            faults += [Fault(path, n + 1, kind, message) for kind, message in wrong]
            continue
        key = _key(cells)
        if key in first:
            twins = again.setdefault(key, [first[key]])
            twin = next((other for other in twins if _overlap(term, other)), None)
            if twin:
                message = _("{name!r} stands already at line {line}", name=term.source or term.target, line=twin.line)
                faults.append(Fault(path, n + 1, "duplicate", message))
                continue
            twins.append(term)
        else:
            first[key] = term
        terms.append(term)
    return terms


def _key(cells: Sequence[str]) -> str:
    """Return what no two live rows may share: the English, apart for interface strings; a barred spelling's both."""
    if cells[9] == "forbid":
        return f"\0\0{cells[0]}\0{cells[1]}"
    return cells[0] if cells[2] != "interface" else f"\0{cells[0]}"


def _overlap(one: Term, other: Term) -> bool:
    """Say whether two terms hold on a common day; Astana may stand twice if its dates divide it."""
    if one.policy is Policy.FORBID:
        return True
    before = bool(one.until and other.since) and one.until < other.since[: len(one.until)]
    after = bool(other.until and one.since) and other.until < one.since[: len(other.until)]
    return not before and not after


def _term(
    cells: tuple[str, ...], extra: Mapping[str, str], path: Path, line: int, wrong: list[tuple[str, str]]
) -> Term:
    """Make a term of its cells; what is wrong with them is added to `wrong`."""
    source, target, kind, gender, number, animate, aliases, kk, ky, policy, forms, since, until, note, origin = cells
    try:
        term = Term(
            source,
            target,
            _KINDS[kind],
            _GENDERS[gender],
            _NUMBERS[number],
            _ANIMATE[animate],
            tuple(aliases.split("|")) if aliases else (),
            kk,
            ky,
            _POLICIES[policy],
            read_forms(forms, number) if forms else _NOTHING,
            since,
            until,
            note,
            origin,
            path,
            line,
            extra,
        )
    except (KeyError, ValueError):
        wrong += _wrong_codes(cells)
        term = Term(source, target)
    if not kind and not wrong and policy in ("", "pin") and target:
        term = _guessed(term)
    if not target and policy != "keep":
        wrong.append(("empty", _("target is empty; only policy keep may leave it so")))
    if not source and policy != "forbid":
        wrong.append(("empty", _("source is empty; only policy forbid may leave it so")))
    if since or until:
        wrong += _wrong_dates(since, until)
    if forms and term.forms:
        wrong += _wrong_lemma(term)
    return term


def _guessed(term: Term) -> Term:
    """Fill in what a line of two columns leaves open; a common term stays as it is."""
    guess = guessing.guess(term.source, term.target)
    if guess.kind == "term":
        return term
    gender, number = term.gender or guess.gender, term.number or guess.number
    filled = [("kind", True), ("gender", gender != term.gender), ("number", number != term.number)]
    marks = tuple(name for name, changed in filled if changed)
    return replace(term, kind=guess.kind, gender=gender, number=number, guessed=marks)


def _wrong_codes(cells: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    given = dict(zip(COLUMNS, cells, strict=True))
    for name, known in _CODES.items():
        if given[name] not in known:
            message = _("unknown {name} {value!r}; one of {known}")
            yield "code", message.format(name=name, value=given[name], known=", ".join(k for k in known if k))
    try:
        read_forms(given["forms"])
    except ValueError as error:
        yield "forms", error.args[0]


def _wrong_dates(since: str, until: str) -> Iterable[tuple[str, str]]:
    for name, value in (("since", since), ("until", until)):
        if value and not _ISO_DATE.fullmatch(value):
            yield "date", _("{name} {value!r} is not a date; write 2019, 2019-03 or 2019-03-23", name=name, value=value)
    if since and until and since[: len(until)] > until[: len(since)]:
        yield "date", _("since {since} is later than until {until}", since=since, until=until)


def _wrong_lemma(term: Term) -> Iterable[tuple[str, str]]:
    nominative = term.forms.get(Slot("nomn", term.number or "sing"))
    if nominative and term.target not in nominative:
        message = _("forms give the nominative {form!r} but the target is {target!r}")
        yield "forms", message.format(form=nominative[0], target=term.target)


def read_forms(cell: str, number: str = "") -> dict[Slot, tuple[str, ...]]:
    """Read `gent=…|datv=…|plur.gent=…`; a case named twice has two accepted forms, the preferred one first.

    Args:
        cell: "" for none.
        number: of the lemma; a case without a number is in it, singular where it is "".

    Raises:
        ValueError: says what cannot be read.
    """
    forms: dict[Slot, tuple[str, ...]] = {}
    for piece in cell.split("|") if cell else ():
        name, equals, form = piece.partition("=")
        before, dot, case = name.rpartition(".")
        numbered = before if dot else number or "sing"
        if not equals or case not in CASES or numbered not in ("sing", "plur") or not form or form != form.strip():
            message = _("cannot read the form {piece!r}; write gent=… or plur.gent=… with one of {cases}")
            raise ValueError(message.format(piece=piece, cases=" ".join(CASES)))
        slot = Slot(case, cast("Number", numbered))
        forms[slot] = (*forms.get(slot, ()), form)
    return forms


def write_forms(forms: Mapping[Slot, tuple[str, ...]], number: Number | None = None) -> str:
    """Write forms as a cell, the lemma's own number first and unnamed, cases in the usual order."""
    own = number or "sing"
    rank: dict[Case, int] = {case: n for n, case in enumerate(CASES)}
    slots = sorted(forms, key=lambda slot: (slot.number != own, rank[slot.case]))
    return "|".join(
        f"{'' if slot.number == own else slot.number + '.'}{slot.case}={form}" for slot in slots for form in forms[slot]
    )


def cells_of(term: Term) -> dict[str, str]:
    """Return the term's cells by column name, own columns included, empty ones too."""
    cells = {
        "source": term.source,
        "target": term.target,
        "kind": term.kind,
        "gender": term.gender or "",
        "number": term.number or "",
        "animate": "" if term.animate is None else "yes" if term.animate else "no",
        "aliases": "|".join(term.aliases),
        "kk": term.kk,
        "ky": term.ky,
        "policy": term.policy.value,
        "forms": write_forms(term.forms, term.number),
        "since": term.since,
        "until": term.until,
        "note": term.note,
        "origin": term.origin,
    } | dict(term.extra)
    return cells | dict.fromkeys(term.guessed, "")


def term_of(cells: Mapping[str, str], path: Path, line: int = 0) -> tuple[Term, list[Fault]]:
    """Make a term of cells by column name, checked as a line of a file is."""
    unknown = [name for name in cells if name not in COLUMNS and not name.startswith(FREE)]
    strange = _("unknown column {name!r}; an own column begins with {free!r}")
    broken = _("{name} holds a tab or a line break")
    wrong: list[tuple[str, str]] = [("header", strange.format(name=name, free=FREE)) for name in unknown]
    wrong += [("character", broken.format(name=name)) for name in cells if re.search(r"[\t\n]", cells[name])]
    if cells.get("source", "").startswith("#"):
        wrong.append(("character", _("a source cannot begin with #, which begins a comment")))
    wrong += doubts(list(cells), list(cells.values()))
    extra = {name: value for name, value in cells.items() if name.startswith(FREE) and value}
    term = _term(tuple(cells.get(name, "") for name in COLUMNS), extra, path, line, wrong)
    return term, [Fault(path, line, kind, message) for kind, message in wrong]


def line_of(term: Term, columns: Sequence[str] = COLUMNS) -> str:
    """Write the term as a line under `columns`, without a line end."""
    cells = cells_of(term)
    return "\t".join(cells.get(name, "") for name in columns)


def sort_key(term: Term) -> tuple[str, str, str]:
    """Order terms as a file stands: by source without regard to case, then by target, then by date."""
    return term.source.casefold(), term.target, term.since


def sort_key_of(cells: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the `sort_key` of the term that a line's cells hold."""
    return cells.get("source", "").casefold(), cells.get("target", ""), cells.get("since", "")


def write(terms: Iterable[Term]) -> str:
    """Write a whole glossary: the header and the terms in order, every column."""
    ordered = sorted(terms, key=sort_key)
    free = list(dict.fromkeys(name for term in ordered for name in term.extra))
    columns = [*COLUMNS, *free]
    return "".join(f"{line}\n" for line in ["\t".join(columns), *(line_of(term, columns) for term in ordered)])


def refuse(faults: Sequence[Fault]) -> None:
    """Raise one error that names every fault, a line each.

    Raises:
        GlossaryError: if there is any.
    """
    if faults:
        count = lazy_ngettext("a fault in the glossary:", "{n} faults in the glossary:", n=len(faults)).shown
        hint = _("`tolmach glossary lint` lists faults and doubts together.")
        raise GlossaryError("\n".join([count, *map(str, faults)]), hint=hint)
