"""What the measuring scripts call: one function a task, in the shape that each script asks for."""

from __future__ import annotations

from pathlib import Path

# catalog: measure/po


def po_rewrite(path_in: str, path_out: str) -> None:
    """Read a catalog and write it back with no change."""
    from translate.catalog import Editor, read_catalog

    Path(path_out).write_bytes(Editor(read_catalog(path_in, tolerant=True)).data())


def po_edit(path_in: str, path_out: str, edits: dict[tuple[str | None, str], str]) -> None:
    """Set the msgstr of some entries, and nothing else."""
    from translate.catalog import Editor, Key, read_catalog

    catalog = read_catalog(path_in, tolerant=True)
    editor = Editor(catalog)
    for (msgctxt, msgid), msgstr in edits.items():
        entry = catalog.index.get(Key(msgctxt, msgid))
        if entry is not None:  # one that the script reads otherwise than gettext counts there as not applied
            editor.set_msgstr(entry, msgstr)
    Path(path_out).write_bytes(editor.data())
