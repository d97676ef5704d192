"""Holds `tolmach catalog extract` beside xgettext, Babel and Django's makemessages over packages' sources.

python benchmarks/catalog_extract.py /path/to/site-packages django wagtail flask_appbuilder …

Each package is copied to a scratch folder without its own catalogs and tests. xgettext reads .py (and .js) with the
keywords that makemessages gives it; Babel .py and .js, and .html as Jinja where the package is no Django application;
makemessages, by an interpreter that has Django (--python), .py, .html, .txt and, as djangojs, .js. A text that one of
them finds and we do not is listed; those that we find and none of them does are counted and shown.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import results

KEYWORDS = [
    "gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3", "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3", "lazy_gettext", "ugettext_lazy",
]  # fmt: skip
Texts = dict[tuple[str, str], str]  # context, msgid → first place


def read(path: Path) -> Texts:
    import polib

    if not path.exists():
        return {}
    entries = polib.pofile(str(path))
    return {(e.msgctxt or "", e.msgid): ":".join(e.occurrences[0]) if e.occurrences else "" for e in entries}


def by_xgettext(folder: Path, out: Path) -> Texts:
    found: Texts = {}
    for language, suffixes in (("Python", (".py",)), ("JavaScript", (".js",))):
        files = [str(p.relative_to(folder)) for p in sorted(folder.rglob("*")) if p.suffix in suffixes and p.is_file()]
        if not files:
            continue
        target = out / f"{language}.pot"
        command = ["xgettext", "-L", language, "--from-code=UTF-8", "-o", str(target), "-f", "-"]
        command += [f"--keyword={keyword}" for keyword in KEYWORDS]
        subprocess.run(command, input="\n".join(files), text=True, cwd=folder, capture_output=True, check=False)
        found = {**read(target), **found}
    return found


# -P: a package may have a module called babel, which must not be imported for Babel.
def by_babel(folder: Path, out: Path, jinja: bool) -> Texts:
    rules = "[python: **.py]\n[javascript: **.js]\n"
    if jinja:
        rules += "[jinja2: **.html]\nsilent = true\n"
    (out / "babel.cfg").write_text(rules)
    command = [sys.executable, "-P", "-m", "babel.messages.frontend", "extract", "-F", str(out / "babel.cfg")]
    command += [part for keyword in KEYWORDS for part in ("-k", keyword)] + ["-o", str(out / "babel.pot"), "."]
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return read(out / "babel.pot")


def by_django(folder: Path, python: str) -> Texts:
    found: Texts = {}
    (folder / "locale").mkdir(exist_ok=True)
    for domain, extensions in (("django", "html,txt,py"), ("djangojs", "js")):
        command = [
            python,
            "-P",
            "-m",
            "django",
            "makemessages",
            "-l",
            "ru",
            "-d",
            domain,
            "-e",
            extensions,
            "--no-wrap",
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"  makemessages {domain}: {done.stderr.strip().splitlines()[-1][:150]}")
        for path in folder.rglob(f"{domain}.po"):
            found = {**read(path), **found}
    return found


def by_us(folder: Path, out: Path) -> Texts:
    target = out / "ours.pot"
    command = [sys.executable, "-P", "-c", "from translate.cli import main; main()", "catalog", "extract", "."]
    done = subprocess.run([*command, "-o", str(target)], cwd=folder, capture_output=True, text=True, check=False)
    notes = [line for line in done.stderr.splitlines() if "put together" in line]
    print(f"  ours: exit {done.returncode}, {len(notes)} notes on texts that are put together")
    if done.returncode:
        print("  " + done.stderr[-300:])
    return read(target)


def compare(package: Path, python: str, show: int) -> Counter[str]:
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        folder, out = Path(made) / package.name, Path(made) / "out"
        out.mkdir()
        left = shutil.ignore_patterns(
            "locale",
            "translations",
            "tests",
            "test",
            "*.po",
            "*.mo",
            "__pycache__",
            "*.min.js",
            "*bundle*.js",
            "vendor",
            "vendors",
        )
        shutil.copytree(package, folder, ignore=left)
        django = any("{% load" in p.read_text(errors="replace") for p in folder.rglob("*.html"))
        ours = by_us(folder, out)
        others = {"xgettext": by_xgettext(folder, out), "Babel": by_babel(folder, out, not django)}
        if django or package.name == "django":
            others["makemessages"] = by_django(folder, python)
        for name, texts in others.items():
            missing = [key for key in texts if key not in ours]
            total[f"{name} finds"] += len(texts)
            total[f"{name}, missing here"] += len(missing)
            print(f"  {name}: {len(texts)} texts, of which we lack {len(missing)}")
            for key in missing[:show]:
                print(f"      {texts[key]}: {key!r:.150}")
        extra = [key for key in ours if not any(key in texts for texts in others.values())]
        total["ours"] += len(ours)
        total["ours alone"] += len(extra)
        kinds = Counter(Path(ours[key].rpartition(":")[0] or ours[key]).suffix for key in extra)
        print(f"  ours: {len(ours)} texts, {len(extra)} of them ours alone: {dict(kinds)}")
        for key in extra[:show]:
            print(f"      {ours[key]}: {key!r:.150}")
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="site-packages, or any folder with the packages")
    parser.add_argument("packages", nargs="+")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has Django")
    parser.add_argument("--show", type=int, default=10)
    results.add_option(parser, "catalog_extract")
    options = parser.parse_args()
    total: Counter[str] = Counter()
    for name in options.packages:
        print(name)
        total += compare(options.folder / name, options.python, options.show)
    for name, count in total.items():
        print(f"{name:28} {count}")
    results.record(options, total)


if __name__ == "__main__":
    main()
