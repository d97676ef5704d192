"""What is known of the languages that tolmach translates into: Russian whole, the others without their morphology.

A language of which nothing stands here is translated into as well, by whatever engine has it: its sentences, kept
pieces, numbers and glossary terms are looked after, and nothing of Russian is done to it.
"""

from __future__ import annotations

NAMES = {
    "en": "English", "ru": "Russian", "kk": "Kazakh", "ky": "Kyrgyz", "uz": "Uzbek", "tg": "Tajik", "uk": "Ukrainian",
}  # fmt: skip
"""What languages are called in English, as a model is asked for them."""

CYRILLIC = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk", "uz-Cyrl"})
GUILLEMETS = frozenset({"be", "kk", "ky", "ru", "tg", "tt", "uk"})
"""Languages that set a quotation in «» and numbers as Russian does: 1 500 000 and 2,5."""

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ALPHABETS = {
    "ru": frozenset(_RUSSIAN),
    "kk": frozenset(_RUSSIAN + "әғқңөұүһі"),
    "ky": frozenset(_RUSSIAN + "ңөү"),
}
"""The Cyrillic letters of a language, small."""

_SUFFIXING = frozenset({"kk", "ky", "tr", "tt", "uz", "uz-Cyrl"})


def declines(language: str) -> bool:
    """Tell whether terms can be put into their case in a language, its house style kept and its words read."""
    return language == "ru"


def appends(language: str) -> bool:
    """Tell whether a language declines by endings behind a stem that stays as it is, or nearly so."""
    return language in _SUFFIXING


def strange_letters(text: str, language: str) -> str:
    """Return the Cyrillic letters of a text that its language does not have, each once: «Назарбаев Нұрсұлтан» → "ұ"."""
    own = ALPHABETS.get(language)
    if own is None or text.isascii():
        return ""
    cyrillic = (letter for letter in dict.fromkeys(text.lower()) if "\u0400" <= letter <= "\u052f")
    return "".join(letter for letter in cyrillic if letter not in own)
