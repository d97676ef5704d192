"""The translation taken out of what a language model says around it.

Models announce («Вот перевод:»), think aloud, quote, set in bold, repeat the source and add notes. Each of these is cut
only where the source has nothing like it, so that a sentence which is itself a quotation keeps its marks.
"""

from __future__ import annotations

import regex

_THOUGHT = regex.compile(r"<(think|thinking|reasoning|thought)>.*?(?:</\1>|\z)", regex.DOTALL | regex.IGNORECASE)
_FENCE = regex.compile(r"\A\s*```[\w-]*\n(.*?)\n?```\s*\Z", regex.DOTALL)
_TOKEN = regex.compile(r"<\|?(?:end_of_turn|start_of_turn|im_end|im_start|eot_id|s|/s|bos|eos|channel\|?>final)\|?>")
# “Here is the translation:”, “Translation (Russian):”, «Перевод:», «Вот перевод на русский язык:»
_ANNOUNCED = regex.compile(
    r"\A(?:[*_#\s]*)(?:(?:sure|certainly|of course|okay|конечно|хорошо)[,!.]?\s*)?"
    r"(?:(?:here(?: is|'s|’s)|the|вот|это)\s+)?(?:the\s+|your\s+)?(?:russian\s+)?"
    r"(?:translation|translated (?:text|sentence)|перевод)\b[^:\n]{0,60}:[*_]*\s*",
    regex.IGNORECASE,
)
_LANGUAGE = regex.compile(r"\A(?:Russian|Русский|RU|На русском)\s*:\s*", regex.IGNORECASE)
_NOTE = regex.compile(r"\A\W*(?:note|notes|explanation|примечани[ея]|пояснение|комментарий)\b", regex.IGNORECASE)
_PAIRS = ("«»", '""', "“”", "„“", "''", "‘’")


def without_thoughts(said: str) -> str:
    """Return an answer without its thinking blocks and the tokens of the chat."""
    return _TOKEN.sub("", _THOUGHT.sub("", said))


def cleaned(said: str, source: str) -> str:
    """Return the translation in what a model said, on one line; "" where there is none.

    Args:
        said: the whole answer.
        source: the sentence that was asked for.
    """
    text = without_thoughts(said).strip()
    if fenced := _FENCE.match(text):
        text = fenced[1].strip()
    text = _without(_ANNOUNCED, text, source)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if "\n" not in source:
        lines = _one_answer(lines, source)
    text = " ".join(" ".join(lines).split())
    text = _unquoted(_without(_LANGUAGE, text, source), source)
    return _plain(text, source)


def _without(pattern: regex.Pattern[str], text: str, source: str) -> str:
    return text if pattern.match(source) else pattern.sub("", text, count=1)


def _one_answer(lines: list[str], source: str) -> list[str]:
    """Drop the source repeated in front, and what is said after the translation."""
    wanted = " ".join(source.split()).casefold()
    while len(lines) > 1 and wanted in " ".join(lines[0].split()).casefold():
        lines = lines[1:]
    for n, line in enumerate(lines[1:], 1):
        if _NOTE.match(line) and not _NOTE.match(source):
            return lines[:n]
    return lines


def _unquoted(text: str, source: str) -> str:
    for pair in _PAIRS:
        inner = text[1:-1]
        whole = len(text) > 1 and text[0] == pair[0] and text[-1] == pair[1]
        if whole and pair[0] not in inner and pair[1] not in inner and source[:1] not in "«\"“„'‘":
            return inner.strip()
    return text


def _plain(text: str, source: str) -> str:
    """Take off Markdown that the source has not."""
    for mark in ("**", "__", "`", "#"):
        if mark not in source:
            text = text.replace(mark, "")
    if text[:1] == text[-1:] == "*" and "*" not in source:
        text = text[1:-1]
    return " ".join(text.split())
