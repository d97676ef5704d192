"""A file on disk: its text decoded, written atomically, edited in place, and found among the data shipped."""

from __future__ import annotations

from translate.files.editing import edit_in_place, held
from translate.files.places import shipped, shown
from translate.files.reading import LIMIT, Decoded, decode, read_bytes, read_text
from translate.files.writing import write_atomic

__all__ = [
    "LIMIT", "Decoded", "decode", "edit_in_place", "held", "read_bytes", "read_text", "shipped", "shown",
    "write_atomic",
]  # fmt: skip
