"""Where the sentence pairs come from: named TSVs of a folder or of its .tar.xz archives, with what each may give.

They lie where those of the benchmarks do (`benchmarks/data.py`, $TOLMACH_DATA): the parallel text in data/parallel, the
lexicons of names in data/lexicon. Licences differ; what is not free for commerce or of doubtful origin is left out.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.data import folder
from training.draft.pairs import Pair
from translate.errors import TranslateError

Group = Literal["news", "machine", "prose", "talk", "software", "short"]
EVERYTHING = 10**9


class DataError(TranslateError):
    """Training data are missing or damaged."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of pairs.

    Args:
        name: of the TSV, without its ending.
        group: what kind of text it is; the mix is made of shares of groups.
        most: pairs taken at most.
        per_source: translations of one English sentence taken at most.
    """

    name: str
    group: Group
    most: int = EVERYTHING
    per_source: int = 1


def _sources(group: Group, names: str, most: int = EVERYTHING, per_source: int = 1) -> list[Source]:
    return [Source(name, group, most, per_source) for name in names.split()]


SOURCES: tuple[Source, ...] = (
    # News written or translated by people. English newstest2019 and WMT22 are held out and in none of them.
    *_sources("news", "newstest2012 newstest2013 newstest2014 newstest2015 newstest2016 newstest2017 newstest2018"),
    *_sources("news", "newstest2019_ruen newstest2020 newstest2021 wmt22_ruen wmt23 wmt24 mucow_newscomm"),
    *_sources("news", "parcorp_media_ted flores_dev pud ovdinfo_reports"),
    # English news with Russian by good systems, and Russian news with machine English.
    *_sources("machine", "wmt_google_ms_enru wmt_bergamot_enru wmt_sysout alma_wmt23_enru", per_source=2),
    *_sources("machine", "wmtqe_enru_mt", per_source=2),
    *_sources("machine", "wmt_google_ms_ruen_bt wmt_sysout_ruen_bt alma_ruen_bt"),
    *_sources("machine", "wmt_sysout_testsuites", 30_000, 2),
    *_sources("prose", "un_v1_devtest un_sdg mucow_multiun mucow_eubooks udhr tico19 xquad bio_ref mt_geneval"),
    *_sources("prose", "mlqe_pe_ruen rubq stellarium_skycultures gulag_map heros_book opendatahandbook dfak"),
    *_sources("prose", "mozilla_legal mozilla_www privacyguides opensource_guide innersource bitcoin_org cc_legalcode"),
    *_sources("prose", "wmt_misc mucow_books bilinguator_pd"),
    *_sources("prose", "bio_sysout", 2_500),
    *_sources("prose", "mgsm", 400),
    *_sources("talk", "tatoeba_test mucow_tatoeba mucow_ted iwslt_formality", per_source=2),
    *_sources("talk", "cataclysm_dda games_prose", 10_000),
    *_sources("software", "debian_web", 6_000),
    *_sources("software", "ms_d365smb libreoffice_help", 3_000),
    *_sources("software", "ms_graph gimp_help gnome_user_docs debian_handbook", 1_500),
    *_sources("short", "isocodes", 3_200),
    *_sources("short", "system_mo", 4_000),
    *_sources("short", "wordpress libreoffice_ui kde_ui mediawiki wesnoth", 1_500),
    *_sources("short", "phpmyadmin", 300),
)
# Held-out sets that lie beside the archives: their English never goes in.
HELD = ("ntrex.en-ru", "flores_devtest.en-ru", "wmt22.en-ru", "wmt25_terminology.en-ru")


def root(given: Path | None = None) -> Path:
    """Return the folder with parallel/ and lexicon/ in it: below the one given, or below that of the benchmarks' data.

    Raises:
        DataError: it is not there.
    """
    found = (given or folder()) / "data"
    if (found / "parallel").is_dir():
        return found
    hint = "set TOLMACH_DATA or --data to the folder of the data; docs/training.md says what belongs there"
    raise DataError("there is no folder data/parallel in it", path=given or folder(), hint=hint)


def read(parallel: Path) -> Iterator[Pair]:
    """Yield all pairs of all sources, in an order that depends on the files alone.

    Args:
        parallel: a folder with TSVs, or .tar.xz archives of TSVs; a TSV that lies there wins.
    """
    wanted = {source.name for source in SOURCES}
    for path in sorted(parallel.glob("*.tsv")):
        if path.stem in wanted:
            wanted.discard(path.stem)
            yield from _pairs(path.stem, path.read_text(encoding="utf-8"))
    for archive in sorted(parallel.glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                name = Path(member.name).stem
                file = tar.extractfile(member) if name in wanted else None
                if file:
                    yield from _pairs(name, io.TextIOWrapper(file, encoding="utf-8").read())


def _pairs(name: str, text: str) -> Iterator[Pair]:
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) == 2:
            yield Pair(cells[0].strip(), cells[1].strip(), name)
