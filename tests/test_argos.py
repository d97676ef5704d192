"""Argos packages: found, read, installed without trust, run, aligned."""

from __future__ import annotations

import functools
import json
import os
import shutil
import stat
import struct
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_package import ENGLISH, build_package, partners

from translate.engines import (
    Contrast,
    Hint,
    Link,
    NoPairError,
    Request,
    alignment,
    contrast,
    load_engine,
    seals,
    unpacking,
)
from translate.engines.alignment import composed
from translate.engines.argos import archive, packages
from translate.engines.argos.engine import ArgosEngine
from translate.engines.pieces import spans_of
from translate.errors import EngineError
from translate.memory import open_engine
from translate.spans import Span

SENTENCES = ENGLISH.splitlines()


# --- where packages are -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "settings_json"),
    [
        ({}, None),
        ({"XDG_DATA_HOME": "{home}/data"}, None),
        ({"ARGOS_PACKAGES_DIR": "{home}/own"}, None),
        ({}, {"ARGOS_PACKAGES_DIR": "{home}/from-json"}),
        ({"XDG_CONFIG_HOME": "{home}/conf"}, {"ARGOS_PACKAGES_DIR": "{home}/from-json"}),
        ({"SNAP": "{home}/snap", "SNAP_USER_DATA": "{home}/snapdata"}, None),
    ],
)
def test_packages_are_looked_for_where_argos_keeps_them(
    environment: dict[str, str], settings_json: dict[str, str] | None, tmp_path: Path
) -> None:
    full = {key: value.format(home=tmp_path) for key, value in environment.items()}
    if settings_json:
        config = Path(full.get("XDG_CONFIG_HOME", tmp_path / ".config")) / "argos-translate"
        config.mkdir(parents=True)
        chosen = {key: value.format(home=tmp_path) for key, value in settings_json.items()}
        (config / "settings.json").write_text(json.dumps(chosen), encoding="utf-8")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "ARGOS_", "SNAP"))}
    code = (
        "from translate.engines.argos.packages import package_folders\nours = [str(p) for p in package_folders()]\n"
        "from argostranslate import settings\nprint(ours == [str(p) for p in settings.package_dirs], ours)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**clean, **full, "HOME": str(tmp_path)},
    )
    assert done.stdout.startswith("True"), done.stdout


def test_looking_for_packages_creates_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    assert packages.installed() == []
    assert not (tmp_path / "none").exists()


def test_damaged_packages_are_listed_and_the_rest_work_on(packages_folder: Path) -> None:
    good = build_package(packages_folder)
    (packages_folder / "empty").mkdir()
    (packages_folder / "list").mkdir()
    (packages_folder / "list" / "metadata.json").write_text("[]", encoding="utf-8")
    (packages_folder / "bare").mkdir()
    (packages_folder / "bare" / "metadata.json").write_text('{"from_code": "en", "to_code": "ru"}', encoding="utf-8")
    (packages_folder / "number").mkdir()
    (packages_folder / "number" / "metadata.json").write_text('{"from_code": 1, "to_code": "ru"}', encoding="utf-8")
    (packages_folder / "sbd").mkdir()
    (packages_folder / "sbd" / "metadata.json").write_text('{"type": "sbd"}', encoding="utf-8")
    (packages_folder / "a-file").write_text("", encoding="utf-8")
    found = {p.name: p.fault for p in packages.installed()}
    assert found == {
        "empty": "no metadata.json",
        "list": "metadata.json: not an object",
        "bare": "no model/model.bin",
        "number": "metadata.json: a code or version is not text",
        good.name: "",
    }
    assert [p.folder for p in packages.chain("en", "ru")] == [good]


def test_the_newest_version_is_chosen(packages_folder: Path) -> None:
    made = build_package(packages_folder, version="1.9")
    for version in ("1.10", "1.2"):
        copy = shutil.copytree(made, made.with_name(f"copy-{version}"))
        text = (copy / "metadata.json").read_text(encoding="utf-8").replace("1.9", version)
        (copy / "metadata.json").write_text(text, encoding="utf-8")
    assert [p.version for p in packages.chain("en", "ru")] == ["1.10"]


