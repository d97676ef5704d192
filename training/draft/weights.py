"""Read and write the weights of a CTranslate2 model file, so that a shipped model can be trained on.

A model.bin (version 6) is a header, the variables (name, shape, kind, bytes) and aliases. Writing keeps the file as it
is and exchanges the values of the variables given: the graph, the vocabulary and what is not trained stay.

Source: CTranslate2, python/ctranslate2/specs/model_spec.py (the layout; int8 rows with scale 127 / largest).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
KINDS: dict[int, Any] = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
SCALE = "_scale"


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a model file as it stands there."""

    kind: int
    values: NDArray[Any]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model file taken apart: what comes before the variables, the variables in order, what comes after them."""

    head: bytes
    variables: Mapping[str, Variable]
    tail: bytes

    def weight(self, name: str) -> Floats:
        """Return a weight as numbers, quantised or not."""
        values = self.variables[name].values.astype(np.float32)
        scale = self.variables.get(name + SCALE)
        if scale is None:
            return values
        rows: Floats = scale.values.astype(np.float32).reshape(-1, *(1,) * (values.ndim - 1))
        return np.divide(values, rows, dtype=np.float32)


def read(path: Path) -> ModelFile:
    """Read a model file.

    Raises:
        ValueError: it is of a layout that is not known.
    """
    return parse(path.read_bytes(), path)


def parse(data: bytes, path: Path) -> ModelFile:
    """Take the bytes of a model file apart.

    Args:
        path: where they come from, for the message.

    Raises:
        ValueError: they are of a layout that is not known.
    """
    at = 0

    def number(code: str) -> int:
        nonlocal at
        (found,) = struct.unpack_from("<" + code, data, at)
        at += struct.calcsize("<" + code)
        return int(found)

    def text() -> str:
        nonlocal at
        length = number("H")
        at += length
        return data[at - length : at - 1].decode()

    if number("I") != 6:
        raise ValueError(f"{path}: not a CTranslate2 model of version 6")
    text(), number("I")
    head = data[:at]
    variables = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind = number("B")
        size = number("I")
        variables[name] = Variable(
            kind, np.frombuffer(data, KINDS[kind], size // KINDS[kind]().itemsize, at).reshape(shape)
        )
        at += size
    return ModelFile(head, variables, data[at:])


def write(file: ModelFile, weights: Mapping[str, Floats]) -> bytes:
    """Return the file with other weights, quantised as those that they replace.

    Raises:
        ValueError: a weight has another shape than in the file.
    """
    changed: dict[str, Variable] = {}
    for name, values in weights.items():
        old = file.variables[name]
        if old.values.shape != values.shape:
            raise ValueError(f"{name}: {values.shape} instead of {old.values.shape}")
        if old.kind == 1:
            scale = _scales(values)
            rows = scale.reshape(-1, *(1,) * (values.ndim - 1))
            changed[name] = Variable(1, np.rint(values * rows).astype(np.int8))
            changed[name + SCALE] = Variable(0, scale.astype(np.float32))
        else:
            changed[name] = Variable(old.kind, values.astype(KINDS[old.kind]))
    made = [file.head, struct.pack("<I", len(file.variables))]
    for name, variable in file.variables.items():
        values = changed.get(name, variable).values
        text = name.encode() + b"\0"
        made += [struct.pack("<H", len(text)), text, struct.pack("<B", values.ndim)]
        made += [struct.pack("<I", size) for size in values.shape]
        made += [struct.pack("<BI", variable.kind, values.nbytes), values.tobytes()]
    return b"".join([*made, file.tail])


def _scales(values: Floats) -> Floats:
    largest = np.abs(values.reshape(len(values), -1)).max(axis=1)
    return np.where(largest > 0, 127.0 / np.maximum(largest, 1e-30), 1.0).astype(np.float32)
