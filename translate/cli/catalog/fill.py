"""`tolmach catalog fill`: drafts for the empty entries."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.cli.catalog.options import FILE, load_glossary
from translate.cli.failures import Several
from translate.cli.options import FOUND, glossary_options, json_option, print_json
from translate.errors import CatalogError
from translate.messages import _, ngettext

if TYPE_CHECKING:
    from translate.catalog.fill import Filled, Sources
    from translate.glossary import Glossary


@click.command(
    help=_(
        "Fill the empty entries of catalogs: from the memory, from the glossary, from the strings that every news site "
        "has, then by an engine."
        "\n\nWhat is filled is marked fuzzy and says by whom, until somebody has reviewed it. Entries with a text are "
        "never touched. A string of one or two words that none of the first three knows is left empty: alone it means "
        "too many things. The draft model translates only where it is named, or with --guess."
        "\n\n\b\nExample:\n  tolmach catalog fill ru.po --engine draft"
    ),
    short_help=_("Fill the empty entries, marked for review."),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("-l", "--language", help=_("The language of the catalogs. Default: what the header says, else ru."))
@click.option("--engine", default="auto", show_default=True, help=_("The engine: auto, argos, draft, or none."))
@glossary_options
@click.option("--no-memory", is_flag=True, help=_("Neither read nor write the translation memory."))
@click.option("--again", is_flag=True, help=_("Fill anew what an earlier run filled and nobody has reviewed."))
@click.option(
    "--guess", is_flag=True, help=_("Have any engine translate what is left, strings of one or two words too.")
)
@json_option
def fill(
    *, files: tuple[Path, ...], language: str | None, engine: str, glossaries: tuple[Path, ...], only: bool,
    no_memory: bool, again: bool, guess: bool, as_json: bool,
) -> int:  # fmt: skip
    """Fill in place."""
    sources = Openings(engine, load_glossary(glossaries, files[0], only=only), no_memory=no_memory, guess=guess)
    reports = []
    doubts = 0
    several = Several()
    for path in files:
        with several.passing():
            filled = fill_up(path, sources.of, language, again=again, guess=guess)
            doubts += len(filled.doubts)
            reports.append(report(path, filled))
            if not as_json:
                show(path, filled)
    if as_json:
        print_json(reports)
    return several.code or (FOUND if doubts else 0)


def fill_up(
    path: Path, sources: Callable[[str], Sources], language: str | None, *, again: bool = False, guess: bool = False
) -> Filled:
    """Fill a file in place; what a translator saves meanwhile stands."""
    from translate.catalog import parse
    from translate.catalog.fill import Filled
    from translate.catalog.fill import fill as fill_catalog
    from translate.catalog.reconciling import reconcile, theirs
    from translate.files import edit_in_place

    filled = Filled(b"", {}, 0)

    def full(before: bytes) -> bytes:
        nonlocal filled
        file = parse(before, path)
        chosen = language or file.header.get("Language", "").replace("-", "_").partition("_")[0] or "ru"
        filled = fill_catalog(file, sources(chosen), again=again, guess=guess)
        return filled.data

    edit_in_place(path, full, alone=False, merge=partial(reconcile, choose=theirs), error=CatalogError)
    return filled


class Openings:
    """Memory, engine and interface strings of a language, opened when a file first needs them.

    Args:
        engine: its name; "auto" does without one where none is installed.
        glossary: loaded.
        no_memory: neither read nor write the memory.
        guess: "auto" takes a draft model as well.
    """

    def __init__(self, engine: str, glossary: Glossary, *, no_memory: bool, guess: bool = False) -> None:
        self._guess = guess
        self._engine = engine
        self._glossary = glossary
        self._no_memory = no_memory
        self._known: dict[str, Sources] = {}

    def of(self, language: str) -> Sources:
        """Return the sources of a language.

        Raises:
            EngineError: the engine that was asked for is not there.
        """
        if language not in self._known:
            self._known[language] = self._opened(language)
        return self._known[language]

    def _opened(self, language: str) -> Sources:
        from translate.catalog.fill import Sources
        from translate.catalog.interface import interface
        from translate.engines import Engine, NoPairError
        from translate.memory import Memory, open_engine

        memory = None if self._no_memory else click.get_current_context().with_resource(Memory())
        engine: Engine | None = None
        if self._engine != "none":
            try:
                loaded = open_engine(self._engine, "en", language, memory)
            except NoPairError as error:
                if self._engine != "auto":
                    raise
                click.echo(_("No engine: {error}").format(error=error), err=True)
            else:
                if loaded.notice:
                    click.echo(loaded.notice, err=True)
                # Of 159 strings of three sites that it was given the draft model had about half right; see docs/why.
                if self._engine == "auto" and not self._guess and loaded.engine.traits.is_draft:
                    message = _(
                        "The draft model is too weak for strings; --engine draft or --guess has it translate them."
                    )
                    click.echo(message, err=True)
                else:
                    engine = loaded.engine
        if memory is not None and memory.notice:
            click.echo(memory.notice, err=True)
        return Sources(memory, self._glossary, engine, language, interface() if language == "ru" else None)


def report(path: Path, filled: Filled) -> dict[str, Any]:
    """Return what was done to a file, for a JSON report."""
    doubts = [
        {"line": d.line, "msgid": d.msgid, "kind": d.problem.kind, "message": d.problem.shown} for d in filled.doubts
    ]
    return {"file": str(path), "filled": filled.by, "left": filled.left, "doubts": doubts}


def show(path: Path, filled: Filled) -> None:
    """Print what was done to a file."""
    for doubt in filled.doubts:
        click.echo(f"{path}:{doubt.line}: {doubt.problem.kind}: {doubt.problem.shown}", err=True)
    for by, count in sorted(filled.by.items()):
        click.echo(ngettext("{n} entry by {by}", "{n} entries by {by}", count).format(n=count, by=by), err=True)
    if filled.left:
        left = ngettext("{n} entry left empty", "{n} entries left empty", filled.left)
        click.echo(left.format(n=filled.left), err=True)