def test_auto_prefers_an_installed_package(packages_folder: Path) -> None:
    build_package(packages_folder)
    loaded = load_engine("auto")
    assert (loaded.engine.name, loaded.notice) == ("argos", "")


# --- inference ----------------------------------------------------------------------------------------------------


def check_diagonal(engine: ArgosEngine, text: str) -> str:
    """The sample model translates piece n to piece n: every link must join such a pair, exactly."""
    [draft] = engine.translate([Request(text)])
    assert draft.alignment
    assert not draft.problems
    covered = {i for link in draft.alignment for i in range(link.target.start, link.target.stop)}
    assert covered == {i for i, c in enumerate(draft.text) if not c.isspace()}
    starts = [(link.source.start, link.target.start) for link in draft.alignment]
    assert starts == sorted(starts)
    assert all(link.weight > 0.9 for link in draft.alignment)
    return draft.text


Kind = Literal["sentencepiece", "bpe"]
Engines = Callable[..., ArgosEngine]


@pytest.fixture(scope="module")
def engine_of(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """Build and load each sample package once."""

    @functools.cache
    def engine(kind: Kind = "sentencepiece", prefix: str = "") -> ArgosEngine:
        package = packages.read_package(build_package(tmp_path_factory.mktemp(kind), kind=kind, prefix=prefix))
        assert package
        return ArgosEngine([package])

    return engine


@pytest.mark.parametrize("kind", ["sentencepiece", "bpe"])
@pytest.mark.parametrize("prefix", ["", "<2ru>"])
def test_translates_and_aligns(engine_of: Engines, kind: Kind, prefix: str) -> None:
    for sentence in SENTENCES[:3]:
        text = check_diagonal(engine_of(kind, prefix), sentence)
        assert "<2ru>" not in text
        assert text.count(" ") >= sentence.count(" ") - 1


@pytest.mark.parametrize(
    "text", ["  Water,\tbread ", "The ½ dam", "a “dam” & more’s 日本", "in 1976: snow_fall", "Ünïcode é dam"]
)
@pytest.mark.parametrize("kind", ["sentencepiece", "bpe"])
def test_hard_texts_translate_and_align(engine_of: Engines, kind: Kind, text: str) -> None:
    [draft] = engine_of(kind).translate([Request(text)])
    assert draft.text[: len(draft.text) - len(draft.text.lstrip())] == text[: len(text) - len(text.lstrip())]
    assert ("snow_fall" in text) == ("snow_fall" in draft.text)
    for link in draft.alignment or ():
        assert link.source.of(text) == link.source.of(text).strip() != ""
        assert link.target.of(draft.text) == link.target.of(draft.text).strip() != ""


@pytest.mark.parametrize("kind", ["sentencepiece", "bpe"])
@pytest.mark.parametrize("prefix", ["", "<2ru>"])
def test_the_word_owed_to_an_exchanged_one_is_told(engine_of: Engines, kind: Kind, prefix: str) -> None:
    source, other = "the dam in the capital", "the dam in the water"
    engine = engine_of(kind, prefix)
    [draft] = engine.translate([Request(source)])
    last = Span(draft.text.rindex(" ") + 1, len(draft.text))
    [told] = engine.contrast([Contrast(source, other, draft.text, (last,))], 1.0)
    assert [loss.span.of(draft.text) for loss in told] == draft.text.split()
    assert max(told, key=lambda loss: loss.nats) == told[-1]
    assert told[-1].nats > 1
    assert all(abs(loss.nats) < 0.5 for loss in told[:-1])
    assert engine.contrast([Contrast(source, source, draft.text, (last,))], float("inf")) == [
        ()
    ]  # no word can lose as much


def test_an_endless_sentence_is_not_scored(engine_of: Engines) -> None:
    text = "the dam in the capital " * 500
    assert engine_of().contrast([Contrast(text, "a " + text, text, (Span(0, len(text)),))], 1.0) == [()]


def test_a_sentence_comes_out_the_same_in_any_company(engine_of: Engines) -> None:
    engine = engine_of()
    together = engine.translate([Request(s) for s in SENTENCES])
    assert [engine.translate([Request(s)])[0].text for s in SENTENCES] == [d.text for d in together]
    assert len({d.signature for d in together}) == 1


def test_hints_are_off_and_can_be_turned_on(packages_folder: Path) -> None:
    build_package(packages_folder, source="en", target="ru")
    assert not open_engine("argos").engine.traits.uses_hints
    told = open_engine("argos", hints=True).engine
    assert told.traits.uses_hints
    assert told.traits.passes[:2] == ("hinted", "free")
    source = SENTENCES[0]
    word = source.split()[1]
    span = Span(source.index(word), source.index(word) + len(word))
    (draft,) = told.translate([Request(source, (Hint(span, "плотина"),))])
    (same,) = told.translate([Request(source.replace(word, "плотина", 1))])
    assert draft.text == same.text
    assert draft.alignment
    assert max(link.source.stop for link in draft.alignment) <= len(source)


def test_pivot_through_english(packages_folder: Path) -> None:
    build_package(packages_folder, source="kk", target="en")
    build_package(packages_folder, source="en", target="ru")
    engine = ArgosEngine.load("kk", "ru")
    assert not engine.traits.scores
    assert contrast(engine, [Contrast("a", "b", "c", (Span(0, 1),))], 0.0) == [()]
    assert "kk_en" in engine.signature
    assert "en_ru" in engine.signature
    check_diagonal(engine, SENTENCES[0])


def test_no_pivot_where_english_is_an_end(packages_folder: Path) -> None:
    build_package(packages_folder, source="en", target="kk")
    with pytest.raises(NoPairError):
        ArgosEngine.load("en", "ru")


def test_ten_thousand_words_in_one_sentence(engine_of: Engines) -> None:
    text = " ".join(["the dam in the capital, and the water"] * 1_300) + "."
    [draft] = engine_of().translate([Request(text)])
    assert len(text.split()) > 10_000
    assert len(draft.text.split()) > 9_000


def test_a_damaged_model_says_so(packages_folder: Path) -> None:
    made = build_package(packages_folder)
    (made / "model" / "model.bin").write_bytes(b"not a model")
    with pytest.raises(EngineError, match="does not load") as caught:
        ArgosEngine.load("en", "ru")
    assert caught.value.hint


def test_a_broken_seal_says_so(packages_folder: Path, tmp_path: Path) -> None:
    package = archive.install(zipped(build_package(tmp_path), tmp_path / "a.argosmodel"))
    model = package.folder / "sentencepiece.model"
    model.write_bytes(model.read_bytes()[:-1] + b"x")
    with pytest.raises(EngineError, match=r"sentencepiece\.model: the checksum differs"):
        ArgosEngine.load("en", "ru")


# --- alignment ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "text", "surfaces"),
    [
        (["▁The", "▁d", "am"], "The dam", ["The", "d", "am"]),
        (["▁", "The"], "  The", [None, "The"]),
        (["▁1", "⁄", "2"], "½", ["½", "½", "½"]),
        (["<0xE6>", "<0x97>", "<0xA5>", "▁x"], "日 x", ["日", "日", "日", "x"]),
        (["wa@@", "ter", "&apos;s"], "water's", ["wa", "ter", "'s"]),
        (["&@@", "am@@", "p@@", ";"], "&", ["&", "&", "&", "&"]),
        (["▁dam"], "", [None]),
        ([], "dam", []),
    ],
)
def test_spans_of_pieces(pieces: list[str], text: str, surfaces: list[str | None]) -> None:
    assert [span and span.of(text) for span in spans_of(pieces, text)] == surfaces


