"""Strings that nobody knows, translated by an engine: by sentence, terms pinned, tags put around their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translate.article import Mark
from translate.catalog.layout import Layout, Leaf, lay_out
from translate.engines import Engine, Link, Request
from translate.glossary import Glossary, Term, TermMatch
from translate.parallel.markup import Marked, carry
from translate.pinning import Pinned, Sentence, exonyms, pin
from translate.problems import Kind, Problem

# A link over more words is no name that could be put into its case.
_NAME = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """A string to translate, and the flags of its entry."""

    text: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A string in Russian, "" where a part of it was lost, and what is doubtful."""

    text: str
    problems: tuple[Problem, ...] = ()


# “© 2024 Newsroom.”, “© 2011–2024 The Steppe Courier”: a year and a name.
_CREDIT = re.compile(r"©\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s*)?(?:[A-Z][\w.'’&-]*\s?)*")

Known = Callable[[str], str | None]
"""Looks a string up where people wrote the answer; None where it is not known."""


def ask(wanted: Sequence[Wanted], engine: Engine | None, glossary: Glossary, known: Known) -> list[Made]:
    """Translate n strings, all their sentences at once.

    A sentence, or the words of a link, that people have translated is taken as it is; links in a sentence are terms of
    it, so that «с нашей <a>Политикой конфиденциальности</a>» is in its case.

    Args:
        wanted: n strings.
        engine: as `open_engine` gives it; without one only strings all of whose parts are known are made.
        glossary: terms to pin.
        known: asked for each sentence and for the words of each link.
    """
    layouts = [lay_out(one.text, one.flags) for one in wanted]
    leaves = [part for layout in layouts for part in layout if isinstance(part, Leaf)]
    answers: dict[Leaf, Made] = {}
    for leaf in leaves:
        text = known(leaf.raw)
        if text is not None or _CREDIT.fullmatch(leaf.text) or not any(letter.isalpha() for letter in _words(leaf)):
            answers[leaf] = Made(leaf.raw if text is None else text)
    left = [leaf for leaf in dict.fromkeys(leaves) if leaf not in answers]
    answers |= dict.fromkeys(left, Made(""))
    if left and engine is not None:
        sentences = [_sentence(leaf, glossary, known) for leaf in left]
        pinned = pin(sentences, engine, exonyms=exonyms(glossary))
        marked = [_marked(leaf, made) for leaf, made in zip(left, pinned, strict=True)]
        carried = carry(marked, lambda words: [_rendered(word, engine, known) for word in words])
        for leaf, made, marks in zip(left, pinned, carried, strict=True):
            answers[leaf] = _made(leaf, made, [mark.span for mark in marks.marks], marks.problems)
    return [_joined(layout, answers) for layout in layouts]


def _words(leaf: Leaf) -> str:
    text = leaf.text
    for span in reversed(leaf.kept):
        text = text[: span.start] + text[span.stop :]
    return text


def _sentence(leaf: Leaf, glossary: Glossary, known: Known) -> Sentence:
    links = []
    for element in leaf.elements:
        words = element.span.of(leaf.text)
        text = known(words) if len(words.split()) <= _NAME else None
        term = Term(words, text) if text else None
        if term is not None and term.paradigm().method == "dictionary" and not term.paradigm().fixed:
            links.append(TermMatch(term, element.span, term.target))
    taken = [*(match.span for match in links), *leaf.kept]
    # A term within a placeholder is the program's own word: {{ region.name }}
    found = [m for m in glossary.find(leaf.text).matches if not any(span.overlaps(m.span) for span in taken)]
    return Sentence(leaf.text, tuple(sorted([*found, *links], key=lambda m: m.span.start)), leaf.kept)


def _marked(leaf: Leaf, pinned: Pinned) -> Marked:
    """Gather which words belong together: terms, and the engine's alignment where it still holds."""
    if not leaf.elements:
        return Marked(leaf.text, pinned.text, ())
    links: tuple[Link, ...] = ()
    if pinned.draft is not None and pinned.draft.text == pinned.text:
        links = tuple(pinned.draft.alignment or ())
    marks = tuple(Mark(element.span, "link") for element in leaf.elements)
    return Marked(leaf.text, pinned.text, marks, tuple(Link(p.source, p.target) for p in pinned.pins), links)


def _rendered(words: str, engine: Engine, known: Known) -> str:
    text = known(words)
    return text if text is not None else engine.translate([Request(words)])[0].text


def _made(leaf: Leaf, pinned: Pinned, spans: Sequence[object], doubts: Sequence[Problem]) -> Made:
    problems = [*(pinned.draft.problems if pinned.draft is not None else ()), *pinned.problems, *pinned.doubts, *doubts]
    if not pinned.text.strip() or any(p.severity > 1 or p.kind == Kind.MARKUP for p in problems):
        return Made("", tuple(problems))
    return Made(leaf.rebuilt(pinned.text, spans), tuple(problems))  # type: ignore[arg-type]


def _joined(layout: Layout, answers: dict[Leaf, Made]) -> Made:
    """Put the sentences in the place of the others, what stands between them as it was."""
    parts: list[str] = []
    problems: list[Problem] = []
    lost = False
    for part in layout:
        if isinstance(part, str):
            parts.append(part)
            continue
        parts.append(answers[part].text)
        problems += answers[part].problems
        lost = lost or not answers[part].text
    return Made("" if lost else "".join(parts), tuple(problems))
