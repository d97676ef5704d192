"""Output guards: the known ways in which a translation model fails, each a small function (source, target) → Problem.

A guard compares two texts without a model, so it sees only gross failures: a loop, nothing, the source handed back,
far too much, far too little. A fluent wrong translation passes. Thresholds were set on human translations
(docs/why/engines.md gives the false alarms measured).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from translate.languages import CYRILLIC
from translate.messages import lazy_gettext
from translate.problems import Kind, Problem
from translate.spans import Span

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:[-'’.][\p{L}\p{N}]+)*")
_TOKEN = regex.compile(r"[\p{L}\p{N}]+|[^\s\p{L}\p{N}]")
_LETTER = regex.compile(r"\p{L}")
# “снегснегснегснегснег”, “оооооо”: five times or more in one long word; between words `_most_repeats` looks.
_LONG = regex.compile(r"\S{13,}")
_RUN = regex.compile(r"(.{1,20}?)\1{4,}", regex.IGNORECASE)

LONGEST_LOOP = 12  # words; “the first of the year, the first of the year, …” is 5


def loop(source: str, target: str) -> Problem | None:
    """Find words said three times running, or more often than the source says anything running."""
    for token, most in ((_WORD, 2), (_TOKEN, 7)):
        allowed = max(most, _most_repeats(source, token).times)
        found = _most_repeats(target, token)
        if found.times > allowed:
            once = _short(found.once.of(target))
            message = lazy_gettext("the engine repeats “{words}” {times} times", words=once, times=found.times)
            return Problem(Kind.REPETITION, message, target=found.span)
    run = _letters_run(target)
    if run and not _letters_run(source):
        message = lazy_gettext("the engine repeats “{words}”", words=_short(run.of(target)))
        return Problem(Kind.REPETITION, message, target=run)
    return None


def _letters_run(text: str) -> Span | None:
    for word in _LONG.finditer(text):
        run = _RUN.search(word[0][:500])
        if run and len(run[0]) > 12:
            return Span(word.start() + run.start(), word.start() + run.end())
    return None


@dataclass(frozen=True, slots=True)
class _Repeat:
    """The longest run of a phrase: where it stands, where it stands first, how often."""

    span: Span
    once: Span
    times: int


_ONCE = _Repeat(Span(0, 0), Span(0, 0), 1)


def _most_repeats(text: str, token: regex.Pattern[str]) -> _Repeat:
    places = [m.span() for m in token.finditer(text)]
    words = [text[start:stop].casefold() for start, stop in places]
    best = _ONCE
    for size in range(1, min(LONGEST_LOOP, len(words) // 2) + 1):
        same = 0
        for at in range(size, len(words)):
            same = same + 1 if words[at] == words[at - size] else 0
            times = same // size + 1
            if times > best.times:
                first = at + 1 - times * size
                start = places[first][0]
                best = _Repeat(Span(start, places[at][1]), Span(start, places[first + size - 1][1]), times)
    return best


def empty(source: str, target: str) -> Problem | None:
    """Find an output without a letter or digit for a source that has letters."""
    if _LETTER.search(source) and not _WORD.search(target):
        return Problem(Kind.UNTRANSLATED, lazy_gettext("the engine gave nothing for this sentence"))
    return None


def copied(source: str, target: str, language: str = "ru") -> Problem | None:
    """Find an output that is the source, or mostly words in the source's script.

    Names rightly stay (“Radio Azattyk”, “Microsoft Office for Mac”): only words in lower case tell.
    """
    words = [w for w in _WORD.findall(target) if _LETTER.search(w)]
    if language in CYRILLIC:
        foreign = sum(w.isascii() and len(w) > 1 and w.islower() for w in words)
        handed_back = foreign > 1 and foreign > len(words) / 2
    else:
        known = {w.casefold() for w in _WORD.findall(source)}
        lower = sum(w.islower() for w in words)
        handed_back = lower > 1 and sum(w.casefold() in known for w in words) > 0.9 * len(words)
    if handed_back:
        message = lazy_gettext("the engine handed back the source instead of a translation")
        return Problem(Kind.UNTRANSLATED, message)
    return None


def runaway(source: str, target: str) -> Problem | None:
    """Find an output far longer than any translation of the source would be."""
    if len(target) > 3 * len(source) + 40:
        times = f"{len(target) / max(1, len(source)):.1f}"
        message = lazy_gettext("the translation is {times} times as long as the source", times=times)
        return Problem(Kind.LENGTH, message)
    return None


def short(source: str, target: str) -> Problem | None:
    """Find an output that must have dropped a part of the source."""
    letters = len(_LETTER.findall(source))
    kept = len(_LETTER.findall(target))
    if letters >= 40 and 0 < kept < 0.4 * letters:
        message = lazy_gettext(
            "the translation has {kept} letters for the source’s {letters}: something is missing",
            kept=kept, letters=letters,
        )  # fmt: skip
        return Problem(Kind.LENGTH, message)
    return None


def lost(kept: Sequence[str], target: str) -> Problem | None:
    """Find a text that had to survive (`file_name`, a URL) and does not stand in the output."""
    gone = [word for word in kept if word not in target]
    if gone:
        pieces = ", ".join(f"“{_short(word)}”" for word in gone)
        return Problem(Kind.KEPT, lazy_gettext("lost on the way: {pieces}", pieces=pieces))
    return None


def inspect(source: str, target: str, *, whole: bool = True, language: str = "ru") -> tuple[Problem, ...]:
    """Run every guard.

    Args:
        source, target: one sentence and its translation.
        whole: False where the engine was stopped at its length limit.
        language: of the target, ISO 639.
    """
    nothing = empty(source, target)
    if nothing:
        return (nothing,)
    found = [loop(source, target), copied(source, target, language), runaway(source, target), short(source, target)]
    if not whole and not found[0]:
        message = lazy_gettext("the engine was stopped at its length limit: the end may be missing")
        found.append(Problem(Kind.LENGTH, message))
    return tuple(p for p in found if p)


def honest(target: str, problems: tuple[Problem, ...]) -> tuple[str, tuple[Problem, ...]]:
    """Return what of a faulty output may be shown: a loop once, a copied source not at all.

    Returns:
        The text, and the problems with their spans in it.
    """
    kinds = {p.kind: p for p in problems}
    if Kind.UNTRANSLATED in kinds:
        return "", problems
    repetition = kinds.get(Kind.REPETITION)
    if repetition is None or repetition.target is None:
        return target, problems
    run = repetition.target
    once = _once(run.of(target))
    shown = target[: run.start] + once + target[run.stop :]
    mended = replace(repetition, target=Span(run.start, run.start + len(once)))
    return shown, tuple(mended if p is repetition else p for p in problems)


def _once(run: str) -> str:
    for token in (_WORD, _TOKEN):
        found = _most_repeats(run, token)
        if found.span == Span(0, len(run)):
            return found.once.of(run)
    letters = _RUN.fullmatch(run)
    return letters[1] if letters else run


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