@given(
    st.lists(st.text(alphabet="▁aб½<0xE9>@&;amp", max_size=6), max_size=12), st.text(alphabet="aб½é& ;", max_size=30)
)
def test_spans_stay_in_the_text(pieces: list[str], text: str) -> None:
    spans = spans_of(pieces, text)
    assert len(spans) == len(pieces)
    assert all(s is None or 0 <= s.start < s.stop <= len(text) for s in spans)


@settings(max_examples=int(os.getenv("TOLMACH_FUZZ", "40")), deadline=None)
@given(st.text(max_size=80))
def test_spans_of_a_real_tokenizer_are_exact(tokenizer: Callable[[str], list[str]], text: str) -> None:
    # the tokenizer folds “º” to “o”: in “oº” the second piece o is rightly at º, so only texts it leaves alone tell
    told_apart = len(set(text)) == len(text) and unicodedata.normalize("NFKC", text) == text
    for piece, span in zip(pieces := tokenizer(text), spans_of(pieces, text), strict=True):
        surface = piece.replace("▁", "")
        if span and surface and surface in text and told_apart:
            assert span.of(text) == surface


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    from translate.engines.translators import SentencePieceTokenizer

    made = build_package(tmp_path_factory.mktemp("tokenizer"))
    return SentencePieceTokenizer(made / "sentencepiece.model").encode


