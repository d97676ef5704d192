"""Train the draft model further: prepare, train, export, evaluate.

    python -m training.draft prepare RUN --pairs 8000
    python -m training.draft train RUN --minutes 60
    python -m training.draft train RUN --decay 200 --branch RUN-0.2
    python -m training.draft export RUN-0.2 OUT --version 0.2
    python -m training.draft evaluate OUT $TOLMACH_DATA/data/parallel/ntrex.en-ru.tsv --from 5 --every 5 --limit 400

Everything but `prepare` needs no data beside the run; `train` and `export` need PyTorch (`uv sync --group training`).
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import click

from training.draft.sources import DataError, root
from translate.errors import TranslateError
from translate.files import shipped

MODEL = Path(__file__).resolve().parents[2] / "models/en_ru_draft/tolmach_model_en_ru_draft"
DATA = "pairs.npz"
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.group()
def main() -> None:
    """Train the draft model further; docs/training.md tells how."""


@main.command()
@click.argument("run", type=FOLDER)
@click.option("--pairs", default=8000, show_default=True, help="Pairs in the mix; 8,000 are 0.5 million pieces.")
@click.option("--data", type=FOLDER, help="Folder of the data; else $TOLMACH_DATA.")
@click.option("--seed", default=1, show_default=True)
def prepare(*, run: Path, pairs: int, data: Path | None, seed: int) -> None:
    """Make RUN/pairs.npz (ids) and RUN/pairs.tsv (the same to be read) of the parallel text."""
    import sentencepiece

    from training.draft import packing, preparing
    from training.draft.words import translations
    from translate.files import write_atomic

    folder = root(data)
    run.mkdir(parents=True, exist_ok=True)
    mix = preparing.prepare(folder, shipped("glossaries"), pairs, translations(), seed)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(MODEL / "sentencepiece.model"))
    packed = packing.pack(mix.pairs, pieces)
    packing.save(packed, run / DATA)
    write_atomic(run / "pairs.tsv", "".join(f"{p.source}\t{p.english}\t{p.russian}\n" for p in mix.pairs))
    for what, count in mix.counts.most_common():
        click.echo(f"{count:8} {what}")
    click.echo(f"{len(packed)} pairs, {len(packed.ids)} pieces in {run / DATA}")


@main.command()
@click.argument("run", type=FOLDER)
@click.option("--minutes", default=1e6, help="Stop after so many.")
@click.option("--steps", default=None, type=int, help="Stop when the run has so many, also those before a kill.")
@click.option("--rate", default=4e-5, show_default=True, help="Peak of the learning rate.")
@click.option("--size", default=3000, show_default=True, help="Pieces in a batch; 65,536 on a GPU.")
@click.option("--save", default=8.0, show_default=True, help="Minutes between two writings of the state.")
@click.option("--threads", default=0, help="Threads of PyTorch; 0 leaves it to PyTorch.")
@click.option("--compiled", is_flag=True, help="Compile the layers: for a GPU, or for many hours.")
@click.option("--watch", type=FILE, help="Table (English<TAB>Russian) of which 40 rows are translated at times.")
@click.option("--watch-minutes", default=60.0, show_default=True, help="Least time between two of them.")
@click.option("--decay", default=0, help="Run the rate down over so many steps and stop; in a branch.")
@click.option("--branch", type=FOLDER, help="Go on in this folder, with a copy of the state; RUN stays as it is.")
def train(
    *, run: Path, minutes: float, steps: int | None, rate: float, size: int, save: float, threads: int, compiled: bool,
    watch: Path | None, watch_minutes: float, decay: int, branch: Path | None,
) -> None:  # fmt: skip
    """Begin or go on: from RUN/state.pt, else from the shipped model."""
    import torch

    from training.draft import packing
    from training.draft.trainer import Recipe, Trainer

    if decay and not branch:
        raise click.UsageError("--decay ends a run: name a folder with --branch, so that RUN can go on")
    if not (run / DATA).exists():
        raise DataError(f"there is no {DATA} in it", path=run, hint=f"python -m training.draft prepare {run}")
    if branch and not (branch / "state.pt").exists():
        branch.mkdir(parents=True, exist_ok=True)
        for name in (DATA, "state.pt"):
            shutil.copyfile(run / name, branch / name)
    if threads:
        torch.set_num_threads(threads)
    folder = branch or run
    recipe = Recipe(rate=rate, size=size, decay_over=decay, compiled=compiled)
    trainer = Trainer(folder, packing.load(folder / DATA), recipe, MODEL)
    watching = Watch(folder, watch, watch_minutes * 60) if watch else None
    trainer.run(trainer.place.step + decay if decay else steps, minutes * 60, save * 60, watching or (lambda: None))
    click.echo(f"step {trainer.place.step}, {trainer.place.tokens} pieces, in {folder}")


class Watch:
    """Measures a run on some held-out rows now and then: `scores.jsonl` beside its log, beam 1, one row in fifty.

    Args:
        run: the folder whose state is measured.
        table: English<TAB>Russian.
        every: seconds.
    """

    def __init__(self, run: Path, table: Path, every: float) -> None:
        self._run, self._every, self._last = run, every, time.monotonic()
        self._rows = rows(table)[::50][:40]

    def __call__(self) -> None:
        """Measure, if it is time."""
        from training.draft import exporting, packing
        from training.draft.evaluating import measure
        from training.draft.trainer import place, trained

        if time.monotonic() - self._last < self._every:
            return
        with tempfile.TemporaryDirectory() as folder:
            outputs = packing.load(self._run / DATA).outputs()
            exporting.export(MODEL, trained(self._run), outputs, Path(folder), version="watched", part=0)
            found = measure(Path(folder), [row[0] for row in self._rows], [row[1] for row in self._rows], 1)
        line = {"step": place(self._run).step, "chrf": round(found.chrf, 2), "bleu": round(found.bleu, 2)}
        with (self._run / "scores.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self._last = time.monotonic()


def rows(table: Path) -> list[list[str]]:
    """Read the rows of a table that have both sides."""
    found = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return [row for row in found if len(row) >= 2]


@main.command()
@click.argument("run", type=FOLDER)
@click.argument("out", type=FOLDER)
@click.option("--version", required=True, help="Version of the new model.")
@click.option("--whole", is_flag=True, help="Write model.bin in one piece.")
def export(*, run: Path, out: Path, version: str, whole: bool) -> None:
    """Write the weights of RUN as a model folder OUT that the product loads."""
    from training.draft import exporting, packing
    from training.draft.trainer import trained

    packed = packing.load(run / DATA)
    exporting.export(MODEL, trained(run), packed.outputs(), out, version=version, part=0 if whole else exporting.PART)
    click.echo(f"{out}: {len(exporting.joined(out)) / 1e6:.0f} MB")


@main.command()
@click.argument("folder", type=FOLDER)
@click.argument("table", type=FILE)
@click.option("--from", "first", default=0, help="Row to begin with, from 0.")
@click.option("--every", default=1, help="Take every n-th row.")
@click.option("--limit", default=400, show_default=True, help="Rows at most.")
@click.option("--beam", default=4, show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the translations there.")
def evaluate(*, folder: Path, table: Path, first: int, every: int, limit: int, beam: int, output: Path | None) -> None:
    """Measure chrF and BLEU of a model folder on TABLE (English<TAB>Russian); needs sacrebleu (`--group bench`)."""
    from training.draft.evaluating import measure
    from translate.files import write_atomic

    chosen = rows(table)[first::every][:limit]
    found = measure(folder, [row[0] for row in chosen], [row[1] for row in chosen], beam)
    if output:
        write_atomic(output, "".join(text + "\n" for text in found.texts))
    click.echo(
        f"chrF {found.chrf:.2f} BLEU {found.bleu:.2f} on {len(chosen)} rows, {found.seconds:.0f} s; {found.signature}"
    )


if __name__ == "__main__":
    try:
        main(standalone_mode=True)
    except TranslateError as error:
        sys.exit(f"error: {error}")
