"""The draft model that comes with the project: for when no Argos package is installed.

The model travels as a data-only distribution (entry-point group `tolmach.models`) with model.bin in parts, because
code hosts refuse large files. The parts are put together once, in the user's cache folder: loading from there maps
the file (163 MB resident), while loading the joined bytes from memory took 544 MB.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import entry_points, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from translate.engines import seals
from translate.engines.cards import read_card
from translate.engines.choosing import best_of
from translate.engines.decoding import FIRST, RECIPE, Output, Settings, translate_with, workers
from translate.engines.loading import NoPairError
from translate.engines.pieces import scores_of
from translate.engines.protocol import Contrast, Draft, Request, Traits, WordLoss
from translate.engines.scoring import Score, contrast_with
from translate.errors import EngineError
from translate.messages import _

GROUP = "tolmach.models"


@dataclass(frozen=True, slots=True)
class DraftModel:
    """A model as it was shipped.

    Args:
        folder: the data package: model.json, SHA256SUMS, and the files it lists (model.bin in parts).
        card: model.json.
        checksums: file name → SHA-256, hexadecimal.
    """

    folder: Path
    card: dict[str, Any]
    checksums: dict[str, str]

    @property
    def name(self) -> str:
        """Return name, version and the start of the weights' checksum: “en_ru_draft-0.1-5b39f3b6”."""
        return f"{self.card['name']}-{self.card['version']}-{self.checksums['model.bin'][:8]}"


def shipped_models() -> list[DraftModel]:
    """Return the models that installed data packages carry.

    Raises:
        EngineError: a package is damaged.
    """
    found = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        try:
            folder = Path(str(files(point.value)))
        except ModuleNotFoundError:
            continue  # an uninstalled package whose metadata stayed behind
        found.append(read_model(folder))
    return found


def read_model(folder: Path) -> DraftModel:
    """Read the card and the checksums of a data package.

    Raises:
        EngineError: a file is missing or not what it should be.
    """
    try:
        card = read_card(folder / "model.json")
        lines = [line.split() for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines() if line]
        checksums = {name: checksum for checksum, name in lines}
        for key in ("name", "version", "from", "to", "prompt", "end", "tokenizer"):
            card[key]
        checksums["model.bin"]
        return DraftModel(folder, card, checksums)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(
            _("the model package is damaged: {error}").format(error=error), path=folder, hint=_REINSTALL
        ) from error


_REINSTALL = "install the package tolmach-model-en-ru-draft again"


def cache_folder() -> Path:
    """Return where models are put together; $XDG_CACHE_HOME moves it."""
    import platformdirs

    return platformdirs.user_cache_path("tolmach") / "models"


def assembled(model: DraftModel, *, full: bool = False) -> Path:
    """Return the folder with the whole model, putting it together on first use.

    Later loads look at the seal only (see `seals`). Several processes may call this at once: one works, the
    others wait.

    Args:
        model: the shipped model.
        full: compute all checksums again.

    Raises:
        EngineError: no room, no right to write, or parts that do not match SHA256SUMS.
    """
    folder = cache_folder() / model.name
    if _is_whole(folder, model, full=full):
        return folder
    from filelock import FileLock

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / f"{folder.name}.lock"):
            if not _is_whole(folder, model, full=full):
                _assemble(model, folder)
    except OSError as error:
        raise _cannot_write(error, folder.parent) from error
    return folder


def is_copy_damaged(model: DraftModel) -> bool:
    """Tell whether the copy in the cache is not what was put together, every checksum computed again."""
    folder = cache_folder() / model.name
    return folder.exists() and not _is_whole(folder, model, full=True)


def _is_whole(folder: Path, model: DraftModel, *, full: bool) -> bool:
    return seals.sealed(folder) == model.checksums and not seals.broken(folder, full=full)


