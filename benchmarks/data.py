"""The data that benchmarks and training read: by name, with address, licence and checksum.

They lie under $TOLMACH_DATA, else in a folder `shared` beside the repository; none of it is part of the project.

    python -m benchmarks.data          # what is there, and whether it is what the figures were measured on
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataSet:
    """A file or folder.

    Args:
        name: to ask for it by.
        place: below the data folder.
        address: where it comes from.
        licence: of the whole, or "by source".
        sha256: hexadecimal; "" for a folder.
    """

    name: str
    place: str
    address: str
    licence: str
    sha256: str


SETS = (
    DataSet(
        "ntrex",
        "data/parallel/ntrex.en-ru.tsv",
        "https://github.com/MicrosoftTranslator/NTREX",
        "CC BY-SA 4.0",
        "016aa580fd6e0ae5b678d5ace20bf6a67096fe44bd410750b30b97b52f352cae",
    ),
    DataSet(
        "flores-devtest",
        "data/parallel/flores_devtest.en-ru.tsv",
        "https://github.com/openlanguagedata/flores",
        "CC BY-SA 4.0",
        "a38ef5af90b489a0370bd2aa18786efe426130e3c0bdce4cd0b5218b99921bbf",
    ),
    DataSet(
        "parallel",
        "data/parallel/parallel.tar.xz",
        "put together for this project; origins and licences in its MANIFEST.tsv",
        "by source",
        "a336bfeaf2fe61e496214846676860164f944eef2713e053f66555bd2872d1a9",
    ),
    DataSet(
        "parallel-2",
        "data/parallel/parallel2.tar.xz",
        "put together for this project; origins and licences in its MANIFEST.tsv",
        "by source",
        "fa87a8e43bc90df67c75e9de331436c6b126e92ec632e08d67ea28e3813a43e5",
    ),
    DataSet("names kit", "measure/names/data", "made for this project; sources in its README", "by source", ""),
)


def folder() -> Path:
    """Return the data folder."""
    return Path(os.environ.get("TOLMACH_DATA") or Path(__file__).resolve().parents[2] / "shared")


def find(name: str) -> Path:
    """Return where a data set lies.

    Raises:
        SystemExit: it is not there; says where to get it and where to put it.
    """
    (found,) = [one for one in SETS if one.name == name]
    path = folder() / found.place
    if not path.exists():
        raise SystemExit(f"{name}: not at {path}; from: {found.address}. Set TOLMACH_DATA to the folder of the data.")
    return path


def state(one: DataSet) -> str:
    """Say whether a data set is there and what it should be."""
    path = folder() / one.place
    if not path.exists():
        return "missing"
    if not one.sha256:
        return "there"
    return "as measured" if hashlib.sha256(path.read_bytes()).hexdigest() == one.sha256 else "another version"


if __name__ == "__main__":
    for one in SETS:
        print(f"{one.name}\t{state(one)}\t{one.licence}\t{one.place}\t{one.address}")