def test_composed_links_meet_in_the_middle() -> None:
    first = [Link(Span(0, 3), Span(0, 4)), Link(Span(4, 6), Span(5, 9), 0.5)]
    second = [Link(Span(6, 7), Span(0, 2)), Link(Span(2, 4), Span(3, 5), 0.8)]
    assert set(composed(first, second)) == {Link(Span(4, 6), Span(0, 2), 0.5), Link(Span(0, 3), Span(3, 5), 0.8)}


def test_weak_attention_makes_no_link() -> None:
    spans: list[Span | None] = [Span(0, 1), Span(2, 3)]
    assert alignment.links_of([[0.05, 0.04], [0.9, 0.5]], spans, spans) == (
        Link(Span(0, 1), Span(2, 3), 0.9),
        Link(Span(2, 3), Span(2, 3), 0.5),
    )


def test_partners_keep_what_is_not_latin() -> None:
    pieces = ["▁the", "ab@@", "▁мы", "ую@@", "7", "."]
    assert partners(pieces) == [2, 3, 2, 3, 4, 5]


# --- archives -----------------------------------------------------------------------------------------------------


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(folder.rglob("*")):
            made.write(path, Path(folder.name) / path.relative_to(folder))
    return target


def test_install_and_remove(packages_folder: Path, tmp_path: Path) -> None:
    written: list[int] = []
    package = archive.install(zipped(build_package(tmp_path), tmp_path / "a.argosmodel"), written.append)
    assert package.folder.parent == packages_folder
    assert sum(written) == sum(
        p.stat().st_size for p in package.folder.rglob("*") if p.is_file() and p.name != seals.NAME
    )
    assert packages.verify(package, full=True) == []
    assert ArgosEngine.load("en", "ru").translate([Request(SENTENCES[0])])[0].text
    packages.remove(package)
    assert packages.installed() == []
    assert [p.name for p in packages_folder.iterdir()] == [".tolmach.lock"]


def test_installing_again_replaces(packages_folder: Path, tmp_path: Path) -> None:
    made = build_package(tmp_path)
    archive.install(zipped(made, tmp_path / "a.argosmodel"))
    (made / "README.md").write_text("second", encoding="utf-8")
    package = archive.install(zipped(made, tmp_path / "b.argosmodel"))
    assert (package.folder / "README.md").read_text(encoding="utf-8") == "second"
    assert len(packages.installed()) == 1


Entries = list[tuple[zipfile.ZipInfo | str, bytes]]


def entry(name: str, *, mode: int = 0, content: bytes = b"x") -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info, content


HOSTILE: dict[str, Entries] = {
    "absolute": [("/etc/passwd", b"x")],
    "parent": [("p/../../evil", b"x")],
    "inner parent": [("p/a/../b", b"x")],
    "dot": [("p/./b", b"x")],
    "double slash": [("p//b", b"x")],
    "drive": [("C:/evil", b"x")],
    "backslash": [("p/..\\evil", b"x")],
    "newline": [("p/a\nb", b"x")],
    "long": [("p/" + "a" * 300, b"x")],
    "symlink": [entry("p/link", mode=stat.S_IFLNK | 0o777, content=b"/etc")],
    "device": [entry("p/null", mode=stat.S_IFCHR | 0o666)],
    "fifo": [entry("p/fifo", mode=stat.S_IFIFO | 0o666)],
    "twice": [("p/A", b"x"), ("p/a", b"y")],
    "two roots": [("p/a", b"x"), ("q/a", b"x")],
    "no folder": [("metadata.json", b"{}")],
    "file and folder": [("p/a", b"x"), ("p/a/b", b"x")],
    "no metadata": [("p/a", b"x")],
    "broken metadata": [("p/metadata.json", b"{")],
    "not a translation": [("p/metadata.json", b'{"type": "sbd"}')],
    "empty": [],
}


