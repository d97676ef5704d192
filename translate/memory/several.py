"""Several memories asked as one: those the settings name, in their order, then the user's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from translate.errors import EngineError
from translate.memory.entries import MemoryEntry
from translate.memory.lookup import LEAST, Alike, Asked, fitting
from translate.memory.memory import Memory
from translate.messages import _


class Memories:
    """The user's own memory, which keeps what engines make, and the house's, which people's corrections go to.

    Args:
        own: open.
        shared: open, in the order in which they are believed; some may be read only.
    """

    def __init__(self, own: Memory, shared: Sequence[Memory] = ()) -> None:
        self.own = own
        self.shared = tuple(shared)
        self._stack = ExitStack()

    @property
    def all(self) -> tuple[Memory, ...]:
        """Return all of them, the first believed first."""
        return (*self.shared, self.own)

    @property
    def kept_in(self) -> Memory:
        """Return where corrections go: the first that may be written."""
        return next(memory for memory in self.all if not memory.read_only)

    def close(self) -> None:
        """Close what `named` has opened."""
        self._stack.close()

    @property
    def notice(self) -> str:
        """Return what went wrong with any, one line."""
        return "; ".join(memory.notice for memory in self.all if memory.notice)

    def corrections(
        self, asked: Sequence[Asked], source_language: str = "en", target_language: str = "ru"
    ) -> list[MemoryEntry | None]:
        """Return for n sentences what a person made of exactly them: from the same surroundings first."""
        pair = (source_language, target_language)
        return [fitting([one for m in self.all for one in m.versions(text, *pair)], text) for text in asked]

    def alike(
        self, text: str, source_language: str = "en", target_language: str = "ru", *,
        least: float = LEAST, limit: int = 5, side: str = "source", part: bool = False,
    ) -> list[Alike]:  # fmt: skip
        """Return people's translations of the sentences most like a text, the likest first."""
        pair = (source_language, target_language)
        found = [one for m in self.all for one in m.alike(text, *pair, least=least, limit=limit, side=side, part=part)]
        return sorted(found, key=lambda one: -one.likeness)[:limit]

    def named(self, name: str) -> Memory:
        """Return the memory of this name or path; another file is opened, and closed with these.

        Raises:
            EngineError: there is none.
        """
        for memory in self.all:
            if name in (memory.name, memory.path.name, str(memory.path)):
                return memory
        if Path(name).is_file():
            return self._stack.enter_context(open_shared(Path(name).resolve()))
        known = ", ".join(dict.fromkeys(memory.name for memory in self.all))
        raise EngineError(
            _("no memory is called {name!r}").format(name=name), hint=_("there are: {known}").format(known=known)
        )


@contextmanager
def opened(shared: Sequence[Path] = (), *, own: Path | None = None) -> Iterator[Memories]:
    """Open the user's own memory and those that the settings name; one that cannot be written is read only.

    Raises:
        EngineError: a shared one is missing where it cannot be made, or no memory.
    """
    with ExitStack() as stack:
        mine = stack.enter_context(Memory(own))
        others = [stack.enter_context(open_shared(path)) for path in shared if path != mine.path]
        memories = Memories(mine, others)
        stack.callback(memories.close)
        yield memories


def open_shared(path: Path) -> Memory:
    """Open a memory of the house; made where there is none, read only where it may not be written."""
    import os

    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return Memory(path, read_only=True)
    return Memory(path, shared=True)
