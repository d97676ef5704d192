"""Which functions mark a text for translation, and in which of their arguments it stands.

Source: GNU gettext manual, xgettext's --keyword: `id:1`, `id:1,2`, `id:1c,2`, `id:1,2,3t`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from translate.errors import CatalogError
from translate.messages import _


@dataclass(frozen=True, slots=True)
class Keyword:
    """A function that marks a text.

    Args:
        name: the last name of the call: `gettext` of `translation.gettext(…)`.
        singular, plural, context: numbers of the arguments from 1; None where there is none.
        total: how many arguments a call must have to be meant, None for any number.
    """

    name: str
    singular: int = 1
    plural: int | None = None
    context: int | None = None
    total: int | None = None

    @property
    def for_babel(self) -> Any:
        """Return what Babel's extractors call a keyword's specification: None, (1, 2), ((1, "c"), 2)."""
        parts: list[Any] = [] if self.context is None else [(self.context, "c")]
        parts += [n for n in (self.singular, self.plural) if n is not None]
        return None if parts == [1] else tuple(parts)


_SPEC = re.compile(r"(?P<number>[1-9]\d?)(?P<kind>[cgt]?)")


def parse_keyword(text: str) -> Keyword:
    """Read a keyword as xgettext takes it.

    Raises:
        CatalogError: no name, or arguments that cannot be.
    """
    name, _colon, spec = text.partition(":")
    numbers: list[int] = []
    context = total = None
    for part in filter(None, (part.strip() for part in spec.split(","))):
        if part.startswith('"'):  # a remark for translators, which xgettext has here
            continue
        found = _SPEC.fullmatch(part)
        if not found:
            raise _fault(text)
        number = int(found["number"])
        if found["kind"] == "c":
            context = number
        elif found["kind"] == "t":
            total = number
        else:
            numbers.append(number)
    if not re.fullmatch(r"[\w.$]+", name) or len(numbers) > 2:
        raise _fault(text)
    singular, plural = [*numbers, None, None][:2]
    return Keyword(name.rpartition(".")[2], singular or 1, plural, context, total)


def _fault(text: str) -> CatalogError:
    return CatalogError(
        _("{text!r} is no keyword").format(text=text),
        hint=_("Write NAME, NAME:1,2 for a plural or NAME:1c,2 for a context"),
    )


_FAMILIES = ("gettext", "ngettext:1,2", "pgettext:1c,2", "npgettext:1c,2,3")
_DOMAINS = ("dgettext:2", "dngettext:2,3", "dpgettext:2c,3", "dnpgettext:2c,3,4", "dcgettext:2", "dcngettext:2,3")
# What marks a text without translating it at once has a word before or behind the name: gettext_lazy, lazy_gettext.
_AFFIXES = ("{}", "{}_lazy", "lazy_{}", "{}_noop", "noop_{}", "u{}", "u{}_lazy", "u{}_noop", "lazy_u{}", "l{}", "${}")
_SHORT = (
    "_", "__", "N_", "_N", "L_", "_L", "_l", "_lt", "_lazy", "lazy_", "_noop", "_t", "T_", "gettext_", "ungettext:1,2",
    "_n:1,2", "_ln:1,2", "n_:1,2", "_p:1c,2", "_lp:1c,2", "p_:1c,2", "_np:1c,2,3", "C_:1c,2", "NC_:1c,2", "_c:1c,2",
)  # fmt: skip


def _defaults() -> Mapping[str, Keyword]:
    texts = [*_SHORT, *_DOMAINS]
    for family in (*_FAMILIES, *_DOMAINS):
        name, colon, spec = family.partition(":")
        texts += [affix.format(name) + colon + spec for affix in _AFFIXES]
    return {keyword.name: keyword for keyword in map(parse_keyword, texts)}


DEFAULTS: Mapping[str, Keyword] = _defaults()


def keywords(own: Iterable[str] = ()) -> dict[str, Keyword]:
    """Return the keywords by name: the usual ones and a site's own; an empty one drops the usual, as xgettext's does.

    Raises:
        CatalogError: one cannot be read.
    """
    known = dict(DEFAULTS)
    for text in own:
        if not text:
            known = {}
        else:
            keyword = parse_keyword(text)
            known[keyword.name] = keyword
    return known
