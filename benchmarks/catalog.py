"""Times and measures catalogs against the tools that people use: `python benchmarks/catalog.py large`, `… update DIR`.

`large` makes a catalog of 100,000 entries, and loads it, edits one entry and saves it with each tool in a process of
its own. translate-toolkit imports under the same name as this package, so it is run by an interpreter of another
environment, where one is given: --toolkit /path/to/bin/python.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import results

SOURCE = ("region", "topic", "newsletter", "article", "minister", "water", "border", "price", "talks", "road")
TARGET = ("регион", "тема", "рассылка", "статья", "министр", "вода", "граница", "цена", "переговоры", "дорога")

TOOLS = {
    "tolmach": """
from translate.catalog import Editor, read_catalog
catalog = read_catalog(path)
editor = Editor(catalog)
editor.set_msgstr(catalog.messages[len(catalog.messages) // 2], text)
editor.save(out)
""",
    "polib": """
import polib
catalog = polib.pofile(path)
catalog[len(catalog) // 2].msgstr = text
catalog.save(out)
""",
    "babel": """
from babel.messages.pofile import read_po, write_po
with open(path, "rb") as file:
    catalog = read_po(file)
message = list(catalog)[len(catalog) // 2]
message.string = text if isinstance(message.id, str) else (text,) * 3
with open(out, "wb") as file:
    write_po(file, catalog)
""",
    "translate-toolkit (pypo)": """
from translate.storage.pypo import pofile
store = pofile.parsefile(path)
store.units[len(store.units) // 2].target = text
store.savefile(out)
""",
}
HARNESS = """
import resource, sys, time
path, out = sys.argv[1:]
text = "Новый перевод «1»"
began, worked = time.perf_counter(), time.process_time()
{code}
took, worked = time.perf_counter() - began, time.process_time() - worked
print(took, worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def make(path: Path, entries: int) -> None:
    """Write a made-up catalog: references, plurals, contexts, long and fuzzy entries, folded as gettext does."""
    from translate.catalog import Editor, Message, parse

    rng = random.Random(7)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ru\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || '
        'n%100>14) ? 1 : 2);\\n"\n'
    )
    editor = Editor(parse(header.encode()))
    blocks = [header]
    for number in range(entries):
        length = rng.choice((2, 4, 8, 20))
        source = f"{number} " + " ".join(rng.choices(SOURCE, k=length))
        target = f"{number} " + " ".join(rng.choices(TARGET, k=length))
        plural = number % 20 == 0
        message = Message(
            msgid=source,
            msgctxt="menu" if number % 10 == 0 else None,
            msgid_plural=source + "s" if plural else None,
            msgstrs=(target,) * 3 if plural else (target,),
            references=(f"site/page{number % 97}.html:{number}",),
            flags=("fuzzy",) if number % 50 == 0 else (),
        )
        blocks.append(editor.render(message) + "\n")
    path.write_text("\n".join(blocks), encoding="utf-8")


def large(entries: int, toolkit: str | None) -> results.Figures:
    """Print time, memory and changed lines of each tool."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "in.po", Path(folder) / "out.po"
        make(path, entries)
        before = path.read_bytes().splitlines()
        print(f"{entries} entries, {len(before)} lines, {path.stat().st_size / 1e6:.1f} MB: load, edit one entry, save")
        print("| tool | seconds | of the processor | peak MB | lines changed |\n|---|---|---|---|---|")
        figures: dict[str, Any] = {}
        for name, code in TOOLS.items():
            python = toolkit if name.startswith("translate-toolkit") else sys.executable
            if python is None:
                continue
            command = [python, "-c", HARNESS.format(code=code), str(path), str(out)]
            done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
            if done.returncode:
                print(f"| {name} | failed: {done.stderr.strip().splitlines()[-1]} | | |")
                continue
            seconds, worked, memory = map(float, done.stdout.split())
            after = out.read_bytes().splitlines()
            changed = (
                len(set(before) ^ set(after))
                if len(before) != len(after)
                else sum(a != b for a, b in zip(before, after, strict=True))
            )
            print(f"| {name} | {seconds:.2f} | {worked:.2f} | {memory:.0f} | {changed} |")
            figures[name] = {"seconds": seconds, "processor": worked, "peak MB": memory, "lines changed": changed}
    return figures


def template_of(path: Path, rng: random.Random) -> bytes:
    """Make the template that a catalog could meet next: some sources dropped, changed, swapped, made plural, added."""
    from translate.catalog import Editor, Message, parse, read_catalog

    catalog = read_catalog(path)
    charset = catalog.source.declared or "UTF-8"
    date, kind = "POT-Creation-Date: 2026-02-03 04:05+0600", f"Content-Type: text/plain; charset={charset}"
    head = f'msgid ""\nmsgstr ""\n"{date}\\n"\n"{kind}\\n"\n'
    editor = Editor(parse(head.encode()))
    messages = []
    for entry in catalog.messages:
        chance = rng.random()
        source, plural = entry.msgid, entry.msgid_plural
        if chance < 0.08:
            continue
        if chance < 0.2 and len(source.split()) > 1:
            words = source.split(" ")
            words[rng.randrange(len(words))] = rng.choice(SOURCE)
            source = " ".join(words)
        elif chance < 0.22:
            plural = None if plural else source + "s"
        forms = ("", "") if plural is not None else ("",)
        flags = tuple(f for f in entry.flags if f.endswith("-format"))
        messages.append(Message(source, entry.msgctxt, plural, forms, references=("a.html:1",), flags=flags))
        if chance > 0.95:
            messages.append(Message(f"{rng.choice(SOURCE)} {len(messages)}", references=("new.html:1",)))
    unique = {(m.msgctxt, m.msgid): m for m in messages}
    blocks = [head, *(editor.render(message) + "\n" for message in unique.values())]
    return "\n".join(blocks).encode(catalog.source.charset, "surrogateescape")


def states(path: Path) -> dict[tuple[str | None, str, bool], tuple[str, tuple[str, ...], str | None]]:
    """Return state, texts and previous source of each entry, by key and whether it is obsolete."""
    from translate.catalog import read_catalog

    found = {}
    for entry in read_catalog(path):
        state = "obsolete" if entry.obsolete else "fuzzy" if entry.fuzzy else "done" if entry.translated else "empty"
        if not entry.is_header:
            previous = entry.previous_value("msgid") if entry.fuzzy else None
            found[(*entry.key, entry.obsolete)] = (state, tuple(entry.msgstrs), previous)
    return found


def update(folder: Path) -> results.Figures:
    """Print how often `update` and msgmerge --previous differ, and in what."""
    from translate.catalog import read_catalog
    from translate.catalog.merge import update as merge
    from translate.errors import CatalogError

    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        template, theirs, ours = (Path(made) / name for name in ("new.pot", "theirs.po", "ours.po"))
        for path in sorted(folder.glob("*.po")):
            try:
                template.write_bytes(template_of(path, random.Random(path.name)))
                merged = merge(read_catalog(path), read_catalog(template))
            except CatalogError as error:
                print(f"refused by us: {error}")
                continue
            ours.write_bytes(merged.data)
            theirs.unlink(missing_ok=True)
            command = ["msgmerge", "-q", "--previous", str(path), str(template), "-o", str(theirs)]
            if subprocess.run(command, capture_output=True, check=False).returncode or not theirs.exists():
                print(f"refused by msgmerge: {path.name}")
                continue
            total["files"] += 1
            mine, gnu = states(ours), states(theirs)
            total["entries"] += len(gnu)
            for key in mine.keys() | gnu.keys():
                one, other = mine.get(key, ("absent", (), None)), gnu.get(key, ("absent", (), None))
                total[f"msgmerge: {other[0]}"] += 1
                if one != other:
                    what = f"{other[0]} → {one[0]}" if one[0] != other[0] else f"{one[0]}, another partner or text"
                    total[f"differs: {what}"] += 1
                    print(f"{path.name}: {key[1]!r:.60} {what}: {other[1:]!r:.90} / {one[1:]!r:.90}")
    for name, count in sorted(total.items()):
        print(f"{name:40} {count}")
    differs = sum(count for name, count in total.items() if name.startswith("differs"))
    return {**total, "differs in all": differs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    sub = commands.add_parser("large")
    sub.add_argument("--entries", type=int, default=100_000)
    sub.add_argument("--toolkit")
    sub = commands.add_parser("update")
    sub.add_argument("folder", type=Path)
    for name, command in commands.choices.items():
        results.add_option(command, f"catalog-{name}")
    arguments = parser.parse_args()
    is_large = arguments.command == "large"
    results.record(arguments, large(arguments.entries, arguments.toolkit) if is_large else update(arguments.folder))


if __name__ == "__main__":
    main()
