"""`tolmach archive` measured on articles made of real sentences: rate, memory, kills, a spelling rolled out, a cluster.

    python -m benchmarks.archive make DIR --articles 2000     # 20 to 60 sentences each, a tenth of all duplicates
    python -m benchmarks.archive linear --articles 500 1000 2000
    python -m benchmarks.archive kills --articles 200 --kills 10
    python -m benchmarks.archive rollout --articles 2000
    python -m benchmarks.archive draft --articles 100         # beside single runs, and the engine alone
    python -m benchmarks.archive ray --articles 300
    python -m benchmarks.archive nodes                        # how many nodes for how many articles, by simulation

All but `draft` use an engine that takes no time, so that what is measured is everything beside the engine. JSON goes to
standard output. Memory is the sum over all processes of their proportional share (PSS), where Linux tells it.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import heapq
import io
import itertools
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.data import find

TOLMACH = [sys.executable, "-c", "from translate.cli import main; main()"]
NEWS = ("newstest2012", "newstest2013", "newstest2014", "newstest2016", "newstest2017", "newstest2018", "un_v1_devtest")
ENGINE = '''
"""An engine that takes no time: it says what people made of a sentence; what it does not know in Cyrillic letters."""
import os, re, sqlite3
from translate.engines import Draft, Request, Traits

TABLE = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувшкиз")
TABLE |= str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБЦДЕФГХИЖКЛМНОПКРСТУВШКИЗ")
REPORT = re.compile(r", says report (\\d+)(?=.$)")


class FastEngine:
    name, signature, traits = "fast", "fast 1", Traits(is_draft=True)

    @classmethod
    def load(cls, source, target):
        self = cls()
        # a file, not a dictionary: what is measured is not this engine
        self.known = sqlite3.connect(os.environ["FAST_KNOWN"], check_same_thread=False)
        return self

    def translate(self, requests):
        if os.environ.get("FAST_ASKED"):
            with open(os.environ["FAST_ASKED"], "a") as file:
                file.writelines(request.text + "\\n" for request in requests)
        return [Draft(self.one(request.text), -0.5, None, self.signature) for request in requests]

    def one(self, text):
        found = REPORT.search(text)
        row = self.known.execute("SELECT russian FROM known WHERE english=?", (REPORT.sub("", text),)).fetchone()
        if row is None:
            return text.translate(TABLE)
        known = row[0]
        return f"{known[:-1]}, говорится в отчете {found[1]}{known[-1]}" if found else known
'''


# Articles --------------------------------------------------------------------------------------------------------


@cache
def pool() -> dict[str, str]:
    """Return English sentences of news and of the United Nations, each once, with their Russian."""
    lines = find("ntrex").read_text(encoding="utf-8").splitlines()
    for name in ("parallel", "parallel-2"):
        with tarfile.open(find(name)) as tar:
            for one in (one for one in tar.getmembers() if Path(one.name).stem in NEWS):
                member = tar.extractfile(one)
                assert member is not None
                lines += io.TextIOWrapper(member, "utf-8").read().splitlines()
    pairs = [line.split("\t")[:2] for line in lines if line.count("\t")]
    return {one: other for one, other in pairs if 30 < len(one) < 400 and one[-1] in ".!?" and len(other) > 10}


def sentences(seed: int) -> Iterator[str]:
    """Yield sentences without end, nine of ten for the first time."""
    chance = random.Random(seed)
    known = list(pool())
    chance.shuffle(known)
    said: list[str] = []
    for n in itertools.count():
        if said and chance.random() < 0.1:
            yield chance.choice(said)
            continue
        turn, at = divmod(n, len(known))
        text = known[at]
        text = f"{text[:-1]}, says report {turn * 1000 + at % 1000}{text[-1]}" if turn else text
        if len(said) < 5000:
            said.append(text)
        yield text


def make(folder: Path, articles: int, seed: int = 0) -> None:
    """Write articles of 20 to 60 sentences."""
    folder.mkdir(parents=True, exist_ok=True)
    chance, stream = random.Random(seed + 1), sentences(seed)
    for n in range(articles):
        texts = list(itertools.islice(stream, chance.randint(20, 60)))
        paragraphs = [" ".join(texts[at : at + 4]) for at in range(0, len(texts), 4)]
        (folder / f"{n:05d}.md").write_text(
            f"# Report number {n}\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8"
        )


# Runs ------------------------------------------------------------------------------------------------------------


class Ground:
    """A folder with articles, an engine that takes no time, and homes of its own for memories and settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        site = folder / "site"
        info = site / "tolmach_fast-1.dist-info"
        info.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(folder / "known.sqlite3")) as known:
            known.execute("CREATE TABLE IF NOT EXISTS known (english TEXT PRIMARY KEY, russian TEXT) WITHOUT ROWID")
            known.executemany("INSERT OR IGNORE INTO known VALUES (?, ?)", pool().items())
            known.commit()
        (site / "fast.py").write_text(ENGINE, encoding="utf-8")
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tolmach-fast\nVersion: 1\n", encoding="utf-8")
        (info / "entry_points.txt").write_text("[tolmach.engines]\nfast = fast:FastEngine\n", encoding="utf-8")

    def environment(self, home: str, **more: str) -> dict[str, str]:
        """Return the variables of a run with a memory of its own."""
        paths = [str(self.folder / "site"), str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
        homes = {name: str(self.folder / home) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        homes["FAST_KNOWN"] = str(self.folder / "known.sqlite3")
        return {**os.environ, **homes, "PYTHONPATH": os.pathsep.join(filter(None, paths)), **more}

    def start(self, *args: str, home: str = "home", **more: str) -> subprocess.Popen[bytes]:
        """Start a command."""
        return subprocess.Popen(
            [*TOLMACH, *args], cwd=self.folder, env=self.environment(home, **more), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *args: str, home: str = "home", **more: str) -> dict[str, Any]:
        """Run a command; return seconds and megabytes."""
        began = time.monotonic()
        process = self.start(*args, home=home, **more)
        watch = Watch(process.pid)
        out, err = process.communicate()
        seconds, peak = time.monotonic() - began, watch.end()
        if process.returncode not in (0, 5):
            raise SystemExit(err.decode())
        return {"seconds": round(seconds, 2), "megabytes": peak, "out": out.decode(), "err": err.decode()}


class Watch:
    """Measures the memory of a process and of all below it, four times a second."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._done = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._done.wait(0.25):
            self._peak = max(self._peak, sum(map(share, below(self._pid))))

    def end(self) -> int:
        """Stop; return the highest sum in megabytes."""
        self._done.set()
        self._thread.join()
        return self._peak // 1024


def below(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def share(pid: int) -> int:
    """Return a process's proportional share of memory in kilobytes."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def digest(folder: Path) -> str:
    """Return a checksum of the results: shards, report, names and single files."""
    made = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "sqlite3" not in path.name and not path.name.endswith(".tolmach.tmp"):
            made.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:16]


# Measurements ----------------------------------------------------------------------------------------------------


def linear(ground: Ground, counts: Sequence[int]) -> dict[str, Any]:
    """Run archives of several sizes, and count what the engine was asked in the last."""
    rows = []
    for count in counts:
        make(ground.folder / f"in{count}", count)
        asked = ground.folder / f"asked{count}"
        done = ground.run(
            "archive",
            f"in{count}",
            "--out",
            f"out{count}",
            "--engine",
            "fast",
            home=f"home{count}",
            FAST_ASKED=str(asked),
        )
        texts = asked.read_text(encoding="utf-8").splitlines()
        rows.append({
            "articles": count, "seconds": done["seconds"], "articles_a_second": round(count / done["seconds"], 2),
            "megabytes": done["megabytes"], "asked": len(texts), "asked_twice": len(texts) - len(set(texts)),
        })  # fmt: skip
        print(json.dumps(rows[-1]), file=sys.stderr)
    return {"linear": rows}


def kills(ground: Ground, count: int, times: int, seed: int) -> dict[str, Any]:
    """Kill a run at random moments and go on, until it ends; compare its results with those of an undisturbed one."""
    chance = random.Random(seed)
    make(ground.folder / "in", count)
    args = ("archive", "in", "--engine", "fast", "-o", "{name}.ru.md")
    whole = ground.run(*args[:-1], "single/{name}.ru.md", "--out", "whole", home="one")
    (ground.folder / "single").rename(ground.folder / "whole" / "single")
    killed = 0
    while True:
        process = ground.start(*args[:-1], "single/{name}.ru.md", "--out", "torn", home="two")
        try:
            process.communicate(timeout=chance.uniform(0.2, whole["seconds"] / 2) if killed < times else None)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
            process.communicate()
            continue
        break
    (ground.folder / "single").rename(ground.folder / "torn" / "single")
    same = digest(ground.folder / "whole") == digest(ground.folder / "torn")
    return {"kills": killed, "articles": count, "equal": same, "exit": process.returncode}


def rollout(ground: Ground, count: int, term: str, old: str, new: str) -> dict[str, Any]:
    """Change one spelling, roll it out, and compare the articles touched with those that hold the term."""
    make(ground.folder / "in", count)
    terms = ground.folder / "own.en-ru.tsv"

    def write(target: str) -> None:
        terms.write_text(f"source\ttarget\tkind\n{term}\t{target}\tplace\n", encoding="utf-8")

    args = ("archive", "in", "--out", "out", "--engine", "fast", "-g", str(terms))
    write(old)
    first = ground.run(*args)
    write(new)
    again = ground.run(*args, "--changed", "--json")
    holding = sum(term in path.read_text(encoding="utf-8") for path in (ground.folder / "in").iterdir())
    touched = json.loads(again["out"])["made"]
    held = [
        json.loads(line)
        for path in (ground.folder / "out" / "shards").iterdir()
        for line in path.open(encoding="utf-8")
    ]
    lemmas = [pin["lemma"] for one in held for row in one["rows"] for pin in row["pins"]]
    return {
        "articles": count, "term": term, "first": first["seconds"], "rollout": again["seconds"],
        "part": round(again["seconds"] / first["seconds"], 4), "holding": holding, "touched": touched,
        "new_pins": lemmas.count(new), "old_pins": lemmas.count(old),
    }  # fmt: skip


def draft(ground: Ground, count: int) -> dict[str, Any]:
    """Compare an archive with single runs, and with the engine alone on the sentences that it was asked."""
    make(ground.folder / "in", count)
    archive = ground.run("archive", "in", "--out", "out", "--engine", "draft", home="one")
    began = time.monotonic()
    for path in sorted((ground.folder / "in").iterdir()):
        ground.run("article", str(path), "--engine", "draft", "-o", "single/{name}.jsonl", home="two")
    single = time.monotonic() - began
    asked, seconds = bare(ground.folder / "one" / "tolmach" / "memory.sqlite3")
    return {
        "articles": count, "archive": archive["seconds"], "single": round(single, 1), "megabytes": archive["megabytes"],
        "faster": round(single / archive["seconds"], 2), "asked": asked, "engine_alone": round(seconds, 1),
        "of_raw_rate": round(seconds / archive["seconds"], 3),
    }  # fmt: skip


def bare(memory: Path) -> tuple[int, float]:
    """Have the draft engine make everything again that a memory holds, at once; return how many, and the seconds."""
    from translate.engines import Hint, Request, load_engine
    from translate.engines.protecting import ProtectingEngine
    from translate.spans import Span

    rows = sqlite3.connect(memory).execute("SELECT source, extra FROM entry").fetchall()
    requests = []
    for source, extra in rows:
        hints, kept, *_context = json.loads(extra) if extra else ([], [])
        told = tuple(Hint(Span(a, b), written) for a, b, written in hints)
        requests.append(Request(source, told, tuple(Span(a, b) for a, b in kept)))
    began = time.monotonic()
    engine = ProtectingEngine(load_engine("draft").engine)
    requests.sort(key=lambda request: -len(request.text))
    for at in range(0, len(requests), 512):
        engine.translate(requests[at : at + 512])
    return len(requests), time.monotonic() - began


def ray(ground: Ground, count: int) -> dict[str, Any]:
    """Compare two workers of a Ray cluster on this machine with the processes of a plain run."""
    make(ground.folder / "in", count)
    plain = ground.run("archive", "in", "--out", "plain", "--engine", "fast", home="one")
    args = ("archive", "in", "--out", "ray", "--engine", "fast", "--ray", "local", "--ray-workers", "2")
    many = ground.run(*args, home="two")
    rate = [float(done["err"].split(" sentences a second")[0].rsplit(" ", 1)[1]) for done in (plain, many)]
    same = digest(ground.folder / "plain") == digest(ground.folder / "ray")
    return {"articles": count, "sentences_a_second": rate, "ratio": round(rate[1] / rate[0], 3), "equal": same}


# Nodes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster to simulate.

    Args:
        nodes, cores: how many; a worker a core.
        rate: sentences a second of a core, engine and all.
        start: seconds until a node has loaded what it needs.
        commit: seconds that the driver needs for a shard, one after the other.
    """

    nodes: int
    cores: int
    rate: float
    start: float
    commit: float


def simulated(articles: int, of: Cluster, seed: int = 0) -> float:
    """Return the hours that an archive takes, by events: a worker begins, takes a shard, and hands it to the driver.

    Args:
        articles: how many, of twenty to sixty sentences.
        of: where; a node in a hundred works at half speed.
        seed: of chance.
    """
    chance = random.Random(seed)
    size = max(8, min(64, articles // 64))
    shards = [size] * (articles // size) + ([articles % size] if articles % size else [])
    speeds = [of.rate * (0.5 if chance.random() < 0.01 else 1) for _node in range(of.nodes)]
    workers = [(of.start * chance.uniform(0.8, 1.5), speed) for speed in speeds for _core in range(of.cores)]
    heapq.heapify(workers)
    done = []
    for shard in shards:
        ready, speed = heapq.heappop(workers)
        ended = ready + sum(chance.randint(20, 60) for _article in range(shard)) / speed
        done.append(ended)
        heapq.heappush(workers, (ended, speed))
    driver = 0.0
    for ended in sorted(done):
        driver = max(driver, ended) + of.commit
    return driver / 3600


def nodes(rate: float, start: float, commit: float) -> dict[str, Any]:
    """Simulate archives on clusters of nodes of eight cores."""
    rows = []
    for articles, count in itertools.product((2_000, 20_000, 200_000, 2_000_000), (1, 10, 100, 1000)):
        hours = simulated(articles, Cluster(count, 8, rate, start, commit))
        ideal = articles * 40 / (count * 8 * rate) / 3600
        rows.append({
            "articles": articles, "nodes": count, "hours": round(hours, 3), "node_hours": round(hours * count, 1),
            "of_ideal": round(ideal / hours, 3),
        })  # fmt: skip
    return {"rate": rate, "start": start, "commit": commit, "nodes": rows}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "linear", "kills", "rollout", "draft", "ray", "nodes"))
    parser.add_argument("folder", nargs="?", type=Path, help="for make; the others use one that is deleted")
    parser.add_argument("--articles", type=int, nargs="+", default=[100])
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--term", nargs=3, default=["Brussels", "Брюссель", "Брасселс"], metavar=("ENGLISH", "OLD", "NEW")
    )
    parser.add_argument("--rate", type=float, default=4.0, help="sentences a second of a core")
    parser.add_argument("--start", type=float, default=20.0, help="seconds until a node works")
    parser.add_argument("--commit", type=float, default=0.02, help="seconds of the driver for a shard")
    parser.add_argument("--keep", action="store_true", help="do not delete the folder, but name it")
    args = parser.parse_args()
    if args.what == "make":
        make(args.folder, args.articles[0], args.seed)
        return
    if args.what == "nodes":
        print(json.dumps(nodes(args.rate, args.start, args.commit), indent=1))
        return
    folder = Path(tempfile.mkdtemp(prefix="archive-"))
    ground, count = Ground(folder), args.articles[0]
    measures = {
        "linear": lambda: linear(ground, args.articles),
        "kills": lambda: kills(ground, count, args.kills, args.seed),
        "rollout": lambda: rollout(ground, count, *args.term),
        "draft": lambda: draft(ground, count),
        "ray": lambda: ray(ground, count),
    }
    try:
        print(json.dumps(measures[args.what](), ensure_ascii=False, indent=1))
    finally:
        if args.keep:
            print(folder, file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
