"""Thin adapters: what the measuring kits call, one function a tool and language, plain values in and out."""

from __future__ import annotations

from itertools import pairwise

# --- segments: text → list of sentence strings; joined they are the text again, blanks and all


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
