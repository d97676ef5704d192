"""Train the draft model further: stop at any time, go on later, and branch off a version that can be shipped.

The rate is constant after a warm-up, so that it need not be known beforehand how long training will run; a version is
made by a branch that runs the rate down (`decay_over`). Weights, optimiser and the place in the data are written every
few steps, each time to a new file that then takes the place of the old one: after a kill the run goes on from there and
does the same steps again, with the same losses.

Source: A. Hägele et al., Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations, 2024 (constant
rate, then a short decay); I. Loshchilov and F. Hutter, Decoupled Weight Decay Regularization, 2019.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.draft import exporting, model, packing, weights
from training.draft.model import EMBEDDINGS
from training.draft.packing import Batch, Packed
from translate.files import write_atomic

FLOOR = 0.05  # of the rate, at the end of a decay
CHUNK = 1024  # places at once in the softmax: 20,000 scores each, 80 MB


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Args:
        rate: the peak; 1.5e-4 made the first version stall, 4e-5 to 6e-5 went well.
        warmup: steps.
        size: pieces in a batch, with the padding.
        decay: of the weights.
        decay_over: steps over which the rate runs down to FLOOR; 0 keeps it constant.
        compiled: fuse what each layer does; worth its minutes of compiling on a GPU or over many hours.
    """

    rate: float = 4e-5
    warmup: int = 30
    size: int = 3000
    decay: float = 0.01
    decay_over: int = 0
    compiled: bool = False

    def rate_at(self, step: int, begun: int) -> float:
        """Return the rate of a step (from 0) of a run whose decay began at step `begun`."""
        rate = self.rate * min(1.0, (step + 1) / max(1, self.warmup))
        if self.decay_over:
            rate *= max(FLOOR, 1 - (step - begun) / self.decay_over)
        return rate


