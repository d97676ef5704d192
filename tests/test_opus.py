"""Converted OPUS-MT, NLLB and M2M models: recognised, installed without trust, run as CTranslate2 does, aligned."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sentencepiece
from click.testing import CliRunner, Result
from sample_converted import as_text, build_many, build_marian
from sample_package import ENGLISH, build_package

from translate.article.markdown import read_markdown
from translate.cli import cli
from translate.engines import Contrast, NoPairError, Request, load_engine, unpacking
from translate.engines.decoding import FIRST
from translate.engines.opus import installing, models
from translate.engines.opus.engine import OpusEngine, load_decoder, normal
from translate.engines.opus.installing import Asked, install
from translate.engines.opus.languages import language_of, tokens
from translate.errors import EngineError, TranslateError
from translate.glossary import Glossary, Term
from translate.pipeline import translate_article
from translate.spans import Span

SENTENCES = ENGLISH.splitlines()


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos"))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["models", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        assert isinstance(result.exception, TranslateError), result.exception
    return result


# --- the same text as CTranslate2 gives ---------------------------------------------------------------------------


Frame = tuple[Sequence[str], Sequence[str]]


def directly(
    folder: Path, sentences: Sequence[str], frame: tuple[Sequence[str], Sequence[str]], end: bool
) -> list[str]:
    """Translate as the guides of CTranslate2 say, one sentence after the other, special pieces skipped.

    Args:
        folder: the model.
        sentences: n sentences.
        frame: pieces before the source, and before the translation.
        end: put the end mark behind the source.
    """
    import ctranslate2

    before, prefix = map(list, frame)
    translator = ctranslate2.Translator(str(folder))
    joint = folder / "sentencepiece.bpe.model"
    names = (joint, joint) if joint.exists() else (folder / "source.spm", folder / "target.spm")
    source, target = (sentencepiece.SentencePieceProcessor(model_file=str(name)) for name in names)
    made = []
    for sentence in sentences:
        pieces = [*before, *source.encode(sentence, out_type=str), *(["</s>"] if end else [])]
        (result,) = translator.translate_batch(
            [pieces], target_prefix=[prefix] if prefix else None, beam_size=4, replace_unknowns=True
        )
        said = [piece for piece in result.hypotheses[0] if piece not in {*before, *prefix, "</s>"}]
        made.append(target.decode(said).replace("▁", " ").strip())
    return made


KINDS: dict[str, tuple[Callable[..., Path], dict[str, Any], Frame, bool]] = {
    "shared": (build_marian, {}, ((), ()), True),
    "two vocabularies": (build_marian, {"shared": False}, ((), ()), True),
    "converted from Marian": (build_marian, {"converter": "marian"}, ((), ()), False),
    "several targets": (build_marian, {"name": "en-zle", "languages": ("bel", "rus", "ukr"), "says": ("en", "zle")},
                        ((">>rus<<",), ()), True),
    "NLLB": (build_many, {}, (("eng_Latn",), ("rus_Cyrl",)), True),
    "M2M": (build_many, {"style": "m2m"}, (("__en__",), ("__ru__",)), True),
    "M2M from fairseq": (build_many, {"style": "m2m", "converter": "fairseq"}, (("__en__",), ("__ru__",)), False),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("doubt", [0.0, 1.0])
def test_the_text_is_that_of_ctranslate2(kind: str, doubt: float, tmp_path: Path) -> None:
    build, settings, frame, end = KINDS[kind]
    made = build(tmp_path / "made", doubt=doubt, **settings)
    install(made)
    shutil.rmtree(made)
    (model,) = models.installed()
    known = directly(model.folder, SENTENCES, frame, end)
    outputs = load_decoder(model, "en", "ru").decode(SENTENCES, FIRST)
    assert [output.text for output in outputs] == known
    assert len(set(known)) == len(SENTENCES)
    if not doubt:  # with doubt there are loops in some, which are tried once more
        drafts = OpusEngine.load("en", "ru").translate([Request(sentence) for sentence in SENTENCES])
        assert [draft.text for draft in drafts] == known


@pytest.mark.parametrize("kind", KINDS)
def test_every_piece_is_linked_to_its_own(kind: str, tmp_path: Path) -> None:
    build, settings, _frame, _end = KINDS[kind]
    install(build(tmp_path / "made", **settings))
    for text in SENTENCES[:3]:
        (draft,) = OpusEngine.load("en", "ru").translate([Request(text)])
        assert draft.alignment
        assert not draft.problems
        starts = [(link.source.start, link.target.start) for link in draft.alignment]
        assert starts == sorted(starts)
        assert all(link.weight > 0.9 for link in draft.alignment)
        covered = {i for link in draft.alignment for i in range(link.target.start, link.target.stop)}
        assert covered == {i for i, c in enumerate(draft.text) if not c.isspace()}


@pytest.mark.parametrize("kind", ["shared", "two vocabularies", "several targets", "NLLB"])
def test_the_word_owed_to_an_exchanged_one_is_told(kind: str, tmp_path: Path) -> None:
    build, settings, _frame, _end = KINDS[kind]
    install(build(tmp_path / "made", **settings))
    source, other = "the water in the capital", "the water in the prison"
    engine = OpusEngine.load("en", "ru")
    assert engine.traits.scores
    (draft,) = engine.translate([Request(source)])
    last = Span(draft.text.rindex(" ") + 1, len(draft.text))
    (told,) = engine.contrast([Contrast(source, other, draft.text, (last,))], 1.0)
    assert max(told, key=lambda loss: loss.nats) == told[-1]
    assert told[-1].nats > 1


def test_pinning_uses_the_attention(tmp_path: Path) -> None:
    install(build_marian(tmp_path / "made", languages=("rus",), says=("en", "zle")))
    engine = OpusEngine.load("en", "ru")
    glossary = Glossary((Term("capital", "плотина"),))
    text = translate_article(read_markdown(SENTENCES[0], tmp_path / "a.md").article, engine, glossary=glossary)
    (row,) = text.rows
    (pin,) = row.pins
    assert pin.method == "alignment"
    assert pin.source.of(row.source) == "capital"
    assert pin.form.startswith("плотин")
    assert pin.form in row.target


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“We’re not,” she said", '"We\'re not," she said'),
        ("a\u00adb\tc\u200b  d", "a b c d"),
        ("plain", "plain"),
    ],
)
def test_punctuation_becomes_that_of_the_training_data(text: str, wanted: str, tmp_path: Path) -> None:
    assert normal(text) == wanted


def test_curly_quotes_translate_and_align(tmp_path: Path) -> None:
    install(build_marian(tmp_path / "made"))
    text = SENTENCES[-1].replace('"We', "“We").replace(',"', ",”")
    curly, straight = OpusEngine.load("en", "ru").translate([Request(text), Request(SENTENCES[-1])])
    assert curly.text == straight.text
    assert curly.alignment == straight.alignment


# --- languages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("rus", "ru"), ("rus_Cyrl", "ru"), ("eng_Latn", "en"), ("kir_Cyrl", "ky"), ("kaz_Latn", "kk-Latn"),
        ("uzn_Latn", "uz"), ("pt_br", "pt"), ("zho_Hant", "zh-Hant"), ("xx", ""), ("id", "id"), ("", ""),
    ],
)  # fmt: skip
def test_languages_by_their_shortest_code(tag: str, code: str) -> None:
    assert language_of(tag) == code


def test_the_plain_language_among_its_kinds() -> None:
    found = tokens(["▁the", ">>ru", "arb_Arab", "ara_Arab", "rus_Cyrl", ">>uzb_Cyrl<<", ">>uzb_Latn<<"])
    assert found == {"ar": "ara_Arab", "ru": "rus_Cyrl", "uz": ">>uzb_Latn<<", "uz-Cyrl": ">>uzb_Cyrl<<"}


@pytest.mark.parametrize(
    ("name", "settings", "asked", "pair"),
    [
        ("opus-mt-en-ru", {}, Asked(), "en→ru"),
        ("opus-mt-en-ru-ct2", {}, Asked(), "en→ru"),
        ("opus-2021-02-22-eng-rus", {}, Asked(), "en→ru"),
        ("my-model", {}, Asked(sources=("en",), targets=("ru",)), "en→ru"),
        ("my-model", {"says": ("eng", "rus")}, Asked(), "en→ru"),
        ("opus-mt-tc-big-en-zle", {"languages": ("bel", "rus", "ukr")}, Asked(), "en→be,ru,uk"),
        ("opus-mt-tc-big-en-zle", {"languages": ("bel", "rus", "ukr")}, Asked(targets=("ru",)), "en→ru"),
        ("opus-mt-tc-big-en-zle", {"languages": ("bel", "rus", "ukr")}, Asked(targets=("rus",)), "en→ru"),
        ("opus-mt-zle-en", {}, Asked(sources=("ru", "uk")), "ru,uk→en"),
    ],
)
def test_which_languages_it_translates(
    name: str, settings: dict[str, Any], asked: Asked, pair: str, tmp_path: Path
) -> None:
    model = install(build_marian(tmp_path / "made", name, **settings), asked)
    assert f"{model.source}→{model.target}" == pair


@pytest.mark.parametrize(
    ("name", "settings", "asked", "message"),
    [
        ("my-model", {}, Asked(), "not known which language it translates from"),
        ("my-model", {}, Asked(sources=("en",)), "not known which language it translates to"),
        ("opus-mt-zle-en", {}, Asked(), "zle is a group of languages"),
        ("opus-mt-en-zle", {}, Asked(), "zle is a group of languages"),
        ("opus-mt-en-zle", {"languages": ("bel", "rus")}, Asked(targets=("ky",)), "no piece for ky: it has be, ru"),
        ("opus-mt-en-ru", {}, Asked(targets=("russian!",)), "is no language code"),
    ],
)
def test_languages_that_cannot_be_told(
    name: str, settings: dict[str, Any], asked: Asked, message: str, tmp_path: Path
) -> None:
    with pytest.raises(EngineError, match=message):
        install(build_marian(tmp_path / "made", name, **settings), asked)
    assert models.installed() == []


def test_a_model_of_many_languages_translates_every_pair(tmp_path: Path) -> None:
    install(build_many(tmp_path / "made"))
    for target in ("ru", "ky", "kk", "uz"):
        engine = OpusEngine.load("en", target)
        assert f" en-{target} " in engine.signature
        assert engine.translate([Request(SENTENCES[0])])[0].text
    with pytest.raises(NoPairError, match="no model translates en→uk"):
        OpusEngine.load("en", "uk")


def test_one_made_for_the_pair_goes_before_one_for_many(tmp_path: Path) -> None:
    install(build_many(tmp_path / "made"))
    install(build_marian(tmp_path / "made"))
    assert OpusEngine.load("en", "ru").signature.startswith("opus:opus-mt-en-ru-")
    (tmp_path / "tolmach.toml").write_text('[opus]\nmodel = "nllb-small"\n', encoding="utf-8")
    assert OpusEngine.load("en", "ru").signature.startswith("opus:nllb-small-")
    (tmp_path / "tolmach.toml").write_text('[opus]\nmodel = "nllb-big"\n', encoding="utf-8")
    with pytest.raises(EngineError, match=r"no model 'nllb-big' is installed: nllb-small, opus-mt-en-ru"):
        OpusEngine.load("en", "ru")
    (tmp_path / "tolmach.toml").write_text("[opus]\nname = 1\n", encoding="utf-8")
    with pytest.raises(TranslateError, match="may have one key"):
        OpusEngine.load("en", "ru")


def test_auto_takes_argos_then_a_converted_model(tmp_path: Path) -> None:
    install(build_marian(tmp_path / "made"))
    assert load_engine("auto").engine.name == "opus"
    build_package(tmp_path / "argos")
    assert load_engine("auto").engine.name == "argos"


# --- installing ---------------------------------------------------------------------------------------------------


def test_the_commands(tmp_path: Path) -> None:
    made = build_marian(tmp_path / "made")
    done = run("install", str(made))
    assert "opus-mt-en-ru installed in" in done.output
    assert "en→ru\topus\topus-mt-en-ru" in run("list").output
    assert "opus-mt-en-ru\twhole" in run("verify").output
    assert f"opus\t{models.model_folder()}" in run("where").output
    assert not {path.name for path in models.installed()[0].folder.iterdir()} - {
        "model.bin", "config.json", "shared_vocabulary.json", "source.spm", "target.spm", "README.md",
        "tolmach-model.json", "tolmach-seal.json",
    }  # fmt: skip
    spoilt = models.installed()[0].folder / "source.spm"
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"x")
    assert "source.spm: the checksum differs" in run("verify").output
    with pytest.raises(EngineError, match=r"damaged: source\.spm"):
        OpusEngine.load("en", "ru")
    assert "opus-mt-en-ru removed" in run("remove", "opus-mt-en-ru", "--yes").output
    assert models.installed() == []
    assert "no such model" in str(run("remove", "opus-mt-en-ru", "--yes").exception)


def packed(folder: Path, ending: str, *, root: bool = True) -> Path:
    archive = folder.parent / f"{folder.name}{ending}"
    inside = folder.name if root else ""
    if ending == ".zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
            for path in sorted(folder.iterdir()):
                opened.write(path, Path(inside) / path.name)
        return archive
    mode: Any = "w:" + {".tar": "", ".tar.gz": "gz", ".tgz": "gz", ".tar.bz2": "bz2", ".tar.xz": "xz"}[ending]
    with tarfile.open(archive, mode) as made:
        made.add(folder, inside or ".")
    return archive


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"])
@pytest.mark.parametrize("root", [True, False])
def test_archives(ending: str, root: bool, tmp_path: Path) -> None:
    archive = packed(build_marian(tmp_path / "made", shared=False), ending, root=root)
    assert "sha256 " in run("install", str(archive)).output
    (model,) = models.installed()
    assert (model.name, model.source, model.target, model.fault) == ("opus-mt-en-ru", "en", "ru", "")
    assert OpusEngine.load("en", "ru").translate([Request(SENTENCES[0])])[0].text


def test_vocabularies_of_lines(tmp_path: Path) -> None:
    made = build_marian(tmp_path / "made", shared=False)
    install(made)
    before = OpusEngine.load("en", "ru").translate([Request(SENTENCES[0])])[0].text
    as_text(made)
    install(made)
    assert (models.installed()[0].folder / "source_vocabulary.txt").exists()
    assert OpusEngine.load("en", "ru").translate([Request(SENTENCES[0])])[0].text == before


def test_an_argos_package_in_a_zip_is_one(tmp_path: Path) -> None:
    package = build_package(tmp_path / "made")
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for path in sorted(package.rglob("*")):
            opened.write(path, Path(package.name) / path.relative_to(package))
    run("install", str(archive))
    assert "\targos\t" in run("list").output
    assert "unpacked Argos package" in str(run("install", str(package)).exception)


def add(name: str, kind: bytes = tarfile.REGTYPE, content: bytes = b"x", **more: Any) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, len(content) if kind == tarfile.REGTYPE else 0
    for key, value in more.items():
        setattr(info, key, value)
    return info, content


HOSTILE = {
    "absolute": [add("/etc/passwd")],
    "parent": [add("p/../../evil")],
    "symlink": [add("p/link", tarfile.SYMTYPE, linkname="/etc")],
    "hard link": [add("p/link", tarfile.LNKTYPE, linkname="p/a")],
    "device": [add("p/null", tarfile.CHRTYPE)],
    "fifo": [add("p/fifo", tarfile.FIFOTYPE)],
    "twice": [add("p/A"), add("p/a")],
    "backslash": [add("p/..\\evil")],
    "endless header": [add("p/a", pax_headers={"comment": "x" * (2 << 20)})],
    "nothing": [],
    "no model": [add("p/readme")],
    "transformers": [add("p/pytorch_model.bin"), add("p/config.json", content=b"{}")],
    "a file where a folder is": [add("p/a"), add("p/a/b")],
}


@pytest.mark.parametrize("entries", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_hostile_tars_leave_nothing(entries: list[tuple[tarfile.TarInfo, bytes]], mode: Any, tmp_path: Path) -> None:
    archive = tmp_path / "bad.tar"
    with tarfile.open(archive, mode) as made:
        for info, content in entries:
            made.addfile(info, io.BytesIO(content))
    with pytest.raises(EngineError) as caught:
        install(archive, Asked(sources=("en",), targets=("ru",)))
    assert caught.value.path is None or ".tolmach-install" not in str(caught.value.path)
    assert left(tmp_path) == {"bad.tar"}


def left(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name != ".tolmach.lock"}


def test_a_bomb_is_stopped_by_the_bytes_it_really_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "MOST_BYTES", 5 << 20)
    archive = tmp_path / "bomb.tar.gz"
    with tarfile.open(archive, "w:gz") as made:
        for n in range(3):
            info, content = add(f"p/{n}", content=bytes(2 << 20))
            made.addfile(info, io.BytesIO(content))
    with pytest.raises(EngineError, match="5 MB unpacked"):
        install(archive)
    assert left(tmp_path) == {"bomb.tar.gz"}
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    monkeypatch.setattr(installing, "MOST_BYTES", 50 << 20)
    with pytest.raises(EngineError, match="more than 2 files"):
        install(archive)


@pytest.mark.parametrize("at", [10, 500, 5_000, -10])
@pytest.mark.parametrize("ending", [".zip", ".tar.gz", ".tar.xz"])
def test_cut_archives(at: int, ending: str, tmp_path: Path) -> None:
    archive = packed(build_marian(tmp_path / "made"), ending)
    whole = archive.read_bytes()
    cut = tmp_path / f"cut{ending}"
    cut.write_bytes(whole[:at])
    with pytest.raises(EngineError):
        install(cut, Asked(sources=("en",), targets=("ru",)))
    assert models.installed() == []


def test_only_the_files_a_model_needs_are_taken(tmp_path: Path) -> None:
    made = build_marian(tmp_path / "made")
    (made / "pytorch_model.bin").write_bytes(b"0" * 1000)
    (made / ".ssh").mkdir()
    (made / "link").symlink_to("/etc")
    real = (made / "model.bin").rename(tmp_path / "blob")  # a cache of Hugging Face's holds links to blobs
    (made / "model.bin").symlink_to(real)
    folder = install(made).folder
    assert not (folder / "model.bin").is_symlink()
    assert not {"pytorch_model.bin", ".ssh", "link"} & {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("files", "message", "hint"),
    [
        ({"pytorch_model.bin": "", "config.json": '{"model_type": "marian"}'}, "Transformers' own", "ct2-transformers"),
        ({"decoder.yml": "", "model.npz": ""}, "Marian's own", "ct2-opus-mt-converter --model_dir"),
        ({"model.bin": "", "config.json": '{"model_type": "marian"}'}, "is not CTranslate2's", "ct2-transformers"),
        ({"model.bin": ""}, r"no config\.json", "ct2-transformers"),
        ({"model.bin": "", "config.json": "{"}, "cannot be read", ""),
        ({"model.bin": "", "config.json": "{}", "vocabulary.json": "[]"}, "not a translation model", ""),
        ({"model.bin": "", "config.json": "{}", "shared_vocabulary.json": "[]"}, "tokenizer is missing", "source.spm"),
        ({}, r"there is no model\.bin", "ct2-transformers"),
    ],
)
def test_what_is_no_converted_model(files: dict[str, str], message: str, hint: str, tmp_path: Path) -> None:
    folder = tmp_path / "thing"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(EngineError, match=message) as caught:
        install(folder)
    assert hint in caught.value.hint


@pytest.mark.parametrize("name", ["model.bin", "source.spm", "shared_vocabulary.json"])
def test_a_model_that_does_not_load_is_not_installed(name: str, tmp_path: Path) -> None:
    made = build_marian(tmp_path / "made")
    (made / name).write_bytes(b"{not a model")
    with pytest.raises(EngineError):
        install(made)
    assert models.installed() == []
    assert not [path for path in (tmp_path / "data").rglob("*") if path.is_file() and path.name != ".tolmach.lock"]


def test_installing_again_replaces_and_another_model_does_not(tmp_path: Path) -> None:
    made = build_marian(tmp_path / "made")
    install(made)
    (made / "README.md").write_text("second", encoding="utf-8")
    assert (install(made).folder / "README.md").read_text(encoding="utf-8") == "second"
    with pytest.raises(EngineError, match="is installed already and translates en→ru") as caught:
        install(made, Asked(sources=("de",), targets=("fr",)))
    assert "--name another" in caught.value.hint
    install(made, Asked(name="another", sources=("de",), targets=("fr",)))
    assert [model.name for model in models.installed()] == ["another", "opus-mt-en-ru"]


def test_an_installation_killed_at_any_rename_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build_marian(tmp_path / "made")
    install(made)
    real = Path.rename
    for at in range(2):
        calls = 0

        def killed(path: Path, target: str | Path, at: int = at) -> Path:
            nonlocal calls
            calls += 1
            if calls > at:
                raise KeyboardInterrupt
            return real(path, target)

        monkeypatch.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            install(made)
        monkeypatch.setattr(Path, "rename", real)
        assert [(m.source, m.target, m.fault) for m in models.installed()] == [("en", "ru", "")]
    install(made)
    assert [path.name for path in models.model_folder().iterdir() if path.is_dir()] == ["opus-mt-en-ru"]


def test_damaged_models_are_listed_and_the_rest_work_on(tmp_path: Path) -> None:
    install(build_marian(tmp_path / "made"))
    for name, card in {
        "empty": None,
        "broken": "{",
        "wrong": '{"sources": 5}',
        "bare": '{"sources": {}, "targets": {}}',
    }.items():
        folder = models.model_folder() / name
        folder.mkdir()
        if card is not None:
            (folder / models.CARD).write_text(card, encoding="utf-8")
    faults = {model.name: bool(model.fault) for model in models.installed()}
    assert faults == {"bare": True, "broken": True, "empty": True, "opus-mt-en-ru": False, "wrong": True}
    assert run("list").exit_code == 0
    assert OpusEngine.load("en", "ru").translate([Request(SENTENCES[0])])[0].text
    assert json.loads(run("verify", "--json").output.split("\n]")[0] + "\n]")


@pytest.mark.parametrize("what", [("nothing.zip",), ("a", "b", "c")])
def test_what_is_not_there(what: tuple[str, ...]) -> None:
    done = run("install", *what)
    assert done.exit_code == 2
    assert "is not there" in done.output


def test_hints_where_the_tokenizer_knows_both_scripts(tmp_path: Path) -> None:
    install(build_marian(tmp_path / "made"))
    assert not OpusEngine.load("en", "ru").traits.may_use_hints  # source.spm has seen English alone
    install(build_many(tmp_path / "made"))
    assert OpusEngine.load("ru", "en").signature.startswith("opus:nllb-small-")
