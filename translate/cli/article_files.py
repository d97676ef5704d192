"""Which files `tolmach article` reads, and where what it makes of each is written: settled before any work is done."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import regex

from translate.cli.places import Places
from translate.messages import _

if TYPE_CHECKING:
    from translate.article import Article
    from translate.parallel import ParallelText

READ = ("md", "markdown", "mdown", "mdx", "html", "htm", "xhtml", "docx", "txt")
"""The endings of the files that are taken from a folder."""

FORMATS = ("txt", "md", "html", "docx", "page", "md-table", "docx-table", "xlsx", "tsv", "jsonl", "xliff", "xliff2")
"""As `translate.parallel.FORMATS`, which `--help` has no time to import."""
format_option = click.option(
    "--format", "format_", type=click.Choice(FORMATS), help=_("The format, where the ending does not tell.")
)

_PATTERN = regex.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read.

    Args:
        path: the file; "-" is standard input.
        inner: the folders between the one that was named and the file.
    """

    path: Path
    inner: Path = Path()

    @property
    def stem(self) -> str:
        """Return its name without its ending."""
        return "article" if str(self.path) == "-" else self.path.stem


@dataclass(frozen=True, slots=True)
class Output:
    """A place to write: a path, or None for standard output, and the format."""

    path: Path | None
    format: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A file and where its translation goes."""

    file: Path
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A file that has been read: an article to translate, or a parallel text to write again."""

    plan: Plan
    article: Article | None = None
    parallel: ParallelText | None = None


def gather(named: Sequence[Path], pattern: str, target: str, note: Callable[[str], None]) -> list[Input]:
    """Return the files that are meant: themselves, those of a folder and below it, those a pattern matches.

    Args:
        named: as given on the command line.
        pattern: a glob pattern that the names in a folder must match, "" for every file of a form that is read.
        target: the language of the translations: what is one already (story.ru.md) is left where it is.
        note: says what was left out.
    """
    found: list[Input] = []
    for path in named:
        if path.is_dir():
            inside = list(_walked(path, pattern, target, note))
            if not inside:
                note(_("{path}: no article in this folder").format(path=path))
            found += inside
        elif not path.exists() and _PATTERN.search(str(path)):
            matched = sorted(Path(name) for name in glob.glob(str(path), recursive=True))  # noqa: PTH207
            found += [Input(match) for match in matched if match.is_file()] or [Input(path)]
        else:
            found.append(Input(path))
    return found


def _walked(folder: Path, pattern: str, target: str, note: Callable[[str], None]) -> Iterator[Input]:
    def closed(error: OSError) -> None:
        note(f"{error.filename}: {error.strerror}")

    for here, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here) / name
            if name.startswith(".") or not (path.match(pattern) if pattern else path.suffix[1:].lower() in READ):
                continue
            if path.stem.endswith(f".{target}"):
                note(_("{path}: a translation already").format(path=path))
                continue
            yield Input(path, Path(here).relative_to(folder))


def planned(
    inputs: Sequence[Input], outs: Sequence[str], format_: str | None, target: str, *, beside: bool,
    report: Path | None = None,
) -> list[Plan]:  # fmt: skip
    """Settle every output before any work is done.

    Raises:
        UsageError: two files would be written to one place, or an article would be overwritten.
    """
    places = Places(given.path for given in inputs)
    plans = []
    for given in inputs:
        outputs = [output_of(given, out, format_, target) for out in outs]
        if beside:
            outputs.append(_beside(given, format_, target))
        for output in outputs:
            if output.path is not None:
                places.claim(output.path)
        plans.append(Plan(given.path, tuple(outputs)))
    if report is not None:
        places.claim(report)
    return plans


def output_of(given: Input, out: str, format_: str | None, target: str) -> Output:
    """Return where one output of a file goes, by what -o and --format say.

    Raises:
        UsageError: standard output can hold no such format.
        ParallelError: the name's ending tells no format.
    """
    from translate.parallel import ending_of, format_of

    if out == "-":
        if format_ in ("docx", "docx-table", "xlsx"):
            raise click.UsageError(_("{format} is no text: name a file with -o").format(format=format_))
        return Output(None, format_ or "txt")
    if out.endswith(("/", os.sep)) or Path(out).is_dir():
        name = given.stem + ending_of(format_ or "page", target)
        return Output(Path(out) / given.inner / name, format_ or "page")
    path = Path(out.replace("{name}", given.stem))
    return Output(path, format_ or format_of(path))


def _beside(given: Input, format_: str | None, target: str) -> Output:
    from translate.article import form_of
    from translate.parallel import ending_of

    if str(given.path) == "-":
        raise click.UsageError(_("standard input has no place beside it: name a file with -o"))
    made = format_ or form_of(given.path)
    return Output(given.path.with_name(given.stem + ending_of(made, target)), made)


def read_input(plan: Plan, source: str, form: str = "") -> Read:
    """Read a file: an article, or what tolmach made of one earlier.

    Args:
        plan: the file.
        source: the language that is expected.
        form: of the article, where it is said outright.

    Raises:
        TranslateError: it cannot be read, or is in another language than `source`.
    """
    from translate.article import read_article, refuse_cyrillic
    from translate.parallel import is_parallel, read_parallel

    if not form and is_parallel(plan.file):
        return Read(plan, parallel=read_parallel(plan.file))
    article = replace(read_article(plan.file, form=form), language=source)
    if source == "en":
        refuse_cyrillic(article)
    return Read(plan, article=article)


def write_output(output: Output, text: ParallelText, *, bom: bool = False) -> None:
    """Write one output of a file.

    Args:
        output: where to.
        text: what.
        bom: see `parallel.write_file`.
    """
    from translate.parallel import render, write_file

    if output.path is None:
        click.echo(render(text, output.format), nl=False)
    else:
        write_file(output.path, text, output.format, bom=bom)


def ready_path(path: Path) -> Path:
    """Make the folder of a file to be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
