"""Plural forms of a counted phrase: “{n} articles” → {n} статья, {n} статьи, {n} статей.

Only what can be known is written: the words behind the number must be a noun, with adjectives before it or a phrase
behind it, whose nominative singular the morphology knows. All else is left to a human: “Found {n} articles” changes
its verb as well («найдена 1 статья»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translate.catalog.placeholders import Piece, pieces
from translate.catalog.plurals import PluralForms, categories
from translate.inflection import Paradigm, paradigm
from translate.inflection.paradigms import Slot
from translate.messages import lazy_gettext as _

_ONE = re.compile(r"^(?:one|an?|1)\s+(?=\w)", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[а-яё-]+(?: [а-яё-]+)*", re.I)
# Genitive plurals that stand after a number alone: 5 человек, 5 лет; but «много людей».
_COUNTED = {"человек": "человек", "год": "лет"}
# Kinds of pieces that may be a number.
_NUMBERS = {"format", "brace", "template", "variable"}


class Uncertain(Exception):
    """The forms cannot be told with certainty; the message says why."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A plural entry taken apart.

    Args:
        singular: the words that are counted, in the singular: “new article”.
        before, after: what stands around them in the plural text: “{n} ”, “”.
        ago: “ago” stands behind them.
        problem: why it cannot be taken apart, "" where it can.
    """

    singular: str
    before: str = ""
    after: str = ""
    ago: bool = False
    problem: str = ""

    def forms(self, translation: str, forms: PluralForms, language: str) -> tuple[str, ...]:
        """Return the text of each plural form.

        Args:
            translation: of `singular`.
            forms: of the catalog's header.
            language: ISO 639.

        Raises:
            Uncertain: see the message.
        """
        if self.problem:
            raise Uncertain(self.problem)
        if language != "ru":
            if self.ago:
                raise Uncertain(_("“ago” is a case of its own"))
            # In Kazakh and Kyrgyz a counted noun stays in the singular: «5 мақала».
            return tuple(self.before + translation + self.after for _form in range(forms.count))
        words = _russian(translation, ago=self.ago)
        missing = [c for c in categories(forms, "ru") if c not in words]
        if missing:
            raise Uncertain(_("the plural form “{form}” is not known", form=missing[0]))
        return tuple(self.before + words[category] + self.after for category in categories(forms, "ru"))


def counted(singular: str, plural: str, flags: Sequence[str] = ()) -> Counted:
    """Take a plural entry apart: “One new comment”, “{n} new comments” → “new comment” behind “{n} ”."""
    marks = pieces(plural, flags)
    numbers = [p for p in marks if p.kind in _NUMBERS]
    core = _words(singular, flags)
    if len(numbers) > 1:
        return Counted(core, problem="there are several placeholders")
    start = numbers[0].span.stop if numbers else 0
    before, rest = plural[:start], plural[start:]
    if _LETTER.search(_without(before, marks)):
        return Counted(core, problem="words stand before the number")
    gap = len(rest) - len(rest.lstrip())
    end = re.search(r"[\s.:!…)]*$", rest)
    assert end is not None
    words = rest[gap : end.start()]
    ago = words.endswith(" ago") and core.endswith(" ago")
    words, core = (words.removesuffix(" ago"), core.removesuffix(" ago")) if ago else (words, core)
    if not words or any(p.span.start >= start for p in marks if p not in numbers):
        return Counted(core, problem="markup stands behind the number")
    if not core or len(words.split()) != len(core.split()):
        return Counted(core, problem="singular and plural differ in more than the noun")
    return Counted(core, before + rest[:gap], rest[end.start() :], ago)


def _without(text: str, marks: Sequence[Piece]) -> str:
    for piece in reversed([p for p in marks if p.span.stop <= len(text)]):
        text = text[: piece.span.start] + text[piece.span.stop :]
    return text


def _words(singular: str, flags: Sequence[str]) -> str:
    """Return the singular without its number and end marks."""
    numbers = [p for p in pieces(singular, flags) if p.kind in _NUMBERS]
    text = singular
    if len(numbers) == 1:
        text = singular[numbers[0].span.stop :] if not singular[: numbers[0].span.start].strip(" (") else ""
    return _ONE.sub("", text.strip()).strip(" .:!…()")


def _russian(translation: str, *, ago: bool = False) -> dict[str, str]:
    """Decline the words as they stand after 1, 2–4 and 5: one, few, many; and after a fraction: other."""
    words = translation[:1].lower() + translation[1:] if translation[1:2].islower() else translation
    if not _CYRILLIC.fullmatch(words):
        raise Uncertain(_("«{words}» is not a plain Russian phrase", words=words))
    found = paradigm(words, "term")
    if found.fixed or found.number != "sing" or found.method != "dictionary" or _form(found, "nomn", "sing") != words:
        raise Uncertain(_("«{words}» is no nominative singular that the dictionary knows", words=words))
    singular = _form(found, "gent", "sing")
    many = _COUNTED.get(words) or _form(found, "gent", "plur")
    forms = {"one": words, "few": _few(found, singular, many), "many": many, "other": singular}
    if ago:  # 1 минуту назад, 2 минуты назад
        forms["one"] = _form(found, "accs", "sing")
        forms = {category: f"{form} назад" for category, form in forms.items()}
    return forms


def _form(found: Paradigm, case: str, number: str) -> str:
    forms = found.forms.get(Slot(case, number))  # type: ignore[arg-type]
    if not forms:
        raise Uncertain(_("«{lemma}» has no such form", lemma=found.lemma))
    return forms[0]


def _few(found: Paradigm, singular: str, many: str) -> str:
    """Return the form after 2–4: the noun in the genitive singular, its adjectives in the plural.

    «2 новых комментария», «2 новые статьи»: the adjective is in the genitive with masculine and neuter nouns, in the
    nominative with feminine ones.
    """
    lemma, one, plural = found.lemma.split(" "), singular.split(" "), many.split(" ")
    adjectives = plural if found.gender != "femn" else _form(found, "nomn", "plur").split(" ")
    if not len(lemma) == len(one) == len(plural) == len(adjectives):
        raise Uncertain(_("the forms of «{lemma}» differ in their words", lemma=found.lemma))
    changing = [n for n, (a, b) in enumerate(zip(lemma, plural, strict=True)) if a != b]
    if not changing:
        return singular
    head = changing[-1]
    if changing != list(range(changing[0], head + 1)) or changing[0] != 0:
        raise Uncertain(_("the noun of «{lemma}» cannot be told from its adjectives", lemma=found.lemma))
    return " ".join([*adjectives[:head], *one[head:]])
