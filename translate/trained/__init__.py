"""Weights that `training/` made, and a card for each: script, data, licence, checksum."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """Return where a file of weights lies.

    Args:
        name: "names.model", "gap_model.npz" …
    """
    return Path(__file__).with_name(name)
