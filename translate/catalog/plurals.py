"""Plural forms: what a header's expression says, and which of a language's categories each form stands for."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from translate.catalog.entry import Catalog
from translate.messages import lazy_gettext as _

# Numbers up to which forms are tried out, as msgfmt does.
_TRIED = 1000


@dataclass(frozen=True, slots=True)
class PluralForms:
    """The Plural-Forms line of a header.

    Args:
        count: nplurals.
        expression: the C expression of n.
        select: number → form.
    """

    count: int
    expression: str
    select: Callable[[int], int]

    @property
    def header(self) -> str:
        """Return the value of the header's field."""
        return f"nplurals={self.count}; plural={self.expression};"

    def often(self, form: int) -> bool:
        """Return whether a form is used for more than one number, so that its text must show the number."""
        return sum(self.select(n) == form for n in range(_TRIED)) > 1


class PluralError(ValueError):
    """A Plural-Forms line that no program can use."""


def plural_forms(value: str) -> PluralForms:
    """Read a Plural-Forms value.

    Raises:
        PluralError: it lacks a part, its expression is no C expression of n, or gives a form that is not there.
    """
    count = re.search(r"nplurals\s*=\s*(\d+)", value)
    expression = re.search(r"plural\s*=\s*([^;]+)", value.split("nplurals", 1)[-1])
    if not count or not expression:
        raise PluralError(_("Plural-Forms needs nplurals=…; plural=…;"))
    try:
        select = gettext.c2py(expression.group(1).strip())
        highest = max(select(n) for n in range(_TRIED + 1))
    except (ValueError, ZeroDivisionError, RecursionError, OverflowError) as error:
        raise PluralError(_("the plural expression cannot be used: {error}", error=error)) from None
    forms = int(count.group(1))
    if highest >= forms:
        raise PluralError(_("nplurals={forms} but the plural expression gives {highest}", forms=forms, highest=highest))
    return PluralForms(forms, expression.group(1).strip(), select)


def of_catalog(catalog: Catalog, language: str = "") -> PluralForms:
    """Return the plural forms of a catalog, where its header has none those of its language.

    Raises:
        PluralError: as `plural_forms`, or the header is missing and the language unknown.
    """
    value = catalog.header.get("Plural-Forms", "")
    if value and "EXPRESSION" not in value:
        return plural_forms(value)
    return of_language(language or catalog.header.get("Language", ""))


@cache
def of_language(language: str) -> PluralForms:
    """Return the usual plural forms of a language by its code.

    Raises:
        PluralError: the language is not known.
    """
    from babel.core import UnknownLocaleError
    from babel.messages.plurals import get_plural

    if language.replace("-", "_").partition("_")[0] == "ru":
        # Babel's own has a fourth form, for fractions, which gettext cannot ask for.
        russian = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)"
        return plural_forms(f"nplurals=3; plural={russian};")
    try:
        known = get_plural(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        raise PluralError(_("the plural forms of language {language!r} are not known", language=language)) from None
    return plural_forms(f"nplurals={known.num_plurals}; plural={known.plural_expr};")


# Nouns stay in the singular behind a number there, so that catalogs with one form for all are usual and right.
_UNCHANGED = {"az", "ba", "fa", "hu", "ka", "kaa", "kk", "ku", "ky", "tg", "tk", "tr", "tt", "ug", "uz"}


def mismatch(forms: PluralForms, language: str) -> str:
    """Return how a header's plural forms disagree with those of its language in CLDR, "" where they do not.

    A form for fractions or millions, which no number of a page asks for, may be there or not.

    Args:
        forms: of the header.
        language: its Language, "ru" or "pt_BR"; one that CLDR lacks is not judged.
    """
    from babel import Locale, UnknownLocaleError

    try:
        rule = Locale.parse(re.split("[@.]", language.replace("-", "_"))[0]).plural_form
    except (UnknownLocaleError, ValueError, TypeError):
        return ""
    shown: dict[str, int] = {}  # category → a number of it
    for number in [1, 2, 5, *range(_TRIED)]:
        shown.setdefault(str(rule(number)), number)
    if forms.count == 1 and language[:2] in _UNCHANGED:
        return ""
    if not len(shown) <= forms.count <= max(len(rule.tags) + 1, len(shown)):
        numbers = ", ".join(map(str, sorted(shown.values())))
        text = _("nplurals={count}, but {language} has {n} forms, as for {numbers}")
        return text.format(count=forms.count, language=language, n=len(shown), numbers=numbers)
    held: dict[int, int] = {}
    for number in shown.values():
        other = held.setdefault(forms.select(number), number)
        if other != number:
            text = _("the plural expression has one form for {one} and {other}, which {language} tells apart")
            return text.format(one=other, other=number, language=language)
    return ""


def categories(forms: PluralForms, language: str) -> list[str]:
    """Return the CLDR category of each form: "one", "few", "many", "other" …

    A form that no whole number asks for is "other": in Russian it stands after fractions.
    """
    from babel import Locale

    rule = Locale.parse(language.replace("-", "_")).plural_form
    found: list[str] = []
    for form in range(forms.count):
        number = next((n for n in range(1, _TRIED) if forms.select(n) == form), None)
        found.append("other" if number is None else str(rule(number)))
    return found
