"""Compiled catalogs: the bytes of msgfmt, and what Python's gettext reads from them."""

from __future__ import annotations

import gettext
import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from translate.catalog import parse, read_catalog
from translate.catalog.compiled import compile_catalog, verify
from translate.errors import CatalogError

CATALOGS = Path(__file__).parent / "catalogs"
SHARED = Path(__file__).parents[2] / "shared" / "data" / "po"
gnu = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext")


def msgfmt(path: Path, out: Path) -> bytes | None:
    """Return what msgfmt makes of a catalog, b"" where it makes no file, None where it refuses."""
    out.unlink(missing_ok=True)
    if subprocess.run(["msgfmt", "-o", str(out), str(path)], capture_output=True, check=False).returncode:
        return None
    return out.read_bytes() if out.exists() else b""


@gnu
@pytest.mark.parametrize("name", ["ru.po", "site.pot"])
def test_our_samples(name: str, tmp_path: Path) -> None:
    expected = msgfmt(CATALOGS / name, tmp_path / "x.mo")
    assert compile_catalog(read_catalog(CATALOGS / name)) == expected


@gnu
def test_the_hash_table_at_many_sizes(tmp_path: Path) -> None:
    rng = random.Random(2)
    for size in (0, 1, 2, 3, 4, 5, 7, 12, 40, 300):
        entries = [f'msgctxt "{n}"\nmsgid "{rng.random()} Ж\\x41"\nmsgstr "{rng.random()}"\n' for n in range(size)]
        path = tmp_path / f"{size}.po"
        path.write_text("\n".join(entries), encoding="utf-8")
        assert compile_catalog(read_catalog(path)) == msgfmt(path, tmp_path / "x.mo"), size


@gnu
@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared catalogs")
def test_real_catalogs(tmp_path: Path) -> None:
    compared = 0
    for path in sorted(SHARED.glob("*.po*")):
        expected = msgfmt(path, tmp_path / "x.mo")
        if expected is not None:
            assert compile_catalog(read_catalog(path)) == expected, path.name
            compared += 1
    assert compared == 65


def test_gettext_reads_it() -> None:
    catalog = read_catalog(CATALOGS / "ru.po")
    data = compile_catalog(catalog)
    verify(data, catalog)
    read = gettext.GNUTranslations(io.BytesIO(data))
    assert read.gettext("Topics") == "Темы"
    assert read.gettext("Subscribe") == "Subscribe"  # fuzzy
    assert read.pgettext("menu", "About the site") == "О сайте"
    assert [read.ngettext("%d comment", "%d comments", n) for n in (1, 3, 11)] == [
        "%d комментарий", "%d комментария", "%d комментариев",
    ]  # fmt: skip


def test_a_file_that_lost_a_text_does_not_verify() -> None:
    catalog = read_catalog(CATALOGS / "ru.po")
    less = parse((CATALOGS / "ru.po").read_bytes().replace("Темы".encode(), b""))
    with pytest.raises(CatalogError, match="does not come back") as caught:
        verify(compile_catalog(less), catalog)
    assert caught.value.line == 20


def test_what_cannot_be_compiled_is_named() -> None:
    with pytest.raises(CatalogError, match="defined twice") as caught:
        compile_catalog(parse(b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', Path("ru.po")))
    assert (caught.value.line, caught.value.hint) == (4, "The first definition is in line 1")
