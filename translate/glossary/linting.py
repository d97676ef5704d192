"""What an editor should look at in a glossary: the faults that stop it from loading, and the doubts that do not.

Each check is a small function from the terms to faults, in the list at the end. A check says what is probably wrong;
it never mends anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from translate.glossary.book import Glossary, files_of
from translate.glossary.folding import fold
from translate.glossary.matching import WORD, Spelling, listed, runs
from translate.glossary.people import surname
from translate.glossary.table import Fault, read, sort_key
from translate.glossary.term import Policy, Term
from translate.inflection import Gender, Number, Slot, paradigm
from translate.languages import strange_letters
from translate.messages import Message
from translate.messages import lazy_gettext as _

ACCEPTED = "x-lint"
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u052f]")
# What a surname or patronymic tells of its bearer's gender. Not -ин: Гульрухсор Сангин is a woman.
_TELLS: tuple[tuple[re.Pattern[str], Gender], ...] = (
    (re.compile(r"\w{2}(ов|ев|ёв|ский|цкий|ович|евич)$"), "masc"),
    (re.compile(r"\w{2}(ова|ева|ёва|ская|цкая|овна|евна)$"), "femn"),
)
_OBLIQUE = re.compile(r"\w{2}([ое]в(у|ым|ой|ых)|ин(у|ым|ой)|[сц]к(ого|ому|им|ой|ую))$")
_CODES = {"Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct", "Voc": "voct"}
_HOLLOW = str.maketrans("ёэй", "ееи", "ь«»")


def lint(paths: Iterable[str | Path]) -> list[Fault]:
    """List every fault and every doubt of glossary files, in the order of files and lines.

    A doubt that an editor has looked at is named by its kind in the line's column `x-lint`, and is not listed again.

    Args:
        paths: files, or folders of .tsv files; later ones override earlier ones.

    Raises:
        GlossaryError: a path does not exist.
    """
    files = files_of(paths)
    found: list[Fault] = []
    terms: list[Term] = []
    for path in files:
        some, faults = read(path)
        terms += some
        found += faults
    book = Glossary(terms)
    accepted = {(t.path, t.line): t.extra[ACCEPTED].split() for t in terms if ACCEPTED in t.extra}
    for check in CHECKS:
        found += [f for f in check(book) if f.kind not in accepted.get((f.path, f.line), ())]
    order = {path: n for n, path in enumerate(files)}
    return sorted(dict.fromkeys(found), key=lambda f: (order.get(f.path, -1), f.line))


def _fault(term: Term, kind: str, message: Message, **args: object) -> Fault:
    told = {"source": term.source, "target": term.target, **args}
    return Fault(term.path or Path(), term.line, kind, message.format(**told))


def _where(term: Term) -> str:
    return f"{term.path}:{term.line}"


def unsorted_lines(book: Glossary) -> Iterator[Fault]:
    """Order makes differences readable line by line."""
    for before, term in pairwise(_as_listed(book)):
        if before.path == term.path and sort_key(term) < sort_key(before):
            yield _fault(
                term,
                "order",
                _("{name!r} stands after {before!r}; sort the file"),
                name=term.source or term.target,
                before=before.source,
            )


def overridden_terms(book: Glossary) -> Iterator[Fault]:
    """A later file that says the same is dead weight here; one that says something else should be meant."""
    for old, new in ((o.term, o.by) for o in book.overridden):
        again = _("{name!r} → {old!r} is repeated at {where}")
        other = _("{name!r} → {old!r} is overridden by {new!r} at {where}")
        message = again if old.target == new.target else other
        name = old.source or old.target
        yield _fault(old, "override", message, name=name, old=old.target, new=new.target, where=_where(new))


def quoted_cells(book: Glossary) -> Iterator[Fault]:
    """A spreadsheet wraps cells in quotation marks when it saves; here they would be part of the term."""
    for term in book.terms:
        for name, cell in (("source", term.source), ("target", term.target), ("note", term.note)):
            if len(cell) > 1 and cell[0] == cell[-1] == '"':
                yield _fault(
                    term,
                    "quoted",
                    _("{name} stands in quotation marks, as a spreadsheet leaves them: {cell}"),
                    name=name,
                    cell=cell,
                )


def wrong_alphabet(book: Glossary) -> Iterator[Fault]:
    """The Russian of a pinned term is written in Cyrillic, the English in Latin letters."""
    for term in book.terms:
        pinned = term.policy in (Policy.PIN, Policy.FIXED, Policy.HINT)
        if pinned and term.kind != "interface" and not _CYRILLIC_LETTER.search(term.target):
            yield _fault(term, "alphabet", _("target {target!r} has no Cyrillic letter; use policy keep"))
        for spelling in (term.source, *term.aliases):
            if _CYRILLIC_LETTER.search(spelling):
                yield _fault(
                    term, "alphabet", _("the English spelling {spelling!r} has Cyrillic letters"), spelling=spelling
                )
        for name, cell in (("kk", term.kk), ("ky", term.ky)):
            if cell and not _CYRILLIC_LETTER.search(cell) and re.search("[a-z]", cell.lower()):
                yield _fault(term, "alphabet", _("{name} {cell!r} is not in Cyrillic"), name=name, cell=cell)
        yield from _strange_letters(term)


def _strange_letters(term: Term) -> Iterator[Fault]:
    """Yield letters that the language of a cell does not have: the ұ of «Нұрсұлтан» in a Russian target."""
    russian = "" if term.policy is Policy.FORBID else term.target
    for name, language, cell in (("target", "ru", russian), ("kk", "kk", term.kk), ("ky", "ky", term.ky)):
        if letters := strange_letters(cell, language):
            message = _("{name} {cell!r} has {letters}, no letter of the language")
            yield _fault(term, "alphabet", message, name=name, cell=cell, letters=letters)


def unused_aliases(book: Glossary) -> Iterator[Fault]:
    """An alias that is found without being listed: a hyphen for a blank, a plural, capitals."""
    for term in book.terms:
        if term.kind == "interface":
            continue
        seen: dict[str, list[tuple[str, Spelling]]] = {}
        names = [name for name in (term.source, *term.aliases) if WORD.search(fold(name).text)]
        for name, (spelling, entry) in zip(names, listed(term), strict=True):
            before = seen.setdefault(list(runs(spelling))[-1], [])
            cover = next((n for n, e in before if e.tail == entry.tail and e.spelt(entry.words, heading=False)), None)
            if cover:
                yield _fault(
                    term,
                    "alias",
                    _("alias {name!r} is unused: {cover!r} is found in this spelling too"),
                    name=name,
                    cover=cover,
                )
            before.append((name, entry))
        wordless = [alias for alias in term.aliases if not WORD.search(alias)]
        for alias in wordless:
            yield _fault(term, "alias", _("alias {alias!r} has no letter"), alias=alias)


def spellings_of_two_terms(book: Glossary) -> Iterator[Fault]:
    """One English spelling that two terms claim at the same time: the second is never found, or neither is."""
    for entries in (*book.index.keys.values(), *book.wished.keys.values()):
        listed = [e for e in entries if not e.surname and not e.number]
        for first, other in _pairs(listed):
            if (
                first.term is other.term
                or first.tail != other.tail
                or not first.spelt(other.words, heading=False)
                or _apart(first.term, other.term)
            ):
                continue
            a, b = sorted((first, other), key=lambda e: e.rank, reverse=True)
            if a.target == b.target:
                message = _("{spelling} spells also {source!r} at {where}")
            elif a.rank > b.rank:
                message = _("{spelling} is taken by {source!r} → {other!r} at {where}")
            else:
                message = _("{spelling} means {target!r} here and {other!r} at {where}")
            where = {"spelling": _spelt_in(b), "source": a.term.source, "where": _where(a.term)}
            yield _fault(b.term, "two-terms", message, target=b.target, other=a.target, **where)


def _spelt_in(entry: Spelling) -> str:
    """Return the spelling in quotation marks as the line has it."""
    term = entry.term
    found = (s for s in (term.source, *term.aliases) if " ".join(WORD.findall(fold(s).text)) == entry.words)
    return repr(next(found, entry.words))


def _pairs(entries: Sequence[Spelling]) -> Iterator[tuple[Spelling, Spelling]]:
    for n, one in enumerate(entries[:20]):
        for other in entries[n + 1 : 20]:
            yield one, other


def _apart(one: Term, other: Term) -> bool:
    """Say whether dates keep two terms apart."""
    before = bool(one.until and other.since) and one.until < other.since
    after = bool(other.until and one.since) and other.until < one.since
    return before or after


def two_spellings_of_one_name(book: Glossary) -> Iterator[Fault]:
    """Жээнбеков in one line and Жеенбеков in another; one Kazakh or Kyrgyz name with two Russian ones."""
    first: dict[str, Term] = {}
    for term in book.terms:
        if term.policy is Policy.FORBID or term.kind == "interface":
            continue
        keys = [f"{term.kind}\0{_hollow(term.target)}"]
        if term.kind == "person":
            keys += [f"{name}\0{cell}" for name, cell in (("kk", term.kk), ("ky", term.ky)) if cell]
        for key in keys:
            other = first.setdefault(key, term)
            if other.target != term.target:
                message = _("{target!r} here and {other!r} at {where} look like one name")
                yield _fault(term, "two-spellings", message, other=other.target, where=_where(other))
                break


def _hollow(target: str) -> str:
    """Return a spelling without what two Russian spellings of one foreign name differ in."""
    return re.sub(r"(\w)\1", r"\1", target.casefold().translate(_HOLLOW))


def forbidden_spellings(book: Glossary) -> Iterator[Fault]:
    """Киргизия beside Кыргызстан; the official name of an organisation may hold it."""
    barred: dict[str, Term] = {}
    for ban in book.forbidden:
        made = paradigm(ban.target, ban.kind if ban.kind != "interface" else "term")
        for form in {ban.target, *(form for several in made.forms.values() for form in several)}:
            barred.setdefault(form.casefold(), ban)
        if not ban.note:
            yield _fault(ban, "forbid", _("the note of {target!r} does not say what to write instead"))
    longest = max((len(form.split()) for form in barred), default=0)
    for term in book.terms:
        if term.policy is Policy.FORBID or term.until:
            continue  # Алма-Ата until 1993
        words = term.target.casefold().strip("«»").split()
        spans = range(1, min(longest, len(words)) + 1) if term.kind != "organisation" else [len(words)]
        runs = (" ".join(words[n : n + size]) for size in spans for n in range(len(words) - size + 1))
        ban_or_none = next((barred[run] for run in runs if run in barred), None)
        if ban_or_none:
            message = _("{target!r} holds {other!r}, which {where} bars")
            yield _fault(term, "forbidden", message, other=ban_or_none.target, where=_where(ban_or_none))


def contradictory_gender(book: Glossary) -> Iterator[Fault]:
    """Gender beside a surname or a noun that says otherwise; a person without one is declined by a guess."""
    for term in book.terms:
        if term.policy in (Policy.FORBID, Policy.KEEP) or term.kind == "interface":
            continue
        if term.kind == "person":
            if term.number == "plur":
                continue  # a family
            if not term.gender:
                yield _fault(term, "gender", _("{target!r} has no gender, and the declension of a name asks for it"))
                continue
            words = term.target.split()
            for word in words:
                says = next((gender for ending, gender in _TELLS if ending.search(word)), None)
                if says not in (None, term.gender) and (word in surname(words) or word.endswith(("вич", "вна"))):
                    yield _fault(
                        term,
                        "gender",
                        _("{word!r} is {says}, the line says {gender}"),
                        word=word,
                        says=says,
                        gender=term.gender,
                    )
        elif term.gender and term.number != "plur" and term.target[:1] != "«":  # «Кыргыз темир жолу» is what it names
            made = paradigm(term.target, term.kind, number=term.number, animate=term.animate)
            if made.method == "dictionary" and made.gender and made.gender != term.gender and made.number == "sing":
                yield _fault(
                    term,
                    "gender",
                    _("{target!r} is {gender}, the line says {said}"),
                    gender=made.gender,
                    said=term.gender,
                )


def guessed_kinds(book: Glossary) -> Iterator[Fault]:
    """A line without a kind is read as what it looks like; of a person an editor should see which gender that gives."""
    counts: dict[Path, Counter[str]] = {}
    for term in book.terms:
        if "kind" in term.guessed and term.kind == "person":
            taken = f"a person, {term.gender}" if term.gender else "a family"
            message = _("{source!r} is taken for {taken}; write kind and gender into the line if it is so")
            yield _fault(term, "guessed", message, taken=taken)
        elif "kind" in term.guessed:
            counts.setdefault(term.path or Path(), Counter())[term.kind] += 1
    for path, kinds in counts.items():
        several = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
        yield Fault(
            path, 0, "guessed", _("lines that name no kind are taken by their looks: {several}", several=several)
        )


def forms_against_the_paradigm(book: Glossary) -> Iterator[Fault]:
    """Forms that the rules make anyway, that belong to another case, or that are of another word."""
    for term in book.terms:
        if not term.forms:
            continue
        if term.policy in (Policy.FIXED, Policy.KEEP):
            yield _fault(term, "forms", _("policy {value} has no forms"), value=term.policy.value)
            continue
        made = paradigm(term.target, term.kind, gender=term.gender, number=term.number, animate=term.animate)
        idle = [_name(slot) for slot, several in term.forms.items() if several == made.forms.get(slot)]
        if idle:
            yield _fault(
                term, "forms", _("{forms} of {target!r} are what the rules make anyway"), forms=", ".join(idle)
            )
        for slot, several in term.forms.items():
            for form in several:
                if form in made.forms.get(slot, ()):
                    continue
                right = [_name(s) for s, ours in made.forms.items() if form in ours and s.number == slot.number]
                if right:
                    message = _("{name}={form} is the {slots} of {target!r} by the rules")
                    yield _fault(term, "forms", message, name=_name(slot), form=form, slots=" or ".join(right))
                elif _first_letter(form) != _first_letter(term.target):
                    yield _fault(
                        term, "forms", _("{name}={form} is no form of {target!r}"), name=_name(slot), form=form
                    )


def _first_letter(form: str) -> str:
    """Return what no declension changes: лёд and льда share no more."""
    return form[:1].casefold().replace("ё", "е")


def _name(slot: Slot) -> str:
    return f"plur.{slot.case}" if slot.number == "plur" else slot.case


def lemma_not_nominative(book: Glossary) -> Iterator[Fault]:
    """A target that can only be another case: Министерством финансов, Омурбеку Бабанову."""
    from translate.inflection.dictionary import analyzer

    analyser = analyzer()
    for term in book.terms:
        if term.policy not in (Policy.PIN, Policy.HINT) or term.kind == "interface":
            continue
        words = WORD.findall(term.target.replace("-", "_"))
        if term.kind == "person":
            wrong = next((word for word in surname(words) if _OBLIQUE.search(word)), "") if len(words) > 1 else ""
            if wrong:
                yield _fault(term, "lemma", _("{wrong!r} in {target!r} is not a nominative"), wrong=wrong)
            continue
        readings = [a for a in analyser.analyze(words[0]) if a.source == "dictionary"] if words else []
        # «Олий» is a case of the name Олия for the dictionary; common nouns and places it knows well.
        known = [a for a in readings if a.pos in ("NOUN", "ADJ") or a.feats.get("NameType") == "Geo"]
        cases = [a.feats.get("Case", "") for a in known if term.kind != "place" or a.feats.get("Number") != "Plur"]
        if term.kind == "place" and not {"Dat", "Ins", "Loc"} & set(cases):
            continue  # «Семей» is for the dictionary a genitive of семья
        if cases and len(cases) == len(readings) and all(cases) and "Nom" not in cases:
            yield _fault(
                term,
                "lemma",
                _("{word!r} in {target!r} is not a nominative ({codes})"),
                word=words[0],
                codes=_CODES[cases[0]],
            )


def wrong_number(book: Glossary) -> Iterator[Fault]:
    """A number beside a noun whose nominative says otherwise."""
    for term in book.terms:
        if term.number and term.policy is Policy.PIN and term.kind not in ("person", "interface"):
            made = paradigm(term.target, term.kind, gender=term.gender)
            other: Number = "sing" if term.number == "plur" else "plur"
            if made.method == "dictionary" and made.number == other:
                yield _fault(
                    term, "number", _("{target!r} is {other}, the line says {number}"), other=other, number=term.number
                )


def _as_listed(book: Glossary) -> list[Term]:
    """Return the terms of every file in file order, those overridden too."""
    return sorted([*book.terms, *(o.term for o in book.overridden)], key=lambda t: (str(t.path), t.line))


def wishes_for_names(book: Glossary) -> Iterator[Fault]:
    """What a person or an organisation is called is not a wish: a name has to be there."""
    for term in book.terms:
        if term.policy is Policy.HINT and term.kind in ("person", "organisation", "interface"):
            message = _("{source!r} is a {given}, which has to be there; policy hint is for words")
            yield _fault(term, "hint", message, given=term.kind)


def hidden_wishes(book: Glossary) -> Iterator[Fault]:
    """A wish that is never read, because a term has the same spelling."""
    for term in book.terms:
        if term.policy is not Policy.HINT:
            continue
        other = next((t for t in book.index.lookup(term.source) if t.kind != "interface"), None)
        if other:
            yield _fault(
                term,
                "hint",
                _("{source!r} is a term already: {target!r} at {where}"),
                target=other.target,
                where=_where(other),
            )


CHECKS: tuple[Callable[[Glossary], Iterable[Fault]], ...] = (
    unsorted_lines,
    overridden_terms,
    quoted_cells,
    wrong_alphabet,
    unused_aliases,
    spellings_of_two_terms,
    two_spellings_of_one_name,
    forbidden_spellings,
    contradictory_gender,
    wrong_number,
    guessed_kinds,
    forms_against_the_paradigm,
    lemma_not_nominative,
    wishes_for_names,
    hidden_wishes,
)
