"""`tolmach models`: the translation models on this machine, and the one place that gets new ones."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.options import json_option, print_json
from translate.cli.terminal import draw
from translate.errors import EngineError
from translate.messages import _

if TYPE_CHECKING:
    from translate.engines.argos.archive import Offered
    from translate.engines.argos.index import Available
    from translate.engines.opus.installing import Asked


@click.group(
    help=_(
        "Install, list and verify translation models."
        "\n\nOnly `available` and `install` open a connection."
        "\n\n\b\nExample:\n  tolmach models install en ru"
    )
)
def models() -> None:
    """Hold the commands together."""


@models.command(
    "list", help=_("List the models on this machine.\n\n\b\nExample:\n  tolmach models list"), short_help=_("List.")
)
@json_option
def list_(as_json: bool) -> None:
    """List Argos packages, converted models and the draft models."""
    rows = _installed()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        line = f"{row['source'] or '?'}→{row['target'] or '?'}\t{row['engine']}\t{row['name']}\t{row['mb']} MB"
        click.echo(line + (f"\t{row['fault']}" if row["fault"] else ""))
    if not any(row["engine"] in {"argos", "opus"} for row in rows):
        click.echo(_("No Argos package is installed; to get one: tolmach models install en ru"), err=True)


def _installed() -> list[dict[str, Any]]:
    from translate.engines.argos.packages import installed
    from translate.engines.draft import shipped_models
    from translate.engines.opus import models as converted

    def row(engine: str, source: str, target: str, *, name: str, folder: Path, fault: str) -> dict[str, Any]:
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        return {
            "source": source, "target": target, "engine": engine, "name": name,
            "mb": round(size / 1e6), "folder": str(folder), "fault": fault,
        }  # fmt: skip

    argos = [row("argos", p.source, p.target, name=p.name, folder=p.folder, fault=p.fault) for p in installed()]
    opus = [row("opus", m.source, m.target, name=m.name, folder=m.folder, fault=m.fault) for m in converted.installed()]
    draft = [
        row("draft", m.card["from"], m.card["to"], name=m.name, folder=m.folder, fault="") for m in shipped_models()
    ]
    return argos + opus + draft


@models.command(
    help=_("List what Argos’s index offers.\n\n\b\nExample:\n  tolmach models available --to ru"),
    short_help=_("List what can be installed."),
)
@click.option("--from", "source", metavar="CODE", help=_("Only from this language."))
@click.option("--to", "target", metavar="CODE", help=_("Only into this language."))
@json_option
def available(source: str | None, target: str | None, as_json: bool) -> None:
    """Fetch the index and list it."""
    from translate.engines.argos import index

    offers = [o for o in index.available() if source in {None, o.source} and target in {None, o.target}]
    if as_json:
        keys = ("source", "target", "source_name", "target_name", "version", "links")
        print_json([{key: getattr(o, key) for key in keys} for o in offers])
        return
    for offer in offers:
        click.echo(f"{offer.source}→{offer.target}\t{offer.version}\t{offer.source_name} → {offer.target_name}")


@models.command(
    help=_(
        "Install models: the packages for a language pair from Argos’s index, .argosmodel files, or OPUS-MT, NLLB and "
        "M2M models converted for CTranslate2, as a folder or an archive of one."
        "\n\nWithout a direct package, the two through English are installed."
        "\n\n\b\nExamples:\n  tolmach models install en ru\n  tolmach models install translate-en_ru-1_9.argosmodel"
        "\n  tolmach models install opus-mt-tc-big-en-zle/ --to ru"
    ),
    short_help=_("Install from Argos’s index, a file or a folder."),
)
@click.argument("what", nargs=-1, required=True, metavar="SOURCE TARGET | FILE|FOLDER...")
@click.option(
    "--from", "sources", metavar="CODE", multiple=True, help=_("A language a converted model translates from.")
)
@click.option("--to", "targets", metavar="CODE", multiple=True, help=_("A language a converted model translates to."))
@click.option("--name", default="", help=_("What to call a converted model; by default as its folder is called."))
def install(what: tuple[str, ...], sources: tuple[str, ...], targets: tuple[str, ...], name: str) -> None:
    """Install by language pair or from files."""
    from translate.engines.opus.installing import Asked

    paths = [Path(given) for given in what]
    if len(what) == 2 and not any(path.suffix or path.exists() for path in paths):
        for download in _downloaded(*what):
            _install(download.archive, download.offered)
            download.archive.unlink()
        return
    for path in paths:
        if not path.exists():
            raise click.UsageError(
                _("{name} is not there; give two language codes, .argosmodel files, or converted models").format(
                    name=path
                )
            )
    if name and len(paths) > 1:
        raise click.UsageError(_("--name is for one model"))
    for path in paths:
        if _is_package(path):
            _install(path)
        else:
            _install_converted(path, Asked(name, sources, targets))


def _is_package(path: Path) -> bool:
    """Tell an Argos package from a converted model: by its ending, or by the metadata.json in a zip archive."""
    import zipfile

    if path.is_dir() or path.suffix == ".argosmodel":
        return not path.is_dir()
    try:
        with zipfile.ZipFile(path) as opened:
            return any(name.count("/") == 1 and name.endswith("/metadata.json") for name in opened.namelist())
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def _install_converted(path: Path, asked: Asked) -> None:
    from translate.engines import seals
    from translate.engines.opus import installing

    with _growing(path.name) as progress:
        model = installing.install(path, asked, progress)
    click.echo(_("{name} installed in {folder}").format(name=model.name, folder=model.folder))
    click.echo(f"{model.source}→{model.target}")
    if path.is_file():
        click.echo(f"sha256 {seals.digest([path])}  {path.name}")


@dataclass(frozen=True, slots=True)
class _Download:
    """A fetched archive, and what the index says it is."""

    archive: Path
    offered: Offered


def _downloaded(source: str, target: str) -> Iterator[_Download]:
    import platformdirs

    from translate.engines.argos import index
    from translate.engines.argos.archive import Offered

    folder = platformdirs.user_cache_path("tolmach") / "downloads"
    for offer in _offers(index.available(), source, target):
        label = f"{offer.source}→{offer.target} {offer.version}"
        with _bar(label) as bar:
            archive = index.download(offer, folder, bar)
        yield _Download(archive, Offered(offer.source, offer.target, offer.version))


def _offers(offers: list[Available], source: str, target: str) -> list[Available]:
    """Choose the newest direct package, else the newest two through English."""
    from translate.engines.argos.packages import PIVOT, newest_first

    def best(a: str, b: str) -> list[Available]:
        return sorted((o for o in offers if (o.source, o.target) == (a, b)), key=lambda o: newest_first(o.version))[:1]

    chosen = best(source, target)
    if not chosen and PIVOT not in {source, target}:
        into, out = best(source, PIVOT), best(PIVOT, target)
        chosen = into + out if into and out else []
    if not chosen:
        raise EngineError(
            _("the index has no package for {source}→{target}").format(source=source, target=target),
            hint="tolmach models available",
        )
    return chosen


def _install(path: Path, offered: Offered | None = None) -> None:
    from translate.engines import seals
    from translate.engines.argos import archive

    checksum = seals.digest([path])
    with _growing(path.name) as progress:
        package = archive.install(path, progress, offered=offered)
    click.echo(_("{name} installed in {folder}").format(name=package.name, folder=package.folder))
    click.echo(f"sha256 {checksum}  {path.name}")


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show megabytes done on a terminal, and nothing elsewhere."""
    shown = sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        if shown:
            share = f" {100 * done // total:3} %" if total else ""
            draw(f"{label}  {done / 1e6:.1f} MB{share}")

    try:
        yield progress
    finally:
        if shown:
            click.echo("", err=True)


