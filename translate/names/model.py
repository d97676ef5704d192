"""The joint n-gram model over letter pieces, as a file and in memory. `training/names.py` makes it."""

from __future__ import annotations

import bisect
import functools
import json
import struct
import zlib
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate import trained

MODEL = trained.path("names.model")
ORDER = 6
_MULTIPLIER = 0x9E3779B1
_MASK = 0xFFFFFFFF
UNSEEN = -16.0  # log-probability of a unit the model never saw

Key = int
Pieces = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NGrams:
    """A back-off n-gram model over letter pieces, keyed by 32-bit hashes of the pieces' numbers.

    Args:
        probability: hash of an n-gram → natural log-probability.
        back_off: hash of a context → natural log back-off weight.
    """

    probability: Mapping[Key, float]
    back_off: Mapping[Key, float]

    def extend(self, context: tuple[Key, ...], unit: int) -> tuple[float, tuple[Key, ...]]:
        """Return the log-probability of `unit` after `context` and the context that follows.

        Args:
            context: hashes of the last 0, 1, … ORDER-1 units, the empty one first.
            unit: number of the piece.
        """
        keys = [next_key(key, unit) for key in context]
        weight, result = 0.0, UNSEEN
        for key, hashed in zip(reversed(context), reversed(keys), strict=True):
            found = self.probability.get(hashed)
            if found is not None:
                result = found
                break
            weight += self.back_off.get(key, 0.0)
        return weight + result, (EMPTY, *keys[: ORDER - 1])


EMPTY: Key = 1


def next_key(key: Key, unit: int) -> Key:
    """Return the hash of an n-gram that `unit` makes one longer."""
    return (key * _MULTIPLIER + unit + 1) & _MASK


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that `training/names.py` learned.

    Args:
        pieces: the (Latin, Russian) pieces; their index is their number; the last two are start and end.
        by_latin: Latin piece → the numbers of its pieces, most frequent first.
        ngrams: "russian" (Slavic and post-Soviet names and places), "world" (the rest), "place", "central-asian".
        known: hash of a Russian name word → log(1 + how often the training names have it).
        dictionary: hashes of the nominatives that the OpenCorpora dictionary has as names, places and adjectives.
        attested: hash of a Latin word → hash of the Russian word it had most often.
        weights: what is known of the name ("", "person", "place", "central-asian") → feature weights.
    """

    pieces: Sequence[Pieces]
    by_latin: Mapping[str, Sequence[int]]
    ngrams: Mapping[str, NGrams]
    known: Mapping[int, float]
    dictionary: Collection[int]
    attested: Mapping[int, float]
    weights: Mapping[str, Sequence[float]]


class _Sorted(Mapping[int, float]):
    """Sorted hashes with a value each, looked up by bisection: 400,000 of them cost nothing to load."""

    def __init__(self, keys: Sequence[int], values: Sequence[float]) -> None:
        self._keys = keys
        self._values = values

    def __getitem__(self, key: int) -> float:
        at = bisect.bisect_left(self._keys, key)
        if at < len(self._keys) and self._keys[at] == key:
            return self._values[at]
        raise KeyError(key)

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def word_hash(word: str) -> int:
    """Return the 32-bit hash under which the model keeps a word."""
    return zlib.crc32(word.replace("ё", "е").encode())


_QUANT = 12.0  # steps of log-probability a byte holds: 1/12 nat, up to 21 nats


def save_model(path: Path, model: Model) -> None:
    """Write the model file: a JSON line with the small parts, then arrays of hashes and bytes, all deflated."""
    head = {
        "pieces": list(model.pieces),
        "by_latin": {k: list(v) for k, v in model.by_latin.items()},
        "weights": {k: [round(x, 4) for x in v] for k, v in model.weights.items()},
        "arrays": [],
    }
    tables: list[tuple[str, Mapping[int, float]]] = []
    for name, ngrams in sorted(model.ngrams.items()):
        tables += [(f"{name}.probability", ngrams.probability), (f"{name}.back_off", ngrams.back_off)]
    tables.append(("known", model.known))
    body = b""
    for name, table in tables:
        keys = sorted(table)
        quantised = bytes(min(255, round(abs(table[k]) * _QUANT)) for k in keys)
        head["arrays"].append([name, len(keys)])  # type: ignore[attr-defined]
        body += array("I", keys).tobytes() + quantised
    for name, words in (("dictionary", sorted(model.dictionary)), ("attested", sorted(model.attested))):
        head["arrays"].append([name, len(words)])  # type: ignore[attr-defined]
        body += array("I", words).tobytes()
    body += array("I", [int(model.attested[k]) for k in sorted(model.attested)]).tobytes()
    raw = json.dumps(head, ensure_ascii=False).encode()
    path.write_bytes(struct.pack("<I", len(raw)) + raw + body)


@functools.lru_cache(maxsize=1)
def load_model(path: Path = MODEL) -> Model:
    """Read the model file (about 4 MB) once."""
    data = path.read_bytes()
    (size,) = struct.unpack_from("<I", data)
    head = json.loads(data[4 : 4 + size])
    at, tables = 4 + size, {}
    levels = [-b / _QUANT for b in range(256)]
    for name, n in head["arrays"]:
        keys = array("I", data[at : at + 4 * n])
        at += 4 * n
        if name == "attested":
            attested = _Sorted(keys, array("I", data[at : at + 4 * n]))
            at += 4 * n
        elif name == "dictionary":
            dictionary = _Sorted(keys, keys)
        elif name == "known":
            known = _Sorted(keys, [levels[b] for b in data[at : at + n]])
            at += n
        else:
            tables[name] = dict(zip(keys, map(levels.__getitem__, data[at : at + n]), strict=True))
            at += n
    names = {name.split(".")[0] for name, _n in head["arrays"] if "." in name}
    return Model(
        pieces=[(a, b) for a, b in head["pieces"]],
        by_latin=head["by_latin"],
        ngrams={n: NGrams(tables[f"{n}.probability"], tables[f"{n}.back_off"]) for n in names},
        known=known,
        dictionary=dictionary,
        attested=attested,
        weights=head["weights"],
    )
