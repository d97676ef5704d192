"""Kill `tolmach memory import` and `learn` with kill -9 at random moments, and count what was lost.

    python benchmarks/memory_kills.py [--kills 200] > kills.json

Half of the kills hit an import of 30,000 units, half the learning of a text of 2,000 changed sentences. After each the
file must be sound, hold every entry that was in it before, and hold of what was killed all or nothing of each batch.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import results
from translate.article import Article, Block, BlockKind
from translate.memory import Memory, Shown
from translate.memory.carrying import BATCH
from translate.parallel import ParallelText, Row, render
from translate.spans import Span

UNITS, SENTENCES = 30_000, 2_000
RUN = "import sys; from translate.cli import main; main(sys.argv[1:])"


def write_tmx(path: Path) -> None:
    units = (
        f'<tu><tuv xml:lang="en"><seg>Unit {n} of many.</seg></tuv>'
        f'<tuv xml:lang="ru"><seg>Единица {n}.</seg></tuv></tu>'
        for n in range(UNITS)
    )
    path.write_text(f'<tmx version="1.4"><header/><body>{"".join(units)}</body></tmx>', encoding="utf-8")


def write_text(path: Path, memory: Memory) -> None:
    blocks = tuple(Block(f"b{n}", BlockKind.PARAGRAPH, f"Sentence {n} of many.") for n in range(SENTENCES))
    article = Article("", "", "", "", (), blocks, path)
    rows = tuple(
        Row(f"{b.id}.1", b.id, Span(0, len(b.text)), b.text, f"Предложение {n}.", engine="made-up")
        for n, b in enumerate(blocks)
    )
    memory.show(Shown(row.source, "Что-то другое.", path.name) for row in rows)
    path.write_text(str(render(ParallelText(article, rows), "jsonl")), encoding="utf-8")


def state(path: Path) -> tuple[str, dict[str, int]]:
    connection = sqlite3.connect(path)
    try:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        connection.execute("INSERT INTO person_words (person_words) VALUES ('integrity-check')")
        return sound, dict(connection.execute("SELECT origin, count(*) FROM person GROUP BY origin"))
    finally:
        connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    results.add_option(parser, "memory_kills")
    asked = parser.parse_args()
    chance = random.Random(5)
    faults: list[object] = []
    kills = finished = amid = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {**os.environ, "XDG_DATA_HOME": name}
        path, tmx, text = folder / "tolmach" / "memory.sqlite3", folder / "in.tmx", folder / "text.jsonl"
        write_tmx(tmx)
        Memory(path).close()
        began = time.monotonic()
        subprocess.run(
            [sys.executable, "-c", RUN, "memory", "import", str(tmx)], env=env, check=True, capture_output=True
        )
        most = 1.1 * (time.monotonic() - began)  # of an undisturbed import: kills fall on all of its parts
        while kills < asked.kills:
            for end in ("", "-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)
            with Memory(path) as memory:
                memory.remember("Kept.", "Осталось.")
                write_text(text, memory)
            before: dict[str, int] = {"edit": 1}
            while True:
                args = ["import", str(tmx)] if chance.random() < 0.5 else ["learn", str(text)]
                job = subprocess.Popen(
                    [sys.executable, "-c", RUN, "memory", *args],
                    env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                )  # fmt: skip
                began = time.monotonic()
                try:
                    _out, said = job.communicate(timeout=chance.uniform(0.2, most))
                    finished += 1
                    most = max(most, 1.2 * (time.monotonic() - began))
                    if job.returncode:
                        faults.append(["code", job.returncode, said.decode()[-300:]])
                except subprocess.TimeoutExpired:
                    job.kill()
                    job.communicate()
                    kills += 1
                sound, now = state(path)
                whole = now.get("import", 0) % BATCH == 0 and now.get("learn", 0) in (0, SENTENCES)
                if sound != "ok" or not whole or any(now.get(origin, 0) < n for origin, n in before.items()):
                    faults.append([sound, before, now])
                amid += before != now
                before = now
                if kills >= asked.kills or (now.get("import"), now.get("learn")) == (UNITS, SENTENCES):
                    break
        left = sorted(one.name for one in path.parent.iterdir())
    print(json.dumps({"kills": kills, "finished": finished, "wrote": amid, "faults": faults, "left": left}, indent=1))
    results.record(asked, {"kills": kills, "finished": finished, "wrote": amid, "faults": len(faults)})


if __name__ == "__main__":
    main()