@dataclass(frozen=True, slots=True)
class Place:
    """How far a run has come: steps, pieces without padding, and where in which data the next batch is."""

    step: int = 0
    tokens: int = 0
    epoch: int = 0
    at: int = 0
    data: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One step, a line of the log."""

    step: int
    tokens: int
    epoch: int
    loss: float
    norm: float
    rate: float
    seconds: float


class Trainer:
    """A run in a folder: `state.pt`, `log.jsonl`.

    Args:
        folder: of the run; goes on where it stands.
        packed: the data; if they are not those of the state, they are begun from their first batch.
        start: the model folder whose weights a new run begins with.
    """

    def __init__(self, folder: Path, packed: Packed, recipe: Recipe, start: Path | None = None) -> None:
        self._folder, self._packed, self._recipe = folder, packed, recipe
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._outputs = packed.outputs()
        self._rows = torch.from_numpy(self._outputs).to(self._device)
        state = _load(folder / "state.pt", self._device)
        if state is None and start is None:
            raise ValueError(f"{folder}: no state.pt, and no model to begin with")
        self.master = _trained(state["weights"] if state else _from_file(start), self._device)
        self._weights = {n: w.detach().bfloat16().requires_grad_(True) for n, w in self.master.items()}
        run = torch.compile(model.block, dynamic=True) if recipe.compiled else model.block
        self._model = model.Model(self._weights, run)
        self._optimizer = _optimizer(self.master, recipe)
        self.place = Place(**state["place"]) if state else Place()
        if state:
            self._optimizer.load_state_dict(state["optimizer"])
        if self.place.data != packed.digest:
            self.place = replace(self.place, epoch=0, at=0, data=packed.digest)
        self._begun = self.place.step
        folder.mkdir(parents=True, exist_ok=True)
        _shorten(folder / "log.jsonl", self.place.step)

    def run(
        self, steps: int | None, seconds: float, save_every: float = 480, saved: Callable[[], None] = lambda: None
    ) -> None:
        """Train.

        Args:
            steps: of the whole run, those before this call included; None for any number.
            seconds: at most so long.
            save_every: seconds between two writings of the state; it is also written at the end.
            saved: called after each of them.
        """
        began = last_save = time.monotonic()
        last = sys.maxsize if steps is None else steps
        while self.place.step < last and time.monotonic() - began < seconds:
            for at, batch in enumerate(
                packing.batches(self._packed, self._recipe.size, self.place.epoch, self._outputs)
            ):
                if at < self.place.at:
                    continue
                if self.place.step >= last or time.monotonic() - began >= seconds:
                    break
                self._log(self._step(batch))
                if time.monotonic() - last_save >= save_every:
                    self.save()
                    saved()
                    last_save = time.monotonic()
            else:
                self.place = replace(self.place, epoch=self.place.epoch + 1, at=0)
        self.save()
        saved()

    def _step(self, batch: Batch) -> Report:
        began = time.monotonic()
        ids, wanted = (torch.from_numpy(a).to(self._device) for a in (batch.inputs, batch.wanted))
        loss = self._backward(ids, wanted)
        norm = _hand_over(self._weights, self.master)
        rate = self._recipe.rate_at(self.place.step, self._begun)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.step()
        with torch.no_grad():
            for name, weight in self._weights.items():
                weight.copy_(self.master[name])
                weight.grad = self.master[name].grad = None
        place = self.place
        self.place = replace(place, step=place.step + 1, tokens=place.tokens + batch.tokens, at=place.at + 1)
        took = time.monotonic() - began
        return Report(
            self.place.step, self.place.tokens, place.epoch, round(loss, 4), round(norm, 3), rate, round(took, 2)
        )

    def _backward(self, ids: Tensor, wanted: Tensor) -> float:
        """Return the mean loss of a batch and leave the gradients; the softmax runs over pieces of the data alone."""
        hidden = self._model.hidden(ids).reshape(-1, self._weights[EMBEDDINGS].size(1))
        places = (wanted.view(-1) >= 0).nonzero().squeeze(1)
        hidden, wanted = hidden[places], wanted.view(-1)[places]
        cut = hidden.detach().requires_grad_(True)
        table = self._weights[EMBEDDINGS][self._rows].detach().requires_grad_(True)
        total = 0.0
        for at in range(0, len(places), CHUNK):
            loss = model.loss_of(cut[at : at + CHUNK], table, wanted[at : at + CHUNK])
            (loss / len(places)).backward()
            total += float(loss.detach())
        hidden.backward(cut.grad)
        gradient = self._weights[EMBEDDINGS].grad
        assert gradient is not None
        assert table.grad is not None
        gradient.index_add_(0, self._rows, table.grad)
        return total / len(places)

    def _log(self, report: Report) -> None:
        line = json.dumps(asdict(report))
        with (self._folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, file=sys.stderr, flush=True)

    def save(self) -> None:
        """Write the state; the old one stays until the new one is whole."""
        path = self._folder / "state.pt"
        state = {"weights": self.master, "optimizer": self._optimizer.state_dict(), "place": asdict(self.place)}
        new = path.with_suffix(".new")
        with new.open("wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


def trained(folder: Path) -> dict[str, weights.Floats]:
    """Return the weights of a run as arrays.

    Raises:
        ValueError: it has no state.
    """
    state = _load(folder / "state.pt", "cpu")
    if state is None:
        raise ValueError(f"{folder}: no state.pt")
    return {name: weight.detach().numpy() for name, weight in state["weights"].items()}


def place(folder: Path) -> Place:
    """Return how far a run has come."""
    state = _load(folder / "state.pt", "cpu")
    return Place(**state["place"]) if state else Place()


def _load(path: Path, device: str) -> Any:
    return torch.load(path, map_location=device) if path.exists() else None


def _from_file(path: Path | None) -> dict[str, Tensor]:
    assert path is not None
    file = weights.parse(exporting.joined(path), path)
    count = sum(name.endswith(model.LAYER[0]) for name in file.variables)
    return {name: torch.from_numpy(np.ascontiguousarray(file.weight(name))) for name in model.names(count)}


def _trained(found: Mapping[str, Tensor], device: str) -> dict[str, Tensor]:
    return {name: weight.detach().float().to(device).clone().requires_grad_(True) for name, weight in found.items()}


def _optimizer(master: Mapping[str, Tensor], recipe: Recipe) -> torch.optim.AdamW:
    matrices = [w for w in master.values() if w.dim() > 1]
    others = [w for w in master.values() if w.dim() < 2]
    groups = [{"params": matrices, "weight_decay": recipe.decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98), eps=1e-8, fused=True)


def _hand_over(low: Mapping[str, Tensor], master: Mapping[str, Tensor]) -> float:
    """Give the gradients to the weights that are trained, their common norm cut to one; returns the norm."""
    gradients = {name: weight.grad.float() for name, weight in low.items() if weight.grad is not None}
    norm = torch.sqrt(torch.stack([g.pow(2).sum() for g in gradients.values()]).sum())
    scale = torch.clamp(1 / (norm + 1e-6), max=1.0)
    for name, gradient in gradients.items():
        master[name].grad = gradient * scale
    return float(norm)


def _shorten(path: Path, step: int) -> None:
    """Take the lines of steps that a kill has undone out of the log, and a line that it cut off."""
    if path.exists():
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
        write_atomic(path, "".join(line + "\n" for line in lines if json.loads(line)["step"] <= step))
