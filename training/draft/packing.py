"""Token ids on disk, and the batches made of them: the same order for the same seed, so that a place in it is a number.

The prompt is that of the product: `<bos>`, the English pieces, a line break, the Russian pieces, `<eos>`.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.draft.pairs import Pair
from translate.files import write_atomic

BOS, EOS, BREAK = 2, 1, 14
STEP = 8  # lengths of a batch differ by less than this many pieces
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Packed:
    """Pairs as ids.

    Args:
        ids: all pairs in a row.
        starts: n + 1 places in `ids`.
        targets: for each pair, where its Russian begins, counted from its start.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]
    targets: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.targets)

    def pair(self, i: int) -> NDArray[np.int32]:
        """Return the ids of one pair."""
        return self.ids[self.starts[i] : self.starts[i + 1]]

    @property
    def digest(self) -> str:
        """Tell these data from others: a place in them is only valid for the same."""
        return hashlib.sha256(self.ids.tobytes() + self.targets.tobytes()).hexdigest()[:16]

    def outputs(self) -> NDArray[np.int64]:
        """Return the ids that occur in Russian, sorted."""
        inside = np.concatenate([self.pair(i)[self.targets[i] :] for i in range(len(self))])
        return np.unique(inside).astype(np.int64)


def pack(pairs: Iterable[Pair], pieces: Any) -> Packed:
    """Encode pairs; those longer than LONGEST pieces are left out.

    Args:
        pieces: the SentencePiece model of the draft engine.
    """
    rows, targets = [], []
    for pair in pairs:
        english, russian = pieces.encode(pair.english), pieces.encode(pair.russian)
        if english and russian and len(english) + len(russian) + 3 <= LONGEST:
            rows.append([BOS, *english, BREAK, *russian, EOS])
            targets.append(len(english) + 2)
    starts = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    ids = np.array([i for row in rows for i in row], dtype=np.int32)
    return Packed(ids, starts, np.array(targets, dtype=np.int32))


def save(packed: Packed, path: Path) -> None:
    """Write packed pairs."""
    file = io.BytesIO()
    np.savez_compressed(file, ids=packed.ids, starts=packed.starts, targets=packed.targets)
    write_atomic(path, file.getvalue())


def load(path: Path) -> Packed:
    """Read packed pairs."""
    with np.load(path) as data:
        return Packed(data["ids"], data["starts"], data["targets"])


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of about one length, padded with zeros.

    Args:
        inputs: ids, pairs × pieces.
        wanted: what follows each piece, as a place among the outputs; -1 where no loss is taken.
        tokens: pieces without the padding.
    """

    inputs: NDArray[np.int64]
    wanted: NDArray[np.int64]
    tokens: int


def batches(packed: Packed, size: int, epoch: int, outputs: NDArray[np.int64]) -> Iterator[Batch]:
    """Yield every pair once, in batches of about `size` pieces with their padding; what is left over comes last.

    Args:
        epoch: decides the order.
        outputs: sorted ids, of `Packed.outputs`.
    """
    waiting: dict[int, list[int]] = {}
    for i in np.random.default_rng(epoch).permutation(len(packed)).tolist():
        length = -(-(int(packed.starts[i + 1] - packed.starts[i]) - 1) // STEP) * STEP
        rows = waiting.setdefault(length, [])
        rows.append(i)
        if (len(rows) + 1) * length > size:
            yield _batch(packed, rows, length, outputs)
            waiting[length] = []
    left: list[int] = []
    for length, rows in sorted(waiting.items()):
        if left and (len(left) + len(rows)) * length > size:
            yield _batch(packed, left, _longest(packed, left), outputs)
            left = []
        left += rows
    if left:
        yield _batch(packed, left, _longest(packed, left), outputs)


def _longest(packed: Packed, rows: list[int]) -> int:
    return int(max(packed.starts[i + 1] - packed.starts[i] for i in rows)) - 1


def _batch(packed: Packed, rows: list[int], length: int, outputs: NDArray[np.int64]) -> Batch:
    inputs = np.zeros((len(rows), length), dtype=np.int64)
    wanted = np.full((len(rows), length), -1, dtype=np.int64)
    for row, i in enumerate(rows):
        ids, target = packed.pair(i), int(packed.targets[i])
        inputs[row, : len(ids) - 1] = ids[:-1]
        wanted[row, target - 1 : len(ids) - 1] = np.searchsorted(outputs, ids[target:])
    return Batch(inputs, wanted, int(sum(len(packed.pair(i)) for i in rows)))
