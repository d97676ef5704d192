"""What a format string asks for, and whether a translation asks for the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from translate.messages import lazy_gettext as _

_Name = TypeVar("_Name", int, str)


class FormatError(ValueError):
    """A text that is no valid format string."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a format string asks for.

    Args:
        by_place: number from 1 → type, for `%s %d` and `%2$s`.
        by_name: name → type, for `%(count)d` and `{count}`.
        others: what must stand in a translation as often, whatever it is called: Qt's %n.
        beyond: what it has that a translation may have only where its source has such a thing, "" for nothing: a
            closing brace without an opening one, Qt's %L1.
    """

    by_place: Mapping[int, str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    beyond: str = ""


class Reader:
    """Arguments as they are met: the unnumbered ones count up, the numbered ones say their place.

    Args:
        merging: an argument of type "any" may be used as another type too.
    """

    def __init__(self, *, merging: bool = False) -> None:
        self.merging = merging
        self.by_place: dict[int, str] = {}
        self.by_name: dict[str, str] = {}
        self.numbered = self.unnumbered = False
        self.last = 0  # the number of the last unnumbered argument

    def take(self, place: str | int | None, kind: str) -> None:
        """Note an argument of a place, without one the next.

        Raises:
            FormatError: place 0, or a place that has another type already.
        """
        if place is None or place == "":
            self.unnumbered = True
            number = self.last = self.last + 1
        else:
            self.numbered = True
            number = int(str(place))
        if number < 1:
            raise FormatError(_("argument 0 does not exist"))
        self._merge(self.by_place, number, kind)

    def name(self, name: str, kind: str) -> None:
        """Note an argument that is asked for by name.

        Raises:
            FormatError: it has another type already.
        """
        self._merge(self.by_name, name, kind)

    def _merge(self, known: dict[_Name, str], name: _Name, kind: str) -> None:
        before = known.setdefault(name, kind)
        if self.merging and before == "any":
            known[name] = kind
        elif kind != before and not (self.merging and kind == "any"):
            raise FormatError(_("argument {name!r} is used as two types", name=name))

    def arguments(self, *, mixed: bool = True, gaps: bool = True) -> Arguments:
        """Return what was met.

        Args:
            mixed: numbered and unnumbered ones may stand in one text.
            gaps: a number may be left out.

        Raises:
            FormatError: they may not, and do.
        """
        if self.numbered and self.unnumbered and not mixed:
            raise FormatError(_("numbered and unnumbered directives are mixed"))
        if self.by_name and (self.numbered or self.unnumbered):
            raise FormatError(_("named and unnamed directives are mixed"))
        if self.numbered and not gaps and sorted(self.by_place) != list(range(1, len(self.by_place) + 1)):
            raise FormatError(_("an argument is left out"))
        return Arguments(dict(self.by_place), dict(self.by_name))


def difference(wanted: Arguments, got: Arguments, *, strict: bool = True) -> str:
    """Return how the arguments of a translation differ from those of its source, "" where they do not.

    Args:
        wanted, got: of source and translation.
        strict: the translation must use every argument; False for a plural form of one number, which may spell it.
    """
    if got.beyond and not wanted.beyond:
        return got.beyond
    if len(got.by_place) > len(wanted.by_place) or (strict and len(got.by_place) < len(wanted.by_place)):
        return _("{n} arguments where the source has {count}", n=len(got.by_place), count=len(wanted.by_place))
    if got.others != wanted.others and (strict or not set(got.others) <= set(wanted.others)):
        text = _("{these} where the source has {those}")
        return text.format(these=" ".join(got.others) or _("nothing"), those=" ".join(wanted.others) or _("nothing"))
    return _in(wanted.by_place, got.by_place, strict) or _in(wanted.by_name, got.by_name, strict)


def _in(wanted: Mapping[_Name, str], got: Mapping[_Name, str], strict: bool) -> str:
    for name, kind in got.items():
        if name not in wanted:
            return _("argument {name!r} is not in the source", name=name)
        kinds = {kind, wanted[name]}
        if len(kinds) > 1 and (strict or "any" not in kinds):
            return _("argument {name!r} is {kind}, in the source {other}", name=name, kind=kind, other=wanted[name])
    for name in wanted:
        if strict and name not in got:
            return _("argument {name!r} of the source is missing", name=name)
    return ""
