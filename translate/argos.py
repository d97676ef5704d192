"""Argos packages: what people use in earnest."""

from __future__ import annotations

from translate.engine import Engine, NoPairError


class ArgosEngine:
    """A chain of one or two Argos packages."""

    @classmethod
    def load(cls, source: str, target: str) -> Engine:
        """Load the installed packages for a language pair."""
        raise NoPairError(source, target, hint=f"tolmach models install {source} {target}")
