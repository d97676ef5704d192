"""Texts to translate, gathered from pages, templates, sources and articles into a template catalog (.pot).

keywords    which functions mark a text, and in which arguments
found       what extraction gives, and the rules it goes by
python      Python sources, by their syntax trees
scripts     JavaScript, TypeScript, JSX, Vue and Svelte
templates   Jinja and Django
locales     JSON message files
pages       the site's own words of an HTML page
stories     pages saved as text, and the sentences of articles
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from translate.catalog.editor import Editor, Message
from translate.catalog.extract.found import Extracted, Gathered, Note, Rules
from translate.catalog.extract.keywords import Keyword, keywords, parse_keyword
from translate.catalog.extract.locales import is_locale_file, read_locale
from translate.catalog.extract.python import read_python
from translate.catalog.extract.scripts import SUFFIXES as SCRIPT_SUFFIXES
from translate.catalog.extract.scripts import read_script
from translate.catalog.extract.stories import read_dump, read_html, read_story
from translate.catalog.extract.templates import is_template, read_template
from translate.catalog.reader import parse
from translate.errors import CatalogError
from translate.files import read_text
from translate.messages import _

__all__ = [
    "SUFFIXES", "Extracted", "Gathered", "Keyword", "Note", "Rules", "extract", "gather", "keywords", "parse_keyword",
    "template",
]  # fmt: skip

_TEMPLATE_SUFFIXES = {".jinja", ".jinja2", ".j2", ".djhtml"}
_PAGE_SUFFIXES = {".html", ".htm", ".xhtml"}
_TEXT_SUFFIXES = {".txt", ".md"}
SUFFIXES = {".py", ".pyw"} | SCRIPT_SUFFIXES | _TEXT_SUFFIXES | _TEMPLATE_SUFFIXES | _PAGE_SUFFIXES
# Folders that hold what others wrote, or what a program made.
_FOREIGN = {"node_modules", "__pycache__", "site-packages", "venv", "bower_components"}
_FOREIGN_FILE = re.compile(r"\.min\.m?js$|^(?:.*\.)?(?:licen[cs]e|notice|copying)\b", re.I)
_LINE = re.compile(r":\d+$")
_HALF = re.compile("[\ud800-\udfff]")

HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: {project}\\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"
"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"
"Language-Team: LANGUAGE <LL@li.org>\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def extract(paths: Iterable[str | Path], *, articles: bool = False, rules: Rules | None = None) -> list[Extracted]:
    """Gather the texts of files, and of all files of a known kind in folders; see `gather`."""
    return gather(paths, replace(rules or Rules(), articles=articles)).found


def gather(paths: Iterable[str | Path], rules: Rules | None = None) -> Gathered:
    """Gather the texts of files, and of all files of a known kind in folders.

    Sources and templates give the texts they mark; pages give their menus, buttons, headings of lists and footers,
    and not the story in them; JSON message files, where they lie in a folder for them or are named, their values.

    Args:
        paths: files and folders.
        rules: what the site sets; the usual ones where it sets none.

    Raises:
        CatalogError: a file cannot be read as what it is. Nothing is left out in silence: a template without the
            texts of one file would have `update` retire their translations.
    """
    rules = rules or Rules()
    gathered = Gathered()
    for path in _files(paths, _TEXT_SUFFIXES | _PAGE_SUFFIXES if rules.articles else SUFFIXES):
        reader = read_story if rules.articles else _reader(path)
        one = reader(path, rules) if reader else Gathered()
        broken = [each for each in one.found if _has_half_a_character(each)]
        gathered.found += [each for each in one.found if each not in broken]
        gathered.notes += one.notes
        gathered.notes += [Note(each.place, _("half a character, which no catalog can hold")) for each in broken]
        if not one.found:
            gathered.silent.append(path)
    return gathered


def _has_half_a_character(found: Extracted) -> bool:
    r"""Tell whether a text has a lone surrogate: "\ud83d" in a source without the other half of its emoji."""
    texts = (found.text, found.plural or "", found.context or "", *found.comments)
    return any(_HALF.search(text) for text in texts)


def template(found: Iterable[Extracted], project: str = "PACKAGE VERSION", *, lines: bool = True) -> bytes:
    """Write a .pot: each text once, in the order of its first place, with all its places.

    The header carries no date, so that the same sources give the same file.

    Args:
        found: as `extract` gives them.
        project: name and version for the header.
        lines: name lines in the places; without, the file changes only where a text does.
    """
    merged: dict[tuple[str | None, str], list[Extracted]] = {}
    for one in found:
        merged.setdefault((one.context, one.text), []).append(one)
    editor = Editor(parse(HEADER.format(project=project).encode()))
    blocks = [HEADER.format(project=project)]
    for group in merged.values():
        plural = next((one.plural for one in group if one.plural is not None), None)
        message = Message(
            group[0].text,
            group[0].context,
            plural,
            ("",) if plural is None else ("", ""),
            extracted=tuple(dict.fromkeys(line for one in group for line in one.comments)),
            references=tuple(dict.fromkeys(one.place if lines else _LINE.sub("", one.place) for one in group)),
            flags=tuple(dict.fromkeys(flag for one in group for flag in one.flags)),
        )
        blocks.append(editor.render(message) + "\n")
    return "\n".join(blocks).encode()


def _files(paths: Iterable[str | Path], suffixes: set[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        for inside in sorted(path.rglob("*")):
            parts = inside.relative_to(path).parts
            if any(part.startswith(".") or part in _FOREIGN for part in parts) or _FOREIGN_FILE.search(inside.name):
                continue
            if (inside.suffix.lower() in suffixes or is_locale_file(inside)) and inside.is_file():
                yield inside


def _reader(path: Path) -> Callable[[Path, Rules], Gathered] | None:
    """Return what reads a file; None for an empty one.

    Raises:
        CatalogError: nothing does.
    """
    suffix = path.suffix.lower()
    if suffix in (".py", ".pyw"):
        return read_python
    if suffix in SCRIPT_SUFFIXES:
        return read_script
    if suffix == ".json":
        return read_locale
    if not path.stat().st_size:
        return None
    if suffix in _TEMPLATE_SUFFIXES:
        return read_template
    if suffix in _PAGE_SUFFIXES | _TEXT_SUFFIXES:
        if is_template(read_text(path, error=CatalogError)):
            return read_template
        return read_html if suffix in _PAGE_SUFFIXES else read_dump
    known = " ".join(sorted({*SUFFIXES, ".json"}))
    raise CatalogError(
        _("no texts are read from files that end in {suffix!r}").format(suffix=suffix),
        path=path,
        hint=_("Known are: {known}").format(known=known),
    )
