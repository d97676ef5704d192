"""Parallel text: one row a sentence, written as HTML, Markdown, text, TSV or JSONL and read back."""

from translate.parallel.record import ParallelText, Row

__all__ = ["ParallelText", "Row"]
