"""The draft model: put together whole or not at all, and what it translates."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import regex

from translate.engines import Contrast, Engine, Request, contrast, draft, seals
from translate.engines.decoding import Output, Settings
from translate.engines.draft import DraftModel, assembled, cache_folder, read_model
from translate.errors import EngineError
from translate.spans import Span


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "tolmach" / "models"


@pytest.fixture
def model(tmp_path: Path) -> DraftModel:
    """A data package of the right shape with a model.bin of three parts, and nothing in it to run."""
    folder = tmp_path / "package"
    folder.mkdir()
    weights = b"abcdefghij" * 1000
    files = {"model.bin": weights, "config.json": b"{}", "vocabulary.json": b"[]", "sentencepiece.model": b"pieces"}
    for n in range(3):
        (folder / f"model.bin.part{n:02}").write_bytes(weights[n * 4000 : (n + 1) * 4000])
    for name in ("config.json", "vocabulary.json", "sentencepiece.model"):
        (folder / name).write_bytes(files[name])
    sums = "".join(f"{hashlib.sha256(raw).hexdigest()}  {name}\n" for name, raw in files.items())
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    card = {
        "name": "tiny", "version": "1", "from": "en", "to": "ru", "prompt": ["{source pieces}"], "end": "</s>",
        "tokenizer": "sentencepiece.model", "max_source_pieces": 100, "max_target_pieces": 200,
    }  # fmt: skip
    (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
    return read_model(folder)


def test_parts_are_put_together_once(model: DraftModel, cache: Path) -> None:
    folder = assembled(model)
    assert folder == cache / model.name
    assert (folder / "model.bin").read_bytes() == b"abcdefghij" * 1000
    before = (folder / "model.bin").stat().st_mtime_ns
    assert assembled(model) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == before
    assert not [p for p in cache.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("harm", ["truncate", "remove", "no seal", "bad seal", "touch"])
def test_a_damaged_copy_is_put_together_again(model: DraftModel, cache: Path, harm: str) -> None:
    weights = assembled(model) / "model.bin"
    if harm == "truncate":
        weights.write_bytes(weights.read_bytes()[:-1])
    elif harm == "remove":
        weights.unlink()
    elif harm == "touch":
        os.utime(weights, ns=(1, 1))
    else:
        seal = weights.with_name(seals.NAME)
        seal.write_text('{"model.bin": 7}', encoding="utf-8") if harm == "bad seal" else seal.unlink()
    assert (assembled(model) / "model.bin").read_bytes() == b"abcdefghij" * 1000


def test_bits_that_rot_under_an_old_date_are_found_by_a_full_check(model: DraftModel, cache: Path) -> None:
    weights = assembled(model) / "model.bin"
    state = weights.stat()
    weights.write_bytes(b"X" + weights.read_bytes()[1:])
    os.utime(weights, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (assembled(model) / "model.bin").read_bytes()[:1] == b"X"
    assert (assembled(model, full=True) / "model.bin").read_bytes()[:1] == b"a"


def test_a_killed_run_leaves_nothing_that_counts(model: DraftModel, cache: Path) -> None:
    (cache / f".{model.name}.left").mkdir(parents=True)
    (cache / model.name).mkdir()
    (cache / model.name / "model.bin").write_bytes(b"half")
    assert (assembled(model) / "model.bin").stat().st_size == 10_000
    assert not (cache / f".{model.name}.left").exists()


def test_parts_that_do_not_match_are_refused(model: DraftModel, cache: Path) -> None:
    (model.folder / "model.bin.part01").write_bytes(b"x" * 4000)
    assert draft.verify(model) == ["model.bin: the checksum differs"]
    with pytest.raises(EngineError, match="does not match SHA256SUMS") as caught:
        assembled(model)
    assert caught.value.hint
    assert [p.name for p in cache.iterdir() if p.is_dir()] == []


def test_a_missing_part_is_refused(model: DraftModel, cache: Path) -> None:
    for part in model.folder.glob("model.bin.part*"):
        part.unlink()
    with pytest.raises(EngineError, match=r"model\.bin is missing"):
        assembled(model)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_no_room_and_no_right_say_so(
    model: DraftModel, cache: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EngineError, match="no room" if number == errno.ENOSPC else "cannot write") as caught:
        assembled(model)
    assert "XDG_CACHE_HOME" in caught.value.hint
    assert [p.name for p in cache.iterdir() if p.is_dir()] == []


@pytest.mark.parametrize(("name", "content"), [("model.json", "{"), ("model.json", "[]"), ("SHA256SUMS", "abc")])
def test_a_broken_data_package_is_an_error_with_a_hint(model: DraftModel, name: str, content: str) -> None:
    (model.folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(EngineError, match="damaged") as caught:
        read_model(model.folder)
    assert caught.value.hint


def test_processes_that_start_together_share_one_copy(model: DraftModel, cache: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom translate.engines.draft import assembled, read_model\n"
        "print((assembled(read_model(Path(sys.argv[1]))) / 'model.bin').stat().st_size)"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(model.folder)], stdout=subprocess.PIPE, text=True)
        for _run in range(4)
    ]
    assert [run.communicate()[0].strip() for run in runs] == ["10000"] * 4
    assert sorted(p.name for p in cache.iterdir()) == sorted([model.name, f"{model.name}.lock"])


# --- the model itself ---------------------------------------------------------------------------------------------


def test_translates_into_russian(draft_engine: Engine) -> None:
    texts = [
        "The court sentenced him to 12 years in prison.",
        " The president met the leader of the opposition in Bishkek on Thursday.",
        "2017",
    ]
    together = draft_engine.translate([Request(text) for text in texts])
    assert "12 " in together[0].text
    assert regex.search("пригов[оа]р|осу[дж]", together[0].text.lower())  # the word is the processor's choice too
    assert together[1].text.startswith(" ")
    assert "Бишкек" in together[1].text
    assert together[2].text == "2017"
    assert all(d.score is not None and d.score <= 0 and not d.problems for d in together)
    assert [d.alignment for d in together[:2]] == [None, None]
    assert draft_engine.traits.is_draft
    assert f"draft:{draft.shipped_models()[0].name} " in together[0].signature


def test_a_card_may_have_the_beam_chosen_from_by_coverage(
    draft_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, str, float]] = []

    def last(hypotheses: Sequence[Output], source: str, weight: float) -> Output:
        asked.append((len(hypotheses), source, weight))
        return hypotheses[-1]

    monkeypatch.setattr(draft, "best_of", last)
    decoder = draft_engine._decoder  # type: ignore[attr-defined]
    text = "The dam is old."
    (first,) = decoder.decode([text], Settings())
    monkeypatch.setattr(decoder, "coverage", 1.0)
    (other,) = decoder.decode([text], Settings())
    assert asked == [(1, text, 0.0), (Settings().beam, text, 1.0)]
    assert other.text != first.text


def test_scores_tell_which_word_is_owed_to_a_name(draft_engine: Engine) -> None:
    target = "Президент Чили прибыл в Бишкек в четверг."
    where = {word: Span(target.index(word), target.index(word) + len(word)) for word in ("Чили", "Бишкек")}
    asked = [
        Contrast("The president of Chile arrived in Bishkek on Thursday.", other, target, (where[word],))
        for other, word in (
            ("The president of Spain arrived in Bishkek on Thursday.", "Чили"),
            ("The president of Chile arrived in London on Thursday.", "Бишкек"),
        )
    ]
    told = contrast(draft_engine, asked, 5.0)
    for losses, word in zip(told, ("Чили", "Бишкек"), strict=True):
        assert [loss.span.of(target) for loss in losses] == target[: where["Бишкек"].stop].split()
        by_word = {loss.span.of(target): loss.nats for loss in losses}
        most = max(by_word, key=lambda w: by_word[w])
        assert most == word
        assert by_word[most] > 5


def test_an_endless_sentence_is_not_scored(draft_engine: Engine) -> None:
    source, target = "the dam in Chile and " * 2_000, "плотина в Чили и " * 2_000
    whole, short = (Span(0, len(target)), Span(10, 14))
    asked = [Contrast(source, "Spain " + source, target, (whole,)), Contrast("Chile", source, target, (short,))]
    assert [sum(loss.nats for loss in told) for told in contrast(draft_engine, asked, 5.0)] == [0, 0]


def test_the_shipped_copy_is_where_the_seal_says(draft_engine: Engine) -> None:
    [model] = draft.shipped_models()
    assert seals.broken(cache_folder() / model.name) == []
    assert {"GEMMA_TERMS.txt", "NOTICE"} <= {p.name for p in model.folder.iterdir()}


def test_a_model_that_does_not_load_says_so(model: DraftModel, cache: Path) -> None:
    with pytest.raises(EngineError, match="does not load") as caught:
        draft.DraftEngine(model)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("lengths", "most", "together", "wanted"),
    [
        ([5, 6, 7], 100, 8, [[2, 1, 0]]),  # near: a quarter shorter, or four pieces
        ([5, 6, 7], 100, 2, [[2, 1], [0]]),
        ([5, 6, 7], 12, 8, [[2], [1, 0]]),  # 14 pieces are too many
        ([40, 5, 31, 29], 1000, 8, [[0, 2], [3], [1]]),
        ([], 100, 8, []),
    ],
)
def test_prompts_of_near_lengths_are_decoded_together(
    lengths: list[int], most: int, together: int, wanted: list[list[int]]
) -> None:
    assert list(draft._near_lengths([[0] * n for n in lengths], most, together)) == wanted


def test_shutil_is_not_asked_to_remove_what_others_read(model: DraftModel, cache: Path) -> None:
    """A second tolmach version with other weights has another folder: neither takes the other's away."""
    first = assembled(model)
    other = shutil.copytree(model.folder, model.folder.with_name("other"))
    card = {**model.card, "version": "2"}
    (other / "model.json").write_text(json.dumps(card), encoding="utf-8")
    second = assembled(read_model(other))
    assert first != second
    assert (first / "model.bin").exists()
