"""What nobody foresaw, kept to the sentence it happened in: the run goes on, and the sentence says so."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from translate.errors import TranslateError
from translate.messages import lazy_gettext as _
from translate.problems import Kind, Problem

_log = logging.getLogger(__name__)
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def one_by_one(
    work: Callable[[Sequence[_Item]], Sequence[_Made]],
    items: Sequence[_Item],
    instead: Callable[[_Item, Problem], _Made],
) -> list[_Made]:
    """Do work on all items at once; where that fails, on each alone, so that one's fault is no other's.

    Args:
        work: makes n results of n items.
        items: n of them.
        instead: makes a result for an item that the work fails on, of the item and the problem to put beside it.

    Raises:
        TranslateError, OSError: as `work` raises them: what is wrong then is no matter of one item.
    """
    try:
        return list(work(items))
    except (TranslateError, OSError, MemoryError):
        raise
    except Exception as error:
        if len(items) == 1:
            return [instead(items[0], unforeseen(error))]
    return [made for item in items for made in one_by_one(work, [item], instead)]


def safely(find: Callable[..., Iterable[Problem]], *args: object) -> list[Problem]:
    """Ask for problems; where that fails, the failure is the one problem."""
    try:
        return list(find(*args))
    except (TranslateError, OSError, MemoryError):
        raise
    except Exception as error:
        return [unforeseen(error)]


def unforeseen(error: Exception, segment: str = "") -> Problem:
    """Return the problem that stands for an exception which should not have been."""
    _log.debug("unforeseen", exc_info=error)
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    message = _("a fault of the program ({reason}): read this with care", reason=f"{reason:.120}")
    return Problem(Kind.INTERNAL, message, segment)
