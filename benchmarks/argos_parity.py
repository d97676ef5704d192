"""Does a sentence come out as from argostranslate itself, package by package?

    .venv/bin/python benchmarks/argos_parity.py

Makes a throw-away environment with the real argostranslate (its own loop, tokenizers and CTranslate2 settings) and
builds packages of every kind the product reads. One thing is replaced: its sentence splitters need models from the
network and bring PyTorch, so `stanza` and `minisbd` are empty modules there and every line counts as one sentence
unless a splitter mark (“ ¶ ”) says otherwise. No trained package is needed: equal pieces in must give equal text out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from sample_package import ENGLISH, build_package  # noqa: E402

from benchmarks import results  # noqa: E402
from translate.engines.argos.engine import ArgosEngine  # noqa: E402
from translate.engines.decoding import FIRST, Settings  # noqa: E402

SPLIT = " ¶ "

RUNNER = """
import json, sys, time, types
minisbd = types.ModuleType("minisbd")
minisbd.SBDetect, minisbd.models = object, types.SimpleNamespace()
sys.modules["minisbd"], sys.modules["stanza"] = minisbd, types.ModuleType("stanza")
from argostranslate import sbd, translate
class OneALine(sbd.ISentenceBoundaryDetectionModel):
    def __init__(self, pkg): pass
    def split_sentences(self, text): return text.split(" ¶ ")
translate.MiniSBDSentencizer = OneALine
asked = json.load(sys.stdin)
chain = translate.get_translation_from_codes(asked["source"], asked["target"])
chain.translate(asked["texts"][0])
start, cpu = time.perf_counter(), time.process_time()
made = [chain.translate(text) for text in asked["texts"]]
json.dump({"texts": made, "seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}, sys.stdout)
"""


class Argostranslate:
    """The real library in an environment of its own, made once a machine in the temporary folder."""

    def __init__(self) -> None:
        self.version = version("argostranslate")
        self.folder = Path(tempfile.gettempdir()) / f"argostranslate-{self.version}-{version('ctranslate2')}"
        self.python = self.folder / "bin" / "python"
        if not (self.folder / "ready").exists():
            venv.create(self.folder, with_pip=True, clear=True)
            pip = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            pins = [f"{name}=={version(name)}" for name in ("ctranslate2", "sentencepiece", "sacremoses", "packaging")]
            subprocess.run([*pip, *pins], check=True)
            subprocess.run([*pip, "--no-deps", f"argostranslate=={self.version}"], check=True)
            (self.folder / "ready").touch()

    def translate(self, packages: Path, texts: list[str], source: str = "en", target: str = "ru") -> dict[str, Any]:
        """Translate texts after a warm-up; returns texts, wall seconds and CPU seconds."""
        home = tempfile.mkdtemp()
        environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "ARGOS_PACKAGES_DIR": str(packages)}
        asked = json.dumps({"source": source, "target": target, "texts": texts})
        done = subprocess.run(
            [str(self.python), "-c", RUNNER], input=asked, capture_output=True, text=True, env=environment, check=False
        )
        if done.returncode:
            sys.exit(done.stderr)
        result: dict[str, Any] = json.loads(done.stdout)
        return result


TEXTS = [
    *ENGLISH.splitlines(),
    "Kyrgyzstan’s “Ata-Meken” party won 7.8% of votes — its best result since 2010.",
    "He paid $1,200 (about 83,000 soms) for a ½-hectare plot near Issyk-Kul.",
    "Água, Ünïcode, 日本 and ﬁne ligatures.",
    "A",
    "Tab between, and  two  blanks.",
    "Q&A: what's next?",
]

KINDS: dict[str, list[dict[str, Any]]] = {
    "sentencepiece": [{}],
    "bpe": [{"kind": "bpe"}],
    "sentencepiece, target prefix": [{"prefix": "<2ru>"}],
    "bpe, target prefix": [{"kind": "bpe", "prefix": "<2ru>"}],
    "sentencepiece, full of doubt": [{"doubt": 1.0}],
    "bpe, full of doubt": [{"doubt": 1.0, "kind": "bpe", "prefix": "<2ru>"}],
    "pivot kk→en→ru": [{"source": "kk", "target": "en"}, {"source": "en", "target": "ru"}],
}


def main() -> None:
    """Print one line a kind of package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    results.add_option(parser, "argos_parity")
    options = parser.parse_args()
    same = 0
    reference = Argostranslate()
    print(f"argostranslate {reference.version}, ctranslate2 {version('ctranslate2')}, {len(TEXTS)} sentences")
    failed = False
    for name, parts in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            for part in parts:
                build_package(Path(folder), **part)
            source = parts[0].get("source", "en")
            theirs = reference.translate(Path(folder), TEXTS, source)["texts"]
            os.environ["ARGOS_PACKAGES_DIR"] = folder
            decoder = ArgosEngine.load(source, "ru").decoder  # below the guards, which would retry what is faulty
            ours = [output.text for output in decoder.decode(TEXTS, FIRST)]
            greedy = [output.text for output in decoder.decode(TEXTS, Settings(beam=1))]
        differ = [(t, a, b) for t, a, b in zip(TEXTS, theirs, ours, strict=True) if a.strip() != b.strip()]
        beam = sum(a != b for a, b in zip(ours, greedy, strict=True))
        print(f"{name:32} {len(TEXTS) - len(differ):3} of {len(TEXTS)} the same; a greedy search differs in {beam}")
        for text, a, b in differ:
            print(f"    source         {text!r}\n    argostranslate {a!r}\n    tolmach        {b!r}")
        failed |= bool(differ)
        same += len(TEXTS) - len(differ)
    results.record(options, {"same": same, "of": len(TEXTS) * len(KINDS), "kinds": len(KINDS)})
    sys.exit(failed)


if __name__ == "__main__":
    main()
