"""Glossaries as gettext catalogs: msgid and msgstr, the kind as context, the other columns as `#.` comments.

Source: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import polib

from translate.errors import GlossaryError
from translate.exchange.cells import Imported, Loss, filled
from translate.files import write_atomic
from translate.glossary import KINDS, Policy, Term
from translate.messages import _

_HELD = {"source", "target", "kind", "note"}
_COLUMN = re.compile(r"(gender|number|animate|aliases|kk|ky|policy|forms|since|until|origin|x-[^\s:]+): (.*)")
_HEADER = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "ru",
}


def write(terms: Sequence[Term], path: Path) -> list[Loss]:
    """Write an entry a term. An entry needs a msgid: what bars a Russian spelling alone is lost."""
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = dict(_HEADER)
    losses: list[Loss] = []
    for term in terms:
        if not term.source:
            losses.append(Loss(term.target, "", "", "a gettext entry must have a msgid, and this term has no English"))
            continue
        cells = filled(term)
        entry = polib.POEntry(msgid=term.source, msgstr=term.target, msgctxt=_context(term), tcomment=term.note)
        entry.comment = "\n".join(f"{name}: {cell}" for name, cell in cells.items() if name not in _HELD)
        catalog.append(entry)
    write_atomic(path, str(catalog))
    return losses


def _context(term: Term) -> str:
    """Return the kind, and what tells two terms of one source and kind apart: gettext takes each msgid once."""
    dates = f" {term.since}/{term.until}" if term.since or term.until else ""
    return term.kind + dates + (f" forbid {term.target}" if term.policy is Policy.FORBID else "")


def read(path: Path) -> Imported:
    """Read a catalog, ours or any other: a foreign entry is a string of an interface.

    Fuzzy and obsolete entries are left out, plural forms too: a glossary holds what an editor has settled.

    Raises:
        GlossaryError: polib cannot parse it.
    """
    try:
        catalog = polib.pofile(str(path), encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise GlossaryError(_("not a sound .po file: {error}").format(error=error), path=path) from None
    imported = Imported()
    for entry in catalog:
        if entry.obsolete:
            continue
        reasons = {
            "is fuzzy, not settled": entry.fuzzy,
            "has plural forms, which a glossary line does not hold": bool(entry.msgid_plural),
            "holds a line break": "\n" in entry.msgid.strip() or "\n" in entry.msgstr.strip(),
        }
        wrong = next((reason for reason, holds in reasons.items() if holds), "")
        if wrong:
            imported.losses.append(Loss(entry.msgid, "", "", wrong))
            continue
        cells = {"source": entry.msgid, "target": entry.msgstr, "note": entry.tcomment.replace("\n", " ")}
        context = (entry.msgctxt or "").split(" ")[0]
        if context in KINDS:
            cells["kind"] = context
        else:
            cells |= {"kind": "interface", "x-context": entry.msgctxt or ""}
        for line in entry.comment.split("\n"):
            column = _COLUMN.fullmatch(line)
            if column:
                cells[column[1]] = column[2]
            elif line:
                cells["x-comment"] = f"{cells.get('x-comment', '')} {line}".strip()
        imported.take(cells, path, entry.linenum or 0)
    return imported
