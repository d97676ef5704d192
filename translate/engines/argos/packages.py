"""Argos packages on disk: where Argos keeps them, what is installed, which chain translates a pair.

`argostranslate.package` reads the same folders, but its import creates three folders in the user's home, freezes the
environment as it was, and a single folder without metadata.json makes it raise. Here nothing is created, a damaged
package is listed with its fault, and the rest work on.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from translate.engines import seals, shelf
from translate.engines.cards import read_card
from translate.engines.shelf import folders

PIVOT = "en"


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package.

    Args:
        folder: holds metadata.json, model/, and sentencepiece.model or bpe.model.
        source, target: ISO 639 codes; "" where unknown.
        version: of the package, as its maker wrote it.
        target_prefix: a piece every translation starts with (multilingual models), or "".
        fault: what makes it unusable, or "".
    """

    folder: Path
    source: str
    target: str
    version: str
    target_prefix: str = ""
    fault: str = ""

    @property
    def name(self) -> str:
        """Return the name of the folder, which Argos makes unique."""
        return self.folder.name


def data_folder() -> Path:
    """Return Argos's data folder, which its packages lie in unless moved."""
    return Path(os.getenv("XDG_DATA_HOME") or _home() / ".local" / "share") / "argos-translate"


def package_folder() -> Path:
    """Return the folder packages are installed in: $ARGOS_PACKAGES_DIR, Argos's settings.json, or the default."""
    chosen = os.getenv("ARGOS_PACKAGES_DIR")
    if chosen is None:
        config = Path(os.getenv("XDG_CONFIG_HOME") or _home() / ".config") / "argos-translate" / "settings.json"
        try:
            settings = read_card(config)
            chosen = settings.get("ARGOS_PACKAGES_DIR")
        except (OSError, ValueError, AttributeError):
            chosen = None
    return Path(chosen) if chosen else data_folder() / "packages"


def package_folders() -> list[Path]:
    """Return every folder Argos looks for packages in: the user's, then those a snap brings."""
    found = [package_folder()]
    if "SNAP" in os.environ:
        snap = Path(os.environ["SNAP"]) / "snap_custom"
        content = snap / "content_snap_packages"
        found += [snap / "packages", *(sorted(content.iterdir()) if content.is_dir() else [])]
    return [folder for n, folder in enumerate(found) if n == 0 or folder.is_dir()]


def _home() -> Path:
    return Path(os.environ["SNAP_USER_DATA"]) if "SNAP_USER_DATA" in os.environ else Path.home()


def installed() -> list[Package]:
    """Return the installed translation packages, damaged ones with their fault, newest version of a pair first."""
    found = [read_package(folder) for where in package_folders() for folder in folders(where)]
    return sorted((p for p in found if p), key=_order)


def _order(package: Package) -> tuple[object, ...]:
    return (package.source, package.target, newest_first(package.version), package.name)


def newest_first(version: str) -> tuple[int, ...]:
    """Return a sort key that puts 1.10 before 1.9, whatever else than numbers a maker may have written."""
    numbers = [int(part) if part.isdecimal() else 0 for part in version.split(".")]
    return tuple(-n for n in [*numbers, 0, 0, 0][:4])


def read_package(folder: Path) -> Package | None:
    """Read a package's metadata.

    Returns:
        None for packages of another type (Argos once had sentence splitters as packages); a Package with a `fault`
        where metadata.json is missing or broken, or the model or the tokenizer is missing.
    """
    try:
        metadata = read_card(folder / "metadata.json")
        if not isinstance(metadata, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Package(folder, "", "", "", fault="no metadata.json")
    except (OSError, ValueError) as error:
        return Package(folder, "", "", "", fault=f"metadata.json: {error}")
    if metadata.get("type", "translate") != "translate":
        return None
    fields = {key: metadata.get(key) or "" for key in ("from_code", "to_code", "package_version", "target_prefix")}
    source, target, version, prefix = (str(value) for value in fields.values())
    return Package(folder, source, target, version, prefix, fault=_fault(folder, fields))


def _fault(folder: Path, fields: dict[str, object]) -> str:
    if not all(isinstance(value, str) for value in fields.values()):
        return "metadata.json: a code or version is not text"
    if not (fields["from_code"] and fields["to_code"]):
        return "metadata.json: no language pair"
    if not (folder / "model" / "model.bin").is_file():
        return "no model/model.bin"
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        return "no sentencepiece.model or bpe.model"
    return ""


def chain(source: str, target: str) -> list[Package]:
    """Return the packages that translate a pair in turn: one, two through English, or none."""
    usable = [p for p in installed() if not p.fault]

    def first(a: str, b: str) -> list[Package]:
        return [p for p in usable if (p.source, p.target) == (a, b)][:1]

    if direct := first(source, target):
        return direct
    into, out = first(source, PIVOT), first(PIVOT, target)
    return into + out if into and out else []


def verify(package: Package, *, full: bool = False) -> list[str]:
    """Return what is wrong with a package's files; a package another tool installed has no seal to break."""
    if package.fault:
        return [package.fault]
    if not (package.folder / seals.NAME).exists():
        return []
    return seals.broken(package.folder, full=full)


def remove(package: Package) -> None:
    """Take a package away."""
    shelf.remove(package.folder)
