"""Thin adapters that the measuring kits call; one section a kit."""

from __future__ import annotations

# ── Names: transliteration ─────────────────────────────────────────────────────────────────────────────────────────


def translit_batch(latin: list[str]) -> list[list[str]]:
    from translate import names

    return [[c.spelling for c in names.suggest(name)] for name in latin]