@contextmanager
def _growing(label: str) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many bytes have been written."""
    with _bar(label) as bar:
        done = 0

        def progress(size: int) -> None:
            nonlocal done
            done += size
            bar(done, 0)

        yield progress


@models.command(
    help=_("Remove installed models.\n\n\b\nExample:\n  tolmach models remove en ru"), short_help=_("Remove.")
)
@click.argument("what", nargs=-1, required=True, metavar="SOURCE TARGET | NAME...")
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def remove(what: tuple[str, ...], yes: bool) -> None:
    """Remove Argos packages by language pair or name, converted models by name."""
    from translate.engines import shelf
    from translate.engines.argos import packages
    from translate.engines.opus import models as converted

    for place in (packages.package_folder(), converted.model_folder()):
        shelf.clear(place)
    found = [p.folder for p in packages.installed() if p.name in what or (p.source, p.target) == what]
    found += [m.folder for m in converted.installed() if m.name in what or (m.source, m.target) == what]
    if not found:
        raise EngineError(
            _("no such model is installed: {what}").format(what=" ".join(what)), hint="tolmach models list"
        )
    for folder in found:
        if not yes:
            click.confirm(_("Remove {folder}?").format(folder=folder), abort=True, err=True)
        shelf.remove(folder)
        click.echo(_("{name} removed").format(name=folder.name))


@models.command(
    help=_(
        "Compute the checksums of every model again."
        "\n\nA draft model whose copy in the cache is damaged is put together anew."
        "\n\n\b\nExample:\n  tolmach models verify"
    ),
    short_help=_("Compute every checksum again."),
)
@json_option
def verify(as_json: bool) -> None:
    """Verify Argos packages, converted models and the draft models."""
    rows = [*_verified_packages(), *_verified_converted(), *_verified_drafts()]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            click.echo(f"{row['name']}\t{row['state']}" + "".join(f"\n  {fault}" for fault in row["faults"]))
    if any(row["faults"] for row in rows):
        raise EngineError(_("a model is damaged"), hint="tolmach models install …")


def _verified_packages() -> Iterator[dict[str, Any]]:
    from translate.engines import seals
    from translate.engines.argos import packages

    for package in packages.installed():
        faults = packages.verify(package, full=True)
        known = (package.folder / seals.NAME).exists()
        fine = _("whole") if known else _("no checksums: another tool installed it")
        yield {"name": package.name, "state": _("damaged") if faults else fine, "faults": faults}


def _verified_converted() -> Iterator[dict[str, Any]]:
    from translate.engines.opus import models as converted

    for model in converted.installed():
        faults = converted.verify(model, full=True)
        yield {"name": model.name, "state": _("damaged") if faults else _("whole"), "faults": faults}


def _verified_drafts() -> Iterator[dict[str, Any]]:
    from translate.engines import draft

    for model in draft.shipped_models():
        faults = draft.verify(model)
        state = _("damaged") if faults else _("whole")
        if not faults and draft.is_copy_damaged(model):
            draft.assembled(model, full=True)
            state = _("whole; its copy in the cache was damaged and has been put together anew")
        yield {"name": model.name, "state": state, "faults": faults}


@models.command(
    help=_("Say where models and the translation memory are kept.\n\n\b\nExample:\n  tolmach models where"),
    short_help=_("Say where they are kept."),
)
@json_option
def where(as_json: bool) -> None:
    """Print the folders."""
    from translate.engines.argos.packages import package_folders
    from translate.engines.draft import cache_folder, shipped_models
    from translate.engines.opus.models import model_folder
    from translate.memory import memory_path

    places = [("argos", folder) for folder in package_folders()]
    places += [("opus", model_folder())]
    places += [("draft", model.folder) for model in shipped_models()]
    places += [("cache", cache_folder()), ("memory", memory_path())]
    if as_json:
        print_json([{"what": what, "path": str(path)} for what, path in places])
        return
    for what, path in places:
        click.echo(f"{what}\t{path}")
