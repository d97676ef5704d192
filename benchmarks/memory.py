"""How fast a large memory is: taking in a TMX, looking up exactly and alike, giving out.

    python benchmarks/memory.py PAIRS.tsv... [--sizes 100000 1000000] [--folder DIR] > memory.json

PAIRS.tsv have an English and a Russian column. Where a size asks for more sentences than they have, a word of each is
exchanged. Import and export run as commands of their own, so that their peak memory is theirs alone. Look-ups are
measured in processor time: one thread, and the file's pages in the machine's memory.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path

from benchmarks import results as recorded
from translate.memory import Asked, Memory


def pairs(files: list[Path], size: int) -> Iterator[tuple[str, str]]:
    rows = [
        (cells[0], cells[1])
        for file in files
        for line in file.open(encoding="utf-8")
        if len(cells := line.rstrip("\n").split("\t")) > 1 and 10 < len(cells[0]) < 600
    ]
    chance = random.Random(5)
    chance.shuffle(rows)
    seen: set[str] = set()
    for n in range(20 * size):
        source, target = rows[n % len(rows)]
        if n >= len(rows):
            words = source.split()
            words[chance.randrange(len(words))] = chance.choice(rows[chance.randrange(len(rows))][0].split())
            source = " ".join(words)
        if source not in seen:
            seen.add(source)
            yield source, target
        if len(seen) == size:
            return


def write_tmx(path: Path, files: list[Path], size: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en" creationtool="x" creationtoolversion="1"'
        )
        out.write(' segtype="sentence" o-tmf="x" adminlang="en" datatype="plaintext"/><body>\n')
        for n, (source, target) in enumerate(pairs(files, size)):
            out.write(
                f'<tu tuid="{n}" creationdate="20240301T120000Z" creationid="Ann">'
                f'<prop type="x-document">a{n // 40}.docx</prop><tuv xml:lang="en-US"><seg>{escape(source)}</seg></tuv>'
                f'<tuv xml:lang="ru-RU"><seg>{escape(target)}</seg></tuv></tu>\n'
            )
        out.write("</body></tmx>\n")


# ru_maxrss would count this process too, of which the command is forked
_RUN = """
import re, sys
from pathlib import Path
from translate.cli import main
try:
    main(sys.argv[1:])
finally:
    print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024, file=sys.stderr)
"""


def command(*args: str) -> dict[str, object]:
    began, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", _RUN, *args], capture_output=True, text=True, check=False)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": round(time.monotonic() - began, 1),
        "processor_seconds": round(now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime, 1),
        "peak_mb": int(done.stderr.split()[-1]),
        "code": done.returncode,
        "said": done.stdout.strip()[-100:],
    }


def lookups(path: Path, count: int) -> dict[str, object]:
    chance = random.Random(7)
    exact, alike, found = [], [], 0
    with Memory(path) as memory:
        last = memory.stats().corrections
        sources = [entry.source for n in range(count) if (entry := memory.entry(chance.randrange(1, last)))]
    with Memory(path) as memory:
        for source in sources:
            began = time.process_time()
            [hit] = memory.corrections([Asked(source)])
            exact.append(1000 * (time.process_time() - began))
            assert hit
            words = source.split()
            words[chance.randrange(len(words))] = "Bishkek"
            asked = " ".join(words)
            began = time.process_time()
            best = memory.alike(asked)
            alike.append(1000 * (time.process_time() - began))
            found += any(one.entry.source == source for one in best) or not best or best[0].likeness >= 0.9
    return {"exact_ms": spread(exact), "alike_ms": spread(alike), "alike_found": f"{found} of {len(sources)}"}


def spread(times: list[float]) -> dict[str, float]:
    times = sorted(times)
    return {
        "median": round(statistics.median(times), 2),
        "p95": round(times[int(0.95 * len(times))], 2),
        "most": round(times[-1], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--lookups", type=int, default=200)
    recorded.add_option(parser, "memory")
    asked = parser.parse_args()
    results = {}
    for size in asked.sizes:
        with tempfile.TemporaryDirectory(dir=asked.folder) as name:
            tmx, memory, out = (Path(name) / one for one in ("in.tmx", "memory.sqlite3", "out.tmx"))
            write_tmx(tmx, asked.files, size)
            Memory(memory).close()
            results[size] = {
                "tmx_mb": tmx.stat().st_size // 2**20,
                "import": command("memory", "import", str(tmx), "--memory", str(memory)),
                "memory_mb": memory.stat().st_size // 2**20,
                **lookups(memory, asked.lookups),
                "export": command("memory", "export", str(out), "--memory", str(memory)),
            }
            print(json.dumps({size: results[size]}), file=sys.stderr)
    print(json.dumps(results, indent=1))
    recorded.record(asked, results)


if __name__ == "__main__":
    main()
