"""How the draft engine's weights are made: the parts that need no PyTorch, and the trainer where there is one."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.draft import exporting, packing, weights
from training.draft.cleaning import HeldOut, fault, written
from training.draft.hints import Hinter
from training.draft.nations import adjectives
from training.draft.packing import Packed
from training.draft.pairs import Aligned, Edit, Pair, edited
from training.draft.region import Exchange
from training.draft.sources import DataError, read, root
from translate.glossary import Glossary, Term
from translate.spans import Span

GLOSSARY = Path(__file__).parents[1] / "glossaries/central-asia"
WORDS = {"dam": ["плотина"], "old": ["старый"], "president": ["президент"], "letter": ["письмо"]}


def pair(english: str, russian: str) -> Pair:
    return Pair(english, russian, "news")


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    terms = Glossary.load([GLOSSARY / "people.en-ru.tsv", GLOSSARY / "places.en-ru.tsv"]).terms
    world = [Term("Moscow", "Москва", "place"), Term("Berlin", "Берлин", "place")]
    return Exchange(terms, [*world, Term("Angela Merkel", "Ангела Меркель", "person", "femn")], seed=3)


# ── Names of the region ─────────────────────────────────────────────────────────────────────────────────────────────


def test_country_adjective_and_people_change_together(exchange: Exchange) -> None:
    made = exchange.exchange(
        pair(
            "Russian troops left Russia, and Russians noticed.",
            "Российские войска покинули Россию, и россияне заметили.",
        )
    )
    assert made is not None
    assert "Russia" not in made.pair.english
    assert "осси" not in made.pair.russian
    stem = made.pair.russian.split()[0][:4]  # «Кыргызские», «Кыргызстан», «кыргызы»
    assert made.pair.russian.lower().count(stem.lower()) == 3


def test_case_and_number_stay(exchange: Exchange) -> None:
    made = exchange.exchange(pair("He lives in Moscow.", "Он живёт в Москве."))
    assert made is not None
    names = made.pair.russian.removeprefix("Он живёт в ").removesuffix(".")
    assert all(name.endswith(("е", "и", "у")) for name in names.replace(" и ", ", ").split(", "))


def test_a_person_keeps_the_gender(exchange: Exchange) -> None:
    made = exchange.exchange(pair("Angela Merkel said no.", "Ангела Меркель сказала нет."))
    assert made is not None
    assert "Merkel" not in made.pair.english
    assert "сказала" in made.pair.russian
    (name,) = made.aligned
    assert name.span.of(made.pair.english) + " said no." == made.pair.english
    assert name.lemma == name.form


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("Russia said no, Russia said yes.", "Россия сказала нет и да."),  # two on one side, one on the other
        ("Russia refused.", "Россия отказалась."),  # a verb agrees, and no country of the region is feminine
        ("The Chinese have come.", "Китайцы пришли."),  # “the Tajik have come”?
        ("Moscow State University is old.", "Московский университет стар."),
    ],
)
def test_what_is_not_safe_is_left_alone(exchange: Exchange, english: str, russian: str) -> None:
    assert exchange.exchange(pair(english, russian)) is None


def test_articles_are_mended(exchange: Exchange) -> None:
    for _ in range(20):
        made = exchange.exchange(pair("An American soldier left.", "Американский солдат ушёл."))
        assert made is not None
        first, second = made.pair.english.split()[:2]
        assert first == ("An" if second.startswith("Uzbek") else "A")
        (adjective,) = made.aligned
        assert adjective.span.of(made.pair.english) == second


@pytest.mark.parametrize(
    ("old", "new", "form", "made"),
    [
        ("российский", "таджикский", "Российскую", "Таджикскую"),
        ("немецкий", "казахстанский", "немецкими", "казахстанскими"),
        ("русский", "узбекский", "РУССКОГО", "УЗБЕКСКОГО"),
    ],
)
def test_adjectives(old: str, new: str, form: str, made: str) -> None:
    assert adjectives(old, new, form) == made


# ── Words in Russian ────────────────────────────────────────────────────────────────────────────────────────────────


def test_words_are_aligned_one_to_one() -> None:
    hinter = Hinter(lambda word: WORDS.get(word, ()))
    found = hinter.aligned(pair("The dam on the Vakhsh is old.", "Плотине на Вахше много лет, плотина старая."))
    assert [(a.lemma, a.form, a.is_name) for a in found] == [("Вахш", "Вахше", True), ("старый", "старая", False)]
    two = hinter.aligned(pair("The dam on the Vakhsh.", "У плотины на Вахше."))
    assert [(a.span.of("The dam on the Vakhsh."), a.lemma) for a in two] == [("dam", "плотина"), ("Vakhsh", "Вахш")]


def test_names_keep_their_capitals() -> None:
    hinter = Hinter(lambda word: {"water": ["вода"]}.get(word, ()))
    found = hinter.aligned(pair("The river is Water.", "Эта река — Вода."))
    assert [(a.lemma, a.is_name) for a in found] == [("Вода", True)]


def test_hints_stand_where_the_english_stood() -> None:
    source = pair("The letter was signed by Sapar Isakov.", "Письмо подписал Сапар Исаков.")
    span = Span(25, 37)
    assert span.of(source.english) == "Sapar Isakov"
    made = Hinter(lambda _: ()).hint(source, [Aligned(span, "Сапар Исаков", "Сапар Исаков", True)])
    assert made is not None
    assert made.pair == pair("The letter was signed by Сапар Исаков.", "Письмо подписал Сапар Исаков.")


def test_no_sure_word_no_hint() -> None:
    assert Hinter(lambda _: ()).hint(pair("It is so.", "Это так.")) is None


@settings(deadline=None)
@given(st.text("ab ", min_size=6, max_size=30), st.integers(0, 2), st.integers(3, 5))
def test_edits_keep_the_rest(text: str, start: int, stop: int) -> None:
    made, (span,) = edited(text, [Edit(Span(start, stop), "XY")])
    assert span.of(made) == "XY"
    assert made == text[:start] + "XY" + text[stop:]


# ── Clean pairs ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("english", "russian", "reason"),
    [
        ("The dam is old and weak.", "Плотина старая и слабая.", ""),
        ("Sign in", "Войти", ""),
        ("The dam is 40 years old.", "Плотине 50 лет, она старая.", "figures"),
        ("The dam is old and weak.", "The dam is old and weak.", "wrong language"),
        ("The dam is old and weak.", "Плотина старая и слабая", "end"),
        ("The dam is old. It is weak.", "Плотина старая.Она слабая.", "extraction"),
    ],
)
def test_faults(english: str, russian: str, reason: str) -> None:
    assert fault(pair(english, russian)) == reason


def test_russian_is_written_as_in_a_newspaper() -> None:
    made = written(pair("Todd Beavers saw “it” - twice.", 'Тодд Биверс (Todd Beavers) увидел "это" - дважды.'))
    assert made.russian == "Тодд Биверс увидел «это» — дважды."


def test_held_out_sentences_are_found_again() -> None:
    held = HeldOut(["The quick brown fox jumps over the lazy dog today."])
    assert held.has("the quick brown fox jumps over the lazy dog, today")
    assert held.has("Yesterday the quick brown fox jumps over the lazy cat.")
    assert not held.has("The quick brown fox sleeps.")


def test_sources_are_read_from_a_folder_and_its_archives(tmp_path: Path) -> None:
    import tarfile

    (tmp_path / "newstest2018.tsv").write_text("One.\tОдин.\nbroken line\n", encoding="utf-8")
    inside = tmp_path / "pud.tsv"
    inside.write_text("Two.\tДва.\n", encoding="utf-8")
    with tarfile.open(tmp_path / "more.tar.xz", "w:xz") as tar:
        tar.add(inside, "pud.tsv")
        tar.add(tmp_path / "newstest2018.tsv", "newstest2018.tsv")
    inside.unlink()
    assert [(p.english, p.source) for p in read(tmp_path)] == [("One.", "newstest2018"), ("Two.", "pud")]


def test_a_missing_folder_is_an_error_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOLMACH_DATA", str(tmp_path))
    with pytest.raises(DataError, match="no folder data/parallel") as caught:
        root()
    assert "TOLMACH_DATA" in caught.value.hint
    (tmp_path / "data/parallel").mkdir(parents=True)
    assert root() == tmp_path / "data"


# ── Batches ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def packed(lengths: list[int]) -> Packed:
    rows = [[2, *range(20, 20 + n // 2), 14, *range(300, 300 + n - n // 2), 1] for n in lengths]
    starts = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    targets = np.array([n // 2 + 2 for n in lengths], dtype=np.int32)
    return Packed(np.array([i for row in rows for i in row], dtype=np.int32), starts, targets)


@settings(deadline=None)
@given(st.lists(st.integers(2, 60), min_size=1, max_size=60), st.integers(0, 3))
def test_every_pair_comes_once_an_epoch(lengths: list[int], epoch: int) -> None:
    data = packed(lengths)
    outputs = data.outputs()
    seen = []
    for batch in packing.batches(data, 200, epoch, outputs):
        assert batch.inputs.size <= 200 or len(batch.inputs) == 1
        for inputs, wanted in zip(batch.inputs, batch.wanted, strict=True):
            target = outputs[wanted[wanted >= 0]]
            assert target[-1] == packing.EOS
            assert inputs[np.flatnonzero(wanted >= 0)[0]] == packing.BREAK
            seen.append(len(target))
    assert sorted(seen) == sorted(n - n // 2 + 1 for n in lengths)


def test_the_order_is_that_of_the_epoch() -> None:
    data = packed(list(range(2, 60)))
    first, again, other = (
        [batch.inputs.tolist() for batch in packing.batches(data, 200, epoch, data.outputs())] for epoch in (0, 0, 1)
    )
    assert first == again
    assert first != other


def test_packed_pairs_come_back_from_disk(tmp_path: Path) -> None:
    data = packed([5, 9])
    packing.save(data, tmp_path / "pairs.npz")
    again = packing.load(tmp_path / "pairs.npz")
    assert again.digest == data.digest
    assert again.pair(1).tolist() == data.pair(1).tolist()


# ── Model files ─────────────────────────────────────────────────────────────────────────────────────────────────────


def model_file(variables: dict[str, np.ndarray]) -> bytes:
    kinds = {"float32": 0, "int8": 1}
    made = [struct.pack("<IH", 6, 2), b"X\0", struct.pack("<II", 1, len(variables))]
    for name, values in variables.items():
        made += [struct.pack("<H", len(name) + 1), name.encode() + b"\0", struct.pack("<B", values.ndim)]
        made += [struct.pack("<I", n) for n in values.shape]
        made += [struct.pack("<BI", kinds[str(values.dtype)], values.nbytes), values.tobytes()]
    return b"".join([*made, b"aliases"])


def tiny(vocabulary: int = 400, width: int = 8) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    layer = "decoder/layer_0/"
    shapes = {
        "decoder/embeddings/weight": (vocabulary, width),
        layer + "self_attention/linear_0/weight": (6 * 256, width),
        layer + "self_attention/linear_1/weight": (width, 4 * 256),
        layer + "ffn/linear_0/weight": (16, width),
        layer + "ffn/linear_0_noact/weight": (16, width),
        layer + "ffn/linear_1/weight": (width, 16),
    }
    made: dict[str, np.ndarray] = {}
    for name, shape in shapes.items():
        made[name] = rng.integers(-127, 128, shape, dtype=np.int8)
        made[name + "_scale"] = np.full(shape[0], 500.0, dtype=np.float32)
    norms = (
        "input_layer_norm",
        "post_attention_layer_norm",
        "pre_feedforward_layer_norm",
        "post_feedforward_layer_norm",
    )
    for name in (*(layer + norm for norm in norms), "decoder/layer_norm"):
        made[name + "/gamma"] = np.zeros(width, dtype=np.float32)
    for name in ("q_norm", "k_norm"):
        made[layer + f"self_attention/{name}/gamma"] = np.zeros(256, dtype=np.float32)
    made["decoder/projection/bias"] = np.full(vocabulary, -1e4, dtype=np.float32)
    return made


def model_folder(folder: Path) -> Path:
    folder.mkdir()
    (folder / "model.bin").write_bytes(model_file(tiny()))
    (folder / "model.json").write_text('{\n  "name": "tiny",\n  "version": "0.1"\n}\n', encoding="utf-8")
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "SHA256SUMS").write_text("0  model.bin\n0  config.json\n", encoding="utf-8")
    return folder


def test_a_model_file_is_written_back_as_it_was(tmp_path: Path) -> None:
    data = model_file(tiny())
    assert weights.write(weights.parse(data, tmp_path), {}) == data


def test_weights_are_quantised_by_row(tmp_path: Path) -> None:
    file = weights.parse(model_file(tiny()), tmp_path)
    name = "decoder/layer_0/ffn/linear_0/weight"
    new = np.random.default_rng(2).normal(size=(16, 8)).astype(np.float32)
    again = weights.parse(weights.write(file, {name: new}), tmp_path).weight(name)
    assert np.abs(again - new).max() <= np.abs(new).max() / 127 / 2 + 1e-6
    with pytest.raises(ValueError, match="instead of"):
        weights.write(file, {name: new[:3]})


def test_another_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="version 6"):
        weights.parse(struct.pack("<I", 9) + b"rest", tmp_path / "model.bin")


def test_export_in_parts_with_a_new_version(tmp_path: Path) -> None:
    base = model_folder(tmp_path / "base")
    out = tmp_path / "out"
    exporting.export(base, {}, np.array([1, 300]), out, version="0.2", part=10_000)
    assert sorted(path.name for path in out.glob("model.bin*"))[:2] == ["model.bin.part00", "model.bin.part01"]
    made = weights.parse(exporting.joined(out), out)
    assert np.flatnonzero(made.weight("decoder/projection/bias") == 0).tolist() == [1, 300]
    assert json.loads((out / "model.json").read_text())["version"] == "0.2"
    assert (out / "SHA256SUMS").read_text().splitlines()[0].split()[1] == "model.bin"


# ── Training ────────────────────────────────────────────────────────────────────────────────────────────────────────


def losses(folder: Path) -> list[float]:
    return [json.loads(line)["loss"] for line in (folder / "log.jsonl").read_text().splitlines()]


def test_a_run_goes_on_after_a_kill_with_the_same_losses(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs PyTorch: uv sync --group training")
    from training.draft.trainer import Recipe, Trainer

    base, data, recipe = model_folder(tmp_path / "base"), packed(list(range(2, 60))), Recipe(size=200, rate=1e-2)
    Trainer(tmp_path / "whole", data, recipe, base).run(8, 60)
    Trainer(tmp_path / "cut", data, recipe, base).run(3, 60)
    lost = Trainer(tmp_path / "cut", data, recipe, base)
    for batch in list(packing.batches(data, 200, 0, data.outputs()))[3:5]:
        lost._log(lost._step(batch))  # two steps that a kill undoes, and a line cut short
    with (tmp_path / "cut/log.jsonl").open("a") as file:
        file.write('{"step": 6, "lo')
    Trainer(tmp_path / "cut", data, recipe, base).run(8, 60)
    assert losses(tmp_path / "cut") == losses(tmp_path / "whole")
    assert losses(tmp_path / "whole")[-1] < losses(tmp_path / "whole")[0]
