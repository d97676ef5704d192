"""The small JSON file that says what a model is; it comes with the model, from anybody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_LARGEST = 4 << 20  # bytes: Argos's metadata.json has 300, the seal of 20,000 files 3 MB


def read_card(path: Path) -> Any:
    """Read a model's metadata, its seal or its settings.

    Raises:
        OSError: it is not there, or cannot be read.
        ValueError: no JSON, nested too deeply, or far too large.
    """
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ValueError(f"more than {_LARGEST >> 20} MB")
    try:
        return json.loads(raw.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
