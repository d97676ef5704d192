"""An .argosmodel archive, installed so that a hostile or broken one does no harm.

`argostranslate.package.install_from_path` extracts in place: a killed run leaves half a package, which makes every
later start raise; a bomb fills the disk. Here it is unpacked beside its place (`unpacking`), and the package appears
by one rename (`shelf`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from translate.engines import seals, shelf
from translate.engines.argos.packages import Package, package_folder, read_package
from translate.engines.unpacking import Progress, unpack
from translate.errors import EngineError
from translate.messages import _

__all__ = ["Offered", "install"]


@dataclass(frozen=True, slots=True)
class Offered:
    """What an archive was said to be: an index may name one file and its link lead to another."""

    source: str
    target: str
    version: str


def install(archive: Path, progress: Progress = lambda size: None, *, offered: Offered | None = None) -> Package:
    """Extract an archive into Argos's package folder; a package of the same name and pair is replaced.

    Args:
        archive: a zip file with one folder in it, which holds metadata.json.
        progress: called with the number of bytes of each piece written.
        offered: what its metadata must say; None for an archive that the user has chosen.

    Raises:
        EngineError: not such an archive, or not the one offered; unsafe names, too much in it, no room; a package of
            the same name is of another pair. Nothing is left behind, and what was installed stays.
    """
    where = package_folder()
    try:
        where.mkdir(parents=True, exist_ok=True)
        with shelf.workshop(where) as bench:
            made = _unpacked(archive, bench / "new", progress)
            package = read_package(made)
            if package is None or package.fault:
                why = package.fault if package else "not a translation package"
                raise EngineError(_("not a usable Argos package: {why}").format(why=why), path=archive)
            _refuse_another(package, offered, where / made.name, archive)
            seals.seal(made, shelf.checksums(made))
            shelf.put(made, where / made.name)
    except OSError as error:
        raise EngineError(
            _("cannot install: {what}").format(what=error.strerror or error), path=error.filename or where
        ) from error
    installed = read_package(where / made.name)
    assert installed is not None
    return installed


def _refuse_another(package: Package, offered: Offered | None, place: Path, archive: Path) -> None:
    said = (package.source, package.target, package.version)
    if offered and said != (offered.source, offered.target, offered.version):
        wanted = f"{offered.source}→{offered.target} {offered.version}"
        raise EngineError(
            _("offered as {wanted}, but it is {said}→{said2} {said3}").format(
                wanted=wanted, said=said[0], said2=said[1], said3=said[2]
            ),
            path=archive,
        )
    there = read_package(place) if place.exists() else None
    if there and not there.fault and (there.source, there.target) != said[:2]:
        raise EngineError(
            _("{name} is installed already and translates {source}→{target}, this {said}→{said2}").format(
                name=place.name, source=there.source, target=there.target, said=said[0], said2=said[1]
            ),
            path=archive,
            hint=_("If you want this one in its place: tolmach models remove {name}").format(name=place.name),
        )


def _unpacked(archive: Path, where: Path, progress: Progress) -> Path:
    """Unpack an archive that holds one folder, and return that folder."""
    unpack(archive, where, progress)
    found = list(where.iterdir())
    if len(found) != 1 or not found[0].is_dir():
        raise EngineError(_("not an Argos package: it must hold one folder with metadata.json in it"), path=archive)
    return found[0]