def _assemble(model: DraftModel, folder: Path) -> None:
    for left in folder.parent.glob(f".{folder.name}.*"):  # by a killed run: we hold the lock
        shutil.rmtree(left, ignore_errors=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, checksum in model.checksums.items():
            _copy(model, name, temporary / name, checksum)
        seals.seal(temporary, model.checksums)
        if folder.exists():
            shutil.rmtree(folder)
        temporary.rename(folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _copy(model: DraftModel, name: str, target: Path, checksum: str) -> None:
    made = hashlib.sha256()
    with target.open("wb") as file:
        for block in seals.blocks(parts(model, name)):
            made.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if made.hexdigest() != checksum:
        raise EngineError(_("{name} does not match SHA256SUMS").format(name=name), path=model.folder, hint=_REINSTALL)


def verify(model: DraftModel) -> list[str]:
    """Return what is wrong with a shipped model's files, as “name: what is wrong”."""
    faults = []
    for name, checksum in model.checksums.items():
        try:
            if seals.digest(parts(model, name)) != checksum:
                faults.append(f"{name}: the checksum differs")
        except (OSError, EngineError) as error:
            faults.append(f"{name}: {error}")
    return faults


def parts(model: DraftModel, name: str) -> list[Path]:
    """Return the parts of a shipped file in order: the file itself, or name.part00, name.part01, …"""
    whole = model.folder / name
    found = [whole] if whole.is_file() else sorted(model.folder.glob(f"{name}.part[0-9]*"))
    if not found:
        raise EngineError(_("{name} is missing").format(name=name), path=model.folder, hint=_REINSTALL)
    return found


def _cannot_write(error: OSError, folder: Path) -> EngineError:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    what = (
        _("no room to put the draft model together (140 MB)")
        if full
        else _("cannot write: {what}").format(what=error.strerror or error)
    )
    return EngineError(what, path=folder, hint=_("free some room there, or set XDG_CACHE_HOME to a folder with room"))


class DraftEngine:
    """A CTranslate2 generator that continues an English sentence with its Russian."""

    name = "draft"
    traits = Traits(
        is_draft=True,
        passes=("hinted", "free", "contrasted", "stand-ins", "other stand-ins"),
        uses_hints=True,
        scores=True,
        side_by_side=True,
    )

    def __init__(self, model: DraftModel) -> None:
        self.signature = f"draft:{model.name} beam={FIRST.beam} recipe={RECIPE} ctranslate2={version('ctranslate2')}"
        self.traits = replace(self.traits, rare=int(model.card.get("rare", 0)))
        self._decoder = _GeneratorDecoder(model, assembled(model))
        if self._decoder.coverage:
            self.signature += f" coverage={self._decoder.coverage:g}"

    @classmethod
    def load(cls, source: str, target: str) -> DraftEngine:
        """Load the shipped model for a language pair."""
        for model in shipped_models():
            if (model.card["from"], model.card["to"]) == (source, target):
                return cls(model)
        raise NoPairError(source, target, hint=_("install the package tolmach-model-en-ru-draft, or an Argos package"))

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Translate n sentences; the n drafts come in the same order. There is no alignment."""
        return translate_with(self._decoder, requests, self.signature)

    def contrast(self, asked: list[Contrast], least: float) -> list[tuple[WordLoss, ...]]:
        """Tell for n translations how much less likely each word is with a term exchanged in the source.

        A text is scored in a tenth to a sixth of the time that it takes to be translated.
        """
        return contrast_with(self._decoder.score, asked, least)


class _GeneratorDecoder:
    LONGEST = 400  # pieces to score at once: every one has 48,500 scores, 0.2 MB
    TOGETHER = 8  # prompts in a batch
    BATCH = 640  # source pieces: 16 usual sentences; 6 of the longest take 0.3 GB a worker in keys and values

    def __init__(self, model: DraftModel, folder: Path) -> None:
        import ctranslate2
        import sentencepiece

        card = model.card
        self.limit = int(card["max_source_pieces"])
        self.target = str(card["to"])
        self._most = int(card["max_target_pieces"])
        self._before, self._after = _around_source(card["prompt"])
        self._end = str(card["end"])
        self.coverage = float(card.get("coverage", 0))  # the weight in `choosing.best_of`
        try:
            self._pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / card["tokenizer"]))
            self._generator = ctranslate2.Generator(
                str(folder), compute_type="int8", inter_threads=workers(), intra_threads=1
            )
        except (RuntimeError, OSError, ValueError) as error:
            raise EngineError(
                _("the draft model does not load: {error}").format(error=error),
                path=folder,
                hint="tolmach models verify",
            ) from error

    def count(self, text: str) -> int:
        return len(self._pieces.encode(" ".join(text.split())))

    def decode(self, texts: list[str], settings: Settings) -> list[Output]:
        prompts = [self._prompt(text) for text in texts]
        outputs: list[Output] = [Output("")] * len(texts)
        # every worker needs two batches, lest one of them idles at the end; of a few sentences one will do (eight to a
        # batch where a chunk beside it has the other core took 13.9 s for the sample where four took 12.6)
        share = len(texts) // workers()
        together = max(1, min(self.TOGETHER, max(share // 2, min(share, 4))))
        groups = list(_near_lengths(prompts, self.BATCH, together))
        running = [self._start([prompts[i] for i in group], settings) for group in groups]
        for group, pending in zip(groups, running, strict=True):
            for i, one in zip(group, pending, strict=True):
                result = one.result()
                made = map(self._output, result.sequences_ids, result.sequences, result.scores)
                outputs[i] = best_of(list(made), texts[i], self.coverage)
        return outputs

    def _start(self, prompts: list[list[str]], settings: Settings) -> Sequence[Any]:
        """Queue a batch for the next worker that is free."""
        started: Sequence[Any] = self._generator.generate_batch(
            prompts,
            asynchronous=True,
            include_prompt_in_result=False,
            end_token=self._end,
            return_end_token=True,
            return_scores=True,
            max_length=min(self._most, 3 * len(prompts[0]) + 20),
            beam_size=settings.beam,
            num_hypotheses=settings.beam if self.coverage else 1,
            repetition_penalty=settings.repetition_penalty,
            no_repeat_ngram_size=settings.no_repeat,
        )
        return started

    def score(self, source: str, target: str) -> Callable[[], list[Score]]:
        """Begin to score a target as a translation of its source; a sentence that is too long has no scores."""
        made = self._pieces.encode(target, out_type=str)
        pieces = [*self._prompt(source), *made, self._end]
        if len(pieces) > self.LONGEST:
            return list
        (pending,) = self._generator.score_batch([pieces], asynchronous=True)
        return scores_of(pending, made, target)

    def _prompt(self, text: str) -> list[str]:
        return [*self._before, *self._pieces.encode(" ".join(text.split()), out_type=str), *self._after]

    def _output(self, ids: list[int], pieces: list[str], score: float) -> Output:
        whole = pieces[-1:] == [self._end]
        spoken = [i for i in ids if i > 3]  # 0–3 are <pad> <eos> <bos> <unk>
        text = " ".join(self._pieces.decode(spoken).split())
        return Output(text, score=score, whole=whole)


NEAR = 4  # pieces


def _around_source(prompt: list[str]) -> tuple[list[str], list[str]]:
    at = prompt.index("{source pieces}")
    return prompt[:at], prompt[at + 1 :]


def _near_lengths(prompts: Sequence[Sequence[object]], most: int, together: int) -> Iterator[list[int]]:
    """Yield indices of prompts that are decoded together, longest first.

    A step of the search costs 18 ms and 3 ms more for each hypothesis (two cores, AVX-512), so four sentences side by
    side take little more than half of their time one by one. CTranslate2 reads the prompts of a batch at once as far
    as the shortest goes and forces the rest of the longer ones through the search step by step, whose int8 rounding is
    not that of a prompt read at once: a word may come out otherwise, neither better nor worse (32 sentences of NTREX,
    8 in a batch: 15 the same, chrF 44.51 against 44.49). Few steps are forced where lengths are near.

    Args:
        prompts: n lists of pieces.
        most: pieces in a batch.
        together: prompts in a batch.
    """
    group: list[int] = []
    for i in sorted(range(len(prompts)), key=lambda i: -len(prompts[i])):
        longest = len(prompts[group[0]]) if group else 0
        full = len(group) >= together or longest * (len(group) + 1) > most
        if group and (full or longest - len(prompts[i]) > max(NEAR, longest // 4)):
            yield group
            group = []
        group.append(i)
    if group:
        yield group
