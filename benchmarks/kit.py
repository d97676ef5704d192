"""Thin adapters: what the measuring kits call, one function a tool and language, plain values in and out.

Each imports what it measures when it is called, so that the memory of one tool is not counted for another.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translate.inflection import Case, Gender, Number
    from translate.inflection.people import Role
    from translate.inflection.tagging import Tagged

# ── Names: declension and case ─────────────────────────────────────────────────────────────────────────────────────

KINDS = {"place": "place", "org": "organisation"}
ROLES: dict[str, Role] = {"person_last": "surname", "person_middle": "patronymic"}


def decline_batch(questions: list[tuple[str, Case, Gender, str, bool, Number]]) -> list[str]:
    """Answer each (lemma, case, gender, kind, animate, number) with a form.

    The kit tells surnames and patronymics from the rest, so they are asked for as such; its "person_first" holds given
    names and surnames mixed, and the project has to see by itself which is which.
    """
    from translate.inflection import CASES, paradigm
    from translate.inflection.people import decline_part

    answers = []
    for lemma, case, gender, kind, _animate, number in questions:
        if kind in ROLES:
            answers.append(decline_part(lemma, ROLES[kind], gender)[CASES.index(case)][0])
        else:
            answers.append(paradigm(lemma, KINDS.get(kind, "person"), gender=gender).form(case, number))
    return answers


UD_CASE = dict(
    zip(("nomn", "gent", "datv", "accs", "ablt", "loct"), ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc"), strict=True)
)
UD_GENDER: dict[str, Gender] = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}


def case_lemma(tokens: list[str], i: int, lemma: str, feats: dict[str, str]) -> tuple[str, str]:
    """Read case and number of token i, a form of a known lemma."""
    from translate.inflection import paradigm
    from translate.inflection.reading import read_tokens

    animate = feats.get("Animacy") == "Anim"
    kind = "term" if lemma[:1].islower() else "person" if animate else "place"
    term = paradigm(lemma, kind, gender=UD_GENDER.get(feats.get("Gender", "")), animate=animate)
    number: Number = "plur" if feats.get("Number") == "Plur" else "sing"
    found = read_tokens(_tagged(tuple(tokens)), [i], tokens[i], term, number)
    return UD_CASE[found.case], feats.get("Number", "Sing")


@lru_cache(maxsize=64)
def _tagged(tokens: tuple[str, ...]) -> Tagged:
    from translate.inflection.tagging import tagger

    return tagger().tag([tokens])[0]


# ── Catalogs ───────────────────────────────────────────────────────────────────────────────────────────────────────


def po_rewrite(path_in: str, path_out: str) -> None:
    """Read a catalog and write it back with no change."""
    from translate.catalog import Editor, read_catalog

    Path(path_out).write_bytes(Editor(read_catalog(path_in, tolerant=True)).data())


def po_edit(path_in: str, path_out: str, edits: dict[tuple[str | None, str], str]) -> None:
    """Set the msgstr of some entries, and nothing else."""
    from translate.catalog import Editor, Key, read_catalog

    catalog = read_catalog(path_in, tolerant=True)
    editor = Editor(catalog)
    for (msgctxt, msgid), msgstr in edits.items():
        entry = catalog.index.get(Key(msgctxt, msgid))
        if entry is not None:  # one that the script reads otherwise than gettext counts there as not applied
            editor.set_msgstr(entry, msgstr)
    Path(path_out).write_bytes(editor.data())


# ── Segments: text → list of sentence strings; joined they are the text again, blanks and all ──────────────────────


def split_en(text: str) -> list[str]:
    return _sentences(text, "en")


def split_ru(text: str) -> list[str]:
    return _sentences(text, "ru")


def split_kk(text: str) -> list[str]:
    return _sentences(text, "kk")


def split_ky(text: str) -> list[str]:
    return _sentences(text, "ky")


def _sentences(text: str, language: str) -> list[str]:
    from translate.segments import split

    starts = [0, *(s.start for s in split(text, language)[1:]), len(text)]
    return [text[a:b] for a, b in pairwise(starts)]


# ── Names: transliteration ─────────────────────────────────────────────────────────────────────────────────────────


def translit_batch(latin: list[str]) -> list[list[str]]:
    from translate import names

    return [[c.spelling for c in names.suggest(name)] for name in latin]
