"""Holds `tolmach catalog check` beside GNU msgfmt: `python benchmarks/catalog_check.py formats`, `… catalogs DIR`.

`formats` makes pairs of format strings of each of msgfmt's languages at random and counts where the two differ.
`catalogs` mutates the real catalogs of a folder, one to four mutations each, and lists what `msgfmt --check` refuses
and `check` lets pass: there must be none.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import results

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n"Language: de\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
# Faults that msgfmt only warns of or does not look for.
OURS = {"unfinished", "language"}
# Pieces that a format string of a language may have, right and wrong ones, separated by blanks.
PIECES = {
    "c-format": "%s %d %u %ld %5.2f %Lf %*d %1$s %2$d %% %x %m % %y %zu %5% %n %-5s %.3f %<PRIu64>",
    "objc-format": "%s %d %@ %1$@ %2$d %% % %y %ld",
    "python-format": "%s %d %r %(a)s %(b)d %(a)d %% % %5.2f %*d %c %(a)r %y %(c)f %a",
    "python-brace-format": "{a} {b} {0} {a.x} {a[0]} {a:>10} {{ }} { {a:{b}} {1} {a!r} {a:%Y} } {}",
    "java-format": "{0} {1} {0,number} {1,date} {0,number,#.#} {1,time,short} '{0}' ' '' { {a} {0,choice,0#a|1#b} {-1}",
    "java-printf-format": "%s %d %1$s %2$d %<s %n %% %tY %1$tB %-5s %,d %.2f %y % %c %X %b %0$s",
    "csharp-format": "{0} {1} {0,10} {1:F2} {{ }} { } {a} {2} {0,-5:D}",
    "javascript-format": "%s %d %f %1$s %2$d %% %j %c %x % %y %5d %.2f %b %*d",
    "scheme-format": "~a ~s ~d ~% ~~ ~x ~ ~q ~b ~e",
    "lisp-format": "~a ~s ~d ~% ~~ ~x ~ ~q ~b ~e ~c",
    "elisp-format": "%s %d %S %f %1$s %2$d %% %c %x % %y %5d %.2f %*d",
    "librep-format": "%s %d %S %1$s %2$d %% %c %x % %y %5d",
    "ruby-format": "%s %d %p %f %1$s %2$d %% %c %x % %y %5d %.2f %*d %<a>d %{b} %<a>s %{a} %<c>5.2f",
    "sh-format": "$a ${b} $c ${a} ${a:-x} $1 $$ $ ${ ${d",
    "awk-format": "%s %d %u %f %1$s %2$d %% %c %x % %y %5d %.2f %*d",
    "lua-format": "%s %d %q %f %1$s %% %c %x % %y %5d %.2f %i",
    "object-pascal-format": "%s %d %0:s %1:d %% %p %x % %y %5d %.2f %*d %m %-5s",
    "smalltalk-format": "%1 %2 %% %3 % %x %0 %9",
    "qt-format": "%1 %2 %L1 %% %3 % %x %0 %12 %99",
    "qt-plural-format": "%n %Ln %% % %1 x",
    "kde-format": "%1 %2 %% %3 % %x %0 %12 %99",
    "kde-kuit-format": "%1 %2 %% %3 % %x <b>x</b> <filename>%1</filename>",
    "boost-format": "%s %d %1% %2% %1$s %2$d %% %|d| %|1$s| %c %x % %5d %.2f %*d %p",
    "tcl-format": "%s %d %u %f %1$s %2$d %% %c %x % %y %5d %.2f %*d %hd %ld",
    "perl-format": "%s %d %u %f %1$s %2$d %% %c %x % %y %5d %.2f %*d %hd %ld %vd %n %D",
    "perl-brace-format": "{a} {b} {c_d} {1} { } {a} {a b} {A}",
    "php-format": "%s %d %u %f %1$s %2$d %% %c %x % %y %5d %.2f %'x5d %b %e",
    "gcc-internal-format": "%s %d %u %qs %<x%> %' %1$s %2$d %% %c %x % %y %m %D %E %T %ld %wd %R",
    "gfc-internal-format": "%s %d %u %C %L %1$s %2$d %% %c %i % %y %ld",
    "ycp-format": "%1 %2 %% %3 % %x %0 %9",
}  # fmt: skip


def quoted(text: str) -> str:
    from translate.catalog.style import escape

    return escape(text)


def refused_by_msgfmt(text: str, folder: Path) -> dict[int, str]:
    """Return line → message of every fault that msgfmt --check names."""
    path = folder / "x.po"
    path.write_text(text, encoding="utf-8")
    command = ["msgfmt", "--check", "-o", "/dev/null", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"LC_ALL": "C"})
    rows = re.findall(r"x\.po:(\d+):(?:\d+:)? (?!warning:)(.*)", done.stderr)
    return {int(line): message for line, message in rows}


def at_random(pieces: str, rng: random.Random) -> str:
    chosen = [rng.choice([*pieces.split(), "word"]) for _ in range(rng.randrange(4))]
    return rng.choice([" ", " ", " x"]).join(chosen)


def formats(pairs: int, seed: int, show: int) -> results.Figures:
    """Count pairs that one of the two refuses and the other does not, by language."""
    from translate.catalog.formats import compare

    print("| format | pairs | msgfmt refuses | missed by us | refused by us alone |\n|---|---|---|---|---|")
    total: Counter[str] = Counter()
    first = HEADER.count("\n")
    for name, pieces in PIECES.items():
        rng = random.Random(f"{seed} {name}")

        made = [(f"{n} {at_random(pieces, rng)}", f"x {at_random(pieces, rng)}") for n in range(pairs)]
        made += [(f"{n} {source}", f"x {source}") for n, (source, _target) in enumerate(made, pairs)]
        entries = [f'#, {name}\nmsgid "{quoted(a)}"\nmsgstr "{quoted(b)}"\n' for a, b in made]
        with tempfile.TemporaryDirectory() as folder:
            lines = refused_by_msgfmt(HEADER + "\n".join(entries), Path(folder))
        theirs = {(line - first - 1) // 4: message for line, message in lines.items()}
        ours = {n: wrong for n, (a, b) in enumerate(made) if (wrong := compare(name, a, b))}
        missed, more = sorted(theirs.keys() - ours.keys()), sorted(ours.keys() - theirs.keys())
        total.update({"pairs": len(made), "refused": len(theirs), "missed": len(missed), "ours alone": len(more)})
        print(f"| {name} | {len(made)} | {len(theirs)} | {len(missed)} | {len(more)} |")
        for n in missed[:show]:
            print(f"    missed: {made[n]} {theirs[n]}")
        for n in more[:show]:
            print(f"    ours alone: {made[n]} {ours[n]}")
    return total


# Mutations of real catalogs ----------------------------------------------------------------------------------------


def mutated(text: str, rng: random.Random, counts: Counter[str]) -> str:
    """Change a catalog in one to four places, as slips of translators and merges do."""
    for _ in range(rng.randrange(1, 5)):
        name, change = rng.choice(MUTATIONS)
        new = change(text, rng)
        if new != text:
            counts[name] += 1
            text = new
    return text


def _at(pattern: str, replacement: str):  # type: ignore[no-untyped-def]
    def change(text: str, rng: random.Random) -> str:
        places = list(re.finditer(pattern, text, re.M))
        if not places:
            return text
        place = rng.choice(places)
        return text[: place.start()] + place.expand(replacement) + text[place.end() :]

    return change


def _flag(text: str, rng: random.Random) -> str:
    """Give an entry a format flag and placeholders that do not go together."""
    name = rng.choice(list(PIECES))
    one, other = (rng.choice(PIECES[name].split()) for _ in range(2))
    return f'{text.rstrip()}\n\n#, {name}\nmsgid "{rng.random()} {quoted(one)}"\nmsgstr "x {quoted(other)}"\n'


def _twice(text: str, rng: random.Random) -> str:
    blocks = text.split("\n\n")
    return text.rstrip() + "\n\n" + rng.choice(blocks[1:]).strip() + "\n" if len(blocks) > 1 else text


def _without_line(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def _garbled_letter(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice('"\\\n%{}[]#x') + text[at + rng.randrange(2) :]


MUTATIONS = [
    ("placeholder lost", _at(r'^(msgstr.*)%(?:\(\w+\))?[sdi]', r"\1")),
    ("placeholder renamed", _at(r"^(msgstr.*%\()\w+", r"\1другое")),
    ("placeholder retyped", _at(r'^(msgstr.*%(?:\(\w+\))?)[sdi]', r"\1f")),
    ("brace lost", _at(r"^(msgstr.*)\{\w*\}", r"\1")),
    ("line end lost", _at(r'^(msgstr.*|".*)\\n"$', r'\1"')),
    ("line end added", _at(r'^(msgstr "[^"]+)"$', r'\1\\n"')),
    ("quote unescaped", _at(r'^(msgstr ".*)"$', r'\1 "x""')),
    ("quote lost", _at(r'"$', "")),
    ("keyword garbled", _at(r"^msg(id|str)", r"msq\1")),
    ("plural form lost", _at(r"^msgstr\[1\].*\n", "")),
    ("plural form renumbered", _at(r"^msgstr\[1\]", "msgstr[7]")),
    ("nplurals changed", _at(r"nplurals=\d", "nplurals=5")),
    ("expression broken", _at(r"plural=", "plural=n%%0+")),
    ("header line lost", _at(r'^"(Plural-Forms|Content-Type|Language|MIME-Version):.*\n', "")),
    ("charset changed", _at(r"charset=[\w-]+", "charset=KOI8-R")),
    ("charset unknown", _at(r"charset=[\w-]+", "charset=nonesuch")),
    ("conflict", _at(r"^msgid ", "<<<<<<< ours\nmsgid ")),
    ("escape", _at(r'^(msgstr ".*)"$', r'\1\\q"')),
    ("context doubled", _at(r"^msgid ", 'msgctxt "a"\nmsgctxt "b"\nmsgid ')),
    ("domain", _at(r"^msgid ", 'domain "x"\n\nmsgid ')),
    ("flag", _flag), ("entry twice", _twice), ("line lost", _without_line), ("letter garbled", _garbled_letter),
]  # fmt: skip


def catalogs(folder: Path, count: int, seed: int) -> results.Figures:
    """List mutated catalogs that msgfmt refuses and check lets pass, or the other way round."""
    from translate.catalog import parse
    from translate.catalog.check import check

    sources = [p for p in sorted(folder.glob("*.po")) if p.stat().st_size < 120_000]
    rng = random.Random(seed)
    kinds: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "x.po"
        for number in range(count):
            source = rng.choice(sources)
            raw = source.read_bytes()
            found = re.search(rb"charset=([\w-]+)", raw)
            charset = found[1].decode() if found and found[1] != b"CHARSET" else "utf-8"
            path.write_bytes(mutated(raw.decode(charset, "replace"), rng, kinds).encode(charset, "replace"))
            command = ["msgfmt", "--check", "-o", "/dev/null", str(path)]
            done = subprocess.run(command, capture_output=True, check=False, env={"LC_ALL": "C"})
            theirs = done.returncode != 0
            findings = [f for f in check(parse(path.read_bytes(), path, tolerant=True)) if f.fatal]
            findings = [f for f in findings if f.problem.kind not in OURS]
            total["refused by both" if theirs and findings else "passed by both"] += theirs == bool(findings)
            if theirs and not findings:
                total["missed"] += 1
                print(f"missed {number}, {source.name}: {done.stderr.decode(errors='replace').splitlines()[:3]}")
                (Path(tempfile.gettempdir()) / f"missed-{number}.po").write_bytes(path.read_bytes())
            elif findings and not theirs:
                total["ours alone"] += 1
                print(f"ours alone {number}, {source.name}: {[(f.line, f.problem.message) for f in findings[:2]]}")
    print(dict(total))
    print("mutations:", dict(kinds))
    refused = total["refused by both"] + total["missed"]
    return {"missed": 0, "ours alone": 0, "catalogs": count, "refused": refused, **total}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    sub = commands.add_parser("formats")
    sub.add_argument("--pairs", type=int, default=400)
    sub.add_argument("--seed", type=int, default=1)
    sub.add_argument("--show", type=int, default=0, help="examples of each difference")
    sub = commands.add_parser("catalogs")
    sub.add_argument("folder", type=Path)
    sub.add_argument("--count", type=int, default=500)
    sub.add_argument("--seed", type=int, default=1)
    for name, command in commands.choices.items():
        results.add_option(command, f"catalog_check-{name}")
    options = parser.parse_args()
    if options.command == "formats":
        figures = formats(options.pairs, options.seed, options.show)
    else:
        figures = catalogs(options.folder, options.count, options.seed)
    results.record(options, figures)
    sys.exit(1 if figures["missed"] else 0)


if __name__ == "__main__":
    main()
