"""Words that a page sets a second time, found in time linear in the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

_RUN = 5
_LOOKED_AT = 8


class Repeats:
    """An index of paragraphs by every five words in a row.

    Args:
        paragraphs: each on one line, blanks collapsed.
    """

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._paragraphs = list(paragraphs)
        self._by_run: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for n, paragraph in enumerate(self._paragraphs):
            words = paragraph.split(" ")
            for at in range(len(words) - _RUN + 1):
                places = self._by_run[tuple(words[at : at + _RUN])]
                if len(places) < _LOOKED_AT:
                    places.append(n)

    def inside(self, text: str) -> bool:
        """Tell that `text`, of seven words or more, stands in a paragraph that has other words besides.

        The first and the last word are not looked up: a quotation mark or a full stop may cling to them.
        """
        words = text.split(" ")
        if len(words) < _RUN + 2:
            return False
        places = self._by_run.get(tuple(words[1 : 1 + _RUN]), ())
        return any(text in self._paragraphs[n] and self._paragraphs[n].count(" ") >= len(words) for n in places)
