"""What kind of model a folder holds, told by its files; and which of the files it needs.

A converter writes model.bin, config.json and one or two vocabularies; the tokenizers are copied beside them by the user
(`--copy_files`), under the names that the models' makers gave them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from translate.errors import EngineError
from translate.messages import _

Kind = Literal["marian", "many"]
SOURCE, TARGET = "source.spm", "target.spm"
# NLLB and M2M as Hugging Face has them, then as fairseq names the same files
_JOINT = (
    "sentencepiece.bpe.model", "spm.128k.model", "spm.model", "sentencepiece.model",
    "flores200_sacrebleu_tokenizer_spm.model",
)  # fmt: skip
_ALSO = ("tokenizer_config.json", "generation_config.json", "README.md", "LICENSE", "LICENSE.txt", "COPYING")
_MOST_JSON = 64 << 20  # bytes; NLLB's vocabulary of 256,000 pieces is 5 MB


@dataclass(frozen=True, slots=True)
class Recognised:
    """A converted model.

    Args:
        folder: holds the files.
        kind: "marian" has a tokenizer for each side, "many" one for all languages.
        tokenizers: of source and target, names of files; one and the same for "many".
        vocabularies: of source and target, likewise.
    """

    folder: Path
    kind: Kind
    tokenizers: tuple[str, str]
    vocabularies: tuple[str, str]

    @property
    def files(self) -> tuple[str, ...]:
        """Return the names of the files to keep, licence and model card among them."""
        needed = ("model.bin", "config.json", *self.tokenizers, *self.vocabularies)
        also = [name for name in _ALSO if (self.folder / name).is_file()]
        return tuple(dict.fromkeys((*needed, *also)))

    @property
    def vocabulary(self) -> list[str]:
        """Return the pieces of the source; language tokens are among them.

        Raises:
            EngineError: the file is damaged.
        """
        path = self.folder / self.vocabularies[0]
        found = read_json(path) if path.suffix == ".json" else _lines(path)
        if not isinstance(found, list) or not all(isinstance(piece, str) for piece in found):
            raise EngineError(_("not a list of pieces"), path=path)
        return found

    @property
    def ends_source(self) -> bool:
        """Tell whether CTranslate2 puts the end mark behind a source itself: so for models of the Marian converter."""
        config = read_json(self.folder / "config.json")
        return isinstance(config, dict) and config.get("add_source_eos") is True


def recognise(folder: Path) -> Recognised:
    """Recognise a converted model by its files.

    Raises:
        EngineError: none; what is missing, and how to get it.
    """
    there = {path.name for path in folder.iterdir() if path.is_file()}
    if "model.bin" not in there:
        raise _unconverted(folder, there)
    config = read_json(folder / "config.json") if "config.json" in there else None
    if not isinstance(config, dict) or "architectures" in config or "model_type" in config:
        why = _("config.json is not CTranslate2's") if config is not None else _("no config.json")
        raise EngineError(_("not a converted model: {why}").format(why=why), path=folder, hint=_CONVERT)
    vocabularies = _vocabularies(there)
    if not vocabularies:
        missing = "no shared_vocabulary.json, and no source_vocabulary.json and target_vocabulary.json"
        raise EngineError(_("not a translation model: {missing}").format(missing=missing), path=folder, hint=_CONVERT)
    if {SOURCE, TARGET} <= there:
        return Recognised(folder, "marian", (SOURCE, TARGET), vocabularies)
    joint = next((name for name in _JOINT if name in there), "")
    if not joint:
        hint = _(
            "copy {source} and {target} (OPUS-MT) or {joint} (NLLB, M2M) of the original model beside model.bin"
        ).format(source=SOURCE, target=TARGET, joint=_JOINT[0])
        raise EngineError(_("the tokenizer is missing"), path=folder, hint=hint)
    return Recognised(folder, "many", (joint, joint), vocabularies)


def read_json(path: Path) -> Any:
    """Read a file of a model.

    Raises:
        EngineError: unreadable, or far too big.
    """
    try:
        if path.stat().st_size > _MOST_JSON:
            raise EngineError(_("more than {most} MB").format(most=_MOST_JSON >> 20), path=path)
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise EngineError(_("cannot be read: {error}").format(error=error), path=path) from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise EngineError(_("cannot be read: {error}").format(error=error), path=path) from error


def _vocabularies(there: set[str]) -> tuple[str, str] | None:
    for ending in (".json", ".txt"):
        shared, source, target = (f"{which}_vocabulary{ending}" for which in ("shared", "source", "target"))
        if shared in there:
            return shared, shared
        if {source, target} <= there:
            return source, target
    return None


_CONVERT = "ct2-transformers-converter --model MODEL --output_dir FOLDER --copy_files … (docs/engines.md)"


def _unconverted(folder: Path, there: set[str]) -> EngineError:
    if "decoder.yml" in there:
        hint = f"ct2-opus-mt-converter --model_dir {folder.name} --output_dir FOLDER --quantization int8"
        return EngineError(_("this is Marian's own model, not converted yet"), path=folder, hint=hint)
    if there & {"pytorch_model.bin", "model.safetensors", "tf_model.h5"}:
        return EngineError(_("this is Transformers' own model, not converted yet"), path=folder, hint=_CONVERT)
    if "metadata.json" in there:
        hint = _("give its .argosmodel file, or copy the folder to where `tolmach models where` says")
        return EngineError(_("this is an unpacked Argos package"), path=folder, hint=hint)
    return EngineError(_("no translation model: there is no model.bin"), path=folder, hint=_CONVERT)