def tree(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*")} - {"argos/packages/.tolmach.lock"}


@pytest.mark.parametrize("entries", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_archives_leave_nothing(entries: Entries, packages_folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "bad.argosmodel"
    with zipfile.ZipFile(target, "w") as made:
        for name, content in entries:
            made.writestr(name, content)
    before = tree(tmp_path)
    with pytest.raises(EngineError):
        archive.install(target)
    assert tree(tmp_path) == before


def test_a_bomb_is_stopped_by_the_bytes_it_really_makes(
    packages_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 5 << 20)
    target = tmp_path / "bomb.argosmodel"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for n in range(3):
            made.writestr(f"p/{n}", bytes(2 << 20))
    before = tree(tmp_path)
    with pytest.raises(EngineError, match="5 MB unpacked"):
        archive.install(target)
    assert tree(tmp_path) == before


def test_too_many_files(packages_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "many.argosmodel"
    with zipfile.ZipFile(target, "w") as made:
        for n in range(40):
            made.writestr(f"p/{n}", b"")
    monkeypatch.setattr(unpacking, "MOST_FILES", 39)
    with pytest.raises(EngineError, match="more than 39 files"):
        archive.install(target)
    monkeypatch.setattr(unpacking, "_MOST_DIRECTORY", 39 * 46)
    with pytest.raises(EngineError, match="more than 39 files"):
        archive.install(target)


def test_a_lying_directory_is_refused(packages_folder: Path, tmp_path: Path) -> None:
    whole = zipped(build_package(tmp_path), tmp_path / "a.argosmodel").read_bytes()
    at = whole.rfind(b"PK\x05\x06")
    lying = whole[: at + 12] + struct.pack("<L", 0x7FFFFFFF) + whole[at + 16 :]
    (tmp_path / "b.argosmodel").write_bytes(lying)
    with pytest.raises(EngineError):
        archive.install(tmp_path / "b.argosmodel")


@settings(max_examples=int(os.getenv("TOLMACH_FUZZ", "30")), deadline=None)
@given(data=st.data())
def test_broken_archives_raise_clearly_or_install_whole(
    small_archive: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    raw = bytearray(small_archive)
    for _change in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw) - 1))
        if data.draw(st.booleans()):
            raw[at] = data.draw(st.integers(0, 255))
        else:
            del raw[at : at + data.draw(st.integers(1, 4000))]
        raw = raw or bytearray(b"P")
    place = tmp_path_factory.mktemp("fuzz")
    (place / "a.argosmodel").write_bytes(bytes(raw))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARGOS_PACKAGES_DIR", str(place / "packages"))
        try:
            package = archive.install(place / "a.argosmodel")
        except EngineError:
            assert {p.name for p in (place / "packages").iterdir()} <= {".tolmach.lock"}
        else:
            assert package.fault == ""
    assert {p.name for p in place.iterdir()} == {"a.argosmodel", "packages"}


@pytest.fixture(scope="module")
def small_archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An archive of the right shape, small enough for a random change to hit something that matters."""
    place = tmp_path_factory.mktemp("small")
    made = place / "translate-en_ru-1_0"
    (made / "model").mkdir(parents=True)
    (made / "metadata.json").write_text('{"from_code": "en", "to_code": "ru"}', encoding="utf-8")
    (made / "model" / "model.bin").write_bytes(bytes(range(256)))
    (made / "sentencepiece.model").write_bytes(b"s" * 100)
    return zipped(made, place / "a.argosmodel").read_bytes()


def test_no_room_says_so(packages_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = zipped(build_package(tmp_path), tmp_path / "a.argosmodel")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EngineError, match="No space left"):
        archive.install(source)
    assert packages.installed() == []
