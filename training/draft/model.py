"""The draft model in PyTorch, as functions of its weights: Gemma 3 270M its vocabulary cut to two languages.

The weights are a flat table, named as in CTranslate2's model.bin, so that a shipped model can be read, trained further
and written back without a converter. The same code runs on a processor and on a GPU.

Source: Gemma Team, Gemma 3 Technical Report, 2025.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Block = Callable[..., Any]  # `block`, compiled or not
HEADS, HEAD = 4, 256
GLOBAL_EVERY = 6  # every sixth layer sees all positions and turns its keys more slowly
LOCAL, GLOBAL = 1e4, 1e6  # base of the rotation
LONGEST = 512  # pieces; the window of the other layers, so that it never cuts anything off
# In CTranslate2's names. Norms are stored as what is added to one.
LAYER = (
    "self_attention/linear_0/weight",
    "self_attention/linear_1/weight",
    "self_attention/q_norm/gamma",
    "self_attention/k_norm/gamma",
    "ffn/linear_0/weight",
    "ffn/linear_0_noact/weight",
    "ffn/linear_1/weight",
    "input_layer_norm/gamma",
    "post_attention_layer_norm/gamma",
    "pre_feedforward_layer_norm/gamma",
    "post_feedforward_layer_norm/gamma",
)
EMBEDDINGS, LAST = "decoder/embeddings/weight", "decoder/layer_norm/gamma"


@dataclass(frozen=True, slots=True)
class Rotation:
    """Cosines and sines of the positions, LONGEST × HEAD."""

    cos: Tensor
    sin: Tensor


def rotation(base: float, like: Tensor) -> Rotation:
    """Make the table of rotary position embeddings."""
    inverse = 1 / base ** (torch.arange(0, HEAD, 2).float() / HEAD)
    angles = torch.outer(torch.arange(LONGEST).float(), inverse)
    both = torch.cat([angles, angles], -1)
    return Rotation(both.cos().to(like), both.sin().to(like))


def layers(weights: Mapping[str, Tensor]) -> int:
    """Count the layers."""
    return sum(name.endswith(LAYER[0]) for name in weights)


def names(count: int) -> list[str]:
    """Return the names of all weights that are trained, in a fixed order."""
    return [EMBEDDINGS, *(f"decoder/layer_{i}/{part}" for i in range(count) for part in LAYER), LAST]


def norm(x: Tensor, gamma: Tensor) -> Tensor:
    """Divide by the root of the mean square."""
    return F.rms_norm(x, (x.size(-1),), (1 + gamma).to(x.dtype), 1e-6)


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    left, right = x.chunk(2, -1)
    return x * cos + torch.cat([-right, left], -1) * sin


def block(x: Tensor, turn: Rotation, mask: Tensor, parts: Sequence[Tensor]) -> Tensor:
    """Run one layer.

    Args:
        x: sentences × pieces × width.
        turn: cosines and sines of as many pieces.
        mask: pieces × pieces, true where nothing may be seen.
        parts: the layer's weights in the order of LAYER.
    """
    qkv, out, q_norm, k_norm, gate, up, down, n1, n2, n3, n4 = parts
    cos, sin = turn.cos, turn.sin
    count, length, _ = x.shape
    q, k, v = F.linear(norm(x, n1), qkv).split([HEADS * HEAD, HEAD, HEAD], -1)
    q = _rotate(norm(q.view(count, length, HEADS, HEAD), q_norm).transpose(1, 2), cos, sin)
    k = _rotate(norm(k, k_norm), cos, sin)
    # One key head for all queries: two plain products are twice as fast as the fused kernel on a processor.
    scores = torch.bmm(q.reshape(count, HEADS * length, HEAD), k.transpose(1, 2)).view(count, HEADS, length, length)
    shares = torch.softmax((scores.float() / math.sqrt(HEAD)).masked_fill(mask, -1e4), -1).to(v.dtype)
    seen = torch.bmm(shares.view(count, HEADS * length, length), v).view(count, HEADS, length, HEAD)
    x = x + norm(F.linear(seen.transpose(1, 2).reshape(count, length, HEADS * HEAD), out), n2)
    y = norm(x, n3)
    return x + norm(F.linear(F.gelu(F.linear(y, gate), approximate="tanh") * F.linear(y, up), down), n4)


class Model:
    """The forward pass over a table of weights.

    Args:
        weights: by name, all of one dtype and on one device.
        run: `block`, or what `torch.compile` makes of it.
    """

    def __init__(self, weights: Mapping[str, Tensor], run: Block = block) -> None:
        self.weights, self._run, self._layers = weights, run, layers(weights)
        like = weights[EMBEDDINGS]
        self._local, self._global = rotation(LOCAL, like), rotation(GLOBAL, like)

    def hidden(self, ids: Tensor) -> Tensor:
        """Return the last hidden states, sentences × pieces × width."""
        embeddings = self.weights[EMBEDDINGS]
        length = ids.size(1)
        x = F.embedding(ids, embeddings) * math.sqrt(embeddings.size(1))
        mask = torch.ones(length, length, dtype=torch.bool, device=ids.device).triu(1)
        for i in range(self._layers):
            turn = self._global if (i + 1) % GLOBAL_EVERY == 0 else self._local
            parts = [self.weights[f"decoder/layer_{i}/{part}"] for part in LAYER]
            x = self._run(x, Rotation(turn.cos[:length], turn.sin[:length]), mask, parts)
        return norm(x, self.weights[LAST])


def loss_of(hidden: Tensor, table: Tensor, wanted: Tensor) -> Tensor:
    """Return the summed cross entropy of the pieces wanted (-1: none), over the rows of `table` only."""
    return F.cross_entropy((hidden @ table.t()).float(), wanted, ignore_index=-1, reduction="sum")
