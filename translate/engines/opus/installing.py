"""A converted model, folder or archive, taken in without trust: the files it needs alone, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from translate.engines import seals, shelf
from translate.engines.opus.engine import load_decoder
from translate.engines.opus.languages import is_group, language_of, tokens
from translate.engines.opus.models import Model, model_folder, read_model, write_card
from translate.engines.opus.recognising import Recognised, read_json, recognise
from translate.engines.unpacking import Progress, unpack
from translate.errors import EngineError
from translate.messages import _

MOST_BYTES = 16 << 30  # NLLB of 3.3 billion weights, not quantised, is 13 GB
_ENDING = regex.compile(r"\.(zip|tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz))$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of a model.

    Args:
        name: to install it under; "" for that of the folder or archive.
        sources, targets: languages it translates from and to; () for what its files say.
    """

    name: str = ""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


_NOTHING = Asked()


def install(path: Path, asked: Asked = _NOTHING, progress: Progress = lambda size: None) -> Model:
    """Install a converted model; one of the same name and languages is replaced.

    Args:
        path: the folder a converter wrote, with the tokenizers in it, or an archive of one.
        asked: what the user says of it.
        progress: called with the number of bytes of each piece written.

    Raises:
        EngineError: not such a model, or languages unknown; an unsafe archive; no room; another model has the name.
            Nothing is left behind, and what was installed stays.
    """
    where = model_folder()
    name = _name(asked.name or _ENDING.sub("", path.resolve().name))
    try:
        where.mkdir(parents=True, exist_ok=True)
        with shelf.workshop(where) as bench:
            try:
                _make(path, bench, where / name, asked, progress)
            except EngineError as error:
                if error.path and bench in Path(error.path).parents:
                    error.path = path  # what was unpacked is gone when the message is read
                raise
            shelf.put(bench / "new", where / name)
    except OSError as error:
        gone = shelf.BENCH in str(error.filename)
        place = where if gone or not error.filename else error.filename
        raise EngineError(_("cannot install: {what}").format(what=error.strerror or error), path=place) from error
    return read_model(where / name)


def _make(path: Path, bench: Path, place: Path, asked: Asked, progress: Progress) -> None:
    """Make in `bench`/new what is to stand at a place."""
    found = recognise(_opened(path, bench / "raw", progress))
    sides = _directions(found, place.name, asked)
    made = bench / "new"
    made.mkdir()
    _take(found, made, progress, moved=path.is_file())
    write_card(made, sides.sources, sides.targets)
    _refuse_another(sides, place, path)
    _refuse_unusable(Model(made, sides.sources, sides.targets))
    seals.seal(made, shelf.checksums(made))


def _refuse_unusable(model: Model) -> None:
    """Load a model once: what CTranslate2 or SentencePiece will not read is refused here."""
    load_decoder(model, next(iter(model.sources)), next(iter(model.targets)))


def _name(wanted: str) -> str:
    name = regex.sub(r"[^\w.+-]+", "-", wanted).strip(".-")[:100]
    if not name:
        raise EngineError(_("{wanted!r} is no name for a model").format(wanted=wanted), hint="--name opus-mt-en-ru")
    return name


