"""No command opens a socket but `models available` and `models install` of a pair: an audit hook sees each that is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.campaign.killing import laid_out
from benchmarks.campaign.writing import WRITERS, environment

READERS = (
    ("--help",), ("--version",), ("segment", "story.md"), ("check", "story.md", "story.ru.md"),
    ("compare", "story.ru.md", "p.tsv"), ("article", "site.html", "--no-memory", "-o", "out.md"),
    ("glossary", "list"), ("glossary", "find", "Osh"), ("glossary", "decline", "Ош"), ("glossary", "lint", "g.tsv"),
    ("glossary", "suggest", "story.md"), ("glossary", "mine", "story.md", "story.ru.md"),
    ("glossary", "diff", "g.tsv", "mine.tsv"), ("glossary", "stats"), ("memory", "list"), ("memory", "find", "Kept 1."),
    ("memory", "stats"), ("catalog", "stats", "ru.po"), ("models", "list"), ("models", "verify"), ("models", "where"),
)  # fmt: skip
CODE = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(event) if event.startswith("socket.") else None)
sys.path[:0] = sys.argv[1:3]
import translate.memory.opening as opening
from made_up_engine import MadeUpEngine
from translate.cli import main
from translate.engines import Loaded
vars(opening)["load_engine"] = lambda *names: Loaded(MadeUpEngine(), "")
ran = 0
for line in sys.stdin.read().splitlines():
    opened.clear()
    try:
        main(line.split("\\t"))
    except SystemExit as done:
        ran += done.code in (0, 3, 5)
        print(line, done.code, file=sys.stderr)
    assert not opened, (line, opened)
print("ran", ran)
"""


def test_no_command_opens_a_socket(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    folder = laid_out(tmp_path, 0)
    commands = [*(writer.command for writer in WRITERS), *READERS]
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(root), str(root / "tests")],
        input="\n".join("\t".join(command) for command in commands),
        cwd=folder, env={**os.environ, **environment(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1] == f"ran {len(commands)}", done.stderr
