"""The pieces of a vocabulary that name a language: “>>rus<<” (OPUS-MT), “rus_Cyrl” (NLLB), “__ru__” (M2M).

Tolmach names languages by the shortest code there is, with a script only where it is not the usual one: “rus_Cyrl” is
ru, “uzn_Latn” uz, “kaz_Latn” kk-Latn. langcodes knows which codes mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import regex

_MARKS = tuple(map(regex.compile, (r">>(\w{2,12})<<", r"([a-z]{3}_[A-Z][a-z]{3})", r"__([a-z]{2,3})__")))
# ISO 639-5 collections in the names of OPUS-MT's models: each stands for several languages
_GROUPS = frozenset(
    """
    aav afa alv art bat bnt cau cel cpf cpp crp dra euq fiu gem gmq gmw grk iir inc ine ira itc mul roa sem sit sla sqj
    tai trk tut urj zle zls zlw
    """.split()  # noqa: SIM905
)


def is_group(code: str) -> bool:
    """Tell whether a code stands for several languages: “zle”, “ROMANCE”."""
    return code in _GROUPS or (code.isupper() and len(code) > 3)


def language_of(tag: str) -> str:
    """Return a language's shortest code, "" for what is none.

    Args:
        tag: ISO 639 of two or three letters, a script or country behind it: “rus_Cyrl”, “pt_br”, “en”.
    """
    import langcodes

    try:
        found = langcodes.Language.get(tag)
        if not found.is_valid():
            return ""
        wide = found.prefer_macrolanguage()
        usual = langcodes.Language.get(wide.language or "und").maximize().script
    except ValueError:  # langcodes.LanguageTagError
        return ""
    script = f"-{wide.script}" if wide.script and wide.script != usual else ""
    return f"{wide.language}{script}" if wide.language else ""


def tokens(vocabulary: Iterable[str]) -> dict[str, str]:
    """Return language → the piece that names it.

    Where several do (NLLB has eight Arabics), the one nearest to the plain language.
    """
    import langcodes

    best: dict[str, tuple[int, int, str]] = {}
    for piece in vocabulary:
        tag = next((found[1] for mark in _MARKS if (found := mark.fullmatch(piece))), "")
        code = language_of(tag) if tag else ""
        if code:
            rank = (langcodes.tag_distance(code, tag.replace("_", "-")), len(piece), piece)
            best[code] = min(best.get(code, rank), rank)
    return {code: piece for code, (_distance, _length, piece) in sorted(best.items())}


def shown(codes: Mapping[str, str]) -> str:
    """Return languages as a list shows them: “be,ru,uk”, “202 languages”."""
    return ",".join(codes) if len(codes) <= 6 else f"{len(codes)} languages"
