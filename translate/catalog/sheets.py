"""A catalog as a spreadsheet or XLIFF for translators, and what they changed in it taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from translate.catalog.editor import Editor
from translate.catalog.entry import Catalog, Entry, Key
from translate.catalog.merge import MARK
from translate.errors import CatalogError, GlossaryError
from translate.files import write_atomic
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem

COLUMNS = ("context", "source", "translation", "status", "form", "plural", "comment", "places", "exported")
_XLIFF = (".xlf", ".xliff")
_WIDTHS = (14, 48, 48, 9, 6, 30, 30, 20, 8)
# Neither XML nor a spreadsheet can hold these.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken from a sheet.

    Args:
        data: the file.
        changed: entries whose text or state changed.
        problems: rows that were not taken; each names its row.
    """

    data: bytes
    changed: int
    problems: tuple[Problem, ...] = ()


def export(catalog: Catalog, path: Path) -> tuple[Problem, ...]:
    """Write the live entries to .xlsx, .csv or .xlf, a row a text, a row a form of plural entries.

    The last column keeps the text as it was exported: `take` compares with it to know what a translator changed.

    Returns:
        Entries that a spreadsheet cannot hold, each a Problem.

    Raises:
        CatalogError: another extension.
    """
    from translate.exchange.tables import csv_bytes, xlsx_bytes

    rows: list[list[str]] = [list(COLUMNS)]
    problems = []
    for entry in catalog.messages:
        if entry.broken:
            continue
        for row in _rows(entry):
            if any(_CONTROL.search(cell) for cell in row):
                message = _("line {line}: a control character, which no spreadsheet holds", line=catalog.line(entry))
                problems.append(Problem(Kind.EXPORT, message))
            else:
                rows.append(row)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_atomic(path, csv_bytes(rows))
    elif suffix == ".xlsx":
        write_atomic(path, xlsx_bytes(rows, "catalog", _WIDTHS))
    elif suffix in _XLIFF:
        from translate.catalog import xliff

        units = [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]
        name = catalog.path.name if catalog.path else ""
        write_atomic(path, xliff.write(units, name, catalog.header.get("Language", "").replace("_", "-")))
    else:
        raise CatalogError(_("no sheet format {suffix!r}", suffix=suffix), path=path, hint=_("Use .xlsx, .csv or .xlf"))
    return tuple(problems)


def _rows(entry: Entry) -> list[list[str]]:
    state = "fuzzy" if entry.fuzzy else "done" if entry.translated else "new"
    comment = "\n".join([*entry.lines_of("."), *entry.lines_of("")])
    places = " ".join(entry.references)
    plural = entry.msgid_plural
    return [
        [
            entry.msgctxt or "", entry.msgid, text, state, "" if plural is None else str(form), plural or "",
            comment, places, text,
        ]
        for form, text in enumerate(entry.msgstrs)
    ]  # fmt: skip


def take(catalog: Catalog, path: Path) -> Imported:
    """Take a translator's changes from a sheet: texts that differ from the exported ones, and states set to done.

    A changed text counts as reviewed: the entry is no longer fuzzy, and its mark of `fill` goes. A row whose entry was
    changed in the catalog meanwhile is a Problem and is left alone.

    Raises:
        CatalogError: the sheet cannot be read or lacks a column.
    """
    editor = Editor(catalog)
    problems: list[Problem] = []
    touched: dict[Key, list[bool]] = {}
    for number, row in enumerate(_read(path), 2):
        key = Key(row["context"] or None, row["source"])
        entry = catalog.index.get(key) or catalog.index.get(Key("", row["source"]))
        problem = _row(editor, entry, row, touched)
        if problem:
            problems.append(Problem(Kind.IMPORT, _("row {number}: {problem}", number=number, problem=problem)))
    for key, reviewed in touched.items():
        entry = catalog.index[key]
        if any(reviewed) and entry.fuzzy:
            editor.set_flags(entry, remove=["fuzzy"])
            editor.set_previous(entry, None)
            editor.set_comments(entry, ".", [t for t in entry.lines_of(".") if not t.startswith(MARK)])
    changed = sum(any(reviewed) for reviewed in touched.values())
    return Imported(editor.data(), changed, tuple(problems))


def _row(editor: Editor, entry: Entry | None, row: dict[str, str], touched: dict[Key, list[bool]]) -> str:
    """Take one row; return what is wrong with it."""
    if entry is None:
        return _("no entry has the source {source}", source=f"{row['source']!r:.60}")
    if entry.broken:
        return _("the entry breaks the grammar of PO files")
    form = int(row["form"]) if row["form"].isdecimal() else 0
    old = entry.field("msgstr", form)
    if old is None:
        return _("the entry has no plural form {form}", form=form)
    text = row["translation"].replace("\r\n", "\n")
    changed = text != row["exported"].replace("\r\n", "\n")
    done = row["status"].strip().casefold() == "done" and entry.fuzzy and bool(text)
    if changed:
        if old.value not in (row["exported"], text):
            return _("the catalog has another text by now: {text}", text=f"{old.value!r:.60}")
        editor.set_msgstr(entry, text, form)
    touched.setdefault(entry.key, []).append(changed or done)
    return ""


def _read(path: Path) -> list[dict[str, str]]:
    from translate.exchange.tables import csv_rows, xlsx_rows

    suffix = path.suffix.lower()
    if suffix in _XLIFF:
        from translate.catalog import xliff

        return [{**dict.fromkeys(COLUMNS, ""), **row} for row in xliff.read(path)]
    if suffix not in (".csv", ".xlsx"):
        raise CatalogError(_("no sheet format {suffix!r}", suffix=suffix), path=path, hint=_("Use .xlsx, .csv or .xlf"))
    try:
        head, *rows = (csv_rows if suffix == ".csv" else xlsx_rows)(path) or [[]]
    except GlossaryError as error:
        raise CatalogError(error.message, path=path, hint=error.hint) from None
    names = [cell.strip().casefold() for cell in head]
    missing = [name for name in ("context", "source", "translation", "exported") if name not in names]
    if missing:
        raise CatalogError(
            _("the sheet has no column {missing!r}", missing=missing[0]),
            path=path,
            line=1,
            hint=_("Keep the first row as it was exported"),
        )
    empty = dict.fromkeys(COLUMNS, "")
    return [{**empty, **dict(zip(names, row, strict=False))} for row in rows if any(row)]
