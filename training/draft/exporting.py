"""Make of trained weights a model that the product loads: the shipped folder with other weights, in parts."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.draft import weights
from translate.files import write_atomic

PART = 45 * 2**20  # bytes; code hosts refuse files of 100 MB and warn at 50
BIAS = "decoder/projection/bias"  # bars pieces that never occur in Russian


def joined(folder: Path) -> bytes:
    """Return the bytes of model.bin, whole or in parts.

    Raises:
        FileNotFoundError: neither is there.
    """
    parts = [folder / "model.bin"] if (folder / "model.bin").exists() else sorted(folder.glob("model.bin.part[0-9]*"))
    if not parts:
        raise FileNotFoundError(f"no model.bin in {folder}")
    return b"".join(part.read_bytes() for part in parts)


def export(
    base: Path,
    trained: Mapping[str, weights.Floats],
    outputs: NDArray[np.int64],
    out: Path,
    *,
    version: str,
    part: int = PART,
) -> None:
    """Write a model folder of the layout of `models/en_ru_draft`.

    Args:
        base: the model folder that training began with; all but the weights is taken from it.
        trained: weights by name.
        outputs: ids that occur in the Russian of the training data; they are allowed from now on.
        out: the folder to write; its old files go.
        version: of the new model.
        part: bytes in a part; 0 writes model.bin in one.
    """
    file = weights.parse(joined(base), base / "model.bin")
    changed = dict(trained)
    if BIAS in file.variables:
        bias = file.weight(BIAS).copy()
        bias[outputs] = 0.0
        changed[BIAS] = bias
    data = weights.write(file, changed)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("model.bin*"):
        old.unlink()
    pieces = [data[at : at + part] for at in range(0, len(data), part)] if part else [data]
    for n, piece in enumerate(pieces):
        write_atomic(out / (f"model.bin.part{n:02}" if part else "model.bin"), piece)
    kept = [path for path in base.iterdir() if path.is_file() and not path.name.startswith("model.")]
    for path in kept:
        if path.resolve() != (out / path.name).resolve():
            shutil.copyfile(path, out / path.name)
    card = json.loads((base / "model.json").read_text(encoding="utf-8"))
    text = (
        (base / "model.json")
        .read_text(encoding="utf-8")
        .replace(f'"version": "{card["version"]}"', f'"version": "{version}"')
    )
    write_atomic(out / "model.json", text)
    _checksums(base, out, data)


def _checksums(base: Path, out: Path, data: bytes) -> None:
    names = [line.split()[1] for line in (base / "SHA256SUMS").read_text(encoding="utf-8").splitlines() if line]
    made = [
        f"{hashlib.sha256(data if name == 'model.bin' else (out / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
    ]
    write_atomic(out / "SHA256SUMS", "".join(made))
