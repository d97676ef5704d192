"""Cells that a spreadsheet would run as a formula, told that they are text, and read back as they were.

“=HYPERLINK(…)” in a story's headline is a formula to whoever opens the exported table; so are “+7 said”, “-3 °C”
and “@desk”. An apostrophe before a cell is how every spreadsheet marks text.

Source: OWASP, CSV Injection.
"""

from __future__ import annotations

STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
"""What begins a formula, or is taken off before it; and the mark itself, so that a marked cell comes back as it was."""


def marked(cell: str) -> str:
    """Return a cell of text as it is to be written."""
    return f"'{cell}" if cell.startswith(STARTS) else cell


def unmarked(cell: str) -> str:
    """Return the text of a cell that `marked` wrote; another's apostrophe (“'tis”) stays."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in STARTS else cell
