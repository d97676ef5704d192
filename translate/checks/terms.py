"""Terms of the glossary in a translation: another spelling, a spelling that is replaced or barred."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from translate.checks.pair import Pair
from translate.glossary import Glossary, Policy, Term
from translate.inflection import Paradigm
from translate.messages import lazy_gettext as _
from translate.pinning import Target, locate
from translate.problems import Kind, Problem
from translate.spans import Span

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_FLAT = str.maketrans("ёЁ\u00a0", "еЕ ")


def other_spellings(pair: Pair) -> Iterator[Problem]:
    """Find terms that no form of the lemma stands for: another spelling, or nothing at all.

    Only names are asked for, and only persons must be there: a place may be an adjective («московское время»), an
    organisation may be shortened («Мосгорсуд»), a common term said in other words.
    """
    pinned = {pin.source for pin in pair.pins}
    open_ = [match for match in pair.matches if match.span not in pinned]
    if not open_:
        return
    text = pair.target.replace("\u00a0", " ")
    targets = [Target(m.span, m.paradigm(), position=m.span.start / max(1, len(pair.source))) for m in open_]
    for match, place in zip(open_, locate(targets, text), strict=True):
        term = match.paradigm()
        if match.term.policy in (Policy.KEEP, Policy.FIXED) or term.kind not in ("person", "place", "organisation"):
            continue
        if place is None:
            if term.kind == "person" and not term.fixed:
                yield Problem(
                    Kind.TERM, _("not found in the translation: {lemma}").format(lemma=term.lemma), source=match.span
                )
        elif (
            place.method == "similarity"
            and not place.head
            and place.score >= 0.72
            and not _spelt(place.span.of(text), term)
        ):
            message = _("{here} is not how the glossary spells {lemma}")
            filled = message.format(here=place.span.of(text), lemma=term.lemma)
            yield Problem(Kind.TERM, filled, source=match.span, target=place.span)


def _spelt(piece: str, term: Paradigm) -> bool:
    """Tell whether a form stands there, in other capitals or quotes, or a surname without its own given name."""
    if regex.search(r"\p{Latin}", piece):
        return True  # «Macquarie Australia»: left in Latin on purpose; `untranslated` judges that
    flat = plain(piece)
    forms = {plain(form) for cell in term.forms.values() for form in cell}
    if flat in forms or term.kind != "person":
        return flat in forms
    return any(flat.split()[-1] == form.split()[-1] for form in forms)


def replaced_names(pairs: list[Pair], book: Glossary) -> Iterator[Problem]:
    """Find the Russian of a line that a later file has replaced: Кыргызстан, where the house writes Киргизия."""
    before: dict[str, list[Term]] = {}
    for old, new in ((o.term, o.by) for o in book.overridden):
        if old.target != new.target and old.policy is not Policy.FORBID:
            before.setdefault(new.target, []).append(old)
    for pair in pairs if before else ():
        pinned = {pin.source for pin in pair.pins}
        for match in pair.matches:
            if match.partial or match.span in pinned or _standing(pair.target, match.paradigm()):
                continue
            for old in before.get(match.target, ()):
                span = _standing(pair.target, old.paradigm())
                if span:
                    message = _("{here} is not how the glossary spells {lemma}")
                    filled = message.format(here=span.of(pair.target), lemma=match.target)
                    yield Problem(Kind.TERM, filled, pair.id, match.span, span)


def _standing(text: str, term: Paradigm) -> Span | None:
    """Return where the first form of a term stands."""
    return next(_all_standing(text, term), None)


def _all_standing(text: str, term: Paradigm) -> Iterator[Span]:
    forms = {form for cell in term.forms.values() for form in cell} or {term.lemma}
    wanted = "|".join(map(regex.escape, sorted(forms, key=len, reverse=True)))
    pattern = rf"(?<![\p{{L}}\d-])(?:{wanted.translate(_FLAT)})(?![\p{{L}}\d-])"
    for match in regex.finditer(pattern, text.translate(_FLAT), regex.I):
        yield Span(match.start(), match.end())


def forbidden_spellings(pairs: list[Pair], book: Glossary, on: str) -> Iterator[Problem]:
    """Find Russian spellings that the house does not use, but where a line of the glossary asks for them."""
    bars = [term for term in book.forbidden if term.holds(on)]
    barred = {
        form.casefold().translate(_FLAT): term
        for term in bars
        for cell in term.paradigm().forms.values()
        for form in cell
    }
    longest = max((len(form.split()) for form in barred), default=0)
    for pair in pairs:
        words = list(regex.finditer(r"[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*", pair.target))
        for first in range(len(words)):
            for last in range(first, min(len(words), first + longest)):
                span = Span(words[first].start(), words[last].end())
                term = barred.get(span.of(pair.target).casefold().translate(_FLAT))
                if term is not None and _holds_here(term, pair, span) and not _asked_for(pair, span, term, book):
                    bare, noted = _("{here} is not used here."), _("{here} is not used here. {note}")
                    message = (noted if term.note else bare).format(here=span.of(pair.target), note=term.note)
                    yield Problem(Kind.FORBIDDEN, message, pair.id, target=span)


def _holds_here(bar: Term, pair: Pair, span: Span) -> bool:
    """Tell whether a bar is meant: «рыбачье хозяйство» is not the town of Рыбачье, and its English must be there."""
    if bar.target[0].isupper() and not span.of(pair.target)[0].isupper():
        return False
    spellings = [regex.escape(name) for name in (bar.source, *bar.aliases) if name]
    return not spellings or bool(regex.search(rf"(?<!\w)(?:{'|'.join(spellings)})(?!\w)", pair.source))


def _asked_for(pair: Pair, span: Span, bar: Term, book: Glossary) -> bool:
    """Tell whether the glossary itself has a barred spelling there.

    “Alma-Ata” in the sentence is Алма-Ата by a line of its own; «Киргизская ССР» is a longer name with a line.
    """
    if any(span in _all_standing(pair.target, m.paradigm()) for m in pair.matches):
        return True
    stem = bar.target.casefold().translate(_FLAT)[: max(3, len(bar.target) - 2)]
    longer = (
        term
        for term in book.terms
        if len(term.target) > len(bar.target)
        and stem in term.target.casefold().translate(_FLAT)
        and term.policy is not Policy.FORBID
        and term.kind != "interface"
    )
    return any(
        held.start <= span.start and span.stop <= held.stop and held != span
        for term in longer
        for held in _all_standing(pair.target, term.paradigm())
    )


def plain(text: str) -> str:
    """Return the words of a text alone, in lower case and with е for ё."""
    return " ".join(_WORD.findall(text)).casefold().replace("ё", "е")