def _opened(path: Path, bench: Path, progress: Progress) -> Path:
    """Return the folder that holds the model: the path itself, or what an archive has in it."""
    if path.is_dir():
        return path
    unpack(path, bench, progress, most=MOST_BYTES)
    inside = list(bench.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else bench


def _take(found: Recognised, made: Path, progress: Progress, *, moved: bool) -> None:
    """Copy a model's files, or move those that have been unpacked."""
    for name in found.files:
        if moved:
            (found.folder / name).rename(made / name)
            continue
        with (made / name).open("xb") as target:
            for block in seals.blocks([found.folder / name]):
                target.write(block)
                progress(len(block))
            target.flush()
            os.fsync(target.fileno())


# Which languages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sides:
    """The languages a model translates from and to, each with the piece that names it."""

    sources: Mapping[str, str]
    targets: Mapping[str, str]


def _directions(found: Recognised, name: str, asked: Asked) -> _Sides:
    """Tell which languages a model translates: what the user says, else its vocabulary, tokenizer_config.json, name."""
    named = tokens(found.vocabulary)
    froms, tos = _codes(asked.sources), _codes(asked.targets)
    if found.kind == "many":
        if not named:
            raise EngineError(_("its vocabulary names no languages, as NLLB’s and M2M’s do"), path=found.folder)
        return _Sides(_picked(named, froms, found.folder), _picked(named, tos, found.folder))
    said = _said(found, name)
    if not froms and (not said.source or is_group(said.source)):
        raise _unknown("from", said.source, found.folder, {})
    sources = dict.fromkeys(froms or (language_of(said.source),), "")
    if tos and named:
        return _Sides(sources, _picked(named, tos, found.folder))
    if tos or (said.target and not is_group(said.target)):
        wanted = tos or (language_of(said.target),)
        return _Sides(sources, {code: named.get(code, "") for code in wanted})
    if not named:
        raise _unknown("to", said.target, found.folder, sources)
    return _Sides(sources, named)


def _codes(said: Sequence[str]) -> tuple[str, ...]:
    for code in said:
        if not language_of(code):
            raise EngineError(_("{code!r} is no language code").format(code=code), hint="ISO 639: en, ru, ky, kk, uk …")
    return tuple(map(language_of, said))


def _picked(named: Mapping[str, str], wanted: Sequence[str], folder: Path) -> Mapping[str, str]:
    for code in wanted:
        if code not in named:
            known = ", ".join(list(named)[:40]) + (" …" if len(named) > 40 else "")
            raise EngineError(
                _("its vocabulary has no piece for {code}: it has {known}").format(code=code, known=known), path=folder
            )
    return {code: named[code] for code in wanted} if wanted else named


@dataclass(frozen=True, slots=True)
class _Said:
    """The languages that tokenizer_config.json or a name says, as it says them; "" for unknown."""

    source: str = ""
    target: str = ""


# opus-mt-en-ru, opus-mt-tc-big-en-zle, opus-2021-02-22-eng-rus; codes of two or three letters, or a group in capitals
_CODE = r"([a-z]{2,3}|[A-Z_]{4,})"
_PAIR = regex.compile(rf"opus[\w+.-]*?[-_]{_CODE}-{_CODE}(?:[-_.](?:ct2|ctranslate2|int8).*)?")


def _said(found: Recognised, name: str) -> _Said:
    if "tokenizer_config.json" in found.files:
        config = read_json(found.folder / "tokenizer_config.json")
        pair = [str(config.get(key, "")) for key in ("source_lang", "target_lang")] if isinstance(config, dict) else []
        if pair and all(language_of(code) or is_group(code) for code in pair):
            return _Said(*pair)
    match = _PAIR.fullmatch(name)
    codes = match.groups() if match else ("", "")
    return _Said(*(code if language_of(code) or is_group(code) else "" for code in codes))


def _unknown(which: str, said: str, folder: Path, sources: Mapping[str, str]) -> EngineError:
    known = next(iter(sources), "en")
    why = _("{said} is a group of languages").format(said=said) if said else _("its files do not say")
    hint = _("say it: --from {known} --to ru").format(known=known)
    return EngineError(
        _("it is not known which language it translates {which}: {why}").format(which=which, why=why),
        path=folder,
        hint=hint,
    )


def _refuse_another(sides: _Sides, place: Path, path: Path) -> None:
    there = read_model(place) if place.exists() else None
    if there and not there.fault and (there.sources, there.targets) != (sides.sources, sides.targets):
        raise EngineError(
            _("{name} is installed already and translates {source}→{target}").format(
                name=place.name, source=there.source, target=there.target
            ),
            path=path,
            hint=_("--name another, or tolmach models remove {name}").format(name=place.name),
        )
