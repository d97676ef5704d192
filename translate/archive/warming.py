"""Everything beside the engine read before processes are forked from this one, so that it is in memory once.

What a sentence needs is read when the first one comes; so one goes through, with its translation given.
"""

from __future__ import annotations

from pathlib import Path

from translate.archive.station import House
from translate.article import Article, Block, BlockKind
from translate.engines import Draft, Request, Traits
from translate.pipeline import finish, prepare

SOURCE = "President Almazbek Atambayev of Kyrgyzstan met 12 Tajik ministers in Bishkek on March 5, 2024."
TARGET = "Президент Киргизии Алмазбек Атамбаев встретился в Бишкеке с 12 таджикских министров 5 марта 2024 года."


class _Given:
    """An engine that knows one sentence."""

    name = signature = "given"
    traits = Traits(passes=("free",))

    def translate(self, requests: list[Request]) -> list[Draft]:
        """Return its translation."""
        return [Draft(TARGET, -0.5, None, self.signature) for _request in requests]


def go_through(house: House, target: str) -> None:
    """Send a sentence down the line with the terms and the style of a house."""
    article = Article("", "", "2024-03-05", "", (), (Block("b1", BlockKind.PARAGRAPH, SOURCE),), Path("warm.txt"))
    prepared = prepare(article, house.glossary, target_language=target)
    finish([prepared], _Given(), glossary=house.glossary, style=house.style, target_language=target)
