"""A file on disk: its text decoded, written atomically, edited in place, and found among the data shipped."""

from __future__ import annotations

from translate.files.editing import edit_in_place, held
from translate.files.places import shipped
from translate.files.reading import LIMIT, read_text
from translate.files.writing import write_atomic

__all__ = ["LIMIT", "edit_in_place", "held", "read_text", "shipped", "write_atomic"]
